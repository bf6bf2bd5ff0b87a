// The answer of a stage is its only effect: to drop it is a mistake.
#include <huoshui/matcher.hpp>

void rank(std::span<const huoshui::Project> projects, const huoshui::Catalogue& catalogue) {
#ifdef HUOSHUI_MISUSE
  huoshui::match(projects, catalogue);
#else
  const auto answer = huoshui::match(projects, catalogue);
  static_cast<void>(answer);
#endif
}
