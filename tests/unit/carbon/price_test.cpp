#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <huoshui/carbon/price.hpp>
#include <huoshui/core/result.hpp>

namespace huoshui::carbon {
namespace {

constexpr Stream kStream = {.annual_kg = 6'317'000,
                            .crediting_years = 20,
                            .buffer = 100'000,
                            .reversal = 2'000,
                            .discount_rate = 50'000,
                            .fen_per_tonne = 7'000,
                            .drift = 20'000};

TEST(PresentValue, SumsPlainYearsExactly) {
  // 1,000 t x 60 yuan x 3 years
  EXPECT_EQ(present_value({.annual_kg = 1'000'000, .crediting_years = 3, .fen_per_tonne = 6'000}),
            18'000'000);
  // Income from the second year on: two years are left.
  EXPECT_EQ(
      present_value(
          {.annual_kg = 1'000'000, .crediting_years = 3, .first_issue_year = 2, .fen_per_tonne = 6'000}),
      12'000'000);
  // 60,000 yuan after a year at 5 %, rounded down
  EXPECT_EQ(
      present_value(
          {.annual_kg = 1'000'000, .crediting_years = 1, .discount_rate = 50'000, .fen_per_tonne = 6'000}),
      5'714'285);
}

TEST(PresentValue, RefusesNumbersOutOfRange) {
  auto stream = kStream;
  stream.crediting_years = 101;
  EXPECT_THROW((void)present_value(stream), ContractError);
  stream = kStream;
  stream.buffer = -1;
  EXPECT_THROW((void)present_value(stream), ContractError);
  EXPECT_THROW((void)simulate(kStream, {.paths = 1}), ContractError);
}

TEST(Simulate, GivesTheSameBytesForTheSameSeed) {
  const SimulationOptions options = {.volatility = 120'000, .seed = 42, .paths = 2'000};
  EXPECT_EQ(simulate(kStream, options), simulate(kStream, options));
  auto other = options;
  other.seed = 43;
  EXPECT_NE(simulate(kStream, options).mean_fen, simulate(kStream, other).mean_fen);
}

TEST(Simulate, GivesTheBytesThatWereWrittenDown) {
  const auto drawn = simulate(kStream, {.volatility = 120'000, .seed = 42, .paths = 2'000});
  // Drawn again with big integers in another language.
  EXPECT_EQ(drawn.mean_fen, 582'864'216);
  EXPECT_EQ(drawn.value_fen,
            (std::array<std::int64_t, 5>{345'293'552, 457'266'784, 554'745'630, 672'860'319, 915'437'019}));
}

TEST(Simulate, HasItsMeanWithinTheConfidenceBandOfTheClosedForm) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto drawn = simulate(kStream, {.volatility = 100'000, .seed = seed, .paths = 4'000});
    ASSERT_TRUE(drawn.closed_form_fen);
    EXPECT_LE(std::abs(drawn.mean_fen - *drawn.closed_form_fen), 4 * drawn.standard_error_fen) << seed;
    EXPECT_TRUE(std::is_sorted(drawn.value_fen.begin(), drawn.value_fen.end()));
    EXPECT_EQ(drawn.fan.size(), 20U);
  }
}

TEST(Simulate, IsTheDeterministicCornerWithoutVolatility) {
  const auto drawn = simulate(kStream, {.volatility = 0, .paths = 10});
  EXPECT_EQ(drawn.mean_fen, present_value(kStream));
  EXPECT_EQ(drawn.value_fen.front(), drawn.value_fen.back());
}

TEST(Simulate, ClaimsNoClosedFormWhereAPriceCouldBeCut) {
  auto stream = kStream;
  stream.drift = 0;
  EXPECT_TRUE(simulate(stream, {.volatility = 125'000, .paths = 10}).closed_form_fen);
  EXPECT_FALSE(simulate(stream, {.volatility = 125'001, .paths = 10}).closed_form_fen);
}

}  // namespace
}  // namespace huoshui::carbon
