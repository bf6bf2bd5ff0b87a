/// Room normalise. Word lists turn the field's own words into codes: WordList for open lists, CodeWords for
/// closed ones. Law: the longest word wins, words never overlap, and every hit says which word decided and
/// where it stands. Example: `list.find_all("茶叶、冷链")` gives two hits.
#pragma once

#include <cstddef>
#include <huoshui/core/code.hpp>
#include <huoshui/core/result.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// A word found in a text.
struct WordHit {
  std::string word;          ///< as it stands in the text
  std::vector<Code> codes;   ///< in the order of the table
  std::size_t position = 0;  ///< byte in the text
  int weight = 1;            ///< from the table; 1 when it has no such column

  bool operator==(const WordHit&) const = default;
};

/// An open list: many words, each with one or several codes. Immutable, cheap to copy.
class WordList {
 public:
  /// Read a table with the columns word, `codes_column` (entries split by | or ;) and optionally weight.
  static Result<WordList> parse(std::string_view csv, std::string_view file,
                                std::string_view codes_column = "codes");

  /// Return the longest words of the list in the text, left to right, never overlapping.
  [[nodiscard]] std::vector<WordHit> find_all(std::string_view text) const;
  [[nodiscard]] std::size_t size() const;
  /// Return every code that some word of the list carries, sorted.
  [[nodiscard]] std::vector<Code> codes() const;

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;
};

/// A closed list: entries with names, words and the narrower entries they include. Immutable, cheap to copy.
/// A word `~公司` is the end of an organisation's name; it serves inference alone and find() does not know
/// it.
class CodeWords {
 public:
  /// Read a table with the columns code,name_zh,name_en,includes,words and, optionally, overlaps.
  static Result<CodeWords> parse(std::string_view csv, std::string_view file);

  /// Return the entry with exactly this code, name or word.
  [[nodiscard]] std::optional<Code> find(std::string_view word) const;
  [[nodiscard]] std::vector<WordHit> find_all(std::string_view text) const;
  /// Return the entry with the longest `~` word that ends the organisation's name; brackets at its end are
  /// skipped.
  [[nodiscard]] std::optional<WordHit> find_suffix(std::string_view name) const;

  /// Return the entry and all that it includes, at any remove; sorted, empty when the code is unknown.
  [[nodiscard]] std::vector<Code> inside(const Code& code) const;
  /// Return all that include the entry, at any remove, without itself; sorted.
  [[nodiscard]] std::vector<Code> above(const Code& code) const;
  /// Return all that one and the same subject may be besides this entry (民营企业 and 农业企业); sorted.
  [[nodiscard]] std::vector<Code> beside(const Code& code) const;
  [[nodiscard]] bool has(const Code& code) const;
  [[nodiscard]] std::string name_zh(const Code& code) const;
  [[nodiscard]] std::string name_en(const Code& code) const;
  [[nodiscard]] std::vector<Code> codes() const;  ///< in the order of the table

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;
};

}  // namespace huoshui
