#include <benchmark/benchmark.h>

#include <algorithm>
#include <huoshui/syndicate/propose.hpp>
#include <huoshui/syndicate/verify.hpp>
#include <random>
#include <string>
#include <vector>

namespace huoshui::syndicate {
namespace {

Date day(const char* text) { return parse_date(text).value(); }

struct Workload {
  Deal deal;
  std::vector<Institution> all;
  Policy policy = PolicyPack::bundled().at(day("2026-02-01")).value();
};

/// One milliard yuan over ten years in equal or nearly equal groups; banks differ in rate, score, fees,
/// tickets, capital, and in whether they lead. A dozen of them is needed.
Workload workload(std::int64_t groups, std::int64_t banks, std::uint64_t seed) {
  Workload out;
  std::mt19937_64 random(seed);
  const auto between = [&](std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
  };
  out.deal.signing = out.policy.date();
  out.deal.public_debt = PublicDebt::clear;
  std::int64_t left = 100'000;
  for (std::int64_t group = 0; group < groups; ++group) {
    const std::int64_t part = group + 1 == groups ? left : left / (groups - group) / 2'000 * 2'000;
    left -= part;
    out.deal.tranches.push_back({Money::from_wan(part), static_cast<std::int32_t>(120 - 24 * group), {}, {}});
  }
  for (std::int64_t i = 0; i < banks; ++i) {
    Institution one;
    one.id = std::to_string(100 + i);
    one.kind = LenderKind::city_bank;
    one.net_capital = Money::from_wan(between(50, 400) * 1'000);
    one.tier1_capital = Money::from_wan(one.net_capital->fen / 1'000'000 * 9 / 10);
    one.client_loans = one.client_exposure = one.group_exposure = Money::from_wan(between(0, 3) * 500);
    one.rate = 30'000 + 500 * between(0, 20);
    one.score = between(0, 5);
    one.participation_fee = 500 * between(0, 2);
    one.arrangement_fee = Money::from_wan(between(0, 4) * 10);
    one.agency_fee = Money::from_wan(between(1, 5));
    one.min_ticket = Money::from_wan(between(1, 4) * 1'000);
    if (i % 3 == 0) one.max_ticket = Money::from_wan(between(5, 25) * 1'000);
    one.may_lead = i % 2 == 0;
    one.may_be_agent = i % 3 != 1;
    if (i % 5 == 4) one.max_tenor_months = 96;
    out.all.push_back(std::move(one));
  }
  return out;
}

void syndicate_propose(benchmark::State& state) {
  const auto from = workload(state.range(0), state.range(2), static_cast<std::uint64_t>(state.range(3)));
  const ProposeOptions options{.share_step = 10'000 * state.range(1), .max_entries = 100'000'000};
  const auto once = propose(from.deal, from.all, from.policy, options);
  if (!once.has_value() || once->structures.empty()) {
    state.SkipWithError(once.has_value() ? "nothing was found" : once.error().message.c_str());
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(propose(from.deal, from.all, from.policy, options));
  state.counters["entries"] = static_cast<double>(once->proof.entries);
  state.counters["expanded"] = static_cast<double>(once->proof.expanded);
  state.counters["members"] = static_cast<double>(once->structures[0].structure.members.size());
  state.counters["keeps"] = once->keeps_advice;
  state.counters["cost"] = static_cast<double>(once->structures.back().cost.total);
}

BENCHMARK(syndicate_propose)
    ->Name("SyndicatePropose/groups/step/banks/seed")
    ->ArgsProduct({{1, 2, 3}, {1, 2}, {30}, {1, 2, 3}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::syndicate
