/// Room policy. Gates turn the parameters in force into rules for an instrument.
/// Law: a rule cites the row it rests on; a series without a row in force gives a rule marked not_in_force,
/// never a missing rule; gates against hidden public debt come first, in the order of note 5, and fail
/// closed. Example: `gates_for(Instrument::infrastructure_loan, policy).front().id` is
/// `policy.public_debt.1_borrower`.
#pragma once

#include <huoshui/domain/instrument.hpp>
#include <huoshui/domain/rule.hpp>
#include <huoshui/policy/policy.hpp>
#include <vector>

namespace huoshui {

/// Return the policy rules of an instrument on the policy's day. The rules read derived facts: see
/// derive_facts.
[[nodiscard]] std::vector<Rule> gates_for(Instrument instrument, const Policy& policy);

}  // namespace huoshui
