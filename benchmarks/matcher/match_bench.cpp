// Whole lists: the library and its C++ peers on the same workload, each checked before it is timed.
#include <benchmark/benchmark.h>

#include <array>
#include <functional>
#include <huoshui/matcher.hpp>
#include <memory>

#include "engine/detail/kernels.hpp"
#include "matcher/peers.hpp"
#include "support/memory.hpp"
#include "support/oracle.hpp"

namespace huoshui::bench {
namespace {

enum Method : std::int64_t { indexed, exhaustive, plain_loop, merged_loop, posting_lists, prepared };
constexpr std::array<const char*, 6> kNames{
    "huoshui (from projects)",  "exhaustive",    "plain loop",
    "plain loop, merged tests", "posting lists", "huoshui (prepared list)"};

WorkloadOptions workload_of(const benchmark::State& state) {
  return {.projects = static_cast<std::size_t>(state.range(0)),
          .products = static_cast<std::size_t>(state.range(1)),
          .unknown = static_cast<int>(state.range(2)),
          .spread = static_cast<Spread>(state.range(5))};
}

MatchOptions options_of(const benchmark::State& state) {
  return {.k = kBest,
          .possible = state.range(2) == 0 ? 0U : 3U,
          .threads = static_cast<unsigned>(state.range(3))};
}

void count(benchmark::State& state, const Prepared& world) {
  const auto projects = static_cast<double>(world.workload.projects.size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(projects));
  state.counters["ns_per_project"] = benchmark::Counter(
      projects * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["permitted_percent"] = permitted_percent(world);
}

/// The library: `run` is one of its doors.
void time_library(benchmark::State& state, const Prepared& world, const std::function<Answer()>& run) {
  if (!equals_oracle(world, run(), options_of(state).possible)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(run());
  count(state, world);
}

/// A peer, made from the products in columns by `make`.
template <typename Make>
void time_peer(benchmark::State& state, const Prepared& world, unsigned threads, const Make& make) {
  // Reading the workload into columns is not counted, as with the prepared list of the library.
  const FlatProducts products = flatten_products(world.catalogue);
  const auto& projects = flat_projects(world);
  const auto peer = make(products);
  if (!equals_oracle(world, peer.match(projects, threads))) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(peer.match(projects, threads));
  count(state, world);
}

void Match(benchmark::State& state) {
  const Prepared& world = prepared_workload(workload_of(state));
  const MatchOptions options = options_of(state);
  const std::span<const Project> projects = world.workload.projects;
  const auto method = static_cast<Method>(state.range(4));
  state.SetLabel(kNames[static_cast<std::size_t>(method)]);
  switch (method) {
    case indexed:
      return time_library(state, world, [&] { return match(projects, world.catalogue, options); });
    case exhaustive:
      return time_library(state, world,
                          [&] { return match_exhaustively(projects, world.catalogue, options); });
    case plain_loop:
      return time_peer(state, world, options.threads,
                       [](const FlatProducts& products) { return PlainLoop(products, Exits::each); });
    case merged_loop:
      return time_peer(state, world, options.threads,
                       [](const FlatProducts& products) { return PlainLoop(products, Exits::merged); });
    case posting_lists:
      return time_peer(state, world, options.threads,
                       [](const FlatProducts& products) { return PostingLists(products); });
    case prepared: {
      const PreparedList list = prepared_list(world);
      return time_library(state, world, [&] { return match(list, options); });
    }
  }
}

constexpr std::int64_t kZipf = static_cast<std::int64_t>(Spread::zipf);
constexpr std::int64_t kBroad = static_cast<std::int64_t>(Spread::broad);
constexpr std::int64_t kSharp = static_cast<std::int64_t>(Spread::sharp);
const std::vector<std::string> kArguments{"projects", "products", "unknown", "threads", "method", "spread"};
const std::vector<std::int64_t> kLibrary{prepared, indexed};
const std::vector<std::int64_t> kAll{prepared, indexed, plain_loop, merged_loop, posting_lists};

void settings(benchmark::internal::Benchmark* b) {
  b->ArgNames(kArguments)->UseRealTime()->Unit(benchmark::kMillisecond);
}

// S, M and a slice of L for the slower ones. Grouped by workload, which is made once for each group.
BENCHMARK(Match)
    ->Apply(settings)
    ->ArgsProduct({{2'000}, {500}, {0}, {1, 2}, kAll, {kZipf}})
    ->Args({2'000, 500, 0, 1, exhaustive, kZipf})
    ->ArgsProduct({{2'000}, {500}, {20}, {1, 2}, kLibrary, {kZipf}})
    ->Args({2'000, 500, 20, 1, exhaustive, kZipf})
    ->ArgsProduct({{100'000}, {2'000}, {0}, {1, 2}, kAll, {kZipf}})
    ->ArgsProduct({{100'000}, {2'000}, {20}, {1, 2}, kLibrary, {kZipf}})
    ->ArgsProduct({{20'000}, {10'000}, {0}, {1, 2}, kAll, {kZipf}})
    ->ArgsProduct({{20'000}, {10'000}, {20}, {1, 2}, kLibrary, {kZipf}})
    ->ArgsProduct({{20'000}, {2'000}, {0}, {1, 2}, kAll, {kBroad}})
    ->ArgsProduct({{20'000}, {2'000}, {20}, {1, 2}, kLibrary, {kBroad}})
    ->ArgsProduct({{20'000}, {10'000}, {0}, {1, 2}, kAll, {kBroad}})
    ->ArgsProduct({{20'000}, {10'000}, {20}, {1, 2}, kLibrary, {kBroad}})
    ->ArgsProduct({{20'000}, {2'000}, {0}, {1, 2}, kAll, {kSharp}})
    ->ArgsProduct({{20'000}, {2'000}, {20}, {1, 2}, kLibrary, {kSharp}})
    ->ArgsProduct({{20'000}, {10'000}, {0}, {1, 2}, kAll, {kSharp}})
    ->ArgsProduct({{20'000}, {10'000}, {20}, {1, 2}, kLibrary, {kSharp}});

// L whole. The prepared list as often as the rest; from projects a run takes seconds and spreads little.
void MatchWhole(benchmark::State& state) { Match(state); }
BENCHMARK(MatchWhole)
    ->Name("Match")
    ->Apply(settings)
    ->ArgsProduct({{1'000'000}, {10'000}, {0}, {1, 2}, {prepared}, {kZipf}});
BENCHMARK(MatchWhole)
    ->Name("Match")
    ->Apply(settings)
    ->ArgsProduct({{1'000'000}, {10'000}, {0}, {1, 2}, {indexed}, {kZipf}})
    ->Repetitions(3);
BENCHMARK(MatchWhole)
    ->Name("Match")
    ->Apply(settings)
    ->ArgsProduct({{1'000'000}, {10'000}, {20}, {1, 2}, {prepared}, {kZipf}});
BENCHMARK(MatchWhole)
    ->Name("Match")
    ->Apply(settings)
    ->ArgsProduct({{1'000'000}, {10'000}, {20}, {1, 2}, {indexed}, {kZipf}})
    ->Repetitions(3);

// Time against the number of projects, and of products, doubled from one to the next.
void Scale(benchmark::State& state) { Match(state); }
BENCHMARK(Scale)
    ->Apply(settings)
    ->ArgsProduct({{6'250, 12'500, 25'000, 50'000, 100'000}, {2'000}, {0}, {1}, kLibrary, {kZipf}})
    ->ArgsProduct({{20'000}, {500, 1'000, 2'000, 4'000, 8'000, 16'000}, {0}, {1}, kLibrary, {kZipf}});

/// Reading a list into the form that match() works on, and what it holds.
void Prepare(benchmark::State& state) {
  const Prepared& world = prepared_workload(workload_of(state));
  const auto threads = static_cast<unsigned>(state.range(3));
  const std::span<const Project> projects = world.workload.projects;
  const PreparedList list = prepare(projects, world.catalogue, threads);
  if (!equals_oracle(world, match(list, options_of(state)), options_of(state).possible)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(prepare(projects, world.catalogue, threads));
  count(state, world);
  state.counters["bytes_per_project"] =
      static_cast<double>(list.bytes()) / static_cast<double>(projects.size());
}
BENCHMARK(Prepare)
    ->Apply(settings)
    ->ArgsProduct({{2'000}, {500}, {0, 20}, {1, 2}, {prepared}, {kZipf}})
    ->ArgsProduct({{100'000}, {2'000}, {0, 20}, {1, 2}, {prepared}, {kZipf}})
    ->ArgsProduct({{20'000}, {10'000}, {0, 20}, {1, 2}, {prepared}, {kZipf}});

/// A prepared list with the kernels of each processor that this one can play.
void Target(benchmark::State& state) {
  const Prepared& world = prepared_workload({.projects = static_cast<std::size_t>(state.range(0)),
                                             .products = static_cast<std::size_t>(state.range(1)),
                                             .unknown = static_cast<int>(state.range(2))});
  const MatchOptions options = options_of(state);
  const PreparedList list = prepared_list(world);
  const engine::Kernels& usual = engine::kernels();
  for (const engine::Kernels* kernels : engine::runnable_kernels()) {
    if (static_cast<std::int64_t>(kernels->target) == state.range(4)) engine::use(*kernels);
  }
  constexpr std::array<const char*, 3> kTargets{"portable", "AVX2", "AVX-512"};
  state.SetLabel(kTargets[static_cast<std::size_t>(engine::kernels().target)]);
  time_library(state, world, [&] { return match(list, options); });
  engine::use(usual);
}

void runnable_targets(benchmark::internal::Benchmark* b) {
  constexpr std::array<std::array<std::int64_t, 2>, 3> kSizes{
      {{2'000, 500}, {100'000, 2'000}, {20'000, 10'000}}};
  for (const auto& [projects, products] : kSizes) {
    for (const std::int64_t unknown : {0, 20}) {
      for (const engine::Kernels* kernels : engine::runnable_kernels())
        b->Args({projects, products, unknown, 1, static_cast<std::int64_t>(kernels->target)});
    }
  }
}
BENCHMARK(Target)
    ->ArgNames({"projects", "products", "unknown", "threads", "target"})
    ->Apply(runnable_targets)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// A long list in batches of 4,096: what is held at a time must not grow with the list.
void Batches(benchmark::State& state) {
  const Prepared& world =
      prepared_workload({.projects = static_cast<std::size_t>(state.range(0)), .products = 10'000});
  constexpr std::size_t kBatch = 4'096;
  const MatchOptions options{.k = kBest, .possible = 0, .threads = 2};
  const std::span<const Project> projects = world.workload.projects;
  std::size_t held = 0;
  const auto run = [&](auto&& take) {
    std::size_t at = 0;
    match_batches(
        [&] {
          const auto batch = projects.subspan(at, std::min(kBatch, projects.size() - at));
          at += batch.size();
          return batch;
        },
        world.catalogue, options, take);
  };
  Answer whole;
  run([&](std::span<const Project>, const Answer& part) { whole.append(part); });
  if (!equals_oracle(world, whole, 0)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  whole = Answer();
  const std::size_t before = bytes_in_use();
  run([&](std::span<const Project>, const Answer&) { held = std::max(held, bytes_in_use()); });
  for (auto _ : state)
    run([](std::span<const Project>, const Answer& part) { benchmark::DoNotOptimize(part); });
  count(state, world);
  state.counters["bytes_in_flight"] = static_cast<double>(held - std::min(held, before));
}
BENCHMARK(Batches)
    ->ArgName("projects")
    ->Arg(10'000)
    ->Arg(40'000)
    ->Arg(160'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
