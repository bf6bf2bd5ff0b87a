#include <algorithm>
#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/wording.hpp>
#include <huoshui/topk/select.hpp>

#include "explain/detail/judged.hpp"

namespace huoshui {
namespace {

AtomReading read_atom(const Condition& atom, const Facts& facts) {
  AtomReading reading;
  reading.field = atom.key;
  reading.truth = evaluate(atom, facts);
  const Fact* fact = facts.find(atom.key);
  reading.value_zh = value_text(atom.key, fact, Language::zh);
  reading.value_en = value_text(atom.key, fact, Language::en);
  reading.limit_zh = limit_text(atom, facts, Language::zh);
  reading.limit_en = limit_text(atom, facts, Language::en);
  if (fact != nullptr) {
    reading.inferred = fact->origin == Origin::inferred;
    reading.basis = fact->basis;
    reading.place = fact->place;
  }
  return reading;
}

std::string names(const std::vector<FactKey>& keys, Language language) {
  std::string out;
  for (const FactKey key : keys) {
    if (!out.empty()) out += language == Language::zh ? "、" : ", ";
    out += name_of(key, language);
  }
  return out;
}

/// The part of a range that would pass, for a value known only as a range.
std::string passing_part(const Rule& rule, const Facts& facts, Language language) {
  const Condition& c = rule.condition;
  if (c.kind != Condition::Kind::compare || info(c.key).kind == FactKind::boolean) return {};
  const Fact* fact = facts.find(c.key);
  if (fact == nullptr || fact->range.is_point()) return {};
  const std::string limit(name_of(c.key, language));
  return language == Language::zh ? "；" + limit + " " + limit_text(c, facts, language) + " 即可"
                                  : "; enough if " + limit + " " + limit_text(c, facts, language);
}

/// The one set of message templates: what a rule came to, in a sentence without full stop.
std::string message(const RuleReading& reading, const Facts& facts, Language language) {
  const bool zh = language == Language::zh;
  const Rule& rule = *reading.rule;
  std::string seen;
  detail::Keys named;
  const Truth telling = reading.judgement.outcome == Outcome::fail   ? Truth::no
                        : reading.judgement.outcome == Outcome::pass ? Truth::yes
                                                                     : Truth::unknown;
  const bool any_telling = std::any_of(reading.atoms.begin(), reading.atoms.end(),
                                       [&](const AtomReading& a) { return a.truth == telling; });
  for (const auto& atom : reading.atoms) {
    if ((any_telling && atom.truth != telling) || named.test(static_cast<std::size_t>(atom.field))) continue;
    named |= detail::only(atom.field);
    if (!seen.empty()) seen += zh ? "；" : "; ";
    seen += std::string(name_of(atom.field, language)) + (zh ? "：" : ": ") +
            (zh ? atom.value_zh : atom.value_en);
    if (atom.inferred) seen += zh ? "（推断：" + atom.basis + "）" : " (inferred: " + atom.basis + ")";
  }
  const std::string text = zh ? rule.text_zh : rule.text_en;
  const std::string value = seen.empty() ? "" : (zh ? "（" : " (") + seen + (zh ? "）" : ")");
  switch (reading.judgement.outcome) {
    case Outcome::pass:
      if (reading.judgement.on_inference)
        return (zh ? "暂按推断符合，请确认：" : "holds by inference, please confirm: ") + text + value;
      return (zh ? "符合：" : "holds: ") + text + value;
    case Outcome::fail:
      if (rule.strength == Strength::should)
        return (zh ? "与原则性要求不一致，须说明理由："
                   : "departs from a rule of principle, give the reason: ") +
               text + value;
      if (rule.strength == Strength::prefer)
        return (zh ? "未达优先条件：" : "preference not met: ") + text + value;
      return (zh ? "不符合：" : "fails: ") + text + value;
    case Outcome::undecided: {
      const std::string supply = names(reading.open, language);
      if (reading.open.empty() && detail::open_rule_waits(rule, facts)) {
        return (zh ? "需向机构确认是否适用：" : "ask the institution whether it applies: ") + text + value;
      }
      // What the list already says, only not narrowly or firmly enough, is confirmed rather than supplied.
      const bool given =
          std::all_of(reading.open.begin(), reading.open.end(), [&](FactKey key) { return facts.has(key); });
      const std::string ask = given ? (zh ? "需确认" : "confirm ") : (zh ? "需补充" : "supply ");
      return ask + supply + (zh ? "：" : ": ") + text + value + passing_part(rule, facts, language);
    }
    case Outcome::not_tested:
      return (zh ? "未检验（当日无有效规定）：" : "not tested (no rule in force on the day): ") + text;
  }
  return {};
}

/// Failing first, then open, cautions, passes, not tested; must before should before prefer.
int weight_of(const detail::JudgedRule& judged) {
  const auto strength = static_cast<int>(judged.rule->strength);
  switch (judged.judgement.outcome) {
    case Outcome::fail:
      return strength;
    case Outcome::undecided:
      return 3 + strength;
    case Outcome::pass:
      return (judged.judgement.on_inference ? 6 : 9) + strength;
    case Outcome::not_tested:
      return 12 + strength;
  }
  return 15;
}

}  // namespace

Explanation explain(const PreparedProject& project, const Catalogue& catalogue, ProductRow row) {
  Explanation out;
  out.catalogue = catalogue;
  const Product& product = catalogue.product(row);
  out.project = project.project->id;
  out.product = product.id;
  auto judged = detail::judge_all(project, catalogue, row);
  out.screened = detail::screened_of(project, judged);
  out.points = detail::points_of(project, catalogue, row, judged);
  out.missing = detail::listed(detail::missing_keys(project.facts, judged));
  out.changes = detail::nearest_changes(project, catalogue, row, judged, kMostFactsMoved);
  std::stable_sort(judged.begin(), judged.end(),
                   [](const auto& a, const auto& b) { return weight_of(a) < weight_of(b); });
  out.rules.reserve(judged.size());
  for (const auto& [rule, judgement] : judged) {
    RuleReading& reading = out.rules.emplace_back();
    reading.rule = rule;
    reading.judgement = judgement;
    for_each_atom(rule->condition,
                  [&](const Condition& atom) { reading.atoms.push_back(read_atom(atom, project.facts)); });
    if (judgement.outcome == Outcome::undecided)
      reading.open = detail::missing_for_open(*rule, project.facts);
    reading.message_zh = message(reading, project.facts, Language::zh);
    reading.message_en = message(reading, project.facts, Language::en);
  }
  out.undisclosed_zh = undisclosed_terms(product);
  return out;
}

std::vector<Ask> asks_of(const Explanation& explanation) {
  std::vector<Ask> asks;
  for (const auto& reading : explanation.rules) {
    if (reading.rule->strength != Strength::must || reading.judgement.outcome != Outcome::undecided) continue;
    const auto same = std::find_if(asks.begin(), asks.end(), [&](const Ask& ask) {
      return !reading.open.empty() && ask.keys == reading.open;
    });
    if (same != asks.end()) {
      same->rules.push_back(reading.rule);
    } else {
      asks.push_back({reading.open, {reading.rule}, reading.message_zh, reading.message_en});
    }
  }
  for (auto& ask : asks) {
    if (ask.rules.size() == 1) continue;
    std::string zh, en;
    std::size_t debt = 0;
    for (const Rule* rule : ask.rules) {
      if (rule->topic == RuleTopic::government_debt) {
        ++debt;
        continue;
      }
      zh += (zh.empty() ? "" : "；") + rule->text_zh;
      en += (en.empty() ? "" : "; ") + rule->text_en;
    }
    if (debt != 0) {
      zh += (zh.empty() ? "" : "；") + std::string("政府债务红线") + std::to_string(debt) + "项";
      en += (en.empty() ? "" : "; ") + std::to_string(debt) + " rules on public debt";
    }
    ask.text_zh = "需补充或确认" + names(ask.keys, Language::zh) + "：" + zh;
    ask.text_en = "supply or confirm " + names(ask.keys, Language::en) + ": " + en;
  }
  return asks;
}

std::vector<ProductRow> refused_by_points(const PreparedProject& project, const Catalogue& catalogue,
                                          std::size_t k) {
  BestK best(k);
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
    if (screen(project, catalogue, ProductRow{n}).verdict != Verdict::refused) continue;
    best.offer({score(project, catalogue, ProductRow{n}).total, n, 0});
  }
  std::vector<ProductRow> rows;
  for (const auto& candidate : best.take()) rows.push_back(ProductRow{candidate.order});
  return rows;
}

}  // namespace huoshui
