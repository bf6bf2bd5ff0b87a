// What can be placed at all: the steps by group that banks can bring about, as sets of bits.
//
// A rest is a place of a bit, its digits are the steps of the groups; joining a group is a shift, and a shift
// by every number of a span takes as many shifts as the span's length has binary digits.
#include <algorithm>
#include <map>
#include <utility>

#include "syndicate/detail/grid.hpp"
#include "syndicate/detail/lanes.hpp"
#include "syndicate/detail/tables.hpp"

namespace huoshui::syndicate::detail {
namespace {

using Bits = std::vector<std::uint64_t>;

bool is_none(const Bits& bits) {
  return std::all_of(bits.begin(), bits.end(), [](std::uint64_t word) { return word == 0; });
}

void add(Bits& to, const Bits& from) {
  for (std::size_t at = 0; at < to.size(); ++at) to[at] |= from[at];
}

void set_range(Bits& bits, std::size_t begin, std::size_t end) {
  while (begin < end) {
    const std::size_t count = std::min(end - begin, 64 - begin % 64);
    const std::uint64_t ones = count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    bits[begin / 64] |= ones << begin % 64;
    begin += count;
  }
}

/// Banks are told apart as far as a question needs it: while everything is to be placed, by groups that one
/// of them takes whole; else by the groups that hold more than one.
enum class Question : std::uint8_t { whole, fullest };

class Reach {
 public:
  Reach(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
        const Bounds& bounds, Question question)
      : grid_(groups), bounds_(bounds), singles_(bounds, groups.size()), question_(question) {
    kinds_ = question == Question::fullest ? std::size_t{1} << groups.size()
                                           : static_cast<std::size_t>(singles_.most) + 1;
    numbers_ = bounds.max_members > 0 ? static_cast<std::size_t>(bounds.max_members) + 1 : 1;
    sets_.assign(kinds_ * numbers_ * kCell, Bits((grid_.size + 63) / 64));
    sets_[set(0, 0, kNothing)][0] = 1;
    for (const auto& one : candidates) join(one);
  }

  [[nodiscard]] bool has_whole() const {
    const std::size_t at = grid_.size - 1;
    for (std::size_t set = 0; set < sets_.size(); ++set)
      if (is_complete(set % kCell) && (sets_[set][at / 64] >> at % 64 & 1U) != 0) return true;
    return false;
  }

  [[nodiscard]] std::int64_t most_placed() const {
    std::int64_t most = 0;
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      if (!is_complete(set % kCell)) continue;
      for (std::size_t at = 0; at < grid_.size; ++at)
        if ((sets_[set][at / 64] >> at % 64 & 1U) != 0)
          most = std::max(most, lawful(at, set / kCell / numbers_));
    }
    return most;
  }

 private:
  [[nodiscard]] std::size_t set(std::size_t kind, std::size_t number, std::size_t lane) const {
    return (kind * numbers_ + number) * kCell + lane;
  }

  /// The steps placed, none unless every group has banks enough; `more` are the groups with more than one.
  [[nodiscard]] std::int64_t lawful(std::size_t at, std::size_t more) const {
    std::int64_t sum = 0;
    std::int32_t single = 0;
    for (std::size_t group = 0; group < grid_.groups.size(); ++group) {
      const std::int64_t steps = grid_.digit(at, group);
      const std::int32_t banks = steps == 0 ? 0 : (more >> group & 1U) != 0 ? 2 : 1;
      if (banks < bounds_.group_least) return 0;
      single += banks == 1 ? 1 : 0;
      sum += steps;
    }
    return single <= bounds_.single_groups ? sum : 0;
  }

  /// The places with so many steps in a group, or more.
  const Bits& at_least(std::size_t group, std::int64_t steps) {
    auto& mask = masks_[{group, steps}];
    if (!mask.empty()) return mask;
    mask.resize((grid_.size + 63) / 64);
    const std::size_t stride = grid_.strides[group];
    const std::size_t period = stride * (static_cast<std::size_t>(grid_.groups[group]) + 1);
    for (std::size_t start = 0; start < grid_.size; start += period)
      set_range(mask, start + static_cast<std::size_t>(steps) * stride, start + period);
    return mask;
  }

  /// Add to a set what joining a group with so many steps makes of another. What runs over the end of a group
  /// comes to fewer steps in it than were added.
  void shift(Bits& to, const Bits& from, std::size_t group, std::int64_t steps) {
    const Bits& mask = at_least(group, steps);
    const std::size_t places = static_cast<std::size_t>(steps) * grid_.strides[group];
    const std::size_t words = places / 64, bits = places % 64;
    for (std::size_t at = to.size(); at-- > words;) {  // downwards, for a set may be added to itself
      std::uint64_t word = from[at - words] << bits;
      if (bits > 0 && at > words) word |= from[at - words - 1] >> (64 - bits);
      to[at] |= word & mask[at];
    }
  }

  Bits joined(const Bits& from, std::size_t group, Span span) {
    span.most = std::min(span.most, grid_.groups[group]);
    Bits out(from.size());
    if (span.is_none()) return out;
    shift(out, from, group, span.least);
    const std::int64_t count = span.most - span.least + 1;
    for (std::int64_t have = 1; have < count;) {
      const std::int64_t more = std::min(have, count - have);
      const Bits so_far = out;
      shift(out, so_far, group, more);
      have += more;
    }
    return out;
  }

  void join(const Candidate& one) {
    const std::size_t next = numbers_ > 1 ? 1 : 0;
    const std::vector<Bits> before = sets_;
    for (std::size_t kind = 0; kind < kinds_; ++kind) {
      for (std::size_t number = 0; number + next < numbers_; ++number) {
        for (std::size_t lane = 0; lane < kCell; ++lane) {
          const Bits& from = before[set(kind, number, lane)];
          if (is_none(from)) continue;
          for (std::size_t group = 0; group < grid_.groups.size(); ++group) {
            if ((one.groups >> group & 1U) == 0) continue;
            const std::int64_t length = grid_.groups[group];
            const auto join_as = [&](const Bits& some, std::int64_t least, std::int64_t most,
                                     std::size_t into) {
              join(one, some, group, least, most, lane, into, number + next);
            };
            if (question_ == Question::whole) {
              join_as(from, 1, singles_.room(length), kind);
              if (!singles_.are_counted || kind + 1 == kinds_) continue;
            }
            Bits fresh = from, held = from;
            const Bits& mask = at_least(group, 1);
            for (std::size_t at = 0; at < mask.size(); ++at) {
              fresh[at] &= ~mask[at];
              held[at] &= mask[at];
            }
            if (question_ == Question::whole) {
              join_as(fresh, length, length, kind + 1);
            } else {
              join_as(fresh, 1, length, kind);
              join_as(held, 1, length, kind | std::size_t{1} << group);
            }
          }
        }
      }
    }
  }

  /// Join from one lane with `least` to `most` steps, in every role.
  void join(const Candidate& one, const Bits& from, std::size_t group, std::int64_t least, std::int64_t most,
            std::size_t lane, std::size_t kind, std::size_t number) {
    if (is_none(from)) return;
    const Joining<std::int64_t> how(one, {}, bounds_, most);
    const auto leads = lane / 2, agent = lane % 2;
    const auto as = [&](Span span, std::size_t into) {
      span.least = std::max(span.least, least);
      if (span.is_none()) return;
      const Bits bits = joined(from, group, span);
      add(sets_[set(kind, number, into * 2 + agent)], bits);
      if (agent == 0 && one.may_be_agent) add(sets_[set(kind, number, into * 2 + 1)], bits);
    };
    as(how.any, leads);
    if (leads == nobody) as(how.alone, sole);
    if (leads == nobody || leads == joint_one) as(how.jointly, leads == nobody ? joint_one : joint_two);
  }

  Grid grid_;
  Bounds bounds_;
  Singles singles_;
  Question question_;
  std::size_t kinds_ = 1, numbers_ = 1;
  std::vector<Bits> sets_;  // by kind, number of members, lane
  std::map<std::pair<std::size_t, std::int64_t>, Bits> masks_;
};

}  // namespace

bool is_placeable(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
                  const Bounds& bounds) {
  return Reach(candidates, groups, bounds, Question::whole).has_whole();
}

std::int64_t most_placed(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
                         const Bounds& bounds) {
  return Reach(candidates, groups, bounds, Question::fullest).most_placed();
}

}  // namespace huoshui::syndicate::detail
