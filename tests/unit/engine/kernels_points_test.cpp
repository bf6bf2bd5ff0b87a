// Every kernel set's closeness and choices against the plain way, number by number.
#include <gtest/gtest.h>
#include <algorithm>
#include <bit>
#include <random>

#include "engine/detail/kernels.hpp"
#include "score/detail/closeness.hpp"

namespace huoshui::engine {
namespace {

using Random = std::mt19937_64;
constexpr std::size_t kRoom = 16;  // that may be read or written over

std::uint32_t below(Random& random, std::size_t n) { return static_cast<std::uint32_t>(random() % n); }

template <typename Visit>
void with_each_kernel_set(const Visit& visit) {
  for (const Kernels* one : runnable_kernels()) {
    SCOPED_TRACE("kernels " + std::to_string(static_cast<int>(one->target)));
    visit(*one);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

/// Scores with many ties; what stands behind the last must not count.
std::vector<std::int32_t> values_of(Random& random, std::size_t n, std::size_t distinct) {
  std::vector<std::int32_t> out(n + kRoom, kNoLimit - 1);
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::int32_t>(below(random, distinct));
  return out;
}

TEST(KernelsPoints, ClosenessIsLogCloseness) {
  std::vector<std::int64_t> values{0, -1, 1, 2, 3, 100'000'000};
  Random random(1);
  for (int bit = 1; bit < 62; ++bit) {
    for (const std::int64_t near : {-1, 0, 1}) values.push_back((std::int64_t{1} << bit) + near);
  }
  for (std::int64_t ten = 10; ten < 1'000'000'000'000'000'000; ten *= 10) {
    for (const std::int64_t near : {-1, 0, 1}) values.push_back(ten + near);
  }
  for (int i = 0; i < 100; ++i) values.push_back(static_cast<std::int64_t>(random() >> (2 + random() % 60)));
  const auto log_of = [](std::int64_t value, std::int32_t unknown) {
    return value > 0 ? static_cast<std::int32_t>(detail::log_or_zero(value)) : unknown;
  };
  std::vector<std::int32_t> logs;
  for (const std::int64_t full : values) logs.push_back(log_of(full, kNoLog));
  with_each_kernel_set([&](const Kernels& run) {
    std::vector<std::int32_t> out(values.size());
    for (const auto doublings : {detail::kFourPowersOfTen, detail::kSixDoublings}) {
      for (const std::int32_t weight : {0, 1, 7, 100}) {
        for (const std::int64_t value : values) {
          run.closeness(logs.data(), logs.size(), log_of(value, -kNoLog),
                        static_cast<std::int32_t>(doublings), weight, out.data());
          for (std::size_t i = 0; i < values.size(); ++i) {
            ASSERT_EQ(out[i], weight * detail::log_closeness(value, values[i], doublings))
                << value << " of " << values[i] << " weight " << weight;
          }
        }
      }
    }
  });
}

TEST(KernelsPoints, ClosenessRoundsEveryGapAsWholeNumbersDo) {
  with_each_kernel_set([&](const Kernels& run) {
    for (const auto doublings : {detail::kFourPowersOfTen, detail::kSixDoublings}) {
      const auto size = static_cast<std::size_t>(doublings) + 20;
      std::vector<std::int32_t> logs(size), out(size);
      for (std::size_t i = 0; i < size; ++i) logs[i] = static_cast<std::int32_t>(i) - 10;
      run.closeness(logs.data(), size, 0, static_cast<std::int32_t>(doublings), 3, out.data());
      for (std::size_t i = 0; i < size; ++i) {
        const std::int64_t gap = std::clamp<std::int64_t>(logs[i], 0, doublings);
        ASSERT_EQ(out[i], 3 * (1'000'000 - gap * 1'000'000 / doublings)) << gap << " of " << doublings;
      }
    }
  });
}

TEST(KernelsPoints, FloorOfBestIsReachedByKAndAlikeEverywhere) {
  Random random(2);
  for (std::size_t n = 0; n <= 100; ++n) {
    for (const std::size_t distinct : {1, 3, 1'000'000}) {
      const auto values = values_of(random, n, distinct);
      std::vector<std::int32_t> sorted(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n));
      std::sort(sorted.begin(), sorted.end(), std::greater<>());
      for (std::size_t k = 1; k <= std::min<std::size_t>(n, 16); ++k) {
        const std::int32_t first = portable_kernels().floor_of_best(values.data(), n, k);
        with_each_kernel_set([&](const Kernels& run) {
          const std::int32_t floor = run.floor_of_best(values.data(), n, k);
          ASSERT_EQ(floor, first) << "n " << n << " k " << k;
          ASSERT_LE(floor, sorted[k - 1]) << "n " << n << " k " << k;
          ASSERT_TRUE(n > 16 || floor == sorted[k - 1]) << "n " << n << " k " << k;
        });
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(KernelsPoints, ReachingListsThePlacesInOrder) {
  Random random(3);
  for (std::size_t n = 0; n <= 100; ++n) {
    for (const std::size_t distinct : {1, 5, 1'000}) {
      const auto values = values_of(random, n, distinct);
      for (const std::int32_t least : {0, 1, static_cast<std::int32_t>(distinct) / 2, kNoLimit}) {
        for (const std::int32_t limit : {0, 1, static_cast<std::int32_t>(distinct) * 3 / 4, kNoLimit}) {
          std::vector<std::uint32_t> expected;
          for (std::uint32_t i = 0; i < n; ++i) {
            if (values[i] >= least && values[i] < limit) expected.push_back(i);
          }
          with_each_kernel_set([&](const Kernels& run) {
            std::vector<std::uint32_t> out(n + kRoom);
            out.resize(run.reaching(values.data(), n, least, limit, out.data()));
            ASSERT_EQ(out, expected) << "n " << n << " least " << least << " below " << limit;
          });
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

TEST(KernelsPoints, RankKeysCountsTheLargerOnes) {
  Random random(4);
  for (std::size_t n = 0; n <= 100; ++n) {
    std::vector<std::uint64_t> keys;
    for (std::size_t i = 0; i < n; ++i) keys.push_back(n % 3 == 0 ? random() % 5 : random());
    if (n > 2) keys[1] = 0, keys[2] = ~std::uint64_t{0};  // compared without a sign
    with_each_kernel_set([&](const Kernels& run) {
      std::vector<std::uint32_t> ranks(n + 1, 12'345);
      run.rank_keys(keys.data(), n, ranks.data());
      for (std::size_t i = 0; i < n; ++i) {
        const auto larger =
            std::count_if(keys.begin(), keys.end(), [&](auto other) { return other > keys[i]; });
        ASSERT_EQ(ranks[i], static_cast<std::uint32_t>(larger)) << "n " << n << " i " << i;
      }
      ASSERT_EQ(ranks[n], 12'345U);
    });
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace huoshui::engine
