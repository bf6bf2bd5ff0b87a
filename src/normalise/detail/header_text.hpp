// Small text steps that header words and sheet layout share.
#pragma once

#include <string>
#include <string_view>

namespace huoshui::detail {

// Half-width, lower case, all brackets round, without blanks of any kind. For comparing, never for showing.
std::string compact(std::string_view text);

// Bytes of the UTF-8 character at the front (1 for stray bytes).
std::size_t front_length(std::string_view text);

// A section number at the front: 1 for 一、 and 第一, 2 for （一）, 3 for 1、 and 1., 4 for (1), 0 for none.
// `length` is the bytes it takes in the compact text.
struct SectionNumber {
  int style = 0;
  std::size_t length = 0;
};
SectionNumber section_number(std::string_view compacted);

// 一, 十二, (三): a text that is a Chinese number and nothing else.
bool is_chinese_number(std::string_view compacted);

}  // namespace huoshui::detail
