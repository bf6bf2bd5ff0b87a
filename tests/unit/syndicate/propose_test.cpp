#include <gtest/gtest.h>

#include <huoshui/syndicate/propose.hpp>

#include "syndicate_parties.hpp"

namespace huoshui::syndicate {
namespace {

using namespace testing;

Proposal proposed(const Deal& asked, const std::vector<Institution>& all,
                  const ProposeOptions& options = {}) {
  return propose(asked, all, policy_on(asked.signing), options).value();
}

std::vector<Finding> verified(const Proposal& seen, const Deal& asked, const std::vector<Institution>& all) {
  return verify(seen.structures.at(0).structure, asked, all, policy_on(asked.signing));
}

TEST(Propose, SaysWhenOneLenderIsEnough) {
  const auto asked = deal(10'000);
  const auto seen = proposed(asked, {bank("A", 36'000), bank("B", 35'000)});
  EXPECT_EQ(seen.decision, Decision::one_lender_enough);
  ASSERT_EQ(seen.sole_lenders.size(), 2U);
  EXPECT_EQ(seen.sole_lenders[0].institution, "B");
  EXPECT_NE(seen.text_zh.find("一家即可：B可独立承贷1亿元"), std::string::npos) << seen.text_zh;
}

TEST(Propose, TheLargeExposureLineSpeaksForASyndicateStrictlyAboveItFromItsDay) {
  auto small = bank("A");
  small.tier1_capital = Money::from_wan(400'000);  // 2.5 % is 10,000
  const auto decision = [&](std::int64_t wan, const char* signing) {
    return proposed(deal(wan, signing), {small, small.id == "A" ? bank("B") : small}).triggers;
  };
  EXPECT_EQ(standing(decision(10'000, "2024-11-01"), "trigger_single_client", "A"), "passed");
  EXPECT_EQ(standing(decision(10'001, "2024-11-01"), "trigger_single_client", "A"), "caution");
  // The day before, the line was 10 % of net capital.
  EXPECT_EQ(standing(decision(10'001, "2024-10-31"), "trigger_single_client", "A"), "passed");
  small.net_capital = Money::from_wan(100'000);
  EXPECT_EQ(standing(decision(10'001, "2024-10-31"), "trigger_single_client", "A"), "caution");
  EXPECT_EQ(standing(decision(10'001, "2011-07-31"), "trigger_single_client", "A"), "not_tested");
  small.tier1_capital = std::nullopt;
  EXPECT_EQ(standing(decision(10'001, "2024-11-01"), "trigger_single_client", "A"), "not_tested");

  small = bank("A");
  small.tier1_capital = Money::from_wan(400'000);
  const auto alone = proposed(deal(10'001), {small});
  EXPECT_EQ(alone.decision, Decision::syndicate_encouraged);
}

TEST(Propose, TheLineForGroupsSpeaksForASyndicateStrictlyAboveItFromItsDay) {
  auto small = bank("A");
  small.net_capital = Money::from_wan(100'000);  // 15 % is 15,000
  const auto at = [&](std::int64_t wan, const char* signing) {
    return standing(proposed(deal(wan, signing), {small, bank("B")}).triggers, "trigger_group", "A");
  };
  for (const auto* signing : {"2011-08-01", "2024-10-31", "2024-11-01"}) {
    EXPECT_EQ(at(15'000, signing), "passed") << signing;
    EXPECT_EQ(at(15'001, signing), "caution") << signing;
  }
  EXPECT_EQ(at(15'001, "2011-07-31"), "not_tested");
  small.group_exposure = std::nullopt;
  EXPECT_EQ(at(15'000, kNewRules.data()), "not_tested");  // what is out already could lift it over the line
  EXPECT_EQ(at(15'001, kNewRules.data()), "caution");     // the new amount alone exceeds it
  small.net_capital = std::nullopt;
  EXPECT_EQ(at(15'001, kNewRules.data()), "not_tested");
}

TEST(Propose, SharesOutWhatNobodyMayHoldAlone) {
  // Each may lend 10 % of its net capital less what is out already.
  auto a = bank("A", 35'000), b = bank("B", 36'000), c = bank("C", 37'000);
  a.net_capital = Money::from_wan(50'000);
  b.net_capital = Money::from_wan(60'000);
  b.client_loans = Money::from_wan(1'000);
  c.net_capital = Money::from_wan(900'000);
  const auto asked = deal(10'000);
  const auto seen = proposed(asked, {a, b, c});
  EXPECT_EQ(seen.decision, Decision::one_lender_enough);  // C alone, dearer
  EXPECT_EQ(seen.rooms[0].room, Money::from_wan(5'000));
  EXPECT_EQ(seen.rooms[0].rule, "client_loan_law");
  EXPECT_EQ(seen.rooms[1].room, Money::from_wan(5'000));
  const auto& best = seen.structures.at(0).structure;
  ASSERT_EQ(best.members.size(), 2U);
  EXPECT_EQ(best.members[0].institution, "A");
  EXPECT_EQ(best.members[0].role, Role::lead);
  EXPECT_EQ(best.agents, std::vector<std::string>{"A"});
  EXPECT_EQ(best.tranches[0].rate, 36'000);
  EXPECT_EQ(seen.proof.bound.fen, seen.structures[0].cost.total);
  EXPECT_TRUE(is_lawful(verified(seen, asked, {a, b, c})));
  EXPECT_EQ(count(verified(seen, asked, {a, b, c}), Standing::caution), 0U);
  ASSERT_EQ(seen.structures.size(), 4U);  // AB, then those with C
  EXPECT_LE(seen.structures[0].cost.total, seen.structures[1].cost.total);
}

TEST(Propose, FollowsTheRulesOfItsDay) {
  const std::vector<Institution> all = {bank("A"), bank("B", 40'000)};
  const auto after = proposed(deal(10'000, "2024-11-01"), all);
  EXPECT_TRUE(after.keeps_advice);
  EXPECT_EQ(after.structures[0].structure.members[0].amount(), 7'000 * kFenPerWan);
  const auto before = proposed(deal(10'000, "2024-10-31"), all);
  EXPECT_TRUE(before.keeps_advice);
  for (const auto& member : before.structures[0].structure.members) {
    if (member.role != Role::lead) continue;
    EXPECT_LE(member.amount(), 5'000 * kFenPerWan);
  }
}

TEST(Propose, LetsPrinciplesGoOnlyWhenNoStructureKeepsThemAndSaysSo) {
  auto small = bank("B");
  small.max_ticket = Money::from_wan(1'000);
  const auto asked = deal(10'000);
  const auto seen = proposed(asked, {bank("A"), small});
  EXPECT_FALSE(seen.keeps_advice);
  const auto findings = verified(seen, asked, {bank("A"), small});
  EXPECT_TRUE(is_lawful(findings));
  EXPECT_GT(count(findings, Standing::caution), 0U);
  EXPECT_NE(seen.text_zh.find("须说明理由"), std::string::npos);
}

TEST(Propose, JointLeadsStepInWhereNobodyHoldsEnoughForASingleOne) {
  std::vector<Institution> all;
  for (char id = 'A'; id < 'K'; ++id) {
    all.push_back(bank(std::string(1, id)));
    all.back().appetite = Money::from_wan(1'000);
  }
  const auto asked = deal(10'000);
  const auto seen = proposed(asked, all);
  EXPECT_TRUE(seen.keeps_advice);
  const auto& members = seen.structures.at(0).structure.members;
  EXPECT_EQ(
      std::count_if(members.begin(), members.end(), [](const Member& m) { return m.role == Role::lead; }), 2);
  EXPECT_EQ(count(verified(seen, asked, all), Standing::caution), 0U);
}

TEST(Propose, SplitsIntoGroupsByTenor) {
  auto asked = deal(6'000);
  asked.tranches.push_back({Money::from_wan(4'000), 36, {}, {}});
  auto c = bank("C", 30'000), d = bank("D", 30'000);
  c.max_tenor_months = d.max_tenor_months = 36;
  const std::vector<Institution> all = {bank("A", 36'000), bank("B", 36'500), c, d};
  const auto seen = proposed(asked, all, {.share_step = 50'000});
  EXPECT_TRUE(seen.keeps_advice);
  const auto& best = seen.structures.at(0).structure;
  EXPECT_EQ(best.tranches[0].rate, 36'500);
  EXPECT_EQ(best.tranches[1].rate, 30'000);
  EXPECT_EQ(best.members.size(), 4U);
  EXPECT_EQ(count(verified(seen, asked, all), Standing::caution), 0U);

  asked.signing = day("2024-10-31");
  const auto before = proposed(asked, all, {.share_step = 50'000});
  EXPECT_EQ(before.decision, Decision::refused);
  EXPECT_NE(before.text_zh.find("不得分组"), std::string::npos) << before.text_zh;
}

TEST(Propose, SaysTheSmallestShortageInWords) {
  auto a = bank("A"), b = bank("B");
  a.name = "甲银行";
  a.net_capital = Money::from_wan(50'000);
  b.name = "乙银行";
  b.appetite = Money::from_wan(1'800);
  const auto seen = proposed(deal(10'000), {a, b});
  EXPECT_EQ(seen.decision, Decision::impossible);
  ASSERT_TRUE(seen.shortage);
  EXPECT_EQ(seen.shortage->unplaced, Money::from_wan(3'200));
  EXPECT_TRUE(seen.text_zh.starts_with("差3,200万元：")) << seen.text_zh;
  EXPECT_NE(seen.text_zh.find("乙银行可承贷1,800万元（受限于承贷意愿）"), std::string::npos) << seen.text_zh;
  EXPECT_NE(seen.text_zh.find("甲银行可承贷5,000万元（受限于同一借款人贷款余额占资本不超过10%）"),
            std::string::npos)
      << seen.text_zh;
  EXPECT_TRUE(seen.structures.empty());
}

TEST(Propose, MissingDenominatorsAreNamedAndNeverBind) {
  auto a = bank("A");
  a.net_capital = std::nullopt;
  a.group_exposure = std::nullopt;
  const auto seen = proposed(deal(10'000), {a, bank("B")});
  EXPECT_EQ(seen.rooms[0].not_tested, (std::vector<std::string>{"client_loan_law", "client_loan_max",
                                                                "group_exposure_max", "group_credit_max"}));
  EXPECT_EQ(seen.rooms[0].room, Money::from_wan(10'000));
}

TEST(Propose, ClosedGatesRefuseAndOpenOnesAreSaid) {
  auto asked = deal(10'000);
  asked.public_debt = PublicDebt::carried;
  EXPECT_EQ(proposed(asked, {bank("A"), bank("B")}).decision, Decision::refused);
  asked.public_debt = PublicDebt::unknown;
  const auto open = proposed(asked, {bank("A"), bank("B")});
  EXPECT_EQ(open.decision, Decision::one_lender_enough);
  EXPECT_NE(open.text_zh.find("待定"), std::string::npos);
}

TEST(Propose, RefusesCallsThatCannotBe) {
  const auto policy = policy_on(day(kNewRules));
  const std::vector<Institution> all = {bank("A"), bank("B")};
  auto asked = deal(10'000);
  EXPECT_EQ(propose(asked, std::vector{bank("A"), bank("A")}, policy).error().code, IssueCode::duplicate_id);
  EXPECT_FALSE(propose(asked, all, policy, {.share_step = 30'000}).has_value());
  EXPECT_FALSE(propose(asked, all, policy, {.money_step = Money::from_wan(300)}).has_value());
  EXPECT_TRUE(propose(asked, all, policy, {.money_step = Money::from_wan(250)}).has_value());
  EXPECT_FALSE(propose(asked, all, policy, {.max_entries = 100}).has_value());
  EXPECT_FALSE(propose(asked, all, policy, {.money_step = Money::from_fen(1)}).has_value());
  asked.tranches.clear();
  EXPECT_FALSE(propose(asked, all, policy).has_value());
  EXPECT_THROW((void)propose(asked, all, policy_on(day("2024-01-01"))), ContractError);
}

TEST(Propose, RefusesNoThirtyBanksAtStepsOfOnePercent) {
  // Nothing tells the banks apart, in three groups, which is the most that there can be.
  auto asked = deal(100'000);
  asked.tranches = {{Money::from_wan(33'000), 120, {}, {}},
                    {Money::from_wan(33'000), 96, {}, {}},
                    {Money::from_wan(34'000), 72, {}, {}}};
  struct {
    std::int64_t room, lead_room;  // 万元
    Decision decision;
    bool keeps_advice;
  } const cases[] = {{100'000, 100'000, Decision::one_lender_enough, true},
                     {60'000, 60'000, Decision::syndicate_needed, true},
                     {4'000, 4'000, Decision::syndicate_needed, false},
                     {60'000, 9'000, Decision::syndicate_needed, false},  // no lead can hold what it should
                     {3'300, 3'300, Decision::impossible, false}};
  for (const auto& one : cases) {
    std::vector<Institution> all;
    for (int i = 0; i < 30; ++i) {
      all.push_back(bank("B" + std::to_string(10 + i)));
      all.back().may_lead = one.lead_room == one.room || i == 29;
      all.back().max_ticket = Money::from_wan(i == 29 ? one.lead_room : one.room);
    }
    const auto seen = proposed(asked, all);
    EXPECT_EQ(seen.decision, one.decision) << one.room;
    EXPECT_EQ(seen.keeps_advice, one.keeps_advice) << one.room;
    if (seen.structures.empty()) {
      // Every bank places three whole steps.
      EXPECT_EQ(seen.shortage->unplaced.fen, Money::from_wan(10'000).fen);
      continue;
    }
    ASSERT_EQ(seen.structures.size(), 4U) << one.room;
    for (const auto& ranked : seen.structures)
      EXPECT_TRUE(is_lawful(verify(ranked.structure, asked, all, policy_on(day(kNewRules))))) << one.room;
    // Two in each group; where principles are let go, one alone in one of them.
    EXPECT_EQ(seen.structures[0].structure.members.size(), one.room == 4'000  ? 27U
                                                           : one.keeps_advice ? 6U
                                                                              : 5U);
  }
}

TEST(Propose, DoesNotDependOnTheOrderOfInstitutions) {
  std::vector<Institution> all = {bank("A"), bank("B"), bank("C"), bank("D", 35'000)};
  const auto forward = proposed(deal(10'000), all);
  std::reverse(all.begin(), all.end());
  const auto backward = proposed(deal(10'000), all);
  ASSERT_EQ(forward.structures.size(), backward.structures.size());
  for (std::size_t i = 0; i < forward.structures.size(); ++i)
    EXPECT_EQ(forward.structures[i].structure, backward.structures[i].structure) << i;
}

}  // namespace
}  // namespace huoshui::syndicate
