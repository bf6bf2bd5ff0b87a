#include <huoshui/normalise/layout.hpp>

#include <algorithm>
#include <utility>

#include "normalise/detail/layout.hpp"

namespace huoshui {
namespace detail::layout {

Analyser::Analyser(const Sheet& sheet, const HeaderWords& words, std::string_view file)
    : sheet_(sheet), words_(words), file_(file) {
  layout_.rows.resize(sheet.rows.size());
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    layout_.rows[i].row = static_cast<std::uint32_t>(i);
    const auto& cells = sheet.rows[i].cells;
    for (std::size_t c = cells.size(); c > 0; --c) {
      if (cells[c - 1].text.empty()) continue;
      width_ = std::max(width_, c);
      break;
    }
  }
}

SheetLayout Analyser::run() {
  find_header();
  classify_front();
  if (layout_.has_header) {
    choose_columns();
    classify_body();
    settle_totals();
    settle_sections();
    fill_merged();
    if (sheet_.merged.empty()) fill_blocks();
    std::sort(layout_.filled.begin(), layout_.filled.end());
    layout_.filled.erase(
        std::unique(layout_.filled.begin(), layout_.filled.end(),
                    [](const auto& a, const auto& b) { return a.row == b.row && a.column == b.column; }),
        layout_.filled.end());
    collect_sums();
  } else {
    report_no_header();
  }
  return std::move(layout_);
}

}  // namespace detail::layout

std::string_view to_string(RowKind kind) {
  constexpr std::array<std::string_view, kRowKindCount> kWords = {
      "title", "unit_note", "header", "group", "project", "subtotal", "total", "footer", "blank", "other"};
  return kWords.at(static_cast<std::size_t>(kind));
}

const ColumnLayout* SheetLayout::find(std::string_view column) const {
  if (column.empty()) return nullptr;
  for (const auto& known : columns)
    if (known.column == column) return &known;
  return nullptr;
}

std::size_t SheetLayout::count(RowKind kind) const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return row.kind == kind; }));
}

CellText SheetLayout::cell(const Sheet& sheet, std::uint32_t row, std::uint32_t column) const {
  CellText found{{}, row, column, false};
  const auto fill =
      std::lower_bound(filled.begin(), filled.end(), std::pair(row, column),
                       [](const FilledCell& f, const auto& at) { return std::pair(f.row, f.column) < at; });
  if (fill != filled.end() && fill->row == row && fill->column == column) {
    found.row = fill->from_row;
    found.column = fill->from_column;
    found.is_filled = true;
  }
  if (found.row < sheet.rows.size() && found.column < sheet.rows[found.row].cells.size())
    found.text = sheet.rows[found.row].cells[found.column].text;
  return found;
}

CellText SheetLayout::cell(const Sheet& sheet, std::uint32_t row, std::string_view column) const {
  const auto* known = find(column);
  return known == nullptr ? CellText{{}, row, 0, false} : cell(sheet, row, known->index);
}

SheetLayout analyse_layout(const Sheet& sheet, const HeaderWords& words, std::string_view file) {
  return detail::layout::Analyser(sheet, words, file).run();
}

std::vector<SheetLayout> analyse_layouts(const Table& table, const HeaderWords& words) {
  std::vector<SheetLayout> layouts;
  for (const auto& sheet : table.sheets) layouts.push_back(analyse_layout(sheet, words, table.file));
  if (std::none_of(layouts.begin(), layouts.end(), [](const auto& layout) { return layout.has_header; }))
    return layouts;
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    if (layouts[i].has_header) continue;
    for (auto& found : layouts[i].issues) {
      found.severity = Severity::warning;
      found.message =
          "工作表“" + table.sheets[i].name + "”没有项目清单的表头，已略过；如其中有项目，请补上表头。";
    }
  }
  return layouts;
}

}  // namespace huoshui
