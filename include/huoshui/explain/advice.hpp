/// Room explain. Which instruments a project's own words speak for (工具推荐), and what the handbook has of
/// each. Law: order and probability are those of `InstrumentModel::suggest`; they move no verdict, and an
/// instrument without any product is named all the same.
/// Example: `advise(prepared, catalogue).instruments.front().best`.
#pragma once

#include <cstdint>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/eligibility/screen.hpp>
#include <huoshui/normalise/instrument_model.hpp>
#include <optional>
#include <vector>

namespace huoshui {

/// How many instruments are named for a project unless asked otherwise.
inline constexpr std::size_t kInstrumentsAdvised = 5;

/// One instrument with the handbook's products of it, judged for the project.
struct InstrumentAdvice {
  Suggestion suggestion;
  std::size_t permitted = 0, undecided = 0, refused = 0;  ///< products of this instrument, by verdict
  /// The permitted product with the most points, else such an undecided one; absent when all are refused.
  std::optional<ProductRow> best;
  Verdict verdict = Verdict::refused;  ///< of the best
};

struct Advice {
  bool uncertain = false;  ///< 不确定: no family of instruments reaches InstrumentModel::uncertain_below()
  std::vector<InstrumentAdvice> instruments;  ///< best first
};

/// Return the k instruments that a project's words speak for most. Judges the products of these k alone; a
/// collection is never judged, so its instruments have no products.
[[nodiscard]] Advice advise(const PreparedProject& project, const Catalogue& catalogue,
                            std::size_t k = kInstrumentsAdvised);

/// Return the measures of the plan that an instrument serves: `{"5", "I"}`.
[[nodiscard]] std::vector<Code> measures_of(Instrument instrument);

}  // namespace huoshui
