#include "read/detail/encoding.hpp"

#include <gtest/gtest.h>

#include <huoshui/read/csv.hpp>
#include <random>

namespace huoshui::detail {
namespace {

using namespace std::string_view_literals;

TEST(Encoding, TellsStrictUtf8) {
  struct Case {
    std::string_view bytes;
    bool valid;
  };
  for (const auto& c : {
           Case{"", true},
           Case{"abcdefghij", true},
           Case{"东源县", true},
           Case{"\xF0\x9F\x8C\xB2", true},
           Case{"abcdefgh\xE4\xB8", false},
           Case{"\xC0\xAF", false},
           Case{"\xE0\x80\x80", false},
           Case{"\xED\xA0\x80", false},
           Case{"\xF4\x90\x80\x80", false},
           Case{"\xFF", false},
           Case{"\x80", false},
       })
    EXPECT_EQ(is_utf8(c.bytes), c.valid) << c.bytes;
}

TEST(Encoding, ReadsGb18030) {
  const auto bytes =
      "\xCF\xEE\xC4\xBF\xC3\xFB\xB3\xC6,\xB6\xAB\xD4\xB4\xCF\xD8,\x81\x30\x84\x36"sv;  // 项目名称,东源县,¥
  const auto text = decode(bytes);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->encoding, "gb18030");
  EXPECT_EQ(text->text(bytes), "项目名称,东源县,¥");
  EXPECT_TRUE(text->bad_lines.empty());
}

TEST(Encoding, StripsTheMark) {
  const auto bytes = "\xEF\xBB\xBF项目"sv;
  const auto text = decode(bytes);
  EXPECT_EQ(text->encoding, "utf-8-bom");
  EXPECT_EQ(text->text(bytes), "项目");
}

TEST(Encoding, ReadsUtf16OfBothOrders) {
  const auto little = "\xFF\xFE\x79\x98\xEE\x76\n\0\x3C\xD8\x32\xDF"sv;
  EXPECT_EQ(decode(little)->text(little), "项目\n🌲");
  EXPECT_EQ(decode(little)->encoding, "utf-16le");
  const auto big = "\xFE\xFF\x98\x79\x76\xEE\0\n\xD8\x3C\xDF\x32"sv;
  EXPECT_EQ(decode(big)->text(big), "项目\n🌲");
  const auto cut = "\xFF\xFE\x79\x98\n\0\x3C\xD8\x41"sv;
  EXPECT_EQ(decode(cut)->bad_lines, (std::vector<std::uint32_t>{2}));
}

TEST(Encoding, NamesTheLineOfBadBytes) {
  // One broken byte in much UTF-8 text stays UTF-8, although the pairs would pass as GB18030.
  const auto utf8 = "项目名称,建设单位\n河源灯塔\xE4灌区续建配套\n再一行\xFF\xFF\n"sv;
  const auto text = decode(utf8);
  EXPECT_EQ(text->encoding, "utf-8");
  EXPECT_EQ(text->bad_lines, (std::vector<std::uint32_t>{2, 3}));
  EXPECT_EQ(text->bad_bytes, 3U);
  EXPECT_TRUE(is_utf8(text->text(utf8)));

  const auto gb = "\xCF\xEE\xC4\xBF\xC3\xFB\xB3\xC6\r\n\xB6\xAB\xD4\xB4\xCF\xD8\xFF\r\n"sv;
  EXPECT_EQ(decode(gb)->encoding, "gb18030");
  EXPECT_EQ(decode(gb)->bad_lines, (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(decode(gb)->text(gb), "项目名称\r\n东源县\xEF\xBF\xBD\r\n");
}

TEST(Encoding, AlwaysGivesUtf8) {
  std::mt19937 random(20260101);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 64, '\0');
    for (char& c : bytes) c = static_cast<char>(random() % 3 == 0 ? random() % 128 : 128 + random() % 128);
    const auto text = decode(bytes);
    ASSERT_TRUE(text);
    EXPECT_TRUE(is_utf8(text->text(bytes))) << "seed 20260101 round " << round;
  }
}

TEST(Encoding, ShortensByCharacters) {
  EXPECT_EQ(shorten("短"), "短");
  std::string text;
  for (int i = 0; i < 81; ++i) text += "河";
  EXPECT_EQ(count_characters(text), 81U);
  EXPECT_EQ(count_characters(shorten(text)), 81U);  // 80 and the mark
  EXPECT_TRUE(shorten(text).ends_with("…"));
}

TEST(Encoding, KnowsForeignFiles) {
  struct Case {
    std::string_view bytes, word;
  };
  for (const auto& c : {
           Case{"%PDF-1.7\n", "PDF"},
           Case{"PK\x03\x04 xl/workbook.xml", "xlsx"},
           Case{"PK\x03\x04 word/document.xml", "Word"},
           Case{"PK\x03\x04 readme.txt", "zip"},
           Case{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", "旧版"},
           Case{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv,
                "密码"},
           Case{"{\\rtf1", "RTF"},
           Case{"\x89PNG\r\n", "图片"},
           Case{"\x1F\x8B\x08", "压缩包"},
           Case{" \n<HTML><table>", "网页"},
           Case{"ab\0\0cd"sv, "二进制"},
       }) {
    EXPECT_NE(foreign_kind(c.bytes).name.find(c.word), std::string_view::npos) << c.word;
    EXPECT_FALSE(foreign_kind(c.bytes).advice.empty());
  }
  EXPECT_TRUE(foreign_kind("序号,项目名称\n").name.empty());
  EXPECT_TRUE(foreign_kind("\xFF\xFE\x79\x98\n\0"sv).name.empty());
}

}  // namespace
}  // namespace huoshui::detail
