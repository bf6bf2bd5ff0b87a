#include <pybind11/stl.h>

#include <atomic>
#include <huoshui/learn/text_model.hpp>
#include <huoshui/normalise/instrument_model.hpp>
#include <thread>

#include "column.hpp"
#include "held.hpp"

namespace huoshui::bindings {
namespace {

using ModelPtr = std::shared_ptr<InstrumentModel>;
using ProjectPtrs = std::vector<std::shared_ptr<Project>>;

struct Shares {
  std::vector<double> values;
};

constexpr double kMillion = 1'000'000;

Column probabilities(const InstrumentModel& model, const ProjectPtrs& projects, unsigned threads) {
  auto shares = std::make_shared<Shares>();
  shares->values.resize(projects.size() * kFamilyCount);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < projects.size(); i = next++) {
      const FamilyMillionths row = model.read_families(*projects[i]);
      for (std::size_t f = 0; f < kFamilyCount; ++f) shares->values[i * kFamilyCount + f] = row[f] / kMillion;
    }
  };
  std::vector<std::jthread> others;
  for (unsigned t = 1; t < threads; ++t) others.emplace_back(work);
  work();
  others.clear();
  return column_of<double>(shares, shares->values);
}

std::shared_ptr<InstrumentModel> train(const ProjectPtrs& projects, const std::vector<std::size_t>& labels,
                                       std::uint64_t seed, bool with_phrases) {
  std::vector<Project> rows;
  rows.reserve(projects.size());
  for (const auto& project : projects) rows.push_back(*project);
  TextRecipe recipe;
  recipe.seed = seed;
  recipe.with_phrases = with_phrases;
  return std::make_shared<InstrumentModel>(train_instrument_model(rows, labels, recipe).value());
}

py::list words_of(const std::vector<AffinityWord>& words, const Project& project) {
  py::list out;
  for (const auto& word : words)
    out.append(py::make_tuple(std::string(word_in(word, project)), std::string(field_of(word, project)),
                              word.position, std::string(cue_name(word.cue))));
  return out;
}

}  // namespace

void register_text(py::module_& m) {
  py::class_<Suggestion>(m, "Suggestion", "One instrument that a project's words speak for.")
      .def_property_readonly("instrument",
                             [](const Suggestion& s) { return std::string(to_string(s.instrument)); })
      .def_property_readonly("instrument_zh",
                             [](const Suggestion& s) { return std::string(info(s.instrument).name_zh); })
      .def_property_readonly("measures",
                             [](const Suggestion& s) { return std::string(info(s.instrument).measures); })
      .def_property_readonly("probability", [](const Suggestion& s) { return s.millionths / kMillion; })
      .def(
          "words", [](const Suggestion& s, const Project& project) { return words_of(s.words, project); },
          py::arg("project"), "Return word, field, byte position and cue of each word.")
      .def_property_readonly("rules", [](const Suggestion& s) {
        py::list out;
        for (const auto& rule : s.rules) out.append(py::make_tuple(rule.rule.text(), rule.why, rule.support));
        return out;
      });

  py::class_<Affinity, std::shared_ptr<Affinity>>(m, "Affinity",
                                                  "How well a project's words fit each instrument.")
      .def_property_readonly("probabilities",
                             [](const Affinity& affinity) {
                               py::dict out;
                               for (const auto& entry : instrument_infos())
                                 out[py::str(std::string(entry.id))] =
                                     affinity.probability(entry.instrument) / kMillion;
                               return out;
                             })
      .def(
          "words", [](const Affinity& a, const Project& project) { return words_of(a.words, project); },
          py::arg("project"), "Return word, field, byte position and cue of each word.");

  py::class_<InstrumentModel, ModelPtr>(m, "InstrumentModel", "Reads a project's words.")
      .def_static("bundled", [] { return std::make_shared<InstrumentModel>(InstrumentModel::bundled()); })
      .def_static("rules_only",
                  [] { return std::make_shared<InstrumentModel>(InstrumentModel::rules_only()); })
      .def_static("train", &train, py::arg("projects"), py::arg("labels"), py::arg("seed"),
                  py::arg("with_phrases"), ReleaseGil(), "Train on projects and indices into families().")
      .def("probabilities", &probabilities, py::arg("projects"), py::arg("threads"), ReleaseGil(),
           "Return the family probabilities, row after row.")
      .def("suggest", &InstrumentModel::suggest, py::arg("project"), py::arg("k"), ReleaseGil(),
           "Return the k best instruments with their reasons.")
      .def("seen", &InstrumentModel::seen, py::arg("project"), ReleaseGil(),
           "Return whether the project was part of the training.")
      .def_property_readonly("uncertain_below",
                             [](const InstrumentModel& model) { return model.uncertain_below() / kMillion; })
      .def(
          "serialise", [](const InstrumentModel& model) { return py::bytes(model.serialise()); },
          "Return the weights as bytes.");

  m.def(
      "families",
      [] {
        const auto names = families();
        return std::vector<std::string>(names.begin(), names.end());
      },
      "Return the 32 families of instruments.");
}

}  // namespace huoshui::bindings
