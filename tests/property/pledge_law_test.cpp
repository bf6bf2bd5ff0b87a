// Carbon sinks and other rights: monotone in every input, ranges hold every point inside them, and verify
// agrees with propose.
#include <gtest/gtest.h>

#include <huoshui/carbon/verify.hpp>
#include <huoshui/rights/propose.hpp>
#include <random>
#include <set>
#include <string>

#include <huoshui/rights/pledges.hpp>

namespace huoshui {
namespace {

using Generator = std::mt19937_64;

std::int64_t draw(Generator& random, std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
}
Interval draw_range(Generator& random, std::int64_t low, std::int64_t high) {
  return Interval::between(draw(random, low, high), draw(random, low, high));
}
Interval inside(Generator& random, Interval range) {
  return Interval::between(draw(random, range.min, range.max), draw(random, range.min, range.max));
}

Policy policy() { return PolicyPack::bundled().at(parse_date("2026-03-01").value()).value(); }

/// Only a binding rule is broken, only one of principle cautions, and numbers say what they are.
void expect_consistent(const std::vector<Finding>& findings, int round) {
  for (const auto& finding : findings) {
    if (finding.standing == Standing::violated || finding.standing == Standing::undecided) {
      ASSERT_EQ(finding.strength, Strength::must) << finding.rule << " round " << round;
    } else if (finding.standing == Standing::caution) {
      ASSERT_EQ(finding.strength, Strength::should) << finding.rule << " round " << round;
    }
    ASSERT_EQ(finding.seen || finding.limit, finding.measure != Measure::none) << finding.rule;
  }
}

TEST(PledgeLaw, FindingsSayHowStrongTheyAreAndWhatTheyCount) {
  Generator random(17);
  const auto rules = PolicyPack::bundled()
                         .at(parse_date("2026-03-01").value(), {.low_confidence = LowConfidence::on})
                         .value();
  const auto maybe = [&](auto& field, auto value) {
    if (draw(random, 0, 3) != 0) field = value;
  };
  for (int round = 0; round < 2'000; ++round) {
    carbon::Sink sink;
    sink.mechanism = static_cast<carbon::Mechanism>(draw(random, 0, 4));
    sink.stage = static_cast<carbon::Stage>(draw(random, 0, 5));
    for (auto field : {&carbon::Sink::clear_title, &carbon::Sink::pledged_already, &carbon::Sink::wetland,
                       &carbon::Sink::economic_forest, &carbon::Sink::title_document})
      maybe(sink.*field, draw(random, 0, 1) == 0);
    maybe(sink.area, draw_range(random, 1, 5'000'000));
    maybe(sink.stated_yield, draw_range(random, 1'000, 3'000'000));
    maybe(sink.crediting_years, draw_range(random, 1, 40));
    maybe(sink.stated_income_fen, draw_range(random, 1, 1'000'000'000));
    maybe(sink.non_forest_years, draw(random, 0, 6));
    maybe(sink.plot_square_metres, draw(random, 0, 800));
    maybe(sink.shrub_removal, draw(random, 0, 1'000'000));
    sink.price = carbon::PricePath{.fen_per_tonne = draw_range(random, 0, 20'000)};
    sink.price->basis = static_cast<carbon::PriceBasis>(draw(random, 0, 2));
    maybe(sink.price->date, parse_date("2025-01-01").value());
    sink.discount_rate = draw_range(random, 0, 150'000);
    maybe(sink.pledge_ratio, draw_range(random, 0, 1'000'000));
    maybe(sink.need_fen, draw(random, 0, 1'000'000'000));
    maybe(sink.tenor_months, draw(random, 1, 400));
    expect_consistent(carbon::propose(sink, rules).findings, round);

    rights::Asset asset;
    asset.right = static_cast<rights::Right>(draw(random, 0, 7));
    asset.registry = static_cast<rights::Registry>(draw(random, 0, 3));
    for (auto field : {&rights::Asset::clear_title, &rights::Asset::pledged_already, &rights::Asset::insured,
                       &rights::Asset::on_public_forest, &rights::Asset::filed,
                       &rights::Asset::holder_consents, &rights::Asset::filed_with_authority})
      maybe(asset.*field, draw(random, 0, 1) == 0);
    asset.quantity = draw_range(random, 0, 1'000'000);
    maybe(asset.fen_per_unit, draw_range(random, 0, 100'000));
    maybe(asset.years, draw_range(random, 1, 40));
    asset.discount_rate = draw_range(random, 0, 150'000);
    maybe(asset.lent_share, draw_range(random, 0, 1'000'000));
    maybe(asset.multiple, draw_range(random, 0, 20'000'000));
    maybe(asset.need_fen, draw(random, 0, 1'000'000'000));
    maybe(asset.tenor_months, draw(random, 1, 400));
    expect_consistent(rights::propose(asset, rules).findings, round);
  }
}

TEST(PledgeLaw, ThePresentValueIsMonotoneInEveryInput) {
  Generator random(20261125);
  for (int round = 0; round < 5'000; ++round) {
    const carbon::Stream base = {.annual_kg = draw(random, 0, 50'000'000),
                                 .crediting_years = draw(random, 0, 40),
                                 .first_issue_year = draw(random, 1, 5),
                                 .buffer = draw(random, 0, 500'000),
                                 .reversal = draw(random, 0, 100'000),
                                 .discount_rate = draw(random, 0, 150'000),
                                 .fen_per_tonne = draw(random, 0, 20'000),
                                 .drift = draw(random, -100'000, 100'000)};
    const auto value = carbon::present_value(base);
    const auto step = draw(random, 1, 1'000);
    for (auto field : {&carbon::Stream::annual_kg, &carbon::Stream::fen_per_tonne, &carbon::Stream::drift}) {
      auto more = base;
      more.*field += step;
      ASSERT_GE(carbon::present_value(more), value) << "round " << round;
    }
    auto longer = base;
    longer.crediting_years += 1;
    ASSERT_GE(carbon::present_value(longer), value) << "round " << round;
    for (auto field : {&carbon::Stream::buffer, &carbon::Stream::reversal, &carbon::Stream::discount_rate,
                       &carbon::Stream::first_issue_year}) {
      auto more = base;
      more.*field += step;
      ASSERT_LE(carbon::present_value(more), value) << "round " << round;
    }
  }
}

TEST(PledgeLaw, RangesOfASinkHoldEveryPointInsideThem) {
  Generator random(7);
  const auto rules = policy();
  for (int round = 0; round < 1'000; ++round) {
    carbon::Sink wide;
    wide.clear_title = true;
    wide.area = draw_range(random, 1, 5'000'000);
    wide.stated_yield = draw_range(random, 100'000, 2'000'000);
    wide.crediting_years = draw_range(random, 1, 40);
    wide.first_issue_year = draw_range(random, 1, 5);
    wide.buffer = draw_range(random, 0, 300'000);
    wide.reversal = draw_range(random, 0, 50'000);
    wide.price = carbon::PricePath{.fen_per_tonne = draw_range(random, 0, 20'000),
                                   .drift = draw_range(random, -50'000, 80'000)};
    wide.discount_rate = draw_range(random, 0, 150'000);
    wide.pledge_ratio = draw_range(random, 0, 1'000'000);
    wide.need_fen = draw(random, 0, 1'000'000'000);
    auto narrow = wide;
    for (auto field : {&carbon::Sink::area, &carbon::Sink::stated_yield, &carbon::Sink::crediting_years,
                       &carbon::Sink::buffer, &carbon::Sink::reversal, &carbon::Sink::discount_rate,
                       &carbon::Sink::pledge_ratio}) {
      narrow.*field = inside(random, *(wide.*field));
    }
    narrow.first_issue_year = inside(random, wide.first_issue_year);
    narrow.price->fen_per_tonne = inside(random, wide.price->fen_per_tonne);
    narrow.price->drift = inside(random, wide.price->drift);
    const auto outer = carbon::propose(wide, rules);
    const auto inner = carbon::propose(narrow, rules);
    ASSERT_LE(outer.terms.ceiling_fen->min, inner.terms.ceiling_fen->min) << "round " << round;
    ASSERT_GE(outer.terms.ceiling_fen->max, inner.terms.ceiling_fen->max) << "round " << round;
    for (const auto& finding : carbon::verify(outer.terms, wide, rules)) {
      ASSERT_NE(finding.standing, huoshui::Standing::violated) << finding.rule << " round " << round;
    }
  }
}

TEST(PledgeLaw, RangesOfARightHoldEveryPointInsideThem) {
  Generator random(11);
  const auto rules = policy();
  for (int round = 0; round < 2'000; ++round) {
    rights::Asset wide;
    wide.right = static_cast<rights::Right>(draw(random, 0, 7));
    wide.priced_for = draw(random, 0, 1) == 0 ? rights::PricedFor::good : rights::PricedFor::year;
    wide.clear_title = true;
    wide.quantity = draw_range(random, 0, 1'000'000'000);
    wide.fen_per_unit = draw_range(random, 0, 100'000);
    wide.years = draw_range(random, 1, 40);
    wide.discount_rate = draw_range(random, 0, 150'000);
    wide.lent_share = draw_range(random, 0, 1'000'000);
    wide.multiple = draw_range(random, 0, 20'000'000);
    wide.need_fen = draw(random, 0, 1'000'000'000);
    auto narrow = wide;
    for (auto field : {&rights::Asset::quantity, &rights::Asset::fen_per_unit, &rights::Asset::years,
                       &rights::Asset::discount_rate, &rights::Asset::lent_share, &rights::Asset::multiple}) {
      narrow.*field = inside(random, *(wide.*field));
    }
    const auto outer = rights::propose(wide, rules);
    const auto inner = rights::propose(narrow, rules);
    ASSERT_LE(outer.terms.ceiling_fen->min, inner.terms.ceiling_fen->min) << "round " << round;
    ASSERT_GE(outer.terms.ceiling_fen->max, inner.terms.ceiling_fen->max) << "round " << round;
    for (const auto& finding : rights::verify(outer.terms, wide, rules)) {
      ASSERT_NE(finding.standing, huoshui::Standing::violated) << finding.rule << " round " << round;
    }
  }
}

TEST(PledgeLaw, EveryPlantedDoublePledgeIsFound) {
  Generator random(13);
  for (int round = 0; round < 200; ++round) {
    std::vector<rights::Pledge> pledges;
    for (int i = 0; i < 60; ++i) {
      pledges.push_back({"P" + std::to_string(i), "livestock", std::to_string(draw(random, 0, 40)),
                         std::to_string(draw(random, 0, 40)), std::to_string(draw(random, 0, 40))});
    }
    std::set<std::uint32_t> expected, found;
    for (std::uint32_t i = 0; i < pledges.size(); ++i) {
      for (std::uint32_t j = 0; j < i; ++j) {
        if (pledges[i].registry_number == pledges[j].registry_number ||
            pledges[i].unique_number == pledges[j].unique_number || pledges[i].parcel == pledges[j].parcel) {
          expected.insert(i);
        }
      }
    }
    for (const auto& pair : rights::double_pledges(pledges)) found.insert(pair.again);
    ASSERT_EQ(found, expected) << "round " << round;
  }
}

}  // namespace
}  // namespace huoshui
