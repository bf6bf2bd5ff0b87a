// A handbook becomes a catalogue, and the catalogue's first match makes the index.
#include <benchmark/benchmark.h>

#include <chrono>
#include <huoshui/matcher.hpp>
#include <optional>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

Policy policy_of_the_day() { return PolicyPack::bundled().at(parse_date("2024-08-01").value()).value(); }

/// Products are moved in, as from a reader: neither their copy nor the end of the last catalogue is timed.
void Compile(benchmark::State& state) {
  const Workload workload =
      make_workload({.projects = 0, .products = static_cast<std::size_t>(state.range(0))});
  if (workload.compiled().size() != workload.products.size()) {
    state.SkipWithError("the catalogue lost a product");
    return;
  }
  const Policy policy = policy_of_the_day();
  const Scorecard scorecard = Scorecard::standard();
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Product> products = workload.products;
    std::optional<Catalogue> catalogue;
    state.ResumeTiming();
    catalogue = Catalogue::compile(std::move(products), policy, scorecard).value();
    state.PauseTiming();
    catalogue.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Compile)->ArgName("products")->Arg(500)->Arg(2'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

/// One product added, replaced and removed in turn; each step is a new snapshot, the last one is kept.
void Update(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const Workload workload = make_workload({.projects = 0, .products = size + 1'000});
  Catalogue catalogue =
      Catalogue::compile({workload.products.begin(), workload.products.begin() + static_cast<long>(size)},
                         policy_of_the_day(), Scorecard::standard())
          .value();
  std::size_t next = size, step = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Product product = workload.products[next];
    if (step == 1) product.amount.max += kFenPerWan;
    state.ResumeTiming();
    catalogue = (step == 2 ? catalogue.without(product.id) : catalogue.with(std::move(product))).value();
    if (++step < 3) continue;
    step = 0;
    if (++next == workload.products.size()) next = size;
  }
  if (catalogue.size() != size + (step == 0 ? 0 : 1)) state.SkipWithError("the updates went astray");
}
BENCHMARK(Update)->ArgName("products")->Arg(500)->Arg(2'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);
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
