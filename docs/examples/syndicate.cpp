// The best syndicate for 2亿元, exactly, and what the rules of its day say. Python twin: syndicate.py, which
// prints the same. All three lenders are invented.
#include <huoshui/huoshui.hpp>
#include <iostream>

int main() {
  using namespace huoshui;
  using namespace huoshui::syndicate;

  Deal deal;
  deal.id = "示例";
  deal.signing = parse_date("2025-03-03").value();
  TrancheAsk asked;
  asked.amount = Money::from_wan(20'000);
  asked.tenor_months = 120;
  asked.repayment.grace_months = 24;
  deal.tranches = {asked};
  deal.region = "441625";
  deal.public_debt = PublicDebt::clear;

  std::vector<Institution> institutions(3);
  institutions[0].id = "甲";
  institutions[0].max_ticket = Money::from_wan(15'000);
  institutions[0].rate = 34'000;
  institutions[1].id = "乙";
  institutions[1].kind = LenderKind::rural_commercial_bank;
  institutions[1].net_capital = Money::from_wan(90'000);
  institutions[1].client_loans = Money::from_wan(1'000);
  institutions[1].rate = 35'000;
  institutions[1].places = {"441625"};
  institutions[2].id = "丙";
  institutions[2].max_ticket = Money::from_wan(10'000);
  institutions[2].rate = 36'000;
  const auto policy = PolicyPack::bundled().at(deal.signing).value();

  const auto proposal = propose(deal, institutions, policy).value();
  std::cout << proposal.text_zh << '\n' << proposal.proof.text_zh << '\n';
  const auto& best = proposal.structures.front().structure;
  for (const auto& member : best.members) {
    std::cout << member.institution << ' ' << to_string(member.role) << ' ' << format_money(member.amount())
              << '\n';
  }
  for (const auto& part : cash_flows(best, deal).value().parts)
    std::cout << part.institution << "收息" << format_money(part.schedule.interest()) << '\n';
  for (const auto& finding : verify(best, deal, institutions, policy)) {
    if (finding.standing == Standing::caution) std::cout << finding.text_zh << '\n';
  }
}
