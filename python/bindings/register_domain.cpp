#include "held.hpp"

namespace huoshui::bindings {
namespace {

py::list conditions_of(const Product& product) {
  py::list out;
  for (const auto& entry : product.conditions)
    out.append(py::make_tuple(to_string(entry.strength), entry.text));
  return out;
}

}  // namespace

void register_domain(py::module_& m) {
  py::class_<Fact, std::shared_ptr<Fact>>(
      m, "Fact", "One thing known about a project, in base units, with its cell and origin.")
      .def_property_readonly("key", [](const Fact& fact) { return to_string(fact.key); })
      .def_property_readonly("name_zh", [](const Fact& fact) { return info(fact.key).name_zh; })
      .def_property_readonly("name_en", [](const Fact& fact) { return info(fact.key).name_en; })
      .def_property_readonly("kind", [](const Fact& fact) { return to_string(info(fact.key).kind); })
      .def_property_readonly("origin", [](const Fact& fact) { return to_string(fact.origin); })
      .def_property_readonly("min", [](const Fact& fact) { return ends_of(fact.range).first; })
      .def_property_readonly("max", [](const Fact& fact) { return ends_of(fact.range).second; })
      .def_property_readonly("codes", [](const Fact& fact) { return texts_of(fact.codes); })
      .def_readonly("open", &Fact::codes_open)
      .def_readonly("approximate", &Fact::approximate)
      .def_readonly("text", &Fact::text)
      .def_readonly("basis", &Fact::basis)
      .def_property_readonly("row", [](const Fact& fact) { return fact.place.row; })
      .def_property_readonly("column_number", [](const Fact& fact) { return fact.place.column; })
      .def(
          "words",
          [](const Fact& fact, std::string_view lang) {
            return value_text(fact.key, &fact, language_of(lang));
          },
          py::arg("lang") = "zh", "Return the value in words, 500万元.")
      .def("__repr__", [](const Fact& fact) {
        return "<Fact " + std::string(to_string(fact.key)) + " " + value_text(fact.key, &fact, Language::zh) +
               " (" + std::string(to_string(fact.origin)) + ")>";
      });

  py::class_<Project, std::shared_ptr<Project>>(m, "Project",
                                                "One row of a list as the library understands it.")
      .def_readonly("id", &Project::id)
      .def_readonly("name", &Project::name)
      .def_readonly("is_collection", &Project::is_collection)
      .def_property_readonly("row", [](const Project& project) { return project.place.row; })
      .def_property_readonly("sheet", [](const Project& project) { return project.place.sheet; })
      .def_property_readonly("place", [](const Project& project) { return to_string(project.place); })
      .def(
          "text", [](const Project& project, std::string_view field) { return project.text(field); },
          py::arg("field"), "Return the text of a canonical column, empty when absent.")
      .def_property_readonly("facts",
                             [](const std::shared_ptr<Project>& project) {
                               py::dict out;
                               for (const auto& fact : project->facts.all())
                                 out[py::str(std::string(to_string(fact.key)))] = part_of(project, fact);
                               return out;
                             })
      .def_property_readonly("affinity",
                             [](const std::shared_ptr<Project>& project) -> std::shared_ptr<const Affinity> {
                               return project->affinity ? part_of(project, *project->affinity) : nullptr;
                             })
      .def("__repr__",
           [](const Project& project) { return "<Project " + project.id + " " + project.name + ">"; });

  py::class_<Product, std::shared_ptr<Product>>(
      m, "Product", "One row of a handbook: what an institution offers, as disclosed.")
      .def_readonly("id", &Product::id)
      .def_readonly("name", &Product::name)
      .def_readonly("institution", &Product::institution)
      .def_readonly("institution_type", &Product::institution_type)
      .def_property_readonly("instrument",
                             [](const Product& product) { return to_string(product.instrument); })
      .def_property_readonly("instrument_zh",
                             [](const Product& product) { return info(product.instrument).name_zh; })
      .def_property_readonly("instrument_en",
                             [](const Product& product) { return info(product.instrument).name_en; })
      .def_property_readonly("measures", [](const Product& product) { return texts_of(product.measures); })
      .def_property_readonly("amount", [](const Product& product) { return ends_of(product.amount); })
      .def_property_readonly("tenor", [](const Product& product) { return ends_of(product.tenor); })
      .def_property_readonly("rate", [](const Product& product) { return ends_of(product.rate); })
      .def_readonly("loan_to_value_max", &Product::loan_to_value_max)
      .def_readonly("approval_days", &Product::approval_days)
      .def_property_readonly("borrowers", [](const Product& product) { return product.borrowers.text; })
      .def_property_readonly("industries", [](const Product& product) { return product.industries.text; })
      .def_property_readonly("uses", [](const Product& product) { return product.uses.text; })
      .def_property_readonly("regions", [](const Product& product) { return product.regions.text; })
      .def_property_readonly("securities", [](const Product& product) { return product.securities.text; })
      .def_property_readonly("conditions", &conditions_of)
      .def_readonly("rate_text", &Product::rate_text)
      .def_readonly("security_text", &Product::security_text)
      .def_readonly("repayment", &Product::repayment)
      .def_readonly("notes", &Product::notes)
      .def_readonly("documents", &Product::documents)
      .def_readonly("published_on", &Product::published_on)
      .def_property_readonly("confidence",
                             [](const Product& product) { return to_string(product.confidence); })
      .def_property_readonly(
          "illustrative",
          [](const Product& product) { return product.confidence == Confidence::illustrative; })
      .def_property_readonly("place", [](const Product& product) { return to_string(product.place); })
      .def("__repr__", [](const Product& product) {
        return "<Product " + product.id + " " + product.name + "（" + product.institution + "）>";
      });

  m.def(
      "fact_infos",
      [] {
        py::list out;
        for (const auto& entry : fact_infos()) {
          out.append(py::make_tuple(entry.id, entry.name_zh, entry.name_en, to_string(entry.kind),
                                    to_string(entry.list)));
        }
        return out;
      },
      "Return every fact key: id, Chinese name, English name, kind, code list.");
}

}  // namespace huoshui::bindings
