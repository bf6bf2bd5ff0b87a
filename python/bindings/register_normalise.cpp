#include <pybind11/stl.h>

#include <array>
#include <huoshui/read/csv.hpp>
#include <string_view>
#include <unordered_set>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

using DictionariesPtr = std::shared_ptr<Dictionaries>;

std::shared_ptr<HeldProjects> hold(Loaded<ProjectList> loaded, DictionariesPtr dictionaries) {
  return std::make_shared<HeldProjects>(
      HeldProjects{std::move(loaded.value), std::move(loaded.issues), std::move(dictionaries)});
}

std::shared_ptr<HeldProducts> hold(Loaded<ProductList> loaded) {
  return std::make_shared<HeldProducts>(HeldProducts{std::move(loaded.value), std::move(loaded.issues)});
}

std::shared_ptr<HeldProjects> only(const HeldProjects& held, const std::vector<std::size_t>& indices) {
  auto out = std::make_shared<HeldProjects>(
      HeldProjects{{held.list.file, {}, held.list.rows}, held.issues, held.dictionaries});
  out->list.projects.reserve(indices.size());
  for (const std::size_t index : indices) {
    if (index >= held.list.projects.size()) throw ContractError("project index out of range");
    out->list.projects.push_back(held.list.projects[index]);
  }
  return out;
}

/// Copy projects of any lists into a list of their own, which match() can go through without more copying.
std::shared_ptr<HeldProjects> list_of(const std::vector<std::shared_ptr<Project>>& given,
                                      DictionariesPtr dictionaries) {
  auto out = std::make_shared<HeldProjects>(HeldProjects{{}, {}, std::move(dictionaries)});
  out->list.projects.reserve(given.size());
  std::unordered_set<std::string_view> ids;
  for (const auto& project : given) {
    if (project == nullptr) throw ContractError("a list of projects holds projects only, not None");
    if (!ids.insert(project->id).second)
      throw ContractError("项目编号“" + project->id + "”出现了两次；一份清单里每个编号只能用一次");
    out->list.projects.push_back(*project);
  }
  out->list.rows = {.read = given.size(), .projects = given.size()};
  return out;
}

template <typename Held, typename Get>
auto item(const std::shared_ptr<Held>& held, std::size_t index, Get get) {
  const auto& items = get(*held);
  if (index >= items.size()) throw py::index_error("list index out of range");
  return part_of(held, items[index]);
}

}  // namespace

void register_normalise(py::module_& m) {
  py::class_<Dictionaries, DictionariesPtr>(m, "Dictionaries", "Everything that words are looked up in.")
      .def_static(
          "bundled", [] { return std::make_shared<Dictionaries>(Dictionaries::bundled()); }, ReleaseGil(),
          "Return the edition inside the library.")
      .def(
          "with_regions",
          [](const Dictionaries& d, const std::string& csv, const std::string& file) {
            return std::make_shared<Dictionaries>(d.with_regions(csv, file).value());
          },
          py::arg("csv"), py::arg("file"), ReleaseGil(), "Return a copy with a newer table of regions.")
      .def(
          "with_industries",
          [](const Dictionaries& d, const std::string& csv, const std::string& file) {
            return std::make_shared<Dictionaries>(d.with_industries(csv, file).value());
          },
          py::arg("csv"), py::arg("file"), ReleaseGil(), "Return a copy with a newer table of industries.")
      .def(
          "region_name",
          [](const Dictionaries& d, std::string_view code) { return d.regions.name(Code(code)); },
          py::arg("code"), "Return the full name of a region code, empty when unknown.")
      .def(
          "industry_name",
          [](const Dictionaries& d, std::string_view code) { return d.industries.name(Code(code)); },
          py::arg("code"), "Return the name of an industry code, empty when unknown.");

  py::class_<HeldProjects, std::shared_ptr<HeldProjects>>(m, "Projects",
                                                          "A project list as read, with its issues.")
      .def_property_readonly("file", [](const HeldProjects& held) { return held.list.file; })
      .def_property_readonly(
          "rows",
          [](const HeldProjects& held) {
            const RowCounts& rows = held.list.rows;
            return std::array<std::size_t, 4>{rows.read, rows.projects, rows.issues, rows.other};
          })
      .def_readonly("issues", &HeldProjects::issues)
      .def_property_readonly("ids",
                             [](const HeldProjects& held) {
                               std::vector<std::string> ids;
                               for (const auto& project : held.list.projects) ids.push_back(project.id);
                               return ids;
                             })
      .def_readonly("dictionaries", &HeldProjects::dictionaries)
      .def_static("of", &list_of, py::arg("projects"), py::arg("dictionaries"), ReleaseGil(),
                  "Copy projects of any lists into one list.")
      .def("only", &only, py::arg("indices"), ReleaseGil(), "Return the same list with some of its projects.")
      .def("__len__", [](const HeldProjects& held) { return held.list.projects.size(); })
      .def(
          "__getitem__",
          [](const std::shared_ptr<HeldProjects>& held, std::size_t index) {
            return item(held, index,
                        [](const HeldProjects& h) -> const std::vector<Project>& { return h.list.projects; });
          },
          py::arg("index"));

  py::class_<HeldProducts, std::shared_ptr<HeldProducts>>(m, "Products",
                                                          "A handbook as read, with its issues.")
      .def_readonly("issues", &HeldProducts::issues)
      .def_property_readonly("ids",
                             [](const HeldProducts& held) {
                               std::vector<std::string> ids;
                               for (const auto& product : held.products) ids.push_back(product.id);
                               return ids;
                             })
      .def("__len__", [](const HeldProducts& held) { return held.products.size(); })
      .def(
          "__getitem__",
          [](const std::shared_ptr<HeldProducts>& held, std::size_t index) {
            return item(held, index, [](const HeldProducts& h) -> const ProductList& { return h.products; });
          },
          py::arg("index"));

  m.def(
      "load_projects",
      [](const std::string& path, const DictionariesPtr& d) {
        return hold(load_projects(path, *d).value(), d);
      },
      py::arg("path"), py::arg("dictionaries"), ReleaseGil(), "Read a CSV file as a project list.");
  m.def(
      "read_projects",
      [](const Table& table, const DictionariesPtr& d) { return hold(read_projects(table, *d).value(), d); },
      py::arg("table"), py::arg("dictionaries"), ReleaseGil(), "Read a table as a project list.");
  m.def(
      "load_products",
      [](const std::string& path, const DictionariesPtr& d) { return hold(load_products(path, *d).value()); },
      py::arg("path"), py::arg("dictionaries"), ReleaseGil(), "Read a CSV handbook.");
  m.def(
      "read_products",
      [](const Table& table, const DictionariesPtr& d) { return hold(read_products(table, *d).value()); },
      py::arg("table"), py::arg("dictionaries"), ReleaseGil(), "Read a table as a handbook.");
  m.def(
      "bundled_products",
      [](const DictionariesPtr& d, bool illustrative) {
        const Table table = parse_csv(illustrative ? bundled_illustrative_handbook() : bundled_handbook(),
                                      illustrative ? "示例产品手册" : "产品手册")
                                .value();
        return hold(read_products(table, *d).value());
      },
      py::arg("dictionaries"), py::arg("illustrative"), ReleaseGil(),
      "Read the handbook inside the library.");
  m.def(
      "bundled_projects",
      [](const DictionariesPtr& d, bool illustrative) {
        const Table table =
            parse_csv(illustrative ? bundled_illustrative_projects() : bundled_sample_projects(),
                      illustrative ? "illustrative_projects.csv" : "heyuan_projects.csv")
                .value();
        return hold(read_projects(table, *d).value(), d);
      },
      py::arg("dictionaries"), py::arg("illustrative"), ReleaseGil(),
      "Read a sample list inside the library.");
}

}  // namespace huoshui::bindings
