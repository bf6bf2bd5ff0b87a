#include <huoshui/carbon/propose.hpp>
#include <huoshui/carbon/verify.hpp>

#include "records.hpp"

namespace huoshui::bindings {

template <>
struct Words<carbon::Mechanism> : WordsTo<carbon::Mechanism::local> {};
template <>
struct Words<carbon::Stage> : WordsTo<carbon::Stage::verified> {};
template <>
struct Words<carbon::PriceBasis> : WordsTo<carbon::PriceBasis::scenario> {};
template <>
struct Words<carbon::TonnesBasis> : WordsTo<carbon::TonnesBasis::assumed_floor> {};

template <>
struct Fields<carbon::PricePath> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::PricePath& x, const auto& v) {
    v("fen_per_tonne", x.fen_per_tonne);
    v("drift", x.drift);
    v("basis", x.basis);
    v("date", x.date);
    v("source", x.source);
  }
};

template <>
struct Fields<carbon::RateStep> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::RateStep& x, const auto& v) {
    v("goal", x.goal);
    v("change", x.change);
    v("met", x.met);
  }
};

template <>
struct Fields<carbon::Sink> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::Sink& x, const auto& v) {
    v("project", x.project);
    v("mechanism", x.mechanism);
    v("stage", x.stage);
    v("clear_title", x.clear_title);
    v("title_document", x.title_document);
    v("economic_forest", x.economic_forest);
    v("wetland", x.wetland);
    v("pledged_already", x.pledged_already);
    v("non_forest_years", x.non_forest_years);
    v("plot_square_metres", x.plot_square_metres);
    v("start_year", x.start_year);
    v("shrub_removal", x.shrub_removal);
    v("area", x.area);
    v("surveyed_kg", x.surveyed_kg);
    v("stated_yield", x.stated_yield);
    v("stated_total_kg", x.stated_total_kg);
    v("stated_income_fen", x.stated_income_fen);
    v("crediting_years", x.crediting_years);
    v("first_issue_year", x.first_issue_year);
    v("buffer", x.buffer);
    v("reversal", x.reversal);
    v("price", x.price);
    v("discount_rate", x.discount_rate);
    v("pledge_ratio", x.pledge_ratio);
    v("need_fen", x.need_fen);
    v("tenor_months", x.tenor_months);
    v("base_rate", x.base_rate);
    v("rate_steps", x.rate_steps);
  }
};

template <>
struct Fields<carbon::Stream> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::Stream& x, const auto& v) {
    v("annual_kg", x.annual_kg);
    v("crediting_years", x.crediting_years);
    v("first_issue_year", x.first_issue_year);
    v("buffer", x.buffer);
    v("reversal", x.reversal);
    v("discount_rate", x.discount_rate);
    v("fen_per_tonne", x.fen_per_tonne);
    v("drift", x.drift);
  }
};

template <>
struct Fields<carbon::SimulationOptions> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::SimulationOptions& x, const auto& v) {
    v("volatility", x.volatility);
    v("seed", x.seed);
    v("paths", x.paths);
  }
};

template <>
struct Fields<carbon::ProposeOptions> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::ProposeOptions& x, const auto& v) {
    v("yield_min", x.yield_min);
    v("yield_max", x.yield_max);
    v("implied_min", x.implied_min);
    v("implied_max", x.implied_max);
    v("simulation", x.simulation);
  }
};

template <>
struct Fields<carbon::FanYear> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::FanYear& x, const auto& v) {
    v("year", x.year);
    v("fen_per_tonne", x.fen_per_tonne);
  }
};

template <>
struct Fields<carbon::Simulation> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::Simulation& x, const auto& v) {
    v("mean_fen", x.mean_fen);
    v("standard_error_fen", x.standard_error_fen);
    v("value_fen", x.value_fen);
    v("closed_form_fen", x.closed_form_fen);
    v("fan", x.fan);
    v("paths", x.paths);
    v("seed", x.seed);
  }
};

template <>
struct Fields<carbon::Terms> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::Terms& x, const auto& v) {
    v("tonnes_basis", x.tonnes_basis);
    v("annual_kg", x.annual_kg);
    v("yield_", x.yield);  // `yield` is a keyword of Python
    v("implied_price", x.implied_price);
    v("value_fen", x.value_fen);
    v("ceiling_fen", x.ceiling_fen);
    v("amount_fen", x.amount_fen);
    v("tenor_months", x.tenor_months);
    v("rate", x.rate);
  }
};

template <>
struct Fields<carbon::Proposal> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::Proposal& x, const auto& v) {
    v("terms", x.terms);
    v("findings", x.findings);
    v("simulation", x.simulation);
  }
};

template <>
struct Fields<carbon::Line> {
  static constexpr bool kIsRecord = true;
  static void visit(carbon::Line& x, const auto& v) {
    v("zh", x.zh);
    v("en", x.en);
  }
};

void register_carbon(py::module_& m) {
  m.def(
      "carbon_propose",
      [](const carbon::Sink& sink, const Policy& policy, const carbon::ProposeOptions& options) {
        return carbon::propose(sink, policy, options);
      },
      py::arg("sink"), py::arg("policy"), py::arg("options"), ReleaseGil(), "Return terms and findings.");
  m.def(
      "carbon_gates",
      [](const carbon::Sink& sink, const Policy& policy) { return carbon::gates(sink, policy); },
      py::arg("sink"), py::arg("policy"), ReleaseGil(), "Return the gates of the policy's day.");
  m.def(
      "carbon_verify",
      [](const carbon::Terms& terms, const carbon::Sink& sink, const Policy& policy) {
        return carbon::verify(terms, sink, policy);
      },
      py::arg("terms"), py::arg("sink"), py::arg("policy"), ReleaseGil(), "Hold terms against the sink.");
  m.def(
      "carbon_explain", [](const carbon::Proposal& proposal) { return carbon::explain(proposal); },
      py::arg("proposal"), ReleaseGil(), "Return a proposal in words.");
  m.def(
      "carbon_present_value", [](const carbon::Stream& stream) { return carbon::present_value(stream); },
      py::arg("stream"), ReleaseGil(), "Return the value today in fen.");
  m.def(
      "carbon_simulate",
      [](const carbon::Stream& stream, const carbon::SimulationOptions& options) {
        return carbon::simulate(stream, options);
      },
      py::arg("stream"), py::arg("options"), ReleaseGil(), "Draw price paths.");
}

}  // namespace huoshui::bindings
