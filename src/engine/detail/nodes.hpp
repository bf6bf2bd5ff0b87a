// The entries of a code list that a catalogue tells apart, and where a project's code stands among them.
//
//   nodes      every word, and every prefix of every entry with prefix form
//   class 2v   the code is node v itself
//   class 2v+1 the code is no node; v is the longest node that is a prefix of it (node 0: the empty text)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huoshui::engine {

class Nodes {
 public:
  /// Add an entry; with prefix form, all of its prefixes too. Before freeze().
  void add_word(std::string_view text) { add(text); }
  void add_prefixes(std::string_view text);
  void freeze();

  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] std::size_t classes() const { return 2 * texts_.size(); }
  [[nodiscard]] const std::string& text(std::uint32_t node) const { return texts_[node]; }
  /// Return a node by its text; 0 for the empty one, kNone for strangers.
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  [[nodiscard]] std::uint32_t class_of(std::string_view code) const;
  /// The nodes that begin with a node's text stand together: [node, end).
  [[nodiscard]] std::uint32_t subtree_end(std::uint32_t node) const { return subtree_ends_[node]; }

 private:
  bool add(std::string_view text);  // tells whether it is new
  void index_texts();
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t node = kNone;
  };
  std::vector<std::string> texts_;      // sorted in the end; the first is empty
  std::vector<std::uint8_t> prefixed_;  // while adding: with all of its prefixes
  std::vector<std::uint32_t> subtree_ends_;
  std::vector<Slot> slots_;
  std::size_t longest_prefix_ = 0;
};

}  // namespace huoshui::engine
