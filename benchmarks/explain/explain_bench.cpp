#include <benchmark/benchmark.h>

#include <algorithm>
#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/overview.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/policy/policy.hpp>
#include <huoshui/read/csv.hpp>
#include <optional>
#include <set>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

enum World : std::int64_t { workload, real };
enum Shown : std::int64_t { top, undecided, refused, mixed };

struct Input {
  std::vector<Project> projects;
  Catalogue catalogue;
};

Input input_of(World world) {
  if (world == workload) {
    Workload made = make_workload({.projects = 200, .products = 500, .unknown = 20});
    Catalogue catalogue = made.compiled();
    return {std::move(made.projects), std::move(catalogue)};
  }
  const Dictionaries& dictionaries = Dictionaries::bundled();
  auto list = read_projects(parse_csv(bundled_sample_projects(), "sample.csv").value(), dictionaries).value();
  auto handbook = read_products(parse_csv(bundled_handbook(), "handbook.csv").value(), dictionaries).value();
  const Policy policy = PolicyPack::bundled().at(parse_date("2024-08-01").value()).value();
  return {std::move(list.value.projects),
          Catalogue::compile(std::move(handbook.value), policy, Scorecard::standard()).value()};
}

struct Pair {
  std::size_t project = 0;
  ProductRow row{};
};

/// The pairs a reader asks about: of each project the permitted one with the most points, the first three
/// undecided ones, or every seventh refused one; mixed takes pairs as they come.
std::vector<Pair> pairs_of(const std::vector<PreparedProject>& projects, const Catalogue& catalogue,
                           Shown shown) {
  std::vector<Pair> pairs;
  for (std::size_t p = 0; p < projects.size(); ++p) {
    if (projects[p].project->is_collection) continue;
    std::optional<Pair> best;
    std::int64_t best_points = -1;
    std::size_t seen = 0;
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
      const ProductRow row{n};
      const Verdict verdict = screen(projects[p], catalogue, row).verdict;
      if (shown == top && verdict == Verdict::permitted) {
        const std::int64_t points = score(projects[p], catalogue, row).total;
        if (points > best_points) best = Pair{p, row};
        best_points = std::max(best_points, points);
      }
      const bool wanted = (shown == undecided && verdict == Verdict::undecided && seen++ < 3) ||
                          (shown == refused && verdict == Verdict::refused && seen++ % 7 == 0) ||
                          (shown == mixed && seen++ % 7 == p % 7);
      if (wanted) pairs.push_back({p, row});
    }
    if (best) pairs.push_back(*best);
  }
  return pairs;
}

/// Does an explanation say what the rooms before it say: verdict, points, failing rules?
bool agrees(const Explanation& e, const PreparedProject& project, const Catalogue& catalogue,
            ProductRow row) {
  const Screened screened = screen(project, catalogue, row);
  std::set<std::string> failing, told;
  for_each_rule(catalogue, row, [&](const Rule& rule) {
    if (judge(rule, project.facts).outcome == Outcome::fail) failing.insert(rule.id);
  });
  for (const auto& reading : e.rules) {
    if (reading.judgement.outcome == Outcome::fail) told.insert(reading.rule->id);
  }
  const Points points = score(project, catalogue, row);
  return e.screened.verdict == screened.verdict && e.screened.failed == screened.failed &&
         e.screened.open == screened.open && e.screened.cautions == screened.cautions &&
         e.points.total == points.total && e.points.parts == points.parts && told == failing &&
         e.missing == missing_facts(project, catalogue, row);
}

void Explain(benchmark::State& state) {
  const Input input = input_of(static_cast<World>(state.range(0)));
  std::vector<PreparedProject> prepared;
  for (const auto& project : input.projects) prepared.push_back(prepare(project, input.catalogue));
  const auto pairs = pairs_of(prepared, input.catalogue, static_cast<Shown>(state.range(1)));
  if (pairs.empty()) {
    state.SkipWithError("no such pair");
    return;
  }
  for (const auto& [project, row] : pairs) {
    if (agrees(explain(prepared[project], input.catalogue, row), prepared[project], input.catalogue, row))
      continue;
    state.SkipWithError("an explanation disagrees with verdict, points or failing rules");
    return;
  }
  std::size_t at = 0;
  for (auto _ : state) {
    const auto& [project, row] = pairs[at];
    at = at + 1 == pairs.size() ? 0 : at + 1;
    benchmark::DoNotOptimize(explain(prepared[project], input.catalogue, row));
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["pairs"] = static_cast<double>(pairs.size());
}
// The real list against the real handbook permits no pair: something is always to be supplied.
BENCHMARK(Explain)
    ->ArgNames({"world", "shown"})
    ->ArgsProduct({{workload}, {top, undecided, refused, mixed}})
    ->ArgsProduct({{real}, {undecided, refused, mixed}})
    ->Unit(benchmark::kMicrosecond);

/// The whole list summed up: verdicts, columns that would settle most, single changes that open most doors.
void SumUp(benchmark::State& state) {
  const Input input = input_of(static_cast<World>(state.range(0)));
  const Overview first = overview(input.projects, input.catalogue);
  std::size_t counts[3] = {};
  for (const auto& project : input.projects) {
    if (project.is_collection) continue;
    const PreparedProject prepared = prepare_facts(project, input.catalogue);
    for (std::uint32_t n = 0; n < input.catalogue.size(); ++n)
      ++counts[static_cast<std::size_t>(screen(prepared, input.catalogue, ProductRow{n}).verdict)];
  }
  if (first.pairs_permitted != counts[0] || first.pairs_undecided != counts[1] ||
      first.pairs_refused != counts[2]) {
    state.SkipWithError("the overview disagrees with the verdicts");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(overview(input.projects, input.catalogue));
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(input.projects.size() * input.catalogue.size()));
}
BENCHMARK(SumUp)->ArgName("world")->Arg(workload)->Arg(real)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
