// A catalogue is never half an object: it comes from compile() alone.
#include <huoshui/catalogue/catalogue.hpp>

huoshui::Catalogue made(std::vector<huoshui::Product> products, const huoshui::Policy& policy) {
#ifdef HUOSHUI_MISUSE
  static_cast<void>(products);
  static_cast<void>(policy);
  return huoshui::Catalogue{};
#else
  return huoshui::Catalogue::compile(std::move(products), policy, huoshui::Scorecard::standard()).value();
#endif
}
