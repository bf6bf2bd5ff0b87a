/// Room normalise. What the words in a column header mean: header text -> canonical column, unit and year.
/// Law: the same header text gives the same answer in every list; a word not in the table has no column.
/// Example: `bundled_header_words().match(read_header_text("总 投 资（万元）")).column ==
/// "total_investment"`.
#pragma once

#include <cstdint>
#include <huoshui/core/issue.hpp>
#include <huoshui/core/result.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace huoshui {

/// One header as printed, taken apart.
struct HeaderText {
  std::string key;        ///< compared text: half-width, lower case, without blanks, dashes, units and years
  std::string bare_key;   ///< `key` without any bracketed text
  std::string unit_note;  ///< `万元` of 总投资（万元）
  int year = 0;           ///< 2025 of 2025年计划投资
  /// The year ends a running total (截至2025年底累计…) rather than naming one year's share.
  bool is_up_to_year = false;

  bool operator==(const HeaderText&) const = default;
};

/// Take a header apart. Line breaks and blanks of any kind are ignored.
[[nodiscard]] HeaderText read_header_text(std::string_view printed);

/// Tell whether a text is nothing but a unit or a list of units: 万元, （亩）, 单位：万元、亩.
[[nodiscard]] bool is_unit_text(std::string_view text);

/// Return the unit named after 单位： anywhere in a text, e.g. 万元; empty when there is none.
/// 填报单位：某某局 names no unit.
[[nodiscard]] std::string find_unit_note(std::string_view text);

/// Return a name without the row number written into it: `1.某某项目`, `（二）某某项目`. `1.5万吨…` is left
/// alone.
[[nodiscard]] std::string_view without_row_number(std::string_view name);

/// How much a word says: a strong word names its column anywhere, a weak one only beside others.
enum class HeaderStrength : std::uint8_t { strong, weak };

/// Whether the word was seen in a published list or is usual wording.
enum class HeaderConfidence : std::uint8_t { seen, usual };

struct HeaderWord {
  std::string word;
  std::string column;      ///< canonical column, e.g. `total_investment`
  std::string value_type;  ///< `money`, `tenor`, `date`, `period`, `rate`, `area_land` …; empty for words
  HeaderStrength strength = HeaderStrength::strong;
  HeaderConfidence confidence = HeaderConfidence::usual;

  bool operator==(const HeaderWord&) const = default;
};

/// What a header text means. `points` is 0 when nothing is known about it.
struct HeaderMatch {
  std::string_view column;  ///< points into the HeaderWords
  std::string_view value_type;
  HeaderStrength strength = HeaderStrength::weak;
  bool is_exact = false;  ///< the whole text is in the table, not only its head or tail
  int points = 0;
};

/// A table of header words. Later words for the same text replace earlier ones.
class HeaderWords {
 public:
  void add(HeaderWord word);
  [[nodiscard]] HeaderMatch match(const HeaderText& header) const;
  [[nodiscard]] const std::vector<HeaderWord>& words() const { return words_; }

 private:
  [[nodiscard]] HeaderMatch match_key(std::string_view key) const;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::vector<HeaderWord> words_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> by_key_;
  std::size_t longest_ = 0;
};

/// Read a table `word,column,value_type,strength,confidence` (the last three may be missing) on top of
/// `base`. Bad rows become issues.
[[nodiscard]] Loaded<HeaderWords> parse_header_words(std::string_view csv, std::string_view file,
                                                     HeaderWords base = {});

/// Return the words that come with the library.
[[nodiscard]] HeaderWords bundled_header_words();

}  // namespace huoshui
