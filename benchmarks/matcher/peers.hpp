// What an expert would write without the library, on the flat columns of support/flat.hpp.
#pragma once

#include <span>

#include "support/flat.hpp"

namespace huoshui::bench {

/// Where the plain loop turns to the next product: after each code condition, or once after all four of them.
enum class Exits : std::uint8_t { each, merged };

/// Every product against every project, columns apart, the conditions that refuse most first.
class PlainLoop {
 public:
  PlainLoop(const FlatProducts& products, Exits exits);
  [[nodiscard]] FlatAnswer match(std::span<const FlatProject> projects, unsigned threads) const;

 private:
  const FlatProducts& products_;
  Exits exits_;
  // The terms that a project is first held against, one column each.
  std::array<std::vector<std::uint64_t>, 2> regions_, industries_;
  std::vector<std::uint16_t> borrowers_, securities_;
  std::vector<std::int32_t> amount_min_, amount_most_;
};

/// One list of products for each place, trade and borrower that occur together.
class PostingLists {
 public:
  explicit PostingLists(const FlatProducts& products);
  [[nodiscard]] FlatAnswer match(std::span<const FlatProject> projects, unsigned threads) const;
  [[nodiscard]] std::size_t entries() const { return rows_.size(); }

 private:
  const FlatProducts& products_;
  std::vector<std::uint32_t> ends_;  // list of key k stands at [ends_[k], ends_[k + 1])
  std::vector<std::uint32_t> rows_;
};

}  // namespace huoshui::bench
