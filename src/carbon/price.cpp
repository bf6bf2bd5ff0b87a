#include <algorithm>
#include <bit>
#include <huoshui/carbon/price.hpp>
#include <huoshui/core/result.hpp>
#include <limits>

#include "core/detail/split_mix.hpp"

namespace huoshui::carbon {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kOne = 1'000'000;
constexpr std::int64_t kMostKg = 100'000'000'000'000;
constexpr std::int64_t kMostPrice = 1'000'000'000;              // fen per tonne
constexpr std::int64_t kMostMicro = 1'000'000'000'000'000'000;  // a price on its path, saturating
constexpr Wide kWeightOne = 1'000'000'000'000;

void require(bool holds, const char* words) {
  if (!holds) throw ContractError(words);
}

void check(const Stream& stream) {
  const auto share = [](std::int64_t value) { return value >= 0 && value <= kOne; };
  require(stream.annual_kg >= 0 && stream.annual_kg <= kMostKg, "annual tonnes out of range");
  require(stream.crediting_years >= 0 && stream.crediting_years <= 100, "crediting period: 0 to 100 years");
  require(stream.first_issue_year >= 1, "the first year of issue is 1 or later");
  require(share(stream.buffer) && share(stream.reversal), "buffer and reversal are shares from 0 to 1");
  require(stream.discount_rate >= 0 && stream.discount_rate <= kOne, "discount rate: 0 to 100 %");
  require(stream.fen_per_tonne >= 0 && stream.fen_per_tonne <= kMostPrice, "price out of range");
  require(stream.drift >= -kOne && stream.drift <= kOne, "drift: -100 % to 100 % a year");
}

/// Weights of each year: survival and discount in one, 10^-12, each step rounded down.
std::vector<Wide> weights(const Stream& stream) {
  std::vector<Wide> out;
  Wide weight = kWeightOne;
  for (std::int64_t year = 1; year <= stream.crediting_years; ++year) {
    weight = weight * (kOne - stream.reversal) / (kOne + stream.discount_rate);
    out.push_back(weight);
  }
  return out;
}

std::int64_t grown(std::int64_t micro, std::int64_t factor) {
  const Wide next = Wide{micro} * std::max<std::int64_t>(factor, 0) / kOne;
  return static_cast<std::int64_t>(std::min<Wide>(next, kMostMicro));
}

std::int64_t narrowed(Wide fen) {
  require(fen <= std::numeric_limits<std::int64_t>::max(), "the value does not fit");
  return static_cast<std::int64_t>(fen);
}

/// z in quarters of a deviation.
std::int64_t quarters(std::uint64_t bits) { return std::popcount(bits) - 32; }

std::array<std::int64_t, 5> quantiles(std::vector<std::int64_t>& values) {
  std::sort(values.begin(), values.end());
  std::array<std::int64_t, 5> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = values[(values.size() - 1) * static_cast<std::size_t>(kQuantiles[i]) / 100];
  }
  return out;
}

std::int64_t root_rounded_up(Wide square) {
  Wide low = 0;
  Wide high = Wide{1} << 62;
  while (low < high) {
    const Wide middle = (low + high) / 2;
    (middle * middle >= square ? high : low) = middle * middle >= square ? middle : middle + 1;
  }
  return static_cast<std::int64_t>(low);
}

}  // namespace

std::int64_t present_value(const Stream& stream) {
  check(stream);
  const Wide kg = Wide{stream.annual_kg} * (kOne - stream.buffer) / kOne;
  const auto weight = weights(stream);
  std::int64_t micro = stream.fen_per_tonne * kOne;
  Wide sum = 0;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    micro = grown(micro, kOne + stream.drift);
    if (static_cast<std::int64_t>(i) + 1 < stream.first_issue_year) continue;
    sum += kg * micro / (1000 * Wide{kOne}) * weight[i] / kWeightOne;
  }
  return narrowed(sum);
}

Simulation simulate(const Stream& stream, const SimulationOptions& options) {
  check(stream);
  require(options.paths >= 2 && options.paths <= 10'000'000, "paths: 2 to 10,000,000");
  require(options.volatility >= 0 && options.volatility <= kOne, "volatility: 0 to 100 %");
  const Wide kg = Wide{stream.annual_kg} * (kOne - stream.buffer) / kOne;
  const auto weight = weights(stream);
  const std::size_t years = weight.size();
  std::vector<std::vector<std::int64_t>> prices(years, std::vector<std::int64_t>(options.paths));
  std::vector<std::int64_t> values(options.paths);
  for (std::uint32_t path = 0; path < options.paths; ++path) {
    // A key of its own for each path: neighbouring seeds share no draws.
    const std::uint64_t key = huoshui::detail::split_mix(huoshui::detail::split_mix(options.seed) ^ path);
    std::int64_t micro = stream.fen_per_tonne * kOne;
    Wide sum = 0;
    for (std::size_t i = 0; i < years; ++i) {
      const std::int64_t shock = options.volatility * quarters(huoshui::detail::split_mix(key + i)) / 4;
      micro = grown(micro, kOne + stream.drift + shock);
      prices[i][path] = micro / kOne;
      if (static_cast<std::int64_t>(i) + 1 < stream.first_issue_year) continue;
      sum += kg * micro / (1000 * Wide{kOne}) * weight[i] / kWeightOne;
    }
    values[path] = narrowed(sum);
  }

  Simulation out;
  out.paths = options.paths;
  out.seed = options.seed;
  Wide total = 0;
  for (const auto value : values) total += value;
  out.mean_fen = static_cast<std::int64_t>(total / options.paths);
  // Squares of deviations are taken in units that keep their sum within 128 bits.
  Wide widest = 1;
  for (const auto value : values) {
    const Wide off = Wide{value} - out.mean_fen;
    widest = std::max(widest, off < 0 ? -off : off);
  }
  const Wide unit = 1 + widest / (Wide{1} << 50);
  Wide squares = 0;
  for (const auto value : values) {
    const Wide off = (Wide{value} - out.mean_fen) / unit;
    squares += off * off;
  }
  const Wide n = options.paths;
  const Wide variance_of_mean = squares / (n * (n - 1)) + 1;
  out.standard_error_fen = narrowed(root_rounded_up(variance_of_mean) * unit);
  if (kOne + stream.drift >= 8 * options.volatility) out.closed_form_fen = present_value(stream);
  out.value_fen = quantiles(values);
  for (std::size_t i = 0; i < years; ++i) {
    out.fan.push_back({static_cast<std::int64_t>(i) + 1, quantiles(prices[i])});
  }
  return out;
}

}  // namespace huoshui::carbon
