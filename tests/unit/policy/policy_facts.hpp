// Projects in a line, for the tests of room policy.
#pragma once

#include <huoshui/eligibility/evaluate.hpp>
#include <huoshui/policy/derive.hpp>
#include <huoshui/policy/gates.hpp>
#include <huoshui/policy/policy.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace huoshui::policy_test {

inline Policy on(std::string_view day, LowConfidence low = LowConfidence::off) {
  return PolicyPack::bundled().at(parse_date(day).value(), {.low_confidence = low}).value();
}

inline Fact number(FactKey key, Interval range, Origin origin = Origin::stated) {
  Fact fact;
  fact.key = key;
  fact.range = range;
  fact.origin = origin;
  return fact;
}
inline Fact number(FactKey key, std::int64_t value, Origin origin = Origin::stated) {
  return number(key, Interval::exactly(value), origin);
}
inline Fact codes(FactKey key, std::initializer_list<const char*> words, Origin origin = Origin::stated) {
  Fact fact;
  fact.key = key;
  fact.origin = origin;
  for (const char* word : words) fact.codes.emplace_back(word);
  return fact;
}

inline Facts facts(std::initializer_list<Fact> list) {
  Facts out;
  for (const auto& fact : list) out.set(fact);
  return out;
}

/// The facts together with what follows from them.
inline Facts derived(Facts given, const Policy& policy) {
  for (auto& fact : derive_facts(given, policy)) given.offer(std::move(fact));
  return given;
}

inline const Rule* find_rule(const std::vector<Rule>& rules, std::string_view id) {
  for (const auto& rule : rules) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

/// The outcome of one gate; an absent gate gives `absent`.
inline std::string outcome(std::string_view id, Instrument instrument, const Policy& policy,
                           const Facts& given) {
  const auto rules = gates_for(instrument, policy);
  const Rule* rule = find_rule(rules, id);
  return rule == nullptr ? "absent" : std::string(to_string(judge(*rule, derived(given, policy)).outcome));
}

}  // namespace huoshui::policy_test
