#include <gtest/gtest.h>

#include <huoshui/learn/metrics.hpp>
#include <limits>
#include <numeric>

namespace huoshui {
namespace {

double value(std::string_view name, const ScoredQuery& query) {
  return value_of(Metric::parse(name).value(), query).value();
}

struct Fixture {
  std::string_view name;
  std::vector<double> scores, relevance;
  double expected;
};

TEST(Metric, GivesTheValuesOfEachConvention) {
  const std::vector<double> five{10, 0, 0, 1, 5}, six{3, 2, 3, 0, 1, 2}, order{5, 4, 4, 2, 2, 1};
  // The first three are quoted from scikit-learn in elixir-nx/scholar issue 360; the rest is worked by hand.
  const Fixture fixtures[] = {
      {"ndcg[linear,tie-mean]", {1, 1, 1, 1, 1}, five, 0.690978533452},
      {"ndcg[linear,tie-mean]", {1, 1, 1, .5, .5}, five, 0.699812015450},
      {"ndcg[linear,tie-mean]", {.1, .2, .3, 4, 70}, five, 0.695694044381},
      {"ndcg[linear,tie-mean]", order, six, 0.973044129238},
      {"ndcg[exponential,tie-mean]", order, six, 0.968253282673},
      {"ndcg[linear,id-desc]", order, six, 0.985280064139},
      {"ndcg[linear,id-asc]", order, six, 0.960808194336},
      {"ndcg@3[linear,tie-mean]", order, six, 0.988890680815},
      {"ndcg@3[linear,id-desc]", order, six, 1},
      {"ndcg[binary,tie-mean]", order, six, 0.982174589022},
  };
  for (const auto& fixture : fixtures) {
    EXPECT_NEAR(value(fixture.name, {fixture.scores, fixture.relevance}), fixture.expected, 1e-9)
        << fixture.name << ", first score " << fixture.scores.front();
  }
}

TEST(Metric, HitsFromTheRankOnWhereTheAnswerStands) {
  const ScoredQuery query{{0.1, 0.9, 0.5}, {0, 0, 1}};  // the answer stands second
  EXPECT_EQ(value("hit@1[tie-mean]", query), 0);
  EXPECT_EQ(value("hit@2[tie-mean]", query), 1);
  EXPECT_EQ(value("hit@9[tie-mean]", query), 1);
  EXPECT_EQ(value("hit[tie-mean]", query), 1);
  EXPECT_EQ(value("mrr[tie-mean]", query), 0.5);
}

TEST(Metric, CountsAnyOfSeveralRightAnswers) {
  const ScoredQuery query{{4, 3, 2, 1}, {0, 1, 0, 1}};
  EXPECT_EQ(value("hit@1[id-asc]", query), 0);
  EXPECT_EQ(value("hit@2[id-asc]", query), 1);
  EXPECT_EQ(value("mrr[id-asc]", query), 0.5);
}

TEST(Metric, SharesTheValueAmongTies) {
  const ScoredQuery all_equal{{1, 1, 1, 1}, {0, 1, 0, 0}};
  EXPECT_DOUBLE_EQ(value("hit@1[tie-mean]", all_equal), 0.25);
  EXPECT_DOUBLE_EQ(value("hit@3[tie-mean]", all_equal), 0.75);
  EXPECT_DOUBLE_EQ(value("mrr[tie-mean]", all_equal), (1 + 1. / 2 + 1. / 3 + 1. / 4) / 4);
  EXPECT_EQ(value("mrr[id-asc]", all_equal), 0.5);
  EXPECT_DOUBLE_EQ(value("mrr[id-desc]", all_equal), 1. / 3);
  // Two of four are right: the first two places hold none of them in 1 of 6 cases.
  EXPECT_DOUBLE_EQ(value("hit@2[tie-mean]", {{1, 1, 1, 1}, {0, 1, 1, 0}}), 5. / 6);
}

TEST(Metric, HasNoValueWithoutARelevantCandidate) {
  const ScoredQuery nothing{{3, 2}, {0, 0}}, right{{3, 2}, {1, 0}}, wrong{{3, 2}, {0, 1}};
  for (const auto* name : {"hit@1[tie-mean]", "mrr[tie-mean]", "ndcg[linear,tie-mean]"}) {
    const auto metric = Metric::parse(name).value();
    EXPECT_FALSE(value_of(metric, nothing)) << name;
    EXPECT_FALSE(value_of(metric, {})) << name;
    EXPECT_FALSE(mean_of(metric, std::vector{nothing}).mean) << name;
  }
  const auto mean = mean_of(Metric::parse("hit@1[tie-mean]").value(), std::vector{right, nothing, wrong});
  EXPECT_EQ(mean.mean, 0.5);
  EXPECT_EQ(mean.counted, 2U);
  EXPECT_EQ(mean.left_out, 1U);
}

TEST(Metric, ReadsBackEveryNameItPrints) {
  for (const auto gauge : {Gauge::hit, Gauge::reciprocal_rank, Gauge::ndcg}) {
    for (const auto ties : {Ties::mean, Ties::id_descending, Ties::id_ascending}) {
      for (const std::size_t k : {0U, 1U, 10U}) {
        const Metric metric{gauge, gauge == Gauge::reciprocal_rank ? 0 : k,
                            gauge == Gauge::ndcg ? Gain::exponential : Gain::linear, ties};
        EXPECT_EQ(Metric::parse(to_string(metric)).value(), metric) << to_string(metric);
      }
    }
  }
  EXPECT_EQ(to_string(Metric{Gauge::ndcg, 10, Gain::linear, Ties::mean}), "ndcg@10[linear,tie-mean]");
}

TEST(Metric, RefusesANameWithoutItsConvention) {
  for (const auto* name :
       {"", "ndcg", "ndcg@10", "ndcg@[linear,tie-mean]", "ndcg@x[linear,tie-mean]", "hit@1",
        "ndcg@0[linear,tie-mean]", "mrr@3[tie-mean]", "hit@01[tie-mean]", "hit@3[tie-mean] "}) {
    const auto metric = Metric::parse(name);
    ASSERT_FALSE(metric) << name;
    EXPECT_EQ(metric.error().code, IssueCode::unknown_word) << name;
  }
}

TEST(Metric, RefusesNumbersThatAreNone) {
  const Metric metric{Gauge::ndcg, 0, Gain::exponential, Ties::mean};
  EXPECT_TRUE(value_of(metric, {{1}, {1000}}));
  EXPECT_THROW(static_cast<void>(value_of(metric, {{1}, {1001}})), ContractError);
  EXPECT_THROW(static_cast<void>(value_of(metric, {{1}, {-1}})), ContractError);
  EXPECT_THROW(static_cast<void>(value_of(metric, {{1, 2}, {1}})), ContractError);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(static_cast<void>(value_of(metric, {{nan}, {1}})), ContractError);
  EXPECT_THROW(static_cast<void>(value_of(metric, {{1}, {nan}})), ContractError);
}

}  // namespace
}  // namespace huoshui
