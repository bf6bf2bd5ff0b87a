#include <gtest/gtest.h>

#include <functional>

#include "sinks.hpp"

namespace huoshui::carbon {
namespace {

using carbon_test::on;
using carbon_test::wuning;

constexpr auto kDay = "2026-03-01";

TEST(CarbonVerify, AgreesWithWhatWasProposed) {
  auto sink = wuning();
  const auto policy = on(kDay);
  EXPECT_TRUE(is_lawful(verify(propose(sink, policy).terms, sink, policy)));
  sink.price.reset();
  EXPECT_TRUE(is_lawful(verify(propose(sink, policy).terms, sink, policy)));
  sink = wuning();
  sink.rate_steps = {
      {"零毁林", -2'000, std::nullopt}, {"x", 1'000, true}, {"y", -500, true}, {"z", 700, std::nullopt}};
  EXPECT_TRUE(is_lawful(verify(propose(sink, policy).terms, sink, policy)));
}

TEST(CarbonVerify, RejectsEachNumberThatWasChanged) {
  const auto sink = wuning();
  const auto policy = on(kDay);
  const auto good = propose(sink, policy).terms;
  ASSERT_TRUE(good.amount_fen && good.tenor_months && good.rate);
  const std::function<void(Terms&)> changes[] = {
      [](Terms& t) { t.annual_kg->min -= 2; },
      [](Terms& t) { t.annual_kg->max += 2; },
      [](Terms& t) { t.value_fen->min += 1'000'000; },
      [](Terms& t) { t.value_fen->max += 1'000'000; },
      [](Terms& t) { t.ceiling_fen->max += 1'000; },
      [](Terms& t) { t.ceiling_fen.reset(); },
      [](Terms& t) { t.amount_fen = 300'000'001; },
      [](Terms& t) { t.tenor_months = 241; },
      [](Terms& t) { t.yield->min -= 2; },
      [](Terms& t) { t.implied_price->min -= 2; },
      [](Terms& t) { t.implied_price->max += 2; },
      [](Terms& t) { t.rate->min -= 1; },
      [](Terms& t) { t.rate->max += 1; },
  };
  int index = 0;
  for (const auto& change : changes) {
    auto terms = good;
    change(terms);
    EXPECT_FALSE(is_lawful(verify(terms, sink, policy))) << index;
    ++index;
  }
}

TEST(CarbonVerify, RejectsTermsThatAGateForbids) {
  const auto policy = on(kDay);
  const auto terms = propose(wuning(), policy).terms;
  auto sink = wuning();
  sink.economic_forest = true;
  EXPECT_FALSE(is_lawful(verify(terms, sink, policy)));
  sink = wuning();
  sink.clear_title.reset();
  EXPECT_FALSE(is_lawful(verify(terms, sink, policy)));
}

}  // namespace
}  // namespace huoshui::carbon
