#include <gtest/gtest.h>

#include <huoshui/syndicate/verify.hpp>

#include "syndicate_parties.hpp"

namespace huoshui::syndicate {
namespace {

using namespace testing;
using Words = std::vector<std::string>;

std::vector<Institution> banks(std::initializer_list<std::string> ids) {
  std::vector<Institution> out;
  for (const auto& id : ids) out.push_back(bank(id));
  return out;
}

std::vector<Finding> verified(const Structure& paper, const Deal& asked, const std::vector<Institution>& all,
                              LowConfidence low = LowConfidence::off) {
  return verify(paper, asked, all, policy_on(asked.signing, low));
}

// ---- Published syndicates; the days are chosen on either side of the change of rules.

TEST(Verify, TwoBanksWithFiftySevenAndFortyThreePercentPassTheNewRulesAndDepartFromTheOld) {
  const auto all = banks({"农行", "建行"});
  auto asked = deal(350'000, "2024-11-01");
  const auto paper = structure(asked, {{"农行", 200'000}, {"建行", 150'000}});
  auto seen = verified(paper, asked, all);
  EXPECT_TRUE(is_lawful(seen));
  EXPECT_EQ(rules(seen, Standing::caution), Words{});

  asked.signing = day("2024-10-31");  // the day before: 50 % had to be placed
  seen = verified(paper, asked, all);
  EXPECT_TRUE(is_lawful(seen));
  EXPECT_EQ(rules(seen, Standing::caution), Words{"distribution_min"});
  const auto* placed = finding(seen, "distribution_min");
  EXPECT_EQ(placed->limit, 500'000);
  EXPECT_EQ(placed->seen, 428'571);
  EXPECT_EQ(placed->citation.document, "银监发〔2011〕85号");
  EXPECT_EQ(placed->citation.key, "syndicate.2011.distribution_min_pct");
}

TEST(Verify, FiveBanksOfChongmingPassUnderBothRules) {
  // 2亿, of which one bank could hold 5,000万.
  auto all = banks({"甲", "乙", "丙", "丁", "戊"});
  for (auto& one : all) one.max_ticket = Money::from_wan(5'000);
  for (const auto* signing : {"2024-10-31", "2024-11-01"}) {
    const auto asked = deal(20'000, signing);
    const auto seen = verified(
        structure(asked, {{"甲", 5'000}, {"乙", 5'000}, {"丙", 4'000}, {"丁", 3'000}, {"戊", 3'000}}), asked,
        all);
    EXPECT_TRUE(is_lawful(seen)) << signing;
    EXPECT_EQ(count(seen, Standing::caution), 0U) << signing;
  }
}

TEST(Verify, TenBanksOfWaigaoqiaoWithLeadAsAgentAndAFifthOfCapitalPass) {
  // Published: 74.6亿 of 93.2亿, ten banks, the lead is the agent, 20 % capital. The shares are not
  // published.
  std::vector<Institution> all;
  std::vector<std::pair<std::string, std::int64_t>> parts;
  for (int i = 0; i < 10; ++i) {
    all.push_back(bank("行" + std::to_string(i)));
    parts.emplace_back(all.back().id, i == 0 ? 205'600 : 60'000);
  }
  auto asked = deal(745'600, "2024-11-01");
  asked.capital = CapitalStack{.total_investment = Money::from_wan(932'000),
                               .own_funds = Money::from_wan(186'400),
                               .loans = Money::from_wan(745'600),
                               .industry = "D4411"};
  auto paper = structure(asked, parts);
  auto seen = verified(paper, asked, all);
  EXPECT_TRUE(is_lawful(seen));
  EXPECT_EQ(count(seen, Standing::caution), 0U);
  EXPECT_EQ(standing(seen, "capital_min"), "passed");
  EXPECT_EQ(paper.agents.front(), paper.members.front().institution);

  asked.signing = day("2012-06-01");
  EXPECT_TRUE(is_lawful(verified(paper, asked, all)));
  // One fen of capital less is too little.
  asked.capital->own_funds.fen -= 1;
  asked.capital->shareholder_loans.fen += 1;
  EXPECT_FALSE(is_lawful(verified(paper, asked, all)));
}

// ---- Shares.

TEST(Verify, ThreeQuartersInOneHandIsACautionWithItsRule) {
  const auto all = banks({"A", "B"});
  const auto asked = deal(10'000);
  const auto seen = verified(structure(asked, {{"A", 7'500}, {"B", 2'500}}), asked, all);
  EXPECT_TRUE(is_lawful(seen));
  EXPECT_EQ(rules(seen, Standing::caution), (Words{"distribution_min", "member_share_max"}));
  EXPECT_EQ(finding(seen, "distribution_min")->citation.document, "金规〔2024〕14号");
  EXPECT_NE(finding(seen, "distribution_min")->text_zh.find("原则上"), std::string::npos);
  EXPECT_NE(finding(seen, "distribution_min")->text_zh.find("25%，下限30%"), std::string::npos);
  EXPECT_NE(finding(seen, "distribution_min")->text_en.find("25%, at least 30%"), std::string::npos);

  const auto far = verified(structure(asked, {{"A", 8'500}, {"B", 1'500}}), asked, all);
  EXPECT_TRUE(is_lawful(far));
  EXPECT_EQ(rules(far, Standing::caution), (Words{"distribution_min", "member_share_max"}));
}

TEST(Verify, SharesHaveASideOfEachLimit) {
  const auto all = banks({"A", "B", "C", "D", "E", "F", "G", "H"});
  struct Case {
    const char* signing;
    std::int64_t lead, second;  // of 10,000; the rest in equal parts
    std::size_t leads;
    Words cautions;
  };
  const std::vector<Case> cases = {
      {"2024-11-01", 1'500, 1'500, 1, {}},
      {"2024-11-01", 1'499, 1'501, 1, {"lead_share_min"}},
      {"2024-10-31", 2'000, 1'000, 1, {}},
      {"2024-10-31", 1'999, 1'001, 1, {"lead_share_min"}},
      {"2024-11-01", 7'000, 1'800, 1, {}},
      {"2024-11-01", 7'001, 1'799, 1, {"distribution_min", "member_share_max"}},
      {"2024-10-31", 5'000, 1'400, 1, {}},
      {"2024-10-31", 5'001, 1'399, 1, {"distribution_min"}},
      {"2024-11-01", 1'000, 1'000, 2, {}},
      {"2024-11-01", 1'000, 999, 2, {"joint_lead_share_min"}},
      {"2024-10-31", 1'000, 999, 2, {}},  // no rule on joint leads was in force: not tested
      {"2024-11-01", 2'000, 7'001, 1, {"member_share_max"}},
      {"2024-11-01", 2'000, 7'000, 1, {}},
  };
  for (const auto& one : cases) {
    const auto asked = deal(10'000, one.signing);
    std::vector<std::pair<std::string, std::int64_t>> parts = {{"A", one.lead}, {"B", one.second}};
    std::int64_t rest = 10'000 - one.lead - one.second;
    for (int i = 2; i < 8; ++i) {
      const std::int64_t part = i == 7 ? rest : (10'000 - one.lead - one.second) / 6;
      parts.emplace_back(all[static_cast<std::size_t>(i)].id, part);
      rest -= part;
    }
    const auto seen = verified(structure(asked, parts, one.leads), asked, all);
    EXPECT_TRUE(is_lawful(seen)) << one.signing << " " << one.lead;
    EXPECT_EQ(rules(seen, Standing::caution), one.cautions)
        << one.signing << " " << one.lead << " " << one.second;
    if (one.leads == 2 && std::string(one.signing) == "2024-10-31") {
      EXPECT_EQ(standing(seen, "joint_lead_share_min"), "not_tested");
      EXPECT_EQ(standing(seen, "member_share_max"), "not_tested");
    }
  }
}

TEST(Verify, OneBankIsNoSyndicateAndTwoAgentsAreOneTooMany) {
  const auto all = banks({"A", "B"});
  const auto asked = deal(10'000);
  EXPECT_EQ(standing(verified(structure(asked, {{"A", 10'000}}), asked, all), "min_member_banks"),
            "violated");
  auto paper = structure(asked, {{"A", 6'000}, {"B", 4'000}});
  EXPECT_TRUE(is_lawful(verified(paper, asked, all)));
  paper.agents.push_back("B");
  EXPECT_EQ(rules(verified(paper, asked, all), Standing::violated), Words{"one_agent"});
  paper.agents = {};
  EXPECT_EQ(rules(verified(paper, asked, all), Standing::violated), Words{"has_agent"});
  paper.agents = {"C"};
  EXPECT_EQ(rules(verified(paper, asked, all), Standing::violated), Words{"agent_is_member"});
}

// ---- Groups.

struct Grouped {
  Deal asked;
  Structure paper;
};

/// Groups of 1,000万 each, held by the named banks in equal parts; the first of all leads.
Grouped grouped(const std::vector<Words>& groups, std::string_view signing = kNewRules) {
  Grouped out;
  out.asked = deal(1'000, signing);
  out.asked.tranches.assign(groups.size(), out.asked.tranches[0]);
  for (std::uint32_t group = 0; group < groups.size(); ++group) {
    const auto& ask = out.asked.tranches[group];
    out.paper.tranches.push_back({ask.amount, ask.tenor_months, 36'000});
    for (const auto& id : groups[group]) {
      out.paper.members.push_back(
          {id,
           out.paper.members.empty() ? Role::lead : Role::participant,
           {{group, Money::from_fen(ask.amount.fen / static_cast<std::int64_t>(groups[group].size()))}}});
    }
  }
  out.paper.agents = {groups[0][0]};
  return out;
}

TEST(Verify, TwoGroupsWithASingleBankAreRefusedAndOneIsACaution) {
  const auto all = banks({"A", "B", "C", "D", "E", "F", "G", "H"});
  auto two = grouped({{"A", "B"}, {"C"}, {"D"}});
  auto seen = verified(two.paper, two.asked, all);
  EXPECT_FALSE(is_lawful(seen));
  EXPECT_EQ(rules(seen, Standing::violated), Words{"single_bank_groups_max"});
  EXPECT_EQ(finding(seen, "single_bank_groups_max")->citation.key, "syndicate.2024.single_bank_groups_max");

  auto one = grouped({{"A", "B"}, {"C"}, {"D", "E"}});
  seen = verified(one.paper, one.asked, all);
  EXPECT_TRUE(is_lawful(seen));
  EXPECT_EQ(rules(seen, Standing::caution), Words{"tranche_group_min_banks"});
  EXPECT_EQ(finding(seen, "tranche_group_min_banks")->subject, "tranche 2");

  auto none = grouped({{"A", "B"}, {"C", "F"}, {"D", "E"}});
  EXPECT_EQ(count(verified(none.paper, none.asked, all), Standing::caution), 0U);
  auto four = grouped({{"A", "B"}, {"C", "F"}, {"D", "E"}, {"G", "H"}});
  seen = verified(four.paper, four.asked, all);
  EXPECT_TRUE(is_lawful(seen));
  EXPECT_EQ(rules(seen, Standing::caution), (Words{"lead_share_min", "tranche_groups_max"}));
}

TEST(Verify, GroupsWereNotAllowedBeforeTheRulesOf2024) {
  const auto all = banks({"A", "B", "C", "D"});
  auto before = grouped({{"A", "B"}, {"C", "D"}}, "2024-10-31");
  EXPECT_EQ(rules(verified(before.paper, before.asked, all), Standing::violated), Words{"same_terms"});
  auto after = grouped({{"A", "B"}, {"C", "D"}}, "2024-11-01");
  EXPECT_TRUE(is_lawful(verified(after.paper, after.asked, all)));
  auto long_ago = grouped({{"A", "B"}, {"C", "D"}}, "2011-07-31");
  EXPECT_EQ(standing(verified(long_ago.paper, long_ago.asked, all), "same_terms"), "not_tested");
}

// ---- Every rule of a syndicate: a paper that keeps it, one that breaks it, on its first day and the day
// before.

TEST(Verify, RulesOfSyndicatesBindFromTheirFirstDayOnAndNotTheDayBefore) {
  const auto one_group = [](std::vector<std::pair<std::string, std::int64_t>> parts, std::size_t leads = 1,
                            Words agents = {"A"}) {
    Grouped out;
    out.asked = deal(1'000);
    out.paper = structure(out.asked, parts, leads);
    out.paper.agents = std::move(agents);
    return out;
  };
  struct Case {
    const char* rule;
    const char* first_day;
    Grouped good, broken;
    const char* breach;
    const char* last_day = "";  // of the row, when another or none follows it
  };
  const Words ab = {"A", "B"}, cd = {"C", "D"}, ef = {"E", "F"}, gh = {"G", "H"};
  const std::vector<Case> cases = {
      {"lead_share_min", "2011-08-01", one_group({{"A", 200}, {"B", 800}}),
       one_group({{"A", 199}, {"B", 801}}), "caution", "2024-10-31"},
      {"distribution_min", "2011-08-01", one_group({{"A", 500}, {"B", 500}}),
       one_group({{"A", 501}, {"B", 499}}), "caution", "2024-10-31"},
      {"joint_lead_share_min", "2024-11-01", one_group({{"A", 100}, {"B", 100}, {"C", 800}}, 2),
       one_group({{"A", 100}, {"B", 99}, {"C", 801}}, 2), "caution"},
      {"member_share_max", "2024-11-01", one_group({{"A", 300}, {"B", 700}}),
       one_group({{"A", 299}, {"B", 701}}), "caution"},
      {"min_member_banks", "2024-11-01", one_group({{"A", 500}, {"B", 500}}), one_group({{"A", 1'000}}),
       "violated"},
      {"one_agent", "2024-11-01", one_group({{"A", 500}, {"B", 500}}),
       one_group({{"A", 500}, {"B", 500}}, 1, {"A", "B"}), "violated"},
      {"same_terms", "2011-08-01", one_group({{"A", 500}, {"B", 500}}), grouped({ab, cd}), "violated",
       "2024-10-31"},
      {"tranche_groups_max", "2024-11-01", grouped({ab, cd, ef}), grouped({ab, cd, ef, gh}), "caution"},
      {"tranche_group_min_banks", "2024-11-01", grouped({ab, cd}), grouped({ab, {"C"}}), "caution"},
      {"single_bank_groups_max", "2024-11-01", grouped({ab, {"C"}}), grouped({ab, {"C"}, {"D"}}), "violated"},
  };
  const auto all = banks({"A", "B", "C", "D", "E", "F", "G", "H"});
  for (const auto& one : cases) {
    const auto seen = [&](Grouped given, Date signing) {
      given.asked.signing = signing;
      return standing(verified(given.paper, given.asked, all), one.rule);
    };
    const Date first = day(one.first_day);
    const Date before = date_of_day(day_number(first) - 1);
    EXPECT_EQ(seen(one.good, first), "passed") << one.rule;
    EXPECT_EQ(seen(one.broken, first), one.breach) << one.rule;
    EXPECT_EQ(seen(one.good, before), "not_tested") << one.rule;
    EXPECT_EQ(seen(one.broken, before), "not_tested") << one.rule;
    auto said = one.broken;
    said.asked.signing = before;
    EXPECT_NE(finding(verified(said.paper, said.asked, all), one.rule)->text_zh.find("未检验"),
              std::string::npos)
        << one.rule;
    if (*one.last_day == '\0') continue;
    const Date last = day(one.last_day);
    EXPECT_EQ(seen(one.broken, last), one.breach) << one.rule;
    EXPECT_EQ(seen(one.broken, date_of_day(day_number(last) + 1)), "passed") << one.rule;  // the milder row
  }
}

TEST(Verify, SharesOfNothingAreNotTested) {
  const auto all = banks({"A", "B", "C"});
  const auto asked = deal(0);
  const auto sole = verified(structure(asked, {{"A", 0}, {"B", 0}}), asked, all);
  const auto joint = verified(structure(asked, {{"A", 0}, {"B", 0}, {"C", 0}}, 2), asked, all);
  EXPECT_EQ(standing(sole, "lead_share_min"), "not_tested");
  EXPECT_EQ(standing(sole, "distribution_min"), "not_tested");
  EXPECT_EQ(standing(sole, "member_share_max"), "not_tested");
  EXPECT_EQ(standing(joint, "joint_lead_share_min"), "not_tested");
  EXPECT_FALSE(is_lawful(sole));  // an empty holding is no holding
}

// ---- Concentration.

TEST(Verify, ConcentrationLimitsBindWithASideOfEachTheirDaysAndTheirDenominators) {
  struct Case {
    const char* rule;
    std::optional<Money> Institution::*base;
    std::optional<Money> Institution::*before;
    std::int64_t percent;
    const char* first_day;
    LenderKind kind;
    LowConfidence low;
  };
  const auto off = LowConfidence::off;
  const std::vector<Case> cases = {
      {"client_loan_law", &Institution::net_capital, &Institution::client_loans, 10, "2015-10-01",
       LenderKind::city_bank, off},
      {"client_loan_max", &Institution::net_capital, &Institution::client_loans, 10, "2018-07-01",
       LenderKind::city_bank, off},
      {"client_exposure_max", &Institution::tier1_capital, &Institution::client_exposure, 15, "2018-07-01",
       LenderKind::city_bank, off},
      {"group_exposure_max", &Institution::tier1_capital, &Institution::group_exposure, 20, "2018-07-01",
       LenderKind::city_bank, off},
      {"group_credit_max", &Institution::net_capital, &Institution::group_exposure, 15, "2010-06-04",
       LenderKind::city_bank, off},
      {"village_loan_max", &Institution::net_capital, &Institution::client_loans, 5, "",
       LenderKind::village_bank, LowConfidence::on},
      {"village_group_max", &Institution::net_capital, &Institution::group_exposure, 10, "",
       LenderKind::village_bank, LowConfidence::on},
  };
  for (const auto& one : cases) {
    auto asked = deal(10'000);
    const auto paper = structure(asked, {{"A", 6'000}, {"B", 4'000}});
    auto all = banks({"A", "B"});
    all[1].kind = one.kind;
    all[1].*one.before = Money::from_wan(1'000);  // 5,000 after
    all[1].*one.base = Money::from_fen((5'000 * kFenPerWan * 100 + one.percent - 1) / one.percent);
    EXPECT_EQ(standing(verified(paper, asked, all, one.low), one.rule, "B"), "passed") << one.rule;
    (*(all[1].*one.before)).fen += 1;
    auto seen = verified(paper, asked, all, one.low);
    EXPECT_EQ(standing(seen, one.rule, "B"), "violated") << one.rule;
    EXPECT_FALSE(is_lawful(seen)) << one.rule;
    EXPECT_FALSE(finding(seen, one.rule, "B")->citation.document.empty() &&
                 finding(seen, one.rule, "B")->citation.source.empty())
        << one.rule;
    if (*one.first_day != '\0') {
      asked.signing = day(one.first_day);
      EXPECT_EQ(standing(verified(paper, asked, all), one.rule, "B"), "violated") << one.rule;
      asked.signing = date_of_day(day_number(asked.signing) - 1);
      EXPECT_EQ(standing(verified(paper, asked, all), one.rule, "B"), "not_tested") << one.rule;
      asked.signing = day(kNewRules);
    } else {  // a row of low confidence is off until it is asked for
      EXPECT_EQ(standing(verified(paper, asked, all), one.rule, "B"), "not_tested") << one.rule;
    }
    auto unknown = all;
    unknown[1].*one.base = std::nullopt;
    EXPECT_EQ(standing(verified(paper, asked, unknown, one.low), one.rule, "B"), "not_tested") << one.rule;
    unknown = all;
    unknown[1].*one.before = std::nullopt;
    seen = verified(paper, asked, unknown, one.low);
    EXPECT_EQ(standing(seen, one.rule, "B"), "not_tested") << one.rule;
    EXPECT_NE(finding(seen, one.rule, "B")->text_zh.find("未检验"), std::string::npos);
  }
}

TEST(Verify, ACountyBankAcrossItsBorderIsACaution) {
  auto asked = deal(10'000);
  asked.region = "441625";
  const auto paper = structure(asked, {{"A", 6'000}, {"B", 4'000}});
  auto all = banks({"A", "B"});
  all[1].kind = LenderKind::rural_commercial_bank;
  EXPECT_EQ(standing(verified(paper, asked, all), "area"), "not_tested");
  all[1].places = {"441625"};
  EXPECT_EQ(standing(verified(paper, asked, all), "area"), "passed");
  all[1].places = {"441621"};
  EXPECT_EQ(standing(verified(paper, asked, all), "area"), "caution");
  EXPECT_TRUE(is_lawful(verified(paper, asked, all)));
  asked.signing = day("2019-01-13");
  EXPECT_EQ(standing(verified(paper, asked, all), "area"), "not_tested");
  asked.signing = day("2019-01-14");
  EXPECT_EQ(standing(verified(paper, asked, all), "area"), "caution");
  asked.region.clear();
  EXPECT_EQ(standing(verified(paper, asked, all), "area"), "not_tested");
}

// ---- The deal and the institutions' own terms.

TEST(Verify, UnknownHiddenDebtIsUndecidedAndACarrierWithoutConfirmationIsRefused) {
  const auto all = banks({"A", "B"});
  auto asked = deal(10'000);
  const auto paper = structure(asked, {{"A", 6'000}, {"B", 4'000}});
  const auto with = [&](PublicDebt status) {
    asked.public_debt = status;
    return standing(verified(paper, asked, all), "public_debt");
  };
  EXPECT_EQ(with(PublicDebt::unknown), "undecided");
  EXPECT_FALSE(is_lawful(verified(paper, asked, all)));
  EXPECT_EQ(with(PublicDebt::carried), "violated");
  EXPECT_EQ(with(PublicDebt::confirmed), "passed");
  EXPECT_EQ(with(PublicDebt::not_bound), "passed");
  asked.signing = day("2021-07-08");
  EXPECT_EQ(with(PublicDebt::carried), "not_tested");
  asked.signing = day("2021-07-09");
  EXPECT_EQ(with(PublicDebt::carried), "violated");
}

TEST(Verify, TermsThatAnInstitutionStatesBindAndOthersDoNot) {
  auto asked = deal(10'000);
  asked.security = {"抵押"};
  const auto paper = structure(asked, {{"A", 6'000}, {"B", 4'000}});
  const auto broken = [&](auto change) {
    auto all = banks({"A", "B"});
    change(all[0]);
    return rules(verified(paper, asked, all), Standing::violated);
  };
  EXPECT_EQ(broken([](Institution& one) { one.min_ticket = one.max_ticket = Money::from_wan(6'000); }),
            Words{});
  EXPECT_EQ(broken([](Institution& one) { one.min_ticket = Money::from_wan(6'001); }), Words{"ticket_min"});
  EXPECT_EQ(broken([](Institution& one) { one.max_ticket = Money::from_wan(5'999); }), Words{"ticket_max"});
  EXPECT_EQ(broken([](Institution& one) { one.appetite = Money::from_wan(5'999); }), Words{"appetite"});
  EXPECT_EQ(broken([](Institution& one) { one.max_tenor_months = 119; }), Words{"tenor_max"});
  EXPECT_EQ(broken([](Institution& one) { one.max_tenor_months = 120; }), Words{});
  EXPECT_EQ(broken([](Institution& one) { one.rate = 36'001; }), Words{"rate_min"});
  EXPECT_EQ(broken([](Institution& one) { one.may_lead = false; }), Words{"may_lead"});
  EXPECT_EQ(broken([](Institution& one) { one.may_be_agent = false; }), Words{"may_be_agent"});
  EXPECT_EQ(broken([](Institution& one) { one.security = {"保证"}; }), Words{"security"});
  EXPECT_EQ(broken([](Institution& one) { one.security = {"保证", "抵押"}; }), Words{});
}

TEST(Verify, SecurityThatTheDealDoesNotStateIsNotTestedAndSaidSo) {
  auto asked = deal(10'000);
  const auto paper = structure(asked, {{"A", 6'000}, {"B", 4'000}});
  auto all = banks({"A", "B"});
  all[0].security = {"抵押"};
  const auto seen = verified(paper, asked, all);
  EXPECT_EQ(standing(seen, "security", "A"), "not_tested");
  EXPECT_EQ(standing(seen, "security", "B"), "absent");  // it asks for none
  EXPECT_NE(finding(seen, "security", "A")->text_zh.find("未检验"), std::string::npos);
  EXPECT_TRUE(is_lawful(seen));
}

TEST(Verify, WantsThePolicyOfTheDayOfSigning) {
  const auto asked = deal(10'000);
  EXPECT_THROW((void)verify({}, asked, {}, policy_on(day("2024-01-01"))), ContractError);
}

}  // namespace
}  // namespace huoshui::syndicate
