/// Room syndicate. A Structure is a syndicate on paper: tranches, members with their roles and shares, agent.
/// Law: it holds no rule; verify says what the rules of its day make of it. The cost is exact: micro-fen are
/// rounded once, at the end. Example: `verify(structure, deal, institutions, policy)`.
#pragma once

#include <cstdint>
#include <huoshui/core/result.hpp>
#include <huoshui/syndicate/deal.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::syndicate {

enum class Role : std::uint8_t { lead, participant };
[[nodiscard]] std::string_view to_string(Role role);

/// A group with terms of its own.
struct Tranche {
  Money amount;
  std::int32_t tenor_months = 0;
  std::int64_t rate = 0;  ///< millionths a year, the same for all its members

  bool operator==(const Tranche&) const = default;
};

struct Holding {
  std::uint32_t tranche = 0;  ///< from 0
  Money amount;

  bool operator==(const Holding&) const = default;
};

struct Member {
  std::string institution;
  Role role = Role::participant;  ///< several leads are joint leads
  std::vector<Holding> holdings;

  [[nodiscard]] std::int64_t amount() const;  ///< fen

  bool operator==(const Member&) const = default;
};

/// What the borrower pays over the whole life, in fen; each part rounded half up.
struct Cost {
  std::int64_t interest = 0;
  std::int64_t participation_fees = 0;
  std::int64_t arrangement_fees = 0;
  std::int64_t agency_fees = 0;  ///< for every year begun of the longest tranche
  std::int64_t subsidy = 0;      ///< taken off
  std::int64_t total = 0;
  std::int64_t rate = 0;  ///< total over the balances, millionths a year, rounded half up

  bool operator==(const Cost&) const = default;
};

struct Structure {
  std::vector<Tranche> tranches;
  std::vector<Member> members;
  std::vector<std::string> agents;  ///< one by rule

  bool operator==(const Structure&) const = default;
};

/// The money of one structure, through its agent.
struct CashFlows {
  struct Part {
    std::string institution;
    std::uint32_t tranche = 0;
    Schedule schedule;
  };
  std::vector<Schedule> tranches;  ///< borrower to agent
  std::vector<Part> parts;         ///< agent to lenders, by tranche, then in order of the members
  std::vector<YearCover> cover;    ///< empty when no income is known: not tested
};

/// Return the schedules of a structure. Errors as schedule(), and when the structure has other tranches than
/// the deal or holdings that do not add up to their tranche.
[[nodiscard]] Result<CashFlows> cash_flows(const Structure& structure, const Deal& deal);

/// Return the all-in cost. Errors as cash_flows(), and with unknown_word for a member or agent that is no
/// institution.
[[nodiscard]] Result<Cost> cost_of(const Structure& structure, const Deal& deal,
                                   std::span<const Institution> institutions);

}  // namespace huoshui::syndicate
