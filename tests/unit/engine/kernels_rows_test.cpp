// Every kernel set's way through rows against the plain way, bit by bit.
#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <random>

#include "engine/detail/kernels.hpp"
#include "engine/detail/rows.hpp"

namespace huoshui::engine {
namespace {

using Random = std::mt19937_64;
using Row = std::vector<Block>;  // aligned as those of an index

std::size_t below(Random& random, std::size_t n) {
  return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
}

/// Rows of every density: empty, full, a bit here and there, runs.
Row a_row(Random& random, std::size_t blocks, std::size_t kind) {
  Row out(blocks);
  for (std::size_t w = 0; w < blocks * kBlockWords; ++w) {
    std::uint64_t& word = out[w / kBlockWords].words[w % kBlockWords];
    switch (kind % 7) {
      case 0:
        word = 0;
        break;
      case 1:
        word = ~std::uint64_t{0};
        break;
      case 2:  // one bit in the row
        word = w == random() % (blocks * kBlockWords) ? std::uint64_t{1} << random() % 64 : 0;
        break;
      case 3:
        word = random() & random() & random() & random();
        break;
      case 4:
        word = random() | random() | random() | random();
        break;
      case 5:  // full words and empty ones
        word = random() % 2 == 0 ? ~std::uint64_t{0} : 0;
        break;
      default:
        word = random();
    }
  }
  return out;
}

template <typename Visit>
void with_each_kernel_set(const Visit& visit) {
  for (const Kernels* one : runnable_kernels()) {
    SCOPED_TRACE("kernels " + std::to_string(static_cast<int>(one->target)));
    visit(*one);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(KernelsRows, PortableOnesComeFirstAndAnyMayBeUsed) {
  ASSERT_FALSE(runnable_kernels().empty());
  EXPECT_EQ(runnable_kernels().front(), &portable_kernels());
  EXPECT_EQ(portable_kernels().target, Target::portable);
  const Kernels& before = kernels();
  EXPECT_EQ(&before, runnable_kernels().back()) << "the best is in use";
  use(portable_kernels());
  EXPECT_EQ(&kernels(), &portable_kernels());
  use(before);
}

TEST(KernelsRows, IntersectMeetsTheRows) {
  Random random(1);
  std::vector<Row> rows;
  constexpr std::size_t kMostBlocks = 9;
  for (std::size_t i = 0; i < 70; ++i) rows.push_back(a_row(random, kMostBlocks, i < 14 ? i : 4 + i % 3));
  for (int round = 0; round < 4'000; ++round) {
    const std::size_t blocks = below(random, kMostBlocks + 1);
    RowSet set;
    const std::size_t most = round % 3 == 0 ? 2 : round % 3 == 1 ? 5 : 20;
    set.shared = static_cast<std::uint32_t>(below(random, most));
    set.certain = static_cast<std::uint32_t>(below(random, most));
    set.possible = static_cast<std::uint32_t>(below(random, most));
    std::vector<const std::uint64_t*> pointers;
    for (std::uint32_t i = 0; i < set.shared + set.certain + set.possible; ++i)
      pointers.push_back(rows[14 * (random() % 4 != 0 ? 1 : 0) + below(random, 14)].data()->words);
    set.rows = pointers.data();
    const std::size_t words = blocks * kBlockWords;
    std::vector<std::uint64_t> yes(words, ~std::uint64_t{0}), maybe(words, ~std::uint64_t{0});
    Counts counts;
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint32_t i = 0; i < pointers.size(); ++i) {
        if (i < set.shared + set.certain) yes[w] &= pointers[i][w];
        if (i < set.shared || i >= set.shared + set.certain) maybe[w] &= pointers[i][w];
      }
      maybe[w] &= ~yes[w];
      counts.certain += static_cast<std::uint32_t>(std::popcount(yes[w]));
      counts.possible += static_cast<std::uint32_t>(std::popcount(maybe[w]));
    }
    with_each_kernel_set([&](const Kernels& run) {
      Row certain = a_row(random, kMostBlocks + 1, 6), possible = certain;
      const Row before = certain;
      const Counts found = run.intersect(set, blocks, certain.data()->words, possible.data()->words);
      ASSERT_EQ(found.certain, counts.certain) << "round " << round;
      ASSERT_EQ(found.possible, counts.possible) << "round " << round;
      ASSERT_TRUE(std::equal(yes.begin(), yes.end(), certain.data()->words)) << "round " << round;
      ASSERT_TRUE(std::equal(maybe.begin(), maybe.end(), possible.data()->words)) << "round " << round;
      for (const Row* row : {&certain, &possible}) {  // nothing is written beyond
        ASSERT_TRUE(std::equal(row->data()->words + words,
                               row->data()->words + (kMostBlocks + 1) * kBlockWords,
                               before.data()->words + words));
      }
    });
    if (HasFatalFailure()) return;
  }
}

struct Sum {
  std::uint32_t position = 0;
  std::int32_t points = 0;
  std::uint64_t counts = 0;
  auto operator<=>(const Sum&) const = default;
};

std::vector<Sum> collected(const Kernels& run, const Row& row, const std::vector<Feature>& features,
                           std::size_t counting, std::int32_t unready_cost = 0) {
  const std::size_t words = row.size() * kBlockWords;
  const std::size_t room = words * 64 + kFoundRoom;
  std::vector<std::uint32_t> positions(room);
  std::vector<std::int32_t> points(room);
  std::vector<std::uint64_t> counts(room);
  std::vector<std::uint32_t> scratch(words + kBlockWords);
  const Found found{positions.data(), points.data(), counting == 0 ? nullptr : counts.data(), scratch.data(),
                    unready_cost};
  const std::size_t size =
      run.collect(row.data()->words, words, features.data(), features.size(), counting, found);
  std::vector<Sum> out;
  for (std::size_t i = 0; i < size; ++i) out.push_back({positions[i], points[i], counts[i]});
  std::sort(out.begin(), out.end());  // found in any order
  return out;
}

TEST(KernelsRows, CollectSumsTheFeaturesOfEveryBit) {
  Random random(2);
  for (int round = 0; round < 1'500; ++round) {
    const std::size_t blocks = 1 + below(random, 5);
    const Row row = a_row(random, blocks, static_cast<std::size_t>(round));
    // Many features are the portable set's alone.
    const std::size_t size = round % 10 == 0   ? kMostFeatures
                             : round % 10 == 1 ? 0
                             : round % 10 == 2 ? kMostFeatures + below(random, 60)
                                               : below(random, kMostFeatures + 1);
    const std::size_t counting = round % 4 == 0 ? size : below(random, size + 1);
    std::vector<Row> rows;
    std::vector<Feature> features;
    for (std::size_t f = 0; f < size; ++f) rows.push_back(a_row(random, blocks, random()));
    for (std::size_t f = 0; f < size; ++f) {
      Feature one{rows[f].data()->words, 0, 0, 0};
      if (f < counting) {
        one.flip = random() % 2 == 0 ? 0 : ~std::uint64_t{0};
        one.counts =
            one_at(16 * static_cast<int>(random() % 4)) | one_at(16 * static_cast<int>(random() % 4));
      } else {
        one.points = static_cast<std::int64_t>(random() % 10'000'000);
      }
      features.push_back(one);
    }
    const auto cost = static_cast<std::int32_t>(below(random, 1'000'000));
    std::vector<Sum> expected;
    for (std::uint32_t n = 0; n < blocks * 512; ++n) {
      if (!has_bit(row.data()->words, n)) continue;
      Sum sum{n, 0, 0};
      for (const auto& feature : features) {
        if (has_bit(feature.row, n) == (feature.flip != 0)) continue;
        sum.points += static_cast<std::int32_t>(feature.points);
        sum.counts += feature.counts;
      }
      sum.points -= cost * static_cast<std::int32_t>(count_at(sum.counts, kUnreadyShift));
      expected.push_back(sum);
    }
    with_each_kernel_set([&](const Kernels& run) {
      if (size > kMostFeatures && &run != &portable_kernels()) return;
      ASSERT_EQ(collected(run, row, features, counting, cost), expected)
          << "round " << round << " features " << size << " counting " << counting;
    });
    if (HasFatalFailure()) return;
  }
}

TEST(KernelsRows, CollectFindsEverySingleBit) {
  constexpr std::size_t kBlocks = 2;
  with_each_kernel_set([&](const Kernels& run) {
    for (std::uint32_t n = 0; n < kBlocks * 512; ++n) {
      Row row(kBlocks);
      set_bit(row.data()->words, n);
      const std::vector<Feature> features{{row.data()->words, 0, one_at(kOpenShift), 0},
                                          {row.data()->words, ~std::uint64_t{0}, one_at(kCautionShift), 0},
                                          {row.data()->words, 0, 0, 7}};
      ASSERT_EQ(collected(run, row, features, 2), (std::vector<Sum>{{n, 7, one_at(kOpenShift)}}));
    }
    EXPECT_TRUE(collected(run, Row(kBlocks), {}, 0).empty());
  });
}

}  // namespace
}  // namespace huoshui::engine
