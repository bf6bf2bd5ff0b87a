/// Room topk. Select the k best, exactly.
/// Law: points descending, then (possible offers) fewer open rules, then id ascending by bytes; a ranking has
/// min(k, candidates) entries and is never padded; order of arrival never shows.
/// Example: `select(candidates, 5)`.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace huoshui {

/// One candidate. `order` is its rank by id bytes among all rows of its side.
struct Candidate {
  std::int64_t points = 0;
  std::uint32_t order = 0;
  std::uint16_t open = 0;  ///< open rules; 0 for permitted offers

  bool operator==(const Candidate&) const = default;
};

/// Tell whether `a` ranks before `b`.
[[nodiscard]] constexpr bool ranks_before(const Candidate& a, const Candidate& b) {
  if (a.points != b.points) return a.points > b.points;
  if (a.open != b.open) return a.open < b.open;
  return a.order < b.order;
}

/// Return the k best in rank order, by full sort: the oracle.
[[nodiscard]] std::vector<Candidate> select_by_sorting(std::span<const Candidate> candidates, std::size_t k);

/// Keep the k best of a stream in O(log k) each.
class BestK {
 public:
  explicit BestK(std::size_t k) : k_(k) {}
  void offer(const Candidate& candidate);
  /// Return the kept ones in rank order and start anew.
  [[nodiscard]] std::vector<Candidate> take();

 private:
  std::size_t k_;
  std::vector<Candidate> heap_;  // worst on top
};

}  // namespace huoshui
