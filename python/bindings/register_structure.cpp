#include <huoshui/report/report.hpp>
#include <huoshui/structure/package.hpp>

#include "held.hpp"

namespace huoshui::bindings {

void register_structure(py::module_& m) {
  py::class_<StructureInputs, std::shared_ptr<StructureInputs>>(
      m, "StructureInputs", "What a desk knows beside the list: institutions and assumptions.")
      .def(py::init<>())
      .def_static("illustrations",
                  [] { return std::make_shared<StructureInputs>(StructureInputs::illustrations()); })
      .def_property_readonly("institutions",
                             [](const StructureInputs& inputs) {
                               std::vector<std::string> names;
                               for (const auto& one : inputs.institutions) names.push_back(one.name);
                               return names;
                             })
      .def_property_readonly("assumptions",
                             [](const StructureInputs& inputs) { return inputs.assumptions.size(); })
      .def_property_readonly("chains",
                             [](const StructureInputs& inputs) {
                               std::vector<std::string> projects;
                               for (const auto& one : inputs.chains) projects.push_back(one.project);
                               return projects;
                             })
      .def_readonly("illustrative", &StructureInputs::illustrative)
      .def(
          "with_institutions",
          [](const StructureInputs& inputs, const std::string& csv, const std::string& file) {
            auto loaded = parse_institutions(csv, file).value();
            auto out = std::make_shared<StructureInputs>(inputs);
            out->institutions = std::move(loaded.value.institutions);
            out->illustrative = out->illustrative || loaded.value.illustrative;
            return std::pair(out, std::move(loaded.issues));
          },
          py::arg("csv"), py::arg("file"))
      .def(
          "with_assumptions",
          [](const StructureInputs& inputs, const std::string& csv, const std::string& file) {
            auto loaded = parse_assumptions(csv, file).value();
            auto out = std::make_shared<StructureInputs>(inputs);
            out->assumptions = std::move(loaded.value);
            for (const auto& one : out->assumptions)
              out->illustrative = out->illustrative || one.confidence == Confidence::illustrative;
            return std::pair(out, std::move(loaded.issues));
          },
          py::arg("csv"), py::arg("file"));

  py::class_<ListOnPaper, std::shared_ptr<ListOnPaper>>(m, "ListOnPaper", "A list's offers and packages.");
  m.def(
      "put_list_on_paper",
      [](const HeldAnswer& held, const StructureInputs& inputs, std::size_t k) {
        return std::make_shared<ListOnPaper>(
            put_list_on_paper(held.answer, held.projects->list.projects, *held.catalogue, inputs, k));
      },
      py::arg("answer"), py::arg("inputs"), py::arg("k"), ReleaseGil(), "Offers on paper, and packages.");

  const auto input_of = [](const HeldAnswer& held, const ListOnPaper& papers, std::string_view lang) {
    return ReportInput{.list = &held.projects->list,
                       .issues = &held.projects->issues,
                       .catalogue = held.catalogue.get(),
                       .dictionaries = held.projects->dictionaries.get(),
                       .answer = &held.answer,
                       .match_options = &held.options,
                       .options = {.language = language_of(lang)},
                       .papers = &papers};
  };
  m.def(
      "package_json",
      [input_of](const HeldAnswer& held, const ListOnPaper& papers) {
        return package_json(input_of(held, papers, "zh"));
      },
      py::arg("answer"), py::arg("papers"), ReleaseGil(), "huoshui.package/1");
  m.def(
      "package_csv",
      [input_of](const HeldAnswer& held, const ListOnPaper& papers) {
        return package_csv(input_of(held, papers, "zh"));
      },
      py::arg("answer"), py::arg("papers"), ReleaseGil(), "Every member of every package, one a line.");
  m.def(
      "package_text",
      [input_of](const HeldAnswer& held, const ListOnPaper& papers, const std::vector<std::size_t>& projects,
                 const std::string& lang) {
        for (const std::size_t index : projects) {
          if (index >= held.answer.size()) throw ContractError("project index out of range");
        }
        return package_text(input_of(held, papers, lang), projects);
      },
      py::arg("answer"), py::arg("papers"), py::arg("projects"), py::arg("lang"), ReleaseGil(),
      "Packages of some projects in words.");
}

}  // namespace huoshui::bindings
