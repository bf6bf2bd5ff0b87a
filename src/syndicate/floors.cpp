#include "syndicate/detail/floors.hpp"

#include <algorithm>
#include <numeric>

namespace huoshui::syndicate::detail {
namespace {

constexpr Exact kNever = Exact{1} << 120;

}  // namespace

Floors::Floors(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
               const Bounds& bounds)
    : groups_(groups.size()), candidates_(candidates.size()) {
  for (std::uint32_t set = 0; set < 1U << groups_; ++set) {
    std::int64_t left = 0;
    for (std::size_t group = 0; group < groups_; ++group)
      if ((set >> group & 1U) != 0) left += groups[group];
    std::size_t last = 0;
    for (; last < candidates_; ++last) {
      if ((candidates[last].groups & set) != 0) left -= std::min(candidates[last].most, bounds.most);
      if (left <= 0) break;
    }
    last_.push_back(last);
  }
  interest_.assign(groups_, std::vector<Exact>(candidates_ + 1, kNever));
  for (std::size_t group = 0; group < groups_; ++group)
    for (std::size_t i = candidates_; i-- > 0;)
      interest_[group][i] = std::min(interest_[group][i + 1], candidates[i].interest[group]);
  Exact fee = kNever, arrangement = kNever, agency = kNever;
  for (const auto& one : candidates) {
    fee = std::min(fee, one.fee);
    if (one.may_lead) arrangement = std::min(arrangement, one.arrangement);
    if (one.may_be_agent) agency = std::min(agency, one.agency);
  }
  if (fee < kNever) fees_ = fee * std::accumulate(groups.begin(), groups.end(), std::int64_t{0});
  if (arrangement < kNever) fees_ += arrangement;
  if (agency < kNever) fees_ += agency;
}

Exact Floors::interest(std::size_t candidate, std::size_t joined) const {
  std::vector<std::size_t> order(groups_);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Exact least = kNever;
  do {
    Exact interest = 0;
    std::uint32_t set = 0;
    for (const auto group : order) {
      set |= 1U << group;
      const std::size_t last = group == joined ? std::max(candidate, last_[set]) : last_[set];
      interest += interest_[group][last];
    }
    least = std::min(least, interest);
  } while (std::next_permutation(order.begin(), order.end()));
  return least;
}

}  // namespace huoshui::syndicate::detail
