#include <algorithm>
#include <huoshui/syndicate/verify.hpp>
#include <set>

#include "syndicate/detail/exact.hpp"
#include "syndicate/detail/words.hpp"

// Every rule is written out here a second time, from the policy rows and by cross-multiplication, and on
// purpose shares nothing with propose.cpp but the words.
namespace huoshui::syndicate {
namespace {

using detail::Bound;
using detail::Exact;

constexpr std::int64_t kMillion = 1'000'000;

class Judge {
 public:
  Judge(const Structure& structure, const Deal& deal, std::span<const Institution> institutions,
        const Policy& policy)
      : structure_(structure), deal_(deal), institutions_(institutions), policy_(policy) {
    for (const auto& tranche : structure.tranches) total_ += tranche.amount.fen;
    banks_of_.resize(structure.tranches.size());
    for (const auto& member : structure.members)
      for (const auto& holding : member.holdings)
        if (holding.tranche < banks_of_.size() && holding.amount.fen > 0)
          banks_of_[holding.tranche].insert(member.institution);
  }

  std::vector<Finding> all() {
    form();
    public_debt();
    if (deal_.capital) capital();
    shares();
    groups();
    for (const auto& member : structure_.members) {
      const Institution* one = find(member.institution);
      if (one == nullptr) continue;  // form has said so
      concentration(*one, member.amount());
      own_terms(*one, member);
    }
    return std::move(findings_);
  }

 private:
  const Institution* find(const std::string& id) const {
    for (const auto& one : institutions_)
      if (one.id == id) return &one;
    return nullptr;
  }

  Finding& put(std::string rule, std::string subject, Standing standing, Strength strength = Strength::must) {
    Finding& finding = findings_.emplace_back();
    finding.rule = std::move(rule);
    finding.subject = std::move(subject);
    finding.standing = standing;
    finding.strength = strength;
    return finding;
  }

  static Standing judged(bool holds, Strength strength) {
    if (holds) return Standing::passed;
    return strength == Strength::must ? Standing::violated : Standing::caution;
  }

  /// A rule of form: no regulation, but without it the paper does not say who lends what.
  void must(std::string rule, std::string subject, bool holds, std::string_view zh, std::string_view en) {
    detail::word(put(std::move(rule), std::move(subject), judged(holds, Strength::must)), Bound::at_least, zh,
                 en);
  }

  const Parameter* row(std::string_view series, Finding& finding) const {
    if (const Parameter* found = policy_.find(series)) {
      finding.citation = found->citation();
      return found;
    }
    finding.standing = Standing::not_tested;
    finding.citation.key = std::string(series);
    if (const DormantSeries* dormant = policy_.find_dormant(series))
      finding.citation = dormant->nearest.citation();
    return nullptr;
  }

  /// A part of the whole against a percentage of it.
  void share(std::string rule, std::string subject, std::string_view series, std::int64_t part, Bound bound,
             std::string_view zh, std::string_view en) {
    Finding& finding = put(std::move(rule), std::move(subject), Standing::passed, Strength::should);
    finding.measure = Measure::millionths;
    if (total_ > 0) finding.seen = static_cast<std::int64_t>(Exact{part} * kMillion / total_);
    if (const Parameter* limit = row(series, finding)) {
      finding.limit = limit->millionths();
      if (finding.limit && total_ > 0) {
        const Exact left = Exact{part} * kMillion;
        const Exact right = Exact{*finding.limit} * total_;
        finding.standing = judged(bound == Bound::at_least ? left >= right : left <= right, Strength::should);
      } else {
        finding.standing = Standing::not_tested;
      }
    }
    detail::word(finding, bound, zh, en);
  }

  void number(std::string rule, std::string subject, std::string_view series, std::size_t seen, Bound bound,
              Strength strength, std::string_view zh, std::string_view en) {
    Finding& finding = put(std::move(rule), std::move(subject), Standing::passed, strength);
    finding.measure = Measure::count;
    finding.seen = static_cast<std::int64_t>(seen);
    if (const Parameter* limit = row(series, finding)) {
      finding.limit = limit->count();
      if (finding.limit) {
        finding.standing = judged(
            bound == Bound::at_least ? *finding.seen >= *finding.limit : *finding.seen <= *finding.limit,
            strength);
      } else {
        finding.standing = Standing::not_tested;
      }
    }
    detail::word(finding, bound, zh, en);
  }

  void form() {
    must("tranche_count", "", structure_.tranches.size() == deal_.tranches.size(), "组别数与融资需求一致",
         "as many groups as asked for");
    std::vector<Exact> held(structure_.tranches.size());
    std::set<std::string> seen;
    bool indexed = true;
    for (const auto& member : structure_.members) {
      must("member_known", member.institution, find(member.institution) != nullptr, "成员在机构名录中",
           "the member is an institution given");
      must("member_once", member.institution, seen.insert(member.institution).second, "成员只列一次",
           "the member is listed once");
      bool positive = !member.holdings.empty();
      for (const auto& holding : member.holdings) {
        positive = positive && holding.amount.fen > 0;
        if (holding.tranche < held.size()) {
          held[holding.tranche] += holding.amount.fen;
        } else {
          indexed = false;
        }
      }
      must("holding_positive", member.institution, positive, "每笔份额为正", "every holding is positive");
    }
    must("holding_in_tranche", "", indexed, "份额所属组别存在", "every holding lies in a group");
    for (std::size_t group = 0; group < structure_.tranches.size(); ++group) {
      const auto& tranche = structure_.tranches[group];
      const auto name = "tranche " + std::to_string(group + 1);
      must("tranche_sum", name, held[group] == tranche.amount.fen, "份额合计等于本组金额",
           "the holdings add up to the group");
      must("tranche_rate", name, tranche.rate >= 0, "利率不为负", "the rate is not negative");
      if (group >= deal_.tranches.size()) continue;
      must("tranche_amount", name, tranche.amount == deal_.tranches[group].amount, "本组金额等于融资需求",
           "the group has the amount asked for");
      must("tranche_tenor", name, tranche.tenor_months == deal_.tranches[group].tenor_months,
           "本组期限等于融资需求", "the group has the tenor asked for");
    }
    const auto leads = std::count_if(structure_.members.begin(), structure_.members.end(),
                                     [](const Member& member) { return member.role == Role::lead; });
    must("has_lead", "", leads > 0, "有牵头行", "there is a lead");
    must("has_agent", "", !structure_.agents.empty(), "有代理行", "there is an agent");
    for (const auto& agent : structure_.agents)
      must("agent_is_member", agent, seen.contains(agent), "代理行为银团成员", "the agent is a member");
  }

  void public_debt() {
    Finding& finding = put("public_debt", "", Standing::passed);
    if (row("gov_debt.screen.query_mof_platform", finding) != nullptr) {
      switch (deal_.public_debt) {
        case PublicDebt::unknown:
          finding.standing = Standing::undecided;
          break;
        case PublicDebt::carried:
          finding.standing = Standing::violated;
          if (const Parameter* confirmation =
                  policy_.find("gov_debt.screen.hidden_debt_client_new_project_needs"))
            finding.citation = confirmation->citation();
          break;
        case PublicDebt::not_bound:
        case PublicDebt::clear:
        case PublicDebt::confirmed:
          break;
      }
    }
    detail::word(finding, Bound::at_least, "借款人隐性债务状态", "the borrower's hidden-debt status");
  }

  void capital() {
    for (auto& finding : verify_capital(*deal_.capital, policy_)) findings_.push_back(std::move(finding));
    must("capital_loans", "", deal_.capital->loans.fen == total_, "资金来源中的贷款等于银团总额",
         "the loans of the stack equal the syndicate");
  }

  void shares() {
    number("min_member_banks", "", "syndicate.min_member_banks", structure_.members.size(), Bound::at_least,
           Strength::must, "银团成员数", "number of member banks");
    std::vector<const Member*> leads;
    for (const auto& member : structure_.members)
      if (member.role == Role::lead) leads.push_back(&member);
    if (leads.size() == 1) {
      const std::int64_t held = leads.front()->amount();
      share("lead_share_min", leads.front()->institution, "syndicate.lead_share_min_pct", held,
            Bound::at_least, "单家牵头行承贷份额（原则上）", "share of the single lead");
      share("distribution_min", leads.front()->institution, "syndicate.distribution_min_pct", total_ - held,
            Bound::at_least, "分销给其他成员的份额（原则上）", "share placed with the others");
    } else {
      for (const auto* lead : leads)
        share("joint_lead_share_min", lead->institution, "syndicate.joint_lead_share_min_pct", lead->amount(),
              Bound::at_least, "每家牵头行承贷份额（原则上）", "share of each joint lead");
    }
    for (const auto& member : structure_.members)
      share("member_share_max", member.institution, "syndicate.joint_lead_share_max_pct", member.amount(),
            Bound::at_most, "单家银行承贷份额（原则上）", "share of one bank");
  }

  void groups() {
    const std::size_t groups = structure_.tranches.size();
    number("one_agent", "", "syndicate.tranche_single_agent", structure_.agents.size(), Bound::at_most,
           Strength::must, "代理行家数", "number of agents");
    Finding& terms = put("same_terms", "", Standing::passed);
    if (const Parameter* limit = row("syndicate.same_terms", terms)) {
      // The guidance of 2011 wants identical terms for all; since 2024 they may differ between groups, and a
      // group has one tenor and one rate by construction.
      if (limit->boolean().value_or(false) && groups > 1) terms.standing = Standing::violated;
    }
    detail::word(terms, Bound::at_least, "贷款条件一致（2024年11月1日前不得分组）",
                 "same terms, no groups before 2024-11-01");
    if (groups < 2) return;
    number("tranche_groups_max", "", "syndicate.tranche_groups_max", groups, Bound::at_most, Strength::should,
           "分组数（一般）", "number of groups");
    std::size_t single = 0;
    for (std::size_t group = 0; group < groups; ++group) {
      single += banks_of_[group].size() == 1 ? 1 : 0;
      number("tranche_group_min_banks", "tranche " + std::to_string(group + 1),
             "syndicate.tranche_group_min_banks", banks_of_[group].size(), Bound::at_least, Strength::should,
             "每组银行数（原则上）", "banks in the group");
    }
    number("single_bank_groups_max", "", "syndicate.single_bank_groups_max", single, Bound::at_most,
           Strength::must, "只有一家银行的组别数", "groups with a single bank");
  }

  void cap(std::string rule, const std::string& subject, std::string_view series, std::optional<Money> base,
           std::optional<Money> before, std::int64_t held, std::string_view zh, std::string_view en) {
    Finding& finding = put(std::move(rule), subject, Standing::passed);
    finding.measure = Measure::millionths;
    if (const Parameter* limit = row(series, finding)) {
      finding.limit = limit->millionths();
      if (finding.limit && base && base->fen > 0 && before) {
        const Exact after = Exact{before->fen} + held;
        finding.seen = static_cast<std::int64_t>(after * kMillion / base->fen);
        finding.standing = judged(after * kMillion <= Exact{*finding.limit} * base->fen, Strength::must);
      } else {
        finding.standing = Standing::not_tested;
      }
    }
    detail::word(finding, Bound::at_most, zh, en);
  }

  void concentration(const Institution& one, std::int64_t held) {
    cap("client_loan_law", one.id, "concentration.law.single_borrower_pct_capital", one.net_capital,
        one.client_loans, held, "同一借款人贷款余额占资本（商业银行法）",
        "loans to the borrower over capital, by law");
    cap("client_loan_max", one.id, "concentration.single_client_loan_pct_net_capital", one.net_capital,
        one.client_loans, held, "单一客户贷款余额占资本净额", "loans to the client over net capital");
    cap("client_exposure_max", one.id, "concentration.single_client_exposure_pct_tier1", one.tier1_capital,
        one.client_exposure, held, "单一客户风险暴露占一级资本净额",
        "exposure to the client over tier-1 capital");
    cap("group_exposure_max", one.id, "concentration.connected_group_exposure_pct_tier1", one.tier1_capital,
        one.group_exposure, held, "一组关联客户风险暴露占一级资本净额",
        "exposure to the connected group over tier-1 capital");
    cap("group_credit_max", one.id, "concentration.group_credit_pct_net_capital", one.net_capital,
        one.group_exposure, held, "集团客户授信占资本净额", "credit to the group over net capital");
    if (one.kind == LenderKind::village_bank) {
      cap("village_loan_max", one.id, "concentration.village_bank.single_borrower_pct_net_capital",
          one.net_capital, one.client_loans, held, "村镇银行对同一借款人贷款占资本净额",
          "a village bank's loans to one borrower over net capital");
      cap("village_group_max", one.id, "concentration.village_bank.group_pct_net_capital", one.net_capital,
          one.group_exposure, held, "村镇银行对单一集团授信占资本净额",
          "a village bank's credit to one group over net capital");
    }
    if (one.kind == LenderKind::rural_commercial_bank) area(one);
  }

  void area(const Institution& one) {
    Finding& finding = put("area", one.id, Standing::passed, Strength::should);
    if (row("rural_bank.area", finding) != nullptr) {
      if (deal_.region.empty() || one.places.empty()) {
        finding.standing = Standing::not_tested;
      } else {
        const bool inside = std::any_of(one.places.begin(), one.places.end(), [&](const std::string& place) {
          return deal_.region.starts_with(place) || place.starts_with(deal_.region);
        });
        finding.standing = judged(inside, Strength::should);
      }
    }
    detail::word(finding, Bound::at_least, "不跨县（区）经营（原则上）", "no business across counties");
  }

  /// A term that the institution stated of itself; one that it did not state is no condition.
  void stated(std::string rule, const std::string& subject, Measure measure, std::int64_t seen,
              std::optional<std::int64_t> limit, Bound bound, std::string_view zh, std::string_view en) {
    if (!limit) return;
    const bool holds = bound == Bound::at_least ? seen >= *limit : seen <= *limit;
    Finding& finding = put(std::move(rule), subject, judged(holds, Strength::must));
    finding.measure = measure;
    finding.seen = seen;
    finding.limit = limit;
    detail::word(finding, bound, zh, en);
  }

  void own_terms(const Institution& one, const Member& member) {
    const auto fen = [](const std::optional<Money>& money) {
      return money ? std::optional<std::int64_t>(money->fen) : std::nullopt;
    };
    const std::int64_t held = member.amount();
    stated("ticket_min", one.id, Measure::fen, held, fen(one.min_ticket), Bound::at_least, "承贷金额",
           "its part");
    stated("ticket_max", one.id, Measure::fen, held, fen(one.max_ticket), Bound::at_most, "承贷金额",
           "its part");
    stated("appetite", one.id, Measure::fen, held, fen(one.appetite), Bound::at_most, "承贷金额（意愿）",
           "its part against its appetite");
    for (const auto& holding : member.holdings) {
      if (holding.tranche >= structure_.tranches.size()) continue;
      const auto& tranche = structure_.tranches[holding.tranche];
      if (one.max_tenor_months)
        stated("tenor_max", one.id, Measure::months, tranche.tenor_months, *one.max_tenor_months,
               Bound::at_most, "贷款期限", "tenor");
      stated("rate_min", one.id, Measure::millionths, tranche.rate, one.rate, Bound::at_least, "利率",
             "rate");
    }
    if (member.role == Role::lead)
      must("may_lead", one.id, one.may_lead, "愿意牵头", "it is willing to lead");
    if (std::find(structure_.agents.begin(), structure_.agents.end(), one.id) != structure_.agents.end())
      must("may_be_agent", one.id, one.may_be_agent, "愿意代理", "it is willing to be the agent");
    if (!one.security.empty()) {
      const bool met = std::any_of(one.security.begin(), one.security.end(), [&](const std::string& word) {
        return std::find(deal_.security.begin(), deal_.security.end(), word) != deal_.security.end();
      });
      Finding& finding = put("security", one.id,
                             deal_.security.empty() ? Standing::not_tested : judged(met, Strength::must));
      detail::word(finding, Bound::at_least, "担保方式符合机构要求", "security that the institution accepts");
    }
  }

  const Structure& structure_;
  const Deal& deal_;
  std::span<const Institution> institutions_;
  const Policy& policy_;
  std::int64_t total_ = 0;
  std::vector<std::set<std::string>> banks_of_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> verify(const Structure& structure, const Deal& deal,
                            std::span<const Institution> institutions, const Policy& policy) {
  if (policy.date() != deal.signing) throw ContractError("the policy is not of the day of signing");
  return Judge(structure, deal, institutions, policy).all();
}

}  // namespace huoshui::syndicate
