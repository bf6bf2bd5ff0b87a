/// Bindings. What Python objects own, and the words that cross the border.
/// Law: a Python object holds its C++ owner by shared_ptr, so views and items never outlive what they look
/// at. Example: `part_of(owner, owner->list.projects[3])`.
#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/explain/wording.hpp>
#include <huoshui/matcher.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huoshui::bindings {

namespace py = pybind11;
using ReleaseGil = py::call_guard<py::gil_scoped_release>;

/// A list with its issues and the dictionaries that read it.
struct HeldProjects {
  ProjectList list;
  std::vector<Issue> issues;
  std::shared_ptr<Dictionaries> dictionaries;
};

struct HeldProducts {
  ProductList products;
  std::vector<Issue> issues;
};

/// A list in the form that match() works on, with the projects that its answers name.
struct HeldPrepared {
  PreparedList list;
  std::shared_ptr<HeldProjects> projects;
  std::shared_ptr<Catalogue> catalogue;
};

/// An answer with everything that its rows point into.
struct HeldAnswer {
  Answer answer;
  std::shared_ptr<HeldProjects> projects;
  std::shared_ptr<Catalogue> catalogue;
  MatchOptions options;
};

/// Return a member of `owner` that keeps `owner` alive.
template <typename Owner, typename Part>
[[nodiscard]] std::shared_ptr<Part> part_of(const std::shared_ptr<Owner>& owner, const Part& part) {
  return std::shared_ptr<Part>(owner, const_cast<Part*>(&part));  // bound read-only
}

using Ends = std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>;
[[nodiscard]] inline Ends ends_of(const Interval& range) {
  return {range.has_min() ? std::optional(range.min) : std::nullopt,
          range.has_max() ? std::optional(range.max) : std::nullopt};
}

[[nodiscard]] inline std::vector<std::string> texts_of(const std::vector<Code>& codes) {
  std::vector<std::string> out;
  out.reserve(codes.size());
  for (const auto& code : codes) out.push_back(code.text());
  return out;
}

[[nodiscard]] Language language_of(std::string_view word);

void register_core(py::module_& m);
void register_read(py::module_& m);
void register_domain(py::module_& m);
void register_policy(py::module_& m);
void register_normalise(py::module_& m);
void register_quantity(py::module_& m);
void register_catalogue(py::module_& m);
void register_matcher(py::module_& m);
void register_explain(py::module_& m);
void register_learn(py::module_& m);
void register_structure(py::module_& m);
void register_report(py::module_& m);
void register_text(py::module_& m);
void register_carbon(py::module_& m);
void register_rights(py::module_& m);
void register_syndicate(py::module_& m);
void register_supply_chain(py::module_& m);

}  // namespace huoshui::bindings
