#include <algorithm>
#include <map>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

Scorecard make_scorecard(std::string id, std::string name_zh, const std::map<std::string, int>& weights) {
  std::array<int, kCriterionCount> values{};
  for (const auto& [name, weight] : weights) {
    const auto infos = criterion_infos();
    const auto found = std::find_if(infos.begin(), infos.end(),
                                    [&](const CriterionInfo& entry) { return entry.id == name; });
    if (found == infos.end()) throw ContractError("no such criterion: " + name);
    values[static_cast<std::size_t>(found->criterion)] = weight;
  }
  return Scorecard::make(std::move(id), std::move(name_zh), values).value();
}

py::list rules_of(const Catalogue& catalogue, std::uint32_t row) {
  if (row >= catalogue.size()) throw py::index_error("product row out of range");
  py::list out;
  for_each_rule(catalogue, ProductRow{row}, [&](const Rule& rule) {
    py::dict entry;
    entry["id"] = rule.id;
    entry["topic"] = to_string(rule.topic);
    entry["strength"] = to_string(rule.strength);
    entry["text_zh"] = rule.text_zh;
    entry["text_en"] = rule.text_en;
    entry["citation"] = to_string(rule.citation);
    entry["fails_closed"] = rule.fails_closed;
    entry["not_in_force"] = rule.not_in_force;
    out.append(entry);
  });
  return out;
}

}  // namespace

void register_catalogue(py::module_& m) {
  py::class_<Scorecard>(m, "Scorecard", "Weights by criterion, summing to 100.")
      .def_static("standard", &Scorecard::standard)
      .def_static("enterprise", &Scorecard::enterprise)
      .def_static("bank", &Scorecard::bank)
      .def_static(
          "find", [](std::string_view name) { return Scorecard::find(name).value(); }, py::arg("name"))
      .def_static("make", &make_scorecard, py::arg("id"), py::arg("name_zh"), py::arg("weights"))
      .def_property_readonly("id", &Scorecard::id)
      .def_property_readonly("name_zh", &Scorecard::name_zh)
      .def_property_readonly("weights", [](const Scorecard& card) {
        py::dict out;
        for (const auto& entry : criterion_infos())
          out[py::str(std::string(entry.id))] = card.weight(entry.criterion);
        return out;
      });
  m.def(
      "criterion_infos",
      [] {
        py::list out;
        for (const auto& entry : criterion_infos())
          out.append(py::make_tuple(entry.id, entry.name_zh, entry.name_en));
        return out;
      },
      "Return every criterion: id, Chinese name, English name.");

  py::class_<Catalogue, std::shared_ptr<Catalogue>>(m, "Catalogue",
                                                    "Products, policy and scorecard, compiled once.")
      .def_static(
          "compile",
          [](const HeldProducts& held, const Policy& policy, const Scorecard& card) {
            return std::make_shared<Catalogue>(Catalogue::compile(held.products, policy, card).value());
          },
          py::arg("products"), py::arg("policy"), py::arg("scorecard"), ReleaseGil())
      .def_static(
          "compile_products",
          [](const std::vector<std::shared_ptr<Product>>& given, const Policy& policy,
             const Scorecard& card) {
            std::vector<Product> products;
            products.reserve(given.size());
            for (const auto& product : given) {
              if (product == nullptr) throw ContractError("a handbook holds products only, not None");
              products.push_back(*product);
            }
            return std::make_shared<Catalogue>(Catalogue::compile(std::move(products), policy, card).value());
          },
          py::arg("products"), py::arg("policy"), py::arg("scorecard"), ReleaseGil())
      .def("__len__", &Catalogue::size)
      .def(
          "product",
          [](const std::shared_ptr<Catalogue>& catalogue, std::uint32_t row) {
            if (row >= catalogue->size()) throw py::index_error("product row out of range");
            return part_of(catalogue, catalogue->product(ProductRow{row}));
          },
          py::arg("row"))
      .def(
          "find",
          [](const Catalogue& catalogue, std::string_view id) -> std::optional<std::uint32_t> {
            const auto row = catalogue.find(id);
            return row ? std::optional(static_cast<std::uint32_t>(*row)) : std::nullopt;
          },
          py::arg("id"))
      .def("rules", &rules_of, py::arg("row"))
      .def_property_readonly("policy", [](const Catalogue& catalogue) { return catalogue.policy(); })
      .def_property_readonly("scorecard", [](const Catalogue& catalogue) { return catalogue.scorecard(); });
}

}  // namespace huoshui::bindings
