#include <algorithm>
#include <bitset>
#include <huoshui/explain/missing.hpp>
#include <huoshui/policy/derive.hpp>

namespace huoshui {
namespace {

using Keys = std::bitset<kFactKeyCount>;

Keys only(FactKey key) { return Keys{}.set(static_cast<std::size_t>(key)); }

std::vector<FactKey> listed(const Keys& keys) {
  std::vector<FactKey> out;
  for (std::size_t i = 0; i < kFactKeyCount; ++i) {
    if (keys.test(i)) out.push_back(static_cast<FactKey>(i));
  }
  return out;
}

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

bool waits_for_institution(const Condition& c, const Facts& facts) {
  if (!is_unknown(c, facts)) return false;
  if (c.kind == Condition::Kind::compare || c.kind == Condition::Kind::member)
    return open_to_institution(c, facts);
  return std::any_of(c.parts.begin(), c.parts.end(),
                     [&](const Condition& part) { return waits_for_institution(part, facts); });
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
  Condition closed = atom;
  closed.codes.open = false;
  return evaluate(closed, facts, Inferences::ignore) == Truth::no;
}

bool waits_for_institution(const Rule& rule, const Facts& facts) {
  return is_open(rule, facts) && waits_for_institution(rule.condition, facts);
}

std::vector<FactKey> missing_for(const Rule& rule, const Facts& facts) {
  if (!is_open(rule, facts)) return {};
  return listed(needed(rule.condition, facts, {}, Truth::yes));
}

std::vector<FactKey> missing_facts(const PreparedProject& project, const Catalogue& catalogue,
                                   ProductRow row) {
  Keys keys;
  for (const bool with_alternatives : {false, true}) {
    for_each_rule(catalogue, row, [&](const Rule& rule) {
      const bool has_alternatives = rule.condition.kind == Condition::Kind::any;
      if (rule.strength != Strength::must || has_alternatives != with_alternatives ||
          !is_open(rule, project.facts))
        return;
      keys |= needed(rule.condition, project.facts, keys, Truth::yes);
    });
  }
  return listed(keys);
}

}  // namespace huoshui
