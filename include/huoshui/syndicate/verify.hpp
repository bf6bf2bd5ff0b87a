/// Room syndicate. verify holds a structure against every rule of its day, with code of its own.
/// Law: it shares no rule code with propose; each rule gives a finding for each subject, passed ones too, so
/// that a missing test can be told from a passed one. Example:
/// `is_lawful(verify(structure, deal, institutions, policy))`.
#pragma once

#include <huoshui/domain/finding.hpp>
#include <huoshui/policy/policy.hpp>
#include <huoshui/syndicate/structure.hpp>
#include <span>
#include <vector>

namespace huoshui::syndicate {

/// Return the findings: form, public debt, capital, syndicate rules, concentration limits, terms of the
/// institutions. O(members x (institutions + tranches)).
/// @throws ContractError when the policy is not of the day of signing.
[[nodiscard]] std::vector<Finding> verify(const Structure& structure, const Deal& deal,
                                          std::span<const Institution> institutions, const Policy& policy);

}  // namespace huoshui::syndicate
