#include <algorithm>
#include <huoshui/policy/derive.hpp>
#include <huoshui/policy/gates.hpp>
#include <huoshui/syndicate/capital.hpp>

#include "syndicate/detail/exact.hpp"
#include "syndicate/detail/words.hpp"

namespace huoshui::syndicate {
namespace {

using detail::Bound;
using detail::Exact;

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::string_view kFundShare = "policy_tool.2025.share_of_capital_max_pct";
constexpr std::string_view kBondList = "special_bond.capital_use_positive_list";

Citation cited(const Policy& policy, std::string_view series) {
  if (const Parameter* row = policy.find(series)) return row->citation();
  if (const DormantSeries* dormant = policy.find_dormant(series)) return dormant->nearest.citation();
  Citation citation;
  citation.key = std::string(series);
  return citation;
}

/// What the policy asks of the trade: the rule itself, and what a bank may lower it to.
struct Minimum {
  std::optional<Interval> required, floor;
  bool provisional = false;
  std::string basis;
  Citation citation;
};

Minimum minimum_of(const std::string& industry, const Policy& policy) {
  Facts facts;
  if (!industry.empty()) {
    Fact fact;
    fact.key = FactKey::industry;
    fact.codes.emplace_back(industry);
    facts.set(std::move(fact));
  }
  Minimum out;
  for (const auto& fact : derive_facts(facts, policy)) {
    if (fact.key == FactKey::capital_required) {
      out.required = fact.range;
      out.provisional = fact.origin == Origin::inferred;
      out.basis = fact.basis;
    }
    if (fact.key == FactKey::capital_floor) out.floor = fact.range;
  }
  for (const auto& rule : gates_for(Instrument::syndicated_loan, policy))
    if (rule.id == "policy.project_capital.floor") out.citation = rule.citation;
  return out;
}

Finding capital_finding(const CapitalStack& stack, const Policy& policy) {
  const Minimum minimum = minimum_of(stack.industry, policy);
  Finding finding;
  finding.rule = "capital_min";
  finding.measure = Measure::millionths;
  finding.citation = minimum.citation;
  if (!minimum.required || stack.total_investment.fen <= 0) {
    finding.standing = Standing::not_tested;
    detail::word(finding, Bound::at_least, "项目资本金比例", "own capital ratio");
    return finding;
  }
  const Exact capital = Exact{stack.capital()} * kMillion;
  const auto reaches = [&](std::int64_t ratio) {
    return capital >= Exact{ratio} * stack.total_investment.fen;
  };
  finding.seen = static_cast<std::int64_t>(capital / stack.total_investment.fen);
  finding.limit = minimum.required->max;
  if (reaches(minimum.required->max)) {
    finding.standing = Standing::passed;
  } else if (minimum.provisional) {
    finding.standing = Standing::undecided;  // the trade decides
  } else if (minimum.floor && !reaches(minimum.floor->min)) {
    finding.standing = Standing::violated;
  } else if (minimum.floor && reaches(minimum.floor->max)) {
    finding.standing = Standing::caution;  // lawful with the relief that the bank may grant
    finding.strength = Strength::should;
  } else {
    finding.standing = Standing::undecided;
  }
  detail::word(finding, Bound::at_least, "项目资本金比例", "own capital ratio");
  if (!minimum.basis.empty()) finding.text_zh += "（" + minimum.basis + "）";
  return finding;
}

}  // namespace

std::int64_t CapitalStack::capital() const {
  return own_funds.fen + special_bond.fen + policy_fund.fen + grant.fen;
}

std::vector<Finding> verify_capital(const CapitalStack& stack, const Policy& policy) {
  std::vector<Finding> out;
  Finding sum;
  sum.rule = "stack_sum";
  sum.measure = Measure::fen;
  sum.seen = stack.capital() + stack.loans.fen + stack.shareholder_loans.fen;
  sum.limit = stack.total_investment.fen;
  const bool negative = std::min({stack.own_funds.fen, stack.special_bond.fen, stack.policy_fund.fen,
                                  stack.grant.fen, stack.loans.fen, stack.shareholder_loans.fen}) < 0;
  sum.standing = *sum.seen == *sum.limit && !negative ? Standing::passed : Standing::violated;
  detail::word(sum, Bound::at_least, "各项资金来源合计（应等于总投资）",
               "sum of all sources, to equal the investment");
  out.push_back(std::move(sum));

  out.push_back(capital_finding(stack, policy));

  if (stack.policy_fund.fen != 0) {
    Finding fund;
    fund.rule = "policy_fund_share";
    fund.measure = Measure::millionths;
    fund.citation = cited(policy, kFundShare);
    const Parameter* row = policy.find(kFundShare);
    if (row != nullptr && row->millionths() && stack.capital() > 0) {
      fund.limit = row->millionths();
      fund.seen = static_cast<std::int64_t>(Exact{stack.policy_fund.fen} * kMillion / stack.capital());
      const bool within = Exact{stack.policy_fund.fen} * kMillion <= Exact{*fund.limit} * stack.capital();
      fund.standing = within ? Standing::passed : Standing::violated;
    } else {
      fund.standing = Standing::not_tested;
    }
    detail::word(fund, Bound::at_most, "政策性金融工具占资本金比例", "policy fund's share of the capital");
    out.push_back(std::move(fund));
  }
  if (stack.special_bond.fen != 0) {
    Finding bond;
    bond.rule = "bond_positive_list";
    bond.citation = cited(policy, kBondList);
    if (policy.find(kBondList) == nullptr) {
      bond.standing = Standing::not_tested;
    } else if (!stack.bond_on_positive_list) {
      bond.standing = Standing::undecided;
    } else {
      bond.standing = *stack.bond_on_positive_list ? Standing::passed : Standing::violated;
    }
    detail::word(bond, Bound::at_most, "专项债券作资本金的行业正面清单",
                 "positive list of trades for bonds as capital");
    out.push_back(std::move(bond));
  }
  if (stack.shareholder_loans.fen != 0) {
    Finding debt;
    debt.rule = "no_debt_money";
    debt.measure = Measure::fen;
    debt.citation = cited(policy, "project_capital.no_debt_money");
    debt.seen = stack.shareholder_loans.fen;
    debt.standing = Standing::passed;
    detail::word(debt, Bound::at_most, "不计入资本金的股东借款", "shareholder loans, not counted as capital");
    out.push_back(std::move(debt));
  }
  return out;
}

CapitalProposal stack_capital(const CapitalSources& sources, const Policy& policy) {
  const std::int64_t investment = sources.total_investment.fen;
  if (std::min({investment, sources.own_funds.fen, sources.special_bond.fen, sources.policy_fund.fen,
                sources.grant.fen, sources.loans ? sources.loans->fen : 0}) < 0)
    throw ContractError("an amount of the capital sources is negative");
  CapitalProposal out;
  CapitalStack& stack = out.stack;
  stack.total_investment = sources.total_investment;
  stack.industry = sources.industry;
  stack.bond_on_positive_list = sources.bond_on_positive_list;

  const Minimum minimum = minimum_of(sources.industry, policy);
  const std::int64_t ratio = minimum.required ? minimum.required->max : 0;
  const auto least = static_cast<std::int64_t>((Exact{investment} * ratio + kMillion - 1) / kMillion);
  // Where loans are short, capital has to fill more than the minimum.
  const std::int64_t wanted = sources.loans ? std::max(least, investment - sources.loans->fen) : least;

  stack.own_funds = Money::from_fen(std::min(sources.own_funds.fen, investment));
  stack.grant = Money::from_fen(std::min(sources.grant.fen, investment - stack.own_funds.fen));
  const auto still = [&] { return std::max<std::int64_t>(0, wanted - stack.capital()); };
  if (policy.find(kBondList) != nullptr && sources.bond_on_positive_list.value_or(false))
    stack.special_bond = Money::from_fen(std::min(sources.special_bond.fen, still()));
  const Parameter* share = policy.find(kFundShare);
  if (share != nullptr && share->millionths() && *share->millionths() < kMillion) {
    const auto most = static_cast<std::int64_t>(Exact{stack.capital()} * *share->millionths() /
                                                (kMillion - *share->millionths()));
    stack.policy_fund = Money::from_fen(std::min({sources.policy_fund.fen, still(), most}));
  }
  const std::int64_t rest = investment - stack.capital();
  stack.loans = Money::from_fen(sources.loans ? std::min(rest, sources.loans->fen) : rest);
  out.capital_gap = std::max<std::int64_t>(0, least - stack.capital());
  out.funding_gap = rest - stack.loans.fen;
  out.findings = verify_capital(stack, policy);

  out.text_zh = "资本金" + format_money(stack.capital()) + "（自有" + format_money(stack.own_funds.fen) +
                "、财政补助" + format_money(stack.grant.fen) + "、专项债" +
                format_money(stack.special_bond.fen) + "、政策性金融工具" +
                format_money(stack.policy_fund.fen) + "），贷款" + format_money(stack.loans.fen);
  out.text_en =
      "capital " + detail::yuan_text(stack.capital()) + ", loans " + detail::yuan_text(stack.loans.fen);
  if (out.capital_gap > 0) {
    out.text_zh += "；资本金差" + format_money(out.capital_gap) + "，最低比例" + detail::percent_text(ratio);
    out.text_en += "; capital short by " + detail::yuan_text(out.capital_gap) + " of the minimum " +
                   detail::percent_text(ratio);
  }
  if (out.funding_gap > 0) {
    out.text_zh += "；资金差" + format_money(out.funding_gap);
    out.text_en += "; " + detail::yuan_text(out.funding_gap) + " not covered";
  }
  return out;
}

}  // namespace huoshui::syndicate
