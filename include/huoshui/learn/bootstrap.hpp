/// Room learn. Is one system better than another on the same queries? A paired percentile bootstrap.
/// Law: the same input and seed give the same bytes; swapping the systems mirrors the interval exactly; what
/// belongs together (a county, a bank) is drawn together. Example:
/// `paired_bootstrap(ours, theirs, {}, {.draws = 10'000}).low > 0`.
#pragma once

#include <cstdint>
#include <span>

namespace huoshui {

struct BootstrapOptions {
  std::uint32_t draws = 10'000;  ///< 1 to 10,000,000
  std::uint64_t seed = 1;
  std::uint32_t percent = 95;  ///< of the draws that the interval holds: 1 to 99
};

struct PairedDifference {
  double mean = 0;           ///< of ours − theirs over all queries
  double low = 0, high = 0;  ///< percentiles of the mean over the draws, rounded outwards to a draw
  std::size_t queries = 0;
  std::size_t clusters = 0;  ///< what was drawn; the queries themselves when no clusters were given
};

/// Return the mean difference of two systems and its interval. `ours[i]` and `theirs[i]` are values of one
/// metric on query i; `cluster[i]`, when given, any number that equals those of the queries to be drawn
/// together. With one cluster alone nothing varies, and the interval is the mean. O(draws × clusters).
/// @throws ContractError when there is no query, the columns differ in length, a value is not finite or an
/// option is out of its range.
[[nodiscard]] PairedDifference paired_bootstrap(std::span<const double> ours, std::span<const double> theirs,
                                                std::span<const std::uint32_t> cluster = {},
                                                const BootstrapOptions& options = {});

}  // namespace huoshui
