#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <huoshui/policy/derive.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/detail/code_words.hpp"
#include "policy/detail/trades.hpp"
#include "policy_facts.hpp"

namespace huoshui {
namespace {

using policy_test::codes;
using policy_test::derived;
using policy_test::facts;
using policy_test::number;
using policy_test::on;

using F = FactKey;
constexpr std::int64_t kWan = kFenPerWan;

/// yes, no, or absent; a mark when it is inferred.
std::string answer(FactKey key, const Facts& given, const Policy& policy) {
  const Facts all = derived(given, policy);
  const Fact* fact = all.find(key);
  if (fact == nullptr) return "absent";
  std::string out;
  if (info(key).kind == FactKind::codes) {
    for (const auto& code : fact->codes) out += code.text();
  } else {
    out = fact->range == Interval::exactly(1) ? "yes" : "no";
  }
  return out + (fact->origin == Origin::inferred ? "?" : "");
}

TEST(Derive, DividesRangesExactly) {
  const auto policy = on("2024-07-01");
  const auto range = [&](F key, const Facts& given) { return derived(given, policy).find(key)->range; };
  EXPECT_EQ(range(F::own_capital_ratio, facts({number(F::own_capital, 1), number(F::total_investment, 3)})),
            Interval::exactly(333'333));
  EXPECT_EQ(
      range(F::own_capital_ratio, facts({number(F::own_capital, Interval{20 * kWan, 30 * kWan}),
                                         number(F::total_investment, Interval{100 * kWan, 120 * kWan})})),
      (Interval{166'666, 300'000}));
  EXPECT_EQ(range(F::own_capital_ratio, facts({number(F::own_capital, Interval::at_least(20 * kWan)),
                                               number(F::total_investment, 100 * kWan)})),
            (Interval{200'000, Interval::kNoMax}));
  EXPECT_EQ(range(F::own_capital_ratio, facts({number(F::own_capital, 20 * kWan),
                                               number(F::total_investment, Interval::at_most(100 * kWan))})),
            (Interval{200'000, Interval::kNoMax}));
  EXPECT_EQ(range(F::own_capital_ratio, facts({number(F::own_capital, 5), number(F::total_investment, 0)})),
            Interval::at_least(0));
  // A loan a little over half the value is over half.
  EXPECT_EQ(range(F::loan_to_value,
                  facts({number(F::financing_need, 500'001), number(F::collateral_value, 1'000'000)})),
            Interval::exactly(500'001));
  EXPECT_EQ(range(F::loan_to_value, facts({number(F::financing_need, 1), number(F::collateral_value, 3)})),
            Interval::exactly(333'334));
  EXPECT_EQ(range(F::compensation_multiple,
                  facts({number(F::financing_need, 70 * kWan), number(F::annual_compensation, 10 * kWan)})),
            Interval::exactly(7));
  EXPECT_EQ(range(F::compensation_multiple, facts({number(F::financing_need, 70 * kWan + 1),
                                                   number(F::annual_compensation, 10 * kWan)})),
            Interval::exactly(8));
}

TEST(Derive, NamesInputsAndPassesInferenceOn) {
  const auto policy = on("2024-07-01");
  const auto given =
      facts({number(F::own_capital, 20 * kWan), number(F::total_investment, 100 * kWan, Origin::inferred),
             codes(F::industry, {"C3120"})});
  const auto all = derived(given, policy);
  EXPECT_EQ(all.find(F::own_capital_ratio)->origin, Origin::inferred);
  EXPECT_NE(all.find(F::own_capital_ratio)->basis.find("自有资金、总投资"), std::string::npos);
  EXPECT_EQ(all.find(F::capital_required)->origin, Origin::derived);
  EXPECT_EQ(all.find(F::capital_required)->range, Interval::exactly(400'000));
  EXPECT_NE(all.find(F::capital_required)->basis.find("project_capital_min.steel_aluminium"),
            std::string::npos);
}

TEST(Derive, NeverDerivesAStatedFactAgain) {
  const auto given =
      facts({number(F::own_capital_ratio, 1), number(F::own_capital, 2), number(F::total_investment, 2),
             number(F::policy_bound_borrower, 1), codes(F::borrower, {"farm_household"})});
  for (const auto& fact : derive_facts(given, on("2024-07-01"))) {
    EXPECT_NE(fact.key, F::own_capital_ratio);
    EXPECT_NE(fact.key, F::policy_bound_borrower);
  }
}

TEST(Derive, FindsTheSectorMinimum) {
  struct Case {
    const char *day, *industry;
    Interval required, floor;
  };
  const auto at = [](std::int64_t percent) { return Interval::exactly(percent * 10'000); };
  for (const auto& c : {
           Case{"2024-07-01", "B0610", at(30), at(30)},
           Case{"2024-07-01", "C2521", at(30), at(30)},
           Case{"2024-07-01", "C2623", at(20), at(20)},
           Case{"2024-07-01", "C2621", at(25), at(25)},
           Case{"2024-07-01", "C262", Interval{200'000, 250'000}, Interval{200'000, 250'000}},
           Case{"2024-07-01", "C2612", Interval{200'000, 300'000}, Interval{200'000, 300'000}},
           Case{"2024-07-01", "C31", Interval{200'000, 400'000}, Interval{200'000, 400'000}},
           Case{"2024-07-01", "G5631", at(25), at(25)},
           Case{"2024-07-01", "E4812", at(20), at(15)},
           Case{"2024-07-01", "D4620", at(20), at(15)},
           Case{"2024-07-01", "D", at(20), Interval{150'000, 200'000}},
           Case{"2019-11-19", "E4812", at(20), at(20)},
           Case{"2019-11-19", "G5532", at(25), at(25)},
           Case{"2019-11-20", "G5532", at(20), at(20)},
           Case{"2024-07-01", "A0311", at(20), at(20)},
       }) {
    const auto all = derived(facts({codes(F::industry, {c.industry})}), on(c.day));
    ASSERT_NE(all.find(F::capital_required), nullptr) << c.industry;
    EXPECT_EQ(all.find(F::capital_required)->range, c.required) << c.industry << c.day;
    EXPECT_EQ(all.find(F::capital_floor)->range, c.floor) << c.industry << c.day;
    EXPECT_EQ(all.find(F::capital_floor)->origin, Origin::derived) << c.industry;
  }
  const auto unknown = derived(facts({}), on("2024-07-01"));
  EXPECT_EQ(unknown.find(F::capital_required)->origin, Origin::inferred);
  EXPECT_EQ(unknown.find(F::capital_required)->range, at(20));
  // The roads' row of 2015 was not in force yet, and no older one is known.
  EXPECT_FALSE(derived(facts({codes(F::industry, {"E4812"})}), on("2015-09-08")).has(F::capital_required));
}

TEST(Derive, TellsWhomThePublicDebtRulesBind) {
  const auto policy = on("2024-07-01");
  const auto bound = [&](std::initializer_list<Fact> given) {
    return answer(F::policy_bound_borrower, facts(given), policy);
  };
  EXPECT_EQ(bound({codes(F::borrower, {"platform_company"})}), "yes");
  EXPECT_EQ(bound({codes(F::borrower, {"soe"})}), "yes");
  EXPECT_EQ(bound({codes(F::borrower, {"enterprise", "soe"})}), "yes");
  EXPECT_EQ(bound({codes(F::borrower, {"cooperative", "platform_company"})}), "yes");
  EXPECT_EQ(bound({codes(F::borrower, {"farm_household"})}), "no");
  EXPECT_EQ(bound({codes(F::borrower, {"farm_household"}, Origin::inferred)}), "no?");
  EXPECT_EQ(bound({codes(F::borrower, {"private_enterprise", "project_company"})}), "no");
  EXPECT_EQ(bound({codes(F::borrower, {"enterprise"})}), "absent");
  EXPECT_EQ(bound({codes(F::borrower, {"enterprise"}), number(F::private_enterprise, 1)}), "no");
  EXPECT_EQ(bound({codes(F::borrower, {"enterprise"}), number(F::private_enterprise, 0)}), "absent");
  EXPECT_EQ(bound({codes(F::borrower, {"village_company"})}), "absent");
  EXPECT_EQ(bound({codes(F::borrower, {"enterprise"}), number(F::hidden_debt, 1)}), "yes");
  EXPECT_EQ(bound({}), "absent");
  Fact open = codes(F::borrower, {"cooperative"});
  open.codes_open = true;
  EXPECT_EQ(bound({open}), "absent");
  EXPECT_EQ(answer(F::government_borrower, facts({codes(F::borrower, {"government"})}), policy), "yes");
  EXPECT_EQ(answer(F::government_borrower, facts({codes(F::borrower, {"soe"})}), policy), "absent");
}

TEST(Derive, ClassesSizeByTheLowestIndicator) {
  const auto policy = on("2024-07-01");
  const auto size = [&](const char* industry, Interval people, Interval revenue) {
    Facts given = facts({codes(F::industry, {industry})});
    if (people != Interval{}) given.set(number(F::employees, people));
    if (revenue != Interval{}) given.set(number(F::revenue, revenue));
    return answer(F::size_class, given, policy);
  };
  const auto wan = [](std::int64_t amount) { return Interval::exactly(amount * kWan); };
  const auto heads = [](std::int64_t count) { return Interval::exactly(count); };
  EXPECT_EQ(size("C3841", heads(1000), wan(40000)), "large");
  EXPECT_EQ(size("C3841", heads(999), wan(40000)), "medium");
  EXPECT_EQ(size("C3841", heads(1000), wan(39999)), "medium");
  EXPECT_EQ(size("C3841", heads(300), wan(2000)), "medium");
  EXPECT_EQ(size("C3841", heads(299), wan(2000)), "small");
  EXPECT_EQ(size("C3841", heads(20), wan(300)), "small");
  EXPECT_EQ(size("C3841", heads(19), wan(300)), "micro");
  EXPECT_EQ(size("A0311", {}, wan(50)), "small");
  EXPECT_EQ(size("A0311", {}, wan(49)), "micro");
  // One indicator can only settle the lowest class.
  EXPECT_EQ(size("C3841", heads(19), {}), "micro");
  EXPECT_EQ(size("C3841", heads(1000), {}), "absent");
  EXPECT_EQ(size("C3841", Interval{20, 299}, Interval{300 * kWan, 500 * kWan}), "small");
  EXPECT_EQ(size("C3841", Interval{19, 299}, Interval{300 * kWan, 500 * kWan}), "micro_small");
  EXPECT_EQ(size("C3841", heads(299), {}), "micro_small");
  EXPECT_EQ(size("C3841", heads(999), {}), "sme");
  // 批发 and 零售 differ; the wider code leaves it open. Railways are outside the standard.
  EXPECT_EQ(size("F51", heads(20), wan(5000)), "medium");
  EXPECT_EQ(size("F52", heads(20), wan(5000)), "small");
  EXPECT_EQ(size("F", heads(20), wan(5000)), "absent");
  EXPECT_EQ(size("G53", heads(2000), wan(50000)), "absent");
  EXPECT_EQ(answer(F::size_class,
                   facts({codes(F::industry, {"A0311"}), number(F::revenue, 10 * kWan),
                          codes(F::borrower, {"farm_household"})}),
                   policy),
            "absent");
}

TEST(Derive, TellsRuralAreasByTheDate) {
  const auto rural = [](const char* region, std::string_view day, LowConfidence low = LowConfidence::off) {
    return answer(F::rural_area, facts({codes(F::region, {region})}), on(day, low));
  };
  // Until 2023 only districts of prefecture-level cities were urban.
  EXPECT_EQ(rural("441602", "2023-12-31"), "no");
  EXPECT_EQ(rural("441602101", "2023-12-31"), "no");
  EXPECT_EQ(rural("441625", "2023-12-31"), "yes");
  EXPECT_EQ(rural("441625100", "2023-12-31"), "yes");
  EXPECT_EQ(rural("440281001", "2023-12-31"), "yes");
  EXPECT_EQ(rural("4416", "2023-12-31"), "absent");
  EXPECT_EQ(rural("441900101", "2023-12-31"), "no");
  // From 2024 the change is low: only what both readings agree on.
  EXPECT_EQ(rural("441602", "2024-01-01"), "no");
  EXPECT_EQ(rural("441625", "2024-01-01"), "absent");
  EXPECT_EQ(rural("441625100", "2024-01-01"), "absent");
  EXPECT_EQ(rural("441625200", "2024-01-01"), "yes");
  EXPECT_EQ(rural("440281001", "2024-01-01"), "absent");
  EXPECT_EQ(rural("440281001", "2024-01-01", LowConfidence::on), "no");
  EXPECT_EQ(rural("441625100", "2024-01-01", LowConfidence::on), "absent");
}

TEST(Derive, OpensThreeDoorsToAgriculturalLoans) {
  const auto agri = [](std::initializer_list<Fact> given, std::string_view day = "2023-12-31") {
    return answer(F::agricultural_loan, facts(given), on(day));
  };
  EXPECT_EQ(agri({codes(F::borrower, {"farm_household"})}), "yes");
  EXPECT_EQ(agri({codes(F::borrower, {"soe"}), codes(F::industry, {"A0311"}), codes(F::region, {"441602"})}),
            "yes");
  EXPECT_EQ(agri({codes(F::industry, {"C1371"})}), "yes");
  EXPECT_EQ(agri({codes(F::industry, {"C1371", "H61"})}), "absent");
  EXPECT_EQ(
      agri({codes(F::industry, {"C3841"}), codes(F::borrower, {"enterprise"}), codes(F::region, {"441625"})}),
      "yes?");
  EXPECT_EQ(
      agri({codes(F::industry, {"C3841"}), codes(F::borrower, {"enterprise"}), codes(F::region, {"441625"})},
           "2024-01-01"),
      "absent");
  EXPECT_EQ(
      agri({codes(F::industry, {"C3841"}), codes(F::borrower, {"enterprise"}), codes(F::region, {"441602"})}),
      "absent")
      << "never a no: the use may still support farming";
}

TEST(Derive, CountsInclusiveLoansStrictlyBelowTheirLimit) {
  const auto policy = on("2024-07-01");
  const auto inclusive = [&](std::initializer_list<Fact> given) {
    return answer(F::inclusive_loan, facts(given), policy);
  };
  const Fact small = codes(F::size_class, {"small"});
  EXPECT_EQ(inclusive({small, number(F::credit_total, 1000 * kWan - 1)}), "yes");
  EXPECT_EQ(inclusive({small, number(F::credit_total, 1000 * kWan)}), "no");
  EXPECT_EQ(inclusive({codes(F::size_class, {"medium"}), number(F::credit_total, 1)}), "no");
  EXPECT_EQ(inclusive({small, number(F::financing_need, 500 * kWan)}), "absent")
      << "other credit is not known";
  EXPECT_EQ(inclusive({small, number(F::financing_need, 1000 * kWan)}), "no");
  EXPECT_EQ(inclusive({small, number(F::financing_need, 500 * kWan), number(F::other_loans, 499 * kWan)}),
            "yes");
  EXPECT_EQ(inclusive({small, number(F::financing_need, 500 * kWan), number(F::other_loans, 500 * kWan)}),
            "no");
  EXPECT_EQ(inclusive({codes(F::borrower, {"farm_household"}), number(F::credit_total, 500 * kWan - 1)}),
            "yes");
  EXPECT_EQ(inclusive({codes(F::borrower, {"farm_household"}), number(F::credit_total, 500 * kWan)}), "no");
  EXPECT_EQ(inclusive({codes(F::borrower, {"individual_business"}), number(F::credit_total, 500 * kWan)}),
            "yes");
  EXPECT_EQ(inclusive({codes(F::borrower, {"soe"}), number(F::credit_total, 5 * kWan)}), "absent");
  EXPECT_EQ(inclusive({codes(F::size_class, {"micro_small"}), number(F::credit_total, 5 * kWan)}), "yes");
  EXPECT_EQ(inclusive({codes(F::size_class, {"sme"}), number(F::credit_total, 5 * kWan)}), "absent");
  // Below the medium class by one indicator is enough.
  EXPECT_EQ(inclusive({codes(F::industry, {"C3841"}), number(F::employees, 299),
                       number(F::credit_total, 5 * kWan)}),
            "yes");
}

TEST(Derive, CallsGreenOnlyWhatTheCatalogueHoldsWhole) {
  const auto green = [](const char* industry, std::string_view day = "2024-07-01") {
    return answer(F::green_project, facts({codes(F::industry, {industry})}), on(day));
  };
  EXPECT_EQ(green("D4416"), "yes");
  EXPECT_EQ(green("D4620"), "yes");
  EXPECT_EQ(green("D441"), "absent");
  EXPECT_EQ(green("D4411"), "absent");
  EXPECT_EQ(green("D4416", "2019-03-06"), "absent");
}

TEST(Derive, ReadsAServicePurchaseAmongTheSourcesOfRepayment) {
  const auto policy = on("2024-07-01");
  const auto given = facts({codes(F::repayment_source, {"government_purchase", "operating_income"})});
  EXPECT_EQ(answer(F::government_purchase, given, policy), "yes?");
  EXPECT_EQ(answer(F::policy_bound_borrower, given, policy), "yes?");
  EXPECT_EQ(answer(F::government_purchase, facts({codes(F::repayment_source, {"operating_income"})}), policy),
            "absent");
}

std::set<std::string> first_column(const std::string& table) {
  std::ifstream in(HUOSHUI_TESTS_DIR "/../src/normalise/tables/" + table);
  EXPECT_TRUE(in) << table;
  std::set<std::string> out;
  for (std::string line; std::getline(in, line);) out.insert(line.substr(0, line.find(',')));
  return out;
}

TEST(Derive, UsesOnlyWordsThatTheCodeListsHold) {
  using namespace policy_detail;
  const auto check = [](const auto& words, const std::string& table) {
    const auto known = first_column(table);
    for (const auto word : words) EXPECT_TRUE(known.contains(std::string(word))) << word << " in " << table;
  };
  check(kBoundBorrowers, "borrowers.csv");
  check(kFreeBorrowers, "borrowers.csv");
  check(kFarmHouseholds, "borrowers.csv");
  check(kSoleTraders, "borrowers.csv");
  check(kOrganisations, "borrowers.csv");
  check(kNoSizeClass, "borrowers.csv");
  check(kProjectUses, "uses.csv");
  check(kFiscalRepayment, "repayment_sources.csv");
  check(std::array<std::string_view, 6>{"micro", "small", "medium", "large", "micro_small", "sme"},
        "size_classes.csv");
  check(relief_trades(), "industries.csv");
  check(farm_trades(), "industries.csv");
  check(green_trades(), "industries.csv");
  for (const auto& table : {capital_trades(), size_trades()}) {
    std::vector<std::string_view> prefixes;
    for (const auto& trade : table) prefixes.push_back(trade.prefix);
    check(prefixes, "industries.csv");
  }
  for (const auto& trade : capital_trades()) {
    EXPECT_NE(on("2024-07-01").find("project_capital_min." + std::string(trade.series)), nullptr)
        << trade.series;
  }
}

TEST(Derive, TellsWhatADerivedKeyRestsOn) {
  EXPECT_EQ(inputs_of(F::policy_bound_borrower).front(), F::borrower);
  EXPECT_TRUE(inputs_of(F::tenor).empty());
  // The need alone can be too much for 普惠: lowering it must not look impossible.
  const auto inclusive = inputs_of(F::inclusive_loan);
  for (const F input : {F::credit_total, F::financing_need, F::other_loans}) {
    EXPECT_NE(std::find(inclusive.begin(), inclusive.end(), input), inclusive.end()) << to_string(input);
  }
}

}  // namespace
}  // namespace huoshui
