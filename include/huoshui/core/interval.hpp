/// Room core. Interval is a closed range of whole base units; how the house keeps 300-500万, 不超过500万, 约.
/// Law: min <= max; an end that is not known is unbounded, never zero. A single number has min == max.
/// Example: `Interval::exactly(5)`, `Interval::at_most(10)`, `a.is_point()`.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <limits>

namespace huoshui {

/// A closed range of int64 base units, either end possibly unbounded.
struct Interval {
  static constexpr std::int64_t kNoMin = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t kNoMax = std::numeric_limits<std::int64_t>::max();

  std::int64_t min = kNoMin;
  std::int64_t max = kNoMax;

  [[nodiscard]] static constexpr Interval exactly(std::int64_t value) { return {value, value}; }
  [[nodiscard]] static constexpr Interval at_least(std::int64_t value) { return {value, kNoMax}; }
  [[nodiscard]] static constexpr Interval at_most(std::int64_t value) { return {kNoMin, value}; }
  /// Return [a, b] with the ends in order.
  [[nodiscard]] static constexpr Interval between(std::int64_t a, std::int64_t b) {
    return {std::min(a, b), std::max(a, b)};
  }

  [[nodiscard]] constexpr bool is_point() const { return min == max; }
  [[nodiscard]] constexpr bool has_min() const { return min != kNoMin; }
  [[nodiscard]] constexpr bool has_max() const { return max != kNoMax; }
  [[nodiscard]] constexpr bool contains(std::int64_t value) const { return min <= value && value <= max; }

  bool operator==(const Interval&) const = default;
};

}  // namespace huoshui
