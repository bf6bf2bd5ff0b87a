#include <benchmark/benchmark.h>

#include <algorithm>
#include <functional>
#include <huoshui/syndicate/propose.hpp>
#include <huoshui/syndicate/verify.hpp>
#include <iterator>
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

using Between = std::function<std::int64_t(std::int64_t, std::int64_t)>;

Between random_between(std::uint64_t seed) {
  return [random = std::mt19937_64(seed)](std::int64_t low, std::int64_t high) mutable {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
  };
}

/// A thousand million yuan over ten years and less in nearly equal groups of whole units (万元).
Workload deal_of(std::int64_t groups, std::int64_t unit) {
  Workload out;
  out.deal.signing = out.policy.date();
  out.deal.public_debt = PublicDebt::clear;
  std::int64_t left = 100'000;
  for (std::int64_t group = 0; group < groups; ++group) {
    const std::int64_t part = group + 1 == groups ? left : left / (groups - group) / unit * unit;
    left -= part;
    out.deal.tranches.push_back({Money::from_wan(part), static_cast<std::int32_t>(120 - 24 * group), {}, {}});
  }
  return out;
}

/// Banks that little tells apart: the worst that a search can meet.
struct Alike {
  const char* name;
  void (*set)(Institution& one, std::int64_t i, const Between& between);
};
constexpr Alike kAlike[] = {
    {"identical",
     [](Institution& one, std::int64_t, const Between&) { one.max_ticket = Money::from_wan(12'000); }},
    {"identical and barely enough",
     [](Institution& one, std::int64_t, const Between&) { one.max_ticket = Money::from_wan(4'000); }},
    {"identical, no limits", [](Institution&, std::int64_t, const Between&) {}},
    {"equal rates, caps differ",
     [](Institution& one, std::int64_t, const Between& between) {
       one.max_ticket = Money::from_wan(between(5, 25) * 1'000);
       one.min_ticket = Money::from_wan(between(1, 4) * 1'000);
     }},
    {"equal rates, one ticket each",
     [](Institution& one, std::int64_t, const Between& between) {
       one.max_ticket = one.min_ticket = Money::from_wan(between(7, 15) * 1'000);
     }},
    {"equal rates, fees differ",
     [](Institution& one, std::int64_t, const Between& between) {
       one.max_ticket = Money::from_wan(between(5, 25) * 1'000);
       one.arrangement_fee = Money::from_wan(between(0, 20) * 10);
       one.agency_fee = Money::from_wan(between(0, 20));
     }},
    {"two kinds of banks",
     [](Institution& one, std::int64_t i, const Between&) {
       one.max_ticket = Money::from_wan(i % 2 == 0 ? 7'000 : 11'000);
       one.min_ticket = Money::from_wan(i % 2 == 0 ? 2'000 : 9'000);
     }},
    {"two rates",
     [](Institution& one, std::int64_t, const Between& between) {
       one.rate += 1'000 * between(0, 1);
       one.max_ticket = Money::from_wan(between(2, 8) * 1'000);
     }},
    {"one may lead, one be agent",
     [](Institution& one, std::int64_t i, const Between& between) {
       one.max_ticket = Money::from_wan(between(5, 25) * 1'000);
       one.may_lead = i == 11;
       one.may_be_agent = i == 10;
     }},
    {"short by a little",
     [](Institution& one, std::int64_t, const Between& between) {
       one.max_ticket = Money::from_wan(between(30, 36) * 100);
     }},
};

Workload alike(const Alike& kind, std::int64_t groups, std::int64_t banks, std::uint64_t seed) {
  Workload out = deal_of(groups, 1'000);
  const Between between = random_between(seed);
  for (std::int64_t i = 0; i < banks; ++i) {
    Institution one;
    one.id = std::to_string(100 + i);
    one.kind = LenderKind::city_bank;
    one.rate = 35'000;
    kind.set(one, i, between);
    out.all.push_back(std::move(one));
  }
  return out;
}

/// Banks differ in rate, score, fees, tickets, capital, longest tenor, and in whether they lead; five to
/// eight of them are needed.
Workload workload(std::int64_t groups, std::int64_t banks, std::uint64_t seed) {
  Workload out = deal_of(groups, 2'000);
  const Between between = random_between(seed);
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
    std::int64_t room = one.max_ticket ? one.max_ticket->fen : from.deal.amount();
    if (one.net_capital) {
      const std::int64_t out = one.client_loans->fen;
      room = std::min({room, one.net_capital->fen / 10 - out, one.tier1_capital->fen * 15 / 100 - out});
    }
    const std::int64_t most = std::min(room / step, total * 70 / 100);
    const std::int64_t least = one.min_ticket ? (one.min_ticket->fen + step - 1) / step : 1;
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

/// Compare with the plain table, on two in five of the banks and a coarse grid, whose groups are whole steps:
/// all of it would take minutes.
bool agrees_with_plain(const Workload& from) {
  Workload few = from;
  few.all.resize(12);
  std::int64_t odd = 0;  // move what is no whole step into the last group
  const std::int64_t step = few.deal.amount() / 50;
  for (auto& ask : few.deal.tranches) {
    odd += ask.amount.fen % step;
    ask.amount.fen -= ask.amount.fen % step;
  }
  few.deal.tranches.back().amount.fen += odd;
  const auto seen = propose(few.deal, few.all, few.policy, {.share_step = 20'000});
  const std::int64_t least = plain_least(few, step);
  if (!seen.has_value()) return false;
  if (least < 0) return seen->structures.empty() || !seen->keeps_advice;
  return seen->keeps_advice && seen->structures.front().cost.total == (least + 500'000) / 1'000'000;
}

void run(benchmark::State& state, const Workload& from, const ProposeOptions& options) {
  static std::map<std::vector<std::int64_t>, bool> compared;  // asked for once a deal
  std::vector<std::int64_t> deal = {static_cast<std::int64_t>(from.deal.tranches.size())};
  for (const auto& one : from.all)
    for (const auto number : {one.rate, one.score, one.max_ticket.value_or(Money{}).fen,
                              one.min_ticket.value_or(Money{}).fen, one.arrangement_fee.fen})
      deal.push_back(number);
  const auto [known, fresh] = compared.try_emplace(std::move(deal));
  if (fresh) known->second = agrees_with_plain(from);
  const auto once = propose(from.deal, from.all, from.policy, options);
  const bool is_lawful_or_short =
      once.has_value() && (once->shortage.has_value() || is_lawful(verify(once->structures[0].structure,
                                                                          from.deal, from.all, from.policy)));
  if (!known->second || !is_lawful_or_short) {
    state.SkipWithError("the answer differs from the plain table, or breaks a rule");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(propose(from.deal, from.all, from.policy, options));
  state.counters["entries"] = static_cast<double>(once->proof.entries);
  state.counters["expanded"] = static_cast<double>(once->proof.expanded);
  if (!once->structures.empty())
    state.counters["members"] = static_cast<double>(once->structures[0].structure.members.size());
}

void syndicate_propose(benchmark::State& state) {
  run(state, workload(state.range(0), state.range(2), static_cast<std::uint64_t>(state.range(3))),
      {.share_step = 10'000 * state.range(1)});
}

void syndicate_propose_alike(benchmark::State& state) {
  const Alike& kind = kAlike[state.range(0)];
  run(state, alike(kind, state.range(1), state.range(2), static_cast<std::uint64_t>(state.range(3))), {});
  state.SetLabel(kind.name);
}

BENCHMARK(syndicate_propose)
    ->Name("SyndicatePropose/groups/step/banks/seed")
    ->ArgsProduct({{1, 2, 3}, {1, 2}, {30}, {1, 2, 3}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(syndicate_propose_alike)
    ->Name("SyndicateProposeAlike/kind/groups/banks/seed")
    ->ArgsProduct({benchmark::CreateDenseRange(0, std::ssize(kAlike) - 1, 1), {1, 2, 3}, {30}, {1}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::syndicate
