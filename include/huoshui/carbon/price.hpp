/// Room carbon. present_value and simulate put a value on a stream of tonnes, in whole numbers only.
/// Law: more tonnes, price, drift or years never lower it; more buffer, reversal, discount or delay never
/// raise it; the same seed gives the same bytes on every machine. Example:
/// `simulate(stream, {.volatility = 100'000, .seed = 7}).mean_fen`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace huoshui::carbon {

/// One corner: no ranges. Units as in Sink.
struct Stream {
  std::int64_t annual_kg = 0;
  std::int64_t crediting_years = 0;   ///< at most 100
  std::int64_t first_issue_year = 1;  ///< at least 1
  std::int64_t buffer = 0, reversal = 0, discount_rate = 0;
  std::int64_t fen_per_tonne = 0, drift = 0;
};

/// Return the value today in fen of the income at the end of each year, rounded down. O(years).
/// @throws ContractError when a number is out of its range or the value does not fit.
[[nodiscard]] std::int64_t present_value(const Stream& stream);

struct SimulationOptions {
  std::int64_t volatility = 0;  ///< standard deviation of a year's price change, millionths of the price
  std::uint64_t seed = 1;
  std::uint32_t paths = 10'000;
};

/// The quantiles that are told, in percent.
inline constexpr std::array<int, 5> kQuantiles = {5, 25, 50, 75, 95};

struct FanYear {
  std::int64_t year = 0;
  std::array<std::int64_t, 5> fen_per_tonne{};  ///< at kQuantiles
  bool operator==(const FanYear&) const = default;
};

struct Simulation {
  std::int64_t mean_fen = 0;
  std::int64_t standard_error_fen = 0;      ///< of the mean, rounded up
  std::array<std::int64_t, 5> value_fen{};  ///< at kQuantiles
  /// The exact mean, up to rounding down: absent when a draw could push a price below zero, where it is cut.
  std::optional<std::int64_t> closed_form_fen;
  std::vector<FanYear> fan;
  std::uint32_t paths = 0;
  std::uint64_t seed = 0;
  bool operator==(const Simulation&) const = default;
};

/// Draw price paths: each year's price is the last one times (1 + drift + volatility x z). z counts the ones
/// among 64 fair bits, minus 32, over 4: mean 0 and deviation 1 exactly. O(paths x years).
/// @throws ContractError as present_value, and when there are fewer than 2 paths.
[[nodiscard]] Simulation simulate(const Stream& stream, const SimulationOptions& options);

}  // namespace huoshui::carbon
