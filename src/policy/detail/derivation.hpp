// Derivation of values alone, for whoever derives for many projects and shows none of the words.
#pragma once

#include <cstdint>
#include <functional>
#include <huoshui/policy/policy.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/detail/fact_table.hpp"

namespace huoshui::policy_detail {

/// What the policy says of one trade code by itself.
struct TradeReading {
  bool capital_known = true;  // false: the row of a sector is not in force
  std::int64_t capital_min = 0, capital_max = 0;
  bool relief_inside = false, relief_touched = false;
  bool farm = false, green = false;
};

/// Rows already looked up and read. Belongs to one policy and one thread.
class DerivationMemory {
 public:
  struct Row {
    const Parameter* parameter = nullptr;
    std::optional<std::int64_t> millionths, fen;
  };
  const Row& row(const Policy& policy, std::string_view series);
  const TradeReading& trade(const Policy& policy, const std::string& code);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Row, Hash, std::equal_to<>> rows_;
  std::unordered_map<std::string, TradeReading, Hash, std::equal_to<>> trades_;
};

/// Put the given facts and what follows from them into `table`; the derived ones live in `derived`. Law: the
/// keys, ranges, codes and origins of derive_facts; no words, no places.
void derive_values(const Facts& given, const Policy& policy, DerivationMemory& memory,
                   detail::FactTable& table, std::vector<Fact>& derived);

}  // namespace huoshui::policy_detail
