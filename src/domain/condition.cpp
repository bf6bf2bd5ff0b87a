#include <algorithm>
#include <huoshui/domain/condition.hpp>
#include <utility>

namespace huoshui {

std::string_view to_string(Comparison comparison) {
  switch (comparison) {
    case Comparison::at_most:
      return "<=";
    case Comparison::less:
      return "<";
    case Comparison::at_least:
      return ">=";
    case Comparison::greater:
      return ">";
    case Comparison::equal:
      return "==";
  }
  return "";
}

Condition Condition::all_of(std::vector<Condition> parts) {
  Condition c;
  c.kind = Kind::all;
  c.parts = std::move(parts);
  return c;
}

Condition Condition::any_of(std::vector<Condition> parts) {
  Condition c;
  c.kind = Kind::any;
  c.parts = std::move(parts);
  return c;
}

Condition Condition::negation_of(Condition part) {
  Condition c;
  c.kind = Kind::negation;
  c.parts.push_back(std::move(part));
  return c;
}

Condition Condition::compare_with(FactKey key, Comparison comparison, std::int64_t limit) {
  Condition c;
  c.kind = Kind::compare;
  c.key = key;
  c.comparison = comparison;
  c.limit = limit;
  return c;
}

Condition Condition::compare_facts(FactKey key, Comparison comparison, FactKey limit_key) {
  Condition c = compare_with(key, comparison, 0);
  c.limit_key = limit_key;
  return c;
}

Condition Condition::at_most(FactKey key, std::int64_t limit) {
  return compare_with(key, Comparison::at_most, limit);
}
Condition Condition::at_least(FactKey key, std::int64_t limit) {
  return compare_with(key, Comparison::at_least, limit);
}
Condition Condition::is_true(FactKey key) { return compare_with(key, Comparison::equal, 1); }
Condition Condition::is_false(FactKey key) { return compare_with(key, Comparison::equal, 0); }

Condition Condition::member_of(FactKey key, CodeTest codes) {
  Condition c;
  c.kind = Kind::member;
  c.key = key;
  c.codes = std::move(codes);
  return c;
}

std::vector<FactKey> keys_of(const Condition& condition) {
  std::vector<FactKey> keys;
  for_each_atom(condition, [&](const Condition& atom) {
    keys.push_back(atom.key);
    if (atom.limit_key) keys.push_back(*atom.limit_key);
  });
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace huoshui
