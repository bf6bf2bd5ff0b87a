#include <gtest/gtest.h>
#include <generate.hpp>
#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/overview.hpp>
#include <map>

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::compiled;

TEST(Overview, RanksTheColumnThatSettlesTheMost) {
  const Catalogue catalogue = compiled({a_product("X1").up_to(500), a_product("X2").up_to(900),
                                        a_product("X3").at_most_months(36).up_to(500)});
  const std::vector<Project> projects{a_project("P1").investing(700), a_project("P2").asking(100)};
  const Overview out = overview(projects, catalogue);
  ASSERT_EQ(out.missing.size(), 2U);
  EXPECT_EQ(out.missing[0].key, FactKey::financing_need);
  EXPECT_EQ(out.missing[0].pairs_alone, 2U);
  EXPECT_EQ(out.missing[0].pairs_touched, 3U);
  EXPECT_EQ(out.missing[0].projects, 1U);
  EXPECT_EQ(out.missing[0].investment, 700 * kFenPerWan);
  EXPECT_EQ(out.missing[1].key, FactKey::tenor);
  EXPECT_EQ(out.missing[1].pairs_alone, 1U);
  EXPECT_EQ(out.missing[1].money, 100 * kFenPerWan);
}

TEST(Overview, BoardsTheSingleChangeThatOpensTheMostDoors) {
  const Catalogue catalogue = compiled(
      {a_product("X1").up_to(500), a_product("X2").up_to(400), a_product("X3").for_region({"4401"})});
  const std::vector<Project> projects{a_project("P1").in("441625").asking(600)};
  const Overview out = overview(projects, catalogue);
  ASSERT_EQ(out.near_misses.size(), 1U);
  EXPECT_EQ(out.near_misses[0].key, FactKey::financing_need);
  EXPECT_EQ(out.near_misses[0].pairs, 2U);
  EXPECT_EQ(out.near_misses[0].products, 2U);
  EXPECT_EQ(out.near_misses[0].money, 600 * kFenPerWan);
}

TEST(Overview, EqualsCountingPairByPairAndIgnoresThreads) {
  testing::Generator generate(11);
  const Catalogue catalogue = compiled(generate.products(15));
  const auto projects = generate.projects(30, 30);
  const Overview one = overview(projects, catalogue);
  std::map<Verdict, std::size_t> counts;
  std::map<FactKey, std::size_t> alone;
  for (const auto& project : projects) {
    const PreparedProject prepared = prepare_facts(project, catalogue);
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
      const Verdict verdict = screen(prepared, catalogue, ProductRow{n}).verdict;
      ++counts[verdict];
      if (verdict != Verdict::undecided) continue;
      const auto keys = missing_facts(prepared, catalogue, ProductRow{n});
      if (keys.size() == 1) ++alone[keys.front()];
    }
  }
  EXPECT_EQ(one.pairs_permitted, counts[Verdict::permitted]);
  EXPECT_EQ(one.pairs_undecided, counts[Verdict::undecided]);
  EXPECT_EQ(one.pairs_refused, counts[Verdict::refused]);
  for (const auto& column : one.missing)
    EXPECT_EQ(column.pairs_alone, alone[column.key]) << to_string(column.key);
  for (const unsigned threads : {2U, 5U}) {
    const Overview many = overview(projects, catalogue, {.threads = threads});
    ASSERT_EQ(many.missing.size(), one.missing.size());
    for (std::size_t i = 0; i < one.missing.size(); ++i) {
      EXPECT_EQ(many.missing[i].key, one.missing[i].key);
      EXPECT_EQ(many.missing[i].pairs_touched, one.missing[i].pairs_touched);
    }
    ASSERT_EQ(many.near_misses.size(), one.near_misses.size());
    for (std::size_t i = 0; i < one.near_misses.size(); ++i)
      EXPECT_EQ(many.near_misses[i].examples, one.near_misses[i].examples);
  }
}

}  // namespace
}  // namespace huoshui
