/// Room domain. A Condition is a three-valued question about facts: the one form that all rules compile to.
/// Law: Kleene logic; unknown facts make it unknown unless the rest decides. Values are exact, limits are
/// integers. Example: `Condition::at_most(FactKey::financing_need, 500 * kFenPerWan)`.
#pragma once

#include <cstdint>
#include <huoshui/domain/fact.hpp>
#include <string>
#include <vector>

namespace huoshui {

enum class Truth : std::uint8_t { no, unknown, yes };

[[nodiscard]] constexpr Truth negate(Truth t) {
  return t == Truth::yes ? Truth::no : t == Truth::no ? Truth::yes : Truth::unknown;
}

enum class Comparison : std::uint8_t { at_most, less, at_least, greater, equal };
[[nodiscard]] std::string_view to_string(Comparison comparison);  ///< `<=`, `<`, `>=`, `>`, `==`

/// The accepted entries of a code list, with what stands below and above each of them already worked out.
struct CodeTest {
  std::vector<Code> named;  ///< as the handbook names them
  std::vector<Code>
      inside;  ///< word lists: every accepted entry incl. narrower ones; prefix lists: same as named
  std::vector<Code>
      above;  ///< word lists: entries of which only a part is accepted: wider ones, overlapping ones
  bool prefix_form = false;              ///< region, industry: ancestry by prefix
  bool open = false;                     ///< the list ends in 等 or holds words unknown to the code list
  std::string names;                     ///< the accepted entries in words, for print
  std::vector<std::string> named_words;  ///< one word for each entry of `named`, or empty

  bool operator==(const CodeTest&) const = default;
};

/// A tree of questions.
struct Condition {
  enum class Kind : std::uint8_t { all, any, negation, compare, member };

  Kind kind = Kind::all;  ///< an empty `all` is always true
  std::vector<Condition> parts;
  FactKey key{};
  Comparison comparison{};
  std::int64_t limit = 0;            ///< in the base unit of the key
  std::optional<FactKey> limit_key;  ///< compare with another fact instead of `limit`
  CodeTest codes;

  [[nodiscard]] static Condition all_of(std::vector<Condition> parts);
  [[nodiscard]] static Condition any_of(std::vector<Condition> parts);
  [[nodiscard]] static Condition negation_of(Condition part);
  [[nodiscard]] static Condition compare_with(FactKey key, Comparison comparison, std::int64_t limit);
  [[nodiscard]] static Condition compare_facts(FactKey key, Comparison comparison, FactKey limit_key);
  [[nodiscard]] static Condition at_most(FactKey key, std::int64_t limit);
  [[nodiscard]] static Condition at_least(FactKey key, std::int64_t limit);
  [[nodiscard]] static Condition is_true(FactKey key);  ///< key is a boolean
  [[nodiscard]] static Condition is_false(FactKey key);
  [[nodiscard]] static Condition member_of(FactKey key, CodeTest codes);

  bool operator==(const Condition&) const = default;
};

/// Call `visit` for each compare and member part, left to right.
template <typename Visit>
void for_each_atom(const Condition& condition, Visit&& visit) {
  if (condition.kind == Condition::Kind::compare || condition.kind == Condition::Kind::member) {
    visit(condition);
  } else {
    for (const auto& part : condition.parts) for_each_atom(part, visit);
  }
}

/// Return the keys that a condition reads, sorted, without repeats.
[[nodiscard]] std::vector<FactKey> keys_of(const Condition& condition);

}  // namespace huoshui
