// Steps by group as one number, and the rests that tables have rows for.
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace huoshui::syndicate::detail {

struct Grid {
  explicit Grid(std::vector<std::int64_t> by_group) : groups(std::move(by_group)) {
    for (const auto steps : groups) {
      strides.push_back(size);
      size *= static_cast<std::size_t>(steps) + 1;
      sum += steps;
    }
  }
  std::int64_t digit(std::size_t at, std::size_t group) const {
    return static_cast<std::int64_t>(at / strides[group] % (static_cast<std::size_t>(groups[group]) + 1));
  }
  std::vector<std::int64_t> groups;
  std::vector<std::size_t> strides;
  std::size_t size = 1;
  std::int64_t sum = 0;
};

/// A line along the axis of a group: where it begins, and the span of it that has rows.
struct Line {
  std::size_t start = 0;
  std::int64_t first = 0, last = 0;
};

/// Which rests a structure worth having can leave behind its first candidates. Only they have rows.
constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();
struct Band {
  std::vector<std::uint32_t> row;        // by rest
  std::vector<std::uint32_t> rests;      // by row
  std::vector<std::uint8_t> open;        // by row: the groups with a rest
  std::vector<std::vector<Line>> lines;  // by group
};

/// Return the band of the rests for which `group_has(group, steps)` lets every group through and `keeps(rest,
/// total, steps by group)` the whole.
template <class GroupHas, class Keeps>
Band band_of(const Grid& grid, const GroupHas& group_has, const Keeps& keeps) {
  const std::size_t groups = grid.groups.size();
  Band out;
  out.row.assign(grid.size, kNoRow);
  out.lines.resize(groups);
  std::vector<std::vector<std::uint32_t>> line_of(groups, std::vector<std::uint32_t>(grid.size, kNoRow));
  std::vector<std::int64_t> digits(groups);
  std::int64_t total = 0;
  for (std::size_t rest = 0; rest < grid.size;) {
    // Skip all that shares a digit which no structure has.
    std::size_t skipped = 0;
    for (std::size_t group = groups; group-- > 0;) {
      if (group_has(group, digits[group])) continue;
      skipped = group + 1;
      break;
    }
    if (skipped == 0 && keeps(total, digits)) {
      const auto row = static_cast<std::uint32_t>(out.rests.size());
      out.row[rest] = row;
      out.rests.push_back(static_cast<std::uint32_t>(rest));
      std::uint8_t open = 0;
      for (std::size_t group = 0; group < groups; ++group) {
        open |= static_cast<std::uint8_t>((digits[group] > 0 ? 1U : 0U) << group);
        const std::size_t start = rest - static_cast<std::size_t>(digits[group]) * grid.strides[group];
        auto& line = line_of[group][start];
        if (line == kNoRow) {
          line = static_cast<std::uint32_t>(out.lines[group].size());
          out.lines[group].push_back({start, digits[group], digits[group]});
        }
        out.lines[group][line].last = digits[group];
      }
      out.open.push_back(open);
    }
    std::size_t group = skipped == 0 ? 0 : skipped - 1;  // whose digit counts on
    rest += grid.strides[group];
    for (; group < groups; ++group) {
      ++total;
      if (++digits[group] <= grid.groups[group]) break;
      total -= digits[group];
      digits[group] = 0;
    }
  }
  return out;
}

}  // namespace huoshui::syndicate::detail
