// A handbook becomes a catalogue, and the catalogue's first match makes the index.
#include <benchmark/benchmark.h>

#include <chrono>
#include <huoshui/matcher.hpp>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

void Compile(benchmark::State& state) {
  const Workload workload =
      make_workload({.projects = 0, .products = static_cast<std::size_t>(state.range(0))});
  if (workload.compiled().size() != workload.products.size()) {
    state.SkipWithError("the catalogue lost a product");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(workload.compiled());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Compile)->ArgName("products")->Arg(500)->Arg(2'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

void FirstMatch(benchmark::State& state) {
  const Workload workload =
      make_workload({.projects = 1, .products = static_cast<std::size_t>(state.range(0))});
  const MatchOptions options{.k = 10};
  const Catalogue known = workload.compiled();
  if (match(workload.projects, known, options) != match_exhaustively(workload.projects, known, options)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  for (auto _ : state) {
    const Catalogue catalogue = workload.compiled();  // not counted: Compile times it
    const auto start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(match(workload.projects, catalogue, options));
    state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
}
BENCHMARK(FirstMatch)
    ->ArgName("products")
    ->Arg(500)
    ->Arg(2'000)
    ->Arg(10'000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
