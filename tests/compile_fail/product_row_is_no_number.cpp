// A row inside one catalogue is not a number, so it is neither printed nor mixed with project rows.
#include <huoshui/catalogue/catalogue.hpp>

const huoshui::Product& third(const huoshui::Catalogue& catalogue) {
#ifdef HUOSHUI_MISUSE
  return catalogue.product(2);
#else
  return catalogue.product(huoshui::ProductRow{2});
#endif
}
