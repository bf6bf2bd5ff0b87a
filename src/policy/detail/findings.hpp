// How a rule is held against a pledge: what the rooms carbon and rights open, say and refuse alike.
#pragma once

#include <cstdint>
#include <huoshui/core/interval.hpp>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/finding.hpp>
#include <huoshui/policy/policy.hpp>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace huoshui::policy_detail {

/// Return the value as 64 bits. @throws ContractError when it does not fit.
__extension__ inline std::int64_t narrowed(__int128 value) {
  if (value > std::numeric_limits<std::int64_t>::max()) throw ContractError("a value does not fit");
  return static_cast<std::int64_t>(value);
}

/// @throws ContractError when a range lacks an end, goes below zero, above `most`, or down.
inline void require_closed(const std::optional<Interval>& range, const char* name, std::int64_t most) {
  if (!range) return;
  if (!range->has_min() || !range->has_max() || range->min < 0 || range->max > most ||
      range->min > range->max) {
    throw ContractError(std::string(name) +
                        ": a range wants both ends, in order, none below zero or too large");
  }
}

/// Note what was seen and where the line is.
inline void measure(Finding& finding, Measure measure, std::optional<std::int64_t> seen,
                    std::optional<std::int64_t> limit) {
  finding.measure = measure;
  finding.seen = seen;
  finding.limit = limit;
}

inline void say(Finding& finding, Standing standing, std::string zh, std::string en) {
  finding.standing = standing;
  finding.text_zh = std::move(zh);
  finding.text_en = std::move(en);
}

/// Open a finding on a series: its citation, and not tested when no row is in force. A rule that at worst
/// cautions is a should.
inline Finding open(const char* rule, const char* series, const Policy& policy,
                    Strength strength = Strength::must) {
  Finding out;
  out.rule = rule;
  out.strength = strength;
  if (const auto* row = policy.find(series)) {
    out.citation = row->citation();
    return out;
  }
  if (const auto* dormant = policy.find_dormant(series)) out.citation = dormant->nearest.citation();
  say(out, Standing::not_tested, "当日没有有效的规定，未检验", "no row is in force on the day: not tested");
  return out;
}

/// Hold a yes-or-no fact against a row in force; `broken` and `unknown` say how the two other cases stand.
inline Finding held(const char* rule, const char* series, const Policy& policy, std::optional<bool> fact,
                    bool wanted, Standing broken, Standing unknown, const char* zh, const char* en) {
  auto out = open(rule, series, policy, broken == Standing::caution ? Strength::should : Strength::must);
  if (out.standing == Standing::not_tested) return out;
  if (!fact) {
    // What fails closed is not merely untested: it stops the signing until somebody knows.
    const bool stops = unknown == Standing::undecided;
    say(out, unknown, std::string(zh) + (stops ? "：未填，待定" : "：未填，未检验"),
        std::string(en) + (stops ? ": not stated, undecided" : ": not stated, not tested"));
  } else if (*fact == wanted) {
    say(out, Standing::passed, std::string(zh) + "：符合", std::string(en) + ": met");
  } else {
    say(out, broken, std::string(zh) + "：不符合", std::string(en) + ": not met");
  }
  return out;
}

/// Hold a tenor against the years that its pledge lasts; a period of which only a part is long enough leaves
/// it undecided. `zh` and `en` name the period.
inline void hold_tenor(Finding& out, std::optional<std::int64_t> months, const std::optional<Interval>& years,
                       const std::string& zh, const std::string& en) {
  if (!months || !years) {
    say(out, Standing::not_tested, "没有期限或" + zh + "，未检验", "no tenor or " + en + ": not tested");
    return;
  }
  measure(out, Measure::months, months, years->min * 12);
  if (*months <= *out.limit) {
    say(out, Standing::passed, "期限不超过" + zh, "the tenor lies within the " + en);
  } else if (*months <= years->max * 12) {
    say(out, Standing::undecided, "期限在" + zh + "的上下限之间，待定",
        "the tenor lies between the ends of the " + en + ": undecided");
  } else {
    out.limit = years->max * 12;
    say(out, Standing::violated, "期限超过" + zh, "the tenor is longer than the " + en);
  }
}

}  // namespace huoshui::policy_detail
