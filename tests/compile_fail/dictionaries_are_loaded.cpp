// There are no empty dictionaries, in which every word would be unknown.
#include <huoshui/normalise/dictionaries.hpp>

huoshui::Dictionaries words() {
#ifdef HUOSHUI_MISUSE
  return huoshui::Dictionaries{};
#else
  return huoshui::Dictionaries::bundled();
#endif
}
