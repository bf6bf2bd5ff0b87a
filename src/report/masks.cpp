#include <huoshui/normalise/quantity.hpp>
#include <huoshui/report/report.hpp>
#include <vector>

namespace huoshui {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A character of UTF-8 text, with the ASCII form of full-width digits and of the marks written between
/// digits.
struct Character {
  std::size_t at = 0, length = 0;
  char ascii = 0;
};

std::vector<Character> characters_of(std::string_view text) {
  constexpr std::pair<std::string_view, char> kForms[] = {
      {"－", '-'}, {"—", '-'}, {"–", '-'}, {"（", '('}, {"）", ')'}, {"＋", '+'}, {"　", ' '},
  };
  std::vector<Character> out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = std::min<std::size_t>(lead < 0x80   ? 1
                                                     : lead < 0xE0 ? 2
                                                     : lead < 0xF0 ? 3
                                                                   : 4,
                                                     text.size() - i);
    Character c{i, length, length == 1 ? text[i] : '\0'};
    const std::string_view piece = text.substr(i, length);
    if (piece.size() == 3 && piece.substr(0, 2) == "\xEF\xBC" && piece[2] >= '\x90' && piece[2] <= '\x99') {
      c.ascii = static_cast<char>('0' + (piece[2] - '\x90'));
    }
    for (const auto& [form, ascii] : kForms) {
      if (piece == form) c.ascii = ascii;
    }
    out.push_back(c);
    i += length;
  }
  return out;
}

/// Length in digits of the phone number that a run of digits starts with, 0 for none. `joined` marks the
/// places where a blank or mark stood before the digit.
std::size_t phone_at(std::string_view digits, std::size_t from, const std::vector<bool>& joined) {
  const std::size_t left = digits.size() - from;
  const auto begins = [&](std::string_view with) { return digits.substr(from, with.size()) == with; };
  if (begins("86") && left >= 13 && digits[from + 2] == '1') return 13;
  if (left >= 11 && digits[from] == '1' && digits[from + 1] >= '3') return 11;
  if (left >= 10 && (begins("400") || begins("800"))) return 10;
  if (left >= 10 && digits[from] == '0') {
    // Area code of three or four digits, then seven or eight; a mark shows where the next number begins.
    std::size_t length = std::min<std::size_t>(left, digits[from + 1] <= '2' ? 11 : 12);
    for (std::size_t i = 10; i < length; ++i) {
      if (joined[from + i]) length = i;
    }
    return length;
  }
  return 0;
}

bool follows_unit(std::string_view text, std::size_t at) {
  for (const std::string_view unit : {"元", "万", "亿", "吨", "亩", "平方", "千瓦", "."}) {
    if (text.substr(at, unit.size()) == unit) return true;
  }
  return false;
}

enum class Numbers : std::uint8_t { phones_only, any_long };

std::string mask_numbers(std::string_view text, Numbers which) {
  const auto characters = characters_of(text);
  std::vector<bool> hidden(characters.size(), false);
  for (std::size_t i = 0; i < characters.size();) {
    if (!is_digit(characters[i].ascii)) {
      ++i;
      continue;
    }
    // Digits with single blanks, dashes or brackets between them, as phone numbers are written.
    std::string digits;
    std::vector<std::size_t> where;
    std::vector<bool> joined;
    std::size_t j = i;
    bool gap = false;
    for (; j < characters.size(); ++j) {
      const char c = characters[j].ascii;
      if (is_digit(c)) {
        digits += c;
        where.push_back(j);
        joined.push_back(gap);
        gap = false;
      } else if ((c == '-' || c == ' ' || c == '(' || c == ')') && !gap) {
        gap = true;
      } else {
        break;
      }
    }
    const bool amount = which == Numbers::phones_only && j < characters.size() && !gap &&
                        follows_unit(text, characters[j].at);
    for (std::size_t d = 0; d < digits.size() && !amount;) {
      std::size_t length = phone_at(digits, d, joined);
      if (length == 0 && which == Numbers::any_long && d == 0 && digits.size() >= 7) length = digits.size();
      if (length == 0) {
        ++d;
        while (d < digits.size() && !joined[d]) ++d;  // a number starts where a run of digits starts
        continue;
      }
      const std::size_t front = length >= 10 ? (length == 13 ? 5 : 3) : 2, back = length >= 10 ? 4 : 2;
      for (std::size_t k = front; k + back < length; ++k) hidden[where[d + k]] = true;
      d += length;
    }
    i = j;
  }
  std::string out;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    out += hidden[i] ? std::string("*") : std::string(text.substr(characters[i].at, characters[i].length));
  }
  return out;
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

std::string mask_phones(std::string_view text) { return mask_numbers(text, Numbers::phones_only); }

std::string mask_person(std::string_view name) {
  const std::string text = mask_numbers(name, Numbers::any_long);
  std::string out;
  bool inside = false;  // past the first character of a name
  for (const Character& c : characters_of(text)) {
    const std::string_view piece = std::string_view(text).substr(c.at, c.length);
    const bool mark = c.length == 3 && (piece[0] == '\xEF' || piece.substr(0, 2) == "\xE3\x80");
    const bool character = (c.length >= 3 && !mark) || is_letter(c.ascii);
    out += character && inside ? std::string("*") : std::string(piece);
    inside = character || (inside && c.ascii == '*');
  }
  return out;
}

}  // namespace huoshui
