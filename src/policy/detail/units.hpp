// Units of policy packs: the first word of the unit column, and exact decimals in base units.
#pragma once

#include <cstdint>
#include <huoshui/core/interval.hpp>
#include <huoshui/policy/parameter.hpp>
#include <optional>
#include <string_view>

namespace huoshui::policy_detail {

inline constexpr std::int64_t kMillion = 1'000'000;

struct Unit {
  ParameterKind kind;
  std::int64_t base;  // base units in one unit: 100 fen a yuan, 12 months a year, 10,000 millionths a percent
};

// Nothing when the first word is not known.
[[nodiscard]] std::optional<Unit> unit_of(std::string_view unit);

// `text` times `base`, if that is a whole number that fits.
[[nodiscard]] std::optional<std::int64_t> exact(std::string_view text, std::int64_t base);

// `a-b`, both ends not negative.
[[nodiscard]] std::optional<Interval> exact_range(std::string_view text, std::int64_t base);

}  // namespace huoshui::policy_detail
