#include "syndicate/detail/search.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "syndicate/detail/best_first.hpp"
#include "syndicate/detail/floors.hpp"
#include "syndicate/detail/relaxed.hpp"

namespace huoshui::syndicate::detail {
namespace {

/// A question as search() is asked it.
struct Asked {
  const std::vector<Candidate>& candidates;
  const std::vector<std::int64_t>& groups;
  const Bounds& bounds;
  std::size_t wanted;
  std::uint64_t max_entries;
};

/// Search by tables among some candidates and groups of them only: `allowed` has the groups of each. With a
/// roof, nothing above it is looked for.
std::optional<Searched> search_among(const Asked& asked, const std::vector<std::uint32_t>& allowed,
                                     Exact interest, const std::optional<Value>& roof) {
  std::vector<Candidate> some;
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < asked.candidates.size(); ++i) {
    if (allowed[i] == 0) continue;
    some.push_back(asked.candidates[i]);
    some.back().groups = allowed[i];
    which.push_back(i);
  }
  auto out = weighed(some, asked.groups, [&](const auto& weighing) -> std::optional<Searched> {
    using Number = decltype(weighing.interest(0));
    const Grid grid(asked.groups);
    Tables<Number> tables(some, weighing, grid, asked.bounds);
    Number top = Scale<Number>::never();
    bool is_filled = false;
    if (roof && asked.groups.size() > 1) {
      top = weighing.roof(*roof);
      const Relaxed<Number> relaxed(some, weighing, asked.groups, asked.bounds, weighing.interest(interest));
      is_filled = tables.fill(asked.max_entries, Below<Number>(relaxed, grid, top));
    } else {
      is_filled = tables.fill(asked.max_entries, Everything{});
    }
    if (!is_filled) return std::nullopt;
    Searched found;
    found.entries = tables.entries();
    BestFirst<Number>(some, weighing, grid, asked.bounds, tables, top).run(asked.wanted, found);
    return found;
  });
  if (out)
    for (auto& found : out->found)
      for (auto& member : found.members) member.candidate = which[member.candidate];
  return out;
}

/// Whether the rests alone, for every place in the order of candidates, are too many to number.
bool is_too_large(std::size_t candidates, const std::vector<std::int64_t>& groups,
                  std::uint64_t max_entries) {
  std::uint64_t left = max_entries / (candidates + 1);
  for (const auto steps : groups) left /= static_cast<std::uint64_t>(steps) + 1;
  return left == 0;
}

/// The same on a grid of steps twice as large; an odd group is a step larger there.
struct Coarse {
  explicit Coarse(const Asked& asked)
      : candidates(asked.candidates), groups(asked.groups), bounds(asked.bounds) {
    for (auto& steps : groups) steps = (steps + 1) / 2;
    for (auto& one : candidates) {
      one.least = (one.least + 1) / 2;
      one.most /= 2;
      one.fee *= 2;
      one.score *= 2;
    }
    for (auto* most : {&bounds.most, &bounds.sole_most}) *most /= 2;
    for (auto* least : {&bounds.sole_least, &bounds.joint_least}) *least = (*least + 1) / 2;
  }
  std::vector<Candidate> candidates;
  std::vector<std::int64_t> groups;
  Bounds bounds;
};

/// The value of the last of the sets wanted, by the sets that are best on a coarser grid; nothing when not
/// all of them exist on this one.
std::optional<Value> roof_of(const Asked& asked, const Searched& coarse) {
  if (coarse.found.size() < asked.wanted) return std::nullopt;
  return weighed(asked.candidates, asked.groups, [&](const auto& weighing) -> std::optional<Value> {
    const Shares shares(asked.candidates, weighing, asked.groups, asked.bounds);
    std::optional<Value> roof;
    for (const auto& found : coarse.found) {
      auto members = found.members;
      for (auto& member : members) member.lead = member.agent = false;
      const auto best = shares.best(members);
      if (!best) return std::nullopt;
      if (!roof || *roof < best->first.value) roof = best->first.value;
    }
    return roof;
  });
}

/// Whether one bank could take another's place in any structure, and comes first where nothing else tells.
template <class Number>
bool stands_in_for(const Candidate& one, const Weights<Number>& mine, const Candidate& other,
                   const Weights<Number>& theirs) {
  if ((other.groups & ~one.groups) != 0 || one.least > other.least || one.most < other.most) return false;
  if (theirs.step < mine.step) return false;
  if (other.may_lead && (!one.may_lead || theirs.lead < mine.lead)) return false;
  if (other.may_be_agent && (!one.may_be_agent || theirs.agent < mine.agent)) return false;
  for (std::size_t group = 0; group < mine.interest.size(); ++group)
    if (theirs.interest[group] < mine.interest[group]) return false;
  return true;
}

/// The groups of each candidate in which it is part of a structure below the roof, as far as simpler
/// questions tell.
std::vector<std::uint32_t> needed_below(const Asked& asked, const Floors& floors, const Value& roof) {
  const auto& candidates = asked.candidates;
  std::vector<std::uint32_t> needed(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i)
    for (std::size_t group = 0; group < asked.groups.size(); ++group)
      if ((candidates[i].groups >> group & 1U) != 0 && floors.cost(i, group) <= roof.cost)
        needed[i] |= 1U << group;
  if (asked.groups.size() < 2) return needed;
  weighed(candidates, asked.groups, [&](const auto& weighing) {
    using Number = decltype(weighing.interest(0));
    const Relaxed<Number> relaxed(candidates, weighing, asked.groups, asked.bounds,
                                  weighing.interest(floors.interest()));
    const Number top = weighing.roof(roof);
    // No structure below the roof has more members than that.
    std::size_t most = 0;
    for (Number sum = relaxed.regardless_of_members(); most < candidates.size(); ++most) {
      sum = sum + weighing.of[most].member;
      if (top < sum) break;
    }
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (top < relaxed.with(i)) needed[i] = 0;
      // Of so many that could stand in for it, as many as are wanted are left out, and each makes a better
      // set.
      std::size_t before = 0;
      for (std::size_t j = 0; j < i; ++j)
        before += stands_in_for(candidates[j], weighing.of[j], candidates[i], weighing.of[i]) ? 1 : 0;
      if (before + 1 >= most + asked.wanted) needed[i] = 0;
    }
    return 0;
  });
  return needed;
}

/// All groups that candidates may join, for the first of them.
std::vector<std::uint32_t> all_of_first(const std::vector<Candidate>& candidates, std::size_t first) {
  std::vector<std::uint32_t> out(candidates.size());
  for (std::size_t i = 0; i < std::min(first, out.size()); ++i) out[i] = candidates[i].groups;
  return out;
}

/// Grids of fewer rests are searched as they are.
constexpr std::size_t kFewRests = 1'500;

std::optional<Searched> search(const Asked& asked) {
  const auto& candidates = asked.candidates;
  const Floors floors(candidates, asked.groups, asked.bounds);
  std::uint64_t entries = 0, expanded = 0;
  const auto counted = [&](std::optional<Searched> out) {
    if (!out) return out;
    out->entries = entries += out->entries;
    out->expanded = expanded += out->expanded;
    return out;
  };
  // Enough sets are soon found on a coarser grid, or among the first candidates. The last of them is a roof.
  std::optional<Value> roof;
  if (asked.groups.size() > 1 && Grid(asked.groups).size > kFewRests) {
    const Coarse twice(asked);
    const auto found =
        counted(search(Asked{twice.candidates, twice.groups, twice.bounds, asked.wanted, asked.max_entries}));
    if (found) roof = roof_of(asked, *found);
  }
  for (std::size_t first = floors.enough() + 2; !roof && first < candidates.size(); first *= 2) {
    auto out = counted(search_among(asked, all_of_first(candidates, first), floors.interest(), std::nullopt));
    if (!out) return out;
    if (out->found.size() == asked.wanted) roof = out->found.back().value;
  }
  return counted(search_among(
      asked, roof ? needed_below(asked, floors, *roof) : all_of_first(candidates, candidates.size()),
      floors.interest(), roof));
}

}  // namespace

std::optional<Searched> search(const std::vector<Candidate>& given, const std::vector<std::int64_t>& groups,
                               const Bounds& bounds, std::size_t wanted, std::uint64_t max_entries) {
  if (is_too_large(given.size(), groups, max_entries)) return std::nullopt;
  // Room that no group has use for tells no bank from another.
  auto candidates = given;
  const std::int64_t longest = *std::max_element(groups.begin(), groups.end());
  for (auto& one : candidates)
    one.most = std::min({one.most, bounds.most, longest - (bounds.group_least > 1 ? 1 : 0)});
  if (groups.size() > 1 && !is_placeable(candidates, groups, bounds)) return Searched{};
  return search(Asked{candidates, groups, bounds, wanted, max_entries});
}

std::optional<std::int64_t> fullest(const std::vector<Candidate>& candidates,
                                    const std::vector<std::int64_t>& groups, const Bounds& bounds,
                                    std::uint64_t max_entries) {
  if (is_too_large(candidates.size(), groups, max_entries)) return std::nullopt;
  return most_placed(candidates, groups, bounds);
}

}  // namespace huoshui::syndicate::detail
