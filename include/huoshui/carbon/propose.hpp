/// Room carbon. propose turns a sink into terms on paper: tonnes, value, ceiling, amount, tenor, rate.
/// Law: monotone in every input, so ranges in give ranges out, and the amount rests on the lower end; a
/// missing price, ratio or quantity gives no ceiling, never zero; an amount is offered only when no gate
/// stands against it. Example: `propose(sink, policy).terms.ceiling_fen`.
#pragma once

#include <cstdint>
#include <huoshui/carbon/price.hpp>
#include <huoshui/carbon/sink.hpp>
#include <huoshui/domain/finding.hpp>
#include <huoshui/policy/policy.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::carbon {

struct ProposeOptions {
  /// A stated yield outside is asked about. Millionths of a tonne per mu and year.
  std::int64_t yield_min = 100'000, yield_max = 2'000'000;
  /// An implied price outside draws a caution. Fen per tonne.
  std::int64_t implied_min = 1'000, implied_max = 10'000;
  std::optional<SimulationOptions> simulation;
};

/// How the tonnes were found.
enum class TonnesBasis : std::uint8_t { missing, surveyed, stated_yield, stated_total, assumed_floor };
[[nodiscard]] std::string_view to_string(TonnesBasis basis);

struct Terms {
  TonnesBasis tonnes_basis = TonnesBasis::missing;
  std::optional<Interval> annual_kg;
  std::optional<Interval> yield;           ///< annual tonnes over area, millionths
  std::optional<Interval> implied_price;   ///< stated income over tonnes, fen per tonne
  std::optional<Interval> value_fen;       ///< present value
  std::optional<Interval> ceiling_fen;     ///< value x pledge ratio; absent: cannot be checked
  std::optional<std::int64_t> amount_fen;  ///< the need, at most the lower end of the ceiling
  std::optional<std::int64_t> tenor_months;
  std::optional<Interval> rate;  ///< with the rate steps; a range while a goal is open

  bool operator==(const Terms&) const = default;
};

struct Proposal {
  Terms terms;
  std::vector<Finding> findings;
  std::optional<Simulation> simulation;  ///< at the lower corner, when asked for
};

/// Return the gates and cautions of the policy's day. A row not in force is not tested.
[[nodiscard]] std::vector<Finding> gates(const Sink& sink, const Policy& policy);

/// Return terms and findings. @throws ContractError when a number is out of its range.
[[nodiscard]] Proposal propose(const Sink& sink, const Policy& policy, const ProposeOptions& options = {});

/// One line of an explanation, in both languages.
struct Line {
  std::string zh, en;
  bool operator==(const Line&) const = default;
};
/// Return the proposal in words: tonnes, price, ceiling, then each finding that did not pass.
[[nodiscard]] std::vector<Line> explain(const Proposal& proposal);

}  // namespace huoshui::carbon
