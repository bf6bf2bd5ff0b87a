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

/// A thousand updates in a row, each asked for its index: added, replaced and removed in turn. Each is timed;
/// the longest are those that make the catalogue its own base, and merges of large levels.
void Updates(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  constexpr std::size_t kUpdates = 1'000;
  const Workload workload = make_workload({.projects = 4, .products = size + kUpdates});
  const auto& products = workload.products;
  const Catalogue first = Catalogue::compile({products.begin(), products.begin() + static_cast<long>(size)},
                                             policy_of_the_day(), Scorecard::standard())
                              .value();
  benchmark::DoNotOptimize(&engine::Segments::of(first));
  std::vector<double> times;
  double levels = 0;
  for (auto _ : state) {
    Catalogue catalogue = first;
    double total = 0;
    levels = 0;
    for (std::size_t i = 0; i < kUpdates; ++i) {
      Product product = products[i % 3 == 0 ? size + i : i * 17 % size];
      product.amount.max += kFenPerWan;
      const bool removes = i % 3 == 2 && catalogue.find(product.id);
      const std::string id = product.id;
      const auto start = std::chrono::steady_clock::now();
      Catalogue next = (removes ? catalogue.without(id) : catalogue.with(std::move(product))).value();
      const auto& segments = engine::Segments::of(next);
      const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
      levels += static_cast<double>(segments.all().size() - 1) / kUpdates;
      catalogue = std::move(next);
      total += time.count();
      times.push_back(time.count() * 1e6);
    }
    state.SetIterationTime(total);
    if (!first_answer_is_true(catalogue, workload.projects)) {
      state.SkipWithError("the answer differs from the exhaustive method");
      return;
    }
  }
  std::sort(times.begin(), times.end());
  const auto per_mille = [&](std::size_t share) { return times[(times.size() - 1) * share / 1'000]; };
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kUpdates));
  state.counters["p50_us"] = per_mille(500);
  state.counters["p90_us"] = per_mille(900);
  state.counters["p99_us"] = per_mille(990);
  state.counters["p998_us"] = per_mille(998);
  state.counters["max_us"] = times.back();
  state.counters["levels"] = levels;
}
BENCHMARK(Updates)->ArgName("products")->Arg(10'000)->UseManualTime()->Unit(benchmark::kMillisecond);

/// A list matched when the catalogue is so many updates away from its base.
void MatchUpdated(benchmark::State& state) {
  const auto updates = static_cast<std::size_t>(state.range(1));
  const auto size = static_cast<std::size_t>(state.range(0));
  const Workload workload = make_workload({.projects = 2'000, .products = size + updates});
  const auto& products = workload.products;
  Catalogue catalogue = Catalogue::compile({products.begin(), products.begin() + static_cast<long>(size)},
                                           policy_of_the_day(), Scorecard::standard())
                            .value();
  for (std::size_t i = 0; i < updates; ++i) {
    catalogue = catalogue.with(products[size + i]).value();
    benchmark::DoNotOptimize(&engine::Segments::of(catalogue));
  }
  if (!first_answer_is_true(catalogue, std::span(workload.projects).first(4))) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  const MatchOptions options{.k = 10, .possible = 3};
  const bool from_prepared = state.range(2) == 1;
  const PreparedList list = prepare(workload.projects, catalogue);
  for (auto _ : state) {
    benchmark::DoNotOptimize(from_prepared ? match(list, options)
                                           : match(workload.projects, catalogue, options));
  }
  state.counters["ns_per_project"] = benchmark::Counter(
      2'000 * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["levels"] = static_cast<double>(engine::Segments::of(catalogue).all().size() - 1);
}
BENCHMARK(MatchUpdated)
    ->ArgNames({"products", "updates", "prepared"})
    ->ArgsProduct({{10'000}, {0, 1, 63, 64, 511, 512}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

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
