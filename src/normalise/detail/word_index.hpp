// A trie of words over folded code points: full-width ASCII reads as half-width, capitals as small letters,
// so that （ and ( or ＰＰＰ and ppp are one. Positions are bytes of the caller's own text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::detail {

struct CodePoint {
  char32_t folded = 0;
  std::size_t length = 1;
};

// The folded code point at `position`; a broken byte reads as U+FFFD of length 1.
CodePoint code_point_at(std::string_view text, std::size_t position);
// The folded form of a text, in UTF-8, without blanks.
std::string folded_word(std::string_view text);
bool is_blank(char32_t folded);
bool is_mark(char32_t folded);  // punctuation or blank, of any width

class WordIndex {
 public:
  struct Match {
    std::size_t length = 0;                              // bytes in the text
    const std::vector<std::uint32_t>* values = nullptr;  // every value added under the word
  };

  WordIndex();
  void add(std::string_view word, std::uint32_t value);
  // Every word that starts at `position`, shortest first; `matches` is cleared before.
  void matches_at(std::string_view text, std::size_t position, std::vector<Match>& matches) const;
  [[nodiscard]] Match longest_at(std::string_view text, std::size_t position) const;
  // The values of exactly this word (folded), or nullptr.
  [[nodiscard]] const std::vector<std::uint32_t>* exact(std::string_view word) const;

 private:
  static constexpr std::uint32_t kNone = 0;
  struct Edge {
    std::uint64_t key = 0;  // node << 21 | code point; 0 is a free slot
    std::uint32_t child = kNone;
  };
  [[nodiscard]] std::uint32_t child(std::uint32_t node, char32_t point) const;
  void link(std::uint32_t node, char32_t point, std::uint32_t child);
  void grow();

  std::vector<std::uint32_t> first_;  // children of the root by code point of the basic plane
  std::vector<Edge> edges_;           // open addressing, a power of two
  std::size_t edge_count_ = 0;
  std::vector<std::uint32_t> value_of_;  // node -> 1 + slot in values_, 0 when no word ends here
  std::vector<std::vector<std::uint32_t>> values_;
};

}  // namespace huoshui::detail
