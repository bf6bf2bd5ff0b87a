// The number behind a key is no fact about a project.
#include <huoshui/domain/condition.hpp>

huoshui::Condition at_most_five() {
#ifdef HUOSHUI_MISUSE
  return huoshui::Condition::at_most(5, huoshui::FactKey::employees);
#else
  return huoshui::Condition::at_most(huoshui::FactKey::employees, 5);
#endif
}
