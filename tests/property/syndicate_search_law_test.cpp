// The search behind propose, on questions that small grids never ask: banks that nothing tells apart, ties,
// and grids fine enough to be searched below a roof. The reference goes through every set of members.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "syndicate/detail/lanes.hpp"
#include "syndicate/detail/search.hpp"

namespace huoshui::syndicate::detail {
namespace {

using Random = std::mt19937_64;

std::int64_t between(Random& random, std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
}

struct Question {
  std::vector<Candidate> candidates;
  std::vector<std::int64_t> groups;
  Bounds bounds;
};

/// What banks have in common.
enum class Alike : std::uint8_t { all, all_but_room, rate_and_fees, rate, some_rates, nothing };
constexpr Alike kAlike[] = {Alike::all,  Alike::all_but_room, Alike::rate_and_fees,
                            Alike::rate, Alike::some_rates,   Alike::nothing};

Question question(Random& random, Alike alike, std::vector<std::int64_t> groups, std::size_t banks,
                  std::int64_t most) {
  Question out;
  out.groups = std::move(groups);
  const std::int64_t sum = std::accumulate(out.groups.begin(), out.groups.end(), std::int64_t{0});
  const Candidate model = [&] {
    Candidate one;
    one.most = between(random, std::max<std::int64_t>(1, most / 3), most);
    one.least = between(random, 1, std::max<std::int64_t>(1, one.most / 3));
    return one;
  }();
  std::vector<std::int64_t> rates;
  for (std::size_t i = 0; i < banks; ++i) {
    Candidate one = model;
    if (alike != Alike::all) {
      one.most = between(random, 1, most);
      one.least = between(random, 1, one.most);
    }
    if (alike >= Alike::rate) {
      one.fee = between(random, 0, 2);
      one.score = between(random, 0, 3);
      one.arrangement = between(random, 0, 3) * 4;
      one.agency = between(random, 0, 3) * 3;
    }
    if (alike >= Alike::rate_and_fees) {
      one.may_lead = random() % 3 != 0;
      one.may_be_agent = random() % 3 != 0;
    }
    one.groups = (1U << out.groups.size()) - 1;
    if (alike == Alike::nothing && random() % 4 == 0) one.groups &= ~(1U << random() % out.groups.size());
    rates.push_back(alike == Alike::some_rates ? between(random, 0, 1)
                    : alike == Alike::nothing  ? between(random, 0, 9)
                                               : 0);
    out.candidates.push_back(std::move(one));
  }
  std::sort(rates.begin(), rates.end());
  for (std::size_t i = 0; i < banks; ++i)
    for (const auto steps : out.groups) out.candidates[i].interest.push_back(Exact{100 + rates[i]} * steps);
  auto& bounds = out.bounds;
  bounds.most = bounds.sole_most = sum;
  bounds.single_groups = static_cast<std::int32_t>(out.groups.size());
  if (random() % 2 == 0) {  // the principles are kept
    bounds.most = sum * 7 / 10;
    bounds.sole_least = (sum * 15 + 99) / 100;
    bounds.sole_most = sum * 7 / 10;
    bounds.joint = random() % 4 != 0;
    bounds.joint_least = (sum + 9) / 10;
    bounds.group_least = 2;
  } else if (out.groups.size() > 1) {
    bounds.single_groups = static_cast<std::int32_t>(between(random, 0, 2));
  } else {
    bounds.group_least = 2;
  }
  if (random() % 5 == 0) bounds.max_members = static_cast<std::int32_t>(between(random, 2, 5));
  return out;
}

bool is_less(const Value& a, const Value& b) {
  return std::tie(a.cost, a.minus_score, a.members, a.leads) <
         std::tie(b.cost, b.minus_score, b.members, b.leads);
}

/// The best value of one set of members: the group of each candidate, the number of groups for none.
std::optional<Value> value_of(const Question& asked, const std::vector<std::size_t>& of) {
  const std::size_t groups = asked.groups.size();
  std::vector<std::vector<std::size_t>> members(groups);
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (of[i] == groups) continue;
    if ((asked.candidates[i].groups >> of[i] & 1U) == 0) return std::nullopt;
    members[of[i]].push_back(i);
    all.push_back(i);
  }
  if (asked.bounds.max_members > 0 && static_cast<std::int32_t>(all.size()) > asked.bounds.max_members)
    return std::nullopt;
  std::int32_t single = 0;
  Value fixed;
  fixed.members = static_cast<std::int32_t>(all.size());
  for (std::size_t group = 0; group < groups; ++group) {
    if (static_cast<std::int32_t>(members[group].size()) < asked.bounds.group_least) return std::nullopt;
    if (members[group].empty()) return std::nullopt;
    single += members[group].size() == 1 ? 1 : 0;
    fixed.cost += asked.candidates[members[group].back()].interest[group];
  }
  if (single > asked.bounds.single_groups) return std::nullopt;
  std::optional<Exact> agency;
  for (const auto i : all)
    if (asked.candidates[i].may_be_agent && (!agency || asked.candidates[i].agency < *agency))
      agency = asked.candidates[i].agency;
  if (!agency) return std::nullopt;
  fixed.cost += *agency;
  std::optional<Value> best;
  for (const auto first : all) {
    for (const auto second : all) {
      if (second < first || (second != first && !asked.bounds.joint)) continue;
      if (!asked.candidates[first].may_lead || !asked.candidates[second].may_lead) continue;
      Value value = fixed;
      value.leads = first == second ? 1 : 2;
      value.cost += asked.candidates[first].arrangement;
      if (second != first) value.cost += asked.candidates[second].arrangement;
      bool fits = true;
      for (std::size_t group = 0; group < groups && fits; ++group) {
        std::vector<std::array<std::int64_t, 4>> parts;  // fee, minus score, least, more
        std::int64_t left = asked.groups[group];
        for (const auto i : members[group]) {
          const Candidate& one = asked.candidates[i];
          std::int64_t least = one.least, most = std::min(one.most, asked.bounds.most);
          if (i == first || i == second)
            least = std::max(least, first == second ? asked.bounds.sole_least : asked.bounds.joint_least);
          if (i == first && first == second) most = std::min(most, asked.bounds.sole_most);
          fits = fits && least <= most;
          parts.push_back({static_cast<std::int64_t>(one.fee), -one.score, least, most - least});
          left -= least;
        }
        fits = fits && left >= 0;
        std::sort(parts.begin(), parts.end());
        for (const auto& [fee, minus_score, least, most_more] : parts) {
          const std::int64_t more = std::clamp<std::int64_t>(left, 0, std::max<std::int64_t>(0, most_more));
          left -= more;
          value.cost += fee * (least + more);
          value.minus_score += minus_score * (least + more);
        }
        fits = fits && left == 0;
      }
      if (fits && (!best || is_less(value, *best))) best = value;
    }
  }
  return best;
}

/// Every set of members that there is, best first; equal ones in order of what holds the first candidate.
std::vector<std::pair<Value, std::vector<std::size_t>>> every_set(const Question& asked) {
  std::vector<std::pair<Value, std::vector<std::size_t>>> out;
  std::vector<std::size_t> of(asked.candidates.size());
  while (true) {
    if (const auto value = value_of(asked, of)) out.emplace_back(*value, of);
    std::size_t at = of.size();
    while (at > 0 && of[at - 1] == asked.groups.size()) of[--at] = 0;
    if (at == 0) break;
    ++of[at - 1];
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return is_less(a.first, b.first); });
  return out;
}

std::vector<std::size_t> groups_of(const Found& found, const Question& asked) {
  std::vector<std::size_t> of(asked.candidates.size(), asked.groups.size());
  for (const auto& member : found.members) of[member.candidate] = member.group;
  return of;
}

TEST(SyndicateSearchLaw, FindsTheBestSetsAndTheFirstAmongEquals) {
  struct Size {
    std::vector<std::int64_t> groups;
    std::size_t banks;
    std::int64_t most;
  };
  // The first three are searched as they are, the others below a roof.
  const Size sizes[] = {{{40}, 9, 20},     {{9, 10}, 8, 9},       {{5, 6, 7}, 6, 8},
                        {{41, 40}, 8, 35}, {{13, 14, 12}, 6, 16}, {{21, 20, 20}, 6, 30}};
  std::map<Alike, int> compared;
  int none = 0, few = 0;
  for (std::uint64_t seed = 0; seed < 180; ++seed) {
    Random random(seed);
    const Alike alike = kAlike[seed % std::size(kAlike)];
    const Size& size = sizes[seed / std::size(kAlike) % std::size(sizes)];
    const auto asked = question(random, alike, size.groups, size.banks, size.most);
    const auto expected = every_set(asked);
    const std::size_t wanted = seed % 9 == 0 ? 400 : 1 + seed % 5;
    const auto found = search(asked.candidates, asked.groups, asked.bounds, wanted, 32'000'000);
    ASSERT_TRUE(found.has_value()) << "seed " << seed;
    ASSERT_EQ(found->found.size(), std::min(wanted, expected.size())) << "seed " << seed;
    for (std::size_t at = 0; at < found->found.size(); ++at) {
      const auto& [value, of] = expected[at];
      ASSERT_TRUE(found->found[at].value == value) << "seed " << seed << " rank " << at;
      ASSERT_EQ(groups_of(found->found[at], asked), of) << "seed " << seed << " rank " << at;
    }
    ASSERT_EQ(is_placeable(asked.candidates, asked.groups, asked.bounds), !expected.empty())
        << "seed " << seed;
    compared[alike] += expected.empty() ? 0 : 1;
    none += expected.empty() ? 1 : 0;
    few += !expected.empty() && expected.size() < wanted ? 1 : 0;
  }
  for (const Alike alike : kAlike) EXPECT_GT(compared[alike], 12);
  EXPECT_GT(none, 10);
  EXPECT_GT(few, 5);  // fewer sets than were asked for
}

TEST(SyndicateSearchLaw, PlacesAsMuchAsAnySmallerDealWould) {
  int short_of = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    const std::size_t groups = 1 + seed % 3;
    const std::vector<std::int64_t> steps(groups, groups == 1 ? 14 : groups == 2 ? 6 : 4);
    const auto asked = question(random, kAlike[seed / 3 % std::size(kAlike)], steps, 5, groups == 1 ? 4 : 3);
    std::int64_t most = 0;
    Question smaller = asked;
    for (auto& placed : smaller.groups) placed = 1;
    while (true) {
      const std::int64_t sum = std::accumulate(smaller.groups.begin(), smaller.groups.end(), std::int64_t{0});
      if (sum > most && !every_set(smaller).empty()) most = sum;
      std::size_t at = 0;
      while (at < groups && smaller.groups[at] == steps[at]) smaller.groups[at++] = 1;
      if (at == groups) break;
      ++smaller.groups[at];
    }
    ASSERT_EQ(most_placed(asked.candidates, asked.groups, asked.bounds), most) << "seed " << seed;
    short_of += most > 0 && most < std::accumulate(steps.begin(), steps.end(), std::int64_t{0}) ? 1 : 0;
  }
  EXPECT_GT(short_of, 15);
}

template <class Number>
void compare_joiners() {
  // Against every number of steps one by one.
  Random random(3);
  for (int round = 0; round < 400; ++round) {
    const std::int64_t length = between(random, 1, 40);
    const std::int64_t first = between(random, 0, length), last = between(random, first, length);
    Candidate one;
    one.least = between(random, 1, length);
    one.most = between(random, one.least, length + 2);
    one.may_lead = random() % 4 != 0;
    one.may_be_agent = random() % 4 != 0;
    Bounds bounds;
    bounds.most = length;
    bounds.sole_least = between(random, 1, length);
    bounds.sole_most = between(random, 1, length);
    bounds.joint = random() % 2 == 0;
    bounds.joint_least = between(random, 1, length);
    Weights<Number> weights;
    weights.step = static_cast<Number>(between(random, 0, 9));
    weights.member = 5;
    weights.lead = static_cast<Number>(between(random, 0, 9));
    weights.agent = static_cast<Number>(between(random, 0, 9));
    const Joining<Number> how(one, weights, bounds, length);
    const Number fresh = 7;
    std::vector<Cell<Number>> from(static_cast<std::size_t>(length) + 1, empty_cell<Number>());
    auto to = from;
    for (auto steps = first; steps <= last; ++steps)
      for (auto& value : from[static_cast<std::size_t>(steps)])
        if (random() % 3 != 0) value = static_cast<Number>(between(random, 0, 99));
    for (auto& cell : to)
      for (auto& value : cell)
        if (random() % 3 == 0) value = static_cast<Number>(between(random, 0, 199));
    auto expected = to;
    for (auto at = first; at <= last; ++at) {
      for (std::int64_t steps = how.any.least; steps <= how.any.most && at + steps <= length; ++steps) {
        auto& cell = expected[static_cast<std::size_t>(at + steps)];
        const auto& before = from[static_cast<std::size_t>(at)];
        const Number base = times(weights.step, steps) + weights.member + (at == 0 ? fresh : 0);
        const auto keep = [&](std::size_t mine, std::size_t into, Number more) {
          for (std::size_t agent = 0; agent < 2; ++agent)
            keep_less(cell[into * 2 + agent], before[mine * 2 + agent] + base + more);
          if (one.may_be_agent) keep_less(cell[into * 2 + 1], before[mine * 2] + base + more + weights.agent);
        };
        for (std::size_t leads = 0; leads < kLeadStates; ++leads) keep(leads, leads, 0);
        if (how.alone.holds(steps)) keep(nobody, sole, weights.lead);
        if (how.jointly.holds(steps)) {
          keep(nobody, joint_one, weights.lead);
          keep(joint_one, joint_two, weights.lead);
        }
      }
    }
    for (const auto& join : line_joiners<Number>()) {
      auto line = std::vector(from.begin() + first, from.begin() + last + 1);
      auto seen = to, before = line, after = line;
      join({how, first, last, length, fresh, line.data(), seen.data(), before.data(), after.data()});
      ASSERT_EQ(seen, expected) << "round " << round;
    }
  }
}

TEST(SyndicateSearchLaw, EveryKindOfProcessorJoinsALineAlike) {
  compare_joiners<std::int32_t>();
  compare_joiners<std::int64_t>();
}

}  // namespace
}  // namespace huoshui::syndicate::detail
