// Bitmaps over the products of a catalogue, one bit a product, in blocks of 512; equal rows are kept once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/detail/numbers.hpp"

namespace huoshui::engine {

inline constexpr std::size_t kBlockWords = 8;
struct alignas(64) Block {
  std::uint64_t words[kBlockWords] = {};
};

using RowId = std::uint32_t;
inline constexpr RowId kNobody = 0, kEverybody = 1;

inline bool has_bit(const std::uint64_t* row, std::uint32_t n) { return (row[n / 64] >> (n % 64) & 1U) != 0; }
inline void set_bit(std::uint64_t* row, std::uint32_t n) { row[n / 64] |= std::uint64_t{1} << (n % 64); }
inline void clear_bit(std::uint64_t* row, std::uint32_t n) { row[n / 64] &= ~(std::uint64_t{1} << (n % 64)); }

class Rows {
 public:
  explicit Rows(std::size_t products);

  [[nodiscard]] std::size_t blocks() const { return blocks_; }
  [[nodiscard]] std::size_t words() const { return blocks_ * kBlockWords; }
  /// Lasts until the next keep().
  [[nodiscard]] const std::uint64_t* operator[](RowId row) const { return pool_[row * blocks_].words; }
  /// Keep a row and return its id; an equal one that is there already is used again.
  RowId keep(std::span<const std::uint64_t> row);
  [[nodiscard]] std::size_t bytes() const { return pool_.size() * sizeof(Block); }

 private:
  std::size_t blocks_;
  std::vector<Block> pool_;
  Numbers ids_;
  RowId last_ = kNobody;  // kept
};

}  // namespace huoshui::engine
