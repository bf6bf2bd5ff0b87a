/// Room normalise. Read a rule written in words, Chinese or English, as a Condition.
/// Law: every word is understood or the whole condition is refused with the place and what was expected;
/// numbers need their units. Grammar in docs/rooms/normalise.md. Example: `parse_condition("借款人类型 in
/// [农民合作社, 家庭农场] and 林地面积 >= 100亩", dictionaries).value()`.
#pragma once

#include <huoshui/domain/condition.hpp>
#include <huoshui/normalise/dictionaries.hpp>
#include <string_view>

namespace huoshui {

/// Parse one condition. Errors: condition_syntax, condition_field, condition_type, unknown_unit,
/// unknown_word; `place` and `column` are carried into them.
[[nodiscard]] Result<Condition> parse_condition(std::string_view text, const Dictionaries& dictionaries,
                                                const Place& place = {},
                                                std::string_view column = "condition");

}  // namespace huoshui
