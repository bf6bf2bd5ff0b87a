#include <gtest/gtest.h>
#include <builders.hpp>
#include <huoshui/live/difference.hpp>

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::compiled;

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += line + "\n";
  return out;
}

const MatchChange* find(const Difference& difference, std::string_view project, std::string_view product) {
  for (const auto& p : difference.projects) {
    for (const auto& m : p.matches) {
      if (p.id == project && m.product_id == product) return &m;
    }
  }
  return nullptr;
}

Board a_board(const MatchOptions& options = {}) {
  return Board::open(compiled({a_product("X1").up_to(100), a_product("X2").up_to(500)}),
                     {a_project("P1").asking(50), a_project("P2").asking(300)}, options)
      .value();
}

TEST(Difference, IsEmptyWhenNothingShownChanged) {
  Board board = a_board();
  const Snapshot before = board.snapshot();
  EXPECT_TRUE(difference(before, before).empty());
  // A product nobody may have changes no ranking, but is still named.
  const auto out = difference(before, board.put(a_product("X3").from(900).build()).value());
  EXPECT_TRUE(out.empty());
  ASSERT_EQ(out.products.size(), 1U);
  EXPECT_EQ(out.products[0].presence, Presence::added);
}

TEST(Difference, NamesTheRuleOfAProductThatLetsAProjectIn) {
  Board board = a_board();
  const Snapshot before = board.snapshot();
  const auto out = difference(before, board.put(a_product("X1").up_to(400).build()).value());
  ASSERT_EQ(out.products.size(), 1U);
  ASSERT_EQ(out.products[0].rules.size(), 1U);
  EXPECT_EQ(out.products[0].rules[0].rule_id, "X1.amount_max");
  EXPECT_TRUE(out.products[0].fields.empty()) << out.products[0].fields.front();
  EXPECT_EQ(out.products[0].rules[0].before_zh, "融资需求不超过100万元");
  EXPECT_EQ(out.products[0].rules[0].after_en, "need at most 400万元");
  const MatchChange* match = find(out, "P2", "X1");
  ASSERT_NE(match, nullptr);
  EXPECT_EQ(match->movement, Movement::entered);
  EXPECT_EQ(match->causes, std::vector<Cause>{Cause::product_changed});
  ASSERT_TRUE(match->before.has_value());
  EXPECT_EQ(match->before->verdict, Verdict::refused);
  EXPECT_EQ(match->after->verdict, Verdict::permitted);
  ASSERT_EQ(match->rules.size(), 1U);
  EXPECT_EQ(match->rules[0].rule_id, "X1.amount_max");
  EXPECT_EQ(match->rules[0].before, Outcome::fail);
  EXPECT_EQ(match->rules[0].after, Outcome::pass);
}

TEST(Difference, NamesTheFactOfAProject) {
  Board board = a_board();
  const Snapshot before = board.snapshot();
  const auto out = difference(before, board.put(a_project("P1").asking(200).build()).value());
  ASSERT_EQ(out.projects.size(), 1U);
  ASSERT_EQ(out.projects[0].facts.size(), 1U);
  EXPECT_EQ(sentence(out.projects[0].facts[0], Language::zh), "融资需求由50万元改为200万元");
  EXPECT_EQ(sentence(out.projects[0].facts[0], Language::en), "financing need from 50万元 to 200万元");
  const MatchChange* match = find(out, "P1", "X1");
  ASSERT_NE(match, nullptr);
  EXPECT_EQ(match->movement, Movement::left);
  EXPECT_EQ(match->causes, std::vector<Cause>{Cause::project_changed});
  ASSERT_EQ(match->rules.size(), 1U);
  EXPECT_EQ(match->rules[0].after, Outcome::fail);
}

TEST(Difference, TellsAWithdrawnProductFromOneThatOnlyMovedUp) {
  Board board = a_board({.k = 1});
  const Snapshot before = board.snapshot();
  const std::string first = before.ranking(0).offers.at(0).product->id;
  const std::string second = first == "X1" ? "X2" : "X1";
  const auto out = difference(before, board.remove_product(first).value());
  const MatchChange *gone = find(out, "P1", first), *up = find(out, "P1", second);
  ASSERT_NE(gone, nullptr);
  ASSERT_NE(up, nullptr);
  EXPECT_EQ(gone->movement, Movement::left);
  EXPECT_FALSE(gone->after.has_value());
  EXPECT_EQ(gone->causes, std::vector<Cause>{Cause::product_removed});
  EXPECT_EQ(up->movement, Movement::entered);
  EXPECT_EQ(up->before->rank, 0U);
  EXPECT_EQ(up->before->points, up->after->points);
  EXPECT_EQ(up->causes, std::vector<Cause>{Cause::other_products});
}

TEST(Difference, NamesAVerdictThatChanged) {
  Board board =
      Board::open(compiled({a_product("X1").asking(Strength::must, Condition::is_true(FactKey::insured))}),
                  {a_project("P1")})
          .value();
  const Snapshot before = board.snapshot();
  const auto out =
      difference(before, board.put(a_project("P1").saying(FactKey::insured, true).build()).value());
  const MatchChange* match = find(out, "P1", "X1");
  ASSERT_NE(match, nullptr);
  EXPECT_EQ(match->movement, Movement::verdict_changed);
  EXPECT_EQ(match->before->open, 1U);
  EXPECT_EQ(match->after->verdict, Verdict::permitted);
  EXPECT_EQ(match->rules.at(0).rule_id, "X1.must_1");
}

TEST(Difference, NamesTheDayAndTheCard) {
  Board board = a_board();
  const Snapshot before = board.snapshot();
  const Snapshot day = board.put(testing::policy_on("2019-01-01")).value();
  const auto by_day = difference(before, day);
  ASSERT_TRUE(by_day.day_after.has_value());
  EXPECT_EQ(to_string(*by_day.day_before), "2024-08-01");
  const auto by_card = difference(day, board.put(Scorecard::bank()).value());
  EXPECT_EQ(by_card.card_before + by_card.card_after, "deskbank");
  ASSERT_FALSE(by_card.empty());
  for (const auto& match : by_card.projects.at(0).matches)
    EXPECT_EQ(match.causes, std::vector<Cause>{Cause::scorecard_changed}) << match.product_id;
}

TEST(Difference, RefusesToCompareRankingsOfOtherLengths) {
  EXPECT_THROW((void)difference(a_board({.k = 1}).snapshot(), a_board({.k = 2}).snapshot()), ContractError);
}

TEST(Difference, IsSaidInChineseAndEnglish) {
  Board board = a_board();
  const Snapshot before = board.snapshot();
  const auto out = difference(before, board.put(a_product("X1").up_to(400).rate(30'000).build()).value());
  const std::string zh = joined(sentences(out, Language::zh)), en = joined(sentences(out, Language::en));
  EXPECT_NE(zh.find("产品“X1 产品X1”调整：X1.amount_max由“融资需求不超过100万元”改为“融资需求不超过400万元”"),
            std::string::npos)
      << zh;
  EXPECT_NE(zh.find("项目“P2 项目P2”\n　“X1 产品X1”新入围：不符合 → 可对接第"), std::string::npos) << zh;
  EXPECT_NE(zh.find("；原因：产品条款调整；X1.amount_max（融资需求不超过400万元）不符合 → 符合"),
            std::string::npos)
      << zh;
  EXPECT_NE(en.find("column rate_min"), std::string::npos) << en;
  EXPECT_NE(en.find("entered: refused → permitted no. "), std::string::npos) << en;
  EXPECT_NE(en.find("why: the product's terms changed; X1.amount_max (need at most 400万元) fail → pass"),
            std::string::npos)
      << en;
}

}  // namespace
}  // namespace huoshui
