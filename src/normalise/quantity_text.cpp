#include <algorithm>
#include <array>
#include <huoshui/normalise/quantity.hpp>
#include <normalise/detail/quantity.hpp>

namespace huoshui {
namespace detail {

Character character_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  std::size_t length = 0;
  char32_t code = 0;
  if (lead >= 0xC2 && lead < 0xE0) {
    length = 2;
    code = lead & 0x1FU;
  } else if (lead >= 0xE0 && lead < 0xF0) {
    length = 3;
    code = lead & 0x0FU;
  } else if (lead >= 0xF0 && lead < 0xF5) {
    length = 4;
    code = lead & 0x07U;
  }
  if (length == 0 || at + length > text.size()) return {0x110000U + lead, 1};
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0U) != 0x80U) return {0x110000U + lead, 1};
    code = (code << 6U) | (next & 0x3FU);
  }
  return {code, length};
}

bool stands_at_any_case(std::string_view text, std::size_t at, std::string_view upper) {
  if (at > text.size() || text.size() - at < upper.size()) return false;
  for (std::size_t i = 0; i < upper.size(); ++i) {
    const char c = text[at + i];
    const char raised = (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    if (raised != upper[i]) return false;
  }
  return true;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return contains(text, word); });
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

namespace {

bool is_zero_width(char32_t code) {
  return (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF || code == 0x00AD;
}

/// ASCII for the full-width characters of the notes, or 0.
char listed_half_width(char32_t code) {
  if (code >= 0xFF10 && code <= 0xFF19) return static_cast<char>('0' + (code - 0xFF10));
  switch (code) {
    case 0xFF0E:
      return '.';
    case 0xFF0C:
      return ',';
    case 0xFF05:
      return '%';
    case 0xFF08:
      return '(';
    case 0xFF09:
      return ')';
    case 0xFF1A:
      return ':';
    case 0xFF0D:
      return '-';
    case 0xFF0B:
      return '+';
    case 0xFF0F:
      return '/';
    case 0xFF5E:
      return '~';
    case 0x3000:
    case 0x00A0:
    case 0x202F:
    case 0x2009:
      return ' ';
    default:
      return 0;
  }
}

/// The further ones that only reading needs.
char other_half_width(char32_t code) {
  if (code >= 0xFF21 && code <= 0xFF3A) return static_cast<char>('A' + (code - 0xFF21));
  if (code >= 0xFF41 && code <= 0xFF5A) return static_cast<char>('a' + (code - 0xFF41));
  switch (code) {
    case 0xFF0A:
      return '*';
    case 0xFF1C:
      return '<';
    case 0xFF1E:
      return '>';
    case 0xFF1B:
      return ';';
    case 0xFF04:
      return '$';
    case 0x2212:
      return '-';
    case 0x223C:
    case 0x301C:
      return '~';
    case 0x3010:
    case 0x3014:
    case 0x005B:
      return '(';
    case 0x3011:
    case 0x3015:
    case 0x005D:
      return ')';
    case '\r':
      return '\n';
    default:
      return 0;
  }
}

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

enum class Fold : std::uint8_t { listed, all };

std::string half_width(std::string_view text, Fold fold) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    char half = c.code < 0x80 ? 0 : listed_half_width(c.code);
    if (half == 0 && fold == Fold::all) half = other_half_width(c.code);
    if (half != 0) {
      out.push_back(half);
    } else if (c.code == 0x33A1) {
      out += "m²";
    } else if (c.code == 0x339E) {
      out += "km";  // ㎞, usually followed by ²
    } else if (c.code == 0x33A2) {
      out += "km²";
    } else if (!is_zero_width(c.code)) {
      out.append(text.substr(at, c.length));
    }
    at += c.length;
  }
  return std::string(trim(out));
}

}  // namespace

std::string fold(std::string_view text) {
  std::string folded = half_width(text, Fold::all);
  // Excel's mark for text, and quotes around a whole cell.
  if (folded.size() > 1 && folded.front() == '\'') folded.erase(0, 1);
  if (folded.size() > 2 && folded.front() == '"' && folded.back() == '"') {
    folded.erase(0, 1);
    folded.pop_back();
  }
  return folded;
}

std::size_t separator_at(std::string_view text, std::size_t at) {
  const Character c = character_at(text, at);
  switch (c.code) {
    case ',':
    case ';':
    case '\n':
    case '!':
    case '|':
    case 0x3001:  // 、
    case 0x3002:  // 。
      return c.length;
    default:
      return 0;
  }
}

std::size_t connector_at(std::string_view text, std::size_t at) {
  const Character c = character_at(text, at);
  switch (c.code) {
    case '-':
    case '~':
    case 0x2013:  // –
    case 0x2014:  // —
    case 0x2015:
    case 0x81F3:  // 至
    case 0x5230:  // 到
    {
      const Character next = character_at(text, at + c.length);
      const bool doubled = next.code == c.code && (c.code == '-' || c.code == 0x2014 || c.code == '~');
      return doubled ? c.length + next.length : c.length;
    }
    default:
      return 0;
  }
}

void raise(Quantity& quantity, std::string_view flag) {
  if (!quantity.has_flag(flag)) quantity.flags.emplace_back(flag);
}

void refuse(Quantity& quantity, std::string_view flag) {
  raise(quantity, flag);
  quantity.has_value = false;
  quantity.ambiguous = true;
  quantity.range = Interval{};
  quantity.unit.clear();
  quantity.unit_from.clear();
}

Quantity begin_quantity(QuantityKind kind, std::string_view text) {
  Quantity quantity;
  quantity.kind = kind;
  if (text.size() <= kLongestCell) {
    quantity.text.assign(text);
    return quantity;
  }
  std::size_t cut = kLongestCell;
  while (cut > kLongestCell - 4 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  quantity.text.assign(text.substr(0, cut));
  refuse(quantity, quantity_flag::too_long);
  return quantity;
}

bool settle_wordless(Quantity& quantity, std::string_view folded) {
  if (quantity.has_flag(quantity_flag::too_long)) return true;
  if (is_empty_token(folded)) {
    raise(quantity, quantity_flag::empty);
    return true;
  }
  if (folded == "同上" || folded == "〃" || folded == "\"" || folded == "″") {
    refuse(quantity, quantity_flag::same_as_above);
    return true;
  }
  const bool has_number = std::any_of(folded.begin(), folded.end(), is_digit);
  if (folded == "(略)" || folded == "略" || contains(folded, "**") || contains(folded, "××") ||
      contains(folded, "某某") || stands_at_any_case(folded, 0, "XX") ||
      (!has_number && (contains(folded, "*") || contains(folded, "×")))) {
    refuse(quantity, quantity_flag::masked);
    return true;
  }
  return false;
}

}  // namespace detail

bool Quantity::has_flag(std::string_view flag) const {
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

std::string_view to_string(QuantityKind kind) {
  switch (kind) {
    case QuantityKind::money:
      return "money";
    case QuantityKind::tenor:
      return "tenor";
    case QuantityKind::area:
      return "area";
    case QuantityKind::rate:
      return "rate";
    case QuantityKind::date:
      return "date";
    case QuantityKind::count:
      return "count";
  }
  return "";
}

std::string_view to_string(RateBase base) {
  switch (base) {
    case RateBase::fixed:
      return "fixed";
    case RateBase::lpr_1y:
      return "lpr_1y";
    case RateBase::lpr_5y:
      return "lpr_5y";
    case RateBase::lpr:
      return "lpr";
    case RateBase::benchmark:
      return "benchmark";
  }
  return "";
}

std::string clean_text(std::string_view text) {
  if (detail::is_plain_ascii(text)) return std::string(detail::trim(text));
  return detail::half_width(text, detail::Fold::listed);
}

bool is_empty_token(std::string_view text) {
  // Longest token is 12 bytes of Chinese; anything longer than a short cell cannot be one.
  if (text.size() > 64) {
    text = detail::trim(text);
    if (text.size() > 64) return false;
  }
  const std::string cleaned = detail::fold(text);
  if (cleaned.empty()) return true;
  static constexpr std::array<std::string_view, 31> kTokens = {
      "无",   "暂无", "没有",    "/",      "-",     "—",        "–",   "\\", "--",   "——",    "待定",
      "未定", "不详", "未知",    "面议",   "另议",  "详见附件", "N/A", "NA", "#N/A", "#REF!", "#VALUE!",
      "null", "NULL", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!",   "n/a", "//", "None"};
  return std::find(kTokens.begin(), kTokens.end(), cleaned) != kTokens.end();
}

Quantity parse_quantity(QuantityKind kind, std::string_view text, const QuantityContext& context) {
  switch (kind) {
    case QuantityKind::money:
      return parse_money(text, context);
    case QuantityKind::tenor:
      return parse_tenor(text, context);
    case QuantityKind::area:
      return parse_area(text, context);
    case QuantityKind::rate:
      return parse_rate(text, context);
    case QuantityKind::date:
      return parse_date_text(text, context);
    case QuantityKind::count:
      return parse_count(text, context);
  }
  return detail::begin_quantity(kind, text);
}

}  // namespace huoshui
