#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/topk/select.hpp>
#include <numeric>
#include <random>
#include <vector>

namespace huoshui {
namespace {

/// Both ways to select share one suite: the oracle and the stream.
std::vector<Candidate> sorted(const std::vector<Candidate>& candidates, std::size_t k) {
  return select_by_sorting(candidates, k);
}
std::vector<Candidate> streamed(const std::vector<Candidate>& candidates, std::size_t k) {
  BestK best(k);
  for (const auto& candidate : candidates) best.offer(candidate);
  return best.take();
}
using Selection = std::vector<Candidate> (*)(const std::vector<Candidate>&, std::size_t);

class Select : public ::testing::TestWithParam<Selection> {
 protected:
  static std::vector<Candidate> select(const std::vector<Candidate>& candidates, std::size_t k) {
    return GetParam()(candidates, k);
  }
};
INSTANTIATE_TEST_SUITE_P(BothWays, Select, ::testing::Values(&sorted, &streamed),
                         [](const auto& way) { return way.index == 0 ? "BySorting" : "ByStream"; });

TEST_P(Select, PutsMorePointsFirst) {
  const std::vector<Candidate> expected = {{30, 1, 0}, {20, 2, 0}};
  EXPECT_EQ(select({{10, 0, 0}, {30, 1, 0}, {20, 2, 0}}, 2), expected);
}

TEST_P(Select, BreaksTiesByFewerOpenRulesThenByIdOrder) {
  const std::vector<Candidate> expected = {{10, 7, 1}, {10, 2, 2}, {10, 5, 2}, {10, 0, 3}};
  EXPECT_EQ(select({{10, 0, 3}, {10, 5, 2}, {10, 2, 2}, {10, 7, 1}}, 4), expected);
}

TEST_P(Select, NeverPadsAShortRanking) {
  EXPECT_TRUE(select({}, 5).empty());
  EXPECT_EQ(select({{1, 0, 0}}, 5).size(), 1U);
  EXPECT_EQ(select({{1, 0, 0}, {1, 1, 0}}, 1'000'000'000).size(), 2U);
}

TEST_P(Select, TakesNoneOfNone) {
  EXPECT_TRUE(select({{1, 0, 0}, {2, 1, 0}}, 0).empty());
  EXPECT_TRUE(select({}, 0).empty());
}

TEST_P(Select, KeepsCandidatesWithoutPoints) {
  const std::vector<Candidate> expected = {{0, 0, 0}, {0, 1, 0}, {-5, 2, 0}};
  EXPECT_EQ(select({{-5, 2, 0}, {0, 1, 0}, {0, 0, 0}}, 3), expected);
}

TEST_P(Select, DropsTheLaterIdAtTheEdge) {
  // Equal points on both sides of the cut: the id decides, not the order of arrival.
  const std::vector<Candidate> expected = {{10, 0, 0}, {10, 1, 0}};
  EXPECT_EQ(select({{10, 2, 0}, {10, 1, 0}, {10, 0, 0}}, 2), expected);
  EXPECT_EQ(select({{10, 0, 0}, {10, 1, 0}, {10, 2, 0}}, 2), expected);
}

TEST_P(Select, DoesNotShowTheOrderOfArrival) {
  constexpr unsigned kSeed = 4416;
  std::mt19937 random(kSeed);
  std::vector<Candidate> candidates;
  for (std::uint32_t order = 0; order < 40; ++order) {
    candidates.push_back(
        {static_cast<std::int64_t>(random() % 4), order, static_cast<std::uint16_t>(random() % 3)});
  }
  const auto expected = select(candidates, 11);
  for (int round = 0; round < 200; ++round) {
    std::shuffle(candidates.begin(), candidates.end(), random);
    ASSERT_EQ(select(candidates, 11), expected) << "seed " << kSeed << ", round " << round;
  }
}

TEST(BestK, EqualsTheOracle) {
  constexpr unsigned kSeed = 441625;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 3'000; ++round) {
    const std::size_t count = random() % 60;
    const std::int64_t spread = 1 + static_cast<std::int64_t>(random() % 20);
    std::vector<std::uint32_t> orders(count);
    std::iota(orders.begin(), orders.end(), 0U);
    std::shuffle(orders.begin(), orders.end(), random);
    std::vector<Candidate> candidates;
    for (const auto order : orders) {
      candidates.push_back(
          {static_cast<std::int64_t>(random()) % spread, order, static_cast<std::uint16_t>(random() % 3)});
    }
    const std::size_t k = random() % 70;
    ASSERT_EQ(streamed(candidates, k), select_by_sorting(candidates, k))
        << "seed " << kSeed << ", round " << round << ", " << count << " candidates, k = " << k;
  }
}

TEST(BestK, StartsAnewAfterTake) {
  BestK best(2);
  best.offer({1, 0, 0});
  best.offer({2, 1, 0});
  best.offer({3, 2, 0});
  EXPECT_EQ(best.take().size(), 2U);
  EXPECT_TRUE(best.take().empty());
  best.offer({1, 3, 0});
  const std::vector<Candidate> expected = {{1, 3, 0}};
  EXPECT_EQ(best.take(), expected) << "what was taken does not come back, and k is the same";
  for (std::uint32_t order = 0; order < 5; ++order) best.offer({5, order, 0});
  EXPECT_EQ(best.take().size(), 2U);
}

TEST(RanksBefore, IsAStrictTotalOrder) {
  std::vector<Candidate> all;
  for (std::int64_t points = -1; points <= 1; ++points) {
    for (std::uint32_t order = 0; order < 3; ++order) {
      for (std::uint16_t open = 0; open < 3; ++open) all.push_back({points, order, open});
    }
  }
  for (const auto& a : all) {
    EXPECT_FALSE(ranks_before(a, a));
    for (const auto& b : all) {
      EXPECT_EQ(ranks_before(a, b) != ranks_before(b, a), a != b);
      for (const auto& c : all) {
        EXPECT_TRUE(!ranks_before(a, b) || !ranks_before(b, c) || ranks_before(a, c));
      }
    }
  }
}

}  // namespace
}  // namespace huoshui
