#include <gtest/gtest.h>

#include <functional>
#include <huoshui/core/result.hpp>
#include <huoshui/rights/propose.hpp>

namespace huoshui::rights {
namespace {

constexpr auto kDay = "2026-03-01";

Policy on(std::string_view day, LowConfidence low = LowConfidence::off) {
  return PolicyPack::bundled().at(parse_date(day).value(), {.low_confidence = low}).value();
}

Standing standing(const Asset& asset, std::string_view day, std::string_view rule,
                  LowConfidence low = LowConfidence::off) {
  const auto proposal = propose(asset, on(day, low));
  const auto* finding = find(proposal.findings, rule);
  if (finding == nullptr) throw std::logic_error("no finding " + std::string(rule));
  return finding->standing;
}

Asset forest_income(std::int64_t mu, std::int64_t fen_a_mu, std::int64_t need_fen) {
  Asset out;
  out.right = Right::public_forest_income;
  out.quantity = Interval::exactly(mu * 1000);
  out.fen_per_unit = Interval::exactly(fen_a_mu);
  out.clear_title = true;
  out.pledged_already = false;
  out.registry = Registry::registered;
  out.need_fen = need_fen;
  return out;
}

Asset herd() {
  Asset out;
  out.right = Right::livestock;
  out.quantity = Interval::exactly(400'000);
  out.fen_per_unit = Interval::exactly(2'500'000);
  out.lent_share = Interval::exactly(700'000);
  out.clear_title = out.insured = true;
  out.pledged_already = false;
  out.registry = Registry::registered;
  out.unique_number = "ear tags 1-400";
  out.need_fen = 680'000'000;
  out.years = Interval::exactly(2);
  out.tenor_months = 12;
  return out;
}

TEST(PublicForestIncome, PutsPublishedLoansInsideTheSpread) {
  struct Case {
    const char* place;
    std::int64_t mu, fen_a_mu, loan_fen;
  };
  const Case cases[] = {
      {"肇庆", 1'300, 2'308, 7'300'000},   // 2.4 times
      {"环江", 4'649, 1'400, 30'000'000},  // 4.6 times
      {"安吉", 4'794, 3'500, 83'000'000},  // just under 5 times
  };
  for (const auto& c : cases) {
    const auto terms = propose(forest_income(c.mu, c.fen_a_mu, c.loan_fen), on(kDay)).terms;
    ASSERT_TRUE(terms.spread_fen) << c.place;
    EXPECT_TRUE(terms.spread_fen->contains(c.loan_fen)) << c.place;
    EXPECT_EQ(terms.ceiling_fen->min, terms.spread_fen->min) << c.place;  // the lower is used
  }
  auto anji = forest_income(4'794, 3'500, 83'000'000);
  anji.multiple = Interval::exactly(5'000'000);
  const auto proposal = propose(anji, on(kDay));
  EXPECT_EQ(proposal.terms.ceiling_fen, Interval::exactly(83'895'000));
  EXPECT_EQ(proposal.terms.amount_fen, 83'000'000);
  EXPECT_EQ(find(proposal.findings, "multiple")->standing, Standing::passed);
}

TEST(PublicForestIncome, CautionsAboveTheUsualMultipleAndCutsAtTheHighest) {
  auto asset = forest_income(1'000, 4'700, 1);
  asset.multiple = Interval::exactly(5'000'000);
  EXPECT_EQ(standing(asset, kDay, "multiple"), Standing::passed);
  asset.multiple = Interval::exactly(5'000'001);
  EXPECT_EQ(standing(asset, kDay, "multiple"), Standing::caution);
  asset.multiple = Interval::exactly(16'000'000);
  EXPECT_EQ(propose(asset, on(kDay)).terms.multiple, Interval::exactly(15'000'000));
}

TEST(PublicForestIncome, AssumesTheProvincialMeanInGuangdongAndSaysThatItIsOld) {
  auto asset = forest_income(1'000, 1, 1);
  asset.fen_per_unit.reset();
  EXPECT_EQ(standing(asset, kDay, "amount"), Standing::not_tested);
  asset.region = Code("441625");
  for (const char* day : {"2024-12-31", "2025-01-01"}) {
    const auto proposal = propose(asset, on(day));
    EXPECT_EQ(proposal.terms.fen_per_unit, Interval::exactly(4'700)) << day;
    EXPECT_EQ(find(proposal.findings, "compensation_rate")->text_en.find("old") != std::string::npos,
              std::string_view(day) == "2025-01-01");
  }
}

TEST(Livestock, IsHeadTimesPriceTimesShare) {
  const auto proposal = propose(herd(), on(kDay));
  EXPECT_EQ(proposal.terms.value_fen, Interval::exactly(1'000'000'000));
  EXPECT_EQ(proposal.terms.ceiling_fen, Interval::exactly(700'000'000));
  EXPECT_EQ(proposal.terms.amount_fen, 680'000'000);
  EXPECT_TRUE(is_lawful(verify(proposal.terms, herd(), on(kDay))));
}

TEST(Rights, SayThatTheAmountCannotBeCheckedWithoutAPrice) {
  auto asset = herd();
  asset.fen_per_unit.reset();
  const auto proposal = propose(asset, on(kDay));
  EXPECT_FALSE(proposal.terms.ceiling_fen || proposal.terms.amount_fen);
  EXPECT_NE(find(proposal.findings, "amount")->text_zh.find("金额无法核定"), std::string::npos);
  EXPECT_TRUE(is_lawful(verify(proposal.terms, asset, on(kDay))));
}

TEST(Rights, AreWorthNothingAsSecurityWithoutARegister) {
  auto asset = herd();
  asset.registry = Registry::none;
  const auto proposal = propose(asset, on(kDay));
  EXPECT_EQ(proposal.terms.value_fen, Interval::exactly(1'000'000'000));
  EXPECT_EQ(proposal.terms.ceiling_fen, Interval::exactly(0));
  EXPECT_EQ(find(proposal.findings, "registry")->standing, Standing::caution);
}

TEST(Rights, KeepTheTenorWithinTheYearsLeft) {
  auto asset = herd();
  asset.tenor_months = 24;
  EXPECT_EQ(standing(asset, kDay, "tenor"), Standing::passed);
  asset.tenor_months = 25;
  EXPECT_EQ(standing(asset, kDay, "tenor"), Standing::violated);
  asset.years.reset();
  EXPECT_EQ(standing(asset, kDay, "tenor"), Standing::not_tested);
}

TEST(Rights, LeaveATenorBetweenTheEndsOfTheYearsLeftUndecided) {
  auto asset = herd();
  asset.years = Interval::between(2, 3);
  for (const auto& [months, expected] : {std::pair{24, Standing::passed},
                                         {25, Standing::undecided},
                                         {36, Standing::undecided},
                                         {37, Standing::violated}}) {
    asset.tenor_months = months;
    const auto proposal = propose(asset, on(kDay));
    const auto* tenor = find(proposal.findings, "tenor");
    EXPECT_EQ(tenor->standing, expected) << months;
    EXPECT_EQ(tenor->text_zh.find("待定") != std::string::npos, expected == Standing::undecided);
    EXPECT_EQ(tenor->text_en.find("undecided") != std::string::npos, expected == Standing::undecided);
    EXPECT_EQ(proposal.terms.tenor_months.has_value(), expected == Standing::passed);
  }
}

TEST(Rights, SayUndecidedAndNotTestedInDifferentWords) {
  auto asset = herd();
  asset.clear_title.reset();
  asset.insured.reset();
  asset.pledged_already.reset();
  for (const auto& finding : gates(asset, on(kDay))) {
    const auto has = [](const std::string& text, std::string_view word) {
      return text.find(word) != std::string::npos;
    };
    EXPECT_EQ(has(finding.text_zh, "待定"), finding.standing == Standing::undecided) << finding.text_zh;
    EXPECT_EQ(has(finding.text_en, "undecided"), finding.standing == Standing::undecided) << finding.text_en;
    EXPECT_EQ(has(finding.text_zh, "未检验"), finding.standing == Standing::not_tested) << finding.text_zh;
    EXPECT_EQ(has(finding.text_en, "not tested"), finding.standing == Standing::not_tested)
        << finding.text_en;
  }
  const auto seen = gates(asset, on(kDay));
  EXPECT_EQ(find(seen, "clear_title")->standing, Standing::undecided);
  EXPECT_EQ(find(seen, "insured")->standing, Standing::not_tested);
}

TEST(Rights, DiscountThePriceOfAYear) {
  auto asset = herd();
  asset.right = Right::water;
  asset.priced_for = PricedFor::year;
  asset.quantity = Interval::exactly(1'000'000'000);  // a million cubic metres
  asset.fen_per_unit = Interval::exactly(15);
  asset.lent_share = Interval::exactly(500'000);
  asset.discount_rate = Interval::exactly(0);
  const auto terms = propose(asset, on(kDay)).terms;
  EXPECT_EQ(terms.yearly_fen, Interval::exactly(15'000'000));
  EXPECT_EQ(terms.ceiling_fen, Interval::exactly(15'000'000));
  asset.discount_rate.reset();
  EXPECT_FALSE(propose(asset, on(kDay)).terms.ceiling_fen);
}

struct GateCase {
  Right right;
  const char* rule;
  const char* before;
  const char* first;
  void (*broken)(Asset&);
  void (*unknown)(Asset&);
  Standing breach, silence;
};

TEST(RightsGates, HoldEitherSideFromTheirFirstDayOn) {
  const auto title = [](Asset& a) { a.clear_title = false; };
  const auto no_title = [](Asset& a) { a.clear_title.reset(); };
  const GateCase cases[] = {
      {Right::livestock, "clear_title", "2025-12-25", "2025-12-26", title, no_title, Standing::violated,
       Standing::undecided},
      {Right::discharge, "clear_title", "2020-12-31", "2021-01-01", title, no_title, Standing::violated,
       Standing::undecided},
      {Right::livestock, "insured", "2025-12-25", "2025-12-26", [](Asset& a) { a.insured = false; },
       [](Asset& a) { a.insured.reset(); }, Standing::caution, Standing::not_tested},
      {Right::forest_tenure, "on_public_forest", "2020-06-30", "2020-07-01",
       [](Asset& a) { a.on_public_forest = true; }, [](Asset& a) { a.on_public_forest.reset(); },
       Standing::violated, Standing::not_tested},
      {Right::land_operation, "filed", "2018-12-31", "2019-01-01", [](Asset& a) { a.filed = false; },
       [](Asset& a) { a.filed.reset(); }, Standing::violated, Standing::not_tested},
      {Right::land_operation, "holder_consents", "2018-12-31", "2019-01-01",
       [](Asset& a) { a.holder_consents = false; }, [](Asset& a) { a.holder_consents.reset(); },
       Standing::violated, Standing::not_tested},
      {Right::water, "filed_with_authority", "2025-04-29", "2025-04-30",
       [](Asset& a) { a.filed_with_authority = false; }, [](Asset& a) { a.filed_with_authority.reset(); },
       Standing::caution, Standing::not_tested},
  };
  for (const auto& c : cases) {
    auto good = herd();
    good.right = c.right;
    good.on_public_forest = false;
    good.filed = good.holder_consents = good.filed_with_authority = true;
    auto broken = good, unknown = good;
    c.broken(broken);
    c.unknown(unknown);
    EXPECT_EQ(standing(good, c.first, c.rule), Standing::passed) << c.rule;
    EXPECT_EQ(standing(broken, c.first, c.rule), c.breach) << c.rule;
    EXPECT_EQ(standing(broken, c.before, c.rule), Standing::not_tested) << c.rule;
    EXPECT_EQ(standing(unknown, c.first, c.rule), c.silence) << c.rule;
  }
}

/// Gates that more than yes and no answer, or that no row dates.
TEST(RightsGates, HoldEveryAnswerOnItsDays) {
  struct Answer {
    Right right;
    const char* rule;
    const char* day;
    void (*change)(Asset&);
    Standing expected;
    LowConfidence low = LowConfidence::off;
  };
  const auto none = [](Asset&) {};
  const auto on_low = LowConfidence::on;
  const Answer cases[] = {
      // The law asks for tags from its first day; a herd without a stated number is not known to have none.
      {Right::livestock, "unique_number", "2025-12-26", none, Standing::passed},
      {Right::livestock, "unique_number", "2025-12-26", [](Asset& a) { a.unique_number.clear(); },
       Standing::not_tested},
      {Right::livestock, "unique_number", "2025-12-25", none, Standing::not_tested},
      // A pledge that nobody registers has no rank on any day.
      {Right::discharge, "registry", "2021-01-01", none, Standing::passed},
      {Right::discharge, "registry", "2021-01-01", [](Asset& a) { a.registry = Registry::registrable; },
       Standing::caution},
      {Right::discharge, "registry", "2021-01-01", [](Asset& a) { a.registry = Registry::none; },
       Standing::caution},
      {Right::discharge, "registry", "2020-12-31", [](Asset& a) { a.registry = Registry::none; },
       Standing::caution},
      {Right::discharge, "registry", "2021-01-01", [](Asset& a) { a.registry = Registry::unknown; },
       Standing::not_tested},
      // No national row dates the filing of discharge and energy quotas: the same on any day.
      {Right::discharge, "filed_with_authority", kDay, [](Asset& a) { a.filed_with_authority = true; },
       Standing::passed},
      {Right::discharge, "filed_with_authority", kDay, [](Asset& a) { a.filed_with_authority = false; },
       Standing::caution},
      {Right::discharge, "filed_with_authority", kDay, none, Standing::not_tested},
      {Right::energy_use, "filed_with_authority", "2015-01-01",
       [](Asset& a) { a.filed_with_authority = true; }, Standing::passed},
      {Right::energy_use, "filed_with_authority", "2015-01-01",
       [](Asset& a) { a.filed_with_authority = false; }, Standing::caution},
      {Right::energy_use, "filed_with_authority", "2015-01-01", none, Standing::not_tested},
      // A row of low confidence is off until it is asked for.
      {Right::forest_tenure, "lent_share", kDay, none, Standing::not_tested},
      {Right::forest_tenure, "lent_share", kDay, [](Asset& a) { a.lent_share = Interval::exactly(600'000); },
       Standing::passed, on_low},
      {Right::forest_tenure, "lent_share", kDay, [](Asset& a) { a.lent_share = Interval::exactly(600'001); },
       Standing::caution, on_low},
      {Right::forest_tenure, "lent_share", kDay, [](Asset& a) { a.lent_share.reset(); }, Standing::not_tested,
       on_low},
      {Right::forest_tenure, "lent_share", "2013-07-01", none, Standing::caution, on_low},
      {Right::forest_tenure, "lent_share", "2013-06-30", none, Standing::not_tested, on_low},
      {Right::water, "pledged_already", kDay, none, Standing::passed},
      {Right::water, "pledged_already", kDay, [](Asset& a) { a.pledged_already.reset(); },
       Standing::not_tested},
      {Right::water, "tenor", kDay, [](Asset& a) { a.tenor_months.reset(); }, Standing::not_tested},
  };
  for (const auto& c : cases) {
    auto asset = herd();
    asset.right = c.right;
    c.change(asset);
    EXPECT_EQ(standing(asset, c.day, c.rule, c.low), c.expected) << c.rule << " on " << c.day;
    const auto proposal = propose(asset, on(c.day, c.low));
    EXPECT_FALSE(find(proposal.findings, c.rule)->text_zh.empty()) << c.rule;
  }
}

TEST(Rights, NameEachNumberThatTheAmountLacks) {
  struct Lack {
    const char* zh;
    void (*forget)(Asset&);
  };
  const Lack cases[] = {
      {"价格", [](Asset& a) { a.fen_per_unit.reset(); }},
      {"合法数量", [](Asset& a) { a.quantity.reset(); }},
      {"抵质押率", [](Asset& a) { a.lent_share.reset(); }},
      {"剩余年限", [](Asset& a) { a.years.reset(); }},
      {"折现率", [](Asset& a) { a.discount_rate.reset(); }},
  };
  for (const auto& c : cases) {
    auto asset = herd();
    asset.right = Right::water;
    asset.priced_for = PricedFor::year;
    asset.discount_rate = Interval::exactly(50'000);
    EXPECT_TRUE(propose(asset, on(kDay)).terms.ceiling_fen) << c.zh;
    c.forget(asset);
    const auto proposal = propose(asset, on(kDay));
    EXPECT_FALSE(proposal.terms.ceiling_fen || proposal.terms.amount_fen) << c.zh;
    const auto* amount = find(proposal.findings, "amount");
    EXPECT_EQ(amount->standing, Standing::not_tested) << c.zh;
    EXPECT_NE(amount->text_zh.find(c.zh), std::string::npos) << amount->text_zh;
  }
}

TEST(Rights, RefuseToBePledgedAgain) {
  auto asset = herd();
  asset.pledged_already = true;
  EXPECT_EQ(standing(asset, kDay, "pledged_already"), Standing::violated);
  EXPECT_FALSE(propose(asset, on(kDay)).terms.amount_fen);
  asset.pledged_already.reset();
  EXPECT_EQ(standing(asset, kDay, "pledged_already"), Standing::not_tested);
}

TEST(RightsVerify, RejectsEachNumberThatWasChanged) {
  const auto policy = on(kDay);
  const auto good = propose(herd(), policy).terms;
  ASSERT_TRUE(good.amount_fen && good.tenor_months);
  const std::function<void(Terms&)> changes[] = {
      [](Terms& t) { t.fen_per_unit->min -= 1; },    [](Terms& t) { t.value_fen->max += 1'000; },
      [](Terms& t) { t.ceiling_fen->min -= 1'000; }, [](Terms& t) { t.ceiling_fen.reset(); },
      [](Terms& t) { t.amount_fen = 700'000'001; },  [](Terms& t) { t.tenor_months = 25; },
  };
  int index = 0;
  for (const auto& change : changes) {
    auto terms = good;
    change(terms);
    EXPECT_FALSE(is_lawful(verify(terms, herd(), policy))) << index++;
  }
}

TEST(RightsVerify, HoldsMultipleSpreadAndAssumedRate) {
  const auto policy = on(kDay);
  auto asset = forest_income(1'000, 1, 1);
  asset.fen_per_unit.reset();
  asset.region = Code("441625");
  const auto good = propose(asset, policy).terms;
  EXPECT_TRUE(is_lawful(verify(good, asset, policy)));
  const std::function<void(Terms&)> changes[] = {
      [](Terms& t) { t.fen_per_unit->max += 1; },
      [](Terms& t) { t.multiple->max += 1; },
      [](Terms& t) { t.yearly_fen->min -= 3; },
      [](Terms& t) { t.spread_fen->max += 3; },
  };
  for (const auto& change : changes) {
    auto terms = good;
    change(terms);
    EXPECT_FALSE(is_lawful(verify(terms, asset, policy)));
  }
}

TEST(RightsExplain, TellsTheSpreadAndWhatDidNotPass) {
  std::string zh;
  for (const auto& line : explain(propose(forest_income(1'000, 4'700, 1), on(kDay)))) zh += line.zh + "\n";
  EXPECT_NE(zh.find("2–15倍"), std::string::npos);
  EXPECT_NE(zh.find("倍数未填"), std::string::npos);
}

}  // namespace
}  // namespace huoshui::rights
