// What the words of one cell say by themselves: a number, a sum, a section, a footer.
#include <algorithm>

#include "normalise/detail/layout.hpp"

namespace huoshui::detail::layout {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shorten(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t n = 0; at < text.size() && n < most; ++n) at += detail::front_length(text.substr(at));
  return at >= text.size() ? std::string(text) : std::string(text.substr(0, at)) + "…";
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && c != '\r') out.push_back(c);
  return out;
}

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

bool is_row_number(std::string_view printed) {
  if (printed.empty() || printed.size() > 24) return false;
  const auto text = compact(printed);
  return std::any_of(text.begin(), text.end(), is_digit) && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') ||
                  std::string_view(".-()").find(c) != std::string_view::npos;
         });
}

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

bool is_header_number(std::string_view printed) {
  return is_numeric(printed) && read_header_text(printed).year == 0;
}

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

}  // namespace huoshui::detail::layout
