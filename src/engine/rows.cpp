#include "engine/detail/rows.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace huoshui::engine {
namespace {

/// Eight words at a time, as each step of one chain waits for the one before.
std::uint64_t hash_of(std::span<const std::uint64_t> row) {
  std::array<std::uint64_t, kBlockWords> lanes{};
  for (std::size_t i = 0; i < row.size(); i += kBlockWords) {
    for (std::size_t lane = 0; lane < kBlockWords; ++lane)
      lanes[lane] = (std::rotl(lanes[lane], 23) ^ row[i + lane]) * 0x9FB21C651E98DF25U;
  }
  std::uint64_t hash = 0;
  for (const std::uint64_t lane : lanes) hash = mixed(lane, hash);
  return hash;
}

}  // namespace

// At least one block, so that the rows of an empty catalogue are rows too.
Rows::Rows(std::size_t products) : blocks_(std::max<std::size_t>(1, (products + 511) / 512)) {
  std::vector<std::uint64_t> row(words(), 0);
  keep(row);  // kNobody
  for (std::size_t n = 0; n < products; n += 64)
    row[n / 64] = products - n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (products - n)) - 1;
  keep(row);                           // kEverybody
  if (products == 0) pool_.resize(2);  // alike here, and nothing more will be kept
}

RowId Rows::keep(std::span<const std::uint64_t> row) {
  const auto is = [&](RowId id) { return std::equal(row.begin(), row.end(), (*this)[id]); };
  if (ids_.size() != 0 && is(last_)) return last_;  // neighbours are often alike
  const RowId id = ids_.number(hash_of(row), is);
  last_ = id;
  if (id * blocks_ == pool_.size()) {
    pool_.resize(pool_.size() + blocks_);
    std::copy(row.begin(), row.end(), pool_[id * blocks_].words);
  }
  return id;
}

}  // namespace huoshui::engine
