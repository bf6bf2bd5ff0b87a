#include "policy/detail/csv.hpp"

namespace huoshui::policy_detail {

Csv read_csv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Csv out;
  CsvRow row{1, {}};
  std::string cell;
  bool quoted = false, was_quoted = false;
  const auto end_cell = [&] {
    row.cells.push_back(std::move(cell));
    cell.clear();
    was_quoted = false;
  };
  const auto end_row = [&] {
    const bool blank = row.cells.empty() && cell.empty() && !was_quoted;
    if (!blank) {
      end_cell();
      out.rows.push_back(std::move(row));
    }
    row = CsvRow{row.number + 1, {}};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty() && !was_quoted) {
      quoted = was_quoted = true;
    } else if (c == ',') {
      end_cell();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (quoted) out.open_quote_row = row.number;
  end_row();
  return out;
}

}  // namespace huoshui::policy_detail
