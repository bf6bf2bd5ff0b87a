#include <algorithm>
#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/wording.hpp>
#include <huoshui/topk/select.hpp>

#include "explain/detail/judged.hpp"
#include "explain/detail/words.hpp"

namespace huoshui {
namespace {

void read_atom(AtomReading& reading, const Condition& atom, const Facts& facts) {
  reading.field = atom.key;
  reading.truth = evaluate(atom, facts);
  const Fact* fact = facts.find(atom.key);
  detail::append_value(reading.value_zh, atom.key, fact, Language::zh);
  detail::append_value(reading.value_en, atom.key, fact, Language::en);
  detail::append_limit(reading.limit_zh, atom, facts, Language::zh);
  detail::append_limit(reading.limit_en, atom, facts, Language::en);
  if (fact != nullptr) {
    reading.inferred = fact->origin == Origin::inferred;
    reading.basis = fact->basis;
    reading.place = fact->place;
  }
}

void append_names(std::string& out, const std::vector<FactKey>& keys, Language language) {
  bool first = true;
  for (const FactKey key : keys) {
    if (!first) out += language == Language::zh ? "、" : ", ";
    first = false;
    out += name_of(key, language);
  }
}

std::string names(const std::vector<FactKey>& keys, Language language) {
  std::string out;
  append_names(out, keys, language);
  return out;
}

/// The part of a range that would pass, for a value known only as a range.
void append_passing_part(std::string& out, const Rule& rule, const Facts& facts, Language language) {
  const Condition& c = rule.condition;
  if (c.kind != Condition::Kind::compare || info(c.key).kind == FactKind::boolean) return;
  const Fact* fact = facts.find(c.key);
  if (fact == nullptr || fact->range.is_point()) return;
  out += language == Language::zh ? "；" : "; enough if ";
  out += name_of(c.key, language);
  out += ' ';
  detail::append_limit(out, c, facts, language);
  if (language == Language::zh) out += " 即可";
}

/// The atoms that a rule's sentence names: those that tell, each field once.
std::vector<const AtomReading*> told(const RuleReading& reading) {
  const Truth telling = reading.judgement.outcome == Outcome::fail   ? Truth::no
                        : reading.judgement.outcome == Outcome::pass ? Truth::yes
                                                                     : Truth::unknown;
  const bool any_telling = std::any_of(reading.atoms.begin(), reading.atoms.end(),
                                       [&](const AtomReading& a) { return a.truth == telling; });
  std::vector<const AtomReading*> out;
  out.reserve(reading.atoms.size());
  detail::Keys named;
  for (const auto& atom : reading.atoms) {
    const auto field = static_cast<std::size_t>(atom.field);
    if ((any_telling && atom.truth != telling) || named.test(field)) continue;
    named.set(field);
    out.push_back(&atom);
  }
  return out;
}

void append_seen(std::string& out, const std::vector<const AtomReading*>& told_atoms, Language language) {
  if (told_atoms.empty()) return;
  const bool zh = language == Language::zh;
  out += zh ? "（" : " (";
  for (const AtomReading* atom : told_atoms) {
    if (atom != told_atoms.front()) out += zh ? "；" : "; ";
    out += name_of(atom->field, language);
    out += zh ? "：" : ": ";
    out += zh ? atom->value_zh : atom->value_en;
    if (!atom->inferred) continue;
    out += zh ? "（推断：" : " (inferred: ";
    out += atom->basis;
    out += zh ? "）" : ")";
  }
  out += zh ? "）" : ")";
}

/// What opens a rule's sentence: what it came to.
void append_opening(std::string& out, const RuleReading& reading, const Facts& facts, bool waits,
                    Language language) {
  const bool zh = language == Language::zh;
  switch (reading.judgement.outcome) {
    case Outcome::pass:
      if (reading.judgement.on_inference) {
        out += zh ? "暂按推断符合，请确认：" : "holds by inference, please confirm: ";
      } else {
        out += zh ? "符合：" : "holds: ";
      }
      return;
    case Outcome::fail:
      switch (reading.rule->strength) {
        case Strength::must:
          out += zh ? "不符合：" : "fails: ";
          return;
        case Strength::should:
          out +=
              zh ? "与原则性要求不一致，须说明理由：" : "departs from a rule of principle, give the reason: ";
          return;
        case Strength::prefer:
          out += zh ? "未达优先条件：" : "preference not met: ";
          return;
      }
      return;
    case Outcome::undecided: {
      if (waits) {
        out += zh ? "需向机构确认是否适用：" : "ask the institution whether it applies: ";
        return;
      }
      // What the list already says, only not narrowly or firmly enough, is confirmed rather than supplied.
      const bool given =
          std::all_of(reading.open.begin(), reading.open.end(), [&](FactKey key) { return facts.has(key); });
      out += given ? (zh ? "需确认" : "confirm ") : (zh ? "需补充" : "supply ");
      append_names(out, reading.open, language);
      out += zh ? "：" : ": ";
      return;
    }
    case Outcome::not_tested:
      out += zh ? "未检验（当日无有效规定）：" : "not tested (no rule in force on the day): ";
      return;
  }
}

/// The one set of message templates: what a rule came to, in a sentence without full stop.
void write_messages(RuleReading& reading, const Facts& facts) {
  const Rule& rule = *reading.rule;
  const Outcome outcome = reading.judgement.outcome;
  const bool waits =
      outcome == Outcome::undecided && reading.open.empty() && detail::open_rule_waits(rule, facts);
  const auto told_atoms = told(reading);
  for (const Language language : {Language::zh, Language::en}) {
    const bool zh = language == Language::zh;
    const std::string& text = zh ? rule.text_zh : rule.text_en;
    std::string& out = zh ? reading.message_zh : reading.message_en;
    std::size_t size = 96 + text.size() + 32 * reading.open.size();
    for (const AtomReading* atom : told_atoms) {
      size += 48 + (zh ? atom->value_zh : atom->value_en).size();
      if (atom->inferred) size += 16 + atom->basis.size();
    }
    out.reserve(size);
    append_opening(out, reading, facts, waits, language);
    out += text;
    if (outcome != Outcome::not_tested) append_seen(out, told_atoms, language);
    if (outcome == Outcome::undecided && !waits) append_passing_part(out, rule, facts, language);
  }
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
    std::size_t atoms = 0;
    for_each_atom(rule->condition, [&](const Condition&) { ++atoms; });
    reading.atoms.reserve(atoms);
    for_each_atom(rule->condition, [&](const Condition& atom) {
      read_atom(reading.atoms.emplace_back(), atom, project.facts);
    });
    if (judgement.outcome == Outcome::undecided)
      reading.open = detail::missing_for_open(*rule, project.facts);
    write_messages(reading, project.facts);
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
