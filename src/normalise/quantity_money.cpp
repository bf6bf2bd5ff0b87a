#include <algorithm>
#include <array>
#include <normalise/detail/quantity.hpp>

namespace huoshui {
namespace detail {
namespace {

constexpr auto kHeaderUnits = std::to_array<UnitWord>({
    {"万亿元", 100'000'000'000'000},
    {"亿元人民币", kFenPerYi},
    {"万元人民币", kFenPerWan},
    {"亿美元", kFenPerYi},
    {"百万美元", 100'000'000},
    {"万美元", kFenPerWan},
    {"美元", kFenPerYuan},
    {"亿港元", kFenPerYi},
    {"万港元", kFenPerWan},
    {"万港币", kFenPerWan},
    {"港元", kFenPerYuan},
    {"港币", kFenPerYuan},
    {"亿欧元", kFenPerYi},
    {"万欧元", kFenPerWan},
    {"欧元", kFenPerYuan},
    {"亿元", kFenPerYi},
    {"千万元", 1'000'000'000},
    {"百万元", 100'000'000},
    {"十万元", 10'000'000},
    {"万元", kFenPerWan},
    {"千元", 100'000},
    {"人民币元", kFenPerYuan},
    {"元", kFenPerYuan},
    {"万", kFenPerWan},
    {"亿", kFenPerYi},
});

struct CurrencyWord {
  std::string_view word;
  Currency currency;
};
constexpr auto kForeign = std::to_array<CurrencyWord>({
    {"美元", Currency::usd},
    {"美金", Currency::usd},
    {"USD", Currency::usd},
    {"US$", Currency::usd},
    {"港元", Currency::hkd},
    {"港币", Currency::hkd},
    {"HKD", Currency::hkd},
    {"HK$", Currency::hkd},
    {"欧元", Currency::eur},
    {"EUR", Currency::eur},
    {"€", Currency::eur},
    {"日元", Currency::other},
    {"英镑", Currency::other},
    {"澳元", Currency::other},
    {"新台币", Currency::other},
    {"$", Currency::other},
});

const CurrencyWord* foreign_at(std::string_view text, std::size_t at) {
  const auto found = std::find_if(kForeign.begin(), kForeign.end(),
                                  [&](const CurrencyWord& f) { return stands_at(text, at, f.word); });
  return found == kForeign.end() ? nullptr : &*found;
}

bool names_foreign(std::string_view text) {
  return std::any_of(kForeign.begin(), kForeign.end(),
                     [&](const CurrencyWord& f) { return contains(text, f.word); });
}

std::string_view word_of_run(std::int64_t run) {
  switch (run) {
    case 1:
      return "元";
    case 10:
      return "十元";
    case 100:
      return "百元";
    case 1000:
      return "千元";
    case 10'000:
      return "万元";
    case 100'000:
      return "十万元";
    case 1'000'000:
      return "百万元";
    case 10'000'000:
      return "千万元";
    case 100'000'000:
      return "亿元";
    case 10'000'000'000:
      return "百亿元";
    case 100'000'000'000:
      return "千亿元";
    case 1'000'000'000'000:
      return "万亿元";
    default:
      return "元";
  }
}

class MoneyGrammar final : public Grammar {
 public:
  explicit MoneyGrammar(bool header_has_unit) : header_has_unit_(header_has_unit) {}

  std::optional<Value> value_at(std::string_view text, std::size_t at, std::size_t /*clause*/) override {
    std::optional<Number> number = scan_number(text, at, LatinUnits::w_and_k);
    if (!number) return std::nullopt;
    Value value;
    value.number = *number;
    value.end = number->end;
    value.factor = kFenPerYuan;
    // 壹佰贰拾万元 speaks of 万元, 3千万 of 千万元.
    value.unit = word_of_run(number->chinese && number->run_big > 1 ? number->run_big : number->run);
    std::size_t next = skip_spaces(text, number->end);
    if (const std::size_t end = bracketed_unit(text, next, value); end != 0) return value;
    if (const CurrencyWord* foreign = foreign_at(text, next)) {
      value.currency = foreign->currency;
      value.unit = foreign->word;
      value.named = true;
      value.has_unit = true;
      value.end = next + foreign->word.size();
      return value;
    }
    if (const std::size_t length = yuan_at(text, next); length != 0) {
      value.named = true;
      value.has_unit = true;
      value.end = next + length;
      jiao_and_fen(text, value);
      next = skip_spaces(text, value.end);
      if (stands_at(text, next, "余") || stands_at(text, next, "多")) {
        value.number.more = true;
        value.end = next + 3;
      }
      if (stands_at(text, value.end, "级")) value.number.fuzzy = true;
      return value;
    }
    if (stands_at(text, next, "级")) {
      value.number.fuzzy = true;
      value.has_unit = true;
      value.end = next + 3;
      return value;
    }
    const bool yuan_spoken = number->colloquial && !header_has_unit_;
    value.has_unit = number->big || yuan_spoken || number->fuzzy;
    // ￥5,000 says 元, unless the header counts in 万元.
    if (!value.has_unit && !header_has_unit_ && number->plain) {
      value.has_unit = follows_yuan_sign(text, at);
      value.named = value.has_unit;
    }
    if (number->open_tail) value.number.invalid = true;
    if (number->chinese && number->plain && number->value.mantissa == 1)
      value.number.invalid = true;  // 一 or —
    if (!may_follow(text, next, number->big)) return std::nullopt;
    if (!value.has_unit) {
      value.factor = 0;
      value.unit = {};
    }
    return value;
  }

 private:
  static bool follows_yuan_sign(std::string_view text, std::size_t at) {
    const std::string_view before = trim(text.substr(0, at));
    for (const std::string_view sign : {"￥", "¥", "RMB", "CNY"}) {
      if (before.size() >= sign.size() && before.substr(before.size() - sign.size()) == sign) return true;
    }
    return false;
  }

  static std::size_t yuan_at(std::string_view text, std::size_t at) {
    for (const std::string_view word : {"元人民币", "元整", "圆整", "元", "圆", "块钱", "块"}) {
      if (stands_at(text, at, word)) return word.size();
    }
    return 0;
  }

  /// 500（万元）
  std::size_t bracketed_unit(std::string_view text, std::size_t at, Value& value) const {
    if (at >= text.size() || text[at] != '(' || value.number.big) return 0;
    const UnitWord* unit = unit_at(text, at + 1, kHeaderUnits);
    if (unit == nullptr) return 0;
    const std::size_t close = at + 1 + unit->word.size();
    if (close >= text.size() || text[close] != ')') return 0;
    value.has_unit = true;
    value.named = true;
    value.factor = unit->factor;
    value.unit = unit->word;
    for (const CurrencyWord& foreign : kForeign) {
      if (contains(unit->word, foreign.word)) value.currency = foreign.currency;
    }
    value.end = close + 1;
    return value.end;
  }

  static void jiao_and_fen(std::string_view text, Value& value) {
    std::int64_t worth = 10;
    for (;;) {
      std::size_t at = value.end;
      if (stands_at(text, at, "零")) at += 3;
      const std::optional<Number> small = scan_number(text, at, LatinUnits::none);
      if (!small || !small->plain || small->value.scale != 0 || small->value.mantissa > 9) return;
      if (worth == 10 && stands_at(text, small->end, "角")) {
        worth = 10;
      } else if (stands_at(text, small->end, "分")) {
        worth = 1;
      } else {
        return;
      }
      Decimal part = small->value;
      if (!multiply(part, worth) || !add(value.extra, part)) value.number.overflow = true;
      value.end = small->end + 3;
      if (worth == 1) return;
      worth = 1;
    }
  }

  /// Tell whether a number without 元 may be an amount before what follows it. 2000万件 is none.
  static bool may_follow(std::string_view text, std::size_t at, bool big) {
    const Character c = character_at(text, at);
    if (c.length == 0 || separator_at(text, at) != 0) return true;
    if (c.code < 0x80) return !letter_at(text, at) && c.code != '%' && c.code != '.';
    if (const std::size_t length = connector_at(text, at); length != 0) {
      const std::size_t after = skip_spaces(text, at + length);
      return length != 3 || !(c.code == U'至' || c.code == U'到') || digit_at(text, after) ||
             scan_number(text, after, LatinUnits::none).has_value();
    }
    for (const std::string_view word :
         {"以上", "以下", "以内", "以外", "之内", "及以", "或以", "左右", "上下", "起", "余", "多", "内",
          "封顶", "每", "整", "不到", "~", "×"}) {
      if (stands_at(text, at, word)) return true;
    }
    if (!big) return false;
    for (const std::string_view word :
         {"资金", "投资", "贷款", "融资", "人民币", "补助", "补贴", "授信", "专项", "银行", "资本",
          "债券", "的",   "用于", "作为", "等",     "其中", "含",   "已",   "尚",   "自筹"}) {
      if (stands_at(text, at, word)) return true;
    }
    return false;
  }

  bool header_has_unit_;
};

// --- which figure is the cell's own
// -------------------------------------------------------------------------

bool speaks_of_total(std::string_view label) {
  if (contains_any(label,
                   {"已",   "完成", "补助", "中央",   "省级", "市级", "县级", "财政", "年度", "自筹",
                    "贷款", "融资", "银行", "资本金", "到位", "缺口", "产值", "收入", "税",   "单价"})) {
    return contains(label, "含税") && contains(label, "总投资");
  }
  if (contains_any(label, {"总投资", "投资总额", "投资额", "总金额", "金额", "总额", "合计", "总计", "共计",
                           "概算", "造价", "总规模"})) {
    return true;
  }
  return label == "投资" || label == "计划投资" || label == "估算投资" || label == "项目投资" ||
         label == "拟投资" || label == "共" || label == "总" || label == "共投资";
}

bool speaks_of_need(std::string_view label) {
  if (contains_any(label, {"已", "投资", "自筹", "补助", "资本金"})) return false;
  return contains_any(label, {"融资", "贷款", "缺口", "需求", "需要", "申请", "授信", "拟贷", "信贷", "额度",
                              "限额", "单户"});
}

std::string_view header_stem(std::string_view header) {
  const std::size_t end = header.find_first_of("(/:");
  return trim(header.substr(0, end));
}

bool belongs(const Term& term, const QuantityContext& context, std::string_view stem) {
  const std::string_view label = term.label;
  if (label.empty()) return true;
  if (!stem.empty() && stem.size() >= 6 && (contains(label, stem) || contains(stem, label))) return true;
  if (context.role == QuantityContext::Role::need) return speaks_of_need(label);
  if (speaks_of_total(label)) return !speaks_of_need(stem);
  return speaks_of_need(label) && (stem.empty() || speaks_of_need(stem));
}

std::size_t main_term(const Terms& cell, const QuantityContext& context, std::string_view stem) {
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < cell.terms.size(); ++i) {
    const Term& term = cell.terms[i];
    if (term.in_brackets && i != 0) continue;
    if (term.joined) return kNoMain;
    if (i == 0 && term.label.empty() && !(cell.terms.size() > 1 && cell.terms[1].joined)) {
      own.push_back(i);
    } else if (i != 0 && term.label.empty()) {
      return kNoMain;  // 3000万元、5000万元
    } else if (belongs(term, context, stem)) {
      own.push_back(i);
    }
  }
  if (own.empty()) return kNoMain;
  if (context.role == QuantityContext::Role::need && own.size() > 1) {
    // 总额在前而需求另有其数: the figure that names the need decides.
    std::vector<std::size_t> named;
    std::copy_if(own.begin(), own.end(), std::back_inserter(named),
                 [&](std::size_t i) { return !cell.terms[i].label.empty(); });
    if (named.size() == 1) return named.front();
    return kNoMain;
  }
  if (own.size() > 1 && own.front() != 0) return kNoMain;
  return own.front();
}

/// The unit that a number format shows, over 10^k when it also scales: 0!.0,"万" prints stored yuan as 万.
std::optional<Unit> unit_of_format(std::string_view format) {
  if (format.empty() || format.size() > 200) return std::nullopt;
  const UnitWord* unit = nullptr;
  int power = 0;
  std::size_t last_digit = std::string_view::npos;
  bool escaped_point = false;
  int behind_point = 0;
  for (std::size_t at = 0; at < format.size();) {
    const char c = format[at];
    if (c == ';') break;  // further sections are for negative numbers and text
    if (c == '"') {
      const std::size_t close = std::min(format.find('"', at + 1), format.size());
      const UnitWord* found = unit_at(format.substr(0, close), at + 1, kHeaderUnits);
      if (found != nullptr && at + 1 + found->word.size() == close) unit = found;
      at = close + 1;
      continue;
    }
    if ((c == '!' || c == '\\') && at + 1 < format.size()) {
      if (format[at + 1] == '.') escaped_point = true;
      at += 2;
      continue;
    }
    if (c == '0' || c == '#' || c == '?') {
      if (escaped_point) ++behind_point;
      last_digit = at;
    }
    if (const UnitWord* found =
            static_cast<unsigned char>(c) >= 0x80 ? unit_at(format, at, kHeaderUnits) : nullptr) {
      unit = found;
      at += found->word.size();
      continue;
    }
    at += character_at(format, at).length;
  }
  if (unit == nullptr || last_digit == std::string_view::npos) return std::nullopt;
  for (std::size_t at = last_digit + 1; at < format.size() && format[at] == ','; ++at) power += 3;
  power += behind_point;
  std::int64_t factor = unit->factor;
  for (; power > 0; --power) {
    if (factor % 10 != 0) return std::nullopt;
    factor /= 10;
  }
  return Unit{unit->word, factor, Currency::cny};
}

/// 万元/年 and 元/亩 in the header make every number below them a flow or a price.
Flow flow_of_header(std::string_view source, std::string_view word) {
  const std::string header = fold(source);
  const std::size_t at = header.rfind(word);
  if (at == std::string::npos) return Flow::none;
  const std::size_t slash = at + word.size();
  if (slash >= header.size() || header[slash] != '/') return Flow::none;
  const std::string_view per = std::string_view(header).substr(slash + 1);
  if (per.empty()) return Flow::none;
  if (per.substr(0, 3) == "年") return Flow::yearly;
  if (per.substr(0, 3) == "月" || per.substr(0, 3) == "季" || per.substr(0, 3) == "日") return Flow::periodic;
  return Flow::unit_price;
}

FoundUnit money_unit(const QuantityContext& context) {
  if (const std::optional<Unit> unit = unit_of_format(context.number_format)) {
    return {unit, "format", false, {}};
  }
  return find_unit(QuantityKind::money, context);
}

// --- the plain case
// -----------------------------------------------------------------------------------------

/// Digits, thousands marks and one point, then nothing or one of five words. False: take the long way.
bool plain_amount(std::string_view text, const QuantityContext& context, Quantity& quantity) {
  std::int64_t mantissa = 0;
  int scale = 0;
  std::size_t at = 0;
  std::size_t digits = 0;
  bool comma = false;
  while (at < text.size() && (is_digit(text[at]) || text[at] == ',')) {
    if (text[at] == ',') {
      if (digits == 0 || digits > 3) return false;
      if (comma && digits != 3) return false;
      comma = true;
      digits = 0;
    } else {
      if (mantissa > 99'999'999'999'999) return false;
      mantissa = mantissa * 10 + (text[at] - '0');
      ++digits;
    }
    ++at;
  }
  if (digits == 0 || (comma && digits != 3)) return false;
  if (at < text.size() && text[at] == '.') {
    const std::size_t point = at++;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      if (mantissa > 99'999'999'999'999) return false;
      mantissa = mantissa * 10 + (text[at] - '0');
      ++scale;
    }
    if (at == point + 1) return false;
  }
  const std::string_view word = text.substr(at);
  std::int64_t factor = 0;
  std::string_view shown = word;
  std::string_view from = "cell";
  Currency currency = Currency::cny;
  if (word == "万元") {
    factor = kFenPerWan;
  } else if (word == "亿元") {
    factor = kFenPerYi;
  } else if (word == "元") {
    factor = kFenPerYuan;
  } else if (word.empty()) {
    const FoundUnit found = money_unit(context);
    if (!found.unit || mantissa == 0) return false;
    if (!found.source.empty() && contains_any(found.source, {"/", "／"}) &&
        flow_of_header(found.source, found.unit->word) != Flow::none) {
      return false;
    }
    factor = found.unit->factor;
    shown = found.unit->word;
    from = found.from;
    currency = found.unit->currency;
  } else {
    return false;
  }
  if (mantissa == 0) return false;
  for (; scale > 0 && (factor % 10 == 0 || mantissa % 10 == 0); --scale) {
    if (factor % 10 == 0) {
      factor /= 10;
    } else {
      mantissa /= 10;
    }
  }
  std::int64_t fen = 0;
  if (scale > 0 || __builtin_mul_overflow(mantissa, factor, &fen) || fen >= Interval::kNoMax - 1)
    return false;
  quantity.range = Interval::exactly(fen);
  quantity.has_value = true;
  quantity.unit.assign(shown);
  quantity.unit_from.assign(from);
  quantity.currency = currency;
  if (currency != Currency::cny) raise(quantity, quantity_flag::foreign_currency);
  return true;
}

void set_currencies(Terms& cell, const FoundUnit& found) {
  for (Term& term : cell.terms) {
    Currency before = Currency::cny;
    for (const CurrencyWord& foreign : kForeign) {
      if (term.label.size() < foreign.word.size()) continue;
      if (term.label.substr(term.label.size() - foreign.word.size()) != foreign.word) continue;
      before = foreign.currency;
      term.label.remove_suffix(foreign.word.size());
      term.label = trim(term.label);
      break;
    }
    const auto set = [&](Value& value) {
      if (before != Currency::cny && value.currency == Currency::cny) {
        value.currency = before;
        value.has_unit = true;
        value.named = true;
        if (value.factor == 0) value.factor = kFenPerYuan;
      } else if (!value.named && found.unit) {
        value.currency = found.unit->currency;
      }
    };
    set(term.first);
    if (term.second) set(*term.second);
  }
}

void no_figure(Quantity& quantity, const Terms& cell) {
  refuse(quantity, cell.measure_seen ? quantity_flag::not_money : quantity_flag::unreadable);
}

bool mixes_bare(const Terms& cell) {
  const auto bare = [](const Term& term) { return !term.first.has_unit && !term.in_brackets; };
  return std::any_of(cell.terms.begin(), cell.terms.end(), bare) &&
         std::any_of(cell.terms.begin(), cell.terms.end(),
                     [](const Term& term) { return term.first.has_unit; });
}

void read_money(Quantity& quantity, std::string_view text, const QuantityContext& context) {
  const FoundUnit found = money_unit(context);
  MoneyGrammar grammar(found.unit.has_value());
  Terms cell = scan_terms(text, grammar);
  if (cell.terms.empty()) return no_figure(quantity, cell);
  set_currencies(cell, found);
  const bool mixed = mixes_bare(cell);
  const bool own_unit = cell.terms.front().first.has_unit;
  borrow_unit(cell, found);
  if (found.unit && !found.source.empty()) {
    const Flow flow = flow_of_header(found.source, found.unit->word);
    for (Term& term : cell.terms) {
      if (term.first.borrowed && term.flow == Flow::none) term.flow = flow;
    }
  }
  if (cell.collection) {
    list_parts(quantity, cell, kNoMain, Rounding::refused);
    return refuse(quantity, quantity_flag::collection);
  }
  quantity.unit_from.assign(own_unit ? "cell" : found.from);
  if (merge_bounds(cell, grammar, Rounding::refused, quantity)) return;
  quantity.unit_from.clear();
  const std::string header = fold(context.header.substr(0, kLongestCell));
  const std::string_view stem = header_stem(header);
  const std::size_t main = main_term(cell, context, stem);
  if (cell.rest_apart) {
    raise(quantity, quantity_flag::remark);
    quantity.approximate = contains_any(text, {"(暂定)", "(暂估)", "(预估)", "(估算)", "(约)", "(预计)"});
  }
  const bool one = cell.terms.size() == 1 && !cell.rest_attached && !cell.terms.front().joined;
  if (!one) raise(quantity, quantity_flag::composition);
  if (main == kNoMain || (mixed && cell.terms[main].first.borrowed)) {
    list_parts(quantity, cell, kNoMain, Rounding::refused);
    // Say the particular thing when there is one: 每亩300元 is a price before it is a foreign label.
    if (cell.terms.size() == 1 && cell.terms.front().flow != Flow::none) {
      settle(quantity, cell, 0, found, Rounding::refused);
    } else {
      const bool labelled = std::any_of(cell.terms.begin(), cell.terms.end(),
                                        [](const Term& term) { return !term.label.empty() || term.joined; });
      refuse(quantity, labelled || mixed ? quantity_flag::composition : quantity_flag::multiple_values);
    }
    return;
  }
  settle(quantity, cell, main, found, Rounding::refused);
  list_parts(quantity, cell, main, Rounding::refused);
  const bool need_behind = context.role == QuantityContext::Role::need && speaks_of_need(cell.attached) &&
                           cell.terms.size() == 1 && cell.terms.front().label.empty();
  if (cell.rest_attached && quantity.has_value && cell.terms.size() == 1 && !need_behind) {
    if (cell.terms.front().label.empty()) quantity.parts.push_back({"", quantity.range});
    refuse(quantity, quantity_flag::composition);
  }
  if (mixed && quantity.has_value) {
    const bool loose = std::any_of(cell.terms.begin(), cell.terms.end(), [](const Term& term) {
      return term.first.borrowed && !term.in_brackets && term.label.empty();
    });
    if (loose) refuse(quantity, quantity_flag::multiple_values);
  }
  const Term& term = cell.terms[main];
  if (context.role == QuantityContext::Role::need && term.label.empty() && cell.terms.size() > 1) {
    // 1.5亿元（其中融资1.2亿元）in a need column: which of them is the need, a person should say.
    const bool rival = std::any_of(cell.terms.begin() + 1, cell.terms.end(), [](const Term& other) {
      return other.in_brackets && speaks_of_need(other.label);
    });
    quantity.ambiguous = quantity.ambiguous || rival;
  }
  if (quantity.has_value && !term.first.named && term.first.currency == Currency::cny &&
      names_foreign(text)) {
    refuse(quantity, quantity_flag::foreign_currency);  // 500万（美元）
  }
}

}  // namespace

std::vector<Unit> money_units_named(std::string_view header) {
  std::vector<Unit> units = units_named(header, kHeaderUnits);
  for (Unit& unit : units) {
    for (const CurrencyWord& foreign : kForeign) {
      if (contains(unit.word, foreign.word)) unit.currency = foreign.currency;
    }
  }
  return units;
}

}  // namespace detail

Quantity parse_money(std::string_view text, const QuantityContext& context) {
  using namespace detail;
  Quantity quantity = begin_quantity(QuantityKind::money, text);
  if (text.size() <= 40 && plain_amount(trim(text), context, quantity)) return quantity;
  if (quantity.has_flag(quantity_flag::too_long)) return quantity;
  const std::string folded = fold(text);
  if (settle_wordless(quantity, folded)) return quantity;
  // (123) is how statements print -123; anything else in brackets is read as it stands.
  const std::string_view all = folded;
  if (all.size() > 2 && all.front() == '(' && all.back() == ')') {
    const std::string_view inside = all.substr(1, all.size() - 2);
    const bool number_only =
        std::all_of(inside.begin(), inside.end(), [](char c) { return is_digit(c) || c == ',' || c == '.'; });
    if (number_only) {
      read_money(quantity, "-" + std::string(inside), context);
    } else {
      read_money(quantity, inside, context);
      if (quantity.has_value) refuse(quantity, quantity_flag::negative);
    }
  } else {
    read_money(quantity, all, context);
  }
  if (quantity.has_value && quantity.currency != Currency::cny)
    raise(quantity, quantity_flag::foreign_currency);
  if (context.role == QuantityContext::Role::need && quantity.has_value &&
      quantity.range == Interval::exactly(0)) {
    raise(quantity, quantity_flag::no_need);
  }
  return quantity;
}

}  // namespace huoshui
