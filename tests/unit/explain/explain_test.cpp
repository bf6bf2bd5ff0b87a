#include <gtest/gtest.h>
#include <algorithm>
#include <builders.hpp>
#include <huoshui/explain/explain.hpp>

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::compiled;
using testing::number_fact;

Explanation explained(const Project& project, const Product& product, std::string_view day = "2024-08-01") {
  const Catalogue catalogue = compiled({product}, day);
  return explain(prepare(project, catalogue), catalogue, ProductRow{0});
}

TEST(Explain, PutsTheFailureFirstWithValueLimitAndCitation) {
  const Catalogue catalogue = compiled({a_product("X1").for_region({"4416"}).up_to(500)});
  const Explanation e =
      explain(prepare(a_project().in("441625").asking(800), catalogue), catalogue, ProductRow{0});
  const RuleReading& first = e.rules.front();
  EXPECT_EQ(first.rule->id, "X1.amount_max");
  EXPECT_EQ(first.atoms.front().value_zh, "800万元");
  EXPECT_EQ(first.atoms.front().limit_zh, "≤ 500万元");
  EXPECT_EQ(first.message_zh, "不符合：融资需求不超过500万元（融资需求：800万元）");
  EXPECT_EQ(first.message_en, "fails: need at most 500万元 (financing need: 800万元)");
  EXPECT_NE(to_string(first.rule->citation).find("产品手册 X1"), std::string::npos);
}

TEST(Explain, SaysWhichPartOfARangeWouldPass) {
  const Explanation e =
      explained(a_project().with(number_fact(FactKey::financing_need,
                                             Interval::between(300 * kFenPerWan, 800 * kFenPerWan))),
                a_product().up_to(500));
  EXPECT_EQ(e.screened.verdict, Verdict::undecided);
  EXPECT_NE(e.rules.front().message_zh.find("≤ 500万元 即可"), std::string::npos)
      << e.rules.front().message_zh;
}

TEST(Explain, AsksForInputsNotForDerivedFacts) {
  const Explanation e = explained(a_project().in_trade("C1530").borrowed_by("private_enterprise"),
                                  a_product().as(Instrument::fixed_asset_loan));
  EXPECT_EQ(e.missing,
            (std::vector<FactKey>{FactKey::total_investment, FactKey::own_capital, FactKey::tenor}));
}

TEST(Explain, AsksForTheBorrowerOnceInsteadOfEveryDebtQuestion) {
  const Explanation e = explained(a_project(), a_product().as(Instrument::working_capital_loan));
  EXPECT_EQ(e.missing, (std::vector<FactKey>{FactKey::tenor, FactKey::borrower}));
  const auto asks = asks_of(e);
  const auto debt = std::count_if(asks.begin(), asks.end(), [](const Ask& ask) {
    return ask.rules.front()->topic == RuleTopic::government_debt;
  });
  EXPECT_EQ(debt, 1);
}

TEST(Explain, AsksTheInstitutionAboutItsOpenList) {
  const Catalogue catalogue = compiled({a_product().for_borrowers({"cooperative"}, true)});
  const Project firm = a_project().borrowed_by("enterprise");
  const PreparedProject project = prepare(firm, catalogue);
  EXPECT_TRUE(explain(project, catalogue, ProductRow{0}).missing.empty());
  EXPECT_TRUE(waits_for_institution(catalogue.terms(ProductRow{0}).front(), project.facts));
}

TEST(Explain, ListsWhatTheHandbookLeavesOut) {
  const Explanation e = explained(a_project(), a_product().up_to(500));
  EXPECT_EQ(std::count(e.undisclosed_zh.begin(), e.undisclosed_zh.end(), "最高金额"), 0);
  EXPECT_EQ(std::count(e.undisclosed_zh.begin(), e.undisclosed_zh.end(), "最长期限"), 1);
}

}  // namespace
}  // namespace huoshui
