#include "policy/detail/units.hpp"

namespace huoshui::policy_detail {
namespace {

constexpr struct {
  std::string_view word;
  Unit unit;
} kUnits[] = {
    {"yuan", {ParameterKind::money, 100}},
    {"wan_yuan", {ParameterKind::money, 1'000'000}},
    {"years", {ParameterKind::months, 12}},
    {"months", {ParameterKind::months, 1}},
    {"days", {ParameterKind::days, 1}},
    {"workdays", {ParameterKind::days, 1}},
    {"percent", {ParameterKind::ratio, 10'000}},
    {"points", {ParameterKind::ratio, 10'000}},
    {"ratio", {ParameterKind::ratio, kMillion}},
    {"count", {ParameterKind::number, kMillion}},
    {"times", {ParameterKind::number, kMillion}},
    {"square_metres", {ParameterKind::number, kMillion}},
    {"tonnes", {ParameterKind::number, kMillion}},
    {"boolean", {ParameterKind::boolean, 0}},
    {"date", {ParameterKind::date, 0}},
    {"list", {ParameterKind::text, 0}},
    {"rule", {ParameterKind::text, 0}},
    {"text", {ParameterKind::text, 0}},
    {"formula", {ParameterKind::text, 0}},
};

}  // namespace

std::optional<Unit> unit_of(std::string_view unit) {
  const auto first = unit.substr(0, unit.find_first_of(" ,"));
  if (first == "range" && unit.size() > first.size()) {
    const auto inner = unit_of(unit.substr(first.size() + 1));
    if (!inner || inner->base == 0) return std::nullopt;
    return Unit{ParameterKind::range, inner->base};
  }
  for (const auto& known : kUnits) {
    if (known.word == first) return known.unit;
  }
  return std::nullopt;
}

std::optional<std::int64_t> exact(std::string_view text, std::int64_t base) {
  bool negative = false;
  if (text.starts_with('-')) {
    negative = true;
    text.remove_prefix(1);
  }
  std::int64_t mantissa = 0, scale = 1;
  bool digits = false, point = false;
  for (const char c : text) {
    if (c == '.' && !point && digits) {
      point = true;
      digits = false;  // at least one must follow
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    digits = true;
    if (__builtin_mul_overflow(mantissa, std::int64_t{10}, &mantissa) ||
        __builtin_add_overflow(mantissa, std::int64_t{c - '0'}, &mantissa)) {
      return std::nullopt;
    }
    if (point && __builtin_mul_overflow(scale, std::int64_t{10}, &scale)) return std::nullopt;
  }
  if (!digits || __builtin_mul_overflow(mantissa, base, &mantissa) || mantissa % scale != 0)
    return std::nullopt;
  const std::int64_t whole = mantissa / scale;
  return negative ? -whole : whole;
}

std::optional<Interval> exact_range(std::string_view text, std::int64_t base) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto low = exact(text.substr(0, dash), base);
  const auto high = exact(text.substr(dash + 1), base);
  if (!low || !high || *low > *high || *low < 0) return std::nullopt;
  return Interval{*low, *high};
}

}  // namespace huoshui::policy_detail
