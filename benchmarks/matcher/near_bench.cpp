#include <benchmark/benchmark.h>

#include <algorithm>
#include <huoshui/matcher/near.hpp>
#include <span>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

void MatchNear(benchmark::State& state) {
  const Workload workload = make_workload({.projects = static_cast<std::size_t>(state.range(0)),
                                           .products = static_cast<std::size_t>(state.range(1)),
                                           .unknown = static_cast<int>(state.range(2))});
  const Catalogue catalogue = workload.compiled();
  const NearOptions options{.k = static_cast<std::size_t>(state.range(3)),
                            .threads = static_cast<unsigned>(state.range(4))};
  const auto head = std::span(workload.projects).first(std::min<std::size_t>(workload.projects.size(), 100));
  if (match_near(head, catalogue, options) != match_near_exhaustively(head, catalogue, options)) {
    state.SkipWithError("the near misses differ from the exhaustive method's");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(match_near(workload.projects, catalogue, options));
  state.SetItemsProcessed(state.iterations() * state.range(0));
  const NearAnswer near = match_near(workload.projects, catalogue, options);
  double found = 0;
  for (const std::uint32_t count : near.counts()) found += count;
  state.counters["near"] = found / static_cast<double>(state.range(0));  // a project
}
BENCHMARK(MatchNear)
    ->ArgNames({"projects", "products", "unknown", "k", "threads"})
    ->ArgsProduct({{20'000}, {2'000}, {0, 20}, {0, 5}, {1}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
