/// Room domain. A Fact is a declared key, a typed value and where it came from.
/// Law: absent is not zero and not false; an inferred fact may permit, never refuse; every fact knows its
/// cell. Example: `facts.find(FactKey::financing_need)->range.max` is the largest amount asked, in fen.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/core/code.hpp>
#include <huoshui/core/interval.hpp>
#include <huoshui/core/issue.hpp>
#include <huoshui/core/money.hpp>
#include <huoshui/domain/fact_key.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// Where a fact came from: a cell says so, computed from stated facts, or read out of words.
enum class Origin : std::uint8_t { stated, derived, inferred };
[[nodiscard]] std::string_view to_string(Origin origin);

/// One thing known about a project.
struct Fact {
  FactKey key{};
  Origin origin = Origin::stated;
  Interval range;            ///< for all kinds but codes
  std::vector<Code> codes;   ///< for codes: the best reading first, without repeats
  bool approximate = false;  ///< 约, 左右
  bool codes_open = false;   ///< the text also held words that the list does not know, or ends in 等
  std::string text;          ///< the cell's own words
  std::string basis;         ///< what decided it: the word found, the rule, the header
  Place place;

  bool operator==(const Fact&) const = default;
};

/// The facts of one project, at most one for each key.
class Facts {
 public:
  /// Return the fact for a key, or nullptr when it is absent.
  [[nodiscard]] const Fact* find(FactKey key) const {
    const auto slot = slots_[static_cast<std::size_t>(key)];
    return slot == 0 ? nullptr : &facts_[slot - 1U];
  }
  [[nodiscard]] bool has(FactKey key) const { return find(key) != nullptr; }
  /// Put a fact in, replacing the one with the same key.
  void set(Fact fact);
  /// Put a fact in unless a fact of stronger or equal origin is there (stated > derived > inferred).
  void offer(Fact fact);
  void erase(FactKey key);
  [[nodiscard]] std::span<const Fact> all() const { return facts_; }

  bool operator==(const Facts&) const = default;

 private:
  std::vector<Fact> facts_;  // in key order
  std::array<std::uint8_t, kFactKeyCount> slots_{};
};

}  // namespace huoshui
