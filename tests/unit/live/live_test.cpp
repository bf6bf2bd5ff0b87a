#include <gtest/gtest.h>
#include <builders.hpp>
#include <huoshui/live/live.hpp>

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::compiled;

Board a_board() {
  return Board::open(compiled({a_product("X1").up_to(100), a_product("X2").up_to(500)}),
                     {a_project("P2").asking(300), a_project("P1").asking(50)})
      .value();
}

TEST(Board, StandsInOrderOfIdsAndSaysWhatMatchSays) {
  const Snapshot seen = a_board().snapshot();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen.project(0).id, "P1");
  EXPECT_EQ(seen.find("P2"), 1U);
  EXPECT_FALSE(seen.find("P3").has_value());
  const std::vector<Project> projects{a_project("P1").asking(50), a_project("P2").asking(300)};
  EXPECT_EQ(seen.answer(), match(projects, seen.catalogue()));
  ASSERT_EQ(seen.ranking(1).offers.size(), 1U);
  EXPECT_EQ(seen.ranking(1).offers[0].product->id, "X2");
}

TEST(Board, RefusesProjectsThatShareAnId) {
  const auto out = Board::open(compiled({a_product()}), {a_project("P1"), a_project("P2"), a_project("P1")});
  ASSERT_FALSE(out.has_value());
  EXPECT_EQ(out.error().code, IssueCode::duplicate_id);
  EXPECT_NE(out.error().message.find("P1"), std::string::npos);
}

TEST(Board, PublishesEachStepAndLeavesOldSnapshotsAlone) {
  Board board = a_board();
  const Snapshot first = board.snapshot();
  const Snapshot wider = board.put(a_product("X1").up_to(400).build()).value();
  EXPECT_EQ(first.ranking(1).offers.size(), 1U);
  EXPECT_EQ(wider.ranking(1).offers.size(), 2U);
  EXPECT_EQ(&wider.project(1), &first.project(1)) << "an untouched project is shared";
  EXPECT_EQ(board.put(a_project("P3").asking(10).build()).value().size(), 3U);
  EXPECT_EQ(board.remove_project("P1").value().size(), 2U);
  EXPECT_EQ(board.remove_product("X2").value().catalogue().size(), 1U);
  EXPECT_EQ(board.snapshot().ranking(0).offers.size(), 1U);
  EXPECT_EQ(first.size(), 2U);
  EXPECT_EQ(first.catalogue().size(), 2U);
}

TEST(Board, PublishesNothingWhenAStepIsImpossible) {
  Board board = a_board();
  const auto contradictory = board.put(a_product("X1").from(500).up_to(100).build());
  ASSERT_FALSE(contradictory.has_value());
  EXPECT_EQ(contradictory.error().code, IssueCode::contradictory_terms);
  EXPECT_EQ(board.remove_product("X9").error().code, IssueCode::unknown_word);
  EXPECT_EQ(board.remove_project("P9").error().code, IssueCode::unknown_word);
  EXPECT_EQ(board.snapshot().answer(), a_board().snapshot().answer());
}

TEST(Board, GoesOverToAnotherDayOrCard) {
  Board board = a_board();
  EXPECT_EQ(board.put(Scorecard::bank()).value().catalogue().scorecard().id(), "bank");
  const Snapshot earlier = board.put(testing::policy_on("2019-01-01")).value();
  EXPECT_EQ(to_string(earlier.catalogue().policy().date()), "2019-01-01");
  EXPECT_EQ(earlier.catalogue().scorecard().id(), "bank");
}

}  // namespace
}  // namespace huoshui
