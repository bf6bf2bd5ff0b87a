#include <gtest/gtest.h>

#include <cmath>
#include <huoshui/core/result.hpp>
#include <huoshui/learn/calibration.hpp>
#include <limits>

namespace huoshui {
namespace {

const std::vector<double> kForecast{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
const std::vector<double> kObserved{0, 0, 1, 0, 1, 0, 1, 1};

TEST(Reliability, CutsByWidth) {
  const auto bins = reliability(kForecast, kObserved, 2, Binning::equal_width);
  ASSERT_EQ(bins.size(), 2U);
  EXPECT_EQ(bins[0].count, 5U);  // 0.5 stands on the edge: the lower bin
  EXPECT_DOUBLE_EQ(bins[0].forecast, 0.3);
  EXPECT_DOUBLE_EQ(bins[0].observed, 0.4);
  EXPECT_EQ(bins[0].upper, 0.5);
  EXPECT_EQ(bins[1].count, 3U);
  EXPECT_DOUBLE_EQ(bins[1].observed, 2. / 3);
}

TEST(Reliability, CutsByCount) {
  const auto bins = reliability(kForecast, kObserved, 4, Binning::equal_count);
  ASSERT_EQ(bins.size(), 4U);
  for (const auto& bin : bins) EXPECT_EQ(bin.count, 2U);
  EXPECT_DOUBLE_EQ(bins[0].lower, 0.1);
  EXPECT_DOUBLE_EQ(bins[3].upper, 0.8);
  EXPECT_DOUBLE_EQ(bins[1].observed, 0.5);
}

TEST(Reliability, KeepsEqualForecastsTogetherAndShowsNoEmptyBin) {
  const auto bins = reliability(std::vector<double>(6, 0.9), std::vector<double>{1, 1, 1, 0, 0, 0}, 3,
                                Binning::equal_count);
  ASSERT_EQ(bins.size(), 1U);
  EXPECT_EQ(bins[0].count, 6U);
  EXPECT_DOUBLE_EQ(bins[0].observed, 0.5);
  EXPECT_NEAR(expected_calibration_error(bins).value(), 0.4, 1e-12);
  EXPECT_TRUE(reliability({}, {}, 3, Binning::equal_count).empty());
  EXPECT_FALSE(expected_calibration_error({}));
}

TEST(Reliability, WeighsTheErrorByCount) {
  const auto bins = reliability(kForecast, kObserved, 2, Binning::equal_width);
  EXPECT_NEAR(expected_calibration_error(bins).value(), 5. / 8 * 0.1 + 3. / 8 * (0.7 - 2. / 3), 1e-12);
}

TEST(Reliability, RefusesWhatIsNoShare) {
  const auto call = [](std::vector<double> forecast, std::vector<double> observed, std::size_t bins) {
    return reliability(forecast, observed, bins, Binning::equal_count);
  };
  EXPECT_THROW(static_cast<void>(call({1.1}, {1}, 2)), ContractError);
  EXPECT_THROW(static_cast<void>(call({1}, {-0.1}, 2)), ContractError);
  EXPECT_THROW(static_cast<void>(call({std::nan("")}, {1}, 2)), ContractError);
  EXPECT_THROW(static_cast<void>(call({1}, {1, 0}, 2)), ContractError);
  EXPECT_THROW(static_cast<void>(call({1}, {1}, 0)), ContractError);
  EXPECT_EQ(call({1}, {0}, 2).size(), 1U);
}

TEST(Brier, SumsOverTheClasses) {
  const ClassForecasts forecasts{3, {0.5, 0.3, 0.2, 0, 1, 0}, {0, 1}};
  const auto found = brier(forecasts, 1, Binning::equal_width).value();
  EXPECT_NEAR(found.score, (0.25 + 0.09 + 0.04) / 2, 1e-12);
  EXPECT_NEAR(found.uncertainty, 0.5, 1e-12);
  EXPECT_NEAR(found.resolution, 0, 1e-12);  // one bin tells nothing apart
}

TEST(Brier, RewardsTheSurePerfectForecaster) {
  const ClassForecasts perfect{2, {1, 0, 0, 1, 1, 0, 0, 1}, {0, 1, 0, 1}};
  const auto found = brier(perfect, 2, Binning::equal_width).value();
  EXPECT_EQ(found.score, 0);
  EXPECT_EQ(found.reliability, 0);
  EXPECT_NEAR(found.resolution, found.uncertainty, 1e-12);
  EXPECT_EQ(found.within_bins, 0);
}

TEST(LogLoss, IsCutWhereTheTruthWasRuledOut) {
  EXPECT_NEAR(log_loss({2, {0.25, 0.75, 1, 0}, {0, 0}}).value(), -std::log(0.25) / 2, 1e-12);
  EXPECT_NEAR(log_loss({2, {0, 1}, {0}}).value(), 52 * std::log(2), 1e-9);
}

TEST(ClassForecasts, MustHaveTheirShape) {
  const ClassForecasts faulty[] = {
      {2, {0.5, 0.5, 0.5}, {0}},  // one too many
      {2, {0.5, 0.5}, {2}},       // no such class
      {2, {0.5, 0.4}, {0}},       // no whole
      {2, {1.5, -0.5}, {0}},      // no shares
      {0, {}, {0}},               // no classes
  };
  for (const auto& forecasts : faulty) {
    EXPECT_THROW(static_cast<void>(brier(forecasts, 2, Binning::equal_count)), ContractError);
    EXPECT_THROW(static_cast<void>(log_loss(forecasts)), ContractError);
  }
  EXPECT_FALSE(brier({2, {}, {}}, 2, Binning::equal_count));
  EXPECT_FALSE(log_loss({2, {}, {}}));
}

TEST(Coverage, AnswersFromTheThresholdOn) {
  const std::vector<double> confidence{0.2, 0.5, 0.9}, right{0, 0, 1};
  const auto found = coverage(confidence, right, 0.5);
  EXPECT_EQ(found.asked, 3U);
  EXPECT_EQ(found.answered, 2U);
  EXPECT_DOUBLE_EQ(found.uncertain_rate.value(), 1. / 3);
  EXPECT_EQ(found.right_when_answered, 0.5);
  EXPECT_EQ(coverage(confidence, right, 0.500001).answered, 1U);
  EXPECT_FALSE(coverage(confidence, right, 1).right_when_answered);
  EXPECT_FALSE(coverage({}, {}, 0.5).uncertain_rate);
  EXPECT_THROW(static_cast<void>(coverage(confidence, right, 1.5)), ContractError);
}

}  // namespace
}  // namespace huoshui
