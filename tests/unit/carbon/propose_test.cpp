#include <gtest/gtest.h>

#include <functional>
#include <huoshui/core/result.hpp>

#include "sinks.hpp"

namespace huoshui::carbon {
namespace {

using carbon_test::on;
using carbon_test::standing;
using carbon_test::wuning;

constexpr auto kDay = "2026-03-01";

TEST(CarbonPropose, ReadsWuningAsPublished) {
  const auto proposal = propose(wuning(), on(kDay));
  EXPECT_EQ(proposal.terms.yield, Interval::exactly(303'701));  // 0.30 t per mu and year
  // 156.98 yuan: the ends are rounded outwards
  EXPECT_EQ(proposal.terms.implied_price, (Interval{15'698, 15'699}));
  const auto* implied = find(proposal.findings, "implied_price");
  ASSERT_NE(implied, nullptr);
  EXPECT_EQ(implied->standing, Standing::caution);
  EXPECT_EQ(implied->citation.key, "forest_sink.value.wuning_yuan_per_t");
  EXPECT_EQ(proposal.terms.amount_fen, 300'000'000);
}

TEST(CarbonPropose, CutsTheNeedToTheLowerEndOfTheCeiling) {
  auto sink = wuning();
  const auto ceiling = propose(sink, on(kDay)).terms.ceiling_fen->min;
  sink.need_fen = ceiling;
  EXPECT_EQ(standing(sink, kDay, "amount"), Standing::passed);
  sink.need_fen = ceiling + 1;
  EXPECT_EQ(standing(sink, kDay, "amount"), Standing::caution);
  EXPECT_EQ(propose(sink, on(kDay)).terms.amount_fen, ceiling);
}

TEST(CarbonPropose, AssumesTheFloorWhenOnlyTheAreaIsKnown) {
  auto sink = wuning();
  sink.surveyed_kg = sink.stated_total_kg = std::nullopt;
  const auto proposal = propose(sink, on(kDay));
  EXPECT_EQ(proposal.terms.tonnes_basis, TonnesBasis::assumed_floor);
  EXPECT_EQ(proposal.terms.annual_kg, Interval::exactly(6'240'000));
  EXPECT_EQ(find(proposal.findings, "yield")->standing, Standing::caution);
}

TEST(CarbonPropose, AsksAboutAYieldOutsideItsBounds) {
  auto sink = wuning();
  sink.surveyed_kg = std::nullopt;
  sink.area = Interval::exactly(100'000'000);
  for (const auto& [yield, seen] : {std::pair{99'999, Standing::caution},
                                    {100'000, Standing::passed},
                                    {2'000'000, Standing::passed},
                                    {2'000'001, Standing::caution}}) {
    sink.stated_yield = Interval::exactly(yield);
    EXPECT_EQ(standing(sink, kDay, "yield"), seen) << yield;
  }
}

TEST(CarbonPropose, WarnsOutsideTheBandOfImpliedPrices) {
  auto sink = wuning();
  sink.stated_total_kg = Interval::exactly(1'000'000);
  for (const auto& [income, seen] : {std::pair{999'999, Standing::caution},
                                     {1'000'000, Standing::passed},
                                     {10'000'000, Standing::passed},
                                     {10'000'001, Standing::caution}}) {
    sink.stated_income_fen = Interval::exactly(income);
    EXPECT_EQ(standing(sink, kDay, "implied_price"), seen) << income;
  }
}

TEST(CarbonPropose, SaysThatTheAmountCannotBeCheckedWithoutItsNumbers) {
  for (const auto& forget : {std::function<void(Sink&)>([](Sink& sink) { sink.price.reset(); }),
                             std::function<void(Sink&)>([](Sink& sink) { sink.pledge_ratio.reset(); }),
                             std::function<void(Sink&)>([](Sink& sink) { sink.discount_rate.reset(); }),
                             std::function<void(Sink&)>([](Sink& sink) { sink.crediting_years.reset(); })}) {
    auto sink = wuning();
    forget(sink);
    const auto proposal = propose(sink, on(kDay));
    EXPECT_FALSE(proposal.terms.ceiling_fen || proposal.terms.amount_fen);
    const auto* amount = find(proposal.findings, "amount");
    EXPECT_EQ(amount->standing, Standing::not_tested);
    EXPECT_NE(amount->text_zh.find("金额无法核定"), std::string::npos);
    EXPECT_NE(amount->text_en.find("amount cannot be checked"), std::string::npos);
  }
}

struct GateCase {
  const char* rule;
  const char* before;  ///< the last day without the row
  const char* first;   ///< its first day
  void (*broken)(Sink&);
  void (*unknown)(Sink&);
  Standing breach, silence;
};

TEST(CarbonGates, HoldEitherSideFromTheirFirstDayOn) {
  const GateCase cases[] = {
      {"economic_forest", "2023-10-23", "2023-10-24", [](Sink& s) { s.economic_forest = true; },
       [](Sink& s) { s.economic_forest.reset(); }, Standing::violated, Standing::not_tested},
      {"non_forest_years", "2023-10-23", "2023-10-24", [](Sink& s) { s.non_forest_years = 2; },
       [](Sink& s) { s.non_forest_years.reset(); }, Standing::violated, Standing::not_tested},
      {"plot_area", "2023-10-23", "2023-10-24", [](Sink& s) { s.plot_square_metres = 399; },
       [](Sink& s) { s.plot_square_metres.reset(); }, Standing::violated, Standing::not_tested},
      {"shrub_removal", "2023-10-23", "2023-10-24", [](Sink& s) { s.shrub_removal = 200'001; },
       [](Sink& s) { s.shrub_removal.reset(); }, Standing::violated, Standing::not_tested},
      {"wetland", "2023-10-23", "2023-10-24", [](Sink& s) { s.wetland = true; },
       [](Sink& s) { s.wetland.reset(); }, Standing::violated, Standing::not_tested},
      {"title_document", "2023-10-23", "2023-10-24", [](Sink& s) { s.title_document = false; },
       [](Sink& s) { s.title_document.reset(); }, Standing::violated, Standing::undecided},
      {"crediting_period", "2023-10-23", "2023-10-24",
       [](Sink& s) { s.crediting_years = Interval::exactly(19); }, [](Sink& s) { s.crediting_years.reset(); },
       Standing::caution, Standing::not_tested},
      {"mechanism", "2026-01-15", "2026-01-16", [](Sink& s) { s.mechanism = Mechanism::local; },
       [](Sink& s) { s.mechanism = Mechanism::unknown; }, Standing::caution, Standing::not_tested},
      {"clear_title", "2026-01-15", "2026-01-16", [](Sink& s) { s.clear_title = false; },
       [](Sink& s) { s.clear_title.reset(); }, Standing::violated, Standing::undecided},
      {"pledged_already", "2020-12-31", "2021-01-01", [](Sink& s) { s.pledged_already = true; },
       [](Sink& s) { s.pledged_already.reset(); }, Standing::violated, Standing::not_tested},
  };
  for (const auto& c : cases) {
    auto broken = wuning(), unknown = wuning();
    c.broken(broken);
    c.unknown(unknown);
    EXPECT_EQ(standing(wuning(), c.first, c.rule), Standing::passed) << c.rule;
    EXPECT_EQ(standing(broken, c.first, c.rule), c.breach) << c.rule;
    EXPECT_EQ(standing(broken, c.before, c.rule), Standing::not_tested) << c.rule;
    EXPECT_EQ(standing(unknown, c.first, c.rule), c.silence) << c.rule;
    const auto proposal = propose(broken, on(c.first));
    EXPECT_EQ(find(proposal.findings, c.rule)->citation.effective_from, c.first) << c.rule;
    EXPECT_EQ(proposal.terms.amount_fen.has_value(), c.breach == Standing::caution) << c.rule;
  }
}

TEST(CarbonGates, HoldThePlotByTheYearInWhichPlantingBegan) {
  struct Case {
    std::optional<std::int64_t> plot, year;
    Standing expected;
    std::optional<std::int64_t> limit;
  };
  const Case cases[] = {
      {667, 2019, Standing::passed, 667},
      {666, 2019, Standing::violated, 667},
      {400, 2020, Standing::passed, 400},
      {399, 2020, Standing::violated, 400},
      // The year is not known: it matters between the two limits only.
      {667, std::nullopt, Standing::passed, 400},
      {666, std::nullopt, Standing::not_tested, 400},
      {400, std::nullopt, Standing::not_tested, 400},
      {399, std::nullopt, Standing::violated, 400},
      {std::nullopt, 2019, Standing::not_tested, std::nullopt},
      {std::nullopt, std::nullopt, Standing::not_tested, std::nullopt},
  };
  for (const auto& c : cases) {
    auto sink = wuning();
    sink.plot_square_metres = c.plot;
    sink.start_year = c.year;
    const auto seen = gates(sink, on("2023-10-24"));
    const auto* finding = find(seen, "plot_area");
    EXPECT_EQ(finding->standing, c.expected) << c.plot.value_or(-1) << " in " << c.year.value_or(-1);
    EXPECT_EQ(finding->limit, c.limit);
    EXPECT_EQ(standing(sink, "2023-10-23", "plot_area"), Standing::not_tested);
    // verify refuses what propose refuses, and nothing that is only not tested.
    auto terms = propose(wuning(), on(kDay)).terms;
    const auto verified = verify(terms, sink, on(kDay));
    EXPECT_EQ(find(verified, "plot_area")->standing == Standing::violated, c.expected == Standing::violated);
  }
  auto open = wuning();
  open.start_year.reset();
  const auto seen = gates(open, on(kDay));
  EXPECT_NE(find(seen, "plot_area")->text_zh.find("年份未填"), std::string::npos);
  EXPECT_NE(find(seen, "plot_area")->text_en.find("is not stated and decides"), std::string::npos);
}

TEST(CarbonGates, SayUndecidedAndNotTestedInDifferentWords) {
  auto sink = wuning();
  sink.clear_title.reset();
  sink.title_document.reset();
  sink.wetland.reset();
  const auto seen = gates(sink, on(kDay));
  for (const auto* rule : {"clear_title", "title_document"}) {
    const auto* stops = find(seen, rule);
    EXPECT_EQ(stops->standing, Standing::undecided);
    EXPECT_NE(stops->text_zh.find("待定"), std::string::npos) << rule;
    EXPECT_NE(stops->text_en.find("undecided"), std::string::npos) << rule;
  }
  for (const auto& finding : seen) {
    const bool untested = finding.text_zh.find("未检验") != std::string::npos;
    EXPECT_EQ(untested, finding.standing == Standing::not_tested) << finding.rule;
    EXPECT_EQ(finding.text_en.find("not tested") != std::string::npos, untested) << finding.rule;
  }
}

TEST(CarbonGates, OfPlantingAreNotForOtherMechanisms) {
  auto sink = wuning();
  sink.mechanism = Mechanism::guangdong_inclusive;
  sink.economic_forest = true;
  EXPECT_EQ(find(gates(sink, on(kDay)), "economic_forest"), nullptr);
}

TEST(CarbonPropose, KeepsTheTenorWithinTheCreditingPeriod) {
  auto sink = wuning();
  sink.tenor_months = 240;
  EXPECT_EQ(standing(sink, kDay, "tenor"), Standing::passed);
  sink.tenor_months = 241;
  EXPECT_EQ(standing(sink, kDay, "tenor"), Standing::violated);
  sink.tenor_months.reset();
  EXPECT_EQ(standing(sink, kDay, "tenor"), Standing::not_tested);
}

TEST(CarbonPropose, LeavesATenorBetweenTheEndsOfTheCreditingPeriodUndecided) {
  auto sink = wuning();
  sink.crediting_years = Interval::between(20, 30);
  for (const auto& [months, expected] : {std::pair{240, Standing::passed},
                                         {241, Standing::undecided},
                                         {360, Standing::undecided},
                                         {361, Standing::violated}}) {
    sink.tenor_months = months;
    const auto proposal = propose(sink, on(kDay));
    const auto* tenor = find(proposal.findings, "tenor");
    EXPECT_EQ(tenor->standing, expected) << months;
    EXPECT_EQ(tenor->text_zh.find("待定") != std::string::npos, expected == Standing::undecided);
    EXPECT_EQ(tenor->text_zh.find("未检验"), std::string::npos);
    EXPECT_EQ(proposal.terms.tenor_months.has_value(), expected == Standing::passed);
  }
}

TEST(CarbonPropose, HasNoDayForTheBandOfImpliedPrices) {
  // The band is an option; the row that is cited is a case, of 2025-07-28.
  for (const auto* day : {"2025-07-27", "2025-07-28"})
    EXPECT_EQ(standing(wuning(), day, "implied_price"), Standing::caution) << day;
  auto sink = wuning();
  sink.stated_income_fen.reset();
  EXPECT_EQ(standing(sink, kDay, "implied_price"), Standing::not_tested);
}

TEST(CarbonPropose, StepsTheRateWithItsGoals) {
  auto sink = wuning();
  sink.rate_steps = {{"零毁林", -2'000, std::nullopt}};
  EXPECT_EQ(propose(sink, on(kDay)).terms.rate, (Interval{38'000, 40'000}));
  sink.rate_steps.front().met = true;
  EXPECT_EQ(propose(sink, on(kDay)).terms.rate, Interval::exactly(38'000));
  sink.rate_steps.front().met = false;
  EXPECT_EQ(propose(sink, on(kDay)).terms.rate, Interval::exactly(40'000));
}

TEST(CarbonPropose, SaysWhenNothingWasTakenOffForReversal) {
  auto sink = wuning();
  EXPECT_EQ(standing(sink, kDay, "buffer_and_reversal"), Standing::passed);
  sink.reversal.reset();
  EXPECT_EQ(standing(sink, kDay, "buffer_and_reversal"), Standing::not_tested);
}

TEST(CarbonPropose, CautionsBeforeRegistration) {
  auto sink = wuning();
  sink.stage = Stage::validated;
  EXPECT_EQ(standing(sink, kDay, "stage"), Standing::caution);
  sink.stage = Stage::registered;
  EXPECT_EQ(standing(sink, kDay, "stage"), Standing::passed);
  sink.stage = Stage::unknown;
  EXPECT_EQ(standing(sink, kDay, "stage"), Standing::not_tested);
}

TEST(CarbonPropose, ReadsTheLoanOfLuodingAsPublished) {
  // 罗定, 2023-07-03: 1.5 million yuan on 5,000 mu of bamboo, 300 yuan a mu; tonnes by a third party and the
  // pledge registered, neither figure published. Twenty years are assumed.
  constexpr auto kLent = "2023-07-03";
  constexpr std::int64_t kMu = 5'000, kLoan = 150'000'000;
  EXPECT_EQ(kLoan / kMu, 30'000);
  Sink sink;
  sink.mechanism = Mechanism::guangdong_inclusive;
  sink.clear_title = true;
  sink.pledged_already = false;
  sink.area = Interval::exactly(kMu * 100);
  sink.crediting_years = Interval::exactly(20);
  sink.stated_income_fen = Interval::exactly(kLoan);
  sink.need_fen = kLoan;
  const auto proposal = propose(sink, on(kLent));
  EXPECT_EQ(proposal.terms.tonnes_basis, TonnesBasis::assumed_floor);
  EXPECT_EQ(proposal.terms.annual_kg, Interval::exactly(1'500'000));
  EXPECT_EQ(proposal.terms.implied_price, Interval::exactly(5'000));  // 50 yuan: inside 10 to 100
  EXPECT_EQ(find(proposal.findings, "implied_price")->standing, Standing::passed);
  // No price was published, so the amount cannot be checked, however usual it looks.
  EXPECT_FALSE(proposal.terms.ceiling_fen || proposal.terms.amount_fen);
  EXPECT_EQ(find(proposal.findings, "amount")->standing, Standing::not_tested);
  // The register was open; the group standards are of 2026.
  EXPECT_EQ(find(proposal.findings, "pledged_already")->standing, Standing::passed);
  EXPECT_EQ(find(proposal.findings, "clear_title")->standing, Standing::not_tested);
  EXPECT_EQ(find(proposal.findings, "mechanism")->standing, Standing::not_tested);
}

TEST(CarbonPropose, ReadsThePoolAndTheLoansOfYunfuAsPublished) {
  // 云浮, 2025-10-09: 148 projects of more than 50,000 t a year; 16 loans of about 12 million yuan, 750,000
  // on average; the first rice loans 1.7 million. The loans stand on a part of the pool, so against the whole
  // pool over twenty assumed years they imply the least price that they can: 12 yuan a tonne.
  constexpr std::int64_t kLoans = 1'200'000'000, kCount = 16;
  EXPECT_EQ(kLoans / kCount, 75'000'000);
  Sink pool;
  pool.mechanism = Mechanism::local;  // rice: a group standard wants CCER or the inclusive scheme
  pool.surveyed_kg = Interval::exactly(50'000'000);
  pool.crediting_years = Interval::exactly(20);
  pool.stated_income_fen = Interval::exactly(kLoans);
  const auto proposal = propose(pool, on("2025-10-09"));
  EXPECT_EQ(proposal.terms.implied_price, Interval::exactly(1'200));
  EXPECT_EQ(find(proposal.findings, "implied_price")->standing, Standing::passed);
  EXPECT_EQ(find(proposal.findings, "yield")->standing, Standing::not_tested);  // no area was published
  EXPECT_EQ(find(proposal.findings, "mechanism")->standing, Standing::not_tested);
  EXPECT_EQ(standing(pool, "2026-01-16", "mechanism"), Standing::caution);
  EXPECT_FALSE(proposal.terms.ceiling_fen);
  // Any part of the pool that carries all loans at more than 100 yuan a tonne is a caution: under an eighth.
  pool.surveyed_kg = Interval::exactly(6'000'000);
  EXPECT_EQ(standing(pool, "2025-10-09", "implied_price"), Standing::passed);
  pool.surveyed_kg = Interval::exactly(5'999'000);
  EXPECT_EQ(standing(pool, "2025-10-09", "implied_price"), Standing::caution);
}

TEST(CarbonGates, OfFormHoldOnAnyDay) {
  // Nothing that is no longer credited can repay: also before the row that is cited.
  auto sink = wuning();
  sink.tenor_months = 240;
  EXPECT_EQ(standing(sink, "2020-12-31", "tenor"), Standing::passed);
  sink.tenor_months = 241;
  EXPECT_EQ(standing(sink, "2020-12-31", "tenor"), Standing::violated);
}

TEST(CarbonGates, SayThatTheyAreNotTestedWithoutTheirNumbers) {
  struct Silent {
    const char* rule;
    void (*forget)(Sink&);
  };
  const Silent cases[] = {
      {"yield", [](Sink& s) { s.area.reset(); }},
      {"yield",
       [](Sink& s) {
         s.area.reset();
         s.surveyed_kg.reset();
         s.stated_total_kg.reset();
       }},
      {"implied_price", [](Sink& s) { s.stated_income_fen.reset(); }},
      {"implied_price",
       [](Sink& s) {
         s.stated_total_kg.reset();
         s.crediting_years.reset();
       }},
      {"price", [](Sink& s) { s.price.reset(); }},
      {"tenor", [](Sink& s) { s.crediting_years.reset(); }},
      {"tenor", [](Sink& s) { s.tenor_months.reset(); }},
      {"buffer_and_reversal", [](Sink& s) { s.buffer.reset(); }},
      {"stage", [](Sink& s) { s.stage = Stage::unknown; }},
  };
  for (const auto& c : cases) {
    auto sink = wuning();
    EXPECT_NE(standing(sink, kDay, c.rule), Standing::not_tested) << c.rule;
    c.forget(sink);
    EXPECT_EQ(standing(sink, kDay, c.rule), Standing::not_tested) << c.rule;
    const auto proposal = propose(sink, on(kDay));
    EXPECT_FALSE(find(proposal.findings, c.rule)->text_zh.empty()) << c.rule;
  }
}

TEST(CarbonPropose, AsksAMarketPriceForItsDay) {
  auto sink = wuning();
  EXPECT_EQ(standing(sink, kDay, "price"), Standing::passed);
  sink.price->basis = PriceBasis::market;
  EXPECT_EQ(standing(sink, kDay, "price"), Standing::not_tested);
  for (const auto& [day, seen] : {std::pair{"2025-02-27", Standing::caution},
                                  {"2025-02-28", Standing::passed},
                                  {"2026-03-01", Standing::passed},
                                  {"2026-03-02", Standing::caution}}) {
    sink.price->date = parse_date(day).value();
    EXPECT_EQ(standing(sink, kDay, "price"), seen) << day;
  }
  sink.price->basis = PriceBasis::scenario;
  EXPECT_EQ(standing(sink, kDay, "price"), Standing::caution);
}

TEST(CarbonPropose, RefusesARangeWithOneEnd) {
  auto sink = wuning();
  sink.area = Interval::at_least(1);
  EXPECT_THROW((void)propose(sink, on(kDay)), ContractError);
}

TEST(CarbonExplain, NamesCeilingAndCautionInBothLanguages) {
  const auto lines = explain(propose(wuning(), on(kDay)));
  std::string zh, en;
  for (const auto& line : lines) {
    zh += line.zh + "\n";
    en += line.en + "\n";
  }
  EXPECT_NE(zh.find("可贷上限"), std::string::npos);
  EXPECT_NE(zh.find("隐含每吨157元"), std::string::npos) << zh;
  EXPECT_NE(en.find("re-price at market"), std::string::npos);
}

}  // namespace
}  // namespace huoshui::carbon
