#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/core/code.hpp>
#include <vector>

namespace huoshui {
namespace {

TEST(Code, CoversItselfAndWhatStandsBelow) {
  const Code guangdong("44"), heyuan("4416"), dongyuan("441625"), shunde("440606");
  EXPECT_TRUE(heyuan.covers(heyuan));
  EXPECT_TRUE(heyuan.covers(dongyuan));
  EXPECT_TRUE(guangdong.covers(dongyuan));
  EXPECT_FALSE(dongyuan.covers(heyuan)) << "a county does not cover its city";
  EXPECT_FALSE(heyuan.covers(shunde));
  EXPECT_TRUE(Code("A01").covers(Code("A0164")));
  EXPECT_FALSE(Code("A01").covers(Code("A0")));
}

TEST(Code, ThatIsEmptyCoversNothing) {
  EXPECT_TRUE(Code().empty());
  EXPECT_FALSE(Code().covers(Code("44")));
  EXPECT_FALSE(Code().covers(Code()));
  EXPECT_FALSE(Code("44").covers(Code()));
}

TEST(Code, OrdersByTheBytesOfItsText) {
  std::vector<Code> codes = {Code("4416"), Code("A01"), Code("44"), Code("441625"), Code("13"), Code("5")};
  std::sort(codes.begin(), codes.end());
  const std::vector<Code> expected = {Code("13"),     Code("44"), Code("4416"),
                                      Code("441625"), Code("5"),  Code("A01")};
  EXPECT_EQ(codes, expected);
  EXPECT_EQ(Code(std::string("44")), Code(std::string_view("44")));
  EXPECT_NE(Code("44"), Code("4400"));
}

}  // namespace
}  // namespace huoshui
