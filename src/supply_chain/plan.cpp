#include <algorithm>
#include <huoshui/supply_chain/plan.hpp>
#include <tuple>

#include "core/detail/wide.hpp"
#include "supply_chain/detail/amounts.hpp"
#include "supply_chain/detail/network.hpp"
#include "supply_chain/detail/planning.hpp"

namespace huoshui::supply_chain {
namespace {

using detail::kUnbounded;
using detail::Network;
using detail::share_of;
using huoshui::detail::Wide;

std::int64_t free_of(const std::optional<std::int64_t>& limit, std::int64_t used) {
  return limit ? std::max<std::int64_t>(0, *limit - used) : kUnbounded;
}

/// Places the money of one plan.
//
//   source ─ exposure limit ─▶ out(anchor) ─ claim ─▶ in(holder) ─▶ own(holder) ─▶ its advance
//                                                        │
//                                                        ▼
//                              in(component) ─ carried limit ─▶ out(component) ─ claim ─▶ …
//   source ─ stock ─▶ own(holder)        out(circle) ─ net claim ─▶ own(member)
class Placing {
 public:
  Placing(const Chain& chain, Plan& plan)
      : chain_(chain),
        plan_(plan),
        parties_(chain.parties().size()),
        components_(plan.shape.component_count),
        net_(1 + 2 * parties_ + 2 * components_) {}

  void run() {
    find_anchors();
    carry_limits();
    lay_arcs();
    serve();
    read_back();
    name_caps();
  }

  /// @pre run() is done.
  [[nodiscard]] detail::Openings openings() const {
    std::vector<Node> takers;
    for (std::uint32_t p = 0; p < parties_; ++p) {
      const auto b = chain_.bundle_of(p);
      if (b != kNoRow && chain_.bundles()[b].backing != Backing::claims) continue;
      // A member's own claims may rise too, so that they are no bound here.
      const auto& party = chain_.parties()[p];
      const auto most = std::min(free_of(party.asked, 0), free_of(party.borrower_limit, party.borrowed));
      if (plan_.advances[p].amount.value_or(0) < most) takers.push_back(own(p));
    }
    const auto reached = net_.reached(), reaching = net_.reaching(takers);
    detail::Openings out;
    for (std::size_t c = 0; c < plan_.claims.size(); ++c) {
      const auto buyer = chain_.buyer_of(c), holder = chain_.holder_of(c);
      const bool direct = buyer == kNoRow || is_inside(c);
      out.from_buyer.push_back(buyer == kNoRow ? 1 : reached[component_out(component(buyer))]);
      // The ways out of a holder without any claim that counts are not laid; such a claim may open them.
      const bool laid = direct || to_own_[holder] != kNoRow;
      out.to_holder.push_back(laid ? reaching[direct ? own(holder) : in(holder)] : 1);
    }
    return out;
  }

 private:
  using Node = Network::Node;
  Node own(std::size_t party) const { return static_cast<Node>(1 + party); }
  Node in(std::size_t party) const { return static_cast<Node>(1 + parties_ + party); }
  Node component_in(std::size_t k) const { return static_cast<Node>(1 + 2 * parties_ + 2 * k); }
  Node component_out(std::size_t k) const { return static_cast<Node>(2 + 2 * parties_ + 2 * k); }
  std::uint32_t component(std::size_t party) const { return plan_.shape.component[party]; }
  bool carries(std::size_t claim) const {
    return chain_.buyer_of(claim) != kNoRow && chain_.buyer_of(claim) != chain_.holder_of(claim) &&
           plan_.claims[claim].reading.standing != ClaimStanding::refused;
  }
  bool is_inside(std::size_t claim) const {
    return component(chain_.buyer_of(claim)) == component(chain_.holder_of(claim));
  }

  void find_anchors() {
    is_anchor_.assign(parties_, 0);
    for (std::size_t p = 0; p < parties_; ++p)
      is_anchor_[p] = chain_.parties()[p].role == Role::anchor ? 1 : 0;
    for (const auto& bundle : chain_.bundles()) {
      if (bundle.backing == Backing::lead) is_anchor_[chain_.party_row(bundle.lead)] = 1;
    }
  }

  /// Tiers and limits, from the anchors down. The strongest buyer decides; two ways down are not added up, or
  /// one limit would count twice.
  void carry_limits() {
    plan_.carried.assign(components_, {});
    std::vector<std::int64_t> carried(components_, 0), anchors(components_, -1);
    pass_cap_.assign(components_, 0);
    for (std::size_t p = 0; p < parties_; ++p) {
      if (is_anchor_[p] == 0) continue;
      const auto& party = chain_.parties()[p];
      auto& sum = anchors[component(p)];
      sum = std::min(kUnbounded,
                     std::max<std::int64_t>(sum, 0) + free_of(party.exposure_limit, party.exposure_used));
    }
    // Claims by the holder's component, so that components can be walked from the buyers down.
    std::vector<std::uint32_t> first(components_ + 1, 0), claims;
    for (std::size_t c = 0; c < plan_.claims.size(); ++c) {
      if (carries(c) && !is_inside(c)) ++first[component(chain_.holder_of(c)) + 1];
    }
    for (std::size_t k = 0; k < components_; ++k) first[k + 1] += first[k];
    claims.resize(first.back());
    std::vector<std::uint32_t> fill(first.begin(), first.end() - 1);
    for (std::uint32_t c = 0; c < plan_.claims.size(); ++c) {
      if (carries(c) && !is_inside(c)) claims[fill[component(chain_.holder_of(c))]++] = c;
    }
    for (std::size_t k = components_; k-- > 0;) {
      auto& line = plan_.carried[k];
      std::int64_t above = -1;
      for (auto i = first[k]; i < first[k + 1]; ++i) {
        const auto buyer = component(chain_.buyer_of(claims[i]));
        const auto tier = plan_.carried[buyer].tier;
        if (tier == kNoTier) continue;
        line.tier = std::min(line.tier, tier + 1);
        above = std::max(above, carried[buyer]);
      }
      if (above >= 0)
        pass_cap_[k] = above == kUnbounded ? kUnbounded : share_of(above, plan_.terms.tier_decay);
      if (anchors[k] >= 0) line.tier = 0;
      carried[k] = std::max(pass_cap_[k], anchors[k]);
      if (pass_cap_[k] != kUnbounded) line.limit = pass_cap_[k];
    }
  }

  void lay_arcs() {
    constexpr auto none = kNoRow;
    arc_of_.assign(plan_.claims.size(), none);
    to_own_.assign(parties_, none);
    anchor_arc_.assign(parties_, none);
    pass_arc_.assign(components_, none);
    std::vector<char> has_in(parties_, 0);
    for (std::size_t p = 0; p < parties_; ++p) {
      if (is_anchor_[p] == 0) continue;
      const auto& party = chain_.parties()[p];
      anchor_arc_[p] = net_.add(Network::kSource, component_out(component(p)),
                                free_of(party.exposure_limit, party.exposure_used));
    }
    for (std::size_t k = 0; k < components_; ++k) {
      if (pass_cap_[k] > 0) pass_arc_[k] = net_.add(component_in(k), component_out(k), pass_cap_[k]);
    }
    for (std::size_t c = 0; c < plan_.claims.size(); ++c) {
      const auto eligible = plan_.claims[c].reading.eligible;
      if (eligible == 0) continue;
      const auto holder = chain_.holder_of(c);
      if (chain_.buyer_of(c) == kNoRow) {
        arc_of_[c] = net_.add(Network::kSource, own(holder), eligible);
      } else if (is_inside(c)) {
        arc_of_[c] = net_.add(component_out(component(holder)), own(holder), eligible);
      } else {
        arc_of_[c] = net_.add(component_out(component(chain_.buyer_of(c))), in(holder), eligible);
        has_in[holder] = 1;
      }
    }
    for (std::size_t p = 0; p < parties_; ++p) {
      if (has_in[p] == 0) continue;
      to_own_[p] = net_.add(in(p), own(p), kUnbounded);
      net_.add(in(p), component_in(component(p)), kUnbounded);
    }
    net_.seal();
    // What a party's claims carry, for members of bundles and for naming the cap.
    held_.assign(parties_, 0);
    claim_list_first_.assign(parties_ + 1, 0);
    for (std::size_t c = 0; c < plan_.claims.size(); ++c) {
      held_[chain_.holder_of(c)] += plan_.claims[c].reading.eligible;
      ++claim_list_first_[chain_.holder_of(c) + 1];
    }
    for (std::size_t p = 0; p < parties_; ++p) claim_list_first_[p + 1] += claim_list_first_[p];
    claim_list_.resize(plan_.claims.size());
    std::vector<std::uint32_t> fill(claim_list_first_.begin(), claim_list_first_.end() - 1);
    for (std::uint32_t c = 0; c < plan_.claims.size(); ++c) claim_list_[fill[chain_.holder_of(c)]++] = c;
  }

  /// What a party may take whatever stands behind it.
  std::int64_t own_cap(std::size_t p) const {
    const auto& party = chain_.parties()[p];
    auto cap = std::min(free_of(party.asked, 0), free_of(party.borrower_limit, party.borrowed));
    if (const auto b = chain_.bundle_of(p); b != kNoRow) {
      const auto& bundle = chain_.bundles()[b];
      cap = std::min(cap, free_of(bundle.per_member, 0));
      if (bundle.backing == Backing::claims) cap = std::min(cap, held_[p]);
    }
    return cap;
  }

  void serve() {
    std::vector<std::tuple<std::uint32_t, std::uint32_t>> order;  // tier, party
    for (std::uint32_t p = 0; p < parties_; ++p) order.emplace_back(plan_.carried[component(p)].tier, p);
    std::sort(order.begin(), order.end());
    plan_.advances.assign(parties_, {});
    plan_.bundles.assign(chain_.bundles().size(), 0);
    members_.assign(chain_.bundles().size(), {});
    for (std::uint32_t p = 0; p < parties_; ++p) {
      if (chain_.bundle_of(p) != kNoRow) members_[chain_.bundle_of(p)].push_back(p);
    }
    std::vector<char> served(chain_.bundles().size(), 0);
    for (const auto& [tier, p] : order) {
      plan_.advances[p].tier = tier;
      const auto b = chain_.bundle_of(p);
      if (b == kNoRow) {
        plan_.advances[p].amount = net_.pull(own(p), own_cap(p));
      } else if (served[b] == 0) {
        served[b] = 1;
        fill_bundle(b);
      }
    }
  }

  std::int64_t draw(const Bundle& bundle, std::uint32_t member, std::int64_t wanted) {
    switch (bundle.backing) {
      case Backing::claims:
        return net_.pull(own(member), wanted);
      case Backing::lead:
        return net_.pull(component_out(component(chain_.party_row(bundle.lead))), wanted);
      case Backing::credit:
        return wanted;
    }
    return 0;
  }

  /// Tell whether the lender has said anything that bounds a member's amount.
  bool is_bounded(const Bundle& bundle, std::uint32_t member) const {
    if (bundle.backing == Backing::claims || bundle.total || bundle.per_member ||
        chain_.parties()[member].borrower_limit)
      return true;
    return bundle.backing == Backing::lead && chain_.parties()[chain_.party_row(bundle.lead)].exposure_limit;
  }

  /// Raise all members level by weight until something stops one of them; go on with the others.
  void fill_bundle(std::uint32_t b) {
    const auto& bundle = chain_.bundles()[b];
    std::int64_t left = free_of(bundle.total, 0);
    struct Member {
      std::uint32_t party;
      std::int64_t weight, cap, amount = 0;
    };
    std::vector<Member> active;
    bool weighed = true;
    for (const auto p : members_[b]) {
      if (!is_bounded(bundle, p)) continue;  // no amount
      plan_.advances[p].amount = 0;
      weighed = weighed && chain_.parties()[p].weight > 0;
      active.push_back({p, chain_.parties()[p].weight, std::min(own_cap(p), kUnbounded / 2)});
    }
    if (!weighed) {
      for (auto& member : active) member.weight = 1;
    }
    const auto finished = [&](const Member& m) { return m.amount >= m.cap; };
    while (true) {
      for (const auto& m : active) plan_.advances[m.party].amount = m.amount;
      std::erase_if(active, finished);
      if (active.empty() || left == 0) break;
      Wide highest = 0;
      for (const auto& m : active) {
        const auto gap = static_cast<Wide>(std::min(m.cap - m.amount, left));
        highest = std::max(
            highest, (gap * weights(active) + static_cast<Wide>(m.weight - 1)) / static_cast<Wide>(m.weight));
      }
      const Wide all = weights(active);
      const auto rise = [&](const Member& m, Wide level) {
        const Wide share = level * static_cast<Wide>(m.weight) / all;
        const auto gap = static_cast<Wide>(m.cap - m.amount);
        return static_cast<std::int64_t>(std::min(share, gap));
      };
      const auto fits = [&](Wide level) {
        Wide sum = 0;
        for (const auto& m : active) sum += static_cast<Wide>(rise(m, level));
        if (sum > static_cast<Wide>(left)) return false;
        bool ok = true;
        net_.begin_trial();
        for (const auto& m : active) {
          const auto wanted = rise(m, level);
          ok = draw(bundle, m.party, wanted) == wanted;
          if (!ok) break;
        }
        net_.undo();
        return ok;
      };
      Wide low = 0, high = highest + 1;  // low fits, high does not or is past all caps
      if (fits(highest)) low = highest;
      while (low + 1 < high) {
        const Wide middle = low + (high - low) / 2;
        (fits(middle) ? low : high) = middle;
      }
      for (auto& m : active) {
        const auto wanted = rise(m, low);
        m.amount += draw(bundle, m.party, wanted);
        left -= wanted;
      }
      // The next fen each: who cannot have it is stopped by a cap it shares, and stays where it is.
      for (auto& m : active) {
        if (finished(m) || left == 0) continue;
        if (draw(bundle, m.party, 1) == 1) {
          ++m.amount;
          --left;
        } else {
          m.cap = m.amount;
        }
      }
    }
    for (const auto p : members_[b]) plan_.bundles[b] += plan_.advances[p].amount.value_or(0);
  }

  template <typename Members>
  static Wide weights(const Members& members) {
    Wide sum = 0;
    for (const auto& m : members) sum += static_cast<Wide>(m.weight);
    return sum;
  }

  void read_back() {
    plan_.hanging.assign(parties_, 0);
    for (std::size_t p = 0; p < parties_; ++p) {
      if (anchor_arc_[p] != kNoRow) plan_.hanging[p] = net_.flow(anchor_arc_[p]);
      std::int64_t own_left = to_own_[p] == kNoRow ? 0 : net_.flow(to_own_[p]);
      for (auto i = claim_list_first_[p]; i < claim_list_first_[p + 1]; ++i) {
        const auto c = claim_list_[i];
        if (arc_of_[c] == kNoRow) continue;
        auto& line = plan_.claims[c];
        const auto flow = net_.flow(arc_of_[c]);
        const bool direct = chain_.buyer_of(c) == kNoRow || is_inside(c);
        line.own = direct ? flow : std::min(flow, own_left);
        line.passed = flow - line.own;
        if (!direct) own_left -= line.own;
      }
    }
    for (std::size_t k = 0; k < components_; ++k) {
      if (pass_arc_[k] != kNoRow) plan_.carried[k].passed = net_.flow(pass_arc_[k]);
    }
    plan_.total = 0;
    for (const auto& advance : plan_.advances) plan_.total += advance.amount.value_or(0);
    plan_.work = {net_.augmentations(), net_.visits()};
  }

  struct Stop {
    Cap cap = Cap::none;
    std::uint32_t at = kNoRow;
    std::int64_t limit = 0;
  };

  enum class Way : std::uint8_t { to_holder, further_down };

  /// Why no more comes over a party's claims: the first that has room tells by its buyer. Claims on buyers
  /// without an anchor above bring nothing whatever they carry.
  Stop stop_of_claims(std::uint32_t p, Way way) const {
    std::int64_t used = 0;
    for (auto i = claim_list_first_[p]; i < claim_list_first_[p + 1]; ++i) {
      const auto c = claim_list_[i];
      const auto buyer = chain_.buyer_of(c);
      if (arc_of_[c] == kNoRow) continue;
      if (way == Way::further_down && (buyer == kNoRow || is_inside(c))) continue;
      if (net_.room(arc_of_[c]) == 0) {
        used += net_.flow(arc_of_[c]);
      } else if (buyer != kNoRow && stops_[component(buyer)].cap != Cap::none) {
        return stops_[component(buyer)];
      }
    }
    return {way == Way::to_holder ? Cap::claims : Cap::upstream_claims, p, used};
  }

  void name_caps() {
    stops_.assign(components_, {});
    std::vector<std::vector<std::uint32_t>> members(components_);
    for (std::uint32_t p = 0; p < parties_; ++p) members[component(p)].push_back(p);
    for (std::size_t k = components_; k-- > 0;) {
      Stop stop;
      const bool has_way = pass_arc_[k] != kNoRow;
      const bool full = has_way && net_.room(pass_arc_[k]) == 0;
      if (has_way) {
        for (const auto p : members[k]) {
          if (to_own_[p] == kNoRow) continue;
          stop = stop_of_claims(p, Way::further_down);
          if (stop.cap != Cap::upstream_claims) break;
        }
      }
      // Where the anchor is used up as well, it is the reason; the limit carried down is only its shadow.
      const bool below_anchor = plan_.carried[k].tier != kNoTier && plan_.carried[k].tier > 0;
      if (below_anchor && (full || !has_way) && stop.cap != Cap::exposure_limit)
        stop = {Cap::carried_limit, members[k].front(), pass_cap_[k]};
      for (const auto p : members[k]) {
        if (anchor_arc_[p] == kNoRow || stop.cap == Cap::exposure_limit) continue;
        const auto& party = chain_.parties()[p];
        if (net_.room(anchor_arc_[p]) == 0)
          stop = {Cap::exposure_limit, p, free_of(party.exposure_limit, party.exposure_used)};
      }
      stops_[k] = stop;
    }
    for (std::uint32_t p = 0; p < parties_; ++p) name_cap(p);
  }

  void name_cap(std::uint32_t p) {
    auto& advance = plan_.advances[p];
    const auto& party = chain_.parties()[p];
    const auto set = [&](Cap cap, std::uint32_t at, std::int64_t limit) {
      advance.cap = cap;
      advance.at = at;
      advance.limit = limit;
    };
    if (!advance.amount) return set(Cap::unknown, kNoRow, 0);
    const auto amount = *advance.amount;
    const auto b = chain_.bundle_of(p);
    const Bundle* bundle = b == kNoRow ? nullptr : &chain_.bundles()[b];
    if (party.asked && amount == *party.asked) return set(Cap::asked, p, amount);
    if (party.borrower_limit && amount == free_of(party.borrower_limit, party.borrowed))
      return set(Cap::borrower_limit, p, amount);
    if (bundle != nullptr && bundle->per_member && amount == *bundle->per_member)
      return set(Cap::member_limit, p, amount);
    const bool by_claims = bundle == nullptr || bundle->backing == Backing::claims;
    if (by_claims && amount == held_[p] && held_[p] > 0) return set(Cap::claims, p, held_[p]);
    if (bundle != nullptr && bundle->total && plan_.bundles[b] == *bundle->total)
      return set(Cap::bundle_total, kNoRow, *bundle->total);
    if (!by_claims) {
      if (bundle->backing == Backing::credit) return set(Cap::bundle_total, kNoRow, 0);
      const auto stop = stops_[component(chain_.party_row(bundle->lead))];
      return set(stop.cap, stop.at, stop.limit);
    }
    if (claim_list_first_[p] == claim_list_first_[p + 1]) return;  // nothing stands behind it
    const auto stop = stop_of_claims(p, Way::to_holder);
    if (stop.cap == Cap::claims && stop.limit == 0 && held_[p] > 0) return;  // no anchor above its buyers
    set(stop.cap, stop.at, stop.limit);
  }

  const Chain& chain_;
  Plan& plan_;
  std::size_t parties_, components_;
  Network net_;
  std::vector<char> is_anchor_;
  std::vector<std::int64_t> pass_cap_, held_;
  std::vector<std::uint32_t> arc_of_, to_own_, anchor_arc_, pass_arc_, claim_list_first_, claim_list_;
  std::vector<std::vector<std::uint32_t>> members_;  // of bundles
  std::vector<Stop> stops_;
};

void check(const Terms& terms) {
  const auto ratio = [](std::int64_t value) {
    if (value < 0 || value > kWhole)
      throw ContractError("a rate of supply-chain terms lies outside 0 to 100 %");
  };
  for (const auto& rate : terms.advance_rate) ratio(rate.value_or(0));
  ratio(terms.unconfirmed_share);
  ratio(terms.unlocked_share);
  ratio(terms.tier_decay);
  if (terms.grace_days < 0 || terms.grace_days > 36'500)
    throw ContractError("the days of grace of supply-chain terms are not between 0 and 100 years");
  if (terms.tenor_max_months && (*terms.tenor_max_months < 0 || *terms.tenor_max_months > 1'200))
    throw ContractError("the longest tenor of supply-chain terms is not between 0 and 100 years");
}

}  // namespace

namespace detail {

Plan assessed(const Chain& chain, const Policy& policy, const Terms& terms) {
  check(terms);
  Plan plan;
  plan.day = policy.date();
  plan.terms = terms;
  plan.gates = gates_on(policy);
  plan.shape = shape_of(chain);
  plan.claims.resize(chain.claims().size());
  for (std::size_t c = 0; c < plan.claims.size(); ++c)
    plan.claims[c].reading = assess(chain, plan.shape, c, plan.gates, plan.day, terms);
  return plan;
}

void place(const Chain& chain, Plan& plan, Openings* openings) {
  Placing placing(chain, plan);
  placing.run();
  if (openings != nullptr) *openings = placing.openings();
}

}  // namespace detail

Plan propose(const Chain& chain, const Policy& policy, const Terms& terms) {
  Plan plan = detail::assessed(chain, policy, terms);
  detail::place(chain, plan);
  return plan;
}

}  // namespace huoshui::supply_chain
