#include <gtest/gtest.h>

#include <huoshui/supply_chain/plan.hpp>
#include <huoshui/supply_chain/wording.hpp>

#include "chains.hpp"

namespace huoshui::supply_chain_test {
namespace {

const auto kDay = "2026-02-01";

struct Answer {
  Chain chain;
  Plan plan;
  [[nodiscard]] const Advance& advance(std::string_view id) const {
    return plan.advances[chain.party_row(id)];
  }
  [[nodiscard]] std::int64_t amount(std::string_view id) const { return advance(id).amount.value(); }
};

/// Plan a chain, and have it verified.
Answer plan_of(std::vector<Party> parties, std::vector<Claim> claims, std::vector<Bundle> bundles = {},
               const Terms& terms = at_rate(800'000)) {
  auto chain = Chain::build(std::move(parties), std::move(claims), std::move(bundles)).value();
  const auto policy = on(kDay);
  auto plan = propose(chain, policy, terms);
  const auto breaches = verify(chain, policy, terms, plan);
  EXPECT_TRUE(breaches.empty()) << breach_sentence(chain, breaches.front()).en;
  return {std::move(chain), std::move(plan)};
}

Party limited(Party party, std::optional<std::int64_t> limit, std::int64_t borrowed = 0) {
  party.borrower_limit = limit;
  party.borrowed = borrowed;
  return party;
}
Party asking(Party party, std::int64_t fen) {
  party.asked = fen;
  return party;
}

TEST(SupplyPlan, SharesTheAnchorsExposureOverAllBorrowers) {
  const std::vector<Claim> claims{claim("1", "S1", "A", 100 * kWan), claim("2", "S2", "A", 100 * kWan)};
  auto a = plan_of({anchor("A", 160 * kWan), party("S1"), party("S2")}, claims);
  EXPECT_EQ(a.plan.total, 160 * kWan);
  EXPECT_EQ(a.advance("S2").cap, Cap::claims);
  a = plan_of({anchor("A", 160 * kWan - 1), party("S1"), party("S2")}, claims);
  EXPECT_EQ(a.amount("S1"), 80 * kWan);
  EXPECT_EQ(a.amount("S2"), 80 * kWan - 1);
  EXPECT_EQ(a.advance("S2").cap, Cap::exposure_limit);
  EXPECT_EQ(a.advance("S2").at, a.chain.party_row("A"));
  EXPECT_EQ(a.advance("S2").limit, 160 * kWan - 1);
  EXPECT_EQ(a.plan.hanging[a.chain.party_row("A")], 160 * kWan - 1);
  // What hangs on the anchor already counts.
  auto used = anchor("A", 160 * kWan);
  used.exposure_used = 100 * kWan;
  EXPECT_EQ(plan_of({used, party("S1"), party("S2")}, claims).plan.total, 60 * kWan);
  used.exposure_used = 200 * kWan;
  EXPECT_EQ(plan_of({used, party("S1"), party("S2")}, claims).plan.total, 0);
}

TEST(SupplyPlan, DoesNotTestALimitThatIsNotGivenAndSaysSo) {
  const auto a = plan_of({anchor("A", {}), party("S1")}, {claim("1", "S1", "A", 100 * kWan)});
  EXPECT_EQ(a.amount("S1"), 80 * kWan);
  const auto sentences = plan_sentences(a.chain, a.plan);
  EXPECT_EQ(sentences[1].zh, "核心企业A的风险敞口限额未提供，未检验");
}

TEST(SupplyPlan, KeepsEachBorrowersOwnCaps) {
  const auto c = claim("1", "S", "A", 100 * kWan);
  auto a = plan_of({anchor("A", {}), limited(party("S"), 50 * kWan, 20 * kWan)}, {c});
  EXPECT_EQ(a.amount("S"), 30 * kWan);
  EXPECT_EQ(a.advance("S").cap, Cap::borrower_limit);
  a = plan_of({anchor("A", {}), limited(party("S"), 100 * kWan, 20 * kWan - 1)}, {c});
  EXPECT_EQ(a.amount("S"), 80 * kWan);
  EXPECT_EQ(a.advance("S").cap, Cap::claims);
  a = plan_of({anchor("A", {}), asking(party("S"), 10 * kWan)}, {c});
  EXPECT_EQ(a.amount("S"), 10 * kWan);
  EXPECT_EQ(a.advance("S").cap, Cap::asked);
  a = plan_of({anchor("A", {}), limited(party("S"), 5 * kWan, 9 * kWan)}, {c});
  EXPECT_EQ(a.amount("S"), 0);
}

TEST(SupplyPlan, CarriesTheLimitDownWithDecay) {
  // A ← S ← T ← U; S and T ask for nothing themselves.
  const std::vector<Claim> claims{claim("1", "S", "A", 200 * kWan), claim("2", "T", "S", 200 * kWan),
                                  claim("3", "U", "T", 200 * kWan)};
  const std::vector<Party> parties{anchor("A", 100 * kWan), asking(party("S"), 0), asking(party("T"), 0),
                                   party("U")};
  auto a = plan_of(parties, claims, {}, at_rate(800'000, 900'000));
  EXPECT_EQ(a.amount("U"), 81 * kWan);  // 100 × 0.9 × 0.9
  EXPECT_EQ(a.advance("U").cap, Cap::carried_limit);
  EXPECT_EQ(a.advance("U").at, a.chain.party_row("T"));
  EXPECT_EQ(a.advance("U").limit, 81 * kWan);
  EXPECT_EQ(a.advance("U").tier, 3U);
  a = plan_of(parties, claims);
  EXPECT_EQ(a.amount("U"), 100 * kWan);
  EXPECT_EQ(a.advance("U").cap, Cap::exposure_limit);
  // What the claims above carry binds too: S holds only 80.
  auto thin = claims;
  thin[0].amount = 100 * kWan;
  a = plan_of(parties, thin);
  EXPECT_EQ(a.amount("U"), 80 * kWan);
  EXPECT_EQ(a.advance("U").cap, Cap::upstream_claims);
  EXPECT_EQ(a.advance("U").at, a.chain.party_row("S"));
}

// The worked example of docs/rooms/supply_chain.md.
TEST(SupplyPlan, GivesWhatThePageShows) {
  const std::vector<Claim> claims{claim("1", "S", "A", 200 * kWan), claim("2", "T", "S", 200 * kWan)};
  auto a = plan_of({anchor("A", 100 * kWan), asking(party("S"), 30 * kWan), party("T")}, claims, {},
                   at_rate(800'000, 900'000));
  EXPECT_EQ(a.advance("S").cap, Cap::asked);
  EXPECT_EQ(a.amount("T"), 70 * kWan);
  EXPECT_EQ(a.advance("T").cap, Cap::exposure_limit);
  a = plan_of({anchor("A", 100 * kWan), asking(party("S"), 0), party("T")}, claims, {},
              at_rate(800'000, 900'000));
  EXPECT_EQ(a.amount("T"), 90 * kWan);
  EXPECT_EQ(a.advance("T").cap, Cap::carried_limit);
}

TEST(SupplyPlan, CountsAClaimOnceHoweverManyTiersRestOnIt) {
  const auto a = plan_of({anchor("A", {}), party("S"), party("T")},
                         {claim("1", "S", "A", 100 * kWan), claim("2", "T", "S", 100 * kWan)});
  EXPECT_EQ(a.amount("S"), 80 * kWan);
  EXPECT_EQ(a.amount("T"), 0);  // the claim of S is lent on already
  EXPECT_EQ(a.advance("T").cap, Cap::upstream_claims);
  const auto half = plan_of({anchor("A", {}), asking(party("S"), 30 * kWan), party("T")},
                            {claim("1", "S", "A", 100 * kWan), claim("2", "T", "S", 100 * kWan)});
  EXPECT_EQ(half.amount("T"), 50 * kWan);
  EXPECT_EQ(half.plan.claims[0].own, 30 * kWan);
  EXPECT_EQ(half.plan.claims[0].passed, 50 * kWan);
}

TEST(SupplyPlan, DoesNotAddUpTwoWaysDownFromOneAnchor) {
  const auto a = plan_of({anchor("A", 100 * kWan), asking(party("S1"), 0), asking(party("S2"), 0),
                          asking(party("T"), 0), party("U")},
                         {claim("1", "S1", "A", 200 * kWan), claim("2", "S2", "A", 200 * kWan),
                          claim("3", "T", "S1", 200 * kWan), claim("4", "T", "S2", 200 * kWan),
                          claim("5", "U", "T", 500 * kWan)},
                         {}, at_rate(800'000, 500'000));
  EXPECT_EQ(a.amount("U"), 25 * kWan);
}

TEST(SupplyPlan, LendsNothingWhereNoAnchorStandsAbove) {
  const auto a = plan_of({party("B"), party("S")}, {claim("1", "S", "B", 100 * kWan)});
  EXPECT_EQ(a.amount("S"), 0);
  EXPECT_EQ(a.advance("S").cap, Cap::none);
  EXPECT_EQ(a.advance("S").tier, kNoTier);
}

TEST(SupplyPlan, LendsOnStockWithoutABuyerButDoesNotPassItDown) {
  const auto a =
      plan_of({anchor("A", {}), party("S"), party("T")},
              {claim("1", "S", "", 100 * kWan, ClaimKind::stock), claim("2", "T", "S", 100 * kWan)});
  EXPECT_EQ(a.amount("S"), 80 * kWan);
  EXPECT_EQ(a.amount("T"), 0);
}

TEST(SupplyPlan, LendsNothingOnAnAssetThatStandsTwice) {
  auto one = claim("1", "S", "A", 100 * kWan), two = claim("2", "T", "A", 90 * kWan);
  one.documents = {"FP-1"};
  two.documents = {"fp-1"};
  const auto a = plan_of({anchor("A", {}), party("S"), party("T")}, {one, two});
  EXPECT_EQ(a.plan.total, 0);
  EXPECT_EQ(a.plan.shape.double_pledges.size(), 1U);
}

TEST(SupplyPlan, CountsACircleNet) {
  // The anchor sells feed for 30 to the household and buys pigs for 100.
  auto a = plan_of({anchor("A", {}), party("H", Role::household)},
                   {claim("1", "H", "A", 100 * kWan), claim("2", "A", "H", 30 * kWan)});
  EXPECT_EQ(a.amount("H"), 56 * kWan);  // (100 - 30) × 80 %
  EXPECT_EQ(a.amount("A"), 0);
  // Three who trade the same 100 in a circle carry nothing.
  a = plan_of({anchor("A", {}), party("S"), party("T"), party("U")},
              {claim("1", "S", "U", 100 * kWan), claim("2", "T", "S", 100 * kWan),
               claim("3", "U", "T", 100 * kWan), claim("4", "S", "A", 10 * kWan)});
  EXPECT_EQ(a.plan.total, 8 * kWan);
  EXPECT_EQ(a.amount("S"), 8 * kWan);
}

Bundle bundle_of(Backing backing, int members, std::optional<std::int64_t> total = {}) {
  Bundle bundle;
  bundle.id = "b";
  bundle.lead = "A";
  bundle.backing = backing;
  bundle.total = total;
  for (int i = 1; i <= members; ++i) bundle.members.push_back("H" + std::to_string(i));
  return bundle;
}

TEST(SupplyPlan, SharesABundleLevelByWeight) {
  std::vector<Party> parties{anchor("A", 100 * kWan)};
  std::vector<Claim> claims;
  for (int i = 1; i <= 3; ++i) {
    parties.push_back(party("H" + std::to_string(i), Role::household));
    parties.back().weight = i;
    claims.push_back(claim("c" + std::to_string(i), "H" + std::to_string(i), "A", 1000 * kWan));
  }
  auto a = plan_of(parties, claims, {bundle_of(Backing::claims, 3, 60 * kWan)});
  EXPECT_EQ(a.amount("H1"), 10 * kWan);
  EXPECT_EQ(a.amount("H2"), 20 * kWan);
  EXPECT_EQ(a.amount("H3"), 30 * kWan);
  EXPECT_EQ(a.advance("H1").cap, Cap::bundle_total);
  // The anchor binds before the total does.
  a = plan_of(parties, claims, {bundle_of(Backing::claims, 3, 600 * kWan)});
  EXPECT_EQ(a.plan.total, 100 * kWan);
  EXPECT_EQ(a.amount("H3"), 50 * kWan);
  EXPECT_EQ(a.advance("H3").cap, Cap::exposure_limit);
  // Who is stopped leaves the rest to the others.
  claims[2].amount = 25 * kWan;
  a = plan_of(parties, claims, {bundle_of(Backing::claims, 3, 80 * kWan)});
  EXPECT_EQ(a.amount("H3"), 20 * kWan);
  EXPECT_EQ(a.amount("H1"), 20 * kWan);
  EXPECT_EQ(a.amount("H2"), 40 * kWan);
  // Without all weights the shares are equal, to the fen.
  parties[1].weight = 0;
  a = plan_of(parties, claims, {bundle_of(Backing::claims, 3, 100)});
  EXPECT_EQ(a.amount("H1"), 34);
  EXPECT_EQ(a.amount("H2"), 33);
  EXPECT_EQ(a.amount("H3"), 33);
}

TEST(SupplyPlan, KeepsALimitForEachMember) {
  auto bundle = bundle_of(Backing::lead, 2);
  bundle.per_member = 30 * kWan;
  auto a = plan_of({anchor("A", 100 * kWan), party("H1", Role::household), party("H2", Role::household)}, {},
                   {bundle});
  EXPECT_EQ(a.amount("H1"), 30 * kWan);
  EXPECT_EQ(a.advance("H1").cap, Cap::member_limit);
  EXPECT_EQ(a.plan.hanging[0], 60 * kWan);
  bundle.per_member = 60 * kWan;
  a = plan_of({anchor("A", 100 * kWan), party("H1", Role::household), party("H2", Role::household)}, {},
              {bundle});
  EXPECT_EQ(a.amount("H1"), 50 * kWan);
  EXPECT_EQ(a.advance("H1").cap, Cap::exposure_limit);
}

// 始兴: one leading enterprise and 95 households, 2,043 万元 over 2,200 亩 of vegetables. How the total is
// shared is not published, so the shares are equal.
TEST(SupplyPlan, ModelsTheVillageOfShixing) {
  std::vector<Party> parties{party("A", Role::base)};
  for (int i = 1; i <= 95; ++i) parties.push_back(party("H" + std::to_string(i), Role::household));
  auto bundle = bundle_of(Backing::credit, 95, 2043 * kWan);
  bundle.members.push_back("A");
  auto a = plan_of(parties, {}, {bundle});
  EXPECT_EQ(a.plan.total, 2043 * kWan);
  std::int64_t least = 2043 * kWan, most = 0;
  for (const auto& advance : a.plan.advances) {
    least = std::min(least, advance.amount.value());
    most = std::max(most, advance.amount.value());
  }
  EXPECT_EQ(least, 21'281'250);  // 21.28125 万元 each
  EXPECT_EQ(most, 21'281'250);
  // The households alone: about 21.5 万元 each.
  bundle.members.pop_back();
  a = plan_of(parties, {}, {bundle});
  EXPECT_EQ(a.plan.total, 2043 * kWan);
  EXPECT_EQ(a.amount("H7"), 21'505'263);
  EXPECT_EQ(a.advance("H7").cap, Cap::bundle_total);
}

// 顺德: 大广 and 15 households that raise pigs under contract. No amount is published, so none can be
// checked.
TEST(SupplyPlan, ModelsTheContractRaisersOfShunde) {
  std::vector<Party> parties{anchor("A", {})};
  for (int i = 1; i <= 15; ++i) parties.push_back(party("H" + std::to_string(i), Role::household));
  auto bundle = bundle_of(Backing::lead, 15);
  auto a = plan_of(parties, {}, {bundle});
  EXPECT_FALSE(a.advance("H1").amount.has_value());
  EXPECT_EQ(a.advance("H1").cap, Cap::unknown);
  EXPECT_EQ(a.plan.total, 0);
  EXPECT_EQ(advance_sentence(a.chain, a.plan, a.chain.party_row("H1")).zh,
            "农户H1：金额无法核定，缺少授信总额、单户上限或牵头主体额度");
  // Once the lead's limit is known, each has its share of it.
  parties[0].exposure_limit = 150 * kWan;
  a = plan_of(parties, {}, {bundle});
  EXPECT_EQ(a.amount("H15"), 10 * kWan);
}

TEST(SupplyPlan, DoesNotShowTheOrderOfInput) {
  std::vector<Party> parties{anchor("A", 100 * kWan), party("S"), party("T"), party("U")};
  std::vector<Claim> claims{claim("1", "S", "A", 50 * kWan), claim("2", "T", "A", 70 * kWan),
                            claim("3", "U", "S", 50 * kWan), claim("4", "U", "T", 50 * kWan)};
  const auto policy = on(kDay);
  const auto terms = at_rate(800'000);
  const auto forward = propose(Chain::build(parties, claims).value(), policy, terms);
  std::reverse(parties.begin(), parties.end());
  std::reverse(claims.begin(), claims.end());
  EXPECT_EQ(propose(Chain::build(parties, claims).value(), policy, terms), forward);
}

TEST(SupplyPlan, RefusesTermsOutOfRange) {
  const auto chain = Chain::build({}, {}).value();
  const auto policy = on(kDay);
  EXPECT_THROW(static_cast<void>(propose(chain, policy, at_rate(kWhole + 1))), ContractError);
  EXPECT_THROW(static_cast<void>(propose(chain, policy, at_rate(0, -1))), ContractError);
  Terms terms;
  terms.grace_days = -1;
  EXPECT_THROW(static_cast<void>(propose(chain, policy, terms)), ContractError);
}

}  // namespace
}  // namespace huoshui::supply_chain_test
