/// Room supply_chain. The shape of a chain: claims pledged twice, circles of trade, tiers below the anchors.
/// Law: two claims that share a document, however indirectly, are one asset; parties in a circle are one
/// component, whose members count only what is left after set-off. Example:
/// `shape_of(chain).double_pledges.front()` lists the rows of claims on one invoice.
#pragma once

#include <cstdint>
#include <huoshui/supply_chain/chain.hpp>
#include <vector>

namespace huoshui::supply_chain {

inline constexpr std::uint32_t kNoTier = 0xFFFFFFFFU;

struct Shape {
  std::vector<std::uint32_t> component;  ///< by party; a buyer's number is not below its sellers'
  std::uint32_t component_count = 0;
  std::vector<std::vector<std::uint32_t>> circles;         ///< parties of each component of two or more
  std::vector<std::vector<std::uint32_t>> double_pledges;  ///< claims of each asset that stands twice or more
  std::vector<std::uint32_t> asset;  ///< by claim: its place in double_pledges, or kNoRow
  /// By claim inside a circle, fen: what is set off against the holder's own debts to that circle, the
  /// earliest due first.
  std::vector<std::int64_t> set_off;
  /// By party: a debt inside the circle has no amount, so the set-off is not known.
  std::vector<char> set_off_open;

  bool operator==(const Shape&) const = default;
};

/// Read the shape. O(parties + claims), but for sorting documents.
[[nodiscard]] Shape shape_of(const Chain& chain);

/// Return a document number as it is compared: ASCII letters in upper case, blanks dropped.
[[nodiscard]] std::string document_key(std::string_view document);

}  // namespace huoshui::supply_chain
