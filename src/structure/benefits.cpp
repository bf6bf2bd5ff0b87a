#include <algorithm>
#include <array>
#include <huoshui/explain/wording.hpp>
#include <huoshui/structure/benefits.hpp>
#include <span>
#include <utility>

namespace huoshui {
namespace {

/// A boolean fact as a question; an inferred yes stays open until confirmed.
Truth holds(const Facts& facts, FactKey key) {
  const Fact* fact = facts.find(key);
  if (fact == nullptr || !fact->range.is_point()) return Truth::unknown;
  if (fact->origin == Origin::inferred) return Truth::unknown;
  return fact->range.min != 0 ? Truth::yes : Truth::no;
}

/// Whether a code fact lies inside a list of prefixes. An entry above a prefix, an open list or an inference
/// settles nothing.
Truth among(const Facts& facts, FactKey key, std::span<const std::string_view> prefixes) {
  const Fact* fact = facts.find(key);
  if (fact == nullptr || fact->codes.empty() || fact->origin == Origin::inferred) return Truth::unknown;
  bool above = fact->codes_open;
  for (const auto& code : fact->codes) {
    for (const std::string_view prefix : prefixes) {
      if (std::string_view(code.text()).starts_with(prefix)) return Truth::yes;
      above = above || prefix.starts_with(code.text());
    }
  }
  return above ? Truth::unknown : Truth::no;
}

Truth both(Truth a, Truth b) {
  return a == Truth::no || b == Truth::no     ? Truth::no
         : a == Truth::yes && b == Truth::yes ? Truth::yes
                                              : Truth::unknown;
}
Truth either(Truth a, Truth b) { return negate(both(negate(a), negate(b))); }

bool is_local_bank(const Product& product) {
  constexpr std::array<std::string_view, 6> kWords{"农村商业银行", "农商", "城市商业银行",
                                                   "城商行",       "村镇", "农村信用"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return product.institution_type.find(word) != std::string::npos ||
           product.institution.find(word) != std::string::npos;
  });
}

bool is_loan(const Product& product) {
  const auto kind = info(product.instrument).kind;
  return kind == InstrumentKind::loan || kind == InstrumentKind::pledge ||
         kind == InstrumentKind::supply_chain || product.instrument == Instrument::guaranteed_loan;
}

std::string until(const Benefit& benefit, Language language) {
  const bool zh = language == Language::zh;
  std::string out;
  if (benefit.from) out += to_string(*benefit.from) + (zh ? "起" : " on");
  if (benefit.to)
    out += (out.empty() ? ""
            : zh        ? "，"
                        : ", ") +
           (zh ? "至" + to_string(*benefit.to) : "until " + to_string(*benefit.to));
  return out.empty() ? (zh ? "当日有效" : "in force on the day") : out;
}

std::string percent(std::int64_t millionths, Language language) {
  return quantity_text(FactKey::rate_wanted, millionths, language);
}

class Writer {
 public:
  Writer(const Facts& facts, const Product& product, const Policy& policy)
      : facts_(facts), product_(product), policy_(policy) {}

  std::vector<Benefit> write() {
    if (!is_loan(product_)) return {};
    sme_fixed_asset();
    service_sector();
    agricultural_relending();
    carbon_tool();
    guarantee_fee();
    return std::move(out_);
  }

 private:
  Benefit* open(std::string_view series, Truth applies) {
    const Parameter* row = policy_.find(series);
    if (row == nullptr || applies == Truth::no) return nullptr;
    Benefit& benefit = out_.emplace_back();
    benefit.series = std::string(series);
    benefit.applies = applies;
    benefit.from = row->from;
    benefit.to = row->to;
    benefit.citation = row->citation();
    return &benefit;
  }
  void close(Benefit& benefit, const std::string& zh, const std::string& en, Phrase pending) {
    benefit.text = {zh + "（" + until(benefit, Language::zh) + "）",
                    en + " (" + until(benefit, Language::en) + ")"};
    if (benefit.applies == Truth::unknown) benefit.pending = std::move(pending);
  }

  /// Interest paid back on fixed-asset loans of private small and medium firms.
  void sme_fixed_asset() {
    if (info(product_.instrument).loan_class != LoanClass::fixed_asset) return;
    constexpr std::string_view kSeries = "interest_subsidy.sme_fixed_asset.rate_points";
    constexpr std::array<std::string_view, 4> kSizes{"sme", "medium", "small", "micro"};
    constexpr std::array<std::string_view, 1> kFields{"A"};  // the other fields are named chains: ask
    const Truth field = either(among(facts_, FactKey::industry, kFields), Truth::unknown);
    const Truth applies = both(
        both(holds(facts_, FactKey::private_enterprise), among(facts_, FactKey::size_class, kSizes)), field);
    Benefit* benefit = open(kSeries, applies);
    if (benefit == nullptr) return;
    rate_points(*benefit, kSeries, "interest_subsidy.sme_fixed_asset.loan_cap_yuan",
                "interest_subsidy.sme_fixed_asset.years_max");
    close(*benefit,
          "中小微企业固定资产贷款贴息每年" + percent(benefit->points, Language::zh) + cap_zh(*benefit),
          "interest subsidy of " + percent(benefit->points, Language::en) +
              " a year for small and medium firms" + cap_en(*benefit),
          {"待确认民营、中小微及所属领域，不与其他中央贴息叠加",
           "confirm private ownership, size and field; not with another central subsidy"});
  }

  void service_sector() {
    constexpr std::string_view kSeries = "interest_subsidy.service_sector.rate_points";
    constexpr std::array<std::string_view, 5> kFields{"H61", "H62", "O80", "Q", "R"};
    if (among(facts_, FactKey::industry, kFields) != Truth::yes) return;
    // The lender must be on a list that no handbook row states.
    Benefit* benefit = open(kSeries, Truth::unknown);
    if (benefit == nullptr) return;
    rate_points(*benefit, kSeries, "interest_subsidy.service_sector.loan_cap_yuan", "");
    benefit->months = 12;
    close(*benefit, "服务业经营主体贷款贴息每年" + percent(benefit->points, Language::zh) + cap_zh(*benefit),
          "interest subsidy of " + percent(benefit->points, Language::en) + " a year for consumer services" +
              cap_en(*benefit),
          {"待确认经办银行在名单内", "confirm that the lender is on the list"});
  }

  void agricultural_relending() {
    constexpr std::string_view kSeries = "relending.agri_small.1y";
    if (!is_local_bank(product_)) return;
    Benefit* benefit = open(
        kSeries, either(holds(facts_, FactKey::agricultural_loan), holds(facts_, FactKey::inclusive_loan)));
    if (benefit == nullptr) return;
    benefit->whom = BenefitFor::lender;
    const auto rate = percent(policy_.find(kSeries)->millionths().value_or(0), Language::zh);
    close(*benefit, "支农支小再贷款，1年期" + rate + "，降低银行资金成本",
          "re-lending for farms and small firms at " + rate + " for one year, to the lender",
          {"待确认属于涉农或普惠小微贷款", "confirm that it is a farm or small-firm loan"});
  }

  void carbon_tool() {
    constexpr std::string_view kSeries = "monetary.carbon_tool.rate";
    if (holds(facts_, FactKey::green_project) != Truth::yes) return;
    Benefit* benefit = open(kSeries, Truth::unknown);
    if (benefit == nullptr) return;
    benefit->whom = BenefitFor::lender;
    close(*benefit, "碳减排支持工具，降低银行资金成本", "carbon reduction tool, to the lender",
          {"待确认项目领域和银行资格", "confirm field and lender"});
  }

  void guarantee_fee() {
    constexpr std::string_view kSeries = "guarantee.guangdong.fee_subsidy_max_pct";
    if (product_.instrument != Instrument::guaranteed_loan) return;
    constexpr std::array<std::string_view, 1> kProvince{"44"};
    Truth small = Truth::unknown;
    const Parameter* row = policy_.find("guarantee.guangdong.subsidy_ticket_max_yuan");
    const Fact* need = facts_.find(FactKey::financing_need);
    if (row != nullptr && row->fen() && need != nullptr) {
      if (need->range.has_max() && need->range.max <= *row->fen()) small = Truth::yes;
      if (need->range.has_min() && need->range.min > *row->fen()) small = Truth::no;
    }
    Benefit* benefit =
        open(kSeries, both(both(small, among(facts_, FactKey::region, kProvince)), Truth::unknown));
    if (benefit == nullptr) return;
    const auto share = percent(policy_.find(kSeries)->millionths().value_or(0), Language::zh);
    close(*benefit, "政府性融资担保降费补贴，不超过担保额的" + share,
          "guarantee fee subsidy of at most " + share + " of the amount",
          {"待确认担保费率和担保机构在补贴范围内", "confirm fee and guarantor"});
  }

  void rate_points(Benefit& benefit, std::string_view series, std::string_view cap, std::string_view years) {
    benefit.points = policy_.find(series)->millionths().value_or(0);
    if (const Parameter* row = policy_.find(cap); row != nullptr && row->fen())
      benefit.cap = Money::from_fen(*row->fen());
    if (const Parameter* row = years.empty() ? nullptr : policy_.find(years)) benefit.months = row->months();
  }

  static std::string cap_zh(const Benefit& benefit) {
    return (benefit.months ? "，最长" + quantity_text(FactKey::tenor, *benefit.months, Language::zh) : "") +
           (benefit.cap ? "，本金不超过" + format_money(benefit.cap->fen) : "");
  }
  static std::string cap_en(const Benefit& benefit) {
    return (benefit.months ? ", at most " + quantity_text(FactKey::tenor, *benefit.months, Language::en)
                           : "") +
           (benefit.cap
                ? ", on at most " + quantity_text(FactKey::financing_need, benefit.cap->fen, Language::en)
                : "");
  }

  const Facts& facts_;
  const Product& product_;
  const Policy& policy_;
  std::vector<Benefit> out_;
};

}  // namespace

std::string_view to_string(BenefitFor whom) { return whom == BenefitFor::borrower ? "borrower" : "lender"; }

std::vector<Benefit> benefits_of(const Facts& facts, const Product& product, const Policy& policy) {
  return Writer(facts, product, policy).write();
}

}  // namespace huoshui
