#include "normalise/detail/word_index.hpp"

#include <algorithm>

namespace huoshui::detail {
namespace {

constexpr char32_t kBroken = 0xFFFD;
constexpr std::uint32_t kRoot = 1;

char32_t fold_point(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;
  if (point == 0x3000) point = ' ';
  if (point == 0x3014 || point == 0x3010) point = '(';
  if (point == 0x3015 || point == 0x3011) point = ')';
  if (point >= 'A' && point <= 'Z') point += 'a' - 'A';
  return point;
}

std::uint64_t key_of(std::uint32_t node, char32_t point) {
  return (static_cast<std::uint64_t>(node) << 21U) | static_cast<std::uint64_t>(point);
}

std::size_t slot_of(std::uint64_t key, std::size_t mask) {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 32U) & mask;
}

void append_utf8(std::string& out, char32_t point) {
  const auto byte = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0U | (point >> 6U));
    byte(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    byte(0xE0U | (point >> 12U));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  } else {
    byte(0xF0U | (point >> 18U));
    byte(0x80U | ((point >> 12U) & 0x3FU));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  }
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t position) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {fold_point(lead), 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || position + length > text.size()) return {kBroken, 1};
  char32_t point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {kBroken, 1};
    point = (point << 6U) | (byte(i) & 0x3FU);
  }
  return {fold_point(point), length};
}

bool is_blank(char32_t folded) {
  return folded <= ' ' || folded == 0xA0 || (folded >= 0x2000 && folded <= 0x200B);
}

bool is_mark(char32_t folded) {
  if (is_blank(folded)) return true;
  if (folded < 0x80) {
    return !((folded >= '0' && folded <= '9') || (folded >= 'a' && folded <= 'z'));
  }
  return (folded >= 0x2010 && folded <= 0x205E) || (folded >= 0x3001 && folded <= 0x301F) || folded == 0xB7;
}

std::string folded_word(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    if (!is_blank(point.folded)) append_utf8(out, point.folded);
    i += point.length;
  }
  return out;
}

WordIndex::WordIndex() : first_(0x10000, kNone), edges_(1024), value_of_(2, 0) {}

std::uint32_t WordIndex::child(std::uint32_t node, char32_t point) const {
  if (node == kRoot && point < 0x10000) return first_[point];
  const auto key = key_of(node, point);
  const auto mask = edges_.size() - 1;
  for (auto slot = slot_of(key, mask);; slot = (slot + 1) & mask) {
    if (edges_[slot].key == key) return edges_[slot].child;
    if (edges_[slot].key == 0) return kNone;
  }
}

void WordIndex::link(std::uint32_t node, char32_t point, std::uint32_t child) {
  if (node == kRoot && point < 0x10000) {
    first_[point] = child;
    return;
  }
  if (2 * (edge_count_ + 1) > edges_.size()) grow();
  const auto key = key_of(node, point);
  const auto mask = edges_.size() - 1;
  auto slot = slot_of(key, mask);
  while (edges_[slot].key != 0) slot = (slot + 1) & mask;
  edges_[slot] = Edge{key, child};
  ++edge_count_;
}

void WordIndex::grow() {
  std::vector<Edge> old(edges_.size() * 2);
  old.swap(edges_);
  const auto mask = edges_.size() - 1;
  for (const auto& edge : old) {
    if (edge.key == 0) continue;
    auto slot = slot_of(edge.key, mask);
    while (edges_[slot].key != 0) slot = (slot + 1) & mask;
    edges_[slot] = edge;
  }
}

void WordIndex::add(std::string_view word, std::uint32_t value) {
  if (word.empty()) return;
  std::uint32_t node = kRoot;
  for (std::size_t i = 0; i < word.size();) {
    const auto point = code_point_at(word, i);
    i += point.length;
    auto next = child(node, point.folded);
    if (next == kNone) {
      next = static_cast<std::uint32_t>(value_of_.size());
      value_of_.push_back(0);
      link(node, point.folded, next);
    }
    node = next;
  }
  if (value_of_[node] == 0) {
    values_.emplace_back();
    value_of_[node] = static_cast<std::uint32_t>(values_.size());
  }
  auto& values = values_[value_of_[node] - 1U];
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

void WordIndex::matches_at(std::string_view text, std::size_t position, std::vector<Match>& matches) const {
  matches.clear();
  std::uint32_t node = kRoot;
  for (std::size_t i = position; i < text.size();) {
    const auto point = code_point_at(text, i);
    node = child(node, point.folded);
    if (node == kNone) return;
    i += point.length;
    if (value_of_[node] != 0) matches.push_back({i - position, &values_[value_of_[node] - 1U]});
  }
}

WordIndex::Match WordIndex::longest_at(std::string_view text, std::size_t position) const {
  Match best;
  std::uint32_t node = kRoot;
  for (std::size_t i = position; i < text.size();) {
    const auto point = code_point_at(text, i);
    node = child(node, point.folded);
    if (node == kNone) return best;
    i += point.length;
    if (value_of_[node] != 0) best = {i - position, &values_[value_of_[node] - 1U]};
  }
  return best;
}

const std::vector<std::uint32_t>* WordIndex::exact(std::string_view word) const {
  const auto match = longest_at(word, 0);
  return match.length == word.size() && match.length > 0 ? match.values : nullptr;
}

}  // namespace huoshui::detail
