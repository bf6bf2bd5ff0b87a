// Comma-separated text as in RFC 4180: quotes, doubled quotes, line ends inside quotes, CR LF, a leading BOM.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::policy_detail {

struct CsvRow {
  std::uint32_t number = 0;  // record number from 1, blank lines counted
  std::vector<std::string> cells;
};

struct Csv {
  std::vector<CsvRow> rows;          // blank ones left out
  std::uint32_t open_quote_row = 0;  // record whose quote never ends; 0 if none
};

[[nodiscard]] Csv read_csv(std::string_view text);

}  // namespace huoshui::policy_detail
