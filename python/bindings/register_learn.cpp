#include <huoshui/learn/bootstrap.hpp>
#include <huoshui/learn/calibration.hpp>
#include <huoshui/learn/metrics.hpp>
#include <huoshui/learn/scorecard.hpp>
#include <map>
#include <tuple>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

using Columns = std::vector<std::vector<double>>;

std::vector<ScoredQuery> queries_of(Columns scores, Columns relevance) {
  if (scores.size() != relevance.size()) throw ContractError("a query needs scores and relevances");
  std::vector<ScoredQuery> out(scores.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = {std::move(scores[i]), std::move(relevance[i])};
  return out;
}

Binning binning_of(std::string_view word) {
  if (word == "equal_count") return Binning::equal_count;
  if (word == "equal_width") return Binning::equal_width;
  throw ContractError("binning: equal_count or equal_width");
}

ClassForecasts forecasts_of(const Columns& probabilities, std::vector<std::size_t> truth) {
  ClassForecasts out{.truth = std::move(truth)};
  if (probabilities.size() != out.truth.size()) throw ContractError("one truth for each row");
  for (const auto& row : probabilities) {
    if (!out.probabilities.empty() && row.size() != out.classes)
      throw ContractError("rows need the same number of classes");
    out.classes = row.size();
    out.probabilities.insert(out.probabilities.end(), row.begin(), row.end());
  }
  return out;
}

py::dict learned_dict(const LearnedScorecard& learned) {
  py::dict criteria;
  for (const auto& entry : criterion_infos()) {
    const auto& found = learned.weights.criteria[static_cast<std::size_t>(entry.criterion)];
    criteria[py::str(std::string(entry.id))] =
        py::make_tuple(found.weight, found.coefficient, found.low, found.high, found.at_boundary);
  }
  py::list slices;
  for (const auto& entry : learned.slices)
    slices.append(py::make_tuple(entry.kind, entry.key, entry.accepted, entry.refused));
  py::dict out;
  out["criteria"] = criteria;
  out["intercept"] = learned.weights.intercept;
  out["log_loss"] = learned.weights.log_loss;
  out["accepted"] = learned.weights.accepted;
  out["refused"] = learned.weights.refused;
  out["draws"] = learned.weights.draws;
  out["refused_by_rules"] = learned.refused_by_rules;
  out["slices"] = slices;
  return out;
}

}  // namespace

void register_learn(py::module_& m) {
  m.def(
      "metric_values",
      [](std::string_view name, Columns scores, Columns relevance) {
        const auto metric = Metric::parse(name).value();
        std::vector<std::optional<double>> out;
        for (const auto& query : queries_of(std::move(scores), std::move(relevance)))
          out.push_back(value_of(metric, query));
        return out;
      },
      py::arg("name"), py::arg("scores"), py::arg("relevance"), ReleaseGil(),
      "Return a metric of each query, None without a relevant candidate.");
  m.def(
      "metric_mean",
      [](std::string_view name, Columns scores, Columns relevance) {
        const auto found =
            mean_of(Metric::parse(name).value(), queries_of(std::move(scores), std::move(relevance)));
        return std::make_tuple(found.mean, found.counted, found.left_out);
      },
      py::arg("name"), py::arg("scores"), py::arg("relevance"), ReleaseGil(),
      "Return a metric's mean, the queries counted and those left out.");
  m.def(
      "reliability",
      [](const std::vector<double>& forecast, const std::vector<double>& observed, std::size_t bins,
         std::string_view binning) {
        std::vector<std::tuple<std::size_t, double, double, double, double>> out;
        for (const auto& bin : reliability(forecast, observed, bins, binning_of(binning)))
          out.emplace_back(bin.count, bin.lower, bin.upper, bin.forecast, bin.observed);
        return out;
      },
      py::arg("forecast"), py::arg("observed"), py::arg("bins"), py::arg("binning"), ReleaseGil(),
      "Return the bins: count, edges, mean forecast, mean observation.");
  m.def(
      "expected_calibration_error",
      [](const std::vector<double>& forecast, const std::vector<double>& observed, std::size_t bins,
         std::string_view binning) {
        return expected_calibration_error(reliability(forecast, observed, bins, binning_of(binning)));
      },
      py::arg("forecast"), py::arg("observed"), py::arg("bins"), py::arg("binning"), ReleaseGil(),
      "Return the mean distance of forecast and observation.");
  m.def(
      "brier",
      [](const Columns& probabilities, std::vector<std::size_t> truth, std::size_t bins,
         std::string_view binning) {
        const auto found = brier(forecasts_of(probabilities, std::move(truth)), bins, binning_of(binning));
        using Parts = std::tuple<double, double, double, double, double>;
        return found ? std::optional<Parts>({found->score, found->reliability, found->resolution,
                                             found->uncertainty, found->within_bins})
                     : std::nullopt;
      },
      py::arg("probabilities"), py::arg("truth"), py::arg("bins"), py::arg("binning"), ReleaseGil(),
      "Return the Brier score, reliability, resolution, uncertainty and what lies within bins.");
  m.def(
      "log_loss",
      [](const Columns& probabilities, std::vector<std::size_t> truth) {
        return log_loss(forecasts_of(probabilities, std::move(truth)));
      },
      py::arg("probabilities"), py::arg("truth"), ReleaseGil(), "Return the mean log loss.");
  m.def(
      "coverage",
      [](const std::vector<double>& confidence, const std::vector<double>& right, double threshold) {
        const auto found = coverage(confidence, right, threshold);
        return std::make_tuple(found.asked, found.answered, found.uncertain_rate, found.right_when_answered);
      },
      py::arg("confidence"), py::arg("right"), py::arg("threshold"), ReleaseGil(),
      "Return asked, answered, the uncertain rate, and the share right when answered.");
  m.def(
      "paired_bootstrap",
      [](const std::vector<double>& ours, const std::vector<double>& theirs,
         const std::vector<std::uint32_t>& cluster, std::uint32_t draws, std::uint64_t seed,
         std::uint32_t percent) {
        const auto found =
            paired_bootstrap(ours, theirs, cluster, {.draws = draws, .seed = seed, .percent = percent});
        return std::make_tuple(found.mean, found.low, found.high, found.queries, found.clusters);
      },
      py::arg("ours"), py::arg("theirs"), py::arg("cluster"), py::arg("draws"), py::arg("seed"),
      py::arg("percent"), ReleaseGil(), "Return the mean difference, its interval, queries and clusters.");
  m.def(
      "learn_scorecard",
      [](const HeldProjects& projects, const Catalogue& catalogue,
         const std::vector<std::tuple<std::string, std::string, bool>>& outcomes, std::string id,
         std::string name_zh, double ridge, std::uint32_t draws, std::uint64_t seed, std::uint32_t percent) {
        std::vector<PairOutcome> pairs;
        for (const auto& [project, product, accepted] : outcomes)
          pairs.push_back({project, product, accepted ? Response::accepted : Response::refused});
        const auto learned = [&] {
          const py::gil_scoped_release released;
          return learn_scorecard(projects.list.projects, catalogue, pairs,
                                 {.id = std::move(id),
                                  .name_zh = std::move(name_zh),
                                  .ridge = ridge,
                                  .draws = draws,
                                  .seed = seed,
                                  .percent = percent})
              .value();
        }();
        return py::make_tuple(learned.card, learned_dict(learned));
      },
      py::arg("projects"), py::arg("catalogue"), py::arg("outcomes"), py::kw_only(), py::arg("id"),
      py::arg("name_zh"), py::arg("ridge"), py::arg("draws"), py::arg("seed"), py::arg("percent"),
      "Return a card learned from (project, product, accepted), and what stands behind it.");
  m.def(
      "bare_project",
      [](std::string id, std::string name, const std::map<std::string, std::string>& texts) {
        auto project = std::make_shared<Project>();
        project->id = std::move(id);
        project->name = std::move(name);
        for (const auto& [field, text] : texts) project->texts.push_back({field, text});
        return project;
      },
      py::arg("id"), py::arg("name"), py::arg("texts"),
      "Return a project of nothing but texts, for a row that no list can be made of.");
}

}  // namespace huoshui::bindings
