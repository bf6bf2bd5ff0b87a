// Numbers and sentences of this room. Words only: no rule is decided here.
#pragma once

#include <cstdint>
#include <huoshui/domain/finding.hpp>
#include <string>
#include <string_view>

namespace huoshui::syndicate::detail {

enum class Bound : std::uint8_t { at_least, at_most };

/// Print millionths as percent, to four places, trailing zeros dropped.
[[nodiscard]] std::string percent_text(std::int64_t millionths);
/// Print fen as yuan, grouped: `12,000.50 yuan`.
[[nodiscard]] std::string yuan_text(std::int64_t fen);

/// Fill in the two sentences of a finding from its numbers and standing.
void word(Finding& finding, Bound bound, std::string_view name_zh, std::string_view name_en);

}  // namespace huoshui::syndicate::detail
