#include <algorithm>
#include <array>
#include <bit>
#include <huoshui/core/assert.hpp>
#include <huoshui/policy/derive.hpp>
#include <initializer_list>
#include <string>
#include <utility>

#include "policy/detail/derivation.hpp"
#include "policy/detail/trades.hpp"
#include "policy/detail/units.hpp"

namespace huoshui {
namespace {

using policy_detail::BorrowerLists;
using policy_detail::kMillion;
using policy_detail::Row;
using policy_detail::TradeReading;

constexpr std::int64_t kFalse = 0, kTrue = 1;

enum class Rounding : std::uint8_t { down, up };

/// a * factor / b for a >= 0, b > 0, rounded; kNoMax when it does not fit.
std::int64_t ratio(std::int64_t a, std::int64_t factor, std::int64_t b, Rounding rounding) {
  const std::int64_t more = rounding == Rounding::up ? b - 1 : 0;
  std::int64_t narrow = 0;  // nearly always enough, and divided much faster
  if (!__builtin_mul_overflow(a, factor, &narrow) && !__builtin_add_overflow(narrow, more, &narrow))
    return std::min(narrow / b, Interval::kNoMax);
  __extension__ using Wide = __int128;
  const Wide product = static_cast<Wide>(a) * factor;
  const Wide quotient = (product + more) / b;
  return quotient >= Interval::kNoMax ? Interval::kNoMax : static_cast<std::int64_t>(quotient);
}

/// Divide two ranges of amounts, neither of them negative. Rounded down a quotient keeps every `>=` with a
/// whole limit exact, rounded up every `<=`.
Interval divided(Interval a, Interval b, std::int64_t factor, Rounding rounding) {
  a.min = std::max<std::int64_t>(a.min, 0);
  b.min = std::max<std::int64_t>(b.min, 0);
  Interval out{0, Interval::kNoMax};
  if (a.is_point() && a.has_max() && b.is_point() && b.has_max() && b.min > 0)
    return Interval::exactly(ratio(a.min, factor, b.min, rounding));
  if (b.has_max() && b.max > 0) out.min = ratio(a.min, factor, b.max, rounding);
  if (a.has_max() && b.min > 0) out.max = ratio(std::max<std::int64_t>(a.max, 0), factor, b.min, rounding);
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

/// The facts that derivation can give. Without words each has a place of its own, used again for every
/// project: a Fact is too heavy to be made and destroyed a dozen times for each.
constexpr std::array kDerivable{
    FactKey::government_borrower, FactKey::government_purchase,   FactKey::policy_bound_borrower,
    FactKey::own_capital_ratio,   FactKey::capital_required,      FactKey::capital_floor,
    FactKey::loan_to_value,       FactKey::compensation_multiple, FactKey::size_class,
    FactKey::rural_area,          FactKey::agricultural_loan,     FactKey::inclusive_loan,
    FactKey::green_project};
constexpr auto kPlaces = [] {
  std::array<std::uint8_t, kFactKeyCount> places{};
  for (std::size_t i = 0; i < kDerivable.size(); ++i)
    places[static_cast<std::size_t>(kDerivable[i])] = static_cast<std::uint8_t>(i);
  return places;
}();

template <Wording kWording>
class Derivation {
 public:
  Derivation(const Facts& given, const Policy& policy, policy_detail::DerivationMemory& memory,
             detail::FactTable& table, std::vector<Fact>& out)
      : policy_(policy), memory_(memory), rows_(memory.rows(policy)), table_(table), out_(out) {
    table_.clear();
    for (const auto& fact : given.all()) table_.put(fact);
    if constexpr (kWording == Wording::kept) {
      out_.clear();
      out_.reserve(kDerivable.size());  // the table points into it
    } else if (out_.size() != kDerivable.size()) {
      out_.assign(kDerivable.size(), Fact{});
      for (std::size_t i = 0; i < kDerivable.size(); ++i) out_[i].key = kDerivable[i];
    }
    read_borrower();
    read_trades();
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

  /// The origin of what follows from these inputs. Absent ones do not count; inferred ones make it inferred.
  Origin origin_from(std::initializer_list<FactKey> inputs) const {
    for (const auto input : inputs) {
      const Fact* source = known(input);
      if (source != nullptr && source->origin == Origin::inferred) return Origin::inferred;
    }
    return Origin::derived;
  }

  /// Write a fact on its inputs; put() makes it known.
  Fact& on(FactKey key, Interval range, std::initializer_list<FactKey> inputs, std::string_view basis) {
    if constexpr (kWording == Wording::left_out) {
      Fact& fact = out_[kPlaces[static_cast<std::size_t>(key)]];
      fact.range = range;
      fact.origin = origin_from(inputs);
      return fact;
    }
    HUOSHUI_ASSERT(out_.size() < kDerivable.size());
    Fact& fact = out_.emplace_back();
    fact.key = key;
    fact.range = range;
    fact.origin = origin_from(inputs);
    std::string names;
    for (const auto input : inputs) {
      const Fact* source = known(input);
      if (source == nullptr) continue;
      fact.approximate |= source->approximate;
      if (names.empty()) fact.place = source->place;
      names += (names.empty() ? "" : "、") + std::string(info(input).name_zh);
    }
    fact.basis = basis;
    if (!names.empty()) fact.basis += "；依据：" + names;
    return fact;
  }

  void put(const Fact& fact) {
    HUOSHUI_ASSERT(!settled(fact.key));
    const Fact* present = known(fact.key);
    if (present == nullptr || present->origin > fact.origin) table_.put(fact);
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

  void read_borrower() {
    borrower_ = known(FactKey::borrower);
    if (borrower_ == nullptr || borrower_->codes.empty()) return;
    std::uint16_t all = 0xFFFF;
    for (const auto& code : borrower_->codes) {
      const std::uint16_t lists = memory_.borrower(code.text());
      all = static_cast<std::uint16_t>(all & lists);
      any_borrower_ = static_cast<std::uint16_t>(any_borrower_ | lists);
    }
    if (!borrower_->codes_open) all_borrowers_ = all;
  }
  bool all_in(std::uint16_t list) const { return (all_borrowers_ & list) != 0; }
  bool any_in(std::uint16_t list) const { return (any_borrower_ & list) != 0; }

  void read_trades() {
    industry_ = known(FactKey::industry);
    if (industry_ == nullptr || industry_->codes.empty()) return;
    const auto& codes = industry_->codes;
    trades_ = memory_.trade(policy_, codes.front().text());
    for (std::size_t i = 1; i < codes.size(); ++i) trades_.join(memory_.trade(policy_, codes[i].text()));
    trades_closed_ = !industry_->codes_open;
  }

  void government_borrower() {
    if (settled(FactKey::government_borrower) || !any_in(BorrowerLists::government)) return;
    put(on(FactKey::government_borrower, Interval::exactly(kTrue), {FactKey::borrower}, "借款人为政府部门"));
  }

  /// A purchase of services as a source of repayment. Whether it pays for works, which is what the rule bars,
  /// the word does not tell, so it is an inference to be confirmed.
  void government_purchase() {
    const Fact* source = known(FactKey::repayment_source);
    if (known(FactKey::government_purchase) != nullptr || source == nullptr) return;
    const auto purchase = [](const Code& code) { return code.text() == "government_purchase"; };
    if (std::any_of(source->codes.begin(), source->codes.end(), purchase)) {
      Fact& fact = on(FactKey::government_purchase, Interval::exactly(kTrue), {FactKey::repayment_source},
                      "还款来源含政府购买服务，是否用于工程须确认");
      fact.origin = Origin::inferred;
      put(fact);
    }
  }

  /// Bound: platforms, local state firms and public bodies, and whoever a government stands behind. A letter,
  /// a service purchase, hidden debt or a builder's advance makes a government-related case of any borrower.
  void policy_bound_borrower() {
    constexpr FactKey key = FactKey::policy_bound_borrower;
    if (settled(key)) return;
    if (any_in(BorrowerLists::bound)) {
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
    // A private firm stays one whatever else it is: a project company, a supplier, a leading enterprise.
    const bool private_firm = any_in(BorrowerLists::private_firm) && !borrower_->codes_open;
    if (all_in(BorrowerLists::free) || private_firm) {
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
    const Row& fallback = rows_.capital_default;
    if (!fallback.millionths) return;
    if (industry_ == nullptr || industry_->codes.empty()) {
      for (const FactKey key : {FactKey::capital_required, FactKey::capital_floor}) {
        if (settled(key)) continue;
        Fact& fact = on(key, Interval::exactly(*fallback.millionths), {}, words([&] {
                          return "行业不明，暂按其他行业的最低资本金比例；" + cited(*fallback.parameter);
                        }));
        fact.origin = Origin::inferred;
        put(fact);
      }
      return;
    }
    if (!trades_.capital_known) return;  // the row of a sector is not in force: not tested
    const Interval range{trades_.capital_min, trades_.capital_max};
    if (!settled(FactKey::capital_required)) {
      Fact& required = on(FactKey::capital_required, range, {FactKey::industry},
                          words([&] { return "行业最低资本金比例；" + capital_sources(*industry_); }));
      if (industry_->codes_open) required.origin = Origin::inferred;
      put(required);
    }
    if (settled(FactKey::capital_floor)) return;
    Interval floor = known(FactKey::capital_required)->range;
    const Row& relief = rows_.capital_relief;
    // Weak-link infrastructure: in all its trades, in none, or in part.
    const bool inside = trades_closed_ && trades_.relief_inside;
    const bool relieved = relief.millionths && (inside || trades_.relief_touched);
    if (relieved) {  // an inferred requirement may be open at either end
      floor.min = std::max<std::int64_t>(std::max<std::int64_t>(floor.min, 0) - *relief.millionths, 0);
      if (inside && floor.has_max()) floor.max = std::max<std::int64_t>(floor.max - *relief.millionths, 0);
    }
    Fact& fact = on(FactKey::capital_floor, floor, {FactKey::capital_required}, "不适用下浮");
    if (relieved)
      fact.basis = words([&] { return "补短板基础设施可由银行下浮；" + cited(*relief.parameter); });
    put(fact);
  }

  std::string capital_sources(const Fact& industry) const {
    std::string sources;
    for (const auto& code : industry.codes) {
      for (const auto series :
           policy_detail::series_of(code.text(), policy_detail::capital_trades(), "other_default")) {
        const Parameter* row = policy_.find("project_capital_min." + std::string(series));
        if (row != nullptr && sources.find(row->key) == std::string::npos)
          sources += (sources.empty() ? "" : "；") + cited(*row);
      }
    }
    return sources;
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

  static SizeClass class_at(const policy_detail::SizeLimits& limits, std::int64_t value) {
    const auto reached =
        std::count_if(limits.begin(), limits.end(), [&](auto least) { return value >= least; });
    return SizeClass{static_cast<std::uint8_t>(reached)};
  }

  /// All indicators must reach a class, so the class is the lowest that any of them gives.
  std::optional<SizeRange> size_in(std::size_t series) const {
    constexpr std::array kIndicators{FactKey::employees, FactKey::revenue, FactKey::assets};
    const auto& standard = memory_.size_standard(policy_, series);
    std::optional<SizeRange> out;
    for (std::size_t i = 0; i < kIndicators.size(); ++i) {
      const auto& limits = standard[i];
      if (!limits) continue;
      if (!out) out = SizeRange{SizeClass::large, SizeClass::large};
      const Fact* fact = known(kIndicators[i]);
      const Interval range = fact != nullptr ? fact->range : Interval{};
      out->lowest = std::min(out->lowest, class_at(*limits, range.min));
      out->highest = std::min(out->highest, class_at(*limits, range.max));
    }
    return out;
  }

  /// Return what is sure about the size, and derive the narrowest entry of the list that holds it.
  std::optional<SizeRange> size_class() {
    if (any_in(BorrowerLists::no_size_class)) return std::nullopt;
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
    if (!trades_closed_ || (trades_.size_series & policy_detail::kNoStandard) != 0) return std::nullopt;
    if (!known(FactKey::employees) && !known(FactKey::revenue) && !known(FactKey::assets))
      return std::nullopt;
    std::optional<SizeRange> range;
    for (std::uint32_t left = trades_.size_series; left != 0; left &= left - 1) {
      const auto one = size_in(static_cast<std::size_t>(std::countr_zero(left)));
      if (!one) return std::nullopt;
      if (!range) range = *one;
      range->lowest = std::min(range->lowest, one->lowest);
      range->highest = std::max(range->highest, one->highest);
    }
    if (!range || (range->lowest != range->highest && range->highest == SizeClass::large)) return range;
    const std::string_view word = range->lowest == range->highest
                                      ? kSizeWords[static_cast<std::size_t>(range->highest)]
                                  : range->highest == SizeClass::small ? kMicroOrSmall
                                                                       : kBelowLarge;
    Fact& size = on(FactKey::size_class, {},
                    {FactKey::industry, FactKey::employees, FactKey::revenue, FactKey::assets},
                    "中小企业划型标准 工信部联企业〔2011〕300号（sme_size）");
    if (size.codes.empty() || size.codes.front().text() != word) size.codes.assign(1, Code(word));
    put(size);
    return range;
  }

  void rural_area() {
    const Fact* region = known(FactKey::region);
    if (settled(FactKey::rural_area) || region == nullptr || region->codes.empty() || region->codes_open)
      return;
    std::optional<Truth> answer;
    for (const auto& code : region->codes) {
      const Truth truth = memory_.rural(policy_, code.text());
      answer = !answer || *answer == truth ? truth : Truth::unknown;
    }
    if (!answer || *answer == Truth::unknown) return;
    const Parameter* row = rows_.rural_area.parameter;
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
    const Parameter* household = rows_.farm_household.parameter;
    const Parameter* use = rows_.urban_enterprise.parameter;
    const Parameter* place = rows_.rural_enterprise.parameter;
    const bool by_household = household != nullptr && all_in(BorrowerLists::farm_household);
    const bool by_use = use != nullptr && trades_closed_ && trades_.farm;
    const auto sure = [&](FactKey input) { return known(input)->origin != Origin::inferred; };
    if (by_household && (sure(FactKey::borrower) || !by_use || !sure(FactKey::industry))) {
      put(on(key, Interval::exactly(kTrue), {FactKey::borrower},
             words([&] { return "农户贷款；" + cited(*household); })));
    } else if (by_use) {
      put(on(key, Interval::exactly(kTrue), {FactKey::industry},
             words([&] { return "农林牧渔业或支农用途；" + cited(*use); })));
    } else if (place != nullptr && all_in(BorrowerLists::organisation) && is(FactKey::rural_area, kTrue)) {
      Fact& fact =
          on(key, Interval::exactly(kTrue), {FactKey::rural_area, FactKey::borrower},
             words([&] { return "农村企业及各类组织贷款，以项目所在地推断注册地；" + cited(*place); }));
      fact.origin = Origin::inferred;
      put(fact);
    }
  }

  /// 普惠小微: small and micro firms, sole traders and their owners below the limit, farm households below
  /// theirs.
  void inclusive_loan(const std::optional<SizeRange>& size) {
    constexpr FactKey key = FactKey::inclusive_loan;
    if (settled(key)) return;
    const bool household = all_in(BorrowerLists::farm_household);
    const bool trader = all_in(BorrowerLists::sole_trader);
    const bool small = any_in(BorrowerLists::small_micro) || (size && size->highest <= SizeClass::small);
    const bool big = !household && !trader && size && size->lowest >= SizeClass::medium;
    if (!household && !trader && !small && !big) return;
    const Row& row = household ? rows_.household_limit : rows_.single_limit;
    const auto limit = row.fen;
    if (!limit) return;
    const auto answer = [&](std::int64_t truth, std::initializer_list<FactKey> inputs, std::string_view why) {
      Fact& fact = on(key, Interval::exactly(truth), inputs,
                      words([&] { return std::string(why) + "；" + cited(*row.parameter); }));
      if (borrower_ != nullptr && borrower_->origin == Origin::inferred) fact.origin = Origin::inferred;
      put(fact);
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
    if (settled(FactKey::green_project) || policy_.date() < kFirstCatalogue) return;
    if (trades_closed_ && trades_.green) {
      put(on(FactKey::green_project, Interval::exactly(kTrue), {FactKey::industry},
             "行业整体列入绿色产业指导目录（2019年版）和绿色低碳转型产业指导目录（2024年版）"));
    }
  }

  const Policy& policy_;
  policy_detail::DerivationMemory& memory_;
  const policy_detail::DerivationRows& rows_;
  detail::FactTable& table_;
  std::vector<Fact>& out_;

  const Fact* borrower_ = nullptr;
  std::uint16_t any_borrower_ = 0;   // lists that hold one of the words
  std::uint16_t all_borrowers_ = 0;  // lists that hold them all, of a closed cell
  const Fact* industry_ = nullptr;
  TradeReading trades_;         // of all trades together, once there is one
  bool trades_closed_ = false;  // there is one, and no unknown words beside it
};

}  // namespace

namespace policy_detail {

void derive_values(const Facts& given, const Policy& policy, DerivationMemory& memory,
                   detail::FactTable& table, std::vector<Fact>& derived) {
  Derivation<Wording::left_out>(given, policy, memory, table, derived).run();
}

}  // namespace policy_detail

std::vector<Fact> derive_facts(const Facts& facts, const Policy& policy) {
  policy_detail::DerivationMemory memory(2);  // for this project alone
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
  static constexpr std::array kInclusive{FactKey::borrower, FactKey::size_class, FactKey::credit_total,
                                         FactKey::financing_need, FactKey::other_loans};
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
