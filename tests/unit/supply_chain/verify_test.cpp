#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <huoshui/supply_chain/plan.hpp>

#include "chains.hpp"

namespace huoshui::supply_chain_test {
namespace {

/// Every cap of this chain binds, and every fen of it is placed.
struct Tight {
  Policy policy = on("2026-02-01");
  Terms terms = at_rate(800'000, 500'000);
  Chain chain = make();
  Plan plan = propose(chain, policy, terms);

  static Chain make() {
    auto s = party("S");
    s.asked = 20 * kWan;
    auto t = party("T");
    t.borrower_limit = 30 * kWan;
    Bundle bundle;
    bundle.id = "b";
    bundle.lead = "A";
    bundle.members = {"H1", "H2"};
    bundle.backing = Backing::lead;
    bundle.total = 50 * kWan;
    bundle.per_member = 25 * kWan;
    auto open = claim("6", "T", "A", 100 * kWan);
    open.registered = Truth::no;
    return Chain::build(
               {anchor("A", 150 * kWan), s, t, party("U"), party("H1", Role::household),
                party("H2", Role::household)},
               {claim("1", "S", "A", 100 * kWan), claim("2", "T", "A", 100 * kWan),
                claim("3", "U", "S", 100 * kWan), claim("4", "U", "", 10 * kWan, ClaimKind::stock), open},
               {bundle})
        .value();
  }

  [[nodiscard]] bool finds(BreachKind kind) const {
    const auto breaches = verify(chain, policy, terms, plan);
    return std::any_of(breaches.begin(), breaches.end(), [&](const Breach& b) { return b.kind == kind; });
  }
};

TEST(VerifySupplyPlan, AcceptsWhatIsProposed) {
  const Tight tight;
  EXPECT_TRUE(verify(tight.chain, tight.policy, tight.terms, tight.plan).empty());
  EXPECT_EQ(tight.plan.total, (20 + 30 + 58 + 50) * kWan);  // U: 50 that is left of A, and 8 of stock
}

TEST(VerifySupplyPlan, RejectsEveryNumberThatIsMoved) {
  const Tight tight;
  std::vector<std::function<std::int64_t*(Plan&)>> numbers;
  for (std::size_t c = 0; c < tight.plan.claims.size(); ++c) {
    numbers.emplace_back([c](Plan& p) { return &p.claims[c].own; });
    numbers.emplace_back([c](Plan& p) { return &p.claims[c].passed; });
    numbers.emplace_back([c](Plan& p) { return &p.claims[c].reading.eligible; });
  }
  for (std::size_t p = 0; p < tight.plan.advances.size(); ++p) {
    numbers.emplace_back([p](Plan& plan) { return &*plan.advances[p].amount; });
    numbers.emplace_back([p](Plan& plan) { return &plan.hanging[p]; });
  }
  for (std::size_t k = 0; k < tight.plan.carried.size(); ++k)
    numbers.emplace_back([k](Plan& p) { return &p.carried[k].passed; });
  numbers.emplace_back([](Plan& p) { return &p.bundles[0]; });
  numbers.emplace_back([](Plan& p) { return &p.total; });
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    for (const std::int64_t change : {1, -1, 1'000'000}) {
      Tight moved = tight;
      *numbers[i](moved.plan) += change;
      EXPECT_FALSE(verify(moved.chain, moved.policy, moved.terms, moved.plan).empty())
          << i << " by " << change;
    }
  }
}

TEST(VerifySupplyPlan, NamesTheRuleThatIsBroken) {
  const auto row = [](const Tight& t, std::string_view id) { return t.chain.party_row(id); };
  Tight tight;
  tight.plan.claims[4].own = 1;  // not registered
  EXPECT_TRUE(tight.finds(BreachKind::gate));
  tight = {};
  tight.plan.claims[0].own += 61 * kWan;
  EXPECT_TRUE(tight.finds(BreachKind::claim_amount));
  tight = {};
  tight.plan.advances[row(tight, "S")].amount = 21 * kWan;
  EXPECT_TRUE(tight.finds(BreachKind::asked));
  tight = {};
  tight.plan.advances[row(tight, "T")].amount = 31 * kWan;
  EXPECT_TRUE(tight.finds(BreachKind::borrower_limit));
  tight = {};
  tight.plan.hanging[row(tight, "A")] += 1;
  EXPECT_TRUE(tight.finds(BreachKind::exposure_limit));
  tight = {};
  tight.plan.claims[0].passed = 76 * kWan;
  EXPECT_TRUE(tight.finds(BreachKind::carried_limit));
  tight = {};
  tight.plan.claims[2].own += 1;
  EXPECT_TRUE(tight.finds(BreachKind::counted_twice));
  tight = {};
  tight.plan.advances[row(tight, "H1")].amount = 26 * kWan;
  EXPECT_TRUE(tight.finds(BreachKind::member_limit));
  EXPECT_TRUE(tight.finds(BreachKind::bundle_total));
  tight = {};
  tight.plan.claims[0].reading.last_day = day("2027-03-01");
  EXPECT_TRUE(tight.finds(BreachKind::tenor));
  tight = {};
  tight.plan.advances.pop_back();
  EXPECT_TRUE(tight.finds(BreachKind::shape));
  tight = {};
  tight.plan.total = 0;
  EXPECT_TRUE(tight.finds(BreachKind::total));
}

}  // namespace
}  // namespace huoshui::supply_chain_test
