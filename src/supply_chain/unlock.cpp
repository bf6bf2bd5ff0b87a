#include <algorithm>
#include <huoshui/supply_chain/unlock.hpp>
#include <set>
#include <tuple>

#include "supply_chain/detail/planning.hpp"

namespace huoshui::supply_chain {
namespace {

constexpr std::uint8_t kByBuyer =
    static_cast<std::uint8_t>(Supply::confirm) | static_cast<std::uint8_t>(Supply::budget_evidence);

/// All acts that could help, with the claims each touches.
std::vector<Unlock> acts(const Chain& chain, const Plan& plan) {
  // Claims that wait for something, by the party that could act, first as buyer and then as holder.
  std::vector<std::vector<std::uint32_t>> of_buyer(chain.parties().size()), of_holder(chain.parties().size());
  for (std::uint32_t c = 0; c < plan.claims.size(); ++c) {
    const auto& reading = plan.claims[c].reading;
    if (reading.lacking == 0 || reading.full <= reading.eligible) continue;
    of_holder[chain.holder_of(c)].push_back(c);
    if (chain.buyer_of(c) != kNoRow) of_buyer[chain.buyer_of(c)].push_back(c);
  }
  std::vector<Unlock> out;
  const auto add = [&](std::uint32_t party, const std::vector<std::uint32_t>& claims, bool by_buyer) {
    std::set<std::uint8_t> kinds;
    for (const auto c : claims) {
      const auto lacking = plan.claims[c].reading.lacking;
      if (((lacking & kByBuyer) != 0) == by_buyer) kinds.insert(lacking);
    }
    for (const auto kind : kinds) {
      Unlock act;
      act.supplies = kind;
      act.party = party;
      for (const auto c : claims) {
        const auto& reading = plan.claims[c].reading;
        if ((reading.lacking & ~kind) != 0) continue;
        act.claims.push_back(c);
        act.raised += reading.full - reading.eligible;
      }
      out.push_back(std::move(act));
    }
  };
  for (std::uint32_t p = 0; p < chain.parties().size(); ++p) {
    add(p, of_buyer[p], true);
    add(p, of_holder[p], false);
  }
  return out;
}

}  // namespace

std::vector<Unlock> unlocks(const Chain& chain, const Policy& policy, const Terms& terms,
                            UnlockOptions options) {
  if (options.k == 0) return {};
  const Plan before = detail::assessed(chain, policy, terms);
  Plan today = before;
  detail::Openings openings;
  detail::place(chain, today, &openings);
  auto candidates = acts(chain, before);
  std::stable_sort(candidates.begin(), candidates.end(), [](const Unlock& a, const Unlock& b) {
    return std::tuple(-a.raised, a.party, a.supplies) < std::tuple(-b.raised, b.party, b.supplies);
  });
  std::vector<Unlock> best;
  const auto ranks_before = [](const Unlock& a, const Unlock& b) {
    return std::tuple(-a.gain, -a.raised, a.party, a.supplies) <
           std::tuple(-b.gain, -b.raised, b.party, b.supplies);
  };
  Plan then = before;
  // No act can gain more than all of them together.
  for (auto& line : then.claims) line.reading.eligible = line.reading.full;
  detail::place(chain, then);
  const auto together = then.total - today.total;
  then = before;
  const auto any = [](const std::vector<std::uint32_t>& claims, const std::vector<char>& open) {
    return std::any_of(claims.begin(), claims.end(), [&](std::uint32_t c) { return open[c] != 0; });
  };
  for (auto& act : candidates) {
    // Only capacities of these claims rise, so the flow cannot rise by more (max-flow min-cut); and of equal
    // gains the one met first stands first.
    if (best.size() == options.k && std::min(act.raised, together) <= best.back().gain) break;
    if (!any(act.claims, openings.from_buyer) || !any(act.claims, openings.to_holder)) continue;
    for (const auto c : act.claims) then.claims[c].reading.eligible = before.claims[c].reading.full;
    detail::place(chain, then);
    act.gain = then.total - today.total;
    for (const auto c : act.claims) then.claims[c].reading.eligible = before.claims[c].reading.eligible;
    if (act.gain <= 0) continue;
    best.insert(std::upper_bound(best.begin(), best.end(), act, ranks_before), act);
    if (best.size() > options.k) best.pop_back();
  }
  return best;
}

}  // namespace huoshui::supply_chain
