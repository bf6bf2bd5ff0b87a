// How near a number comes to a limit, in its logarithm; shared by the scorer of one pair and the engine.
#pragma once

#include <bit>
#include <cstdint>
#include <huoshui/catalogue/scorecard.hpp>
#include <huoshui/domain/fact.hpp>

#include "core/detail/wide.hpp"

namespace huoshui::detail {

inline constexpr std::int64_t kFourPowersOfTen = 870'834;  // 4 × log2(10) × 65536
inline constexpr std::int64_t kSixDoublings = 6 * 65536;

/// log2 of a positive number in 1/65536ths by exact squaring, so that every machine agrees to the last bit.
inline std::int64_t log2_fixed(std::uint64_t value) {
  const int whole = 63 - std::countl_zero(value);
  std::uint64_t mantissa = value << (63 - whole) >> 31;  // in [2^32, 2^33)
  std::int64_t out = whole;
  for (int bit = 0; bit < 16; ++bit) {
    const auto squared = static_cast<Wide>(mantissa) * mantissa >> 32;
    out <<= 1;
    if (squared >> 33 != 0) {
      mantissa = static_cast<std::uint64_t>(squared >> 1);
      out |= 1;
    } else {
      mantissa = static_cast<std::uint64_t>(squared);
    }
  }
  return out;
}

/// 1 when value reaches full, falling in its logarithm to 0 at `doublings` halvings below it.
inline std::int64_t log_closeness(std::int64_t value, std::int64_t full, std::int64_t log_value,
                                  std::int64_t log_full, std::int64_t doublings_65536) {
  if (value <= 0 || full <= 0) return 0;
  if (value >= full) return kOneMillion;
  const std::int64_t gap = log_full - log_value;
  return gap >= doublings_65536 ? 0 : kOneMillion - gap * kOneMillion / doublings_65536;
}

/// The number a range stands for when it is scored: its largest known end.
inline std::int64_t scored_value(const Fact* fact) {
  if (fact == nullptr) return 0;
  return fact->range.has_max() ? fact->range.max : fact->range.has_min() ? fact->range.min : 0;
}

/// log2_fixed, and 0 for what has no logarithm.
inline std::int64_t log_or_zero(std::int64_t value) {
  return value > 0 ? log2_fixed(static_cast<std::uint64_t>(value)) : 0;
}

inline std::int64_t log_closeness(std::int64_t value, std::int64_t full, std::int64_t doublings_65536) {
  return log_closeness(value, full, log_or_zero(value), log_or_zero(full), doublings_65536);
}

}  // namespace huoshui::detail
