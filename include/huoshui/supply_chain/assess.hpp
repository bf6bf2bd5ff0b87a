/// Room supply_chain. Assess one claim: what can be lent on it, until when, and what each gate says.
/// Law: a refused or undecided claim carries nothing; `full` is what it would carry if everything that can be
/// supplied were. Example: a confirmed, registered receivable of 100万元 at 80 % carries 80万元.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/supply_chain/shape.hpp>
#include <huoshui/supply_chain/terms.hpp>
#include <optional>
#include <vector>

namespace huoshui::supply_chain {

enum class ClaimStanding : std::uint8_t { eligible, undecided, refused };
[[nodiscard]] std::string_view to_string(ClaimStanding standing);

/// What a person can supply so that a claim counts; a set of these is their sum.
enum class Supply : std::uint8_t {
  confirm = 1,          ///< the buyer confirms
  register_claim = 2,   ///< it is registered
  lock_account = 4,     ///< the buyer pays into a locked account
  take_custody = 8,     ///< a third party supervises, and the goods are insured
  budget_evidence = 16  ///< the government's budget names the payment
};
[[nodiscard]] std::string_view to_string(Supply supply);

/// One claim as it was assessed. Amounts in fen.
struct ClaimReading {
  ClaimStanding standing = ClaimStanding::eligible;
  std::array<GateOutcome, kGateCount> outcomes{};
  std::uint8_t lacking = 0;      ///< of Supply, summed; empty for the refused
  std::int64_t eligible = 0;     ///< what can be lent on it today
  std::int64_t full = 0;         ///< with `lacking` supplied; 0 when that would not be enough
  std::optional<Date> last_day;  ///< last day of a loan on it

  bool operator==(const ClaimReading&) const = default;
};

/// Assess one claim against gates of one day. Pure; O(1).
[[nodiscard]] ClaimReading assess(const Chain& chain, const Shape& shape, std::size_t claim,
                                  const std::array<GateRule, kGateCount>& gates, Date day,
                                  const Terms& terms);

}  // namespace huoshui::supply_chain
