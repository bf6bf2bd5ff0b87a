#include <gtest/gtest.h>

#include <huoshui/supply_chain/shape.hpp>

#include "chains.hpp"

namespace huoshui::supply_chain_test {
namespace {

using Rows = std::vector<std::vector<std::uint32_t>>;

TEST(Shape, JoinsClaimsThatShareADocumentHoweverIndirectly) {
  auto a = claim("a", "S", "A", 1), b = claim("b", "T", "A", 1), c = claim("c", "S", "A", 1),
       d = claim("d", "T", "A", 1);
  a.documents = {"fp-001", "HT 7"};
  b.documents = {"ht7", "FP-002"};
  c.documents = {"FP-002 "};
  d.documents = {"FP-003", " ", ""};
  const auto chain = Chain::build({anchor("A", {}), party("S"), party("T")}, {a, b, c, d}).value();
  const auto shape = shape_of(chain);
  EXPECT_EQ(shape.double_pledges, (Rows{{0, 1, 2}}));
  EXPECT_EQ(shape.asset, (std::vector<std::uint32_t>{0, 0, 0, kNoRow}));
}

TEST(Shape, DoesNotTakeOneClaimsDocumentForTwo) {
  auto a = claim("a", "S", "A", 1);
  a.documents = {"FP-1", "FP-1", "fp-1"};
  const auto chain = Chain::build({anchor("A", {}), party("S")}, {a}).value();
  EXPECT_TRUE(shape_of(chain).double_pledges.empty());
}

TEST(Shape, FindsCirclesAndOrdersComponentsFromBuyersDown) {
  // A buys from S, S from T, T from U, U from S: S, T and U trade in a circle.
  const auto chain = Chain::build({anchor("A", {}), party("S"), party("T"), party("U")},
                                  {claim("1", "S", "A", 100), claim("2", "T", "S", 70),
                                   claim("3", "U", "T", 50), claim("4", "S", "U", 40)})
                         .value();
  const auto shape = shape_of(chain);
  EXPECT_EQ(shape.circles, (Rows{{1, 2, 3}}));
  EXPECT_EQ(shape.component_count, 2U);
  EXPECT_GT(shape.component[0], shape.component[1]);
  // T holds 70 and owes 50; U holds 50 and owes 40; S holds 40 there and owes 70.
  EXPECT_EQ(shape.set_off, (std::vector<std::int64_t>{0, 50, 40, 40}));
}

TEST(Shape, SetsOffTheEarliestDueFirstAndOnlyAgainstClaimsThatCouldCount) {
  auto feed = claim("1", "A", "H", 30), pigs = claim("2", "H", "A", 100), more = claim("3", "H", "A", 20);
  more.due_day = day("2026-02-20");
  const std::vector<Party> parties{anchor("A", {}), party("H", Role::household)};
  EXPECT_EQ(shape_of(Chain::build(parties, {feed, pigs, more}).value()).set_off,
            (std::vector<std::int64_t>{30, 10, 20}));
  more.disputed = Truth::yes;
  EXPECT_EQ(shape_of(Chain::build(parties, {feed, pigs, more}).value()).set_off,
            (std::vector<std::int64_t>{30, 30, 0}));
  feed.amount.reset();
  EXPECT_EQ(shape_of(Chain::build(parties, {feed, pigs, more}).value()).set_off_open,
            (std::vector<char>{0, 1}));
}

TEST(Shape, WalksALongChainWithoutRecursion) {
  std::vector<Party> parties{anchor("0", {})};
  std::vector<Claim> claims;
  const auto id = [](int i) { return std::to_string(1'000'000 + i); };
  for (int i = 1; i <= 50'000; ++i) {
    parties.push_back(party(id(i)));
    claims.push_back(claim(id(i), id(i), i == 1 ? "0" : id(i - 1), 100));
  }
  const auto chain = Chain::build(parties, claims).value();
  EXPECT_EQ(shape_of(chain).component_count, 50'001U);
  const auto policy = on("2026-02-01");
  const auto terms = at_rate(kWhole);
  const auto plan = propose(chain, policy, terms);
  EXPECT_EQ(plan.total, 100);
  EXPECT_EQ(plan.advances.back().tier, 50'000U);
  EXPECT_TRUE(verify(chain, policy, terms, plan).empty());
}

}  // namespace
}  // namespace huoshui::supply_chain_test
