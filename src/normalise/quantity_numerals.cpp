#include <algorithm>
#include <limits>
#include <normalise/detail/quantity.hpp>

namespace huoshui::detail {
namespace {

// Far above any sum of money (10^38 is the end of int128) and low enough to add two of them.
constexpr int128 kLargest = (static_cast<int128>(1) << 120) - 1;
constexpr std::int64_t kWan = 10'000;
constexpr std::int64_t kYi = 100'000'000;

bool times(int128& value, int128 factor) {
  return !__builtin_mul_overflow(value, factor, &value) && value <= kLargest && value >= -kLargest;
}

int128 power_of_ten(int exponent) {
  int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

void drop_zeros(Decimal& value) {
  while (value.scale > 0 && value.mantissa % 10 == 0) {
    value.mantissa /= 10;
    --value.scale;
  }
}

std::int64_t chinese_unit(char32_t code) {
  switch (code) {
    case U'十':
    case U'拾':
      return 10;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'仟':
      return 1000;
    case U'万':
    case U'萬':
      return kWan;
    case U'亿':
    case U'億':
      return kYi;
    default:
      return 0;
  }
}

bool is_zero_sign(char32_t code) { return code == U'零' || code == U'〇' || code == U'○'; }

/// End of a chain of digit groups, each with three digits: 1,200,000 or 1 200 000. `at` behind the first
/// group.
std::size_t grouped_end(std::string_view text, std::size_t begin, std::size_t at, char mark) {
  if (at - begin > 3 || at - begin == 0) return at;
  std::size_t end = at;
  while (end < text.size() && text[end] == mark && digit_at(text, end + 1)) {
    std::size_t group = end + 1;
    while (digit_at(text, group)) ++group;
    if (group - end - 1 != 3) return at;  // one bad group: the marks separate values
    end = group;
  }
  return end;
}

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at, LatinUnits latin) : text_(text), at_(at), latin_(latin) {}

  std::optional<Number> scan() {
    begin_ = at_;
    while (step()) {
    }
    if (!any_) return std::nullopt;
    finish();
    out_.end = at_;
    return out_;
  }

 private:
  bool step() {
    if (out_.more && !unit_after_more()) return false;
    std::size_t next = at_;
    if (any_) {
      next = skip_spaces(text_, at_);
      const char32_t code = character_at(text_, next).code;
      // A space inside a number is dropped only before a unit; digits after it are another number.
      if (next != at_ && chinese_unit(code) == 0) return false;
    }
    const Character c = character_at(text_, next);
    if (c.length == 0) return false;
    if (c.code >= '0' && c.code <= '9') return arabic(next);
    if (out_.more && chinese_unit(c.code) < kWan) return false;
    if (is_zero_sign(c.code)) return zero(next + c.length);
    if (chinese_digit(c.code) > 0) return digit(next + c.length, chinese_digit(c.code));
    if (c.code == U'廿' || c.code == U'卅') return twenty(next + c.length, c.code == U'廿' ? 20 : 30);
    if (c.code == U'点') return point(next + c.length);
    if (c.code == U'半') return half(next + c.length);
    if (c.code == U'几' || c.code == U'数' || c.code == U'上' || c.code == U'来') return some(next, c);
    if (c.code == U'余' || c.code == U'多') return more(next + c.length);
    if (const std::int64_t unit = chinese_unit(c.code); unit != 0) {
      if (unit == 1000 && names_a_measure(next + c.length)) return false;
      return unit < kWan ? small_unit(next + c.length, unit) : big_unit(next + c.length, unit);
    }
    if (latin_ == LatinUnits::w_and_k && any_ && !out_.chinese && !letter_at(text_, next + 1)) {
      if (c.code == 'w' || c.code == 'W') return big_unit(next + 1, kWan);
      if ((c.code == 'k' || c.code == 'K') && !units_) {
        at_ = next + 1;
        spend(section_, current(), 1000);
        out_.big = true;
        close_unit(1000);
        done_ = true;
        return false;
      }
    }
    return false;
  }

  /// 千瓦, 千克, 千米: this 千 belongs to the measure.
  bool names_a_measure(std::size_t at) const {
    switch (character_at(text_, at).code) {
      case U'瓦':
      case U'克':
      case U'米':
      case U'卡':
      case U'伏':
        return true;
      default:
        return false;
    }
  }

  bool unit_after_more() const { return chinese_unit(character_at(text_, at_).code) >= kWan; }

  bool arabic(std::size_t from) {
    if (has_current_ || out_.more) return false;
    std::size_t end = from;
    while (digit_at(text_, end)) ++end;
    std::size_t whole_end = grouped_end(text_, from, end, ',');
    if (whole_end == end) whole_end = grouped_end(text_, from, end, ' ');
    Decimal value;
    bool fits = true;
    const auto push = [&](char c) {
      fits = fits && times(value.mantissa, 10) && (value.mantissa += c - '0', true);
    };
    for (std::size_t i = from; i < whole_end; ++i) {
      if (is_digit(text_[i])) push(text_[i]);
    }
    whole_digits_ = end - from;
    end = whole_end;
    fraction_ = false;
    if (end < text_.size() && text_[end] == '.' && digit_at(text_, end + 1)) {
      fraction_ = true;
      std::size_t last = end + 1;
      std::size_t significant = end + 1;
      for (; digit_at(text_, last); ++last) {
        if (text_[last] != '0') significant = last + 1;
      }
      for (std::size_t i = end + 1; i < significant && fits; ++i) {
        push(text_[i]);
        ++value.scale;
      }
      end = last;
      if (end < text_.size() && text_[end] == '.' && digit_at(text_, end + 1)) out_.invalid = true;  // 1.2.3
    }
    end = exponent(end, value, fits);
    if (!fits) out_.overflow = true;
    set_current(end, value);
    out_.chinese = false;
    arabic_current_ = true;
    return true;
  }

  std::size_t exponent(std::size_t at, Decimal& value, bool& fits) const {
    if (at >= text_.size() || (text_[at] != 'E' && text_[at] != 'e')) return at;
    std::size_t end = at + 1;
    const bool minus = end < text_.size() && text_[end] == '-';
    if (end < text_.size() && (text_[end] == '+' || text_[end] == '-')) ++end;
    const std::size_t digits = end;
    int power = 0;
    for (; digit_at(text_, end); ++end) power = std::min(power * 10 + (text_[end] - '0'), 1000);
    if (end == digits || letter_at(text_, end)) return at;
    if (minus) {
      value.scale += power;
      if (value.scale > 36) fits = value.mantissa == 0;
      if (!fits || value.mantissa == 0) value.scale = 0;
      drop_zeros(value);
      return end;
    }
    for (; power > 0 && value.mantissa != 0 && fits; --power) {
      if (value.scale > 0) {
        --value.scale;
      } else {
        fits = times(value.mantissa, 10);
      }
    }
    return end;
  }

  bool zero(std::size_t end) {
    if (has_current_ && arabic_current_) return false;
    if (has_current_ || !units_) return positional(end, 0);
    zero_gap_ = true;
    at_ = end;
    return true;
  }

  bool digit(std::size_t end, int value) {
    if (has_current_ && arabic_current_) return false;
    return positional(end, value);
  }

  /// 二〇二五 and 五〇〇万: digits by place.
  bool positional(std::size_t end, int value) {
    if (!has_current_) {
      set_current(end, Decimal{value, 0});
      arabic_current_ = false;
      chinese_digits_ = 1;
      chinese_zero_ = value == 0;
      return true;
    }
    if (!times(current_.mantissa, 10)) {
      out_.overflow = true;
      current_.mantissa = 0;
    }
    current_.mantissa += value;
    ++chinese_digits_;
    chinese_zero_ = chinese_zero_ || value == 0;
    at_ = end;
    return true;
  }

  bool twenty(std::size_t end, int value) {
    if (has_current_) return false;
    Decimal amount{value, 0};
    sum(section_, amount);
    any_ = true;
    at_ = end;
    section_unit_ = 10;
    close_unit(10);
    return true;
  }

  bool point(std::size_t at) {
    if (!has_current_ || arabic_current_ || current_.scale != 0) return false;
    std::size_t end = at;
    for (;;) {
      const Character c = character_at(text_, end);
      const int value = chinese_digit(c.code);
      if (c.length == 0 || value < 0) break;
      if (!times(current_.mantissa, 10)) {
        out_.overflow = true;
        break;
      }
      current_.mantissa += value;
      ++current_.scale;
      end += c.length;
    }
    if (end == at) return false;
    drop_zeros(current_);
    fraction_ = true;
    chinese_digits_ = 1;
    at_ = end;
    return true;
  }

  bool half(std::size_t end) {
    if (any_ || chinese_unit(character_at(text_, end).code) == 0) return false;
    set_current(end, Decimal{5, 1});
    arabic_current_ = false;
    chinese_digits_ = 1;
    return true;
  }

  /// 几, 数, 上, 来: no single number. They are read over so that the whole word is known to be fuzzy.
  bool some(std::size_t at, Character c) {
    const std::size_t end = at + c.length;
    const bool unit_follows = chinese_unit(character_at(text_, end).code) != 0;
    if (c.code == U'几') {
      if (has_current_ && !out_.fuzzy) return false;
      // A counted noun (几户) is as fuzzy as 几十.
    } else if (c.code == U'来') {
      if (!units_ || has_current_) return false;
      out_.fuzzy = true;
      at_ = end;
      return true;
    } else if (any_ || !unit_follows) {
      return false;
    }
    out_.fuzzy = true;
    set_current(end, Decimal{1, 0});
    arabic_current_ = false;
    chinese_digits_ = 1;
    return true;
  }

  bool more(std::size_t end) {
    if (!any_ || out_.more) return false;
    out_.more = true;
    at_ = end;
    return true;
  }

  bool small_unit(std::size_t end, std::int64_t unit) {
    check_digits();
    if (!has_current_ && unit != 10) {
      if (any_ && section_unit_ != 0) out_.invalid = true;  // 百千
      if (!any_) out_.leading = true;
      if (any_ && section_unit_ == 0 && !zero_gap_) out_.invalid = true;
    }
    if (!has_current_ && unit == 10 && section_unit_ != 0) out_.invalid = true;
    if (section_unit_ != 0 && unit >= section_unit_) out_.invalid = true;
    spend(section_, has_current_ ? current() : Decimal{1, 0}, unit);
    section_unit_ = unit;
    at_ = end;
    close_unit(unit);
    return true;
  }

  bool big_unit(std::size_t end, std::int64_t unit) {
    check_digits();
    if (out_.more && has_current_ && units_ && section_unit_ == 0) out_.invalid = true;
    if (has_current_ && section_unit_ > 10 && !zero_gap_ && !arabic_current_)
      out_.invalid = true;  // 三百五万
    if (has_current_ && arabic_current_ && section_unit_ != 0 &&
        (fraction_ || current_.mantissa >= section_unit_)) {
      out_.invalid = true;
    }
    const bool nothing = !has_current_ && section_unit_ == 0 && wan_unused();
    Decimal sum_below = section_;
    if (has_current_) sum(sum_below, current_);
    if (nothing) {
      if (any_) out_.invalid = true;
      if (!any_) out_.leading = true;
      sum_below = Decimal{1, 0};
    }
    if (unit == kWan) {
      if (!wan_unused()) out_.invalid = true;
      spend(wan_, sum_below, kWan);
    } else {
      if (yi_used_) out_.invalid = true;
      yi_used_ = true;
      sum(sum_below, wan_);
      wan_ = Decimal{};
      spend(yi_, sum_below, kYi);
    }
    section_ = Decimal{};
    section_unit_ = 0;
    low_unit_ = unit;
    out_.big = true;
    at_ = end;
    close_unit(unit);
    if (unit == kWan && character_at(text_, at_).code == U'亿') out_.run_big = kWan;  // 万亿 runs together
    return true;
  }

  void finish() {
    if (!units_) {
      if (has_current_) sum(out_.value, current_);
      out_.plain = true;
      if (!arabic_current_ && chinese_digits_ == 2 && !chinese_zero_)
        out_.fuzzy = true;  // 三五: three to five
      drop_zeros(out_.value);
      return;
    }
    Decimal total = yi_;
    sum(total, wan_);
    sum(total, section_);
    if (has_current_) add_tail(total);
    drop_zeros(total);
    out_.value = total;
  }

  /// A last digit without a unit takes the next lower one, unless 零 or 十 stands before it.
  void add_tail(Decimal& total) {
    const std::int64_t unit = section_unit_ != 0 ? section_unit_ : low_unit_;
    if (done_ || fraction_) {
      out_.invalid = true;
      return;
    }
    if (arabic_current_) {
      const bool one_digit = whole_digits_ == 1;
      int zeros = 0;
      for (std::int64_t rest = unit; rest > 1; rest /= 10) ++zeros;
      if (unit == 10 || zero_gap_) {
        sum(total, current_);
        out_.open_tail = true;
      } else if (one_digit) {
        spend(total, current_, unit / 10);
        out_.colloquial = true;
      } else if (whole_digits_ == static_cast<std::size_t>(zeros)) {
        sum(total, current_);
        out_.open_tail = true;
      } else {
        out_.invalid = true;
      }
    } else if (chinese_digits_ != 1) {
      out_.fuzzy = chinese_digits_ == 2;
      out_.invalid = out_.invalid || chinese_digits_ != 2;
    } else if (zero_gap_ || unit == 10) {
      sum(total, current_);
    } else {
      spend(total, current_, unit / 10);
      out_.colloquial = true;
    }
    out_.run = 1;
    out_.run_big = 1;
  }

  void check_digits() {
    if (!has_current_ || arabic_current_) return;
    if (chinese_digits_ == 2 && !chinese_zero_) out_.fuzzy = true;  // 两三百万
    if (chinese_digits_ > 2 && !chinese_zero_) out_.fuzzy = true;
    if (chinese_digits_ > 1 && units_) out_.fuzzy = true;
  }

  void set_current(std::size_t end, const Decimal& value) {
    if (!any_) out_.chinese = true;
    any_ = true;
    current_ = value;
    has_current_ = true;
    last_was_unit_ = false;
    at_ = end;
  }

  void close_unit(std::int64_t unit) {
    if (!any_) out_.chinese = true;
    any_ = true;
    units_ = true;
    has_current_ = false;
    zero_gap_ = false;
    fraction_ = false;
    if (last_was_unit_) {
      if (__builtin_mul_overflow(out_.run, unit, &out_.run)) out_.invalid = true;
      if (unit >= kWan && __builtin_mul_overflow(out_.run_big, unit, &out_.run_big)) out_.invalid = true;
    } else {
      out_.run = unit;
      out_.run_big = unit >= kWan ? unit : 1;
    }
    last_was_unit_ = true;
  }

  Decimal current() const { return has_current_ ? current_ : Decimal{}; }
  bool wan_unused() const { return wan_.mantissa == 0; }

  void sum(Decimal& to, const Decimal& other) {
    if (!add(to, other)) out_.overflow = true;
  }
  void spend(Decimal& to, Decimal value, std::int64_t unit) {
    if (!multiply(value, unit)) {
      out_.overflow = true;
      return;
    }
    sum(to, value);
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t begin_ = 0;
  LatinUnits latin_;
  Number out_;
  Decimal yi_, wan_, section_, current_;
  std::int64_t section_unit_ = 0;
  std::int64_t low_unit_ = 0;
  std::size_t whole_digits_ = 0;
  int chinese_digits_ = 0;
  bool any_ = false, units_ = false, has_current_ = false, arabic_current_ = false, chinese_zero_ = false;
  bool zero_gap_ = false, fraction_ = false, yi_used_ = false, last_was_unit_ = false, done_ = false;
};

}  // namespace

int chinese_digit(char32_t code) {
  switch (code) {
    case U'〇':
    case U'零':
    case U'○':
      return 0;
    case U'一':
    case U'壹':
      return 1;
    case U'二':
    case U'贰':
    case U'两':
    case U'俩':
      return 2;
    case U'三':
    case U'叁':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

bool add(Decimal& to, const Decimal& other) {
  Decimal more = other;
  while (to.scale < more.scale) {
    if (!times(to.mantissa, 10)) return false;
    ++to.scale;
  }
  while (more.scale < to.scale) {
    if (!times(more.mantissa, 10)) return false;
    ++more.scale;
  }
  to.mantissa += more.mantissa;
  return to.mantissa <= kLargest && to.mantissa >= -kLargest;
}

bool multiply(Decimal& to, std::int64_t factor) {
  while (to.scale > 0 && factor % 10 == 0 && factor != 0) {
    factor /= 10;
    --to.scale;
  }
  return times(to.mantissa, factor);
}

std::string to_string(const Decimal& value) {
  Decimal shown = value;
  drop_zeros(shown);
  const bool minus = shown.mantissa < 0;
  int128 rest = minus ? -shown.mantissa : shown.mantissa;
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  } while (rest != 0);
  while (digits.size() <= static_cast<std::size_t>(shown.scale)) digits.push_back('0');
  if (shown.scale > 0) digits.insert(static_cast<std::size_t>(shown.scale), 1, '.');
  if (minus) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

Scaled scale(const Decimal& value, std::int64_t factor, std::int64_t divisor) {
  // One short of the ends of int64: these mean "unbounded" inside an Interval, and bounds add or take one.
  constexpr int128 kMost = std::numeric_limits<std::int64_t>::max() - 1;
  int128 product = value.mantissa;
  int128 below = divisor;
  if (value.scale > 36 || !times(product, factor) || !times(below, power_of_ten(value.scale))) return {};
  int128 floor = product / below;
  if (product % below != 0 && product < 0) --floor;
  const int128 ceil = product % below == 0 ? floor : floor + 1;
  if (floor < -kMost || ceil > kMost) return {};
  return {static_cast<std::int64_t>(floor), static_cast<std::int64_t>(ceil), true};
}

std::optional<Number> scan_number(std::string_view text, std::size_t at, LatinUnits latin) {
  return Scanner(text, at, latin).scan();
}

}  // namespace huoshui::detail
