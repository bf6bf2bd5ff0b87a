/// Room learn. Train the instrument model from projects whose instrument is known, and from the phrases of
/// the field that come with the library. Law: the same rows give the same bytes; the lexicon's score is the
/// start that the weights correct, so that words never seen still count. Example:
/// `train_instrument_model(projects, labels).value().serialise()`.
#pragma once

#include <cstdint>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/project.hpp>
#include <huoshui/normalise/instrument_model.hpp>
#include <span>
#include <vector>

namespace huoshui {

/// How to train. The defaults are the recipe of the shipped weights.
struct TextRecipe {
  std::uint64_t seed = 1;    ///< of the order in which rows are visited
  int rounds = 12;           ///< passes over all rows
  bool with_phrases = true;  ///< learn from the library's own phrases as well
};

/// The library's own phrases as projects, with their families: what a clerk or a bank would write.
struct PhraseProjects {
  std::vector<Project> projects;
  std::vector<std::size_t> families;  ///< indices into families()
};
[[nodiscard]] const PhraseProjects& bundled_phrases();

/// Train on projects and their families (indices into families()). Every project is also learned shortened,
/// as terse lists have them. The temperature comes from a cross-validation inside. Errors with
/// unreadable_value when the spans differ in length, a family is out of range or there is nothing to learn.
[[nodiscard]] Result<InstrumentModel> train_instrument_model(std::span<const Project> projects,
                                                             std::span<const std::size_t> families,
                                                             const TextRecipe& recipe = {});

}  // namespace huoshui
