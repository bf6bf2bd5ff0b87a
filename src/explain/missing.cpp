#include <algorithm>
#include <huoshui/explain/missing.hpp>
#include <huoshui/policy/derive.hpp>

#include "explain/detail/judged.hpp"

namespace huoshui {
namespace {

using detail::JudgedRule;
using detail::Keys;
using detail::only;

/// Add what a person hands in for one key: the key, or the facts it is derived from that are not stated yet.
void add_supplies(FactKey key, const Facts& facts, Keys& out) {
  const auto inputs = inputs_of(key);
  if (inputs.empty()) {
    out |= only(key);
    return;
  }
  // A yes/no that follows from one of several facts needs the first; a computed number needs all of its
  // inputs.
  if (info(key).kind == FactKind::boolean) {
    add_supplies(inputs.front(), facts, out);
    return;
  }
  const Keys before = out;
  for (const FactKey input : inputs) {
    const Fact* fact = facts.find(input);
    if (fact == nullptr || fact->origin == Origin::inferred) add_supplies(input, facts, out);
  }
  if (out == before) add_supplies(inputs.front(), facts, out);  // all given, yet too wide to settle it
}

bool is_unknown(const Condition& c, const Facts& facts) {
  return evaluate(c, facts, Inferences::ignore) == Truth::unknown;
}

/// The facts needed, beside `have`, to bring an unknown condition to `wanted`.
Keys needed(const Condition& c, const Facts& facts, const Keys& have, Truth wanted) {
  switch (c.kind) {
    case Condition::Kind::negation:
      return needed(c.parts.front(), facts, have, negate(wanted));
    case Condition::Kind::compare:
    case Condition::Kind::member: {
      if (open_to_institution(c, facts)) return {};
      Keys out;
      const auto add = [&](FactKey key) {
        const Fact* fact = facts.find(key);
        if (c.limit_key && fact != nullptr && fact->origin != Origin::inferred && fact->range.is_point())
          return;
        add_supplies(key, facts, out);
      };
      add(c.key);
      if (c.limit_key) add(*c.limit_key);
      return out;
    }
    case Condition::Kind::all:
    case Condition::Kind::any:
      break;
  }
  const bool every_part = (c.kind == Condition::Kind::all) == (wanted == Truth::yes);
  if (every_part) {
    Keys out, so_far = have;
    for (const auto& part : c.parts) {
      if (!is_unknown(part, facts)) continue;
      out |= needed(part, facts, so_far, wanted);
      so_far |= out;
    }
    return out;
  }
  Keys best;
  std::pair<bool, std::size_t> best_cost{true, static_cast<std::size_t>(-1)};
  for (const auto& part : c.parts) {
    if (!is_unknown(part, facts)) continue;
    const Keys keys = needed(part, facts, have, wanted);
    const std::size_t more = (keys & ~have).count();
    // A route that an inference already speaks against comes last.
    const bool unlikely = evaluate(part, facts, Inferences::count) == negate(wanted);
    if (std::pair(unlikely, more) < best_cost) {
      best_cost = {unlikely, more};
      best = keys;
    }
  }
  return best;
}

bool part_waits(const Condition& c, const Facts& facts) {
  if (!is_unknown(c, facts)) return false;
  if (c.kind == Condition::Kind::compare || c.kind == Condition::Kind::member)
    return open_to_institution(c, facts);
  return std::any_of(c.parts.begin(), c.parts.end(),
                     [&](const Condition& part) { return part_waits(part, facts); });
}

/// Does an accepted entry hold the code, or a part of it?
bool touches(const CodeTest& test, const Code& code) {
  if (test.prefix_form) {
    return std::any_of(test.named.begin(), test.named.end(),
                       [&](const Code& accepted) { return accepted.covers(code) || code.covers(accepted); });
  }
  const auto holds = [&](const std::vector<Code>& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  return holds(test.inside) || holds(test.above);
}

bool is_open(const Rule& rule, const Facts& facts) {
  return judge(rule, facts).outcome == Outcome::undecided;
}

}  // namespace

bool open_to_institution(const Condition& atom, const Facts& facts) {
  if (atom.kind != Condition::Kind::member || !atom.codes.open) return false;
  const Fact* fact = facts.find(atom.key);
  if (fact == nullptr || fact->origin == Origin::inferred || fact->codes_open || fact->codes.empty())
    return false;
  // Closed, the list would have answered no: only the institution knows whether 等 includes it.
  return std::none_of(fact->codes.begin(), fact->codes.end(),
                      [&](const Code& code) { return touches(atom.codes, code); });
}

bool waits_for_institution(const Rule& rule, const Facts& facts) {
  return is_open(rule, facts) && detail::open_rule_waits(rule, facts);
}

std::vector<FactKey> missing_for(const Rule& rule, const Facts& facts) {
  if (!is_open(rule, facts)) return {};
  return detail::missing_for_open(rule, facts);
}

std::vector<FactKey> missing_facts(const PreparedProject& project, const Catalogue& catalogue,
                                   ProductRow row) {
  return detail::listed(detail::missing_keys(project.facts, detail::judge_all(project, catalogue, row)));
}

namespace detail {

bool open_rule_waits(const Rule& rule, const Facts& facts) { return part_waits(rule.condition, facts); }

std::vector<FactKey> missing_for_open(const Rule& rule, const Facts& facts) {
  return listed(needed(rule.condition, facts, {}, Truth::yes));
}

Keys needed_beside(const Rule& rule, const Facts& facts, const Keys& have) {
  return needed(rule.condition, facts, have, Truth::yes);
}

Keys missing_keys(const Facts& facts, std::span<const JudgedRule> judged) {
  Keys keys;
  for (const bool with_alternatives : {false, true}) {
    for (const auto& [rule, judgement] : judged) {
      const bool has_alternatives = rule->condition.kind == Condition::Kind::any;
      if (rule->strength != Strength::must || has_alternatives != with_alternatives ||
          judgement.outcome != Outcome::undecided)
        continue;
      keys |= needed(rule->condition, facts, keys, Truth::yes);
    }
  }
  return keys;
}

std::vector<FactKey> listed(const Keys& keys) {
  std::vector<FactKey> out;
  if (keys.none()) return out;
  out.reserve(keys.count());
  for (std::size_t i = 0; i < kFactKeyCount; ++i) {
    if (keys.test(i)) out.push_back(static_cast<FactKey>(i));
  }
  return out;
}

}  // namespace detail
}  // namespace huoshui
