// Shares of amounts and months of days, exact.
#pragma once

#include <chrono>
#include <cstdint>
#include <huoshui/core/date.hpp>
#include <huoshui/supply_chain/terms.hpp>

namespace huoshui::supply_chain::detail {

/// Return floor(amount × millionths / 10^6). Exact for every amount when the share is at most whole.
constexpr std::int64_t share_of(std::int64_t amount, std::int64_t millionths) {
  return amount / kWhole * millionths + amount % kWhole * millionths / kWhole;
}

/// Return the same day some months later, or the last day of that month when it is shorter.
constexpr Date months_after(Date day, std::int64_t months) {
  const Date moved = day + std::chrono::months{months};
  return moved.ok() ? moved : Date{moved.year() / moved.month() / std::chrono::last};
}

}  // namespace huoshui::supply_chain::detail
