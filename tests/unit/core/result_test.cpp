#include <gtest/gtest.h>

#include <huoshui/core/result.hpp>
#include <memory>
#include <string>

namespace huoshui {
namespace {

Issue issue_saying(std::string message) {
  Issue issue;
  issue.code = IssueCode::file_empty;
  issue.message = std::move(message);
  return issue;
}

TEST(Result, HoldsAValue) {
  const Result<int> result = 5;
  EXPECT_TRUE(result.has_value());
  EXPECT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(result.value(), 5);
  EXPECT_EQ(*result, 5);
  const Result<std::string> text = std::string("银团贷款");
  EXPECT_EQ(text->size(), 12U);
}

TEST(Result, HoldsTheIssueInstead) {
  const Result<int> result = issue_saying("文件是空的");
  EXPECT_FALSE(result.has_value());
  EXPECT_FALSE(result);
  EXPECT_EQ(result.error().code, IssueCode::file_empty);
  ASSERT_EQ(result.errors().size(), 1U);
}

TEST(Result, HoldsAllIssuesInTheirOrder) {
  const Result<std::string> result = std::vector{issue_saying("一"), issue_saying("二"), issue_saying("三")};
  ASSERT_EQ(result.errors().size(), 3U);
  EXPECT_EQ(result.error().message, "一");
  EXPECT_EQ(result.errors().back().message, "三");
}

TEST(Result, ThrowsFailureWithItsIssuesWhenThereIsNoValue) {
  const Result<int> result = std::vector{issue_saying("第一个"), issue_saying("第二个")};
  try {
    static_cast<void>(result.value());
    FAIL() << "value() gave a value that is not there";
  } catch (const Failure& failure) {
    EXPECT_STREQ(failure.what(), "第一个");
    EXPECT_EQ(failure.issue().message, "第一个");
    EXPECT_EQ(failure.issues(), result.errors());
  }
  EXPECT_THROW(static_cast<void>(Result<int>(issue_saying("无")).value()), Failure);
}

TEST(Result, GivesItsValueAwayWhenItIsNotKept) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  const std::unique_ptr<int> kept = std::move(result).value();
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(*kept, 7);
}

TEST(Failure, SaysTheFirstMessage) {
  EXPECT_STREQ(Failure(issue_saying("读不到")).what(), "读不到");
  EXPECT_EQ(Failure(issue_saying("读不到")).issue().message, "读不到");
  EXPECT_STREQ(Failure(std::vector<Issue>{}).what(), "failure");
}

TEST(Failure, IsNoBreachOfContract) {
  EXPECT_THROW(throw Failure(issue_saying("读不到")), std::runtime_error);
  EXPECT_THROW(throw ContractError("called wrongly"), std::logic_error);
}

}  // namespace
}  // namespace huoshui
