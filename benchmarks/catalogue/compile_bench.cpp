#include <benchmark/benchmark.h>

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

}  // namespace
}  // namespace huoshui::bench
