// What a Policy shares among its copies.
#pragma once

#include <huoshui/policy/policy.hpp>
#include <vector>

namespace huoshui {

struct Policy::State {
  Date date;
  Date first_day;
  Date last_day;
  PolicyOptions options;
  std::vector<Parameter> in_force;     // by series
  std::vector<DormantSeries> dormant;  // by series
};

}  // namespace huoshui
