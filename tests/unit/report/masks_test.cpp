#include <gtest/gtest.h>

#include <huoshui/report/report.hpp>

namespace huoshui {
namespace {

struct Case {
  const char *text, *masked;
};

TEST(MaskPhones, HidesTheMiddleOfMobileNumbers) {
  for (const auto& c : {
           Case{"13812345678", "138****5678"},
           Case{"联系人张三13812345678", "联系人张三138****5678"},
           Case{"138 1234 5678", "138 **** 5678"},
           Case{"138-1234-5678", "138-****-5678"},
           Case{"19912345678、15012345678", "199****5678、150****5678"},
           Case{"电话：13812345678。", "电话：138****5678。"},
       }) {
    EXPECT_EQ(mask_phones(c.text), c.masked) << c.text;
  }
}

TEST(MaskPhones, HidesTheMiddleOfLandlineNumbers) {
  for (const auto& c : {
           Case{"07623388123", "076****8123"},
           Case{"0762-3388123", "076*-***8123"},
           Case{"0762 3388123", "076* ***8123"},
           Case{"020-83330000", "020-****0000"},
           Case{"010-6554321", "010-***4321"},
       }) {
    EXPECT_EQ(mask_phones(c.text), c.masked) << c.text;
  }
}

TEST(MaskPhones, LeavesAmountsDatesAndCodesAlone) {
  for (const char* text : {
           "",
           "总投资288000万元",
           "34996.46万元",
           "1,500万元",
           "1234567890元",    // ten digits
           "10012345678元",   // eleven digits, but no mobile number begins with 10
           "12345678901元",   // nor with 12
           "123456789012元",  // twelve
           "2024-08-01至2026-07-31",
           "20240801",
           "441625104",
           "441625104201",
           "R0007",
           "0.0435",
           "3年",
           "GB/T 4754-2017",
           "面积1200.5亩，建设期24个月",
       }) {
    EXPECT_EQ(mask_phones(text), text);
  }
}

TEST(MaskPhones, ChangesNothingButDigits) {
  for (const char* text : {"（办）0762-3388123，（手机）138 1234 5678！", "☎ 13812345678 ✉ a@b.cn"}) {
    const auto masked = mask_phones(text);
    ASSERT_EQ(masked.size(), std::string_view(text).size());
    for (std::size_t i = 0; i < masked.size(); ++i) {
      if (masked[i] != text[i]) {
        EXPECT_EQ(masked[i], '*');
        EXPECT_TRUE(text[i] >= '0' && text[i] <= '9');
      }
    }
    EXPECT_EQ(mask_phones(masked), masked) << "masking twice is masking once";
  }
}

// Known leaks: numbers that stand side by side, or with a country code or an extension, make one run of
// digits whose length is no phone number's, and the run is printed whole. Enable these with the repair of
// masks.cpp.
TEST(MaskPhones, HidesNumbersThatStandSideBySide) {
  for (const char* text :
       {"13812345678 13912345678", "0762-3388123 13812345678", "13812345678 2024", "5 13812345678"}) {
    EXPECT_EQ(mask_phones(text).find("12345678"), std::string::npos) << mask_phones(text);
    EXPECT_EQ(mask_person(text).find("12345678"), std::string::npos) << mask_person(text);
  }
}

TEST(MaskPhones, HidesNumbersWithCountryCodeOrExtension) {
  for (const char* text : {"+86 13812345678", "+8613812345678", "86-13812345678", "13812345678-801"}) {
    EXPECT_EQ(mask_phones(text).find("12345678"), std::string::npos) << mask_phones(text);
  }
  for (const char* text : {"0762-3388123-801", "（0762）3388123", "0762－3388123", "0762—3388123"}) {
    EXPECT_EQ(mask_phones(text).find("3388123"), std::string::npos) << mask_phones(text);
  }
}

TEST(MaskPhones, LeavesElevenDigitsWithAUnitAlone) {
  EXPECT_EQ(mask_phones("总投资13800000000元"), "总投资13800000000元");
}

TEST(MaskPerson, KeepsTheFirstCharacterOfEachName) {
  for (const auto& c : {
           Case{"", ""},
           Case{"张三", "张*"},
           Case{"欧阳修远", "欧***"},
           Case{"张", "张"},
           Case{"张三、李小四", "张*、李**"},
           Case{"张三，李四；王五", "张*，李*；王*"},
           Case{"张三 李四", "张* 李*"},
           Case{"张三/李四", "张*/李*"},
           Case{"阿依古丽·买买提", "阿***·买**"},
           Case{"张三（经理）", "张*（经*）"},
       }) {
    EXPECT_EQ(mask_person(c.text), c.masked) << c.text;
  }
}

TEST(MaskPerson, HidesEveryLongNumberBesideTheName) {
  for (const auto& c : {
           Case{"张三13812345678", "张*138****5678"},
           Case{"张三 0762-3388123", "张* 076*-***8123"},
           Case{"张三 3388123", "张* 33***23"},  // a local number, which no free text would show as one
           Case{"3388123", "33***23"},
           Case{"12345678", "12****78"},
           Case{"8613812345678", "86138****5678"},
           Case{"123456", "123456"},
       }) {
    EXPECT_EQ(mask_person(c.text), c.masked) << c.text;
  }
}

}  // namespace
}  // namespace huoshui
