#include <gtest/gtest.h>
#include <iconv.h>

#include <chrono>
#include <fstream>
#include <huoshui/read/csv.hpp>
#include <random>

#include "read/detail/encoding.hpp"

namespace huoshui {
namespace {

using Lines = std::vector<std::vector<std::string>>;

Lines texts(const Table& table) {
  Lines lines;
  for (const auto& row : table.sheets.at(0).rows) {
    auto& line = lines.emplace_back();
    for (const auto& cell : row.cells) line.push_back(cell.text);
  }
  return lines;
}

Table parsed(std::string_view bytes, CsvOptions options = {}) {
  return parse_csv(bytes, "清单.csv", options).value();
}

TEST(Csv, ReadsQuotesLineBreaksAndEscapes) {
  const auto table = parsed("序号,项目名称,总投资\r\n1,\"河源,\n灌区\",\"12,000\"\r\n2,\"说\"\"好\"\"\",\n");
  EXPECT_EQ(texts(table),
            (Lines{{"序号", "项目名称", "总投资"}, {"1", "河源,\n灌区", "12,000"}, {"2", "说\"好\"", ""}}));
  EXPECT_EQ(table.sheets[0].rows[1].number, 2U);
  EXPECT_EQ(table.sheets[0].rows[2].number, 4U) << "the file line, counting breaks in quotes";
  EXPECT_EQ(table.sheets[0].rows[2].cells[2].kind, CellKind::empty);
  EXPECT_TRUE(table.issues.empty());
}

TEST(Csv, KeepsBlankLinesAndEveryLineEnd) {
  const auto table = parsed("a,b\r\rc,d\n\n\r\ne,f");
  EXPECT_EQ(texts(table), (Lines{{"a", "b"}, {}, {"c", "d"}, {}, {}, {"e", "f"}}));
  EXPECT_EQ(table.sheets[0].rows.back().number, 6U);
}

TEST(Csv, TrimsOuterBlanksOnly) {
  EXPECT_EQ(texts(parsed("　总 投 资 ,\" x \"\n")), (Lines{{"总 投 资", "x"}}));
}

TEST(Csv, EndsWithAnEmptyField) { EXPECT_EQ(texts(parsed("a,b\n1,")), (Lines{{"a", "b"}, {"1", ""}})); }

TEST(Csv, ChoosesTheSeparator) {
  EXPECT_EQ(texts(parsed("标题, 一\na\tb\tc\n1,2\t3\t4\n"))[1].size(), 3U);
  EXPECT_EQ(texts(parsed("名称;内容;额\n甲;\"x,y;z\";1\n乙;p,q;2\n"))[1],
            (std::vector<std::string>{"甲", "x,y;z", "1"}));
  EXPECT_EQ(texts(parsed("名称，内容，额\n甲，乙，丙\n"))[0].size(), 1U)
      << "full-width commas never separate";
  EXPECT_EQ(texts(parsed("a;b,c\n", {.separator = ';'}))[0], (std::vector<std::string>{"a", "b,c"}));
}

TEST(Csv, KeepsStrayQuotesAndReportsThem) {
  const auto table = parsed("\"百千万\"项目,甲\n5\" 管,乙\n\"未完,丙\n丁,戊\n");
  EXPECT_EQ(texts(table),
            (Lines{{"\"百千万\"项目", "甲"}, {"5\" 管", "乙"}, {"\"未完", "丙"}, {"丁", "戊"}}));
  ASSERT_EQ(table.issues.size(), 3U);
  EXPECT_EQ(table.issues[1].code, IssueCode::unreadable_value);
  EXPECT_EQ(table.issues[1].severity, Severity::warning);
  EXPECT_EQ(table.issues[1].place, (Place{"清单.csv", "", 2, 1}));
}

TEST(Csv, KeepsLongCellsQuickly) {
  const std::string longest(1U << 20U, 'x');
  const auto start = std::chrono::steady_clock::now();
  const auto table = parsed("a,b\n1,\"" + longest + "\"\n");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  EXPECT_EQ(table.sheets[0].rows[1].cells[1].text, longest);
  ASSERT_EQ(table.issues.size(), 1U);
  EXPECT_EQ(table.issues[0].code, IssueCode::cell_too_long);
  EXPECT_EQ(table.issues[0].place.row, 2U);
  std::string edge;
  for (std::size_t i = 0; i < kLongestCell; ++i) edge += "河";
  EXPECT_TRUE(parsed("a,b\n1," + edge).issues.empty()) << "characters count, not bytes";
  EXPECT_EQ(parsed("a,b\n1,源" + edge).issues.size(), 1U);
}

TEST(Csv, StaysLinearOnBrokenQuotes) {
  for (const std::string_view piece : {"\"", "\"\"\"\n", ",\"", "\"a", "\"\"x,\"\n"}) {
    std::string bytes;
    while (bytes.size() < 400'000) bytes += piece;
    const auto start = std::chrono::steady_clock::now();
    const auto table = parsed(bytes);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << piece;
    EXPECT_LE(table.issues.size(), 60U);
  }
}

TEST(Csv, SaysWhyAFileIsNotAList) {
  EXPECT_EQ(parse_csv("", "a.csv").error().code, IssueCode::file_empty);
  EXPECT_EQ(parse_csv(" \r\n\t\n", "a.csv").error().code, IssueCode::file_empty);
  const auto pdf = parse_csv("%PDF-1.4\n", "a.csv");
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().code, IssueCode::file_unreadable);
  EXPECT_NE(pdf.error().message.find("PDF"), std::string::npos);
  EXPECT_EQ(load_csv("/nonexistent/清单.csv").error().code, IssueCode::file_not_found);
  EXPECT_EQ(load_csv("/").error().code, IssueCode::file_unreadable);
}

TEST(Csv, ReportsBadBytesByLine) {
  const auto table = parsed("项目名称,建设单位,总投资,备注\n河源灯塔灌区续建\xE4,,,\n");
  ASSERT_EQ(table.issues.size(), 1U);
  EXPECT_EQ(table.issues[0].code, IssueCode::encoding_error);
  EXPECT_EQ(table.issues[0].place.row, 2U);
}

// Law: a table written with csv_field reads back the same, whatever the separator, line end and encoding.
std::string to_gb18030(std::string text) {
  const iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string out(text.size() * 4 + 8, '\0');
  char* in = text.data();
  char* to = out.data();
  std::size_t left = text.size();
  std::size_t room = out.size();
  EXPECT_EQ(iconv(converter, &in, &left, &to, &room), 0U);
  iconv_close(converter);
  out.resize(out.size() - room);
  return out;
}

TEST(Csv, RoundTripsRandomTables) {
  constexpr unsigned kSeed = 20260102;
  std::mt19937 random(kSeed);
  const std::vector<std::string> pieces = {"河",     "源", "县", "项目", "①",  "一", "x",  "0",
                                           "12,000", "；", ",",  ";",    "\t", "\"", "\n", "\r\n",
                                           " ",      "　", "（", "𠀀",   "é",  "-"};
  const auto is_outer_blank = [](const std::string& t) {
    return t == " " || t == "\t" || t == "\n" || t == "\r\n" || t == "　";
  };
  for (int round = 0; round < 400; ++round) {
    const std::size_t width = 2 + random() % 12;
    Lines lines(2 + random() % 20);
    for (auto& line : lines) {
      for (std::size_t column = 0; column < width; ++column) {
        std::vector<std::string> parts(random() % 6);
        for (auto& part : parts) part = pieces[random() % pieces.size()];
        while (!parts.empty() && is_outer_blank(parts.back())) parts.pop_back();
        while (!parts.empty() && is_outer_blank(parts.front())) parts.erase(parts.begin());
        std::string text;
        for (const auto& part : parts) text += part;
        line.push_back(text);
      }
      line.front() =
          "行" + line.front();  // enough Chinese for any encoding test to bite, and no blank records
    }
    for (const std::string separator : {",", ";", "\t"}) {
      for (const std::string end : {"\n", "\r\n", "\r"}) {
        std::string bytes;
        for (const auto& line : lines) {
          for (std::size_t i = 0; i < width; ++i) bytes += (i == 0 ? "" : separator) + csv_field(line[i]);
          bytes += end;
        }
        EXPECT_EQ(texts(parsed(bytes)), lines) << "seed " << kSeed << " round " << round << "\n" << bytes;
        EXPECT_EQ(texts(parsed("\xEF\xBB\xBF" + bytes)), lines);
        const auto gb = parsed(to_gb18030(bytes));
        EXPECT_EQ(gb.encoding, "gb18030");
        EXPECT_EQ(texts(gb), lines) << "gb18030, seed " << kSeed << " round " << round << "\n" << bytes;
        EXPECT_TRUE(gb.issues.empty());
      }
    }
  }
}

TEST(Csv, SurvivesRandomBytes) {
  constexpr unsigned kSeed = 20260103;
  std::mt19937 random(kSeed);
  const std::string common = ",;\t\"\"\"\n\r 12a\xE4\xB8\xAD\xCF\xEE\x81\x30";
  for (int round = 0; round < 3000; ++round) {
    std::string bytes(random() % 300, '\0');
    for (char& c : bytes)
      c = random() % 4 == 0 ? static_cast<char>(random() % 256) : common[random() % common.size()];
    const auto table = parse_csv(bytes, "x.csv");
    if (!table) continue;
    std::uint32_t before = 0;
    for (const auto& row : table->sheets[0].rows) {
      EXPECT_GT(row.number, before) << "seed " << kSeed << " round " << round;
      before = row.number;
      for (const auto& cell : row.cells) EXPECT_TRUE(detail::is_utf8(cell.text));
    }
  }
}

TEST(Csv, ReadsAHundredThousandRows) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i)
    bytes += std::to_string(i) +
             ",河源市东源县灯塔盆地灌区续建项目,东源县水务局,东源县,水利,\"12,000\",8000,15,在建,2024年,"
             "2026年,张三,13800000000,无\n";
  const auto start = std::chrono::steady_clock::now();
  const auto table = parsed(bytes);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(table.sheets[0].rows.size(), 100'000U);
  EXPECT_EQ(table.sheets[0].rows.back().cells.size(), 14U);
  RecordProperty("seconds", std::to_string(took.count()));
  EXPECT_LT(took.count(), 5.0) << "an order of magnitude above an idle release build";
}

}  // namespace
}  // namespace huoshui
