#include <algorithm>
#include <huoshui/syndicate/structure.hpp>

#include "syndicate/detail/exact.hpp"

namespace huoshui::syndicate {
namespace {

using detail::Exact;

Issue wrong(IssueCode code, std::string found, std::string expected) {
  Issue issue;
  issue.code = code;
  issue.message = "银团方案不成立：“" + found + "”，应为" + expected;
  issue.found = std::move(found);
  issue.expected = std::move(expected);
  return issue;
}

std::int64_t halves_up(Exact value, Exact unit) {
  return static_cast<std::int64_t>((2 * value + unit) / (2 * unit));
}

}  // namespace

std::string_view to_string(Role role) { return role == Role::lead ? "lead" : "participant"; }

std::int64_t Member::amount() const {
  std::int64_t sum = 0;
  for (const auto& holding : holdings) sum += holding.amount.fen;
  return sum;
}

Result<CashFlows> cash_flows(const Structure& structure, const Deal& deal) {
  if (structure.tranches.size() != deal.tranches.size())
    return wrong(IssueCode::unreadable_value, std::to_string(structure.tranches.size()) + "组",
                 std::to_string(deal.tranches.size()) + "组");
  CashFlows out;
  for (std::uint32_t group = 0; group < structure.tranches.size(); ++group) {
    const auto& tranche = structure.tranches[group];
    auto whole = schedule({tranche.amount, tranche.rate, tranche.tenor_months, deal.tranches[group].repayment,
                           deal.tranches[group].draws},
                          deal.signing);
    if (!whole) return whole.errors();
    std::vector<Money> shares;
    Exact sum = 0;
    for (const auto& member : structure.members) {
      for (const auto& holding : member.holdings) {
        if (holding.tranche != group) continue;
        if (holding.amount.fen < 0)
          return wrong(IssueCode::unreadable_value, format_money(holding.amount.fen), "不为负的份额");
        shares.push_back(holding.amount);
        out.parts.push_back({member.institution, group, {}});
        sum += holding.amount.fen;
      }
    }
    if (sum != tranche.amount.fen)
      return wrong(IssueCode::sum_mismatch, "份额合计不符", format_money(tranche.amount.fen));
    auto parts = split(*whole, shares);
    const std::size_t first = out.parts.size() - parts.size();
    for (std::size_t i = 0; i < parts.size(); ++i) out.parts[first + i].schedule = std::move(parts[i]);
    out.tranches.push_back(std::move(whole).value());
  }
  if (!deal.yearly_income.empty()) out.cover = debt_cover(out.tranches, deal.yearly_income);
  return out;
}

Result<Cost> cost_of(const Structure& structure, const Deal& deal,
                     std::span<const Institution> institutions) {
  const auto flows = cash_flows(structure, deal);
  if (!flows) return flows.errors();
  const auto find = [&](const std::string& id) {
    const auto found = std::find_if(institutions.begin(), institutions.end(),
                                    [&](const Institution& one) { return one.id == id; });
    return found == institutions.end() ? nullptr : &*found;
  };
  Cost cost;
  Exact participation = 0;  // millionths of a fen
  for (const auto& member : structure.members) {
    const Institution* one = find(member.institution);
    if (one == nullptr) return wrong(IssueCode::unknown_word, member.institution, "机构名录中的机构");
    participation += Exact{one->participation_fee} * member.amount();
    if (member.role == Role::lead) cost.arrangement_fees += one->arrangement_fee.fen;
  }
  cost.participation_fees = halves_up(participation, 1'000'000);
  std::int32_t longest = 0;
  Exact balance_months = 0;
  std::optional<Money> cap = deal.subsidy ? deal.subsidy->principal_cap : std::nullopt;
  for (const auto& whole : flows->tranches) {
    cost.interest += whole.interest();
    const auto& rows = whole.instalments;
    longest = std::max(longest, rows.back().month);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i)
      balance_months += Exact{rows[i].balance} * (rows[i + 1].month - rows[i].month);
    if (deal.subsidy) {
      cost.subsidy += subsidy_of(whole, *deal.subsidy, deal.signing, cap);
      // What one tranche takes of the principal that may be subsidised is gone for the next.
      if (cap) cap->fen = std::max<std::int64_t>(0, cap->fen - whole.principal());
    }
  }
  for (const auto& agent : structure.agents) {
    const Institution* one = find(agent);
    if (one == nullptr) return wrong(IssueCode::unknown_word, agent, "机构名录中的机构");
    cost.agency_fees += one->agency_fee.fen * ((longest + 11) / 12);
  }
  cost.total =
      cost.interest + cost.participation_fees + cost.arrangement_fees + cost.agency_fees - cost.subsidy;
  if (balance_months > 0) cost.rate = halves_up(Exact{cost.total} * 12'000'000, balance_months);
  return cost;
}

}  // namespace huoshui::syndicate
