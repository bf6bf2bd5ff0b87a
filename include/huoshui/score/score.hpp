/// Room score. Points of one pair by criterion, as whole millionths.
/// Law: each criterion is rounded once and lies in 0..1,000,000; parts sum to the whole; unknown earns
/// nothing. Refused pairs have no points. Example: `score(prepared, catalogue, row).total`.
#pragma once

#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/eligibility/screen.hpp>

namespace huoshui {

/// Return one criterion of a pair in millionths, 0..1,000,000.
[[nodiscard]] std::int64_t measure(Criterion criterion, const PreparedProject& project,
                                   const Catalogue& catalogue, ProductRow row);

/// Return the points of a pair by the catalogue's scorecard. For an undecided pair: those it would have.
[[nodiscard]] Points score(const PreparedProject& project, const Catalogue& catalogue, ProductRow row);

}  // namespace huoshui
