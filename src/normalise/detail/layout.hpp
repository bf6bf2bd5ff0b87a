/// Private to room normalise. What the steps of sheet layout share: the words of a cell, a header while it
/// is joined, and the analyser that goes over one sheet.
/// Law: an analyser runs once, in the order of `run`; a step reads only what the steps before it settled.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <huoshui/normalise/layout.hpp>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "normalise/detail/header_text.hpp"

namespace huoshui::detail::layout {

inline constexpr std::size_t kLongestHeader = 150;  // bytes of one header cell
inline constexpr std::size_t kLongestLabel = 120;   // bytes of a cell that may name a section or a sum

// ---- words of a cell (layout_cells.cpp) ----

inline bool starts_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.starts_with(word); });
}
inline bool ends_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.ends_with(word); });
}
inline bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}
inline bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t characters(std::string_view text);
std::string shorten(std::string_view text, std::size_t most = 80);
// As printed, but on one line.
std::string one_line(std::string_view text);

// 12,000  -3.5  60%  5个: a bare number, perhaps with its unit.
bool is_numeric(std::string_view printed);
// 12, 12., 3-1, （4）, A07: what stands in a column of row numbers.
bool is_row_number(std::string_view printed);
// -, /, ……: a cell that only shows it was not forgotten.
bool says_nothing(std::string_view printed);
// 2025年 over or under a header is part of it.
bool is_header_number(std::string_view printed);
// 合计, 小计 … alone, behind a short name, or with a count behind: 全市合计, 东源县小计, 合计（35个）.
enum class SumWord { none, part, whole };
SumWord sum_word(std::string_view printed);
bool is_footer(std::string_view printed);
bool is_stage_section(std::string_view text);
bool is_place_section(std::string_view text);
// 交通（5个）, 能源类 12项
bool ends_in_count(std::string_view text);
bool is_fill_column(std::string_view column);

// ---- what is found on the way ----

struct JoinedColumn {
  std::vector<HeaderText> parts;  // parent first
  std::string header;
  HeaderMatch match;
  std::string unit_note;
  int year = 0;
  bool is_up_to_year = false;
  bool is_below_parent = false;
};

struct Header {
  std::size_t first = 0, count = 0;
  std::vector<JoinedColumn> columns;
  int points = 0;
};

// Cells of merged ranges, as (row index, column) -> row index and column of the cell that holds the text.
using Anchors = std::map<std::pair<std::size_t, std::size_t>, std::pair<std::size_t, std::size_t>>;

// Which section style the row opens, and its words; no value when it opens none.
struct Section {
  int style;
  std::string label;
};

class Analyser {
 public:
  Analyser(const Sheet& sheet, const HeaderWords& words, std::string_view file);

  SheetLayout run();

 private:
  std::string_view text(std::size_t row, std::size_t column) const {
    if (row >= sheet_.rows.size()) return {};
    const auto& cells = sheet_.rows[row].cells;
    return column < cells.size() ? std::string_view(cells[column].text) : std::string_view();
  }
  std::vector<std::size_t> used(std::size_t row) const {
    std::vector<std::size_t> columns;
    const auto& cells = sheet_.rows[row].cells;
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (!cells[c].text.empty()) columns.push_back(c);
    return columns;
  }
  // Index of the first row whose number is not below `number`.
  std::size_t index_of(std::uint32_t number) const {
    const auto found = std::lower_bound(sheet_.rows.begin(), sheet_.rows.end(), number,
                                        [](const TableRow& row, std::uint32_t n) { return row.number < n; });
    return static_cast<std::size_t>(found - sheet_.rows.begin());
  }
  Issue issue(IssueCode code, Severity severity, std::uint32_t row, std::uint32_t column) const {
    return {code, severity, {std::string(file_), sheet_.name, row, column}, "", "", "", ""};
  }
  void set(std::size_t row, RowKind kind) { layout_.rows[row].kind = kind; }

  // ---- header and columns (layout_header.cpp) ----

  bool is_header_like(std::size_t row) const;
  std::size_t exact_matches(std::size_t row) const;
  Anchors anchors(std::size_t first, std::size_t last) const;
  bool is_child_row(std::size_t first, std::size_t row) const;
  JoinedColumn join(std::size_t first, std::size_t count, std::size_t column, const Anchors& merged) const;
  void understand(JoinedColumn& joined) const;
  void settle_year(JoinedColumn& joined) const;
  Header header_at(std::size_t first) const;
  bool is_form(const Header& header) const;
  void find_header();
  void choose_columns();

  // ---- rows above the header, or all rows without one (layout_rows.cpp) ----

  bool take_unit_row(std::size_t row, const std::vector<std::size_t>& columns);
  std::size_t worded_cells(std::size_t row, const std::vector<std::size_t>& columns) const;
  void classify_front();
  void report_no_header();

  // ---- body (layout_rows.cpp) ----

  bool repeats_header(std::size_t row, const std::vector<std::size_t>& columns) const;
  bool numbers_columns(std::size_t row, const std::vector<std::size_t>& columns) const;
  bool spans_columns(std::size_t row, std::size_t column);
  std::optional<Section> section(std::size_t row, const std::vector<std::size_t>& columns);
  bool has_arabic_row_numbers();
  void open_section(Section next);
  SumWord sum_of(std::size_t row, const std::vector<std::size_t>& columns) const;
  bool is_new_header(std::size_t row, const std::vector<std::size_t>& columns) const;
  void classify_body();
  bool in_merged_name(std::size_t row);
  RowKind nameless(std::size_t row, const std::vector<std::size_t>& columns, bool numbered,
                   std::size_t last_project);

  // ---- all rows together (layout_settle.cpp) ----

  void settle_totals();
  void settle_sections();
  void fill_merged();
  void fill_blocks();
  bool looks_like_blocks(const ColumnLayout& column, std::vector<FilledCell>& fills) const;
  bool has_amounts(std::size_t row) const;
  void collect_sums();
  std::size_t group_end(std::size_t row) const;
  std::size_t next_subtotal(std::size_t row) const;

  const Sheet& sheet_;
  const HeaderWords& words_;
  std::string_view file_;
  SheetLayout layout_;
  Header header_;
  std::size_t width_ = 0;
  std::size_t name_ = 0;
  std::optional<std::size_t> row_no_;
  std::optional<bool> arabic_;
  std::size_t next_row_ = 0;
  std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>>
      merged_names_;  // first and last row numbers
  std::vector<Section> sections_;
  std::string group_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> wide_;
  bool is_form_ = false;
};

}  // namespace huoshui::detail::layout
