// Sinks for the tests of room carbon.
#pragma once

#include <huoshui/carbon/propose.hpp>
#include <huoshui/carbon/verify.hpp>
#include <string_view>

namespace huoshui::carbon_test {

inline Policy on(std::string_view day, LowConfidence low = LowConfidence::off) {
  return PolicyPack::bundled().at(parse_date(day).value(), {.low_confidence = low}).value();
}

/// 武宁: 20,800 mu, 6,317 t a year, 20 years, 127,400 t, 20 million yuan expected. Price, rate, ratio
/// and the year of planting are the test's own.
inline carbon::Sink wuning() {
  carbon::Sink sink;
  sink.project = "武宁";
  sink.mechanism = carbon::Mechanism::ccer_planting;
  sink.stage = carbon::Stage::registered;
  sink.clear_title = sink.title_document = true;
  sink.economic_forest = sink.wetland = sink.pledged_already = false;
  sink.non_forest_years = 3;
  sink.plot_square_metres = 400;
  sink.start_year = 2020;
  sink.shrub_removal = 200'000;
  sink.area = Interval::exactly(2'080'000);
  sink.surveyed_kg = Interval::exactly(6'317'000);
  sink.stated_total_kg = Interval::exactly(127'400'000);
  sink.stated_income_fen = Interval::exactly(2'000'000'000);
  sink.crediting_years = Interval::exactly(20);
  sink.buffer = Interval::exactly(100'000);
  sink.reversal = Interval::exactly(2'000);
  sink.price = carbon::PricePath{.fen_per_tonne = Interval::exactly(7'076), .source = "test"};
  sink.discount_rate = Interval::exactly(50'000);
  sink.pledge_ratio = Interval::exactly(700'000);
  sink.need_fen = 300'000'000;
  sink.tenor_months = 60;
  sink.base_rate = 40'000;
  return sink;
}

inline huoshui::Standing standing(const carbon::Sink& sink, std::string_view day, std::string_view rule) {
  const auto proposal = carbon::propose(sink, on(day));
  const auto* finding = huoshui::find(proposal.findings, rule);
  if (finding == nullptr) throw std::logic_error("no finding " + std::string(rule));
  return finding->standing;
}

}  // namespace huoshui::carbon_test
