/// Room domain. A Finding is one rule held against one pledge: how it stands, what was seen, the limit, the
/// citation. Law: binding rules violate, 原则上 rules caution; a rule without its row or its number is not
/// tested, never passed. Example: `is_lawful(findings)`.
#pragma once

#include <cstdint>
#include <huoshui/domain/rule.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace huoshui {

enum class Standing : std::uint8_t {
  passed,
  caution,     ///< look and give a reason
  violated,    ///< a binding rule is broken
  undecided,   ///< a gate that fails closed lacks its fact: nothing may be signed
  not_tested,  ///< no row in force on the day, or a number is missing
};
[[nodiscard]] std::string_view to_string(Standing standing);

struct Finding {
  std::string rule;  ///< stable word: clear_title, implied_price
  Standing standing = Standing::passed;
  std::optional<std::int64_t> seen, limit;  ///< in the unit that the text names
  Citation citation;                        ///< empty source: a rule of form
  std::string text_zh, text_en;

  bool operator==(const Finding&) const = default;
};

/// No binding rule is broken and none is undecided. Cautions and untested rules do not stand against it.
[[nodiscard]] bool is_lawful(std::span<const Finding> findings);
/// Return the finding of a rule, or nullptr.
[[nodiscard]] const Finding* find(std::span<const Finding> findings, std::string_view rule);

}  // namespace huoshui
