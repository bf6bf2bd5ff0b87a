// Deals and institutions for tests. All institutions are invented but for the shares of published syndicates.
#pragma once

#include <algorithm>
#include <huoshui/policy/policy.hpp>
#include <huoshui/syndicate/structure.hpp>
#include <huoshui/syndicate/verify.hpp>
#include <string>
#include <utility>
#include <vector>

namespace huoshui::syndicate::testing {

inline Policy policy_on(Date day, LowConfidence low = LowConfidence::off) {
  return PolicyPack::bundled().at(day, {low}).value();
}
inline Date day(std::string_view text) { return parse_date(text).value(); }

inline constexpr std::string_view kNewRules = "2025-03-03";

/// A bank with ample capital and no exposure: every limit can be tested and none binds.
inline Institution bank(std::string id, std::int64_t rate = 36'000) {
  Institution one;
  one.id = std::move(id);
  one.name = one.id;
  one.kind = LenderKind::state_bank;
  one.net_capital = Money::from_wan(100'000'000);
  one.tier1_capital = Money::from_wan(90'000'000);
  one.client_loans = one.client_exposure = one.group_exposure = Money{};
  one.rate = rate;
  return one;
}

inline Deal deal(std::int64_t wan, std::string_view signing = kNewRules, std::int32_t months = 120) {
  Deal out;
  out.id = "P1";
  out.signing = day(signing);
  out.tranches.push_back({Money::from_wan(wan), months, {}, {}});
  out.public_debt = PublicDebt::clear;
  return out;
}

/// A structure of one tranche in which the first `leads` members lead and the first is the agent.
inline Structure structure(const Deal& deal, const std::vector<std::pair<std::string, std::int64_t>>& wan,
                           std::size_t leads = 1, std::int64_t rate = 36'000) {
  Structure out;
  out.tranches.push_back({deal.tranches[0].amount, deal.tranches[0].tenor_months, rate});
  for (std::size_t i = 0; i < wan.size(); ++i) {
    out.members.push_back(
        {wan[i].first, i < leads ? Role::lead : Role::participant, {{0, Money::from_wan(wan[i].second)}}});
  }
  out.agents = {wan.front().first};
  return out;
}

/// The standing of a rule: the worst over its subjects, or of one subject.
inline const Finding* finding(const std::vector<Finding>& findings, std::string_view rule,
                              std::string_view subject = {}) {
  const Finding* worst = nullptr;
  const auto rank = [](Standing standing) {
    return standing == Standing::violated     ? 4
           : standing == Standing::undecided  ? 3
           : standing == Standing::caution    ? 2
           : standing == Standing::not_tested ? 1
                                              : 0;
  };
  for (const auto& one : findings) {
    if (one.rule != rule || (!subject.empty() && one.subject != subject)) continue;
    if (worst == nullptr || rank(one.standing) > rank(worst->standing)) worst = &one;
  }
  return worst;
}

inline std::string standing(const std::vector<Finding>& findings, std::string_view rule,
                            std::string_view subject = {}) {
  const Finding* found = finding(findings, rule, subject);
  return found == nullptr ? "absent" : std::string(to_string(found->standing));
}

/// The rules that stand so, each once, in order.
inline std::vector<std::string> rules(const std::vector<Finding>& findings, Standing standing) {
  std::vector<std::string> out;
  for (const auto& one : findings)
    if (one.standing == standing && std::find(out.begin(), out.end(), one.rule) == out.end())
      out.push_back(one.rule);
  return out;
}

}  // namespace huoshui::syndicate::testing
