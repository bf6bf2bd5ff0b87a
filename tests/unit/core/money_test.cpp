#include <gtest/gtest.h>

#include <huoshui/core/money.hpp>
#include <huoshui/core/result.hpp>
#include <limits>
#include <set>
#include <string>

namespace huoshui {
namespace {

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();

TEST(Money, CountsFen) {
  EXPECT_EQ(Money::from_fen(15).fen, 15);
  EXPECT_EQ(Money::from_yuan(15).fen, 1'500);
  EXPECT_EQ(Money::from_wan(15).fen, 15'000'000);
  EXPECT_EQ(Money::from_wan(10'000).fen, kFenPerYi);
  EXPECT_EQ(Money::from_wan(-3).fen, -3'000'000);
  EXPECT_EQ(Money::from_yuan(1).currency, Currency::cny);
  EXPECT_EQ(Money{}, Money::from_fen(0));
}

TEST(Money, AddsExactly) {
  EXPECT_EQ(add(Money::from_wan(150), Money::from_fen(1)), Money::from_fen(150'000'001));
  EXPECT_EQ(add(Money{kMost - 1, Currency::usd}, Money{1, Currency::usd}), (Money{kMost, Currency::usd}));
  EXPECT_EQ(add(Money::from_fen(-7), Money::from_fen(7)), Money{});
}

TEST(Money, RefusesToAddTwoCurrencies) {
  EXPECT_THROW(static_cast<void>(add(Money::from_yuan(1), Money{1, Currency::hkd})), ContractError);
  EXPECT_THROW(static_cast<void>(add(Money{0, Currency::usd}, Money{})), ContractError);
  EXPECT_NE(Money::from_fen(1), (Money{1, Currency::eur}));
}

TEST(Money, RefusesASumThatDoesNotFit) {
  EXPECT_THROW(static_cast<void>(add(Money::from_fen(kMost), Money::from_fen(1))), ContractError);
  EXPECT_THROW(static_cast<void>(add(Money::from_fen(kLeast), Money::from_fen(-1))), ContractError);
}

TEST(Currency, HasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (const auto currency : {Currency::cny, Currency::usd, Currency::hkd, Currency::eur, Currency::other}) {
    EXPECT_TRUE(words.insert(to_string(currency)).second);
  }
  EXPECT_TRUE(words.contains("CNY"));
  EXPECT_FALSE(words.contains(""));
}

TEST(FormatMoney, PrintsAsPeopleWrite) {
  struct Case {
    std::int64_t fen;
    const char* text;
  };
  for (const auto& c : {
           Case{0, "0元"},
           Case{1, "0.01元"},
           Case{10, "0.1元"},
           Case{100, "1元"},
           Case{123'450, "1,234.5元"},
           Case{999'999, "9,999.99元"},  // one step below 1万元
           Case{1'000'000, "1万元"},
           Case{1'000'001, "1.000001万元"},
           Case{461'950'000, "461.95万元"},
           Case{1'500'000'000, "1,500万元"},
           Case{9'999'999'999, "9,999.999999万元"},  // one step below 1亿元
           Case{10'000'000'000, "1亿元"},
           Case{10'000'000'001, "1.0000000001亿元"},
           Case{28'800'000'000'000, "2,880亿元"},
           Case{-150, "-1.5元"},
           Case{-1'500'000, "-1.5万元"},
           Case{-10'000'000'000, "-1亿元"},
           Case{kMost, "922,337,203.6854775807亿元"},
           Case{kLeast, "-922,337,203.6854775808亿元"},
       }) {
    EXPECT_EQ(format_money(c.fen), c.text) << c.fen;
  }
}

TEST(FormatMoney, PrintsEveryDigitOfAnAmount) {
  // Reading the print back gives the fen again: nothing is rounded.
  for (const std::int64_t fen : {7LL, 99LL, 101LL, 12'345'678LL, 34'996'460'000LL, 98'765'432'109LL}) {
    std::string digits;
    std::size_t decimals = 0;
    bool past_point = false;
    const auto text = format_money(fen);
    for (const char c : text) {
      if (c == '.') past_point = true;
      if (c < '0' || c > '9') continue;
      digits += c;
      decimals += past_point ? 1 : 0;
    }
    const std::size_t places = text.ends_with("亿元") ? 10 : text.ends_with("万元") ? 6 : 2;
    digits.append(places - decimals, '0');
    EXPECT_EQ(std::stoll(digits), fen) << text;
  }
}

TEST(FormatMoney, PrintsRangesWithTheirOpenEnds) {
  EXPECT_EQ(format_money(Interval::exactly(500 * kFenPerWan)), "500万元");
  EXPECT_EQ(format_money(Interval::at_most(500 * kFenPerWan)), "不超过500万元");
  EXPECT_EQ(format_money(Interval::at_least(500 * kFenPerWan)), "500万元以上");
  EXPECT_EQ(format_money(Interval::between(300 * kFenPerWan, 2 * kFenPerYi)), "300万元至2亿元");
  EXPECT_EQ(format_money(Interval{}), "未披露");
}

}  // namespace
}  // namespace huoshui
