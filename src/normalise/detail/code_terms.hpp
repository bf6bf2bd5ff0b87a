// Reads a cell that lists entries of a code list: 农户;企业;等 or 广东省河源市龙川县.
#pragma once

#include <huoshui/domain/product.hpp>
#include <huoshui/normalise/dictionaries.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::detail {

struct CodesRead {
  CodeTerm term;
  std::vector<std::string> unknown;  ///< words the list does not know; they leave the term open
  bool everywhere = false;           ///< 全国: no place is left out
};

/// Split at ; ； 、 , ， and look each word up. 等 opens the list; 全国 names no region, so it sets no term.
[[nodiscard]] CodesRead read_codes(CodeList list, std::string_view cell, const Dictionaries& dictionaries);

}  // namespace huoshui::detail
