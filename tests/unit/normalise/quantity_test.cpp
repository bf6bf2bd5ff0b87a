#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <huoshui/normalise/quantity.hpp>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {
namespace {

using Role = QuantityContext::Role;

constexpr std::array kKinds = {QuantityKind::money, QuantityKind::tenor, QuantityKind::area,
                               QuantityKind::rate,  QuantityKind::date,  QuantityKind::count};

Interval yuan(std::int64_t amount) { return Interval::exactly(amount * kFenPerYuan); }

void expect_value(const Quantity& quantity, Interval range) {
  EXPECT_TRUE(quantity.has_value) << quantity.text;
  EXPECT_EQ(quantity.range.min, range.min) << quantity.text;
  EXPECT_EQ(quantity.range.max, range.max) << quantity.text;
}

void expect_refused(const Quantity& quantity, std::string_view flag) {
  EXPECT_FALSE(quantity.has_value) << quantity.text;
  EXPECT_EQ(quantity.range, Interval{}) << quantity.text;
  EXPECT_TRUE(quantity.has_flag(flag)) << quantity.text << " lacks " << flag;
}

std::int64_t day(std::string_view iso) { return day_number(parse_date(iso).value()); }

const Part* part(const Quantity& quantity, std::string_view label) {
  for (const Part& candidate : quantity.parts) {
    if (candidate.label == label) return &candidate;
  }
  return nullptr;
}

// --- golden vectors
// -----------------------------------------------------------------------------------------

std::vector<std::string> split_csv(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        fields.back().push_back('"');
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back().push_back(c);
    }
  }
  return fields;
}

std::string end_text(std::int64_t value, QuantityKind kind) {
  return kind == QuantityKind::date ? to_string(date_of_day(value)) : std::to_string(value);
}

std::string shown(const Quantity& quantity) {
  if (!quantity.has_value) return "none";
  if (quantity.base != RateBase::fixed) {
    const std::int64_t spread = quantity.spread.min;
    return std::string(to_string(quantity.base)) + (spread < 0 ? "" : "+") + std::to_string(spread);
  }
  const Interval range = quantity.range;
  if (range.is_point()) return end_text(range.min, quantity.kind);
  return (range.has_min() ? end_text(range.min, quantity.kind) : std::string()) + ".." +
         (range.has_max() ? end_text(range.max, quantity.kind) : std::string());
}

TEST(Quantity, ReadsEveryGoldenVector) {
  std::ifstream file(HUOSHUI_TESTS_DIR "/golden/numerals/vectors.csv");
  ASSERT_TRUE(file.is_open());
  std::string line;
  std::getline(file, line);
  int rows = 0;
  while (std::getline(file, line)) {
    const std::vector<std::string> fields = split_csv(line);
    ASSERT_EQ(fields.size(), 7U) << line;
    ++rows;
    SCOPED_TRACE(line);
    QuantityContext context{.header = fields[2]};
    if (fields[3] == "start") context.role = Role::start;
    if (fields[3] == "end") context.role = Role::end;
    if (fields[3] == "need") context.role = Role::need;
    bool known = false;
    for (const QuantityKind kind : kKinds) {
      if (to_string(kind) != fields[1]) continue;
      known = true;
      const Quantity quantity = parse_quantity(kind, fields[0], context);
      EXPECT_EQ(shown(quantity), fields[4]);
      if (!fields[5].empty()) {
        const std::size_t equals = fields[5].find('=');
        const Part* found = part(quantity, std::string_view(fields[5]).substr(0, equals));
        ASSERT_NE(found, nullptr);
        EXPECT_EQ(std::to_string(found->range.min), fields[5].substr(equals + 1));
      }
      std::istringstream words(fields[6]);
      for (std::string flag; words >> flag;) {
        const bool there = flag == "approximate" ? quantity.approximate
                           : flag == "ambiguous" ? quantity.ambiguous
                                                 : quantity.has_flag(flag);
        EXPECT_TRUE(there) << flag;
      }
    }
    EXPECT_TRUE(known);
  }
  EXPECT_GE(rows, 54);
}

// --- text
// ---------------------------------------------------------------------------------------------------

TEST(CleanText, TurnsListedCharactersOnly) {
  EXPECT_EQ(clean_text("１，２００．５％（－）：＋／～"), "1,200.5%(-):+/~");
  EXPECT_EQ(clean_text("5㎡"), "5m²");
  EXPECT_EQ(clean_text("\u200b\ufeff 甲 乙\u3000"), "甲 乙");
  EXPECT_EQ(clean_text("①Ａ"), "①Ａ");
}

TEST(EmptyToken, TellsEmptyFromZero) {
  for (const std::string_view text : {"", " ", "\u3000", "-", "—", "/", "\\", "无", "暂无", "待定", "面议",
                                      "N/A", "#N/A", "#REF!", "#VALUE!", "null", "详见附件", " 无 "}) {
    EXPECT_TRUE(is_empty_token(text)) << text;
  }
  for (const std::string_view text : {"0", "无锡", "同上", "1", "-1"})
    EXPECT_FALSE(is_empty_token(text)) << text;
}

TEST(UnitInHeader, FindsTheNamedUnit) {
  const auto factor = [](QuantityKind kind, std::string_view header) {
    const std::optional<Unit> unit = unit_in_header(kind, header);
    return unit ? unit->factor : -1;
  };
  using enum QuantityKind;
  EXPECT_EQ(factor(money, "总投资（万元）"), kFenPerWan);
  EXPECT_EQ(factor(money, "总投资(亿元)"), kFenPerYi);
  EXPECT_EQ(factor(money, "总投资/万元"), kFenPerWan);
  EXPECT_EQ(factor(money, "单位：万元"), kFenPerWan);
  EXPECT_EQ(factor(money, "总投资万元"), kFenPerWan);
  EXPECT_EQ(factor(money, "金额（元）"), kFenPerYuan);
  EXPECT_EQ(factor(money, "金额（千元）"), 100'000);
  EXPECT_EQ(factor(money, "金额（百万元）"), 100'000'000);
  EXPECT_EQ(factor(money, "500万元以上项目总投资（亿元）"), kFenPerYi);
  EXPECT_EQ(factor(money, "总投资（万元/亿元）"), -1);
  EXPECT_EQ(factor(money, "单元"), -1);
  EXPECT_EQ(factor(money, "多元化投资"), -1);
  EXPECT_EQ(factor(money, "总投资"), -1);
  EXPECT_EQ(factor(tenor, "期限（年）"), 12);
  EXPECT_EQ(factor(tenor, "期限（月）"), 1);
  EXPECT_EQ(factor(tenor, "期限（天）"), 0);
  EXPECT_EQ(factor(tenor, "年限"), -1);
  EXPECT_EQ(factor(area, "面积（亩）"), 2'000);
  EXPECT_EQ(factor(area, "建筑面积（万平方米）"), 30'000);
  EXPECT_EQ(factor(area, "建筑面积(㎡)"), 3);
  EXPECT_EQ(factor(rate, "利率（%）"), 10'000);
  EXPECT_EQ(factor(rate, "月利率（‰）"), 12'000);
  EXPECT_EQ(factor(rate, "利差（BP）"), 100);
  EXPECT_EQ(factor(count, "存栏（万头）"), 10'000);
  EXPECT_EQ(unit_in_header(money, "投资额（万美元）")->currency, Currency::usd);
}

// --- money
// --------------------------------------------------------------------------------------------------

TEST(ParseMoney, PutsTheCellBeforeTheHeaderAndTheHeaderBeforeTheSheet) {
  const QuantityContext all{.header = "总投资（万元）", .sub_header = "（亿元）", .sheet_note = "单位：元"};
  expect_value(parse_money("2亿元", all), yuan(200'000'000));
  EXPECT_EQ(parse_money("2亿元", all).unit_from, "cell");
  expect_value(parse_money("2", all), yuan(20'000));
  EXPECT_EQ(parse_money("2", all).unit_from, "header");
  const QuantityContext below{.header = "总投资", .sub_header = "（亿元）", .sheet_note = "单位：元"};
  EXPECT_EQ(parse_money("2", below).unit_from, "sub-header");
  const QuantityContext note{.header = "总投资", .sheet_note = "单位：元"};
  expect_value(parse_money("2", note), yuan(2));
  EXPECT_EQ(parse_money("2", note).unit_from, "sheet");
}

TEST(ParseMoney, KeepsTheBareNumberWhenNoUnitIsKnown) {
  const Quantity quantity = parse_money("1,234.50");
  expect_refused(quantity, quantity_flag::unit_unknown);
  EXPECT_TRUE(quantity.ambiguous);
  EXPECT_EQ(quantity.bare, "1234.5");
  expect_value(parse_money("￥1,234.50"), Interval::exactly(123'450));
  expect_value(parse_money("'5000", {.header = "总投资（万元）"}), Interval::exactly(5'000 * kFenPerWan));
  EXPECT_TRUE(parse_money("5", {.header = "总投资（万元/亿元）"}).has_flag(quantity_flag::unit_conflict));
}

TEST(ParseMoney, UsesTheStoredNumberOfAScalingFormat) {
  expect_value(parse_money("12000000", {.number_format = R"(0!.0,"万")"}), yuan(12'000'000));
  expect_value(parse_money("12000000", {.number_format = R"(0!.0000"万元")"}), yuan(12'000'000));
  expect_value(parse_money("12.5", {.number_format = R"(0.00"万元")"}), yuan(125'000));
  expect_value(parse_money("12.5", {.header = "总投资（亿元）", .number_format = "#,##0.00"}),
               yuan(1'250'000'000));
}

TEST(ParseMoney, IncludesOrExcludesTheBoundAsTheCivilCodeSays) {
  const std::int64_t fen = 500 * kFenPerWan;
  for (const std::string_view text :
       {"500万元以上", "不低于500万元", "至少500万", "≥500万元", "500万元起", "500万及以上"}) {
    expect_value(parse_money(text), Interval::at_least(fen));
  }
  for (const std::string_view text : {"超过500万元", "超500万", "大于500万元", "逾500万元", "500万元以外"}) {
    expect_value(parse_money(text), Interval::at_least(fen + 1));
  }
  for (const std::string_view text :
       {"500万元以下", "500万元以内", "不超过500万", "最高500万元", "≤500万元", "最高贷款额度500万元"}) {
    expect_value(parse_money(text), Interval::at_most(fen));
  }
  for (const std::string_view text : {"不满500万元", "低于500万元", "<500万元"}) {
    expect_value(parse_money(text), Interval::at_most(fen - 1));
  }
  expect_value(parse_money("500万元以上1000万元以下"), {fen, 2 * fen});
  expect_value(parse_money("不低于500万元，不超过1000万元"), {fen, 2 * fen});
  expect_refused(parse_money("不超过500万元以上"), quantity_flag::unreadable);
}

TEST(ParseMoney, MarksApproximateAmounts) {
  for (const std::string_view text :
       {"约175万元", "175万元左右", "大约175万", "近175万元", "预计175万元", "~175万元", "175万元（暂定）"}) {
    const Quantity quantity = parse_money(text);
    expect_value(quantity, Interval::exactly(175 * kFenPerWan));
    EXPECT_TRUE(quantity.approximate) << text;
  }
  for (const std::string_view text : {"500余万元", "500多万", "500万余元", "500万元余"}) {
    const Quantity quantity = parse_money(text);
    expect_value(quantity, Interval::at_least(500 * kFenPerWan));
    EXPECT_TRUE(quantity.approximate) << text;
  }
}

TEST(ParseMoney, NeverTurnsFuzzyWordsIntoANumber) {
  for (const std::string_view text :
       {"几十万", "十几万元", "上百万", "数千万元", "千万级", "1000万元级", "两三百万", "几万元", "百万元",
        "十来万", "三四千万", "约几百万元", "数亿元"}) {
    expect_refused(parse_money(text), quantity_flag::fuzzy);
    EXPECT_TRUE(parse_money(text).ambiguous) << text;
  }
}

TEST(ParseMoney, SharesTheLastUnitOfARange) {
  const Interval expected{500 * kFenPerWan, 800 * kFenPerWan};
  for (const std::string_view text :
       {"500-800万", "500—800万元", "500至800万元", "500到800万", "500 ~ 800 万元", "500万-800万",
        "500万元～800万元", "5-8百万", "五百至八百万元"}) {
    expect_value(parse_money(text), expected);
  }
  expect_value(parse_money("500-800", {.header = "总投资（万元）"}), expected);
  expect_refused(parse_money("500-1亿"), quantity_flag::range_reversed);
  EXPECT_FALSE(parse_money("1-2-3万元").has_value);
  EXPECT_FALSE(parse_money("三至五十万").has_value);
}

TEST(ParseMoney, ReadsThousandsMarksOnlyInGroupsOfThree) {
  expect_value(parse_money("1,234,567.89元"), Interval::exactly(123'456'789));
  expect_value(parse_money("1，200万元"), yuan(12'000'000));
  EXPECT_FALSE(parse_money("1,20万元").has_value);
  EXPECT_FALSE(parse_money("1,2345万元").has_value);
  expect_refused(parse_money("100万元、200万元"), quantity_flag::multiple_values);
  EXPECT_FALSE(parse_money("1.2.3万元").has_value);
}

TEST(ParseMoney, TellsAmountsFromOtherThings) {
  for (const std::string_view text : {"2000万件", "5万亩", "10万千瓦", "128万平方米", "3万吨", "500头"}) {
    expect_refused(parse_money(text), quantity_flag::not_money);
  }
  expect_refused(parse_money("300元/亩"), quantity_flag::unit_price);
  expect_refused(parse_money("每户5万元"), quantity_flag::unit_price);
  expect_refused(parse_money("年均1200万元"), quantity_flag::yearly_flow);
  expect_refused(parse_money("300", {.header = "补助（元/亩）"}), quantity_flag::unit_price);
  expect_refused(parse_money("300", {.header = "产值（万元/年）"}), quantity_flag::yearly_flow);
  EXPECT_FALSE(parse_money("2025年6月").has_value);
  EXPECT_FALSE(parse_money("一", {.header = "总投资（万元）"}).has_value);
}

TEST(ParseMoney, BindsAmountsToTheLabelOnTheirLeft) {
  const Quantity total = parse_money("1.5亿元（其中资本金3000万元，融资1.2亿元）");
  expect_value(total, yuan(150'000'000));
  ASSERT_EQ(total.parts.size(), 2U);
  EXPECT_EQ(total.parts[0], (Part{"资本金", yuan(30'000'000)}));
  EXPECT_EQ(total.parts[1], (Part{"融资", yuan(120'000'000)}));

  const std::string_view text = "总投资1.5亿元，已完成0.8亿元，缺口7000万元";
  expect_value(parse_money(text), yuan(150'000'000));
  expect_value(parse_money(text, {.header = "融资需求", .role = Role::need}), yuan(70'000'000));
  expect_refused(parse_money("总投资1.5亿元", {.header = "融资需求", .role = Role::need}),
                 quantity_flag::composition);
  expect_refused(parse_money("1000万+2000万"), quantity_flag::composition);
  expect_refused(parse_money("5000万元贷款", {.header = "总投资"}), quantity_flag::composition);
  expect_refused(parse_money("总投资1.5亿元，其中贷款", {.header = "贷款", .role = Role::need}),
                 quantity_flag::composition);
}

TEST(ParseMoney, KeepsForeignMoneyAsItIs) {
  EXPECT_EQ(parse_money("500万美元").currency, Currency::usd);
  EXPECT_EQ(parse_money("USD500万").currency, Currency::usd);
  EXPECT_EQ(parse_money("300万港币").currency, Currency::hkd);
  EXPECT_EQ(parse_money("5", {.header = "外资（万美元）"}).currency, Currency::usd);
  EXPECT_EQ(parse_money("￥500万").currency, Currency::cny);
  EXPECT_FALSE(parse_money("500万（美元）").has_value);
}

TEST(ParseMoney, ReadsNegativeAmounts) {
  for (const std::string_view text : {"-500万元", "－500万元", "△500万元", "▲500万元"}) {
    const Quantity quantity = parse_money(text);
    expect_value(quantity, yuan(-5'000'000));
    EXPECT_TRUE(quantity.has_flag(quantity_flag::negative)) << text;
  }
  expect_value(parse_money("(123)", {.header = "利润（万元）"}), yuan(-1'230'000));
}

TEST(ParseMoney, RefusesWhatDoesNotFit) {
  for (const std::string_view text :
       {"9999999999亿", "99999999999999999999999999999999999999999999元", "1E+300元",
        "92233720368547758.08元", "9999999999999999999999999999999999万亿"}) {
    expect_refused(parse_money(text), quantity_flag::out_of_range);
  }
  expect_value(parse_money("92233720368547757元"), Interval::exactly(9'223'372'036'854'775'700));
  expect_refused(parse_money("0.001元"), quantity_flag::sub_fen);
  expect_value(parse_money("0.010元"), Interval::exactly(1));
  expect_value(parse_money("0.00000001亿元"), Interval::exactly(100));
  expect_value(parse_money("1.2E+08元"), yuan(120'000'000));
}

TEST(ParseMoney, KeepsZeroAsAValue) {
  expect_value(parse_money("0"), Interval::exactly(0));
  expect_value(parse_money("0.00", {.header = "总投资（万元）"}), Interval::exactly(0));
  EXPECT_FALSE(parse_money("0").has_flag(quantity_flag::no_need));
  EXPECT_TRUE(parse_money("0", {.role = Role::need}).has_flag(quantity_flag::no_need));
}

// --- tenor
// --------------------------------------------------------------------------------------------------

TEST(ParseTenor, ReadsLengthsInWordsAndLetters) {
  for (const std::string_view text :
       {"3年", "3年期", "三年", "36个月", "36M", "3Y", "贷款期限：3年", "3（年）", "三十六个月"}) {
    expect_value(parse_tenor(text), Interval::exactly(36));
  }
  expect_value(parse_tenor("两年半"), Interval::exactly(30));
  expect_value(parse_tenor("2.5年"), Interval::exactly(30));
  expect_value(parse_tenor("1季度"), Interval::exactly(3));
  expect_value(parse_tenor("6个月-1年"), {6, 12});
  expect_value(parse_tenor("2年以上5年以下"), {24, 60});
  expect_value(parse_tenor("超过5年"), Interval::at_least(61));
  expect_value(parse_tenor("24", {.header = "期限（月）"}), Interval::exactly(24));
  expect_value(parse_tenor("2", {.header = "期限（年）"}), Interval::exactly(24));
}

TEST(ParseTenor, KeepsDaysBesideMonths) {
  expect_value(parse_tenor("90天"), Interval::exactly(3));
  EXPECT_EQ(parse_tenor("90天").days, 90);
  expect_value(parse_tenor("100天"), {3, 4});
  EXPECT_EQ(parse_tenor("100天").days, 100);
  expect_value(parse_tenor("365天"), Interval::exactly(12));
  expect_value(parse_tenor("180", {.header = "工期（天）"}), Interval::exactly(6));
  expect_value(parse_tenor("30-90天"), {1, 3});
}

TEST(ParseTenor, FindsGraceInsideTheTotal) {
  const Quantity quantity = parse_tenor("10年（含宽限期2年）");
  expect_value(quantity, Interval::exactly(120));
  EXPECT_EQ(quantity.grace_months, 24);
  EXPECT_EQ(parse_tenor("3年（含1年宽限期）").grace_months, 12);
  expect_value(parse_tenor("3年（含1年宽限期）"), Interval::exactly(36));
  EXPECT_FALSE(parse_tenor("宽限期2年").has_value);
  EXPECT_EQ(parse_tenor("宽限期2年").grace_months, 24);
}

TEST(ParseTenor, KeepsRenewalsApart) {
  const Quantity quantity = parse_tenor("1+1+1年");
  expect_value(quantity, Interval::exactly(12));
  EXPECT_TRUE(quantity.ambiguous);
  ASSERT_EQ(quantity.parts.size(), 1U);
  EXPECT_EQ(quantity.parts[0], (Part{"total", Interval::exactly(36)}));
  expect_value(parse_tenor("1+1+1", {.header = "期限（年）"}), Interval::exactly(12));
  EXPECT_FALSE(parse_tenor("1+1+1").has_value);
}

TEST(ParseTenor, TellsDatesAndBuildingFromTenor) {
  expect_refused(parse_tenor("2025年"), quantity_flag::is_date);
  EXPECT_TRUE(parse_tenor("工期6个月").has_flag(quantity_flag::build_period));
  expect_value(parse_tenor("2025-06-01至2028-05-31"), Interval::exactly(36));
  expect_value(parse_tenor("2022-2023年"), {12, 24});
  EXPECT_TRUE(parse_tenor("2022-2023年").ambiguous);
  expect_refused(parse_tenor("流贷1年、固贷10年"), quantity_flag::multiple_values);
}

// --- area
// ---------------------------------------------------------------------------------------------------

TEST(ParseArea, ConvertsExactlyBetweenUnits) {
  for (const std::string_view text :
       {"15亩", "1公顷", "10000平方米", "1万㎡", "1万m2", "0.01平方公里", "0.15顷", "1ha"}) {
    expect_value(parse_area(text), Interval::exactly(30'000));
  }
  expect_value(parse_area("1.5", {.header = "面积（万亩）"}), Interval::exactly(30'000'000));
  expect_value(parse_area("100余亩"), Interval::at_least(200'000));
}

TEST(ParseArea, KeepsBothNeighboursOfAnInexactArea) {
  const Quantity quantity = parse_area("1234.56平方米");
  expect_value(quantity, {3'703, 3'704});
  EXPECT_TRUE(quantity.has_flag(quantity_flag::rounded));
  EXPECT_TRUE(parse_area("3坪").has_flag(quantity_flag::unit_inexact));
}

TEST(ParseArea, TellsVolumeFromArea) {
  for (const std::string_view text : {"林木蓄积500方", "土方量3万方", "库容500万立方米", "500m³"}) {
    expect_refused(parse_area(text), quantity_flag::volume);
  }
  expect_refused(parse_area("500方"), quantity_flag::unit_unknown);
  expect_value(parse_area("500方", {.header = "建筑面积"}), Interval::exactly(1'500));
}

TEST(ParseArea, ChoosesTheGroundThatTheHeaderNames) {
  const std::string_view text = "占地面积100亩，建筑面积5万平方米";
  expect_refused(parse_area(text), quantity_flag::multiple_values);
  expect_value(parse_area(text, {.header = "建筑面积"}), Interval::exactly(150'000));
  expect_value(parse_area(text, {.header = "用地面积"}), Interval::exactly(200'000));
}

// --- rates
// --------------------------------------------------------------------------------------------------

TEST(ParseRate, FollowsTheOfficialUnitsOfYearMonthAndDay) {
  const std::array<std::pair<std::string_view, std::int64_t>, 14> table = {{{"年息1厘", 10'000},
                                                                            {"年息1分", 100'000},
                                                                            {"月息1厘", 12'000},
                                                                            {"月息5厘", 60'000},
                                                                            {"月息3.625‰", 43'500},
                                                                            {"日息1分", 360'000},
                                                                            {"日万二", 72'000},
                                                                            {"月息1分5厘", 180'000},
                                                                            {"月息一分二", 144'000},
                                                                            {"0.5%/月", 60'000},
                                                                            {"百分之四点三五", 43'500},
                                                                            {"年化4.35%", 43'500},
                                                                            {"435BP", 43'500},
                                                                            {"七成", 700'000}}};
  for (const auto& [text, millionths] : table) expect_value(parse_rate(text), Interval::exactly(millionths));
  for (const std::string_view text : {"5厘", "3分利", "3.6‰", "万分之五"}) {
    expect_refused(parse_rate(text), quantity_flag::per_period_unknown);
  }
}

TEST(ParseRate, NeverDecidesFromTheNumberAlone) {
  expect_refused(parse_rate("4.35", {.header = "利率"}), quantity_flag::unit_unknown);
  expect_refused(parse_rate("0.0435", {.header = "利率"}), quantity_flag::unit_unknown);
  expect_value(parse_rate("0.0435", {.header = "利率", .number_format = "0.00%"}), Interval::exactly(43'500));
  EXPECT_TRUE(parse_rate("0.0435", {.header = "利率（%）"}).ambiguous);
}

TEST(ParseRate, ReadsFloatingRates) {
  const Quantity minus = parse_rate("LPR减点30");
  EXPECT_TRUE(minus.has_value);
  EXPECT_EQ(minus.base, RateBase::lpr);
  EXPECT_EQ(minus.spread, Interval::exactly(-3'000));
  EXPECT_EQ(rate_at(minus, 31'000), Interval::exactly(28'000));
  EXPECT_EQ(parse_rate("5年期以上LPR+50BP").base, RateBase::lpr_5y);
  EXPECT_EQ(parse_rate("LPR上浮10%").multiplier, 1'100'000);
  EXPECT_EQ(parse_rate("1.1倍LPR").multiplier, 1'100'000);
  EXPECT_EQ(parse_rate("LPR的1.1倍").multiplier, 1'100'000);
  EXPECT_EQ(parse_rate("基准利率下浮10%").base, RateBase::benchmark);
  EXPECT_EQ(rate_at(parse_rate("基准利率下浮10%"), 40'000), Interval::exactly(36'000));
  EXPECT_EQ(parse_rate("LPR+20-50BP").spread, (Interval{2'000, 5'000}));
  EXPECT_EQ(parse_rate("LPR-30BP至LPR+50BP").spread, (Interval{-3'000, 5'000}));
  EXPECT_EQ(parse_rate("不高于LPR+50BP").spread, Interval::at_most(5'000));
  EXPECT_EQ(parse_rate("LPR").spread, Interval::exactly(0));
  expect_refused(parse_rate("LPR+10%"), quantity_flag::points_or_factor);
  expect_refused(parse_rate("LPR+0.5"), quantity_flag::unit_unknown);
}

TEST(ParseRate, KeepsSubsidiesAndFeesOutOfTheRate) {
  const Quantity quantity = parse_rate("4.35%，财政贴息2个百分点");
  expect_value(quantity, Interval::exactly(43'500));
  ASSERT_NE(part(quantity, "贴息"), nullptr);
  EXPECT_EQ(part(quantity, "贴息")->range, Interval::exactly(20'000));
  EXPECT_NE(part(parse_rate("贴息50%"), "贴息比例"), nullptr);
  expect_value(parse_rate("4.35%，担保费率0.5%/年"), Interval::exactly(43'500));
  EXPECT_TRUE(parse_rate("综合融资成本5%").has_flag(quantity_flag::all_in_cost));
}

// --- dates
// --------------------------------------------------------------------------------------------------

TEST(ParseDateText, ReadsOneDayInManyForms) {
  for (const std::string_view text :
       {"2025年6月1日", "2025-6-1", "2025/06/01", "2025.6.1", "20250601", "2025-06-01 00:00:00",
        "二〇二五年六月一日", "25年6月1日", "45809", "2025年6月1号", "２０２５－０６－０１"}) {
    expect_value(parse_date_text(text), Interval::exactly(day("2025-06-01")));
  }
  for (const std::string_view text : {"2025-02-30", "2025年6月31日", "2025年13月", "20250631"}) {
    EXPECT_FALSE(parse_date_text(text).has_value) << text;
  }
  expect_value(parse_date_text("2024-02-29"), Interval::exactly(day("2024-02-29")));
}

TEST(ParseDateText, PlacesAPeriodByItsColumn) {
  for (const std::string_view text :
       {"2025年6月", "2025.06", "2025-06", "202506", "2025/6", "计划2025年6月开工"}) {
    expect_value(parse_date_text(text), {day("2025-06-01"), day("2025-06-30")});
    expect_value(parse_date_text(text, {.role = Role::start}), Interval::exactly(day("2025-06-01")));
    expect_value(parse_date_text(text, {.role = Role::end}), Interval::exactly(day("2025-06-30")));
  }
  expect_value(parse_date_text("2025Q3"), {day("2025-07-01"), day("2025-09-30")});
  expect_value(parse_date_text("2025年第三季度"), {day("2025-07-01"), day("2025-09-30")});
  expect_value(parse_date_text("2025年上半年"), {day("2025-01-01"), day("2025-06-30")});
  expect_value(parse_date_text("2025年6月中旬"), {day("2025-06-11"), day("2025-06-20")});
  expect_value(parse_date_text("2025年底"), Interval::exactly(day("2025-12-31")));
  expect_value(parse_date_text("2024年2月底"), Interval::exactly(day("2024-02-29")));
}

TEST(ParseDateText, ReadsSpans) {
  const Interval expected{day("2024-03-01"), day("2024-12-31")};
  for (const std::string_view text : {"2024年3月至12月", "2024年3-12月", "2024年3月-2024年12月",
                                      "2024.3-2024.12", "2024-03-2024-12", "2024/3～2024/12"}) {
    expect_value(parse_date_text(text), expected);
    expect_value(parse_date_text(text, {.role = Role::end}), expected);
  }
  expect_value(parse_date_text("2023年至2025年"), {day("2023-01-01"), day("2025-12-31")});
  expect_value(parse_date_text("2024年3月至今"), Interval::at_least(day("2024-03-01")));
  expect_value(parse_date_text("2024年3月开工，2026年12月竣工"), {day("2024-03-01"), day("2026-12-31")});
  EXPECT_FALSE(parse_date_text("2026-2024").has_value);
  for (const std::string_view text : {"2024-26", "2024.3-12", "6/1/2025"}) {
    EXPECT_FALSE(parse_date_text(text).has_value) << text;
  }
}

TEST(ParseDateText, AsksWhenAZeroMayBeLost) {
  const Quantity quantity = parse_date_text("2025.1");
  expect_refused(quantity, quantity_flag::lost_zero);
  EXPECT_EQ(quantity.parts.size(), 2U);
  expect_value(parse_date_text("2025.1", {.number_format = "@"}), {day("2025-01-01"), day("2025-01-31")});
  expect_value(parse_date_text("2025.1", {.number_format = "0.00"}), {day("2025-10-01"), day("2025-10-31")});
  expect_value(parse_date_text("2025.10"), {day("2025-10-01"), day("2025-10-31")});
  expect_value(parse_date_text("2025.2"), {day("2025-02-01"), day("2025-02-28")});
}

TEST(ParseDateText, SendsStageWordsAway) {
  for (const std::string_view text : {"已开工", "在建", "前期", "待定", "拟近期开工"}) {
    EXPECT_FALSE(parse_date_text(text).has_value) << text;
    EXPECT_TRUE(parse_date_text(text).has_flag(quantity_flag::stage_word)) << text;
  }
  expect_refused(parse_date_text("今年底"), quantity_flag::year_unknown);
  expect_refused(parse_date_text("三季度"), quantity_flag::year_unknown);
}

// --- counts
// -------------------------------------------------------------------------------------------------

TEST(ParseCount, ReadsNumberAndMeasure) {
  expect_value(parse_count("3.5万羽"), Interval::exactly(35'000));
  EXPECT_EQ(parse_count("3.5万羽").unit, "羽");
  expect_value(parse_count("10万千瓦"), Interval::exactly(100'000));
  EXPECT_EQ(parse_count("10万千瓦").unit, "千瓦");
  expect_value(parse_count("500-800头"), {500, 800});
  expect_value(parse_count("1-2万头"), {10'000, 20'000});
  expect_value(parse_count("120"), Interval::exactly(120));
  expect_value(parse_count("三百二十户"), Interval::exactly(320));
  expect_refused(parse_count("几百户"), quantity_flag::fuzzy);
  expect_refused(parse_count("种植户30户、养殖户20户"), quantity_flag::multiple_values);
}

// --- explanations
// -------------------------------------------------------------------------------------------

TEST(ExplainReading, NamesUnitAndPlace) {
  EXPECT_EQ(explain_reading(parse_money("12000万元")), "单元格写明“万元”；按1万元=10,000元换算");
  EXPECT_EQ(explain_reading(parse_money("34996.46", {.header = "总投资（万元）"})),
            "单元格没有单位，取表头“万元”；按1万元=10,000元换算");
  EXPECT_EQ(explain_reading(parse_money("350")), "单元格、表头和表注都没有单位，未换算；数字是350");
  EXPECT_EQ(explain_reading(parse_rate("1年期LPR加20个基点")), "以1年期LPR为基础，加20个基点");
  for (const QuantityKind kind : kKinds) {
    EXPECT_FALSE(explain_reading(parse_quantity(kind, "")).empty());
  }
}

// --- properties
// ---------------------------------------------------------------------------------------------

constexpr std::uint32_t kSeed = 20240601;

std::string as_wan(std::int64_t amount) {
  std::string text = std::to_string(amount / 10'000);
  std::string fraction = std::to_string(amount % 10'000 + 10'000).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (!fraction.empty()) text += "." + fraction;
  return text + "万元";
}

/// Print a number below 10^16 in Chinese, by sections of four digits.
std::string in_chinese(std::int64_t number, const std::array<std::string_view, 10>& digits,
                       const std::array<std::string_view, 4>& units) {
  if (number == 0) return std::string(digits[0]);
  static constexpr std::array<std::string_view, 3> kSections = {"", "万", "亿"};
  std::string out;
  bool gap = false;
  const auto section = [&](int value, std::string_view name) {
    if (value == 0) {
      gap = gap || !out.empty();
      return;
    }
    for (int place = 3, power = 1000; place >= 0; --place, power /= 10) {
      const int digit = value / power % 10;
      if (digit == 0) {
        gap = gap || !out.empty();
        continue;
      }
      if (gap) out += digits[0];
      gap = false;
      out += digits[static_cast<std::size_t>(digit)];
      out += units[static_cast<std::size_t>(place)];
    }
    gap = false;
    out += name;
  };
  // 万亿 is a 万 inside the section of 亿.
  const auto high = static_cast<int>(number / 1'000'000'000'000 % 10'000);
  const auto yi = static_cast<int>(number / 100'000'000 % 10'000);
  section(high, yi == 0 ? "万亿" : "万");
  section(yi, kSections[2]);
  section(static_cast<int>(number / 10'000 % 10'000), kSections[1]);
  section(static_cast<int>(number % 10'000), kSections[0]);
  return out;
}

TEST(QuantityProperty, ReadsBackWhatWasPrintedInWan) {
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 20'000; ++i) {
    const auto amount =
        static_cast<std::int64_t>(random() % (i % 2 == 0 ? 100'000'000ULL : 10'000'000'000'000'000ULL));
    const std::string text = as_wan(amount);
    const Quantity cell = parse_money(text);
    ASSERT_TRUE(cell.has_value) << text << " seed " << kSeed;
    ASSERT_EQ(cell.range, yuan(amount)) << text << " seed " << kSeed;
    const std::string number = text.substr(0, text.size() - std::string_view("万元").size());
    ASSERT_EQ(parse_money(number, {.header = "总投资（万元）"}).range, yuan(amount)) << number;
    // The long way agrees with the short one.
    ASSERT_EQ(parse_money(" 人民币" + text + "整").range, yuan(amount)) << text;
  }
}

TEST(QuantityProperty, ReadsBackChineseNumerals) {
  const std::array<std::string_view, 10> plain = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  const std::array<std::string_view, 4> plain_units = {"", "十", "百", "千"};
  const std::array<std::string_view, 10> formal = {"零", "壹", "贰", "叁", "肆",
                                                   "伍", "陆", "柒", "捌", "玖"};
  const std::array<std::string_view, 4> formal_units = {"", "拾", "佰", "仟"};
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 20'000; ++i) {
    std::int64_t amount = i;
    if (i >= 11'000) {
      amount = static_cast<std::int64_t>(random() % 10'000'000'000'000'000ULL);
      for (std::int64_t power = 1; power < 10'000'000'000'000'000; power *= 10) {
        if (random() % 2 == 0) amount -= amount / power % 10 * power;  // many zeros
      }
      if (i % 3 == 0) amount %= 1'000'000'000;
    }
    const std::string text = in_chinese(amount, plain, plain_units) + "元";
    const Quantity quantity = parse_money(text);
    ASSERT_TRUE(quantity.has_value) << text << " " << amount << " seed " << kSeed;
    ASSERT_EQ(quantity.range, yuan(amount)) << text << " seed " << kSeed;
    const std::string cheque = in_chinese(amount, formal, formal_units) + "元整";
    ASSERT_EQ(parse_money(cheque).range, yuan(amount)) << cheque << " seed " << kSeed;
  }
}

/// What holds for every cell whatever it says.
void check_laws(QuantityKind kind, const std::string& text, const QuantityContext& context) {
  const Quantity quantity = parse_quantity(kind, text, context);
  ASSERT_EQ(quantity.kind, kind);
  ASSERT_LE(quantity.range.min, quantity.range.max) << text;
  ASSERT_LE(quantity.spread.min, quantity.spread.max) << text;
  for (const Part& entry : quantity.parts) ASSERT_LE(entry.range.min, entry.range.max) << text;
  if (!quantity.has_value) {
    ASSERT_EQ(quantity.range, Interval{}) << text;
    ASSERT_FALSE(quantity.flags.empty() && quantity.parts.empty()) << text << " says nothing about why";
  }
  for (const std::string_view flag :
       {quantity_flag::empty, quantity_flag::masked, quantity_flag::unreadable, quantity_flag::unit_unknown,
        quantity_flag::out_of_range, quantity_flag::sub_fen, quantity_flag::fuzzy, quantity_flag::unit_price,
        quantity_flag::yearly_flow, quantity_flag::not_money, quantity_flag::collection,
        quantity_flag::multiple_values, quantity_flag::stage_word, quantity_flag::lost_zero}) {
    ASSERT_FALSE(quantity.has_value && quantity.has_flag(flag)) << text << " has a value and " << flag;
  }
  ASSERT_FALSE(explain_reading(quantity).empty());
  ASSERT_EQ(quantity, parse_quantity(kind, text, context)) << text;
}

TEST(QuantityProperty, SurvivesRandomBytes) {
  std::mt19937 random(kSeed);
  for (int i = 0; i < 4'000; ++i) {
    std::string text(random() % 40, '\0');
    for (char& c : text) c = static_cast<char>(random() & 0xFFU);
    const std::string header = text.substr(0, random() % (text.size() + 1));
    for (const QuantityKind kind : kKinds) {
      check_laws(kind, text, {.header = header, .number_format = header});
    }
  }
}

TEST(QuantityProperty, SurvivesRandomWordsOfItsOwn) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"1",      "0",    "500",    "2025",   "3.5",    "1,200", "99999999999999",
       "万",     "亿",   "千",     "百",     "十",     "元",    "万元",
       "亿元",   "年",   "月",     "日",     "天",     "亩",    "分",
       "厘",     "%",    "‰",      "BP",     "LPR",    "+",     "-",
       "~",      "至",   "到",     "(",      ")",      "，",    "、",
       "/",      "每",   "约",     "超",     "不超过", "以上",  "以下",
       "余",     "多",   "几",     "数",     "上",     "半",    "零",
       "一",     "二",   "两",     "三",     "廿",     "点",    "其中",
       "总投资", "贷款", "已完成", "期",     "个月",   "季度",  "底",
       "起",     "内",   "月息",   "年息",   "贴息",   "2%",    "E+08",
       ".",      " ",    "\n",     "平方米", "方",     "美元",  "级",
       "宽限期", "单笔", "授信",   "倍",     "上浮",   "减点",  "第",
       "今",     "前",   "开工",   "竣工",   "十四五", "“",     "△",
       "*",      "头",   "万户"});
  std::mt19937 random(kSeed);
  for (int i = 0; i < 60'000; ++i) {
    std::string text;
    for (std::size_t words = random() % 8 + 1; words > 0; --words) text += kWords[random() % kWords.size()];
    QuantityContext context;
    static constexpr auto kHeaders = std::to_array<std::string_view>(
        {"", "总投资（万元）", "期限（年）", "面积（亩）", "利率（%）", "工期（天）", "存栏（万头）"});
    context.header = kHeaders[random() % kHeaders.size()];
    context.role = static_cast<Role>(random() % 4);
    for (const QuantityKind kind : kKinds) check_laws(kind, text, context);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(QuantityProperty, SurvivesRandomCharacters) {
  std::mt19937 random(kSeed);
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    for (std::size_t length = random() % 30; length > 0; --length) {
      const auto code =
          static_cast<char32_t>(random() % 3 == 0 ? 0x3000 + random() % 0x60 : 0x4E00 + random() % 0x5200);
      text.push_back(static_cast<char>(0xE0U | (code >> 12U)));
      text.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)));
      text.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
      if (random() % 4 == 0) text += std::to_string(random() % 10'000);
    }
    for (const QuantityKind kind : kKinds) check_laws(kind, text, {.header = text});
  }
}

TEST(QuantityProperty, SurvivesVeryLongCells) {
  for (const std::string_view unit :
       {"9", "一", "万", "亿", "(", "1万元，", "1-", "几", " ", "每", "半", "2025年", "LPR", "\xe4"}) {
    for (const std::size_t size : {std::size_t{4'000}, std::size_t{4'096}, std::size_t{1'000'000}}) {
      std::string text;
      while (text.size() < size) text += unit;
      for (const QuantityKind kind : kKinds) check_laws(kind, text, {.header = text, .sheet_note = text});
      EXPECT_LE(parse_money(text).text.size(), 4'096U);
    }
  }
  EXPECT_TRUE(is_empty_token(std::string(1'000'000, ' ')));
}

TEST(QuantityProperty, KeepsRangesInOrder) {
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 5'000; ++i) {
    const auto a = static_cast<std::int64_t>(random() % 100'000);
    const auto b = static_cast<std::int64_t>(random() % 100'000);
    const std::string text = std::to_string(a) + "-" + std::to_string(b) + "万元";
    const Quantity quantity = parse_money(text);
    ASSERT_EQ(quantity.has_value, a <= b) << text;
    if (quantity.has_value) {
      ASSERT_EQ(quantity.range, (Interval{a * kFenPerWan, b * kFenPerWan})) << text;
    }
  }
}

}  // namespace
}  // namespace huoshui
