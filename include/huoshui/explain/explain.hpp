/// Room explain. Why, why not, what is missing and what would change it, for any pair.
/// Law: an explanation names every rule of the pair, read from the same judgement that gave the verdict; its
/// parts sum to its points. Example: `explain(prepared, catalogue, row).rules.front().message_zh`.
#pragma once

#include <huoshui/explain/changes.hpp>
#include <huoshui/explain/missing.hpp>
#include <huoshui/score/score.hpp>
#include <optional>
#include <string>
#include <vector>

namespace huoshui {

/// One atom of a rule as it was seen: a field, its value, the limit, and whether it holds.
struct AtomReading {
  FactKey field{};
  Truth truth = Truth::unknown;
  std::string value_zh, value_en;
  std::string limit_zh, limit_en;
  bool inferred = false;  ///< the value was read out of words
  std::string basis;      ///< the words or rule that gave the value
  Place place;            ///< the cell
};

/// One rule as it was judged.
struct RuleReading {
  const Rule* rule = nullptr;  ///< owned by the catalogue
  Judgement judgement;
  std::vector<AtomReading> atoms;
  std::vector<FactKey> open;  ///< the smallest supply that could settle it when undecided
  std::string message_zh, message_en;
};

struct Explanation {
  std::optional<Catalogue> catalogue;  ///< keeps the rules alive that the readings point to
  std::string project, product;
  Screened screened;
  std::vector<RuleReading> rules;           ///< all of them, failing first, then open, cautions, passes
  Points points;                            ///< what the pair has, or would have
  std::vector<FactKey> missing;             ///< facts to supply or confirm, over all open `must` rules
  ChangeSearch changes;                     ///< for refused pairs
  std::vector<std::string> undisclosed_zh;  ///< terms that the handbook leaves out (未披露)
};

/// Explain one pair. Judges each rule of the pair once; prepare a project once for all of its pairs.
[[nodiscard]] Explanation explain(const PreparedProject& project, const Catalogue& catalogue, ProductRow row);

/// What one answer from a person would settle: rules that wait for the same facts are asked together.
struct Ask {
  std::vector<FactKey> keys;
  std::vector<const Rule*> rules;
  std::string text_zh, text_en;
};
/// Return the questions behind the open `must` rules, in the order of the explanation.
[[nodiscard]] std::vector<Ask> asks_of(const Explanation& explanation);

/// Return the refused products that would have the most points: the ones a reader asks "why not" about.
[[nodiscard]] std::vector<ProductRow> refused_by_points(const PreparedProject& project,
                                                        const Catalogue& catalogue, std::size_t k);

}  // namespace huoshui
