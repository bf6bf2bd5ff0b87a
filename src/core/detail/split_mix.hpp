// Numbers that look random and are the same on every machine.
#pragma once

#include <cstdint>

namespace huoshui::detail {

/// How far a stream of SplitMix64 steps from one output to the next.
inline constexpr std::uint64_t kSplitMixStep = 0x9E3779B97F4A7C15U;

/// SplitMix64's output of a counter, so that no draw depends on the order of work (Steele, Lea, Flood 2014).
[[nodiscard]] constexpr std::uint64_t split_mix(std::uint64_t z) {
  z += kSplitMixStep;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace huoshui::detail
