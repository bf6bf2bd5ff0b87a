// Which encoding a text file is in, and its text as UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::detail {

struct DecodedText {
  std::string converted;  // the text when it had to be converted
  std::size_t skip = 0;   // bytes of the input before the text, when it did not
  bool is_converted = false;
  std::string encoding;
  std::vector<std::uint32_t> bad_lines;  // file lines with undecodable bytes, each once, rising
  std::size_t bad_bytes = 0;

  // The text; `bytes` must be what decode() was given.
  std::string_view text(std::string_view bytes) const {
    return is_converted ? std::string_view(converted) : bytes.substr(skip);
  }
};

// Strict: no overlong forms, surrogates or code points past U+10FFFF.
bool is_utf8(std::string_view bytes);

// UTF-8 when that fits, else GB18030; undecodable bytes become U+FFFD. Absent when this system's iconv has
// no GB18030.
std::optional<DecodedText> decode(std::string_view bytes);

// What a file is that is not a text table, as a Chinese sentence end, e.g. `PDF 文件`; empty when it may be
// one.
struct ForeignKind {
  std::string_view name;
  std::string_view advice;
};
ForeignKind foreign_kind(std::string_view bytes);

// Characters, not bytes.
std::size_t count_characters(std::string_view utf8);

// At most 80 characters, `…` at the end when cut.
std::string shorten(std::string_view utf8);

}  // namespace huoshui::detail
