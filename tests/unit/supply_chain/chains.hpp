// Parties and claims in a line, for the tests of room supply_chain.
#pragma once

#include <huoshui/supply_chain/plan.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huoshui::supply_chain_test {

using namespace supply_chain;

inline constexpr std::int64_t kWan = kFenPerWan;

inline Policy on(std::string_view day) { return PolicyPack::bundled().at(parse_date(day).value()).value(); }
inline Date day(std::string_view text) { return parse_date(text).value(); }

inline Party party(std::string id, Role role = Role::supplier) {
  Party out;
  out.id = std::move(id);
  out.role = role;
  return out;
}
inline Party anchor(std::string id, std::optional<std::int64_t> limit) {
  Party out = party(std::move(id), Role::anchor);
  out.exposure_limit = limit;
  return out;
}

/// A claim that passes every gate from 2024 on.
inline Claim claim(std::string id, std::string holder, std::string buyer, std::int64_t fen,
                   ClaimKind kind = ClaimKind::receivable) {
  Claim out;
  out.id = std::move(id);
  out.kind = kind;
  out.holder = std::move(holder);
  out.buyer = std::move(buyer);
  out.amount = fen;
  out.contract_day = day("2026-01-05");
  out.issue_day = day("2026-01-10");
  out.delivery_day = day("2026-01-10");
  out.due_day = day("2026-03-01");
  out.confirmed = out.registered = out.locked_account = out.budget_evidence = out.custody = Truth::yes;
  out.related = out.disputed = out.pledged_elsewhere = Truth::no;
  return out;
}

/// The same rate for all kinds.
inline Terms at_rate(std::int64_t millionths, std::int64_t decay = kWhole) {
  Terms out;
  out.advance_rate.fill(millionths);
  out.tier_decay = decay;
  return out;
}

inline ClaimReading read(Claim claim, const Policy& policy, const Terms& terms = at_rate(800'000),
                         BuyerKind buyer = BuyerKind::other, std::string holder_group = "",
                         std::string buyer_group = "") {
  Party a = anchor("A", {}), s = party("S");
  a.buyer_kind = buyer;
  a.group = std::move(buyer_group);
  s.group = std::move(holder_group);
  const auto chain = Chain::build({a, s}, {std::move(claim)}).value();
  return assess(chain, shape_of(chain), 0, gates_on(policy), policy.date(), terms);
}

}  // namespace huoshui::supply_chain_test
