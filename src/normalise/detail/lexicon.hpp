// Words of the field, the cues they give, and the rules that weigh cues, borrower and amount. One table of
// cues with their words, one of rules; both say where each row comes from.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <huoshui/core/code.hpp>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/affinity.hpp>
#include <huoshui/domain/project.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "normalise/detail/point_trie.hpp"

namespace huoshui::detail {

inline constexpr std::size_t kMaxCues = 512;

// Support for instruments, in tenths of a natural logarithm.
using Support = std::vector<std::pair<Instrument, int>>;

struct Cue {
  Code id;
  std::string source;
  Support support;
  bool owner_only = false;  // its words count in the owner's name and type alone
  bool mask = false;        // hides the words inside it: 水稻 is no 水
};

// need<=50: the need (else the total investment) in 万元; unknown meets neither side.
struct AmountTest {
  bool at_most = true;
  std::int64_t fen = 0;
};

struct CueRule {
  Code id;
  std::string why;
  std::vector<std::uint16_t> all, none;
  std::vector<AmountTest> amounts;
  Support support;
};

// What the lexicon finds in one project.
struct LexiconReading {
  std::bitset<kMaxCues> in_text, in_owner;
  std::vector<AffinityWord> hits;
  std::vector<std::uint16_t> rules;  // met, in the order of the table
  std::array<int, kInstrumentCount> score{};
  std::optional<std::int64_t> need, total;  // fen
};

// A text that the lexicon and the model may read, decoded once for both.
struct ReadableText {
  std::string_view text;
  std::uint16_t field = 0;  // as AffinityWord::field
  bool owner = false;
  std::vector<char32_t> points;      // folded
  std::vector<std::uint32_t> bytes;  // where each point starts, and the end
};
// The name, then the columns that say what is built, by whom and for what. Columns that name an instrument,
// a bank or a security are left out: rules read those as facts.
std::vector<ReadableText> readable_texts(const Project& project);

class Lexicon {
 public:
  static const Lexicon& bundled();
  // Errors with each bad row.
  static Result<Lexicon> parse(std::string_view words_csv, std::string_view rules_csv);

  [[nodiscard]] LexiconReading read(const Project& project, const std::vector<ReadableText>& texts) const;
  [[nodiscard]] const std::vector<Cue>& cues() const { return cues_; }
  [[nodiscard]] const std::vector<CueRule>& rules() const { return rules_; }
  [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }  // of both tables

 private:
  PointTrie words_;
  std::vector<Cue> cues_;
  std::vector<CueRule> rules_;
  std::uint64_t fingerprint_ = 0;
};

}  // namespace huoshui::detail
