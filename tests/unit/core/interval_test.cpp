#include <gtest/gtest.h>

#include <huoshui/core/interval.hpp>

namespace huoshui {
namespace {

TEST(Interval, IsUnboundedByDefaultNotZero) {
  constexpr Interval any;
  EXPECT_FALSE(any.has_min());
  EXPECT_FALSE(any.has_max());
  EXPECT_FALSE(any.is_point());
  EXPECT_TRUE(any.contains(0));
  EXPECT_TRUE(any.contains(Interval::kNoMin));
  EXPECT_TRUE(any.contains(Interval::kNoMax));
  EXPECT_NE(any, Interval::exactly(0));
}

TEST(Interval, HoldsExactlyOneNumber) {
  constexpr auto five = Interval::exactly(5);
  EXPECT_TRUE(five.is_point());
  EXPECT_TRUE(five.has_min());
  EXPECT_TRUE(five.has_max());
  EXPECT_FALSE(five.contains(4));
  EXPECT_TRUE(five.contains(5));
  EXPECT_FALSE(five.contains(6));
}

TEST(Interval, IsClosedAtItsEnds) {
  constexpr auto at_most = Interval::at_most(10);
  EXPECT_TRUE(at_most.contains(10));
  EXPECT_FALSE(at_most.contains(11));
  EXPECT_TRUE(at_most.contains(-1'000'000));
  EXPECT_FALSE(at_most.has_min());
  EXPECT_TRUE(at_most.has_max());

  constexpr auto at_least = Interval::at_least(10);
  EXPECT_TRUE(at_least.contains(10));
  EXPECT_FALSE(at_least.contains(9));
  EXPECT_TRUE(at_least.has_min());
  EXPECT_FALSE(at_least.has_max());
}

TEST(Interval, PutsItsEndsInOrder) {
  EXPECT_EQ(Interval::between(300, 500), Interval::between(500, 300));
  EXPECT_EQ(Interval::between(300, 500).min, 300);
  EXPECT_EQ(Interval::between(300, 500).max, 500);
  EXPECT_EQ(Interval::between(7, 7), Interval::exactly(7));
  EXPECT_FALSE(Interval::between(300, 500).is_point());
}

}  // namespace
}  // namespace huoshui
