#include <huoshui/read/csv.hpp>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

CellKind cell_kind(std::string_view word) {
  if (word == "number") return CellKind::number;
  if (word == "date") return CellKind::date;
  if (word == "empty") return CellKind::empty;
  if (word == "text") return CellKind::text;
  throw ContractError("a cell is empty, text, number or date, not \"" + std::string(word) + "\"");
}

/// Sheets as huoshui.xlsx.read_xlsx gives them.
Table table_of(std::string file, std::string encoding, const py::sequence& sheets) {
  Table table{std::move(file), std::move(encoding), {}, {}};
  for (const auto& entry : sheets) {
    const auto given = py::cast<py::dict>(entry);
    Sheet sheet;
    sheet.name = py::cast<std::string>(given["name"]);
    for (const auto& numbered : given["rows"]) {
      const auto pair = py::cast<py::sequence>(numbered);
      TableRow row{py::cast<std::uint32_t>(pair[0]), {}};
      for (const auto& cell : pair[1]) {
        const auto parts = py::cast<py::sequence>(cell);
        row.cells.push_back({py::cast<std::string>(parts[0]), cell_kind(py::cast<std::string_view>(parts[1])),
                             py::cast<std::string>(parts[2])});
      }
      sheet.rows.push_back(std::move(row));
    }
    for (const auto& block : given["merged"]) {
      const auto [a, b, c, d] =
          py::cast<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>>(block);
      sheet.merged.push_back({a, b, c, d});
    }
    table.sheets.push_back(std::move(sheet));
  }
  return table;
}

std::size_t row_count(const Table& table) {
  std::size_t rows = 0;
  for (const auto& sheet : table.sheets) rows += sheet.rows.size();
  return rows;
}

}  // namespace

void register_read(py::module_& m) {
  py::class_<Table, std::shared_ptr<Table>>(m, "Table",
                                            "Cells with their place in the file; no opinion on meaning.")
      .def_readonly("file", &Table::file)
      .def_readonly("encoding", &Table::encoding)
      .def_readonly("issues", &Table::issues)
      .def_property_readonly("sheets",
                             [](const Table& table) {
                               std::vector<std::string> names;
                               for (const auto& sheet : table.sheets) names.push_back(sheet.name);
                               return names;
                             })
      .def("__len__", &row_count)
      .def("__repr__", [](const Table& table) {
        return "<Table " + table.file + ": " + std::to_string(row_count(table)) + " rows>";
      });
  m.def("table_of", &table_of, py::arg("file"), py::arg("encoding"), py::arg("sheets"),
        "Make a Table of sheets read elsewhere.");
  m.def(
      "load_csv", [](const std::string& path) { return load_csv(std::filesystem::path(path)).value(); },
      py::arg("path"), ReleaseGil(), "Read a CSV file.");
  m.def(
      "parse_csv",
      [](const std::string& bytes, const std::string& file) { return parse_csv(bytes, file).value(); },
      py::arg("bytes"), py::arg("file"), ReleaseGil(), "Read the bytes of a CSV file.");
}

}  // namespace huoshui::bindings
