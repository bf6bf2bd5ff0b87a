// What structures are compared by, and the same as one integer. Tables and searches are written once for
// both.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <tuple>
#include <vector>

#include "syndicate/detail/search.hpp"

namespace huoshui::syndicate::detail {

inline bool operator<(const Value& a, const Value& b) {
  if (a.cost != b.cost) return a.cost < b.cost;
  return std::tie(a.minus_score, a.members, a.leads) < std::tie(b.minus_score, b.members, b.leads);
}

inline Value operator+(const Value& a, const Value& b) {
  return {a.cost + b.cost, a.minus_score + b.minus_score, a.members + b.members, a.leads + b.leads};
}

inline Value times(const Value& a, std::int64_t n) {
  return {a.cost * n, a.minus_score * n, static_cast<std::int32_t>(a.members * n),
          static_cast<std::int32_t>(a.leads * n)};
}

template <class Number>
Number times(Number a, std::int64_t n) {
  return static_cast<Number>(a * static_cast<Number>(n));
}

// What exists is below half of never, so that weights may be taken off never; four times never fits.
template <class Number>
struct Scale {
  static constexpr int kDigits = std::numeric_limits<Number>::digits - 3;
  static constexpr Number kRoom = Number{1} << (kDigits - 3);  // for values
  static constexpr Number never() { return Number{1} << kDigits; }
  static constexpr bool exists(Number value) { return value < never() / 2; }
};

template <>
struct Scale<Value> {
  static Value never() { return {Exact{1} << 120, 0, 0, 0}; }
  static bool exists(const Value& value) { return value.cost < Exact{1} << 119; }
};

template <class Number>
bool exists(const Number& value) {
  return Scale<Number>::exists(value);
}

template <class Number>
void keep_less(Number& kept, const Number& value) {
  kept = value < kept ? value : kept;
}

/// What a candidate adds to a value.
template <class Number>
struct Weights {
  Number step{}, member{}, lead{}, agent{};
  std::vector<Number> interest;  // by group
};

/// The weights of all candidates, and values of structures in the same numbers. A packed number leaves out
/// what every structure pays alike: the least interest of a group, the least fee and best score of a step.
template <class Number>
struct Weighing {
  std::vector<Weights<Number>> of;  // by candidate

  /// The greatest number that a structure no worse than this value has.
  [[nodiscard]] Number roof(const Value& value) const;
  /// What groups that together pay at least this interest have at least.
  [[nodiscard]] Number interest(Exact at_least) const;

  // Of packed numbers.
  Exact alike = 0, alike_interest = 0, divisor = 1, score_divisor = 1;
  Exact of_cost = 1, of_score = 1, of_member = 1, best_score = 0;  // of all steps
};

/// Weigh in values themselves.
[[nodiscard]] Weighing<Value> weigh(const std::vector<Candidate>& candidates);

/// Weigh in single integers in the order of values, or nothing when a structure might not fit.
template <class Number>
[[nodiscard]] std::optional<Weighing<Number>> pack(const std::vector<Candidate>& candidates,
                                                   const std::vector<std::int64_t>& groups);

/// Use the narrowest numbers that fit, at last values themselves.
template <class Use>
auto weighed(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
             const Use& use) {
  if (auto packed = pack<std::int32_t>(candidates, groups)) return use(std::move(*packed));
  if (auto packed = pack<std::int64_t>(candidates, groups)) return use(std::move(*packed));
  return use(weigh(candidates));
}

}  // namespace huoshui::syndicate::detail
