// A result is not the value: the caller says what to do without one.
#include <huoshui/core/date.hpp>

huoshui::Date day_of(std::string_view text) {
#ifdef HUOSHUI_MISUSE
  return huoshui::parse_date(text);
#else
  return huoshui::parse_date(text).value();
#endif
}
