#include <huoshui/normalise/header.hpp>

#include <algorithm>
#include <array>
#include <huoshui/read/csv.hpp>
#include <optional>
#include <utility>

#include "core/detail/embed.hpp"
#include "normalise/detail/header_text.hpp"

namespace huoshui {

HUOSHUI_EMBED(header_table, "normalise/tables/headers.csv");

namespace detail {

std::size_t front_length(std::string_view text) {
  const auto c = static_cast<unsigned char>(text.front());
  const std::size_t length = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  return std::min(length, text.size());
}

std::string compact(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto length = front_length(text);
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    char32_t code = at(0);
    if (length == 2) code = (at(0) & 0x1FU) << 6U | (at(1) & 0x3FU);
    if (length == 3) code = (at(0) & 0x0FU) << 12U | (at(1) & 0x3FU) << 6U | (at(2) & 0x3FU);
    if (code >= 0xFF01 && code <= 0xFF5E) code -= 0xFEE0;
    if (code == 0x3010 || code == 0x3014 || code == '[' || code == '{') code = '(';
    if (code == 0x3011 || code == 0x3015 || code == ']' || code == '}') code = ')';
    if ((code >= 0x2010 && code <= 0x2015) || code == 0x2212) code = '-';
    const bool blank =
        code <= ' ' || code == 0x7F || code == 0xA0 || code == 0x3000 || code == 0x200B || code == 0xFEFF;
    if (!blank) {
      if (code < 0x80) {
        out.push_back(static_cast<char>(code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code));
      } else {
        out.append(text, 0, length);
      }
    }
    text.remove_prefix(length);
  }
  return out;
}

namespace {

constexpr std::array<std::string_view, 12> kChineseDigits = {"一", "二", "三", "四", "五", "六",
                                                             "七", "八", "九", "十", "百", "〇"};

std::size_t chinese_number_length(std::string_view text) {
  std::size_t length = 0;
  bool found = true;
  while (found) {
    found = false;
    for (const auto digit : kChineseDigits) {
      if (!text.substr(length).starts_with(digit)) continue;
      length += digit.size();
      found = true;
    }
  }
  return length;
}

std::size_t digits_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
  return length;
}

std::size_t mark_length(std::string_view text, std::initializer_list<std::string_view> marks) {
  for (const auto mark : marks)
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

}  // namespace

SectionNumber section_number(std::string_view text) {
  if (text.starts_with("(")) {
    const auto inner = text.substr(1);
    if (const auto n = chinese_number_length(inner); n > 0 && inner.substr(n).starts_with(")"))
      return {2, n + 2};
    if (const auto n = digits_length(inner); n > 0 && n <= 3 && inner.substr(n).starts_with(")"))
      return {4, n + 2};
    return {};
  }
  if (text.starts_with("第")) {
    const auto n = chinese_number_length(text.substr(3));
    const auto mark = n == 0 ? 0 : mark_length(text.substr(3 + n), {"部分", "类", "批", "、", ":"});
    return mark == 0 ? SectionNumber{} : SectionNumber{1, 3 + n + mark};
  }
  if (const auto n = chinese_number_length(text); n > 0) {
    const auto mark = mark_length(text.substr(n), {"、", ".", ",", ":"});
    return mark == 0 ? SectionNumber{} : SectionNumber{1, n + mark};
  }
  if (const auto n = digits_length(text); n > 0 && n <= 3) {
    const auto rest = text.substr(n);
    const auto mark = mark_length(rest, {"、", ".", ")"});
    // 1.5万吨 is a number, not a place in a row.
    if (mark == 0 || (rest.starts_with(".") && digits_length(rest.substr(1)) > 0)) return {};
    return {3, n + mark};
  }
  return {};
}

bool is_chinese_number(std::string_view text) {
  if (text.starts_with("(") && text.ends_with(")") && text.size() > 2) text = text.substr(1, text.size() - 2);
  if (text.ends_with("、")) text.remove_suffix(3);
  return !text.empty() && chinese_number_length(text) == text.size();
}

}  // namespace detail

namespace {

using detail::compact;

constexpr std::array<std::string_view, 58> kUnits = {
    "元",       "千元",       "万元",       "百万元",     "千万元",     "亿元",   "万",     "亿",
    "人民币元", "人民币万元", "人民币亿元", "万元人民币", "亿元人民币", "美元",   "万美元", "港元",
    "万港元",   "欧元",       "万欧元",     "亩",         "万亩",       "公顷",   "平方米", "万平方米",
    "㎡",       "m2",         "m²",         "平方公里",   "平米",       "万平米", "立方米", "年",
    "月",       "个月",       "天",         "日",         "%",          "‰",      "人",     "户",
    "个",       "项",         "头",         "只",         "株",         "棵",     "吨",     "万吨",
    "公里",     "千米",       "米",         "套",         "台",         "间",     "家",     "km",
    "mw",       "kw"};

bool is_one_unit(std::string_view text) {
  return std::find(kUnits.begin(), kUnits.end(), text) != kUnits.end();
}

// A unit, or several with 、 , / between them.
bool is_unit_list(std::string_view text) {
  if (text.empty()) return false;
  if (is_one_unit(text)) return true;
  while (true) {
    std::size_t cut = text.npos;
    std::size_t width = 0;
    for (const std::string_view mark : {"、", ",", "/", ";", "或"}) {
      const auto at = text.find(mark);
      if (at < cut) {
        cut = at;
        width = mark.size();
      }
    }
    if (!is_one_unit(text.substr(0, cut))) return false;
    if (cut == text.npos) return true;
    text.remove_prefix(cut + width);
  }
}

std::string_view without_unit_label(std::string_view text) {
  for (const std::string_view label : {"金额单位", "计量单位", "货币单位", "单位"}) {
    if (!text.starts_with(label)) continue;
    text.remove_prefix(label.size());
    for (const std::string_view mark : {":", "为", "是"})
      if (text.starts_with(mark)) text.remove_prefix(mark.size());
    break;
  }
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct YearSpot {
  std::size_t at = 0, length = 0;
  int year = 0;  // 0 for a span of years
  bool up_to = false;
};

// 2025年, 2025年度, 截至2025年底, 2025年1-6月, 2024-2026年.
std::optional<YearSpot> find_year(std::string_view text) {
  const auto is_year = [&](std::size_t at) {
    return at + 4 <= text.size() && text[at] == '2' && text[at + 1] == '0' && is_digit(text[at + 2]) &&
           is_digit(text[at + 3]);
  };
  for (std::size_t at = 0; at + 7 <= text.size(); ++at) {
    if (!is_year(at) || (at > 0 && is_digit(text[at - 1]))) continue;
    YearSpot spot;
    spot.year = (text[at] - '0') * 1000 + (text[at + 1] - '0') * 100 + (text[at + 2] - '0') * 10 +
                (text[at + 3] - '0');
    std::size_t end = at + 4;
    for (const std::string_view mark : {"年-", "-", "~", "至", "年至", "到"}) {
      if (!text.substr(end).starts_with(mark) || !is_year(end + mark.size())) continue;
      end += mark.size() + 4;
      spot.year = 0;
      break;
    }
    if (!text.substr(end).starts_with("年")) continue;
    end += 3;
    const auto take = [&](std::initializer_list<std::string_view> words) {
      for (const auto word : words) {
        if (!text.substr(end).starts_with(word)) continue;
        end += word.size();
        return true;
      }
      return false;
    };
    spot.up_to = take({"年底", "年末", "底", "末"});
    if (!spot.up_to) take({"度", "初", "内"});
    std::size_t month = end;
    while (month < text.size() && (is_digit(text[month]) || text[month] == '-')) ++month;
    if (month > end && text.substr(month).starts_with("月")) {
      end = month + 3;
      spot.up_to = take({"底", "末"}) || spot.up_to;
      if (!spot.up_to) take({"份"});
    }
    std::size_t begin = at;
    for (const std::string_view word : {"截至到", "截止到", "截至", "截止", "至", "到"}) {
      if (!text.substr(0, at).ends_with(word)) continue;
      begin = at - word.size();
      spot.up_to = true;
      break;
    }
    spot.at = begin;
    spot.length = end - begin;
    return spot;
  }
  return std::nullopt;
}

void erase_all(std::string& text, std::initializer_list<std::string_view> marks) {
  for (const auto mark : marks)
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at)) text.erase(at, mark.size());
}

// Units in brackets go out of the key; the last one named is the note.
void take_bracketed_units(std::string& key, HeaderText& header) {
  std::size_t open = key.find('(');
  while (open != key.npos) {
    const auto close = key.find(')', open);
    if (close == key.npos) break;
    const auto inner = without_unit_label(std::string_view(key).substr(open + 1, close - open - 1));
    const auto year = find_year(inner);
    if (is_unit_list(inner)) {
      header.unit_note = std::string(inner);
      key.erase(open, close - open + 1);
      open = key.find('(', open);
    } else if (year && year->length == inner.size()) {
      header.year = year->year;
      header.is_up_to_year = year->up_to;
      key.erase(open, close - open + 1);
      open = key.find('(', open);
    } else {
      open = key.find('(', close);
    }
  }
}

// 总投资万元, 总投资/元, 面积:亩.
void take_trailing_unit(std::string& key, HeaderText& header) {
  if (!header.unit_note.empty()) return;
  for (const std::string_view unit : {"万元", "亿元", "千元", "平方米", "公顷"}) {
    if (key.size() <= unit.size() || !key.ends_with(unit)) continue;
    header.unit_note = std::string(unit);
    key.resize(key.size() - unit.size());
    while (key.ends_with("/") || key.ends_with(":") || key.ends_with(",")) key.pop_back();
    return;
  }
  const auto mark = key.find_last_of("/:,");
  if (mark == key.npos || mark == 0 || !is_one_unit(std::string_view(key).substr(mark + 1))) return;
  header.unit_note = key.substr(mark + 1);
  key.resize(mark);
}

/// Column names of data files: total_investment_wan, tenor_text.
void take_english_unit(std::string& key, HeaderText& header) {
  constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {"_wan", "万元"}, {"_yi", "亿元"}, {"_yuan", "元"}, {"_months", "月"},
      {"_years", "年"}, {"_mu", "亩"},   {"_pct", "%"},   {"_text", ""},
  };
  for (const auto& [ending, unit] : kEndings) {
    if (key.size() <= ending.size() || !key.ends_with(ending)) continue;
    key.resize(key.size() - ending.size());
    if (header.unit_note.empty()) header.unit_note = unit;
    return;
  }
}

}  // namespace

HeaderText read_header_text(std::string_view printed) {
  HeaderText header;
  std::string key = compact(printed);
  for (const std::string_view lead : {"其中:", "其中"})
    if (key.size() > lead.size() && key.starts_with(lead)) key.erase(0, lead.size());
  if (const auto number = detail::section_number(key); number.style == 3 || number.style == 1)
    key.erase(0, number.length);
  take_bracketed_units(key, header);
  if (const auto year = find_year(key); year && year->at < key.find('(')) {
    header.year = year->year;
    header.is_up_to_year = year->up_to;
    key.erase(year->at, year->length);
  }
  if (is_unit_text(key)) {
    header.unit_note = std::string(without_unit_label(key));
    key.clear();
  }
  take_trailing_unit(key, header);
  take_english_unit(key, header);
  erase_all(key, {"-", "_", "*", "★", "“", "”", "\"", "'", "‘", "’"});
  while (key.ends_with(":") || key.ends_with(".") || key.ends_with("、") || key.ends_with(","))
    key.resize(key.size() - (key.ends_with("、") ? 3 : 1));
  header.key = std::move(key);
  header.bare_key = header.key;
  for (auto open = header.bare_key.find('('); open != std::string::npos; open = header.bare_key.find('(')) {
    const auto close = header.bare_key.find(')', open);
    header.bare_key.erase(open, close == std::string::npos ? close : close - open + 1);
  }
  return header;
}

bool is_unit_text(std::string_view text) {
  if (text.size() > 120) return false;
  const auto whole = compact(text);
  std::string_view inner = whole;
  if (inner.starts_with("(") && inner.ends_with(")") && inner.size() > 2)
    inner = inner.substr(1, inner.size() - 2);
  return is_unit_list(without_unit_label(inner));
}

std::string find_unit_note(std::string_view text) {
  constexpr std::string_view kLabel = "单位";
  constexpr std::size_t kLongest = 2048;  // a note, not an essay
  if (text.substr(0, kLongest).find("单") == text.npos) return {};
  // Blanks end a unit here, so they become a mark before they are lost.
  std::string marked;
  for (std::string_view rest = text.substr(0, kLongest); !rest.empty();) {
    const auto length = detail::front_length(rest);
    const auto piece = compact(rest.substr(0, length));
    if (!piece.empty()) {
      marked += piece;
    } else if (!marked.empty() && marked.back() != ' ' && !marked.ends_with("单") && !marked.ends_with(":")) {
      marked += ' ';
    }
    rest.remove_prefix(length);
  }
  for (auto at = marked.find(kLabel); at != std::string::npos; at = marked.find(kLabel, at + 1)) {
    std::string_view rest = std::string_view(marked).substr(at + kLabel.size());
    bool separated = false;
    while (rest.starts_with(" ")) rest.remove_prefix(1);
    for (const std::string_view mark : {":", "为", "是"}) {
      if (!rest.starts_with(mark)) continue;
      rest.remove_prefix(mark.size());
      separated = true;
    }
    std::size_t end = 0;
    while (end < rest.size()) {
      bool stop = false;
      for (const std::string_view mark : {" ", ")", "(", ";", "。", ".", "-"})
        stop = stop || rest.substr(end).starts_with(mark);
      if (stop) break;
      end += detail::front_length(rest.substr(end));
    }
    const auto unit = rest.substr(0, end);
    if (is_unit_list(unit) && (separated || unit == "万元" || unit == "亿元" || unit == "元"))
      return std::string(unit);
  }
  return {};
}

std::string_view without_row_number(std::string_view name) {
  // Numbers are ASCII, full-width or Chinese; compare in compact form, then cut the same count of characters.
  const auto front = name.substr(0, 24);
  const auto number = detail::section_number(compact(front));
  if (number.style == 0) return name;
  std::string taken;
  std::size_t at = 0;
  while (at < name.size() && taken.size() < number.length) {
    const auto length = detail::front_length(name.substr(at));
    taken += compact(name.substr(at, length));
    at += length;
  }
  auto rest = name.substr(at);
  while (!rest.empty()) {
    const auto length = detail::front_length(rest);
    if (!compact(rest.substr(0, length)).empty()) break;
    rest.remove_prefix(length);
  }
  return rest.empty() ? name : rest;
}

void HeaderWords::add(HeaderWord word) {
  const auto text = read_header_text(word.word);
  auto key = text.key.empty() ? compact(word.word) : text.key;
  if (!text.key.empty() && !text.unit_note.empty()) key += "(" + text.unit_note + ")";
  longest_ = std::max(longest_, key.size());
  const auto [found, is_new] = by_key_.try_emplace(std::move(key), words_.size());
  if (is_new) {
    words_.push_back(std::move(word));
  } else {
    words_[found->second] = std::move(word);
  }
}

HeaderMatch HeaderWords::match_key(std::string_view key) const {
  if (key.empty() || key.size() > longest_) return {};
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return {};
  const auto& word = words_[found->second];
  const bool strong = word.strength == HeaderStrength::strong;
  return {word.column, word.value_type, word.strength, true,
          (strong ? 40 : 20) + (word.confidence == HeaderConfidence::seen ? 2 : 0)};
}

HeaderMatch HeaderWords::match(const HeaderText& header) const {
  if (header.key.empty()) return {};
  if (header.year != 0 && !header.is_up_to_year) {
    for (const std::string_view prefix : {"年度", "年"}) {
      if (const auto match = match_key(std::string(prefix) + header.key); match.points > 0) return match;
      if (const auto match = match_key(std::string(prefix) + header.bare_key); match.points > 0) return match;
    }
  }
  if (!header.unit_note.empty()) {
    if (const auto match = match_key(header.key + "(" + header.unit_note + ")"); match.points > 0)
      return match;
  }
  if (const auto match = match_key(header.key); match.points > 0) return match;
  if (const auto match = match_key(header.bare_key); match.points > 0) return match;

  // Chinese compounds end in their head, so a known tail says what a longer header is …
  constexpr std::size_t kShortest = 9;
  constexpr std::size_t kLongest = 90;
  const std::string_view key = header.bare_key;
  if (key.size() < kShortest || key.size() > kLongest) return {};
  const auto fuzzy = [](HeaderMatch match) {
    match.is_exact = false;
    match.points = 10;
    return match;
  };
  constexpr std::array<std::string_view, 13> kTurns = {"已",   "未",   "是否", "上年", "去年", "不含", "累计",
                                                       "完成", "其他", "以前", "原",   "实际", "非"};
  for (std::size_t at = detail::front_length(key); key.size() - at >= kShortest && at <= key.size() / 2;
       at += detail::front_length(key.substr(at))) {
    const auto match = match_key(key.substr(at));
    if (match.points < 40) continue;
    const auto rest = key.substr(0, at);
    const bool turned =
        std::any_of(kTurns.begin(), kTurns.end(), [&](auto turn) { return rest.find(turn) != rest.npos; });
    return turned ? HeaderMatch{} : fuzzy(match);
  }
  // … and 及, 情况 and the like may follow a known word.
  for (std::size_t end = key.size(); end >= kShortest; --end) {
    if (end < key.size() && (static_cast<unsigned char>(key[end]) & 0xC0U) == 0x80U) continue;
    const auto rest = key.substr(end);
    for (const std::string_view joint : {"及", "和", "与", "、", "/", "情况", "说明", "或"}) {
      if (!rest.starts_with(joint)) continue;
      if (const auto match = match_key(key.substr(0, end)); match.points >= 40) return fuzzy(match);
    }
  }
  return {};
}

Loaded<HeaderWords> parse_header_words(std::string_view csv, std::string_view file, HeaderWords base) {
  Loaded<HeaderWords> loaded{std::move(base), {}};
  const auto table = parse_csv(csv, file, {.separator = ','});
  if (!table) {
    loaded.issues = table.errors();
    return loaded;
  }
  loaded.issues = table->issues;
  const auto& rows = table->sheets.front().rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& cells = rows[i].cells;
    if (cells.empty() || cells[0].text.starts_with("#") || (cells[0].text == "word")) continue;
    const auto text = [&](std::size_t at) { return at < cells.size() ? cells[at].text : std::string(); };
    const auto issue = [&](std::uint32_t column, std::string expected) {
      auto message = "表头词表第" + std::to_string(rows[i].number) + "行第" + std::to_string(column) +
                     "列应为" + expected + "；请改正后重读。";
      loaded.issues.push_back({IssueCode::unknown_word,
                               Severity::error,
                               {std::string(file), "", rows[i].number, column},
                               "",
                               text(column - 1),
                               std::move(expected),
                               std::move(message)});
    };
    HeaderWord word{text(0), text(1), text(2), HeaderStrength::strong, HeaderConfidence::usual};
    if (compact(word.word).empty()) {
      issue(1, "表头文字");
      continue;
    }
    const bool is_column =
        !word.column.empty() && std::all_of(word.column.begin(), word.column.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || c == '_' || is_digit(c);
        });
    if (!is_column) {
      issue(2, "字段名，如 total_investment");
      continue;
    }
    if (const auto strength = text(3); strength == "weak") {
      word.strength = HeaderStrength::weak;
    } else if (!strength.empty() && strength != "strong") {
      issue(4, "strong 或 weak");
      continue;
    }
    if (const auto confidence = text(4); confidence == "seen") {
      word.confidence = HeaderConfidence::seen;
    } else if (!confidence.empty() && confidence != "usual") {
      issue(5, "seen 或 usual");
      continue;
    }
    loaded.value.add(std::move(word));
  }
  return loaded;
}

HeaderWords bundled_header_words() { return parse_header_words(header_table(), "headers.csv").value; }

}  // namespace huoshui
