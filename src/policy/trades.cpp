#include "policy/detail/trades.hpp"

#include <array>

namespace huoshui::policy_detail {
namespace {

constexpr std::string_view kDefault = "other_default";
constexpr std::string_view kCoalEtc = "coal_carbide_alloy_soda_coke_phosphorus";

constexpr auto kCapital = std::to_array<Trade>({
    {"B06", kCoalEtc},
    {"C2521", kCoalEtc},  // 炼焦
    {"C2612", kDefault},
    {"C2612", kCoalEtc},  // 无机碱: 烧碱 among others
    {"C2613", kDefault},
    {"C2613", kCoalEtc},  // 无机盐: 电石 may be booked here
    {"C2614", kDefault},
    {"C2614", kCoalEtc},  // 有机化学原料: or here
    {"C2619", kDefault},
    {"C2619", kCoalEtc},  // 其他基础化学原料: 黄磷 among others
    {"C2621", "fertiliser_non_potash"},
    {"C2622", "fertiliser_non_potash"},
    {"C2624", "fertiliser_non_potash"},
    {"C2625", "fertiliser_non_potash"},
    {"C2629", "fertiliser_non_potash"},
    {"C2623", kDefault},
    {"C1391", "corn_deep_processing"},
    {"C1391", kDefault},
    {"C3011", "cement"},
    {"C311", "steel_aluminium"},
    {"C312", "steel_aluminium"},
    {"C313", "steel_aluminium"},
    {"C313", kDefault},  // 钢压延: part of a steel works or a plant of its own
    {"C314", kCoalEtc},
    {"C3216", "steel_aluminium"},
    {"C3216", kDefault},  // 铝冶炼: 电解铝 or 氧化铝
    {"E4811", "rail_road"},
    {"E4812", "rail_road"},
    {"E4814", "urban_rail"},
    {"E4823", "port_waterway"},
    {"G53", "rail_road"},
    {"G5412", "urban_rail"},
    {"G5443", "rail_road"},
    {"G5512", "port_waterway"},
    {"G5513", "port_waterway"},
    {"G5522", "port_waterway"},
    {"G5523", "port_waterway"},
    {"G553", "port_waterway"},
    {"G5631", "airport"},
    {"K701", "affordable_and_ordinary_housing"},
    {"K701", "other_real_estate"},
});

constexpr auto kRelief = std::to_array<std::string_view>({
    "D443", "D45", "D46", "E481", "E482", "E4853", "E486", "E4891", "G53", "G541",
    "G544", "G58", "G59", "N76",  "N77",  "N78",   "P83",  "Q84",   "Q85",
});

constexpr auto kSize = std::to_array<Trade>({
    {"A", "agri"},
    {"B", "industry"},
    {"C", "industry"},
    {"D", "industry"},
    {"E", "construction"},
    {"F51", "wholesale"},
    {"F52", "retail"},
    {"G53", ""},
    {"G54", "transport"},
    {"G55", "transport"},
    {"G56", "transport"},
    {"G57", "transport"},
    {"G58", "transport"},
    {"G591", "transport"},  // 装卸搬运 counted with transport in 2011
    {"G592", "storage"},
    {"G593", "storage"},
    {"G594", "storage"},
    {"G595", "storage"},
    {"G596", "storage"},
    {"G599", "storage"},
    {"G60", "post"},
    {"H61", "lodging"},
    {"H62", "catering"},
    {"I63", "telecom"},
    {"I64", "telecom"},
    {"I65", "software"},
    {"J", ""},
    {"K701", "realestate"},
    {"K702", "property"},
    {"K703", "other"},
    {"K704", "other"},
    {"K709", "other"},
    {"L", "leasing"},
    {"M", "other"},
    {"N", "other"},
    {"O", "other"},
    {"P", ""},
    {"Q84", ""},
    {"Q85", "other"},
    {"R", "other"},
    {"S", ""},
    {"T", ""},
});

// 农产品加工, 农业生产资料制造, 农用物资和农副产品流通.
constexpr auto kFarm = std::to_array<std::string_view>({
    "A",
    "C13",
    "C262",
    "C263",
    "C357",
    "F511",
    "F5166",
    "F5167",
    "F5168",
    "F5171",
    "G595",
});

constexpr auto kGreen = std::to_array<std::string_view>({
    "C42",   "D4414", "D4415", "D4416", "D4417", "D462",  "E4862", "E4863", "E4874", "E4875",
    "N7711", "N7713", "N7714", "N7721", "N7722", "N7723", "N7724", "N7725", "N7726",
});

}  // namespace

std::span<const Trade> capital_trades() { return kCapital; }
std::span<const std::string_view> relief_trades() { return kRelief; }
std::span<const Trade> size_trades() { return kSize; }
std::span<const std::string_view> farm_trades() { return kFarm; }
std::span<const std::string_view> green_trades() { return kGreen; }

}  // namespace huoshui::policy_detail
