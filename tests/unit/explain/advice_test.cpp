#include <gtest/gtest.h>

#include <algorithm>
#include <builders.hpp>
#include <generate.hpp>
#include <huoshui/explain/advice.hpp>
#include <huoshui/score/score.hpp>

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::compiled;

Project named(std::string name, Project project = a_project().asking(100)) {
  project.name = std::move(name);
  return project;
}

/// The builders' products are all agricultural insurance: no gate of the day asks anything of them.
const InstrumentAdvice& insurance(const Advice& advice) {
  const auto found = std::find_if(advice.instruments.begin(), advice.instruments.end(), [](const auto& one) {
    return one.suggestion.instrument == Instrument::agricultural_insurance;
  });
  EXPECT_NE(found, advice.instruments.end());
  return *found;
}

TEST(Advise, KeepsTheModelsOrderProbabilitiesAndReasons) {
  const Catalogue catalogue = compiled({a_product()});
  for (const auto* name : {"某镇水厂", "碳汇林抚育", "公司", ""}) {
    const Project project = named(name);
    for (const std::size_t k : {0U, 1U, 5U, 46U, 99U}) {
      const auto suggested = InstrumentModel::bundled().suggest(project, k);
      const Advice advice = advise(prepare(project, catalogue), catalogue, k);
      ASSERT_EQ(advice.instruments.size(), suggested.size());
      ASSERT_EQ(advice.instruments.size(), std::min<std::size_t>(k, kInstrumentCount));
      for (std::size_t i = 0; i < suggested.size(); ++i) {
        const Suggestion& kept = advice.instruments[i].suggestion;
        EXPECT_EQ(kept.instrument, suggested[i].instrument);
        EXPECT_EQ(kept.millionths, suggested[i].millionths);
        EXPECT_EQ(kept.words, suggested[i].words);
        EXPECT_EQ(kept.rules.size(), suggested[i].rules.size());
      }
    }
  }
}

TEST(Advise, IsUncertainBelowTheModelsThresholdOnly) {
  const Catalogue catalogue = compiled({a_product()});
  const InstrumentModel& model = InstrumentModel::bundled();
  std::size_t uncertain = 0, sure = 0;
  for (const auto* name : {"公司", "甲项目", "生态公益林补偿收益", "高标准农田建设", "取水许可证质押"}) {
    const Project project = named(name);
    const auto families = model.read_families(project);
    const bool expected = *std::max_element(families.begin(), families.end()) < model.uncertain_below();
    EXPECT_EQ(advise(prepare(project, catalogue), catalogue).uncertain, expected) << name;
    ++(expected ? uncertain : sure);
  }
  EXPECT_GT(uncertain, 0U);
  EXPECT_GT(sure, 0U);
}

TEST(Advise, NamesThePermittedProductBeforeAnUndecidedOne) {
  const Project project = named("水稻", a_project().asking(100));
  const auto advised = [&](std::vector<Product> products) {
    const Catalogue catalogue = compiled(std::move(products));
    return insurance(advise(prepare(project, catalogue), catalogue, kInstrumentCount));
  };
  // X1 waits for the tenor, X2 permits, X3 refuses the amount one step above its limit.
  const Product open = a_product("X1").up_to(100).at_most_months(12), yes = a_product("X2").up_to(100),
                no = a_product("X3").up_to(99);
  const InstrumentAdvice all = advised({open, yes, no});
  EXPECT_EQ(all.permitted, 1U);
  EXPECT_EQ(all.undecided, 1U);
  EXPECT_EQ(all.refused, 1U);
  EXPECT_EQ(all.best, ProductRow{1});
  EXPECT_EQ(all.verdict, Verdict::permitted);

  const InstrumentAdvice waiting = advised({open, no});
  EXPECT_EQ(waiting.best, ProductRow{0});
  EXPECT_EQ(waiting.verdict, Verdict::undecided);

  const InstrumentAdvice refused = advised({no});
  EXPECT_EQ(refused.refused, 1U);
  EXPECT_FALSE(refused.best.has_value());

  const InstrumentAdvice absent = advised({a_product("X4").as(Instrument::special_bond)});
  EXPECT_EQ(absent.permitted + absent.undecided + absent.refused, 0U);
  EXPECT_FALSE(absent.best.has_value());
}

TEST(Advise, EqualsJudgingEveryProductOfTheInstrument) {
  testing::Generator generate(5);
  const Catalogue catalogue = compiled(generate.products(40));
  for (const Project& project : generate.projects(30, 30)) {
    const PreparedProject prepared = prepare(project, catalogue);
    for (const auto& one : advise(prepared, catalogue, kInstrumentCount).instruments) {
      std::size_t permitted = 0, undecided = 0, refused = 0;
      std::int64_t most = -1;
      const bool want_permitted = one.permitted > 0;
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        if (catalogue.product(ProductRow{n}).instrument != one.suggestion.instrument) continue;
        const Verdict verdict = screen(prepared, catalogue, ProductRow{n}).verdict;
        permitted += verdict == Verdict::permitted;
        undecided += verdict == Verdict::undecided;
        refused += verdict == Verdict::refused;
        if (verdict == (want_permitted ? Verdict::permitted : Verdict::undecided))
          most = std::max(most, score(prepared, catalogue, ProductRow{n}).total);
      }
      if (project.is_collection) permitted = undecided = refused = 0;
      EXPECT_EQ(one.permitted, permitted);
      EXPECT_EQ(one.undecided, undecided);
      EXPECT_EQ(one.refused, refused);
      ASSERT_EQ(one.best.has_value(), permitted + undecided > 0);
      if (one.best) {
        EXPECT_EQ(score(prepared, catalogue, *one.best).total, most);
        EXPECT_EQ(screen(prepared, catalogue, *one.best).verdict, one.verdict);
      }
    }
  }
}

TEST(Advise, NeverJudgesACollection) {
  const Catalogue catalogue = compiled({a_product()});
  Project project = named("水稻保险12个项目");
  project.is_collection = true;
  const Advice advice = advise(prepare(project, catalogue), catalogue, kInstrumentCount);
  EXPECT_EQ(advice.instruments.size(), kInstrumentCount);
  EXPECT_EQ(insurance(advice).refused, 0U);
  EXPECT_FALSE(insurance(advice).best.has_value());
}

TEST(MeasuresOf, AreTheCodesOfTheTable) {
  EXPECT_EQ(measures_of(Instrument::equity_debt_linkage), (std::vector<Code>{Code("5"), Code("I")}));
  EXPECT_EQ(measures_of(Instrument::syndicated_loan), std::vector<Code>{Code("5")});
}

}  // namespace
}  // namespace huoshui
