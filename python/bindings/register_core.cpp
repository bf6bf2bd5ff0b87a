#include <huoshui/core/money.hpp>
#include <huoshui/version.hpp>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

IssueCode issue_code(std::string_view word) {
  for (int n = 0; n <= static_cast<int>(IssueCode::masked_value); ++n) {
    if (to_string(static_cast<IssueCode>(n)) == word) return static_cast<IssueCode>(n);
  }
  throw ContractError("no such issue code: " + std::string(word));
}

void raise(const char* name, const py::object& argument) {
  const py::object type = py::module_::import("huoshui.errors").attr(name);
  PyErr_SetObject(type.ptr(), type(argument).ptr());
}

}  // namespace

Language language_of(std::string_view word) {
  if (word == "zh") return Language::zh;
  if (word == "en") return Language::en;
  throw ContractError("language must be \"zh\" or \"en\", not \"" + std::string(word) + "\"");
}

void register_core(py::module_& m) {
  m.attr("__version__") = std::to_string(HUOSHUI_VERSION_MAJOR) + "." +
                          std::to_string(HUOSHUI_VERSION_MINOR) + "." + std::to_string(HUOSHUI_VERSION_PATCH);

  py::register_exception_translator([](std::exception_ptr error) {
    try {
      if (error) std::rethrow_exception(error);
    } catch (const Failure& failure) {
      raise("Failure", py::cast(failure.issues()));
    } catch (const ContractError& breach) {
      raise("ContractError", py::str(breach.what()));
    }
  });

  py::class_<Issue>(m, "Issue", "One thing wrong in the input: what, where, what was expected.")
      .def(py::init([](std::string_view code, std::string message, std::string file, std::uint32_t row,
                       std::string found, std::string expected) {
             Issue issue;
             issue.code = issue_code(code);
             issue.message = std::move(message);
             issue.place.file = std::move(file);
             issue.place.row = row;
             issue.found = std::move(found);
             issue.expected = std::move(expected);
             return issue;
           }),
           py::arg("code"), py::arg("message"), py::kw_only(), py::arg("file") = "", py::arg("row") = 0,
           py::arg("found") = "", py::arg("expected") = "")
      .def_property_readonly("code", [](const Issue& issue) { return to_string(issue.code); })
      .def_property_readonly("severity", [](const Issue& issue) { return to_string(issue.severity); })
      .def_property_readonly("file", [](const Issue& issue) { return issue.place.file; })
      .def_property_readonly("sheet", [](const Issue& issue) { return issue.place.sheet; })
      .def_property_readonly("row", [](const Issue& issue) { return issue.place.row; })
      .def_property_readonly("column_number", [](const Issue& issue) { return issue.place.column; })
      .def_property_readonly("place", [](const Issue& issue) { return to_string(issue.place); })
      .def_readonly("column", &Issue::column)
      .def_readonly("found", &Issue::found)
      .def_readonly("expected", &Issue::expected)
      .def_readonly("message", &Issue::message)
      .def(
          "__eq__", [](const Issue& a, const Issue& b) { return a == b; }, py::is_operator())
      .def("__repr__", [](const Issue& issue) {
        return "<Issue " + std::string(to_string(issue.code)) + " " + to_string(issue.place) + ": " +
               issue.message + ">";
      });

  m.def(
      "format_money", [](std::int64_t fen) { return format_money(fen); }, py::arg("fen"),
      "Print fen as people write it.");
}

}  // namespace huoshui::bindings
