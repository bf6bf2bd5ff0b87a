/// Room syndicate. A Finding is one rule held against one syndicate: what was seen, the limit, the citation.
/// Law: binding rules violate, 原则上 rules caution; a rule without its row or its denominator is not tested,
/// never passed. Example: `is_lawful(findings)`, `count(findings, Standing::caution)`.
#pragma once

#include <cstdint>
#include <huoshui/domain/rule.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace huoshui::syndicate {

enum class Standing : std::uint8_t {
  passed,
  caution,     ///< a 原则上 rule is left: a reason is due; of an encouragement: it speaks for a syndicate
  violated,    ///< a binding rule is broken
  undecided,   ///< a gate that fails closed lacks its fact: nothing may be signed
  not_tested,  ///< no row in force on the day, or a number is missing
};
[[nodiscard]] std::string_view to_string(Standing standing);

/// What the numbers of a finding are.
enum class Measure : std::uint8_t { none, fen, millionths, count, months };
[[nodiscard]] std::string_view to_string(Measure measure);

struct Finding {
  std::string rule;     ///< stable word: lead_share_min, client_loan_max
  std::string subject;  ///< institution id, `tranche 2`, or empty for the whole
  Standing standing = Standing::passed;
  Strength strength = Strength::must;
  Measure measure = Measure::none;
  std::optional<std::int64_t> seen, limit;
  Citation citation;  ///< empty source: a rule of form, or a term that the institution stated
  std::string text_zh, text_en;

  bool operator==(const Finding&) const = default;
};

/// No binding rule is broken and none is undecided. Cautions and untested rules do not stand against it.
[[nodiscard]] bool is_lawful(std::span<const Finding> findings);
[[nodiscard]] std::size_t count(std::span<const Finding> findings, Standing standing);

}  // namespace huoshui::syndicate
