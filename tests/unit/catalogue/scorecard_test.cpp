#include <gtest/gtest.h>
#include <huoshui/catalogue/scorecard.hpp>
#include <numeric>

namespace huoshui {
namespace {

TEST(Scorecard, BundledCardsSumToOneHundred) {
  for (const auto& card : {Scorecard::standard(), Scorecard::enterprise(), Scorecard::bank()}) {
    EXPECT_EQ(std::accumulate(card.weights().begin(), card.weights().end(), 0), kWeightTotal) << card.id();
  }
}

TEST(Scorecard, IsFoundByEitherName) {
  EXPECT_EQ(Scorecard::find("银行").value().id(), "bank");
  EXPECT_EQ(Scorecard::find("desk").value().name_zh(), "对接专班");
  EXPECT_FALSE(Scorecard::find("无").has_value());
}

TEST(Scorecard, RefusesWeightsThatDoNotSumOrAreNegative) {
  std::array<int, kCriterionCount> weights{};
  weights[0] = 99;
  EXPECT_FALSE(Scorecard::make("a", "甲", weights).has_value());
  weights[1] = 1;
  EXPECT_TRUE(Scorecard::make("a", "甲", weights).has_value());
  weights[1] = -1;
  weights[2] = 2;
  EXPECT_FALSE(Scorecard::make("a", "甲", weights).has_value());
}

}  // namespace
}  // namespace huoshui
