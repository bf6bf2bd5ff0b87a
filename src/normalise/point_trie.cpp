#include "normalise/detail/point_trie.hpp"

#include <algorithm>

#include "normalise/detail/word_index.hpp"

namespace huoshui::detail {

PointTrie::PointTrie() : first_(0x10000, kNone), edges_(1024), values_(2) {}

void PointTrie::link(std::uint32_t node, char32_t point, std::uint32_t to) {
  if (node == kRoot && point < first_.size()) {
    first_[point] = to;
    return;
  }
  if (4 * (edge_count_ + 1) > edges_.size()) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> old(edges_.size() * 2);
    old.swap(edges_);
    edge_count_ = 0;
    for (const auto& [key, child] : old)
      if (key != 0)
        link(static_cast<std::uint32_t>(key >> 21U), static_cast<char32_t>(key & 0x1FFFFFU), child);
  }
  auto slot = slot_of(node, point);
  while (edges_[slot].first != 0) slot = (slot + 1) & (edges_.size() - 1);
  edges_[slot] = {key_of(node, point), to};
  ++edge_count_;
}

void PointTrie::add(std::string_view word, std::uint16_t value) {
  std::uint32_t node = kRoot;
  for (std::size_t at = 0; at < word.size();) {
    const auto point = code_point_at(word, at);
    at += point.length;
    auto next = child(node, point.folded);
    if (next == kNone) {
      next = static_cast<std::uint32_t>(values_.size());
      values_.emplace_back();
      link(node, point.folded, next);
    }
    node = next;
  }
  auto& values = values_[node];
  if (node != kRoot && std::find(values.begin(), values.end(), value) == values.end())
    values.push_back(value);
}

}  // namespace huoshui::detail
