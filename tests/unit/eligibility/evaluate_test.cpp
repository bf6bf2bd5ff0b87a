#include <gtest/gtest.h>
#include <builders.hpp>
#include <huoshui/eligibility/evaluate.hpp>

namespace huoshui {
namespace {

using testing::code_fact;
using testing::number_fact;
using testing::prefixes;
using testing::words;

Facts with(Fact fact) {
  Facts facts;
  facts.set(std::move(fact));
  return facts;
}

Facts need(Interval range) { return with(number_fact(FactKey::financing_need, range)); }

Rule rule_of(Condition condition, Strength strength = Strength::must) {
  Rule rule;
  rule.id = "r";
  rule.strength = strength;
  rule.condition = std::move(condition);
  return rule;
}

TEST(Evaluate, ComparesRangesAllOrNothing) {
  struct Case {
    Interval value;
    Comparison comparison;
    Truth truth;
  };
  for (const auto& c : {
           Case{Interval::exactly(100), Comparison::at_most, Truth::yes},
           Case{Interval::exactly(101), Comparison::at_most, Truth::no},
           Case{Interval::exactly(100), Comparison::less, Truth::no},
           Case{Interval::exactly(99), Comparison::less, Truth::yes},
           Case{Interval::exactly(100), Comparison::at_least, Truth::yes},
           Case{Interval::exactly(99), Comparison::at_least, Truth::no},
           Case{Interval::exactly(100), Comparison::greater, Truth::no},
           Case{Interval::exactly(101), Comparison::greater, Truth::yes},
           Case{Interval::between(50, 150), Comparison::at_most, Truth::unknown},
           Case{Interval::between(50, 100), Comparison::at_most, Truth::yes},
           Case{Interval::between(101, 150), Comparison::at_most, Truth::no},
           Case{Interval::at_most(100), Comparison::at_most, Truth::yes},
           Case{Interval::at_least(101), Comparison::at_most, Truth::no},
           Case{Interval::at_least(50), Comparison::at_most, Truth::unknown},
           Case{Interval::exactly(100), Comparison::equal, Truth::yes},
           Case{Interval::exactly(99), Comparison::equal, Truth::no},
           Case{Interval::between(99, 100), Comparison::equal, Truth::unknown},
           Case{Interval{}, Comparison::at_least, Truth::unknown},
       }) {
    EXPECT_EQ(evaluate(Condition::compare_with(FactKey::financing_need, c.comparison, 100), need(c.value)),
              c.truth)
        << c.value.min << ".." << c.value.max << " " << to_string(c.comparison);
  }
  EXPECT_EQ(evaluate(Condition::at_most(FactKey::financing_need, 100), Facts{}), Truth::unknown);
}

TEST(Evaluate, ComparesTwoFactsAsRanges) {
  Facts facts = need(Interval::between(10, 20));
  const Condition c =
      Condition::compare_facts(FactKey::financing_need, Comparison::at_most, FactKey::own_capital);
  EXPECT_EQ(evaluate(c, facts), Truth::unknown);
  facts.set(number_fact(FactKey::own_capital, Interval::exactly(20)));
  EXPECT_EQ(evaluate(c, facts), Truth::yes);
  facts.set(number_fact(FactKey::own_capital, Interval::exactly(9)));
  EXPECT_EQ(evaluate(c, facts), Truth::no);
  facts.set(number_fact(FactKey::own_capital, Interval::exactly(15)));
  EXPECT_EQ(evaluate(c, facts), Truth::unknown);
}

TEST(Evaluate, ReadsSeveralPlacesAsAllOfThemAndSeveralTradesAsAny) {
  const Condition region = Condition::member_of(FactKey::region, prefixes({"4416"}));
  EXPECT_EQ(evaluate(region, with(code_fact(FactKey::region, {"441625", "441602"}))), Truth::yes);
  EXPECT_EQ(evaluate(region, with(code_fact(FactKey::region, {"441625", "440103"}))), Truth::unknown);
  EXPECT_EQ(evaluate(region, with(code_fact(FactKey::region, {"440103"}))), Truth::no);
  EXPECT_EQ(evaluate(region, with(code_fact(FactKey::region, {"44"}))), Truth::unknown);
  const Condition trade = Condition::member_of(FactKey::industry, prefixes({"A01"}));
  EXPECT_EQ(evaluate(trade, with(code_fact(FactKey::industry, {"C1530", "A0164"}))), Truth::yes);
  EXPECT_EQ(evaluate(trade, with(code_fact(FactKey::industry, {"C1530"}))), Truth::no);
  EXPECT_EQ(evaluate(trade, with(code_fact(FactKey::industry, {"C1530"}, Origin::stated, true))),
            Truth::unknown);
}

TEST(Evaluate, LeavesTheUnmatchedUndecidedInAnOpenList) {
  const Condition open = Condition::member_of(FactKey::borrower, words({"cooperative"}, true));
  EXPECT_EQ(evaluate(open, with(code_fact(FactKey::borrower, {"cooperative"}))), Truth::yes);
  EXPECT_EQ(evaluate(open, with(code_fact(FactKey::borrower, {"enterprise"}))), Truth::unknown);
}

TEST(Evaluate, FollowsKleene) {
  const auto atom = [](Truth t) {
    return t == Truth::yes  ? Condition::all_of({})
           : t == Truth::no ? Condition::any_of({})
                            : Condition::is_true(FactKey::insured);
  };
  for (const Truth a : {Truth::no, Truth::unknown, Truth::yes}) {
    EXPECT_EQ(evaluate(Condition::negation_of(atom(a)), {}), negate(a));
    for (const Truth b : {Truth::no, Truth::unknown, Truth::yes}) {
      EXPECT_EQ(evaluate(Condition::all_of({atom(a), atom(b)}), {}), std::min(a, b));
      EXPECT_EQ(evaluate(Condition::any_of({atom(a), atom(b)}), {}), std::max(a, b));
    }
  }
}

TEST(Judge, LetsAnInferencePermitButNeverRefuse) {
  const Rule rule = rule_of(Condition::member_of(FactKey::borrower, words({"cooperative"})));
  const Judgement pass = judge(rule, with(code_fact(FactKey::borrower, {"cooperative"}, Origin::inferred)));
  EXPECT_EQ(pass.outcome, Outcome::pass);
  EXPECT_TRUE(pass.on_inference);
  const Judgement open = judge(rule, with(code_fact(FactKey::borrower, {"enterprise"}, Origin::inferred)));
  EXPECT_EQ(open.outcome, Outcome::undecided);
  EXPECT_TRUE(open.on_inference);
  EXPECT_EQ(judge(rule, with(code_fact(FactKey::borrower, {"enterprise"}))).outcome, Outcome::fail);
}

TEST(Judge, KeepsAFailClosedRuleOpenOnAnInference) {
  Rule rule = rule_of(Condition::is_false(FactKey::hidden_debt));
  rule.fails_closed = true;
  EXPECT_EQ(
      judge(rule, with(number_fact(FactKey::hidden_debt, Interval::exactly(0), Origin::inferred))).outcome,
      Outcome::undecided);
  EXPECT_EQ(judge(rule, with(number_fact(FactKey::hidden_debt, Interval::exactly(0)))).outcome,
            Outcome::pass);
  rule.not_in_force = true;
  EXPECT_EQ(judge(rule, {}).outcome, Outcome::not_tested);
}

}  // namespace
}  // namespace huoshui
