#include <gtest/gtest.h>

#include <huoshui/normalise/industries.hpp>

namespace huoshui {
namespace {

TEST(Industries, FindsByCodeAndName) {
  const auto& industries = Industries::bundled();
  EXPECT_EQ(industries.size(), 1971U);
  EXPECT_EQ(industries.find("A0164"), Code("A0164"));
  EXPECT_EQ(industries.find("0164"), Code("A0164"));
  EXPECT_EQ(industries.find("茶叶种植"), Code("A0164"));
  EXPECT_EQ(industries.find("农、林、牧、渔业"), Code("A"));
  EXPECT_EQ(industries.find("酒、饮料及精制茶制造业"), Code("C15"));  // an other name
  EXPECT_EQ(industries.find("不存在的行业"), std::nullopt);
  EXPECT_EQ(industries.name(Code("C153")), "精制茶加工");
  EXPECT_EQ(industries.name(Code("Z9")), "");
}

TEST(Industries, ANameAtSeveralLevelsIsTheNarrowest) {
  EXPECT_EQ(Industries::bundled().find("房地产开发经营"), Code("K7010"));
}

TEST(Industries, ReadsANewerEdition) {
  const auto newer = Industries::parse("code,name\nA,农业\nA01,种植业\n", "i.csv");
  ASSERT_TRUE(newer.has_value());
  EXPECT_EQ(newer.value().find("种植业"), Code("A01"));
}

TEST(Industries, NamesTheBadRowsOfANewerEdition) {
  const auto bad = Industries::parse("code,name\nA,农业\n0164,茶\nA,又是\nA01,\n", "i.csv");
  ASSERT_FALSE(bad.has_value());
  ASSERT_EQ(bad.errors().size(), 3U);
  EXPECT_EQ(bad.errors()[0].place.row, 3U);
  EXPECT_EQ(bad.errors()[1].code, IssueCode::duplicate_id);
  EXPECT_EQ(bad.errors()[2].code, IssueCode::missing_name);
}

}  // namespace
}  // namespace huoshui
