#include <huoshui/core/date.hpp>
#include <huoshui/explain/wording.hpp>

namespace huoshui {
namespace {

/// Print numerator / denominator exactly where it ends within six places, else rounded down there.
std::string decimal(std::int64_t numerator, std::int64_t denominator) {
  const bool negative = numerator < 0;
  const auto n = negative ? 0 - static_cast<std::uint64_t>(numerator) : static_cast<std::uint64_t>(numerator);
  const auto d = static_cast<std::uint64_t>(denominator);
  std::string out = (negative ? "-" : "") + std::to_string(n / d);
  std::uint64_t rest = n % d;
  std::string fraction;
  for (int i = 0; i < 6 && rest != 0; ++i) {
    rest *= 10;
    fraction += static_cast<char>('0' + rest / d);
    rest %= d;
  }
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? out : out + "." + fraction;
}

constexpr std::int64_t kAreaPerMu = 2000;

std::string range_text(FactKey key, const Interval& range, Language language) {
  const bool zh = language == Language::zh;
  if (range.is_point()) return quantity_text(key, range.min, language);
  if (!range.has_min()) return (zh ? "不超过" : "up to ") + quantity_text(key, range.max, language);
  if (!range.has_max())
    return zh ? quantity_text(key, range.min, language) + "以上"
              : "from " + quantity_text(key, range.min, language);
  return quantity_text(key, range.min, language) + (zh ? "至" : " to ") +
         quantity_text(key, range.max, language);
}

std::string joined(const std::vector<Code>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : "、") + code.text();
  return out;
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

std::string quantity_text(FactKey key, std::int64_t value, Language language) {
  const bool zh = language == Language::zh;
  switch (info(key).kind) {
    case FactKind::money:
      return format_money(value);
    case FactKind::months:
      if (value % 12 == 0 && value != 0) return std::to_string(value / 12) + (zh ? "年" : " years");
      return std::to_string(value) + (zh ? "个月" : " months");
    case FactKind::date:
      return to_string(date_of_day(value));
    case FactKind::area:
      return decimal(value, kAreaPerMu) + (zh ? "亩" : " mu");
    case FactKind::count:
      return std::to_string(value);
    case FactKind::ratio:
      return decimal(value, 10'000) + "%";
    case FactKind::boolean:
      return std::string(value != 0 ? pick({"是", "yes"}, language) : pick({"否", "no"}, language));
    case FactKind::codes:
      return std::to_string(value);
  }
  return "";
}

std::string value_text(FactKey key, const Fact* fact, Language language) {
  if (fact == nullptr) return std::string(pick({"未提供", "not given"}, language));
  if (info(key).kind == FactKind::codes) {
    if (fact->codes.empty() || !fact->text.empty()) return fact->text;
    return joined(fact->codes);
  }
  return (fact->approximate ? std::string(pick({"约", "about "}, language)) : "") +
         range_text(key, fact->range, language);
}

std::string limit_text(const Condition& atom, const Facts& facts, Language language) {
  if (atom.kind == Condition::Kind::member) {
    return std::string(pick({"属于 ", "in "}, language)) +
           (atom.codes.names.empty() ? joined(atom.codes.named) : atom.codes.names) +
           (atom.codes.open ? std::string(pick({" 等", " and others"}, language)) : "");
  }
  if (atom.limit_key) {
    const Fact* limit = facts.find(*atom.limit_key);
    return std::string(sign(atom.comparison)) + std::string(name_of(*atom.limit_key, language)) +
           (language == Language::zh ? "（" : " (") + value_text(*atom.limit_key, limit, language) +
           (language == Language::zh ? "）" : ")");
  }
  if (info(atom.key).kind == FactKind::boolean) return quantity_text(atom.key, atom.limit, language);
  return std::string(sign(atom.comparison)) + quantity_text(atom.key, atom.limit, language);
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
