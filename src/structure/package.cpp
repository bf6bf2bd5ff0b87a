#include <algorithm>
#include <array>
#include <huoshui/explain/missing.hpp>
#include <huoshui/explain/wording.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/structure/package.hpp>
#include <utility>

namespace huoshui {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::string_view kFundShare = "policy_tool.2025.share_of_capital_max_pct";

/// A product that does not refuse the project.
struct Fitting {
  ProductRow row{};
  Verdict verdict{};
  std::int64_t points = 0;
  bool short_of_capital = false;  ///< refused for its capital alone: a credit only together with a filler
};

std::int64_t share_of(std::int64_t fen, std::int64_t millionths) {
  return static_cast<std::int64_t>(Wide{fen} * millionths / kMillion);
}

std::string money_text(std::int64_t fen, Language language) {
  return quantity_text(FactKey::financing_need, fen, language);
}

void add(std::vector<Phrase>& out, Phrase phrase) {
  if (std::find(out.begin(), out.end(), phrase) == out.end()) out.push_back(std::move(phrase));
}

/// Lenders of money, in whatever form; a guarantee is a loan that somebody else stands behind.
bool is_credit(Instrument instrument) { return machinery_of(instrument).has_value(); }

bool closes_capital(Instrument instrument) {
  return instrument == Instrument::policy_fund_equity || instrument == Instrument::special_bond ||
         instrument == Instrument::equity_listing;
}
bool closes_risk(Instrument instrument) {
  return instrument == Instrument::agricultural_insurance || instrument == Instrument::insurance_plus_futures;
}

class Maker {
 public:
  Maker(const PreparedProject& project, const Catalogue& catalogue, const StructureInputs& inputs,
        const PackageOptions& options)
      : project_(project), catalogue_(catalogue), inputs_(inputs), options_(options) {
    read_candidates();
    read_capital_need();
    read_risk();
  }

  std::vector<Package> make() const {
    std::vector<Package> out;
    std::optional<Fitting> first;
    for (const auto& main : main_credits()) {
      if (out.size() == options_.k) break;
      auto package = made(main, 0);
      if (!package) continue;
      if (!first) first = main;
      out.push_back(std::move(*package));
    }
    if (!first) return out;
    // Beside two main credits, the first with capital or security closed otherwise goes before a third.
    if (auto other = made(*first, 1); other && !alike(*other, out.front())) {
      out.insert(out.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, out.size())),
                 std::move(*other));
      if (out.size() > options_.k) out.pop_back();
    }
    return out;
  }

 private:
  [[nodiscard]] const Product& product(ProductRow row) const { return catalogue_.product(row); }
  [[nodiscard]] const Fact* fact(FactKey key) const { return project_.facts.find(key); }

  void read_candidates() {
    for (std::size_t r = 0; r < catalogue_.size(); ++r) {
      const ProductRow row{static_cast<std::uint32_t>(r)};
      const auto screened = screen(project_, catalogue_, row);
      const bool short_of_capital = screened.verdict == Verdict::refused && fails_on_capital(screened, row);
      if (screened.verdict == Verdict::refused && !short_of_capital) continue;
      const auto kind = pledge_kind(product(row).instrument);
      const auto& refused = options_.refused_kinds;
      if (!kind.empty() && std::find(refused.begin(), refused.end(), kind) != refused.end()) continue;
      candidates_.push_back({row, short_of_capital ? Verdict::undecided : screened.verdict,
                             score(project_, catalogue_, row).total, short_of_capital});
    }
    // Rows stand in order of their ids, so a stable sort breaks ties by id.
    std::stable_sort(candidates_.begin(), candidates_.end(), [](const Fitting& a, const Fitting& b) {
      if (a.verdict != b.verdict) return a.verdict < b.verdict;
      if (a.short_of_capital != b.short_of_capital) return b.short_of_capital;
      return a.points > b.points;
    });
  }

  /// Whether the minimum capital is the one rule that refuses a credit.
  [[nodiscard]] bool fails_on_capital(const Screened& screened, ProductRow row) const {
    if (screened.failed != 1 || !is_credit(product(row).instrument)) return false;
    const auto gates = catalogue_.gates(row);
    return std::any_of(gates.begin(), gates.end(), [&](const Rule& rule) {
      return rule.topic == RuleTopic::project_capital && rule.strength == Strength::must &&
             !rule.fails_closed && judge(rule, project_.facts).outcome == Outcome::fail;
    });
  }

  /// Judge a credit again with the capital that a filler brings.
  [[nodiscard]] bool stands_with(ProductRow row, std::int64_t filled) const {
    Facts facts = project_.project->facts;
    Fact own = *facts.find(FactKey::own_capital);
    own.range = Interval::exactly(*own_ + filled);
    facts.set(std::move(own));
    facts.erase(FactKey::own_capital_ratio);
    return screen(prepare_facts(*project_.project, std::move(facts), catalogue_), catalogue_, row).verdict !=
           Verdict::refused;
  }

  /// The best of each instrument that lends.
  [[nodiscard]] std::vector<Fitting> main_credits() const {
    const Fact* need = fact(FactKey::financing_need);
    if (need != nullptr && need->range.has_max() && need->range.max <= 0) return {};
    std::vector<Fitting> out;
    for (const auto& candidate : candidates_) {
      const auto instrument = product(candidate.row).instrument;
      if (!is_credit(instrument)) continue;
      const bool seen = std::any_of(out.begin(), out.end(), [&](const Fitting& other) {
        return product(other.row).instrument == instrument;
      });
      if (!seen) out.push_back(candidate);
    }
    // Who gives the chain asks for credit on it: it is in the second package at the latest.
    if (out.size() > 2 && chain_of(inputs_, project_.project->id) != nullptr) {
      const auto chained = std::find_if(out.begin(), out.end(), [&](const Fitting& credit) {
        return machinery_of(product(credit.row).instrument) == Machinery::supply_chain;
      });
      if (chained != out.end() && chained > out.begin() + 1)
        std::rotate(out.begin() + 1, chained, chained + 1);
    }
    return out;
  }

  void read_capital_need() {
    const Fact* required = fact(FactKey::capital_required);
    const Fact* total = fact(FactKey::total_investment);
    const Fact* own = fact(FactKey::own_capital);
    const Fact* ratio = fact(FactKey::own_capital_ratio);
    capital_.gap = Gap::capital;
    if (required != nullptr && required->range.has_min() && total != nullptr && total->range.is_point() &&
        total->range.min > 0) {
      total_ = total->range.min;
      const Wide least = Wide{*total_} * required->range.min;
      required_capital_ = static_cast<std::int64_t>((least + kMillion - 1) / kMillion);
      if (own != nullptr && own->range.is_point()) own_ = std::max<std::int64_t>(own->range.min, 0);
    }
    if (required == nullptr || ratio == nullptr) {
      capital_.why = {"资本金未提供，无法判断是否达到本行业最低比例",
                      "own capital is not given: whether it meets the minimum of the trade is open"};
      if (required_capital_) {
        capital_.why.zh += "（最低" + money_text(*required_capital_, Language::zh) + "）";
        capital_.why.en += " (at least " + money_text(*required_capital_, Language::en) + ")";
      }
      return;
    }
    const auto& have = ratio->range;
    const auto& want = required->range;
    if (have.has_min() && want.has_max() && have.min >= want.max) {
      capital_.open = Truth::no;
      capital_.why = {"资本金达到本行业最低比例", "own capital meets the minimum of the trade"};
    } else if (have.has_max() && want.has_min() && have.max < want.min) {
      const bool inferred = ratio->origin == Origin::inferred || required->origin == Origin::inferred;
      capital_.open = inferred ? Truth::unknown : Truth::yes;
      if (required_capital_ && own_ && *own_ < *required_capital_)
        capital_.amount_fen = *required_capital_ - *own_;
      capital_.why = {inferred ? "资本金低于按推断行业暂定的最低比例，待确认" : "资本金低于本行业最低比例",
                      inferred ? "own capital is under the provisional minimum: to be confirmed"
                               : "own capital is under the minimum of the trade"};
      if (capital_.amount_fen) {
        capital_.why.zh += "，差" + money_text(*capital_.amount_fen, Language::zh);
        capital_.why.en += ", short of " + money_text(*capital_.amount_fen, Language::en);
      }
    } else {
      capital_.why = {"资本金为区间，无法判断", "own capital is a range that settles nothing"};
    }
  }

  void read_risk() {
    risk_.gap = Gap::risk;
    risk_.open = Truth::no;
    struct AtRisk {
      std::string_view trade;
      FactKey quantity;
      const char *zh, *en;
    };
    constexpr std::array kAtRisk{
        AtRisk{"A01", FactKey::farmland_area, "农作物", "crops"},
        AtRisk{"A02", FactKey::forest_area, "林木", "forest"},
        AtRisk{"A03", FactKey::livestock_head, "畜禽", "animals"},
        AtRisk{"A04", FactKey::livestock_head, "水产", "fish"},
    };
    const Fact* industry = fact(FactKey::industry);
    if (industry == nullptr) return;
    for (const auto& asset : kAtRisk) {
      const bool named = std::any_of(industry->codes.begin(), industry->codes.end(), [&](const Code& code) {
        return std::string_view(code.text()).starts_with(asset.trade);
      });
      if (!named) continue;
      risk_.open = industry->origin == Origin::inferred ? Truth::unknown : Truth::yes;
      risk_.why = {std::string(asset.zh) + "未见投保",
                   std::string("no insurance of ") + asset.en + " is stated"};
      break;
    }
    if (risk_.open == Truth::no) return;
    if (const Fact* insured = fact(FactKey::insured); insured != nullptr && insured->range.min == 1) {
      risk_.open = Truth::no;
      risk_.why = {"已投保", "insured"};
    }
  }

  /// Whether the policy tests the project's own capital for this credit.
  [[nodiscard]] bool asks_capital(ProductRow main) const {
    const auto gates = catalogue_.gates(main);
    return std::any_of(gates.begin(), gates.end(),
                       [](const Rule& rule) { return rule.topic == RuleTopic::project_capital; });
  }

  [[nodiscard]] GapReading capital_for(ProductRow main) const {
    if (asks_capital(main)) return capital_;
    return {Gap::capital, Truth::no, {}, {"该融资不设资本金要求", "this credit asks for no project capital"}};
  }

  [[nodiscard]] GapReading security_for(ProductRow main, std::optional<std::int64_t> amount) const {
    GapReading out{Gap::security, Truth::no, {}, {}};
    const Product& lends = product(main);
    if (lends.instrument == Instrument::guaranteed_loan || !pledge_kind(lends.instrument).empty() ||
        info(lends.instrument).kind == InstrumentKind::supply_chain) {
      out.why = {"担保已在产品之内", "the product brings its own security"};
      return out;
    }
    const Fact* value = fact(FactKey::collateral_value);
    if (value != nullptr && value->range.has_max() && value->origin != Origin::inferred && amount) {
      const auto lent =
          share_of(value->range.max, std::min(lends.loan_to_value_max.value_or(kMillion), kMillion));
      if (lent < *amount) {
        out.open = Truth::yes;
        out.amount_fen = *amount - lent;
        out.why = {"押品可贷额低于融资额，差" + money_text(*out.amount_fen, Language::zh),
                   "the collateral carries less than the credit, short of " +
                       money_text(*out.amount_fen, Language::en)};
        return out;
      }
    }
    for (const auto& rule : catalogue_.terms(main)) {
      if (rule.topic != RuleTopic::security) continue;
      if (judge(rule, project_.facts).outcome == Outcome::pass) {
        out.why = {"担保方式符合产品要求", "the security fits the product"};
      } else {
        out.open = Truth::unknown;
        out.why = {"担保方式未落实：" + rule.text_zh, "security is open: " + rule.text_en};
      }
      return out;
    }
    out.why = {"产品未披露担保要求", "the product discloses no security"};
    return out;
  }

  /// The best candidate that fits, of the first instrument, or of the next one when `skip` is 1.
  template <typename Fits>
  [[nodiscard]] const Fitting* best(Fits&& fits, std::size_t skip = 0) const {
    std::vector<Instrument> seen;
    for (const auto& candidate : candidates_) {
      const auto instrument = product(candidate.row).instrument;
      if (candidate.short_of_capital || !fits(candidate) ||
          std::find(seen.begin(), seen.end(), instrument) != seen.end())
        continue;
      if (seen.size() == skip) return &candidate;
      seen.push_back(instrument);
    }
    return nullptr;
  }

  Member& join(Package& package, const Fitting& candidate, const GapReading& gap) const {
    const Product& joins = product(candidate.row);
    Member& member = package.members.emplace_back();
    member.product = candidate.row;
    member.closes = gap.gap;
    member.verdict = candidate.verdict;
    member.conditional = gap.open != Truth::yes;
    member.rate = joins.rate;
    member.approval_days = joins.approval_days;
    member.why = gap.why;
    return member;
  }

  /// Nothing when the credit needs capital that no filler brings. `other`: how many of the instruments that
  /// close capital or security to pass over, where there are more.
  [[nodiscard]] std::optional<Package> made(const Fitting& main, std::size_t other) const {
    Package out;
    const auto paper = put_on_paper(project_, catalogue_, main.row, inputs_);
    out.benefits = paper.benefits;
    out.on_illustration = paper.on_illustration;

    GapReading credit{Gap::credit, Truth::yes, {}, {"项目需要融资", "the project asks for money"}};
    const Fact* need = fact(FactKey::financing_need);
    if (need != nullptr && need->range.has_max()) {
      credit.amount_fen = need->range.max;
      credit.why = {"融资需求" + money_text(*credit.amount_fen, Language::zh),
                    "asks for " + money_text(*credit.amount_fen, Language::en)};
    }
    const auto capital = capital_for(main.row);
    out.gaps = {credit, capital};
    join(out, main, credit);

    std::optional<std::int64_t> filled;
    if (capital.open != Truth::no) filled = fill_capital(out, capital, other);
    if (main.short_of_capital && !(filled && stands_with(main.row, *filled))) return std::nullopt;

    // What may still be lent: the need, and what own funds and filled capital leave of the investment.
    std::optional<std::int64_t> most = credit.amount_fen;
    if (total_ && own_) {
      const auto left = std::max<std::int64_t>(*total_ - *own_ - filled.value_or(0), 0);
      most = most ? std::min(*most, left) : left;
    }
    auto amount = paper.amount_fen;
    if (amount && most) amount = std::min(*amount, *most);
    out.members.front().amount_fen = amount;
    out.credit_fen = amount;
    if (amount && most && *most > *amount) second_credit(out, main, *most - *amount);

    const auto security = security_for(main.row, amount);
    out.gaps.push_back(security);
    if (security.open != Truth::no) {
      const Fitting* guarantee = nullptr;
      for (const auto& candidate : candidates_) {
        const Product& backs = product(candidate.row);
        if (candidate.row == main.row || candidate.short_of_capital ||
            info(backs.instrument).kind != InstrumentKind::guarantee)
          continue;
        // The other way to close the gap is another guarantor.
        if (guarantee != nullptr && product(guarantee->row).institution == backs.institution) continue;
        const bool first = guarantee == nullptr;
        guarantee = &candidate;
        if (!first || other == 0) break;
      }
      if (guarantee != nullptr) join(out, *guarantee, security);
    }
    out.gaps.push_back(risk_);
    if (risk_.open != Truth::no) {
      if (const auto* cover = best([&](const Fitting& c) { return closes_risk(product(c.row).instrument); }))
        join(out, *cover, risk_);
    }
    if (!out.benefits.empty()) {
      const bool sure = std::any_of(out.benefits.begin(), out.benefits.end(),
                                    [](const Benefit& b) { return b.applies == Truth::yes; });
      out.gaps.push_back(
          {Gap::cost,
           sure ? Truth::yes : Truth::unknown,
           {},
           {"可争取当日有效的贴息、再贷款或降费政策", "interest or fee benefits are in force"}});
    }
    cost(out);
    fees(out);
    own_funds(out, filled.value_or(0));
    time(out);
    name_what_is_missing(out, paper);
    title(out);
    return out;
  }

  /// Join a filler; return what it brings when that is known.
  std::optional<std::int64_t> fill_capital(Package& out, const GapReading& gap, std::size_t other) const {
    const Parameter* share = catalogue_.policy().find(kFundShare);
    const auto fits = [&](const Fitting& c) {
      const auto instrument = product(c.row).instrument;
      // A policy fund is offered only while its rule is in force.
      return closes_capital(instrument) &&
             (instrument != Instrument::policy_fund_equity || (share != nullptr && share->millionths()));
    };
    const auto* filler = best(fits, other);
    if (filler == nullptr) filler = best(fits);
    if (filler == nullptr) return std::nullopt;
    Member& member = join(out, *filler, gap);
    const Product& fills = product(filler->row);
    if (gap.open == Truth::yes && gap.amount_fen)
      member.amount_fen = std::min(*gap.amount_fen, fills.amount.max);
    if (fills.instrument == Instrument::policy_fund_equity) {
      const auto part = share->millionths().value_or(0);
      // Its share is of the capital that is there: what the owner has, and the fund itself.
      if (member.amount_fen && own_ && part < kMillion)
        member.amount_fen =
            std::min(*member.amount_fen, static_cast<std::int64_t>(Wide{*own_} * part / (kMillion - part)));
      if (member.amount_fen && *member.amount_fen == 0) {
        out.members.pop_back();  // without own money a fund brings nothing
        return std::nullopt;
      }
      member.why.zh +=
          "；政策性基金不超过资本金的" + quantity_text(FactKey::own_capital_ratio, part, Language::zh);
      member.why.en +=
          "; a policy fund fills at most " + quantity_text(FactKey::own_capital_ratio, part, Language::en);
    } else if (fills.instrument == Instrument::special_bond) {
      member.why.zh += "；专项债券作资本金限正面清单领域，须核实";
      member.why.en += "; special bonds count as capital only in listed fields: check";
    }
    return member.amount_fen;
  }

  /// What one ticket leaves, from another lender.
  void second_credit(Package& out, const Fitting& main, std::int64_t rest) const {
    const Product& first = product(main.row);
    const bool pledges = !pledge_kind(first.instrument).empty();
    const auto* next = best([&](const Fitting& c) {
      const Product& lends = product(c.row);
      const bool fits = machinery_of(lends.instrument) == Machinery::plain && c.row != main.row &&
                        lends.institution != first.institution && c.verdict <= main.verdict;
      return fits && !(pledges && !pledge_kind(lends.instrument).empty()) &&
             (!lends.amount.has_min() || lends.amount.min <= rest);
    });
    if (next == nullptr) return;
    GapReading gap{Gap::credit,
                   Truth::yes,
                   rest,
                   {"首笔融资之外尚差" + money_text(rest, Language::zh),
                    money_text(rest, Language::en) + " is left after the first credit"}};
    Member& member = join(out, *next, gap);
    member.amount_fen = std::min(rest, product(next->row).amount.max);
    out.credit_fen = *out.credit_fen + *member.amount_fen;
  }

  void cost(Package& out) const {
    Wide low = 0, high = 0, credit = 0;
    bool known = out.credit_fen.has_value();
    for (const auto& member : out.members) {
      if (member.closes != Gap::credit) continue;
      const Product& lends = product(member.product);
      if (!member.rate.has_min() || !member.rate.has_max() || !member.amount_fen) {
        known = false;
        if (!member.rate.has_min() || !member.rate.has_max())
          add(out.undisclosed, {lends.name + "：利率未披露", lends.name + ": rate not disclosed"});
        continue;
      }
      low += Wide{*member.amount_fen} * member.rate.min;
      high += Wide{*member.amount_fen} * member.rate.max;
      credit += *member.amount_fen;
    }
    if (!known || credit == 0) return;
    for (const auto& benefit : out.benefits) {
      if (benefit.applies != Truth::yes || benefit.whom != BenefitFor::borrower || benefit.points == 0)
        continue;
      const auto principal = std::min(out.members.front().amount_fen.value_or(0),
                                      benefit.cap ? benefit.cap->fen : Interval::kNoMax);
      low -= Wide{principal} * benefit.points;
      high -= Wide{principal} * benefit.points;
    }
    low = std::max<Wide>(low, 0);
    high = std::max<Wide>(high, 0);
    out.yearly_cost_fen = Interval{static_cast<std::int64_t>(low / kMillion),
                                   static_cast<std::int64_t>((high + kMillion - 1) / kMillion)};
    out.rate = Interval{static_cast<std::int64_t>(low / credit),
                        static_cast<std::int64_t>((high + credit - 1) / credit)};
  }

  /// Fees and premiums that the yearly cost leaves out, for no handbook states one that could be counted.
  void fees(Package& out) const {
    for (const auto& member : out.members) {
      const Product& joins = product(member.product);
      switch (info(joins.instrument).kind) {
        case InstrumentKind::guarantee: {
          const auto most = guarantee_fee_limit();
          add(out.undisclosed, {joins.name + "：担保费率未知，未计入年成本" + most.zh,
                                joins.name + ": guarantee fee unknown, not in the yearly cost" + most.en});
          break;
        }
        case InstrumentKind::insurance:
          // A premium for a mu or an animal: what would be insured is not in the list.
          if (joins.rate_text.empty()) {
            add(out.undisclosed, {joins.name + "：保险费率未知，未计入年成本",
                                  joins.name + ": premium unknown, not in the yearly cost"});
          } else {
            add(out.undisclosed,
                {joins.name + "：手册保费为“" + joins.rate_text + "”，投保数量未定，未计入年成本",
                 joins.name + ": the handbook's premium is “" + joins.rate_text +
                     "”, the quantity is open: not in the yearly cost"});
          }
          break;
        default:
          break;
      }
    }
    if (info(product(out.members.front().product).instrument).loan_class == LoanClass::fixed_asset) {
      add(out.undisclosed, {"建筑和设备的财产保险：金融工具中没有这一类，费率未知，未计入年成本",
                            "insurance of buildings and equipment: no instrument covers them; premium "
                            "unknown, not in the yearly cost"});
    }
  }

  /// What the policy of the day says that a public guarantor takes at most; empty when nothing.
  [[nodiscard]] Phrase guarantee_fee_limit() const {
    const Parameter* small = catalogue_.policy().find("guarantee.gov.fee_le_5m_max_pct");
    const Parameter* large = catalogue_.policy().find("guarantee.gov.fee_gt_5m_max_pct");
    if (small == nullptr || large == nullptr || !small->millionths() || !large->millionths()) return {};
    const auto text = [](const Parameter& row, Language language) {
      return quantity_text(FactKey::rate_wanted, *row.millionths(), language);
    };
    return {"（政府性融资担保原则上每年不超过" + text(*small, Language::zh) + "，单户500万元以上不超过" +
                text(*large, Language::zh) + "，见" + to_string(small->citation()) + "）",
            " (a public guarantor takes at most " + text(*small, Language::en) +
                " a year as a rule, for clients above 5 million yuan " + text(*large, Language::en) + ", " +
                to_string(small->citation()) + ")"};
  }

  void own_funds(Package& out, std::int64_t filled) const {
    const bool asks = asks_capital(out.members.front().product);
    if (!total_ || (!asks && !out.credit_fen)) return;
    std::int64_t own = asks ? std::max<std::int64_t>(*required_capital_ - filled, 0) : 0;
    if (out.credit_fen) own = std::max(own, *total_ - *out.credit_fen - filled);
    out.own_funds_fen = own;
  }

  void time(Package& out) const {
    std::int64_t longest = 0;
    bool known = true;
    for (const auto& member : out.members) {
      if (member.closes == Gap::risk) continue;  // cover does not hold up the money
      if (member.approval_days) {
        longest = std::max(longest, *member.approval_days);
      } else {
        known = false;
        const auto& name = product(member.product).name;
        add(out.undisclosed, {name + "：审批时限未披露", name + ": approval time not disclosed"});
      }
    }
    if (known) out.days = longest;
  }

  void name_what_is_missing(Package& out, const OfferOnPaper& paper) const {
    for (const auto& phrase : paper.missing) add(out.missing, phrase);
    for (const auto& member : out.members) {
      for (const FactKey key : missing_facts(project_, catalogue_, member.product)) {
        const bool known = project_.facts.has(key);  // yet too wide, or read out of words
        add(out.missing,
            {(known ? "需确认" : "") + std::string(name_of(key, Language::zh)) + (known ? "" : "未提供"),
             std::string(name_of(key, Language::en)) + (known ? " to be confirmed" : " not given")});
      }
    }
    for (const auto& gap : out.gaps) {
      const bool closed = std::any_of(out.members.begin(), out.members.end(),
                                      [&](const Member& m) { return m.closes == gap.gap; });
      if (gap.open == Truth::yes && gap.gap != Gap::cost && !closed)
        add(out.missing,
            {gap.why.zh + "；手册中没有可用的产品", gap.why.en + "; no product of the handbook fits"});
    }
  }

  void title(Package& out) const {
    std::vector<Instrument> named;
    for (const auto& member : out.members) {
      const auto instrument = product(member.product).instrument;
      if (std::find(named.begin(), named.end(), instrument) != named.end()) continue;
      named.push_back(instrument);
      out.title.zh += (out.title.zh.empty() ? "" : "＋") + std::string(info(instrument).name_zh);
      out.title.en += (out.title.en.empty() ? "" : " + ") + std::string(info(instrument).name_en);
    }
  }

  static bool alike(const Package& a, const Package& b) {
    const auto way = [](const Package& package) {
      std::vector<ProductRow> out{package.members.front().product};
      for (const auto& member : package.members) {
        if (member.closes == Gap::capital || member.closes == Gap::security) out.push_back(member.product);
      }
      return out;
    };
    return way(a) == way(b);
  }

  const PreparedProject& project_;
  const Catalogue& catalogue_;
  const StructureInputs& inputs_;
  const PackageOptions& options_;
  std::vector<Fitting> candidates_;
  GapReading capital_, risk_;
  std::optional<std::int64_t> total_, own_, required_capital_;
};

}  // namespace

std::string_view to_string(Gap gap) {
  switch (gap) {
    case Gap::credit:
      return "credit";
    case Gap::capital:
      return "capital";
    case Gap::security:
      return "security";
    case Gap::risk:
      return "risk";
    case Gap::cost:
      break;
  }
  return "cost";
}

const GapReading* Package::find(Gap gap) const {
  const auto found =
      std::find_if(gaps.begin(), gaps.end(), [gap](const GapReading& reading) { return reading.gap == gap; });
  return found == gaps.end() ? nullptr : &*found;
}

std::vector<Package> packages(const PreparedProject& project, const Catalogue& catalogue,
                              const StructureInputs& inputs, const PackageOptions& options) {
  if (project.project->is_collection) return {};
  return Maker(project, catalogue, inputs, options).make();
}

ListOnPaper put_list_on_paper(const Answer& answer, std::span<const Project> projects,
                              const Catalogue& catalogue, const StructureInputs& inputs, std::size_t k) {
  ListOnPaper out{structure(answer, projects, catalogue, inputs), {}};
  out.packages.reserve(projects.size());
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const auto prepared = prepare(projects[i], catalogue);
    out.packages.push_back(
        packages(prepared, catalogue, inputs, {.k = k, .refused_kinds = refused_kinds(out.offers, i)}));
  }
  return out;
}

std::vector<std::string> refused_kinds(const Structured& list, std::size_t project) {
  std::vector<std::string> out;
  for (const auto& clash : list.clashes) {
    if (clash.again == project && !clash.caution_only) out.push_back(clash.again_kind);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace huoshui
