// What is read from rules judged once, against the plain way: every pair, rule and combination by itself.
#include <gtest/gtest.h>
#include <algorithm>
#include <generate.hpp>
#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/overview.hpp>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "explain/detail/moves.hpp"

namespace huoshui {
namespace {

using testing::Generator;

TEST(ExplainOracle, SaysWhatEachRoomSaysByItself) {
  for (std::uint32_t seed = 1; seed <= 15; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(8));
    for (const auto& project : generate.projects(8, 30)) {
      const PreparedProject prepared = prepare(project, catalogue);
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        const ProductRow row{n};
        const Explanation e = explain(prepared, catalogue, row);
        const Screened screened = screen(prepared, catalogue, row);
        EXPECT_EQ(e.screened.verdict, screened.verdict);
        EXPECT_EQ(e.screened.failed, screened.failed);
        EXPECT_EQ(e.screened.open, screened.open);
        EXPECT_EQ(e.screened.cautions, screened.cautions);
        const Points points = score(prepared, catalogue, row);
        EXPECT_EQ(e.points.total, points.total);
        EXPECT_EQ(e.points.parts, points.parts);
        EXPECT_EQ(e.missing, missing_facts(prepared, catalogue, row));
        EXPECT_EQ(e.changes.blocking, nearest_changes(prepared, catalogue, row).blocking);
        for (const auto& reading : e.rules) {
          EXPECT_EQ(reading.judgement.outcome, judge(*reading.rule, prepared.facts).outcome);
          EXPECT_EQ(reading.open, missing_for(*reading.rule, prepared.facts)) << reading.rule->id;
        }
      }
    }
  }
}

/// The verdict once moves are made: applied to the project, derived anew and judged from the start.
Verdict verdict_after(const Project& project, const std::vector<const detail::Move*>& moves,
                      const Catalogue& catalogue, ProductRow row) {
  ChangePlan plan;
  for (const auto* move : moves) {
    Change change;
    change.key = move->key;
    change.remedy = info(move->key).remedy;
    change.value = move->value;
    if (move->added != nullptr) change.added = *move->added;
    plan.changes.push_back(std::move(change));
  }
  const Project changed = apply(project, plan);
  return screen(prepare_facts(changed, catalogue), catalogue, row).verdict;
}

/// Every combination of `facts` groups, in the order of the groups: the smallest that lifts the refusal.
std::optional<double> least_move(const Project& project, const std::vector<detail::MoveGroup>& groups,
                                 std::size_t facts, const Catalogue& catalogue, ProductRow row) {
  std::optional<double> least;
  std::vector<const detail::Move*> chosen;
  const auto search = [&](auto&& self, std::size_t from, std::size_t left) -> void {
    if (left == 0) {
      if (verdict_after(project, chosen, catalogue, row) == Verdict::refused) return;
      double size = 0;
      for (const auto* move : chosen) size += move->size;
      if (!least || size < *least) least = size;
      return;
    }
    for (std::size_t g = from; g < groups.size(); ++g) {
      for (const auto& move : groups[g].moves) {
        chosen.push_back(&move);
        self(self, g + 1, left - 1);
        chosen.pop_back();
      }
    }
  };
  search(search, 0, facts);
  return least;
}

TEST(ExplainOracle, FindsChangesExactlyWhereTryingEveryCombinationFindsSome) {
  std::size_t found = 0, none = 0;
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(8));
    for (auto& project : generate.projects(6, 20)) {
      // Some needs follow from the other sums.
      if (seed % 3 == 0) {
        Fact need = testing::number_fact(FactKey::financing_need, Interval::exactly(200 * kFenPerWan));
        need.origin = Origin::derived;
        project.facts.set(need);
      }
      const PreparedProject prepared = prepare_facts(project, catalogue);
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        const ProductRow row{n};
        const ChangeSearch search = nearest_changes(prepared, catalogue, row, 2);
        if (search.status == ChangeStatus::not_refused) continue;
        detail::MoveFinder finder(prepared.facts);
        for (const bool of_two_facts : {false, true}) {
          for_each_rule(catalogue, row, [&](const Rule& rule) {
            if (rule.strength != Strength::must) return;
            for_each_atom(rule.condition, [&](const Condition& atom) {
              if (atom.limit_key.has_value() == of_two_facts) finder.around(atom);
            });
          });
        }
        std::optional<double> least;
        std::size_t facts = 0;
        while (!least && ++facts <= 2) least = least_move(project, finder.groups(), facts, catalogue, row);
        ASSERT_EQ(search.status == ChangeStatus::found, least.has_value())
            << "seed " << seed << " project " << project.id << " product " << catalogue.product(row).id;
        if (!least) {
          ++none;
          continue;
        }
        ++found;
        ASSERT_EQ(search.plans.front().changes.size(), facts);
        for (const auto& plan : search.plans) {
          const Project changed = apply(project, plan);
          EXPECT_EQ(screen(prepare_facts(changed, catalogue), catalogue, row).verdict, plan.verdict_after);
        }
        double size = 0;
        for (const auto& change : search.plans.front().changes) {
          for (const auto& group : finder.groups()) {
            for (const auto& move : group.moves) {
              const bool same = move.key == change.key && move.value == change.value &&
                                (move.added == nullptr || *move.added == change.added);
              if (same) size += move.size;
            }
          }
        }
        EXPECT_EQ(size, *least);
      }
    }
  }
  EXPECT_GT(found, 30U);
  EXPECT_GT(none, 30U);
}

TEST(ExplainOracle, KnowsEveryFactThatFollowsAMove) {
  const Catalogue catalogue = testing::compiled({testing::a_product()});
  const FactKey given[] = {FactKey::collateral_value, FactKey::annual_compensation, FactKey::employees,
                           FactKey::revenue,          FactKey::other_loans,         FactKey::credit_total};
  std::size_t followed = 0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    Generator generate(seed);
    Project project = generate.project("P1", 20);
    for (const FactKey key : given) {
      if (generate.chance(60))
        project.facts.set(testing::number_fact(
            key, Interval::exactly(static_cast<std::int64_t>(1 + generate.below(300)) * kFenPerWan)));
    }
    const Facts before = prepare_facts(project, catalogue).facts;
    for (const auto& entry : fact_infos()) {
      if (entry.remedy == Remedy::none || entry.key == FactKey::own_capital_ratio) continue;
      Project changed = project;
      changed.facts.set(
          entry.kind == FactKind::codes
              ? testing::code_fact(entry.key, {"pledge"})
              : testing::number_fact(
                    entry.key, Interval::exactly(entry.kind == FactKind::boolean ? 1 : 2'000 * kFenPerWan)));
      const Facts after = prepare_facts(changed, catalogue).facts;
      const detail::Keys follow = detail::moved_with(entry.key, detail::NeedFollows::no);
      for (const auto& other : fact_infos()) {
        const Fact *a = before.find(other.key), *b = after.find(other.key);
        const bool same = a == nullptr || b == nullptr
                              ? a == b
                              : a->range == b->range && a->codes == b->codes && a->origin == b->origin;
        if (same) continue;
        EXPECT_TRUE(follow.test(static_cast<std::size_t>(other.key)))
            << to_string(other.key) << " follows " << entry.id << ", seed " << seed;
        if (other.key != entry.key) ++followed;
      }
    }
  }
  EXPECT_GT(followed, 100U);
}

TEST(ExplainOracle, TellsAnOpenListThatDoesNotNameTheEntryFromOneThatTouchesIt) {
  Generator generate(5);
  std::size_t open = 0;
  for (int i = 0; i < 400; ++i) {
    Project project = generate.project("P1", 30);
    for (const auto& atom :
         {Condition::member_of(FactKey::region, testing::prefixes({"441625"}, true)),
          Condition::member_of(FactKey::industry, testing::prefixes({"A01", "D46"}, true)),
          Condition::member_of(FactKey::security, testing::words({"credit", "guarantee"}, true)),
          Condition::member_of(FactKey::borrower, testing::words({"cooperative"}, true))}) {
      const Fact* fact = project.facts.find(atom.key);
      Condition closed = atom;
      closed.codes.open = false;
      const bool expected = fact != nullptr && fact->origin != Origin::inferred &&
                            evaluate(closed, project.facts, Inferences::ignore) == Truth::no;
      EXPECT_EQ(open_to_institution(atom, project.facts), expected);
      open += expected ? 1 : 0;
    }
  }
  EXPECT_GT(open, 50U);
}

std::int64_t exact(const Facts& facts, FactKey key) {
  const Fact* fact = facts.find(key);
  return fact != nullptr && fact->range.is_point() ? fact->range.min : 0;
}

TEST(ExplainOracle, OverviewEqualsJudgingEveryPairByItself) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(25));
    const auto projects = generate.projects(25, 15 + 5 * static_cast<int>(seed));
    using HeatKey = std::pair<std::string, Instrument>;
    std::map<HeatKey, std::pair<std::size_t, std::size_t>> heat;
    std::map<FactKey, MissingColumn> missing;
    using DoorKey = std::tuple<FactKey, Remedy, Code>;
    std::map<DoorKey, std::vector<std::pair<std::uint32_t, ProductRow>>> doors;
    std::map<Verdict, std::size_t> verdicts;
    for (std::uint32_t p = 0; p < projects.size(); ++p) {
      const PreparedProject prepared = prepare_facts(projects[p], catalogue);
      std::set<FactKey> touched;
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        const ProductRow row{n};
        const Screened screened = screen(prepared, catalogue, row);
        ++verdicts[screened.verdict];
        if (screened.verdict == Verdict::refused) {
          if (screened.failed != 1) continue;
          for (const auto& plan : nearest_changes(prepared, catalogue, row, 1).plans) {
            const Change& change = plan.changes.front();
            doors[{change.key, change.remedy, change.added}].emplace_back(p, row);
          }
          continue;
        }
        auto& cell = heat[{area_of(projects[p]), catalogue.product(row).instrument}];
        ++(screened.verdict == Verdict::permitted ? cell.first : cell.second);
        if (screened.verdict == Verdict::permitted) continue;
        const auto keys = missing_facts(prepared, catalogue, row);
        for (const FactKey key : keys) {
          auto& column = missing[key];
          ++column.pairs_touched;
          if (keys.size() == 1) ++column.pairs_alone;
          if (!touched.insert(key).second) continue;
          ++column.projects;
          column.money += exact(prepared.facts, FactKey::financing_need);
          column.investment += exact(prepared.facts, FactKey::total_investment);
        }
      }
    }
    const Overview out = overview(projects, catalogue, {.threads = 1 + seed % 3});
    EXPECT_EQ(out.pairs_permitted, verdicts[Verdict::permitted]);
    EXPECT_EQ(out.pairs_undecided, verdicts[Verdict::undecided]);
    EXPECT_EQ(out.pairs_refused, verdicts[Verdict::refused]);
    ASSERT_EQ(out.heat.size(), heat.size());
    for (const auto& cell : out.heat)
      EXPECT_EQ((std::pair{cell.permitted, cell.possible}), (heat[{cell.area, cell.instrument}]));
    ASSERT_EQ(out.missing.size(), missing.size());
    for (const auto& column : out.missing) {
      const MissingColumn& plain = missing[column.key];
      EXPECT_EQ(column.pairs_alone, plain.pairs_alone);
      EXPECT_EQ(column.pairs_touched, plain.pairs_touched);
      EXPECT_EQ(column.projects, plain.projects);
      EXPECT_EQ(column.money, plain.money);
      EXPECT_EQ(column.investment, plain.investment);
    }
    ASSERT_EQ(out.near_misses.size(), doors.size());
    for (const auto& miss : out.near_misses) {
      auto pairs = doors[{miss.key, miss.remedy, miss.added}];
      EXPECT_EQ(miss.pairs, pairs.size());
      pairs.resize(std::min<std::size_t>(pairs.size(), 5));
      EXPECT_EQ(miss.examples, pairs);
    }
  }
}

}  // namespace
}  // namespace huoshui
