/// Room syndicate. A Deal is what is to be financed; an Institution is who could lend, with the numbers that
/// bound it. Law: an absent number is unknown, never zero: the rule that needs it is not tested. Example:
/// `Institution{.id = "A", .net_capital = Money::from_wan(300'000), .rate = 36'000}`.
#pragma once

#include <cstdint>
#include <huoshui/core/date.hpp>
#include <huoshui/core/money.hpp>
#include <huoshui/syndicate/capital.hpp>
#include <huoshui/syndicate/schedule.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::syndicate {

enum class LenderKind : std::uint8_t {
  policy_bank,
  state_bank,
  joint_stock_bank,
  city_bank,
  rural_commercial_bank,
  village_bank,
  other
};
[[nodiscard]] std::string_view to_string(LenderKind kind);

/// What is known about the borrower and hidden public debt.
enum class PublicDebt : std::uint8_t {
  unknown,    ///< not looked up: undecided
  not_bound,  ///< a borrower that these rules do not bind
  clear,      ///< looked up, carries none
  confirmed,  ///< carries some; the same-level government has confirmed the project in writing
  carried,    ///< carries some, no confirmation
};
[[nodiscard]] std::string_view to_string(PublicDebt status);

/// Who could lend, and its own terms.
struct Institution {
  std::string id, name;
  LenderKind kind = LenderKind::other;
  std::optional<Money> net_capital;
  std::optional<Money> tier1_capital;
  std::optional<Money> client_loans;     ///< loan balance of the client before this deal
  std::optional<Money> client_exposure;  ///< all exposure, guarantees and commitments included
  std::optional<Money> group_exposure;   ///< of the client's connected group, the client included
  std::optional<Money> appetite;         ///< what it is willing to hold
  std::optional<Money> min_ticket, max_ticket;
  std::optional<std::int32_t> max_tenor_months;
  std::int64_t rate = 0;               ///< lowest yearly rate it accepts, millionths
  std::int64_t score = 0;              ///< preference of the caller per institution; higher is better
  std::int64_t participation_fee = 0;  ///< once, millionths of its share
  Money arrangement_fee;               ///< once, when it leads
  Money agency_fee;                    ///< a year, when it is the agent
  bool may_lead = true;
  bool may_be_agent = true;
  std::vector<std::string> places;    ///< region codes of its branches
  std::vector<std::string> security;  ///< any of these satisfies it; empty: not stated

  bool operator==(const Institution&) const = default;
};

/// One group as the borrower asks for it.
struct TrancheAsk {
  Money amount;
  std::int32_t tenor_months = 0;
  RepaymentTerms repayment;
  std::vector<Draw> draws;

  bool operator==(const TrancheAsk&) const = default;
};

/// What is to be financed.
struct Deal {
  std::string id, name;
  Date signing;                      ///< decides which rules speak: policy must be of this day
  std::vector<TrancheAsk> tranches;  ///< one, or up to three groups
  std::optional<CapitalStack> capital;
  std::string region;  ///< code, empty when unknown
  std::vector<std::string> security;
  PublicDebt public_debt = PublicDebt::unknown;
  std::optional<Subsidy> subsidy;
  std::vector<Money> yearly_income;  ///< net, year by year; empty: cover not tested

  [[nodiscard]] std::int64_t amount() const;  ///< fen, all tranches

  bool operator==(const Deal&) const = default;
};

}  // namespace huoshui::syndicate
