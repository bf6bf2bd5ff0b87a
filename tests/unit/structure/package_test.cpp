#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/structure/package.hpp>

#include "builders.hpp"

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;

/// A firm that plants, asks 6,000万 of 10,000万 and says all that the gates of a fixed-asset loan want.
testing::ProjectBuilder a_base() {
  return a_project("P1")
      .in("441625")
      .asking(6000)
      .investing(10'000)
      .for_months(60)
      .in_trade("A0113")
      .borrowed_by("enterprise")
      .saying(FactKey::private_enterprise, true);
}

Product fund() { return a_product("F1").as(Instrument::policy_fund_equity); }
Product loan(std::string id = "L1") {
  return a_product(std::move(id)).as(Instrument::fixed_asset_loan).rate(40'000);
}

/// On a day on which the rule of the policy fund is in force, unless another is named.
std::vector<Package> packed(const Project& project, std::vector<Product> products,
                            const PackageOptions& options = {}, std::string_view day = "2025-10-15") {
  const auto catalogue = testing::compiled(std::move(products), day);
  return packages(prepare(project, catalogue), catalogue, {}, options);
}

const Member* member(const Package& package, Gap gap) {
  for (const auto& one : package.members) {
    if (one.closes == gap) return &one;
  }
  return nullptr;
}

TEST(Packages, FillShortCapitalOnlyWhenItIsShort) {
  // The minimum of the trade is 20 %: 2,000万 of 10,000万.
  const auto short_of = packed(a_base().with_own(1999), {loan(), fund()});
  ASSERT_EQ(short_of.size(), 1U);
  ASSERT_NE(member(short_of[0], Gap::capital), nullptr);
  EXPECT_EQ(member(short_of[0], Gap::capital)->amount_fen, 1 * kFenPerWan);
  EXPECT_FALSE(member(short_of[0], Gap::capital)->conditional);
  const auto enough = packed(a_base().with_own(2000), {loan(), fund()});
  ASSERT_EQ(enough.size(), 1U);
  EXPECT_EQ(member(enough[0], Gap::capital), nullptr);
  EXPECT_EQ(enough[0].find(Gap::capital)->open, Truth::no);
}

TEST(Packages, KeepAFundAtHalfOfTheCapital) {
  EXPECT_EQ(packed(a_base().with_own(1000), {loan(), fund()}).size(), 1U);
  // A fund may bring 1,000万 of 2,000万 at most, so one fen less of own money leaves the gate shut.
  EXPECT_TRUE(packed(a_base().with_own(999), {loan(), fund()}).empty());
  // Without a filler the credit stays refused.
  EXPECT_TRUE(packed(a_base().with_own(1000), {loan()}).empty());
}

TEST(Packages, OfferAFundOnlyWhileItsRuleIsInForce) {
  const auto on = [](std::string_view day) {
    return packed(a_base().with_own(1500), {loan(), fund()}, {}, day).size();
  };
  EXPECT_EQ(on("2025-09-28"), 0U);
  EXPECT_EQ(on("2025-09-29"), 1U);
  EXPECT_EQ(on("2025-10-31"), 1U);
  EXPECT_EQ(on("2025-11-01"), 0U);
}

TEST(Packages, FillUnknownCapitalOnCondition) {
  const auto open = packed(a_base(), {loan(), fund()});
  ASSERT_EQ(open.size(), 1U);
  ASSERT_NE(member(open[0], Gap::capital), nullptr);
  EXPECT_TRUE(member(open[0], Gap::capital)->conditional);
  EXPECT_FALSE(member(open[0], Gap::capital)->amount_fen.has_value());
  EXPECT_EQ(open[0].own_funds_fen, 4000 * kFenPerWan);  // what the credit leaves of the investment
}

TEST(Packages, TakeAGuaranteeOnlyWhenSecurityIsOpen) {
  const Product village = a_product("V1").as(Instrument::village_credit).resting_on({"real_estate"});
  const Product guarantee = a_product("G1").as(Instrument::guaranteed_loan);
  const auto of_loan = [](const std::vector<Package>& all) {
    for (const auto& package : all) {
      if (package.find(Gap::security)->why.zh != "担保已在产品之内") return package;
    }
    return Package{};
  };
  const auto closed = of_loan(packed(a_base().secured_by("real_estate"), {village, guarantee}));
  EXPECT_EQ(closed.find(Gap::security)->open, Truth::no);
  EXPECT_EQ(member(closed, Gap::security), nullptr);
  const auto open = of_loan(packed(a_base(), {village, guarantee}));
  EXPECT_EQ(open.find(Gap::security)->open, Truth::unknown);
  ASSERT_NE(member(open, Gap::security), nullptr);
  EXPECT_TRUE(member(open, Gap::security)->conditional);
  // Collateral that carries one fen less than the credit is short.
  const auto worth = [&](std::int64_t fen) {
    Project project = a_base().secured_by("real_estate");
    project.facts.set(testing::number_fact(FactKey::collateral_value, Interval::exactly(fen)));
    return packed(project, {village, guarantee});
  };
  EXPECT_EQ(of_loan(worth(6000 * kFenPerWan)).find(Gap::security)->open, Truth::no);
  EXPECT_EQ(of_loan(worth(6000 * kFenPerWan - 1)).find(Gap::security)->amount_fen, 1);
}

TEST(Packages, InsureWhatIsAtRiskAndNotInsured) {
  const Product credit = a_product("V1").as(Instrument::village_credit);
  const Product cover = a_product("I1").as(Instrument::agricultural_insurance);
  const auto open = packed(a_base(), {credit, cover});
  ASSERT_NE(member(open.at(0), Gap::risk), nullptr);
  EXPECT_FALSE(member(open[0], Gap::risk)->conditional);
  EXPECT_EQ(member(packed(a_base().saying(FactKey::insured, true), {credit, cover}).at(0), Gap::risk),
            nullptr);
  EXPECT_EQ(member(packed(a_base().in_trade("C3011"), {credit, cover}).at(0), Gap::risk), nullptr);
}

TEST(Packages, DifferInMainCreditOrInHowAGapIsClosed) {
  const auto other_main = packed(a_base(), {loan(), a_product("V1").as(Instrument::village_credit)});
  ASSERT_EQ(other_main.size(), 2U);
  EXPECT_NE(other_main[0].members.front().product, other_main[1].members.front().product);
  const auto other_filler = packed(a_base(), {loan(), fund(), a_product("S1").as(Instrument::special_bond)});
  ASSERT_EQ(other_filler.size(), 2U);
  EXPECT_EQ(other_filler[0].members.front().product, other_filler[1].members.front().product);
  EXPECT_NE(member(other_filler[0], Gap::capital)->product, member(other_filler[1], Gap::capital)->product);
  EXPECT_EQ(packed(a_base(), {loan()}).size(), 1U);
  EXPECT_EQ(packed(a_base(), {loan("L1"), loan("L2")}).size(), 1U);
}

TEST(Packages, TakeASecondLenderForWhatOneTicketLeaves) {
  Product small = a_product("V1").as(Instrument::village_credit);
  small.amount.max = 6000 * kFenPerWan;
  // Tickets under the need are refused by their own rule, so the ticket binds in a range only.
  Project project = a_base();
  project.facts.set(testing::number_fact(FactKey::financing_need, {5000 * kFenPerWan, 8000 * kFenPerWan}));
  Product other = a_product("V2").as(Instrument::crop_cycle_loan);
  other.institution = "示例银行乙";
  const auto all = packed(project, {small, other});
  ASSERT_FALSE(all.empty());
  for (const auto& package : all) EXPECT_LE(package.credit_fen.value(), 8000 * kFenPerWan);
}

TEST(Packages, SumWhatIsDisclosedAndNameWhatIsNot) {
  Product quick = loan();
  quick.approval_days = 20;
  const auto known = packed(a_base().with_own(4000).with(testing::code_fact(FactKey::size_class, {"small"})),
                            {quick}, {}, "2026-03-01")
                         .at(0);
  EXPECT_EQ(known.days, 20);
  // 6,000万 at 4 %, less 1.5 points on 5,000万 while the subsidy of 2026 is in force.
  EXPECT_EQ(known.yearly_cost_fen, Interval::exactly(165 * kFenPerWan));
  EXPECT_EQ(known.rate, Interval::exactly(27'500));
  Product silent = loan();
  silent.rate = {};
  const auto open = packed(a_base().with_own(4000), {silent}).at(0);
  EXPECT_FALSE(open.yearly_cost_fen.has_value());
  EXPECT_FALSE(open.days.has_value());
  EXPECT_EQ(open.undisclosed.size(), 3U);  // rate, approval time, and what insures the plant
}

bool tells(const Package& package, std::string_view zh) {
  return std::any_of(package.undisclosed.begin(), package.undisclosed.end(),
                     [zh](const Phrase& phrase) { return phrase.zh.find(zh) != std::string::npos; });
}

TEST(Packages, SayThatFeesAndPremiumsAreNotCounted) {
  const Product village =
      a_product("V1").as(Instrument::village_credit).resting_on({"real_estate"}).rate(40'000);
  const Product guarantee = a_product("G1").as(Instrument::guaranteed_loan).rate(40'000);
  Product cover = a_product("I1").as(Instrument::agricultural_insurance);
  const auto with = [&](std::string_view day) {
    return packed(a_base(), {village, guarantee, cover}, {}, day);
  };
  for (const auto& package : with("2026-03-01")) {
    EXPECT_TRUE(tells(package, "担保费率未知，未计入年成本"));  // behind a loan, and as the main credit
    EXPECT_TRUE(tells(package, "每年不超过1%，单户500万元以上不超过1.5%"));
    EXPECT_TRUE(tells(package, "国办发〔2019〕6号"));
    EXPECT_TRUE(tells(package, "保险费率未知，未计入年成本"));
    EXPECT_TRUE(package.yearly_cost_fen.has_value());
    EXPECT_FALSE(tells(package, "建筑和设备"));  // working money
  }
  // The limit is said from its first day on, and only with a guarantee.
  EXPECT_FALSE(tells(with("2019-01-21").at(0), "每年不超过"));
  EXPECT_TRUE(tells(with("2019-01-22").at(0), "每年不超过"));
  EXPECT_FALSE(tells(packed(a_base(), {village}).at(0), "担保费率"));
  // A premium that the handbook states is repeated and still not counted.
  cover.rate_text = "农户自付8元/亩";
  EXPECT_TRUE(tells(with("2026-03-01").at(0), "手册保费为“农户自付8元/亩”，投保数量未定，未计入年成本"));
  EXPECT_TRUE(tells(packed(a_base().with_own(4000), {loan()}).at(0), "建筑和设备的财产保险"));
}

TEST(Packages, HoldTheChainThatIsGivenInTheSecondAtTheLatest) {
  std::vector<Product> products{
      a_product("A1").as(Instrument::village_credit), a_product("A2").as(Instrument::crop_cycle_loan),
      a_product("A3").as(Instrument::grain_loan), a_product("Z1").as(Instrument::supply_chain_receivable)};
  const auto catalogue = testing::compiled(products, "2026-03-01");
  const Project project = a_base();
  const auto machineries = [&](const StructureInputs& inputs) {
    std::vector<Machinery> out;
    for (const auto& package : packages(prepare(project, catalogue), catalogue, inputs))
      out.push_back(*machinery_of(catalogue.product(package.members.front().product).instrument));
    return out;
  };
  using enum Machinery;
  EXPECT_EQ(machineries({}), (std::vector{plain, plain, plain}));
  StructureInputs inputs;
  supply_chain::Terms terms;
  terms.advance_rate.fill(800'000);
  supply_chain::Claim claim{.id = "C1", .holder = "P1", .buyer = "A", .amount = 1000 * kFenPerWan};
  claim.due_day = parse_date("2026-09-01").value();
  claim.confirmed = claim.registered = Truth::yes;
  inputs.chains.push_back(
      {.project = "P1",
       .parties = {{.id = "A", .role = supply_chain::Role::anchor, .exposure_limit = 5000 * kFenPerWan},
                   {.id = "P1"}},
       .claims = {claim},
       .terms = terms});
  EXPECT_EQ(machineries(inputs), (std::vector{plain, supply_chain, plain}));
  const auto chained = packages(prepare(project, catalogue), catalogue, inputs).at(1);
  EXPECT_EQ(chained.members.front().amount_fen, 800 * kFenPerWan);  // the plan's: 1,000万 x 80 %
  EXPECT_EQ(chained.credit_fen.has_value(), true);
  // A chain around another project changes nothing here.
  inputs.chains.front().project = "P2";
  EXPECT_EQ(machineries(inputs), (std::vector{plain, plain, plain}));
}

TEST(Packages, PledgeNothingThatTheListRefuses) {
  const Product pledge = a_product("C1").as(Instrument::forest_right_mortgage);
  EXPECT_EQ(packed(a_base(), {pledge}).size(), 1U);
  EXPECT_TRUE(packed(a_base(), {pledge}, {.refused_kinds = {"forest_tenure"}}).empty());
  Structured list;
  list.clashes = {{.first = 0, .again = 1, .again_kind = "livestock", .text = {}},
                  {.first = 0, .again = 1, .again_kind = "water", .caution_only = true, .text = {}}};
  EXPECT_EQ(refused_kinds(list, 1), std::vector<std::string>{"livestock"});
  EXPECT_TRUE(refused_kinds(list, 0).empty());
}

TEST(Packages, AreNoneForCollectionsOrWithoutANeed) {
  Project many = a_base();
  many.is_collection = true;
  EXPECT_TRUE(packed(many, {loan()}).empty());
  EXPECT_TRUE(packed(a_base().asking(0), {loan()}).empty());
  EXPECT_TRUE(packed(a_base(), {loan()}, {.k = 0}).empty());
}

}  // namespace
}  // namespace huoshui
