// The moves a search for changes tries, and the facts that follow each of them.
#pragma once

#include <huoshui/domain/condition.hpp>
#include <optional>
#include <string>
#include <vector>

#include "explain/detail/judged.hpp"

namespace huoshui::detail {

/// A value that one movable fact may take. Borrows code and word from the condition that names them.
struct Move {
  FactKey key{};
  std::int64_t value = 0;
  const Code* added = nullptr;        // null for numbers
  const std::string* word = nullptr;  // of the added entry
  double size = 0;                    // relative length of the move; orders plans, is never shown
};

/// All moves of one key, in the order they were offered.
struct MoveGroup {
  FactKey key{};
  std::vector<Move> moves;
};

class MoveFinder {
 public:
  explicit MoveFinder(const Facts& facts) : facts_(facts) {}

  /// Offer the values around one atom's limit, for the atom's own fact or the facts it is derived from.
  void around(const Condition& atom);

  /// The groups in the order of their keys.
  [[nodiscard]] const std::vector<MoveGroup>& groups() const { return groups_; }

 private:
  void meet(FactKey key, FactKey other);
  void at(FactKey key, std::int64_t value);
  void add_number(FactKey key, std::optional<std::int64_t> value);
  void add_code(FactKey key, const Code& code, const std::string& word);
  void put(const Move& move);

  const Facts& facts_;
  std::vector<MoveGroup> groups_;
};

/// Return the key itself and every key whose derived value may differ once a person moves it. `need_follows`:
/// the financing need was worked out from the other sums.
enum class NeedFollows : bool { no, yes };
[[nodiscard]] Keys moved_with(FactKey key, NeedFollows need_follows);

}  // namespace huoshui::detail
