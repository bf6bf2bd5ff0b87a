#include <gtest/gtest.h>
#include <algorithm>
#include <builders.hpp>

namespace huoshui {
namespace {

using testing::a_product;
using testing::compiled;

TEST(Catalogue, StandsInOrderOfIdsWhateverTheHandbook) {
  const Catalogue catalogue = compiled({a_product("X2"), a_product("X10"), a_product("X1")});
  ASSERT_EQ(catalogue.size(), 3U);
  EXPECT_EQ(catalogue.product(ProductRow{0}).id, "X1");
  EXPECT_EQ(catalogue.product(ProductRow{1}).id, "X10");
  EXPECT_EQ(catalogue.product(ProductRow{2}).id, "X2");
  EXPECT_EQ(catalogue.find("X10"), ProductRow{1});
  EXPECT_FALSE(catalogue.find("X3").has_value());
}

TEST(Catalogue, RefusesDuplicateIdsAndNamesThem) {
  const auto out = Catalogue::compile({a_product("X1"), a_product("X1")}, testing::policy_on("2024-08-01"),
                                      Scorecard::standard());
  ASSERT_FALSE(out.has_value());
  EXPECT_EQ(out.error().code, IssueCode::duplicate_id);
  EXPECT_NE(out.error().message.find("X1"), std::string::npos);
}

TEST(Catalogue, RefusesTermsNoProjectCouldSatisfy) {
  const auto code_of = [](const Product& product) {
    const auto out = Catalogue::compile({product}, testing::policy_on("2024-08-01"), Scorecard::standard());
    return out ? std::optional<IssueCode>{} : std::optional(out.error().code);
  };
  EXPECT_EQ(code_of(a_product().from(500).up_to(499)), IssueCode::contradictory_terms);
  EXPECT_EQ(code_of(a_product().at_least_months(37).at_most_months(36)), IssueCode::contradictory_terms);
  EXPECT_EQ(code_of(a_product().up_to(100).asking(
                Strength::must, Condition::at_least(FactKey::financing_need, 100 * kFenPerWan + 1))),
            IssueCode::contradictory_terms);
  EXPECT_EQ(code_of(a_product().from(500).up_to(500)), std::nullopt);
  EXPECT_EQ(code_of(a_product().up_to(100).asking(
                Strength::must, Condition::at_least(FactKey::financing_need, 100 * kFenPerWan))),
            std::nullopt);
  EXPECT_EQ(code_of(a_product().up_to(100).asking(
                Strength::should, Condition::at_least(FactKey::financing_need, 200 * kFenPerWan))),
            std::nullopt);
}

TEST(Catalogue, GivesEachRuleAnIdAndACitation) {
  const Catalogue catalogue = compiled({a_product("X1")
                                            .as(Instrument::infrastructure_loan)
                                            .for_region({"4416"})
                                            .up_to(500)
                                            .asking(Strength::should, Condition::is_true(FactKey::insured))});
  std::vector<std::string> ids;
  for_each_rule(catalogue, ProductRow{0}, [&](const Rule& rule) {
    ids.push_back(rule.id);
    EXPECT_FALSE(to_string(rule.citation).empty()) << rule.id;
    EXPECT_FALSE(rule.text_zh.empty()) << rule.id;
    EXPECT_FALSE(rule.text_en.empty()) << rule.id;
  });
  EXPECT_EQ(ids[0], "X1.region");
  EXPECT_EQ(ids[1], "X1.amount_max");
  EXPECT_EQ(ids[2], "X1.should_1");
  EXPECT_GT(ids.size(), 8U);
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST(Catalogue, IsUpdatedIntoAnotherOne) {
  const Catalogue before = compiled({a_product("X1").up_to(100), a_product("X3")});
  const Catalogue added = before.with(a_product("X2")).value();
  const Catalogue replaced = added.with(a_product("X1").up_to(200)).value();
  const Catalogue removed = replaced.without("X3").value();
  EXPECT_EQ(before.size(), 2U);
  EXPECT_EQ(added.find("X3"), ProductRow{2});
  EXPECT_EQ(&added.product(ProductRow{2}), &before.product(ProductRow{1})) << "shared, not copied";
  EXPECT_EQ(added.terms(ProductRow{2}).data(), before.terms(ProductRow{1}).data());
  EXPECT_EQ(added.terms(ProductRow{0}).front().text_zh, "融资需求不超过100万元");
  EXPECT_EQ(replaced.terms(ProductRow{0}).front().text_zh, "融资需求不超过200万元");
  EXPECT_EQ(removed.size(), 2U);
  EXPECT_FALSE(removed.find("X3").has_value());
}

TEST(Catalogue, RefusesUpdatesThatCompileWouldRefuseAndIdsThatAreNotThere) {
  const Catalogue catalogue = compiled({a_product("X1")});
  const auto contradictory = catalogue.with(a_product("X1").from(500).up_to(499));
  ASSERT_FALSE(contradictory.has_value());
  EXPECT_EQ(contradictory.error().code, IssueCode::contradictory_terms);
  const auto unknown = catalogue.without("X9");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().code, IssueCode::unknown_word);
  EXPECT_NE(unknown.error().message.find("X9"), std::string::npos);
}

TEST(CharacterPairs, IgnorePunctuationAndRepeats) {
  EXPECT_EQ(character_pairs("油茶"), character_pairs("油茶，油茶"));
  EXPECT_TRUE(character_pairs("油，茶").empty());
  EXPECT_EQ(character_pairs("油茶贷").size(), 2U);
}

}  // namespace
}  // namespace huoshui
