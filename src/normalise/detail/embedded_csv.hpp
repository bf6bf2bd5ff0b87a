// Splits RFC 4180 text (UTF-8, comma, LF or CRLF) into rows by header key: the house's own tables and a
// user's newer edition of them. Lists of a project come through room read instead.
#pragma once

#include <cstdint>
#include <huoshui/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::detail {

struct CsvRow {
  std::uint32_t number = 0;  // line in the file, from 1
  std::vector<std::string> cells;
};

class CsvTable {
 public:
  // Errors with header_not_found when one of the wanted keys is missing, with unreadable_value on a broken
  // quote.
  static Result<CsvTable> parse(std::string_view csv, std::string_view file,
                                const std::vector<std::string_view>& wanted);

  [[nodiscard]] const std::vector<CsvRow>& rows() const { return rows_; }
  // The cell under a header key; empty when the file has no such column or the row is short.
  [[nodiscard]] const std::string& cell(const CsvRow& row, std::string_view key) const;
  [[nodiscard]] Issue issue(const CsvRow& row, std::string_view key, IssueCode code,
                            std::string expected) const;

 private:
  std::string file_;
  std::vector<std::string> header_;
  std::vector<CsvRow> rows_;
};

// Split at `|` or `;`, dropping empty parts.
std::vector<std::string> split_list(std::string_view text);

}  // namespace huoshui::detail
