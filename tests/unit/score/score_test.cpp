#include <gtest/gtest.h>
#include <builders.hpp>
#include <huoshui/score/score.hpp>

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::compiled;

std::int64_t measured(Criterion criterion, const Project& project, const Product& product) {
  const Catalogue catalogue = compiled({product});
  return measure(criterion, prepare(project, catalogue), catalogue, ProductRow{0});
}

TEST(Score, GivesTheUnknownNothing) {
  for (const auto criterion :
       {Criterion::amount_fit, Criterion::tenor_fit, Criterion::cost, Criterion::policy_affinity,
        Criterion::industry_affinity, Criterion::locality, Criterion::speed, Criterion::text_affinity}) {
    EXPECT_EQ(measured(criterion, a_project(), a_product()), 0) << info(criterion).id;
  }
}

TEST(Score, RisesWithTheAmountUpToTheTicket) {
  std::int64_t before = -1;
  for (const std::int64_t wan : {1, 2, 5, 10, 100, 1000, 9999, 10'000}) {
    const std::int64_t now =
        measured(Criterion::amount_fit, a_project().asking(wan), a_product().up_to(10'000));
    EXPECT_GT(now, before) << wan;
    before = now;
  }
  EXPECT_EQ(before, kOneMillion);
  // Four powers of ten below the ticket earn nothing; a tenth of it earns three quarters, to the rounding.
  EXPECT_EQ(measured(Criterion::amount_fit, a_project().asking(1), a_product().up_to(10'010)), 0);
  EXPECT_NEAR(static_cast<double>(
                  measured(Criterion::amount_fit, a_project().asking(1000), a_product().up_to(10'000))),
              750'000.0, 10.0);
}

TEST(Score, TextAffinityIsHalfTheInstrumentAndHalfTheSharedPairs) {
  const auto affinity = [](std::uint32_t sure, std::string name) {
    Project project = a_project();
    project.name = std::move(name);
    Affinity words;
    words.millionths[static_cast<std::size_t>(Instrument::village_credit)] = sure;
    words.millionths[static_cast<std::size_t>(Instrument::ip_pledge)] = 1'000'000 - sure;
    project.affinity = words;
    Product product = a_product().as(Instrument::village_credit);
    product.name = "茶叶贷";
    return measured(Criterion::text_affinity, project, product);
  };
  EXPECT_EQ(affinity(0, "水库"), 0);
  EXPECT_EQ(affinity(1, "水库"), 0);  // each half is rounded down by itself
  EXPECT_EQ(affinity(600'000, "水库"), 300'000);
  EXPECT_EQ(affinity(1'000'000, "水库"), 500'000);
  const std::int64_t words = affinity(0, "茶叶贷");
  EXPECT_GT(words, 0);
  EXPECT_LE(words, 500'000);
  EXPECT_EQ(affinity(600'000, "茶叶贷"), words + 300'000);
}

TEST(Score, FallsWithTheRate) {
  EXPECT_EQ(measured(Criterion::cost, a_project(), a_product().rate(0)), kOneMillion);
  EXPECT_EQ(measured(Criterion::cost, a_project(), a_product().rate(38'500)), 615'000);
  EXPECT_EQ(measured(Criterion::cost, a_project(), a_product().rate(100'000)), 0);
  EXPECT_EQ(measured(Criterion::cost, a_project(), a_product().rate(300'000)), 0);
}

TEST(Score, PrefersTheNearerProduct) {
  const auto locality = [](std::vector<std::string> codes) {
    return measured(Criterion::locality, a_project().in("441625100"),
                    a_product().for_region(std::move(codes)));
  };
  EXPECT_EQ(locality({"441625"}), kOneMillion);
  EXPECT_EQ(locality({"4416"}), 800'000);
  EXPECT_EQ(locality({"44"}), 500'000);
  EXPECT_EQ(locality({"4401"}), 0);
}

TEST(Score, CountsSharedDepthOfTheTrade) {
  const auto affinity = [](const char* code) {
    return measured(Criterion::industry_affinity, a_project().in_trade("A0164"),
                    a_product().for_trades({code}));
  };
  EXPECT_EQ(affinity("A0164"), kOneMillion);
  EXPECT_EQ(affinity("A016"), 900'000);
  EXPECT_EQ(affinity("A01"), 700'000);
  EXPECT_EQ(affinity("A"), 400'000);
  EXPECT_EQ(affinity("C"), 0);
}

TEST(Score, PartsSumToTheWholeUnderEveryCard) {
  for (const auto& card : {Scorecard::standard(), Scorecard::enterprise(), Scorecard::bank()}) {
    const Catalogue catalogue =
        compiled({a_product().for_region({"441625"}).up_to(500).rate(40'000)}, "2024-08-01", card);
    const Points points =
        score(prepare(a_project().in("441625").asking(300), catalogue), catalogue, ProductRow{0});
    std::int64_t sum = 0;
    for (const std::int64_t part : points.parts) sum += part;
    EXPECT_EQ(points.total, sum);
    EXPECT_GT(points.total, 0);
  }
}

}  // namespace
}  // namespace huoshui
