#include <gtest/gtest.h>
#include <builders.hpp>
#include <huoshui/explain/changes.hpp>

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::compiled;

ChangeSearch searched(const Project& project, const Product& product, std::string_view day = "2024-08-01") {
  const Catalogue catalogue = compiled({product}, day);
  return nearest_changes(prepare_facts(project, catalogue), catalogue, ProductRow{0});
}

TEST(NearestChanges, LowersTheAmountToTheLimitAndNoFurther) {
  const ChangeSearch out = searched(a_project().asking(800), a_product().up_to(500));
  ASSERT_EQ(out.status, ChangeStatus::found);
  ASSERT_EQ(out.plans.size(), 1U);
  EXPECT_EQ(out.plans[0].changes[0].key, FactKey::financing_need);
  EXPECT_EQ(out.plans[0].changes[0].value, 500 * kFenPerWan);
  EXPECT_EQ(out.plans[0].verdict_after, Verdict::permitted);
  EXPECT_EQ(out.plans[0].changes[0].text_zh, "融资需求由800万元降低到500万元");
}

TEST(NearestChanges, MovesSeveralFactsOnlyWhenOneWillNotDo) {
  const ChangeSearch out =
      searched(a_project().asking(800).for_months(72), a_product().up_to(500).at_most_months(60));
  ASSERT_EQ(out.status, ChangeStatus::found);
  EXPECT_EQ(out.plans[0].changes.size(), 2U);
}

TEST(NearestChanges, ShowsDifferentWaysOut) {
  const auto tier = [](const char* security, std::int64_t wan) {
    return Condition::all_of({Condition::member_of(FactKey::security, testing::words({security})),
                              Condition::at_most(FactKey::financing_need, wan * kFenPerWan)});
  };
  const ChangeSearch out = searched(
      a_project().asking(300).secured_by("credit"),
      a_product().asking(Strength::must, Condition::any_of({tier("credit", 50), tier("guarantee", 1000)})));
  ASSERT_EQ(out.status, ChangeStatus::found);
  ASSERT_EQ(out.plans.size(), 2U);
  EXPECT_EQ(out.plans[0].changes[0].key, FactKey::financing_need);
  EXPECT_EQ(out.plans[1].changes[0].added, Code("guarantee"));
}

TEST(NearestChanges, RaisesOwnCapitalToTheSectorMinimum) {
  // A plant of 10 million with 1.5 million of its own: 20 % of 10 million is 2 million.
  const ChangeSearch out =
      searched(a_project().investing(1000).with_own(150).in_trade("C1530").borrowed_by("private_enterprise"),
               a_product().as(Instrument::fixed_asset_loan));
  ASSERT_EQ(out.status, ChangeStatus::found);
  EXPECT_EQ(out.plans[0].changes[0].key, FactKey::own_capital);
  EXPECT_EQ(out.plans[0].changes[0].value, 200 * kFenPerWan);
}

TEST(NearestChanges, ProvesThatThePlaceCannotMove) {
  const ChangeSearch out =
      searched(a_project().in("440103").asking(800), a_product("X1").for_region({"4416"}).up_to(500));
  EXPECT_EQ(out.status, ChangeStatus::impossible);
  EXPECT_TRUE(out.plans.empty());
  EXPECT_EQ(out.blocking, (std::vector<std::string>{"X1.region", "X1.amount_max"}));
}

TEST(NearestChanges, NeverMendsOneRuleByBreakingAnother) {
  // Lowering to 100 would break the smallest ticket of 200.
  const ChangeSearch out =
      searched(a_project().asking(300),
               a_product().from(200).asking(Strength::must,
                                            Condition::at_most(FactKey::financing_need, 250 * kFenPerWan)));
  ASSERT_EQ(out.status, ChangeStatus::found);
  EXPECT_EQ(out.plans[0].changes[0].value, 250 * kFenPerWan);
}

TEST(NearestChanges, HasNothingToLiftWhereNothingIsRefused) {
  EXPECT_EQ(searched(a_project().asking(100), a_product().up_to(500)).status, ChangeStatus::not_refused);
  EXPECT_EQ(searched(a_project(), a_product().up_to(500)).status, ChangeStatus::not_refused);
}

}  // namespace
}  // namespace huoshui
