#include <algorithm>
#include <charconv>
#include <cmath>
#include <huoshui/learn/metrics.hpp>
#include <numeric>

namespace huoshui {
namespace {

constexpr std::string_view kTies[] = {"tie-mean", "id-desc", "id-asc"};
constexpr std::string_view kGains[] = {"linear", "exponential", "binary"};
constexpr double kMostRelevance = 1000;  // 2^1000 is still a number

void check(const ScoredQuery& query) {
  if (query.scores.size() != query.relevance.size())
    throw ContractError("a query needs one relevance for each score");
  for (const double score : query.scores) {
    if (std::isnan(score)) throw ContractError("a score is not a number");
  }
  for (const double relevance : query.relevance) {
    if (!(relevance >= 0 && relevance <= kMostRelevance)) throw ContractError("relevance: 0 to 1000");
  }
}

double gain_of(Gain gain, double relevance) {
  switch (gain) {
    case Gain::linear:
      return relevance;
    case Gain::exponential:
      return std::exp2(relevance) - 1;
    case Gain::binary:
      return relevance > 0 ? 1 : 0;
  }
  return 0;
}

double discount(std::size_t position) { return 1 / std::log2(static_cast<double>(position) + 2); }

/// Candidates that share their places: they stand at first .. first + size in some order.
struct Block {
  std::size_t first = 0;
  std::vector<std::size_t> members;
};

/// Cut the candidates into blocks, best first: one for each score, or one for each candidate when ids decide.
std::vector<Block> blocks_of(const ScoredQuery& query, Ties ties) {
  std::vector<std::size_t> order(query.scores.size());
  std::iota(order.begin(), order.end(), 0);
  if (ties == Ties::id_descending) std::reverse(order.begin(), order.end());
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return query.scores[a] > query.scores[b]; });
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool joins = ties == Ties::mean && i > 0 && query.scores[order[i]] == query.scores[order[i - 1]];
    if (!joins) blocks.push_back({i, {}});
    blocks.back().members.push_back(order[i]);
  }
  return blocks;
}

/// Call `at(position, chance)` with the chance that the first relevant candidate stands there.
template <typename At>
void for_first_relevant(const ScoredQuery& query, Ties ties, At&& at) {
  for (const Block& block : blocks_of(query, ties)) {
    const auto size = block.members.size();
    const auto relevant = static_cast<std::size_t>(std::count_if(
        block.members.begin(), block.members.end(), [&](std::size_t i) { return query.relevance[i] > 0; }));
    if (relevant == 0) continue;
    double none_yet = 1;
    for (std::size_t i = 0; i + relevant <= size; ++i) {
      const auto left = static_cast<double>(size - i);
      at(block.first + i, none_yet * static_cast<double>(relevant) / left);
      none_yet *= static_cast<double>(size - i - relevant) / left;
    }
    return;
  }
}

double ndcg(const Metric& metric, const ScoredQuery& query, std::size_t k) {
  double found = 0;
  for (const Block& block : blocks_of(query, metric.ties)) {
    double gain = 0, discounts = 0;
    for (std::size_t i = 0; i < block.members.size(); ++i) {
      gain += gain_of(metric.gain, query.relevance[block.members[i]]);
      if (block.first + i < k) discounts += discount(block.first + i);
    }
    found += gain * discounts / static_cast<double>(block.members.size());
  }
  auto best = query.relevance;
  std::sort(best.begin(), best.end(), std::greater<>());
  double ideal = 0;
  for (std::size_t i = 0; i < std::min(k, best.size()); ++i)
    ideal += gain_of(metric.gain, best[i]) * discount(i);
  return found / ideal;
}

Issue no_such_metric(std::string_view name) {
  return Issue{.code = IssueCode::unknown_word,
               .place = {},
               .column = "metric",
               .found = std::string(name),
               .expected = "hit@3[tie-mean], mrr[tie-mean], ndcg@10[linear,tie-mean]",
               .message = "没有名为“" + std::string(name) + "”的指标；例如：ndcg@10[linear,tie-mean]"};
}

}  // namespace

std::string to_string(const Metric& metric) {
  constexpr std::string_view words[] = {"hit", "mrr", "ndcg"};
  std::string name(words[static_cast<std::size_t>(metric.gauge)]);
  if (metric.k > 0) name += "@" + std::to_string(metric.k);
  name += "[";
  if (metric.gauge == Gauge::ndcg) name += std::string(kGains[static_cast<std::size_t>(metric.gain)]) + ",";
  return name + std::string(kTies[static_cast<std::size_t>(metric.ties)]) + "]";
}

Result<Metric> Metric::parse(std::string_view name) {
  // The printed names are few for one cut: find the one that is equal.
  std::size_t k = 0;
  if (const auto at = name.find('@'); at != name.npos) {
    const auto digits = name.substr(at + 1, name.find('[') - at - 1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), k).ec != std::errc{})
      return no_such_metric(name);
  }
  for (const auto gauge : {Gauge::hit, Gauge::reciprocal_rank, Gauge::ndcg}) {
    for (const auto gain : {Gain::linear, Gain::exponential, Gain::binary}) {
      for (const auto ties : {Ties::mean, Ties::id_descending, Ties::id_ascending}) {
        const Metric metric{gauge, gauge == Gauge::reciprocal_rank ? 0 : k,
                            gauge == Gauge::ndcg ? gain : Gain::linear, ties};
        if (to_string(metric) == name) return metric;
      }
    }
  }
  return no_such_metric(name);
}

std::optional<double> value_of(const Metric& metric, const ScoredQuery& query) {
  check(query);
  const bool any = std::any_of(query.relevance.begin(), query.relevance.end(),
                               [](double relevance) { return relevance > 0; });
  if (!any) return std::nullopt;
  const std::size_t k = metric.k == 0 ? query.scores.size() : metric.k;
  double value = 0;
  switch (metric.gauge) {
    case Gauge::hit:
      for_first_relevant(query, metric.ties, [&](std::size_t position, double chance) {
        if (position < k) value += chance;
      });
      return std::min(value, 1.0);
    case Gauge::reciprocal_rank:
      for_first_relevant(query, metric.ties, [&](std::size_t position, double chance) {
        value += chance / static_cast<double>(position + 1);
      });
      return value;
    case Gauge::ndcg:
      return ndcg(metric, query, k);
  }
  return std::nullopt;
}

MetricMean mean_of(const Metric& metric, std::span<const ScoredQuery> queries) {
  MetricMean out;
  double sum = 0;
  for (const auto& query : queries) {
    const auto value = value_of(metric, query);
    value ? ++out.counted : ++out.left_out;
    sum += value.value_or(0);
  }
  if (out.counted > 0) out.mean = sum / static_cast<double>(out.counted);
  return out;
}

}  // namespace huoshui
