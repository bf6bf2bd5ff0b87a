#include <algorithm>
#include <array>
#include <normalise/detail/quantity.hpp>

namespace huoshui {
namespace detail {
namespace {

constexpr std::int64_t kOne = 1'000'000;   // 100%
constexpr std::int64_t kPercent = 10'000;  // in millionths
constexpr std::int64_t kPerMille = 1'000;
constexpr std::int64_t kBasisPoint = 100;
constexpr std::int64_t kMonths = 12;
constexpr std::int64_t kDays = 360;  // 人民银行: day rate = year rate / 360

enum class Period : std::uint8_t { unknown, year, month, day };

Period period_in(std::string_view words) {
  Period found = Period::unknown;
  std::size_t last = 0;
  const auto look = [&](std::string_view word, Period period) {
    const std::size_t at = words.rfind(word);
    if (at == std::string_view::npos || (found != Period::unknown && at < last)) return;
    found = period;
    last = at;
  };
  for (const std::string_view word : {"年息", "年利", "年化", "年率", "每年", "年费"})
    look(word, Period::year);
  for (const std::string_view word : {"月息", "月利", "月率", "每月", "月费"}) look(word, Period::month);
  for (const std::string_view word : {"日息", "日利", "日率", "每日", "每天", "日万"})
    look(word, Period::day);
  if (found == Period::unknown) {
    if (words == "月") found = Period::month;
    if (words == "日") found = Period::day;
    if (words == "年") found = Period::year;
  }
  return found;
}

std::int64_t times_a_year(Period period) {
  return period == Period::month ? kMonths : period == Period::day ? kDays : 1;
}

constexpr auto kUnits = std::to_array<UnitWord>({
    {"%", kPercent},       {"‰", kPerMille},        {"‱", kBasisPoint},    {"个百分点", kPercent},
    {"百分点", kPercent},  {"个基点", kBasisPoint}, {"基点", kBasisPoint}, {"个BP", kBasisPoint},
    {"个bp", kBasisPoint}, {"BP", kBasisPoint},     {"bp", kBasisPoint},   {"Bp", kBasisPoint},
    {"BPS", kBasisPoint},  {"bps", kBasisPoint},    {"BPs", kBasisPoint},  {"成", 100'000},
    {"分", 100'000},       {"厘", 10'000},          {"毫", 1'000},
});

bool is_old_unit(std::string_view word) { return word == "分" || word == "厘" || word == "毫"; }
bool needs_period(std::string_view word) { return word == "‰" || word == "‱" || is_old_unit(word); }

class RateGrammar final : public Grammar {
 public:
  explicit RateGrammar(Period header) : header_(header) {}

  std::optional<Value> value_at(std::string_view text, std::size_t at, std::size_t clause) override {
    if (clause < at) {
      std::size_t end = at;
      while (end > clause && (text[end - 1] == ':' || text[end - 1] == ' ')) --end;
      const Period said = period_in(text.substr(clause, end - clause));
      words_ = said != Period::unknown ? said : Period::unknown;
    } else if (text.substr(0, at).empty()) {
      words_ = Period::unknown;
    }
    if (std::optional<Value> value = parts_at(text, at)) return value;
    const std::optional<Number> number = scan_number(text, at, LatinUnits::none);
    if (!number) return std::nullopt;
    Value value;
    value.number = *number;
    value.end = number->end;
    const std::size_t next = skip_spaces(text, number->end);
    const UnitWord* unit = unit_at(text, next, kUnits);
    if (unit == nullptr || number->big) {
      const Character c = character_at(text, next);
      const bool ends = c.length == 0 || separator_at(text, next) != 0 || connector_at(text, next) != 0 ||
                        (c.code < 0x80 && !letter_at(text, next) && c.code != '.');
      if (!ends || number->big) return std::nullopt;
      return value;
    }
    value.end = next + unit->word.size();
    set_unit(text, value, unit->word, unit->factor);
    return value;
  }

 private:
  /// 百分之四点三五, 万分之二, 日万二
  std::optional<Value> parts_at(std::string_view text, std::size_t at) {
    std::size_t next = at;
    std::string_view word;
    std::int64_t factor = 0;
    if (stands_at(text, at, "百分之")) {
      word = "%";
      factor = kPercent;
    } else if (stands_at(text, at, "千分之")) {
      word = "‰";
      factor = kPerMille;
    } else if (stands_at(text, at, "万分之")) {
      word = "‱";
      factor = kBasisPoint;
    }
    if (!word.empty()) {
      next += std::string_view("百分之").size();
    } else if (stands_at(text, at, "万") && spoken_day(text, at)) {
      word = "‱";
      factor = kBasisPoint;
      next += std::string_view("万").size();
      words_ = Period::day;
    } else {
      return std::nullopt;
    }
    const std::optional<Number> number = scan_number(text, next, LatinUnits::none);
    if (!number) return std::nullopt;
    Value value;
    value.number = *number;
    value.end = number->end;
    set_unit(text, value, word, factor);
    return value;
  }

  static bool spoken_day(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    for (const std::string_view word : {"日", "日息", "日利率", "每天", "每日"}) {
      if (before.size() >= word.size() && before.substr(before.size() - word.size()) == word) return true;
    }
    return false;
  }

  void set_unit(std::string_view text, Value& value, std::string_view word, std::int64_t factor) {
    value.has_unit = true;
    value.named = true;
    value.unit = word;
    value.factor = factor;
    Decimal further;
    if (word == "分") tenths(text, value, further);
    if (word == "厘") thousandths(text, value, further);
    const Period period = period_of(text, value, word);
    if (word == "成" || factor == 0) return;
    if (needs_period(word)) {
      if (period == Period::unknown) {
        value.flag = quantity_flag::per_period_unknown;
        value.worthless = true;
        return;
      }
      // 年息1分 10%, 月息1分 1%, 日息1分 0.1%: years in %, months in ‰, days in ‱.
      if (is_old_unit(word)) value.factor /= period == Period::month ? 10 : period == Period::day ? 100 : 1;
    }
    if (is_old_unit(word) && further.mantissa != 0) {
      const std::int64_t unit_of_li = 10'000 / (period == Period::month ? 10
                                                : period == Period::day ? 100
                                                                        : 1);
      if (!multiply(further, unit_of_li * times_a_year(period)) || !add(value.extra, further)) {
        value.number.overflow = true;
      }
    }
    if (word == "BP" || contains(word, "基点") || contains(word, "百分点")) return;
    value.factor *= times_a_year(period);
    if (period == Period::month || period == Period::day) value.flag = quantity_flag::simple_annual;
  }

  /// 1分5厘, 1分半, 一分二: in 厘.
  static void tenths(std::string_view text, Value& value, Decimal& further) {
    if (stands_at(text, value.end, "半")) {
      further = {5, 0};
      value.end += 3;
      return;
    }
    const std::optional<Number> more = scan_number(text, value.end, LatinUnits::none);
    if (!more || !more->plain || more->value.scale != 0 || more->value.mantissa > 9) return;
    const bool li = stands_at(text, more->end, "厘");
    if (!li && !more->chinese) return;
    further = more->value;
    value.end = more->end + (li ? 3 : 0);
    if (li) {
      Value rest;
      rest.end = value.end;
      thousandths(text, rest, further);
      value.end = rest.end;
    }
  }

  /// 5厘5毫, 五厘半: in 厘.
  static void thousandths(std::string_view text, Value& value, Decimal& further) {
    if (stands_at(text, value.end, "半")) {
      if (!add(further, Decimal{5, 1})) value.number.overflow = true;
      value.end += 3;
      return;
    }
    const std::optional<Number> more = scan_number(text, value.end, LatinUnits::none);
    if (!more || !more->plain || more->value.scale != 0 || more->value.mantissa > 9) return;
    if (!stands_at(text, more->end, "毫")) return;
    Decimal hao = more->value;
    hao.scale = 1;
    if (!add(further, hao)) value.number.overflow = true;
    value.end = more->end + 3;
  }

  Period period_of(std::string_view text, Value& value, std::string_view word) {
    for (const std::string_view tail : {"利息", "利", "息"}) {
      if (is_old_unit(word) && stands_at(text, value.end, tail)) {
        value.end += tail.size();
        break;
      }
    }
    struct Tail {
      std::string_view word;
      Period period;
    };
    static constexpr auto kTails = std::to_array<Tail>({{"/年", Period::year},
                                                        {"每年", Period::year},
                                                        {"/月", Period::month},
                                                        {"每月", Period::month},
                                                        {"/日", Period::day},
                                                        {"/天", Period::day},
                                                        {"每日", Period::day},
                                                        {"每天", Period::day},
                                                        {"/a", Period::year}});
    for (const Tail& tail : kTails) {
      if (stands_at(text, value.end, tail.word)) {
        value.end += tail.word.size();
        return tail.period;
      }
    }
    return words_ != Period::unknown ? words_ : header_;
  }

  Period header_;
  Period words_ = Period::unknown;
};

// --- rates that float
// ---------------------------------------------------------------------------------------

struct BaseWord {
  std::size_t at = std::string_view::npos;
  std::size_t end = 0;
  bool benchmark = false;
};

BaseWord find_base(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += character_at(text, at).length) {
    if (stands_at_any_case(text, at, "LPR")) return {at, at + 3, false};
    for (const std::string_view word : {"贷款市场报价利率", "基准利率", "基准"}) {
      if (stands_at(text, at, word)) return {at, at + word.size(), word != "贷款市场报价利率"};
    }
  }
  return {};
}

struct Move {
  int sign = 0;         // 0: none
  bool floats = false;  // 上浮, 下浮: a percentage of the base
  std::size_t end = 0;
};

Move move_at(std::string_view text, std::size_t at) {
  struct Word {
    std::string_view word;
    int sign;
    bool floats;
  };
  static constexpr auto kWords = std::to_array<Word>({{"加点", 1, false},
                                                      {"减点", -1, false},
                                                      {"上浮", 1, true},
                                                      {"下浮", -1, true},
                                                      {"上调", 1, false},
                                                      {"下调", -1, false},
                                                      {"增加", 1, false},
                                                      {"减少", -1, false},
                                                      {"加", 1, false},
                                                      {"减", -1, false},
                                                      {"+", 1, false},
                                                      {"-", -1, false},
                                                      {"–", -1, false},
                                                      {"—", -1, false}});
  at = skip_spaces(text, at);
  for (const Word& word : kWords) {
    if (stands_at(text, at, word.word)) {
      return {word.sign, word.floats, skip_spaces(text, at + word.word.size())};
    }
  }
  return {0, false, at};
}

class Floating {
 public:
  Floating(std::string_view text, BaseWord base, Quantity& quantity)
      : text_(text), base_(base), q_(quantity) {}

  void read() {
    raise(q_, quantity_flag::lpr);
    q_.unit = base_.benchmark ? "基准" : "LPR";
    q_.unit_from = "cell";
    if (!before()) return;
    at_ = base_.end;
    skip_words();
    if (!offset()) return refuse_all(why_);
    if (!behind()) return;
    q_.has_value = true;
    q_.base = kind();
    const bool bare_multiple = q_.multiplier != kOne && !has_spread_;
    Interval spread = bare_multiple || !has_spread_ ? Interval::exactly(0) : Interval::between(low_, high_);
    if (upper_ != 0 && lower_ != 0) return refuse_all(quantity_flag::unreadable);
    if (upper_ != 0) spread = Interval::at_most(upper_ == 2 ? spread.max - 1 : spread.max);
    if (lower_ != 0) spread = Interval::at_least(lower_ == 2 ? spread.min + 1 : spread.min);
    q_.spread = spread;
  }

 private:
  void refuse_all(std::string_view flag) {
    refuse(q_, flag);
    q_.base = RateBase::fixed;
    q_.spread = Interval::exactly(0);
    q_.multiplier = kOne;
  }

  RateBase kind() const {
    if (base_.benchmark) return RateBase::benchmark;
    const bool one = contains_any(text_, {"1年期", "一年期", "1Y", "1y", "1年LPR"});
    const bool five = contains_any(text_, {"5年期", "五年期", "5年以上", "五年以上", "5Y", "5y", "5年LPR"});
    if (one == five) return RateBase::lpr;
    return one ? RateBase::lpr_1y : RateBase::lpr_5y;
  }

  /// Words before the base: its tenor, a bound, or a multiple. Another figure there settles nothing.
  bool before() {
    std::string words(text_.substr(0, base_.at));
    for (const std::string_view tenor : {"5年期以上", "五年期以上", "5年以上", "五年以上", "1年期", "一年期",
                                         "5年期", "五年期", "1Y", "5Y", "1年", "5年"}) {
      const std::size_t at = words.find(tenor);
      if (at != std::string::npos) words.erase(at, tenor.size());
    }
    const std::size_t multiple = words.find("倍");
    if (multiple != std::string::npos) {
      for (std::size_t at = 0; at < multiple; at += character_at(words, at).length) {
        const std::optional<Number> number = scan_number(words, at, LatinUnits::none);
        if (!number || number->end != multiple) continue;
        return set_multiple(*number) && (words.erase(at), bounds(words), true);
      }
    }
    bounds(words);
    if (std::any_of(words.begin(), words.end(), is_digit)) {
      refuse_all(quantity_flag::multiple_values);
      return false;
    }
    return true;
  }

  void bounds(std::string_view words) {
    if (contains_any(words, {"不超过", "不高于", "不得高于", "最高", "≤", "<=", "不大于", "上限"})) {
      upper_ = 1;
    } else if (contains_any(words, {"不低于", "≥", ">=", "最低", "不小于", "下限"})) {
      lower_ = 1;
    } else if (contains_any(words, {"低于", "小于", "<"})) {
      upper_ = 2;
    } else if (contains_any(words, {"高于", "超过", "大于", ">"})) {
      lower_ = 2;
    }
    if (contains_any(words, {"约", "左右", "预计"})) q_.approximate = true;
  }

  bool set_multiple(const Number& number) {
    const Scaled times = scale(number.value, kOne);
    if (!times.fits || times.floor != times.ceil || number.fuzzy || number.invalid || times.floor <= 0 ||
        times.floor > 100 * kOne) {
      refuse_all(quantity_flag::unreadable);
      return false;
    }
    q_.multiplier = times.floor;
    return true;
  }

  void skip_words() {
    for (bool again = true; again;) {
      again = false;
      at_ = skip_spaces(text_, at_);
      for (const std::string_view word :
           {"(1年期)", "(一年期)", "(5年期)", "(5年期以上)", "(五年期以上)", "(5年以上)", "(1Y)", "(5Y)",
            "利率", "报价", "的基础上", "基础上", "1Y", "5Y"}) {
        if (stands_at(text_, at_, word)) {
          at_ += word.size();
          again = true;
        }
      }
    }
  }

  bool offset() {
    std::size_t at = at_;
    if (stands_at(text_, at, "的")) at += 3;
    if (at < text_.size() && (text_[at] == '*' || text_[at] == 'x' || text_[at] == 'X')) ++at;
    if (stands_at(text_, at, "×")) at += std::string_view("×").size();
    if (at != at_ || digit_at(text_, at)) {
      const std::optional<Number> number = scan_number(text_, skip_spaces(text_, at), LatinUnits::none);
      if (!number) return fail(quantity_flag::unreadable);
      at_ = number->end;
      if (stands_at(text_, at_, "倍")) {
        at_ += 3;
      } else if (stands_at(text_, at_, "%") && at != base_.end) {
        ++at_;
        Number percent = *number;
        percent.value.scale += 2;
        return set_multiple(percent);
      } else if (!(at > base_.end)) {
        return fail(quantity_flag::unreadable);
      }
      return set_multiple(*number);
    }
    const Move move = move_at(text_, at_);
    if (move.sign == 0) return true;
    at_ = move.end;
    const std::optional<Number> number = figure();
    if (!number) {
      // 减30点, 减30: the unit may stand on either side, but a number there must be.
      return fail(quantity_flag::unreadable);
    }
    Step first{*number, move, 0};
    unit(first);
    std::size_t next = skip_spaces(text_, at_);
    std::size_t length = connector_at(text_, next);
    if (length != 0 && !(first.factor != 0 && text_[next] == '-' && false)) {
      next = skip_spaces(text_, next + length);
      if (stands_at_any_case(text_, next, "LPR")) next = skip_spaces(text_, next + 3);
      Move again = move_at(text_, next);
      if (again.sign == 0) again = {move.sign, move.floats, next};
      at_ = again.end;
      const std::optional<Number> second_number = figure();
      if (!second_number) return fail(quantity_flag::unreadable);
      Step second{*second_number, again, 0};
      unit(second);
      if (first.factor == 0) {
        first.factor = second.factor;
        first.percent = second.percent;
      }
      if (move.floats || again.floats) return fail(quantity_flag::unreadable);
      std::int64_t a = 0;
      std::int64_t b = 0;
      if (!points(first, a) || !points(second, b)) return false;
      low_ = std::min(a, b);
      high_ = std::max(a, b);
      has_spread_ = true;
      return true;
    }
    if (move.floats && first.percent) {
      Number tenth = first.number;
      tenth.value.scale += 2;
      const Scaled part = scale(tenth.value, kOne);
      if (!part.fits || part.floor != part.ceil || part.floor >= 10 * kOne)
        return fail(quantity_flag::unreadable);
      if (move.sign < 0 && part.floor >= kOne) return fail(quantity_flag::unreadable);
      q_.multiplier = kOne + move.sign * part.floor;
      return true;
    }
    if (!points(first, low_)) return false;
    high_ = low_;
    has_spread_ = true;
    return true;
  }

  struct Step {
    Number number;
    Move move;
    std::int64_t factor = 0;
    bool percent = false;
  };

  std::optional<Number> figure() {
    std::optional<Number> number = scan_number(text_, at_, LatinUnits::none);
    if (!number || number->fuzzy || number->invalid || number->overflow) return std::nullopt;
    at_ = number->end;
    return number;
  }

  void unit(Step& step) {
    const std::size_t next = skip_spaces(text_, at_);
    const UnitWord* found = unit_at(text_, next, kUnits);
    if (found != nullptr && !needs_period(found->word) && found->word != "成") {
      step.factor = found->factor;
      step.percent = found->word == "%";
      at_ = next + found->word.size();
    } else if (stands_at(text_, next, "点")) {
      step.factor = kBasisPoint;
      at_ = next + 3;
    }
  }

  bool points(const Step& step, std::int64_t& out) {
    std::int64_t factor = step.factor;
    if (factor == 0) {
      // LPR减30: whole points without a word are basis points; 0.5 could be anything.
      const Scaled bare = scale(step.number.value, 1);
      if (step.move.floats || !bare.fits || bare.floor != bare.ceil || (bare.floor < 5 && bare.floor != 0)) {
        return fail(quantity_flag::unit_unknown);
      }
      factor = kBasisPoint;
    }
    const Scaled found = scale(step.number.value, factor);
    if (!found.fits || found.floor != found.ceil) return fail(quantity_flag::out_of_range);
    // LPR+10% is said both of ten points and of a tenth.
    if (step.percent && found.floor >= 5 * kPercent) return fail(quantity_flag::points_or_factor);
    if (found.floor > kOne) return fail(quantity_flag::out_of_range);
    out = step.move.sign * found.floor;
    return true;
  }

  bool fail(std::string_view why) {
    why_ = why;
    return false;
  }

  bool behind() {
    std::string_view rest = trim(text_.substr(std::min(at_, text_.size())));
    for (bool again = true; again && !rest.empty();) {
      again = false;
      struct Word {
        std::string_view word;
        int lower, upper;
      };
      for (const Word& word : {Word{"以上", 1, 0}, Word{"及以上", 1, 0}, Word{"起", 1, 0}, Word{"以下", 0, 1},
                               Word{"及以下", 0, 1}, Word{"以内", 0, 1}, Word{"左右", 0, 0},
                               Word{"(含)", 0, 0}, Word{"执行", 0, 0}, Word{"。", 0, 0}}) {
        if (rest.substr(0, word.word.size()) != word.word) continue;
        lower_ = std::max(lower_, word.lower);
        upper_ = std::max(upper_, word.upper);
        if (word.word == "左右") q_.approximate = true;
        rest = trim(rest.substr(word.word.size()));
        again = true;
        break;
      }
    }
    if (rest.empty()) return true;
    const bool apart = separator_at(rest, 0) != 0 || rest.front() == '(';
    if (!apart || find_base(rest).at != std::string_view::npos) {
      refuse_all(apart ? quantity_flag::multiple_values : quantity_flag::composition);
      return false;
    }
    raise(q_, quantity_flag::remark);
    RateGrammar grammar(Period::unknown);
    const Terms cell = scan_terms(rest, grammar);
    for (const Term& term : cell.terms) {
      if (contains(term.label, "贴息")) raise(q_, quantity_flag::subsidy);
    }
    list_parts(q_, cell, kNoMain, Rounding::allowed);
    return true;
  }

  std::string_view text_;
  BaseWord base_;
  Quantity& q_;
  std::size_t at_ = 0;
  int lower_ = 0;
  int upper_ = 0;
  bool has_spread_ = false;
  std::int64_t low_ = 0;
  std::int64_t high_ = 0;
  std::string_view why_ = quantity_flag::unreadable;
};

// --- fixed rates
// --------------------------------------------------------------------------------------------

bool is_fee(std::string_view label) {
  return contains_any(label, {"手续费", "担保费", "保险费", "服务费", "保费", "评估费", "费率"});
}

void read_fixed(Quantity& quantity, std::string_view text, const QuantityContext& context) {
  FoundUnit found = find_unit(QuantityKind::rate, context);
  if (contains(context.number_format, "%")) found = {Unit{"%", kOne, Currency::cny}, "format", false, {}};
  const Period header = period_in(fold(context.header.substr(0, kLongestCell)));
  RateGrammar grammar(header);
  Terms cell = scan_terms(text, grammar);
  if (cell.terms.empty()) return refuse(quantity, quantity_flag::unreadable);
  if (found.unit && found.unit->word != "%" && found.unit->word != "BP" && header == Period::unknown) {
    const bool bare = std::any_of(cell.terms.begin(), cell.terms.end(),
                                  [](const Term& term) { return !term.first.has_unit; });
    if (bare) {
      quantity.bare = to_string(cell.terms.front().first.number.value);
      return refuse(quantity, quantity_flag::per_period_unknown);
    }
  }
  borrow_unit(cell, found);
  quantity.unit_from.assign(cell.terms.front().first.borrowed ? found.from : "cell");
  if (merge_bounds(cell, grammar, Rounding::allowed, quantity)) return;
  quantity.unit_from.clear();

  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < cell.terms.size(); ++i) {
    Term& term = cell.terms[i];
    // 贴息 in front or behind: 财政贴息2个百分点, 2%贴息
    if (contains(term.label, "贴息") ||
        (i + 1 == cell.terms.size() && contains(cell.attached, "贴息") && !contains(cell.attached, "率"))) {
      raise(quantity, quantity_flag::subsidy);
      const Read read = read_term(term, Rounding::allowed, nullptr);
      const bool share = read.ok && read.range.min >= 200'000;  // 贴息50%: half of the interest, no points
      if (read.ok) quantity.parts.push_back({share ? "贴息比例" : "贴息", read.range});
      continue;
    }
    if (is_fee(term.label)) {
      raise(quantity, quantity_flag::fee);
      const Read read = read_term(term, Rounding::allowed, nullptr);
      if (read.ok) quantity.parts.push_back({std::string(term.label), read.range});
      continue;
    }
    if (term.in_brackets && i != 0) continue;
    own.push_back(i);
  }
  if (own.size() != 1) {
    if (own.size() > 1) {
      list_parts(quantity, cell, kNoMain, Rounding::allowed);
      refuse(quantity, quantity_flag::multiple_values);
    }
    return;
  }
  const Term& term = cell.terms[own.front()];
  if (contains(term.label, "综合")) raise(quantity, quantity_flag::all_in_cost);
  settle(quantity, cell, own.front(), found, Rounding::allowed);
  if (!term.label.empty() && quantity.has_value)
    quantity.parts.push_back({std::string(term.label), quantity.range});
  if (cell.rest_apart || cell.terms.size() > 1) raise(quantity, quantity_flag::remark);
  if (cell.rest_attached && quantity.has_value && !contains(cell.attached, "贴息") &&
      !contains_any(cell.attached, {"年化", "单利", "固定"})) {
    refuse(quantity, quantity_flag::composition);
  }
  if (quantity.has_value && term.first.borrowed && found.unit->word == "%" && found.from != "format" &&
      quantity.range.is_point() && quantity.range.min > 0 && quantity.range.min < 2'000) {
    raise(quantity, quantity_flag::scale_suspect);  // 0.0435 under （%） is rarely 0.0435%
    quantity.ambiguous = true;
  }
}

}  // namespace

std::vector<Unit> rate_units_named(std::string_view header) {
  std::vector<Unit> units;
  units.reserve(4);
  const std::int64_t per_year = times_a_year(period_in(header));
  const auto look = [&](std::string_view word, std::string_view shown, std::int64_t factor) {
    for (std::size_t at = header.find(word); at != std::string_view::npos;
         at = header.find(word, at + word.size())) {
      if (at > 0 && is_digit(header[at - 1])) continue;
      units.push_back({shown, factor, Currency::cny});
      return;
    }
  };
  look("%", "%", kPercent * per_year);
  look("‰", "‰", kPerMille * per_year);
  look("‱", "‱", kBasisPoint * per_year);
  look("BP", "BP", kBasisPoint);
  if (units.empty()) look("bp", "BP", kBasisPoint);
  return units;
}

}  // namespace detail

Quantity parse_rate(std::string_view text, const QuantityContext& context) {
  using namespace detail;
  Quantity quantity = begin_quantity(QuantityKind::rate, text);
  if (quantity.has_flag(quantity_flag::too_long)) return quantity;
  const std::string folded = fold(text);
  if (settle_wordless(quantity, folded)) return quantity;
  if (const BaseWord base = find_base(folded); base.at != std::string_view::npos) {
    Floating(folded, base, quantity).read();
  } else {
    read_fixed(quantity, folded, context);
  }
  return quantity;
}

Interval rate_at(const Quantity& rate, std::int64_t base_rate) {
  if (rate.base == RateBase::fixed) return rate.range;
  const detail::Scaled scaled = detail::scale({base_rate, 0}, rate.multiplier, 1'000'000);
  if (!scaled.fits) return {};
  Interval out;
  const auto put = [](std::int64_t base, std::int64_t spread, std::int64_t& to) {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(base, spread, &sum)) to = sum;
  };
  if (rate.spread.has_min()) put(scaled.floor, rate.spread.min, out.min);
  if (rate.spread.has_max()) put(scaled.ceil, rate.spread.max, out.max);
  return out;
}

}  // namespace huoshui
