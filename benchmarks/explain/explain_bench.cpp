#include <benchmark/benchmark.h>

#include <huoshui/explain/explain.hpp>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

void Explain(benchmark::State& state) {
  const Workload workload = make_workload({.projects = 200, .products = 500, .unknown = 20});
  const Catalogue catalogue = workload.compiled();
  std::vector<PreparedProject> prepared;
  for (const auto& project : workload.projects) prepared.push_back(prepare(project, catalogue));
  const auto row_at = [](std::size_t at) { return ProductRow{static_cast<std::uint32_t>(at * 7 % 500)}; };
  for (std::size_t at = 0; at < 1'000; ++at) {
    const PreparedProject& project = prepared[at % 200];
    const Screened truth = screen(project, catalogue, row_at(at));
    const Screened told = explain(project, catalogue, row_at(at)).screened;
    if (told.verdict != truth.verdict || told.failed != truth.failed || told.open != truth.open) {
      state.SkipWithError("the explanation disagrees with the verdict");
      return;
    }
  }
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(explain(prepared[at % 200], catalogue, row_at(at)));
    ++at;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Explain)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace huoshui::bench
