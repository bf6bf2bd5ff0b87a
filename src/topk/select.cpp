#include <algorithm>
#include <huoshui/topk/select.hpp>

namespace huoshui {

std::vector<Candidate> select_by_sorting(std::span<const Candidate> candidates, std::size_t k) {
  std::vector<Candidate> all(candidates.begin(), candidates.end());
  std::sort(all.begin(), all.end(), ranks_before);
  if (all.size() > k) all.resize(k);
  return all;
}

void BestK::offer(const Candidate& candidate) {
  if (k_ == 0) return;
  if (heap_.size() < k_) {
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end(), ranks_before);
  } else if (ranks_before(candidate, heap_.front())) {
    std::pop_heap(heap_.begin(), heap_.end(), ranks_before);
    heap_.back() = candidate;
    std::push_heap(heap_.begin(), heap_.end(), ranks_before);
  }
}

std::vector<Candidate> BestK::take() {
  std::vector<Candidate> out = std::move(heap_);
  heap_.clear();
  std::sort(out.begin(), out.end(), ranks_before);
  return out;
}

}  // namespace huoshui
