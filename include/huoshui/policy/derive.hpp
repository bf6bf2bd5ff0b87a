/// Room policy. Derive facts: what the parameters in force say about a project beyond what its row says.
/// Law: a derived fact names its inputs and its row; it is inferred as soon as one input is; what the inputs
/// do not settle stays absent; intervals stay intervals. A stated fact is never derived again. Example: `for
/// (auto& fact : derive_facts(facts, policy)) facts.offer(std::move(fact));`
#pragma once

#include <huoshui/domain/fact.hpp>
#include <huoshui/policy/policy.hpp>
#include <span>
#include <vector>

namespace huoshui {

/// Return the facts that follow, in the order of their derivation. Pure; linear in the facts.
[[nodiscard]] std::vector<Fact> derive_facts(const Facts& facts, const Policy& policy);

/// Return the keys a derived key is computed from, nearest first; empty for keys that are never derived. An
/// explanation asks for these instead: nobody's list has a column for a derived key.
[[nodiscard]] std::span<const FactKey> inputs_of(FactKey key);

}  // namespace huoshui
