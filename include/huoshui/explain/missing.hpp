/// Room explain. What to supply or confirm: the smallest set of facts that could settle what is open,
/// favourably. Law: only facts that a list can state are asked for, never derived ones; of several routes the
/// one that needs the fewest further facts is asked for. An open list (等) of the handbook asks the
/// institution, not the project. Example: `missing_facts(prepared, catalogue, row)`.
#pragma once

#include <huoshui/eligibility/screen.hpp>
#include <vector>

namespace huoshui {

/// Tell whether an atom is unknown only because the handbook's list is open (等) and does not name the
/// project's entry.
[[nodiscard]] bool open_to_institution(const Condition& atom, const Facts& facts);

/// Tell whether an undecided rule waits, at least in part, for the institution to say what its 等 includes.
[[nodiscard]] bool waits_for_institution(const Rule& rule, const Facts& facts);

/// Return the smallest supply that could make one undecided rule hold; sorted, empty when it is settled.
[[nodiscard]] std::vector<FactKey> missing_for(const Rule& rule, const Facts& facts);

/// Return the smallest supply (found greedily, rules without alternatives first) that could make all open
/// `must` rules of a pair hold; sorted.
[[nodiscard]] std::vector<FactKey> missing_facts(const PreparedProject& project, const Catalogue& catalogue,
                                                 ProductRow row);

}  // namespace huoshui
