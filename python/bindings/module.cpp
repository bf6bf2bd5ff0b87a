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
  register_learn(m);
  register_structure(m);
  register_report(m);
  register_text(m);
  register_carbon(m);
  register_rights(m);
  register_syndicate(m);
  register_supply_chain(m);
}
