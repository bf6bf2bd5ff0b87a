#include "support/list.hpp"

#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>

namespace huoshui::bench {
namespace {

/// Repeat the rows below the first; `cell(number, column, text)` says what stands there, numbers from 1.
template <typename Cell>
std::string repeated(std::string_view csv, std::size_t rows, const Cell& cell) {
  const Table table = parse_csv(csv, "bundled.csv").value();
  const auto& lines = table.sheets.front().rows;
  std::string out;
  const auto write = [&](const TableRow& row, std::size_t number) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      out += i == 0 ? "" : ",";
      out += csv_field(number == 0 ? row.cells[i].text : cell(number, i, row.cells[i].text));
    }
    out += '\n';
  };
  write(lines.front(), 0);
  for (std::size_t n = 1; n <= rows; ++n) write(lines[1 + n % (lines.size() - 1)], n);
  return out;
}

}  // namespace

std::string list_of(std::size_t rows) {
  return repeated(bundled_sample_projects(), rows,
                  [](std::size_t number, std::size_t column, const std::string& text) {
                    if (column == 0) return std::to_string(number);
                    const bool amount = column == 9 || column == 10;
                    return amount ? std::to_string(100 + number * 37 % 90'000) : text;
                  });
}

std::string handbook_of(std::size_t products) {
  return repeated(bundled_handbook(), products,
                  [](std::size_t number, std::size_t column, const std::string& text) {
                    return column == 0 ? "B" + std::to_string(100'000 + number) : text;
                  });
}

}  // namespace huoshui::bench
