// Finding the header, joining its rows, and choosing which column holds what.
#include <algorithm>

#include "normalise/detail/layout.hpp"

namespace huoshui::detail::layout {
namespace {

constexpr std::size_t kHeaderSearchRows = 15;  // rows with content in which a header may start

// Columns that a table of quotas or contacts does not have.
bool is_substance(const HeaderMatch& match) {
  return is_one_of(match.value_type, {"money", "tenor", "rate", "period", "area_land", "area_floor"}) ||
         is_one_of(match.column, {"content", "industry", "security", "use", "stage", "finance_type", "bank",
                                  "category", "nature"});
}

bool is_project_header(const Header& header, std::size_t used_columns) {
  std::set<std::string_view> known;
  bool strong_name = false;
  bool identity = false;
  bool substance = false;
  for (const auto& column : header.columns) {
    if (column.match.points == 0) continue;
    known.insert(column.match.column);
    if (column.match.column == "name") {
      identity = true;
      strong_name = strong_name || (column.match.strength == HeaderStrength::strong && column.match.is_exact);
    }
    identity = identity || column.match.column == "owner";
    substance = substance || is_substance(column.match);
  }
  if (strong_name) return known.size() >= 2 || used_columns == 1;
  return identity && substance && known.size() >= 2 && header.points >= 40;
}

}  // namespace

bool Analyser::is_header_like(std::size_t row) const {
  for (const auto c : used(row))
    if (text(row, c).size() > kLongestHeader || is_header_number(text(row, c))) return false;
  return true;
}

std::size_t Analyser::exact_matches(std::size_t row) const {
  std::set<std::string_view> columns;
  for (const auto c : used(row)) {
    if (text(row, c).size() > kLongestHeader) continue;
    const auto match = words_.match(read_header_text(text(row, c)));
    if (match.is_exact) columns.insert(match.column);
  }
  return columns.size();
}

// Merged ranges that touch rows [first, last].
Anchors Analyser::anchors(std::size_t first, std::size_t last) const {
  Anchors found;
  if (first >= sheet_.rows.size()) return found;
  last = std::min(last, sheet_.rows.size() - 1);
  for (const auto& range : sheet_.merged) {
    if (range.first_column == 0 || range.first_row == 0 || range.last_row < sheet_.rows[first].number ||
        range.first_row > sheet_.rows[last].number)
      continue;
    const auto anchor_row = index_of(range.first_row);
    if (anchor_row >= sheet_.rows.size() || sheet_.rows[anchor_row].number != range.first_row) continue;
    for (std::size_t r = std::max(anchor_row, first); r <= last && sheet_.rows[r].number <= range.last_row;
         ++r)
      for (std::size_t c = range.first_column - 1; c < std::min<std::size_t>(range.last_column, width_); ++c)
        found[{r, c}] = {anchor_row, range.first_column - 1U};
  }
  return found;
}

// Does `row` go on with the header that starts at `first`?
bool Analyser::is_child_row(std::size_t first, std::size_t row) const {
  if (row >= sheet_.rows.size()) return false;
  const auto columns = used(row);
  if (columns.empty() || !is_header_like(row)) return false;
  const auto small = [&](std::size_t c) {
    const auto t = read_header_text(text(row, c));
    return t.key.empty() || is_one_of(t.key, {"小计", "合计", "金额", "总额", "计划", "完成"});
  };
  if (std::all_of(columns.begin(), columns.end(), small)) return true;
  for (const auto& range : sheet_.merged) {
    // A vertical merge from a header row over this one.
    if (range.first_row >= sheet_.rows[first].number && range.first_row < sheet_.rows[row].number &&
        range.last_row >= sheet_.rows[row].number && range.first_column > 0 &&
        !text(index_of(range.first_row), range.first_column - 1).empty())
      return true;
  }
  const auto known = exact_matches(row);
  if (known >= 2 && 2 * known >= columns.size() &&
      exact_matches(row - 1) < 2 * std::max<std::size_t>(known, 1)) {
    // Not the header once more.
    bool repeats = false;
    for (const auto c : columns) repeats = repeats || text(row, c) == text(row - 1, c);
    if (!repeats) return true;
  }
  // Blank below the columns that stand alone, filled below a parent that has blanks to its right.
  bool has_parent = false;
  for (const auto c : columns) {
    std::size_t parent = c;
    while (parent > 0 && text(row - 1, parent).empty()) --parent;
    if (text(row - 1, parent).empty()) return false;
    const bool spans =
        text(row - 1, parent + 1).empty() && !text(row, parent + 1).empty() && !text(row, parent).empty();
    if (!spans && !small(c)) return false;
    has_parent = has_parent || spans;
  }
  return has_parent;
}

JoinedColumn Analyser::join(std::size_t first, std::size_t count, std::size_t column,
                            const Anchors& merged) const {
  JoinedColumn joined;
  std::pair<std::size_t, std::size_t> before{~std::size_t{0}, 0};
  for (std::size_t r = first; r < first + count; ++r) {
    std::pair<std::size_t, std::size_t> from{r, column};
    if (const auto found = merged.find({r, column}); found != merged.end()) {
      from = found->second;
      if (from.first < first)
        from = {r, column};  // a title merged into the header says nothing of one column
    } else if (text(r, column).empty()) {
      // A parent without merge: it reaches right over blanks as long as there are children, at whatever
      // depth.
      const auto has_child = [&](std::size_t c) {
        for (std::size_t below = r + 1; below < first + count; ++below)
          if (!text(below, c).empty()) return true;
        return false;
      };
      auto parent = column;
      while (parent > 0 && text(r, parent).empty() && has_child(parent)) --parent;
      if (has_child(column) && has_child(parent) && !text(r, parent).empty()) from = {r, parent};
    }
    if (from == before) continue;
    const auto printed = text(from.first, from.second);
    if (printed.empty()) continue;
    before = from;
    if (!joined.header.empty()) joined.header += "/";
    joined.header += one_line(printed);
    if (printed.size() <= kLongestHeader) joined.parts.push_back(read_header_text(printed));
  }
  understand(joined);
  return joined;
}

void Analyser::understand(JoinedColumn& joined) const {
  std::vector<const HeaderText*> named;
  for (const auto& part : joined.parts) {
    if (!part.unit_note.empty()) joined.unit_note = part.unit_note;
    if (part.year != 0) {
      joined.year = part.year;
      joined.is_up_to_year = part.is_up_to_year;
    }
    if (!part.key.empty()) named.push_back(&part);
  }
  if (named.empty()) return;
  HeaderText child = *named.back();
  child.year = joined.year;
  child.is_up_to_year = joined.is_up_to_year;
  child.unit_note = joined.unit_note;
  if (named.size() == 1) {
    joined.match = words_.match(child);
    settle_year(joined);
    return;
  }
  joined.is_below_parent = true;
  HeaderText parent = *named[named.size() - 2];
  parent.year = joined.year;
  parent.is_up_to_year = joined.is_up_to_year;
  const bool done = has_any(parent.key, {"完成", "到位", "累计", "上年", "已"});
  const bool yearly = done || (joined.year != 0 && !joined.is_up_to_year) ||
                      has_any(parent.key, {"年度", "本年", "当年", "年计划"});
  const bool sum = is_one_of(child.bare_key, {"小计", "合计", "总额", "金额", "总计", "计划", "资金"});
  if (sum || (yearly && !done && is_one_of(child.bare_key, {"投资", "投资额", "总投资", "计划投资"}))) {
    joined.match = words_.match(parent);
    if (yearly && !done && joined.match.value_type != "money" && (!sum || joined.match.points == 0))
      joined.match = words_.match(read_header_text("年度计划投资"));
    return;
  }
  HeaderText both = child;
  both.key = parent.key + child.key;
  both.bare_key = parent.bare_key + child.bare_key;
  joined.match = words_.match(both);
  if (!joined.match.is_exact) joined.match = words_.match(child);
  if (yearly && joined.match.value_type == "money" &&
      !is_one_of(joined.match.column, {"annual_plan_investment", "annual_done_invest", "invested_to_date"}))
    joined.match = {};  // one year's share of it, or money already there: neither is the fact asked for
  settle_year(joined);
}

// 2025年总投资 is one year's plan.
void Analyser::settle_year(JoinedColumn& joined) const {
  if (joined.year == 0 || joined.is_up_to_year || joined.match.column != "total_investment") return;
  const auto yearly = words_.match(read_header_text("年度计划投资"));
  if (yearly.points > 0) joined.match = yearly;
}

Header Analyser::header_at(std::size_t first) const {
  Header header;
  header.first = first;
  header.count = 1;
  while (header.count < 3 && is_child_row(first, first + header.count)) ++header.count;
  const auto merged = anchors(first, first + header.count - 1);
  std::map<std::string_view, int> best;
  for (std::size_t c = 0; c < width_; ++c) {
    header.columns.push_back(join(first, header.count, c, merged));
    const auto& joined = header.columns.back();
    if (joined.match.points > 0)
      best[joined.match.column] = std::max(best[joined.match.column], joined.match.points);
    for (std::size_t r = first; r < first + header.count; ++r)
      if (is_header_number(text(r, c)) || text(r, c).size() > kLongestHeader) header.points -= 15;
  }
  for (const auto& [column, points] : best) header.points += points;
  return header;
}

// A form for one project: names at the left, values at the right.
bool Analyser::is_form(const Header& header) const {
  std::size_t label_rows = 0;
  std::size_t seen = 0;
  for (std::size_t r = header.first; r < sheet_.rows.size() && seen < 8; ++r) {
    const auto columns = used(r);
    if (columns.empty()) continue;
    ++seen;
    const auto match = words_.match(read_header_text(text(r, columns.front()).substr(0, kLongestHeader)));
    if (match.is_exact && match.strength == HeaderStrength::strong && r >= header.first + header.count)
      ++label_rows;
  }
  return label_rows >= 3 || (label_rows >= 1 && label_rows + header.count == seen);
}

void Analyser::find_header() {
  std::optional<Header> best;
  std::size_t tried = 0;
  for (std::size_t r = 0; r < sheet_.rows.size() && tried < kHeaderSearchRows; ++r) {
    const auto columns = used(r);
    if (columns.empty()) continue;
    ++tried;
    const auto own = compact(text(r, columns.front()).substr(0, 60));
    if (starts_any(own, {"项目名单", "项目清单"}) && columns.size() == 1) continue;
    if (exact_matches(r) == 0) continue;
    auto header = header_at(r);
    if (!is_project_header(header, columns.size())) continue;
    // Rows next to each other may read as one header or as parent and child; a header further down is
    // another's.
    if (best && r > best->first + best->count) break;
    if (!best || header.points > best->points) best = std::move(header);
  }
  if (!best) return;
  if (best->count == 1 && is_form(*best)) {
    is_form_ = true;
    return;
  }
  header_ = std::move(*best);
  layout_.has_header = true;
}

void Analyser::choose_columns() {
  int title_year = 0;
  for (std::size_t r = 0; r < header_.first && title_year == 0; ++r)
    if (layout_.rows[r].kind == RowKind::title)
      title_year = read_header_text(text(r, used(r).front()).substr(0, kLongestHeader)).year;

  std::map<std::string_view, std::vector<std::size_t>> rivals;
  for (std::size_t c = 0; c < width_; ++c) {
    const auto& joined = header_.columns[c];
    layout_.columns.push_back({static_cast<std::uint32_t>(c), "", std::string(joined.match.value_type),
                               joined.header, joined.unit_note, joined.year});
    if (joined.match.points > 0) rivals[joined.match.column].push_back(c);
    if (layout_.unit_note.empty()) {
      for (std::size_t r = header_.first; r < header_.first + header_.count; ++r)
        if (layout_.unit_note.empty() && text(r, c).size() <= 60 && compact(text(r, c)).starts_with("单位:"))
          layout_.unit_note = find_unit_note(text(r, c));
    }
  }
  for (auto& [column, candidates] : rivals) {
    const auto points = [&](std::size_t c) {
      const auto& joined = header_.columns[c];
      return joined.match.points - (joined.year != 0 && joined.year != title_year &&
                                            column != "annual_plan_investment" && !joined.is_up_to_year
                                        ? 5
                                        : 0);
    };
    const auto better = [&](std::size_t a, std::size_t b) {
      if (points(a) != points(b)) return points(a) > points(b);
      const auto& x = header_.columns[a];
      const auto& y = header_.columns[b];
      if (x.year != y.year) {
        if ((x.year == title_year) != (y.year == title_year)) return x.year == title_year;
        return x.is_up_to_year ? x.year > y.year : x.year < y.year;
      }
      return a < b;
    };
    std::stable_sort(candidates.begin(), candidates.end(), better);
    const auto chosen = candidates.front();
    layout_.columns[chosen].column = std::string(column);
    for (std::size_t i = 1; i < candidates.size(); ++i) {
      const auto& won = header_.columns[chosen];
      const auto& lost = header_.columns[candidates[i]];
      const bool matters = column == "name" || is_one_of(won.match.value_type, {"money", "tenor", "rate",
                                                                                "area_land", "area_floor"});
      const bool same_rank =
          won.match.is_exact == lost.match.is_exact && won.match.strength == lost.match.strength;
      if (!matters || !same_rank || won.year != lost.year) continue;
      const auto row = sheet_.rows[header_.first].number;
      auto found = issue(IssueCode::header_ambiguous, Severity::warning, row,
                         static_cast<std::uint32_t>(candidates[i] + 1));
      found.column = won.header;
      found.found = shorten(won.header + "、" + lost.header);
      found.expected = "只有一列表示“" + won.header + "”";
      found.message = "“" + won.header + "”和“" + lost.header + "”两列意思相近，已采用“" + won.header +
                      "”，“" + lost.header + "”只保留原文；如应采用后者，请改写表头后重读。";
      layout_.issues.push_back(std::move(found));
    }
  }
  const auto column_index = [&](std::string_view column) -> std::optional<std::size_t> {
    const auto* found = layout_.find(column);
    return found == nullptr ? std::nullopt : std::optional<std::size_t>(found->index);
  };
  name_ = column_index("name") ? *column_index("name") : column_index("owner").value_or(0);
  row_no_ = column_index("row_no");
  if (row_no_ == name_) row_no_.reset();
}

}  // namespace huoshui::detail::layout
