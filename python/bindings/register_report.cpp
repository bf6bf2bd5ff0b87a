#include <huoshui/report/report.hpp>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

Contacts contacts_of(std::string_view word) {
  if (word == "masked") return Contacts::masked;
  if (word == "shown") return Contacts::shown;
  throw ContractError("contacts must be \"masked\" or \"shown\", not \"" + std::string(word) + "\"");
}

ReportInput input_of(const HeldAnswer& held, std::string_view lang, std::string_view contacts = "masked",
                     std::size_t why_not = 3, const ListOnPaper* papers = nullptr) {
  return {.list = &held.projects->list,
          .issues = &held.projects->issues,
          .catalogue = held.catalogue.get(),
          .dictionaries = held.projects->dictionaries.get(),
          .answer = &held.answer,
          .match_options = &held.options,
          .options = {.language = language_of(lang), .contacts = contacts_of(contacts), .why_not = why_not},
          .papers = papers};
}

void check_indices(const std::vector<std::size_t>& projects, std::size_t size) {
  for (const std::size_t index : projects) {
    if (index >= size) throw ContractError("project index out of range");
  }
}

template <typename Print>
std::string explained(const Project& project, const Catalogue& catalogue, std::uint32_t row,
                      std::string_view lang, Print print) {
  if (row >= catalogue.size()) throw ContractError("product row out of range");
  return print(prepare(project, catalogue), catalogue, ProductRow{row}, language_of(lang));
}

}  // namespace

void register_report(py::module_& m) {
  m.def(
      "check_json", [](const HeldProjects& held) { return check_json(held.list, held.issues); },
      py::arg("projects"), ReleaseGil(), "huoshui.check/1");
  m.def(
      "match_json",
      [](const HeldAnswer& held, const std::string& lang) { return match_json(input_of(held, lang)); },
      py::arg("answer"), py::arg("lang"), ReleaseGil(), "huoshui.match/1");
  m.def(
      "match_csv", [](const HeldAnswer& held) { return match_csv(input_of(held, "zh")); }, py::arg("answer"),
      ReleaseGil(), "Every pair shown, one a line.");
  m.def(
      "match_text",
      [](const HeldAnswer& held, const std::vector<std::size_t>& projects, const std::string& lang) {
        check_indices(projects, held.answer.size());
        return match_text(input_of(held, lang), projects);
      },
      py::arg("answer"), py::arg("projects"), py::arg("lang"), ReleaseGil(),
      "Offers and reasons of some projects.");
  m.def(
      "suggest_json",
      [](const HeldProjects& held, const std::vector<std::size_t>& projects, const Catalogue& catalogue,
         std::size_t k) {
        check_indices(projects, held.list.projects.size());
        return suggest_json(held.list, projects, catalogue, *held.dictionaries, k);
      },
      py::arg("projects"), py::arg("indices"), py::arg("catalogue"), py::arg("k"), ReleaseGil(),
      "huoshui.suggest/1");
  m.def(
      "suggest_text",
      [](const HeldProjects& held, const std::vector<std::size_t>& projects, const Catalogue& catalogue,
         std::size_t k, const std::string& lang) {
        check_indices(projects, held.list.projects.size());
        return suggest_text(held.list, projects, catalogue, *held.dictionaries, k, language_of(lang));
      },
      py::arg("projects"), py::arg("indices"), py::arg("catalogue"), py::arg("k"), py::arg("lang"),
      ReleaseGil(), "The instruments that some projects' words speak for.");
  m.def(
      "explain_json",
      [](const Project& project, const Catalogue& catalogue, std::uint32_t row, const std::string& lang) {
        return explained(project, catalogue, row, lang, &explain_json);
      },
      py::arg("project"), py::arg("catalogue"), py::arg("row"), py::arg("lang"), ReleaseGil(),
      "huoshui.explain/1");
  m.def(
      "explain_text",
      [](const Project& project, const Catalogue& catalogue, std::uint32_t row, const std::string& lang) {
        return explained(project, catalogue, row, lang, &explain_text);
      },
      py::arg("project"), py::arg("catalogue"), py::arg("row"), py::arg("lang"), ReleaseGil(),
      "One pair in words.");
  m.def(
      "report_json",
      [](const HeldAnswer& held, const Overview& overview, const std::string& lang,
         const std::string& contacts, const ListOnPaper* papers) {
        return report_json(input_of(held, lang, contacts, 3, papers), overview);
      },
      py::arg("answer"), py::arg("overview"), py::arg("lang"), py::arg("contacts"),
      py::arg("papers") = py::none(), ReleaseGil(), "huoshui.report/1");
  m.def(
      "report_html",
      [](const HeldAnswer& held, const Overview& overview, const std::string& lang,
         const std::string& contacts, const ListOnPaper* papers) {
        return report_html(input_of(held, lang, contacts, 3, papers), overview);
      },
      py::arg("answer"), py::arg("overview"), py::arg("lang"), py::arg("contacts"),
      py::arg("papers") = py::none(), ReleaseGil(), "One self-contained page.");
  m.def(
      "mask_phones", [](const std::string& text) { return mask_phones(text); }, py::arg("text"),
      "Hide the middle of phone numbers.");
}

}  // namespace huoshui::bindings
