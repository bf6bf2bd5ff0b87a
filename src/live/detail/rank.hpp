// The lines of a board and how they are ranked again.
#pragma once

#include <huoshui/live/live.hpp>

#include "core/detail/sequence.hpp"

namespace huoshui::detail {

/// A project and what it is shown. Snapshots share both as long as neither changes.
struct BoardLine {
  std::shared_ptr<const Project> project;
  std::shared_ptr<const ProjectRanking> ranking;
  VerdictCounts counts;
};
using BoardLines = Sequence<BoardLine>;

/// Rank a project by itself; a ranking equal to `known` is that one.
[[nodiscard]] BoardLine ranked(std::shared_ptr<const Project> project,
                               const std::shared_ptr<const ProjectRanking>& known, const Catalogue& catalogue,
                               const MatchOptions& options);

/// Return the lines of `before` under a catalogue that differs in one product alone, added, replaced or
/// removed. Only that one is judged, but for projects whose rankings it leaves with a gap.
[[nodiscard]] BoardLines ranked_after_product(const BoardLines& lines, const Catalogue& before,
                                              const Catalogue& after, std::string_view product_id,
                                              const MatchOptions& options);

/// Return the lines under a catalogue in which anything may differ.
[[nodiscard]] BoardLines ranked_again(const BoardLines& lines, const Catalogue& after,
                                      const MatchOptions& options);

}  // namespace huoshui::detail
