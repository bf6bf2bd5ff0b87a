#include <gtest/gtest.h>

#include <huoshui/syndicate/structure.hpp>

#include "syndicate_parties.hpp"

namespace huoshui::syndicate {
namespace {

using namespace testing;

TEST(CostOf, CountsInterestFeesAndSubsidy) {
  auto asked = deal(1'200, kNewRules, 12);
  asked.tranches[0].repayment.repayment = Repayment::bullet;
  asked.subsidy = Subsidy{.points = 10'000, .months = 12};
  std::vector<Institution> all = {bank("A"), bank("B")};
  all[0].arrangement_fee = Money::from_yuan(5'000);
  all[0].participation_fee = 1'000;
  all[1].agency_fee = Money::from_yuan(2'000);
  auto paper = structure(asked, {{"A", 700}, {"B", 500}});
  paper.agents = {"B"};
  const auto cost = cost_of(paper, asked, all).value();
  EXPECT_EQ(cost.interest, 43'200'000);
  EXPECT_EQ(cost.participation_fees, 700'000);
  EXPECT_EQ(cost.arrangement_fees, 500'000);
  EXPECT_EQ(cost.agency_fees, 200'000);
  EXPECT_EQ(cost.subsidy, 12'000'000);
  EXPECT_EQ(cost.total, 43'200'000 + 700'000 + 500'000 + 200'000 - 12'000'000);
  EXPECT_EQ(cost.rate, 27'167);  // 2.71666 % rounded half up

  all.pop_back();
  EXPECT_EQ(cost_of(paper, asked, all).error().code, IssueCode::unknown_word);
}

TEST(CashFlows, PassThroughTheAgentAndSayCoverOnlyWhenIncomeIsKnown) {
  auto asked = deal(1'000);
  const auto paper = structure(asked, {{"A", 570}, {"B", 430}});
  auto flows = cash_flows(paper, asked).value();
  ASSERT_EQ(flows.parts.size(), 2U);
  EXPECT_EQ(flows.parts[0].schedule.principal(), 570 * kFenPerWan);
  EXPECT_EQ(flows.parts[0].schedule.interest() + flows.parts[1].schedule.interest(),
            flows.tranches[0].interest());
  EXPECT_TRUE(flows.cover.empty());
  asked.yearly_income = {Money::from_wan(200), Money::from_wan(200)};
  EXPECT_EQ(cash_flows(paper, asked)->cover.size(), 2U);

  auto wrong = paper;
  wrong.members[0].holdings[0].amount.fen -= 1;
  EXPECT_EQ(cash_flows(wrong, asked).error().code, IssueCode::sum_mismatch);
  wrong = paper;
  wrong.tranches.clear();
  EXPECT_FALSE(cash_flows(wrong, asked).has_value());
}

}  // namespace
}  // namespace huoshui::syndicate
