#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <huoshui/learn/bootstrap.hpp>
#include <huoshui/learn/calibration.hpp>
#include <huoshui/learn/metrics.hpp>
#include <huoshui/learn/scorecard.hpp>
#include <numeric>
#include <random>

namespace huoshui {
namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t count) { return random() % count; }
double share(Random& random) { return static_cast<double>(random() % 1'000'001) / 1e6; }

/// A few candidates with many ties.
ScoredQuery random_query(Random& random) {
  ScoredQuery query;
  const std::size_t size = 1 + below(random, 6);
  for (std::size_t i = 0; i < size; ++i) {
    query.scores.push_back(static_cast<double>(below(random, 3)));
    query.relevance.push_back(static_cast<double>(below(random, 4) / 2 * below(random, 3)));
  }
  return query;
}

TEST(LearnLaw, TiesByMeanAreTheMeanOverAllOrders) {
  Random random(11);
  int counted = 0;
  for (int round = 0; round < 300; ++round) {
    const auto query = random_query(random);
    for (const auto gauge : {Gauge::hit, Gauge::reciprocal_rank, Gauge::ndcg}) {
      const std::size_t k = gauge == Gauge::reciprocal_rank ? 0 : below(random, 5);
      const Metric by_mean{gauge, k, Gain::exponential, Ties::mean};
      const auto found = value_of(by_mean, query);
      // Every order of the candidates, with ties decided by where a candidate stands.
      std::vector<std::size_t> order(query.scores.size());
      std::iota(order.begin(), order.end(), 0);
      double sum = 0;
      int orders = 0;
      do {
        ScoredQuery shuffled;
        for (const std::size_t i : order) {
          shuffled.scores.push_back(query.scores[i]);
          shuffled.relevance.push_back(query.relevance[i]);
        }
        const auto value = value_of({gauge, k, Gain::exponential, Ties::id_ascending}, shuffled);
        ASSERT_EQ(value.has_value(), found.has_value());
        sum += value.value_or(0);
        ++orders;
      } while (std::next_permutation(order.begin(), order.end()));
      if (!found) continue;
      ++counted;
      EXPECT_NEAR(*found, sum / orders, 1e-12) << "round " << round << " " << to_string(by_mean);
      EXPECT_GE(*found, 0);
      EXPECT_LE(*found, 1 + 1e-12);
    }
  }
  EXPECT_GT(counted, 300);
}

TEST(LearnLaw, APromotedAnswerNeverLosesValue) {
  Random random(12);
  for (int round = 0; round < 500; ++round) {
    auto query = random_query(random);
    const auto best = std::max_element(query.relevance.begin(), query.relevance.end());
    const auto at = static_cast<std::size_t>(best - query.relevance.begin());
    for (const auto gauge : {Gauge::hit, Gauge::reciprocal_rank, Gauge::ndcg}) {
      for (const auto ties : {Ties::mean, Ties::id_ascending, Ties::id_descending}) {
        const Metric metric{gauge, gauge == Gauge::reciprocal_rank ? 0 : 1 + below(random, 3), Gain::linear,
                            ties};
        auto raised = query;
        raised.scores[at] += 1;
        const auto before = value_of(metric, query), after = value_of(metric, raised);
        if (before) {
          EXPECT_GE(*after, *before - 1e-12) << "round " << round << " " << to_string(metric);
        }
      }
    }
  }
}

TEST(LearnLaw, ThePartsOfTheBrierScoreSumToTheWhole) {
  Random random(13);
  for (int round = 0; round < 200; ++round) {
    ClassForecasts forecasts{.classes = 2 + below(random, 4)};
    const std::size_t rows = 1 + below(random, 30);
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<double> p;
      for (std::size_t c = 0; c < forecasts.classes; ++c) p.push_back(0.01 + share(random));
      const double sum = std::accumulate(p.begin(), p.end(), 0.0);
      for (const double value : p) forecasts.probabilities.push_back(value / sum);
      forecasts.truth.push_back(below(random, forecasts.classes));
    }
    for (const auto binning : {Binning::equal_count, Binning::equal_width}) {
      const auto found = brier(forecasts, 1 + below(random, 12), binning).value();
      EXPECT_NEAR(found.score, found.reliability - found.resolution + found.uncertainty + found.within_bins,
                  1e-12)
          << "round " << round;
      EXPECT_GE(found.reliability, 0);
      EXPECT_GE(found.resolution, 0);
    }
  }
}

TEST(LearnLaw, BinsHoldEveryForecastOnceInsideTheirEdges) {
  Random random(14);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> forecast, observed;
    const std::size_t rows = 1 + below(random, 50);
    for (std::size_t i = 0; i < rows; ++i) {
      forecast.push_back(std::round(share(random) * 20) / 20);
      observed.push_back(static_cast<double>(below(random, 2)));
    }
    for (const auto binning : {Binning::equal_count, Binning::equal_width}) {
      const auto bins = reliability(forecast, observed, 1 + below(random, 12), binning);
      std::size_t count = 0;
      for (const auto& bin : bins) {
        count += bin.count;
        EXPECT_GE(bin.forecast, bin.lower - 1e-12);
        EXPECT_LE(bin.forecast, bin.upper + 1e-12);
      }
      EXPECT_EQ(count, rows) << "round " << round;
    }
  }
}

TEST(LearnLaw, SwappingTheSystemsMirrorsTheInterval) {
  Random random(15);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> ours, theirs;
    std::vector<std::uint32_t> cluster;
    const std::size_t rows = 1 + below(random, 40);
    for (std::size_t i = 0; i < rows; ++i) {
      ours.push_back(static_cast<double>(below(random, 2)));
      theirs.push_back(static_cast<double>(below(random, 2)));
      cluster.push_back(static_cast<std::uint32_t>(below(random, 9)));
    }
    const BootstrapOptions options{.draws = 500, .seed = random()};
    const auto found = paired_bootstrap(ours, theirs, cluster, options);
    const auto mirror = paired_bootstrap(theirs, ours, cluster, options);
    EXPECT_EQ(found.low, -mirror.high) << "round " << round;
    EXPECT_EQ(found.high, -mirror.low);
    EXPECT_EQ(found.mean, -mirror.mean);
    EXPECT_LE(found.low, found.high);
  }
}

TEST(LearnLaw, TheIntervalHoldsTheTruthAboutAsOftenAsItSays) {
  // 300 worlds of 60 queries in which ours is right 0.7 and theirs 0.5 of the time: 95 % of the intervals
  // should hold 0.2. Six standard deviations either side.
  Random random(16);
  int held = 0;
  for (int world = 0; world < 300; ++world) {
    std::vector<double> ours, theirs;
    for (int i = 0; i < 60; ++i) {
      ours.push_back(below(random, 10) < 7 ? 1 : 0);
      theirs.push_back(below(random, 10) < 5 ? 1 : 0);
    }
    const auto found = paired_bootstrap(ours, theirs, {}, {.draws = 400, .seed = random()});
    if (found.low <= 0.2 && 0.2 <= found.high) ++held;
  }
  EXPECT_GE(held, 262);
  EXPECT_LE(held, 300);
}

/// Pairs answered by a hidden card: cost and readiness count, speed speaks against (and may not), the rest is
/// noise.
std::vector<MeasuredPair> world(std::uint64_t seed, std::size_t count) {
  Random random(seed);
  std::vector<MeasuredPair> pairs;
  for (std::size_t i = 0; i < count; ++i) {
    MeasuredPair pair{.group = static_cast<std::uint32_t>(i / 4)};
    for (auto& value : pair.shares) value = static_cast<std::int64_t>(below(random, 1'000'001));
    const auto at = [&](Criterion criterion) {
      return static_cast<double>(pair.shares[static_cast<std::size_t>(criterion)]) / 1e6;
    };
    const double z = 6 * at(Criterion::cost) + 2 * at(Criterion::readiness) - 3 * at(Criterion::speed) - 2.5;
    pair.response = share(random) < 1 / (1 + std::exp(-z)) ? Response::accepted : Response::refused;
    pairs.push_back(pair);
  }
  return pairs;
}

TEST(LearnLaw, LearningRecoversTheCardThatMadeTheOutcomes) {
  const auto pairs = world(21, 4000);
  const auto learned = learn_weights(pairs, {.draws = 60}).value();
  const auto& of = learned.criteria;
  const auto at = [&](Criterion criterion) { return of[static_cast<std::size_t>(criterion)]; };
  // Speed may not speak against, so its pull is gone and the other two carry their odds of about 6 and 2.
  EXPECT_NEAR(at(Criterion::cost).coefficient / at(Criterion::readiness).coefficient, 3, 0.6);
  EXPECT_TRUE(at(Criterion::speed).at_boundary);
  EXPECT_NEAR(at(Criterion::cost).weight, 70, 8);
  EXPECT_LE(at(Criterion::cost).low, at(Criterion::cost).weight);
  EXPECT_GE(at(Criterion::cost).high, at(Criterion::cost).weight);
  for (const auto& info : criterion_infos()) {
    const bool real = info.criterion == Criterion::cost || info.criterion == Criterion::readiness;
    if (!real) {
      EXPECT_LT(at(info.criterion).weight, 8) << info.id;
    }
  }
}

TEST(LearnLaw, WeightsAreNeverNegativeAndSumToAHundred) {
  for (std::uint64_t seed = 30; seed < 60; ++seed) {
    const auto learned = learn_weights(world(seed, 12 + seed), {.draws = 20});
    ASSERT_TRUE(learned) << "seed " << seed;
    int sum = 0;
    for (const auto& criterion : learned->criteria) {
      EXPECT_GE(criterion.weight, 0);
      EXPECT_GE(criterion.coefficient, 0);
      EXPECT_GE(criterion.low, 0);
      EXPECT_LE(criterion.high, 100);
      EXPECT_LE(criterion.low, criterion.high);
      EXPECT_EQ(criterion.at_boundary, criterion.coefficient == 0);
      sum += criterion.weight;
    }
    EXPECT_EQ(sum, 100) << "seed " << seed;
  }
}

/// The loss as it is written in the header, in other words than the code's.
double loss_of(std::span<const MeasuredPair> pairs, std::span<const double> coefficients, double intercept,
               double ridge) {
  double sum = 0;
  for (const auto& pair : pairs) {
    double z = intercept;
    for (std::size_t c = 0; c < kCriterionCount; ++c)
      z += coefficients[c] * static_cast<double>(pair.shares[c]) / 1e6;
    sum += std::log1p(std::exp(pair.response == Response::accepted ? -z : z));
  }
  for (const double value : coefficients) sum += ridge / 2 * value * value;
  return sum;
}

TEST(LearnLaw, NoLawfulStepFromTheLearnedWeightsLowersTheLoss) {
  for (std::uint64_t seed = 70; seed < 80; ++seed) {
    const auto pairs = world(seed, 60);
    const double ridge = seed % 2 == 0 ? 1 : 0.05;
    const auto learned = learn_weights(pairs, {.ridge = ridge, .draws = 0}).value();
    std::vector<double> at;
    for (const auto& criterion : learned.criteria) at.push_back(criterion.coefficient);
    const double least = loss_of(pairs, at, learned.intercept, ridge);
    EXPECT_NEAR(learned.log_loss * static_cast<double>(pairs.size()),
                least - ridge / 2 * std::inner_product(at.begin(), at.end(), at.begin(), 0.0), 1e-9);
    for (const double step : {1e-4, -1e-4}) {
      EXPECT_GE(loss_of(pairs, at, learned.intercept + step, ridge), least) << "seed " << seed;
      for (std::size_t c = 0; c < kCriterionCount; ++c) {
        auto moved = at;
        moved[c] += step;
        if (moved[c] < 0) continue;
        EXPECT_GE(loss_of(pairs, moved, learned.intercept, ridge), least)
            << "seed " << seed << " criterion " << c;
      }
    }
  }
}

TEST(LearnLaw, TheOrderOfOutcomesNeverShows) {
  Random random(17);
  auto pairs = world(40, 200);
  const auto learned = learn_weights(pairs, {.draws = 30}).value();
  for (int round = 0; round < 5; ++round) {
    std::shuffle(pairs.begin(), pairs.end(), random);
    const auto again = learn_weights(pairs, {.draws = 30}).value();
    for (std::size_t c = 0; c < kCriterionCount; ++c) {
      EXPECT_EQ(learned.criteria[c].coefficient, again.criteria[c].coefficient);
      EXPECT_EQ(learned.criteria[c].low, again.criteria[c].low);
      EXPECT_EQ(learned.criteria[c].high, again.criteria[c].high);
    }
    EXPECT_EQ(learned.intercept, again.intercept);
  }
}

}  // namespace
}  // namespace huoshui
