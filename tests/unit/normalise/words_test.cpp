#include <gtest/gtest.h>

#include <huoshui/normalise/words.hpp>

namespace huoshui {
namespace {

WordList list_of(std::string_view csv) { return WordList::parse(csv, "w.csv").value(); }
CodeWords closed(std::string_view csv) { return CodeWords::parse(csv, "c.csv").value(); }

constexpr std::string_view kBorrowers =
    "code,name_zh,name_en,includes,words\n"
    "any,经营主体,operator,farm;company,主体\n"
    "farm,农户,farm household,big,农户;农民\n"
    "big,种养大户,large grower,,大户|~大户\n"
    "company,企业,enterprise,coop,企业;~公司;~有限公司\n"
    "coop,合作社,cooperative,,合作社;~专业合作社\n";

TEST(WordList, TheLongestWordWinsAndWordsNeverOverlap) {
  const auto list = list_of("word,codes\n茶,A\n茶叶,B\n茶叶加工,C|D\n加工厂,E\n");
  const auto hits = list.find_all("茶园茶叶加工厂");
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].word, "茶");
  EXPECT_EQ(hits[0].position, 0U);
  EXPECT_EQ(hits[1].word, "茶叶加工");
  EXPECT_EQ(hits[1].position, std::string_view("茶园").size());
  EXPECT_EQ(hits[1].codes, (std::vector<Code>{Code("C"), Code("D")}));
  EXPECT_EQ(list.codes(), (std::vector<Code>{Code("A"), Code("B"), Code("C"), Code("D"), Code("E")}));
}

TEST(WordList, FoldsWidthAndCase) {
  const auto list = list_of("word,codes\nppp项目,A\n农房(试点),B\n");
  EXPECT_EQ(list.find_all("ＰＰＰ项目").size(), 1U);
  EXPECT_EQ(list.find_all("PPP项目").front().word, "PPP项目");
  EXPECT_EQ(list.find_all("农房（试点）").size(), 1U);
}

TEST(WordList, ReadsWeights) {
  const auto list = WordList::parse("word,measures,weight\n道路,5,4\n", "w.csv", "measures").value();
  EXPECT_EQ(list.find_all("道路").front().weight, 4);
}

TEST(WordList, SurvivesBrokenText) {
  const auto list = list_of("word,codes\n茶,A\n");
  EXPECT_EQ(list.find_all("\xE8\x8C").size(), 0U);
  EXPECT_EQ(list.find_all("\xFF茶\x80").size(), 1U);
  EXPECT_TRUE(list.find_all("").empty());
  EXPECT_TRUE(WordList().find_all("茶").empty());
}

TEST(WordList, NamesBadRows) {
  const auto bad = WordList::parse("word,codes,weight\n茶,A,x\n,A,1\n茶,A,1\n茶,B,1\n", "w.csv");
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.errors().size(), 3U);
  EXPECT_EQ(bad.errors()[2].code, IssueCode::duplicate_id);
}

TEST(CodeWords, FindsExactWordsOnly) {
  const auto list = closed(kBorrowers);
  EXPECT_EQ(list.find("农民"), Code("farm"));
  EXPECT_EQ(list.find("farm"), Code("farm"));
  EXPECT_EQ(list.find("种养大户"), Code("big"));
  EXPECT_EQ(list.find("农民们"), std::nullopt);
  EXPECT_EQ(list.find("公司"), std::nullopt);  // the end of a name is no word
  EXPECT_EQ(list.find_all("农户和合作社").size(), 2U);
}

TEST(CodeWords, IncludesAtAnyRemove) {
  const auto list = closed(kBorrowers);
  EXPECT_EQ(list.inside(Code("any")),
            (std::vector<Code>{Code("any"), Code("big"), Code("company"), Code("coop"), Code("farm")}));
  EXPECT_EQ(list.inside(Code("big")), std::vector<Code>{Code("big")});
  EXPECT_EQ(list.above(Code("big")), (std::vector<Code>{Code("any"), Code("farm")}));
  EXPECT_TRUE(list.above(Code("any")).empty());
  EXPECT_TRUE(list.inside(Code("none")).empty());
}

TEST(CodeWords, ALoopOfInclusionsEnds) {
  const auto list = closed("code,name_zh,name_en,includes,words\na,甲,a,b,\nb,乙,b,a,\n");
  EXPECT_EQ(list.inside(Code("a")), (std::vector<Code>{Code("a"), Code("b")}));
}

TEST(CodeWords, InfersFromTheEndOfAName) {
  const auto list = closed(kBorrowers);
  EXPECT_EQ(list.find_suffix("东源县某某茶叶专业合作社")->codes.front(), Code("coop"));
  EXPECT_EQ(list.find_suffix("河源某某有限公司（合作方）")->word, "有限公司");
  EXPECT_EQ(list.find_suffix("某某有限公司等")->codes.front(), Code("company"));
  EXPECT_EQ(list.find_suffix("某某"), std::nullopt);
}

TEST(CodeWords, NamesBadRows) {
  EXPECT_FALSE(CodeWords::parse("code,name_zh,name_en,includes,words\na,甲,a,zz,\n", "c.csv").has_value());
  EXPECT_FALSE(
      CodeWords::parse("code,name_zh,name_en,includes,words\na,甲,a,,\na,乙,b,,\n", "c.csv").has_value());
  EXPECT_FALSE(CodeWords::parse("code,name_zh,name_en,includes,words\na,\"甲,a,,\n", "c.csv").has_value());
}

}  // namespace
}  // namespace huoshui
