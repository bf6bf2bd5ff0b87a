/// Room supply_chain. Plans in words, Chinese and English from one template set.
/// Law: words are computed from the values of the plan, rounded nowhere. Example: `advance_sentence(chain,
/// plan, chain.party_row("S1")).zh` is `供应商S1：可融资80万元，受其债权合格金额80万元限制`.
#pragma once

#include <huoshui/supply_chain/unlock.hpp>
#include <string>
#include <vector>

namespace huoshui::supply_chain {

/// One statement in both languages.
struct Sentence {
  std::string zh, en;
  bool operator==(const Sentence&) const = default;
};

/// Say what a party may borrow and which cap binds.
[[nodiscard]] Sentence advance_sentence(const Chain& chain, const Plan& plan, std::size_t party);
/// Say what stands on a claim.
[[nodiscard]] Sentence claim_sentence(const Chain& chain, const Plan& plan, std::size_t claim);
/// Return one sentence for each gate of a claim that does not simply pass, in order, with its citation.
[[nodiscard]] std::vector<Sentence> gate_sentences(const Plan& plan, std::size_t claim);
[[nodiscard]] Sentence unlock_sentence(const Chain& chain, const Unlock& unlock);
[[nodiscard]] Sentence breach_sentence(const Chain& chain, const Breach& breach);
/// Say the whole plan: total, caps that were not tested, assets pledged twice, circles, then the advances;
/// members of a bundle that stand together and get the same are one sentence.
[[nodiscard]] std::vector<Sentence> plan_sentences(const Chain& chain, const Plan& plan);

}  // namespace huoshui::supply_chain
