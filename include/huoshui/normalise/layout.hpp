/// Room normalise. How a sheet is laid out: which rows are the header, which are projects, what the rest is
/// for. Law: every row gets exactly one kind, so rows in = sum over kinds; amounts, dates and tenors are
/// never filled down. Example: `const auto layout = analyse_layout(sheet, bundled_header_words(),
/// "清单.xlsx");`
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/core/issue.hpp>
#include <huoshui/normalise/header.hpp>
#include <huoshui/read/table.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// One column below the header.
struct ColumnLayout {
  std::uint32_t index = 0;  ///< in the rows' cells, from 0
  std::string column;       ///< canonical column; empty when unknown or when another column holds that place
  std::string value_type;   ///< of the words that were matched, also when `column` was lost to another
  std::string header;       ///< as printed, parent and child joined: 资金来源/银行贷款
  std::string unit_note;    ///< from the header alone; empty when it names none
  int year = 0;             ///< named in the header, else 0

  bool operator==(const ColumnLayout&) const = default;
};

/// What a row is for. The enumerators are the words printed in JSON.
enum class RowKind : std::uint8_t {
  title,
  unit_note,
  header,
  group,
  project,
  subtotal,
  total,
  footer,
  blank,
  other
};
inline constexpr std::size_t kRowKindCount = 10;
[[nodiscard]] std::string_view to_string(RowKind kind);

struct RowLayout {
  RowKind kind = RowKind::other;
  std::uint32_t row = 0;  ///< index in sheet.rows
  std::string group;      ///< the sections the row stands in, outermost first, joined by ` / `

  bool operator==(const RowLayout&) const = default;
};

/// A row that should equal the sum of other rows: 小计, 合计, or a section row with numbers.
struct SumRow {
  std::uint32_t row = 0;
  std::vector<std::uint32_t> parts;  ///< project rows, rising

  bool operator==(const SumRow&) const = default;
};

/// A blank cell whose value stands further up: merged, or left out below the first row of its block.
struct FilledCell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::uint32_t from_row = 0;
  std::uint32_t from_column = 0;

  auto operator<=>(const FilledCell&) const = default;
};

/// A cell's text and where it really stands (indices in the sheet).
struct CellText {
  std::string_view text;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  bool is_filled = false;
};

struct SheetLayout {
  bool has_header = false;
  std::vector<ColumnLayout> columns;  ///< one for each used column, in order
  std::vector<RowLayout> rows;        ///< one for each row of the sheet, in order
  std::vector<SumRow> sums;           ///< rising by row; without those that have no parts
  std::vector<FilledCell> filled;     ///< sorted
  std::string unit_note;              ///< of the whole sheet
  std::string title;
  std::vector<Issue> issues;

  /// Return the column that holds a canonical column, or nullptr.
  [[nodiscard]] const ColumnLayout* find(std::string_view column) const;
  [[nodiscard]] std::size_t count(RowKind kind) const;
  /// Return a cell with fill-down applied. `sheet` must be the one analysed; the text lives as long as it.
  [[nodiscard]] CellText cell(const Sheet& sheet, std::uint32_t row, std::uint32_t column) const;
  /// Return the cell of a canonical column; empty when the sheet has no such column.
  [[nodiscard]] CellText cell(const Sheet& sheet, std::uint32_t row, std::string_view column) const;

  bool operator==(const SheetLayout&) const = default;
};

/// Find header and row kinds of one sheet. Never fails: without a header all rows are title, note, blank or
/// other, and one header_not_found issue says what was seen and what to do. Time linear in the cells.
[[nodiscard]] SheetLayout analyse_layout(const Sheet& sheet, const HeaderWords& words, std::string_view file);

/// Do so for every sheet. When some sheet has a header, the others' header_not_found are warnings that the
/// sheet was passed over, since 名额分配 and the like are no project lists.
[[nodiscard]] std::vector<SheetLayout> analyse_layouts(const Table& table, const HeaderWords& words);

}  // namespace huoshui
