#include <gtest/gtest.h>

#include <huoshui/structure/structure.hpp>

#include "builders.hpp"

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::number_fact;

constexpr std::int64_t kMu = 2000;

Assumption assumed(AssumptionItem item, Interval range) {
  Assumption out;
  out.item = item;
  out.range = range;
  return out;
}

/// Prices and ratios for every instrument, none of them real.
StructureInputs some_inputs() {
  StructureInputs out;
  out.assumptions = {
      assumed(AssumptionItem::price, {3000, 6000}),
      assumed(AssumptionItem::yield, Interval::exactly(500'000)),
      assumed(AssumptionItem::crediting_years, Interval::exactly(20)),
      assumed(AssumptionItem::discount_rate, Interval::exactly(50'000)),
      assumed(AssumptionItem::pledge_ratio, Interval::exactly(500'000)),
      assumed(AssumptionItem::years, Interval::exactly(20)),
  };
  return out;
}

Project forest(std::string id, std::string certificate = {}, std::string parcel = {}) {
  Project out = a_project(std::move(id))
                    .in("441625")
                    .asking(100)
                    .for_months(24)
                    .with(number_fact(FactKey::forest_area, Interval::exactly(5000 * kMu)))
                    .saying(FactKey::title_clear, true);
  if (!certificate.empty()) out.texts.push_back({"forest_certificate", std::move(certificate)});
  if (!parcel.empty()) out.texts.push_back({"parcel", std::move(parcel)});
  return out;
}

OfferOnPaper on_paper(const Project& project, Instrument instrument, const StructureInputs& inputs) {
  const auto catalogue = testing::compiled({a_product("X1").as(instrument)}, "2026-03-01");
  return put_on_paper(prepare_facts(project, catalogue), catalogue, ProductRow{0}, inputs);
}

bool says(const std::vector<Phrase>& phrases, std::string_view zh) {
  for (const auto& phrase : phrases) {
    if (phrase.zh.find(zh) != std::string::npos) return true;
  }
  return false;
}

TEST(PutOnPaper, WorksOutAPlainLoan) {
  const Project project = a_project().asking(300).for_months(36);
  Product product = a_product("X1").as(Instrument::crop_cycle_loan).up_to(200).rate(40'000);
  product.repayment = "按季付息、到期还本";
  const auto catalogue = testing::compiled({product}, "2026-03-01");
  const auto paper = put_on_paper(prepare_facts(project, catalogue), catalogue, ProductRow{0});
  EXPECT_EQ(paper.machinery(), Machinery::plain);
  EXPECT_EQ(paper.amount_fen, 200 * kFenPerWan);
  EXPECT_EQ(paper.tenor_months, 36);
  const auto& terms = std::get<PlainTerms>(paper.terms);
  EXPECT_EQ(terms.stated, syndicate::Repayment::bullet);
  ASSERT_TRUE(terms.schedule.has_value());
  EXPECT_EQ(terms.schedule->interest(), 24 * kFenPerWan);  // 200万元 x 4 % x 3
  EXPECT_TRUE(paper.missing.empty());
}

TEST(PutOnPaper, LeavesTheAmountAbsentWithoutANeed) {
  const auto paper = on_paper(a_project(), Instrument::crop_cycle_loan, {});
  EXPECT_FALSE(paper.amount_fen.has_value());
  EXPECT_TRUE(says(paper.missing, "融资需求未提供"));
  EXPECT_FALSE(std::get<PlainTerms>(paper.terms).schedule.has_value());
}

TEST(PutOnPaper, SaysThatWithoutAPriceTheAmountCannotBeSettled) {
  for (const auto instrument : {Instrument::carbon_sink_pledge, Instrument::forest_right_mortgage}) {
    auto inputs = some_inputs();
    EXPECT_TRUE(on_paper(forest("P1"), instrument, inputs).amount_fen.has_value());
    inputs.assumptions.erase(inputs.assumptions.begin());
    const auto paper = on_paper(forest("P1"), instrument, inputs);
    EXPECT_FALSE(paper.amount_fen.has_value());
    EXPECT_TRUE(says(paper.missing, "金额无法核定"));
  }
}

TEST(PutOnPaper, SaysWhatASyndicateNeeds) {
  const Project project = a_project().asking(50'000).for_months(120);
  const auto paper = on_paper(project, Instrument::syndicated_loan, {});
  EXPECT_FALSE(paper.amount_fen.has_value());
  EXPECT_TRUE(says(paper.missing, "资本净额"));
  const auto& terms = std::get<SyndicateTerms>(paper.terms);
  EXPECT_EQ(terms.lenders_at_least, 2);
  EXPECT_FALSE(terms.proposal.has_value());
  EXPECT_TRUE(terms.deal.has_value());
}

TEST(PutOnPaper, ProposesASyndicateOverTheInstitutions) {
  StructureInputs inputs;
  inputs.institutions = {{.id = "A", .name = "示例甲", .appetite = Money::from_wan(30'000), .rate = 36'000},
                         {.id = "B", .name = "示例乙", .appetite = Money::from_wan(30'000), .rate = 37'000}};
  const Project project =
      a_project().asking(50'000).for_months(120).investing(80'000).with_own(30'000).in_trade("A0312").saying(
          FactKey::policy_bound_borrower, false);
  const auto paper = on_paper(project, Instrument::syndicated_loan, inputs);
  const auto& terms = std::get<SyndicateTerms>(paper.terms);
  ASSERT_TRUE(terms.proposal.has_value());
  EXPECT_EQ(terms.proposal->decision, syndicate::Decision::syndicate_needed);
  EXPECT_EQ(paper.amount_fen, 50'000 * kFenPerWan);
  ASSERT_TRUE(terms.capital.has_value());
  EXPECT_EQ(terms.capital->capital_gap, 0);
  inputs.institutions.pop_back();
  const auto short_of = on_paper(project, Instrument::syndicated_loan, inputs);
  EXPECT_FALSE(short_of.amount_fen.has_value());
  EXPECT_TRUE(std::get<SyndicateTerms>(short_of.terms).proposal->shortage.has_value());
}

TEST(PutOnPaper, PutsAChainOnPaper) {
  Project project = a_project().asking(100).for_months(6).with(
      number_fact(FactKey::receivable_amount, Interval::exactly(80 * kFenPerWan)));
  project.texts = {{"debtor", "示例采购方"}, {"receivable_due", "2026-06-30"}};
  for (const auto key : {FactKey::debtor_confirmed, FactKey::registered}) {
    project.facts.set(number_fact(key, Interval::exactly(1)));
  }
  project.facts.set(number_fact(FactKey::related_party, Interval::exactly(0)));
  StructureInputs inputs;
  inputs.assumptions = {assumed(AssumptionItem::advance_rate, Interval::exactly(800'000))};
  const auto paper = on_paper(project, Instrument::supply_chain_receivable, inputs);
  EXPECT_EQ(paper.amount_fen, 64 * kFenPerWan);
  EXPECT_FALSE(on_paper(project, Instrument::supply_chain_receivable, {}).amount_fen.has_value());
}

TEST(PutOnPaper, MarksWhatRestsOnInventedNumbers) {
  EXPECT_FALSE(on_paper(forest("P1"), Instrument::carbon_sink_pledge, some_inputs()).on_illustration);
  const auto paper = on_paper(forest("P1"), Instrument::carbon_sink_pledge, StructureInputs::illustrations());
  EXPECT_TRUE(paper.on_illustration);
  EXPECT_TRUE(says(paper.words, "示例"));
}

Structured list_of(const std::vector<Project>& projects, std::vector<Product> products) {
  const auto catalogue = testing::compiled(std::move(products), "2026-03-01");
  return structure(match(projects, catalogue), projects, catalogue, some_inputs());
}

TEST(Structure, RefusesASecondPledgeOfOneAssetAndNamesTheFirst) {
  const std::vector<Project> same{forest("P1", "林证 001"), forest("P2", "林证001、林证002"),
                                  forest("P3", "林证003")};
  const auto twice = list_of(same, {a_product("X1").as(Instrument::forest_right_mortgage)});
  ASSERT_EQ(twice.clashes.size(), 1U);
  EXPECT_EQ(twice.clashes.front().first, 0U);
  EXPECT_EQ(twice.clashes.front().again, 1U);
  EXPECT_FALSE(twice.clashes.front().caution_only);
  ASSERT_EQ(twice.projects[0].size(), 1U);
  EXPECT_TRUE(twice.projects[0].front().amount_fen.has_value());
  const auto& second = twice.projects[1].front();
  EXPECT_TRUE(second.refused_asset);
  EXPECT_FALSE(second.amount_fen.has_value());
  EXPECT_TRUE(says(second.words, "项目P1"));
  EXPECT_TRUE(twice.projects[2].front().amount_fen.has_value());
}

TEST(Structure, CautionsWhereTwoKindsOverlapOnOneParcel) {
  const std::vector<Project> projects{forest("P1", "", "小班7"), forest("P2", "", "小班7")};
  const auto same = list_of(projects, {a_product("X1").as(Instrument::forest_right_mortgage)});
  ASSERT_EQ(same.clashes.size(), 1U);
  EXPECT_FALSE(same.clashes.front().caution_only);
  // One project's forest, then its own sink on the same parcel: not both, but neither is refused.
  const auto both =
      list_of({forest("P1", "", "小班7")}, {a_product("X1").as(Instrument::forest_right_mortgage),
                                            a_product("X2").as(Instrument::carbon_sink_pledge)});
  ASSERT_EQ(both.clashes.size(), 1U);
  EXPECT_TRUE(both.clashes.front().caution_only);
  for (const auto& paper : both.projects[0]) EXPECT_TRUE(paper.amount_fen.has_value());
}

TEST(Structure, TakesTwoProductsOnOneAssetOfOneProjectAsAlternatives) {
  const auto list =
      list_of({forest("P1", "林证001")}, {a_product("X1").as(Instrument::forest_right_mortgage),
                                          a_product("X2").as(Instrument::forest_right_mortgage)});
  EXPECT_TRUE(list.clashes.empty());
  EXPECT_EQ(list.assets.size(), 1U);
  EXPECT_EQ(list.projects[0].size(), 2U);
}

TEST(Structure, LeavesOutWhatIsNoLoan) {
  const auto list = list_of({forest("P1")}, {a_product("X1").as(Instrument::agricultural_insurance),
                                             a_product("X2").as(Instrument::policy_fund_equity)});
  EXPECT_TRUE(list.projects[0].empty());
}

TEST(Structure, WantsTheAnswerOfItsProjects) {
  const auto catalogue = testing::compiled({a_product("X1")}, "2026-03-01");
  const std::vector<Project> projects{forest("P1")};
  EXPECT_THROW((void)structure(Answer(0), projects, catalogue), ContractError);
}

}  // namespace
}  // namespace huoshui
