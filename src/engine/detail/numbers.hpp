// Gives equal things one number, counted from 0 in the order in which they are first seen.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace huoshui::engine {

/// Spread a value, so that its low bits tell it from others; chained for longer things.
constexpr std::uint64_t mixed(std::uint64_t value, std::uint64_t before = 0) {
  const std::uint64_t hash = (std::rotl(before, 29) ^ value) * 0x9FB21C651E98DF25U;
  return hash ^ hash >> 32;
}

/// The things themselves stand elsewhere, by number.
class Numbers {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  /// Return the number with this hash that `same(number)` accepts, else the next one: size() as it was.
  template <typename Same>
  std::uint32_t number(std::uint64_t hash, const Same& same) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at].number != kNone; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash == static_cast<std::uint32_t>(hash) && same(slots_[at].number))
        return slots_[at].number;
    }
    slots_[at] = {static_cast<std::uint32_t>(hash), size_};
    return size_++;
  }
  /// Return the number with this hash that `same(number)` accepts, else kNone.
  template <typename Same>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, const Same& same) const {
    if (slots_.empty()) return kNone;
    for (std::size_t at = hash & (slots_.size() - 1); slots_[at].number != kNone;
         at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash == static_cast<std::uint32_t>(hash) && same(slots_[at].number))
        return slots_[at].number;
    }
    return kNone;
  }
  /// Put new_number[number] in the place of every number.
  void renumber(const std::vector<std::uint32_t>& new_number) {
    for (auto& slot : slots_) {
      if (slot.number != kNone) slot.number = new_number[slot.number];
    }
  }
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return slots_.size() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint32_t hash = 0, number = kNone;
  };
  void grow() {
    constexpr std::size_t kFirst = 16;
    std::vector<Slot> old(slots_.empty() ? kFirst : 2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number == kNone) continue;
      std::size_t at = slot.hash & (slots_.size() - 1);
      while (slots_[at].number != kNone) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }
  std::vector<Slot> slots_;  // open addressing
  std::uint32_t size_ = 0;
};

/// Numbers for whole numbers.
class NumberedValues {
 public:
  std::uint32_t number(std::int64_t value) {
    const std::uint32_t number = numbers_.number(mixed(static_cast<std::uint64_t>(value)),
                                                 [&](std::uint32_t n) { return values_[n] == value; });
    if (number == values_.size()) values_.push_back(value);
    return number;
  }
  [[nodiscard]] const std::vector<std::int64_t>& values() const { return values_; }

 private:
  Numbers numbers_;
  std::vector<std::int64_t> values_;
};

}  // namespace huoshui::engine
