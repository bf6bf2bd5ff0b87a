/// Room learn. A scorecard learned from outcomes: which criteria told acceptances from refusals?
/// Law: weights are never negative and sum to 100; the order of outcomes never shows; nothing is learned
/// where there are only acceptances or only refusals; slices without outcomes are named. Example:
/// `const auto learned = learn_scorecard(projects, catalogue, outcomes).value(); learned.card.weights();`
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/project.hpp>
#include <span>
#include <string>
#include <vector>

namespace huoshui {

/// What came of a pair once.
enum class Response : std::uint8_t { refused, accepted };

/// One row of a table of outcomes.
struct PairOutcome {
  std::string project_id, product_id;
  Response response = Response::refused;
};

/// A pair as learning sees it.
struct MeasuredPair {
  std::array<std::int64_t, kCriterionCount> shares{};  ///< millionths, as `measure` gives them
  std::uint32_t group = 0;                             ///< pairs of one project are drawn together
  Response response = Response::refused;
};

struct LearnOptions {
  std::string id = "learned", name_zh = "学习所得";
  double ridge = 1;           ///< strength of the penalty ridge / 2 × Σ coefficient²; above 0
  std::uint32_t draws = 200;  ///< of the bootstrap over projects
  std::uint64_t seed = 1;
  std::uint32_t percent = 95;  ///< of the draws that an interval holds: 1 to 99
};

/// What was learned about one criterion.
struct LearnedWeight {
  int weight = 0;            ///< whole points of 100, in the card
  double coefficient = 0;    ///< log odds from a share of 0 to a share of 1; never negative
  double low = 0, high = 0;  ///< interval of the weight before rounding, in points of 100
  /// The coefficient is 0 because it may not be negative: the interval is one-sided, and says how much the
  /// criterion could still weigh.
  bool at_boundary = false;
};

struct LearnedWeights {
  std::array<LearnedWeight, kCriterionCount> criteria{};
  double intercept = 0;  ///< log odds of acceptance at shares of 0
  double log_loss = 0;   ///< mean over the pairs, without the penalty
  std::size_t accepted = 0, refused = 0;
  std::uint32_t draws = 0;  ///< draws that something could be learned from
};

/// Return the weights of the monotone logistic regression: the least sum of log losses plus penalty with no
/// coefficient below 0, by Newton steps on those above 0; whole weights by largest remainder. Errors with
/// one_sided_outcomes when there is no acceptance or no refusal, contradictory_terms when no criterion is
/// higher where pairs were accepted. @throws ContractError when a share or an option is out of its range.
[[nodiscard]] Result<LearnedWeights> learn_weights(std::span<const MeasuredPair> pairs,
                                                   const LearnOptions& options = {});

/// How many outcomes there are for one instrument or one county.
struct OutcomeSlice {
  std::string kind;  ///< `instrument` or `county`
  std::string key;   ///< id of the instrument; code of the county, empty when no county is known
  std::size_t accepted = 0, refused = 0;
};

struct LearnedScorecard {
  Scorecard card;
  LearnedWeights weights;
  /// Outcomes of pairs that a rule refuses today: they are never ranked, so no weight is learned from them.
  std::size_t refused_by_rules = 0;
  /// Every instrument of the catalogue and every county of the list, by kind and key. Without any outcome a
  /// slice borrows what was learned elsewhere.
  std::vector<OutcomeSlice> slices;
};

/// Return the card learned from outcomes of these projects and products. Errors as learn_weights; and with
/// unknown_word for an outcome whose project or product is not there, contradictory_terms for a pair with two
/// responses, collection_row for a row of many projects. Equal rows count once.
[[nodiscard]] Result<LearnedScorecard> learn_scorecard(std::span<const Project> projects,
                                                       const Catalogue& catalogue,
                                                       std::span<const PairOutcome> outcomes,
                                                       const LearnOptions& options = {});

}  // namespace huoshui
