#include "core/detail/sequence.hpp"

#include <gtest/gtest.h>
#include <numeric>
#include <random>

namespace huoshui::detail {
namespace {

std::vector<int> listed(const Sequence<int>& sequence) {
  std::vector<int> out;
  sequence.for_each([&](int value) { out.push_back(value); });
  return out;
}

TEST(Sequence, FollowsAVectorThroughAnySteps) {
  std::mt19937 random(3);
  std::vector<int> plain(200);
  std::iota(plain.begin(), plain.end(), 0);
  Sequence<int> sequence(plain);
  for (int step = 0; step < 3'000; ++step) {
    const std::size_t at = random() % (plain.size() + 1);
    const auto place = plain.begin() + static_cast<std::ptrdiff_t>(at);
    const auto kind = random() % 3;
    const std::vector<int> as_before = plain;
    const Sequence<int> before = sequence;
    if (kind == 0 || at == plain.size()) {
      plain.insert(place, step);
      sequence = sequence.inserted(at, step);
    } else if (kind == 1 || step % 1'000 < 300) {
      plain.erase(place);
      sequence = sequence.removed(at);
    } else {
      *place = step;
      sequence = sequence.replaced(at, step);
    }
    ASSERT_EQ(sequence.size(), plain.size()) << step;
    ASSERT_EQ(listed(before), as_before) << step;
    if (plain.empty()) continue;
    ASSERT_EQ(sequence[at % plain.size()], plain[at % plain.size()]) << step;
  }
  ASSERT_EQ(listed(sequence), plain);
}

TEST(Sequence, SharesThePagesInWhichNothingChanges) {
  const Sequence<int> before(std::vector<int>(1'000, 7));
  const auto same = [](int a, int b) { return a == b; };
  const Sequence<int> after = before.changed([](int value) { return value; }, same);
  EXPECT_EQ(&before[500], &after[500]);
  const Sequence<int> other = before.replaced(999, 8);
  EXPECT_EQ(&before[500], &other[500]);
  EXPECT_EQ(before[999], 7);
  EXPECT_EQ(other[999], 8);
  EXPECT_NE(&before[500], &before.changed([](int value) { return value + 1; }, same)[500]);
}

TEST(Sequence, MayBeEmpty) {
  const Sequence<int> none;
  EXPECT_EQ(none.size(), 0U);
  const Sequence<int> one = none.inserted(0, 5);
  EXPECT_EQ(one[0], 5);
  EXPECT_EQ(one.removed(0).size(), 0U);
}

}  // namespace
}  // namespace huoshui::detail
