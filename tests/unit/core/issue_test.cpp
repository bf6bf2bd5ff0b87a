#include <gtest/gtest.h>

#include <huoshui/core/issue.hpp>
#include <set>
#include <string>

namespace huoshui {
namespace {

TEST(Place, PrintsWhereAPersonLooks) {
  EXPECT_EQ(to_string(Place{"清单.xlsx", "Sheet1", 7, 3}), "清单.xlsx [Sheet1] 第7行 第3列");
  EXPECT_EQ(to_string(Place{"清单.csv", "", 7, 3}), "清单.csv 第7行 第3列");
  EXPECT_EQ(to_string(Place{"清单.csv", "", 7, 0}), "清单.csv 第7行");
  EXPECT_EQ(to_string(Place{"清单.csv", "", 0, 0}), "清单.csv");
  EXPECT_EQ(to_string(Place{"", "", 7, 3}), "第7行 第3列");
  EXPECT_EQ(to_string(Place{}), "");
}

TEST(IssueCode, HasAWordOfItsOwnForEveryCode) {
  std::set<std::string_view> words;
  const auto last = static_cast<std::size_t>(IssueCode::masked_value);
  for (std::size_t i = 0; i <= last; ++i) {
    const auto word = to_string(static_cast<IssueCode>(i));
    EXPECT_FALSE(word.empty()) << "code number " << i;
    EXPECT_EQ(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), word.npos) << word;
    EXPECT_TRUE(words.insert(word).second) << word << " stands for two codes";
  }
  EXPECT_EQ(words.size(), last + 1);
  EXPECT_TRUE(to_string(static_cast<IssueCode>(last + 1)).empty()) << "masked_value is not the last code";
}

TEST(Severity, PrintsItsWord) {
  EXPECT_EQ(to_string(Severity::error), "error");
  EXPECT_EQ(to_string(Severity::warning), "warning");
}

TEST(Issue, IsAnErrorUnlessItSaysOtherwise) {
  EXPECT_EQ(Issue{}.severity, Severity::error);
  Issue a, b;
  a.message = b.message = "第7行没有项目名称";
  EXPECT_EQ(a, b);
  b.place.row = 7;
  EXPECT_NE(a, b);
}

}  // namespace
}  // namespace huoshui
