// What is read from the rules of one pair, judged once: verdict, reasons, what is missing and what would
// change it.
#pragma once

#include <bitset>
#include <huoshui/explain/changes.hpp>
#include <span>
#include <vector>

#include "score/detail/points.hpp"

namespace huoshui::detail {

using Keys = std::bitset<kFactKeyCount>;

[[nodiscard]] inline Keys only(FactKey key) { return Keys{}.set(static_cast<std::size_t>(key)); }

/// Tell whether a rule keeps its pair from being permitted without refusing it.
[[nodiscard]] inline bool keeps_open(const Rule& rule, Outcome outcome) {
  return outcome == Outcome::undecided || (outcome == Outcome::not_tested && rule.fails_closed);
}

/// What screen() answers, from the judgements.
[[nodiscard]] Screened screened_of(const PreparedProject& project, std::span<const JudgedRule> judged);

/// What missing_for() answers for a rule that is undecided.
[[nodiscard]] std::vector<FactKey> missing_for_open(const Rule& rule, const Facts& facts);

/// The facts needed, beside those asked for anyway, so that a rule that is undecided could hold.
[[nodiscard]] Keys needed_beside(const Rule& rule, const Facts& facts, const Keys& have);

/// What waits_for_institution() answers for a rule that is undecided.
[[nodiscard]] bool open_rule_waits(const Rule& rule, const Facts& facts);

/// What missing_facts() answers, from the judgements.
[[nodiscard]] Keys missing_keys(const Facts& facts, std::span<const JudgedRule> judged);
[[nodiscard]] std::vector<FactKey> listed(const Keys& keys);

/// Tell whether a person can move a fact that a condition reads, or one it is derived from.
[[nodiscard]] bool has_movable_atom(const Condition& condition);

/// What nearest_changes() answers, from the judgements.
[[nodiscard]] ChangeSearch nearest_changes(const PreparedProject& project, const Catalogue& catalogue,
                                           ProductRow row, std::span<const JudgedRule> judged,
                                           std::size_t most_facts);

}  // namespace huoshui::detail
