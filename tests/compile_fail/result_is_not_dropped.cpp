// A result may hold the reason why the call could not be done: it is looked at.
#include <huoshui/core/date.hpp>

bool is_day(std::string_view text) {
#ifdef HUOSHUI_MISUSE
  huoshui::parse_date(text);
  return true;
#else
  return huoshui::parse_date(text).has_value();
#endif
}
