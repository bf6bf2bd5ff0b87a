// The second half of a plan, from claims that have been assessed.
#pragma once

#include <huoshui/supply_chain/plan.hpp>
#include <vector>

namespace huoshui::supply_chain::detail {

/// Everything of a plan before money is placed. @throws ContractError for terms out of range.
[[nodiscard]] Plan assessed(const Chain& chain, const Policy& policy, const Terms& terms);

/// Place the money: fill claims' shares, offers, limits and totals from the readings.
void place(const Chain& chain, Plan& plan);

}  // namespace huoshui::supply_chain::detail
