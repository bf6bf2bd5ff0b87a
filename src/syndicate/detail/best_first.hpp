// Best first over prefixes: the first candidates are decided, their shares and roles are not. Tables bound
// every prefix exactly, so nothing is expanded but prefixes of the answers and of their equals.
#pragma once

#include <cstdint>
#include <huoshui/core/assert.hpp>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

#include "syndicate/detail/shares.hpp"
#include "syndicate/detail/tables.hpp"

namespace huoshui::syndicate::detail {

template <class Number>
class BestFirst {
 public:
  /// No structure above the roof is looked for.
  BestFirst(const std::vector<Candidate>& candidates, const Weighing<Number>& weighing, const Grid& grid,
            const Bounds& bounds, const Tables<Number>& tables, const Number& roof)
      : candidates_(candidates),
        weighing_(weighing),
        grid_(grid),
        bounds_(bounds),
        tables_(tables),
        roof_(roof),
        joiner_(tables.longest() + 1) {
    std::size_t rows = 0;
    for (std::size_t i = 0; i <= candidates.size(); ++i) rows = std::max(rows, tables.band(i).rests.size());
    from_.assign(rows, empty_cell<Number>());
    to_.assign(rows, empty_cell<Number>());
    is_reached_.assign(rows, 0);
    is_begun_.assign(grid.size, 0);
  }

  void run(std::size_t wanted, Searched& out) {
    const Band& band = tables_.band(0);
    if (band.rests.empty() || band.row[grid_.size - 1] == kNoRow) return;
    auto root = std::make_shared<Prefix>();
    root->rows.push_back(band.row[grid_.size - 1]);
    root->cells.push_back(empty_cell<Number>());
    root->cells[0][kNothing] = Number{};
    root->interest.assign(grid_.groups.size(), Number{});
    root->banks.assign(grid_.groups.size(), 0);
    std::priority_queue<Node, std::vector<Node>, Later> queue;
    const Number least = bound(*root, 0);
    if (exists(least)) queue.push({least, {}, root, true});
    while (!queue.empty() && out.found.size() < wanted) {
      Node node = queue.top();
      queue.pop();
      const std::size_t i = node.decisions.size();
      auto prefix = node.before;
      if (i > 0) {
        // The last decision is taken only now: most children are never looked at, for until then their
        // bound is their parent's.
        const auto taken = std::make_shared<Prefix>(with(*node.before, i - 1, node.decisions.back()));
        const Number exact = bound(*taken, i);
        if (!node.is_exact && node.bound < exact) {
          if (!exists(exact) || roof_ < exact) continue;
          node.bound = exact;
          node.is_exact = true;
          queue.push(std::move(node));
          continue;
        }
        prefix = taken;
      }
      if (i == candidates_.size()) {
        out.found.push_back(paper(node));
        continue;
      }
      ++out.expanded;
      for (std::size_t choice = 0; choice <= grid_.groups.size(); ++choice) {
        if (choice < grid_.groups.size() && (candidates_[i].groups >> choice & 1U) == 0) continue;
        auto decisions = node.decisions;
        decisions.push_back(static_cast<std::uint8_t>(choice));
        queue.push({node.bound, std::move(decisions), prefix, false});
      }
    }
  }

 private:
  struct Prefix {
    std::vector<std::uint32_t> rows;  // of the band, those that anything can stand in
    std::vector<Cell<Number>> cells;  // by them
    std::vector<std::uint8_t> banks;  // by group, up to two counted
    std::size_t number = 0;
    std::vector<Number> interest;  // of each group at its last member so far
  };

  struct Node {
    Number bound;
    std::vector<std::uint8_t> decisions;   // the group, or the number of groups for out
    std::shared_ptr<const Prefix> before;  // without the last decision
    bool is_exact;
  };
  struct Later {
    bool operator()(const Node& a, const Node& b) const {
      if (b.bound < a.bound) return true;
      if (a.bound < b.bound) return false;
      return b.decisions < a.decisions;
    }
  };

  Prefix with(const Prefix& before, std::size_t i, std::size_t group) {
    const Band& from_band = tables_.band(i);
    const Band& band = tables_.band(i + 1);
    Prefix out;
    out.banks = before.banks;
    out.number = before.number;
    out.interest = before.interest;
    if (group == grid_.groups.size()) {
      for (std::size_t at = 0; at < before.rows.size(); ++at) {
        const auto row = band.row[from_band.rests[before.rows[at]]];
        if (row == kNoRow) continue;
        out.rows.push_back(row);
        out.cells.push_back(before.cells[at]);
      }
      return out;
    }
    join(before, i, group, out);
    out.banks[group] = std::min<std::uint8_t>(2, out.banks[group] + 1);
    out.number = before.number + 1;
    out.interest[group] = weighing_.of[i].interest[group];
    return out;
  }

  void join(const Prefix& before, std::size_t i, std::size_t group, Prefix& out) {
    const Band& from_band = tables_.band(i);
    const Band& band = tables_.band(i + 1);
    const std::size_t stride = grid_.strides[group];
    const std::int64_t length = grid_.groups[group];
    // A bank that finds nobody in the group may take the whole of it, where that is allowed at all.
    const Joining<Number> how(candidates_[i], weighing_.of[i], bounds_,
                              tables_.singles().are_allowed ? length : length - 1);
    if (how.any.is_none()) return;
    std::vector<Line> lines;
    std::vector<std::uint32_t>& begun = is_begun_;
    for (std::size_t at = 0; at < before.rows.size(); ++at) {
      from_[before.rows[at]] = before.cells[at];
      const std::size_t rest = from_band.rests[before.rows[at]];
      const std::int64_t left = grid_.digit(rest, group);
      const std::size_t start = rest - static_cast<std::size_t>(left) * stride;
      if (begun[start] == 0) {
        lines.push_back({start, left, left});
        begun[start] = static_cast<std::uint32_t>(lines.size());
      }
      auto& line = lines[begun[start] - 1];
      line.first = std::min(line.first, left);
      line.last = std::max(line.last, left);
    }
    std::vector<std::uint32_t> reached;
    for (const Line& line : lines) {
      begun[line.start] = 0;
      // Steps placed are the length less the rest.
      const auto row = [&](const Band& of, std::int64_t placed) {
        return of.row[line.start + static_cast<std::size_t>(length - placed) * stride];
      };
      const std::int64_t first = length - line.last, last = length - line.first;
      const std::int64_t lowest = first + how.any.least, highest = std::min(length, last + how.any.most);
      if (lowest > highest) continue;
      for (std::int64_t placed = first; placed <= last; ++placed) {
        const auto from = row(from_band, placed);
        joiner_.line[static_cast<std::size_t>(placed - first)] =
            from == kNoRow ? empty_cell<Number>() : from_[from];
      }
      for (std::int64_t placed = lowest; placed <= highest; ++placed)
        joiner_.to[static_cast<std::size_t>(placed)] = empty_cell<Number>();
      joiner_.join(how, first, last, length, Number{});
      for (std::int64_t placed = lowest; placed <= highest; ++placed) {
        const auto to = row(band, placed);
        if (to == kNoRow) continue;
        if (is_reached_[to] == 0) {
          is_reached_[to] = 1;
          reached.push_back(to);
        }
        const auto& joined = joiner_.to[static_cast<std::size_t>(placed)];
        for (std::size_t lane = 0; lane < kCell; ++lane) keep_less(to_[to][lane], joined[lane]);
      }
    }
    for (const auto row : before.rows) from_[row] = empty_cell<Number>();
    for (const auto row : reached) {
      if (!is_empty(to_[row].data())) {
        out.rows.push_back(row);
        out.cells.push_back(to_[row]);
      }
      to_[row] = empty_cell<Number>();
      is_reached_[row] = 0;
    }
  }

  /// The least value of any structure that begins with this prefix: exact, so it is attained. Drops of the
  /// prefix what only structures above the roof begin with.
  Number bound(Prefix& prefix, std::size_t i) const {
    const Band& band = tables_.band(i);
    const std::size_t groups = grid_.groups.size();
    // By the groups that are still open: parts, and the interest of groups that nobody joins any more.
    std::vector<std::vector<std::size_t>> parts(std::size_t{1} << groups);
    std::vector<Number> interest(parts.size());
    for (std::size_t open = 0; open < parts.size(); ++open) {
      std::int32_t single = 0;
      for (std::size_t group = 0; group < groups; ++group) {
        if ((open >> group & 1U) != 0) continue;
        interest[open] = interest[open] + prefix.interest[group];
        single += prefix.banks[group] == 1 ? 1 : 0;
      }
      const std::int32_t most = tables_.singles().most - (tables_.singles().are_counted ? single : 0);
      for (std::int32_t more = 0; more <= most; ++more)
        for (std::size_t number = 0; number < tables_.numbers(); ++number)
          if (tables_.numbers() == 1 || prefix.number + number < tables_.numbers())
            parts[open].push_back(tables_.part(static_cast<std::size_t>(more), number));
    }
    Number least = Scale<Number>::never();
    std::size_t kept = 0;
    for (std::size_t at = 0; at < prefix.rows.size(); ++at) {
      const auto row = prefix.rows[at];
      auto cell = prefix.cells[at];
      auto best = empty_cell<Number>();
      const std::uint8_t open = band.open[row];
      for (const auto part : parts[open]) {
        const Number* rest = tables_.at(i, row) + part;
        for (const auto& [mine, other] : kTogether) keep_less(best[mine], cell[mine] + rest[other]);
      }
      bool is_any = false;
      for (std::size_t lane = 0; lane < kCell; ++lane) {
        const Number value = best[lane] + interest[open];
        if (!exists(value) || roof_ < value) {
          cell[lane] = Scale<Number>::never();
          continue;
        }
        is_any = true;
        keep_less(least, value);
      }
      if (!is_any) continue;
      prefix.rows[kept] = row;
      prefix.cells[kept++] = cell;
    }
    prefix.rows.resize(kept);
    prefix.cells.resize(kept);
    return least;
  }

  Found paper(const Node& node) const {
    Members members;
    for (std::size_t i = 0; i < node.decisions.size(); ++i)
      if (node.decisions[i] < grid_.groups.size()) members.push_back({i, node.decisions[i], 0, false, false});
    auto found = Shares<Number>(candidates_, weighing_, grid_.groups, bounds_).best(members);
    HUOSHUI_ASSERT(found && found->second == node.bound);
    return std::move(found->first);
  }

  const std::vector<Candidate>& candidates_;
  const Weighing<Number>& weighing_;
  const Grid& grid_;
  const Bounds& bounds_;
  const Tables<Number>& tables_;
  Number roof_;
  Joiner<Number> joiner_;
  std::vector<Cell<Number>> from_, to_;  // by row, empty between two uses
  std::vector<char> is_reached_;         // by row, likewise
  std::vector<std::uint32_t> is_begun_;  // by rest: the line that begins there, likewise
};

}  // namespace huoshui::syndicate::detail
