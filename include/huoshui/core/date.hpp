/// Room core. Dates are proleptic Gregorian days, always an argument, never read from a clock.
/// Law: a Date is valid at birth; its text form is ISO 8601, `2024-02-04`.
/// Example: `parse_date("2024-02-04").value()`.
#pragma once

#include <chrono>
#include <cstdint>
#include <huoshui/core/result.hpp>
#include <string>
#include <string_view>

namespace huoshui {

using Date = std::chrono::year_month_day;

/// Read `YYYY-MM-DD`. Errors with unreadable_value when the text is not a real day in that form.
[[nodiscard]] Result<Date> parse_date(std::string_view text);

/// Print `YYYY-MM-DD`.
[[nodiscard]] std::string to_string(Date date);

/// Return days since 1970-01-01, the base unit of dates inside intervals.
[[nodiscard]] constexpr std::int64_t day_number(Date date) {
  return std::chrono::sys_days{date}.time_since_epoch().count();
}
[[nodiscard]] constexpr Date date_of_day(std::int64_t day) {
  return Date{std::chrono::sys_days{std::chrono::days{day}}};
}

}  // namespace huoshui
