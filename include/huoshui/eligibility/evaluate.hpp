/// Room eligibility. Evaluate conditions and judge rules in three values.
/// Law: Kleene; an interval passes if all of it passes and fails if all of it fails; an inferred fact may
/// permit, never refuse; an open list leaves the unmatched undecided. Filling a blank never turns a settled
/// outcome. Example: `judge(rule, facts).outcome == Outcome::undecided`.
#pragma once

#include <cstdint>
#include <huoshui/domain/rule.hpp>
#include <string_view>
#include <vector>

namespace huoshui {

/// Whether facts that were only read out of words count.
enum class Inferences : std::uint8_t { count, ignore };

/// Answer a condition. An absent fact makes its atoms unknown.
[[nodiscard]] Truth evaluate(const Condition& condition, const Facts& facts,
                             Inferences inferences = Inferences::count);

enum class Outcome : std::uint8_t { pass, fail, undecided, not_tested };
[[nodiscard]] std::string_view to_string(Outcome outcome);

/// What became of one rule.
struct Judgement {
  Outcome outcome = Outcome::pass;
  /// The outcome rests on an inferred fact: a pass is a caution, an undecided one asks to confirm it.
  bool on_inference = false;
};
[[nodiscard]] Judgement judge(const Rule& rule, const Facts& facts);

}  // namespace huoshui
