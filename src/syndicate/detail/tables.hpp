// The tables: for the candidates from i on, the least value of placing exactly a rest, by nominations.
//
// Banks of a group are counted only where it matters. Where two are wanted in every group, one leaves a step
// at least to another, and that is all. Where only so many groups may have a single bank, a bank that takes a
// whole group is counted, and any other leaves a step.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "syndicate/detail/grid.hpp"
#include "syndicate/detail/lanes.hpp"

namespace huoshui::syndicate::detail {

/// Whether a bank may take a whole group, and whether that is counted.
struct Singles {
  Singles(const Bounds& bounds, std::size_t groups)
      : are_allowed(bounds.group_least < 2 && bounds.single_groups > 0),
        most(are_allowed && bounds.single_groups < static_cast<std::int32_t>(groups) ? bounds.single_groups
                                                                                     : 0),
        are_counted(most > 0) {}
  /// The most steps of a group that a bank takes without being counted.
  [[nodiscard]] std::int64_t room(std::int64_t steps) const {
    return are_allowed && !are_counted ? steps : steps - 1;
  }
  bool are_allowed;
  std::int32_t most;
  bool are_counted;
};

/// How many members a structure has at least that leaves a rest behind its first candidates: those before
/// have brought the others about, and those after can still place it.
class Fewest {
 public:
  Fewest(const std::vector<Candidate>& candidates, const Grid& grid, const Bounds& bounds) {
    const std::size_t n = candidates.size(), groups = grid.groups.size();
    for (std::size_t i = 0; i <= n; ++i) {
      fewest_.emplace_back();
      for (std::size_t group = 0; group <= groups; ++group) {
        const std::uint32_t set = group == groups ? (1U << groups) - 1 : 1U << group;
        const std::int64_t steps = group == groups ? grid.sum : grid.groups[group];
        const auto rooms = [&](std::size_t begin, std::size_t end) {
          std::vector<std::int64_t> out;
          for (std::size_t j = begin; j < end; ++j)
            if ((candidates[j].groups & set) != 0) out.push_back(std::min(candidates[j].most, bounds.most));
          std::sort(out.begin(), out.end(), std::greater<>());
          return out;
        };
        const auto before = counts(rooms(0, i), steps, n), after = counts(rooms(i, n), steps, n);
        fewest_.back().push_back(after);
        for (std::size_t rest = 0; rest < after.size(); ++rest)
          fewest_.back().back()[rest] += before[before.size() - 1 - rest];
      }
    }
  }

  /// In a group, or in all groups together: the one after the last.
  [[nodiscard]] std::size_t operator()(std::size_t i, std::size_t group, std::int64_t rest) const {
    return fewest_[i][group][static_cast<std::size_t>(rest)];
  }

 private:
  /// By steps, how many of the greatest rooms hold them; more than there are where none do.
  static std::vector<std::size_t> counts(const std::vector<std::int64_t>& rooms, std::int64_t steps,
                                         std::size_t candidates) {
    std::vector<std::size_t> out;
    std::size_t count = 0;
    std::int64_t room = 0;
    for (std::int64_t held = 0; held <= steps; ++held) {
      while (room < held && count < rooms.size()) room += rooms[count++];
      out.push_back(room < held ? candidates + 1 : count);
    }
    return out;
  }

  std::vector<std::vector<std::vector<std::size_t>>> fewest_;  // by candidate, group, rest
};

/// Every rest is worth having.
struct Everything {
  [[nodiscard]] bool turn(std::size_t, const std::vector<std::int64_t>&) const { return true; }
  [[nodiscard]] bool keeps(std::int64_t, std::int64_t) const { return true; }
  template <class Number>
  [[nodiscard]] bool trim(std::size_t, std::uint32_t, const Number* values, std::size_t count) const {
    return std::any_of(values, values + count, [](const Number& value) { return exists(value); });
  }
};

template <class Number>
class Tables {
 public:
  Tables(const std::vector<Candidate>& candidates, const Weighing<Number>& weighing, const Grid& grid,
         const Bounds& bounds)
      : candidates_(candidates),
        weighing_(weighing),
        grid_(grid),
        bounds_(bounds),
        singles_(bounds, grid.groups.size()),
        numbers_(bounds.max_members > 0 ? static_cast<std::size_t>(bounds.max_members) + 1 : 1) {}

  /// Lay out and fill the tables; false when they would have more entries than that. `worth` says which rests
  /// a structure worth having leaves behind its first candidates, see Below.
  template <class Worth>
  bool fill(std::uint64_t max_entries, Worth worth) {
    const std::size_t n = candidates_.size(), groups = grid_.groups.size();
    const Fewest fewest(candidates_, grid_, bounds_);
    const std::size_t most = bounds_.max_members > 0 ? numbers_ - 1 : n;
    for (std::size_t i = 0; i <= n; ++i) {
      std::size_t others = 0;
      bands_.push_back(band_of(
          grid_,
          [&](const std::vector<std::int64_t>& rests) {
            others = 0;
            for (std::size_t group = 1; group < groups; ++group) others += fewest(i, group, rests[group]);
            return others <= most && worth.turn(i, rests);
          },
          [&](std::int64_t rest, std::int64_t total) {
            return others + fewest(i, 0, rest) <= most && fewest(i, groups, total) <= most &&
                   worth.keeps(rest, total);
          }));
      entries_ += bands_.back().rests.size() * parts();
      if (entries_ > max_entries) return false;
    }
    tables_.assign(n + 1, {});
    tables_.back().assign(bands_.back().rests.size() * parts(), Scale<Number>::never());
    if (!bands_.back().rests.empty()) tables_.back()[kNothing] = Number{};
    Joiner<Number> joiner(longest() + 1);
    Lines lines(grid_);
    for (std::size_t i = n; i-- > 0;) {
      fill(i, lines, joiner);
      keep(i, [&](std::uint32_t rest, Number* values) { return worth.trim(i, rest, values, parts()); });
    }
    return true;
  }

  [[nodiscard]] const Band& band(std::size_t i) const { return bands_[i]; }
  [[nodiscard]] std::size_t parts() const {
    return (static_cast<std::size_t>(singles_.most) + 1) * numbers_ * kCell;
  }
  [[nodiscard]] std::size_t part(std::size_t single, std::size_t number) const {
    return (single * numbers_ + number) * kCell;
  }
  [[nodiscard]] const Number* at(std::size_t i, std::size_t row) const {
    return tables_[i].data() + row * parts();
  }
  [[nodiscard]] const Singles& singles() const { return singles_; }
  [[nodiscard]] std::size_t numbers() const { return numbers_; }
  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  [[nodiscard]] std::size_t longest() const {
    return grid_.groups.empty()
               ? 0
               : static_cast<std::size_t>(*std::max_element(grid_.groups.begin(), grid_.groups.end()));
  }

 private:
  /// Keep the rows of a table that hold anything worth having, and drop the others.
  template <class Trim>
  void keep(std::size_t i, const Trim& trim) {
    Band& band = bands_[i];
    std::vector<std::uint32_t> kept;
    for (std::uint32_t row = 0; row < band.rests.size(); ++row) {
      if (trim(band.rests[row], work_.data() + row * parts())) {
        kept.push_back(row);
      } else {
        band.row[band.rests[row]] = kNoRow;
      }
    }
    auto& table = tables_[i];
    table.reserve(kept.size() * parts());
    for (std::uint32_t at = 0; at < kept.size(); ++at) {
      const std::uint32_t row = kept[at];
      table.insert(table.end(), work_.data() + row * parts(), work_.data() + (row + 1) * parts());
      band.rests[at] = band.rests[row];
      band.open[at] = band.open[row];
      band.row[band.rests[at]] = at;
    }
    band.rests.resize(kept.size());
    band.open.resize(kept.size());
  }

  void fill(std::size_t i, Lines& lines, Joiner<Number>& joiner) {
    const Band& from_band = bands_[i + 1];
    const Band& band = bands_[i];
    const std::vector<Number>& after = tables_[i + 1];
    std::vector<Number>& table = work_;
    if (table.size() < band.rests.size() * parts()) table.resize(band.rests.size() * parts());
    for (std::size_t row = 0; row < band.rests.size(); ++row) {  // out
      const std::uint32_t from = from_band.row[band.rests[row]];
      if (from == kNoRow) {
        std::fill_n(table.data() + row * parts(), parts(), Scale<Number>::never());
        continue;
      }
      for (std::size_t part = 0; part < parts(); part += kCell)
        copy_cell(table.data() + row * parts() + part, after.data() + from * parts() + part);
    }
    for (std::size_t group = 0; group < grid_.groups.size(); ++group) {
      if ((candidates_[i].groups >> group & 1U) == 0) continue;
      const std::int64_t length = grid_.groups[group];
      const Number& interest = weighing_.of[i].interest[group];
      const Joining<Number> how(candidates_[i], weighing_.of[i], bounds_, singles_.room(length));
      const Joining<Number> whole(candidates_[i], weighing_.of[i], bounds_, length);
      const std::size_t next = numbers_ > 1 ? 1 : 0;
      for (const Line& line : lines.along(group, from_band.rests)) {
        for (std::size_t single = 0; single <= static_cast<std::size_t>(singles_.most); ++single) {
          for (std::size_t number = 0; number + next < numbers_; ++number) {
            const Number* from = after.data() + part(single, number);
            join(line, group, from, table.data() + part(single, number + next), from_band, band, how,
                 interest, joiner);
            if (singles_.are_counted && single < static_cast<std::size_t>(singles_.most) && line.first == 0)
              take(line, group, from, table.data() + part(single + 1, number + next), from_band, band, whole,
                   interest);
          }
        }
      }
    }
  }

  void join(const Line& line, std::size_t group, const Number* after, Number* table, const Band& from_band,
            const Band& band, const Joining<Number>& how, const Number& interest,
            Joiner<Number>& joiner) const {
    const std::size_t stride = grid_.strides[group];
    const std::int64_t length = grid_.groups[group];
    const std::int64_t lowest = line.first + how.any.least;
    const std::int64_t highest = std::min(length, line.last + how.any.most);
    if (how.any.is_none() || lowest > highest) return;
    const std::uint32_t* rows = from_band.row.data() + line.start;
    for (std::int64_t steps = line.first; steps <= line.last; ++steps) {
      auto& cell = joiner.line[static_cast<std::size_t>(steps - line.first)];
      const auto from = rows[static_cast<std::size_t>(steps) * stride];
      if (from == kNoRow) {
        cell = empty_cell<Number>();
      } else {
        copy_cell(cell.data(), after + from * parts());
      }
    }
    rows = band.row.data() + line.start;
    bool is_any = false;
    for (std::int64_t steps = lowest; steps <= highest; ++steps) {
      const auto to = rows[static_cast<std::size_t>(steps) * stride];
      if (to == kNoRow) continue;
      is_any = true;
      copy_cell(joiner.to[static_cast<std::size_t>(steps)].data(), table + to * parts());
    }
    if (!is_any) return;
    joiner.join(how, line.first, line.last, length, interest);
    for (std::int64_t steps = lowest; steps <= highest; ++steps) {
      const auto to = rows[static_cast<std::size_t>(steps) * stride];
      if (to != kNoRow) copy_cell(table + to * parts(), joiner.to[static_cast<std::size_t>(steps)].data());
    }
  }

  /// Take a whole group.
  void take(const Line& line, std::size_t group, const Number* after, Number* table, const Band& from_band,
            const Band& band, const Joining<Number>& how, const Number& interest) const {
    const std::int64_t length = grid_.groups[group];
    const auto to = band.row[line.start + static_cast<std::size_t>(length) * grid_.strides[group]];
    if (to == kNoRow || !how.any.holds(length)) return;
    const Number* seen = after + from_band.row[line.start] * parts();
    Number* cell = table + to * parts();
    const Number fixed = times(how.step, length) + how.member + interest;
    const auto nominate = [&](Leads from, Leads into, const Number& more) {
      for (std::size_t agent = 0; agent < 2; ++agent)
        keep_less(cell[into * 2 + agent], seen[from * 2 + agent] + more);
      if (how.may_be_agent) keep_less(cell[into * 2 + 1], seen[from * 2] + more + how.agent);
    };
    for (const Leads leads : {nobody, sole, joint_one, joint_two}) nominate(leads, leads, fixed);
    if (how.alone.holds(length)) nominate(nobody, sole, fixed + how.lead);
    if (!how.jointly.holds(length)) return;
    nominate(nobody, joint_one, fixed + how.lead);
    nominate(joint_one, joint_two, fixed + how.lead);
  }

  const std::vector<Candidate>& candidates_;
  const Weighing<Number>& weighing_;
  const Grid& grid_;
  const Bounds& bounds_;
  Singles singles_;
  std::size_t numbers_;
  std::vector<Band> bands_;  // of the candidates from i on, and for prefixes of i
  std::vector<std::vector<Number>> tables_;
  std::vector<Number> work_;  // the table that is being filled
  std::uint64_t entries_ = 0;
};

}  // namespace huoshui::syndicate::detail
