/// Room rights. propose turns an asset into terms: value, ceiling, amount; explain says why.
/// Law: value is lawful quantity x price x lent share x time, monotone in each, so ranges in give ranges out;
/// a missing price gives no ceiling, never zero; without a lawful register the security is worth nothing and
/// said to be so. Example: `propose(asset, policy).terms.ceiling_fen`.
#pragma once

#include <cstdint>
#include <huoshui/domain/finding.hpp>
#include <huoshui/policy/policy.hpp>
#include <huoshui/rights/asset.hpp>
#include <optional>
#include <string>
#include <vector>

namespace huoshui::rights {

struct ProposeOptions {
  /// Multiples of yearly compensation seen in practice; the lower is used when the lender states none, a
  /// stated one above the usual draws a caution, one above the upper is cut to it.
  std::int64_t multiple_low = 2'000'000, multiple_usual = 5'000'000, multiple_high = 15'000'000;
};

struct Terms {
  std::optional<Interval> fen_per_unit;    ///< the price used
  std::optional<Interval> multiple;        ///< the multiple used; public-forest income only
  std::optional<Interval> yearly_fen;      ///< yearly compensation or price of a year
  std::optional<Interval> spread_fen;      ///< yearly x lowest to yearly x highest multiple
  std::optional<Interval> value_fen;       ///< before the lent share
  std::optional<Interval> ceiling_fen;     ///< absent: the amount cannot be checked
  std::optional<std::int64_t> amount_fen;  ///< the need, at most the lower end of the ceiling
  std::optional<std::int64_t> tenor_months;

  bool operator==(const Terms&) const = default;
};

struct Proposal {
  Terms terms;
  std::vector<Finding> findings;
};

/// Return the gates and cautions of the policy's day. A row not in force is not tested.
[[nodiscard]] std::vector<Finding> gates(const Asset& asset, const Policy& policy);

/// Return terms and findings. @throws ContractError when a number is out of its range.
[[nodiscard]] Proposal propose(const Asset& asset, const Policy& policy, const ProposeOptions& options = {});

/// Hold terms against the asset and the rules of the day, with code of its own.
[[nodiscard]] std::vector<Finding> verify(const Terms& terms, const Asset& asset, const Policy& policy,
                                          const ProposeOptions& options = {});

/// One line of an explanation, in both languages.
struct Line {
  std::string zh, en;
  bool operator==(const Line&) const = default;
};
/// Return the proposal in words: value, spread, ceiling, amount, then each finding that did not pass.
[[nodiscard]] std::vector<Line> explain(const Proposal& proposal);

}  // namespace huoshui::rights
