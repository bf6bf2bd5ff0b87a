// Facts are asked for by key, not by a word of another list that has the same number.
#include <huoshui/domain/fact.hpp>
#include <huoshui/domain/instrument.hpp>

bool knows_the_trade(const huoshui::Facts& facts) {
#ifdef HUOSHUI_MISUSE
  return facts.has(huoshui::Instrument::grain_loan);
#else
  return facts.has(huoshui::FactKey::industry);
#endif
}
