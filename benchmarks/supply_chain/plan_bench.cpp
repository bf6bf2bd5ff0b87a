#include <benchmark/benchmark.h>

#include <huoshui/supply_chain/unlock.hpp>
#include <random>
#include <string>
#include <vector>

namespace huoshui::supply_chain {
namespace {

Date day(const char* text) { return parse_date(text).value(); }

struct Workload {
  std::vector<Party> parties;
  std::vector<Claim> claims;
  Terms terms;
  Policy policy = PolicyPack::bundled().at(day("2026-02-01")).value();
};

/// Thirty thousand parties below fifty anchors; every hundredth claim is open, some share an invoice.
Workload workload(std::size_t claims, bool limited) {
  Workload out;
  std::mt19937_64 random(1);
  const std::size_t parties = claims * 3 / 10, anchors = 50;
  const auto name = [](std::size_t i) { return std::to_string(1'000'000 + i); };
  for (std::size_t p = 0; p < parties; ++p) {
    Party party;
    party.id = name(p);
    if (p < anchors) {
      party.role = Role::anchor;
      if (limited) party.exposure_limit = 3'000 * kFenPerWan;
    } else if (random() % 2 == 0) {
      party.asked = static_cast<std::int64_t>(random() % 50'000'000);
    }
    out.parties.push_back(party);
  }
  for (std::size_t c = 0; c < claims; ++c) {
    Claim claim;
    claim.id = name(c);
    const auto holder = anchors + random() % (parties - anchors);
    claim.holder = name(holder);
    claim.buyer = name(random() % 2 == 0 ? random() % anchors : random() % holder);
    claim.amount = static_cast<std::int64_t>(1 + random() % 100'000'000);
    claim.due_day = day("2026-06-01");
    claim.confirmed = random() % 100 == 0 ? Truth::no : Truth::yes;
    claim.registered = Truth::yes;
    claim.documents = {"FP-" + std::to_string(random() % 1000 == 0 ? c / 2 : c + claims)};
    out.claims.push_back(claim);
  }
  out.terms.advance_rate.fill(800'000);
  out.terms.tier_decay = 900'000;
  return out;
}

void chain_build(benchmark::State& state) {
  const auto from = workload(static_cast<std::size_t>(state.range(0)), true);
  for (auto _ : state) benchmark::DoNotOptimize(Chain::build(from.parties, from.claims));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void chain_propose(benchmark::State& state) {
  const auto from = workload(static_cast<std::size_t>(state.range(0)), state.range(1) != 0);
  const auto chain = Chain::build(from.parties, from.claims).value();
  const auto once = propose(chain, from.policy, from.terms);
  if (!verify(chain, from.policy, from.terms, once).empty()) {
    state.SkipWithError("the plan breaks a rule");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(propose(chain, from.policy, from.terms));
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["augmentations"] = static_cast<double>(once.work.augmentations);
  state.counters["visited"] = static_cast<double>(once.work.nodes_visited);
}

void chain_verify(benchmark::State& state) {
  const auto from = workload(static_cast<std::size_t>(state.range(0)), true);
  const auto chain = Chain::build(from.parties, from.claims).value();
  const auto plan = propose(chain, from.policy, from.terms);
  for (auto _ : state) benchmark::DoNotOptimize(verify(chain, from.policy, from.terms, plan));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(chain_build)->Name("ChainBuild/claims")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(chain_propose)
    ->Name("ChainPropose/claims/limited")
    ->Args({10'000, 1})
    ->Args({100'000, 1})
    ->Args({100'000, 0})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(chain_verify)->Name("ChainVerify/claims")->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::supply_chain
