// Steps by group as one number, and the rests that tables have rows for.
#pragma once

#include <algorithm>
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
    for (std::size_t group = 0; group < groups.size(); ++group) {
      digits_.emplace_back(size);
      for (std::size_t at = 0; at < size; ++at)
        digits_.back()[at] =
            static_cast<std::uint32_t>(at / strides[group] % (static_cast<std::size_t>(groups[group]) + 1));
    }
  }
  [[nodiscard]] std::uint32_t digit(std::size_t at, std::size_t group) const { return digits_[group][at]; }
  std::vector<std::int64_t> groups;
  std::vector<std::size_t> strides;
  std::size_t size = 1;
  std::int64_t sum = 0;

 private:
  std::vector<std::vector<std::uint32_t>> digits_;  // by group, rest: dividing is slow
};

/// Which rests a structure worth having can leave behind its first candidates. Only they have rows.
constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();
struct Band {
  std::vector<std::uint32_t> row;    // by rest
  std::vector<std::uint32_t> rests;  // by row
  std::vector<std::uint8_t> open;    // by row: the groups with a rest
};

/// Return the band of the rests that `keeps(steps of the first group, total)` lets through, where `turn(steps
/// by group)` does so for the other groups.
template <class Turn, class Keeps>
Band band_of(const Grid& grid, const Turn& turn, const Keeps& keeps) {
  const std::size_t groups = grid.groups.size();
  Band out;
  out.row.assign(grid.size, kNoRow);
  const auto first_count = static_cast<std::size_t>(grid.groups[0]) + 1;
  std::vector<std::int64_t> digits(groups);
  std::int64_t total = 0;  // of the other groups
  for (std::size_t rest = 0; rest < grid.size; rest += first_count) {
    std::uint8_t open = 0;
    for (std::size_t group = 1; group < groups; ++group)
      open |= static_cast<std::uint8_t>((digits[group] > 0 ? 1U : 0U) << group);
    if (turn(digits)) {
      for (std::int64_t steps = 0; steps <= grid.groups[0]; ++steps) {
        if (!keeps(steps, total + steps)) continue;
        out.row[rest + static_cast<std::size_t>(steps)] = static_cast<std::uint32_t>(out.rests.size());
        out.rests.push_back(static_cast<std::uint32_t>(rest + static_cast<std::size_t>(steps)));
        out.open.push_back(static_cast<std::uint8_t>(open | (steps > 0 ? 1U : 0U)));
      }
    }
    for (std::size_t group = 1; group < groups; ++group) {
      ++total;
      if (++digits[group] <= grid.groups[group]) break;
      total -= digits[group];
      digits[group] = 0;
    }
  }
  return out;
}

/// A line along the axis of a group: where it begins, and the span of it that holds anything.
struct Line {
  std::size_t start = 0;
  std::int64_t first = 0, last = 0;
};

/// Gathers rests into lines.
class Lines {
 public:
  explicit Lines(const Grid& grid) : grid_(grid), line_of_(grid.size) {}

  /// Return the lines of a group that `rests` lie on.
  template <class Rests>
  const std::vector<Line>& along(std::size_t group, const Rests& rests) {
    lines_.clear();
    for (const auto rest : rests) {
      const std::uint32_t digit = grid_.digit(rest, group);
      auto& number = line_of_[rest - digit * grid_.strides[group]];
      if (number == 0) {
        lines_.push_back({rest - digit * grid_.strides[group], digit, digit});
        number = static_cast<std::uint32_t>(lines_.size());
      }
      auto& line = lines_[number - 1];
      line.first = std::min<std::int64_t>(line.first, digit);
      line.last = std::max<std::int64_t>(line.last, digit);
    }
    for (const Line& line : lines_) line_of_[line.start] = 0;
    return lines_;
  }

 private:
  const Grid& grid_;
  std::vector<std::uint32_t> line_of_;  // by start, one more than its number; 0 between two uses
  std::vector<Line> lines_;
};

}  // namespace huoshui::syndicate::detail
