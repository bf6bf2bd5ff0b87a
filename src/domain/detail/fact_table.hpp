// The facts of one project found by key without a copy: pointers to the given facts and to the derived ones.
#pragma once

#include <array>
#include <huoshui/domain/fact.hpp>

namespace huoshui::detail {

class FactTable {
 public:
  [[nodiscard]] const Fact* find(FactKey key) const { return by_key_[static_cast<std::size_t>(key)]; }
  void put(const Fact& fact) { by_key_[static_cast<std::size_t>(fact.key)] = &fact; }
  void clear() { by_key_.fill(nullptr); }

 private:
  std::array<const Fact*, kFactKeyCount> by_key_{};
};

}  // namespace huoshui::detail
