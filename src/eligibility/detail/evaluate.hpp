// The one reading of conditions, over anything that finds facts by key: Facts, or the engine's table.
#pragma once

#include <algorithm>
#include <huoshui/eligibility/evaluate.hpp>

namespace huoshui::detail {

[[nodiscard]] Truth compare(const Interval& value, Comparison comparison, const Interval& limit);
[[nodiscard]] Truth member(const Fact& fact, const CodeTest& test);

template <typename FactSource>
const Fact* known(const FactSource& facts, FactKey key, Inferences inferences) {
  const Fact* fact = facts.find(key);
  if (fact == nullptr) return nullptr;
  return inferences == Inferences::ignore && fact->origin == Origin::inferred ? nullptr : fact;
}

template <typename FactSource>
Truth evaluate_atom(const Condition& c, const FactSource& facts, Inferences inferences) {
  const Fact* fact = known(facts, c.key, inferences);
  if (fact == nullptr) return Truth::unknown;
  if (c.kind == Condition::Kind::member) return member(*fact, c.codes);
  if (!c.limit_key) return compare(fact->range, c.comparison, Interval::exactly(c.limit));
  const Fact* limit = known(facts, *c.limit_key, inferences);
  return limit == nullptr ? Truth::unknown : compare(fact->range, c.comparison, limit->range);
}

template <typename FactSource>
Truth evaluate(const Condition& c, const FactSource& facts, Inferences inferences) {
  switch (c.kind) {
    case Condition::Kind::all: {
      Truth out = Truth::yes;
      for (const auto& part : c.parts) out = std::min(out, detail::evaluate(part, facts, inferences));
      return out;
    }
    case Condition::Kind::any: {
      Truth out = Truth::no;
      for (const auto& part : c.parts) out = std::max(out, detail::evaluate(part, facts, inferences));
      return out;
    }
    case Condition::Kind::negation:
      return negate(detail::evaluate(c.parts.front(), facts, inferences));
    case Condition::Kind::compare:
    case Condition::Kind::member:
      return evaluate_atom(c, facts, inferences);
  }
  return Truth::unknown;
}

/// A condition without the inferred facts and with them, in one pass.
struct Reading {
  Truth certain = Truth::unknown, counted = Truth::unknown;
};

template <typename FactSource>
Reading read_atom(const Condition& c, const FactSource& facts) {
  const Fact* fact = facts.find(c.key);
  if (fact == nullptr) return {};
  const bool against_fact = c.kind == Condition::Kind::compare && c.limit_key;
  const Fact* limit = against_fact ? facts.find(*c.limit_key) : nullptr;
  const Truth counted = evaluate_atom(c, facts, Inferences::count);
  const bool inferred =
      fact->origin == Origin::inferred || (limit != nullptr && limit->origin == Origin::inferred);
  return {inferred ? Truth::unknown : counted, counted};
}

template <typename FactSource>
Reading read(const Condition& c, const FactSource& facts) {
  switch (c.kind) {
    case Condition::Kind::all: {
      Reading out{Truth::yes, Truth::yes};
      for (const auto& part : c.parts) {
        const Reading one = detail::read(part, facts);
        out = {std::min(out.certain, one.certain), std::min(out.counted, one.counted)};
        if (out.certain == Truth::no) break;  // inferred facts cannot change what is decided without them
      }
      return out;
    }
    case Condition::Kind::any: {
      Reading out{Truth::no, Truth::no};
      for (const auto& part : c.parts) {
        const Reading one = detail::read(part, facts);
        out = {std::max(out.certain, one.certain), std::max(out.counted, one.counted)};
        if (out.certain == Truth::yes) break;
      }
      return out;
    }
    case Condition::Kind::negation: {
      const Reading part = detail::read(c.parts.front(), facts);
      return {negate(part.certain), negate(part.counted)};
    }
    case Condition::Kind::compare:
    case Condition::Kind::member:
      return read_atom(c, facts);
  }
  return {};
}

/// Judge a condition that is in force.
template <typename FactSource>
Judgement judge(const Condition& condition, bool fails_closed, const FactSource& facts) {
  const Reading reading = detail::read(condition, facts);
  switch (reading.certain) {
    case Truth::yes:
      return {Outcome::pass, false};
    case Truth::no:
      return {Outcome::fail, false};
    case Truth::unknown:
      break;
  }
  switch (reading.counted) {
    case Truth::yes:
      return {fails_closed ? Outcome::undecided : Outcome::pass, true};
    case Truth::no:
      return {Outcome::undecided, true};
    case Truth::unknown:
      break;
  }
  return {Outcome::undecided, false};
}

template <typename FactSource>
Judgement judge(const Rule& rule, const FactSource& facts) {
  if (rule.not_in_force) return {Outcome::not_tested, false};
  return judge(rule.condition, rule.fails_closed, facts);
}

}  // namespace huoshui::detail
