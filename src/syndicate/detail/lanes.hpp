// What has been nominated so far, side by side in one cell of a table; and every way for a candidate to join
// a group, along one line of cells.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "syndicate/detail/search.hpp"
#include "syndicate/detail/values.hpp"

namespace huoshui::syndicate::detail {

// Two joint leads are all that is ever needed: a third would serve as well as a participant.
enum Leads : std::size_t { sole, nobody, joint_one, joint_two, kLeadStates };

// A lane is leads x agent. Those that joint leads come from lie side by side.
constexpr std::size_t kCell = kLeadStates * 2;
constexpr std::size_t kNothing = nobody * 2;
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

/// A constant length is copied in place.
template <class Number>
void copy_cell(Number* to, const Number* from) {
  std::memcpy(to, from, kCell * sizeof(Number));
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

/// One candidate along one line. `line` holds what `first` to `last` steps have so far, and is spent; `to`,
/// by steps, becomes less where joining makes it so. From nothing placed on, `fresh` is added.
template <class Number>
struct LineJoin {
  const Joining<Number>& how;
  std::int64_t first, last, length;
  const Number& fresh;
  Cell<Number>*line, *to;
  Cell<Number>*before, *after;  // to work in, as long as `line`
};

// Whatever processor a function is compiled for, these become part of it.
#define HUOSHUI_INLINE [[gnu::always_inline]] inline

/// Lanes one by one.
struct Plain {
  template <std::size_t Begin, std::size_t Count, class Number>
  HUOSHUI_INLINE static void least(Cell<Number>& to, const Cell<Number>& a, const Cell<Number>& b) {
    for (std::size_t lane = Begin; lane < Begin + Count; ++lane)
      to[lane] = a[lane] < b[lane] ? a[lane] : b[lane];
  }
  /// Lower `to` to a cell and more; by an agent, where there is none yet.
  template <class Number>
  HUOSHUI_INLINE static void lower(Cell<Number>& to, const Cell<Number>& seen, const Number& more) {
    for (std::size_t lane = 0; lane < kCell; ++lane) keep_less(to[lane], seen[lane] + more);
  }
  template <class Number>
  HUOSHUI_INLINE static void lower_agent(Cell<Number>& to, const Cell<Number>& seen, const Number& more) {
    for (std::size_t lane = 0; lane < kCell; lane += 2) keep_less(to[lane + 1], seen[lane] + more);
  }
};

/// For every place the least of some lanes of what lies a span behind it, by blocks of the window's length
/// (van Herk; Gil and Werman), is handed to `use`.
template <class Lanes, std::size_t Begin, std::size_t Count, class Number, class Use>
HUOSHUI_INLINE void along(const LineJoin<Number>& join, Span span, const Use& use) {
  const std::int64_t first = join.first, last = join.last;
  span.most = std::min(span.most, join.length - first);
  if (span.is_none()) return;
  const Cell<Number>* __restrict line = join.line;
  Cell<Number>* __restrict before = join.before;
  Cell<Number>* __restrict after = join.after;
  const auto count = static_cast<std::size_t>(last - first + 1);
  const std::int64_t window = span.most - span.least + 1;
  const auto block = static_cast<std::size_t>(window);
  for (std::size_t start = 0; start < count; start += block) {
    const std::size_t end = std::min(count, start + block);
    Lanes::template least<Begin, Count>(before[start], line[start], line[start]);
    Lanes::template least<Begin, Count>(after[end - 1], line[end - 1], line[end - 1]);
    for (std::size_t at = start + 1; at < end; ++at)
      Lanes::template least<Begin, Count>(before[at], line[at], before[at - 1]);
    for (std::size_t at = end - 1; at-- > start;)
      Lanes::template least<Begin, Count>(after[at], line[at], after[at + 1]);
  }
  const std::int64_t last_block = (last - first) / window * window;
  for (std::int64_t at = first + span.least; at <= std::min(join.length, last + span.most); ++at) {
    // The window lies over at most two blocks; where an end of the line cuts it, perhaps over one.
    const std::int64_t low = std::max(first, at - span.most) - first;
    const auto high = static_cast<std::size_t>(std::min(last, at - span.least) - first);
    const bool over_low = low > 0, over_high = low == 0 || at - span.least <= last || low < last_block;
    const Cell<Number>& one = over_low ? after[static_cast<std::size_t>(low)] : before[high];
    const Cell<Number>& other = over_high ? before[high] : one;
    Cell<Number> seen;
    Lanes::template least<Begin, Count>(seen, one, other);
    use(join.to[at], at, seen);
  }
}

template <class Lanes, class Number>
HUOSHUI_INLINE void join_line(const LineJoin<Number>& join) {
  const Joining<Number>& how = join.how;
  const auto count = static_cast<std::size_t>(join.last - join.first + 1);
  for (std::size_t at = 0; at < count; ++at) {
    const std::int64_t steps = join.first + static_cast<std::int64_t>(at);
    const Number linear = steps == 0 ? join.fresh : times(how.step, -steps);
    for (auto& value : join.line[at]) value = value + linear;
  }
  const auto participate = [&how](Cell<Number> & to, std::int64_t at, const Cell<Number>& seen)
      __attribute__((always_inline)) {
    const Number linear = times(how.step, at) + how.member;
    Lanes::lower(to, seen, linear);
    if (how.may_be_agent) Lanes::lower_agent(to, seen, linear + how.agent);
  };
  const auto promote = [&how](Cell<Number> & to, std::int64_t at, const Cell<Number>& seen, Leads from,
                              Leads into) __attribute__((always_inline)) {
    const Number linear = times(how.step, at) + how.member + how.lead;
    keep_less(to[into * 2], seen[from * 2] + linear);
    keep_less(to[into * 2 + 1], seen[from * 2 + 1] + linear);
    if (how.may_be_agent) keep_less(to[into * 2 + 1], seen[from * 2] + linear + how.agent);
  };
  along<Lanes, 0, kCell>(join, how.any, participate);
  along<Lanes, nobody * 2, 2>(
      join, how.alone,
      [&](Cell<Number> & to, std::int64_t at, const Cell<Number>& seen)
          __attribute__((always_inline)) { promote(to, at, seen, nobody, sole); });
  along<Lanes, nobody * 2, 4>(
      join, how.jointly,
      [&](Cell<Number> & to, std::int64_t at, const Cell<Number>& seen) __attribute__((always_inline)) {
        promote(to, at, seen, nobody, joint_one);
        promote(to, at, seen, joint_one, joint_two);
      });
}

/// The same for packed numbers on this machine, all of which give the same; the last is the fastest.
template <class Number>
using LineJoiner = void (*)(const LineJoin<Number>&);
template <class Number>
[[nodiscard]] std::span<const LineJoiner<Number>> line_joiners();

/// Work space for lines of up to so many cells.
template <class Number>
class Joiner {
 public:
  explicit Joiner(std::size_t longest)
      : line(longest), to(longest), before_(longest), after_(longest), join_(line_joiners<Number>().back()) {}

  /// Let a candidate join along a line, see LineJoin.
  void join(const Joining<Number>& how, std::int64_t first, std::int64_t last, std::int64_t length,
            const Number& fresh) {
    const LineJoin<Number> one{how,         first,     last,           length,       fresh,
                               line.data(), to.data(), before_.data(), after_.data()};
    join_(one);
  }

  std::vector<Cell<Number>> line, to;

 private:
  std::vector<Cell<Number>> before_, after_;
  LineJoiner<Number> join_;
};

}  // namespace huoshui::syndicate::detail
