// A code of a list and a text are two things: the step from one to the other is written.
#include <huoshui/core/code.hpp>

huoshui::Code heyuan() {
#ifdef HUOSHUI_MISUSE
  return "4416";
#else
  return huoshui::Code("4416");
#endif
}
