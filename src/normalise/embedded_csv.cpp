#include "normalise/detail/embedded_csv.hpp"

#include <algorithm>

namespace huoshui::detail {
namespace {

Issue whole_file_issue(std::string_view file, std::uint32_t row, IssueCode code, std::string found,
                       std::string expected, std::string message) {
  Issue issue;
  issue.code = code;
  issue.place = Place{std::string(file), "", row, 0};
  issue.found = std::move(found);
  issue.expected = std::move(expected);
  issue.message = std::move(message);
  return issue;
}

}  // namespace

Result<CsvTable> CsvTable::parse(std::string_view csv, std::string_view file,
                                 const std::vector<std::string_view>& wanted) {
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  CsvTable table;
  table.file_ = std::string(file);
  std::vector<CsvRow> rows;
  CsvRow row;
  row.number = 1;
  std::string cell;
  bool quoted = false;
  bool row_has_text = false;
  std::uint32_t line = 1;
  const auto end_row = [&] {
    row.cells.push_back(std::move(cell));
    cell.clear();
    if (row_has_text) rows.push_back(std::move(row));
    row = CsvRow{};
    row.number = line;
    row_has_text = false;
  };
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
        cell += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        cell += c;
      }
    } else if (c == '"') {
      quoted = true;
      row_has_text = true;
    } else if (c == ',') {
      row.cells.push_back(std::move(cell));
      cell.clear();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      cell += c;
      row_has_text = true;
    }
  }
  if (quoted) {
    return whole_file_issue(file, row.number, IssueCode::unreadable_value, "\"", "每个引号都要成对",
                            "第" + std::to_string(row.number) + "行的引号没有闭合，请补上右引号");
  }
  if (row_has_text) end_row();
  if (rows.empty()) {
    return whole_file_issue(file, 0, IssueCode::file_empty, "", "表头和至少一行", "文件是空的，请检查文件");
  }
  table.header_ = std::move(rows.front().cells);
  rows.erase(rows.begin());
  table.rows_ = std::move(rows);
  for (const auto key : wanted) {
    if (std::find(table.header_.begin(), table.header_.end(), key) == table.header_.end()) {
      return whole_file_issue(file, 1, IssueCode::header_not_found, table.header_.front(), std::string(key),
                              "表头缺少列 " + std::string(key) + "，请补上该列");
    }
  }
  return table;
}

const std::string& CsvTable::cell(const CsvRow& row, std::string_view key) const {
  static const std::string empty;
  const auto at = std::find(header_.begin(), header_.end(), key);
  const auto column = static_cast<std::size_t>(at - header_.begin());
  return column < row.cells.size() ? row.cells[column] : empty;
}

Issue CsvTable::issue(const CsvRow& row, std::string_view key, IssueCode code, std::string expected) const {
  const auto at = std::find(header_.begin(), header_.end(), key);
  Issue issue;
  issue.code = code;
  issue.place = Place{file_, "", row.number, static_cast<std::uint32_t>(at - header_.begin()) + 1U};
  issue.column = std::string(key);
  issue.found = cell(row, key);
  issue.expected = std::move(expected);
  issue.message = "第" + std::to_string(row.number) + "行 " + issue.column + " 的值“" + issue.found +
                  "”不对，应为" + issue.expected;
  return issue;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto mark = std::min(text.find_first_of("|;"), text.size());
    if (mark > 0) parts.emplace_back(text.substr(0, mark));
    text.remove_prefix(std::min(mark + 1, text.size()));
  }
  return parts;
}

}  // namespace huoshui::detail
