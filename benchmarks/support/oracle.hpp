// The exhaustive method on a sample of a workload's projects, made once and compared before anything is
// timed.
#pragma once

#include <huoshui/matcher.hpp>
#include <vector>

#include "support/flat.hpp"
#include "support/workload.hpp"

namespace huoshui::bench {

/// Some projects, evenly spread over the list, and their true answer with the ten best and three possible.
struct Oracle {
  std::vector<std::size_t> places;
  Answer answer;
};
[[nodiscard]] const Oracle& oracle_of(const Prepared& prepared);

/// Does the answer of a whole list agree on the sample: offers, `possible` possible ones, counts?
[[nodiscard]] bool equals_oracle(const Prepared& prepared, const Answer& answer, std::size_t possible);
[[nodiscard]] bool equals_oracle(const Prepared& prepared, const FlatAnswer& answer);

/// Percent of the sample's pairs that are permitted.
[[nodiscard]] double permitted_percent(const Prepared& prepared);

/// The workload's projects in flat columns, kept with it.
[[nodiscard]] const std::vector<FlatProject>& flat_projects(const Prepared& prepared);

/// The workload's projects as the library prepares them, kept with it.
[[nodiscard]] PreparedList prepared_list(const Prepared& prepared);

}  // namespace huoshui::bench
