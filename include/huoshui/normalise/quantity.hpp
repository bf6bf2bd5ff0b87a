/// Room normalise. Read the words of one cell as an amount, a length of time, an area, a rate, a date or a
/// count. Law: a value never differs from its text. What is unclear has no value and says why in a flag;
/// nothing is
///      guessed, nothing throws, and arithmetic is exact decimal text to checked int64.
/// Example: `parse_money("34996.46", {.header = "总投资（万元）"}).range.min` is 34'996'460'000 fen.
#pragma once

#include <cstdint>
#include <huoshui/core/date.hpp>
#include <huoshui/core/interval.hpp>
#include <huoshui/core/money.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// What a cell is read as. Base units: fen, months, thirds of m2, millionths per year, day numbers, pieces.
enum class QuantityKind : std::uint8_t { money, tenor, area, rate, date, count };
[[nodiscard]] std::string_view to_string(QuantityKind kind);

/// What a rate is measured from.
enum class RateBase : std::uint8_t { fixed, lpr_1y, lpr_5y, lpr, benchmark };
[[nodiscard]] std::string_view to_string(RateBase base);

/// The words in Quantity::flags. An asterisk marks those that always leave the cell without a value.
namespace quantity_flag {
inline constexpr std::string_view empty = "empty";  ///< * an empty token: 无, -, 待定, 面议
inline constexpr std::string_view same_as_above = "same_as_above";  ///< * 同上, 〃
inline constexpr std::string_view masked = "masked";                ///< * *元, (略), XX万元
inline constexpr std::string_view unreadable = "unreadable";        ///< * no such quantity in the text
inline constexpr std::string_view too_long = "too_long";            ///< * more than 4096 bytes; `text` is cut
inline constexpr std::string_view unit_unknown = "unit_unknown";    ///< * no unit anywhere; see `bare`
inline constexpr std::string_view unit_conflict = "unit_conflict";  ///< * the header names two units
inline constexpr std::string_view out_of_range = "out_of_range";    ///< * does not fit into int64 base units
inline constexpr std::string_view sub_fen = "sub_fen";              ///< * an amount finer than 0.01 yuan
inline constexpr std::string_view fuzzy = "fuzzy";  ///< * 几十万, 数千万, 上百万, 千万级, 两三百万
inline constexpr std::string_view range_reversed =
    "range_reversed";                                           ///< * 500-1亿: first end above the second
inline constexpr std::string_view unit_price = "unit_price";    ///< * 300元/亩, 每户5万元
inline constexpr std::string_view yearly_flow = "yearly_flow";  ///< * 1200万元/年, 年均1200万元
inline constexpr std::string_view periodic_flow = "periodic_flow";  ///< * per month, quarter or day
inline constexpr std::string_view not_money = "not_money";          ///< * 2000万件, 5万亩 in a money cell
inline constexpr std::string_view collection = "collection";        ///< * one figure for many projects
inline constexpr std::string_view multiple_values =
    "multiple_values";  ///< * several, none of them the main one
inline constexpr std::string_view composition =
    "composition";                                        ///< the cell is more than one amount; see `parts`
inline constexpr std::string_view remark = "remark";      ///< further words that do not touch the value
inline constexpr std::string_view negative = "negative";  ///< below zero
inline constexpr std::string_view no_need = "no_need";    ///< 0 in a need column
inline constexpr std::string_view foreign_currency =
    "foreign_currency";  ///< kept, not converted; see `currency`
inline constexpr std::string_view colloquial =
    "colloquial";  ///< 一万三, 三百五: last unit left out in speech
inline constexpr std::string_view rounded = "rounded";  ///< between two neighbouring base units
inline constexpr std::string_view renewal = "renewal";  ///< 1+2年: value is the first loan, part `total`
inline constexpr std::string_view credit_line = "credit_line";  ///< 授信3年，单笔1年: value is one loan
inline constexpr std::string_view revolving = "revolving";      ///< 随借随还, 循环
inline constexpr std::string_view term_word = "term_word";      ///< 短期, 中期, 长期 by 贷款通则
inline constexpr std::string_view build_period = "build_period";  ///< the words speak of 工期, 建设期
inline constexpr std::string_view date_span = "date_span";        ///< a length read from two dates
inline constexpr std::string_view is_date = "is_date";            ///< * 2025年 where a length is wanted
inline constexpr std::string_view volume = "volume";              ///< * 方, 立方米: m3, not m2
inline constexpr std::string_view unit_inexact = "unit_inexact";  ///< 英亩, 坪: no exact factor
inline constexpr std::string_view lpr = "lpr";  ///< floating; see `base`, `spread`, `multiplier`
inline constexpr std::string_view points_or_factor = "points_or_factor";  ///< * LPR+10%
inline constexpr std::string_view per_period_unknown =
    "per_period_unknown";                                           ///< * 5厘, 3.6‰ without 年/月/日
inline constexpr std::string_view simple_annual = "simple_annual";  ///< month x 12, day x 360, no compounding
inline constexpr std::string_view subsidy = "subsidy";  ///< 贴息; in `parts`, not taken off the rate
inline constexpr std::string_view fee = "fee";          ///< 手续费率, 担保费率; in `parts`
inline constexpr std::string_view all_in_cost = "all_in_cost";  ///< 综合融资成本: fees are inside
inline constexpr std::string_view scale_suspect =
    "scale_suspect";                                          ///< 0.0435 under （%）: kept, ask a person
inline constexpr std::string_view stage_word = "stage_word";  ///< * 已开工, 在建: belongs to stage
inline constexpr std::string_view excel_serial = "excel_serial";  ///< a day number of the 1900 system
inline constexpr std::string_view lost_zero = "lost_zero";        ///< * 2025.1: January, or October cut short
inline constexpr std::string_view no_such_day = "no_such_day";    ///< * 2025年2月30日
inline constexpr std::string_view year_unknown = "year_unknown";  ///< * 今年, 三季度 without a year
inline constexpr std::string_view open_end = "open_end";          ///< 至今, 起, 底前
inline constexpr std::string_view two_digit_year = "two_digit_year";  ///< 25年 read as 2025年
}  // namespace quantity_flag

/// One labelled figure inside a cell, such as 其中资本金3000万元. The label is the nearest words on its left.
struct Part {
  std::string label;
  Interval range;

  bool operator==(const Part&) const = default;
};

/// A cell as read.
struct Quantity {
  QuantityKind kind{};
  Interval range;  ///< base units; unbounded on both sides when has_value is false or the rate floats
  bool has_value = false;
  bool approximate = false;  ///< 约, 左右, 余, 多
  bool ambiguous = false;    ///< a person should look
  Currency currency = Currency::cny;
  std::vector<std::string> flags;  ///< words of quantity_flag
  std::vector<Part> parts;
  std::string text;       ///< the cell's own words
  std::string bare;       ///< the number alone, as exact decimal text, when its unit is unknown
  std::string unit;       ///< the unit word that decided: 万元, 年, 亩, %, 件
  std::string unit_from;  ///< cell, header, sub-header, sheet, format, or empty
  RateBase base = RateBase::fixed;
  Interval spread = Interval::exactly(0);  ///< millionths over the base, when base is not fixed
  std::int64_t multiplier = 1'000'000;     ///< of the base, in millionths: 上浮10% is 1'100'000
  std::int64_t days = 0;          ///< of a tenor given in days; 30 days count as a month for matching only
  std::int64_t grace_months = 0;  ///< 含宽限期2年

  [[nodiscard]] bool has_flag(std::string_view flag) const;
  bool operator==(const Quantity&) const = default;
};

/// What stands around a cell. Units: cell > header > sub_header > sheet_note > none.
struct QuantityContext {
  enum class Role : std::uint8_t { any, start, end, need };

  std::string_view header = {};
  std::string_view sub_header = {};
  std::string_view sheet_note = {};  ///< 单位：万元
  Role role = Role::any;  ///< start and end place 2025年6月; need looks for 融资, 缺口 and allows 0
  std::string_view number_format = {};  ///< of the spreadsheet cell; the text is then the stored number
};

[[nodiscard]] Quantity parse_money(std::string_view text, const QuantityContext& context = {});
/// Read a length in months. Days are kept in `days`; a length between two months is a range of one month.
[[nodiscard]] Quantity parse_tenor(std::string_view text, const QuantityContext& context = {});
[[nodiscard]] Quantity parse_area(std::string_view text, const QuantityContext& context = {});
/// Read a simple yearly rate, also shares such as 20% or 七成.
[[nodiscard]] Quantity parse_rate(std::string_view text, const QuantityContext& context = {});
/// Read a day, month, quarter, year or span as its interval of days; role start or end picks a side of one
/// period.
[[nodiscard]] Quantity parse_date_text(std::string_view text, const QuantityContext& context = {});
/// Read a number with its measure word, 3.5万羽. A number without one is a count as well.
[[nodiscard]] Quantity parse_count(std::string_view text, const QuantityContext& context = {});
[[nodiscard]] Quantity parse_quantity(QuantityKind kind, std::string_view text,
                                      const QuantityContext& context = {});

/// Return the yearly rate in millionths once the base rate is known; the range itself when it is fixed.
[[nodiscard]] Interval rate_at(const Quantity& rate, std::int64_t base_rate);

/// Turn full-width digits and `．，％（）：－＋／～` to ASCII, ㎡ to m², drop zero-width characters, trim.
[[nodiscard]] std::string clean_text(std::string_view text);
/// Tell whether a cell says nothing: blank, 无, /, -, 待定, 面议, N/A, #REF! and the like. `0` is a value.
[[nodiscard]] bool is_empty_token(std::string_view text);

/// A unit as named in a header.
struct Unit {
  std::string_view word = {};  ///< as in our tables, static
  std::int64_t factor = 0;     ///< base units in one
  Currency currency = Currency::cny;

  bool operator==(const Unit&) const = default;
};

/// Return the unit that a header, sub-header or sheet note names: 总投资（万元）, 单位：亿元, 期限/月,
/// 利率（%）. None when it names none, or two. `factor` is in base units; days are 0 months with word 天.
[[nodiscard]] std::optional<Unit> unit_in_header(QuantityKind kind, std::string_view header);

/// Say in one Chinese clause how a cell was read: 单元格写明“万元”；按1万元=10,000元换算.
[[nodiscard]] std::string explain_reading(const Quantity& quantity);

}  // namespace huoshui
