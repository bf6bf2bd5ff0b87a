// The words of wording.hpp appended to a text in the making: an explanation composes some thousand bytes, and
// every part returned as a string of its own would be allocated, copied and freed.
#pragma once

#include <huoshui/explain/wording.hpp>

namespace huoshui::detail {

void append_quantity(std::string& out, FactKey key, std::int64_t value, Language language);
void append_value(std::string& out, FactKey key, const Fact* fact, Language language);
void append_limit(std::string& out, const Condition& atom, const Facts& facts, Language language);

}  // namespace huoshui::detail
