/// Room learn. Do probabilities mean what they say? Reliability by bins, Brier score, log loss, coverage.
/// Law: score = reliability − resolution + uncertainty + within_bins, whatever the bins; bins and sums do not
/// depend on the order of the forecasts beyond rounding; an empty bin is not shown. Example:
/// `expected_calibration_error(reliability(confidence, right, 10, Binning::equal_count))`.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace huoshui {

/// How forecasts from 0 to 1 are cut into bins. A forecast on an edge belongs to the lower bin.
enum class Binning : std::uint8_t {
  equal_count,  ///< edges at the quantiles, interpolated linearly; equal forecasts stay together
  equal_width,  ///< edges at i / bins
};

struct ReliabilityBin {
  std::size_t count = 0;
  double lower = 0, upper = 0;  ///< the edges
  double forecast = 0;          ///< mean forecast
  double observed = 0;          ///< mean of what came true

  bool operator==(const ReliabilityBin&) const = default;
};

/// Return the bins that hold a forecast, lowest first; scikit-learn's calibration_curve. `observed[i]` is 1
/// when forecast i came true, 0 when not, or a share between. O(n log n).
/// @throws ContractError when the columns differ in length, a number is not in 0..1, or bins is 0.
[[nodiscard]] std::vector<ReliabilityBin> reliability(std::span<const double> forecast,
                                                      std::span<const double> observed, std::size_t bins,
                                                      Binning binning);

/// Return the mean distance of forecast and observation, weighted by count; absent without any bin.
[[nodiscard]] std::optional<double> expected_calibration_error(std::span<const ReliabilityBin> bins);

/// Forecasts of several classes: row i holds the probability of each class, and the class that came true.
struct ClassForecasts {
  std::size_t classes = 0;
  std::vector<double> probabilities;  ///< row by row; each row sums to 1 within a millionth
  std::vector<std::size_t> truth;     ///< one a row, below classes
};

/// The Brier score and its parts (Murphy 1973; the last part Stephenson, Coelho and Jolliffe 2008), each
/// summed over the classes: 0 to 2. Every class has bins of its own.
struct Brier {
  double score = 0;        ///< mean of Σ (probability − truth)²
  double reliability = 0;  ///< forecast against observation, bin by bin: 0 is best
  double resolution = 0;   ///< observation of the bins against that of all: more is better
  double uncertainty = 0;  ///< of the truth alone; no forecast changes it
  double within_bins = 0;  ///< variance of forecasts inside their bin, less twice their covariance with truth
};

/// Return the score and its parts; absent without rows. @throws ContractError when the shape is wrong.
[[nodiscard]] std::optional<Brier> brier(const ClassForecasts& forecasts, std::size_t bins, Binning binning);

/// Return the mean of −ln(probability of the truth), probabilities cut to [2^-52, 1 − 2^-52] as scikit-learn
/// does; absent without rows. @throws ContractError when the shape is wrong.
[[nodiscard]] std::optional<double> log_loss(const ClassForecasts& forecasts);

/// What becomes of the answers when those under a threshold are withheld (不确定).
struct Coverage {
  double threshold = 0;
  std::size_t asked = 0, answered = 0;
  std::optional<double> uncertain_rate;       ///< withheld over asked; absent when nothing was asked
  std::optional<double> right_when_answered;  ///< absent when nothing was answered
};

/// Return the coverage: answered is what has a confidence of the threshold or more.
/// @throws ContractError when the columns differ in length or a number is not in 0..1.
[[nodiscard]] Coverage coverage(std::span<const double> confidence, std::span<const double> right,
                                double threshold);

}  // namespace huoshui
