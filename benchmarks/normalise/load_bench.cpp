// From a file to facts, and from there to the answer: the figures that Python's stand beside.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <huoshui/matcher.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>

#include "support/list.hpp"

namespace huoshui::bench {
namespace {

ProjectList read_list(const std::string& csv) {
  return read_projects(parse_csv(csv, "list.csv").value(), Dictionaries::bundled()).value().value;
}

void LoadProjects(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  const std::string csv = list_of(rows);
  if (read_list(csv).rows.projects != rows) {
    state.SkipWithError("rows were lost");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(read_list(csv));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(LoadProjects)->ArgName("rows")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

/// The whole call on a list in real words, as projects or prepared; peers/python_call.py times the same from
/// Python.
void MatchList(benchmark::State& state) {
  const ProjectList list = read_list(list_of(static_cast<std::size_t>(state.range(0))));
  const auto table = parse_csv(handbook_of(static_cast<std::size_t>(state.range(1))), "handbook.csv").value();
  const Catalogue catalogue =
      Catalogue::compile(read_products(table, Dictionaries::bundled()).value().value,
                         PolicyPack::bundled().at(parse_date("2026-03-01").value()).value(),
                         Scorecard::standard())
          .value();
  const MatchOptions options{.k = 10, .possible = 3, .threads = static_cast<unsigned>(state.range(2))};
  const std::span<const Project> sample = std::span(list.projects).first(100);
  const PreparedList prepared = prepare(list.projects, catalogue, options.threads);
  const auto run = [&] {
    return state.range(3) == 1 ? match(prepared, options) : match(list.projects, catalogue, options);
  };
  const Answer answer = run();
  const Answer truth = match_exhaustively(sample, catalogue, options);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (!std::ranges::equal(answer.offers(i), truth.offers(i)) ||
        !std::ranges::equal(answer.possible(i), truth.possible(i))) {
      state.SkipWithError("the answer differs from the exhaustive method");
      return;
    }
  }
  for (auto _ : state) benchmark::DoNotOptimize(run());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(MatchList)
    ->ArgNames({"projects", "products", "threads", "prepared"})
    ->ArgsProduct({{2'000}, {500}, {1}, {0, 1}})
    ->ArgsProduct({{100'000}, {2'000}, {1, 2}, {0, 1}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
