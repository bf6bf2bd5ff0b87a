/// Room supply_chain. What confirmation, registration and the like would unlock: one act of one party at a
/// time, ranked by how much more the whole chain could borrow. Law: each gain is the total of a plan made
/// with that act done, less the total today; acts that are not evaluated cannot gain more than the last one
/// shown. Example: `unlocks(chain, policy, terms, {.k = 3}).front().gain`.
#pragma once

#include <cstdint>
#include <huoshui/supply_chain/plan.hpp>
#include <vector>

namespace huoshui::supply_chain {

struct UnlockOptions {
  std::size_t k = 5;
};

/// One act: a buyer confirms (or its budget is shown), or a holder registers, locks an account, has goods
/// supervised; or what is needed of these at once.
struct Unlock {
  std::uint8_t supplies = 0;          ///< of Supply, summed
  std::uint32_t party = kNoRow;       ///< the buyer when it must confirm or show its budget, else the holder
  std::vector<std::uint32_t> claims;  ///< those it touches
  std::int64_t raised = 0;            ///< fen that these claims would carry more
  std::int64_t gain = 0;              ///< fen that the chain could borrow more

  bool operator==(const Unlock&) const = default;
};

/// Return the k acts of the greatest gain, greatest first, then more claims' amount, then party and act. Acts
/// without gain are left out. Makes one plan for each act it must evaluate.
[[nodiscard]] std::vector<Unlock> unlocks(const Chain& chain, const Policy& policy, const Terms& terms,
                                          UnlockOptions options = {});

}  // namespace huoshui::supply_chain
