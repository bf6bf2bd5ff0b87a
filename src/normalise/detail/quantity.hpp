/// Private to room normalise. The steps that the quantity parsers share: characters, exact decimals, Chinese
/// numerals, and the scanner that splits a cell into labelled, bounded figures.
/// Law: nothing here throws but for memory; every position stays inside the text whatever its bytes are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <huoshui/normalise/quantity.hpp>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::detail {

__extension__ using int128 = __int128;

inline constexpr std::size_t kLongestCell = 4096;

// --- characters
// ---------------------------------------------------------------------------------------------

/// One code point; broken bytes come back as themselves plus 0x110000, so they equal no character.
struct Character {
  char32_t code = 0;
  std::size_t length = 0;  ///< 0 at the end of the text
};
[[nodiscard]] Character character_at(std::string_view text, std::size_t at);

[[nodiscard]] inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] inline bool digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_digit(text[at]);
}
[[nodiscard]] inline bool letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_letter(text[at]);
}
[[nodiscard]] inline bool stands_at(std::string_view text, std::size_t at, std::string_view word) {
  // Tables of words are tried one by one: the first and last byte settle most of them.
  if (at > text.size() || text.size() - at < word.size()) return false;
  if (word.empty()) return true;
  return text[at] == word.front() && text[at + word.size() - 1] == word.back() &&
         text.substr(at, word.size()) == word;
}
/// Compare ASCII letters without case.
[[nodiscard]] bool stands_at_any_case(std::string_view text, std::size_t at, std::string_view upper);
[[nodiscard]] inline bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}
[[nodiscard]] bool contains_any(std::string_view text, std::initializer_list<std::string_view> words);
[[nodiscard]] std::size_t skip_spaces(std::string_view text, std::size_t at);
[[nodiscard]] std::string_view trim(std::string_view text);
/// clean_text, and full-width letters and signs too. For reading only, never for names.
[[nodiscard]] std::string fold(std::string_view text);
/// Length of a mark that ends a clause at `at`: comma, semicolon, 、, 。, line break. 0 if none.
[[nodiscard]] std::size_t separator_at(std::string_view text, std::size_t at);
/// Length of a mark between the two ends of a range: - – — ~ 至 到. 0 if none.
[[nodiscard]] std::size_t connector_at(std::string_view text, std::size_t at);

// --- numbers
// ------------------------------------------------------------------------------------------------

/// mantissa / 10^scale, exactly.
struct Decimal {
  int128 mantissa = 0;
  int scale = 0;
};
[[nodiscard]] bool add(Decimal& to, const Decimal& other);      // false when it does not fit
[[nodiscard]] bool multiply(Decimal& to, std::int64_t factor);  // false when it does not fit
[[nodiscard]] std::string to_string(const Decimal& value);

/// value * factor in whole base units: floor and ceil are equal when it is exact.
struct Scaled {
  std::int64_t floor = 0;
  std::int64_t ceil = 0;
  bool fits = false;
};
[[nodiscard]] Scaled scale(const Decimal& value, std::int64_t factor, std::int64_t divisor = 1);

/// A number as written, Arabic, Chinese or mixed.
struct Number {
  Decimal value;
  std::size_t end = 0;
  std::int64_t run = 1;      ///< units after the last digit: 10^7 in 3千万
  std::int64_t run_big = 1;  ///< of these 万 and 亿 alone
  bool plain = false;        ///< digits only, no 十百千万亿
  bool big = false;          ///< 万, 亿, w or K stand in it
  bool chinese = false;      ///< no Arabic digit in it
  bool leading = false;      ///< begins with a unit: 百亿
  bool more = false;         ///< 余 or 多: 500余万
  bool fuzzy = false;        ///< 几, 数, 上, 两三
  bool colloquial = false;   ///< 一万三
  bool open_tail = false;    ///< 1万2000: needs 元 behind it
  bool invalid = false;      ///< digits that our grammar does not allow, or too many of them
  bool overflow = false;
};
enum class LatinUnits : std::uint8_t { none, w_and_k };
/// Read the number at `at`; nullopt when none begins there.
[[nodiscard]] std::optional<Number> scan_number(std::string_view text, std::size_t at, LatinUnits latin);
/// Return 0..9 for a Chinese digit, -1 otherwise.
[[nodiscard]] int chinese_digit(char32_t code);

// --- figures in a cell
// --------------------------------------------------------------------------------------

/// A number with its unit.
struct Value {
  Number number;
  std::size_t end = 0;
  bool has_unit = false;
  std::int64_t factor = 0;
  std::int64_t divisor = 1;
  std::string_view unit;
  Decimal extra;          ///< already in base units: the 6个月 of 1年6个月, the 5角 of 3元5角
  std::int64_t days = 0;  ///< days that have one
  Currency currency = Currency::cny;
  std::string_view flag;   ///< a word to be raised with it, or empty
  bool worthless = false;  ///< with the flag above: never a value
  bool approximate = false;
  bool named = false;     ///< the unit word itself stands in the cell: 元, not only 万
  bool borrowed = false;  ///< the unit comes from the context
};

/// What tells one kind of quantity from another inside the scanner.
class Grammar {
 public:
  Grammar() = default;
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;
  virtual ~Grammar() = default;
  /// Read number and unit at `at`; nullopt when this is no figure of the kind. `clause` is where its words
  /// begin.
  [[nodiscard]] virtual std::optional<Value> value_at(std::string_view text, std::size_t at,
                                                      std::size_t clause) = 0;
  /// Make both ends of 500-800万 speak of the same unit. The default shares unit and multiplier.
  virtual void share(Value& first, const Value& second) const;
};

enum class Flow : std::uint8_t { none, yearly, periodic, unit_price };

/// One figure or range with the words around it.
struct Term {
  std::string_view label;  ///< nearest words on its left, without 其中, colons and the like
  std::size_t begin = 0;
  std::size_t end = 0;
  Value first;
  std::optional<Value> second;
  int lower = 0;  ///< bound words: 1 includes the number, 2 excludes it
  int upper = 0;
  bool approximate = false;
  bool exclusive = false;  ///< 不含 stands behind the bound
  bool in_brackets = false;
  bool joined = false;       ///< a + stands before it
  bool contradicts = false;  ///< 不超过…以上, 1-2-3
  Flow flow = Flow::none;
};

/// A whole cell, split.
struct Terms {
  std::vector<Term> terms;
  bool rest_attached = false;  ///< words stuck to the last figure: 5000万元贷款
  bool rest_apart = false;     ///< words in brackets or in a clause of their own
  std::string_view attached;   ///< these words
  bool measure_seen = false;   ///< a number that counts other things: 2000万件
  bool collection = false;     ///< 11个项目合计
};
[[nodiscard]] Terms scan_terms(std::string_view text, Grammar& grammar);

/// Work out the interval of one term. Raises flags in `quantity` only when `quantity` is given.
struct Read {
  Interval range;
  bool ok = false;
};
enum class Rounding : std::uint8_t { allowed, refused };
[[nodiscard]] Read read_term(const Term& term, Rounding rounding, Quantity* quantity);

// --- common to the kinds
// ------------------------------------------------------------------------------------

void raise(Quantity& quantity, std::string_view flag);
/// Take the value away again and give the reason.
void refuse(Quantity& quantity, std::string_view flag);
[[nodiscard]] Quantity begin_quantity(QuantityKind kind, std::string_view text);
/// Deal with too long, empty, masked and 同上 cells. True when that settles the cell.
[[nodiscard]] bool settle_wordless(Quantity& quantity, std::string_view folded);

struct FoundUnit {
  std::optional<Unit> unit;
  std::string_view from;  ///< header, sub-header, sheet, format
  bool conflict = false;
  std::string_view source;  ///< the text that it was found in
};
/// Look for a unit in the context, nearest first.
[[nodiscard]] FoundUnit find_unit(QuantityKind kind, const QuantityContext& context);

/// Unit table entry; longer words stand before their own beginnings.
struct UnitWord {
  std::string_view word;
  std::int64_t factor;
  std::int64_t divisor = 1;
  std::string_view flag = {};
  bool worthless = false;
};
[[nodiscard]] const UnitWord* unit_at(std::string_view text, std::size_t at, std::span<const UnitWord> table);
/// Find the units of a table that a header names.
[[nodiscard]] std::vector<Unit> units_named(std::string_view header, std::span<const UnitWord> table);

[[nodiscard]] std::vector<Unit> money_units_named(std::string_view header);
[[nodiscard]] std::vector<Unit> tenor_units_named(std::string_view header);
[[nodiscard]] std::vector<Unit> area_units_named(std::string_view header);
[[nodiscard]] std::vector<Unit> rate_units_named(std::string_view header);
[[nodiscard]] std::vector<Unit> count_units_named(std::string_view header);

/// Give the unit of the context to the figures that have none.
void borrow_unit(Terms& terms, const FoundUnit& found);
/// Read 500万元以上1000万元以下 as one interval. True when the cell is of that form.
[[nodiscard]] bool merge_bounds(Terms& terms, const Grammar& grammar, Rounding rounding, Quantity& quantity);
/// Put every readable figure but an unlabelled main one into `parts`.
void list_parts(Quantity& quantity, const Terms& terms, std::size_t main, Rounding rounding);
/// Read the main figure of the cell, with its unit's origin, or say why it cannot be read.
void settle(Quantity& quantity, const Terms& terms, std::size_t main, const FoundUnit& found,
            Rounding rounding);
inline constexpr std::size_t kNoMain = static_cast<std::size_t>(-1);

/// Put unit and interval of a settled term into the quantity.
void take(Quantity& quantity, const Term& term, const Read& read);

}  // namespace huoshui::detail
