#include <benchmark/benchmark.h>

#include <algorithm>
#include <huoshui/matcher.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/topk/select.hpp>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

/// Does an answer equal the full sort over every pair, on the first projects?
bool equals_oracle(const Workload& workload, const Catalogue& catalogue, const Answer& answer,
                   std::size_t k) {
  for (std::size_t i = 0; i < std::min<std::size_t>(workload.projects.size(), 200); ++i) {
    const PreparedProject prepared = prepare(workload.projects[i], catalogue);
    std::vector<Candidate> permitted;
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
      if (screen(prepared, catalogue, ProductRow{n}).verdict != Verdict::permitted) continue;
      permitted.push_back({score(prepared, catalogue, ProductRow{n}).total, n, 0});
    }
    const auto best = select_by_sorting(permitted, k);
    const auto offers = answer.offers(i);
    if (!std::equal(offers.begin(), offers.end(), best.begin(), best.end(),
                    [](const Offer& a, const Candidate& b) {
                      return static_cast<std::uint32_t>(a.product) == b.order && a.points == b.points;
                    })) {
      return false;
    }
  }
  return true;
}

enum Method : std::int64_t { indexed, exhaustive };

void Match(benchmark::State& state) {
  const Workload workload = make_workload({.projects = static_cast<std::size_t>(state.range(0)),
                                           .products = static_cast<std::size_t>(state.range(1)),
                                           .unknown = static_cast<int>(state.range(2))});
  const Catalogue catalogue = workload.compiled();
  const MatchOptions options{
      .k = 10, .possible = state.range(2) == 0 ? 0U : 3U, .threads = static_cast<unsigned>(state.range(3))};
  const auto run = [&] {
    return state.range(4) == exhaustive ? match_exhaustively(workload.projects, catalogue, options)
                                        : match(workload.projects, catalogue, options);
  };
  if (!equals_oracle(workload, catalogue, run(), options.k)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(run());
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["pairs"] = benchmark::Counter(static_cast<double>(state.range(0) * state.range(1)),
                                               benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(Match)
    ->ArgNames({"projects", "products", "unknown", "threads", "method"})
    ->ArgsProduct({{2'000}, {500}, {0, 20}, {1}, {indexed, exhaustive}})
    ->ArgsProduct({{20'000}, {2'000}, {0, 20}, {1, 2}, {indexed}})
    ->Args({2'000, 2'000, 0, 1, exhaustive})
    ->Args({20'000, 10'000, 0, 2, indexed})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
