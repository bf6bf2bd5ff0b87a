/// Room live. A Difference names the matches that changed between two snapshots, and why.
/// Law: it is empty exactly when both show the same rankings; put over the earlier rankings it gives the
/// later ones. Example: `for (const auto& line : sentences(difference(before, after), Language::zh)) …`.
#pragma once

#include <huoshui/explain/wording.hpp>
#include <huoshui/live/live.hpp>
#include <huoshui/score/score.hpp>
#include <string>
#include <vector>

namespace huoshui {

/// Whether something stands on one side only, on both, and then whether it is the same.
enum class Presence : std::uint8_t { same, added, removed, changed };
[[nodiscard]] std::string_view to_string(Presence presence);

/// What became of a match. `moved`: other rank, points, cautions or open rules under the same verdict.
enum class Movement : std::uint8_t { entered, left, moved, verdict_changed };
[[nodiscard]] std::string_view to_string(Movement movement);

/// What can have moved a match.
enum class Cause : std::uint8_t {
  product_added,
  product_removed,
  product_changed,
  project_added,
  project_removed,
  project_changed,
  policy_changed,
  scorecard_changed,
  other_products,  ///< the pair stands as before; others came, went or moved
};
[[nodiscard]] std::string_view to_string(Cause cause);

/// A rule of a product that one side has, or that both have with another question or other words.
struct RuleChange {
  std::string rule_id;
  std::string before_zh, before_en, after_zh, after_en;  ///< empty where there is no such rule

  bool operator==(const RuleChange&) const = default;
};

struct ProductChange {
  std::string id, name;
  Presence presence{};
  std::vector<RuleChange> rules;         ///< of a changed product
  std::vector<std::string_view> fields;  ///< handbook columns that differ and make no rule: `rate`, `name` …
};

/// A fact of a project that one side has, or that both have with another value.
struct FactChange {
  FactKey key{};
  std::optional<Fact> before, after;

  bool operator==(const FactChange&) const = default;
};

/// How one pair stands in one snapshot.
struct PairStanding {
  Verdict verdict = Verdict::refused;
  std::uint32_t rank = 0;   ///< from 1, within its verdict; 0 when the ranking does not show it
  std::int64_t points = 0;  ///< 0 when refused
  std::uint16_t cautions = 0, open = 0;

  bool operator==(const PairStanding&) const = default;
};

/// A rule of a pair whose outcome differs.
struct RuleTurn {
  std::string rule_id, text_zh, text_en;  ///< as after, else as before
  std::optional<Outcome> before, after;   ///< empty where there is no such rule

  bool operator==(const RuleTurn&) const = default;
};

struct MatchChange {
  std::string product_id, product_name;
  Movement movement{};
  std::optional<PairStanding> before, after;  ///< empty where there is no such product or project
  std::vector<Cause> causes;                  ///< never empty
  std::vector<RuleTurn> rules;                ///< when the verdict differs
};

struct ProjectChange {
  std::string id, name;
  Presence presence{};
  std::vector<FactChange> facts;  ///< of a changed project
  bool words_changed = false;     ///< its name, its texts, or whether it is a collection
  VerdictCounts before, after;
  std::vector<MatchChange> matches;  ///< as ranked after, then those that left as ranked before
};

struct Difference {
  std::optional<Date> day_before, day_after;  ///< when another policy is in force
  std::string card_before, card_after;        ///< ids, when the weights differ
  std::vector<ProductChange> products;        ///< all that differ, by id, whether or not a match moved
  std::vector<ProjectChange> projects;        ///< those whose ranking differs or stands on one side, by id

  /// Tell whether both snapshots show the same projects with the same rankings.
  [[nodiscard]] bool empty() const { return projects.empty(); }
};

/// Compare two snapshots with the same k. Rankings that are shared are passed over; the rest costs one
/// judgement of each pair that moved.
/// @throws ContractError when k or the number of possible offers differs.
[[nodiscard]] Difference difference(const Snapshot& before, const Snapshot& after);

/// Say one change in a sentence, without the full stop.
[[nodiscard]] std::string sentence(const ProductChange& change, Language language);
[[nodiscard]] std::string sentence(const FactChange& change, Language language);
[[nodiscard]] std::string sentence(const MatchChange& change, Language language);
/// Say all of it: day and scorecard, products, then each project with its facts and matches.
[[nodiscard]] std::vector<std::string> sentences(const Difference& difference, Language language);

}  // namespace huoshui
