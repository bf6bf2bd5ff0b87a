#include <algorithm>
#include <huoshui/policy/policy.hpp>

#include "policy/detail/policy_state.hpp"

namespace huoshui {

std::string_view to_string(Dormancy dormancy) {
  switch (dormancy) {
    case Dormancy::not_yet:
      return "not_yet";
    case Dormancy::ended:
      return "ended";
    case Dormancy::unknown:
      return "unknown";
    case Dormancy::low_confidence:
      return "low_confidence";
  }
  return "";
}

Date Policy::date() const { return state_->date; }
Date Policy::first_day() const { return state_->first_day; }
Date Policy::last_day() const { return state_->last_day; }
PolicyOptions Policy::options() const { return state_->options; }
std::span<const Parameter> Policy::in_force() const { return state_->in_force; }

const Parameter* Policy::find(std::string_view series) const {
  const auto at = std::lower_bound(state_->in_force.begin(), state_->in_force.end(), series,
                                   [](const Parameter& p, std::string_view s) { return p.series < s; });
  return at != state_->in_force.end() && at->series == series ? &*at : nullptr;
}

const DormantSeries* Policy::find_dormant(std::string_view series) const {
  const auto at =
      std::lower_bound(state_->dormant.begin(), state_->dormant.end(), series,
                       [](const DormantSeries& d, std::string_view s) { return d.nearest.series < s; });
  return at != state_->dormant.end() && at->nearest.series == series ? &*at : nullptr;
}

}  // namespace huoshui
