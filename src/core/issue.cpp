#include <huoshui/core/issue.hpp>

namespace huoshui {

std::string to_string(const Place& place) {
  std::string out = place.file;
  if (!place.sheet.empty()) out += " [" + place.sheet + "]";
  if (place.row != 0) out += (out.empty() ? "第" : " 第") + std::to_string(place.row) + "行";
  if (place.column != 0) out += " 第" + std::to_string(place.column) + "列";
  return out;
}

std::string_view to_string(IssueCode code) {
  switch (code) {
    case IssueCode::file_not_found:
      return "file_not_found";
    case IssueCode::file_empty:
      return "file_empty";
    case IssueCode::file_unreadable:
      return "file_unreadable";
    case IssueCode::encoding_error:
      return "encoding_error";
    case IssueCode::header_not_found:
      return "header_not_found";
    case IssueCode::header_ambiguous:
      return "header_ambiguous";
    case IssueCode::cell_too_long:
      return "cell_too_long";
    case IssueCode::unknown_unit:
      return "unknown_unit";
    case IssueCode::unreadable_value:
      return "unreadable_value";
    case IssueCode::fuzzy_value:
      return "fuzzy_value";
    case IssueCode::unit_slip:
      return "unit_slip";
    case IssueCode::sum_mismatch:
      return "sum_mismatch";
    case IssueCode::unknown_place:
      return "unknown_place";
    case IssueCode::place_conflict:
      return "place_conflict";
    case IssueCode::unknown_word:
      return "unknown_word";
    case IssueCode::duplicate_id:
      return "duplicate_id";
    case IssueCode::missing_name:
      return "missing_name";
    case IssueCode::missing_column:
      return "missing_column";
    case IssueCode::collection_row:
      return "collection_row";
    case IssueCode::contradictory_terms:
      return "contradictory_terms";
    case IssueCode::condition_syntax:
      return "condition_syntax";
    case IssueCode::condition_field:
      return "condition_field";
    case IssueCode::condition_type:
      return "condition_type";
    case IssueCode::policy_overlap:
      return "policy_overlap";
    case IssueCode::policy_gap:
      return "policy_gap";
    case IssueCode::policy_row:
      return "policy_row";
    case IssueCode::date_outside_policy:
      return "date_outside_policy";
    case IssueCode::one_sided_outcomes:
      return "one_sided_outcomes";
    case IssueCode::masked_value:
      return "masked_value";
  }
  return "";
}

std::string_view to_string(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

}  // namespace huoshui
