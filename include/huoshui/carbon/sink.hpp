/// Room carbon. A Sink is what a lender knows of an expected carbon-sink income that is to be pledged.
/// Law: absent is not zero; a range is a closed Interval with both ends, none below zero. Area is in
/// hundredths of a mu, tonnes in kg of CO2e, yields in millionths of a tonne per mu and year, prices in fen
/// per tonne, ratios and rates in millionths. Example: `sink.area = Interval::exactly(2'080'000);`
#pragma once

#include <cstdint>
#include <huoshui/core/date.hpp>
#include <huoshui/core/interval.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::carbon {

enum class Mechanism : std::uint8_t {
  unknown,
  ccer_planting,        ///< 造林碳汇, the 2023 methodology
  ccer_other,           ///< another CCER methodology
  guangdong_inclusive,  ///< 广东碳普惠
  local,                ///< 地方碳票 and other schemes
};
[[nodiscard]] std::string_view to_string(Mechanism mechanism);

/// How far the project has come, in this order.
enum class Stage : std::uint8_t { unknown, planned, published, validated, registered, verified };
[[nodiscard]] std::string_view to_string(Stage stage);

/// Where a price comes from.
enum class PriceBasis : std::uint8_t { stated, market, scenario };
[[nodiscard]] std::string_view to_string(PriceBasis basis);

/// A price and its path: each later year it grows by the drift.
struct PricePath {
  Interval fen_per_tonne;
  Interval drift = Interval::exactly(0);  ///< per year; down to -1 (minus 100 %)
  PriceBasis basis = PriceBasis::stated;
  std::optional<Date> date;  ///< of a market price
  std::string source;
};

/// A step of a rate linked to a goal, e.g. minus 20 basis points when no forest is lost.
struct RateStep {
  std::string goal;
  std::int64_t change = 0;  ///< -2000 is minus 20 basis points
  std::optional<bool> met;  ///< absent: not known yet
};

struct Sink {
  std::string project;
  Mechanism mechanism = Mechanism::unknown;
  Stage stage = Stage::unknown;
  std::optional<bool> clear_title, title_document, economic_forest, wetland, pledged_already;
  std::optional<std::int64_t> non_forest_years;  ///< before the start
  std::optional<std::int64_t> plot_square_metres;
  std::optional<std::int64_t> start_year;     ///< in which planting began; decides the least plot
  std::optional<std::int64_t> shrub_removal;  ///< share of the surface

  std::optional<Interval> area;
  std::optional<Interval> surveyed_kg;                         ///< a year, by survey or verifier
  std::optional<Interval> stated_yield;                        ///< a mu and year
  std::optional<Interval> stated_total_kg, stated_income_fen;  ///< over the whole crediting period

  std::optional<Interval> crediting_years;
  Interval first_issue_year = Interval::exactly(1);  ///< 1: income from the first year on
  std::optional<Interval> buffer;                    ///< share held back
  std::optional<Interval> reversal;                  ///< share of the stock lost a year
  std::optional<PricePath> price;
  std::optional<Interval> discount_rate, pledge_ratio;

  std::optional<std::int64_t> need_fen, tenor_months;
  std::optional<std::int64_t> base_rate;
  std::vector<RateStep> rate_steps;
};

}  // namespace huoshui::carbon
