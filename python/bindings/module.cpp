#include "held.hpp"

PYBIND11_MODULE(_huoshui, m) {
  using namespace huoshui::bindings;
  m.doc() = "The C++ library; private. Use the package huoshui.";
  register_core(m);
  register_read(m);
  register_domain(m);
  register_policy(m);
  register_normalise(m);
  register_quantity(m);
  register_catalogue(m);
  register_matcher(m);
  register_explain(m);
  register_structure(m);
  register_report(m);
}
