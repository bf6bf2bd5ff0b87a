// What each row is for, from the top down: title, section, project, sum, footer.
#include <algorithm>

#include "normalise/detail/layout.hpp"

namespace huoshui::detail::layout {
namespace {

constexpr std::size_t kNoRow = ~std::size_t{0};

bool is_amount_like(std::string_view value_type) {
  return is_one_of(value_type, {"money", "tenor", "rate", "area_land", "area_floor"});
}

bool is_attachment(std::string_view printed) {
  const auto t = compact(printed.substr(0, 60));
  return starts_any(t, {"附件", "附表"}) && characters(t) <= 6;
}

// Ranks of sections: 1 to 4 are the number styles, 11 to 13 places from city to town. The lower opens the
// wider.
constexpr int kStage = 20;
constexpr int kOther = 30;
int place_style(std::string_view label) {
  if (const auto open = label.find('('); open != label.npos && open > 0) label = label.substr(0, open);
  if (label.ends_with("市")) return 11;
  if (ends_any(label, {"片区", "开发区", "高新区", "园区", "镇", "乡", "街道"})) return 13;
  return 12;
}

}  // namespace

bool Analyser::take_unit_row(std::size_t row, const std::vector<std::size_t>& columns) {
  std::string note;
  for (std::size_t i = 0; i < columns.size() && note.empty(); ++i) {
    const auto cell = text(row, columns[i]);
    note = find_unit_note(cell);
    const auto label = cell.size() <= 40 ? compact(cell) : std::string();
    if (note.empty() && is_one_of(label, {"单位", "单位:", "金额单位", "金额单位:"}) &&
        i + 1 < columns.size() && is_unit_text(text(row, columns[i + 1])))
      note = compact(text(row, columns[i + 1]));
    if (note.empty() && columns.size() == 1 && is_unit_text(cell)) note = read_header_text(cell).unit_note;
  }
  if (note.empty()) return false;
  if (layout_.unit_note.empty()) layout_.unit_note = note;
  return true;
}

// Cells that are neither a unit nor the label of one.
std::size_t Analyser::worded_cells(std::size_t row, const std::vector<std::size_t>& columns) const {
  return static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [&](std::size_t c) {
    const auto cell = text(row, c);
    return !is_unit_text(cell) && find_unit_note(cell).empty() &&
           !is_one_of(compact(cell.substr(0, 40)), {"单位", "单位:", "金额单位", "金额单位:"});
  }));
}

void Analyser::classify_front() {
  const std::size_t end = layout_.has_header ? header_.first : sheet_.rows.size();
  bool titled = false;
  for (std::size_t r = 0; r < end; ++r) {
    const auto columns = used(r);
    if (columns.empty()) {
      set(r, RowKind::blank);
      continue;
    }
    const auto first = text(r, columns.front());
    const bool has_unit = take_unit_row(r, columns);
    const bool label_only = is_unit_text(first) || starts_any(compact(first.substr(0, 60)),
                                                              {"单位:", "单位", "金额单位", "填报单位",
                                                               "填报日期", "编制单位", "报送单位", "日期"});
    if (has_unit && label_only) {
      set(r, RowKind::unit_note);
    } else if (label_only || worded_cells(r, columns) > 2 || (!layout_.has_header && titled)) {
      set(r, RowKind::other);
    } else {
      set(r, RowKind::title);
      titled = true;
      if (layout_.title.empty() && !is_attachment(first) && !is_numeric(first))
        layout_.title = one_line(first);
      // 重点项目清单（万元） names the unit for the whole sheet.
      if (layout_.unit_note.empty() && first.size() <= kLongestHeader) {
        const auto note = read_header_text(first).unit_note;
        if (has_any(note, {"元"})) layout_.unit_note = note;
      }
    }
  }
  for (std::size_t r = header_.first; layout_.has_header && r < header_.first + header_.count; ++r)
    set(r, RowKind::header);
}

void Analyser::report_no_header() {
  std::string seen;
  std::size_t rows = 0;
  std::uint32_t first_row = 0;
  for (std::size_t r = 0; r < sheet_.rows.size() && rows < 3; ++r) {
    const auto columns = used(r);
    if (columns.empty()) continue;
    if (rows == 0) first_row = sheet_.rows[r].number;
    ++rows;
    if (!seen.empty()) seen += "；";
    seen += "第" + std::to_string(sheet_.rows[r].number) + "行：";
    for (std::size_t i = 0; i < std::min<std::size_t>(columns.size(), 6); ++i)
      seen += (i == 0 ? "" : " | ") + shorten(one_line(text(r, columns[i])), 12);
  }
  if (rows == 0) return;
  auto found = issue(IssueCode::header_not_found, Severity::error, first_row, 0);
  found.found = shorten(seen);
  found.expected =
      "前 15 "
      "行内有一行表头，含“项目名称”（或“企业名称”），以及“总投资”“融资需求”“建设单位”“建设内容”“期限”等";
  found.message =
      is_form_
          ? "这张表像是一个项目一张的登记表，不是一行一个项目的清单；请把各项目填成一行一个的清单再读。"
          : "前 15 行里没有认出表头，看到的是 " + shorten(seen, 120) +
                "；请加上一行表头（至少要有“项目名称”或“企业名称”，以及“总投资”“融资需求”“建设内容”等之一）"
                "，或用自己的表头词表补充本表的叫法。";
  layout_.issues.push_back(std::move(found));
}

bool Analyser::repeats_header(std::size_t row, const std::vector<std::size_t>& columns) const {
  const auto front = text(row, columns.front());
  if (front.size() > kLongestHeader) return false;
  const auto front_key = compact(front);
  for (std::size_t r = header_.first; r < header_.first + header_.count; ++r) {
    if (front_key != compact(text(r, columns.front()))) continue;
    std::size_t same = 0;
    for (const auto c : columns) {
      const auto cell = text(row, c);
      if (cell.size() <= kLongestHeader && compact(cell) == compact(text(r, c))) ++same;
    }
    if (same >= 2 && 5 * same >= 3 * columns.size()) return true;
    if (columns.size() == 1 && columns.front() == name_ && width_ == 1) return true;
  }
  return false;
}

// 1 2 3 4 … under the header.
bool Analyser::numbers_columns(std::size_t row, const std::vector<std::size_t>& columns) const {
  if (columns.size() < 3) return false;
  int expected = 0;
  for (const auto c : columns) {
    const auto cell = compact(text(row, c).substr(0, 24));
    if (is_one_of(cell, {"甲", "乙", "丙", "丁", "栏次"})) continue;
    std::string_view digits = cell;
    if (digits.starts_with("(") && digits.ends_with(")")) digits = digits.substr(1, digits.size() - 2);
    ++expected;
    if (digits != std::to_string(expected)) return false;
  }
  return expected >= 2;
}

bool Analyser::spans_columns(std::size_t row, std::size_t column) {
  if (sheet_.merged.empty()) return false;
  if (wide_.empty()) {
    for (const auto& range : sheet_.merged)
      if (range.last_column > range.first_column && range.first_column > 0)
        wide_.insert({range.first_row, range.first_column});
    wide_.insert({0, 0});
  }
  return wide_.count({sheet_.rows[row].number, static_cast<std::uint32_t>(column + 1)}) > 0;
}

std::optional<Section> Analyser::section(std::size_t row, const std::vector<std::size_t>& columns) {
  const auto first = columns.front();
  const auto label = text(row, first);
  if (label.size() > kLongestLabel) return std::nullopt;
  const auto key = compact(label);
  const auto number = detail::section_number(key);
  const auto body = std::string_view(key).substr(number.length);
  const auto style_of = [&](std::string_view t, int style) {
    return style != 0 ? style : is_place_section(t) ? place_style(t) : is_stage_section(t) ? kStage : kOther;
  };
  if (columns.size() == 1) {
    const bool named = number.style == 1 || number.style == 2 || is_stage_section(key) ||
                       is_place_section(key) || ends_in_count(key);
    const bool elsewhere = first != name_ && (first == 0 || first < name_);
    if (is_numeric(label)) return std::nullopt;
    if (named || elsewhere || spans_columns(row, first))
      return Section{style_of(body, number.style), one_line(label)};
    return std::nullopt;
  }
  // With numbers beside it: a section row that carries its own sums.
  std::string words = one_line(label);
  int style = 0;
  std::size_t from = 1;
  if (row_no_ && first == *row_no_ && detail::is_chinese_number(key) && has_arabic_row_numbers()) {
    style = key.starts_with("(") ? 2 : 1;
    if (columns[1] == name_ || !is_numeric(text(row, columns[1]))) {
      words += (words.ends_with("、") || words.starts_with("（") || words.starts_with("(") ? "" : "、") +
               one_line(text(row, columns[1]));
      from = 2;
    }
  } else if ((number.style == 1 || number.style == 2) && !body.empty()) {
    style = number.style;
  } else if (first == name_ || !row_no_ || first <= name_) {
    if (is_place_section(key) && first == name_) {
      style = place_style(key);
    } else if (is_stage_section(key)) {
      style = kStage;
    } else {
      return std::nullopt;
    }
  } else {
    return std::nullopt;
  }
  for (std::size_t i = from; i < columns.size(); ++i) {
    const auto cell = text(row, columns[i]);
    if (!is_numeric(cell) && !says_nothing(cell) && !ends_in_count(compact(cell.substr(0, 60))))
      return std::nullopt;
  }
  return Section{style, words};
}

bool Analyser::has_arabic_row_numbers() {
  if (!arabic_) {
    arabic_ = false;
    for (std::size_t r = header_.first + header_.count; r < sheet_.rows.size() && !*arabic_; ++r) {
      const auto cell = text(r, *row_no_);
      arabic_ = !cell.empty() && is_digit(cell.front());
    }
  }
  return *arabic_;
}

void Analyser::open_section(Section next) {
  // Back out to the section of the same rank, if one is open.
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    const auto open = sections_[i].style;
    if (open != next.style && (open / 10 != next.style / 10 || open < next.style)) continue;
    sections_.resize(i);
    break;
  }
  sections_.push_back(std::move(next));
  group_.clear();
  for (const auto& open : sections_) group_ += (group_.empty() ? "" : " / ") + open.label;
}

SumWord Analyser::sum_of(std::size_t row, const std::vector<std::size_t>& columns) const {
  for (const auto c : columns) {
    if (c > name_ && c != columns.front()) break;
    if (const auto word = sum_word(text(row, c)); word != SumWord::none) return word;
    if (c != columns.front() && is_numeric(text(row, c))) break;
  }
  return SumWord::none;
}

bool Analyser::is_new_header(std::size_t row, const std::vector<std::size_t>& columns) const {
  if (columns.size() < 3 || text(row, columns.front()).size() > kLongestHeader ||
      is_numeric(text(row, columns.front())))
    return false;
  if (!words_.match(read_header_text(text(row, columns.front()))).is_exact || !is_header_like(row))
    return false;
  bool names = false;
  std::size_t known = 0;
  for (const auto c : columns) {
    const auto match = words_.match(read_header_text(text(row, c)));
    if (!match.is_exact) continue;
    ++known;
    names = names || match.column == "name" || match.column == "owner";
  }
  return names && known >= 3 && 5 * known >= 3 * columns.size();
}

void Analyser::classify_body() {
  bool in_footer = false;
  std::size_t last_project = kNoRow;
  const auto title = compact(layout_.title);
  for (std::size_t r = header_.first + header_.count; r < sheet_.rows.size(); ++r) {
    const auto columns = used(r);
    auto& row = layout_.rows[r];
    if (columns.empty()) {
      row.kind = RowKind::blank;
      continue;
    }
    const auto first = text(r, columns.front());
    const auto name = text(r, name_);
    const bool numbered = row_no_ && is_row_number(text(r, *row_no_));
    if (in_footer && (columns.size() >= 3 || numbered || (!name.empty() && has_amounts(r))))
      in_footer = false;

    if (repeats_header(r, columns) || (r == header_.first + header_.count && numbers_columns(r, columns))) {
      row.kind = RowKind::header;
      continue;
    }
    if (is_new_header(r, columns)) {
      row.kind = RowKind::header;
      auto found = issue(IssueCode::header_ambiguous, Severity::error, sheet_.rows[r].number, 0);
      found.found = shorten(std::string(first) + "、" + std::string(name));
      found.expected = "一张表只有一种表头";
      found.message = "第" + std::to_string(sheet_.rows[r].number) +
                      "行又出现一个不同的表头，其后的行仍按第一个表头理解；请把两张表分成两个工作表或文件。";
      layout_.issues.push_back(std::move(found));
      continue;
    }
    if (columns.size() <= 2 && !title.empty() && first.size() <= 300 && compact(first) == title) {
      row.kind = RowKind::title;
      take_unit_row(r, columns);
      continue;
    }
    if (columns.size() <= 2 &&
        (is_unit_text(first) || starts_any(compact(first.substr(0, 40)), {"单位:", "金额单位"})) &&
        take_unit_row(r, columns)) {
      row.kind = RowKind::unit_note;
      continue;
    }
    if (!numbered && columns.size() <= 8 && is_footer(first)) {
      row.kind = RowKind::footer;
      in_footer = true;
      take_unit_row(r, columns);
      continue;
    }
    if (const auto sum = sum_of(r, columns); sum != SumWord::none) {
      row.kind = sum == SumWord::whole ? RowKind::total : RowKind::subtotal;
      row.group = group_;  // a total's is taken away again once it is settled
      continue;
    }
    if (in_footer) {
      row.kind = RowKind::footer;
      continue;
    }
    if (columns.size() == 1 &&
        (says_nothing(first) ||
         is_one_of(compact(first.substr(0, 24)), {"续表", "续", "(续表)", "(续)", "接上表", "接上页"}))) {
      row.kind = RowKind::other;
      continue;
    }
    if (!numbered) {
      if (auto opened = section(r, columns)) {
        open_section(std::move(*opened));
        row.kind = RowKind::group;
        row.group = group_;
        last_project = kNoRow;
        continue;
      }
    }
    row.group = group_;
    const auto number_word = row_no_ ? compact(text(r, *row_no_).substr(0, 24)) : std::string();
    if (is_one_of(number_word, {"例", "示例", "样例", "例:", "举例"})) {
      row.kind = RowKind::other;
    } else if (!name.empty()) {
      row.kind = RowKind::project;
      last_project = r;
    } else {
      row.kind = nameless(r, columns, numbered, last_project);
      if (row.kind == RowKind::project && last_project == kNoRow) last_project = r;
    }
  }
}

// Is the row part of a merged block whose name stands further up?
bool Analyser::in_merged_name(std::size_t row) {
  if (!merged_names_) {
    merged_names_.emplace();
    for (const auto& range : sheet_.merged)
      if (range.first_column == name_ + 1 && range.last_row > range.first_row)
        merged_names_->push_back({range.first_row, range.last_row});
    std::sort(merged_names_->begin(), merged_names_->end());
  }
  const auto number = sheet_.rows[row].number;
  const auto after = std::upper_bound(merged_names_->begin(), merged_names_->end(), std::pair(number, ~0U));
  return after != merged_names_->begin() && std::prev(after)->second >= number;
}

// A row without a name: a project of its own when numbered, a further line of the one above, or neither.
RowKind Analyser::nameless(std::size_t row, const std::vector<std::size_t>& columns, bool numbered,
                           std::size_t last_project) {
  bool amount = false;
  for (const auto c : columns) amount = amount || is_amount_like(layout_.columns[c].value_type);
  if (numbered) return columns.size() >= 2 || in_merged_name(row) ? RowKind::project : RowKind::other;
  if (!amount && columns.size() < 2) return RowKind::other;
  if (sheet_.merged.empty() && last_project != kNoRow) {
    for (const auto& column : layout_.columns) {
      if (!is_fill_column(column.column) || !text(row, column.index).empty() ||
          text(last_project, column.index).empty())
        continue;
      layout_.filled.push_back({static_cast<std::uint32_t>(row), column.index,
                                static_cast<std::uint32_t>(last_project), column.index});
    }
  }
  return RowKind::project;
}

}  // namespace huoshui::detail::layout
