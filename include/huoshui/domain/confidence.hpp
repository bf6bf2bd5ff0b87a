/// Room domain. Confidence says how far a row of a handbook, a policy pack or a table can be trusted.
/// Law: `illustrative` marks invented examples (示例) wherever they are shown; low policy rows are off by
/// default. Example: `product.confidence == Confidence::illustrative`.
#pragma once

#include <cstdint>
#include <string_view>

namespace huoshui {

enum class Confidence : std::uint8_t { low, medium, high, illustrative };
[[nodiscard]] std::string_view to_string(Confidence confidence);

}  // namespace huoshui
