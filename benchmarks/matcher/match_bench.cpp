// Whole lists: the library and its C++ peers on the same workload, each checked before it is timed.
#include <benchmark/benchmark.h>

#include <array>
#include <functional>
#include <huoshui/matcher.hpp>
#include <memory>

#include "matcher/peers.hpp"
#include "support/oracle.hpp"

namespace huoshui::bench {
namespace {

enum Method : std::int64_t { indexed, exhaustive, plain_loop, merged_loop, posting_lists };
constexpr std::array<const char*, 5> kNames{"huoshui", "exhaustive", "plain loop", "plain loop, merged tests",
                                            "posting lists"};

WorkloadOptions workload_of(const benchmark::State& state) {
  return {.projects = static_cast<std::size_t>(state.range(0)),
          .products = static_cast<std::size_t>(state.range(1)),
          .unknown = static_cast<int>(state.range(2)),
          .spread = static_cast<Spread>(state.range(5))};
}

void count(benchmark::State& state, const Prepared& prepared) {
  const auto projects = static_cast<double>(prepared.workload.projects.size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(projects));
  state.counters["ns_per_project"] = benchmark::Counter(
      projects * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["permitted_percent"] = permitted_percent(prepared);
}

/// The library: `run` is one of its doors.
void time_library(benchmark::State& state, const Prepared& prepared, const std::function<Answer()>& run) {
  if (!equals_oracle(prepared, run(), state.range(2) == 0 ? 0 : 3)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(run());
  count(state, prepared);
}

/// A peer, made from the products in columns by `make`.
template <typename Make>
void time_peer(benchmark::State& state, const Prepared& prepared, unsigned threads, const Make& make) {
  // Reading the workload into columns is not counted; the library's time does hold it.
  const FlatProducts products = flatten_products(prepared.catalogue);
  const auto& projects = flat_projects(prepared);
  const auto peer = make(products);
  if (!equals_oracle(prepared, peer.match(projects, threads))) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(peer.match(projects, threads));
  count(state, prepared);
}

void Match(benchmark::State& state) {
  const Prepared& prepared = prepared_workload(workload_of(state));
  const auto threads = static_cast<unsigned>(state.range(3));
  const MatchOptions options{.k = kBest, .possible = state.range(2) == 0 ? 0U : 3U, .threads = threads};
  const std::span<const Project> projects = prepared.workload.projects;
  const auto method = static_cast<Method>(state.range(4));
  state.SetLabel(kNames[static_cast<std::size_t>(method)]);
  switch (method) {
    case indexed:
      return time_library(state, prepared, [&] { return match(projects, prepared.catalogue, options); });
    case exhaustive:
      return time_library(state, prepared,
                          [&] { return match_exhaustively(projects, prepared.catalogue, options); });
    case plain_loop:
      return time_peer(state, prepared, threads,
                       [](const FlatProducts& products) { return PlainLoop(products, Exits::each); });
    case merged_loop:
      return time_peer(state, prepared, threads,
                       [](const FlatProducts& products) { return PlainLoop(products, Exits::merged); });
    case posting_lists:
      return time_peer(state, prepared, threads,
                       [](const FlatProducts& products) { return PostingLists(products); });
  }
}

constexpr std::int64_t kZipf = static_cast<std::int64_t>(Spread::zipf);
constexpr std::int64_t kBroad = static_cast<std::int64_t>(Spread::broad);
constexpr std::int64_t kSharp = static_cast<std::int64_t>(Spread::sharp);
const std::vector<std::string> kArguments{"projects", "products", "unknown", "threads", "method", "spread"};

// S, M and L; slices of L and M for the slower ones. Grouped by workload, which is made once for each group.
BENCHMARK(Match)
    ->ArgNames(kArguments)
    ->ArgsProduct({{2'000}, {500}, {0}, {1, 2}, {indexed, plain_loop, merged_loop, posting_lists}, {kZipf}})
    ->Args({2'000, 500, 0, 1, exhaustive, kZipf})
    ->ArgsProduct({{2'000}, {500}, {20}, {1}, {indexed, exhaustive}, {kZipf}})
    ->ArgsProduct(
        {{100'000}, {2'000}, {0}, {1, 2}, {indexed, plain_loop, merged_loop, posting_lists}, {kZipf}})
    ->ArgsProduct({{100'000}, {2'000}, {20}, {1, 2}, {indexed}, {kZipf}})
    ->ArgsProduct(
        {{20'000}, {10'000}, {0}, {1, 2}, {indexed, plain_loop, merged_loop, posting_lists}, {kZipf}})
    ->ArgsProduct({{1'000'000}, {10'000}, {0}, {1, 2}, {indexed, posting_lists}, {kZipf}})
    ->ArgsProduct({{1'000'000}, {10'000}, {20}, {1, 2}, {indexed}, {kZipf}})
    ->ArgsProduct(
        {{20'000}, {2'000}, {0}, {1, 2}, {indexed, plain_loop, merged_loop, posting_lists}, {kBroad}})
    ->ArgsProduct(
        {{20'000}, {10'000}, {0}, {1, 2}, {indexed, plain_loop, merged_loop, posting_lists}, {kBroad}})
    ->ArgsProduct(
        {{20'000}, {2'000}, {0}, {1, 2}, {indexed, plain_loop, merged_loop, posting_lists}, {kSharp}})
    ->ArgsProduct(
        {{20'000}, {10'000}, {0}, {1, 2}, {indexed, plain_loop, merged_loop, posting_lists}, {kSharp}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// Time against the number of projects, and of products.
void Scale(benchmark::State& state) { Match(state); }
BENCHMARK(Scale)
    ->ArgNames(kArguments)
    ->ArgsProduct({{1'000, 3'000, 10'000, 30'000, 100'000}, {2'000}, {0}, {1}, {indexed}, {kZipf}})
    ->ArgsProduct({{20'000}, {250, 500, 1'000, 2'000, 4'000, 8'000, 16'000}, {0}, {1}, {indexed}, {kZipf}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
