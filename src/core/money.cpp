#include <huoshui/core/money.hpp>
#include <huoshui/core/result.hpp>

namespace huoshui {
namespace {

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

/// Print fen / unit exactly, trailing zeros dropped.
std::string decimal(std::int64_t fen, std::int64_t unit) {
  const bool negative = fen < 0;
  const auto magnitude = negative ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  const auto whole_unit = static_cast<std::uint64_t>(unit);
  std::string out = (negative ? "-" : "") + grouped(magnitude / whole_unit);
  std::string fraction = std::to_string(whole_unit + magnitude % whole_unit).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? out : out + "." + fraction;
}

}  // namespace

std::string_view to_string(Currency currency) {
  switch (currency) {
    case Currency::cny:
      return "CNY";
    case Currency::usd:
      return "USD";
    case Currency::hkd:
      return "HKD";
    case Currency::eur:
      return "EUR";
    case Currency::other:
      return "other";
  }
  return "";
}

Money add(Money a, Money b) {
  if (a.currency != b.currency) throw ContractError("cannot add amounts in two currencies");
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.fen, b.fen, &sum)) throw ContractError("the sum of two amounts does not fit");
  return {sum, a.currency};
}

std::string format_money(std::int64_t fen) {
  const auto magnitude = fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  if (magnitude >= static_cast<std::uint64_t>(kFenPerYi)) return decimal(fen, kFenPerYi) + "亿元";
  if (magnitude >= static_cast<std::uint64_t>(kFenPerWan)) return decimal(fen, kFenPerWan) + "万元";
  return decimal(fen, kFenPerYuan) + "元";
}

std::string format_money(Interval fen) {
  if (fen.is_point()) return format_money(fen.min);
  if (!fen.has_min() && !fen.has_max()) return "未披露";
  if (!fen.has_min()) return "不超过" + format_money(fen.max);
  if (!fen.has_max()) return format_money(fen.min) + "以上";
  return format_money(fen.min) + "至" + format_money(fen.max);
}

}  // namespace huoshui
