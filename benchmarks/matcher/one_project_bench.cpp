// One project at a time, as a person asks: how long the usual and the slow calls take; and the reverse
// question.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <huoshui/matcher.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/topk/select.hpp>
#include <set>

#include "support/oracle.hpp"

namespace huoshui::bench {
namespace {

using Clock = std::chrono::steady_clock;

double nanoseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

/// Where the facts of a project are when it is asked about.
enum Facts : std::int64_t {
  in_list,   ///< in their list, last looked at 5,000 projects ago
  prepared,  ///< in a prepared list of this project alone
  at_hand,   ///< just written, as those of someone who asks about a project that was read this moment
};

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
  const auto facts = static_cast<Facts>(state.range(2));
  std::vector<PreparedList> lists;  // of one project each
  for (std::size_t i = 0; facts == Facts::prepared && i < projects.size(); ++i)
    lists.push_back(prepare(projects.subspan(i, 1), prepared.catalogue));
  std::vector<double> times;
  for (auto _ : state) {
    for (std::size_t i = 0; i < projects.size(); ++i) {
      std::vector<Project> written;
      if (facts == Facts::at_hand) written.push_back(projects[i]);
      const auto asked = facts == Facts::at_hand ? std::span<const Project>(written) : projects.subspan(i, 1);
      const auto start = Clock::now();
      const Answer answer =
          facts == Facts::prepared ? match(lists[i], options) : match(asked, prepared.catalogue, options);
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
    ->ArgNames({"products", "unknown", "facts"})
    ->ArgsProduct({{500, 2'000, 10'000}, {0, 20}, {in_list, prepared, at_hand}})
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

/// One product against a whole list, from projects or from a list prepared before.
void MatchProduct(benchmark::State& state) {
  const Prepared& prepared = prepared_workload(
      {.projects = static_cast<std::size_t>(state.range(0)), .products = 2'000, .unknown = 0});
  const MatchOptions options{.k = kBest, .possible = 0};
  const PreparedList list = prepared_list(prepared);
  const auto run = [&](std::uint32_t row) {
    return state.range(1) == 1
               ? match_product(list, ProductRow{row}, options)
               : match_product(prepared.workload.projects, prepared.catalogue, ProductRow{row}, options);
  };
  // The full sort takes seconds on a long list: once for each list and way.
  static std::set<std::pair<std::uint64_t, std::int64_t>> checked;
  for (const std::uint32_t row : {0U, 777U, 1'999U}) {
    if (checked.contains({prepared.serial, state.range(1)})) break;
    if (!equals_full_sort(prepared, ProductRow{row}, run(row))) {
      state.SkipWithError("the answer differs from a full sort");
      return;
    }
  }
  checked.insert({prepared.serial, state.range(1)});
  std::uint32_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(run(at++ * 7 % 2'000));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(MatchProduct)
    ->ArgNames({"projects", "prepared"})
    ->ArgsProduct({{2'000, 100'000}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
