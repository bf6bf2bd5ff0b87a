#include <algorithm>
#include <array>
#include <normalise/detail/quantity.hpp>

namespace huoshui {
namespace detail {
namespace {

// Days carry factor 0; they are turned into months at the end, since 30 days are a month for matching only.
constexpr auto kUnits = std::to_array<UnitWord>({
    {"个月期", 1}, {"个月", 1},  {"月期", 1},     {"月", 1},      {"个季度", 3}, {"季度", 3},   {"个季", 3},
    {"季", 3},     {"周年", 12}, {"年期", 12},    {"个年度", 12}, {"年度", 12},  {"整年", 12},  {"年", 12},
    {"天期", 0},   {"天", 0},    {"个工作日", 0}, {"日历天", 0},  {"日", 0},     {"个星期", 0}, {"星期", 0},
    {"个周", 0},   {"周", 0},    {"years", 12},   {"year", 12},   {"months", 1}, {"month", 1},  {"days", 0},
    {"day", 0},    {"Y", 12},    {"y", 12},       {"M", 1},       {"m", 1},      {"D", 0},      {"d", 0},
});

bool counts_weeks(std::string_view unit) {
  return contains_any(unit, {"周", "星期"}) && !contains(unit, "年");
}

class TenorGrammar final : public Grammar {
 public:
  std::optional<Value> value_at(std::string_view text, std::size_t at, std::size_t /*clause*/) override {
    Value value;
    if (stands_at(text, at, "半")) return half_at(text, at);
    const std::optional<Number> number = scan_number(text, at, LatinUnits::none);
    if (!number) return std::nullopt;
    value.number = *number;
    value.end = number->end;
    std::size_t next = skip_spaces(text, number->end);
    if (stands_at(text, next, "个半")) return one_and_half(text, next, value);
    const UnitWord* unit = bracketed(text, next);
    if (unit != nullptr) {
      value.end = next + unit->word.size() + 2;
    } else {
      unit = unit_at(text, next, kUnits);
      if (unit == nullptr) {
        if (number->big || !may_follow(text, next)) return std::nullopt;
        return value;  // bare: the header must say
      }
      value.end = next + unit->word.size();
    }
    value.has_unit = true;
    value.named = true;
    value.unit = unit->word;
    value.factor = unit->factor;
    if (unit->factor == 0) return in_days(value);
    if (unit->factor == 12) {
      const bool like_a_year = number->plain && number->value.scale == 0 && number->value.mantissa >= 1900;
      if (like_a_year) {
        value.flag = quantity_flag::is_date;
        value.worthless = true;
        return value;
      }
      further_months(text, value);
    } else if (unit->factor == 1) {
      if (stands_at(text, value.end, "零") || digit_at(text, value.end)) further_days(text, value);
    }
    return value;
  }

 private:
  static std::optional<Value> half_at(std::string_view text, std::size_t at) {
    const std::size_t next = at + 3;
    Value value;
    value.has_unit = true;
    value.named = true;
    value.number.plain = true;
    if (stands_at(text, next, "年")) {
      value.number.value = {6, 0};
      value.factor = 1;
      value.unit = "年";
      value.end = next + 3;
      if (stands_at(text, value.end, "期")) value.end += 3;
      return value;
    }
    if (stands_at(text, next, "个月")) {
      value.number.value = {15, 0};
      value.factor = 0;
      value.unit = "天";
      value.end = next + 6;
      return in_days(value);
    }
    return std::nullopt;
  }

  static std::optional<Value> one_and_half(std::string_view text, std::size_t at, Value value) {
    if (!stands_at(text, at + 6, "月")) return std::nullopt;  // 一个半月
    value.has_unit = true;
    value.named = true;
    value.unit = "天";
    if (!multiply(value.number.value, 30) || !add(value.number.value, Decimal{15, 0}))
      value.number.overflow = true;
    value.factor = 0;
    value.end = at + 9;
    return in_days(value);
  }

  static const UnitWord* bracketed(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != '(') return nullptr;
    const UnitWord* unit = unit_at(text, at + 1, kUnits);
    if (unit == nullptr) return nullptr;
    const std::size_t close = at + 1 + unit->word.size();
    return close < text.size() && text[close] == ')' ? unit : nullptr;
  }

  /// 年 may be followed by 半, or by 零3个月.
  static void further_months(std::string_view text, Value& value) {
    if (stands_at(text, value.end, "半")) {
      value.extra = {6, 0};
      value.end += 3;
      if (stands_at(text, value.end, "期")) value.end += 3;
      return;
    }
    std::size_t at = skip_spaces(text, value.end);
    for (const std::string_view word : {"零", "又", "加", "另"}) {
      if (stands_at(text, at, word)) {
        at += word.size();
        break;
      }
    }
    const std::optional<Number> more = scan_number(text, at, LatinUnits::none);
    if (!more || more->invalid || more->fuzzy) return;
    const UnitWord* unit = unit_at(text, skip_spaces(text, more->end), kUnits);
    if (unit == nullptr || (unit->factor != 1 && unit->factor != 3)) return;
    Decimal months = more->value;
    if (!multiply(months, unit->factor) || !add(value.extra, months)) value.number.overflow = true;
    value.end = skip_spaces(text, more->end) + unit->word.size();
  }

  /// 2个月15天: between two and three months.
  static void further_days(std::string_view text, Value& value) {
    std::size_t at = value.end;
    if (stands_at(text, at, "零")) at += 3;
    const std::optional<Number> more = scan_number(text, at, LatinUnits::none);
    if (!more) return;
    const UnitWord* unit = unit_at(text, more->end, kUnits);
    if (unit == nullptr || unit->factor != 0 || counts_weeks(unit->word)) return;
    if (!multiply(value.number.value, 30) || !add(value.number.value, more->value))
      value.number.overflow = true;
    value.end = more->end + unit->word.size();
    value.factor = 0;
    value = *in_days(value);
  }

  static bool may_follow(std::string_view text, std::size_t at) {
    const Character c = character_at(text, at);
    if (c.length == 0 || separator_at(text, at) != 0 || connector_at(text, at) != 0) return true;
    if (c.code < 0x80) return !letter_at(text, at) && c.code != '%' && c.code != '.';
    for (const std::string_view word : {"以上", "以下", "以内", "及以", "左右", "起", "内"}) {
      if (stands_at(text, at, word)) return true;
    }
    return false;
  }

 public:
  static std::optional<Value> in_days(Value value) {
    if (counts_weeks(value.unit) && !multiply(value.number.value, 7)) value.number.overflow = true;
    const Scaled days = scale(value.number.value, 1);
    value.factor = 1;
    if (!days.fits || days.floor != days.ceil) {
      value.number.overflow = !days.fits;
      value.number.invalid = days.fits;
      return value;
    }
    value.days = days.floor;
    if (days.floor % 365 == 0) {
      value.number.value = {days.floor / 365 * 12, 0};
      value.divisor = 1;
    } else {
      value.number.value = {days.floor, 0};
      value.divisor = 30;
    }
    return value;
  }

  void share(Value& first, const Value& second) const override {
    const Number written = first.number;
    Grammar::share(first, second);
    if (second.days == 0) return;
    first.number.value = written.value;
    first.unit = second.unit;
    if (std::optional<Value> days = in_days(first)) first = *days;
  }
};

bool speaks_of_building(std::string_view words) {
  return contains_any(words, {"工期", "建设", "施工", "建期", "周期"}) &&
         !contains_any(words, {"贷款", "融资", "还款"});
}

void set_word(Quantity& quantity, Interval range) {
  quantity.range = range;
  quantity.has_value = true;
  raise(quantity, quantity_flag::term_word);
}

/// Words with a length of their own. 贷款通则: short to 1 year, medium above 1 to 5, long above 5.
bool term_words(Quantity& quantity, std::string_view text) {
  if (contains_any(text, {"随借随还", "循环"})) {
    raise(quantity, quantity_flag::revolving);
    if (std::none_of(text.begin(), text.end(), is_digit)) return true;
  }
  for (const std::string_view end : {"贷款", "融资", "借款", "资金"}) {
    if (text.size() > end.size() && text.substr(text.size() - end.size()) == end) {
      text.remove_suffix(end.size());
      break;
    }
  }
  if (text == "长期") {
    set_word(quantity, Interval::at_least(60));
  } else if (text == "中长期") {
    set_word(quantity, Interval::at_least(13));
  } else if (text == "中期") {
    set_word(quantity, Interval::between(12, 60));
  } else if (text == "短期") {
    set_word(quantity, Interval::at_most(12));
    return true;  // no open end: nothing to ask
  } else if (text == "中短期" || text == "短中期") {
    set_word(quantity, Interval::at_most(60));
  } else {
    return false;
  }
  quantity.ambiguous = true;
  return true;
}

/// 1+2年, 1+1+1: the first loan, then renewals. False when the text is not of that form.
bool renewals(Quantity& quantity, std::string_view text, const FoundUnit& found) {
  if (!contains(text, "+")) return false;
  TenorGrammar grammar;
  std::vector<Value> loans;
  for (std::size_t at = 0;;) {
    at = skip_spaces(text, at);
    std::optional<Value> value = grammar.value_at(text, at, at);
    if (!value) return false;
    at = skip_spaces(text, value->end);
    loans.push_back(*value);
    if (at == text.size()) break;
    if (text[at] != '+') return false;
    ++at;
  }
  if (loans.size() < 2) return false;
  Value& last = loans.back();
  raise(quantity, quantity_flag::renewal);
  if (!last.has_unit) {
    if (!found.unit) {
      quantity.bare = to_string(loans.front().number.value);
      refuse(quantity, quantity_flag::unit_unknown);
      return true;
    }
    last.has_unit = true;
    last.borrowed = true;
    last.unit = found.unit->word;
    last.factor = found.unit->factor;
    if (last.factor == 0) last = *TenorGrammar::in_days(last);
  }
  Interval first;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < loans.size(); ++i) {
    if (!loans[i].has_unit) grammar.share(loans[i], last);
    Term term;
    term.first = loans[i];
    const Read read = read_term(term, Rounding::refused, nullptr);
    if (!read.ok || __builtin_add_overflow(total, read.range.min, &total) || total >= Interval::kNoMax - 1) {
      refuse(quantity, quantity_flag::unreadable);
      return true;
    }
    if (i == 0) first = read.range;
  }
  quantity.range = first;
  quantity.has_value = true;
  quantity.ambiguous = true;
  quantity.unit.assign(last.unit);
  quantity.unit_from.assign(last.borrowed ? found.from : "cell");
  quantity.parts.push_back({"total", Interval::exactly(total)});
  return true;
}

/// Two dates. Months between the first day of one and of the other, 2025.6-2028.6 being 36.
bool dates_apart(Quantity& quantity, std::string_view text) {
  const Quantity span = parse_date_text(text);
  if (!span.has_value || span.ambiguous || !span.has_flag(quantity_flag::date_span)) return false;
  if (!span.range.has_min() || !span.range.has_max()) return false;
  const Date from = date_of_day(span.range.min);
  const Date to = date_of_day(span.range.max);
  const auto months_of = [](Date date) {
    return static_cast<std::int64_t>(static_cast<int>(date.year())) * 12 +
           static_cast<std::int64_t>(static_cast<unsigned>(date.month()));
  };
  const std::int64_t apart = months_of(to) - months_of(from);
  raise(quantity, quantity_flag::date_span);
  quantity.has_value = true;
  quantity.unit_from = "cell";
  if (span.unit == "年") {
    // 2022-2023年 is one year from start to start, two years of calendar.
    quantity.range = Interval::between(apart - 11, apart + 1);
    quantity.ambiguous = true;
  } else if (span.unit == "月") {
    quantity.range = Interval::exactly(apart);
  } else {
    const Date next = date_of_day(span.range.max + 1);
    const std::int64_t whole = months_of(next) - months_of(from);
    if (next.day() == from.day()) {
      quantity.range = Interval::exactly(whole);
    } else if (to.day() == from.day()) {
      quantity.range = Interval::exactly(apart);
    } else {
      const std::int64_t floor = next.day() > from.day() ? whole : whole - 1;
      quantity.range = Interval::between(floor, floor + 1);
      raise(quantity, quantity_flag::rounded);
    }
  }
  if (quantity.range.max <= 0) refuse(quantity, quantity_flag::unreadable);
  return true;
}

void take_days(Terms& cell, const FoundUnit& found) {
  if (!found.unit || found.unit->factor != 0) return;
  for (Term& term : cell.terms) {
    if (term.first.borrowed) term.first = *TenorGrammar::in_days(term.first);
    if (term.second && term.second->borrowed) term.second = *TenorGrammar::in_days(*term.second);
  }
}

void read_tenor(Quantity& quantity, std::string_view text, const QuantityContext& context) {
  const FoundUnit found = find_unit(QuantityKind::tenor, context);
  if (renewals(quantity, text, found)) return;
  if (dates_apart(quantity, text)) return;
  TenorGrammar grammar;
  Terms cell = scan_terms(text, grammar);
  if (cell.terms.empty()) return refuse(quantity, quantity_flag::unreadable);
  borrow_unit(cell, found);
  take_days(cell, found);
  quantity.unit_from.assign(cell.terms.front().first.borrowed ? found.from : "cell");
  if (merge_bounds(cell, grammar, Rounding::allowed, quantity)) return;
  quantity.unit_from.clear();

  // 宽限期 first: it lies inside the total and never is the total.
  std::size_t main = kNoMain;
  std::size_t several = 0;
  std::size_t line = kNoMain;
  std::size_t single = kNoMain;
  for (std::size_t i = 0; i < cell.terms.size(); ++i) {
    const Term& term = cell.terms[i];
    if (contains(term.label, "宽限") || stands_at(text, term.end, "宽限") ||
        stands_at(text, term.end, "的宽限")) {
      const Read read = read_term(term, Rounding::refused, nullptr);
      if (read.ok && read.range.is_point()) quantity.grace_months = read.range.min;
      continue;
    }
    if (contains_any(term.label, {"展期", "续"}) && i != 0) {
      raise(quantity, quantity_flag::renewal);
      continue;
    }
    if (term.in_brackets && i != 0) continue;
    if (contains_any(term.label, {"授信", "额度"})) line = i;
    if (contains_any(term.label, {"单笔", "单次", "每笔"})) single = i;
    if (main == kNoMain) main = i;
    ++several;
  }
  if (line != kNoMain && single != kNoMain && several == 2) {
    raise(quantity, quantity_flag::credit_line);
    main = single;
    several = 1;
  }
  list_parts(quantity, cell, several == 1 ? main : kNoMain, Rounding::allowed);
  if (several == 0) return refuse(quantity, quantity_flag::unreadable);
  if (several > 1) return refuse(quantity, quantity_flag::multiple_values);
  settle(quantity, cell, main, found, Rounding::allowed);
  const Term& term = cell.terms[main];
  if (quantity.has_value && quantity.has_flag(quantity_flag::negative))
    refuse(quantity, quantity_flag::unreadable);
  if (speaks_of_building(term.label)) raise(quantity, quantity_flag::build_period);
  if (cell.rest_attached && !contains(cell.attached, "宽限")) {
    raise(quantity, quantity_flag::composition);
    const bool harmless =
        contains_any(cell.attached, {"期", "贷款", "随借随还", "循环", "授信"}) && cell.attached.size() <= 30;
    if (!harmless) refuse(quantity, quantity_flag::composition);
  } else if (cell.rest_apart) {
    raise(quantity, quantity_flag::remark);
  }
}

}  // namespace

std::vector<Unit> tenor_units_named(std::string_view header) {
  static constexpr auto kHeader =
      std::to_array<UnitWord>({{"个月", 1}, {"月", 1}, {"年", 12}, {"天", 0}, {"日", 0}, {"季度", 3}});
  return units_named(header, kHeader);
}

}  // namespace detail

Quantity parse_tenor(std::string_view text, const QuantityContext& context) {
  using namespace detail;
  Quantity quantity = begin_quantity(QuantityKind::tenor, text);
  if (quantity.has_flag(quantity_flag::too_long)) return quantity;
  const std::string folded = fold(text);
  if (settle_wordless(quantity, folded) || term_words(quantity, folded)) return quantity;
  read_tenor(quantity, folded, context);
  return quantity;
}

}  // namespace huoshui
