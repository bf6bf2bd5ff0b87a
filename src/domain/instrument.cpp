#include <array>
#include <huoshui/domain/instrument.hpp>
#include <utility>

namespace huoshui {
namespace {

// clang-format off
// LoanClass none: the same instrument serves both kinds of loan, so no tenor rule of the three measures is certain.
constexpr std::array<InstrumentInfo, kInstrumentCount> kInfos{{
    {Instrument::syndicated_loan, "syndicated_loan", "银团贷款", "syndicated loan", InstrumentKind::loan, LoanClass::fixed_asset, "5"},
    {Instrument::joint_credit, "joint_credit", "联合授信", "joint credit", InstrumentKind::loan, LoanClass::fixed_asset, "5"},
    {Instrument::equity_debt_linkage, "equity_debt_linkage", "投贷联动", "equity-debt linkage", InstrumentKind::loan, LoanClass::fixed_asset, "5;I"},
    {Instrument::infrastructure_loan, "infrastructure_loan", "基础设施中长期项目贷款", "medium and long-term infrastructure loan", InstrumentKind::loan, LoanClass::fixed_asset, "5"},
    {Instrument::urban_renewal_loan, "urban_renewal_loan", "城市更新/老旧小区贷款", "urban renewal loan", InstrumentKind::loan, LoanClass::fixed_asset, "5"},
    {Instrument::industrial_park_loan, "industrial_park_loan", "产业园/标准厂房贷款", "industrial park and factory loan", InstrumentKind::loan, LoanClass::fixed_asset, "6"},
    {Instrument::working_capital_loan, "working_capital_loan", "特色产业/小微经营贷", "specialty and small-business working capital loan", InstrumentKind::loan, LoanClass::working_capital, "6;7;12"},
    {Instrument::fixed_asset_loan, "fixed_asset_loan", "企业固定资产/技改贷款", "enterprise fixed-asset loan", InstrumentKind::loan, LoanClass::fixed_asset, "6"},
    {Instrument::agro_industrial_loan, "agro_industrial_loan", "农业产业化项目贷款", "agro-industrial project loan", InstrumentKind::loan, LoanClass::fixed_asset, "7"},
    {Instrument::supply_chain_receivable, "supply_chain_receivable", "应收账款融资", "receivable finance", InstrumentKind::supply_chain, LoanClass::working_capital, "7"},
    {Instrument::supply_chain_order, "supply_chain_order", "订单融资", "order finance", InstrumentKind::supply_chain, LoanClass::working_capital, "7;12"},
    {Instrument::supply_chain_inventory, "supply_chain_inventory", "存货/仓单融资", "inventory and warehouse-receipt finance", InstrumentKind::supply_chain, LoanClass::working_capital, "7;V"},
    {Instrument::cold_chain_loan, "cold_chain_loan", "冷链物流/农产品市场贷款", "cold chain and market loan", InstrumentKind::loan, LoanClass::fixed_asset, "8"},
    {Instrument::rural_living_environment_loan, "rural_living_environment_loan", "美丽乡村/人居环境贷款", "rural living environment loan", InstrumentKind::loan, LoanClass::fixed_asset, "9"},
    {Instrument::farmhouse_style_loan, "farmhouse_style_loan", "农房风貌贷", "farmhouse restyling loan", InstrumentKind::loan, LoanClass::none, "9"},
    {Instrument::grain_loan, "grain_loan", "粮食收购/储备贷款", "grain purchase and reserve loan", InstrumentKind::loan, LoanClass::working_capital, "10"},
    {Instrument::seed_industry_loan, "seed_industry_loan", "种业贷款", "seed industry loan", InstrumentKind::loan, LoanClass::none, "10"},
    {Instrument::crop_cycle_loan, "crop_cycle_loan", "“米袋子”等农产品周期贷", "crop-cycle loan", InstrumentKind::loan, LoanClass::none, "10"},
    {Instrument::livestock_mortgage, "livestock_mortgage", "畜禽活体抵押贷款", "livestock mortgage loan", InstrumentKind::pledge, LoanClass::none, "10;V"},
    {Instrument::farmland_project_loan, "farmland_project_loan", "高标准农田建设贷款", "high-standard farmland project loan", InstrumentKind::loan, LoanClass::fixed_asset, "11"},
    {Instrument::farmland_operation_right_pledge, "farmland_operation_right_pledge", "高标准农田经营权质押", "farmland operating-right pledge", InstrumentKind::pledge, LoanClass::none, "11"},
    {Instrument::land_operation_right_mortgage, "land_operation_right_mortgage", "土地经营权/农业设施抵押", "land operating-right and farm-facility mortgage", InstrumentKind::pledge, LoanClass::none, "V"},
    {Instrument::village_credit, "village_credit", "整村授信/农户信用贷", "whole-village and household credit", InstrumentKind::loan, LoanClass::personal_business, "3;VI"},
    {Instrument::poverty_relief_microcredit, "poverty_relief_microcredit", "脱贫人口小额信贷", "poverty-relief microcredit", InstrumentKind::loan, LoanClass::none, "12"},
    {Instrument::startup_skill_loan, "startup_skill_loan", "创业担保/三项工程贷", "start-up and skills loan", InstrumentKind::loan, LoanClass::personal_business, "12"},
    {Instrument::homestay_loan, "homestay_loan", "民宿/农家乐贷", "homestay loan", InstrumentKind::loan, LoanClass::personal_business, "12"},
    {Instrument::tourism_loan, "tourism_loan", "旅游景区贷款", "scenic area loan", InstrumentKind::loan, LoanClass::fixed_asset, "13"},
    {Instrument::carbon_sink_pledge, "carbon_sink_pledge", "碳汇预期收益权质押", "carbon-sink income pledge", InstrumentKind::pledge, LoanClass::none, "13"},
    {Instrument::carbon_allowance_pledge, "carbon_allowance_pledge", "碳排放权质押", "carbon allowance pledge", InstrumentKind::pledge, LoanClass::none, "13"},
    {Instrument::energy_right_pledge, "energy_right_pledge", "用能权质押", "energy-use right pledge", InstrumentKind::pledge, LoanClass::none, "13"},
    {Instrument::water_right_pledge, "water_right_pledge", "用水权质押", "water-use right pledge", InstrumentKind::pledge, LoanClass::none, "13"},
    {Instrument::discharge_right_pledge, "discharge_right_pledge", "排污权质押", "discharge right pledge", InstrumentKind::pledge, LoanClass::none, "13"},
    {Instrument::forest_right_mortgage, "forest_right_mortgage", "林权抵押", "forest right mortgage", InstrumentKind::pledge, LoanClass::none, "13"},
    {Instrument::public_forest_income_pledge, "public_forest_income_pledge", "公益林补偿收益权质押", "public-forest compensation pledge", InstrumentKind::pledge, LoanClass::none, "13"},
    {Instrument::forestry_project_loan, "forestry_project_loan", "国家储备林/林业项目贷款", "reserve forest and forestry project loan", InstrumentKind::loan, LoanClass::fixed_asset, "13"},
    {Instrument::clean_energy_transition_loan, "clean_energy_transition_loan", "清洁能源/低碳转型贷款", "clean energy and transition loan", InstrumentKind::loan, LoanClass::fixed_asset, "13;III"},
    {Instrument::ip_pledge, "ip_pledge", "地理标志/知识产权质押", "intellectual property pledge", InstrumentKind::pledge, LoanClass::none, "7"},
    {Instrument::guaranteed_loan, "guaranteed_loan", "政银担担保贷", "government-backed guaranteed loan", InstrumentKind::guarantee, LoanClass::none, "W2"},
    {Instrument::agricultural_insurance, "agricultural_insurance", "农业保险", "agricultural insurance", InstrumentKind::insurance, LoanClass::none, "10"},
    {Instrument::insurance_plus_futures, "insurance_plus_futures", "保险+期货", "insurance plus futures", InstrumentKind::insurance, LoanClass::none, "10"},
    {Instrument::livelihood_insurance, "livelihood_insurance", "民生保障类保险", "livelihood insurance", InstrumentKind::insurance, LoanClass::none, "1;8;9;12"},
    {Instrument::special_bond, "special_bond", "地方政府专项债券", "local government special bond", InstrumentKind::bond, LoanClass::none, "5;W2"},
    {Instrument::policy_fund_equity, "policy_fund_equity", "政策性开发性金融工具/产业基金", "policy fund equity", InstrumentKind::equity, LoanClass::none, "I"},
    {Instrument::corporate_bond, "corporate_bond", "企业债券/乡村振兴票据/ABS", "corporate bond", InstrumentKind::bond, LoanClass::none, "1"},
    {Instrument::equity_listing, "equity_listing", "上市/新三板/股交“广东乡村振兴板”", "listing and equity board", InstrumentKind::equity, LoanClass::none, "1"},
    {Instrument::finance_lease, "finance_lease", "融资租赁", "finance lease", InstrumentKind::lease, LoanClass::none, "V"},
}};
// clang-format on

// Other words that handbooks write for one instrument and no other.
constexpr std::pair<std::string_view, Instrument> kOtherWords[] = {
    {"流动资金贷款", Instrument::working_capital_loan}, {"小微经营贷", Instrument::working_capital_loan},
    {"固定资产贷款", Instrument::fixed_asset_loan},     {"技改贷款", Instrument::fixed_asset_loan},
    {"碳汇质押", Instrument::carbon_sink_pledge},       {"活体抵押", Instrument::livestock_mortgage},
    {"整村授信", Instrument::village_credit},           {"专项债券", Instrument::special_bond},
    {"创业担保贷款", Instrument::startup_skill_loan},   {"应收账款质押", Instrument::supply_chain_receivable},
    {"仓单质押", Instrument::supply_chain_inventory},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kInfos.size(); ++i) {
    if (static_cast<std::size_t>(kInfos[i].instrument) != i) return false;
  }
  return true;
}
static_assert(in_order(), "one line for every Instrument, in its order");

}  // namespace

std::string_view to_string(InstrumentKind kind) {
  switch (kind) {
    case InstrumentKind::loan:
      return "loan";
    case InstrumentKind::supply_chain:
      return "supply_chain";
    case InstrumentKind::pledge:
      return "pledge";
    case InstrumentKind::guarantee:
      return "guarantee";
    case InstrumentKind::insurance:
      return "insurance";
    case InstrumentKind::bond:
      return "bond";
    case InstrumentKind::equity:
      return "equity";
    case InstrumentKind::lease:
      return "lease";
  }
  return "";
}

const InstrumentInfo& info(Instrument instrument) { return kInfos[static_cast<std::size_t>(instrument)]; }

std::span<const InstrumentInfo> instrument_infos() { return kInfos; }

std::optional<Instrument> find_instrument(std::string_view word) {
  for (const auto& entry : kInfos) {
    if (entry.id == word || entry.name_zh == word) return entry.instrument;
  }
  for (const auto& [other, instrument] : kOtherWords) {
    if (other == word) return instrument;
  }
  return std::nullopt;
}

std::string_view to_string(Instrument instrument) { return info(instrument).id; }

}  // namespace huoshui
