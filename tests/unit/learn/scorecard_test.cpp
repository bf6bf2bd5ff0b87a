#include <gtest/gtest.h>

#include <cmath>
#include <huoshui/learn/scorecard.hpp>

#include "builders.hpp"

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;

constexpr auto kCost = static_cast<std::size_t>(Criterion::cost);
constexpr auto kSpeed = static_cast<std::size_t>(Criterion::speed);

MeasuredPair pair_of(std::int64_t cost, std::int64_t speed, Response response, std::uint32_t group) {
  MeasuredPair pair{.group = group, .response = response};
  pair.shares[kCost] = cost;
  pair.shares[kSpeed] = speed;
  return pair;
}

/// Cheap ones are accepted, whatever their speed.
std::vector<MeasuredPair> cheap_wins() {
  std::vector<MeasuredPair> pairs;
  for (std::uint32_t i = 0; i < 40; ++i) {
    const std::int64_t cost = (i * 7 % 40) * 25'000, speed = (i * 11 % 40) * 25'000;
    pairs.push_back(pair_of(cost, speed, cost >= 500'000 ? Response::accepted : Response::refused, i / 2));
  }
  return pairs;
}

TEST(LearnWeights, FindsWhatToldAcceptancesFromRefusals) {
  const auto learned = learn_weights(cheap_wins()).value();
  EXPECT_EQ(learned.accepted, 20U);
  EXPECT_EQ(learned.refused, 20U);
  EXPECT_EQ(learned.criteria[kCost].weight, 100);
  EXPECT_EQ(learned.criteria[kSpeed].weight, 0);
  EXPECT_GT(learned.criteria[kCost].coefficient, 1);
  EXPECT_LE(learned.criteria[kCost].low, 100);
  EXPECT_LT(learned.log_loss, std::log(2.0));
  EXPECT_GT(learned.draws, 190U);
}

TEST(LearnWeights, HoldsACriterionThatPointsTheWrongWayAtItsBound) {
  auto pairs = cheap_wins();
  for (auto& pair : pairs) pair.shares[kSpeed] = kOneMillion - pair.shares[kCost];  // the dearer the faster
  const auto learned = learn_weights(pairs).value();
  EXPECT_TRUE(learned.criteria[kSpeed].at_boundary);
  EXPECT_EQ(learned.criteria[kSpeed].coefficient, 0);
  EXPECT_EQ(learned.criteria[kSpeed].low, 0);
  EXPECT_FALSE(learned.criteria[kCost].at_boundary);
}

TEST(LearnWeights, RefusesToLearnFromOneSide) {
  for (const auto only : {Response::accepted, Response::refused}) {
    auto pairs = cheap_wins();
    for (auto& pair : pairs) pair.response = only;
    const auto learned = learn_weights(pairs);
    ASSERT_FALSE(learned);
    EXPECT_EQ(learned.error().code, IssueCode::one_sided_outcomes);
    // One of the other side is enough.
    auto& other = only == Response::accepted ? pairs.front() : pairs.back();
    other = only == Response::accepted ? pair_of(0, 0, Response::refused, 0)
                                       : pair_of(kOneMillion, 0, Response::accepted, 0);
    EXPECT_TRUE(learn_weights(pairs));
  }
  EXPECT_EQ(learn_weights({}).error().code, IssueCode::one_sided_outcomes);
}

TEST(LearnWeights, RefusesWhereEveryCriterionPointsTheWrongWay) {
  auto pairs = cheap_wins();
  for (auto& pair : pairs) {
    pair.shares[kSpeed] = 0;
    pair.response = pair.response == Response::accepted ? Response::refused : Response::accepted;
  }
  const auto learned = learn_weights(pairs);
  ASSERT_FALSE(learned);
  EXPECT_EQ(learned.error().code, IssueCode::contradictory_terms);
}

TEST(LearnWeights, TrustsLessWithAStrongerRidge) {
  const auto weak = learn_weights(cheap_wins(), {.ridge = 0.1, .draws = 0}).value();
  const auto strong = learn_weights(cheap_wins(), {.ridge = 10, .draws = 0}).value();
  EXPECT_GT(weak.criteria[kCost].coefficient, strong.criteria[kCost].coefficient);
  EXPECT_EQ(weak.draws, 0U);
}

TEST(LearnWeights, RefusesWhatIsOutOfRange) {
  const auto call = [](std::int64_t share, LearnOptions options = {}) {
    const std::vector<MeasuredPair> pairs{pair_of(share, 0, Response::accepted, 0),
                                          pair_of(0, 0, Response::refused, 1)};
    return learn_weights(pairs, options);
  };
  EXPECT_TRUE(call(1'000'000));
  EXPECT_THROW(static_cast<void>(call(1'000'001)), ContractError);
  EXPECT_THROW(static_cast<void>(call(-1)), ContractError);
  EXPECT_THROW(static_cast<void>(call(1, {.ridge = 0})), ContractError);
  EXPECT_THROW(static_cast<void>(call(1, {.percent = 100})), ContractError);
}

class LearnScorecard : public ::testing::Test {
 protected:
  LearnScorecard() {
    for (int i = 0; i < 12; ++i) {
      projects_.push_back(
          a_project("P" + std::to_string(i)).in(i % 2 == 0 ? "441625" : "441621").asking(100));
    }
    projects_.push_back(a_project("P99").in("441622").asking(100));
    outcomes_.reserve(24);
    for (int i = 0; i < 12; ++i) {
      outcomes_.push_back(
          {"P" + std::to_string(i), "CHEAP", i == 3 ? Response::refused : Response::accepted});
      outcomes_.push_back({"P" + std::to_string(i), "DEAR", i == 5 ? Response::accepted : Response::refused});
    }
  }

  [[nodiscard]] Result<LearnedScorecard> learned() const {
    const auto catalogue =
        Catalogue::compile({a_product("CHEAP").rate(20'000), a_product("DEAR").rate(90'000),
                            a_product("LEASE").as(Instrument::finance_lease), a_product("SMALL").up_to(10)},
                           testing::policy_on("2026-03-01"), Scorecard::standard())
            .value();
    return learn_scorecard(projects_, catalogue, outcomes_, {.id = "own", .name_zh = "本行", .draws = 50});
  }

  std::vector<Project> projects_;
  std::vector<PairOutcome> outcomes_;
};

TEST_F(LearnScorecard, MakesACardThatSumsToAHundred) {
  const auto found = learned().value();
  EXPECT_EQ(found.card.id(), "own");
  EXPECT_EQ(found.card.name_zh(), "本行");
  EXPECT_EQ(found.card.weight(Criterion::cost), 100);
  EXPECT_EQ(found.refused_by_rules, 0U);
}

TEST_F(LearnScorecard, NamesTheSlicesWithoutOutcomes) {
  std::vector<std::string> bare;
  std::size_t accepted = 0;
  const auto found = learned().value();
  for (const auto& slice : found.slices) {
    if (slice.accepted + slice.refused == 0) bare.push_back(slice.kind + " " + slice.key);
    if (slice.kind == "county") accepted += slice.accepted;
  }
  EXPECT_EQ(bare, (std::vector<std::string>{"county 441622", "instrument finance_lease"}));
  EXPECT_EQ(accepted, found.weights.accepted);
}

TEST_F(LearnScorecard, LeavesOutPairsThatARuleRefuses) {
  outcomes_.push_back({"P1", "SMALL", Response::accepted});
  const auto found = learned().value();
  EXPECT_EQ(found.refused_by_rules, 1U);
  EXPECT_EQ(found.weights.accepted, 12U);
}

TEST_F(LearnScorecard, CountsARepeatedRowOnce) {
  const auto once = learned().value();
  outcomes_.push_back(outcomes_.front());
  const auto twice = learned().value();
  EXPECT_EQ(once.weights.accepted, twice.weights.accepted);
}

TEST_F(LearnScorecard, NamesEveryOutcomeThatFitsNowhere) {
  projects_.back().is_collection = true;
  outcomes_.push_back({"P77", "CHEAP", Response::accepted});
  outcomes_.push_back({"P1", "NONE", Response::accepted});
  outcomes_.push_back({"P99", "CHEAP", Response::accepted});
  outcomes_.push_back({"P1", "CHEAP", Response::refused});
  const auto found = learned();
  ASSERT_FALSE(found);
  std::vector<IssueCode> codes;
  for (const auto& issue : found.errors()) codes.push_back(issue.code);
  EXPECT_EQ(codes, (std::vector<IssueCode>{IssueCode::unknown_word, IssueCode::unknown_word,
                                           IssueCode::collection_row, IssueCode::contradictory_terms}));
}

}  // namespace
}  // namespace huoshui
