#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/domain/condition.hpp>
#include <set>
#include <vector>

#include "builders.hpp"

namespace huoshui {
namespace {

using testing::prefixes;
using testing::words;

Condition sample() {
  return Condition::all_of(
      {Condition::at_most(FactKey::tenor, 36),
       Condition::any_of({Condition::member_of(FactKey::industry, prefixes({"A01"})),
                          Condition::negation_of(Condition::is_true(FactKey::hidden_debt)),
                          Condition::at_least(FactKey::tenor, 12)}),
       Condition::compare_facts(FactKey::own_capital_ratio, Comparison::at_least,
                                FactKey::capital_required)});
}

TEST(Condition, WithoutPartsIsAnAll) {
  EXPECT_EQ(Condition{}, Condition::all_of({}));
  EXPECT_NE(Condition{}, Condition::any_of({}));
}

TEST(Condition, SaysWhatItWasMadeFrom) {
  const auto limit = Condition::at_most(FactKey::financing_need, 500 * kFenPerWan);
  EXPECT_EQ(limit.kind, Condition::Kind::compare);
  EXPECT_EQ(limit.key, FactKey::financing_need);
  EXPECT_EQ(limit.comparison, Comparison::at_most);
  EXPECT_EQ(limit.limit, 500'000'000);
  EXPECT_FALSE(limit.limit_key);
  EXPECT_EQ(limit, Condition::compare_with(FactKey::financing_need, Comparison::at_most, 500 * kFenPerWan));

  EXPECT_EQ(Condition::is_true(FactKey::insured),
            Condition::compare_with(FactKey::insured, Comparison::equal, 1));
  EXPECT_EQ(Condition::is_false(FactKey::insured),
            Condition::compare_with(FactKey::insured, Comparison::equal, 0));

  const auto facts =
      Condition::compare_facts(FactKey::own_capital, Comparison::greater, FactKey::other_loans);
  EXPECT_EQ(facts.limit_key, FactKey::other_loans);
  EXPECT_EQ(facts.limit, 0);

  const auto member = Condition::member_of(FactKey::security, words({"credit"}));
  EXPECT_EQ(member.kind, Condition::Kind::member);
  EXPECT_EQ(member.codes.named, std::vector<Code>{Code("credit")});

  const auto no = Condition::negation_of(limit);
  EXPECT_EQ(no.kind, Condition::Kind::negation);
  ASSERT_EQ(no.parts.size(), 1U);
  EXPECT_EQ(no.parts.front(), limit);
}

TEST(Condition, NegatesInThreeValues) {
  EXPECT_EQ(negate(Truth::yes), Truth::no);
  EXPECT_EQ(negate(Truth::no), Truth::yes);
  EXPECT_EQ(negate(Truth::unknown), Truth::unknown);
}

TEST(Comparison, PrintsItsSign) {
  EXPECT_EQ(to_string(Comparison::at_most), "<=");
  EXPECT_EQ(to_string(Comparison::less), "<");
  EXPECT_EQ(to_string(Comparison::at_least), ">=");
  EXPECT_EQ(to_string(Comparison::greater), ">");
  EXPECT_EQ(to_string(Comparison::equal), "==");
}

TEST(ForEachAtom, VisitsLeftToRight) {
  std::vector<FactKey> seen;
  for_each_atom(sample(), [&](const Condition& atom) { seen.push_back(atom.key); });
  const std::vector<FactKey> expected = {FactKey::tenor, FactKey::industry, FactKey::hidden_debt,
                                         FactKey::tenor, FactKey::own_capital_ratio};
  EXPECT_EQ(seen, expected);
}

TEST(KeysOf, NamesEveryKeyReadOnceAndSorted) {
  const std::vector<FactKey> expected = {FactKey::tenor, FactKey::own_capital_ratio,
                                         FactKey::capital_required, FactKey::industry, FactKey::hidden_debt};
  EXPECT_EQ(keys_of(sample()), expected);
  EXPECT_TRUE(std::is_sorted(expected.begin(), expected.end()));
}

TEST(KeysOf, FindsTheFactOnTheOtherSideToo) {
  const std::vector<FactKey> both = {FactKey::own_capital, FactKey::other_loans};
  EXPECT_EQ(
      keys_of(Condition::compare_facts(FactKey::own_capital, Comparison::greater, FactKey::other_loans)),
      both);
  EXPECT_EQ(keys_of(Condition::compare_facts(FactKey::other_loans, Comparison::less, FactKey::own_capital)),
            both);
}

TEST(KeysOf, IsEmptyForAConditionWithoutAtoms) {
  EXPECT_TRUE(keys_of(Condition{}).empty());
  EXPECT_TRUE(keys_of(Condition::any_of({Condition{}, Condition::negation_of(Condition{})})).empty());
}

}  // namespace
}  // namespace huoshui
