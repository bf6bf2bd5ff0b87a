#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/structure/benefits.hpp>

#include "builders.hpp"

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::policy_on;

const Benefit* named(const std::vector<Benefit>& benefits, std::string_view series) {
  const auto found =
      std::find_if(benefits.begin(), benefits.end(), [&](const Benefit& b) { return b.series == series; });
  return found == benefits.end() ? nullptr : &*found;
}

constexpr std::string_view kSme = "interest_subsidy.sme_fixed_asset.rate_points";

Project farm(std::string size, std::string trade, bool is_private) {
  return a_project()
      .in_trade(std::move(trade))
      .with(testing::code_fact(FactKey::size_class, {std::move(size)}))
      .saying(FactKey::private_enterprise, is_private);
}

TEST(Benefits, AreOffTheDayBeforeAndAfterTheirRow) {
  const Product product = a_product().as(Instrument::fixed_asset_loan);
  const auto on = [&](std::string_view day) {
    return named(benefits_of(farm("small", "A0312", true).facts, product, policy_on(day)), kSme) != nullptr;
  };
  EXPECT_FALSE(on("2025-12-31"));
  EXPECT_TRUE(on("2026-01-01"));
  EXPECT_TRUE(on("2026-12-31"));
  EXPECT_FALSE(on("2027-01-01"));
}

TEST(Benefits, ApplyOnlyWhenTheListSettlesTheirConditions) {
  const Product product = a_product().as(Instrument::fixed_asset_loan);
  const auto policy = policy_on("2026-03-01");
  const auto sure = benefits_of(farm("small", "A0312", true).facts, product, policy);
  ASSERT_NE(named(sure, kSme), nullptr);
  EXPECT_EQ(named(sure, kSme)->applies, Truth::yes);
  EXPECT_EQ(named(sure, kSme)->points, 15'000);
  EXPECT_EQ(named(sure, kSme)->months, 24);
  EXPECT_EQ(named(sure, kSme)->cap, Money::from_wan(5000));
  EXPECT_TRUE(named(sure, kSme)->pending.zh.empty());
  // Another trade may be in a named chain: open, and said so.
  const auto other = benefits_of(farm("small", "C3011", true).facts, product, policy);
  ASSERT_NE(named(other, kSme), nullptr);
  EXPECT_EQ(named(other, kSme)->applies, Truth::unknown);
  EXPECT_FALSE(named(other, kSme)->pending.zh.empty());
  EXPECT_EQ(named(benefits_of(farm("large", "A0312", true).facts, product, policy), kSme), nullptr);
  EXPECT_EQ(named(benefits_of(farm("small", "A0312", false).facts, product, policy), kSme), nullptr);
  const Product working = a_product().as(Instrument::working_capital_loan);
  EXPECT_EQ(named(benefits_of(farm("small", "A0312", true).facts, working, policy), kSme), nullptr);
}

TEST(Benefits, LeaveAWiderOrInferredTradeOpen) {
  const Product product = a_product().as(Instrument::fixed_asset_loan);
  const auto policy = policy_on("2026-03-01");
  constexpr std::string_view kService = "interest_subsidy.service_sector.rate_points";
  const Project hotel = a_project().in_trade("H6110");
  EXPECT_NE(named(benefits_of(hotel.facts, product, policy), kService), nullptr);
  const Project wider = a_project().in_trade("H");
  EXPECT_EQ(named(benefits_of(wider.facts, product, policy), kService), nullptr);
  const Project guessed =
      a_project().with(testing::code_fact(FactKey::industry, {"H6110"}, Origin::inferred));
  EXPECT_EQ(named(benefits_of(guessed.facts, product, policy), kService), nullptr);
}

TEST(Benefits, GiveRelendingToLocalBanksOnly) {
  constexpr std::string_view kSeries = "relending.agri_small.1y";
  const auto policy = policy_on("2026-03-01");
  const Project project = a_project().saying(FactKey::agricultural_loan, true);
  Product product = a_product().as(Instrument::crop_cycle_loan);
  product.institution_type = "国有大型银行";
  EXPECT_EQ(named(benefits_of(project.facts, product, policy), kSeries), nullptr);
  product.institution_type = "农村商业银行";
  const auto benefits = benefits_of(project.facts, product, policy);
  ASSERT_NE(named(benefits, kSeries), nullptr);
  EXPECT_EQ(named(benefits, kSeries)->whom, BenefitFor::lender);
  EXPECT_EQ(named(benefits, kSeries)->points, 0);
  const Project neither =
      a_project().saying(FactKey::agricultural_loan, false).saying(FactKey::inclusive_loan, false);
  EXPECT_EQ(named(benefits_of(neither.facts, product, policy), kSeries), nullptr);
}

TEST(Benefits, PayGuaranteeFeesUpToTheTicket) {
  constexpr std::string_view kSeries = "guarantee.guangdong.fee_subsidy_max_pct";
  const auto policy = policy_on("2026-03-01");
  const Product product = a_product().as(Instrument::guaranteed_loan);
  EXPECT_NE(named(benefits_of(a_project().in("441625").asking(1000).build().facts, product, policy), kSeries),
            nullptr);
  EXPECT_EQ(named(benefits_of(a_project().in("441625").asking(1001).build().facts, product, policy), kSeries),
            nullptr);
  EXPECT_EQ(named(benefits_of(a_project().in("430000").asking(10).build().facts, product, policy), kSeries),
            nullptr);
}

TEST(Benefits, AreNoneForInsurance) {
  EXPECT_TRUE(benefits_of(farm("small", "A0312", true).facts, a_product(), policy_on("2026-03-01")).empty());
}

}  // namespace
}  // namespace huoshui
