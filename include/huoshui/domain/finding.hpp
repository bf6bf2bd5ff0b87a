/// Room domain. A Finding is one rule held against one pledge, syndicate or capital stack: how it stands,
/// what was seen, the limit, the citation. Law: binding rules violate, 原则上 rules caution; a rule without
/// its row or its number is not tested, never passed. Example: `is_lawful(findings)`.
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
  caution,     ///< look and give a reason; of an encouragement: it speaks for what is encouraged
  violated,    ///< a binding rule is broken
  undecided,   ///< a gate that fails closed lacks its fact: nothing may be signed
  not_tested,  ///< no row in force on the day, or a number is missing
};
[[nodiscard]] std::string_view to_string(Standing standing);

/// What the numbers of a finding are; none: it has no numbers. Millionths are of one, of a rate, of a tonne a
/// mu or of a multiple, as the rule has it; fen may be for a unit.
enum class Measure : std::uint8_t { none, fen, millionths, count, months, years, days, square_metres };
[[nodiscard]] std::string_view to_string(Measure measure);

struct Finding {
  std::string rule;     ///< stable word: clear_title, lead_share_min
  std::string subject;  ///< institution id, `tranche 2`, or empty for the whole
  Standing standing = Standing::passed;
  Strength strength = Strength::must;  ///< should: at worst a caution; prefer: an encouragement
  Measure measure = Measure::none;
  std::optional<std::int64_t> seen, limit;
  Citation citation;  ///< empty source: a rule of form, or a term that the institution stated
  std::string text_zh, text_en;

  bool operator==(const Finding&) const = default;
};

/// No binding rule is broken and none is undecided. Cautions and untested rules do not stand against it.
[[nodiscard]] bool is_lawful(std::span<const Finding> findings);
[[nodiscard]] std::size_t count(std::span<const Finding> findings, Standing standing);
/// Return the first finding of a rule, or nullptr.
[[nodiscard]] const Finding* find(std::span<const Finding> findings, std::string_view rule);

}  // namespace huoshui
