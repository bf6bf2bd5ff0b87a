// What has been nominated so far, side by side in one cell of a table; and every way for a candidate to join
// a group, along one line of cells.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "syndicate/detail/search.hpp"
#include "syndicate/detail/values.hpp"

namespace huoshui::syndicate::detail {

// Two joint leads are all that is ever needed: a third would serve as well as a participant.
enum Leads : std::size_t { nobody, sole, joint_one, joint_two, kLeadStates };

// A lane is leads x agent.
constexpr std::size_t kCell = kLeadStates * 2;
template <class Number>
using Cell = std::array<Number, kCell>;

// The lanes of a part before and a part after that have a lead, or two, and an agent together.
constexpr std::array<std::array<std::size_t, 2>, 10> kTogether = {{{nobody * 2, sole * 2 + 1},
                                                                   {nobody * 2 + 1, sole * 2},
                                                                   {nobody * 2, joint_two * 2 + 1},
                                                                   {nobody * 2 + 1, joint_two * 2},
                                                                   {sole * 2, nobody * 2 + 1},
                                                                   {sole * 2 + 1, nobody * 2},
                                                                   {joint_one * 2, joint_one * 2 + 1},
                                                                   {joint_one * 2 + 1, joint_one * 2},
                                                                   {joint_two * 2, nobody * 2 + 1},
                                                                   {joint_two * 2 + 1, nobody * 2}}};

inline bool is_complete(std::size_t lane) { return lane == sole * 2 + 1 || lane == joint_two * 2 + 1; }

template <class Number>
Cell<Number> empty_cell() {
  Cell<Number> out;
  out.fill(Scale<Number>::never());
  return out;
}

template <class Number>
bool is_empty(const Number* cell) {
  return std::none_of(cell, cell + kCell, [](const Number& value) { return exists(value); });
}

/// The steps that a candidate can hold in a role.
struct Span {
  std::int64_t least = 1, most = 0;
  [[nodiscard]] bool is_none() const { return least > most; }
  [[nodiscard]] bool holds(std::int64_t steps) const { return least <= steps && steps <= most; }
};

/// How a candidate joins a group, in each role, and what it adds.
template <class Number>
struct Joining {
  Joining(const Candidate& one, const Weights<Number>& weights, const Bounds& bounds, std::int64_t room)
      : may_be_agent(one.may_be_agent),
        step(weights.step),
        member(weights.member),
        lead(weights.lead),
        agent(weights.agent) {
    const std::int64_t most = std::min({one.most, bounds.most, room});
    any = {std::max<std::int64_t>(1, one.least), most};
    if (!one.may_lead) return;
    alone = {std::max(any.least, bounds.sole_least), std::min(most, bounds.sole_most)};
    if (bounds.joint) jointly = {std::max(any.least, bounds.joint_least), most};
  }
  Span any, alone, jointly;
  bool may_be_agent;
  Number step, member, lead, agent;
};

/// Work space for lines of up to so many cells.
template <class Number>
class Joiner {
 public:
  explicit Joiner(std::size_t longest) : line(longest), to(longest), before_(longest), after_(longest) {}

  /// Let a candidate join along a line: `line` holds what `first` to `last` steps have so far, and is spent;
  /// `to`, by steps, becomes less where joining makes it so. From nothing placed on, `fresh` is added.
  void join(const Joining<Number>& how, std::int64_t first, std::int64_t last, std::int64_t length,
            const Number& fresh) {
    const auto count = static_cast<std::size_t>(last - first + 1);
    for (std::size_t at = 0; at < count; ++at) {
      const std::int64_t steps = first + static_cast<std::int64_t>(at);
      const Number linear = steps == 0 ? fresh : how.step * -steps;
      for (auto& value : line[at]) value = value + linear;
    }
    along<0, kCell>(how.any, first, last, length, [&](std::int64_t at, const Cell<Number>& seen) {
      const Number linear = how.step * at + how.member;
      for (std::size_t lane = 0; lane < kCell; ++lane)
        keep_less(to[static_cast<std::size_t>(at)][lane], seen[lane] + linear);
      if (!how.may_be_agent) return;
      for (std::size_t lane = 0; lane < kCell; lane += 2)
        keep_less(to[static_cast<std::size_t>(at)][lane + 1], seen[lane] + linear + how.agent);
    });
    const auto promote = [&](std::int64_t at, const Cell<Number>& seen, Leads from, Leads into) {
      const Number linear = how.step * at + how.member + how.lead;
      auto& cell = to[static_cast<std::size_t>(at)];
      keep_less(cell[into * 2], seen[from * 2] + linear);
      keep_less(cell[into * 2 + 1], seen[from * 2 + 1] + linear);
      if (how.may_be_agent) keep_less(cell[into * 2 + 1], seen[from * 2] + linear + how.agent);
    };
    along<nobody * 2, 2>(how.alone, first, last, length,
                         [&](std::int64_t at, const Cell<Number>& seen) { promote(at, seen, nobody, sole); });
    along<nobody * 2, 2>(how.jointly, first, last, length, [&](std::int64_t at, const Cell<Number>& seen) {
      promote(at, seen, nobody, joint_one);
    });
    along<joint_one * 2, 2>(how.jointly, first, last, length, [&](std::int64_t at, const Cell<Number>& seen) {
      promote(at, seen, joint_one, joint_two);
    });
  }

  std::vector<Cell<Number>> line, to;

 private:
  /// For every place the least of some lanes of what lies a span behind it, by blocks of the window's length
  /// (van Herk; Gil and Werman).
  template <std::size_t Begin, std::size_t Count, class Use>
  void along(Span span, std::int64_t first, std::int64_t last, std::int64_t length, const Use& use) {
    span.most = std::min(span.most, length - first);
    if (span.is_none()) return;
    const auto count = static_cast<std::size_t>(last - first + 1);
    const std::int64_t window = span.most - span.least + 1;
    const auto block = static_cast<std::size_t>(window);
    for (std::size_t start = 0; start < count; start += block) {
      const std::size_t end = std::min(count, start + block);
      for (std::size_t lane = Begin; lane < Begin + Count; ++lane) {
        before_[start][lane] = line[start][lane];
        after_[end - 1][lane] = line[end - 1][lane];
      }
      for (std::size_t at = start + 1; at < end; ++at)
        for (std::size_t lane = Begin; lane < Begin + Count; ++lane)
          before_[at][lane] = std::min(before_[at - 1][lane], line[at][lane]);
      for (std::size_t at = end - 1; at-- > start;)
        for (std::size_t lane = Begin; lane < Begin + Count; ++lane)
          after_[at][lane] = std::min(after_[at + 1][lane], line[at][lane]);
    }
    const std::int64_t last_block = (last - first) / window * window;
    for (std::int64_t at = first + span.least; at <= std::min(length, last + span.most); ++at) {
      // The window lies over at most two blocks; where an end of the line cuts it, perhaps over one.
      const std::int64_t low = std::max(first, at - span.most) - first;
      const auto high = static_cast<std::size_t>(std::min(last, at - span.least) - first);
      if (low == 0) {
        use(at, before_[high]);
      } else if (at - span.least <= last || low < last_block) {
        Cell<Number> seen;
        for (std::size_t lane = Begin; lane < Begin + Count; ++lane)
          seen[lane] = std::min(after_[static_cast<std::size_t>(low)][lane], before_[high][lane]);
        use(at, seen);
      } else {
        use(at, after_[static_cast<std::size_t>(low)]);
      }
    }
  }

  std::vector<Cell<Number>> before_, after_;
};

}  // namespace huoshui::syndicate::detail
