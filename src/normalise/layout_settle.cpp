// What only all rows together can tell: what a sum covers and what a blank cell stands for.
#include <algorithm>

#include "normalise/detail/layout.hpp"

namespace huoshui::detail::layout {
namespace {

// Columns whose blanks stand for the value above even where nothing is merged.
bool is_block_column(std::string_view column) {
  return is_one_of(column, {"region", "city", "town", "area", "category", "industry", "dept"});
}

}  // namespace

// At most a first and a last row sum up the whole sheet: a 合计 inside a section or at the foot of a page
// sums up that part, and so does the last one when it is the last section's turn.
void Analyser::settle_totals() {
  std::vector<std::size_t> totals;
  std::optional<std::size_t> first_project;
  for (std::size_t r = 0; r < layout_.rows.size(); ++r) {
    if (layout_.rows[r].kind == RowKind::total) totals.push_back(r);
    if (layout_.rows[r].kind == RowKind::project && !first_project) first_project = r;
  }
  if (totals.size() < 2) {
    if (!totals.empty()) layout_.rows[totals.front()].group.clear();
    return;
  }
  const auto label = [&](std::size_t r) { return compact(text(r, used(r).front())); };
  const auto last = totals.back();
  const auto before = totals[totals.size() - 2];
  const auto& group = layout_.rows[last].group;
  const bool same_turn = !group.empty() && !layout_.rows[before].group.empty() &&
                         group != layout_.rows[before].group && label(last) == label(before);
  for (const auto r : totals) {
    const bool on_top =
        r == totals.front() && layout_.rows[r].group.empty() && first_project && r < *first_project;
    if (!on_top && (r != last || same_turn)) {
      set(r, RowKind::subtotal);
    } else {
      layout_.rows[r].group.clear();
    }
  }
}

// 一、灯塔灌区工程 with an amount and nothing below it is a project with a Chinese number, not a section.
void Analyser::settle_sections() {
  auto next = RowKind::other;  // kind of the next row that is not blank
  for (std::size_t r = layout_.rows.size(); r > header_.first + header_.count; --r) {
    auto& row = layout_.rows[r - 1];
    if (row.kind == RowKind::blank) continue;
    if (row.kind == RowKind::group && next != RowKind::project && !text(r - 1, name_).empty() &&
        has_amounts(r - 1)) {
      const auto key = compact(text(r - 1, name_));
      const auto body = std::string_view(key).substr(detail::section_number(key).length);
      const bool section =
          is_stage_section(body) || is_place_section(body) || ends_in_count(body) || characters(body) < 4;
      const bool leaf =
          next != RowKind::group || !layout_.rows[next_row_].group.starts_with(row.group + " / ");
      if (!section && leaf && body.size() < key.size()) {
        row.kind = RowKind::project;
        const auto cut = row.group.rfind(" / ");
        row.group = cut == std::string::npos ? std::string() : row.group.substr(0, cut);
        next = RowKind::group;  // so that its neighbours above are seen alike
        next_row_ = r - 1;
        continue;
      }
    }
    next = row.kind;
    next_row_ = r - 1;
  }
}

void Analyser::fill_merged() {
  for (const auto& range : sheet_.merged) {
    if (range.last_row <= range.first_row || range.first_column == 0 || range.first_column > width_) continue;
    const auto from = index_of(range.first_row);
    if (from < header_.first + header_.count || from >= sheet_.rows.size() ||
        sheet_.rows[from].number != range.first_row)
      continue;
    const std::size_t column = range.first_column - 1;
    const auto& known = layout_.columns[column];
    if (text(from, column).empty() ||
        (!is_fill_column(known.column) && !(known.column.empty() && known.value_type.empty())))
      continue;
    for (std::size_t r = from + 1; r < sheet_.rows.size() && sheet_.rows[r].number <= range.last_row; ++r) {
      if (layout_.rows[r].kind != RowKind::project || !text(r, column).empty()) continue;
      layout_.filled.push_back({static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(column),
                                static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(column)});
    }
  }
}

// Without merges, a place or category left blank under its first row stands for the one above, as exported
// merged cells do. Only where the column looks like blocks: it opens each section, no value is spelled out
// twice or comes back in a later block, and the place columns to its left are blank in that row as well.
void Analyser::fill_blocks() {
  std::vector<const ColumnLayout*> to_the_left;
  for (const auto& column : layout_.columns) {
    if (!is_block_column(column.column)) continue;
    std::vector<FilledCell> fills;
    if (looks_like_blocks(column, fills)) {
      for (const auto& fill : fills) {
        const bool stands_alone =
            std::any_of(to_the_left.begin(), to_the_left.end(),
                        [&](const ColumnLayout* left) { return !text(fill.row, left->index).empty(); });
        if (!stands_alone) layout_.filled.push_back(fill);
      }
    }
    to_the_left.push_back(&column);
  }
}

bool Analyser::looks_like_blocks(const ColumnLayout& column, std::vector<FilledCell>& fills) const {
  std::size_t blank = 0, projects = 0;
  std::set<std::string_view> seen;
  const RowLayout* from = nullptr;
  std::string_view group;
  for (const auto& row : layout_.rows) {
    const bool section_ends = row.kind == RowKind::group || row.kind == RowKind::subtotal ||
                              row.kind == RowKind::total ||
                              (row.kind == RowKind::project && row.group != group);
    if (section_ends) {
      from = nullptr;
      seen.clear();
    }
    if (row.kind != RowKind::project) continue;
    group = row.group;
    ++projects;
    const auto cell = text(row.row, column.index);
    if (!cell.empty()) {
      if (!seen.insert(cell).second) return false;
      from = &row;
      continue;
    }
    if (from == nullptr) return false;
    ++blank;
    fills.push_back({row.row, column.index, from->row, column.index});
  }
  return blank >= 2 && 5 * blank >= projects;
}

bool Analyser::has_amounts(std::size_t row) const {
  for (const auto& column : layout_.columns)
    if (column.value_type == "money" && is_numeric(text(row, column.index))) return true;
  return false;
}

void Analyser::collect_sums() {
  std::vector<std::uint32_t> all;
  for (const auto& row : layout_.rows)
    if (row.kind == RowKind::project) all.push_back(row.row);
  const auto between = [&](std::size_t first, std::size_t last) {
    const auto low = std::lower_bound(all.begin(), all.end(), first);
    return std::vector<std::uint32_t>(low, std::lower_bound(low, all.end(), last));
  };
  const auto add = [&](std::size_t row, std::vector<std::uint32_t> parts) {
    if (!parts.empty() && has_amounts(row))
      layout_.sums.push_back({static_cast<std::uint32_t>(row), std::move(parts)});
  };
  std::size_t block = header_.first + header_.count;  // where the rows not yet summed up begin
  for (std::size_t r = block; r < layout_.rows.size(); ++r) {
    const auto& row = layout_.rows[r];
    if (row.kind == RowKind::total) {
      add(r, all);
    } else if (row.kind == RowKind::group) {
      if (has_amounts(r)) add(r, between(r, group_end(r)));
      block = r + 1;
    } else if (row.kind == RowKind::subtotal) {
      auto parts = between(block, r);
      if (parts.empty()) parts = between(r, next_subtotal(r));
      add(r, std::move(parts));
      block = r + 1;
    }
  }
}

// A section ends where one that is not inside it opens.
std::size_t Analyser::group_end(std::size_t row) const {
  const auto& mine = layout_.rows[row].group;
  for (std::size_t r = row + 1; r < layout_.rows.size(); ++r)
    if (layout_.rows[r].kind == RowKind::group && !layout_.rows[r].group.starts_with(mine + " / ")) return r;
  return layout_.rows.size();
}

std::size_t Analyser::next_subtotal(std::size_t row) const {
  for (std::size_t r = row + 1; r < layout_.rows.size(); ++r)
    if (layout_.rows[r].kind == RowKind::group || layout_.rows[r].kind == RowKind::subtotal) return r;
  return layout_.rows.size();
}

}  // namespace huoshui::detail::layout
