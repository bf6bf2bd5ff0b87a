// There is no policy of no day.
#include <huoshui/policy/policy.hpp>

huoshui::Policy in_force(huoshui::Date day) {
#ifdef HUOSHUI_MISUSE
  static_cast<void>(day);
  return huoshui::Policy{};
#else
  return huoshui::PolicyPack::bundled().at(day).value();
#endif
}
