// An amount is whole fen: 1.5 yuan is 150 fen, never a double.
#include <huoshui/core/money.hpp>

huoshui::Money ticket() {
#ifdef HUOSHUI_MISUSE
  return huoshui::Money{.fen = 1.5};
#else
  return huoshui::Money{.fen = 150};
#endif
}
