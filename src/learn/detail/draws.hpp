/// Room learn, private. Numbers that look random and are the same on every machine, and what they bracket.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/detail/split_mix.hpp"

namespace huoshui::detail {

/// Return a number below `count`; each is as likely to within count / 2^64.
[[nodiscard]] constexpr std::size_t below(std::uint64_t bits, std::size_t count) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>((Wide{bits} * count) >> 64U);
}

/// Return how often each of `count` things is drawn in draw `number` of `count` with replacement.
[[nodiscard]] inline std::vector<std::uint32_t> drawn(std::uint64_t seed, std::uint32_t number,
                                                      std::size_t count) {
  // A key of its own for each draw: neighbouring seeds share none.
  const std::uint64_t key = split_mix(split_mix(seed) ^ number);
  std::vector<std::uint32_t> times(count);
  for (std::size_t i = 0; i < count; ++i) ++times[below(split_mix(key + i), count)];
  return times;
}

/// Return the ends of the middle `percent` of the values, rounded outwards to a value. @pre not empty
[[nodiscard]] inline std::pair<double, double> middle(std::vector<double> values, std::uint32_t percent) {
  std::sort(values.begin(), values.end());
  const std::size_t last = values.size() - 1;
  const std::size_t cut = last * (100 - percent) / 200;
  return {values[cut], values[last - cut]};
}

}  // namespace huoshui::detail
