/// Room learn. How good is a ranking? Each Metric has its whole convention in its name.
/// Law: a query without any relevant candidate has no value: it is left out of the mean and counted. With
/// ties by mean no order of the candidates shows; the value is the mean over all orders of the tied ones.
/// Example: `mean_of(Metric::parse("ndcg@10[linear,tie-mean]").value(), queries).mean`.
#pragma once

#include <cstdint>
#include <huoshui/core/result.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// The scores of one query's candidates, and what each candidate is worth as an answer. Both in one order,
/// the ascending order of the candidates' ids. Several right answers are several relevances above 0.
struct ScoredQuery {
  std::vector<double> scores;     ///< higher is better; no NaN
  std::vector<double> relevance;  ///< 0 to 1000; above 0 is relevant
};

enum class Gauge : std::uint8_t {
  hit,              ///< is a relevant candidate among the first k: 0 or 1
  reciprocal_rank,  ///< 1 over the rank of the first relevant candidate; its mean is the MRR
  ndcg,  ///< discounted gain, over that of the best order, both cut at k; discount 1 / log2(rank + 1)
};

/// What a relevance earns in ndcg.
enum class Gain : std::uint8_t {
  linear,       ///< the relevance; scikit-learn, trec_eval
  exponential,  ///< 2^relevance − 1; gdeval, LightGBM, XGBoost
  binary,       ///< 1 when relevant; RecBole, LensKit
};

/// How equal scores are ordered.
enum class Ties : std::uint8_t {
  mean,           ///< all orders, averaged; scikit-learn's ndcg_score
  id_descending,  ///< the greater id first; trec_eval, scikit-learn's top_k_accuracy_score
  id_ascending,   ///< the smaller id first; the rankings of this library
};

struct Metric {
  Gauge gauge = Gauge::hit;
  std::size_t k = 0;         ///< how many of the first count; 0: all, no cut. Always 0 for reciprocal_rank
  Gain gain = Gain::linear;  ///< of ndcg
  Ties ties = Ties::mean;

  /// Return the metric of a name as `to_string` prints it. `unknown_word` when there is none.
  [[nodiscard]] static Result<Metric> parse(std::string_view name);

  bool operator==(const Metric&) const = default;
};

/// Return the name: `hit@3[tie-mean]`, `mrr[id-desc]`, `ndcg@10[linear,tie-mean]`, `ndcg[binary,id-asc]`.
[[nodiscard]] std::string to_string(const Metric& metric);

/// Return the value of one query, 0 to 1; absent when no candidate is relevant. O(n log n).
/// @throws ContractError when the two columns differ in length, or a number is out of its range.
[[nodiscard]] std::optional<double> value_of(const Metric& metric, const ScoredQuery& query);

/// The mean of a metric.
struct MetricMean {
  std::optional<double> mean;  ///< absent when no query counts
  std::size_t counted = 0;
  std::size_t left_out = 0;  ///< queries without any relevant candidate
};

/// Return the mean over the queries that have a value. @throws ContractError as value_of.
[[nodiscard]] MetricMean mean_of(const Metric& metric, std::span<const ScoredQuery> queries);

}  // namespace huoshui
