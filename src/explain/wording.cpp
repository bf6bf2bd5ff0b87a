#include <array>
#include <charconv>
#include <huoshui/core/date.hpp>
#include <huoshui/explain/wording.hpp>

#include "explain/detail/words.hpp"

namespace huoshui {
namespace {

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_number(std::string& out, std::int64_t number) {
  if (number < 0) out += '-';
  append_number(out,
                number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number));
}

/// Print numerator / denominator exactly where it ends within six places, else rounded down there.
void append_decimal(std::string& out, std::int64_t numerator, std::int64_t denominator) {
  const bool negative = numerator < 0;
  const auto n = negative ? 0 - static_cast<std::uint64_t>(numerator) : static_cast<std::uint64_t>(numerator);
  const auto d = static_cast<std::uint64_t>(denominator);
  if (negative) out += '-';
  append_number(out, n / d);
  std::uint64_t rest = n % d;
  if (rest == 0) return;
  const std::size_t whole = out.size();
  out += '.';
  for (int i = 0; i < 6 && rest != 0; ++i) {
    rest *= 10;
    out += static_cast<char>('0' + rest / d);
    rest %= d;
  }
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.resize(whole);
}

constexpr std::int64_t kAreaPerMu = 2000;

void append_range(std::string& out, FactKey key, const Interval& range, Language language) {
  const bool zh = language == Language::zh;
  if (range.is_point()) {
    detail::append_quantity(out, key, range.min, language);
  } else if (!range.has_min()) {
    out += zh ? "不超过" : "up to ";
    detail::append_quantity(out, key, range.max, language);
  } else if (!range.has_max()) {
    if (!zh) out += "from ";
    detail::append_quantity(out, key, range.min, language);
    if (zh) out += "以上";
  } else {
    detail::append_quantity(out, key, range.min, language);
    out += zh ? "至" : " to ";
    detail::append_quantity(out, key, range.max, language);
  }
}

void append_joined(std::string& out, const std::vector<Code>& codes) {
  bool first = true;
  for (const auto& code : codes) {
    if (!first) out += "、";
    first = false;
    out += code.text();
  }
}

struct Word {
  std::string_view zh, en;
};

std::string_view pick(Word word, Language language) { return language == Language::zh ? word.zh : word.en; }

std::string_view sign(Comparison comparison) {
  switch (comparison) {
    case Comparison::at_most:
      return "≤ ";
    case Comparison::less:
      return "< ";
    case Comparison::at_least:
      return "≥ ";
    case Comparison::greater:
      return "> ";
    case Comparison::equal:
      return "= ";
  }
  return "";
}

}  // namespace

std::string_view name_of(FactKey key, Language language) {
  return language == Language::zh ? info(key).name_zh : info(key).name_en;
}

std::string_view word_of(Verdict verdict, Language language) {
  switch (verdict) {
    case Verdict::permitted:
      return pick({"可对接", "permitted"}, language);
    case Verdict::undecided:
      return pick({"待补充", "undecided"}, language);
    case Verdict::refused:
      return pick({"不符合", "refused"}, language);
  }
  return "";
}

std::string_view word_of(Outcome outcome, Language language) {
  switch (outcome) {
    case Outcome::pass:
      return pick({"符合", "pass"}, language);
    case Outcome::fail:
      return pick({"不符合", "fail"}, language);
    case Outcome::undecided:
      return pick({"待定", "undecided"}, language);
    case Outcome::not_tested:
      return pick({"未检验", "not tested"}, language);
  }
  return "";
}

std::string_view word_of(Origin origin, Language language) {
  switch (origin) {
    case Origin::stated:
      return pick({"原表载明", "stated"}, language);
    case Origin::derived:
      return pick({"由原表推算", "derived"}, language);
    case Origin::inferred:
      return pick({"由文字推断", "inferred"}, language);
  }
  return "";
}

std::string_view word_of(Strength strength, Language language) {
  switch (strength) {
    case Strength::must:
      return pick({"必备", "must"}, language);
    case Strength::should:
      return pick({"原则", "should"}, language);
    case Strength::prefer:
      return pick({"优先", "prefer"}, language);
  }
  return "";
}

namespace detail {

void append_quantity(std::string& out, FactKey key, std::int64_t value, Language language) {
  const bool zh = language == Language::zh;
  switch (info(key).kind) {
    case FactKind::money:
      out += format_money(value);
      return;
    case FactKind::months:
      if (value % 12 == 0 && value != 0) {
        append_number(out, value / 12);
        out += zh ? "年" : " years";
      } else {
        append_number(out, value);
        out += zh ? "个月" : " months";
      }
      return;
    case FactKind::date:
      out += to_string(date_of_day(value));
      return;
    case FactKind::area:
      append_decimal(out, value, kAreaPerMu);
      out += zh ? "亩" : " mu";
      return;
    case FactKind::ratio:
      append_decimal(out, value, 10'000);
      out += '%';
      return;
    case FactKind::boolean:
      out += value != 0 ? pick({"是", "yes"}, language) : pick({"否", "no"}, language);
      return;
    case FactKind::count:
    case FactKind::codes:
      append_number(out, value);
      return;
  }
}

void append_value(std::string& out, FactKey key, const Fact* fact, Language language) {
  if (fact == nullptr) {
    out += pick({"未提供", "not given"}, language);
  } else if (info(key).kind != FactKind::codes) {
    if (fact->approximate) out += pick({"约", "about "}, language);
    append_range(out, key, fact->range, language);
  } else if (fact->codes.empty() || !fact->text.empty()) {
    out += fact->text;
  } else {
    append_joined(out, fact->codes);
  }
}

void append_limit(std::string& out, const Condition& atom, const Facts& facts, Language language) {
  if (atom.kind == Condition::Kind::member) {
    out += pick({"属于 ", "in "}, language);
    if (atom.codes.names.empty()) {
      append_joined(out, atom.codes.named);
    } else {
      out += atom.codes.names;
    }
    if (atom.codes.open) out += pick({" 等", " and others"}, language);
    return;
  }
  if (atom.limit_key) {
    out += sign(atom.comparison);
    out += name_of(*atom.limit_key, language);
    out += pick({"（", " ("}, language);
    append_value(out, *atom.limit_key, facts.find(*atom.limit_key), language);
    out += pick({"）", ")"}, language);
    return;
  }
  if (info(atom.key).kind != FactKind::boolean) out += sign(atom.comparison);
  append_quantity(out, atom.key, atom.limit, language);
}

}  // namespace detail

std::string quantity_text(FactKey key, std::int64_t value, Language language) {
  std::string out;
  detail::append_quantity(out, key, value, language);
  return out;
}

std::string value_text(FactKey key, const Fact* fact, Language language) {
  std::string out;
  detail::append_value(out, key, fact, language);
  return out;
}

std::string limit_text(const Condition& atom, const Facts& facts, Language language) {
  std::string out;
  detail::append_limit(out, atom, facts, language);
  return out;
}

std::string condition_text(const Condition& c, const Facts& facts, Language language) {
  const auto join = [&](Word between) {
    std::string out;
    for (const auto& part : c.parts) {
      if (!out.empty()) out += pick(between, language);
      const bool nested = part.kind == Condition::Kind::all || part.kind == Condition::Kind::any;
      out += nested && part.parts.size() > 1 ? "(" + condition_text(part, facts, language) + ")"
                                             : condition_text(part, facts, language);
    }
    return out;
  };
  switch (c.kind) {
    case Condition::Kind::all:
      return join({" 且 ", " and "});
    case Condition::Kind::any:
      return join({" 或 ", " or "});
    case Condition::Kind::negation:
      return std::string(pick({"非(", "not ("}, language)) +
             condition_text(c.parts.front(), facts, language) + ")";
    case Condition::Kind::compare:
    case Condition::Kind::member:
      return std::string(name_of(c.key, language)) + " " + limit_text(c, facts, language);
  }
  return "";
}

}  // namespace huoshui
