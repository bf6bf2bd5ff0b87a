/// Room syndicate. A Schedule is what the borrower pays the agent and what the agent passes on, date by date.
/// Law: the parts of the lenders add up to the borrower's payment on every date, and over the whole life each
/// lender gets back exactly what it lent; interest is 30/360 and its fractions of a fen are carried on.
/// Example: `schedule({.amount = Money::from_wan(1200), .rate = 36'000, .tenor_months = 12}, start)`.
#pragma once

#include <cstdint>
#include <huoshui/core/date.hpp>
#include <huoshui/core/money.hpp>
#include <huoshui/core/result.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace huoshui::syndicate {

/// How the principal comes back.
enum class Repayment : std::uint8_t {
  bullet,           ///< all at the end
  equal_principal,  ///< 等额本金
  annuity,          ///< 等额本息
  seasonal,         ///< equal parts in the named calendar months only, after a harvest
};
[[nodiscard]] std::string_view to_string(Repayment repayment);

struct RepaymentTerms {
  Repayment repayment = Repayment::equal_principal;
  std::int32_t interval_months = 3;   ///< between two payments of interest
  std::int32_t grace_months = 0;      ///< no principal is due up to and including this month
  std::vector<std::uint32_t> season;  ///< calendar months 1-12, for seasonal

  bool operator==(const RepaymentTerms&) const = default;
};

/// Money paid out some months after the start.
struct Draw {
  std::int32_t month = 0;
  Money amount;

  bool operator==(const Draw&) const = default;
};

/// One tranche as the schedule sees it.
struct LoanTerms {
  Money amount;
  std::int64_t rate = 0;  ///< millionths a year
  std::int32_t tenor_months = 0;
  RepaymentTerms repayment;
  std::vector<Draw> draws;  ///< empty: all at the start; else they add up to the amount, months ascending
};

/// One date. All amounts in fen.
struct Instalment {
  std::int32_t month = 0;  ///< since the start
  Date due;
  std::int64_t drawn = 0;
  std::int64_t principal = 0;
  std::int64_t interest = 0;
  std::int64_t balance = 0;  ///< after the payments of the date

  bool operator==(const Instalment&) const = default;
};

struct Schedule {
  std::vector<Instalment> instalments;  ///< by month

  [[nodiscard]] std::int64_t interest() const;   ///< fen, whole life
  [[nodiscard]] std::int64_t principal() const;  ///< fen, whole life

  bool operator==(const Schedule&) const = default;
};

/// Return the borrower's schedule. Errors with unreadable_value: amount or tenor not positive, rate negative,
/// interval not positive, grace not shorter than the tenor, draws that do not add up, go down in time, come
/// after the grace period or are under one yuan, or a season without a month inside the tenor.
[[nodiscard]] Result<Schedule> schedule(const LoanTerms& terms, Date start);

/// Share a schedule among lenders in proportion to what they lend, through the agent. Law: on every date the
/// parts add up to the whole, and no part is ever a whole fen off its exact share in total. O(dates x
/// lenders). @throws ContractError when the shares are negative or do not add up to the principal.
[[nodiscard]] std::vector<Schedule> split(const Schedule& whole, std::span<const Money> shares);

/// Interest that a public purse pays back: points of the balance for the first months, on at most so much
/// principal. Outside its days the benefit is off.
struct Subsidy {
  std::int64_t points = 0;  ///< millionths a year
  std::int32_t months = 0;
  std::optional<Money> principal_cap;
  std::optional<Date> from, to;  ///< days of signing, both included

  bool operator==(const Subsidy&) const = default;
};

/// Return the subsidy of one tranche in fen, rounded down; 0 when signing falls outside its days. `cap` is
/// the principal that may still be subsidised, absent for no cap.
[[nodiscard]] std::int64_t subsidy_of(const Schedule& whole, const Subsidy& subsidy, Date signing,
                                      std::optional<Money> cap);

/// Cover of one year of debt service.
struct YearCover {
  std::int32_t year = 0;              ///< 1 is the first twelve months
  std::int64_t debt_service = 0;      ///< fen
  std::int64_t income = 0;            ///< fen
  std::optional<std::int64_t> ratio;  ///< DSCR in millionths, rounded down; absent without debt service
};

/// Compare income with debt service year by year. `incomes` holds net income of each year; the last is not
/// repeated: years beyond it have no entry, for an unknown income is not zero.
[[nodiscard]] std::vector<YearCover> debt_cover(std::span<const Schedule> wholes,
                                                std::span<const Money> incomes);

}  // namespace huoshui::syndicate
