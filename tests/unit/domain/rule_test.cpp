#include <gtest/gtest.h>

#include <huoshui/domain/rule.hpp>
#include <set>

namespace huoshui {
namespace {

TEST(Citation, PrintsInOneLineWhatItHas) {
  Citation citation;
  EXPECT_EQ(to_string(citation), "");
  citation.source = "固定资产贷款管理办法";
  EXPECT_EQ(to_string(citation), "固定资产贷款管理办法");
  citation.clause = "第十八条";
  EXPECT_EQ(to_string(citation), "固定资产贷款管理办法，第十八条");
  citation.document = "国家金融监督管理总局令2024年第1号";
  EXPECT_EQ(to_string(citation), "固定资产贷款管理办法，国家金融监督管理总局令2024年第1号，第十八条");
  citation.source.clear();
  EXPECT_EQ(to_string(citation), "国家金融监督管理总局令2024年第1号，第十八条");
}

TEST(Rule, RefusesByDefaultAndLetsTheUnknownPass) {
  const Rule rule;
  EXPECT_EQ(rule.strength, Strength::must);
  EXPECT_FALSE(rule.fails_closed);
  EXPECT_FALSE(rule.not_in_force);
}

TEST(RuleWords, AreThereForEveryEnumerator) {
  std::set<std::string_view> strengths, topics;
  for (const auto strength : {Strength::must, Strength::should, Strength::prefer}) {
    EXPECT_TRUE(strengths.insert(to_string(strength)).second);
  }
  for (std::size_t i = 0; i <= static_cast<std::size_t>(RuleTopic::policy); ++i) {
    EXPECT_TRUE(topics.insert(to_string(static_cast<RuleTopic>(i))).second);
  }
  EXPECT_FALSE(strengths.contains("") || topics.contains(""));
}

}  // namespace
}  // namespace huoshui
