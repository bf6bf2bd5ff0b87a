#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <huoshui/supply_chain/unlock.hpp>
#include <huoshui/supply_chain/wording.hpp>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace huoshui::supply_chain {
namespace {

constexpr std::int64_t kMany = std::int64_t{1} << 40;

using Random = std::mt19937_64;
std::int64_t up_to(Random& random, std::int64_t most) {
  return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most + 1));
}
bool chance(Random& random, int percent) { return up_to(random, 99) < percent; }
Date day(std::string_view text) { return parse_date(text).value(); }
Policy policy() { return PolicyPack::bundled().at(day("2026-02-01")).value(); }

std::string name(std::size_t number) { return std::to_string(1'000'000 + number); }

/// A random chain without bundles; any party may buy from any, so that circles come by themselves.
struct Sample {
  std::vector<Party> parties;
  std::vector<Claim> claims;
  Terms terms;
};

Sample sample(Random& random, std::size_t parties, std::size_t claims) {
  Sample out;
  out.terms.advance_rate.fill(up_to(random, 4) * 250'000);
  out.terms.tier_decay = 1'000'000 - up_to(random, 2) * 300'000;
  for (std::size_t p = 0; p < parties; ++p) {
    Party party;
    party.id = name(p);
    if (p == 0 || chance(random, 15)) {
      party.role = Role::anchor;
      if (chance(random, 80)) party.exposure_limit = up_to(random, 200);
    }
    if (chance(random, 40)) party.borrower_limit = up_to(random, 100);
    if (chance(random, 40)) party.asked = up_to(random, 60);
    out.parties.push_back(party);
  }
  for (std::size_t c = 0; c < claims; ++c) {
    Claim claim;
    claim.id = name(c);
    const auto holder = static_cast<std::size_t>(up_to(random, static_cast<std::int64_t>(parties) - 1));
    auto buyer = static_cast<std::size_t>(up_to(random, static_cast<std::int64_t>(parties) - 1));
    // Mostly from the front down; else circles would swallow every chain.
    if (buyer > holder && chance(random, 75)) buyer = holder / 2;
    claim.holder = name(holder);
    claim.kind = chance(random, 10) ? ClaimKind::stock : ClaimKind::receivable;
    if (claim.kind != ClaimKind::stock) claim.buyer = name(buyer);
    claim.amount = up_to(random, 120);
    claim.due_day = date_of_day(day_number(day("2026-02-01")) + up_to(random, 20));
    claim.confirmed = chance(random, 80) ? Truth::yes : Truth::no;
    claim.registered = claim.custody = chance(random, 90) ? Truth::yes : Truth::unknown;
    if (chance(random, 5)) claim.disputed = Truth::yes;
    if (chance(random, 10)) claim.documents = {"FP-" + std::to_string(up_to(random, 3))};
    out.claims.push_back(claim);
  }
  return out;
}

/// The same question once more, by other means: capacities between all pairs of nodes, limits over all simple
/// paths, circles by reachability.
struct Reference {
  explicit Reference(const Sample& sample, const std::set<std::size_t>& supplied = {})
      : n(sample.parties.size()), capacity(4 * n + 2, std::vector<std::int64_t>(4 * n + 2, 0)) {
    const auto row = [](const std::string& id) {
      return static_cast<std::size_t>(std::stoll(id) - 1'000'000);
    };
    const auto today = day("2026-02-01");
    const auto& claims = sample.claims;
    std::vector<std::vector<char>> reach(n, std::vector<char>(n, 0));
    for (std::size_t p = 0; p < n; ++p) reach[p][p] = 1;
    for (const auto& c : claims) {
      if (!c.buyer.empty()) reach[row(c.buyer)][row(c.holder)] = 1;
    }
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
          if (reach[i][k] != 0 && reach[k][j] != 0) reach[i][j] = 1;
        }
      }
    }
    // The lowest party of a circle stands for it.
    const auto circle = [&](std::size_t p) {
      for (std::size_t q = 0; q < n; ++q) {
        if (reach[p][q] != 0 && reach[q][p] != 0) return q;
      }
      return p;
    };
    const auto shared = [&](std::size_t c) {
      for (std::size_t d = 0; d < claims.size(); ++d) {
        if (d != c && !claims[c].documents.empty() && claims[c].documents == claims[d].documents) return true;
      }
      return false;
    };
    std::vector<char> refused(claims.size(), 0);
    std::vector<std::int64_t> amounts(claims.size(), 0), debt(n, 0);
    std::vector<std::size_t> by_due(claims.size());
    for (std::size_t c = 0; c < claims.size(); ++c) by_due[c] = c;
    std::stable_sort(by_due.begin(), by_due.end(),
                     [&](std::size_t a, std::size_t b) { return *claims[a].due_day < *claims[b].due_day; });
    const auto inside = [&](std::size_t c) {
      return !claims[c].buyer.empty() && claims[c].buyer != claims[c].holder &&
             circle(row(claims[c].buyer)) == circle(row(claims[c].holder));
    };
    for (std::size_t c = 0; c < claims.size(); ++c) {
      if (inside(c)) debt[row(claims[c].buyer)] += *claims[c].amount;
    }
    for (const auto c : by_due) {
      const auto& claim = claims[c];
      const bool void_claim = claim.disputed == Truth::yes || shared(c);
      auto net = *claim.amount;
      if (inside(c) && !void_claim) {
        auto& left = debt[row(claim.holder)];
        const auto cut = std::min(left, net);
        left -= cut;
        net -= cut;
      }
      refused[c] = void_claim || net == 0 || *claim.due_day <= today || claim.buyer == claim.holder ? 1 : 0;
      if (refused[c] != 0) continue;
      const bool complete =
          claim.registered == Truth::yes && (claim.kind == ClaimKind::stock || claim.confirmed == Truth::yes);
      if (complete || supplied.contains(c)) amounts[c] = net * *sample.terms.advance_rate[0] / 1'000'000;
    }

    // Limits: the best over all simple paths from an anchor.
    const auto free = [&](std::size_t p) {
      return sample.parties[p].role == Role::anchor ? sample.parties[p].exposure_limit.value_or(kMany) : -1;
    };
    std::vector<std::int64_t> anchored(n, -1), above(n, -1);
    for (std::size_t p = 0; p < n; ++p) {
      if (free(p) < 0) continue;
      auto& sum = anchored[circle(p)];
      sum = std::min(kMany, std::max<std::int64_t>(sum, 0) + free(p));
    }
    const auto walk = [&](auto& self, std::size_t at, std::int64_t limit,
                          std::set<std::size_t>& path) -> void {
      for (std::size_t c = 0; c < claims.size(); ++c) {
        if (refused[c] != 0 || claims[c].buyer.empty() || inside(c) || circle(row(claims[c].buyer)) != at)
          continue;
        const auto to = circle(row(claims[c].holder));
        if (path.contains(to)) continue;
        const auto down = limit >= kMany ? kMany : limit * sample.terms.tier_decay / 1'000'000;
        above[to] = std::max(above[to], down);
        path.insert(to);
        self(self, to, down, path);
        path.erase(to);
      }
    };
    for (std::size_t p = 0; p < n; ++p) {
      if (anchored[p] < 0) continue;
      std::set<std::size_t> path{p};
      walk(walk, p, anchored[p], path);
    }

    // Nodes: 0 source, 1 sink, then own, in, component in, component out of each party.
    const auto own = [](std::size_t p) { return 2 + 4 * p; };
    for (std::size_t p = 0; p < n; ++p) {
      capacity[own(p) + 1][own(p)] = capacity[own(p) + 1][own(circle(p)) + 2] = kMany;
      if (free(p) >= 0) capacity[0][own(circle(p)) + 3] += free(p);
      capacity[own(p) + 2][own(p) + 3] = std::max<std::int64_t>(above[p], 0);
    }
    for (std::size_t c = 0; c < claims.size(); ++c) {
      const auto holder = row(claims[c].holder);
      if (claims[c].buyer.empty()) {
        capacity[0][own(holder)] += amounts[c];
      } else {
        const auto from = own(circle(row(claims[c].buyer))) + 3;
        capacity[from][inside(c) ? own(holder) : own(holder) + 1] += amounts[c];
      }
    }
    std::vector<std::pair<std::size_t, std::size_t>> order;  // tier, party
    std::vector<std::size_t> tier(n, std::numeric_limits<std::size_t>::max());
    for (std::size_t p = 0; p < n; ++p) {
      if (anchored[p] >= 0) tier[p] = 0;
    }
    for (std::size_t round = 0; round < n; ++round) {
      for (std::size_t c = 0; c < claims.size(); ++c) {
        if (refused[c] != 0 || claims[c].buyer.empty()) continue;
        const auto from = circle(row(claims[c].buyer)), to = circle(row(claims[c].holder));
        if (tier[from] < n) tier[to] = std::min(tier[to], tier[from] + 1);
      }
    }
    for (std::size_t p = 0; p < n; ++p) order.emplace_back(tier[circle(p)], p);
    std::sort(order.begin(), order.end());
    for (const auto& [t, p] : order) {
      served.push_back(p);
      const auto& party = sample.parties[p];
      caps.push_back(std::min(party.asked.value_or(kMany), party.borrower_limit.value_or(kMany)));
    }
  }

  /// The most that the first so many borrowers can have together.
  std::int64_t by_flow(std::size_t borrowers) const {
    auto room = open(borrowers);
    std::int64_t total = 0;
    while (true) {
      std::vector<std::size_t> from(room.size(), room.size()), queue{0};
      from[0] = 0;
      for (std::size_t i = 0; i < queue.size(); ++i) {
        for (std::size_t to = 0; to < room.size(); ++to) {
          if (from[to] != room.size() || room[queue[i]][to] == 0) continue;
          from[to] = queue[i];
          queue.push_back(to);
        }
      }
      if (from[1] == room.size()) return total;
      std::int64_t amount = std::numeric_limits<std::int64_t>::max();
      for (std::size_t at = 1; at != 0; at = from[at]) amount = std::min(amount, room[from[at]][at]);
      for (std::size_t at = 1; at != 0; at = from[at]) {
        room[from[at]][at] -= amount;
        room[at][from[at]] += amount;
      }
      total += amount;
    }
  }
  /// The same by trying every cut: no flow is built at all.
  std::int64_t by_cuts(std::size_t borrowers) const {
    const auto room = open(borrowers);
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t cut = 1; cut < std::size_t{1} << room.size(); cut += 2) {  // the source is on this side
      if ((cut & 2U) != 0) continue;                                            // and the sink is not
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < room.size(); ++i) {
        if ((cut >> i & 1U) == 0) continue;
        for (std::size_t j = 0; j < room.size(); ++j) sum += (cut >> j & 1U) != 0 ? 0 : room[i][j];
      }
      least = std::min(least, sum);
    }
    return least;
  }
  std::vector<std::vector<std::int64_t>> open(std::size_t borrowers) const {
    auto room = capacity;
    for (std::size_t i = 0; i < borrowers; ++i) room[2 + 4 * served[i]][1] = caps[i];
    return room;
  }

  std::size_t n;
  std::vector<std::vector<std::int64_t>> capacity;
  std::vector<std::size_t> served;
  std::vector<std::int64_t> caps;
};

void expect_verified(const Chain& chain, const Terms& terms, const Plan& plan, std::uint64_t seed) {
  const auto breaches = verify(chain, policy(), terms, plan);
  EXPECT_TRUE(breaches.empty()) << "seed " << seed << ": " << breach_sentence(chain, breaches.front()).en;
}

TEST(SupplyChainLaw, AmountsEqualTheSmallestCutOfAll) {
  std::int64_t lent = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    Random random(seed);
    const auto from = sample(random, 3, 6);
    const auto chain = Chain::build(from.parties, from.claims).value();
    const auto plan = propose(chain, policy(), from.terms);
    const Reference reference(from);
    std::int64_t before = 0;
    for (std::size_t i = 0; i < reference.n; ++i) {
      const auto together = reference.by_cuts(i + 1);
      ASSERT_EQ(plan.advances[reference.served[i]].amount, together - before)
          << "seed " << seed << ", borrower " << i;
      before = together;
    }
    lent += plan.total;
    expect_verified(chain, from.terms, plan, seed);
  }
  EXPECT_GT(lent, 1000);
}

TEST(SupplyChainLaw, AmountsEqualABruteForceFlow) {
  std::size_t circles = 0, twice = 0, cut_short = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    Random random(seed);
    const auto parties = static_cast<std::size_t>(2 + up_to(random, 7));
    const auto from = sample(random, parties, static_cast<std::size_t>(up_to(random, 16)));
    const auto chain = Chain::build(from.parties, from.claims).value();
    const auto plan = propose(chain, policy(), from.terms);
    const Reference reference(from);
    std::int64_t before = 0;
    for (std::size_t i = 0; i < parties; ++i) {
      const auto together = reference.by_flow(i + 1);
      ASSERT_EQ(plan.advances[reference.served[i]].amount, together - before)
          << "seed " << seed << ", borrower " << i;
      before = together;
    }
    ASSERT_EQ(plan.total, before) << "seed " << seed;
    expect_verified(chain, from.terms, plan, seed);
    // The cap that is named is used up, and who is stopped by nothing gets nothing.
    std::vector<std::int64_t> used(parties, 0), passable(parties, 0);
    for (std::size_t c = 0; c < plan.claims.size(); ++c) {
      const auto buyer = chain.buyer_of(c), holder = chain.holder_of(c);
      const auto flow = plan.claims[c].own + plan.claims[c].passed;
      used[holder] += flow;
      if (buyer != kNoRow && plan.shape.component[buyer] != plan.shape.component[holder])
        passable[holder] += flow;
    }
    for (std::size_t p = 0; p < parties; ++p) {
      const auto& advance = plan.advances[p];
      const auto number_of = [&](Cap cap) -> std::int64_t {
        switch (cap) {
          case Cap::asked:
          case Cap::borrower_limit:
            return *advance.amount;
          case Cap::claims:
            return used[p];
          case Cap::upstream_claims:
            return passable[advance.at];
          case Cap::exposure_limit:
            return plan.hanging[advance.at];
          case Cap::carried_limit:
            return plan.carried[plan.shape.component[advance.at]].passed;
          default:
            return *advance.amount;
        }
      };
      EXPECT_EQ(number_of(advance.cap), advance.limit)
          << "seed " << seed << ", party " << p << ", " << to_string(advance.cap);
    }
    circles += plan.shape.circles.size();
    twice += plan.shape.double_pledges.size();
    for (const auto& advance : plan.advances)
      cut_short += advance.cap == Cap::exposure_limit || advance.cap == Cap::carried_limit ? 1 : 0;
  }
  // The samples hold what the law is about.
  EXPECT_GT(circles, 300U);
  EXPECT_GT(twice, 100U);
  EXPECT_GT(cut_short, 100U);
}

TEST(SupplyChainLaw, PlantedDoublePledgesAndCirclesAreAllFound) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    std::vector<Party> parties;
    std::vector<Claim> claims;
    for (std::size_t p = 0; p < 600; ++p) {
      Party party;
      party.id = name(p);
      party.role = p < 5 ? Role::anchor : Role::supplier;
      parties.push_back(party);
    }
    const auto sell = [&](std::size_t holder, std::size_t buyer) {
      Claim claim;
      claim.id = name(claims.size());
      claim.holder = name(holder);
      claim.buyer = name(buyer);
      claim.amount = 1 + up_to(random, 1000);
      claim.documents = {"invoice " + claim.id};
      claims.push_back(claim);
    };
    // A forest: no circle and no shared document yet.
    for (std::size_t p = 5; p < 600; ++p)
      sell(p, static_cast<std::size_t>(up_to(random, static_cast<std::int64_t>(p) - 1)));
    // Circles over parties 300 to 599, each of its own stretch, so that none joins another.
    std::set<std::vector<std::uint32_t>> circles;
    for (std::size_t at = 300; at < 600; at += 30) {
      const auto length = static_cast<std::size_t>(2 + up_to(random, 8));
      std::vector<std::uint32_t> circle;
      for (std::size_t i = 0; i < length; ++i) {
        claims[at + i - 5].buyer = name(i == 0 ? at + length - 1 : at + i - 1);
        circle.push_back(static_cast<std::uint32_t>(at + i));
      }
      circles.insert(circle);
    }
    // Second claims on the documents of 40 others.
    std::set<std::vector<std::uint32_t>> pledges;
    const auto first = claims.size();
    for (std::size_t i = 0; i < 40; ++i) {
      const auto original = static_cast<std::uint32_t>(i * 14);
      sell(5 + static_cast<std::size_t>(up_to(random, 200)), 0);
      claims.back().documents = {"INVOICE" + claims[original].id, "copy " + std::to_string(i)};
      pledges.insert({original, static_cast<std::uint32_t>(first + i)});
    }
    const auto shape = shape_of(Chain::build(parties, claims).value());
    EXPECT_EQ(std::set(shape.circles.begin(), shape.circles.end()), circles) << "seed " << seed;
    EXPECT_EQ(std::set(shape.double_pledges.begin(), shape.double_pledges.end()), pledges) << "seed " << seed;
  }
}

TEST(SupplyChainLaw, BundlesAreSharedAsLevelAsTheCapsAllow) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Random random(seed);
    const auto anchors = static_cast<std::size_t>(1 + up_to(random, 1));
    const auto members = static_cast<std::size_t>(1 + up_to(random, 5));
    std::vector<Party> parties;
    std::vector<Claim> claims;
    Bundle bundle;
    bundle.id = "b";
    for (std::size_t p = 0; p < anchors + members; ++p) {
      Party party;
      party.id = name(p);
      if (p < anchors) {
        party.role = Role::anchor;
        party.exposure_limit = 1000 * up_to(random, 60);
      } else {
        party.weight = 1 + up_to(random, 3);
        if (chance(random, 30)) party.asked = 1000 * up_to(random, 20);
        bundle.members.push_back(party.id);
        for (std::size_t a = 0; a < anchors; ++a) {
          if (!chance(random, 70)) continue;
          Claim claim;
          claim.id = name(claims.size());
          claim.holder = party.id;
          claim.buyer = name(a);
          claim.amount = 1000 * up_to(random, 30);
          claim.due_day = day("2026-05-01");
          claim.confirmed = claim.registered = Truth::yes;
          claims.push_back(claim);
        }
      }
      parties.push_back(party);
    }
    if (chance(random, 50)) bundle.total = 1000 * up_to(random, 60);
    Terms terms;
    terms.advance_rate.fill(kWhole);
    const auto chain = Chain::build(parties, claims, {bundle}).value();
    const auto plan = propose(chain, policy(), terms);
    expect_verified(chain, terms, plan, seed);
    // Nobody can have one fen more unless somebody whose level is not higher has less: give that fen, let
    // those clearly higher go without, hold the others to what they have, and ask whether the chain can do
    // it. Each round of sharing leaves one fen that does not divide, and there are at most as many rounds as
    // members.
    const auto slack = static_cast<std::int64_t>(members);
    const auto cap_of = [&](std::size_t p) { return plan.advances[p].amount.value(); };
    for (std::size_t p = anchors; p < parties.size(); ++p) {
      auto others = parties;
      std::int64_t wanted = 0;
      for (std::size_t q = anchors; q < parties.size(); ++q) {
        const bool lower =
            q == p || (cap_of(q) - slack) * parties[p].weight <= (cap_of(p) + 1) * parties[q].weight;
        others[q].asked = q == p ? cap_of(p) + 1 : lower ? cap_of(q) : 0;
        if (q == p && parties[q].asked && *parties[q].asked <= cap_of(p)) others[q].asked = cap_of(p);
        wanted += *others[q].asked;
      }
      if (*others[p].asked == cap_of(p)) continue;
      const auto again = propose(Chain::build(others, claims, {bundle}).value(), policy(), terms);
      EXPECT_LT(again.total, wanted) << "seed " << seed << ", member " << p;
    }
  }
}

TEST(SupplyChainLaw, UnlocksEqualPlanningAgain) {
  std::size_t seen = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const auto from = sample(random, 6, 14);
    const auto chain = Chain::build(from.parties, from.claims).value();
    const auto today = propose(chain, policy(), from.terms).total;
    const auto found = unlocks(chain, policy(), from.terms, {.k = 100});
    for (const auto& act : found) {
      const Reference then(from, {act.claims.begin(), act.claims.end()});
      EXPECT_EQ(act.gain, then.by_flow(then.n) - today) << "seed " << seed;
      EXPECT_LE(act.gain, act.raised) << "seed " << seed;
      ++seen;
    }
    // No act that helps is left out: one claim alone can never gain more than the best act.
    const auto plan = propose(chain, policy(), from.terms);
    for (std::size_t c = 0; c < plan.claims.size(); ++c) {
      if (plan.claims[c].reading.full == plan.claims[c].reading.eligible) continue;
      const Reference alone(from, {c});
      EXPECT_LE(alone.by_flow(alone.n) - today, found.empty() ? 0 : found.front().gain) << "seed " << seed;
    }
    const auto few = unlocks(chain, policy(), from.terms, {.k = 2});
    EXPECT_EQ(few, std::vector<Unlock>(found.begin(),
                                       found.begin() + std::min<std::ptrdiff_t>(2, std::ssize(found))))
        << "seed " << seed;
  }
  EXPECT_GT(seen, 200U);
}

}  // namespace
}  // namespace huoshui::supply_chain
