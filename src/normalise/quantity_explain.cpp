#include <array>
#include <normalise/detail/quantity.hpp>

namespace huoshui {
namespace {

std::string quoted(std::string_view word) { return "“" + std::string(word) + "”"; }

std::string grouped(std::int64_t value) {
  std::string digits = std::to_string(value);
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

/// Why a cell has no value, in words. Order matters: the first flag present speaks.
std::string_view reason(const Quantity& quantity) {
  struct Reason {
    std::string_view flag;
    std::string_view words;
  };
  static constexpr auto kReasons = std::to_array<Reason>({
      {quantity_flag::empty, "单元格为空或写明没有、待定，按没有填写处理"},
      {quantity_flag::same_as_above, "写的是“同上”，要由上一行补出"},
      {quantity_flag::masked, "数字被遮盖，读不出"},
      {quantity_flag::too_long, "文字过长，不像一个数，未读取"},
      {quantity_flag::out_of_range, "数字太大，超出可存范围，未取值"},
      {quantity_flag::sub_fen, "金额小于一分，未取值"},
      {quantity_flag::fuzzy, "写法模糊（如几十万、数千万），不换算成一个数"},
      {quantity_flag::range_reversed, "区间前大后小，未取值"},
      {quantity_flag::unit_price, "是单价，不是总额，未取值"},
      {quantity_flag::yearly_flow, "是每年的数额，不是总额，未取值"},
      {quantity_flag::periodic_flow, "是每月、每季或每日的数额，不是总额，未取值"},
      {quantity_flag::not_money, "数字后面不是金额单位，未取值"},
      {quantity_flag::collection, "一个数管多个项目，不摊到各行，未取值"},
      {quantity_flag::multiple_values, "有多个数，分不出以哪个为准，未取值"},
      {quantity_flag::unit_conflict, "表头写了不止一种单位，未取值"},
      {quantity_flag::volume, "是体积（立方米），不是面积，未取值"},
      {quantity_flag::unit_unknown, "单元格、表头和表注都没有单位，未换算"},
      {quantity_flag::points_or_factor, "分不清是加百分点还是按比例上浮，未取值"},
      {quantity_flag::per_period_unknown, "没有写明按年、按月还是按日，未换算"},
      {quantity_flag::lost_zero, "可能是1月，也可能是丢了末尾0的10月，未取值"},
      {quantity_flag::no_such_day, "没有这一天，未取值"},
      {quantity_flag::year_unknown, "没有写明年份，未取值"},
      {quantity_flag::stage_word, "是项目阶段，不是日期"},
      {quantity_flag::is_date, "是年份，不是期限，未取值"},
      {quantity_flag::revolving, "随借随还或循环使用，没有固定期限"},
      {quantity_flag::subsidy, "只写了贴息，没有利率"},
      {quantity_flag::fee, "只写了费率，没有利率"},
      {quantity_flag::foreign_currency, "币种不明，未取值"},
      {quantity_flag::negative, "括号里的数可能是负数，未取值"},
      {quantity_flag::composition, "文字里夹有金额，但整格不是一个数，未取值"},
  });
  for (const Reason& entry : kReasons) {
    if (quantity.has_flag(entry.flag)) return entry.words;
  }
  if (quantity.grace_months != 0) return "只写了宽限期，没有总期限";
  return "读不出所要的数，未取值";
}

std::string_view place_of(std::string_view from) {
  if (from == "header") return "单元格没有单位，取表头";
  if (from == "sub-header") return "单元格没有单位，取副表头";
  if (from == "sheet") return "单元格没有单位，取表注";
  if (from == "format") return "单元格没有单位，取数字格式";
  return "单元格写明";
}

std::string conversion(const Quantity& quantity) {
  const QuantityKind kind = quantity.kind;
  if (kind == QuantityKind::money) {
    const std::optional<Unit> unit = unit_in_header(kind, "(" + quantity.unit + ")");
    if (!unit || unit->factor <= kFenPerYuan) return {};
    return "按1" + quantity.unit + "=" + grouped(unit->factor / kFenPerYuan) + "元换算";
  }
  if (kind == QuantityKind::area) {
    const std::optional<Unit> unit = unit_in_header(kind, "(" + quantity.unit + ")");
    if (!unit) return {};
    if (unit->factor % 3 == 0) return "按1" + quantity.unit + "=" + grouped(unit->factor / 3) + "平方米换算";
    return "按1" + quantity.unit + "=" + grouped(unit->factor) + "/3平方米换算";
  }
  if (kind == QuantityKind::tenor) {
    if (quantity.days != 0) return "按30天作1个月折算，仅用于匹配";
    if (detail::contains(quantity.unit, "年") || quantity.unit == "Y" || quantity.unit == "y") {
      return "按1年=12个月换算";
    }
    if (detail::contains(quantity.unit, "季")) return "按1季=3个月换算";
    return "按月计";
  }
  if (kind == QuantityKind::rate && quantity.has_flag(quantity_flag::simple_annual)) {
    return "按单利折成年利率（一年12个月、360天）";
  }
  return {};
}

std::string floating(const Quantity& quantity) {
  std::string_view base = "LPR（未写明1年期还是5年期以上）";
  if (quantity.base == RateBase::lpr_1y) base = "1年期LPR";
  if (quantity.base == RateBase::lpr_5y) base = "5年期以上LPR";
  if (quantity.base == RateBase::benchmark) base = "基准利率";
  std::string out = "以" + std::string(base) + "为基础";
  if (quantity.multiplier != 1'000'000) {
    out += "，乘以" + detail::to_string(detail::Decimal{quantity.multiplier, 6});
  }
  const auto points = [](std::int64_t spread) {
    const std::string size = detail::to_string(detail::Decimal{spread < 0 ? -spread : spread, 2});
    return (spread < 0 ? "减" : "加") + size + "个基点";
  };
  const Interval spread = quantity.spread;
  if (spread.is_point()) {
    if (spread.min != 0) out += "，" + points(spread.min);
  } else {
    if (spread.has_min()) out += "，不低于" + points(spread.min);
    if (spread.has_max()) out += "，不高于" + points(spread.max);
  }
  return out;
}

}  // namespace

std::string explain_reading(const Quantity& quantity) {
  if (!quantity.has_value) {
    std::string out(reason(quantity));
    if (!quantity.bare.empty()) out += "；数字是" + quantity.bare;
    return out;
  }
  std::string out;
  if (quantity.base != RateBase::fixed) {
    out = floating(quantity);
  } else if (quantity.kind == QuantityKind::date) {
    if (quantity.has_flag(quantity_flag::excel_serial)) {
      out = "按Excel日期序号（1900年系统）换算";
    } else if (quantity.has_flag(quantity_flag::date_span)) {
      out = "写明起止时间，取首日至末日";
    } else {
      out = "写明到" + quoted(quantity.unit) + "，换成起止日";
    }
  } else if (quantity.has_flag(quantity_flag::term_word)) {
    out = "按《贷款通则》的短期、中期、长期划分取期限";
  } else if (quantity.kind == QuantityKind::tenor && quantity.has_flag(quantity_flag::date_span)) {
    out = "写的是起止时间，按相差的月数计";
  } else if (quantity.unit.empty()) {
    out = quantity.range == Interval::exactly(0) ? "写的是0，照0计" : "照数字计";
  } else {
    out = std::string(place_of(quantity.unit_from)) + quoted(quantity.unit);
    const std::string rule = conversion(quantity);
    if (!rule.empty()) out += "；" + rule;
  }
  if (quantity.has_flag(quantity_flag::renewal) && !quantity.parts.empty()) out += "；先借首期，其余为续贷";
  if (quantity.has_flag(quantity_flag::foreign_currency)) out += "；外币，未折成人民币";
  if (quantity.has_flag(quantity_flag::subsidy)) out += "；另有贴息，未从利率中扣除";
  if (quantity.has_flag(quantity_flag::composition)) out += "；格内还有其他数，另列";
  if (quantity.approximate) out += "；约数";
  if (quantity.ambiguous) out += "；请人工核对";
  return out;
}

}  // namespace huoshui
