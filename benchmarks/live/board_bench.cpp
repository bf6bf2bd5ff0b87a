// A board follows changes: one product or one project put, until the next snapshot can be read.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <huoshui/live/live.hpp>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

enum What : std::int64_t { product, project };

/// The board says what the exhaustive method says of some of its projects.
bool is_true(const Snapshot& seen) {
  const Answer answer = seen.answer();
  for (std::size_t n = 0; n < seen.size(); n += std::max<std::size_t>(1, seen.size() / 50)) {
    const Answer truth = match_exhaustively(std::span(&seen.project(n), 1), seen.catalogue(), seen.options());
    if (!std::ranges::equal(answer.offers(n), truth.offers(0)) ||
        !std::ranges::equal(answer.possible(n), truth.possible(0)) || answer.counts(n) != truth.counts(0))
      return false;
  }
  return true;
}

/// Each turn replaces another product or project with one that asks or offers a little more, and back.
void BoardPut(benchmark::State& state) {
  const auto projects = static_cast<std::size_t>(state.range(0));
  const Workload workload = make_workload(
      {.projects = projects, .products = static_cast<std::size_t>(state.range(1)), .unknown = 20});
  Board board =
      Board::open(workload.compiled(), workload.projects, {.k = 10, .possible = 3, .threads = 1}).value();
  std::size_t turn = 0;
  const auto put = [&] {
    const std::size_t round = turn / 100 % 2;
    const std::size_t at = turn++ % 100 * 17;
    if (state.range(2) == product) {
      Product changed = workload.products[at % workload.products.size()];
      if (round == 0) changed.amount.max += kFenPerWan;
      const auto start = std::chrono::steady_clock::now();
      benchmark::DoNotOptimize(board.put(std::move(changed)).value());
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
    Project changed = workload.projects[(at + round) % projects];
    changed.id = workload.projects[at % projects].id;
    const auto start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(board.put(std::move(changed)).value());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  for (int i = 0; i < 20; ++i) put();
  if (!is_true(board.snapshot())) {
    state.SkipWithError("the board differs from the exhaustive method");
    return;
  }
  std::vector<double> times;
  for (auto _ : state) {
    const double seconds = put();
    state.SetIterationTime(seconds);
    times.push_back(seconds * 1e6);
  }
  std::sort(times.begin(), times.end());
  state.counters["p50_us"] = times[(times.size() - 1) / 2];
  state.counters["p99_us"] = times[(times.size() - 1) * 99 / 100];
}
BENCHMARK(BoardPut)
    ->ArgNames({"projects", "products", "what"})
    ->ArgsProduct({{2'000}, {500, 10'000}, {product, project}})
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace huoshui::bench
