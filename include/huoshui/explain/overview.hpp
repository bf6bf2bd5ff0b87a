/// Room explain. What a whole list comes to: counts, the county × instrument map, which missing column would
/// settle the most, and which single change opens the most doors. Law: numbers are sums over the same
/// judgements that the rankings show; money counts each project once. Example: `overview(projects,
/// catalogue).missing.front().key`.
#pragma once

#include <huoshui/explain/changes.hpp>
#include <span>
#include <string>
#include <vector>

namespace huoshui {

/// One missing column and what it would settle.
struct MissingColumn {
  FactKey key{};
  std::size_t pairs_alone = 0;    ///< undecided pairs for which it is the only thing missing
  std::size_t pairs_touched = 0;  ///< undecided pairs that need it, alone or with others
  std::size_t projects = 0;       ///< projects with at least one such pair
  std::int64_t money = 0;         ///< fen asked by those projects, as far as known
  std::int64_t investment = 0;    ///< fen of their total investment, as far as known
};

/// One single change and the doors it opens over the whole list.
struct NearMiss {
  FactKey key{};
  Remedy remedy = Remedy::none;
  Code added;             ///< for code facts
  std::size_t pairs = 0;  ///< refused pairs that it alone lifts
  std::size_t projects = 0;
  std::size_t products = 0;
  std::int64_t money = 0;
  std::int64_t investment = 0;
  std::vector<std::pair<std::uint32_t, ProductRow>>
      examples;  ///< up to five pairs, project index and product
};

/// Return the county code of a project, the name of its zone when that has no code, or nothing when neither
/// is known.
[[nodiscard]] std::string area_of(const Project& project);

/// Permitted and possible pairs of one area and one instrument.
struct HeatCell {
  std::string area;  ///< see area_of
  Instrument instrument{};
  std::size_t permitted = 0, possible = 0;
};

struct Overview {
  std::size_t projects = 0, collections = 0;
  std::size_t projects_with_permitted = 0, projects_with_possible_only = 0;
  std::size_t pairs_permitted = 0, pairs_undecided = 0, pairs_refused = 0;
  std::int64_t total_investment = 0, financing_need = 0;  ///< fen, sums of exact amounts
  std::size_t need_known = 0;                             ///< projects whose need is known
  std::vector<HeatCell> heat;          ///< by county, then instrument; cells with anything in them
  std::vector<MissingColumn> missing;  ///< most settled first
  std::vector<NearMiss> near_misses;   ///< most doors first
};

struct OverviewOptions {
  unsigned threads = 1;
};

/// Answer for every pair and sum up. Linear in projects × products; rules that products share are judged once
/// for each project.
[[nodiscard]] Overview overview(std::span<const Project> projects, const Catalogue& catalogue,
                                OverviewOptions options = {});

}  // namespace huoshui
