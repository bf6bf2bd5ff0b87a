// The entries of a code list that a catalogue tells apart, and where a project's code stands among them.
//
//   nodes      every word, and every prefix of every entry with prefix form
//   class 2v   the code is node v itself
//   class 2v+1 the code is no node; v is the longest node that is a prefix of it (node 0: the empty text)
#pragma once

#include <cstdint>
#include <cstring>
#include <huoshui/core/code.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/detail/numbers.hpp"

namespace huoshui::engine {

/// A text in 16 bytes and its size: texts of up to 16 bytes are equal when their keys are.
struct TextKey {
  static constexpr std::size_t kWhole = 16;
  std::uint64_t first = 0, last = 0;
  std::size_t size = 0;

  explicit TextKey(std::string_view text);
  [[nodiscard]] std::uint64_t hash() const { return mixed(last, mixed(first, size)); }
  bool operator==(const TextKey&) const = default;
};

/// Loads overlap, so that no length of a kind takes a way of its own.
inline TextKey::TextKey(std::string_view text) : size(text.size()) {
  const auto load = [&]<typename Word>(std::size_t at, Word word) -> std::uint64_t {
    std::memcpy(&word, text.data() + at, sizeof word);
    return word;
  };
  const auto four = [&](std::size_t at) { return load(at, std::uint32_t{0}); };
  const auto eight = [&](std::size_t at) { return load(at, std::uint64_t{0}); };
  if (size > kWhole) {
    first = mixed(eight(8), eight(0));
    last = mixed(eight(size - 16), eight(size - 8));
    for (std::size_t at = 16; at + 16 < size; at += 8) first = mixed(eight(at), first);
  } else if (size >= 4) {
    const std::size_t step = size >> 3 << 2;
    first = four(0) << 32 | four(step);
    last = four(size - 4) << 32 | four(size - 4 - step);
  } else if (size > 0) {
    const auto one = [&](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(text[at])}; };
    first = one(0) << 16 | one(size >> 1) << 8 | one(size - 1);
  }
}

class Nodes {
 public:
  /// Add an entry. Returns its number until freeze().
  std::uint32_t add_word(std::string_view text);
  /// Add entries and append their numbers.
  void add_words(const std::vector<Code>& codes, std::vector<std::uint32_t>& numbers);
  /// Add entries with all of their prefixes and append their numbers; the empty one is none.
  void add_prefixes(const std::vector<Code>& codes, std::vector<std::uint32_t>& numbers);
  /// Put the nodes in order. Returns the node of each number.
  std::vector<std::uint32_t> freeze();

  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] std::size_t classes() const { return 2 * texts_.size(); }
  [[nodiscard]] const std::string& text(std::uint32_t node) const { return texts_[node]; }
  /// Return a node by its text; 0 for the empty one, kNone for strangers.
  static constexpr std::uint32_t kNone = Numbers::kNone;
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  [[nodiscard]] std::uint32_t class_of(std::string_view code) const;
  /// The longest other node that is a prefix of a node, 0 of the empty one. It stands before the node.
  [[nodiscard]] std::uint32_t parent(std::uint32_t node) const { return parents_[node]; }

 private:
  std::uint32_t add(std::string_view text);
  void add_prefixes_of(std::uint32_t number);
  [[nodiscard]] bool is(std::uint32_t number, const TextKey& key, std::string_view text) const {
    return keys_[number] == key && (key.size <= TextKey::kWhole || texts_[number] == text);
  }
  std::vector<std::string> texts_;  // in order of their bytes once frozen
  std::vector<TextKey> keys_;
  Numbers numbers_;
  std::vector<std::uint8_t> prefixed_;  // while adding: with all of its prefixes
  std::vector<std::uint32_t> parents_;
  std::size_t longest_prefix_ = 0;
};

}  // namespace huoshui::engine
