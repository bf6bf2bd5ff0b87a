#include <gtest/gtest.h>

#include <huoshui/structure/readers.hpp>

#include "builders.hpp"

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::number_fact;

constexpr std::int64_t kMu = 2000;

class Readers : public ::testing::Test {
 protected:
  static PreparedProject ready(const Project& project) {
    static const Catalogue catalogue = testing::compiled({a_product("X1")}, "2026-03-01");
    return prepare_facts(project, catalogue);
  }
  static Assumption assumed(AssumptionItem item, Interval range) {
    Assumption out;
    out.item = item;
    out.range = range;
    return out;
  }
};

TEST_F(Readers, KeepRangesAndRoundThemOutwards) {
  const Project project = a_project().with(number_fact(FactKey::forest_area, {kMu * 100 + 1, kMu * 200 + 1}));
  const Product product = a_product().as(Instrument::carbon_sink_pledge);
  const auto sink = *read_sink(ready(project), product, {}).value;
  EXPECT_EQ(sink.area, (Interval{10'000, 20'001}));
  const Product forest = a_product().as(Instrument::forest_right_mortgage);
  EXPECT_EQ(read_asset(ready(project), forest, {}).value->quantity, (Interval{100'000, 200'001}));
}

TEST_F(Readers, LeaveAbsentWhatNobodySays) {
  const Project project = a_project();
  const Product product = a_product().as(Instrument::carbon_sink_pledge);
  const auto reading = read_sink(ready(project), product, {});
  EXPECT_FALSE(reading.value->area || reading.value->price || reading.value->pledge_ratio ||
               reading.value->need_fen || reading.value->crediting_years || reading.value->clear_title);
  EXPECT_EQ(reading.missing.size(), 2U);
  EXPECT_TRUE(reading.grounds.empty());
}

TEST_F(Readers, TakeNoQuantityWithoutAnUpperEnd) {
  const Project project = a_project().with(number_fact(FactKey::livestock_head, Interval::at_least(300)));
  const Product product = a_product().as(Instrument::livestock_mortgage);
  EXPECT_FALSE(read_asset(ready(project), product, {}).value->quantity.has_value());
}

TEST_F(Readers, TakeNoAnswerFromAnInference) {
  const Product product = a_product().as(Instrument::livestock_mortgage);
  for (const auto origin : {Origin::stated, Origin::inferred}) {
    const Project project = a_project().with(number_fact(FactKey::title_clear, Interval::exactly(0), origin));
    const auto title = read_asset(ready(project), product, {}).value->clear_title;
    EXPECT_EQ(title.has_value(), origin == Origin::stated);
  }
}

TEST_F(Readers, LendAtMostWhatTheHandbookDiscloses) {
  const Project project = a_project();
  Product product = a_product().as(Instrument::forest_right_mortgage);
  StructureInputs inputs;
  EXPECT_FALSE(read_asset(ready(project), product, inputs).value->lent_share.has_value());
  product.loan_to_value_max = 600'000;
  EXPECT_EQ(read_asset(ready(project), product, inputs).value->lent_share, Interval::exactly(600'000));
  inputs.assumptions = {assumed(AssumptionItem::pledge_ratio, {500'000, 700'000})};
  EXPECT_EQ(read_asset(ready(project), product, inputs).value->lent_share, (Interval{500'000, 600'000}));
}

TEST_F(Readers, AskForTheNeedAtMostTheTicket) {
  const Product product = a_product().up_to(300);
  EXPECT_EQ(asked_of(ready(a_project().asking(299)).facts, product), 299 * kFenPerWan);
  EXPECT_EQ(asked_of(ready(a_project().asking(301)).facts, product), 300 * kFenPerWan);
  EXPECT_FALSE(asked_of(ready(a_project()).facts, product).has_value());
  const Project open = a_project().with(number_fact(FactKey::financing_need, Interval::at_least(5)));
  EXPECT_FALSE(asked_of(open.facts, product).has_value());
}

TEST_F(Readers, NameWhatADealLacks) {
  const auto policy = testing::policy_on("2026-03-01");
  const Product product = a_product().as(Instrument::syndicated_loan);
  const auto reading = read_deal(ready(a_project().asking(5000)), product, policy);
  EXPECT_FALSE(reading.value.has_value());
  ASSERT_EQ(reading.missing.size(), 1U);
  EXPECT_NE(reading.missing.front().zh.find("期限"), std::string::npos);
  const auto deal = read_deal(ready(a_project().asking(5000).for_months(120)), product, policy);
  EXPECT_EQ(deal.value->amount(), 5000 * kFenPerWan);
  EXPECT_EQ(deal.value->public_debt, syndicate::PublicDebt::unknown);
}

TEST_F(Readers, ReadPublicDebtOnlyFromWhatWasLookedUp) {
  const auto policy = testing::policy_on("2026-03-01");
  const Product product = a_product().as(Instrument::syndicated_loan);
  const auto debt = [&](const Project& project) {
    return read_deal(ready(project), product, policy).value->public_debt;
  };
  const auto base = [] {
    return a_project().asking(5000).for_months(120).saying(FactKey::policy_bound_borrower, true);
  };
  EXPECT_EQ(debt(base()), syndicate::PublicDebt::unknown);
  EXPECT_EQ(debt(base().saying(FactKey::hidden_debt, false)), syndicate::PublicDebt::unknown);
  EXPECT_EQ(debt(base().saying(FactKey::hidden_debt, false).saying(FactKey::hidden_debt_checked, true)),
            syndicate::PublicDebt::clear);
  EXPECT_EQ(debt(base().saying(FactKey::hidden_debt, true)), syndicate::PublicDebt::carried);
  EXPECT_EQ(debt(base().saying(FactKey::hidden_debt, true).saying(FactKey::hidden_debt_confirmation, true)),
            syndicate::PublicDebt::confirmed);
}

TEST_F(Readers, ReadCapitalOnlyWhenItIsExact) {
  EXPECT_FALSE(read_capital(ready(a_project().investing(10'000)), {}).value.has_value());
  const auto reading = read_capital(ready(a_project().investing(10'000).with_own(1500)), {});
  EXPECT_EQ(reading.value->own_funds, Money::from_wan(1500));
  EXPECT_EQ(reading.value->policy_fund, Money{});
}

TEST_F(Readers, MakeAChainOfTheReceivableAndTheHouseholds) {
  Project project = a_project()
                        .asking(100)
                        .with(number_fact(FactKey::receivable_amount, Interval::exactly(80 * kFenPerWan)))
                        .with(number_fact(FactKey::households, Interval::exactly(3)));
  project.texts.push_back({"debtor", "示例采购方"});
  const Product product = a_product().as(Instrument::supply_chain_order);
  const auto reading = read_chain(ready(project), product, {});
  ASSERT_TRUE(reading.value.has_value());
  EXPECT_EQ(reading.value->chain.parties().size(), 5U);
  ASSERT_EQ(reading.value->chain.bundles().size(), 1U);
  EXPECT_EQ(reading.value->chain.bundles().front().members.size(), 3U);
  EXPECT_EQ(reading.value->chain.claims().front().amount, 80 * kFenPerWan);
  EXPECT_EQ(reading.missing.size(), 2U);  // due day, advance rate
  EXPECT_FALSE(read_chain(ready(a_project()), product, {}).value.has_value());
}

TEST_F(Readers, PreferTheChainThatTheInputsGive) {
  StructureInputs inputs;
  inputs.chains.push_back(
      {"P1",
       {{.id = "A", .name = "核心", .role = supply_chain::Role::anchor}, {.id = "S", .name = "供应商"}},
       {{.id = "C1", .holder = "S", .buyer = "A", .amount = 100}},
       {}});
  const Product product = a_product().as(Instrument::supply_chain_receivable);
  const auto reading = read_chain(ready(a_project()), product, inputs);
  EXPECT_EQ(reading.value->chain.parties().size(), 2U);
  EXPECT_TRUE(reading.value->project_party.empty());
  EXPECT_FALSE(reading.value->on_illustration);
  inputs.chains.front().claims.front().buyer = "无此方";
  EXPECT_FALSE(read_chain(ready(a_project()), product, inputs).value.has_value());
}

TEST_F(Readers, TakeTheTermsOfTheChainElseTheAssumedRate) {
  StructureInputs inputs;
  inputs.chains.push_back({.project = "P1",
                           .parties = {{.id = "A", .role = supply_chain::Role::anchor}, {.id = "P1"}},
                           .claims = {{.id = "C1", .holder = "P1", .buyer = "A", .amount = 100}}});
  inputs.assumptions.push_back({.item = AssumptionItem::advance_rate,
                                .range = Interval::exactly(600'000),
                                .confidence = Confidence::illustrative});
  const Product product = a_product().as(Instrument::supply_chain_receivable).at_most_months(12);
  const auto read = [&] { return read_chain(ready(a_project()), product, inputs); };
  EXPECT_EQ(read().value->project_party, "P1");
  EXPECT_EQ(read().value->terms.advance_rate[0], 600'000);
  EXPECT_EQ(read().value->terms.tenor_max_months, 12);
  EXPECT_TRUE(read().value->on_illustration);
  supply_chain::Terms own;
  own.advance_rate[0] = 800'000;
  own.tenor_max_months = 6;
  own.tier_decay = 900'000;
  inputs.chains.front().terms = own;
  EXPECT_EQ(read().value->terms, own);  // the shorter tenor stays
  EXPECT_FALSE(read().value->on_illustration);
  inputs.chains.front().terms->tenor_max_months = 24;
  EXPECT_EQ(read().value->terms.tenor_max_months, 12);
  inputs.chains.front().confidence = Confidence::illustrative;
  EXPECT_TRUE(read().value->on_illustration);
  // Neither: the rate is missing, and said.
  inputs.chains.front().terms.reset();
  inputs.assumptions.clear();
  EXPECT_FALSE(read().value->terms.advance_rate[0].has_value());
  EXPECT_EQ(read().missing, (std::vector<Phrase>{{"融资比例未提供", "advance rate not given"}}));
}

TEST_F(Readers, PledgeNoRightWithoutOne) {
  const Product product = a_product().as(Instrument::fixed_asset_loan);
  const Project project = a_project();
  EXPECT_THROW((void)read_asset(ready(project), product, {}), ContractError);
}

}  // namespace
}  // namespace huoshui
