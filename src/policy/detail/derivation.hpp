// Derivation of values alone, for whoever derives for many projects and shows none of the words.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <huoshui/domain/condition.hpp>
#include <huoshui/policy/policy.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/detail/fact_table.hpp"
#include "policy/detail/code_cache.hpp"

namespace huoshui::policy_detail {

/// A row in force and its number, read once.
struct Row {
  const Parameter* parameter = nullptr;
  std::optional<std::int64_t> millionths, fen;
};

/// The rows that derivation asks for by name.
struct DerivationRows {
  Row capital_default, capital_relief;
  Row rural_area, farm_household, urban_enterprise, rural_enterprise;
  Row household_limit, single_limit;  // of 普惠小微
};

/// What the policy says of one trade, or of all trades of a project together.
struct TradeReading {
  std::int64_t capital_min = Interval::kNoMax, capital_max = Interval::kNoMin;
  std::uint32_t size_series = 0;  // a bit for each series of the size classes, numbered by the memory
  bool capital_known = true;      // false: the row of a sector is not in force
  bool relief_inside = true, relief_touched = false;
  bool farm = true, green = true;

  /// Add another trade of the same project.
  void join(const TradeReading& other);
};

/// The lists that hold a word for borrowers, one bit each.
struct BorrowerLists {
  static constexpr std::uint16_t government = 1, bound = 2, free = 4, private_firm = 8, farm_household = 16,
                                 sole_trader = 32, organisation = 64, no_size_class = 128, small_micro = 256;
};

/// The least number of each class above micro: small, medium, large.
using SizeLimits = std::array<std::int64_t, 3>;
/// By employees, revenue, assets.
using SizeStandard = std::array<std::optional<SizeLimits>, 3>;
inline constexpr std::uint32_t kNoStandard = 0x8000'0000U;  // bit of trades that the standard leaves out

/// The series that a trade code stands for: those of its longest prefix and all below it. `fallback` stands
/// for codes outside the table.
struct Trade;
[[nodiscard]] std::vector<std::string_view> series_of(std::string_view code, std::span<const Trade> table,
                                                      std::string_view fallback);

/// Rows already looked up and codes already read. Belongs to one policy and one thread.
class DerivationMemory {
 public:
  /// Remember about so many trades, a power of two from 2 on. Words and places are few, or soon read again.
  explicit DerivationMemory(std::size_t trades = 1024)
      : trades_(trades),
        borrowers_(std::min<std::size_t>(trades, 64)),
        places_(std::min<std::size_t>(trades, 256)) {}

  [[nodiscard]] const DerivationRows& rows(const Policy& policy);
  [[nodiscard]] TradeReading trade(const Policy& policy, std::string_view code);
  /// Bits of BorrowerLists.
  [[nodiscard]] std::uint16_t borrower(std::string_view code);
  /// Whether a region is rural, as far as its code tells.
  [[nodiscard]] Truth rural(const Policy& policy, std::string_view code);
  /// The standard of the series of bit `1 << series`.
  [[nodiscard]] const SizeStandard& size_standard(const Policy& policy, std::size_t series);

 private:
  [[nodiscard]] std::optional<std::int64_t> capital_minimum(const Policy& policy, std::string_view series);
  [[nodiscard]] std::size_t size_series(std::string_view series);

  std::optional<DerivationRows> rows_;
  std::vector<std::pair<std::string_view, std::optional<std::int64_t>>> minima_;  // by sector
  std::vector<std::pair<std::string_view, std::optional<SizeStandard>>> standards_;
  CodeCache<TradeReading> trades_;
  CodeCache<std::uint16_t> borrowers_;
  CodeCache<Truth> places_;
};

/// Put the given facts and what follows from them into `table`; the derived ones live in `derived`, which is
/// kept from project to project and holds older ones too. Law: the table has the keys, ranges, codes and
/// origins of derive_facts; no words, no places.
void derive_values(const Facts& given, const Policy& policy, DerivationMemory& memory,
                   detail::FactTable& table, std::vector<Fact>& derived);

}  // namespace huoshui::policy_detail
