#include <algorithm>
#include <cmath>
#include <huoshui/core/result.hpp>
#include <huoshui/learn/calibration.hpp>
#include <numeric>

namespace huoshui {
namespace {

void check_shares(std::span<const double> values, const char* words) {
  for (const double value : values) {
    if (!(value >= 0 && value <= 1)) throw ContractError(words);
  }
}

void check_columns(std::span<const double> forecast, std::span<const double> observed) {
  if (forecast.size() != observed.size())
    throw ContractError("forecasts and observations need the same length");
  check_shares(forecast, "a forecast lies in 0 to 1");
  check_shares(observed, "an observation lies in 0 to 1");
}

/// Return bins + 1 edges. The arithmetic is NumPy's, so that a forecast on an edge falls where it falls
/// there.
std::vector<double> edges_of(std::span<const double> forecast, std::size_t bins, Binning binning) {
  if (bins == 0) throw ContractError("at least one bin");
  std::vector<double> edges(bins + 1);
  const double step = 1 / static_cast<double>(bins);
  for (std::size_t i = 0; i < bins; ++i) edges[i] = static_cast<double>(i) * step;
  edges.back() = 1;
  if (binning == Binning::equal_width || forecast.empty()) return edges;
  std::vector<double> sorted(forecast.begin(), forecast.end());
  std::sort(sorted.begin(), sorted.end());
  for (double& edge : edges) {
    const double at = static_cast<double>(sorted.size() - 1) * (edge * 100 / 100);
    const auto low = static_cast<std::size_t>(at);
    const double share = at - std::floor(at);
    const double a = sorted[low], b = sorted[std::min(low + 1, sorted.size() - 1)];
    edge = share >= 0.5 ? b - (b - a) * (1 - share) : a + (b - a) * share;
  }
  return edges;
}

/// Every bin, empty ones included, and the bin of every forecast.
struct Binned {
  std::vector<ReliabilityBin> bins;
  std::vector<std::size_t> places;
};

Binned binned(std::span<const double> forecast, std::span<const double> observed, std::size_t bins,
              Binning binning) {
  const auto edges = edges_of(forecast, bins, binning);
  const auto inner = std::span(edges).subspan(1, bins - 1);
  Binned out{std::vector<ReliabilityBin>(bins), {}};
  for (std::size_t i = 0; i < forecast.size(); ++i) {
    const auto above = std::lower_bound(inner.begin(), inner.end(), forecast[i]);
    out.places.push_back(static_cast<std::size_t>(above - inner.begin()));
    auto& bin = out.bins[out.places.back()];
    ++bin.count;
    bin.forecast += forecast[i];
    bin.observed += observed[i];
  }
  for (std::size_t b = 0; b < bins; ++b) {
    auto& bin = out.bins[b];
    bin.lower = edges[b];
    bin.upper = edges[b + 1];
    if (bin.count == 0) continue;
    bin.forecast /= static_cast<double>(bin.count);
    bin.observed /= static_cast<double>(bin.count);
  }
  return out;
}

void check_shape(const ClassForecasts& forecasts) {
  const std::size_t rows = forecasts.truth.size(), classes = forecasts.classes;
  if (forecasts.probabilities.size() != rows * classes)
    throw ContractError("one probability for each class in each row");
  check_shares(forecasts.probabilities, "a probability lies in 0 to 1");
  for (std::size_t row = 0; row < rows; ++row) {
    if (forecasts.truth[row] >= classes) throw ContractError("the truth is one of the classes");
    const auto first = forecasts.probabilities.begin() + static_cast<std::ptrdiff_t>(row * classes);
    const double sum = std::accumulate(first, first + static_cast<std::ptrdiff_t>(classes), 0.0);
    if (std::abs(sum - 1) > 1e-6) throw ContractError("the probabilities of a row sum to 1");
  }
}

}  // namespace

std::vector<ReliabilityBin> reliability(std::span<const double> forecast, std::span<const double> observed,
                                        std::size_t bins, Binning binning) {
  check_columns(forecast, observed);
  auto out = binned(forecast, observed, bins, binning).bins;
  std::erase_if(out, [](const ReliabilityBin& bin) { return bin.count == 0; });
  return out;
}

std::optional<double> expected_calibration_error(std::span<const ReliabilityBin> bins) {
  double sum = 0;
  std::size_t count = 0;
  for (const auto& bin : bins) {
    sum += static_cast<double>(bin.count) * std::abs(bin.forecast - bin.observed);
    count += bin.count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

std::optional<Brier> brier(const ClassForecasts& forecasts, std::size_t bins, Binning binning) {
  check_shape(forecasts);
  const std::size_t rows = forecasts.truth.size();
  if (rows == 0) return std::nullopt;
  const auto n = static_cast<double>(rows);
  Brier out;
  std::vector<double> forecast(rows), observed(rows);
  for (std::size_t c = 0; c < forecasts.classes; ++c) {
    double base = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      forecast[row] = forecasts.probabilities[row * forecasts.classes + c];
      observed[row] = forecasts.truth[row] == c ? 1 : 0;
      base += observed[row] / n;
      out.score += (forecast[row] - observed[row]) * (forecast[row] - observed[row]) / n;
    }
    out.uncertainty += base * (1 - base);
    const auto [means, places] = binned(forecast, observed, bins, binning);
    for (const auto& bin : means) {
      const double weight = static_cast<double>(bin.count) / n;
      out.reliability += weight * (bin.forecast - bin.observed) * (bin.forecast - bin.observed);
      out.resolution += weight * (bin.observed - base) * (bin.observed - base);
    }
    for (std::size_t row = 0; row < rows; ++row) {
      const auto& bin = means[places[row]];
      const double off = forecast[row] - bin.forecast;
      out.within_bins += (off * off - 2 * off * (observed[row] - bin.observed)) / n;
    }
  }
  return out;
}

std::optional<double> log_loss(const ClassForecasts& forecasts) {
  check_shape(forecasts);
  const std::size_t rows = forecasts.truth.size();
  if (rows == 0) return std::nullopt;
  constexpr double least = 0x1p-52;
  double sum = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const double p = forecasts.probabilities[row * forecasts.classes + forecasts.truth[row]];
    sum -= std::log(std::clamp(p, least, 1 - least));
  }
  return sum / static_cast<double>(rows);
}

Coverage coverage(std::span<const double> confidence, std::span<const double> right, double threshold) {
  check_columns(confidence, right);
  check_shares(std::span(&threshold, 1), "a threshold lies in 0 to 1");
  Coverage out{.threshold = threshold, .asked = confidence.size()};
  double sum = 0;
  for (std::size_t i = 0; i < confidence.size(); ++i) {
    if (confidence[i] < threshold) continue;
    ++out.answered;
    sum += right[i];
  }
  if (out.asked > 0)
    out.uncertain_rate = static_cast<double>(out.asked - out.answered) / static_cast<double>(out.asked);
  if (out.answered > 0) out.right_when_answered = sum / static_cast<double>(out.answered);
  return out;
}

}  // namespace huoshui
