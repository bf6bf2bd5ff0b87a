#include <algorithm>
#include <array>
#include <normalise/detail/quantity.hpp>

namespace huoshui::detail {
namespace {

struct Qualifier {
  std::string_view word;
  int lower =
      0;  // 1 includes the number (民法典 第1259条: 以上、以下、以内), 2 excludes it (不满、超过、以外)
  int upper = 0;
  bool approximate = false;
};

// Longer words before their own beginnings. Entries without any effect are read over.
constexpr auto kBefore = std::to_array<Qualifier>({
    {"不超过", 0, 1},     {"不高于", 0, 1},     {"不大于", 0, 1},     {"不多于", 0, 1},
    {"未超过", 0, 1},     {"不得超过", 0, 1},   {"不长于", 0, 1},     {"最高", 0, 1},
    {"最多", 0, 1},       {"最长", 0, 1},       {"最大", 0, 1},       {"至多", 0, 1},
    {"上限", 0, 1},       {"≤", 0, 1},          {"≦", 0, 1},          {"<=", 0, 1},
    {"<", 0, 2},          {"低于", 0, 2},       {"小于", 0, 2},       {"少于", 0, 2},
    {"不足", 0, 2},       {"不满", 0, 2},       {"不到", 0, 2},       {"不低于", 1, 0},
    {"不少于", 1, 0},     {"不小于", 1, 0},     {"不短于", 1, 0},     {"至少", 1, 0},
    {"最低", 1, 0},       {"最少", 1, 0},       {"最短", 1, 0},       {"下限", 1, 0},
    {"≥", 1, 0},          {"≧", 1, 0},          {">=", 1, 0},         {">", 2, 0},
    {"超过", 2, 0},       {"大于", 2, 0},       {"高于", 2, 0},       {"多于", 2, 0},
    {"突破", 2, 0},       {"超", 2, 0},         {"逾", 2, 0},         {"大约", 0, 0, true},
    {"大概", 0, 0, true}, {"预计", 0, 0, true}, {"估计", 0, 0, true}, {"估算", 0, 0, true},
    {"暂估", 0, 0, true}, {"暂定", 0, 0, true}, {"约", 0, 0, true},   {"近", 0, 0, true},
    {"~", 0, 0, true},    {"人民币", 0, 0},     {"为", 0, 0},         {"是", 0, 0},
    {"达到", 0, 0},       {"达", 0, 0},         {"￥", 0, 0},         {"¥", 0, 0},
    {"RMB", 0, 0},        {"CNY", 0, 0},
});

constexpr auto kBehind = std::to_array<Qualifier>({
    {"及以上", 1, 0},
    {"或以上", 1, 0},
    {"以上", 1, 0},
    {"及以下", 0, 1},
    {"或以下", 0, 1},
    {"以下", 0, 1},
    {"以内", 0, 1},
    {"之内", 0, 1},
    {"封顶", 0, 1},
    {"以外", 2, 0},
    {"之外", 2, 0},
    {"起步", 1, 0},
    {"左右", 0, 0, true},
    {"上下", 0, 0, true},
    {"余", 1, 0, true},
    {"多", 1, 0, true},
});

// Bound words that other words may part from their number: 最高贷款额度500万元.
constexpr auto kFarBefore = std::to_array<Qualifier>({{"最高", 0, 1},
                                                      {"最多", 0, 1},
                                                      {"最长", 0, 1},
                                                      {"不超过", 0, 1},
                                                      {"上限", 0, 1},
                                                      {"最低", 1, 0},
                                                      {"至少", 1, 0},
                                                      {"不低于", 1, 0},
                                                      {"下限", 1, 0}});

template <std::size_t N>
const Qualifier* qualifier_at(std::string_view text, std::size_t at, const std::array<Qualifier, N>& table) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Qualifier& q) { return stands_at(text, at, q.word); });
  return found == table.end() ? nullptr : &*found;
}

bool is_minus(char32_t code) {
  return code == '-' || code == 0x2014 || code == 0x25B3 || code == 0x25B2;  // — △ ▲
}

/// USD500万: letters before a number keep it from being one, but for these.
bool behind_currency(std::string_view text, std::size_t at) {
  for (const std::string_view code : {"USD", "HKD", "EUR", "RMB", "CNY"}) {
    if (at >= code.size() && stands_at(text, at - code.size(), code)) return true;
  }
  return false;
}

bool begins_number(std::string_view text, std::size_t at, Character c) {
  if (c.code < 0x80) {
    if (!is_digit(static_cast<char>(c.code))) return false;
    return at == 0 || behind_currency(text, at) ||
           !(letter_at(text, at - 1) || digit_at(text, at - 1) || text[at - 1] == '.');
  }
  if (chinese_digit(c.code) >= 0) return true;
  switch (c.code) {
    case U'十':
    case U'拾':
    case U'百':
    case U'佰':
    case U'千':
    case U'仟':
    case U'万':
    case U'萬':
    case U'亿':
    case U'億':
    case U'廿':
    case U'卅':
    case U'半':
    case U'几':
    case U'数':
    case U'上':
      return true;
    default:
      return false;
  }
}

std::string_view clean_label(std::string_view label) {
  static constexpr std::array<std::string_view, 22> kAround = {
      "其中", "包括", "包含", "含", ":", "=", "-", "—",      "–",    "~",      ".",
      "\"",   "“",    "”",    "*",  "·", "(", ")", "人民币", "大写", "(大写)", "RMB"};
  for (bool changed = true; changed;) {
    changed = false;
    label = trim(label);
    for (const std::string_view word : kAround) {
      if (label.substr(0, word.size()) == word && !label.empty()) {
        label.remove_prefix(word.size());
        changed = true;
      } else if (label.size() >= word.size() && label.substr(label.size() - word.size()) == word) {
        label.remove_suffix(word.size());
        changed = true;
      }
    }
  }
  return label;
}

class Splitter {
 public:
  Splitter(std::string_view text, Grammar& grammar) : text_(text), grammar_(grammar) {}

  Terms split() {
    while (at_ < text_.size()) step();
    flush(at_);
    return out_;
  }

 private:
  void step() {
    const Character c = character_at(text_, at_);
    if (c.code == '(' || c.code == ')') return bracket(c.code == '(');
    if (const std::size_t length = separator_at(text_, at_); length != 0) {
      flush(at_);
      at_ += length;
      open_clause();
      clause_has_term_ = false;
      return;
    }
    if (c.code == '+' || c.code == '/' || c.code == '\\') {
      flush(at_);
      joined_ = joined_ || c.code == '+';
      pending_plus_ = pending_plus_ || (c.code == '+' && clause_has_term_);
      at_ += 1;
      open_clause();
      return;
    }
    if (const Qualifier* q = qualifier_at(text_, at_, kBefore)) {
      if (words_end_ == kNone) words_end_ = at_;
      lower_ = std::max(lower_, q->lower);
      upper_ = std::max(upper_, q->upper);
      approximate_ = approximate_ || q->approximate;
      at_ += q->word.size();
      return;
    }
    if (c.code == ' ' || c.code == '\t' || c.code == ':' || c.code == '=') {
      at_ += c.length;
      return;
    }
    if (is_minus(c.code) && digit_at(text_, at_ + c.length) && (at_ == 0 || !digit_at(text_, at_ - 1))) {
      if (words_end_ == kNone) words_end_ = at_;
      const std::string_view before = trim(text_.substr(label_begin_, words_end_ - label_begin_));
      minus_ = before.empty() || before.back() == ':' ? Minus::sign : Minus::unclear;
      at_ += c.length;
      return;
    }
    if (begins_number(text_, at_, c) && figure()) return;
    forget_words();
    at_ += c.length;
  }

  /// Read one term at at_, or step over the number there. False when no number begins there at all.
  bool figure() {
    std::optional<Value> value = grammar_.value_at(text_, at_, label_begin_);
    if (!value) {
      const std::optional<Number> number = scan_number(text_, at_, LatinUnits::none);
      if (!number) return false;
      const Character next = character_at(text_, skip_spaces(text_, number->end));
      if (next.code > 0x80 && separator_at(text_, number->end) == 0 && number->value.mantissa != 0) {
        out_.measure_seen = true;
        if (stands_at(text_, number->end, "个项目") && number->value.mantissa > 1) out_.collection = true;
      }
      forget_words();
      at_ = number->end;
      return true;
    }
    Term term;
    if (words_end_ == kNone) words_end_ = at_;
    term.begin = label_begin_;
    term.label = clean_label(text_.substr(label_begin_, words_end_ - label_begin_));
    term.lower = lower_;
    term.upper = upper_;
    term.approximate = approximate_;
    term.in_brackets = depth_ > 0;
    term.joined = joined_;
    joined_ = false;
    pending_plus_ = false;
    term.first = *value;
    if (minus_ == Minus::sign) term.first.number.value.mantissa = -term.first.number.value.mantissa;
    if (minus_ == Minus::unclear) term.contradicts = true;
    at_ = term.first.end;
    second_end(term);
    behind(term);
    if (term.lower == 0 && term.upper == 0) {
      for (const Qualifier& q : kFarBefore) {
        if (!contains(term.label, q.word)) continue;
        term.lower = std::max(term.lower, q.lower);
        term.upper = std::max(term.upper, q.upper);
      }
    }
    flow_of(term);
    term.end = at_;
    out_.terms.push_back(std::move(term));
    open_clause();
    clause_has_term_ = true;
    return true;
  }

  void second_end(Term& term) {
    std::size_t next = skip_spaces(text_, at_);
    const std::size_t length = connector_at(text_, next);
    if (length == 0) return;
    next = skip_spaces(text_, next + length);
    if (const Qualifier* q = qualifier_at(text_, next, kBefore); q != nullptr && q->lower + q->upper == 0) {
      next = skip_spaces(text_, next + q->word.size());
    }
    if (!begins_number(text_, next, character_at(text_, next)) && !digit_at(text_, next)) return;
    std::optional<Value> second = grammar_.value_at(text_, next, next);
    if (!second) {
      term.contradicts = true;
      return;
    }
    term.second = *second;
    if (!term.first.has_unit || term.first.factor == 0) grammar_.share(term.first, *term.second);
    if (term.first.has_unit != term.second->has_unit) term.contradicts = true;
    if (term.first.currency != term.second->currency) term.contradicts = true;
    at_ = term.second->end;
    const std::size_t third = skip_spaces(text_, at_);
    if (const std::size_t more = connector_at(text_, third); more != 0 && digit_at(text_, third + more)) {
      term.contradicts = true;
    }
  }

  void behind(Term& term) {
    for (;;) {
      const std::size_t next = skip_spaces(text_, at_);
      if (stands_at(text_, next, "(含)")) {
        at_ = next + std::string_view("(含)").size();
        continue;
      }
      if (stands_at(text_, next, "(不含)")) {
        term.exclusive = true;
        at_ = next + std::string_view("(不含)").size();
        continue;
      }
      const Qualifier* q = qualifier_at(text_, next, kBehind);
      std::size_t length = q == nullptr ? 0 : q->word.size();
      Qualifier short_word;
      if (q == nullptr && (stands_at(text_, next, "起") || stands_at(text_, next, "内"))) {
        length = std::string_view("起").size();
        if (!ends_at(next + length)) return;
        short_word = stands_at(text_, next, "起") ? Qualifier{"起", 1, 0} : Qualifier{"内", 0, 1};
        q = &short_word;
      }
      if (q == nullptr) return;
      if ((q->lower != 0 && term.upper != 0) || (q->upper != 0 && term.lower != 0)) term.contradicts = true;
      term.lower = std::max(term.lower, q->lower);
      term.upper = std::max(term.upper, q->upper);
      term.approximate = term.approximate || q->approximate;
      at_ = next + length;
    }
  }

  bool ends_at(std::size_t at) const {
    at = skip_spaces(text_, at);
    return at >= text_.size() || separator_at(text_, at) != 0 || text_[at] == ')' || text_[at] == '(';
  }

  void flow_of(Term& term) {
    const std::size_t next = skip_spaces(text_, at_);
    std::size_t word = next;
    if (next < text_.size() && text_[next] == '/') {
      word = skip_spaces(text_, next + 1);
      if (word >= text_.size() || digit_at(text_, word)) return;
    } else if (stands_at(text_, next, "每")) {
      word = next + std::string_view("每").size();
    } else {
      word = kNone;
    }
    std::string_view per;
    if (word != kNone) {
      std::size_t end = word;
      while (end < text_.size() && separator_at(text_, end) == 0 && text_[end] != ' ' && text_[end] != '(' &&
             text_[end] != ')' && text_[end] != '/') {
        end += character_at(text_, end).length;
      }
      per = text_.substr(word, end - word);
      at_ = end;
    } else {
      const std::size_t every = term.label.rfind("每");
      if (every != std::string_view::npos) {
        per = term.label.substr(every + std::string_view("每").size());
      } else if (contains(term.label, "年均")) {
        per = "年";
      } else if (contains(term.label, "月均")) {
        per = "月";
      } else if (contains_any(term.label, {"单价", "均价"}) ||
                 (term.label.size() >= 6 && term.label.substr(term.label.size() - 3) == "均")) {
        per = "单位";
      }
    }
    if (per.empty()) return;
    if (per.substr(0, 3) == "年" || per == "a" || per == "y" || per == "Y") {
      term.flow = Flow::yearly;
    } else if (per.substr(0, 3) == "月" || per.substr(0, 3) == "季" || per.substr(0, 3) == "日" ||
               per.substr(0, 3) == "天" || per.substr(0, 3) == "周") {
      term.flow = Flow::periodic;
    } else {
      term.flow = Flow::unit_price;
    }
  }

  void bracket(bool opens) {
    const std::string_view pending = trim(text_.substr(label_begin_, at_ - label_begin_));
    if (opens && !pending.empty() && !clause_has_term_) {
      // 总投资（含税）5000万元: the bracket belongs to the label.
      const std::size_t close = text_.find(')', at_);
      const std::size_t end = close == std::string_view::npos ? text_.size() : close + 1;
      const std::string_view inside = text_.substr(at_, end - at_);
      if (std::none_of(inside.begin(), inside.end(), is_digit)) {
        if (words_end_ == kNone || end < text_.size()) forget_words();
        at_ = end;
        return;
      }
    }
    flush(at_);
    if (opens) {
      ++depth_;
      outer_has_term_ = clause_has_term_;
      clause_has_term_ = false;
    } else {
      depth_ = std::max(depth_ - 1, 0);
      clause_has_term_ = outer_has_term_;
    }
    at_ += 1;
    open_clause();
  }

  /// Account for words that belong to no figure.
  void flush(std::size_t end) {
    const std::string_view words = trim(text_.substr(label_begin_, end - label_begin_));
    if (words.empty() || words == "整" || words == "元整" || words == "。" || words == ":" ||
        words == "人民币" || words == ".") {
      if (pending_plus_ && end == text_.size()) out_.rest_attached = true;
      return;
    }
    if (clause_has_term_) {
      out_.rest_attached = true;
      out_.attached = words;
    } else {
      out_.rest_apart = true;
    }
  }

  void open_clause() {
    label_begin_ = at_;
    forget_words();
  }

  void forget_words() {
    words_end_ = kNone;
    lower_ = upper_ = 0;
    approximate_ = false;
    minus_ = Minus::none;
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  enum class Minus : std::uint8_t { none, sign, unclear };

  std::string_view text_;
  Grammar& grammar_;
  Terms out_;
  std::size_t at_ = 0;
  std::size_t label_begin_ = 0;
  std::size_t words_end_ = kNone;  // where the qualifiers begin that lead up to at_
  int lower_ = 0;
  int upper_ = 0;
  bool approximate_ = false;
  bool joined_ = false;
  bool pending_plus_ = false;
  bool clause_has_term_ = false;
  bool outer_has_term_ = false;
  int depth_ = 0;
  Minus minus_ = Minus::none;
};

Scaled base_units(const Value& value) {
  Decimal base = value.number.value;
  if (!multiply(base, value.factor) || !add(base, value.extra)) return {};
  return scale(base, 1, value.divisor);
}

std::string_view objection(const Term& term, const Value& value) {
  const Number& number = value.number;
  if (value.worthless) return value.flag;
  if (number.fuzzy) return quantity_flag::fuzzy;
  if (number.leading && term.lower == 0 && term.upper == 0 && !number.more) return quantity_flag::fuzzy;
  if (number.overflow) return quantity_flag::out_of_range;
  if (number.invalid || term.contradicts) return quantity_flag::unreadable;
  if (!value.has_unit) return quantity_flag::unit_unknown;
  return {};
}

std::string_view objection(Flow flow) {
  switch (flow) {
    case Flow::yearly:
      return quantity_flag::yearly_flow;
    case Flow::periodic:
      return quantity_flag::periodic_flow;
    case Flow::unit_price:
      return quantity_flag::unit_price;
    case Flow::none:
      break;
  }
  return {};
}

}  // namespace

void Grammar::share(Value& first, const Value& second) const {
  if (first.has_unit && first.factor != 0) return;
  if (!first.number.big && second.number.run > 1) {
    std::int64_t factor = 1;
    if (first.number.plain) {
      factor = second.number.run;
      // 三至五十万: 三万 or 三十万? Speech leaves it open.
      const std::int64_t small = second.number.run / second.number.run_big;
      if (first.number.chinese && small % 10 == 0 && small % 100 != 0) first.number.invalid = true;
    } else {
      factor = second.number.run_big;
    }
    if (!multiply(first.number.value, factor)) first.number.overflow = true;
    first.number.big = second.number.big;
  }
  first.has_unit = second.has_unit;
  first.factor = second.factor;
  first.divisor = second.divisor;
  first.unit = second.unit;
  first.currency = second.currency;
  if (first.flag.empty()) {
    first.flag = second.flag;
    first.worthless = second.worthless;
  }
}

Terms scan_terms(std::string_view text, Grammar& grammar) { return Splitter(text, grammar).split(); }

Read read_term(const Term& term, Rounding rounding, Quantity* quantity) {
  const auto deny = [&](std::string_view flag) {
    if (quantity != nullptr) refuse(*quantity, flag);
    return Read{};
  };
  if (const std::string_view why = objection(term.flow); !why.empty()) return deny(why);
  if (const std::string_view why = objection(term, term.first); !why.empty()) return deny(why);
  if (term.second) {
    if (const std::string_view why = objection(term, *term.second); !why.empty()) return deny(why);
  }
  Scaled low = base_units(term.first);
  if (term.second) {
    const Scaled high = base_units(*term.second);
    if (!low.fits || !high.fits) return deny(quantity_flag::out_of_range);
    if (low.floor > high.floor) return deny(quantity_flag::range_reversed);
    if (rounding == Rounding::refused && (low.floor != low.ceil || high.floor != high.ceil)) {
      return deny(quantity_flag::sub_fen);
    }
    if (quantity != nullptr && (low.floor != low.ceil || high.floor != high.ceil)) {
      raise(*quantity, quantity_flag::rounded);
    }
    low.ceil = high.ceil;
  }
  if (!low.fits) return deny(quantity_flag::out_of_range);
  if (!term.second && low.floor != low.ceil) {
    if (rounding == Rounding::refused) return deny(quantity_flag::sub_fen);
    if (quantity != nullptr) raise(*quantity, quantity_flag::rounded);
  }
  if (quantity != nullptr) {
    if (low.floor < 0) raise(*quantity, quantity_flag::negative);
    if (term.first.number.colloquial) raise(*quantity, quantity_flag::colloquial);
    if (!term.first.flag.empty()) raise(*quantity, term.first.flag);
  }
  Interval range{low.floor, low.ceil};
  const bool more = term.first.number.more || (term.second && term.second->number.more);
  const int lower = term.lower == 1 && term.exclusive ? 2 : term.lower;
  const int upper = term.upper == 1 && term.exclusive ? 2 : term.upper;
  if (lower != 0 && upper != 0) return deny(quantity_flag::unreadable);
  if (term.second) return {range, true};
  if (upper != 0) {
    if (more) return deny(quantity_flag::unreadable);  // 不超过500多万
    range.min = Interval::kNoMin;
    if (upper == 2) range.max -= low.floor == low.ceil ? 1 : 0;
  } else if (lower != 0 || more) {
    range.max = Interval::kNoMax;
    if (lower == 2) range.min += 1;
  }
  return {range, true};
}

void take(Quantity& quantity, const Term& term, const Read& read) {
  quantity.range = read.range;
  quantity.has_value = read.ok;
  quantity.approximate = quantity.approximate || term.approximate || term.first.number.more ||
                         term.first.approximate || (term.second && term.second->number.more);
  quantity.currency = term.first.currency;
  quantity.unit.assign(term.second && !term.second->unit.empty() ? term.second->unit : term.first.unit);
  quantity.days = term.second ? 0 : term.first.days;
}

void borrow_unit(Terms& terms, const FoundUnit& found) {
  const auto lend = [&](Value& value) {
    if (value.has_unit) return;
    if (found.unit) {
      value.has_unit = true;
      value.borrowed = true;
      value.factor = found.unit->factor;
      value.unit = found.unit->word;
      value.currency = found.unit->currency;
    } else if (value.number.value.mantissa == 0 && !value.number.fuzzy && !value.number.invalid) {
      value.has_unit = true;  // nothing is nothing in every unit
      value.factor = 1;
    }
  };
  for (Term& term : terms.terms) {
    lend(term.first);
    if (term.second) lend(*term.second);
  }
}

bool merge_bounds(Terms& terms, const Grammar& grammar, Rounding rounding, Quantity& quantity) {
  if (terms.terms.size() != 2 || terms.rest_attached) return false;
  Term& a = terms.terms[0];
  Term& b = terms.terms[1];
  const bool bounded = (a.lower != 0 && b.upper != 0) || (a.upper != 0 && b.lower != 0);
  if (!bounded || a.second || b.second || b.joined || a.in_brackets != b.in_brackets) return false;
  if (!b.label.empty() && b.label != "且" && b.label != "并" && b.label != "但" && b.label != "、")
    return false;
  if (!a.first.has_unit) grammar.share(a.first, b.first);
  const Read one = read_term(a, rounding, nullptr);
  const Read two = read_term(b, rounding, nullptr);
  if (!one.ok || !two.ok || a.first.currency != b.first.currency) return false;
  const Interval both{std::max(one.range.min, two.range.min), std::min(one.range.max, two.range.max)};
  if (both.min > both.max) return false;
  take(quantity, a, {both, true});
  quantity.days = 0;
  quantity.unit_from = a.first.borrowed ? quantity.unit_from : "cell";
  return true;
}

void list_parts(Quantity& quantity, const Terms& terms, std::size_t main, Rounding rounding) {
  for (std::size_t i = 0; i < terms.terms.size(); ++i) {
    const Term& term = terms.terms[i];
    if (i == main && term.label.empty()) continue;
    const Read read = read_term(term, rounding, nullptr);
    if (read.ok) quantity.parts.push_back({std::string(term.label), read.range});
  }
}

void settle(Quantity& quantity, const Terms& terms, std::size_t main, const FoundUnit& found,
            Rounding rounding) {
  const Term& term = terms.terms[main];
  const Read read = read_term(term, rounding, &quantity);
  const bool borrowed = term.first.borrowed;
  if (!read.ok) {
    if (quantity.has_flag(quantity_flag::unit_unknown)) {
      quantity.bare = to_string(term.first.number.value);
      if (term.second) quantity.bare += "-" + to_string(term.second->number.value);
      if (found.conflict) raise(quantity, quantity_flag::unit_conflict);
    }
    return;
  }
  take(quantity, term, read);
  if (borrowed) {
    quantity.unit_from.assign(found.from);
  } else if (!term.first.unit.empty()) {
    quantity.unit_from = "cell";
  }
}

// --- units in headers
// ---------------------------------------------------------------------------------------

const UnitWord* unit_at(std::string_view text, std::size_t at, std::span<const UnitWord> table) {
  for (const UnitWord& unit : table) {
    if (!stands_at(text, at, unit.word)) continue;
    if (is_letter(unit.word.back()) && letter_at(text, at + unit.word.size())) continue;
    return &unit;
  }
  return nullptr;
}

std::vector<Unit> units_named(std::string_view header, std::span<const UnitWord> table) {
  std::vector<Unit> framed;
  std::vector<Unit> loose;
  for (std::size_t at = 0; at < header.size();) {
    const UnitWord* unit = unit_at(header, at, table);
    if (unit == nullptr) {
      at += character_at(header, at).length;
      continue;
    }
    const std::size_t end = at + unit->word.size();
    const char before = at == 0 ? '(' : header[at - 1];
    const std::size_t after = skip_spaces(header, end);
    // 500万元以上项目: a threshold, not a unit. 单元 and 元素: no unit either.
    const bool after_number = at != 0 && (is_digit(before) || before == '.');
    const bool opens =
        before == '(' || before == ':' || before == '/' || before == ' ' || before == ',' || before == '\n';
    const bool closes = after >= header.size() || header[after] == ')' || header[after] == '\n' ||
                        header[after] == '/' || header[after] == ',';
    if (!after_number && (!is_letter(before))) {
      const Unit found{unit->word, unit->factor, Currency::cny};
      if (opens && closes) framed.push_back(found);
      if (closes && unit->word.size() > 3) loose.push_back(found);
    }
    at = end;
  }
  std::vector<Unit>& best = framed.empty() ? loose : framed;
  std::vector<Unit> distinct;
  for (const Unit& unit : best) {
    const bool known = std::any_of(distinct.begin(), distinct.end(),
                                   [&](const Unit& other) { return other.factor == unit.factor; });
    if (!known) distinct.push_back(unit);
  }
  return distinct;
}

namespace {

std::vector<Unit> units_of(QuantityKind kind, std::string_view header) {
  switch (kind) {
    case QuantityKind::money:
      return money_units_named(header);
    case QuantityKind::tenor:
      return tenor_units_named(header);
    case QuantityKind::area:
      return area_units_named(header);
    case QuantityKind::rate:
      return rate_units_named(header);
    case QuantityKind::count:
      return count_units_named(header);
    case QuantityKind::date:
      break;
  }
  return {};
}

}  // namespace

FoundUnit find_unit(QuantityKind kind, const QuantityContext& context) {
  FoundUnit found;
  const std::array<std::pair<std::string_view, std::string_view>, 3> places = {
      {{context.header, "header"}, {context.sub_header, "sub-header"}, {context.sheet_note, "sheet"}}};
  for (const auto& [text, from] : places) {
    if (text.empty() || text.size() > kLongestCell) continue;
    const std::vector<Unit> units = units_of(kind, fold(text));
    if (units.empty()) continue;
    found.from = from;
    found.source = text;
    found.conflict = units.size() > 1;
    if (!found.conflict) found.unit = units.front();
    return found;
  }
  return found;
}

}  // namespace huoshui::detail

namespace huoshui {

std::optional<Unit> unit_in_header(QuantityKind kind, std::string_view header) {
  return detail::find_unit(kind, {.header = header}).unit;
}

}  // namespace huoshui
