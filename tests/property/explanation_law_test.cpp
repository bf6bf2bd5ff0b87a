// Laws of explanations: they name every rule, toggling a cited field flips its rule, shown changes flip the
// verdict, a claimed impossibility holds against brute force, parts sum to the whole.
#include <gtest/gtest.h>
#include <algorithm>
#include <generate.hpp>
#include <huoshui/explain/explain.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>
#include <numeric>

namespace huoshui {
namespace {

using testing::choices;
using testing::Generator;

void expect_parts_sum(const Points& points) {
  EXPECT_EQ(points.total, std::accumulate(points.parts.begin(), points.parts.end(), std::int64_t{0}));
  EXPECT_GE(points.total, 0);
  EXPECT_LE(points.total, kWeightTotal * kOneMillion);
}

void expect_plans_flip(const PreparedProject& prepared, const Catalogue& catalogue, ProductRow row,
                       const ChangeSearch& search) {
  for (const auto& plan : search.plans) {
    ASSERT_FALSE(plan.changes.empty());
    const Project changed = apply(*prepared.project, plan);
    const Verdict after = screen(prepare_facts(changed, catalogue), catalogue, row).verdict;
    EXPECT_NE(after, Verdict::refused);
    EXPECT_EQ(after, plan.verdict_after);
    for (const auto& change : plan.changes) EXPECT_NE(info(change.key).remedy, Remedy::none);
  }
}

TEST(ExplanationLaw, EveryRuleIsNamedAndTheVerdictFollowsFromThem) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(10));
    const auto projects = generate.projects(10, 25);
    for (const auto& project : projects) {
      const PreparedProject prepared = prepare(project, catalogue);
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        const Explanation e = explain(prepared, catalogue, ProductRow{n});
        EXPECT_EQ(e.rules.size(),
                  catalogue.terms(ProductRow{n}).size() + catalogue.gates(ProductRow{n}).size());
        std::size_t failed = 0, open = 0;
        for (const auto& reading : e.rules) {
          const bool must = reading.rule->strength == Strength::must;
          failed += must && reading.judgement.outcome == Outcome::fail ? 1 : 0;
          open += must && (reading.judgement.outcome == Outcome::undecided ||
                           (reading.judgement.outcome == Outcome::not_tested && reading.rule->fails_closed))
                      ? 1
                      : 0;
          EXPECT_FALSE(reading.message_zh.empty());
          EXPECT_FALSE(reading.message_en.empty());
        }
        EXPECT_EQ(failed, e.screened.failed);
        EXPECT_EQ(open, e.screened.open);
        expect_parts_sum(e.points);
        if (e.screened.verdict == Verdict::undecided && e.screened.failed == 0) {
          const bool asks_institution =
              std::any_of(e.rules.begin(), e.rules.end(), [&](const RuleReading& r) {
                return r.rule->strength == Strength::must && waits_for_institution(*r.rule, prepared.facts);
              });
          const bool dormant = std::any_of(e.rules.begin(), e.rules.end(), [](const RuleReading& r) {
            return r.rule->fails_closed && r.judgement.outcome == Outcome::not_tested;
          });
          EXPECT_TRUE(!e.missing.empty() || asks_institution || dormant) << "seed " << seed;
        }
      }
    }
  }
}

TEST(ExplanationLaw, ShownChangesFlipTheVerdictAndImpossibleOnesResistBruteForce) {
  std::size_t found = 0, impossible = 0;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(8));
    const auto projects = generate.projects(6, 15);
    for (const auto& project : projects) {
      const PreparedProject prepared = prepare_facts(project, catalogue);
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        const ProductRow row{n};
        const ChangeSearch search = nearest_changes(prepared, catalogue, row);
        const bool refused = screen(prepared, catalogue, row).verdict == Verdict::refused;
        EXPECT_EQ(search.status == ChangeStatus::not_refused, !refused);
        if (search.status == ChangeStatus::found) ++found;
        expect_plans_flip(prepared, catalogue, row, search);
        if (search.status != ChangeStatus::impossible) continue;
        ++impossible;
        EXPECT_FALSE(search.blocking.empty());
        // Brute force over the small world: every movable fact in every allowed direction.
        const auto tries = [&](FactKey key, const Fact& choice) {
          const Fact* now = project.facts.find(key);
          if (now == nullptr) return false;
          if (info(key).remedy == Remedy::lower) return choice.range.max < now->range.max;
          if (info(key).remedy == Remedy::raise) return choice.range.min > now->range.min;
          return info(key).remedy == Remedy::either;
        };
        for (const auto& need : choices(FactKey::financing_need)) {
          for (const auto& tenor : choices(FactKey::tenor)) {
            for (const auto& own : choices(FactKey::own_capital)) {
              Project changed = project;
              if (tries(FactKey::financing_need, need)) changed.facts.set(need);
              if (tries(FactKey::tenor, tenor)) changed.facts.set(tenor);
              if (tries(FactKey::own_capital, own)) changed.facts.set(own);
              EXPECT_EQ(screen(prepare_facts(changed, catalogue), catalogue, row).verdict, Verdict::refused)
                  << "seed " << seed << " product " << catalogue.product(row).id;
            }
          }
        }
      }
    }
  }
  EXPECT_GT(found, 50U);
  EXPECT_GT(impossible, 50U);
}

// But-for: for every decided single-atom rule, a value on the other side of the cited limit flips the
// outcome.
TEST(ExplanationLaw, TogglingACitedFieldFlipsItsRule) {
  std::size_t toggled = 0;
  const auto toggle = [&](const Rule& rule, const Facts& facts) {
    const Condition& c = rule.condition;
    const Outcome before = judge(rule, facts).outcome;
    if ((before != Outcome::pass && before != Outcome::fail) || judge(rule, facts).on_inference) return;
    if (c.kind == Condition::Kind::compare && !c.limit_key) {
      const bool want = before == Outcome::fail;
      std::int64_t value = c.limit;
      switch (c.comparison) {
        case Comparison::at_most:
          value = want ? c.limit : c.limit + 1;
          break;
        case Comparison::less:
          value = want ? c.limit - 1 : c.limit;
          break;
        case Comparison::at_least:
          value = want ? c.limit : c.limit - 1;
          break;
        case Comparison::greater:
          value = want ? c.limit + 1 : c.limit;
          break;
        case Comparison::equal:
          value = want ? c.limit : c.limit + 1;
          break;
      }
      Facts changed = facts;
      changed.set(testing::number_fact(c.key, Interval::exactly(value)));
      EXPECT_EQ(judge(rule, changed).outcome, want ? Outcome::pass : Outcome::fail) << rule.id;
      ++toggled;
    } else if (c.kind == Condition::Kind::member && !c.codes.named.empty()) {
      Facts changed = facts;
      const bool want = before == Outcome::fail;
      changed.set(testing::code_fact(c.key, {want ? c.codes.named.front().text() : "~elsewhere"}));
      const Outcome after = judge(rule, changed).outcome;
      EXPECT_EQ(after, want ? Outcome::pass : c.codes.open ? Outcome::undecided : Outcome::fail) << rule.id;
      ++toggled;
    }
  };
  // The bundled sample with both bundled handbooks, and random worlds.
  const Dictionaries& dictionaries = Dictionaries::bundled();
  const auto list =
      read_projects(parse_csv(bundled_sample_projects(), "sample.csv").value(), dictionaries).value();
  for (const auto handbook : {bundled_handbook(), bundled_illustrative_handbook()}) {
    const auto products = read_products(parse_csv(handbook, "handbook.csv").value(), dictionaries).value();
    const Catalogue catalogue = testing::compiled(products.value);
    for (const auto& project : list.value.projects) {
      const PreparedProject prepared = prepare(project, catalogue);
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        for_each_rule(catalogue, ProductRow{n}, [&](const Rule& rule) { toggle(rule, prepared.facts); });
        expect_parts_sum(score(prepared, catalogue, ProductRow{n}));
      }
    }
  }
  EXPECT_GT(toggled, 5'000U);
}

TEST(ExplanationLaw, EveryShownChangeOfTheSampleFlipsItsPair) {
  const Dictionaries& dictionaries = Dictionaries::bundled();
  const auto list =
      read_projects(parse_csv(bundled_sample_projects(), "sample.csv").value(), dictionaries).value();
  for (const auto handbook : {bundled_handbook(), bundled_illustrative_handbook()}) {
    const auto products = read_products(parse_csv(handbook, "h.csv").value(), dictionaries).value();
    const Catalogue catalogue = testing::compiled(products.value);
    for (const auto& project : list.value.projects) {
      const PreparedProject prepared = prepare_facts(project, catalogue);
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        expect_plans_flip(prepared, catalogue, ProductRow{n},
                          nearest_changes(prepared, catalogue, ProductRow{n}));
      }
    }
  }
}

}  // namespace
}  // namespace huoshui
