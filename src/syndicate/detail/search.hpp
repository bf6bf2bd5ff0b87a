// The exact search behind propose. It knows steps, weights and bounds, and nothing of any regulation.
//
// Candidates stand in order of their rate. A table holds, for the candidates from i on, the least value of
// placing exactly so many steps in each group with so many leads and agents: an exact completion bound. A
// best-first search over prefixes (in a group, or out) then expands nothing but prefixes of its answers and
// of their equals. A roof from a coarser grid keeps the tables to what can matter.
//
// A group pays one rate, the highest that a member of it asks; that is its last member in this order, so the
// table charges interest where a candidate is put into a group that nobody after it joins.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "syndicate/detail/exact.hpp"

namespace huoshui::syndicate::detail {

/// Compared in this order; smaller is better.
struct Value {
  Exact cost = 0;  // millionths of a fen
  std::int64_t minus_score = 0;
  std::int32_t members = 0;
  std::int32_t leads = 0;

  bool operator==(const Value&) const = default;
};

struct Candidate {
  std::int64_t least = 1, most = 0;  // steps
  std::uint32_t groups = 0;          // bit g: it may join group g
  bool may_lead = true, may_be_agent = true;
  Exact fee = 0;  // for a step
  std::int64_t score = 0;
  Exact arrangement = 0, agency = 0;
  std::vector<Exact> interest;  // of a whole group at this candidate's rate
};

struct Bounds {
  std::int64_t most = 0;                       // of any member
  std::int64_t sole_least = 1, sole_most = 0;  // of a single lead
  std::int64_t joint_least = 1;                // of each joint lead
  bool joint = false;                          // joint leads are looked for
  std::int32_t group_least = 1;                // banks in a group: 1 or 2
  std::int32_t single_groups = 0;              // groups with one bank, at most
  std::int32_t max_members = 0;                // 0: no limit
};

struct Placed {
  std::size_t candidate = 0;
  std::uint32_t group = 0;
  std::int64_t steps = 0;
  bool lead = false, agent = false;
};

struct Found {
  Value value;
  std::vector<Placed> members;
};

struct Searched {
  std::vector<Found> found;  // best first
  std::uint64_t entries = 0, expanded = 0;
};

/// Find the best `wanted` sets of members, or nothing when the tables would have more than `max_entries`.
/// Candidates must be in ascending order of rate; ties between sets go to the one that holds the first
/// candidate in which they differ. Wanted is 1 or more.
[[nodiscard]] std::optional<Searched> search(const std::vector<Candidate>& candidates,
                                             const std::vector<std::int64_t>& groups, const Bounds& bounds,
                                             std::size_t wanted, std::uint64_t max_entries);

/// Return the most steps that a lawful structure places, 0 if there is none; nothing when there would be too
/// many rests.
[[nodiscard]] std::optional<std::int64_t> fullest(const std::vector<Candidate>& candidates,
                                                  const std::vector<std::int64_t>& groups,
                                                  const Bounds& bounds, std::uint64_t max_entries);

/// Whether any structure places everything.
[[nodiscard]] bool is_placeable(const std::vector<Candidate>& candidates,
                                const std::vector<std::int64_t>& groups, const Bounds& bounds);

/// The most steps that a structure places which has banks enough in every group, 0 if there is none.
[[nodiscard]] std::int64_t most_placed(const std::vector<Candidate>& candidates,
                                       const std::vector<std::int64_t>& groups, const Bounds& bounds);

}  // namespace huoshui::syndicate::detail
