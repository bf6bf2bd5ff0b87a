// One project at a time, as a person asks: how long the usual and the slow calls take; and the reverse
// question.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <huoshui/matcher.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/topk/select.hpp>

#include "support/oracle.hpp"

namespace huoshui::bench {
namespace {

using Clock = std::chrono::steady_clock;

double nanoseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

/// 5,000 projects, each matched alone, warm.
void OneProject(benchmark::State& state) {
  const Prepared& prepared = prepared_workload({.projects = 5'000,
                                                .products = static_cast<std::size_t>(state.range(0)),
                                                .unknown = static_cast<int>(state.range(1))});
  const MatchOptions options{.k = kBest, .possible = state.range(1) == 0 ? 0U : 3U};
  const std::span<const Project> projects = prepared.workload.projects;
  const Answer whole = match(projects, prepared.catalogue, options);
  if (!equals_oracle(prepared, whole, options.possible)) {
    state.SkipWithError("the answer differs from the exhaustive method");
    return;
  }
  std::vector<double> times;
  for (auto _ : state) {
    for (std::size_t i = 0; i < projects.size(); ++i) {
      const auto start = Clock::now();
      const Answer answer = match(projects.subspan(i, 1), prepared.catalogue, options);
      times.push_back(nanoseconds_since(start));
      if (!std::ranges::equal(answer.offers(0), whole.offers(i))) {
        state.SkipWithError("a project alone is answered otherwise than in its list");
        return;
      }
    }
  }
  std::sort(times.begin(), times.end());
  const auto percentile = [&](std::size_t percent) { return times[(times.size() - 1) * percent / 100]; };
  state.counters["p50_ns"] = percentile(50);
  state.counters["p90_ns"] = percentile(90);
  state.counters["p99_ns"] = percentile(99);
}
BENCHMARK(OneProject)
    ->ArgNames({"products", "unknown"})
    ->ArgsProduct({{500, 2'000, 10'000}, {0, 20}})
    ->Unit(benchmark::kMillisecond);

/// The best projects of one product by full sort.
bool equals_full_sort(const Prepared& prepared, ProductRow row, const ReverseAnswer& answer) {
  const auto& projects = prepared.workload.projects;  // their ids rise with their place
  std::vector<Candidate> permitted;
  for (std::uint32_t i = 0; i < projects.size(); ++i) {
    const PreparedProject project = prepare(projects[i], prepared.catalogue);
    if (screen(project, prepared.catalogue, row).verdict != Verdict::permitted) continue;
    permitted.push_back({score(project, prepared.catalogue, row).total, i, 0});
  }
  const auto best = select_by_sorting(permitted, kBest);
  return std::equal(answer.offers.begin(), answer.offers.end(), best.begin(), best.end(),
                    [](const ProjectOffer& a, const Candidate& b) {
                      return a.project == b.order && a.points == b.points;
                    }) &&
         answer.counts.permitted == permitted.size();
}

/// One product against a whole list.
void MatchProduct(benchmark::State& state) {
  const Prepared& prepared = prepared_workload(
      {.projects = static_cast<std::size_t>(state.range(0)), .products = 2'000, .unknown = 0});
  const MatchOptions options{.k = kBest, .possible = 0};
  for (const std::uint32_t row : {0U, 777U, 1'999U}) {
    if (!equals_full_sort(
            prepared, ProductRow{row},
            match_product(prepared.workload.projects, prepared.catalogue, ProductRow{row}, options))) {
      state.SkipWithError("the answer differs from a full sort");
      return;
    }
  }
  std::uint32_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        match_product(prepared.workload.projects, prepared.catalogue, ProductRow{at++ * 7 % 2'000}, options));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(MatchProduct)->ArgName("projects")->Arg(2'000)->Arg(20'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
