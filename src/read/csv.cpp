#include <huoshui/read/csv.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "read/detail/encoding.hpp"

namespace huoshui {
namespace {

constexpr std::size_t kMostIssues = 50;  // of one kind; the rest is summed up in one more

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }

// Outer blanks: ASCII, U+00A0, U+3000, U+FEFF, U+200B.
std::string_view trim(std::string_view text) {
  constexpr std::array<std::string_view, 4> kWide = {"\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF",
                                                     "\xE2\x80\x8B"};
  const auto wide_front = [&]() -> std::size_t {
    for (const auto w : kWide)
      if (text.starts_with(w)) return w.size();
    return 0;
  };
  const auto wide_back = [&]() -> std::size_t {
    for (const auto w : kWide)
      if (text.ends_with(w)) return w.size();
    return 0;
  };
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text.front());
    const std::size_t n = is_blank(text.front()) ? 1 : c < 0x80 ? 0 : wide_front();
    if (n == 0) break;
    text.remove_prefix(n);
  }
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text.back());
    const std::size_t n = is_blank(text.back()) ? 1 : c < 0x80 ? 0 : wide_back();
    if (n == 0) break;
    text.remove_suffix(n);
  }
  return text;
}

// One field cut out of the text. `text` still has doubled quotes when `doubled`.
struct Field {
  std::string_view text;
  bool doubled = false;
  bool stray = false;        // a quote where RFC 4180 has none
  bool ends_record = false;  // a line end or the end of the file follows
  std::uint32_t lines = 0;   // line ends inside and after the field
};

// Cuts fields one after another. Linear: a quoted scan that fails ends at the first lone quote, and every run
// of quotes before that one is even, so no later scan from in between can run long.
class Cutter {
 public:
  Cutter(std::string_view text, char separator)
      : p_(text.data()), end_(text.data() + text.size()), separator_(separator) {
    stop_[static_cast<unsigned char>(separator)] = true;
    stop_[static_cast<unsigned char>('\n')] = true;
    stop_[static_cast<unsigned char>('\r')] = true;
    stop_[static_cast<unsigned char>('"')] = true;
  }
  bool at_end() const { return p_ == end_; }
  // True once after a separator that ends the file: an empty field is still due.
  bool take_pending() { return std::exchange(pending_, false); }

  Field next() {
    Field field;
    const char* start = p_;
    const char* q = p_;
    while (q != end_ && (*q == ' ' || *q == '\t') && *q != separator_) ++q;
    if (q != end_ && *q == '"') {
      if (quoted(q + 1, field)) return field;
      field = {};
      field.stray = true;
    }
    q = start;
    for (; q != end_; ++q) {
      if (!stop_[static_cast<unsigned char>(*q)]) continue;
      if (*q == '"') {
        field.stray = true;
        continue;
      }
      break;
    }
    field.text = {start, static_cast<std::size_t>(q - start)};
    finish(q, field);
    return field;
  }

 private:
  bool quoted(const char* q, Field& field) {
    const char* start = q;
    std::uint32_t lines = 0;
    while (true) {
      const char* quote =
          q == end_ ? nullptr
                    : static_cast<const char*>(std::memchr(q, '"', static_cast<std::size_t>(end_ - q)));
      if (quote == nullptr) return false;
      lines += count_lines(q, quote);
      if (quote + 1 != end_ && quote[1] == '"') {
        field.doubled = true;
        q = quote + 2;
        continue;
      }
      const char* after = quote + 1;
      while (after != end_ && (*after == ' ' || *after == '\t') && *after != separator_) ++after;
      if (after != end_ && *after != separator_ && *after != '\n' && *after != '\r') return false;
      field.text = {start, static_cast<std::size_t>(quote - start)};
      field.lines = lines;
      finish(after, field);
      return true;
    }
  }

  // A quote never stands between CR and LF here, but a doubled one may stand after a CR: both are right.
  static std::uint32_t count_lines(const char* from, const char* to) {
    std::uint32_t lines = 0;
    for (const char* c = from; c != to; ++c)
      if (*c == '\n' || (*c == '\r' && !(c + 1 != to && c[1] == '\n'))) ++lines;
    return lines;
  }

  void finish(const char* q, Field& field) {
    if (q == end_) {
      field.ends_record = true;
      p_ = q;
    } else if (*q == separator_) {
      p_ = q + 1;
      // A separator before the end of the file is followed by one last empty field, which the caller asks
      // for.
      pending_ = p_ == end_;
    } else {
      field.ends_record = true;
      ++field.lines;
      p_ = *q == '\r' && q + 1 != end_ && q[1] == '\n' ? q + 2 : q + 1;
    }
  }

  const char* p_;
  const char* end_;
  char separator_;
  bool pending_ = false;
  std::array<bool, 256> stop_{};
};

// How far a separator explains the first records: rows of the commonest width, squared, times the separators
// in it.
std::size_t consistency(std::string_view text, char separator) {
  constexpr std::size_t kRecords = 64;
  constexpr std::size_t kBytes = 1U << 18U;
  Cutter cutter(text.substr(0, kBytes), separator);
  std::vector<std::size_t> widths;
  std::size_t width = 0;
  while (!cutter.at_end() && widths.size() < kRecords) {
    const auto field = cutter.next();
    ++width;
    if (!field.ends_record) continue;
    if (width > 1) widths.push_back(width);
    width = 0;
  }
  if (width > 0) widths.push_back(width + 1);
  std::sort(widths.begin(), widths.end());
  std::size_t best = 0;
  for (auto it = widths.begin(); it != widths.end();) {
    const auto next = std::upper_bound(it, widths.end(), *it);
    const auto rows = static_cast<std::size_t>(next - it);
    best = std::max(best, rows * rows * (*it - 1));
    it = next;
  }
  return best;
}

char choose_separator(std::string_view text) {
  char best = ',';
  std::size_t best_score = 0;
  for (const char separator : {',', '\t', ';'}) {
    const auto score = consistency(text, separator);
    if (score > best_score) {
      best = separator;
      best_score = score;
    }
  }
  return best;
}

Issue file_issue(IssueCode code, std::string_view file, std::string found, std::string expected,
                 std::string message) {
  return {code,
          Severity::error,
          {std::string(file), "", 0, 0},
          "",
          std::move(found),
          std::move(expected),
          std::move(message)};
}

Issue cell_issue(IssueCode code, const Table& table, std::uint32_t row, std::uint32_t column,
                 std::string_view found, std::string expected, std::string message) {
  return {code,
          Severity::warning,
          {table.file, "", row, column},
          "",
          detail::shorten(found),
          std::move(expected),
          std::move(message)};
}

void report_bad_lines(Table& table, const detail::DecodedText& text) {
  for (std::size_t i = 0; i < text.bad_lines.size(); ++i) {
    const auto line = text.bad_lines[i];
    if (i == kMostIssues) {
      table.issues.push_back(
          cell_issue(IssueCode::encoding_error, table, line, 0, "", text.encoding + " 文字",
                     "从第" + std::to_string(line) + "行起还有 " + std::to_string(text.bad_lines.size() - i) +
                         " 行含无法识别的字节，不再逐行列出；请另存为 UTF-8 后再读。"));
      return;
    }
    table.issues.push_back(cell_issue(IssueCode::encoding_error, table, line, 0, "", text.encoding + " 文字",
                                      "第" + std::to_string(line) + "行有字节不是合法的 " + text.encoding +
                                          " 文字，已用“�”代替；请核对原文件，另存为 UTF-8 后再读。"));
  }
}

void undouble(std::string& out, std::string_view text) {
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    out.push_back(text[at]);
    if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"') ++at;
  }
}

void cut_rows(std::string_view text, char separator, Table& table) {
  auto& rows = table.sheets.front().rows;
  const auto line_ends =
      std::max(std::count(text.begin(), text.end(), '\n'), std::count(text.begin(), text.end(), '\r'));
  rows.reserve(static_cast<std::size_t>(line_ends) + 1);
  Cutter cutter(text, separator);
  std::uint32_t line = 1;
  std::size_t width = 0;
  std::size_t stray = 0;
  while (!cutter.at_end()) {
    auto& row = rows.emplace_back();
    row.number = line;
    row.cells.reserve(width);
    bool more = true;
    while (more) {
      const auto field = cutter.next();
      line += field.lines;
      auto& cell = row.cells.emplace_back();
      const auto trimmed = trim(field.text);
      if (field.doubled) {
        undouble(cell.text, trimmed);
      } else {
        cell.text.assign(trimmed);
      }
      cell.kind = cell.text.empty() ? CellKind::empty : CellKind::text;
      const auto column = static_cast<std::uint32_t>(row.cells.size());
      if (field.stray) {
        ++stray;
        if (stray <= kMostIssues)
          table.issues.push_back(cell_issue(IssueCode::unreadable_value, table, row.number, column, cell.text,
                                            "成对的英文引号，格内引号写成两个",
                                            "第" + std::to_string(row.number) + "行第" +
                                                std::to_string(column) +
                                                "列有不成对的英文引号，已按原样保留；请核对这一格。"));
      }
      if (cell.text.size() > kLongestCell) {
        const auto characters = detail::count_characters(cell.text);
        if (characters > kLongestCell)
          table.issues.push_back(
              cell_issue(IssueCode::cell_too_long, table, row.number, column, cell.text, "不超过 32767 个字",
                         "第" + std::to_string(row.number) + "行第" + std::to_string(column) + "列有 " +
                             std::to_string(characters) +
                             " 个字，超过电子表格单格上限 32767；已全部保留，请核对是否缺了右引号。"));
      }
      more = !field.ends_record && (!cutter.at_end() || cutter.take_pending());
      if (!field.ends_record && more && cutter.at_end()) {
        row.cells.emplace_back();
        more = false;
      }
    }
    if (row.cells.size() == 1 && row.cells.front().kind == CellKind::empty) row.cells.clear();
    width = row.cells.size();
  }
  if (stray > kMostIssues)
    table.issues.push_back(cell_issue(IssueCode::unreadable_value, table, 0, 0, "", "成对的英文引号",
                                      "全文件共有 " + std::to_string(stray) +
                                          " 处不成对的英文引号，只列出前 " + std::to_string(kMostIssues) +
                                          " 处；请检查文件的分隔符与引号。"));
}

}  // namespace

Result<Table> parse_csv(std::string_view bytes, std::string_view file, CsvOptions options) {
  const std::string name(file);
  if (bytes.empty())
    return file_issue(IssueCode::file_empty, file, "0 字节", "一份项目清单",
                      "文件“" + name + "”是空的；请确认是否保存成功或选错了文件。");
  const auto kind = detail::foreign_kind(bytes);
  if (!kind.name.empty())
    return file_issue(IssueCode::file_unreadable, file, std::string(kind.name), "CSV 文本",
                      "文件“" + name + "”其实是" + std::string(kind.name) + "，不是 CSV；" +
                          std::string(kind.advice) + "。");
  const auto decoded = detail::decode(bytes);
  if (!decoded)
    return file_issue(IssueCode::file_unreadable, file, "GB18030 文字", "UTF-8 文字",
                      "文件“" + name + "”不是 UTF-8，而本机缺少 GB18030 转换表；请另存为 UTF-8 再读。");
  const auto text = decoded->text(bytes);
  if (trim(text).empty())
    return file_issue(IssueCode::file_empty, file, "只有空白", "一份项目清单",
                      "文件“" + name + "”里只有空白；请确认是否保存成功或选错了文件。");
  Table table;
  table.file = name;
  table.encoding = decoded->encoding;
  table.sheets.emplace_back();
  report_bad_lines(table, *decoded);
  cut_rows(text, options.separator ? *options.separator : choose_separator(text), table);
  return table;
}

Result<Table> load_csv(const std::filesystem::path& path, CsvOptions options) {
  const auto name = path.filename().string();
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return file_issue(IssueCode::file_unreadable, name, "文件夹", "CSV 文件",
                      "“" + path.string() + "”是文件夹；请给出其中清单文件的路径。");
  struct Close {
    void operator()(std::FILE* f) const { static_cast<void>(std::fclose(f)); }
  };
  errno = 0;
  const std::unique_ptr<std::FILE, Close> stream(std::fopen(path.string().c_str(), "rb"));
  if (!stream) {
    if (errno == ENOENT || errno == ENOTDIR)
      return file_issue(IssueCode::file_not_found, name, path.string(), "存在的文件",
                        "找不到文件“" + path.string() + "”；请检查路径和文件名。");
    return file_issue(IssueCode::file_unreadable, name, path.string(), "可读的文件",
                      "打不开文件“" + path.string() + "”（" + std::generic_category().message(errno) +
                          "）；请检查读取权限。");
  }
  std::string bytes;
  const auto size = std::filesystem::file_size(path, error);
  if (!error) bytes.reserve(static_cast<std::size_t>(size));
  std::array<char, 1U << 16U> buffer;
  std::size_t n = 0;
  while ((n = std::fread(buffer.data(), 1, buffer.size(), stream.get())) > 0) bytes.append(buffer.data(), n);
  if (std::ferror(stream.get()) != 0)
    return file_issue(IssueCode::file_unreadable, name, path.string(), "可读的文件",
                      "文件“" + path.string() + "”读到一半出错；请检查磁盘或网络后重试。");
  return parse_csv(bytes, name, options);
}

std::string csv_field(std::string_view text) {
  const bool plain = text.find_first_of(",;\t\"\r\n") == text.npos && trim(text).size() == text.size();
  if (plain) return std::string(text);
  std::string out;
  out.reserve(text.size() + 2);
  out.push_back('"');
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

}  // namespace huoshui
