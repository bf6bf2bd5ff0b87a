#include <gtest/gtest.h>

#include <huoshui/domain/finding.hpp>
#include <vector>

namespace huoshui::carbon {
namespace {

TEST(CarbonFinding, IsLawfulUntilABindingRuleIsBrokenOrOpen) {
  std::vector<Finding> findings(1);
  for (const auto& [standing, lawful] : {std::pair{Standing::passed, true},
                                         {Standing::caution, true},
                                         {Standing::not_tested, true},
                                         {Standing::violated, false},
                                         {Standing::undecided, false}}) {
    findings.front().standing = standing;
    EXPECT_EQ(is_lawful(findings), lawful) << to_string(standing);
  }
}

TEST(CarbonFinding, IsFoundByItsRule) {
  const std::vector<Finding> findings = {{.rule = "stage"}, {.rule = "tenor"}};
  EXPECT_EQ(find(findings, "tenor"), &findings[1]);
  EXPECT_EQ(find(findings, "amount"), nullptr);
}

}  // namespace
}  // namespace huoshui::carbon
