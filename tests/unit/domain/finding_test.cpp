#include <gtest/gtest.h>

#include <huoshui/domain/finding.hpp>
#include <set>
#include <string_view>
#include <vector>

namespace huoshui {
namespace {

TEST(Finding, IsLawfulUntilABindingRuleIsBrokenOrOpen) {
  std::vector<Finding> findings(1);
  for (const auto& [standing, lawful] : {std::pair{Standing::passed, true},
                                         {Standing::caution, true},
                                         {Standing::not_tested, true},
                                         {Standing::violated, false},
                                         {Standing::undecided, false}}) {
    findings.front().standing = standing;
    EXPECT_EQ(is_lawful(findings), lawful) << to_string(standing);
    EXPECT_EQ(count(findings, standing), 1U) << to_string(standing);
    EXPECT_EQ(count(findings, standing == Standing::passed ? Standing::caution : Standing::passed), 0U);
  }
}

TEST(Finding, IsFoundByItsRule) {
  const std::vector<Finding> findings = {{.rule = "stage"}, {.rule = "tenor"}};
  EXPECT_EQ(find(findings, "tenor"), &findings[1]);
  EXPECT_EQ(find(findings, "amount"), nullptr);
}

TEST(Finding, NamesEveryStandingAndMeasureOnce) {
  std::set<std::string_view> words;
  for (int n = 0; n <= static_cast<int>(Standing::not_tested); ++n)
    words.insert(to_string(static_cast<Standing>(n)));
  EXPECT_EQ(words.size(), 5U);
  words.clear();
  for (int n = 0; n <= static_cast<int>(Measure::square_metres); ++n)
    words.insert(to_string(static_cast<Measure>(n)));
  EXPECT_EQ(words.size(), 8U);
}

}  // namespace
}  // namespace huoshui
