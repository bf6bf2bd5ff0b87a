#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/normalise/dictionaries.hpp>

namespace huoshui {
namespace {

const Dictionaries& bundled() { return Dictionaries::bundled(); }

std::string joined(const std::vector<Code>& codes) {
  std::string text;
  for (const auto& code : codes) text += (text.empty() ? "" : "|") + code.text();
  return text;
}

TEST(Dictionaries, WordsPointAtEntriesThatExist) {
  EXPECT_GT(bundled().industry_words.size(), 1500U);
  for (const auto& code : bundled().industry_words.codes()) {
    EXPECT_NE(bundled().industries.name(code), "") << code.text();
  }
  for (const auto& code : bundled().category_words.codes()) {
    EXPECT_TRUE(bundled().measures.has(code)) << code.text();
  }
  EXPECT_EQ(bundled().measures.codes().size(), 23U);
}

TEST(Dictionaries, EveryMeasureHasWords) {
  const auto named = bundled().category_words.codes();
  for (const auto& measure : bundled().measures.codes()) {
    EXPECT_TRUE(std::binary_search(named.begin(), named.end(), measure)) << measure.text();
  }
}

TEST(Dictionaries, RegionAndIndustryAreNoWordLists) {
  EXPECT_THROW((void)bundled().list(CodeList::region), ContractError);
  EXPECT_THROW((void)bundled().list(CodeList::industry), ContractError);
  for (const auto list :
       {CodeList::measure, CodeList::borrower, CodeList::security, CodeList::use, CodeList::size_class,
        CodeList::repayment_source, CodeList::stage, CodeList::nature, CodeList::place_type}) {
    EXPECT_FALSE(bundled().list(list).codes().empty());
  }
  EXPECT_EQ(bundled().name_zh(CodeList::region, Code("441625")), "广东省河源市东源县");
  EXPECT_EQ(bundled().name_zh(CodeList::industry, Code("A0164")), "茶叶种植");
  EXPECT_EQ(bundled().name_zh(CodeList::measure, Code("11")), "创新高标准农田建设金融服务");
}

TEST(Dictionaries, WorksOutATest) {
  const auto prefix =
      bundled().code_test(CodeList::region, {Code("4416"), Code("4402"), Code("4416")}, false);
  EXPECT_TRUE(prefix.prefix_form);
  EXPECT_EQ(joined(prefix.named), "4402|4416");
  EXPECT_EQ(prefix.inside, prefix.named);
  EXPECT_TRUE(prefix.above.empty());
  const auto words = bundled().code_test(CodeList::size_class, {Code("micro_small")}, true);
  EXPECT_FALSE(words.prefix_form);
  EXPECT_TRUE(words.open);
  EXPECT_EQ(joined(words.inside), "micro|micro_small|small");
  EXPECT_EQ(joined(words.above), "sme");
}

TEST(Dictionaries, KnowsPolicyTypesOfPlaces) {
  const auto types = bundled().place_types(Code("441625"));
  EXPECT_TRUE(std::binary_search(types.begin(), types.end(), Code("northern_ecological_area")));
  for (const auto& type : types) EXPECT_TRUE(bundled().place_type_names.has(type)) << type.text();
  EXPECT_EQ(bundled().place_types(Code("441625100")), types);  // a town has its county's types
  EXPECT_TRUE(bundled().place_types(Code("110101")).empty());
}

TEST(Dictionaries, TakesANewerEdition) {
  const auto newer = bundled().with_industries("code,name\nA,大农业\n", "i.csv");
  ASSERT_TRUE(newer.has_value());
  EXPECT_EQ(newer.value().industries.find("大农业"), Code("A"));
  EXPECT_EQ(newer.value().regions.size(), bundled().regions.size());
  EXPECT_FALSE(bundled().with_regions("code,name\nzz,某地\n", "r.csv").has_value());
  EXPECT_TRUE(bundled().with_regions("code,name\n44,广东省\n", "r.csv").has_value());
}

TEST(ReadIndustry, ReadsWordsOfTheField) {
  struct Case {
    const char* text;
    const char* codes;
    bool open;
  };
  const Case cases[] = {
      {"茶叶种植", "A0164", false},
      {"茶叶", "A0164|C1530", false},
      {"油茶", "A0162", false},
      {"生猪", "A0313", false},
      {"抽水蓄能", "D4413", false},
      {"农产品冷链", "G593", false},
      {"屠宰;冷链;食品深加工", "C135|C14|G593", false},
      {"水稻；蔬菜；茶叶", "A0111|A0141|A0164|C1530", false},
      {"食用菌等", "A0142", true},
      {"茶叶、天外来物", "A0164|C1530", true},
      {"农、林、牧、渔业", "A", false},
      {"C153", "C153", false},
      {"天外来物", "", true},
      {"", "", false},
  };
  for (const auto& test : cases) {
    const auto reading = read_industry(test.text, bundled());
    EXPECT_EQ(joined(reading.codes), test.codes) << test.text;
    EXPECT_EQ(reading.open, test.open) << test.text;
  }
  EXPECT_EQ(read_industry("茶叶、冷链", bundled()).basis, "茶叶、冷链");
}

TEST(ReadMeasures, FindsTheMeasureOfThePlan) {
  struct Case {
    const char *category, *industry, *name, *content;
    const char* measure;
  };
  const Case cases[] = {
      {"供水", "", "某县城乡供水一体化", "", "5"},
      {"城市更新/城中村", "", "", "", "5"},
      {"", "", "东源县工业园标准厂房建设", "", "6"},
      {"省级现代农业产业园", "油茶", "", "", "7"},
      {"一镇一园", "茶叶", "", "", "7"},
      {"冷链物流", "农产品冷链", "", "", "8"},
      {"乡镇商贸市场", "", "", "", "8"},
      {"美丽乡村", "乡村风貌", "", "", "9"},
      {"粮食仓储", "粮食", "", "", "10"},
      {"现代种业", "", "", "", "10"},
      {"水利/灌区", "灌区续建配套与现代化改造", "", "", "11"},
      {"农田建设", "高标准农田", "", "", "11"},
      {"", "民宿", "返乡创业民宿项目", "", "12"},
      {"文旅", "景区提升", "", "", "13"},
      {"", "", "某镇农光互补光伏发电项目", "", "13"},
      {"", "", "某县林业碳汇开发", "", "13"},
      {"", "", "", "建设冷库1万吨", "8"},
  };
  for (const auto& test : cases) {
    const auto reading = read_measures(test.category, test.industry, test.name, test.content, bundled());
    ASSERT_FALSE(reading.votes.empty()) << test.category << test.industry << test.name;
    EXPECT_EQ(reading.votes.front().measure, Code(test.measure))
        << test.category << test.industry << test.name << " " << reading.basis;
    EXPECT_NE(reading.votes.front().word, "");
  }
  EXPECT_EQ(read_measures("措施10", "冷链物流", "冷链物流", "", bundled()).votes.front().measure, Code("10"));
  EXPECT_TRUE(read_measures("", "", "", "", bundled()).votes.empty());
}

TEST(ReadMeasures, SaysWhichWordDecidedAndWhere) {
  const auto reading = read_measures("供水", "", "", "资金来源为专项债券", bundled());
  EXPECT_EQ(reading.basis, "category：供水");
  ASSERT_EQ(reading.votes.size(), 2U);
  EXPECT_EQ(reading.votes[1].measure, Code("W2"));
  EXPECT_EQ(reading.votes[1].from, "content");
}

TEST(InferBorrower, AStatedTypeIsStatedAndANameOnlyInfers) {
  const auto stated = infer_borrower("某某有限公司", "农户；家庭农场", bundled());
  EXPECT_EQ(stated.origin, Origin::stated);
  EXPECT_EQ(stated.codes.size(), 2U);
  const auto inferred = infer_borrower("东源县某某种植专业合作社", "", bundled());
  EXPECT_EQ(inferred.origin, Origin::inferred);
  ASSERT_EQ(inferred.codes.size(), 1U);
  EXPECT_TRUE(infer_borrower("", "", bundled()).codes.empty());
  EXPECT_TRUE(infer_borrower("", "火星移民", bundled()).open);
}

}  // namespace
}  // namespace huoshui
