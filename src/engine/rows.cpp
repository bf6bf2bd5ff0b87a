#include "engine/detail/rows.hpp"

#include <algorithm>
#include <bit>

namespace huoshui::engine {

Rows::Rows(std::size_t products) : blocks_((products + 511) / 512) {
  std::vector<std::uint64_t> row(words(), 0);
  keep(row);  // kNobody
  for (std::uint32_t n = 0; n < products; ++n) set_bit(row.data(), n);
  keep(row);  // kEverybody
}

RowId Rows::keep(std::span<const std::uint64_t> row) {
  if (blocks_ == 0) return kNobody;
  std::uint64_t hash = 0x9E3779B97F4A7C15U;
  for (const std::uint64_t word : row) hash = (std::rotl(hash, 23) ^ word) * 0x9FB21C651E98DF25U;
  const auto [first, last] = by_hash_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    if (std::equal(row.begin(), row.end(), (*this)[it->second])) return it->second;
  }
  const auto id = static_cast<RowId>(pool_.size() / blocks_);
  pool_.resize(pool_.size() + blocks_);
  std::copy(row.begin(), row.end(), pool_[id * blocks_].words);
  by_hash_.emplace(hash, id);
  return id;
}

}  // namespace huoshui::engine
