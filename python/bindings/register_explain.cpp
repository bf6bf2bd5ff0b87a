#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/overview.hpp>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

py::dict overview_dict(const Overview& o, const HeldProjects& projects, const Catalogue& catalogue) {
  py::list heat, missing, near;
  for (const auto& cell : o.heat) {
    heat.append(py::make_tuple(
        cell.area, cell.area.empty() ? "" : projects.dictionaries->regions.name(Code(cell.area)),
        to_string(cell.instrument), info(cell.instrument).name_zh, cell.permitted, cell.possible));
  }
  for (const auto& column : o.missing) {
    missing.append(py::make_tuple(to_string(column.key), info(column.key).name_zh, info(column.key).name_en,
                                  column.pairs_alone, column.pairs_touched, column.projects, column.money));
  }
  for (const auto& miss : o.near_misses) {
    py::list examples;
    for (const auto& [index, row] : miss.examples) {
      examples.append(py::make_tuple(projects.list.projects[index].id, catalogue.product(row).id));
    }
    near.append(py::make_tuple(
        to_string(miss.key), info(miss.key).name_zh, to_string(miss.remedy), miss.added.text(),
        miss.added.empty() ? "" : projects.dictionaries->name_zh(info(miss.key).list, miss.added), miss.pairs,
        miss.projects, miss.products, miss.money, examples));
  }
  py::dict out;
  out["projects"] = o.projects;
  out["collections"] = o.collections;
  out["projects_with_permitted"] = o.projects_with_permitted;
  out["projects_with_possible_only"] = o.projects_with_possible_only;
  out["pairs_permitted"] = o.pairs_permitted;
  out["pairs_undecided"] = o.pairs_undecided;
  out["pairs_refused"] = o.pairs_refused;
  out["total_investment"] = o.total_investment;
  out["financing_need"] = o.financing_need;
  out["need_known"] = o.need_known;
  out["heat"] = heat;
  out["missing"] = missing;
  out["near_misses"] = near;
  return out;
}

}  // namespace

void register_explain(py::module_& m) {
  m.def(
      "refused_by_points",
      [](const Project& project, const Catalogue& catalogue, std::size_t k) {
        std::vector<std::uint32_t> rows;
        if (project.is_collection) return rows;
        for (const ProductRow row : refused_by_points(prepare(project, catalogue), catalogue, k))
          rows.push_back(static_cast<std::uint32_t>(row));
        return rows;
      },
      py::arg("project"), py::arg("catalogue"), py::arg("k"), ReleaseGil(),
      "Return the refused products that would have the most points.");

  py::class_<Overview>(m, "Overview", "What a whole list comes to.")
      .def("to_dict", &overview_dict, py::arg("projects"), py::arg("catalogue"));
  m.def(
      "overview",
      [](const HeldProjects& projects, const Catalogue& catalogue, unsigned threads) {
        if (threads == 0) throw ContractError("threads must be at least 1");
        return overview(projects.list.projects, catalogue, {.threads = threads});
      },
      py::arg("projects"), py::arg("catalogue"), py::kw_only(), py::arg("threads"), ReleaseGil(),
      "Judge every pair and sum up.");
}

}  // namespace huoshui::bindings
