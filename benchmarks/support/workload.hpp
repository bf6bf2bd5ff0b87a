// Workload W(P, N): seeded synthetic projects and products over the library's real semantics, no clock, no
// library RNG whose numbers differ between standard libraries. `unknown` percent of the facts are missing.
#pragma once

#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/normalise/dictionaries.hpp>
#include <vector>

namespace huoshui::bench {

struct WorkloadOptions {
  std::size_t projects = 2'000;
  std::size_t products = 500;
  int unknown = 0;  ///< percent of facts left out
  int narrow = 50;  ///< percent of products bound to counties; more of them, fewer eligible pairs
  std::uint64_t seed = 20'241'125;
};

struct Workload {
  std::vector<Project> projects;
  std::vector<Product> products;

  [[nodiscard]] Catalogue compiled() const;
};

[[nodiscard]] Workload make_workload(const WorkloadOptions& options);

}  // namespace huoshui::bench
