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
  const Explanation first = explain(prepared[0], catalogue, ProductRow{0});
  if (first.screened.verdict != screen(prepared[0], catalogue, ProductRow{0}).verdict) {
    state.SkipWithError("the explanation disagrees with the verdict");
    return;
  }
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        explain(prepared[at % 200], catalogue, ProductRow{static_cast<std::uint32_t>(at * 7 % 500)}));
    ++at;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Explain)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace huoshui::bench
