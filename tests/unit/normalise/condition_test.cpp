#include <gtest/gtest.h>
#include <builders.hpp>
#include <huoshui/eligibility/evaluate.hpp>
#include <huoshui/normalise/condition.hpp>
#include <random>

namespace huoshui {
namespace {

using testing::code_fact;
using testing::number_fact;

Condition read(std::string_view text) {
  auto condition = parse_condition(text, Dictionaries::bundled());
  EXPECT_TRUE(condition.has_value()) << (condition ? "" : condition.error().message);
  return condition ? *condition : Condition{};
}

Issue refused(std::string_view text) {
  auto condition = parse_condition(text, Dictionaries::bundled(), {"手册.csv", "", 5, 23}, "must");
  EXPECT_FALSE(condition.has_value()) << text;
  return condition ? Issue{} : condition.error();
}

Facts facts_of(std::vector<Fact> list) {
  Facts facts;
  for (auto& fact : list) facts.set(std::move(fact));
  return facts;
}

TEST(ParseCondition, ReadsChineseAndEnglishAlike) {
  EXPECT_EQ(read("融资需求 <= 500万元"), read("financing_need ≤ 5000000元"));
  EXPECT_EQ(read("融资需求 不超过 500万元 且 期限 不短于 3年"),
            read("financing_need <= 500万 and tenor >= 36个月"));
  EXPECT_EQ(read("非 已投保"), read("not insured"));
  EXPECT_EQ(read("已投保 = 否"), Condition::is_false(FactKey::insured));
}

TEST(ParseCondition, BindsNotBeforeAndBeforeOr) {
  EXPECT_EQ(
      read("not 已投保 and 信用良好 or 登记完成"),
      Condition::any_of({Condition::all_of({Condition::negation_of(Condition::is_true(FactKey::insured)),
                                            Condition::is_true(FactKey::good_credit)}),
                         Condition::is_true(FactKey::registered)}));
  EXPECT_EQ(read("not (已投保 or 信用良好)"),
            Condition::negation_of(Condition::any_of(
                {Condition::is_true(FactKey::insured), Condition::is_true(FactKey::good_credit)})));
}

TEST(ParseCondition, ReadsEveryKindOfValue) {
  EXPECT_EQ(read("林地面积 >= 100亩"), Condition::at_least(FactKey::forest_area, 200'000));
  EXPECT_EQ(read("资产负债率 < 60%"),
            Condition::compare_with(FactKey::debt_ratio, Comparison::less, 600'000));
  EXPECT_EQ(read("存栏数 >= 500头"), Condition::at_least(FactKey::livestock_head, 500));
  EXPECT_EQ(read("借款人年龄 between 18 and 65"),
            Condition::all_of({Condition::at_least(FactKey::borrower_age, 18),
                               Condition::at_most(FactKey::borrower_age, 65)}));
  EXPECT_EQ(read("自有资金 >= 财政资金"),
            Condition::compare_facts(FactKey::own_capital, Comparison::at_least, FactKey::fiscal_fund));
  EXPECT_EQ(read("类别 in [5, 6]").codes.named, (std::vector<Code>{Code("5"), Code("6")}));
}

TEST(ParseCondition, KnowsNarrowerAndWiderEntries) {
  const Condition household = read("借款人类型 in [农户]");
  EXPECT_EQ(evaluate(household, facts_of({code_fact(FactKey::borrower, {"large_grower"})})), Truth::yes);
  EXPECT_EQ(evaluate(household, facts_of({code_fact(FactKey::borrower, {"natural_person"})})),
            Truth::unknown);
  EXPECT_EQ(evaluate(household, facts_of({code_fact(FactKey::borrower, {"enterprise"})})), Truth::no);
  const Condition county = read("地区 in [广东省河源市]");
  EXPECT_EQ(evaluate(county, facts_of({code_fact(FactKey::region, {"441625100"})})), Truth::yes);
  EXPECT_EQ(evaluate(county, facts_of({code_fact(FactKey::region, {"44"})})), Truth::unknown);
  EXPECT_EQ(evaluate(read("地区 not in [广东省河源市]"), facts_of({code_fact(FactKey::region, {"4401"})})),
            Truth::yes);
}

TEST(ParseCondition, ExplainsAlternativesByRoute) {
  const Condition tiers =
      read("(担保方式 in [信用] and 融资需求 <= 50万元) or (担保方式 in [抵押] and 融资需求 <= 1000万元)");
  const auto with = [](const char* security, std::int64_t wan) {
    return facts_of({code_fact(FactKey::security, {security}),
                     number_fact(FactKey::financing_need, Interval::exactly(wan * kFenPerWan))});
  };
  EXPECT_EQ(evaluate(tiers, with("credit", 50)), Truth::yes);
  EXPECT_EQ(evaluate(tiers, with("credit", 51)), Truth::no);
  EXPECT_EQ(evaluate(tiers, with("real_estate", 1000)), Truth::yes);
  EXPECT_EQ(evaluate(tiers, with("real_estate", 1001)), Truth::no);
}

TEST(ParseCondition, SaysWhereAndWhatWasExpected) {
  struct Case {
    std::string_view text;
    IssueCode code;
    std::string_view says;
  };
  for (const auto& c : {
           Case{"融资需求 =< 500万元", IssueCode::condition_type, "第7个字"},
           Case{"融资须求 <= 500万元", IssueCode::condition_field, "融资需求"},
           Case{"融资需求 <= 500", IssueCode::unknown_unit, "500万元"},
           Case{"融资需求 <= 很多", IssueCode::condition_type, "500万元"},
           Case{"借款人类型 im [农户]", IssueCode::condition_syntax, "in [...]"},
           Case{"借款人类型 in [农湖]", IssueCode::unknown_word, "农湖"},
           Case{"借款人类型 in [农户", IssueCode::condition_syntax, "右方括号"},
           Case{"(已投保 and 信用良好", IssueCode::condition_syntax, "右括号"},
           Case{"已投保 信用良好", IssueCode::condition_syntax, "and"},
           Case{"期限 <= 3", IssueCode::unknown_unit, "36个月"},
           Case{"", IssueCode::condition_syntax, "字段名"},
       }) {
    const Issue issue = refused(c.text);
    EXPECT_EQ(issue.code, c.code) << c.text << ": " << issue.message;
    EXPECT_NE(issue.message.find(c.says), std::string::npos) << c.text << ": " << issue.message;
    EXPECT_EQ(issue.place.row, 5U);
    EXPECT_NE(issue.message.find("must"), std::string::npos);
    EXPECT_NE(issue.message.find("第5行"), std::string::npos);
  }
}

TEST(ParseCondition, NeverCrashesOnAnything) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces{"融资需求", "<=",     "500万元", "and", "或",     "(", ")",
                                        "not",      "in",     "[",       "]",   "农户",   ",", " ",
                                        "\xE5",     "已投保", "=",       "是",  "between"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int j = std::uniform_int_distribution<int>(0, 12)(random); j > 0; --j) {
      text += pieces[std::uniform_int_distribution<std::size_t>(0, pieces.size() - 1)(random)];
    }
    (void)parse_condition(text, Dictionaries::bundled()).has_value();
  }
  EXPECT_FALSE(parse_condition(std::string(10'000, '('), Dictionaries::bundled()).has_value());
}

}  // namespace
}  // namespace huoshui
