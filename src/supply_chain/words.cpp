#include <huoshui/supply_chain/plan.hpp>

namespace huoshui::supply_chain {

std::string_view to_string(Role role) {
  switch (role) {
    case Role::anchor:
      return "anchor";
    case Role::supplier:
      return "supplier";
    case Role::base:
      return "base";
    case Role::cooperative:
      return "cooperative";
    case Role::household:
      return "household";
  }
  return "";
}

std::string_view to_string(BuyerKind kind) {
  switch (kind) {
    case BuyerKind::unknown:
      return "unknown";
    case BuyerKind::government:
      return "government";
    case BuyerKind::public_institution:
      return "public_institution";
    case BuyerKind::large_enterprise:
      return "large_enterprise";
    case BuyerKind::other:
      return "other";
  }
  return "";
}

std::string_view to_string(ClaimKind kind) {
  switch (kind) {
    case ClaimKind::receivable:
      return "receivable";
    case ClaimKind::e_voucher:
      return "e_voucher";
    case ClaimKind::bill:
      return "bill";
    case ClaimKind::order:
      return "order";
    case ClaimKind::stock:
      return "stock";
  }
  return "";
}

std::string_view to_string(Backing backing) {
  switch (backing) {
    case Backing::claims:
      return "claims";
    case Backing::lead:
      return "lead";
    case Backing::credit:
      return "credit";
  }
  return "";
}

std::string_view to_string(Gate gate) {
  switch (gate) {
    case Gate::amount:
      return "amount";
    case Gate::advance_rate:
      return "advance_rate";
    case Gate::buyer:
      return "buyer";
    case Gate::not_due:
      return "not_due";
    case Gate::trade:
      return "trade";
    case Gate::related_party:
      return "related_party";
    case Gate::free_of_pledge:
      return "free_of_pledge";
    case Gate::circle:
      return "circle";
    case Gate::budget_evidence:
      return "budget_evidence";
    case Gate::registration:
      return "registration";
    case Gate::confirmation:
      return "confirmation";
    case Gate::locked_account:
      return "locked_account";
    case Gate::custody:
      return "custody";
    case Gate::e_voucher_usual:
      return "e_voucher_usual";
    case Gate::e_voucher_tenor:
      return "e_voucher_tenor";
    case Gate::bill_tenor:
      return "bill_tenor";
    case Gate::public_term_usual:
      return "public_term_usual";
    case Gate::public_term_max:
      return "public_term_max";
    case Gate::large_term:
      return "large_term";
    case Gate::pay_when_paid:
      return "pay_when_paid";
    case Gate::lender_tenor:
      return "lender_tenor";
  }
  return "";
}

std::string_view to_string(GateOutcome outcome) {
  switch (outcome) {
    case GateOutcome::not_asked:
      return "not_asked";
    case GateOutcome::pass:
      return "pass";
    case GateOutcome::caution:
      return "caution";
    case GateOutcome::not_tested:
      return "not_tested";
    case GateOutcome::undecided:
      return "undecided";
    case GateOutcome::fail:
      return "fail";
  }
  return "";
}

std::string_view to_string(ClaimStanding standing) {
  switch (standing) {
    case ClaimStanding::eligible:
      return "eligible";
    case ClaimStanding::undecided:
      return "undecided";
    case ClaimStanding::refused:
      return "refused";
  }
  return "";
}

std::string_view to_string(Supply supply) {
  switch (supply) {
    case Supply::confirm:
      return "confirm";
    case Supply::register_claim:
      return "register_claim";
    case Supply::lock_account:
      return "lock_account";
    case Supply::take_custody:
      return "take_custody";
    case Supply::budget_evidence:
      return "budget_evidence";
  }
  return "";
}

std::string_view to_string(Cap cap) {
  switch (cap) {
    case Cap::none:
      return "none";
    case Cap::asked:
      return "asked";
    case Cap::borrower_limit:
      return "borrower_limit";
    case Cap::member_limit:
      return "member_limit";
    case Cap::bundle_total:
      return "bundle_total";
    case Cap::claims:
      return "claims";
    case Cap::upstream_claims:
      return "upstream_claims";
    case Cap::exposure_limit:
      return "exposure_limit";
    case Cap::carried_limit:
      return "carried_limit";
    case Cap::unknown:
      return "unknown";
  }
  return "";
}

std::string_view to_string(BreachKind kind) {
  switch (kind) {
    case BreachKind::shape:
      return "shape";
    case BreachKind::gate:
      return "gate";
    case BreachKind::claim_amount:
      return "claim_amount";
    case BreachKind::tenor:
      return "tenor";
    case BreachKind::advance_amount:
      return "advance_amount";
    case BreachKind::borrower_limit:
      return "borrower_limit";
    case BreachKind::asked:
      return "asked";
    case BreachKind::exposure_limit:
      return "exposure_limit";
    case BreachKind::carried_limit:
      return "carried_limit";
    case BreachKind::bundle_total:
      return "bundle_total";
    case BreachKind::member_limit:
      return "member_limit";
    case BreachKind::counted_twice:
      return "counted_twice";
    case BreachKind::total:
      return "total";
  }
  return "";
}

}  // namespace huoshui::supply_chain
