/// Room policy. A PolicyPack is regulation as data; a Policy is the part of it in force on one day.
/// Law: inside a series two rows never overlap and leave no gap that is not a row itself; a series with no
/// row in force answers nothing, and rules that need it are not tested, never passed. Example:
/// `PolicyPack::bundled().at(parse_date("2024-02-04").value()).value().find("lpr.5y")`.
#pragma once

#include <huoshui/core/result.hpp>
#include <huoshui/policy/parameter.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace huoshui {

enum class LowConfidence : std::uint8_t { off, on };

struct PolicyOptions {
  LowConfidence low_confidence = LowConfidence::off;
};

/// Why a series has no row in force. The enumerators are the words printed in JSON.
enum class Dormancy : std::uint8_t {
  not_yet,         ///< its first row begins later: no such rule existed on the day
  ended,           ///< its last row ended earlier
  unknown,         ///< the day falls into a gap row
  low_confidence,  ///< the row of the day is off
};
[[nodiscard]] std::string_view to_string(Dormancy dormancy);

/// The nearest row of a series that has none in force, to be cited.
struct DormantSeries {
  Parameter nearest;
  Dormancy reason{};
};

/// What was in force on one day. Cheap to copy; immutable.
class Policy {
 public:
  [[nodiscard]] Date date() const;
  /// The days that the pack covers.
  [[nodiscard]] Date first_day() const;
  [[nodiscard]] Date last_day() const;
  [[nodiscard]] PolicyOptions options() const;
  /// Return the row of a series in force on the day, or nullptr. Lives as long as any copy of this policy.
  [[nodiscard]] const Parameter* find(std::string_view series) const;
  /// Return why a series that the pack knows has no row in force, or nullptr.
  [[nodiscard]] const DormantSeries* find_dormant(std::string_view series) const;
  /// All rows in force, by series.
  [[nodiscard]] std::span<const Parameter> in_force() const;

 private:
  friend class PolicyPack;
  struct State;
  explicit Policy(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

/// Dated rows, checked.
class PolicyPack {
 public:
  /// The pack that comes with the library. Parsed once, on first use.
  [[nodiscard]] static const PolicyPack& bundled();
  /// Read a pack. Errors name every faulty row: policy_row, policy_overlap, policy_gap, missing_column,
  /// file_empty. `file` is the name that issues print.
  [[nodiscard]] static Result<PolicyPack> parse(std::string_view csv, std::string_view file);

  /// Lay a user's pack over this one: a series that the user's pack holds replaces ours whole.
  [[nodiscard]] Result<PolicyPack> overlaid_with(const PolicyPack& user) const;

  /// Return what was in force on a day. Errors with date_outside_policy, naming the days covered.
  [[nodiscard]] Result<Policy> at(Date day, PolicyOptions options = {}) const;

  /// First day: the row `pack.first_day`, else the oldest start of a gate, else of any row.
  [[nodiscard]] Date first_day() const { return first_day_; }
  /// Last day: the row `pack.last_day`, else twelve months after the latest day that any row names.
  [[nodiscard]] Date last_day() const { return last_day_; }
  /// All rows, by series and start.
  [[nodiscard]] std::span<const Parameter> rows() const { return rows_; }
  [[nodiscard]] std::size_t series_count() const;

 private:
  explicit PolicyPack(std::vector<Parameter> rows);
  std::vector<Parameter> rows_;
  Date first_day_;
  Date last_day_;
};

}  // namespace huoshui
