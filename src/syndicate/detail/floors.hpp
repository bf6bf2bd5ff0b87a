// What a structure costs at least when a candidate joins a group.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "syndicate/detail/search.hpp"

namespace huoshui::syndicate::detail {

/// Banks up to the last member of a group must have room for it, and so must those up to the last of several
/// groups for all of them: so, with the groups in ascending order of their last members, each stands no
/// earlier than room for all before it allows.
class Floors {
 public:
  Floors(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
         const Bounds& bounds);

  /// The first candidates that have room for all groups, one past their last; more than there are: none have.
  [[nodiscard]] std::size_t enough() const { return last_.back() + 1; }
  /// All-in cost, in millionths of a fen.
  [[nodiscard]] Exact cost(std::size_t candidate, std::size_t joined) const {
    return fees_ + interest(candidate, joined);
  }
  /// Interest of all groups together.
  [[nodiscard]] Exact interest() const { return interest(0, 0); }

 private:
  [[nodiscard]] Exact interest(std::size_t candidate, std::size_t joined) const;

  std::size_t groups_, candidates_;
  std::vector<std::size_t> last_;             // by set of groups
  std::vector<std::vector<Exact>> interest_;  // by group, candidate: at it or a later one
  Exact fees_ = 0;
};

}  // namespace huoshui::syndicate::detail
