// A handbook becomes a catalogue, the catalogue's first match makes the index, and both follow changes.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <huoshui/matcher.hpp>
#include <optional>

#include "engine/detail/segments.hpp"
#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

Policy policy_of_the_day() { return PolicyPack::bundled().at(parse_date("2024-08-01").value()).value(); }

/// Does a catalogue that never answered yet say what the exhaustive method says?
bool first_answer_is_true(const Catalogue& catalogue, std::span<const Project> projects) {
  const MatchOptions options{.k = 10};
  return match(projects, catalogue, options) == match_exhaustively(projects, catalogue, options);
}

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

/// The same, and the index that the first match would make: what a catalogue costs before it answers.
void CompileAndIndex(benchmark::State& state) {
  const Workload workload =
      make_workload({.projects = 1, .products = static_cast<std::size_t>(state.range(0))});
  const Policy policy = policy_of_the_day();
  const Scorecard scorecard = Scorecard::standard();
  if (!first_answer_is_true(workload.compiled(), workload.projects)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  std::size_t bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Product> products = workload.products;
    std::optional<Catalogue> catalogue;
    state.ResumeTiming();
    catalogue = Catalogue::compile(std::move(products), policy, scorecard).value();
    const engine::Segments& segments = engine::Segments::of(*catalogue);
    state.PauseTiming();
    bytes = 0;
    for (const auto& segment : segments.all()) bytes += segment.index->bytes();
    catalogue.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["index_bytes_per_product"] =
      static_cast<double>(bytes) / static_cast<double>(workload.products.size());
}
BENCHMARK(CompileAndIndex)
    ->ArgName("products")
    ->Arg(500)
    ->Arg(2'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond);

enum Change : std::int64_t { add, replace, remove };

/// One product added, replaced or removed when the catalogue is so many updates away from its base already:
/// the new snapshot and its index, ready to answer. Every turn starts from the same catalogue.
void Update(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const auto change = static_cast<Change>(state.range(1));
  const auto before = static_cast<std::size_t>(state.range(2) - 1);
  const Workload workload = make_workload({.projects = 4, .products = size + 1'000});
  const auto& products = workload.products;
  Catalogue catalogue = Catalogue::compile({products.begin(), products.begin() + static_cast<long>(size)},
                                           policy_of_the_day(), Scorecard::standard())
                            .value();
  benchmark::DoNotOptimize(&engine::Segments::of(catalogue));
  const auto dearer = [&](std::size_t at) {
    Product product = products[at];
    product.amount.max += kFenPerWan;
    return product;
  };
  // Earlier updates: added, replaced and removed in turn, spread over the handbook.
  for (std::size_t i = 0; i < before; ++i) {
    const std::size_t at = i * 17 % size;
    catalogue = (i % 3 == 0   ? catalogue.with(products[size + i])
                 : i % 3 == 1 ? catalogue.with(dearer(at))
                              : catalogue.without(products[at].id))
                    .value();
    benchmark::DoNotOptimize(&engine::Segments::of(catalogue));
  }
  const auto updated = [&](std::size_t turn) {
    // Not among the earlier ones: those stand at i * 17 % size for i < 600.
    std::size_t at = (turn * 17 + 9 * 1'700) % size;
    while (!catalogue.find(products[at].id)) at = (at + 17) % size;
    Product product = change == add ? products[size + 600 + turn % 400] : dearer(at);
    const auto start = std::chrono::steady_clock::now();
    Catalogue next =
        (change == remove ? catalogue.without(products[at].id) : catalogue.with(std::move(product))).value();
    benchmark::DoNotOptimize(&engine::Segments::of(next));
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    return std::pair{std::move(next), time.count()};
  };
  const std::size_t expected = catalogue.size() + (change == add ? 1 : 0) - (change == remove ? 1 : 0);
  const auto [first, unused] = updated(0);
  if (first.size() != expected || !first_answer_is_true(first, workload.projects)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  std::vector<double> times;
  std::size_t turn = 0;
  for (auto _ : state) {
    const auto [next, seconds] = updated(turn++);
    state.SetIterationTime(seconds);
    times.push_back(seconds * 1e6);
  }
  std::sort(times.begin(), times.end());
  state.counters["p50_us"] = times[(times.size() - 1) / 2];
  state.counters["p99_us"] = times[(times.size() - 1) * 99 / 100];
}
BENCHMARK(Update)
    ->ArgNames({"products", "change", "nth"})
    ->ArgsProduct({{10'000}, {add, replace, remove}, {1, 10, 50, 500}})
    ->ArgsProduct({{500}, {add, replace, remove}, {1}})
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);

/// The first match of a compiled catalogue, which makes the index.
void FirstMatch(benchmark::State& state) {
  const Workload workload =
      make_workload({.projects = 1, .products = static_cast<std::size_t>(state.range(0))});
  const MatchOptions options{.k = 10};
  if (!first_answer_is_true(workload.compiled(), workload.projects)) {
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
