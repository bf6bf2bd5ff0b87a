#include <algorithm>
#include <huoshui/supply_chain/assess.hpp>

#include "supply_chain/detail/amounts.hpp"

namespace huoshui::supply_chain {
namespace {

using detail::months_after;
using detail::share_of;

constexpr std::uint8_t bit(Supply supply) { return static_cast<std::uint8_t>(supply); }

/// Fills one reading, gate by gate.
struct Assessment {
  const std::array<GateRule, kGateCount>& gates;
  ClaimReading out;

  void set(Gate gate, GateOutcome outcome) { out.outcomes[index_of(gate)] = outcome; }

  /// A gate on a stated answer that must be yes. Not in force on the day, it asks for nothing.
  bool needs(Gate gate, Truth answer, Supply supply) {
    if (!gates[index_of(gate)].in_force) {
      set(gate, GateOutcome::not_tested);
    } else if (answer == Truth::yes) {
      set(gate, GateOutcome::pass);
    } else {
      set(gate, answer == Truth::no ? GateOutcome::fail : GateOutcome::undecided);
      out.lacking |= bit(supply);
      return false;
    }
    return true;
  }

  /// A limit of months from one day to another, for what was born on `start`.
  void months_limit(Gate gate, std::optional<Date> start, std::optional<Date> end, GateOutcome beyond) {
    const auto& rule = gates[index_of(gate)];
    if (!rule.in_force || !rule.months || !start || !end || (rule.from && *start < *rule.from)) {
      set(gate, GateOutcome::not_tested);
    } else {
      set(gate, *end <= months_after(*start, *rule.months) ? GateOutcome::pass : beyond);
    }
  }

  /// A limit of days of payment, for contracts signed under the rule. Warns only.
  void days_limit(Gate gate, const Claim& claim) {
    const auto& rule = gates[index_of(gate)];
    if (!rule.in_force || !rule.days || !claim.contract_day || !claim.delivery_day || !claim.due_day ||
        (rule.from && *claim.contract_day < *rule.from)) {
      set(gate, GateOutcome::not_tested);
    } else {
      const auto days = day_number(*claim.due_day) - day_number(*claim.delivery_day);
      set(gate, days <= *rule.days ? GateOutcome::pass : GateOutcome::caution);
    }
  }
};

Truth relation_of(const Claim& claim, const Party& holder, const Party& buyer) {
  if (claim.related == Truth::yes) return Truth::yes;
  if (!holder.group.empty() && !buyer.group.empty())
    return holder.group == buyer.group ? Truth::yes : Truth::no;
  return claim.related;
}

}  // namespace

ClaimReading assess(const Chain& chain, const Shape& shape, std::size_t row,
                    const std::array<GateRule, kGateCount>& gates, Date day, const Terms& terms) {
  const Claim& claim = chain.claims()[row];
  const auto holder_row = chain.holder_of(row), buyer_row = chain.buyer_of(row);
  const Party& holder = chain.parties()[holder_row];
  const bool is_stock = claim.kind == ClaimKind::stock;
  const bool is_paper = claim.kind == ClaimKind::bill;
  using enum GateOutcome;
  Assessment a{gates, {}};

  // Amount and rate.
  const auto rate = terms.advance_rate[static_cast<std::size_t>(claim.kind)];
  a.set(Gate::advance_rate, rate ? pass : undecided);
  const std::int64_t left =
      claim.amount ? std::max<std::int64_t>(0, *claim.amount - claim.financed) : std::int64_t{0};
  a.set(Gate::amount, !claim.amount ? undecided : left > 0 ? pass : fail);

  // Who owes.
  const bool has_buyer = buyer_row != kNoRow;
  a.set(Gate::buyer, is_stock ? not_asked : has_buyer ? pass : undecided);
  if (!claim.due_day) {
    a.set(Gate::not_due, is_stock ? not_tested : undecided);
  } else {
    a.set(Gate::not_due, day < *claim.due_day ? pass : fail);
  }
  const bool with_oneself = has_buyer && buyer_row == holder_row;
  a.set(Gate::trade, with_oneself || claim.disputed == Truth::yes ? fail
                     : claim.disputed == Truth::no                ? pass
                                                                  : not_tested);
  if (has_buyer) {
    const auto related = relation_of(claim, holder, chain.parties()[buyer_row]);
    a.set(Gate::related_party, related == Truth::yes ? fail : related == Truth::no ? pass : not_tested);
  }
  // No row is needed to refuse the same asset twice: the lender's own books say so.
  const bool twice = shape.asset[row] != kNoRow || claim.pledged_elsewhere == Truth::yes;
  a.set(Gate::free_of_pledge, twice ? fail : claim.pledged_elsewhere == Truth::no ? pass : not_tested);

  // Circles of trade.
  const bool inside = has_buyer && !with_oneself && shape.component[buyer_row] == shape.component[holder_row];
  std::int64_t net = left;
  if (inside) {
    net = std::max<std::int64_t>(0, left - shape.set_off[row]);
    a.set(Gate::circle, shape.set_off_open[holder_row] != 0 ? undecided
                        : net == 0 && left > 0              ? fail
                        : net < left                        ? caution
                                                            : pass);
  }

  // What can be supplied.
  const BuyerKind buyer_kind = has_buyer ? chain.parties()[buyer_row].buyer_kind : BuyerKind::unknown;
  bool stopped = false;
  if (buyer_kind == BuyerKind::government)
    stopped |= !a.needs(Gate::budget_evidence, claim.budget_evidence, Supply::budget_evidence);
  if (!is_paper) stopped |= !a.needs(Gate::registration, claim.registered, Supply::register_claim);
  std::int64_t share = kWhole;
  if (claim.kind == ClaimKind::receivable || claim.kind == ClaimKind::e_voucher) {
    if (!a.needs(Gate::confirmation, claim.confirmed, Supply::confirm))
      share = share_of(share, terms.unconfirmed_share);
  }
  if (claim.kind == ClaimKind::order) {
    if (!a.needs(Gate::locked_account, claim.locked_account, Supply::lock_account))
      share = share_of(share, terms.unlocked_share);
  }
  if (is_stock) stopped |= !a.needs(Gate::custody, claim.custody, Supply::take_custody);

  // Days.
  if (claim.kind == ClaimKind::e_voucher) {
    a.months_limit(Gate::e_voucher_usual, claim.issue_day, claim.due_day, caution);
    a.months_limit(Gate::e_voucher_tenor, claim.issue_day, claim.due_day, fail);
  }
  if (is_paper) a.months_limit(Gate::bill_tenor, claim.issue_day, claim.due_day, fail);
  if (buyer_kind == BuyerKind::government || buyer_kind == BuyerKind::public_institution) {
    a.days_limit(Gate::public_term_usual, claim);
    a.days_limit(Gate::public_term_max, claim);
  }
  if (buyer_kind == BuyerKind::large_enterprise) a.days_limit(Gate::large_term, claim);
  if (has_buyer && claim.pay_when_paid != Truth::unknown) {
    const auto& rule = gates[index_of(Gate::pay_when_paid)];
    const bool binds =
        rule.in_force && claim.contract_day && (!rule.from || *rule.from <= *claim.contract_day);
    a.set(Gate::pay_when_paid, !binds ? not_tested : claim.pay_when_paid == Truth::no ? pass : caution);
  }
  ClaimReading& out = a.out;
  if (claim.due_day) out.last_day = date_of_day(day_number(*claim.due_day) + terms.grace_days);
  if (terms.tenor_max_months) {
    const auto longest = months_after(day, *terms.tenor_max_months);
    // A loan on stock may end earlier than the storage; a loan on a debt is repaid by its payment.
    if (is_stock) {
      out.last_day = out.last_day ? std::min(*out.last_day, longest) : longest;
      a.set(Gate::lender_tenor, pass);
    } else {
      a.set(Gate::lender_tenor, !out.last_day ? not_tested : *out.last_day <= longest ? pass : fail);
    }
  }

  // Gates that a person can supply do not refuse: they hold the claim back until it is done.
  constexpr std::array supplied{Gate::budget_evidence, Gate::registration, Gate::confirmation,
                                Gate::locked_account, Gate::custody};
  bool refused = false, open = false;
  for (std::size_t g = 0; g < kGateCount; ++g) {
    if (std::find(supplied.begin(), supplied.end(), static_cast<Gate>(g)) != supplied.end()) continue;
    refused |= out.outcomes[g] == fail;
    open |= out.outcomes[g] == undecided;
  }
  if (refused) out.lacking = 0;
  if (!refused && !open) {
    out.full = share_of(net, *rate);
    out.eligible = stopped ? 0 : share_of(out.full, share);
  }
  out.standing = refused                         ? ClaimStanding::refused
                 : open || stopped || share == 0 ? ClaimStanding::undecided
                                                 : ClaimStanding::eligible;
  return out;
}

}  // namespace huoshui::supply_chain
