// Workload W(P, N): seeded synthetic projects and products over the library's real semantics, no clock, no
// library RNG whose numbers differ between standard libraries. `unknown` percent of the facts are missing.
#pragma once

#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/normalise/dictionaries.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::bench {

/// How places, trades and terms are spread; the README tabulates the shapes.
enum class Spread : std::uint8_t {
  zipf,   ///< a few counties and trades hold most projects; about 1.1 % of the pairs are permitted
  broad,  ///< nearly even projects, generous products; about 5 %
  sharp,  ///< nearly even projects, narrow products; about 0.1 %
};
[[nodiscard]] std::string_view to_string(Spread spread);

struct WorkloadOptions {
  std::size_t projects = 2'000;
  std::size_t products = 500;
  int unknown = 0;  ///< percent of facts left out
  Spread spread = Spread::zipf;
  std::uint64_t seed = 20'241'125;

  bool operator==(const WorkloadOptions&) const = default;
};

/// The entries that projects of W name, one list for each key, in an order of their own.
struct Vocabulary {
  std::vector<std::string> counties, trades, measures, borrowers, securities;
};
[[nodiscard]] const Vocabulary& vocabulary();

/// The graded terms that a tenth of the products state: how much without, with a guarantee, with a house.
[[nodiscard]] Condition security_tiers();

struct Workload {
  std::vector<Project> projects;
  std::vector<Product> products;

  [[nodiscard]] Catalogue compiled() const;
};

[[nodiscard]] Workload make_workload(const WorkloadOptions& options);

/// A workload and its compiled catalogue, kept for the next benchmark that asks for the same. One at a time:
/// a million projects take gigabytes.
struct Prepared {
  Workload workload;
  Catalogue catalogue;
  std::uint64_t serial = 0;  ///< no two made in one run share it; from 1
};
[[nodiscard]] const Prepared& prepared_workload(const WorkloadOptions& options);

}  // namespace huoshui::bench
