/// Room syndicate. propose says whether one lender is enough and which syndicate is best, exactly.
/// Law: the first structure is the least of all on the grid by all-in cost, then score, then members, then
/// leads; runners-up are the next sets of members; the bound that proves it is attained. Example:
/// `propose(deal, institutions, policy, {.runners_up = 2}).value().structures.front()`.
#pragma once

#include <cstdint>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/finding.hpp>
#include <huoshui/policy/policy.hpp>
#include <huoshui/syndicate/structure.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::syndicate {

enum class Decision : std::uint8_t {
  one_lender_enough,
  syndicate_encouraged,  ///< one could carry it, but every one that could exceeds a line that speaks for
                         ///< sharing
  syndicate_needed,      ///< nobody may or will carry it alone
  refused,               ///< a gate of the deal itself is closed: see gates
  impossible,            ///< no structure exists: see shortage
};
[[nodiscard]] std::string_view to_string(Decision decision);

struct ProposeOptions {
  std::int64_t share_step = 10'000;       ///< millionths of the whole; must divide one million
  std::optional<Money> money_step;        ///< instead: a step in money
  std::uint32_t runners_up = 3;           ///< further sets of members
  std::uint32_t max_members = 0;          ///< 0: no limit
  std::uint64_t max_entries = 8'000'000;  ///< of all tables; more is refused, never cut off silently
};

/// What bounds an institution's part, tightest rule first named.
struct Room {
  std::string institution;
  Money room;          ///< what it could hold at most, not above the deal
  Money least;         ///< its smallest ticket, in whole steps
  bool joins = false;  ///< it can hold at least one step
  std::string rule;    ///< what bounds it; empty when nothing known does
  Citation citation;
  std::string text_zh, text_en;
  std::vector<std::string> not_tested;  ///< limits whose row or number is missing
};

/// One lender for all.
struct SoleLender {
  std::string institution;
  Cost cost;
};

struct Ranked {
  Structure structure;
  Cost cost;
  std::int64_t score = 0;  ///< sum of score x share in steps
};

/// Why the first structure is the best. Tables hold, for every place in the order of institutions and every
/// rest to be placed, the least value of any completion; search takes prefixes by that bound.
struct Proof {
  std::uint64_t entries = 0;   ///< of the tables
  std::uint64_t expanded = 0;  ///< prefixes expanded
  Money bound;                 ///< least all-in cost of any structure on the grid; the first attains it
  std::string text_zh, text_en;
};

/// The least amount that stays unplaced when every institution goes to its limit.
struct Shortage {
  Money unplaced;
  std::vector<Room> rooms;  ///< of all institutions, smallest room first
  std::string text_zh, text_en;
};

struct Proposal {
  Decision decision = Decision::impossible;
  bool keeps_advice = true;  ///< all 原则上 rules hold; else no structure keeps them and they were let go
  std::vector<Room> rooms;   ///< in order of the institutions given
  std::vector<SoleLender> sole_lenders;  ///< cheapest first
  std::vector<Finding> triggers;         ///< what encourages a syndicate, by institution
  std::vector<Finding> gates;            ///< public debt and capital of the deal
  std::vector<Ranked> structures;        ///< best first
  Proof proof;
  std::optional<Shortage> shortage;
  std::string text_zh, text_en;
};

/// Return the proposal. A bank joins one group. Errors with unreadable_value: no tranche or more than three,
/// amounts that the grid does not divide, tables above max_entries, schedules that cannot be; duplicate_id.
/// @throws ContractError when the policy is not of the day of signing.
[[nodiscard]] Result<Proposal> propose(const Deal& deal, std::span<const Institution> institutions,
                                       const Policy& policy, const ProposeOptions& options = {});

}  // namespace huoshui::syndicate
