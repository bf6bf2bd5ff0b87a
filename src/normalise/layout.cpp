#include <huoshui/normalise/layout.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "normalise/detail/header_text.hpp"

namespace huoshui {
namespace {

using detail::compact;

constexpr std::size_t kHeaderSearchRows = 15;  // rows with content in which a header may start
constexpr std::size_t kLongestHeader = 150;    // bytes of one header cell
constexpr std::size_t kNoRow = ~std::size_t{0};
constexpr std::size_t kLongestLabel = 120;  // bytes of a cell that may name a section or a sum

bool starts_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.starts_with(word); });
}
bool ends_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.ends_with(word); });
}
bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}
bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shorten(std::string_view text, std::size_t most = 80) {
  std::size_t at = 0;
  for (std::size_t n = 0; at < text.size() && n < most; ++n) at += detail::front_length(text.substr(at));
  return at >= text.size() ? std::string(text) : std::string(text.substr(0, at)) + "…";
}

// As printed, but on one line.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && c != '\r') out.push_back(c);
  return out;
}

// 12,000  -3.5  60%  5个: a bare number, perhaps with its unit.
bool is_numeric(std::string_view printed) {
  if (printed.empty() || printed.size() > 40) return false;
  // ASCII that cannot begin a number is ruled out without work; full-width digits begin with 0xEF.
  const auto front = static_cast<unsigned char>(printed.front());
  if (front < 0x80 ? !is_digit(printed.front()) &&
                         std::string_view(".,-+~ ").find(printed.front()) == std::string_view::npos
                   : front != 0xEF && front != 0xE2)
    return false;
  const auto text = compact(printed);
  std::size_t at = 0;
  bool digit = false;
  for (; at < text.size(); ++at) {
    if (is_digit(text[at])) {
      digit = true;
    } else if (std::string_view(".,-+%~").find(text[at]) == std::string_view::npos) {
      break;
    }
  }
  return digit && (at == text.size() || is_unit_text(std::string_view(text).substr(at)));
}

// 12, 12., 3-1, （4）, A07: what stands in a column of row numbers.
bool is_row_number(std::string_view printed) {
  if (printed.empty() || printed.size() > 24) return false;
  const auto text = compact(printed);
  return std::any_of(text.begin(), text.end(), is_digit) && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') ||
                  std::string_view(".-()").find(c) != std::string_view::npos;
         });
}

// -, /, ……: a cell that only shows it was not forgotten.
bool says_nothing(std::string_view printed) {
  if (printed.size() > 24) return false;
  std::string_view rest = printed;
  while (!rest.empty()) {
    const auto length = detail::front_length(rest);
    if (!is_one_of(compact(rest.substr(0, length)), {"", "-", "/", "\\", ".", "*", "…", "—", "·"}))
      return false;
    rest.remove_prefix(length);
  }
  return true;
}

// 2025年 over or under a header is part of it.
bool is_header_number(std::string_view printed) {
  return is_numeric(printed) && read_header_text(printed).year == 0;
}

// 合计, 小计 … alone, behind a short name, or with a count behind: 全市合计, 东源县小计, 合计（35个）.
enum class SumWord { none, part, whole };
SumWord sum_word(std::string_view printed) {
  if (printed.empty() || printed.size() > kLongestLabel || printed.find("计") == printed.npos)
    return SumWord::none;
  std::string text = compact(printed);
  if (const auto open = text.find('('); open != std::string::npos && open > 0) text.resize(open);
  while (text.ends_with(":")) text.pop_back();
  for (const std::string_view tail : {"个项目", "项目", "个", "项"}) {
    if (!text.ends_with(tail)) continue;
    auto cut = text.size() - tail.size();
    while (cut > 0 && is_digit(text[cut - 1])) --cut;
    if (cut < text.size() - tail.size()) text.resize(cut);
    break;
  }
  for (const std::string_view word : {"小计", "合计", "总计", "共计", "累计"}) {
    if (!text.ends_with(word)) continue;
    const auto front = std::string_view(text).substr(0, text.size() - word.size());
    if (characters(front) > 8) return SumWord::none;
    if (word == "小计") return SumWord::part;
    const bool whole = front.empty() || front == "总" ||
                       starts_any(front, {"全市", "全县", "全区", "全省", "全部", "项目", "投资", "资金"});
    return whole ? SumWord::whole : SumWord::part;
  }
  return SumWord::none;
}

bool is_footer(std::string_view printed) {
  if (printed.empty()) return false;
  const auto text = compact(printed.substr(0, 120));
  if (starts_any(text,
                 {"注:",      "备注:",    "说明:",     "注1",      "填表说明",   "填报说明",  "编制说明",
                  "填表人",   "填报人",   "制表",      "审核人",   "审核:",      "复核",      "填报单位",
                  "报送单位", "填报日期", "填表日期",  "报送日期", "单位负责人", "分管领导",  "数据来源",
                  "打印日期", "联系人:",  "联系电话:", "负责人:",  "(盖章)",     "单位(盖章)"}))
    return true;
  return text.starts_with("第") && text.ends_with("页") && text.size() <= 40;
}

bool is_stage_section(std::string_view text) {
  if (const auto open = text.find('('); open != text.npos && open > 0) text = text.substr(0, open);
  for (const std::string_view tail : {"清单", "名单"})
    if (text.ends_with(tail)) text.remove_suffix(tail.size());
  for (const std::string_view tail :
       {"重点建设项目", "建设项目", "重点项目", "类项目", "项目", "工程", "类"}) {
    if (!text.ends_with(tail) || text.size() == tail.size()) continue;
    text.remove_suffix(tail.size());
    break;
  }
  return is_one_of(text,
                   {"在建", "续建",     "新开工", "计划新开工", "拟新开工", "新建", "预备",     "储备",
                    "前期", "前期预备", "谋划",   "策划",       "投产",     "竣工", "计划竣工", "建成投产",
                    "签约", "落地",     "已开工", "未开工",     "推介",     "备选"});
}

bool is_place_section(std::string_view text) {
  if (const auto open = text.find('('); open != text.npos && open > 0) text = text.substr(0, open);
  const auto length = characters(text);
  if (length < 2 || length > 10) return false;
  if (has_any(text, {"工程", "项目", "建设", "改造", "示范"})) return false;
  return ends_any(text, {"县", "区", "市", "镇", "乡", "街道", "片区", "开发区", "高新区"});
}

// 交通（5个）, 能源类 12项
bool ends_in_count(std::string_view text) {
  if (text.ends_with(")")) {
    const auto open = text.rfind('(');
    if (open == text.npos) return false;
    text = text.substr(open + 1, text.size() - open - 2);
    if (text.starts_with("共")) text.remove_prefix(3);
  }
  std::string_view before = text;
  for (const std::string_view tail : {"个项目", "项目", "个", "项"}) {
    if (!before.ends_with(tail)) continue;
    before.remove_suffix(tail.size());
    return !before.empty() && is_digit(before.back());
  }
  return false;
}

bool is_fill_column(std::string_view column) {
  return is_one_of(column,
                   {"name", "owner", "owner_type", "owner_id", "region", "city", "town", "village", "address",
                    "area", "category", "industry", "nature", "dept", "level", "batch", "project_id"});
}
// Columns whose blanks stand for the value above even where nothing is merged.
bool is_block_column(std::string_view column) {
  return is_one_of(column, {"region", "city", "town", "area", "category", "industry", "dept"});
}
bool is_amount_like(std::string_view value_type) {
  return is_one_of(value_type, {"money", "tenor", "rate", "area_land", "area_floor"});
}
// Columns that a table of quotas or contacts does not have.
bool is_substance(const HeaderMatch& match) {
  return is_one_of(match.value_type, {"money", "tenor", "rate", "period", "area_land", "area_floor"}) ||
         is_one_of(match.column, {"content", "industry", "security", "use", "stage", "finance_type", "bank",
                                  "category", "nature"});
}

struct JoinedColumn {
  std::vector<HeaderText> parts;  // parent first
  std::string header;
  HeaderMatch match;
  std::string unit_note;
  int year = 0;
  bool is_up_to_year = false;
  bool is_below_parent = false;
};

class Analyser {
 public:
  Analyser(const Sheet& sheet, const HeaderWords& words, std::string_view file)
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

  SheetLayout run() {
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

  // ---- header ----

  struct Header {
    std::size_t first = 0, count = 0;
    std::vector<JoinedColumn> columns;
    int points = 0;
  };

  bool is_header_like(std::size_t row) const {
    for (const auto c : used(row))
      if (text(row, c).size() > kLongestHeader || is_header_number(text(row, c))) return false;
    return true;
  }

  std::size_t exact_matches(std::size_t row) const {
    std::set<std::string_view> columns;
    for (const auto c : used(row)) {
      if (text(row, c).size() > kLongestHeader) continue;
      const auto match = words_.match(read_header_text(text(row, c)));
      if (match.is_exact) columns.insert(match.column);
    }
    return columns.size();
  }

  // Merged ranges that touch rows [first, last], as (row index, column) -> anchor column and row.
  std::map<std::pair<std::size_t, std::size_t>, std::pair<std::size_t, std::size_t>> anchors(
      std::size_t first, std::size_t last) const {
    std::map<std::pair<std::size_t, std::size_t>, std::pair<std::size_t, std::size_t>> found;
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
        for (std::size_t c = range.first_column - 1; c < std::min<std::size_t>(range.last_column, width_);
             ++c)
          found[{r, c}] = {anchor_row, range.first_column - 1U};
    }
    return found;
  }

  // Does `row` go on with the header that starts at `first`?
  bool is_child_row(std::size_t first, std::size_t row) const {
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

  JoinedColumn join(std::size_t first, std::size_t count, std::size_t column,
                    const std::map<std::pair<std::size_t, std::size_t>, std::pair<std::size_t, std::size_t>>&
                        merged) const {
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

  void understand(JoinedColumn& joined) const {
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
  void settle_year(JoinedColumn& joined) const {
    if (joined.year == 0 || joined.is_up_to_year || joined.match.column != "total_investment") return;
    const auto yearly = words_.match(read_header_text("年度计划投资"));
    if (yearly.points > 0) joined.match = yearly;
  }

  Header header_at(std::size_t first) const {
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

  static bool is_project_header(const Header& header, std::size_t used_columns) {
    std::set<std::string_view> known;
    bool strong_name = false;
    bool identity = false;
    bool substance = false;
    for (const auto& column : header.columns) {
      if (column.match.points == 0) continue;
      known.insert(column.match.column);
      if (column.match.column == "name") {
        identity = true;
        strong_name =
            strong_name || (column.match.strength == HeaderStrength::strong && column.match.is_exact);
      }
      identity = identity || column.match.column == "owner";
      substance = substance || is_substance(column.match);
    }
    if (strong_name) return known.size() >= 2 || used_columns == 1;
    return identity && substance && known.size() >= 2 && header.points >= 40;
  }

  // A form for one project: names at the left, values at the right.
  bool is_form(const Header& header) const {
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

  void find_header() {
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

  // ---- rows above the header, or all rows without one ----

  static bool is_attachment(std::string_view printed) {
    const auto t = compact(printed.substr(0, 60));
    return starts_any(t, {"附件", "附表"}) && characters(t) <= 6;
  }

  bool take_unit_row(std::size_t row, const std::vector<std::size_t>& columns) {
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
  std::size_t worded_cells(std::size_t row, const std::vector<std::size_t>& columns) const {
    return static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [&](std::size_t c) {
      const auto cell = text(row, c);
      return !is_unit_text(cell) && find_unit_note(cell).empty() &&
             !is_one_of(compact(cell.substr(0, 40)), {"单位", "单位:", "金额单位", "金额单位:"});
    }));
  }

  void classify_front() {
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

  void report_no_header() {
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

  // ---- columns ----

  void choose_columns() {
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
          if (layout_.unit_note.empty() && text(r, c).size() <= 60 &&
              compact(text(r, c)).starts_with("单位:"))
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

  // ---- body ----

  bool repeats_header(std::size_t row, const std::vector<std::size_t>& columns) const {
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
  bool numbers_columns(std::size_t row, const std::vector<std::size_t>& columns) const {
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

  bool spans_columns(std::size_t row, std::size_t column) {
    if (sheet_.merged.empty()) return false;
    if (wide_.empty()) {
      for (const auto& range : sheet_.merged)
        if (range.last_column > range.first_column && range.first_column > 0)
          wide_.insert({range.first_row, range.first_column});
      wide_.insert({0, 0});
    }
    return wide_.count({sheet_.rows[row].number, static_cast<std::uint32_t>(column + 1)}) > 0;
  }

  // Ranks of sections: 1 to 4 are the number styles, 11 to 13 places from city to town. The lower opens the
  // wider.
  static constexpr int kStage = 20;
  static constexpr int kOther = 30;
  static int place_style(std::string_view label) {
    if (const auto open = label.find('('); open != label.npos && open > 0) label = label.substr(0, open);
    if (label.ends_with("市")) return 11;
    if (ends_any(label, {"片区", "开发区", "高新区", "园区", "镇", "乡", "街道"})) return 13;
    return 12;
  }

  // Which section style the row opens, and its words; no value when it opens none.
  struct Section {
    int style;
    std::string label;
  };
  std::optional<Section> section(std::size_t row, const std::vector<std::size_t>& columns) {
    const auto first = columns.front();
    const auto label = text(row, first);
    if (label.size() > kLongestLabel) return std::nullopt;
    const auto key = compact(label);
    const auto number = detail::section_number(key);
    const auto body = std::string_view(key).substr(number.length);
    const auto style_of = [&](std::string_view t, int style) {
      return style != 0            ? style
             : is_place_section(t) ? place_style(t)
             : is_stage_section(t) ? kStage
                                   : kOther;
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

  bool has_arabic_row_numbers() {
    if (!arabic_) {
      arabic_ = false;
      for (std::size_t r = header_.first + header_.count; r < sheet_.rows.size() && !*arabic_; ++r) {
        const auto cell = text(r, *row_no_);
        arabic_ = !cell.empty() && is_digit(cell.front());
      }
    }
    return *arabic_;
  }

  void open_section(Section next) {
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

  SumWord sum_of(std::size_t row, const std::vector<std::size_t>& columns) const {
    for (const auto c : columns) {
      if (c > name_ && c != columns.front()) break;
      if (const auto word = sum_word(text(row, c)); word != SumWord::none) return word;
      if (c != columns.front() && is_numeric(text(row, c))) break;
    }
    return SumWord::none;
  }

  bool is_new_header(std::size_t row, const std::vector<std::size_t>& columns) const {
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

  void classify_body() {
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
        found.message =
            "第" + std::to_string(sheet_.rows[r].number) +
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
  bool in_merged_name(std::size_t row) {
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
  RowKind nameless(std::size_t row, const std::vector<std::size_t>& columns, bool numbered,
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

  // At most a first and a last row sum up the whole sheet: a 合计 inside a section or at the foot of a page
  // sums up that part, and so does the last one when it is the last section's turn.
  void settle_totals() {
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
  void settle_sections() {
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

  void fill_merged() {
    for (const auto& range : sheet_.merged) {
      if (range.last_row <= range.first_row || range.first_column == 0 || range.first_column > width_)
        continue;
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
  void fill_blocks() {
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

  bool looks_like_blocks(const ColumnLayout& column, std::vector<FilledCell>& fills) const {
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

  // ---- sums ----

  bool has_amounts(std::size_t row) const {
    for (const auto& column : layout_.columns)
      if (column.value_type == "money" && is_numeric(text(row, column.index))) return true;
    return false;
  }

  void collect_sums() {
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
  std::size_t group_end(std::size_t row) const {
    const auto& mine = layout_.rows[row].group;
    for (std::size_t r = row + 1; r < layout_.rows.size(); ++r)
      if (layout_.rows[r].kind == RowKind::group && !layout_.rows[r].group.starts_with(mine + " / "))
        return r;
    return layout_.rows.size();
  }
  std::size_t next_subtotal(std::size_t row) const {
    for (std::size_t r = row + 1; r < layout_.rows.size(); ++r)
      if (layout_.rows[r].kind == RowKind::group || layout_.rows[r].kind == RowKind::subtotal) return r;
    return layout_.rows.size();
  }

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

}  // namespace

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
  return Analyser(sheet, words, file).run();
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
