// Words over decoded texts, for the scan that every row of a list goes through. WordIndex reads bytes as they
// come; this reads code points that are decoded once, and most starts of a text end at the first look.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace huoshui::detail {

class PointTrie {
 public:
  PointTrie();
  void add(std::string_view word, std::uint16_t value);

  // Call `visit(length in points, values)` for every word that starts at `first`, shortest first.
  template <typename Visit>
  void for_each_at(std::span<const char32_t> points, std::size_t first, Visit&& visit) const {
    std::uint32_t node = kRoot;
    for (std::size_t i = first; i < points.size(); ++i) {
      node = child(node, points[i]);
      if (node == kNone) return;
      if (!values_[node].empty()) visit(i + 1 - first, values_[node]);
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0, kRoot = 1;
  [[nodiscard]] std::uint32_t child(std::uint32_t node, char32_t point) const {
    if (node == kRoot) return point < first_.size() ? first_[point] : kNone;
    for (auto slot = slot_of(node, point);; slot = (slot + 1) & (edges_.size() - 1)) {
      const auto& [key, to] = edges_[slot];
      if (key == 0 || key == key_of(node, point)) return to;
    }
  }
  [[nodiscard]] static std::uint64_t key_of(std::uint32_t node, char32_t point) {
    return (std::uint64_t{node} << 21U) | point;
  }
  [[nodiscard]] std::size_t slot_of(std::uint32_t node, char32_t point) const {
    return static_cast<std::size_t>((key_of(node, point) * 0x9E3779B97F4A7C15ULL) >> 40U) &
           (edges_.size() - 1);
  }
  void link(std::uint32_t node, char32_t point, std::uint32_t to);

  std::vector<std::uint32_t> first_;                            // children of the root, basic plane
  std::vector<std::pair<std::uint64_t, std::uint32_t>> edges_;  // open addressing, a power of two
  std::size_t edge_count_ = 0;
  std::vector<std::vector<std::uint16_t>> values_;  // by node
};

}  // namespace huoshui::detail
