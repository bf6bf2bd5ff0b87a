#include "engine/detail/nodes.hpp"

#include <algorithm>
#include <numeric>

namespace huoshui::engine {

inline std::uint32_t Nodes::add(std::string_view text) {
  const TextKey key(text);
  const std::uint32_t number = numbers_.number(key.hash(), [&](std::uint32_t n) { return is(n, key, text); });
  if (number == texts_.size()) {
    texts_.emplace_back(text);
    keys_.push_back(key);
    prefixed_.push_back(0);
  }
  return number;
}

std::uint32_t Nodes::add_word(std::string_view text) { return add(text); }

void Nodes::add_words(const std::vector<Code>& codes, std::vector<std::uint32_t>& numbers) {
  for (const auto& code : codes) numbers.push_back(add(code.text()));
}

void Nodes::add_prefixes(const std::vector<Code>& codes, std::vector<std::uint32_t>& numbers) {
  for (const auto& code : codes) {
    if (code.empty()) continue;
    const std::uint32_t number = add(code.text());
    // A prefix may be there as a word of its own, so only what was added here says that all below it are too.
    if (prefixed_[number] == 0) add_prefixes_of(number);
    numbers.push_back(number);
  }
}

void Nodes::add_prefixes_of(std::uint32_t number) {
  prefixed_[number] = 1;
  const std::string text = texts_[number];  // a copy, as they move
  for (std::size_t length = 1; length < text.size(); ++length) add(std::string_view(text).substr(0, length));
  longest_prefix_ = std::max(longest_prefix_, text.size());
}

std::vector<std::uint32_t> Nodes::freeze() {
  add_word("");
  prefixed_ = {};
  const auto count = static_cast<std::uint32_t>(texts_.size());
  std::vector<std::uint32_t> in_order(count), node_of(count);
  std::iota(in_order.begin(), in_order.end(), 0U);
  std::sort(in_order.begin(), in_order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return texts_[a] < texts_[b]; });
  std::vector<std::string> texts;
  std::vector<TextKey> keys;
  texts.reserve(count);
  keys.reserve(count);
  for (const std::uint32_t number : in_order) {
    node_of[number] = static_cast<std::uint32_t>(texts.size());
    texts.push_back(std::move(texts_[number]));
    keys.push_back(keys_[number]);
  }
  texts_ = std::move(texts);
  keys_ = std::move(keys);
  numbers_.renumber(node_of);
  parents_.assign(count, 0);
  for (std::uint32_t v = 1; v < count; ++v) {
    std::uint32_t above = v - 1;  // or one of those above it
    while (!texts_[v].starts_with(texts_[above])) above = parents_[above];
    parents_[v] = above;
  }
  return node_of;
}

std::uint32_t Nodes::find(std::string_view text) const {
  const TextKey key(text);
  return numbers_.find(key.hash(), [&](std::uint32_t n) { return is(n, key, text); });
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
