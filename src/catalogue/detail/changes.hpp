// What an updated catalogue has in common with its base, the last one that was compiled whole or that became
// its own base. Law: base rows that are not gone and current rows that are not fresh are the same products in
// the same order.
//
//   base      A  B  C  D        gone   {1}       B was replaced
//   current   A  B' C  CC D     fresh  {1, 3}    B' and the new CC
#pragma once

#include <algorithm>
#include <huoshui/catalogue/catalogue.hpp>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace huoshui::detail {

class CatalogueChanges {
 public:
  explicit CatalogueChanges(Catalogue base) : base_(std::move(base)) {}

  /// The base. It has no base itself.
  [[nodiscard]] const Catalogue& base() const { return base_; }
  /// Base rows that are no longer valid, replaced or removed, ascending.
  [[nodiscard]] std::span<const std::uint32_t> gone() const { return gone_; }
  /// Current rows that the base does not have, ascending.
  [[nodiscard]] std::span<const std::uint32_t> fresh() const { return fresh_; }
  /// For each fresh row the number of its product, counted from the base on in the order in which they came.
  /// A product keeps its number; one that takes its place gets another.
  [[nodiscard]] std::span<const std::uint32_t> arrivals() const { return arrivals_; }
  /// The number that the next product will get.
  [[nodiscard]] std::uint32_t next_arrival() const { return next_arrival_; }
  /// What the engine made of the last catalogue on the way from the base that was asked; null when none was.
  std::shared_ptr<const void> compiled_before;

  /// Return where a base row stands now, or nothing when it is gone. O(log changes).
  [[nodiscard]] std::optional<ProductRow> row_now(ProductRow base) const {
    return other_row(static_cast<std::uint32_t>(base), gone_, fresh_);
  }
  /// Return where a current row stood in the base, or nothing when it is fresh. O(log changes).
  [[nodiscard]] std::optional<ProductRow> row_before(ProductRow now) const {
    return other_row(static_cast<std::uint32_t>(now), fresh_, gone_);
  }

  // The steps of an update; rows are current ones.
  void replace(std::uint32_t row) {
    const auto at = std::lower_bound(fresh_.begin(), fresh_.end(), row);
    if (at != fresh_.end() && *at == row) {
      arrivals_[static_cast<std::size_t>(at - fresh_.begin())] = next_arrival_++;
      return;
    }
    put_gone(row);
    put_fresh(row);
  }
  void insert(std::uint32_t row) {
    for (auto at = std::lower_bound(fresh_.begin(), fresh_.end(), row); at != fresh_.end(); ++at) ++*at;
    put_fresh(row);
  }
  void remove(std::uint32_t row) {
    auto at = std::lower_bound(fresh_.begin(), fresh_.end(), row);
    if (at != fresh_.end() && *at == row) {
      arrivals_.erase(arrivals_.begin() + (at - fresh_.begin()));
      at = fresh_.erase(at);
    } else {
      put_gone(row);
    }
    for (; at != fresh_.end(); ++at) --*at;
  }

  /// Tell whether a next change is better answered by a new base: more than max(64, N / 16) rows differ.
  [[nodiscard]] bool are_many() const {
    return std::max(gone_.size(), fresh_.size()) > std::max<std::size_t>(64, base_.size() / 16);
  }

 private:
  /// A current row that is not fresh will be the base's no more.
  void put_gone(std::uint32_t row) {
    const auto before = static_cast<std::uint32_t>(*row_before(ProductRow{row}));
    gone_.insert(std::lower_bound(gone_.begin(), gone_.end(), before), before);
  }
  void put_fresh(std::uint32_t row) {
    const auto at = std::lower_bound(fresh_.begin(), fresh_.end(), row);
    arrivals_.insert(arrivals_.begin() + (at - fresh_.begin()), next_arrival_++);
    fresh_.insert(at, row);
  }
  /// `leaving` are rows of the side of `row` that the other side lacks; `joining` the other side's own.
  static std::optional<ProductRow> other_row(std::uint32_t row, std::span<const std::uint32_t> leaving,
                                             std::span<const std::uint32_t> joining) {
    const auto at = std::lower_bound(leaving.begin(), leaving.end(), row);
    if (at != leaving.end() && *at == row) return std::nullopt;
    const auto rank = row - static_cast<std::uint32_t>(at - leaving.begin());  // among the common ones
    // Before the common row of that rank stand those joining rows j_i with j_i - i <= rank.
    std::size_t low = 0, high = joining.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (joining[middle] - middle <= rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return ProductRow{rank + static_cast<std::uint32_t>(low)};
  }

  Catalogue base_;
  std::vector<std::uint32_t> gone_, fresh_, arrivals_;
  std::uint32_t next_arrival_ = 0;
};

/// Return what changed since the base that a catalogue was updated from; nullptr when it is its own base.
/// Lives as long as any copy of the catalogue.
[[nodiscard]] const CatalogueChanges* changes_of(const Catalogue& catalogue);

}  // namespace huoshui::detail
