/// Room supply_chain. One plan for a chain: what each party can borrow, on which claims, and what binds it.
/// Law: the total is the most that the caps allow; who comes first (by tier, then id) is never cut for who
/// comes later; money that a claim lends on is not lent on again further down. Example:
/// `propose(chain, policy, terms).advances[chain.party_row("S1")].amount`.
#pragma once

#include <cstdint>
#include <huoshui/supply_chain/assess.hpp>
#include <optional>
#include <string>
#include <vector>

namespace huoshui::supply_chain {

/// Which cap stops an advance. The enumerators are the words printed in JSON.
enum class Cap : std::uint8_t {
  none,             ///< nothing is asked, or nothing stands behind the party
  asked,            ///< it gets what it asks for
  borrower_limit,   ///< its own limit, less what it owes
  member_limit,     ///< the bundle's limit for one member
  bundle_total,     ///< the bundle's total, or its shares
  claims,           ///< the eligible amounts of its claims
  upstream_claims,  ///< the claims of the buyers above, down which the limit would come
  exposure_limit,   ///< all that may hang on an anchor is taken
  carried_limit,    ///< the anchor's limit after decay, at the buyer named
  unknown           ///< no bound is known: no amount
};
[[nodiscard]] std::string_view to_string(Cap cap);

/// What one party can borrow.
struct Advance {
  std::optional<std::int64_t> amount;  ///< fen; absent: the amount cannot be checked
  Cap cap = Cap::none;
  std::uint32_t at = kNoRow;     ///< the party whose cap it is
  std::int64_t limit = 0;        ///< fen, of that cap
  std::uint32_t tier = kNoTier;  ///< 0: an anchor; kNoTier: no anchor above

  bool operator==(const Advance&) const = default;
};

/// One claim in a plan. Law: own + passed <= reading.eligible.
struct ClaimLine {
  ClaimReading reading;
  std::int64_t own = 0;     ///< fen that its holder borrows on it
  std::int64_t passed = 0;  ///< fen that it carries for the holder's own suppliers

  bool operator==(const ClaimLine&) const = default;
};

/// One party or circle of parties that owes. Rows by Shape::component.
struct CarriedLimit {
  std::uint32_t tier = kNoTier;
  std::optional<std::int64_t> limit;  ///< fen that may come down through its claims; absent: no bound known
  std::int64_t passed = 0;            ///< fen that do

  bool operator==(const CarriedLimit&) const = default;
};

/// What a plan took to make.
struct PlanWork {
  std::uint64_t augmentations = 0;
  std::uint64_t nodes_visited = 0;
  bool operator==(const PlanWork&) const = default;
};

struct Plan {
  Date day;
  Terms terms;
  std::array<GateRule, kGateCount> gates;
  Shape shape;
  std::vector<ClaimLine> claims;      ///< by claim
  std::vector<Advance> advances;      ///< by party
  std::vector<std::int64_t> hanging;  ///< by party, fen: new money that hangs on it as an anchor
  std::vector<CarriedLimit> carried;  ///< by component
  std::vector<std::int64_t> bundles;  ///< by bundle, fen over all members
  std::int64_t total = 0;             ///< fen over all advances
  PlanWork work;

  bool operator==(const Plan&) const = default;
};

/// Make the plan. Nearly linear in claims; a bundle costs some searches for each of its members more.
///
/// A bundle stands where its first member stands, and its members share level by weight (equally when a
/// weight is not known). @throws ContractError when a rate lies outside 0 to 100 % or a day count is
/// negative.
[[nodiscard]] Plan propose(const Chain& chain, const Policy& policy, const Terms& terms);

enum class BreachKind : std::uint8_t {
  shape,           ///< rows do not fit the chain
  gate,            ///< money on a claim that a gate stops
  claim_amount,    ///< more on a claim than it carries
  tenor,           ///< a last day that is not the claim's
  advance_amount,  ///< an advance is not the sum of what it rests on
  borrower_limit,
  asked,
  exposure_limit,
  carried_limit,
  bundle_total,
  member_limit,
  counted_twice,  ///< more comes out of a component than goes in
  total
};
[[nodiscard]] std::string_view to_string(BreachKind kind);

/// One thing that a plan does against the rules.
struct Breach {
  BreachKind kind{};
  std::uint32_t row = kNoRow;  ///< claim, party, component or bundle, by kind
  std::int64_t found = 0, allowed = 0;

  bool operator==(const Breach&) const = default;
};

/// Check a plan against the chain by other code than made it; empty when it keeps every rule. Says nothing
/// about whether more would be possible.
[[nodiscard]] std::vector<Breach> verify(const Chain& chain, const Policy& policy, const Terms& terms,
                                         const Plan& plan);

}  // namespace huoshui::supply_chain
