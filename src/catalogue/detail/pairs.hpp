// Hashed character pairs of a text, in the order of the text, with repeats.
#pragma once

#include <cstdint>
#include <string_view>

namespace huoshui::detail {

/// Call `visit(pair)` for every two neighbouring characters. Punctuation and blanks separate.
template <typename Visit>
void for_each_character_pair(std::string_view text, Visit&& visit) {
  std::uint32_t previous = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t character = lead;
    for (std::size_t j = 1; j < length && i + j < text.size(); ++j) {
      character = character << 6 ^ (static_cast<unsigned char>(text[i + j]) & 0x3FU);
    }
    i += length;
    // ASCII marks and the CJK punctuation blocks (U+3000.., U+FF00..) separate words.
    const bool separates =
        lead < 0x80
            ? !(lead >= '0' && lead <= '9') && !(lead >= 'A' && lead <= 'Z') && !(lead >= 'a' && lead <= 'z')
            : length == 3 && ((lead == 0xE3 && (character & 0xFC0U) == 0) || lead == 0xEF);
    if (separates) {
      previous = 0;
      continue;
    }
    if (previous != 0) visit(previous * 0x9E3779B1U ^ character * 0x85EBCA77U);
    previous = character;
  }
}

}  // namespace huoshui::detail
