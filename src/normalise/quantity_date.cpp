#include <algorithm>
#include <array>
#include <normalise/detail/quantity.hpp>

namespace huoshui {
namespace detail {
namespace {

enum class Grain : std::uint8_t { day, part, month, quarter, half, year, plan };

/// A named stretch of days.
struct Period {
  std::int64_t from = 0;
  std::int64_t to = 0;
  Grain grain = Grain::day;
  std::size_t begin = 0;
  std::size_t end = 0;
  int year = 0;
  bool two_digit_year = false;
  bool lost_zero = false;  // 2025.1
  bool edge = false;       // 底, 末: its last day is meant
  bool no_such_day = false;
  bool approximate = false;
  bool span = false;  // 3-12月, 一至三季度
};

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

std::int64_t day_of(int year, unsigned month, unsigned day) {
  return day_number(Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}});
}
std::int64_t last_day_of(int year, unsigned month) {
  const std::chrono::year_month_day_last last{std::chrono::year{year},
                                              std::chrono::month_day_last{std::chrono::month{month}}};
  return day_number(Date{last});
}

struct Small {
  unsigned value = 0;
  std::size_t end = 0;
  std::size_t digits = 0;  // 0 when Chinese
};

/// A month or day number, one or two digits, Arabic or Chinese.
std::optional<Small> small_number(std::string_view text, std::size_t at) {
  if (digit_at(text, at)) {
    std::size_t end = at;
    while (digit_at(text, end)) ++end;
    if (end - at > 2) return std::nullopt;
    unsigned value = 0;
    for (std::size_t i = at; i < end; ++i) value = value * 10 + static_cast<unsigned>(text[i] - '0');
    return Small{value, end, end - at};
  }
  const std::optional<Number> number = scan_number(text, at, LatinUnits::none);
  if (!number || !number->chinese || number->fuzzy || number->invalid || number->value.scale != 0 ||
      number->value.mantissa > 99 || number->more || number->leading) {
    return std::nullopt;
  }
  return Small{static_cast<unsigned>(number->value.mantissa), number->end, 0};
}

struct YearRead {
  int value = 0;
  std::size_t end = 0;
  bool two_digits = false;
};

std::optional<YearRead> year_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  int value = 0;
  std::size_t digits = 0;
  if (digit_at(text, at)) {
    for (; digit_at(text, end) && digits < 9; ++end, ++digits) value = value * 10 + (text[end] - '0');
  } else {
    for (;;) {
      const Character c = character_at(text, end);
      const int digit = c.length == 0 ? -1 : chinese_digit(c.code);
      if (digit < 0 || digits >= 5) break;
      value = value * 10 + digit;
      ++digits;
      end += c.length;
    }
  }
  if (digits == 2 && stands_at(text, skip_spaces(text, end), "年")) return YearRead{2000 + value, end, true};
  if (digits != 4 || value < kFirstYear || value > kLastYear) return std::nullopt;
  return YearRead{value, end, false};
}

class Calendar {
 public:
  Calendar(std::string_view text, std::size_t at) : text_(text), at_(at) { p_.begin = at; }

  /// Read a period. `year` is that of the other end, for 2024年3月至12月, or 0.
  std::optional<Period> read(int year) {
    if (plan()) return finish();
    if (compact()) return finish();
    if (const std::optional<YearRead> found = year_at(text_, at_)) {
      p_.year = found->value;
      p_.two_digit_year = found->two_digits;
      at_ = skip_spaces(text_, found->end);
      whole_year();
      if (stands_at(text_, at_, "年")) {
        at_ += 3;
        if (stands_at(text_, at_, "度")) at_ += 3;
        const std::size_t next = skip_spaces(text_, at_);
        if (!inside_year(next)) edge_of_year();
        return finish();
      }
      if (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == '-' || text_[at_] == '/')) {
        separated(text_[at_]);
        return finish();
      }
      if (!inside_year(at_)) at_ = found->end;
      return finish();
    }
    if (year == 0) return std::nullopt;
    p_.year = year;
    if (!inside_year(at_)) return std::nullopt;
    return finish();
  }

 private:
  std::optional<Period> finish() {
    p_.end = at_;
    return p_;
  }

  void set(std::int64_t from, std::int64_t to, Grain grain) {
    p_.from = from;
    p_.to = to;
    p_.grain = grain;
  }
  void whole_year() { set(day_of(p_.year, 1, 1), day_of(p_.year, 12, 31), Grain::year); }

  bool eat(std::string_view word) {
    if (!stands_at(text_, at_, word)) return false;
    at_ += word.size();
    return true;
  }

  bool plan() {
    const std::size_t start = at_;
    for (const std::string_view quote : {"“", "\"", "「"}) {
      if (eat(quote)) break;
    }
    struct Plan {
      std::string_view word;
      int first;
    };
    for (const Plan& plan : {Plan{"十三五", 2016}, Plan{"十四五", 2021}, Plan{"十五五", 2026}}) {
      if (!eat(plan.word)) continue;
      for (const std::string_view quote : {"”", "\"", "」"}) {
        if (eat(quote)) break;
      }
      p_.year = plan.first;
      set(day_of(plan.first, 1, 1), day_of(plan.first + 4, 12, 31), Grain::plan);
      if (eat("末")) {
        p_.from = p_.to;
        p_.edge = true;
      } else if (eat("初")) {
        p_.to = day_of(plan.first, 12, 31);
        p_.approximate = true;
      } else if (!eat("期间") && !eat("时期")) {
        (void)eat("规划期");
      }
      return true;
    }
    at_ = start;
    return false;
  }

  /// 20250601 and 202506
  bool compact() {
    std::size_t end = at_;
    while (digit_at(text_, end)) ++end;
    const std::size_t digits = end - at_;
    if (digits != 8 && digits != 6) return false;
    int value = 0;
    for (std::size_t i = at_; i < end; ++i) value = value * 10 + (text_[i] - '0');
    const int year = digits == 8 ? value / 10'000 : value / 100;
    const auto month = static_cast<unsigned>(digits == 8 ? value / 100 % 100 : value % 100);
    const auto day = static_cast<unsigned>(value % 100);
    if (year < kFirstYear || year > kLastYear || month < 1 || month > 12) return false;
    p_.year = year;
    at_ = end;
    if (digits == 8) {
      set_day(month, day);
    } else {
      set(day_of(year, month, 1), last_day_of(year, month), Grain::month);
    }
    return true;
  }

  void set_day(unsigned month, unsigned day) {
    const Date date{std::chrono::year{p_.year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) {
      p_.no_such_day = true;
      return;
    }
    set(day_number(date), day_number(date), Grain::day);
    clock_time();
  }

  /// Drop 00:00:00 behind a day.
  void clock_time() {
    std::size_t at = at_;
    if (at < text_.size() && (text_[at] == 'T' || text_[at] == ' ')) at = skip_spaces(text_, at + 1);
    std::size_t end = at;
    int colons = 0;
    while (end < text_.size() && (is_digit(text_[end]) || text_[end] == ':' || text_[end] == '.')) {
      colons += text_[end] == ':';
      ++end;
    }
    if (colons == 0) return;
    if (end < text_.size() && text_[end] == 'Z') ++end;
    at_ = end;
  }

  /// Behind the year in 2025.6.1, 2025-06, 2025/6.
  void separated(char mark) {
    const std::size_t start = at_;
    const std::optional<Small> month = small_number(text_, at_ + 1);
    const bool fits = month && month->digits != 0 && month->value >= 1 && month->value <= 12;
    if (!fits) {
      p_.no_such_day = mark == '.' && digit_at(text_, at_ + 1);
      return;
    }
    at_ = month->end;
    set(day_of(p_.year, month->value, 1), last_day_of(p_.year, month->value), Grain::month);
    p_.lost_zero = mark == '.' && month->digits == 1 && month->value == 1;
    if (stands_at(text_, at_, "月")) {
      p_.lost_zero = false;
      at_ = start + 1;
      (void)inside_year(at_);
      return;
    }
    if (at_ < text_.size() && text_[at_] == mark && digit_at(text_, at_ + 1)) {
      const std::optional<Small> day = small_number(text_, at_ + 1);
      // 2024-03-2026-12: four digits are the next year, not a day.
      if (!day) return;
      at_ = day->end;
      if (stands_at(text_, at_, "日")) at_ += 3;
      p_.lost_zero = false;
      set_day(month->value, day->value);
    }
  }

  /// Months, quarters and halves behind a known year.
  bool inside_year(std::size_t at) {
    const int year = p_.year;
    if (stands_at(text_, at, "上半年") || stands_at(text_, at, "下半年")) {
      const bool first = stands_at(text_, at, "上半年");
      set(day_of(year, first ? 1 : 7, 1), first ? day_of(year, 6, 30) : day_of(year, 12, 31), Grain::half);
      at_ = at + 9;
      return edge_of_period();
    }
    if (at < text_.size() && (text_[at] == 'Q' || text_[at] == 'q') && digit_at(text_, at + 1) &&
        !digit_at(text_, at + 2)) {
      const auto quarter = static_cast<unsigned>(text_[at + 1] - '0');
      if (quarter < 1 || quarter > 4) return false;
      at_ = at + 2;
      return set_quarters(quarter, quarter);
    }
    const bool ordinal = stands_at(text_, at, "第");
    const std::optional<Small> first = small_number(text_, ordinal ? at + 3 : at);
    if (!first) return false;
    std::size_t end = skip_spaces(text_, first->end);
    std::optional<Small> last = first;
    if (const std::size_t length = connector_at(text_, end); length != 0) {
      last = small_number(text_, skip_spaces(text_, end + length));
      if (!last) return false;
      end = skip_spaces(text_, last->end);
    }
    if (stands_at(text_, end, "季度") || stands_at(text_, end, "季")) {
      if (first->value < 1 || last->value > 4 || first->value > last->value) return false;
      at_ = end + (stands_at(text_, end, "季度") ? 6 : 3);
      return set_quarters(first->value, last->value);
    }
    if (ordinal || !stands_at(text_, end, "月")) return false;
    at_ = end + 3;
    if (stands_at(text_, at_, "份")) at_ += 3;
    if (first->value < 1 || last->value < 1 || first->value > 12 || last->value > 12 ||
        first->value > last->value) {
      p_.no_such_day = true;
      return true;
    }
    set(day_of(year, first->value, 1), last_day_of(year, last->value), Grain::month);
    if (first->end != last->end) {
      p_.span = true;
      return true;
    }
    return inside_month(first->value);
  }

  bool set_quarters(unsigned first, unsigned last) {
    p_.span = first != last;
    set(day_of(p_.year, first * 3 - 2, 1), last_day_of(p_.year, last * 3), Grain::quarter);
    return edge_of_period();
  }

  bool edge_of_period() {
    if (eat("末") || eat("底")) {
      p_.from = p_.to;
      p_.edge = true;
    } else if (eat("初")) {
      p_.approximate = true;
    }
    return true;
  }

  bool inside_month(unsigned month) {
    const std::size_t next = skip_spaces(text_, at_);
    if (const std::optional<Small> day = small_number(text_, next)) {
      const bool marked = stands_at(text_, day->end, "日") || stands_at(text_, day->end, "号");
      if (marked || (day->digits != 0 && day->end == text_.size())) {
        at_ = day->end + (marked ? 3 : 0);
        set_day(month, day->value);
        return true;
      }
    }
    const int year = p_.year;
    if (eat("上旬")) {
      set(day_of(year, month, 1), day_of(year, month, 10), Grain::part);
    } else if (eat("中旬")) {
      set(day_of(year, month, 11), day_of(year, month, 20), Grain::part);
    } else if (eat("下旬")) {
      set(day_of(year, month, 21), last_day_of(year, month), Grain::part);
    } else if (eat("初")) {
      set(day_of(year, month, 1), day_of(year, month, 10), Grain::part);
      p_.approximate = true;
    } else if (eat("底") || eat("末")) {
      set(last_day_of(year, month), last_day_of(year, month), Grain::day);
      p_.edge = true;
    } else if (stands_at(text_, at_, "中") && !stands_at(text_, at_, "中标")) {
      at_ += 3;
      set(day_of(year, month, 11), day_of(year, month, 20), Grain::part);
      p_.approximate = true;
    }
    return true;
  }

  void edge_of_year() {
    const int year = p_.year;
    if (eat("底") || eat("末")) {
      set(day_of(year, 12, 31), day_of(year, 12, 31), Grain::day);
      p_.edge = true;
    } else if (eat("初")) {
      set(day_of(year, 1, 1), day_of(year, 3, 31), Grain::part);
      p_.approximate = true;
    } else if (eat("中")) {
      set(day_of(year, 6, 30), day_of(year, 6, 30), Grain::day);
      p_.approximate = true;
    } else if (eat("内")) {
      p_.edge = true;
    }
  }

  std::string_view text_;
  std::size_t at_;
  Period p_;
};

std::string_view word_of(Grain grain) {
  switch (grain) {
    case Grain::day:
      return "日";
    case Grain::part:
      return "旬";
    case Grain::month:
      return "月";
    case Grain::quarter:
      return "季";
    case Grain::half:
      return "半年";
    case Grain::year:
      return "年";
    case Grain::plan:
      return "五年规划";
  }
  return "";
}

bool speaks_of_stage(std::string_view text) {
  return contains_any(text,
                      {"已开工", "未开工", "已完工", "在建", "前期", "待定", "拟近期", "近期", "谋划", "储备",
                       "规划",   "签约",   "动工",   "开工", "续建", "投产", "竣工",   "完工", "建成", "获批",
                       "审批",   "通车",   "落地",   "复工", "立项", "可研", "停工",   "招标", "备案"});
}

bool speaks_of_start(std::string_view words) {
  return contains_any(words, {"开工", "动工", "启动", "开始", "起始", "自", "从", "起"});
}
bool speaks_of_end(std::string_view words) {
  return contains_any(words, {"竣工", "完工", "建成", "投产", "完成", "结束", "通车", "至", "止", "到期"});
}

/// One period or span together with the words on both sides.
struct Dated {
  Period first;
  std::optional<Period> second;
  bool open_end = false;
  bool broken = false;
  std::string_view before;
  std::string_view behind;
};

std::optional<std::int64_t> excel_day(std::string_view text) {
  std::size_t end = 0;
  std::int64_t serial = 0;
  for (; digit_at(text, end) && end < 6; ++end) serial = serial * 10 + (text[end] - '0');
  if (end != 5) return std::nullopt;
  if (end < text.size()) {
    if (text[end] != '.') return std::nullopt;
    if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(end) + 1, text.end(), is_digit))
      return std::nullopt;
  }
  // Below 1954 and above 2119 a five-digit number is more likely something else.
  if (serial < 20'000 || serial > 80'000) return std::nullopt;
  return serial - 25'569;  // 25569 is 1970-01-01 in the 1900 system
}

bool may_begin(std::string_view text, std::size_t at) {
  const Character c = character_at(text, at);
  if (c.code < 0x80) {
    if (c.code == '"') return true;
    return is_digit(static_cast<char>(c.code)) &&
           (at == 0 || !(digit_at(text, at - 1) || letter_at(text, at - 1)));
  }
  return chinese_digit(c.code) >= 0 || c.code == U'十' || c.code == U'“' || c.code == U'「';
}

std::vector<Dated> scan_dates(std::string_view text) {
  std::vector<Dated> found;
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::optional<Period> period;
    if (may_begin(text, at)) period = Calendar(text, at).read(0);
    if (!period) {
      if (digit_at(text, at)) {
        while (digit_at(text, at)) ++at;
      } else {
        at += character_at(text, at).length;
      }
      continue;
    }
    Dated dated;
    dated.first = *period;
    dated.before = text.substr(words, at - words);
    at = period->end;
    std::size_t next = skip_spaces(text, at);
    if (stands_at(text, next, "起至")) next += 3;
    if (stands_at(text, next, "今") && found.empty()) dated.broken = true;
    if (const std::size_t length = connector_at(text, next); length != 0) {
      const std::size_t after = skip_spaces(text, next + length);
      if (stands_at(text, after, "今")) {
        dated.open_end = true;
        at = after + 3;
      } else if (std::optional<Period> second = Calendar(text, after).read(period->year)) {
        dated.second = second;
        at = second->end;
      } else if (digit_at(text, after)) {
        dated.broken = true;  // 2024-26, 2024.3-12
        at = after;
      }
    }
    words = at;
    found.push_back(dated);
    if (found.size() > 8) break;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Period& last = found[i].second ? *found[i].second : found[i].first;
    const std::size_t end = i + 1 < found.size() ? found[i + 1].first.begin : text.size();
    found[i].behind = trim(text.substr(last.end, end - last.end));
    if (found[i].open_end) found[i].behind = {};
  }
  return found;
}

/// 6/1/2025 and 2025-6-1-3: more numbers than we can place.
bool touches_number(const Dated& dated) {
  const std::string_view before = trim(dated.before);
  const auto is_part = [](char c) { return is_digit(c) || c == '/' || c == '-' || c == '.'; };
  const bool left =
      before.size() > 1 && is_part(before.back()) && std::any_of(before.begin(), before.end(), is_digit);
  const bool right = !dated.behind.empty() && is_part(dated.behind.front()) &&
                     std::any_of(dated.behind.begin(), dated.behind.end(), is_digit);
  return left || right;
}

void note(Quantity& quantity, const Period& period) {
  if (period.two_digit_year) raise(quantity, quantity_flag::two_digit_year);
  quantity.approximate = quantity.approximate || period.approximate;
}

/// 2025.1 in a cell of numbers may be 2025.10 cut short.
bool zero_lost(Quantity& quantity, const Period& period, std::string_view format) {
  if (!period.lost_zero || format == "@") return false;
  quantity.parts.push_back(
      {std::to_string(period.year) + "年1月", {day_of(period.year, 1, 1), last_day_of(period.year, 1)}});
  quantity.parts.push_back(
      {std::to_string(period.year) + "年10月", {day_of(period.year, 10, 1), last_day_of(period.year, 10)}});
  refuse(quantity, quantity_flag::lost_zero);
  return true;
}

void read_one(Quantity& quantity, const Dated& dated, const QuantityContext& context) {
  Period first = dated.first;
  note(quantity, first);
  quantity.unit_from = "cell";
  quantity.unit.assign(word_of(first.grain));
  if (dated.broken || touches_number(dated)) return refuse(quantity, quantity_flag::unreadable);
  if (first.no_such_day || (dated.second && dated.second->no_such_day)) {
    return refuse(quantity, quantity_flag::no_such_day);
  }
  if (contains_any(dated.before, {"预计", "计划", "拟", "约", "力争"})) quantity.approximate = true;
  if (dated.second) {
    note(quantity, *dated.second);
    if (first.from > dated.second->to) return refuse(quantity, quantity_flag::range_reversed);
    quantity.range = {first.from, dated.second->to};
    quantity.has_value = true;
    raise(quantity, quantity_flag::date_span);
    if (first.grain != dated.second->grain) quantity.unit = "日";
    return;
  }
  if (first.span) {
    quantity.range = {first.from, first.to};
    quantity.has_value = true;
    return raise(quantity, quantity_flag::date_span);
  }
  if (dated.open_end) {
    quantity.range = Interval::at_least(first.from);
    quantity.has_value = true;
    return raise(quantity, quantity_flag::open_end);
  }
  if (context.number_format.find("0.00") != std::string_view::npos && first.lost_zero) {
    first.from = day_of(first.year, 10, 1);
    first.to = last_day_of(first.year, 10);
    first.lost_zero = false;
  }
  if (dated.behind.empty() && trim(dated.before).empty() && zero_lost(quantity, first, context.number_format))
    return;
  quantity.has_value = true;
  const std::string_view behind = dated.behind;
  const auto follows = [&](std::string_view word) { return behind.substr(0, word.size()) == word; };
  if (follows("以前") || follows("之前") || follows("前") || follows("止")) {
    if (!follows("前后") && !follows("前期")) {
      quantity.range = Interval::at_most(first.to);
      raise(quantity, quantity_flag::open_end);
      // 6月底前 and 30日前 are clear; whether 6月前 still holds June is not.
      if (!follows("止") && !first.edge && first.grain != Grain::day) quantity.ambiguous = true;
      return;
    }
    quantity.approximate = quantity.approximate || follows("前后");
  }
  if (follows("起") || follows("以来") || follows("开始")) {
    quantity.range = Interval::at_least(first.from);
    return raise(quantity, quantity_flag::open_end);
  }
  if (follows("以后") || follows("之后") || follows("后")) {
    quantity.range = Interval::at_least(first.from);
    quantity.ambiguous = first.grain != Grain::day;
    return raise(quantity, quantity_flag::open_end);
  }
  const std::string_view before = trim(dated.before);
  const bool until = before == "至" || before == "到" || before == "止于";
  if ((until && context.role != QuantityContext::Role::end) ||
      contains_any(before, {"不晚于", "最迟", "至迟", "截至", "截止"})) {
    quantity.range = Interval::at_most(first.to);
    return raise(quantity, quantity_flag::open_end);
  }
  if (follows("左右")) quantity.approximate = true;
  switch (context.role) {
    case QuantityContext::Role::start:
      quantity.range = Interval::exactly(first.from);
      break;
    case QuantityContext::Role::end:
      quantity.range = Interval::exactly(first.to);
      break;
    default:
      quantity.range = {first.from, first.to};
      break;
  }
}

void read_several(Quantity& quantity, const std::vector<Dated>& dates, const QuantityContext& context) {
  for (const Dated& dated : dates) {
    const Period& last = dated.second ? *dated.second : dated.first;
    if (dated.broken || dated.first.no_such_day || last.no_such_day) continue;
    std::string_view label = trim(dated.behind.empty() ? dated.before : dated.behind);
    while (!label.empty() && (label.back() == ',' || label.back() == ';')) label.remove_suffix(1);
    quantity.parts.push_back(
        {std::string(trim(label)), {dated.first.from, std::max(dated.first.from, last.to)}});
  }
  if (dates.size() == 2 && !dates[0].second && !dates[1].second && !dates[0].broken && !dates[1].broken &&
      !dates[0].first.no_such_day && !dates[1].first.no_such_day) {
    const std::string_view words0 = dates[0].behind.empty() ? dates[0].before : dates[0].behind;
    const std::string_view words1 = dates[1].behind.empty() ? dates[1].before : dates[1].behind;
    if (speaks_of_start(words0) && speaks_of_end(words1) && dates[0].first.from <= dates[1].first.to) {
      quantity.has_value = true;
      quantity.unit = "日";
      quantity.unit_from = "cell";
      raise(quantity, quantity_flag::composition);
      raise(quantity, quantity_flag::date_span);
      if (context.role == QuantityContext::Role::start) {
        quantity.range = Interval::exactly(dates[0].first.from);
      } else if (context.role == QuantityContext::Role::end) {
        quantity.range = Interval::exactly(dates[1].first.to);
      } else {
        quantity.range = {dates[0].first.from, dates[1].first.to};
      }
      return;
    }
  }
  refuse(quantity, quantity_flag::multiple_values);
}

}  // namespace
}  // namespace detail

Quantity parse_date_text(std::string_view text, const QuantityContext& context) {
  using namespace detail;
  Quantity quantity = begin_quantity(QuantityKind::date, text);
  if (quantity.has_flag(quantity_flag::too_long)) return quantity;
  const std::string folded = fold(text);
  if (folded == "待定") raise(quantity, quantity_flag::stage_word);
  if (settle_wordless(quantity, folded)) return quantity;
  if (const std::optional<std::int64_t> day = excel_day(folded)) {
    quantity.range = Interval::exactly(*day);
    quantity.has_value = true;
    quantity.unit = "日";
    quantity.unit_from = "cell";
    raise(quantity, quantity_flag::excel_serial);
    return quantity;
  }
  const std::vector<Dated> dates = scan_dates(folded);
  if (dates.empty()) {
    if (speaks_of_stage(folded)) {
      refuse(quantity, quantity_flag::stage_word);
    } else if (contains_any(folded, {"今年", "明年", "去年", "后年", "本年", "季度", "上半年", "下半年",
                                     "年底", "月"})) {
      refuse(quantity, quantity_flag::year_unknown);
    } else {
      refuse(quantity, quantity_flag::unreadable);
    }
    return quantity;
  }
  if (dates.size() > 1) {
    read_several(quantity, dates, context);
  } else {
    read_one(quantity, dates.front(), context);
    const bool words = !trim(dates.front().before).empty() || !dates.front().behind.empty();
    if (quantity.has_value && words) raise(quantity, quantity_flag::remark);
  }
  return quantity;
}

}  // namespace huoshui
