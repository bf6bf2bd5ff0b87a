/// Room read. CSV files as they come: any usual encoding, separator and line end, RFC 4180 quoting.
/// Law: what `csv_field` writes, `parse_csv` reads back; a row's number is the file line its record starts
/// on. Example: `const auto table = load_csv("清单.csv"); table.value().sheets[0].rows[6].cells[2].text`.
#pragma once

#include <filesystem>
#include <huoshui/core/result.hpp>
#include <huoshui/read/table.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace huoshui {

/// Longest cell a spreadsheet can hold; longer cells are kept and reported.
inline constexpr std::size_t kLongestCell = 32'767;

struct CsvOptions {
  std::optional<char> separator;  ///< `,` `;` or tab; chosen from the first lines when absent
};

/// Read a CSV file. Errors with file_not_found, file_empty or file_unreadable (PDF, Excel, web page …).
///
/// `Table::file` is the last part of the path. `Table::encoding` may also be `utf-16le` or `utf-16be`.
[[nodiscard]] Result<Table> load_csv(const std::filesystem::path& path, CsvOptions options = {});

/// Read the bytes of a CSV file; `file` is the name that places and issues print.
///
/// Runs in one pass, time linear in the bytes. A blank line is a row without cells.
[[nodiscard]] Result<Table> parse_csv(std::string_view bytes, std::string_view file, CsvOptions options = {});

/// Quote a text for one CSV field, only when it needs it under some separator.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace huoshui
