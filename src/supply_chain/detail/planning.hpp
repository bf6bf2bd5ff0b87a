// The second half of a plan, from claims that have been assessed.
#pragma once

#include <huoshui/supply_chain/plan.hpp>
#include <vector>

namespace huoshui::supply_chain::detail {

/// Everything of a plan before money is placed. @throws ContractError for terms out of range.
[[nodiscard]] Plan assessed(const Chain& chain, const Policy& policy, const Terms& terms);

/// Which claims could bring more if they carried more. More comes only over a claim whose buyer can still be
/// lent upon, and ends only below one whose holder, or somebody below it, can still take more.
struct Openings {
  std::vector<char> from_buyer, to_holder;  // by claim
};

/// Place the money: fill claims' shares, advances, limits and totals from the readings.
void place(const Chain& chain, Plan& plan, Openings* openings = nullptr);

}  // namespace huoshui::supply_chain::detail
