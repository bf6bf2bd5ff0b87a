// A set of members becomes roles and shares.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "syndicate/detail/lanes.hpp"

namespace huoshui::syndicate::detail {

/// Members by candidate and group, without shares and roles, in order of candidates.
using Members = std::vector<Placed>;

template <class Number>
class Shares {
 public:
  Shares(const std::vector<Candidate>& candidates, const Weighing<Number>& weighing,
         const std::vector<std::int64_t>& groups, const Bounds& bounds)
      : candidates_(candidates), weighing_(weighing), groups_(groups), bounds_(bounds) {}

  /// Return the best roles and shares of these members and their value, or nothing when there are none. Of
  /// equal ones the larger lead, then the agent that leads, then the first in order.
  [[nodiscard]] std::optional<std::pair<Found, Number>> best(const Members& members) const {
    std::optional<std::pair<Found, Number>> kept;
    std::int64_t led = 0;
    const auto attempt = [&](std::size_t first, std::size_t second) {
      auto placed = members;
      placed[first].lead = placed[second].lead = true;
      const auto shared = share(placed, first == second);
      if (!shared) return;
      for (std::size_t agent = 0; agent < placed.size(); ++agent) {
        const std::size_t candidate = placed[agent].candidate;
        if (!candidates_[candidate].may_be_agent) continue;
        const Number number = shared->second + weighing_.of[candidate].agent;
        const std::int64_t weight = 2 * (placed[first].steps + (first == second ? 0 : placed[second].steps)) +
                                    (placed[agent].lead ? 1 : 0);
        if (kept && (kept->second < number || (kept->second == number && weight <= led))) continue;
        led = weight;
        kept = {{shared->first, placed}, number};
        kept->first.value.cost += candidates_[candidate].agency;
        kept->first.members[agent].agent = true;
      }
    };
    for (std::size_t first = 0; first < members.size(); ++first) {
      if (!candidates_[members[first].candidate].may_lead) continue;
      attempt(first, first);
      if (!bounds_.joint) continue;
      for (std::size_t second = first + 1; second < members.size(); ++second)
        if (candidates_[members[second].candidate].may_lead) attempt(first, second);
    }
    return kept;
  }

 private:
  /// Fill the groups from the cheapest member up; the exchange of one step can then never gain.
  std::optional<std::pair<Value, Number>> share(Members& placed, bool is_sole) const {
    Value value;
    Number weight{};
    std::vector<std::int64_t> rest = groups_;
    std::vector<std::size_t> last(groups_.size());
    std::vector<std::int64_t> most(placed.size());
    std::vector<std::size_t> order(placed.size());
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const Candidate& one = candidates_[placed[i].candidate];
      const Weights<Number>& weights = weighing_.of[placed[i].candidate];
      std::int64_t least = std::max<std::int64_t>(1, one.least);
      most[i] = std::min(one.most, bounds_.most);
      if (placed[i].lead) {
        least = std::max(least, is_sole ? bounds_.sole_least : bounds_.joint_least);
        if (is_sole) most[i] = std::min(most[i], bounds_.sole_most);
      }
      if (least > most[i]) return std::nullopt;
      placed[i].steps = least;
      rest[placed[i].group] -= least;
      last[placed[i].group] = placed[i].candidate;
      order[i] = i;
      value.members += 1;
      weight = weight + weights.member;
      if (!placed[i].lead) continue;
      value.leads += 1;
      value.cost += one.arrangement;
      weight = weight + weights.lead;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return weighing_.of[placed[a].candidate].step < weighing_.of[placed[b].candidate].step;
    });
    for (const auto i : order) {
      auto& left = rest[placed[i].group];
      if (left < 0) return std::nullopt;
      const std::int64_t more = std::min(left, most[i] - placed[i].steps);
      placed[i].steps += more;
      left -= more;
    }
    for (const auto left : rest)
      if (left != 0) return std::nullopt;
    for (const auto& member : placed) {
      const Candidate& one = candidates_[member.candidate];
      value.cost += one.fee * member.steps;
      value.minus_score -= one.score * member.steps;
      weight = weight + times(weighing_.of[member.candidate].step, member.steps);
    }
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      value.cost += candidates_[last[group]].interest[group];
      weight = weight + weighing_.of[last[group]].interest[group];
    }
    return std::pair{value, weight};
  }

  const std::vector<Candidate>& candidates_;
  const Weighing<Number>& weighing_;
  const std::vector<std::int64_t>& groups_;
  const Bounds& bounds_;
};

}  // namespace huoshui::syndicate::detail
