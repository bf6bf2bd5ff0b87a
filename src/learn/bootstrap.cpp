#include <cmath>
#include <huoshui/core/result.hpp>
#include <huoshui/learn/bootstrap.hpp>
#include <map>
#include <tuple>

#include "learn/detail/draws.hpp"

namespace huoshui {
namespace {

void require(bool holds, const char* words) {
  if (!holds) throw ContractError(words);
}

struct Cluster {
  double sum = 0;
  std::size_t count = 0;
};

/// Sum the differences by cluster, in the order of the clusters' numbers.
std::vector<Cluster> clusters_of(std::span<const double> ours, std::span<const double> theirs,
                                 std::span<const std::uint32_t> cluster) {
  std::map<std::size_t, Cluster> by_number;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    require(std::isfinite(ours[i]) && std::isfinite(theirs[i]), "values must be finite");
    auto& entry = by_number[cluster.empty() ? i : cluster[i]];
    entry.sum += ours[i] - theirs[i];
    ++entry.count;
  }
  std::vector<Cluster> out;
  for (const auto& [number, entry] : by_number) out.push_back(entry);
  return out;
}

}  // namespace

PairedDifference paired_bootstrap(std::span<const double> ours, std::span<const double> theirs,
                                  std::span<const std::uint32_t> cluster, const BootstrapOptions& options) {
  require(!ours.empty(), "at least one query");
  require(ours.size() == theirs.size(), "both systems need a value for each query");
  require(cluster.empty() || cluster.size() == ours.size(), "one cluster for each query");
  require(options.draws >= 1 && options.draws <= 10'000'000, "draws: 1 to 10,000,000");
  require(options.percent >= 1 && options.percent <= 99, "percent: 1 to 99");

  const auto clusters = clusters_of(ours, theirs, cluster);
  PairedDifference out{.queries = ours.size(), .clusters = clusters.size()};
  double total = 0;
  for (const auto& entry : clusters) total += entry.sum;
  out.mean = total / static_cast<double>(ours.size());

  std::vector<double> means(options.draws);
  for (std::uint32_t draw = 0; draw < options.draws; ++draw) {
    const auto times = detail::drawn(options.seed, draw, clusters.size());
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      sum += times[i] * clusters[i].sum;
      count += times[i] * static_cast<double>(clusters[i].count);
    }
    means[draw] = sum / count;
  }
  std::tie(out.low, out.high) = detail::middle(std::move(means), options.percent);
  return out;
}

}  // namespace huoshui
