#include <algorithm>
#include <array>
#include <huoshui/normalise/condition.hpp>
#include <huoshui/normalise/quantity.hpp>
#include <optional>

#include "normalise/detail/code_terms.hpp"

namespace huoshui {
namespace {

constexpr int kDeepest = 64;

/// Thrown and caught inside this file alone; a parse error is an answer outside.
struct Refused {
  Issue issue;
};

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z') || byte == '_';
}

struct Operator {
  std::string_view word;
  Comparison comparison;
};
// Longer words first, so that <= is not read as <.
constexpr std::array kOperators{
    Operator{"<=", Comparison::at_most},      Operator{">=", Comparison::at_least},
    Operator{"==", Comparison::equal},        Operator{"≤", Comparison::at_most},
    Operator{"≥", Comparison::at_least},      Operator{"<", Comparison::less},
    Operator{">", Comparison::greater},       Operator{"=", Comparison::equal},
    Operator{"不超过", Comparison::at_most},  Operator{"不高于", Comparison::at_most},
    Operator{"不低于", Comparison::at_least}, Operator{"不少于", Comparison::at_least},
    Operator{"不短于", Comparison::at_least}, Operator{"不长于", Comparison::at_most},
    Operator{"至多", Comparison::at_most},    Operator{"至少", Comparison::at_least},
    Operator{"小于", Comparison::less},       Operator{"低于", Comparison::less},
    Operator{"大于", Comparison::greater},    Operator{"超过", Comparison::greater},
    Operator{"等于", Comparison::equal},
};

class Parser {
 public:
  Parser(std::string_view text, const Dictionaries& dictionaries, const Place& place, std::string_view column)
      : text_(text), dictionaries_(dictionaries), place_(place), column_(column) {}

  Condition parse() {
    Condition out = alternatives(0);
    blanks();
    if (at_ != text_.size()) refuse(IssueCode::condition_syntax, "and、or（且、或）或条件结束");
    return out;
  }

 private:
  Condition alternatives(int depth) {
    std::vector<Condition> parts{conjunction(depth)};
    while (keyword({"or", "或者", "或"})) parts.push_back(conjunction(depth));
    return parts.size() == 1 ? std::move(parts.front()) : Condition::any_of(std::move(parts));
  }

  Condition conjunction(int depth) {
    std::vector<Condition> parts{term(depth)};
    while (keyword({"and", "并且", "且"})) parts.push_back(term(depth));
    return parts.size() == 1 ? std::move(parts.front()) : Condition::all_of(std::move(parts));
  }

  Condition term(int depth) {
    if (depth > kDeepest) refuse(IssueCode::condition_syntax, "不超过64层的括号");
    if (keyword({"not", "非"})) return Condition::negation_of(term(depth + 1));
    if (symbol("(") || symbol("（")) {
      Condition inside = alternatives(depth + 1);
      if (!symbol(")") && !symbol("）")) refuse(IssueCode::condition_syntax, "右括号 )");
      return inside;
    }
    return atom(field());
  }

  FactKey field() {
    blanks();
    if (at_ == text_.size()) refuse(IssueCode::condition_syntax, "字段名，例如 融资需求、借款人类型");
    // The longest declared name at this point, so that 期限 does not hide inside another word.
    const std::string_view rest = text_.substr(at_);
    std::optional<FactKey> found;
    std::size_t longest = 0;
    for (std::size_t length = 1; length <= std::min<std::size_t>(rest.size(), 64); ++length) {
      if (const auto key = find_fact_key(rest.substr(0, length))) {
        const bool ascii_goes_on = length < rest.size() && static_cast<unsigned char>(rest[length]) < 0x80 &&
                                   is_word_byte(rest[length]);
        if (!ascii_goes_on) {
          found = key;
          longest = length;
        }
      }
    }
    if (!found) {
      std::size_t length = 0;
      while (length < rest.size() && is_word_byte(rest[length])) ++length;
      if (length == 0) refuse(IssueCode::condition_syntax, "字段名，例如 融资需求、借款人类型");
      refuse(IssueCode::condition_field, "已登记的字段" + like(rest.substr(0, length)));
    }
    at_ += longest;
    return *found;
  }

  /// Name the declared fields that share the most characters with an unknown one.
  static std::string like(std::string_view word) {
    std::string best;
    std::size_t most = 0;
    for (const auto& entry : fact_infos()) {
      std::size_t shared = 0;
      for (std::size_t i = 0; i + 3 <= word.size(); ++i) {
        if (entry.name_zh.find(word.substr(i, 3)) != std::string_view::npos ||
            entry.id.find(word.substr(i, 3)) != std::string_view::npos)
          ++shared;
      }
      if (shared > most) {
        most = shared;
        best = std::string(entry.name_zh) + "（" + std::string(entry.id) + "）";
      }
    }
    return best.empty() ? "，例如 融资需求、借款人类型、期限" : "，是否指 " + best;
  }

  Condition atom(FactKey key) {
    const FactInfo& field = info(key);
    if (field.kind == FactKind::boolean) return boolean(key);
    if (field.kind == FactKind::codes) return member(key);
    blanks();
    for (const auto& op : kOperators) {
      if (symbol(op.word)) return compare(key, op.comparison);
    }
    if (symbol("!=") || symbol("≠")) return Condition::negation_of(compare(key, Comparison::equal));
    if (keyword({"between", "介于"})) {
      const std::int64_t low = number(key, {"and", "与", "到", "至"});
      if (!keyword({"and"}) && !symbol("与") && !symbol("到") && !symbol("至"))
        refuse(IssueCode::condition_syntax, "and（与）");
      const std::int64_t high = number(key, {});
      return Condition::all_of({Condition::at_least(key, low), Condition::at_most(key, high)});
    }
    refuse(IssueCode::condition_syntax, "比较符 >= <= > < == != 或 between");
  }

  Condition compare(FactKey key, Comparison comparison) {
    blanks();
    const std::size_t before = at_;
    const std::string_view rest = text_.substr(at_);
    // The limit may be another field of the same kind: 自有资金 >= 财政资金.
    for (std::size_t length = std::min<std::size_t>(rest.size(), 64); length > 0; --length) {
      const auto other = find_fact_key(rest.substr(0, length));
      if (!other) continue;
      if (info(*other).kind != info(key).kind) break;
      at_ += length;
      return Condition::compare_facts(key, comparison, *other);
    }
    at_ = before;
    return Condition::compare_with(key, comparison, number(key, {}));
  }

  Condition boolean(FactKey key) {
    bool truth = true;
    if (symbol("!=") || symbol("≠")) {
      truth = !yes_or_no();
    } else if (symbol("==") || symbol("=") || keyword({"is", "为"})) {
      truth = yes_or_no();
    }
    return truth ? Condition::is_true(key) : Condition::is_false(key);
  }

  bool yes_or_no() {
    blanks();
    for (const std::string_view word : {"true", "yes", "是", "1"}) {
      if (symbol(word)) return true;
    }
    for (const std::string_view word : {"false", "no", "否", "0"}) {
      if (symbol(word)) return false;
    }
    refuse(IssueCode::condition_type, "是 或 否");
  }

  Condition member(FactKey key) {
    bool negative = false;
    if (keyword({"not"})) {
      if (!keyword({"in"})) refuse(IssueCode::condition_syntax, "not in [...]");
      negative = true;
    } else if (keyword({"不属于"}) || symbol("!=") || symbol("≠")) {
      negative = true;
    } else if (!keyword({"in", "属于", "is", "为"}) && !symbol("==") && !symbol("=")) {
      refuse(IssueCode::condition_syntax, "in [...]、not in [...]（属于、不属于）");
    }
    std::vector<std::string_view> words;
    if (symbol("[") || symbol("【")) {
      do {
        words.push_back(word({"]", "】", ",", "，", "、", ";", "；"}));
      } while (symbol(",") || symbol("，") || symbol("、") || symbol(";") || symbol("；"));
      if (!symbol("]") && !symbol("】")) refuse(IssueCode::condition_syntax, "右方括号 ]");
    } else {
      words.push_back(word({")", "）", " "}));
    }
    std::string cell;
    for (const auto w : words) cell += (cell.empty() ? "" : ";") + std::string(w);
    auto term = detail::read_codes(info(key).list, cell, dictionaries_);
    if (!term.unknown.empty()) {
      refuse(IssueCode::unknown_word,
             "“" + std::string(info(key).name_zh) + "”的已登记词，不认识“" + term.unknown.front() + "”");
    }
    Condition out =
        term.everywhere ? Condition::all_of({}) : Condition::member_of(key, std::move(term.term.test));
    return negative ? Condition::negation_of(std::move(out)) : out;
  }

  std::int64_t number(FactKey key, std::initializer_list<std::string_view> also_ends) {
    blanks();
    const std::string_view value =
        word({")", "）", " and ", " or ", "\nand ", "\nor ", "且", "或", "并且"}, also_ends);
    const FactKind kind = info(key).kind;
    const QuantityKind wanted = kind == FactKind::money    ? QuantityKind::money
                                : kind == FactKind::months ? QuantityKind::tenor
                                : kind == FactKind::date   ? QuantityKind::date
                                : kind == FactKind::area   ? QuantityKind::area
                                : kind == FactKind::ratio  ? QuantityKind::rate
                                                           : QuantityKind::count;
    const Quantity quantity = parse_quantity(wanted, value);
    // A limit is one exact number and nothing else: 约500万元 is none, nor is 500万元，期限…
    const bool more_words = quantity.approximate || quantity.has_flag(quantity_flag::remark) ||
                            quantity.has_flag(quantity_flag::composition) || !quantity.parts.empty();
    if (!quantity.has_value || !quantity.range.is_point() || quantity.ambiguous || more_words) {
      at_ -= value.size();
      const bool no_unit = quantity.has_flag(quantity_flag::unit_unknown);
      refuse(no_unit ? IssueCode::unknown_unit : IssueCode::condition_type,
             std::string("“") + std::string(info(key).name_zh) + "”的一个数" + example(kind));
    }
    return quantity.range.min;
  }

  static std::string example(FactKind kind) {
    switch (kind) {
      case FactKind::money:
        return "带单位，例如 500万元";
      case FactKind::months:
        return "带单位，例如 36个月、3年";
      case FactKind::date:
        return "，例如 2024-02-04";
      case FactKind::area:
        return "带单位，例如 100亩";
      case FactKind::ratio:
        return "带百分号，例如 20%";
      case FactKind::count:
      case FactKind::codes:
      case FactKind::boolean:
        break;
    }
    return "，例如 50";
  }

  /// Return the text up to the first of the ends, trimmed.
  std::string_view word(std::initializer_list<std::string_view> ends,
                        std::initializer_list<std::string_view> more = {}) {
    blanks();
    std::size_t end = text_.size();
    const auto cut = [&](std::initializer_list<std::string_view> list) {
      for (const auto e : list) end = std::min(end, text_.find(e, at_));
    };
    cut(ends);
    cut(more);
    std::string_view out = text_.substr(at_, end - at_);
    while (!out.empty() && out.back() == ' ') out.remove_suffix(1);
    if (out.empty()) refuse(IssueCode::condition_syntax, "一个值");
    at_ += out.size();
    return out;
  }

  bool symbol(std::string_view s) {
    blanks();
    if (!starts_with(text_.substr(at_), s)) return false;
    at_ += s.size();
    return true;
  }

  bool keyword(std::initializer_list<std::string_view> words) {
    blanks();
    for (const auto w : words) {
      const std::string_view rest = text_.substr(at_);
      if (!starts_with(rest, w)) continue;
      // An English keyword ends where the word ends: `order` does not begin with `or`.
      const bool english = static_cast<unsigned char>(w.front()) < 0x80;
      if (english && rest.size() > w.size() && is_word_byte(rest[w.size()]) &&
          static_cast<unsigned char>(rest[w.size()]) < 0x80)
        continue;
      at_ += w.size();
      return true;
    }
    return false;
  }

  void blanks() {
    for (;;) {
      const std::string_view rest = text_.substr(at_);
      if (!rest.empty() &&
          (rest.front() == ' ' || rest.front() == '\t' || rest.front() == '\n' || rest.front() == '\r')) {
        ++at_;
      } else if (starts_with(rest, "\u3000")) {
        at_ += 3;
      } else {
        return;
      }
    }
  }

  [[noreturn]] void refuse(IssueCode code, std::string expected) const {
    std::string_view seen = text_.substr(at_);
    std::size_t end = 0;
    while (end < seen.size() && characters(seen.substr(0, end)) < 12) ++end;
    while (end < seen.size() && (static_cast<unsigned char>(seen[end]) & 0xC0U) == 0x80U) ++end;
    seen = seen.substr(0, end);
    const std::string where = place_.file.empty() && place_.row == 0 ? "" : to_string(place_) + " ";
    throw Refused{{.code = code,
                   .place = place_,
                   .column = std::string(column_),
                   .found = std::string(text_.substr(0, 80)),
                   .expected = expected,
                   .message = where + "“" + std::string(column_) + "”栏的条件“" + std::string(text_) + "”第" +
                              std::to_string(characters(text_.substr(0, at_)) + 1) + "个字处" +
                              (seen.empty() ? std::string("缺内容") : "看不懂“" + std::string(seen) + "”") +
                              "，应为" + expected}};
  }

  std::string_view text_;
  const Dictionaries& dictionaries_;
  const Place& place_;
  std::string_view column_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Condition> parse_condition(std::string_view text, const Dictionaries& dictionaries, const Place& place,
                                  std::string_view column) {
  try {
    return Parser(text, dictionaries, place, column).parse();
  } catch (const Refused& refused) {
    return refused.issue;
  }
}

}  // namespace huoshui
