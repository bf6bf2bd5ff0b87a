/// Room core. An Issue says what is wrong with one cell, row or file, where it stands and what was expected.
/// Law: every input row ends as a value, an issue, or a recognised other row; issues never carry guesses.
/// Example: `{IssueCode::unknown_unit, place, "120", "a number with its unit, e.g. 120万元", "…"}`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// Where a cell stands in the user's own file. Rows and columns count from 1; 0 means "the whole".
struct Place {
  std::string file;
  std::string sheet;
  std::uint32_t row = 0;
  std::uint32_t column = 0;

  bool operator==(const Place&) const = default;
};

/// Print a place the way a person finds it: `清单.xlsx [Sheet1] 第7行 第3列`.
[[nodiscard]] std::string to_string(const Place& place);

/// What kind of trouble an issue reports. The enumerators are the words printed in JSON.
enum class IssueCode : std::uint8_t {
  file_not_found,
  file_empty,
  file_unreadable,  ///< not the kind of file its name says, broken, or locked by a password
  encoding_error,
  header_not_found,
  header_ambiguous,
  cell_too_long,
  unknown_unit,      ///< a number whose unit is stated nowhere
  unreadable_value,  ///< text that is not of the kind its column wants
  fuzzy_value,       ///< 几十万, 若干: kept as text, not turned into a number
  unit_slip,         ///< looks wrong by a factor of 10^4; reported, never corrected
  sum_mismatch,      ///< 合计 differs from the sum of the rows above it
  unknown_place,
  place_conflict,  ///< county column and place text name different counties
  unknown_word,    ///< a word that a closed list does not know
  duplicate_id,
  missing_name,
  missing_column,
  collection_row,  ///< one row for many projects (项目集合): kept, marked, never matched
  contradictory_terms,
  condition_syntax,
  condition_field,
  condition_type,
  policy_overlap,
  policy_gap,
  policy_row,
  date_outside_policy,
  one_sided_outcomes,  ///< only acceptances or only refusals: nothing to learn from
  masked_value,        ///< *元 or (略)
};

/// Return the word printed for a code, e.g. `unknown_unit`.
[[nodiscard]] std::string_view to_string(IssueCode code);

/// How bad an issue is. An error loses a value or a row; a warning keeps it and asks a person to look.
enum class Severity : std::uint8_t { error, warning };
[[nodiscard]] std::string_view to_string(Severity severity);

/// One thing wrong in the input.
struct Issue {
  IssueCode code{};
  Severity severity = Severity::error;
  Place place;
  std::string column;    ///< the header as printed, or the canonical field
  std::string found;     ///< what stands there, shortened to 80 characters
  std::string expected;  ///< what would be right
  std::string message;   ///< one Chinese sentence: what, where, what to do

  bool operator==(const Issue&) const = default;
};

/// A value together with everything that could not be taken over into it.
template <typename T>
struct Loaded {
  T value;
  std::vector<Issue> issues;
};

}  // namespace huoshui
