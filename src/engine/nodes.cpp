#include "engine/detail/nodes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace huoshui::engine {
namespace {

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size() * 0x9E3779B97F4A7C15U;
  const auto mix = [&](std::uint64_t word) { hash = (std::rotl(hash, 29) ^ word) * 0x9FB21C651E98DF25U; };
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    mix(word);
  }
  std::uint64_t rest = 0;
  for (; at < text.size(); ++at) rest = rest << 8 | static_cast<unsigned char>(text[at]);
  mix(rest);
  return hash ^ hash >> 32;
}

}  // namespace

bool Nodes::add(std::string_view text) {
  if (2 * (texts_.size() + 1) > slots_.size()) {
    slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), Slot{});
    index_texts();
  }
  const std::uint64_t hash = hash_of(text);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].node != kNone; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && texts_[slots_[at].node] == text) return false;
  }
  slots_[at] = {hash, static_cast<std::uint32_t>(texts_.size())};
  texts_.emplace_back(text);
  return true;
}

void Nodes::add_prefixes(std::string_view text) {
  // A prefix may be there as a word of its own, so only what was added here says that all below it are too.
  const std::uint32_t node = slots_.empty() ? kNone : find(text);
  if (node != kNone && node < prefixed_.size() && prefixed_[node] != 0) return;
  for (std::size_t length = 1; length <= text.size(); ++length) add(text.substr(0, length));
  longest_prefix_ = std::max(longest_prefix_, text.size());
  if (text.empty()) return;
  prefixed_.resize(texts_.size());
  prefixed_[find(text)] = 1;
}

void Nodes::index_texts() {
  for (std::uint32_t v = 0; v < texts_.size(); ++v) {
    const std::uint64_t hash = hash_of(texts_[v]);
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].node != kNone) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {hash, v};
  }
}

void Nodes::freeze() {
  add("");
  prefixed_ = {};
  std::sort(texts_.begin(), texts_.end());
  const auto count = static_cast<std::uint32_t>(texts_.size());
  subtree_ends_.resize(count);
  std::vector<std::uint32_t> open;  // nodes whose subtree holds the current one
  for (std::uint32_t v = 0; v < count; ++v) {
    while (!open.empty() && !texts_[v].starts_with(texts_[open.back()])) {
      subtree_ends_[open.back()] = v;
      open.pop_back();
    }
    open.push_back(v);
  }
  for (const std::uint32_t v : open) subtree_ends_[v] = count;
  slots_.assign(std::bit_ceil(2 * texts_.size() + 2), Slot{});
  index_texts();
}

std::uint32_t Nodes::find(std::string_view text) const {
  const std::uint64_t hash = hash_of(text);
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at].node != kNone;
       at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && texts_[slots_[at].node] == text) return slots_[at].node;
  }
  return kNone;
}

std::uint32_t Nodes::class_of(std::string_view code) const {
  if (const std::uint32_t node = find(code); node != kNone) return 2 * node;
  for (std::size_t length = std::min(longest_prefix_, code.size()); length > 0; --length) {
    if (length == code.size()) continue;
    const std::uint32_t node = find(code.substr(0, length));
    if (node != kNone) return 2 * node + 1;
  }
  return 1;
}

}  // namespace huoshui::engine
