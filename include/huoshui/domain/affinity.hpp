/// Room domain. Affinity says how well a project's own words fit each of the 46 instruments, and which words.
/// Law: the probabilities are whole millionths that sum to 1,000,000; an affinity proposes and never refuses.
/// Example: `affinity.probability(Instrument::water_right_pledge)` is 912000 for a row with 取水许可证.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/domain/instrument.hpp>
#include <vector>

namespace huoshui {

/// A word of the lexicon that stands in one of the project's texts; small, for every row of a list has some.
struct AffinityWord {
  std::uint32_t position = 0;  ///< byte in the text
  std::uint16_t length = 0;    ///< bytes
  std::uint16_t field = 0;     ///< 0 for the project's name, else 1 + index into Project::texts
  std::uint16_t cue = 0;       ///< the concept that the word names; `cue_name` of room normalise says which

  bool operator==(const AffinityWord&) const = default;
};

struct Affinity {
  std::array<std::uint32_t, kInstrumentCount> millionths{};  ///< by instrument; the sum is 1,000,000
  std::vector<AffinityWord> words;                           ///< name first, then in the order of the texts

  /// Return the probability of an instrument in millionths.
  [[nodiscard]] std::uint32_t probability(Instrument instrument) const {
    return millionths[static_cast<std::size_t>(instrument)];
  }

  bool operator==(const Affinity&) const = default;
};

}  // namespace huoshui
