/// Room core. Money is whole fen (0.01 yuan) of one currency; no double ever touches an amount.
/// Law: currencies never mix; sums are checked; 万元 is read as decimal text, exactly.
/// Example: `Money::from_wan(150)`, `format_money(fen)` prints `1,500万元`.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <huoshui/core/interval.hpp>
#include <string>
#include <string_view>

namespace huoshui {

enum class Currency : std::uint8_t { cny, usd, hkd, eur, other };
[[nodiscard]] std::string_view to_string(Currency currency);

inline constexpr std::int64_t kFenPerYuan = 100;
inline constexpr std::int64_t kFenPerWan = 1'000'000;
inline constexpr std::int64_t kFenPerYi = 10'000'000'000;

/// An exact amount.
struct Money {
  std::int64_t fen = 0;
  Currency currency = Currency::cny;

  // Whole numbers only: 1.5 does not compile instead of being cut to 1.
  [[nodiscard]] static constexpr Money from_fen(std::integral auto fen) {
    return {static_cast<std::int64_t>(fen), Currency::cny};
  }
  [[nodiscard]] static constexpr Money from_yuan(std::integral auto yuan) {
    return {static_cast<std::int64_t>(yuan) * kFenPerYuan, Currency::cny};
  }
  [[nodiscard]] static constexpr Money from_wan(std::integral auto wan) {
    return {static_cast<std::int64_t>(wan) * kFenPerWan, Currency::cny};
  }

  bool operator==(const Money&) const = default;
};

/// Add two amounts. @throws ContractError when the currencies differ or the sum does not fit.
[[nodiscard]] Money add(Money a, Money b);

/// Print fen as people write it: 亿元 from one 亿 up, else 万元, else 元; exact, trailing zeros dropped.
[[nodiscard]] std::string format_money(std::int64_t fen);
[[nodiscard]] std::string format_money(Interval fen);

}  // namespace huoshui
