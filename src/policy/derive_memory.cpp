#include <algorithm>
#include <huoshui/core/assert.hpp>
#include <string>

#include "policy/detail/code_words.hpp"
#include "policy/detail/derivation.hpp"
#include "policy/detail/trades.hpp"

namespace huoshui::policy_detail {
namespace {

bool covers(std::string_view prefix, std::string_view code) { return code.starts_with(prefix); }
bool under(std::string_view code, std::span<const std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return covers(prefix, code); });
}

Row row_of(const Policy& policy, std::string_view series) {
  Row row;
  row.parameter = policy.find(series);
  if (row.parameter != nullptr) {
    row.millionths = row.parameter->millionths();
    row.fen = row.parameter->fen();
  }
  return row;
}

std::optional<SizeLimits> size_limits(const Policy& policy, std::string_view series,
                                      std::string_view indicator) {
  constexpr std::array<std::string_view, 3> kClasses{"small", "medium", "large"};
  SizeLimits limits{};
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const Parameter* row = policy.find("sme_size." + std::string(series) + "." + std::string(indicator) +
                                       "." + std::string(kClasses[i]) + "_min");
    if (row == nullptr) return std::nullopt;
    const auto value = row->kind() == ParameterKind::money ? row->fen() : row->count();
    if (!value) return std::nullopt;
    limits[i] = *value;
  }
  return limits;
}

/// From a region code alone. GB/T 2260: districts of a prefecture-level city end in 01-20, counties in 21-80,
/// county-level cities in 81-99; of towns, 001-099 are subdistricts, 100-199 towns, 200-399 townships.
enum class Town : std::uint8_t { unknown, subdistrict, town, township };
struct PlaceKind {
  Truth city_district = Truth::unknown;
  Town town = Town::unknown;
};
PlaceKind place_kind(std::string_view code) {
  PlaceKind kind;
  const auto digits = [&](std::size_t from, std::size_t length) {
    int value = 0;
    for (const char c : code.substr(from, length)) value = value * 10 + (c - '0');
    return value;
  };
  if (code.size() < 4 || code.find_first_not_of("0123456789") != std::string_view::npos) return kind;
  if (code.starts_with("4419") || code.starts_with("4420")) {
    kind.city_district = Truth::yes;  // 东莞, 中山: prefecture-level cities without counties
  } else if (code.size() >= 6) {
    const int county = digits(4, 2);
    kind.city_district = county >= 1 && county <= 20 ? Truth::yes : county >= 21 ? Truth::no : Truth::unknown;
  }
  if (code.size() >= 9) {
    const int town = digits(6, 3);
    kind.town = town < 100   ? Town::subdistrict
                : town < 200 ? Town::town
                : town < 400 ? Town::township
                             : Town::unknown;
  }
  return kind;
}
/// Until 2023: outside the districts of prefecture-level cities and their towns.
Truth rural_until_2023(const PlaceKind& kind) {
  if (kind.city_district == Truth::yes) return kind.town == Town::township ? Truth::unknown : Truth::no;
  return negate(kind.city_district);
}
/// From 2024 county-town urban areas and development zones are urban too; a town may hold either.
Truth rural_from_2024(const PlaceKind& kind) {
  if (kind.city_district != Truth::no) return rural_until_2023(kind);
  if (kind.town == Town::subdistrict) return Truth::no;
  return kind.town == Town::township ? Truth::yes : Truth::unknown;
}

}  // namespace

std::vector<std::string_view> series_of(std::string_view code, std::span<const Trade> table,
                                        std::string_view fallback) {
  std::size_t longest = 0;
  for (const auto& trade : table) {
    if (covers(trade.prefix, code)) longest = std::max(longest, trade.prefix.size());
  }
  std::vector<std::string_view> out;
  for (const auto& trade : table) {
    const bool own = covers(trade.prefix, code) && trade.prefix.size() == longest;
    const bool below = covers(code, trade.prefix) && trade.prefix.size() > code.size();
    if (own || below) out.push_back(trade.series);
  }
  if (longest == 0) out.push_back(fallback);
  return out;
}

void TradeReading::join(const TradeReading& other) {
  capital_min = std::min(capital_min, other.capital_min);
  capital_max = std::max(capital_max, other.capital_max);
  size_series |= other.size_series;
  capital_known &= other.capital_known;
  relief_inside &= other.relief_inside;
  relief_touched |= other.relief_touched;
  farm &= other.farm;
  green &= other.green;
}

const DerivationRows& DerivationMemory::rows(const Policy& policy) {
  if (!rows_) {
    const auto row = [&](std::string_view series) { return row_of(policy, series); };
    rows_ = DerivationRows{.capital_default = row("project_capital_min.other_default"),
                           .capital_relief = row("project_capital.reduction_max_points"),
                           .rural_area = row("agri_loan.stat.rural_area"),
                           .farm_household = row("agri_loan.stat.class.farm_household"),
                           .urban_enterprise = row("agri_loan.stat.class.urban_enterprise"),
                           .rural_enterprise = row("agri_loan.stat.class.rural_enterprise"),
                           .household_limit = row("inclusive_small.farm_household_operating_max_yuan"),
                           .single_limit = row("inclusive_small.single_credit_max_yuan")};
  }
  return *rows_;
}

TradeReading DerivationMemory::trade(const Policy& policy, std::string_view code) {
  return trades_.of(code, [&](std::string_view text) {
    TradeReading reading;
    for (const auto series : series_of(text, capital_trades(), "other_default")) {
      const auto value = capital_minimum(policy, series);
      reading.capital_known &= value.has_value();
      reading.capital_min = std::min(reading.capital_min, value.value_or(Interval::kNoMax));
      reading.capital_max = std::max(reading.capital_max, value.value_or(Interval::kNoMin));
    }
    reading.relief_inside = under(text, relief_trades());
    reading.relief_touched =
        reading.relief_inside || std::any_of(relief_trades().begin(), relief_trades().end(),
                                             [&](std::string_view prefix) { return covers(text, prefix); });
    reading.farm = under(text, farm_trades());
    reading.green = under(text, green_trades());
    for (const auto series : series_of(text, size_trades(), ""))
      reading.size_series |= series.empty() ? kNoStandard : 1U << size_series(series);
    return reading;
  });
}

std::uint16_t DerivationMemory::borrower(std::string_view code) {
  return borrowers_.of(code, [](std::string_view word) {
    const auto held = [&](const auto& words, std::uint16_t bit) {
      return std::find(words.begin(), words.end(), word) != words.end() ? bit : std::uint16_t{0};
    };
    using Lists = BorrowerLists;
    using Word = std::array<std::string_view, 1>;
    return static_cast<std::uint16_t>(
        held(Word{"government"}, Lists::government) | held(kBoundBorrowers, Lists::bound) |
        held(kFreeBorrowers, Lists::free) | held(Word{"private_enterprise"}, Lists::private_firm) |
        held(kFarmHouseholds, Lists::farm_household) | held(kSoleTraders, Lists::sole_trader) |
        held(kOrganisations, Lists::organisation) | held(kNoSizeClass, Lists::no_size_class) |
        held(Word{"small_micro_enterprise"}, Lists::small_micro));
  });
}

Truth DerivationMemory::rural(const Policy& policy, std::string_view code) {
  return places_.of(code, [&](std::string_view text) {
    const Parameter* row = rows(policy).rural_area.parameter;
    const auto kind = place_kind(text);
    if (row != nullptr && row->key.ends_with("from_2024")) return rural_from_2024(kind);
    if (row != nullptr && row->key.ends_with("until_2023")) return rural_until_2023(kind);
    // Where the change of 2024 is not believed, only what both readings agree on is sure.
    return rural_until_2023(kind) == rural_from_2024(kind) ? rural_from_2024(kind) : Truth::unknown;
  });
}

std::optional<std::int64_t> DerivationMemory::capital_minimum(const Policy& policy, std::string_view series) {
  for (const auto& [name, value] : minima_) {
    if (name == series) return value;
  }
  const auto value = row_of(policy, "project_capital_min." + std::string(series)).millionths;
  minima_.emplace_back(series, value);
  return value;
}

std::size_t DerivationMemory::size_series(std::string_view series) {
  std::size_t number = 0;
  while (number < standards_.size() && standards_[number].first != series) ++number;
  if (number == standards_.size()) standards_.emplace_back(series, std::nullopt);
  HUOSHUI_ASSERT(number < 31);  // a bit of TradeReading below kNoStandard
  return number;
}

const SizeStandard& DerivationMemory::size_standard(const Policy& policy, std::size_t series) {
  auto& [name, standard] = standards_[series];
  if (!standard) {
    standard = SizeStandard{size_limits(policy, name, "employees"), size_limits(policy, name, "revenue_10k"),
                            size_limits(policy, name, "assets_10k")};
  }
  return *standard;
}

}  // namespace huoshui::policy_detail
