#include <benchmark/benchmark.h>

#include <algorithm>
#include <huoshui/syndicate/propose.hpp>
#include <huoshui/syndicate/verify.hpp>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace huoshui::syndicate {
namespace {

Date day(const char* text) { return parse_date(text).value(); }

struct Workload {
  Deal deal;
  std::vector<Institution> all;
  Policy policy = PolicyPack::bundled().at(day("2026-02-01")).value();
};

/// A thousand million yuan over ten years and less in nearly equal groups. Banks differ in rate, score, fees,
/// tickets, capital, longest tenor, and in whether they lead; five to eight of them are needed.
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

/// The least all-in cost of a syndicate that keeps every principle, by a plain table over all rests: no
/// bound, nobody left out, step by step. Millionths of a fen; negative when there is none.
std::int64_t plain_least(const Workload& from, std::int64_t step) {
  const auto& asks = from.deal.tranches;
  const std::size_t groups = asks.size();
  std::vector<std::size_t> length, stride;
  std::size_t rests = 1, counts = 1;
  std::int64_t total = 0;
  for (const auto& ask : asks) {
    length.push_back(static_cast<std::size_t>(ask.amount.fen / step));
    stride.push_back(rests);
    rests *= length.back() + 1;
    counts *= 3;
    total += ask.amount.fen / step;
  }
  const std::size_t parts =
      counts * 4 * 2;  // banks by group up to two; no, a sole, one joint, more leads; agent
  constexpr std::int64_t kNever = std::int64_t{1} << 62;
  std::vector<std::int64_t> table(rests * parts, kNever), next;
  table[0] = 0;
  auto banks = from.all;  // the dearest of a group comes first and sets its rate
  std::stable_sort(banks.begin(), banks.end(), [](const auto& a, const auto& b) { return a.rate > b.rate; });
  for (const auto& one : banks) {
    const std::int64_t out = one.client_loans->fen;
    std::int64_t room = std::min({one.net_capital->fen / 10 - out, one.tier1_capital->fen * 15 / 100 - out,
                                  one.max_ticket ? one.max_ticket->fen : from.deal.amount()});
    const std::int64_t most = std::min(room / step, total * 70 / 100);
    const std::int64_t least = (one.min_ticket->fen + step - 1) / step;
    next = table;
    for (std::size_t group = 0, unit = 1; group < groups; ++group, unit *= 3) {
      const auto& ask = asks[group];
      if (one.max_tenor_months && ask.tenor_months > *one.max_tenor_months) continue;
      const std::int64_t interest =
          schedule({ask.amount, one.rate, ask.tenor_months, ask.repayment, ask.draws}, from.deal.signing)
              ->interest() *
          1'000'000;
      for (std::size_t at = 0; at < table.size(); ++at) {
        if (table[at] >= kNever) continue;
        const std::size_t part = at % parts, place = at / parts;
        const std::size_t held = part / 8 / unit % 3, leads = part / 2 % 4;
        const auto left =
            static_cast<std::int64_t>(length[group] - place / stride[group] % (length[group] + 1));
        for (std::int64_t steps = least; steps <= std::min(most, left); ++steps) {
          const std::int64_t cost =
              table[at] + (held == 0 ? interest : 0) + one.participation_fee * step * steps;
          const auto keep = [&](std::size_t leads_now, std::int64_t value) {
            const auto to = (place + static_cast<std::size_t>(steps) * stride[group]) * parts +
                            (part / 8 + (held < 2 ? unit : 0)) * 8 + leads_now * 2;
            auto& same = next[to + part % 2];
            same = std::min(same, value);
            if (part % 2 == 1 || !one.may_be_agent) return;
            next[to + 1] = std::min(next[to + 1], value + one.agency_fee.fen * 10 * 1'000'000);
          };
          keep(leads, cost);
          if (!one.may_lead) continue;
          const std::int64_t arranged = cost + one.arrangement_fee.fen * 1'000'000;
          if (leads == 0 && steps * 100 >= total * 15 && steps * 100 <= total * 70) keep(1, arranged);
          if (leads != 1 && steps * 10 >= total) keep(leads == 0 ? 2 : 3, arranged);
        }
      }
    }
    table.swap(next);
  }
  // Every group full, with two banks each, led and with an agent.
  const std::int64_t* full = table.data() + (rests - 1) * parts + (counts - 1) * 8;
  const std::int64_t cost = std::min(full[1 * 2 + 1], full[3 * 2 + 1]);
  return cost >= kNever ? -1 : cost;
}

/// Compare with the plain table, on two in five of the banks and a coarse grid: the whole would take minutes.
bool agrees_with_plain(const Workload& from) {
  Workload few = from;
  few.all.resize(12);
  const auto seen = propose(few.deal, few.all, few.policy, {.share_step = 20'000});
  const std::int64_t least = plain_least(few, few.deal.amount() / 50);
  if (!seen.has_value()) return false;
  if (least < 0) return seen->structures.empty() || !seen->keeps_advice;
  return seen->keeps_advice && seen->structures.front().cost.total == (least + 500'000) / 1'000'000;
}

void syndicate_propose(benchmark::State& state) {
  const auto from = workload(state.range(0), state.range(2), static_cast<std::uint64_t>(state.range(3)));
  const ProposeOptions options{.share_step = 10'000 * state.range(1)};
  static std::map<std::pair<std::int64_t, std::int64_t>, bool> compared;  // asked for once a deal
  const auto [known, fresh] = compared.try_emplace({state.range(0), state.range(3)});
  if (fresh) known->second = agrees_with_plain(from);
  const auto once = propose(from.deal, from.all, from.policy, options);
  if (!known->second || !once.has_value() || once->structures.empty() ||
      !is_lawful(verify(once->structures[0].structure, from.deal, from.all, from.policy))) {
    state.SkipWithError("the answer differs from the plain table, or breaks a rule");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(propose(from.deal, from.all, from.policy, options));
  state.counters["entries"] = static_cast<double>(once->proof.entries);
  state.counters["expanded"] = static_cast<double>(once->proof.expanded);
  state.counters["members"] = static_cast<double>(once->structures[0].structure.members.size());
}

BENCHMARK(syndicate_propose)
    ->Name("SyndicatePropose/groups/step/banks/seed")
    ->ArgsProduct({{1, 2, 3}, {1, 2}, {30}, {1, 2, 3}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::syndicate
