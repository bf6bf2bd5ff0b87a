#include <gtest/gtest.h>

#include <huoshui/syndicate/capital.hpp>

#include "syndicate_parties.hpp"

namespace huoshui::syndicate {
namespace {

using namespace testing;

CapitalStack port(std::int64_t own) {
  return {.total_investment = Money::from_wan(10'000),
          .own_funds = Money::from_wan(own),
          .loans = Money::from_wan(10'000 - own),
          .industry = "G5532"};
}

TEST(Capital, MeetsTheMinimumOfItsTradeAndItsDay) {
  const auto at = [](const char* signing, std::int64_t own) {
    return standing(verify_capital(port(own), policy_on(day(signing))), "capital_min");
  };
  EXPECT_EQ(at("2019-11-19", 2'500), "passed");
  EXPECT_EQ(at("2019-11-19", 2'499), "violated");
  EXPECT_EQ(at("2019-11-20", 2'499), "passed");
  EXPECT_EQ(at("2019-11-20", 2'000), "passed");
  EXPECT_NE(at("2019-11-20", 1'999), "passed");
}

TEST(Capital, OfAnUnknownTradeIsTestedProvisionally) {
  auto stack = port(2'000);
  stack.industry = "";
  const auto policy = policy_on(day("2025-03-03"));
  EXPECT_EQ(standing(verify_capital(stack, policy), "capital_min"), "passed");
  stack = port(1'999);
  stack.industry = "";
  EXPECT_EQ(standing(verify_capital(stack, policy), "capital_min"), "undecided");
  const auto words = [&] {
    const auto seen = verify_capital(stack, policy);
    return std::find_if(seen.begin(), seen.end(), [](const auto& f) { return f.rule == "capital_min"; })
        ->text_zh;
  };
  EXPECT_NE(words().find("，待定"), std::string::npos) << words();
  EXPECT_EQ(words().find("未检验"), std::string::npos) << words();
  stack.total_investment = Money{};
  EXPECT_EQ(standing(verify_capital(stack, policy), "capital_min"), "not_tested");
  EXPECT_NE(words().find("，未检验"), std::string::npos) << words();
  EXPECT_EQ(words().find("待定"), std::string::npos) << words();
}

TEST(Capital, APolicyFundFillsAtMostHalfOnTheDaysOfItsRound) {
  auto stack = port(1'000);
  stack.policy_fund = Money::from_wan(1'000);
  stack.loans = Money::from_wan(8'000);
  const auto at = [&](const char* signing) {
    return standing(verify_capital(stack, policy_on(day(signing))), "policy_fund_share");
  };
  EXPECT_EQ(at("2025-09-29"), "passed");
  stack.policy_fund.fen += 1;
  stack.loans.fen -= 1;
  EXPECT_EQ(at("2025-09-29"), "violated");
  EXPECT_EQ(at("2025-10-31"), "violated");
  EXPECT_EQ(at("2025-09-28"), "not_tested");
  EXPECT_EQ(at("2025-11-01"), "not_tested");
}

TEST(Capital, ABondNeedsThePositiveList) {
  auto stack = port(1'000);
  stack.special_bond = Money::from_wan(1'000);
  stack.loans = Money::from_wan(8'000);
  const auto at = [&](const char* signing) {
    return standing(verify_capital(stack, policy_on(day(signing))), "bond_positive_list");
  };
  EXPECT_EQ(at("2024-12-25"), "undecided");
  stack.bond_on_positive_list = true;
  EXPECT_EQ(at("2024-12-25"), "passed");
  stack.bond_on_positive_list = false;
  EXPECT_EQ(at("2024-12-25"), "violated");
  EXPECT_EQ(at("2024-12-24"), "not_tested");
}

TEST(Capital, ShareholderLoansAreNoneAndSourcesAddUp) {
  auto stack = port(1'500);
  stack.shareholder_loans = Money::from_wan(500);
  stack.loans = Money::from_wan(8'000);
  const auto policy = policy_on(day("2025-03-03"));
  EXPECT_NE(standing(verify_capital(stack, policy), "capital_min"), "passed");
  EXPECT_EQ(standing(verify_capital(stack, policy), "stack_sum"), "passed");
  stack.loans.fen += 1;
  EXPECT_EQ(standing(verify_capital(stack, policy), "stack_sum"), "violated");
}

TEST(StackCapital, FillsTheGapWithBondAndFundOnlyUpToTheMinimum) {
  CapitalSources sources{.total_investment = Money::from_wan(10'000),
                         .own_funds = Money::from_wan(800),
                         .special_bond = Money::from_wan(300),
                         .policy_fund = Money::from_wan(5'000),
                         .grant = Money::from_wan(100),
                         .industry = "D4411",
                         .bond_on_positive_list = true};
  const auto found = stack_capital(sources, policy_on(day("2025-10-01")));
  EXPECT_EQ(found.stack.special_bond, Money::from_wan(300));
  EXPECT_EQ(found.stack.policy_fund, Money::from_wan(800));  // 2,000 in all, and below half
  EXPECT_EQ(found.stack.loans, Money::from_wan(8'000));
  EXPECT_EQ(found.capital_gap, 0);
  EXPECT_EQ(found.funding_gap, 0);
  EXPECT_TRUE(is_lawful(found.findings));

  sources.own_funds = Money::from_wan(500);
  const auto halved = stack_capital(sources, policy_on(day("2025-10-01")));
  EXPECT_EQ(halved.stack.policy_fund, Money::from_wan(900));  // no more than the other capital
  EXPECT_EQ(halved.capital_gap, 200 * kFenPerWan);
  EXPECT_NE(halved.text_zh.find("资本金差200万元，最低比例20%"), std::string::npos) << halved.text_zh;
  EXPECT_FALSE(is_lawful(halved.findings));

  // The round is fully placed: nothing is offered after its days.
  const auto later = stack_capital(sources, policy_on(day("2025-11-01")));
  EXPECT_EQ(later.stack.policy_fund, Money{});
  EXPECT_EQ(later.capital_gap, 1'100 * kFenPerWan);
}

TEST(StackCapital, RaisesCapitalWhereLoansAreShortAndSaysWhatIsNotCovered) {
  const CapitalSources sources{.total_investment = Money::from_wan(10'000),
                               .own_funds = Money::from_wan(2'000),
                               .policy_fund = Money::from_wan(1'000),
                               .loans = Money::from_wan(6'500),
                               .industry = "D4411"};
  const auto found = stack_capital(sources, policy_on(day("2025-10-01")));
  EXPECT_EQ(found.stack.policy_fund, Money::from_wan(1'000));
  EXPECT_EQ(found.funding_gap, 500 * kFenPerWan);
  EXPECT_THROW((void)stack_capital({.own_funds = Money::from_wan(-1)}, policy_on(day("2025-10-01"))),
               ContractError);
}

}  // namespace
}  // namespace huoshui::syndicate
