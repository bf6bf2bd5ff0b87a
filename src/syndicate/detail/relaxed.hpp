// Bounds from simpler questions: all groups as one, and each group for itself. No structure costs less.
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

#include "syndicate/detail/grid.hpp"
#include "syndicate/detail/lanes.hpp"

namespace huoshui::syndicate::detail {

template <class Number>
class Relaxed {
 public:
  /// `interest`: of all groups together at least.
  Relaxed(const std::vector<Candidate>& candidates, const Weighing<Number>& weighing,
          const std::vector<std::int64_t>& groups, const Bounds& bounds, const Number& interest)
      : candidates_(candidates), weighing_(weighing), groups_(groups), bounds_(bounds), interest_(interest) {
    together();
    for (std::size_t group = 0; group < groups_.size(); ++group) apart(group);
    nominate();
  }

  /// Of structures that leave so many steps in all behind their first i candidates.
  [[nodiscard]] const Number& together(std::size_t i, std::int64_t rest) const {
    return together_[i][static_cast<std::size_t>(rest)];
  }
  /// What a group costs for itself that leaves so many steps, and what roles cost at least.
  [[nodiscard]] const Number& apart(std::size_t i, std::size_t group, std::int64_t rest) const {
    return apart_[i][group][static_cast<std::size_t>(rest)];
  }
  [[nodiscard]] const Number& nominations() const { return nominations_; }
  /// What the first i candidates cost that leave so many steps in all.
  [[nodiscard]] const Number& before(std::size_t i, std::int64_t rest) const {
    return before_[i][static_cast<std::size_t>(rest)];
  }
  /// And in one group, for itself.
  [[nodiscard]] const Number& before_apart(std::size_t i, std::size_t group, std::int64_t rest) const {
    return before_apart_[i][group][static_cast<std::size_t>(rest)];
  }
  /// Of structures with a candidate in them.
  [[nodiscard]] const Number& with(std::size_t i) const { return with_[i]; }
  /// Of structures with no regard to how many members they have.
  [[nodiscard]] const Number& regardless_of_members() const { return regardless_of_members_; }

 private:
  using Cells = std::vector<Cell<Number>>;

  Cells nothing_placed(std::int64_t steps) const {
    Cells out(static_cast<std::size_t>(steps) + 1, empty_cell<Number>());
    out[0][kNothing] = Number{};
    return out;
  }

  /// Add a way to join to what there is; return the joined cells alone.
  Cells joined(Joiner<Number>& joiner, const Cells& from, const Joining<Number>& how,
               const Number& fresh) const {
    std::copy(from.begin(), from.end(), joiner.line.begin());
    std::fill(joiner.to.begin(), joiner.to.end(), empty_cell<Number>());
    const auto length = static_cast<std::int64_t>(from.size()) - 1;
    joiner.join(how, 0, length, length, fresh);
    Cells out(joiner.to.begin(), joiner.to.begin() + static_cast<std::ptrdiff_t>(from.size()));
    for (auto& cell : out)
      for (auto& value : cell) keep_less(value, Scale<Number>::never());
    return out;
  }

  static void merge(Cells& kept, const Cells& other) {
    for (std::size_t at = 0; at < kept.size(); ++at)
      for (std::size_t lane = 0; lane < kCell; ++lane) keep_less(kept[at][lane], other[at][lane]);
  }

  static Number least_together(const Cell<Number>& before, const Cell<Number>& after) {
    Number least = Scale<Number>::never();
    for (const auto& [mine, rest] : kTogether) keep_less(least, before[mine] + after[rest]);
    return least;
  }

  void together() {
    const std::size_t n = candidates_.size();
    const std::int64_t sum = std::accumulate(groups_.begin(), groups_.end(), std::int64_t{0});
    Joiner<Number> joiner(static_cast<std::size_t>(sum) + 1);
    const auto joining = [&](std::size_t i) {
      return Joining<Number>(candidates_[i], weighing_.of[i], bounds_, sum);
    };
    std::vector<Cells> after(n + 1), with(n);
    after[n] = nothing_placed(sum);
    Cells regardless = after[n];
    for (std::size_t i = n; i-- > 0;) {
      with[i] = joined(joiner, after[i + 1], joining(i), Number{});
      after[i] = after[i + 1];
      merge(after[i], with[i]);
      auto how = joining(i);
      how.member = Number{};
      merge(regardless, joined(joiner, regardless, how, Number{}));
    }
    regardless_of_members_ = least_together(nothing_placed(0)[0], regardless.back()) + interest_;
    Cells before = nothing_placed(sum);
    for (std::size_t i = 0; i <= n; ++i) {
      std::vector<Number> bound, placed_alone;
      Number with_it = Scale<Number>::never();
      for (std::size_t rest = 0; rest < before.size(); ++rest) {
        const auto& placed = before[before.size() - 1 - rest];
        bound.push_back(least_together(placed, after[i][rest]) + interest_);
        placed_alone.push_back(*std::min_element(placed.begin(), placed.end()));
        if (i < n) keep_less(with_it, least_together(placed, with[i][rest]) + interest_);
      }
      together_.push_back(std::move(bound));
      before_.push_back(std::move(placed_alone));
      if (i == n) break;
      with_.push_back(with_it);
      merge(before, joined(joiner, before, joining(i), Number{}));
    }
  }

  /// Roles alone: one lead that can hold enough, or two, and an agent.
  void nominate() {
    Number one = Scale<Number>::never(), agent = one;
    std::array<Number, 2> two = {one, one};
    const std::int64_t longest = *std::max_element(groups_.begin(), groups_.end());
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const Joining<Number> how(candidates_[i], weighing_.of[i], bounds_, longest);
      if (!how.alone.is_none()) keep_less(one, how.lead);
      if (!how.jointly.is_none() && how.lead < two[1]) {
        two[1] = std::max(two[0], how.lead);
        keep_less(two[0], how.lead);
      }
      if (how.may_be_agent) keep_less(agent, how.agent);
    }
    keep_less(one, two[0] + two[1]);
    nominations_ = one + agent;
    keep_less(nominations_, Scale<Number>::never());
  }

  /// A group for itself: anybody may lead it, so one lane is enough. It pays the interest of its last member.
  void apart(std::size_t group) {
    const std::size_t n = candidates_.size();
    const std::int64_t steps = groups_[group];
    const auto length = static_cast<std::size_t>(steps);
    Joiner<Number> joiner(length + 1);
    const auto join = [&](std::size_t i, const Cells& from, const Number& fresh) {
      Candidate one = candidates_[i];
      one.may_lead = one.may_be_agent = false;
      return joined(joiner, from, Joining<Number>(one, weighing_.of[i], bounds_, steps), fresh);
    };
    std::vector<Cells> after(n + 1);
    after[n] = nothing_placed(steps);
    for (std::size_t i = n; i-- > 0;) {
      after[i] = after[i + 1];
      if ((candidates_[i].groups >> group & 1U) != 0)
        merge(after[i], join(i, after[i + 1], weighing_.of[i].interest[group]));
    }
    apart_.resize(n + 1);
    before_apart_.resize(n + 1);
    Cells before = nothing_placed(steps);
    Number full = Scale<Number>::never();
    const auto bounded = [](Number value) { return std::min(value, Scale<Number>::never()); };
    for (std::size_t i = 0; i <= n; ++i) {
      std::vector<Number> bound = {full}, placed = {full};
      for (std::size_t rest = 1; rest <= length; ++rest) {
        bound.push_back(bounded(before[length - rest][kNothing] + after[i][rest][kNothing]));
        placed.push_back(before[length - rest][kNothing]);
      }
      apart_[i].push_back(std::move(bound));
      before_apart_[i].push_back(std::move(placed));
      if (i == n) break;
      if ((candidates_[i].groups >> group & 1U) == 0) continue;
      const auto more = join(i, before, Number{});
      keep_less(full, more[length][kNothing] + weighing_.of[i].interest[group]);
      merge(before, more);
    }
  }

  const std::vector<Candidate>& candidates_;
  const Weighing<Number>& weighing_;
  const std::vector<std::int64_t>& groups_;
  const Bounds& bounds_;
  Number interest_, nominations_{}, regardless_of_members_{};
  std::vector<std::vector<Number>> before_;
  std::vector<std::vector<Number>> together_;  // by candidate, rest
  std::vector<std::vector<std::vector<Number>>> before_apart_;
  std::vector<std::vector<std::vector<Number>>> apart_;  // by candidate, group, rest
  std::vector<Number> with_;
};

/// Which rests structures below a roof can leave, as far as the simpler questions tell.
template <class Number>
class Below {
 public:
  Below(const Relaxed<Number>& relaxed, const Grid& grid, const Number& roof)
      : relaxed_(relaxed), grid_(grid), roof_(roof) {}

  [[nodiscard]] bool turn(std::size_t i, const std::vector<std::int64_t>& rests) {
    i_ = i;
    others_ = relaxed_.nominations();
    for (std::size_t group = 1; group < rests.size(); ++group)
      others_ = others_ + relaxed_.apart(i, group, rests[group]);
    return !(roof_ < others_);
  }
  [[nodiscard]] bool keeps(std::int64_t steps, std::int64_t total) const {
    return !(roof_ < others_ + relaxed_.apart(i_, 0, steps)) && !(roof_ < relaxed_.together(i_, total));
  }
  /// Drop what lies above the roof with the least that the candidates before can cost; return whether
  /// anything is left.
  [[nodiscard]] bool trim(std::size_t i, std::uint32_t rest, Number* values, std::size_t count) const {
    std::int64_t total = 0;
    Number before{};
    for (std::size_t group = 0; group < grid_.groups.size(); ++group) {
      const std::int64_t steps = grid_.digit(rest, group);
      total += steps;
      before = before + relaxed_.before_apart(i, group, steps);
    }
    const Number& together = relaxed_.before(i, total);
    if (before < together) before = together;
    bool is_any = false;
    for (std::size_t at = 0; at < count; ++at) {
      const bool is_kept = !(roof_ < values[at] + before);
      values[at] = is_kept ? values[at] : Scale<Number>::never();
      is_any = is_any || is_kept;
    }
    return is_any;
  }

 private:
  const Relaxed<Number>& relaxed_;
  const Grid& grid_;
  Number roof_, others_{};
  std::size_t i_ = 0;
};

}  // namespace huoshui::syndicate::detail
