/// Room normalise. An InstrumentModel reads a project's words: which instruments they speak of, how surely,
/// and why. Law: whole numbers from first to last, so that the same words give the same bytes anywhere; the
/// lexicon alone answers when nothing was trained. Example: `InstrumentModel::bundled().read(project)`.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/affinity.hpp>
#include <huoshui/domain/project.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

namespace detail {
struct ModelWeights;
}

inline constexpr std::size_t kFamilyCount = 32;

/// Return the families of instruments that published deals are told apart by (银团贷款, 碳汇质押 …), in the
/// order in which src/domain/tables/instruments.csv first names them.
[[nodiscard]] std::span<const std::string> families();
/// Return the family of an instrument as an index into families(), absent for the seven that have none.
[[nodiscard]] std::optional<std::size_t> family_of(Instrument instrument);

/// Return the id of a cue of the lexicon, e.g. water_right. @throws ContractError when there is no such cue.
[[nodiscard]] std::string_view cue_name(std::uint16_t cue);
/// Return the canonical column in which a word stands, `name` for the project's name.
[[nodiscard]] std::string_view field_of(const AffinityWord& word, const Project& project);
/// Return the word as it stands in the project. @throws ContractError for another project's word.
[[nodiscard]] std::string_view word_in(const AffinityWord& word, const Project& project);

/// A rule of the lexicon that a project's cues, borrower and amount meet.
struct AffinityRule {
  Code rule;        ///< id of src/normalise/tables/instrument_rules.csv
  std::string why;  ///< in Chinese
  int support = 0;  ///< tenths of a natural logarithm for the instrument asked about; may be negative
};

/// One instrument that a project's words speak for.
struct Suggestion {
  Instrument instrument{};
  std::uint32_t millionths = 0;
  std::vector<AffinityWord> words;  ///< the words found that speak for this instrument
  std::vector<AffinityRule> rules;  ///< the rules met that speak for or against it
};

/// Family probabilities in millionths, in the order of families(); the sum is 1,000,000.
using FamilyMillionths = std::array<std::uint32_t, kFamilyCount>;

/// Immutable, cheap to copy, safe to share between threads.
class InstrumentModel {
 public:
  /// Return the model inside the library: lexicon, rules and trained weights.
  [[nodiscard]] static const InstrumentModel& bundled();
  /// Return lexicon and rules alone, without any training.
  [[nodiscard]] static const InstrumentModel& rules_only();
  /// Read weights as `serialise` writes them. Errors with unreadable_value when they are cut short or made
  /// for another lexicon.
  [[nodiscard]] static Result<InstrumentModel> parse(std::string_view bytes, std::string_view file);
  /// Take weights as room learn makes them.
  explicit InstrumentModel(std::shared_ptr<const detail::ModelWeights> weights)
      : weights_(std::move(weights)) {}

  /// Return what the project's words speak for.
  [[nodiscard]] Affinity read(const Project& project) const;
  /// Return the same by family; instruments without a family take no part.
  [[nodiscard]] FamilyMillionths read_families(const Project& project) const;
  /// Return the k instruments that the words speak for most, best first, with their reasons. Ties by the
  /// order of the instruments.
  [[nodiscard]] std::vector<Suggestion> suggest(const Project& project, std::size_t k = 5) const;
  /// Return whether a project with the same words was part of the training.
  [[nodiscard]] bool seen(const Project& project) const;
  /// Return the probability, in millionths, below which the best family should be called uncertain (不确定).
  [[nodiscard]] std::uint32_t uncertain_below() const;
  /// Return the weights as the bytes that `parse` reads.
  [[nodiscard]] std::string serialise() const;

 private:
  std::shared_ptr<const detail::ModelWeights> weights_;
};

}  // namespace huoshui
