#include <gtest/gtest.h>

#include <huoshui/supply_chain/chain.hpp>
#include <limits>

#include "chains.hpp"

namespace huoshui::supply_chain_test {
namespace {

TEST(Chain, StandsInOrderOfIds) {
  const auto chain = Chain::build({party("S2"), anchor("A", {}), party("S1")},
                                  {claim("c2", "S2", "A", 1), claim("c1", "S1", "A", 2)})
                         .value();
  EXPECT_EQ(chain.parties()[1].id, "S1");
  EXPECT_EQ(chain.claims()[0].id, "c1");
  EXPECT_EQ(chain.holder_of(0), 1U);
  EXPECT_EQ(chain.buyer_of(0), 0U);
  EXPECT_EQ(chain.party_row("S2"), 2U);
  EXPECT_EQ(chain.party_row("S3"), kNoRow);
  EXPECT_EQ(chain.claim_row("c2"), 1U);
}

TEST(Chain, NamesEveryFault) {
  Bundle bundle;
  bundle.id = "b";
  bundle.members = {"S", "S", "Y"};
  bundle.backing = Backing::lead;
  auto stock = claim("g", "S", "A", 1, ClaimKind::stock);
  auto negative = claim("n", "S", "A", -1);
  const auto result = Chain::build({party("S"), party("S"), anchor("A", {})},
                                   {claim("c", "X", "A", 1), stock, negative}, {bundle});
  ASSERT_FALSE(result.has_value());
  std::vector<IssueCode> codes;
  for (const auto& issue : result.errors()) codes.push_back(issue.code);
  EXPECT_EQ(codes,
            (std::vector{IssueCode::duplicate_id, IssueCode::unknown_word, IssueCode::contradictory_terms,
                         IssueCode::unreadable_value, IssueCode::contradictory_terms,
                         IssueCode::contradictory_terms, IssueCode::unknown_word}));
}

TEST(Chain, RefusesAmountsWhoseSumDoesNotFit) {
  const auto half = (std::int64_t{1} << 59) + 1;
  EXPECT_TRUE(Chain::build({party("S"), anchor("A", {})}, {claim("c", "S", "A", half)}).has_value());
  EXPECT_FALSE(
      Chain::build({party("S"), anchor("A", {})}, {claim("c", "S", "A", half), claim("d", "S", "A", half)})
          .has_value());
  EXPECT_FALSE(
      Chain::build({party("S"), anchor("A", std::numeric_limits<std::int64_t>::max())}, {}).has_value());
}

TEST(Chain, MayBeEmpty) {
  const auto chain = Chain::build({}, {}).value();
  const auto policy = on("2026-02-01");
  const auto plan = propose(chain, policy, {});
  EXPECT_EQ(plan.total, 0);
  EXPECT_TRUE(verify(chain, policy, {}, plan).empty());
}

}  // namespace
}  // namespace huoshui::supply_chain_test
