// How the loose rules of a profile stand, given what became of each.
#pragma once

#include "engine/detail/reading.hpp"

namespace huoshui::engine {

/// `judged(rule)` gives the judgement of a loose rule by its place in the index.
template <typename Judged>
Standing standing_of(const Index& index, const Profile& profile, const Judged& judged) {
  Standing out;
  const std::uint32_t* rule = index.own_rules.data() + profile.rules;
  for (std::uint32_t i = 0; i < profile.musts; ++i, ++rule) {
    const Judgement judgement = judged(*rule);
    const bool passes = judgement.outcome == Outcome::pass;
    const bool open = judgement.outcome == Outcome::undecided;
    if (open) out.missing += one_at(kOpenShift);
    if (!passes) out.missing += one_at(kUnreadyShift);
    if (!passes && !(open && !judgement.on_inference)) out.missing += one_at(kImplausibleShift);
    if (passes && judgement.on_inference) out.missing += one_at(kCautionShift);
  }
  for (std::uint32_t i = 0; i < profile.shoulds; ++i, ++rule) {
    const Outcome outcome = judged(*rule).outcome;
    out.kept += one_at(kShouldsShift);
    if (outcome == Outcome::pass) out.kept += one_at(kShouldsHeldShift);
    if (outcome == Outcome::fail) out.missing += one_at(kCautionShift);
  }
  for (std::uint32_t i = 0; i < profile.prefers; ++i, ++rule) {
    out.kept += one_at(kPrefersShift);
    if (judged(*rule).outcome == Outcome::pass) out.kept += one_at(kPrefersHeldShift);
  }
  return out;
}

/// The verdict of a profile's loose `must` rules.
template <typename Judged>
Verdict verdict_of(const Index& index, const Profile& profile, const Judged& judged) {
  Verdict out = Verdict::permitted;
  for (std::uint32_t i = 0; i < profile.musts; ++i) {
    const std::uint32_t rule = index.own_rules[profile.rules + i];
    const Outcome outcome = judged(rule).outcome;
    if (outcome == Outcome::fail) return Verdict::refused;
    if (outcome == Outcome::undecided) out = Verdict::undecided;
  }
  return out;
}

/// How many of a profile's loose `must` rules fail; two stand for more.
template <typename Judged>
unsigned failed_of(const Index& index, const Profile& profile, const Judged& judged) {
  unsigned out = 0;
  for (std::uint32_t i = 0; i < profile.musts && out < 2; ++i) {
    if (judged(index.own_rules[profile.rules + i]).outcome == Outcome::fail) ++out;
  }
  return out;
}

}  // namespace huoshui::engine
