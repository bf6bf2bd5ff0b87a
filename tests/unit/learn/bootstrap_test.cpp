#include <gtest/gtest.h>

#include <huoshui/core/result.hpp>
#include <huoshui/learn/bootstrap.hpp>
#include <limits>
#include <vector>

namespace huoshui {
namespace {

const std::vector<double> kOurs{1, 0, 1, 1, 1, 0, 1, 1}, kTheirs{0, 0, 1, 0, 1, 1, 0, 1};

TEST(PairedBootstrap, GivesTheBytesThatWereWrittenDown) {
  const auto found = paired_bootstrap(kOurs, kTheirs, {}, {.draws = 1000, .seed = 7});
  EXPECT_EQ(found.mean, 0.25);
  EXPECT_EQ(found.low, -0.125);
  EXPECT_EQ(found.high, 0.625);
  EXPECT_EQ(found.queries, 8U);
  EXPECT_EQ(found.clusters, 8U);
  const auto narrow = paired_bootstrap(kOurs, kTheirs, {}, {.draws = 1000, .seed = 7, .percent = 50});
  EXPECT_EQ(narrow.low, 0.125);
  EXPECT_EQ(narrow.high, 0.375);
}

TEST(PairedBootstrap, DrawsWhatBelongsTogetherTogether) {
  const std::vector<std::uint32_t> one(8, 3), two{9, 9, 9, 9, 4, 4, 4, 4};
  const auto fixed = paired_bootstrap(kOurs, kTheirs, one);
  EXPECT_EQ(fixed.clusters, 1U);
  EXPECT_EQ(fixed.low, fixed.mean);
  EXPECT_EQ(fixed.high, fixed.mean);
  // The first four differ by 2 of 4, the others by 0 of 4: a draw gives 0, 1/4 or 1/2.
  const auto found = paired_bootstrap(kOurs, kTheirs, two);
  EXPECT_EQ(found.low, 0);
  EXPECT_EQ(found.high, 0.5);
}

TEST(PairedBootstrap, IsNothingForEqualSystems) {
  const auto found = paired_bootstrap(kOurs, kOurs);
  EXPECT_EQ(found.low, 0);
  EXPECT_EQ(found.high, 0);
}

TEST(PairedBootstrap, RefusesWhatCannotBePaired) {
  const auto call = [](std::vector<double> ours, std::vector<double> theirs,
                       std::vector<std::uint32_t> cluster = {}, BootstrapOptions options = {}) {
    return paired_bootstrap(ours, theirs, cluster, options);
  };
  EXPECT_THROW(static_cast<void>(call({}, {})), ContractError);
  EXPECT_THROW(static_cast<void>(call({1}, {1, 2})), ContractError);
  EXPECT_THROW(static_cast<void>(call({1}, {1}, {1, 2})), ContractError);
  EXPECT_THROW(static_cast<void>(call({std::numeric_limits<double>::infinity()}, {1})), ContractError);
  EXPECT_THROW(static_cast<void>(call({1}, {1}, {}, {.draws = 0})), ContractError);
  EXPECT_THROW(static_cast<void>(call({1}, {1}, {}, {.percent = 0})), ContractError);
  EXPECT_THROW(static_cast<void>(call({1}, {1}, {}, {.percent = 100})), ContractError);
  EXPECT_EQ(call({1}, {0}, {}, {.draws = 1, .percent = 1}).high, 1);
}

}  // namespace
}  // namespace huoshui
