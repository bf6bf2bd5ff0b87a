#include <huoshui/report/report.hpp>

namespace huoshui {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum class Numbers : std::uint8_t { phones_only, any_long };

std::string mask_numbers(std::string_view text, Numbers which) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size();) {
    if (!is_digit(out[i])) {
      ++i;
      continue;
    }
    // A run of digits, with single blanks or dashes inside as phone numbers are written.
    std::size_t end = i, digits = 0;
    while (end < out.size() && (is_digit(out[end]) || ((out[end] == '-' || out[end] == ' ') && end + 1 < out.size() && is_digit(out[end + 1])))) {
      digits += is_digit(out[end]) ? 1 : 0;
      ++end;
    }
    const bool mobile = digits == 11 && out[i] == '1' && out[i + 1] >= '3';
    const bool landline = out[i] == '0' && digits >= 10 && digits <= 12;
    if (mobile || landline || (which == Numbers::any_long && digits >= 7 && digits <= 13)) {
      const std::size_t front = digits >= 10 ? 3 : 2, back = digits >= 10 ? 4 : 2;
      std::size_t seen = 0;
      for (std::size_t j = i; j < end; ++j) {
        if (!is_digit(out[j])) continue;
        if (seen >= front && seen + back < digits) out[j] = '*';
        ++seen;
      }
    }
    i = end;
  }
  return out;
}

}  // namespace

std::string mask_phones(std::string_view text) { return mask_numbers(text, Numbers::phones_only); }

std::string mask_person(std::string_view name) {
  const std::string numbers_masked = mask_numbers(name, Numbers::any_long);
  std::string out;
  bool inside = false;  // past the first character of a name
  for (std::size_t i = 0; i < numbers_masked.size();) {
    const auto lead = static_cast<unsigned char>(numbers_masked[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const bool punctuation = lead == 0xEF || (lead == 0xE3 && i + 1 < numbers_masked.size() && static_cast<unsigned char>(numbers_masked[i + 1]) == 0x80);
    const bool character = length >= 3 && !punctuation;
    out += character && inside ? std::string("*") : numbers_masked.substr(i, length);
    inside = character;
    i += length;
  }
  return out;
}

}  // namespace huoshui
