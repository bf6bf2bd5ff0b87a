/// Room supply_chain. Terms are what the lender sets; gates are what claims are tested by, each cited.
/// Law: an advance rate that is not set gives no amount, never a guess; a gate whose row is not in force is
/// not tested, never passed. Example: `gates_on(policy)[index_of(Gate::e_voucher_tenor)].months` is 12.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/domain/rule.hpp>
#include <huoshui/policy/policy.hpp>
#include <huoshui/supply_chain/chain.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace huoshui::supply_chain {

inline constexpr std::int64_t kWhole = 1'000'000;

/// The lender's own terms; ratios in millionths. No default is the term of a real institution.
struct Terms {
  /// Advance rate by kind of claim; absent: no amount.
  std::array<std::optional<std::int64_t>, kClaimKindCount> advance_rate{};
  std::int64_t unconfirmed_share = 0;  ///< what is kept of a receivable that its debtor has not confirmed
  std::int64_t unlocked_share = 0;     ///< what is kept of an order without a locked account
  std::int64_t tier_decay = kWhole;    ///< what a limit keeps from one tier to the next
  std::int64_t grace_days = 0;         ///< between the buyer's due day and the last day of the loan
  std::optional<std::int64_t> tenor_max_months;  ///< of any loan here

  bool operator==(const Terms&) const = default;
};

enum class Gate : std::uint8_t {
  amount,             ///< stated and more than financed
  advance_rate,       ///< set for the kind
  buyer,              ///< named, unless stock
  not_due,            ///< due after the day
  trade,              ///< not with oneself, not disputed
  related_party,      ///< holder and buyer are not related
  free_of_pledge,     ///< not pledged elsewhere, no second claim on its documents
  circle,             ///< what is left after set-off inside a circle
  budget_evidence,    ///< government buyers
  registration,       ///< 动产融资统一登记
  confirmation,       ///< by the debtor
  locked_account,     ///< orders
  custody,            ///< stock
  e_voucher_usual,    ///< 6 months as a rule
  e_voucher_tenor,    ///< 12 months at most
  bill_tenor,         ///< 6 months at most
  public_term_usual,  ///< public buyers pay within 30 days unless agreed otherwise
  public_term_max,    ///< and within 60 days: a warning about the buyer, not about the claim
  large_term,         ///< large enterprises within 60 days, or as the trade has it
  pay_when_paid,      ///< the clause is void
  lender_tenor,       ///< Terms::tenor_max_months
};
inline constexpr std::size_t kGateCount = static_cast<std::size_t>(Gate::lender_tenor) + 1;
[[nodiscard]] std::string_view to_string(Gate gate);
[[nodiscard]] constexpr std::size_t index_of(Gate gate) { return static_cast<std::size_t>(gate); }

enum class GateOutcome : std::uint8_t {
  not_asked,  ///< the gate is not for this claim
  pass,
  caution,     ///< 原则上, or a warning that does not touch the amount
  not_tested,  ///< no row in force, or an input is missing and the gate is not one that fails closed
  undecided,   ///< an input is missing and must be supplied
  fail,
};
[[nodiscard]] std::string_view to_string(GateOutcome outcome);

/// A gate on one day: its number, its text and where it stands.
struct GateRule {
  Gate gate{};
  Strength strength = Strength::must;
  bool in_force = true;                ///< false: no row of its series on the day
  std::optional<Date> from;            ///< first day of the row; for rules that count from issue or contract
  std::optional<std::int64_t> months;  ///< the row's limit
  std::optional<std::int64_t> days;
  std::string text_zh, text_en;
  Citation citation;  ///< without a key: the lender's own rule, no regulation

  bool operator==(const GateRule&) const = default;
};

/// Return all gates as of the policy's day, by index_of.
[[nodiscard]] std::array<GateRule, kGateCount> gates_on(const Policy& policy);

}  // namespace huoshui::supply_chain
