#include "engine/detail/rows.hpp"

#include <algorithm>
#include <bit>

// One binary serves every x86-64: the loader picks the version of the loop for the machine. Sanitizers cannot
// run the resolvers, so they take the portable loop.
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define HUOSHUI_FOR_EVERY_X86 __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define HUOSHUI_FOR_EVERY_X86
#endif

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

HUOSHUI_FOR_EVERY_X86
Counts intersect(std::span<const std::uint64_t* const> certain_rows,
                 std::span<const std::uint64_t* const> possible_rows, std::size_t blocks,
                 std::uint64_t* certain, std::uint64_t* possible) {
  Counts counts;
  for (std::size_t b = 0; b < blocks; ++b) {
    const std::size_t at = b * kBlockWords;
    std::uint64_t yes[kBlockWords], maybe[kBlockWords];
    for (std::size_t i = 0; i < kBlockWords; ++i) yes[i] = certain_rows[0][at + i];
    for (const auto* row : certain_rows.subspan(1)) {
      for (std::size_t i = 0; i < kBlockWords; ++i) yes[i] &= row[at + i];
    }
    for (std::size_t i = 0; i < kBlockWords; ++i) maybe[i] = possible_rows[0][at + i] & ~yes[i];
    for (const auto* row : possible_rows.subspan(1)) {
      for (std::size_t i = 0; i < kBlockWords; ++i) maybe[i] &= row[at + i];
    }
    std::uint32_t in_yes = 0, in_maybe = 0;
    for (std::size_t i = 0; i < kBlockWords; ++i) {
      certain[at + i] = yes[i];
      possible[at + i] = maybe[i];
      in_yes += static_cast<std::uint32_t>(std::popcount(yes[i]));
      in_maybe += static_cast<std::uint32_t>(std::popcount(maybe[i]));
    }
    counts.certain += in_yes;
    counts.possible += in_maybe;
  }
  return counts;
}

}  // namespace huoshui::engine
