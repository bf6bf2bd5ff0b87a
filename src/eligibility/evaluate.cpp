#include "eligibility/detail/evaluate.hpp"

#include <algorithm>
#include <cstring>

namespace huoshui {
namespace detail {

Truth compare(const Interval& value, Comparison comparison, const Interval& limit) {
  // Both sides may be ranges: true if every choice satisfies it, false if none does.
  switch (comparison) {
    case Comparison::at_most:
      if (value.has_max() && limit.has_min() && value.max <= limit.min) return Truth::yes;
      if (value.has_min() && limit.has_max() && value.min > limit.max) return Truth::no;
      return Truth::unknown;
    case Comparison::less:
      if (value.has_max() && limit.has_min() && value.max < limit.min) return Truth::yes;
      if (value.has_min() && limit.has_max() && value.min >= limit.max) return Truth::no;
      return Truth::unknown;
    case Comparison::at_least:
      return negate(compare(value, Comparison::less, limit));
    case Comparison::greater:
      return negate(compare(value, Comparison::at_most, limit));
    case Comparison::equal:
      if (value.is_point() && limit.is_point() && value.min == limit.min) return Truth::yes;
      if (value.has_max() && limit.has_min() && value.max < limit.min) return Truth::no;
      if (value.has_min() && limit.has_max() && value.min > limit.max) return Truth::no;
      return Truth::unknown;
  }
  return Truth::unknown;
}

namespace {

/// Whether one of two codes stands at the head of the other.
bool same_branch(const std::string& a, const std::string& b) {
  const std::size_t n = std::min(a.size(), b.size());
  // Codes of one list differ in their last characters more often than in the first.
  return n != 0 && a[n - 1] == b[n - 1] && std::memcmp(a.data(), b.data(), n) == 0;
}

/// Where one code of the project stands against the accepted entries.
Truth stands(const Code& code, const CodeTest& test) {
  if (test.prefix_form) {
    Truth best = Truth::no;
    for (const auto& accepted : test.named) {
      if (!same_branch(accepted.text(), code.text())) continue;
      if (accepted.text().size() <= code.text().size()) return Truth::yes;
      best = Truth::unknown;  // the project's place or trade is wider than the accepted one
    }
    return best;
  }
  const auto holds = [&](const std::vector<Code>& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  if (holds(test.inside)) return Truth::yes;
  return holds(test.above) ? Truth::unknown : Truth::no;
}

}  // namespace

Truth member(const Fact& fact, const CodeTest& test) {
  if (fact.codes.empty()) return Truth::unknown;
  bool all_yes = true, all_no = true, any_yes = false;
  for (const auto& code : fact.codes) {
    const Truth t = stands(code, test);
    all_yes &= t == Truth::yes;
    all_no &= t == Truth::no;
    any_yes |= t == Truth::yes;
  }
  const bool any = info(fact.key).several == SeveralCodes::any;
  if (any ? any_yes : (all_yes && !fact.codes_open)) return Truth::yes;
  // Words of the cell that the list does not know, or an open list in the handbook, could still match.
  return all_no && !fact.codes_open && !test.open ? Truth::no : Truth::unknown;
}

}  // namespace detail

Truth evaluate(const Condition& c, const Facts& facts, Inferences inferences) {
  return detail::evaluate(c, facts, inferences);
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::fail:
      return "fail";
    case Outcome::undecided:
      return "undecided";
    case Outcome::not_tested:
      return "not_tested";
  }
  return "";
}

Judgement judge(const Rule& rule, const Facts& facts) { return detail::judge(rule, facts); }

}  // namespace huoshui
