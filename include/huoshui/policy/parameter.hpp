/// Room policy. A Parameter is one dated, cited figure or sentence of a regulation: one row of a policy pack.
/// Law: a row is valid at birth; numbers are exact decimals in base units (fen, months, millionths), never
/// doubles; an accessor that does not fit the row's unit answers nothing. Example:
/// `policy.find("fixed_asset_loan.tenor_general_max_years")->months()` is 120.
#pragma once

#include <cstdint>
#include <huoshui/core/date.hpp>
#include <huoshui/core/interval.hpp>
#include <huoshui/domain/confidence.hpp>
#include <huoshui/domain/rule.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace huoshui {

/// How a row acts. A gap row says that nothing is known between two others; it is never in force.
enum class ActsAs : std::uint8_t {
  gate,        ///< yes or no
  cap,         ///< a number that may not be passed
  advice,      ///< 原则上, 一般
  preference,  ///< moves points only
  formula,
  classification,  ///< written `class` in a pack
  process,
  haircut,
  monitor,  ///< of an institution, not of one loan
  target,
  reference,
  info,
  gap,
};
[[nodiscard]] std::string_view to_string(ActsAs acts_as);

/// What the value is, decided by the first word of the unit.
enum class ParameterKind : std::uint8_t {
  money,    ///< yuan, wan_yuan
  months,   ///< years, months
  days,     ///< days, workdays
  ratio,    ///< percent, points, ratio
  number,   ///< count, times, square_metres, tonnes
  boolean,  ///< boolean: true or false
  date,     ///< date
  range,    ///< `range` and one of the units above: 18-65
  text,     ///< list, rule, text, formula
};
[[nodiscard]] std::string_view to_string(ParameterKind kind);

/// One row of a policy pack.
struct Parameter {
  std::string series;  ///< the versions of one rule share it
  std::string key;     ///< this version
  std::string value;
  std::string unit;  ///< its first word decides the kind; the rest says per what
  std::string applies_to;
  std::optional<Date> from;  ///< absent: start unknown, in force for as long as the pack looks back
  std::optional<Date> to;    ///< last day in force; absent: open
  std::string instrument_name;
  std::string issuer;
  std::string document;
  std::string clause;
  Confidence confidence = Confidence::high;  ///< low rows are off unless PolicyOptions turns them on
  ActsAs acts_as = ActsAs::info;
  std::string note;
  std::string file;
  std::uint32_t row = 0;  ///< in the pack's file, the header being row 1

  [[nodiscard]] ParameterKind kind() const;
  /// Money in fen.
  [[nodiscard]] std::optional<std::int64_t> fen() const;
  [[nodiscard]] std::optional<std::int64_t> months() const;
  [[nodiscard]] std::optional<std::int64_t> days() const;
  /// A ratio, or a number that is not a whole one, in millionths: 2.5 percent is 25000.
  [[nodiscard]] std::optional<std::int64_t> millionths() const;
  /// A whole number.
  [[nodiscard]] std::optional<std::int64_t> count() const;
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<Date> date() const;
  /// Both ends of a range in the base unit of its second word.
  [[nodiscard]] std::optional<Interval> range() const;

  [[nodiscard]] bool covers(Date day) const { return (!from || *from <= day) && (!to || day <= *to); }
  [[nodiscard]] Citation citation() const;

  bool operator==(const Parameter&) const = default;
};

}  // namespace huoshui
