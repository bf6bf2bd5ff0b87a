#include <huoshui/policy/policy.hpp>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

py::dict row_of(const Parameter& row) {
  py::dict out;
  out["series"] = row.series;
  out["key"] = row.key;
  out["value"] = row.value;
  out["unit"] = row.unit;
  out["applies_to"] = row.applies_to;
  out["from"] = row.from ? py::object(py::str(to_string(*row.from))) : py::object(py::none());
  out["to"] = row.to ? py::object(py::str(to_string(*row.to))) : py::object(py::none());
  out["instrument"] = row.instrument_name;
  out["issuer"] = row.issuer;
  out["document"] = row.document;
  out["clause"] = row.clause;
  out["confidence"] = to_string(row.confidence);
  out["acts_as"] = to_string(row.acts_as);
  out["note"] = row.note;
  out["file"] = row.file;
  out["row"] = row.row;
  return out;
}

py::list rows_of(std::span<const Parameter> rows) {
  py::list out;
  for (const auto& row : rows) out.append(row_of(row));
  return out;
}

}  // namespace

void register_policy(py::module_& m) {
  py::class_<Policy>(m, "Policy", "What was in force on one day.")
      .def_property_readonly("date", [](const Policy& policy) { return to_string(policy.date()); })
      .def_property_readonly("first_day", [](const Policy& policy) { return to_string(policy.first_day()); })
      .def_property_readonly("last_day", [](const Policy& policy) { return to_string(policy.last_day()); })
      .def(
          "in_force", [](const Policy& policy) { return rows_of(policy.in_force()); },
          "Return all rows in force, by series.")
      .def(
          "find",
          [](const Policy& policy, std::string_view series) -> std::optional<py::dict> {
            const Parameter* row = policy.find(series);
            return row == nullptr ? std::nullopt : std::optional(row_of(*row));
          },
          py::arg("series"), "Return the row of a series in force, or None.")
      .def(
          "find_dormant",
          [](const Policy& policy, std::string_view series) -> std::optional<py::tuple> {
            const DormantSeries* dormant = policy.find_dormant(series);
            return dormant == nullptr
                       ? std::nullopt
                       : std::optional(py::make_tuple(to_string(dormant->reason), row_of(dormant->nearest)));
          },
          py::arg("series"), "Return why a known series has no row in force, and its nearest row.");

  py::class_<PolicyPack, std::shared_ptr<PolicyPack>>(m, "PolicyPack", "Dated, cited rows, checked.")
      .def_static(
          "bundled", [] { return std::make_shared<PolicyPack>(PolicyPack::bundled()); }, ReleaseGil(),
          "Return the pack inside the library.")
      .def_static(
          "parse",
          [](const std::string& csv, const std::string& file) {
            return std::make_shared<PolicyPack>(PolicyPack::parse(csv, file).value());
          },
          py::arg("csv"), py::arg("file"), ReleaseGil(), "Read a pack.")
      .def(
          "overlaid_with",
          [](const PolicyPack& pack, const PolicyPack& user) {
            return std::make_shared<PolicyPack>(pack.overlaid_with(user).value());
          },
          py::arg("user"), ReleaseGil(), "Lay a user's pack over this one.")
      .def(
          "at",
          [](const PolicyPack& pack, const std::string& day, bool low_confidence) {
            return pack.at(parse_date(day).value(), {low_confidence ? LowConfidence::on : LowConfidence::off})
                .value();
          },
          py::arg("day"), py::arg("low_confidence"), ReleaseGil(), "Return what was in force on a day.")
      .def_property_readonly("first_day", [](const PolicyPack& pack) { return to_string(pack.first_day()); })
      .def_property_readonly("last_day", [](const PolicyPack& pack) { return to_string(pack.last_day()); })
      .def(
          "rows", [](const PolicyPack& pack) { return rows_of(pack.rows()); },
          "Return all rows, by series and start.")
      .def("__len__", [](const PolicyPack& pack) { return pack.rows().size(); });
}

}  // namespace huoshui::bindings
