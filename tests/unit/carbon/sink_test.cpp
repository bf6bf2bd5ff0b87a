#include <gtest/gtest.h>

#include <huoshui/carbon/sink.hpp>

namespace huoshui::carbon {
namespace {

TEST(Sink, HoldsNothingThatWasNotStated) {
  const Sink sink;
  EXPECT_FALSE(sink.area || sink.price || sink.clear_title || sink.buffer || sink.pledge_ratio);
  EXPECT_EQ(to_string(sink.mechanism), "unknown");
  EXPECT_EQ(to_string(sink.stage), "unknown");
}

}  // namespace
}  // namespace huoshui::carbon
