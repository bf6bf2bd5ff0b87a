#include "explain/detail/shared_rules.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

namespace huoshui::detail {
namespace {

void write_number(std::string& out, std::uint64_t number) {
  for (int byte = 0; byte < 8; ++byte) out += static_cast<char>(number >> (8 * byte) & 0xFF);
}

void write_codes(std::string& out, const std::vector<Code>& codes) {
  write_number(out, codes.size());
  for (const auto& code : codes) {
    write_number(out, code.text().size());
    out += code.text();
  }
}

/// Everything an answer depends on, each part with its length, so that equal texts mean equal questions.
void write_question(std::string& out, const Condition& c) {
  out += static_cast<char>(c.kind);
  switch (c.kind) {
    case Condition::Kind::all:
    case Condition::Kind::any:
    case Condition::Kind::negation:
      write_number(out, c.parts.size());
      for (const auto& part : c.parts) write_question(out, part);
      return;
    case Condition::Kind::compare:
      out += static_cast<char>(c.key);
      out += static_cast<char>(c.comparison);
      out += static_cast<char>(c.limit_key.has_value());
      write_number(
          out, c.limit_key ? static_cast<std::uint64_t>(*c.limit_key) : static_cast<std::uint64_t>(c.limit));
      return;
    case Condition::Kind::member:
      out += static_cast<char>(c.key);
      out += static_cast<char>(c.codes.prefix_form);
      out += static_cast<char>(c.codes.open);
      write_codes(out, c.codes.named);
      write_codes(out, c.codes.inside);
      write_codes(out, c.codes.above);
      return;
  }
}

/// Whether one of several parts would settle the condition, so that the cheapest is chosen.
bool has_choice(const Condition& c, Truth wanted) {
  switch (c.kind) {
    case Condition::Kind::compare:
    case Condition::Kind::member:
      return false;
    case Condition::Kind::negation:
      return has_choice(c.parts.front(), negate(wanted));
    case Condition::Kind::all:
    case Condition::Kind::any:
      break;
  }
  const bool every_part = (c.kind == Condition::Kind::all) == (wanted == Truth::yes);
  return (!every_part && c.parts.size() > 1) ||
         std::any_of(c.parts.begin(), c.parts.end(),
                     [&](const Condition& part) { return has_choice(part, wanted); });
}

}  // namespace

SharedRules::SharedRules(const Catalogue& catalogue) {
  std::unordered_map<std::string, Id> ids;
  std::string text;
  const auto asks_of = [&](std::span<const Rule> rules) {
    std::vector<Ask> asks;
    for (const auto& rule : rules) {
      if (rule.strength != Strength::must) continue;
      text.clear();
      text += static_cast<char>(rule.fails_closed);
      text += static_cast<char>(rule.not_in_force);
      write_question(text, rule.condition);
      const auto [at, fresh] = ids.emplace(text, static_cast<Id>(questions_.size()));
      if (fresh) {
        questions_.push_back({&rule, has_movable_atom(rule.condition), has_choice(rule.condition, Truth::yes),
                              rule.condition.kind == Condition::Kind::any});
      }
      asks.push_back({at->second, &rule});
    }
    return asks;
  };
  std::map<const Rule*, std::size_t> sets;  // gates of one instrument are one array
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
    const ProductRow row{n};
    terms_.push_back(asks_of(catalogue.terms(row)));
    const auto gates = catalogue.gates(row);
    const Rule* first = gates.empty() ? nullptr : gates.data();
    const auto [at, fresh] = sets.emplace(first, gate_sets_.size());
    if (fresh) gate_sets_.push_back(asks_of(gates));
    gate_set_.push_back(at->second);
  }
}

SharedAnswers::SharedAnswers(const SharedRules& rules, const Catalogue& catalogue)
    : rules_(rules),
      catalogue_(catalogue),
      answers_(rules.questions().size()),
      gates_(rules.gate_sets().size()) {}

void SharedAnswers::turn_to(const PreparedProject& project) {
  project_ = &project;
  ++number_;
}

Judgement SharedAnswers::judged(Id id) {
  Answer& answer = answers_[id];
  if (answer.asked_for != number_) {
    answer.asked_for = number_;
    answer.judgement = judge(*rules_.questions()[id].rule, project_->facts);
    answer.needed.clear();
  }
  return answer.judgement;
}

namespace {

/// The remembered keys beside `have`, else those that `work_out` finds.
template <typename Needs, typename WorkOut>
Keys remembered(Needs& needs, const Keys& have, const WorkOut& work_out) {
  const auto at =
      std::find_if(needs.begin(), needs.end(), [&](const auto& pair) { return pair.first == have; });
  if (at != needs.end()) return at->second;
  const Keys found = work_out();
  needs.emplace_back(have, found);
  return found;
}

}  // namespace

Keys SharedAnswers::needed(Id id, const Keys& have) {
  const auto& question = rules_.questions()[id];
  const Keys beside = question.has_choice ? have : Keys{};
  return remembered(answers_[id].needed, beside,
                    [&] { return needed_beside(*question.rule, project_->facts, beside); });
}

SharedAnswers::GateSum& SharedAnswers::gates_of(ProductRow row) {
  GateSum& gates = gates_[rules_.gate_set(row)];
  if (gates.asked_for != number_) {
    gates.asked_for = number_;
    gates.failed = 0;
    gates.open = false;
    for (auto& needed : gates.needed) needed.clear();
    for (const auto& [id, rule] : rules_.gate_sets()[rules_.gate_set(row)]) {
      const Outcome outcome = judged(id).outcome;
      if (outcome == Outcome::fail) ++gates.failed;
      gates.open = gates.open || keeps_open(*rule, outcome);
    }
  }
  return gates;
}

SharedAnswers::Short SharedAnswers::verdict(ProductRow row) {
  const GateSum& gates = gates_of(row);
  int failed = std::min(gates.failed, 2);
  bool open = gates.open;
  for (const auto& [id, rule] : rules_.terms(row)) {
    if (failed == 2) break;
    const Outcome outcome = judged(id).outcome;
    if (outcome == Outcome::fail) ++failed;
    open = open || keeps_open(*rule, outcome);
  }
  return {failed != 0 ? Verdict::refused : open ? Verdict::undecided : Verdict::permitted, failed};
}

Keys SharedAnswers::missing(ProductRow row) {
  GateSum& gates = gates_of(row);
  Keys keys;
  for (const bool with_alternatives : {false, true}) {
    const auto add = [&](const std::vector<SharedRules::Ask>& asks) {
      for (const auto& [id, rule] : asks) {
        if (rules_.questions()[id].has_alternatives == with_alternatives &&
            judged(id).outcome == Outcome::undecided)
          keys |= needed(id, keys);
      }
    };
    add(rules_.terms(row));
    keys = remembered(gates.needed[with_alternatives ? 1 : 0], Keys(keys), [&] {
      add(rules_.gate_sets()[rules_.gate_set(row)]);
      return keys;
    });
  }
  return keys;
}

ChangeSearch SharedAnswers::single_changes(ProductRow row) {
  pair_.clear();
  for (const auto* asks : {&rules_.terms(row), &rules_.gate_sets()[rules_.gate_set(row)]}) {
    for (const auto& [id, rule] : *asks) {
      pair_.push_back({rule, judged(id)});
      // Most refusals rest on the place or the trade: nothing to search.
      if (pair_.back().judgement.outcome == Outcome::fail && !rules_.questions()[id].movable)
        return {ChangeStatus::impossible, {}, {}};
    }
  }
  return nearest_changes(*project_, catalogue_, row, pair_, 1);
}

}  // namespace huoshui::detail
