#include <gtest/gtest.h>

#include <huoshui/structure/inputs.hpp>

namespace huoshui {
namespace {

constexpr std::string_view kHeader = "project,instrument,item,value,unit,source,date,confidence\n";

std::vector<Assumption> read(std::string_view rows) {
  const auto loaded = parse_assumptions(std::string(kHeader) + std::string(rows), "假设.csv").value();
  EXPECT_TRUE(loaded.issues.empty()) << loaded.issues.front().message;
  return loaded.value;
}

Issue refused(std::string_view row) {
  const auto loaded = parse_assumptions(std::string(kHeader) + std::string(row), "假设.csv").value();
  EXPECT_TRUE(loaded.value.empty());
  EXPECT_EQ(loaded.issues.size(), 1U);
  return loaded.issues.empty() ? Issue{} : loaded.issues.front();
}

TEST(Assumptions, ReadsNumbersInTheUnitOfTheirItem) {
  EXPECT_EQ(read(",,price,30.5-60,元/吨,,,").front().range, (Interval{3050, 6000}));
  EXPECT_EQ(read(",,yield,0.3,吨/亩·年,,,").front().range, Interval::exactly(300'000));
  EXPECT_EQ(read(",,annual_tonnes,12.5,吨/年,,,").front().range, Interval::exactly(12'500));
  EXPECT_EQ(read(",,pledge_ratio,50,%,,,").front().range, Interval::exactly(500'000));
  EXPECT_EQ(read(",,multiple,5,倍,,,").front().range, Interval::exactly(5'000'000));
  EXPECT_EQ(read(",,years,20,年,,,").front().range, Interval::exactly(20));
  EXPECT_EQ(read(",,quantity,3000,立方米,,,").front().range, Interval::exactly(3'000'000));
  EXPECT_EQ(read(",,policy_fund,1200,万元,,,").front().range, Interval::exactly(1200 * kFenPerWan));
}

TEST(Assumptions, TellsAPriceOfAYearFromAPriceForGood) {
  EXPECT_TRUE(read(",,price,300,元/亩·年,,,").front().yearly);
  EXPECT_FALSE(read(",,price,300,元/亩,,,").front().yearly);
}

TEST(Assumptions, NamesTheCellOfWhatItCannotRead) {
  const auto unit = refused(",,price,30,美元/吨,,,");
  EXPECT_EQ(unit.place.row, 2U);
  EXPECT_EQ(unit.place.column, 4U);
  EXPECT_NE(unit.message.find("假设.csv"), std::string::npos);
  EXPECT_EQ(refused(",,pledge_ratio,100.0001,%,,,").code, IssueCode::unreadable_value);
  EXPECT_EQ(read(",,pledge_ratio,100,%,,,").size(), 1U);
  EXPECT_EQ(refused(",,years,101,年,,,").code, IssueCode::unreadable_value);
  EXPECT_EQ(refused(",,price,-3,元/吨,,,").code, IssueCode::unreadable_value);
  EXPECT_EQ(refused(",,price,60-30,元/吨,,,").code, IssueCode::unreadable_value);
  EXPECT_EQ(refused(",,price,,元/吨,,,").code, IssueCode::unreadable_value);
  EXPECT_EQ(refused(",无此工具,price,3,元/吨,,,").code, IssueCode::unknown_word);
  EXPECT_EQ(refused(",,cost,3,元/吨,,,").code, IssueCode::unknown_word);
  EXPECT_EQ(refused(",,price,3,元/吨,,2025-02-30,").code, IssueCode::unreadable_value);
  EXPECT_EQ(refused(",,price,3,元/吨,,,perhaps").code, IssueCode::unknown_word);
}

TEST(Assumptions, CountTheMostSpecificRow) {
  StructureInputs inputs;
  inputs.assumptions = read(
      ",,price,1,元/吨,,,\n,carbon_sink_pledge,price,2,元/吨,,,\nP1,,price,3,元/吨,,,\n"
      "P1,carbon_sink_pledge,price,4,元/吨,,,\n");
  const auto price = [&](std::string_view project, Instrument instrument) {
    return find(inputs, project, instrument, AssumptionItem::price)->range.min / 100;
  };
  EXPECT_EQ(price("P1", Instrument::carbon_sink_pledge), 4);
  EXPECT_EQ(price("P1", Instrument::water_right_pledge), 3);
  EXPECT_EQ(price("P2", Instrument::carbon_sink_pledge), 2);
  EXPECT_EQ(price("P2", Instrument::water_right_pledge), 1);
  EXPECT_EQ(find(inputs, "P1", Instrument::carbon_sink_pledge, AssumptionItem::years), nullptr);
}

TEST(Institutions, ReadsChineseHeadersAndLeavesTheAbsentAbsent) {
  const auto loaded = parse_institutions(
                          "机构名称,机构类型,资本净额（亿元）,意向份额,最低利率,可信度\n"
                          "示例银行甲,国有大型银行,420,20亿元,3.4%,示例\n示例银行乙,,,,3.7%,\n",
                          "机构.csv")
                          .value();
  EXPECT_TRUE(loaded.issues.empty());
  ASSERT_EQ(loaded.value.institutions.size(), 2U);
  const auto& first = loaded.value.institutions.front();
  EXPECT_EQ(first.id, "示例银行甲");
  EXPECT_EQ(first.kind, syndicate::LenderKind::state_bank);
  EXPECT_EQ(first.net_capital, Money::from_fen(420 * kFenPerYi));
  EXPECT_EQ(first.appetite, Money::from_fen(20 * kFenPerYi));
  EXPECT_FALSE(first.tier1_capital.has_value());
  EXPECT_FALSE(loaded.value.institutions[1].net_capital.has_value());
  EXPECT_TRUE(loaded.value.illustrative);
}

TEST(Institutions, LeavesOutARowItCannotReadAndNamesTheCell) {
  const auto loaded =
      parse_institutions(
          "机构,资本净额,最低利率\n示例甲,420,3.4%\n示例乙,420亿元,\n示例丙,420亿元,3%\n示例丙,1亿元,3%\n",
          "机构.csv")
          .value();
  ASSERT_EQ(loaded.value.institutions.size(), 1U);
  EXPECT_EQ(loaded.value.institutions.front().id, "示例丙");
  ASSERT_EQ(loaded.issues.size(), 3U);
  EXPECT_EQ(loaded.issues[0].code, IssueCode::unknown_unit);
  EXPECT_EQ(loaded.issues[0].place.row, 2U);
  EXPECT_EQ(loaded.issues[0].place.column, 2U);
  EXPECT_EQ(loaded.issues[2].code, IssueCode::duplicate_id);
}

TEST(Institutions, WantsItsColumns) {
  EXPECT_EQ(parse_institutions("机构,资本净额\n甲,1亿元\n", "机构.csv").error().code,
            IssueCode::missing_column);
  EXPECT_EQ(load_institutions("没有这个文件.csv").error().code, IssueCode::file_not_found);
}

TEST(Illustrations, AreAllMarkedAsExamples) {
  const auto& inputs = StructureInputs::illustrations();
  EXPECT_TRUE(inputs.illustrative);
  EXPECT_FALSE(inputs.institutions.empty());
  for (const auto& one : inputs.institutions) EXPECT_TRUE(one.name.starts_with("示例")) << one.name;
  EXPECT_FALSE(inputs.assumptions.empty());
  for (const auto& one : inputs.assumptions) {
    EXPECT_EQ(one.confidence, Confidence::illustrative);
    // A row for one project is of the invented list, and can be of no other.
    EXPECT_TRUE(one.project.empty() || one.project.starts_with("示例")) << one.project;
  }
}

}  // namespace
}  // namespace huoshui
