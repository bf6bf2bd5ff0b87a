/// Room rights. One register of the pledged assets of a whole list finds what is pledged twice.
/// Law: every pair shares a number or a parcel; every asset that shares one with an earlier asset is in a
/// pair; blanks, hyphens and letter case do not tell numbers apart. Example: `double_pledges(pledges)`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::rights {

/// One asset offered as security, of any room: carbon sinks too.
struct Pledge {
  std::string project;
  std::string kind;  ///< carbon_sink, livestock …
  std::string registry_number, unique_number, parcel;
};

enum class SharedKey : std::uint8_t { registry_number, unique_number, parcel };
[[nodiscard]] std::string_view to_string(SharedKey key);

struct DoublePledge {
  std::uint32_t first = 0, again = 0;  ///< places in the list; first is the earliest that has the key
  SharedKey key = SharedKey::registry_number;
  /// Two kinds on one parcel, e.g. forest tenure and its sink income: to be looked at, not refused.
  bool overlap_only = false;

  bool operator==(const DoublePledge&) const = default;
};

/// Return the pairs by `again`, then key. O(n log n).
[[nodiscard]] std::vector<DoublePledge> double_pledges(std::span<const Pledge> pledges);

}  // namespace huoshui::rights
