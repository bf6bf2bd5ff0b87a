#include <gtest/gtest.h>

#include <huoshui/supply_chain/unlock.hpp>
#include <huoshui/supply_chain/wording.hpp>

#include "chains.hpp"

namespace huoshui::supply_chain_test {
namespace {

constexpr auto bits(Supply a) { return static_cast<std::uint8_t>(a); }

TEST(Unlocks, RankActsByWhatTheChainGains) {
  auto c1 = claim("1", "S", "A", 100 * kWan), c2 = claim("2", "T", "A", 50 * kWan),
       c3 = claim("3", "T", "B", 200 * kWan), c4 = claim("4", "S", "B", 10 * kWan);
  c1.confirmed = c2.confirmed = Truth::no;
  c3.registered = Truth::unknown;
  c4.registered = c4.confirmed = Truth::no;
  // B's limit binds, so registering the largest claim gains less than it raises.
  const auto chain =
      Chain::build({anchor("A", {}), anchor("B", 60 * kWan), party("S"), party("T")}, {c1, c2, c3, c4})
          .value();
  const auto found = unlocks(chain, on("2026-02-01"), at_rate(800'000));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].supplies, bits(Supply::confirm));
  EXPECT_EQ(found[0].party, chain.party_row("A"));
  EXPECT_EQ(found[0].claims, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(found[0].gain, 120 * kWan);
  // B confirming what is also to be registered: with both, claims 3 and 4 count.
  EXPECT_EQ(found[1].supplies, bits(Supply::confirm) + bits(Supply::register_claim));
  EXPECT_EQ(found[1].party, chain.party_row("B"));
  EXPECT_EQ(found[1].raised, 168 * kWan);
  EXPECT_EQ(found[1].gain, 60 * kWan);
  EXPECT_EQ(found[2].supplies, bits(Supply::register_claim));
  EXPECT_EQ(found[2].party, chain.party_row("T"));
  EXPECT_EQ(found[2].gain, 60 * kWan);
  EXPECT_EQ(unlock_sentence(chain, found[0]).zh, "A就2笔债权补齐债务人确认，全链可多融资120万元");
  EXPECT_EQ(unlock_sentence(chain, found[0]).en,
            "confirmation by the debtor for 2 claims of A: 120万元 more for the chain");
  EXPECT_EQ(unlocks(chain, on("2026-02-01"), at_rate(800'000), {.k = 1}),
            std::vector<Unlock>(found.begin(), found.begin() + 1));
  EXPECT_TRUE(unlocks(chain, on("2026-02-01"), at_rate(800'000), {.k = 0}).empty());
}

TEST(Unlocks, LeaveOutActsWithoutGainAndTheRefused) {
  auto c1 = claim("1", "S", "A", 100 * kWan), c2 = claim("2", "S", "A", 100 * kWan);
  c1.confirmed = Truth::no;
  c1.disputed = Truth::yes;  // confirming a disputed claim does not help
  c2.registered = Truth::no;
  const auto chain = Chain::build({anchor("A", 0), party("S")}, {c1, c2}).value();
  EXPECT_TRUE(unlocks(chain, on("2026-02-01"), at_rate(800'000)).empty());
}

}  // namespace
}  // namespace huoshui::supply_chain_test
