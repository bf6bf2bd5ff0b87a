// A verdict has three values; asked as yes or no it would take undecided for one of them.
#include <huoshui/eligibility/screen.hpp>

bool may_be_offered(const huoshui::Screened& screened) {
#ifdef HUOSHUI_MISUSE
  return screened.verdict;
#else
  return screened.verdict == huoshui::Verdict::permitted;
#endif
}
