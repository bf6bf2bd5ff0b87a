/// Room read. A Table is cells with their place in the file, whatever file they came from; no opinion on
/// meaning. Law: nothing is dropped or changed but outer blanks; row and column numbers are those of the
/// user's file. Example: `table.sheets[0].rows[6].cells[2].text`.
#pragma once

#include <cstdint>
#include <huoshui/core/issue.hpp>
#include <string>
#include <vector>

namespace huoshui {

/// How the file itself typed a cell. CSV cells are text or empty; xlsx tells numbers and dates apart.
enum class CellKind : std::uint8_t { empty, text, number, date };

struct Cell {
  std::string text;  ///< numbers in plain decimal, dates as YYYY-MM-DD
  CellKind kind = CellKind::empty;
  std::string number_format;  ///< xlsx only, e.g. `0.00%`; empty when general

  bool operator==(const Cell&) const = default;
};

/// A block of merged cells; all counts from 1, ends included. The value stands in the top left cell.
struct MergedRange {
  std::uint32_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;

  bool operator==(const MergedRange&) const = default;
};

struct TableRow {
  std::uint32_t number = 0;  ///< line or row number in the file, from 1
  std::vector<Cell> cells;

  bool operator==(const TableRow&) const = default;
};

struct Sheet {
  std::string name;  ///< empty for CSV
  std::vector<TableRow> rows;
  std::vector<MergedRange> merged;

  bool operator==(const Sheet&) const = default;
};

struct Table {
  std::string file;
  std::string encoding;  ///< `utf-8`, `utf-8-bom`, `gb18030` or `xlsx`
  std::vector<Sheet> sheets;
  std::vector<Issue> issues;  ///< what could not be read as it should

  bool operator==(const Table&) const = default;
};

}  // namespace huoshui
