#include <gtest/gtest.h>

#include <huoshui/domain/project.hpp>

namespace huoshui {
namespace {

TEST(Project, GivesTheTextOfAColumnAndNothingForAnAbsentOne) {
  Project project;
  project.texts = {{"owner", "东源县某某公司"}, {"content", "新建冷库"}};
  EXPECT_EQ(project.text("content"), "新建冷库");
  EXPECT_EQ(project.text("owner"), "东源县某某公司");
  EXPECT_EQ(project.text("remark"), "");
  EXPECT_EQ(project.text(""), "");
}

TEST(Project, IsOneProjectUnlessItSaysOtherwise) {
  EXPECT_FALSE(Project{}.is_collection);
  EXPECT_TRUE(Project{}.facts.all().empty());
}

}  // namespace
}  // namespace huoshui
