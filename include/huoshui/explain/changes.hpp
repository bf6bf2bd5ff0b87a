/// Room explain. The smallest changes a person can make that lift a refusal, or the proof that there are
/// none. Law: every plan shown was applied and judged again; only movable facts move (lower the amount,
/// shorten the tenor, add security or own capital, supply a document), never the place, trade or type of
/// borrower. Between two limits every rule is constant, so trying the limits alone is a complete search.
/// Example: `nearest_changes(prepared, catalogue, row).plans.front().changes`.
#pragma once

#include <huoshui/eligibility/screen.hpp>
#include <string>
#include <vector>

namespace huoshui {

/// One fact moved to a new value.
struct Change {
  FactKey key{};
  Remedy remedy = Remedy::none;
  std::int64_t value = 0;  ///< the new value in base units, for number and yes/no facts
  Code added;              ///< the entry added, for code facts
  std::string added_word;  ///< its name
  std::string text_zh, text_en;

  bool operator==(const Change&) const = default;
};

/// Changes that together lift the refusal.
struct ChangePlan {
  std::vector<Change> changes;
  Verdict verdict_after = Verdict::permitted;  ///< permitted, or undecided while other facts stay unknown
};

enum class ChangeStatus : std::uint8_t {
  not_refused,  ///< nothing to lift
  found,
  impossible,  ///< proved: no movable fact lifts it
  too_large,   ///< the search was cut off; nothing is claimed
};
[[nodiscard]] std::string_view to_string(ChangeStatus status);

struct ChangeSearch {
  ChangeStatus status = ChangeStatus::not_refused;
  std::vector<ChangePlan> plans;      ///< fewest facts first, then smallest move; at most five
  std::vector<std::string> blocking;  ///< ids of the failing rules when nothing lifts them
};

/// How many facts one plan may move unless the caller says otherwise.
inline constexpr std::size_t kMostFactsMoved = 4;

/// Search. `most_facts` bounds how many facts one plan may move.
[[nodiscard]] ChangeSearch nearest_changes(const PreparedProject& project, const Catalogue& catalogue,
                                           ProductRow row, std::size_t most_facts = kMostFactsMoved);

/// Return the project with the changes made, ready to be judged again.
[[nodiscard]] Project apply(const Project& project, const ChangePlan& plan);

}  // namespace huoshui
