#include <algorithm>
#include <array>
#include <huoshui/core/assert.hpp>
#include <huoshui/policy/derive.hpp>
#include <initializer_list>
#include <string>
#include <utility>

#include "policy/detail/code_words.hpp"
#include "policy/detail/derivation.hpp"
#include "policy/detail/trades.hpp"
#include "policy/detail/units.hpp"

namespace huoshui {
namespace {

using policy_detail::kMillion;
using policy_detail::Trade;

constexpr std::int64_t kFalse = 0, kTrue = 1;

enum class Rounding : std::uint8_t { down, up };

/// a * factor / b for a >= 0, b > 0, rounded; kNoMax when it does not fit.
std::int64_t ratio(std::int64_t a, std::int64_t factor, std::int64_t b, Rounding rounding) {
  __extension__ using Wide = __int128;
  const Wide product = static_cast<Wide>(a) * factor;
  const Wide quotient = (product + (rounding == Rounding::up ? b - 1 : 0)) / b;
  return quotient >= Interval::kNoMax ? Interval::kNoMax : static_cast<std::int64_t>(quotient);
}

/// Divide two ranges of amounts, neither of them negative. Rounded down a quotient keeps every `>=` with a
/// whole limit exact, rounded up every `<=`.
Interval divided(Interval a, Interval b, std::int64_t factor, Rounding rounding) {
  a.min = std::max<std::int64_t>(a.min, 0);
  b.min = std::max<std::int64_t>(b.min, 0);
  Interval out{0, Interval::kNoMax};
  if (b.has_max() && b.max > 0) out.min = ratio(a.min, factor, b.max, rounding);
  if (a.has_max() && b.min > 0) out.max = ratio(std::max<std::int64_t>(a.max, 0), factor, b.min, rounding);
  return out;
}

bool covers(std::string_view prefix, std::string_view code) { return code.starts_with(prefix); }

template <std::size_t N>
bool is_one_of(const Code& code, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), code.text()) != words.end();
}
template <std::size_t N>
bool all_in(const Fact& fact, const std::array<std::string_view, N>& words) {
  return !fact.codes.empty() && !fact.codes_open &&
         std::all_of(fact.codes.begin(), fact.codes.end(),
                     [&](const Code& c) { return is_one_of(c, words); });
}
template <std::size_t N>
bool any_in(const Fact& fact, const std::array<std::string_view, N>& words) {
  return std::any_of(fact.codes.begin(), fact.codes.end(),
                     [&](const Code& c) { return is_one_of(c, words); });
}
bool under(std::string_view code, std::span<const std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return covers(prefix, code); });
}

/// The series that a trade code stands for: those of its longest prefix and all below it. `fallback` stands
/// for codes outside the table.
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

enum class SizeClass : std::uint8_t { micro, small, medium, large };
constexpr std::array<std::string_view, 4> kSizeWords{"micro", "small", "medium", "large"};
constexpr std::string_view kMicroOrSmall = "micro_small", kBelowLarge = "sme";  // wider entries of the list

/// What may still be: any class from lowest to highest.
struct SizeRange {
  SizeClass lowest = SizeClass::micro;
  SizeClass highest = SizeClass::large;
};

enum class Wording : bool { left_out, kept };

template <Wording kWording>
class Derivation {
 public:
  Derivation(const Facts& given, const Policy& policy, policy_detail::DerivationMemory& memory,
             detail::FactTable& table, std::vector<Fact>& out)
      : policy_(policy), memory_(memory), table_(table), out_(out) {
    table_.clear();
    for (const auto& fact : given.all()) table_.put(fact);
    out_.clear();
    out_.reserve(kMostDerived);  // the table points into it
  }

  void run() && {
    government_borrower();
    government_purchase();
    policy_bound_borrower();
    own_capital_ratio();
    capital_required();
    loan_to_value();
    compensation_multiple();
    const auto size = size_class();
    rural_area();
    agricultural_loan();
    inclusive_loan(size);
    green_project();
  }

 private:
  const Fact* known(FactKey key) const { return table_.find(key); }
  bool is(FactKey key, std::int64_t answer) const {
    const Fact* fact = known(key);
    return fact != nullptr && fact->range == Interval::exactly(answer);
  }

  /// Whether there is nothing to derive: the fact is stated.
  bool settled(FactKey key) const {
    const Fact* fact = known(key);
    return fact != nullptr && fact->origin != Origin::inferred;
  }

  /// A fact on its inputs. Absent inputs do not count; inferred ones make it inferred.
  Fact on(FactKey key, std::initializer_list<FactKey> inputs, std::string_view basis) const {
    Fact fact;
    fact.key = key;
    fact.origin = Origin::derived;
    std::string names;
    bool placed = false;
    for (const auto input : inputs) {
      const Fact* source = known(input);
      if (source == nullptr) continue;
      if (source->origin == Origin::inferred) fact.origin = Origin::inferred;
      fact.approximate |= source->approximate;
      if constexpr (kWording == Wording::kept) {
        if (!placed) fact.place = source->place;
        placed = true;
        names += (names.empty() ? "" : "、") + std::string(info(input).name_zh);
      }
    }
    if constexpr (kWording == Wording::kept) {
      fact.basis = basis;
      if (!names.empty()) fact.basis += "；依据：" + names;
    }
    return fact;
  }
  Fact on(FactKey key, Interval range, std::initializer_list<FactKey> inputs, std::string_view basis) const {
    Fact fact = on(key, inputs, basis);
    fact.range = range;
    return fact;
  }

  void put(Fact fact) {
    HUOSHUI_ASSERT(!settled(fact.key) && out_.size() < kMostDerived);
    out_.push_back(std::move(fact));
    const Fact* present = known(out_.back().key);
    if (present == nullptr || present->origin > out_.back().origin) table_.put(out_.back());
  }

  /// Text that only the worded derivation composes.
  template <typename Compose>
  static std::string words(const Compose& compose) {
    if constexpr (kWording == Wording::kept) return compose();
    return {};
  }
  static std::string cited(const Parameter& p) {
    return p.instrument_name + (p.document.empty() ? "" : " " + p.document) + "（" + p.key + "）";
  }
  const policy_detail::DerivationMemory::Row& row_of(std::string_view series) const {
    return memory_.row(policy_, series);
  }
  const policy_detail::TradeReading& trade_of(const Code& code) const {
    return memory_.trade(policy_, code.text());
  }
  bool all_trades(const Fact& industry, bool policy_detail::TradeReading::*kind) const {
    return !industry.codes.empty() && !industry.codes_open &&
           std::all_of(industry.codes.begin(), industry.codes.end(),
                       [&](const Code& code) { return trade_of(code).*kind; });
  }

  void government_borrower() {
    const Fact* borrower = known(FactKey::borrower);
    if (settled(FactKey::government_borrower) || borrower == nullptr) return;
    const auto government = [](const Code& code) { return code.text() == "government"; };
    if (std::any_of(borrower->codes.begin(), borrower->codes.end(), government)) {
      put(on(FactKey::government_borrower, Interval::exactly(kTrue), {FactKey::borrower},
             "借款人为政府部门"));
    }
  }

  /// A purchase of services as a source of repayment. Whether it pays for works, which is what the rule bars,
  /// the word does not tell, so it is an inference to be confirmed.
  void government_purchase() {
    const Fact* source = known(FactKey::repayment_source);
    if (known(FactKey::government_purchase) != nullptr || source == nullptr) return;
    const auto purchase = [](const Code& code) { return code.text() == "government_purchase"; };
    if (std::any_of(source->codes.begin(), source->codes.end(), purchase)) {
      Fact fact = on(FactKey::government_purchase, Interval::exactly(kTrue), {FactKey::repayment_source},
                     "还款来源含政府购买服务，是否用于工程须确认");
      fact.origin = Origin::inferred;
      put(std::move(fact));
    }
  }

  /// Bound: platforms, local state firms and public bodies, and whoever a government stands behind. A letter,
  /// a service purchase, hidden debt or a builder's advance makes a government-related case of any borrower.
  void policy_bound_borrower() {
    constexpr FactKey key = FactKey::policy_bound_borrower;
    if (settled(key)) return;
    const Fact* borrower = known(FactKey::borrower);
    if (borrower != nullptr && any_in(*borrower, policy_detail::kBoundBorrowers)) {
      put(on(key, Interval::exactly(kTrue), {FactKey::borrower}, "借款人属平台公司、国有企业或公共机构"));
      return;
    }
    for (const FactKey sign :
         {FactKey::government_borrower, FactKey::government_letter, FactKey::government_purchase,
          FactKey::hidden_debt, FactKey::contractor_advance}) {
      if (is(sign, kTrue)) {
        put(on(key, Interval::exactly(kTrue), {sign}, "与政府信用相关"));
        return;
      }
    }
    if (is(FactKey::private_enterprise, kTrue)) {
      put(on(key, Interval::exactly(kFalse), {FactKey::private_enterprise}, "民营企业"));
      return;
    }
    if (borrower == nullptr) return;
    // A private firm stays one whatever else it is: a project company, a supplier, a leading enterprise.
    const bool private_firm =
        std::any_of(borrower->codes.begin(), borrower->codes.end(),
                    [](const Code& code) { return code.text() == "private_enterprise"; });
    if (all_in(*borrower, policy_detail::kFreeBorrowers) || (private_firm && !borrower->codes_open)) {
      put(on(key, Interval::exactly(kFalse), {FactKey::borrower}, "借款人不属平台公司、国有企业或公共机构"));
    }
  }

  void own_capital_ratio() {
    const Fact* own = known(FactKey::own_capital);
    const Fact* total = known(FactKey::total_investment);
    if (settled(FactKey::own_capital_ratio) || own == nullptr || total == nullptr) return;
    auto range = divided(own->range, total->range, kMillion, Rounding::down);
    std::string_view basis = "自有资金 ÷ 总投资";
    if (is(FactKey::borrowed_capital, kTrue)) {
      range.min = 0;  // how much of it is debt, and does not count, is not known
      basis = "自有资金 ÷ 总投资，其中借入部分不计为资本金";
    }
    put(on(FactKey::own_capital_ratio, range,
           {FactKey::own_capital, FactKey::total_investment, FactKey::borrowed_capital}, basis));
  }

  /// The sector minimum, and what is left of it after the relief that a bank may grant.
  void capital_required() {
    const auto& fallback = row_of("project_capital_min.other_default");
    if (!fallback.millionths) return;
    const Fact* stands = known(FactKey::industry);
    if (stands == nullptr || stands->codes.empty()) {
      Fact required =
          on(FactKey::capital_required, Interval::exactly(*fallback.millionths), {},
             words([&] { return "行业不明，暂按其他行业的最低资本金比例；" + cited(*fallback.parameter); }));
      required.origin = Origin::inferred;
      Fact floor = required;
      floor.key = FactKey::capital_floor;
      if (!settled(FactKey::capital_required)) put(std::move(required));
      if (!settled(FactKey::capital_floor)) put(std::move(floor));
      return;
    }
    const Fact& industry = *stands;
    Interval range{Interval::kNoMax, Interval::kNoMin};
    for (const auto& code : industry.codes) {
      const auto& trade = trade_of(code);
      if (!trade.capital_known) return;  // the sector's row is not in force: not tested
      range.min = std::min(range.min, trade.capital_min);
      range.max = std::max(range.max, trade.capital_max);
    }
    if (!settled(FactKey::capital_required)) {
      Fact required = on(FactKey::capital_required, range, {FactKey::industry},
                         words([&] { return "行业最低资本金比例；" + capital_sources(industry); }));
      if (industry.codes_open) required.origin = Origin::inferred;
      put(std::move(required));
    }
    if (settled(FactKey::capital_floor)) return;
    const Fact& required = *known(FactKey::capital_required);
    Fact floor = on(FactKey::capital_floor, required.range, {FactKey::capital_required}, "不适用下浮");
    const auto& relief = row_of("project_capital.reduction_max_points");
    const auto reach = relief_reach(industry);
    if (relief.millionths && reach != Truth::no) {
      floor.range.min = std::max<std::int64_t>(floor.range.min - *relief.millionths, 0);
      if (reach == Truth::yes)
        floor.range.max = std::max<std::int64_t>(floor.range.max - *relief.millionths, 0);
      floor.basis = words([&] { return "补短板基础设施可由银行下浮；" + cited(*relief.parameter); });
    }
    put(std::move(floor));
  }

  std::string capital_sources(const Fact& industry) const {
    std::string sources;
    for (const auto& code : industry.codes) {
      for (const auto series : series_of(code.text(), policy_detail::capital_trades(), "other_default")) {
        const Parameter* row = policy_.find("project_capital_min." + std::string(series));
        if (row != nullptr && sources.find(row->key) == std::string::npos)
          sources += (sources.empty() ? "" : "；") + cited(*row);
      }
    }
    return sources;
  }

  /// Whether the project is weak-link infrastructure: in all its trades, in none, or in part.
  Truth relief_reach(const Fact& industry) const {
    bool all = !industry.codes_open, none = true;
    for (const auto& code : industry.codes) {
      all &= trade_of(code).relief_inside;
      none &= !trade_of(code).relief_touched;
    }
    return all ? Truth::yes : none ? Truth::no : Truth::unknown;
  }

  void loan_to_value() {
    const Fact* need = known(FactKey::financing_need);
    const Fact* value = known(FactKey::collateral_value);
    if (settled(FactKey::loan_to_value) || need == nullptr || value == nullptr) return;
    put(on(FactKey::loan_to_value, divided(need->range, value->range, kMillion, Rounding::up),
           {FactKey::financing_need, FactKey::collateral_value}, "融资需求 ÷ 押品价值"));
  }

  void compensation_multiple() {
    const Fact* need = known(FactKey::financing_need);
    const Fact* yearly = known(FactKey::annual_compensation);
    if (settled(FactKey::compensation_multiple) || need == nullptr || yearly == nullptr) return;
    put(on(FactKey::compensation_multiple, divided(need->range, yearly->range, 1, Rounding::up),
           {FactKey::financing_need, FactKey::annual_compensation}, "融资需求 ÷ 年补偿收入，向上取整"));
  }

  struct Bounds {
    std::array<std::int64_t, 3> least{};  // small, medium, large
  };
  std::optional<Bounds> size_bounds(std::string_view series, std::string_view indicator) const {
    Bounds bounds;
    for (std::size_t i = 0; i < bounds.least.size(); ++i) {
      const Parameter* row = policy_.find("sme_size." + std::string(series) + "." + std::string(indicator) +
                                          "." + std::string(kSizeWords[i + 1]) + "_min");
      if (row == nullptr) return std::nullopt;
      const auto value = row->kind() == ParameterKind::money ? row->fen() : row->count();
      if (!value) return std::nullopt;
      bounds.least[i] = *value;
    }
    return bounds;
  }
  static SizeClass class_at(const Bounds& bounds, std::int64_t value) {
    const auto reached =
        std::count_if(bounds.least.begin(), bounds.least.end(), [&](auto least) { return value >= least; });
    return SizeClass{static_cast<std::uint8_t>(reached)};
  }

  /// All indicators must reach a class, so the class is the lowest that any of them gives.
  std::optional<SizeRange> size_in(std::string_view series) const {
    constexpr std::pair<FactKey, std::string_view> kIndicators[] = {{FactKey::employees, "employees"},
                                                                    {FactKey::revenue, "revenue_10k"},
                                                                    {FactKey::assets, "assets_10k"}};
    std::optional<SizeRange> out;
    for (const auto& [key, indicator] : kIndicators) {
      const auto bounds = size_bounds(series, indicator);
      if (!bounds) continue;
      if (!out) out = SizeRange{SizeClass::large, SizeClass::large};
      const Fact* fact = known(key);
      const Interval range = fact != nullptr ? fact->range : Interval{};
      out->lowest = std::min(out->lowest, class_at(*bounds, range.min));
      out->highest = std::min(out->highest, class_at(*bounds, range.max));
    }
    return out;
  }

  /// Return what is sure about the size, and derive the narrowest entry of the list that holds it.
  std::optional<SizeRange> size_class() {
    const Fact* borrower = known(FactKey::borrower);
    if (borrower != nullptr && any_in(*borrower, policy_detail::kNoSizeClass)) return std::nullopt;
    if (const Fact* stated = known(FactKey::size_class); stated != nullptr && settled(FactKey::size_class)) {
      if (stated->codes.size() != 1) return std::nullopt;
      const auto& text = stated->codes.front().text();
      if (text == kMicroOrSmall) return SizeRange{SizeClass::micro, SizeClass::small};
      if (text == kBelowLarge) return SizeRange{SizeClass::micro, SizeClass::medium};
      const auto word = std::find(kSizeWords.begin(), kSizeWords.end(), text);
      if (word == kSizeWords.end()) return std::nullopt;
      const auto size = SizeClass{static_cast<std::uint8_t>(word - kSizeWords.begin())};
      return SizeRange{size, size};
    }
    const Fact* industry = known(FactKey::industry);
    if (industry == nullptr || industry->codes.empty() || industry->codes_open) return std::nullopt;
    if (!known(FactKey::employees) && !known(FactKey::revenue) && !known(FactKey::assets))
      return std::nullopt;
    std::optional<SizeRange> range;
    for (const auto& code : industry->codes) {
      for (const auto series : series_of(code.text(), policy_detail::size_trades(), "")) {
        const auto one = series.empty() ? std::nullopt : size_in(series);
        if (!one) return std::nullopt;
        if (!range) range = *one;
        range->lowest = std::min(range->lowest, one->lowest);
        range->highest = std::max(range->highest, one->highest);
      }
    }
    if (!range || (range->lowest != range->highest && range->highest == SizeClass::large)) return range;
    Fact size =
        on(FactKey::size_class, {FactKey::industry, FactKey::employees, FactKey::revenue, FactKey::assets},
           "中小企业划型标准 工信部联企业〔2011〕300号（sme_size）");
    size.codes.emplace_back(range->lowest == range->highest
                                ? kSizeWords[static_cast<std::size_t>(range->highest)]
                            : range->highest == SizeClass::small ? kMicroOrSmall
                                                                 : kBelowLarge);
    put(std::move(size));
    return range;
  }

  /// From a region code alone. GB/T 2260: districts of a prefecture-level city end in 01-20, counties in
  /// 21-80, county-level cities in 81-99; of towns, 001-099 are subdistricts, 100-199 towns, 200-399
  /// townships.
  enum class Town : std::uint8_t { unknown, subdistrict, town, township };
  struct PlaceKind {
    Truth city_district = Truth::unknown;
    Town town = Town::unknown;
  };
  static PlaceKind place_kind(std::string_view code) {
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
      kind.city_district = county >= 1 && county <= 20 ? Truth::yes
                           : county >= 21              ? Truth::no
                                                       : Truth::unknown;
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
  static Truth rural_until_2023(const PlaceKind& kind) {
    if (kind.city_district == Truth::yes) return kind.town == Town::township ? Truth::unknown : Truth::no;
    return negate(kind.city_district);
  }
  /// From 2024 county-town urban areas and development zones are urban too; a town may hold either.
  static Truth rural_from_2024(const PlaceKind& kind) {
    if (kind.city_district != Truth::no) return rural_until_2023(kind);
    if (kind.town == Town::subdistrict) return Truth::no;
    return kind.town == Town::township ? Truth::yes : Truth::unknown;
  }

  void rural_area() {
    const Fact* region = known(FactKey::region);
    if (settled(FactKey::rural_area) || region == nullptr || region->codes.empty() || region->codes_open)
      return;
    const Parameter* row = row_of("agri_loan.stat.rural_area").parameter;
    const bool before = row == nullptr || !row->key.ends_with("from_2024");
    const bool after = row == nullptr || !row->key.ends_with("until_2023");
    std::optional<Truth> answer;
    for (const auto& code : region->codes) {
      const auto kind = place_kind(code.text());
      // Where the change of 2024 is not believed, only what both readings agree on is sure.
      for (const auto& [counts, truth] :
           {std::pair{before, rural_until_2023(kind)}, std::pair{after, rural_from_2024(kind)}}) {
        if (!counts) continue;
        if (!answer) answer = truth;
        if (*answer != truth) answer = Truth::unknown;
      }
    }
    if (!answer || *answer == Truth::unknown) return;
    put(on(FactKey::rural_area, Interval::exactly(*answer == Truth::yes ? kTrue : kFalse), {FactKey::region},
           words([&]() -> std::string {
             return row != nullptr ? "农村区域；" + cited(*row)
                                   : "农村区域，2024年前后两种口径一致（agri_loan.stat.rural_area）";
           })));
  }

  /// Three doors: the household, the place of registration, the use. Each can only say yes.
  void agricultural_loan() {
    constexpr FactKey key = FactKey::agricultural_loan;
    if (settled(key)) return;
    const Fact* borrower = known(FactKey::borrower);
    const Fact* industry = known(FactKey::industry);
    const Parameter* household = row_of("agri_loan.stat.class.farm_household").parameter;
    const Parameter* use = row_of("agri_loan.stat.class.urban_enterprise").parameter;
    const Parameter* place = row_of("agri_loan.stat.class.rural_enterprise").parameter;
    std::optional<Fact> found;
    const auto offer = [&](Fact fact) {
      if (!found || fact.origin < found->origin) found = std::move(fact);
    };
    if (household != nullptr && borrower != nullptr && all_in(*borrower, policy_detail::kFarmHouseholds)) {
      offer(on(key, Interval::exactly(kTrue), {FactKey::borrower},
               words([&] { return "农户贷款；" + cited(*household); })));
    }
    if (use != nullptr && industry != nullptr && all_trades(*industry, &policy_detail::TradeReading::farm)) {
      offer(on(key, Interval::exactly(kTrue), {FactKey::industry},
               words([&] { return "农林牧渔业或支农用途；" + cited(*use); })));
    }
    if (place != nullptr && is(FactKey::rural_area, kTrue) && borrower != nullptr &&
        all_in(*borrower, policy_detail::kOrganisations)) {
      Fact fact =
          on(key, Interval::exactly(kTrue), {FactKey::rural_area, FactKey::borrower},
             words([&] { return "农村企业及各类组织贷款，以项目所在地推断注册地；" + cited(*place); }));
      fact.origin = Origin::inferred;
      offer(std::move(fact));
    }
    if (found) put(std::move(*found));
  }

  /// 普惠小微: small and micro firms, sole traders and their owners below the limit, farm households below
  /// theirs.
  void inclusive_loan(const std::optional<SizeRange>& size) {
    constexpr FactKey key = FactKey::inclusive_loan;
    if (settled(key)) return;
    const Fact* borrower = known(FactKey::borrower);
    const bool household = borrower != nullptr && all_in(*borrower, policy_detail::kFarmHouseholds);
    const bool trader = borrower != nullptr && all_in(*borrower, policy_detail::kSoleTraders);
    const bool small_word =
        borrower != nullptr && any_in(*borrower, std::array<std::string_view, 1>{"small_micro_enterprise"});
    const bool small = small_word || (size && size->highest <= SizeClass::small);
    const bool big = !household && !trader && size && size->lowest >= SizeClass::medium;
    if (!household && !trader && !small && !big) return;
    const auto& row = row_of(household ? "inclusive_small.farm_household_operating_max_yuan"
                                       : "inclusive_small.single_credit_max_yuan");
    const auto limit = row.fen;
    if (!limit) return;
    const auto answer = [&](std::int64_t truth, std::initializer_list<FactKey> inputs, std::string_view why) {
      Fact fact = on(key, Interval::exactly(truth), inputs,
                     words([&] { return std::string(why) + "；" + cited(*row.parameter); }));
      if (borrower != nullptr && borrower->origin == Origin::inferred) fact.origin = Origin::inferred;
      put(std::move(fact));
    };
    if (big) {
      answer(kFalse,
             {FactKey::size_class, FactKey::industry, FactKey::employees, FactKey::revenue, FactKey::assets},
             "不是小微企业");
      return;
    }
    // The limit is on all credit to the client, strictly below. The need alone can only be too much.
    const Fact* total = known(FactKey::credit_total);
    const Fact* need = known(FactKey::financing_need);
    const Fact* other = known(FactKey::other_loans);
    Interval credit{0, Interval::kNoMax};
    if (total != nullptr) {
      credit = total->range;
    } else if (need != nullptr) {
      credit.min = std::max<std::int64_t>(need->range.min, 0);
      if (other != nullptr) {
        const auto sum = [](std::int64_t a, std::int64_t b) {
          std::int64_t out = 0;
          return __builtin_add_overflow(a, b, &out) ? Interval::kNoMax : out;
        };
        credit.min = sum(credit.min, std::max<std::int64_t>(other->range.min, 0));
        credit.max =
            sum(std::max<std::int64_t>(need->range.max, 0), std::max<std::int64_t>(other->range.max, 0));
      }
    }
    const std::initializer_list<FactKey> inputs{
        FactKey::borrower,     FactKey::size_class,     FactKey::industry,
        FactKey::employees,    FactKey::revenue,        FactKey::assets,
        FactKey::credit_total, FactKey::financing_need, FactKey::other_loans};
    if (credit.has_max() && credit.max < *limit) {
      answer(kTrue, inputs, "单户授信低于普惠口径上限");
    } else if (credit.min >= *limit) {
      answer(kFalse, inputs, "单户授信不低于普惠口径上限");
    }
  }

  /// Only trades that the catalogues hold as a whole; never a no.
  void green_project() {
    constexpr Date kFirstCatalogue{std::chrono::year{2019}, std::chrono::March, std::chrono::day{7}};
    const Fact* industry = known(FactKey::industry);
    if (settled(FactKey::green_project) || industry == nullptr || policy_.date() < kFirstCatalogue) return;
    if (all_trades(*industry, &policy_detail::TradeReading::green)) {
      put(on(FactKey::green_project, Interval::exactly(kTrue), {FactKey::industry},
             "行业整体列入绿色产业指导目录（2019年版）和绿色低碳转型产业指导目录（2024年版）"));
    }
  }

  static constexpr std::size_t kMostDerived = 16;
  const Policy& policy_;
  policy_detail::DerivationMemory& memory_;
  detail::FactTable& table_;
  std::vector<Fact>& out_;
};

}  // namespace

namespace policy_detail {

const DerivationMemory::Row& DerivationMemory::row(const Policy& policy, std::string_view series) {
  if (const auto at = rows_.find(series); at != rows_.end()) return at->second;
  Row row;
  row.parameter = policy.find(series);
  if (row.parameter != nullptr) {
    row.millionths = row.parameter->millionths();
    row.fen = row.parameter->fen();
  }
  return rows_.emplace(series, row).first->second;
}

const TradeReading& DerivationMemory::trade(const Policy& policy, const std::string& code) {
  if (const auto at = trades_.find(code); at != trades_.end()) return at->second;
  TradeReading reading;
  reading.capital_min = Interval::kNoMax;
  reading.capital_max = Interval::kNoMin;
  for (const auto series : series_of(code, capital_trades(), "other_default")) {
    const auto value = row(policy, "project_capital_min." + std::string(series)).millionths;
    reading.capital_known &= value.has_value();
    reading.capital_min = std::min(reading.capital_min, value.value_or(Interval::kNoMax));
    reading.capital_max = std::max(reading.capital_max, value.value_or(Interval::kNoMin));
  }
  for (const auto prefix : relief_trades()) {
    reading.relief_inside |= covers(prefix, code);
    reading.relief_touched |= covers(prefix, code) || covers(code, prefix);
  }
  reading.farm = under(code, farm_trades());
  reading.green = under(code, green_trades());
  constexpr std::size_t kMostTrades = 8192;  // a list may hold anything; the memory stays small
  if (trades_.size() == kMostTrades) trades_.clear();
  return trades_.emplace(code, reading).first->second;
}

void derive_values(const Facts& given, const Policy& policy, DerivationMemory& memory,
                   detail::FactTable& table, std::vector<Fact>& derived) {
  Derivation<Wording::left_out>(given, policy, memory, table, derived).run();
}

}  // namespace policy_detail

std::vector<Fact> derive_facts(const Facts& facts, const Policy& policy) {
  policy_detail::DerivationMemory memory;
  detail::FactTable table;
  std::vector<Fact> out;
  Derivation<Wording::kept>(facts, policy, memory, table, out).run();
  return out;
}

std::span<const FactKey> inputs_of(FactKey key) {
  static constexpr std::array kBound{FactKey::borrower, FactKey::private_enterprise};
  static constexpr std::array kBorrower{FactKey::borrower};
  static constexpr std::array kRepayment{FactKey::repayment_source};
  static constexpr std::array kCapital{FactKey::own_capital, FactKey::total_investment};
  static constexpr std::array kIndustry{FactKey::industry};
  static constexpr std::array kLoanToValue{FactKey::financing_need, FactKey::collateral_value};
  static constexpr std::array kMultiple{FactKey::financing_need, FactKey::annual_compensation};
  static constexpr std::array kSize{FactKey::industry, FactKey::employees, FactKey::revenue, FactKey::assets};
  static constexpr std::array kRegion{FactKey::region};
  static constexpr std::array kAgri{FactKey::borrower, FactKey::industry, FactKey::region};
  static constexpr std::array kInclusive{FactKey::borrower, FactKey::size_class, FactKey::credit_total};
  if (key == FactKey::policy_bound_borrower) return kBound;
  if (key == FactKey::government_borrower) return kBorrower;
  if (key == FactKey::government_purchase) return kRepayment;
  if (key == FactKey::own_capital_ratio) return kCapital;
  if (key == FactKey::capital_required || key == FactKey::capital_floor || key == FactKey::green_project) {
    return kIndustry;
  }
  if (key == FactKey::loan_to_value) return kLoanToValue;
  if (key == FactKey::compensation_multiple) return kMultiple;
  if (key == FactKey::size_class) return kSize;
  if (key == FactKey::rural_area) return kRegion;
  if (key == FactKey::agricultural_loan) return kAgri;
  if (key == FactKey::inclusive_loan) return kInclusive;
  return {};
}

}  // namespace huoshui
