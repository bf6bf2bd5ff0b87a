#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/policy/gates.hpp>
#include <string>
#include <vector>

#include "policy_facts.hpp"

namespace huoshui {
namespace {

using policy_test::codes;
using policy_test::derived;
using policy_test::facts;
using policy_test::find_rule;
using policy_test::number;
using policy_test::on;
using policy_test::outcome;

using F = FactKey;
constexpr auto kInfrastructure = Instrument::infrastructure_loan;
constexpr auto kWorkingCapital = Instrument::working_capital_loan;

TEST(Gates, StandInTheOrderOfNoteFiveAndCiteTheirRow) {
  const auto rules = gates_for(kInfrastructure, on("2024-07-01"));
  std::vector<std::string> ids;
  for (const auto& rule : rules) {
    ids.push_back(rule.id);
    EXPECT_FALSE(rule.citation.source.empty()) << rule.id;
    EXPECT_FALSE(rule.citation.key.empty()) << rule.id;
    EXPECT_EQ(rule.citation.effective_from.size(), 10U) << rule.id;
    EXPECT_FALSE(rule.text_zh.empty() || rule.text_en.empty()) << rule.id;
    EXPECT_FALSE(rule.not_in_force) << rule.id;
  }
  EXPECT_EQ(ids, (std::vector<std::string>{
                     "policy.public_debt.1_borrower", "policy.public_debt.2_guarantee",
                     "policy.public_debt.3_service_purchase", "policy.public_debt.4_status",
                     "policy.public_debt.4_new_project", "policy.public_debt.4_special_bond",
                     "policy.public_debt.5_cash_flow", "policy.public_debt.5_subsidy",
                     "policy.public_debt.6_contractor_advance", "policy.project_capital.floor",
                     "policy.project_capital.required", "policy.project_capital.no_debt_money",
                     "policy.tenor.fixed_asset.general", "policy.tenor.fixed_asset.approval"}));
  EXPECT_EQ(rules[0].citation,
            (Citation{"关于规范金融企业对地方政府和国有企业投融资行为有关问题的通知", "财金〔2018〕23号",
                      "第一条", "gov_debt.no_financing_to_government", "2018-03-28"}));
}

TEST(Gates, OfPublicDebtAreForCreditAlone) {
  const auto policy = on("2024-07-01");
  for (const auto& about : instrument_infos()) {
    const auto rules = gates_for(about.instrument, policy);
    const bool credit = about.kind != InstrumentKind::insurance && about.kind != InstrumentKind::bond &&
                        about.kind != InstrumentKind::equity;
    EXPECT_EQ(find_rule(rules, "policy.public_debt.1_borrower") != nullptr, credit) << about.id;
    EXPECT_EQ(find_rule(rules, "policy.project_capital.floor") != nullptr,
              about.loan_class == LoanClass::fixed_asset)
        << about.id;
    for (const auto& rule : rules) {
      if (rule.topic != RuleTopic::government_debt) continue;
      EXPECT_TRUE(rule.fails_closed) << about.id << " " << rule.id;
      EXPECT_EQ(rule.strength, Strength::must) << about.id << " " << rule.id;
    }
  }
}

TEST(Gates, OfPublicDebtJudgeAPlatformStepByStep) {
  const auto policy = on("2024-07-01");
  const Fact platform = codes(F::borrower, {"platform_company"});
  struct Case {
    const char* id;
    Instrument instrument;
    std::vector<Fact> more;
    const char* expected;
  };
  const std::vector<Case> cases{
      {"1_borrower", kInfrastructure, {number(F::government_borrower, 0)}, "pass"},
      {"1_borrower", kInfrastructure, {number(F::government_borrower, 1)}, "fail"},
      {"1_borrower", kInfrastructure, {}, "undecided"},
      {"2_guarantee", kInfrastructure, {number(F::government_letter, 0)}, "pass"},
      {"2_guarantee", kInfrastructure, {number(F::government_letter, 1)}, "fail"},
      {"2_guarantee", kInfrastructure, {}, "undecided"},
      {"3_service_purchase", kInfrastructure, {number(F::government_purchase, 0)}, "pass"},
      {"3_service_purchase", kInfrastructure, {number(F::government_purchase, 1)}, "fail"},
      {"3_service_purchase",
       kInfrastructure,
       {codes(F::repayment_source, {"government_purchase"})},
       "undecided"},
      {"4_status", kInfrastructure, {}, "undecided"},
      {"4_status", kInfrastructure, {number(F::hidden_debt_checked, 0)}, "undecided"},
      {"4_status", kInfrastructure, {number(F::hidden_debt_checked, 1)}, "pass"},
      {"4_status", kInfrastructure, {number(F::hidden_debt, 1)}, "pass"},
      {"4_working_capital", kWorkingCapital, {number(F::hidden_debt, 0)}, "pass"},
      {"4_working_capital", kWorkingCapital, {number(F::hidden_debt, 1)}, "fail"},
      {"4_working_capital", kWorkingCapital, {}, "undecided"},
      {"4_working_capital", kInfrastructure, {}, "absent"},
      {"4_working_capital", Instrument::guaranteed_loan, {number(F::hidden_debt, 1)}, "undecided"},
      {"4_working_capital",
       Instrument::guaranteed_loan,
       {number(F::hidden_debt, 1), codes(F::use, {"working_capital"})},
       "fail"},
      {"4_working_capital",
       Instrument::guaranteed_loan,
       {number(F::hidden_debt, 1), codes(F::use, {"equipment_purchase"})},
       "pass"},
      {"4_new_project", kWorkingCapital, {}, "absent"},
      {"4_new_project", kInfrastructure, {number(F::hidden_debt, 0)}, "pass"},
      {"4_new_project", kInfrastructure, {number(F::hidden_debt, 1)}, "undecided"},
      {"4_new_project",
       kInfrastructure,
       {number(F::hidden_debt, 1), number(F::hidden_debt_confirmation, 1)},
       "pass"},
      {"4_new_project",
       kInfrastructure,
       {number(F::hidden_debt, 1), number(F::hidden_debt_confirmation, 0)},
       "fail"},
      {"4_special_bond",
       kInfrastructure,
       {number(F::hidden_debt, 1), number(F::special_bond_project, 1)},
       "fail"},
      {"4_special_bond",
       kInfrastructure,
       {number(F::hidden_debt, 1), number(F::special_bond_project, 0)},
       "pass"},
      {"4_special_bond",
       kInfrastructure,
       {number(F::hidden_debt, 0), number(F::special_bond_project, 1)},
       "pass"},
      {"5_cash_flow", kInfrastructure, {number(F::cashflow_covers_debt, 1)}, "pass"},
      {"5_cash_flow", kInfrastructure, {number(F::cashflow_covers_debt, 0)}, "fail"},
      {"5_cash_flow", kInfrastructure, {}, "undecided"},
      {"5_subsidy", kInfrastructure, {codes(F::repayment_source, {"fiscal_subsidy"})}, "undecided"},
      {"5_subsidy",
       kInfrastructure,
       {codes(F::repayment_source, {"fiscal_subsidy"}), number(F::budget_evidence, 0)},
       "fail"},
      {"5_subsidy",
       kInfrastructure,
       {codes(F::repayment_source, {"fiscal_subsidy"}), number(F::budget_evidence, 1)},
       "pass"},
      {"5_subsidy", kInfrastructure, {codes(F::repayment_source, {"operating_income"})}, "pass"},
      {"6_contractor_advance", kInfrastructure, {number(F::contractor_advance, 0)}, "pass"},
      {"6_contractor_advance", kInfrastructure, {number(F::contractor_advance, 1)}, "fail"},
  };
  for (const auto& c : cases) {
    Facts given = facts({platform});
    std::string shown;
    for (const auto& fact : c.more) {
      given.set(fact);
      shown += std::string(to_string(fact.key)) + " ";
    }
    EXPECT_EQ(outcome("policy.public_debt." + std::string(c.id), c.instrument, policy, given), c.expected)
        << c.id << " with " << shown;
  }
}

TEST(Gates, OfPublicDebtDoNotBlockFarmersCooperativesAndPrivateFirms) {
  const auto policy = on("2026-03-01");
  for (const auto* borrower : {"farm_household", "cooperative", "family_farm", "private_enterprise",
                               "individual_business", "rural_collective"}) {
    const auto given = derived(facts({codes(F::borrower, {borrower})}), policy);
    for (const auto& rule : gates_for(kWorkingCapital, policy)) {
      if (rule.topic != RuleTopic::government_debt) continue;
      EXPECT_EQ(judge(rule, given).outcome, Outcome::pass) << borrower << rule.id;
    }
  }
  // A generic word that does not tell the owner, or an unknown borrower, is asked about.
  for (const auto& given : {facts({}), facts({codes(F::borrower, {"enterprise"})})}) {
    const auto all = derived(given, policy);
    auto not_bound = all;
    not_bound.set(number(F::policy_bound_borrower, 0));
    for (const auto& rule : gates_for(kWorkingCapital, policy)) {
      if (rule.topic != RuleTopic::government_debt) continue;
      EXPECT_EQ(judge(rule, all).outcome, Outcome::undecided) << rule.id;
      EXPECT_EQ(judge(rule, not_bound).outcome, Outcome::pass) << rule.id;  // that is what it asks for
    }
  }
}

TEST(Gates, OfPublicDebtRefuseAPrivateBorrowerBehindWhomAGovernmentStands) {
  const auto policy = on("2024-07-01");
  const Fact firm = codes(F::borrower, {"private_enterprise"});
  EXPECT_EQ(outcome("policy.public_debt.2_guarantee", kInfrastructure, policy,
                    facts({firm, number(F::government_letter, 1)})),
            "fail");
  EXPECT_EQ(outcome("policy.public_debt.3_service_purchase", kInfrastructure, policy,
                    facts({firm, number(F::government_purchase, 1)})),
            "fail");
  EXPECT_EQ(outcome("policy.public_debt.6_contractor_advance", kInfrastructure, policy,
                    facts({codes(F::borrower, {"contractor"}), number(F::contractor_advance, 1)})),
            "fail");
  EXPECT_EQ(outcome("policy.public_debt.1_borrower", kInfrastructure, policy,
                    facts({codes(F::borrower, {"government"})})),
            "fail");
}

TEST(Gates, OfPublicDebtStayClosedOnAnInferredBorrower) {
  EXPECT_EQ(outcome("policy.public_debt.1_borrower", kWorkingCapital, on("2024-07-01"),
                    facts({codes(F::borrower, {"cooperative"}, Origin::inferred)})),
            "undecided");
}

TEST(Gates, KeepTheConfirmationGateWithoutItsLowRow) {
  const auto id = "policy.public_debt.4_new_project";
  const auto off = gates_for(kInfrastructure, on("2024-07-01"));
  const auto low = gates_for(kInfrastructure, on("2024-07-01", LowConfidence::on));
  EXPECT_EQ(find_rule(off, id)->citation.key, "gov_debt.screen.query_mof_platform");
  EXPECT_EQ(find_rule(low, id)->citation.key, "gov_debt.screen.hidden_debt_client_new_project_needs");
}

TEST(Gates, OfPublicDebtDoNotBindBeforeTheirRuleExisted) {
  const auto rules = gates_for(kInfrastructure, on("2019-06-30"));
  const Rule* advance = find_rule(rules, "policy.public_debt.6_contractor_advance");
  EXPECT_TRUE(advance->not_in_force);
  EXPECT_FALSE(advance->fails_closed);
  EXPECT_FALSE(find_rule(gates_for(kInfrastructure, on("2019-07-01")), advance->id)->not_in_force);
  const auto early = gates_for(kInfrastructure, on("2018-03-27"));
  EXPECT_EQ(find_rule(early, "policy.public_debt.1_borrower")->citation.document, "国发〔2014〕43号");
  EXPECT_EQ(find_rule(early, "policy.public_debt.2_guarantee")->citation.document, "财预〔2017〕50号");
}

Facts capital(std::int64_t own_wan, std::int64_t total_wan, std::initializer_list<const char*> industry) {
  Facts out = facts(
      {number(F::own_capital, own_wan * kFenPerWan), number(F::total_investment, total_wan * kFenPerWan)});
  if (industry.size() != 0) out.set(codes(F::industry, industry));
  return out;
}

TEST(Gates, OfProjectCapitalTurnOneStepBelowTheMinimum) {
  const auto policy = on("2024-07-01");
  const auto floor = [&](const Facts& f) {
    return outcome("policy.project_capital.floor", kInfrastructure, policy, f);
  };
  const auto required = [&](const Facts& f) {
    return outcome("policy.project_capital.required", kInfrastructure, policy, f);
  };
  EXPECT_EQ(floor(capital(2000, 10000, {"C3841"})), "pass");
  EXPECT_EQ(floor(capital(1999, 10000, {"C3841"})), "fail");
  EXPECT_EQ(floor(capital(4000, 10000, {"C3120"})), "pass");
  EXPECT_EQ(floor(capital(3999, 10000, {"C3120"})), "fail");
  EXPECT_EQ(floor(capital(3500, 10000, {"C3011"})), "pass");
  EXPECT_EQ(floor(capital(3499, 10000, {"C3011"})), "fail");
  // A road may be let down by five points, and then passes only with that relief.
  EXPECT_EQ(floor(capital(1500, 10000, {"E4812"})), "pass");
  EXPECT_EQ(floor(capital(1499, 10000, {"E4812"})), "fail");
  EXPECT_EQ(required(capital(2000, 10000, {"E4812"})), "pass");
  EXPECT_EQ(required(capital(1999, 10000, {"E4812"})), "fail");
  // Housing: ordinary 20, other 25.
  EXPECT_EQ(floor(capital(2500, 10000, {"K7010"})), "pass");
  EXPECT_EQ(floor(capital(2200, 10000, {"K7010"})), "undecided");
  EXPECT_EQ(floor(capital(1999, 10000, {"K7010"})), "fail");
  // An unknown trade is tested at 20 %, and what rests on that never refuses.
  EXPECT_EQ(floor(capital(2000, 10000, {})), "pass");
  EXPECT_EQ(floor(capital(1999, 10000, {})), "undecided");
  EXPECT_EQ(floor(facts({codes(F::industry, {"C3841"})})), "undecided");
}

TEST(Gates, OfProjectCapitalFollowThePortRuleOf2019) {
  const auto port = [](std::string_view day, std::int64_t own) {
    return outcome("policy.project_capital.floor", kInfrastructure, on(day), capital(own, 10000, {"G5532"}));
  };
  EXPECT_EQ(port("2019-11-19", 2499), "fail");
  EXPECT_EQ(port("2019-11-19", 2500), "pass");
  EXPECT_EQ(port("2019-11-20", 1999), "fail");
  EXPECT_EQ(port("2019-11-20", 2000), "pass");
  // The relief began on the same day.
  const auto road = [](std::string_view day) {
    return outcome("policy.project_capital.floor", kInfrastructure, on(day), capital(1500, 10000, {"E4812"}));
  };
  EXPECT_EQ(road("2019-11-19"), "fail");
  EXPECT_EQ(road("2019-11-20"), "pass");
}

// The worked example of docs/rooms/policy.md.
TEST(Gates, JudgeTheWorkedExample) {
  auto given = capital(2200, 10000, {"G5532"});
  given.set(number(F::tenor, 144));
  given.set(codes(F::region, {"441625"}));
  const auto both = [&](std::string_view day) {
    return outcome("policy.project_capital.floor", kInfrastructure, on(day), given) + " " +
           outcome("policy.tenor.fixed_asset.approval", kInfrastructure, on(day), given);
  };
  EXPECT_EQ(both("2019-11-19"), "fail not_tested");
  EXPECT_EQ(both("2019-11-20"), "pass not_tested");
  EXPECT_EQ(both("2024-07-01"), "pass undecided");
}

TEST(Gates, OfProjectCapitalCountNoDebt) {
  auto given = capital(3000, 10000, {"C3841"});
  given.set(number(F::borrowed_capital, 1));
  EXPECT_EQ(outcome("policy.project_capital.floor", kInfrastructure, on("2024-07-01"), given), "undecided");
  given.set(codes(F::borrower, {"soe"}));
  EXPECT_EQ(outcome("policy.project_capital.no_debt_money", kInfrastructure, on("2024-07-01"), given),
            "fail");
  given.set(number(F::borrowed_capital, 0));
  EXPECT_EQ(outcome("policy.project_capital.no_debt_money", kInfrastructure, on("2024-07-01"), given),
            "pass");
}

TEST(Gates, OfTenorTurnOneMonthBeyondTheirLimit) {
  const auto policy = on("2024-07-01");
  struct Case {
    const char* id;
    Instrument instrument;
    std::int64_t months;
    int cycle, approval;  // -1 unknown
    const char* expected;
  };
  for (const auto& c : {
           Case{"fixed_asset.general", kInfrastructure, 120, -1, -1, "pass"},
           Case{"fixed_asset.general", kInfrastructure, 121, -1, 1, "fail"},
           Case{"fixed_asset.approval", kInfrastructure, 120, -1, -1, "pass"},
           Case{"fixed_asset.approval", kInfrastructure, 121, -1, -1, "undecided"},
           Case{"fixed_asset.approval", kInfrastructure, 121, -1, 0, "fail"},
           Case{"fixed_asset.approval", kInfrastructure, 121, -1, 1, "pass"},
           Case{"working_capital.cap", kWorkingCapital, 60, -1, -1, "pass"},
           Case{"working_capital.cap", kWorkingCapital, 61, 1, -1, "fail"},
           Case{"working_capital.general", kWorkingCapital, 36, -1, -1, "pass"},
           Case{"working_capital.general", kWorkingCapital, 37, -1, -1, "undecided"},
           Case{"working_capital.general", kWorkingCapital, 60, 1, -1, "pass"},
           Case{"working_capital.general", kWorkingCapital, 37, 0, -1, "fail"},
           Case{"personal_business.general", Instrument::homestay_loan, 60, -1, -1, "pass"},
           Case{"personal_business.general", Instrument::homestay_loan, 61, -1, -1, "fail"},
           Case{"personal_business.cash_cycle", Instrument::homestay_loan, 61, -1, -1, "undecided"},
           Case{"personal_business.cash_cycle", Instrument::homestay_loan, 61, 1, -1, "pass"},
           Case{"personal_business.cap", Instrument::homestay_loan, 120, 1, -1, "pass"},
           Case{"personal_business.cap", Instrument::homestay_loan, 121, 1, -1, "fail"},
       }) {
    Facts given = facts({number(F::tenor, c.months)});
    if (c.cycle >= 0) given.set(number(F::long_cash_cycle, c.cycle));
    if (c.approval >= 0) given.set(number(F::high_level_approval, c.approval));
    EXPECT_EQ(outcome("policy.tenor." + std::string(c.id), c.instrument, policy, given), c.expected)
        << c.id << " " << c.months << " " << c.cycle << " " << c.approval;
  }
  const auto rules = gates_for(kInfrastructure, policy);
  EXPECT_EQ(find_rule(rules, "policy.tenor.fixed_asset.general")->strength, Strength::should);
  EXPECT_EQ(find_rule(rules, "policy.tenor.fixed_asset.approval")->strength, Strength::must);
}

TEST(Gates, OfTenorAreNotTestedBeforeJuly2024) {
  const auto given = facts({number(F::tenor, 500)});
  for (const auto& [id, instrument] :
       {std::pair{"fixed_asset.approval", kInfrastructure}, std::pair{"fixed_asset.general", kInfrastructure},
        std::pair{"working_capital.cap", kWorkingCapital},
        std::pair{"working_capital.general", kWorkingCapital},
        std::pair{"personal_business.cap", Instrument::homestay_loan}}) {
    const auto full = "policy.tenor." + std::string(id);
    EXPECT_EQ(outcome(full, instrument, on("2024-06-30"), given), "not_tested") << id;
    EXPECT_NE(outcome(full, instrument, on("2024-07-01"), given), "not_tested") << id;
    const auto rules = gates_for(instrument, on("2024-06-30"));
    EXPECT_EQ(find_rule(rules, full)->citation.effective_from, "2024-07-01") << id;
  }
}

TEST(Gates, OfMicrocreditFollowTheChangeOf2026) {
  constexpr auto kMicro = Instrument::poverty_relief_microcredit;
  const auto amount = [](std::string_view day, std::int64_t yuan) {
    return outcome("policy.microcredit.amount", kMicro, on(day),
                   facts({number(F::financing_need, yuan * kFenPerYuan)}));
  };
  for (const auto* day : {"2025-12-31", "2026-01-01"}) {
    EXPECT_EQ(amount(day, 100'000), "pass") << day;
    EXPECT_EQ(amount(day, 100'001), "fail") << day;
  }
  const auto base = [](std::string_view day, std::int64_t yuan) {
    return outcome("policy.microcredit.amount_base", kMicro, on(day),
                   facts({number(F::financing_need, yuan * kFenPerYuan)}));
  };
  EXPECT_EQ(base("2025-12-31", 50'000), "pass");
  EXPECT_EQ(base("2025-12-31", 50'001), "fail");
  EXPECT_EQ(base("2026-01-01", 50'001), "not_tested");
  const auto tenor = [](std::string_view day, std::int64_t months) {
    return outcome("policy.microcredit.tenor", kMicro, on(day), facts({number(F::tenor, months)}));
  };
  EXPECT_EQ(tenor("2025-12-31", 36), "pass");
  EXPECT_EQ(tenor("2025-12-31", 37), "fail");
  EXPECT_EQ(tenor("2026-01-01", 37), "not_tested");
}

TEST(Gates, AskForAClearTitle) {
  const auto title = [](Instrument instrument, std::string_view day, std::initializer_list<Fact> given) {
    return outcome("policy.title.clear", instrument, on(day), facts(given));
  };
  for (const auto instrument : {Instrument::livestock_mortgage, Instrument::forest_right_mortgage,
                                Instrument::land_operation_right_mortgage}) {
    EXPECT_EQ(title(instrument, "2024-07-01", {number(F::title_clear, 1)}), "pass");
    EXPECT_EQ(title(instrument, "2024-07-01", {number(F::title_clear, 0)}), "fail");
    EXPECT_EQ(title(instrument, "2024-07-01", {}), "undecided");
  }
  EXPECT_EQ(outcome("policy.livestock.title", Instrument::livestock_mortgage, on("2025-12-25"), {}),
            "not_tested");
  EXPECT_EQ(outcome("policy.livestock.title", Instrument::livestock_mortgage, on("2025-12-26"), {}),
            "undecided");
}

TEST(Gates, CautionAboveTheNationalStartUpAmount) {
  const auto amount = [](std::int64_t yuan) {
    return outcome("policy.startup.amount", Instrument::startup_skill_loan, on("2024-07-01"),
                   facts({number(F::financing_need, yuan * kFenPerYuan)}));
  };
  EXPECT_EQ(amount(4'000'000), "pass");
  EXPECT_EQ(amount(4'000'001), "fail");
}

TEST(Gates, ReportARuleThatTheUsersPackMade) {
  const auto user = PolicyPack::parse(
                        "series,key,value,unit,applies_to,effective_from,effective_to,instrument_name,issuer,"
                        "document,clause,"
                        "confidence,acts_as,note\n"
                        "working_capital_loan.tenor_extended_max_years,mine,4,years,,2024-01-01,,行内制度,"
                        "本行,行发1号,,high,cap,\n"
                        "gov_debt.own_cashflow_covers_debt,none,none,text,,2020-01-01,,,,,,high,gap,\n",
                        "行内.csv")
                        .value();
  const auto policy =
      PolicyPack::bundled().overlaid_with(user).value().at(parse_date("2024-03-01").value()).value();
  EXPECT_EQ(
      outcome("policy.tenor.working_capital.cap", kWorkingCapital, policy, facts({number(F::tenor, 49)})),
      "fail");
  const auto rules = gates_for(kWorkingCapital, policy);
  EXPECT_EQ(find_rule(rules, "policy.tenor.working_capital.cap")->citation.document, "行发1号");
  // A gate whose rule is unknown on the day stays closed.
  const Rule* cash_flow = find_rule(rules, "policy.public_debt.5_cash_flow");
  EXPECT_TRUE(cash_flow->not_in_force && cash_flow->fails_closed);
}

}  // namespace
}  // namespace huoshui
