#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <huoshui/normalise/layout.hpp>
#include <huoshui/read/csv.hpp>
#include <random>

namespace huoshui {
namespace {

const HeaderWords& words() {
  static const HeaderWords kWords = bundled_header_words();
  return kWords;
}

Sheet sheet_of(std::string_view csv) {
  return parse_csv(csv, "清单.csv", {.separator = ','}).value().sheets.at(0);
}

Sheet merged(std::string_view csv, std::vector<MergedRange> ranges) {
  auto sheet = sheet_of(csv);
  for (std::size_t i = 0; i < sheet.rows.size(); ++i)
    sheet.rows[i].number = static_cast<std::uint32_t>(i + 1);
  sheet.merged = std::move(ranges);
  return sheet;
}

// One letter a row: T title, u unit note, H header, g group, p project, s subtotal, S total, f footer, .
// blank, o other.
std::string kinds(const SheetLayout& layout) {
  std::string text;
  for (const auto& row : layout.rows) text += "TuHgpsSf.o"[static_cast<std::size_t>(row.kind)];
  return text;
}

void expect_lawful(const Sheet& sheet, const SheetLayout& layout) {
  ASSERT_EQ(layout.rows.size(), sheet.rows.size());
  for (std::size_t i = 0; i < layout.rows.size(); ++i) EXPECT_EQ(layout.rows[i].row, i);
  std::size_t sum = 0;
  for (std::size_t k = 0; k < kRowKindCount; ++k) sum += layout.count(static_cast<RowKind>(k));
  EXPECT_EQ(sum, sheet.rows.size());
  EXPECT_TRUE(std::is_sorted(layout.filled.begin(), layout.filled.end()));
  for (const auto& fill : layout.filled) {
    EXPECT_LT(fill.from_row, fill.row);
    const auto& type = layout.columns.at(fill.column).value_type;
    EXPECT_TRUE(type != "money" && type != "date" && type != "tenor" && type != "period") << type;
    EXPECT_EQ(layout.rows.at(fill.row).kind, RowKind::project);
  }
  for (const auto& total : layout.sums)
    for (const auto part : total.parts) EXPECT_EQ(layout.rows.at(part).kind, RowKind::project);
  std::vector<std::string> seen;
  for (const auto& column : layout.columns) {
    if (column.column.empty()) continue;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), column.column), 0) << column.column;
    seen.push_back(column.column);
  }
}

SheetLayout analysed(const Sheet& sheet) {
  auto layout = analyse_layout(sheet, words(), "清单.csv");
  expect_lawful(sheet, layout);
  return layout;
}

TEST(Layout, ReadsAPlainList) {
  const auto sheet = sheet_of(
      "2025年重点项目表（单位：万元）,,,\n,,,单位：万元\n序号,项目名称,县区,总投资\n一、在建项目,,,\n1,"
      "甲项目,东源县,100\n小计,,,100\n"
      "二、预备项目（1个）,,,50\n2,乙项目,和平县,50\n\n合计,,,150\n注：略,,,\n1.说明一,,,\n填表人：某某,,,"
      "\n");
  const auto layout = analysed(sheet);
  EXPECT_EQ(kinds(layout), "TuHgpsgp.Sfff");
  EXPECT_EQ(layout.unit_note, "万元");
  EXPECT_EQ(layout.title, "2025年重点项目表（单位：万元）");
  EXPECT_EQ(layout.rows[4].group, "一、在建项目");
  EXPECT_EQ(layout.find("total_investment")->index, 3U);
  ASSERT_EQ(layout.sums.size(), 3U);
  EXPECT_EQ(layout.sums[0], (SumRow{5, {4}}));
  EXPECT_EQ(layout.sums[1], (SumRow{6, {7}})) << "a section row with its own sum";
  EXPECT_EQ(layout.sums[2], (SumRow{9, {4, 7}}));
  EXPECT_TRUE(layout.issues.empty());
}

TEST(Layout, JoinsMergedHeaderRows) {
  const auto sheet = merged(
      "表,,,,,,\n序号,项目名称,总投资,资金来源,,,2025年计划\n,,,政府投资,银行贷款,自筹,投资\n1,甲,100,10,60,"
      "30,20\n",
      {{1, 1, 1, 7}, {2, 1, 3, 1}, {2, 2, 3, 2}, {2, 3, 3, 3}, {2, 4, 2, 6}});
  const auto layout = analysed(sheet);
  EXPECT_EQ(kinds(layout), "THHp");
  EXPECT_EQ(layout.find("financing_need")->header, "资金来源/银行贷款");
  EXPECT_EQ(layout.find("own_capital")->index, 5U);
  EXPECT_EQ(layout.find("annual_plan_investment")->year, 2025);
}

TEST(Layout, JoinsHeaderRowsWithoutMerges) {
  const auto sheet = sheet_of(
      "序号,项目名称,总投资,资金来源,,2021年投资计划,,备注\n,,(亿元),银行贷款,自筹,小计,新增生产能力,\n1,甲,"
      "1,0.6,0.4,0.2,无,\n");
  const auto layout = analysed(sheet);
  EXPECT_EQ(kinds(layout), "HHp");
  EXPECT_EQ(layout.find("total_investment")->unit_note, "亿元");
  EXPECT_EQ(layout.find("financing_need")->index, 3U);
  EXPECT_EQ(layout.find("own_capital")->index, 4U);
  EXPECT_EQ(layout.find("annual_plan_investment")->header, "2021年投资计划/小计");
  EXPECT_EQ(layout.find("remark")->index, 7U);
}

TEST(Layout, JoinsThreeHeaderRows) {
  const auto layout =
      analysed(sheet_of("序号,项目名称,投资情况（万元）,,,,备注\n,,总投资,资金来源,,,\n,,,政府投资,银行贷款,"
                        "自筹,\n1,甲,100,10,60,30,\n"));
  EXPECT_EQ(kinds(layout), "HHHp");
  EXPECT_EQ(layout.find("own_capital")->header, "投资情况（万元）/资金来源/自筹");
  EXPECT_EQ(layout.find("financing_need")->unit_note, "万元") << "the grandparent's unit";
  EXPECT_EQ(layout.find("total_investment")->unit_note, "万元");
}

TEST(Layout, KnowsAPlanFromItsParent) {
  const auto layout = analysed(sheet_of(
      "序号,项目名称,总投资,2024年推进计划,,备注\n,,,整体形象进度,计划投资（万元）,\n1,甲,9,完工,3,\n"));
  EXPECT_EQ(layout.find("annual_plan_investment")->index, 4U);
  EXPECT_EQ(layout.find("stage")->index, 3U);
}

TEST(Layout, KeepsOneYearsShareApart) {
  const auto sheet = sheet_of(
      "序号,项目名称,总投资,2025年计划,,截至2024年底累计完成投资\n,,,总投资,银行贷款,\n1,甲,100,30,20,10\n");
  const auto layout = analysed(sheet);
  EXPECT_EQ(layout.find("total_investment")->index, 2U);
  EXPECT_EQ(layout.find("annual_plan_investment")->index, 3U);
  EXPECT_EQ(layout.find("financing_need"), nullptr) << "one year's loan is not the need";
  EXPECT_EQ(layout.find("invested_to_date")->year, 2024);
}

TEST(Layout, ChoosesTheYearOfTheTitle) {
  const std::string body = "序号,项目名称,总投资,2025年计划投资,2026年计划投资\n1,甲,100,30,20\n";
  EXPECT_EQ(analysed(sheet_of("2026年计划表,,,,\n" + body)).find("annual_plan_investment")->index, 4U);
  const auto layout = analysed(sheet_of(body));
  EXPECT_EQ(layout.find("annual_plan_investment")->index, 3U);
  EXPECT_TRUE(layout.issues.empty());
  EXPECT_EQ(layout.columns[4].value_type, "money") << "kept, with its type";
}

TEST(Layout, ReportsTwoColumnsForOneFact) {
  const auto layout = analysed(sheet_of("项目名称,总投资,投资总额\n甲,1,2\n"));
  EXPECT_EQ(layout.find("total_investment")->index, 1U);
  ASSERT_EQ(layout.issues.size(), 1U);
  EXPECT_EQ(layout.issues[0].code, IssueCode::header_ambiguous);
  EXPECT_EQ(layout.issues[0].place.column, 3U);
  EXPECT_TRUE(analysed(sheet_of("项目名称,融资需求,银行贷款\n甲,1,2\n")).issues.empty())
      << "a weak word yields to a strong one";
}

TEST(Layout, FillsMergedNamesButNeverAmounts) {
  const auto sheet = merged(
      "序号,县区,项目名称,建设单位,总投资（万元）,贷款期限,开工时间\n1,东源县,甲,乙公司,100,5年,2025\n2,,,,,,"
      "\n3,,丙,,50,,\n",
      {{2, 2, 4, 2}, {2, 3, 3, 3}, {2, 4, 3, 4}, {2, 5, 3, 5}, {2, 6, 4, 6}, {2, 7, 4, 7}});
  auto with_row = sheet;
  with_row.rows[2].cells.resize(7);
  const auto layout = analysed(with_row);
  ASSERT_EQ(kinds(layout), "Hppp");
  EXPECT_EQ(layout.cell(with_row, 2, "name").text, "甲");
  EXPECT_EQ(layout.cell(with_row, 2, "name").row, 1U);
  EXPECT_TRUE(layout.cell(with_row, 2, "owner").is_filled);
  EXPECT_EQ(layout.cell(with_row, 3, "region").text, "东源县");
  EXPECT_EQ(layout.cell(with_row, 2, "total_investment").text, "");
  EXPECT_EQ(layout.cell(with_row, 3, "tenor").text, "");
  EXPECT_EQ(layout.cell(with_row, 3, "start_date").text, "");
  EXPECT_EQ(layout.cell(with_row, 3, "no such").text, "");
}

TEST(Layout, FillsBlocksWithoutMergesOnlyWhereTheyShow) {
  const std::string head = "县区,项目名称,总投资（万元）\n";
  const auto blocks = sheet_of(head + "东源县,甲,1\n,乙,2\n,丙,\n和平县,丁,3\n,戊,4\n");
  EXPECT_EQ(analysed(blocks).cell(blocks, 3, "region").text, "东源县");
  EXPECT_EQ(analysed(blocks).cell(blocks, 5, "region").text, "和平县");
  EXPECT_EQ(analysed(blocks).cell(blocks, 3, "total_investment").text, "");
  const auto spelled = sheet_of(head + "东源县,甲,1\n东源县,乙,2\n,丙,5\n和平县,丁,3\n,戊,4\n");
  EXPECT_EQ(analysed(spelled).cell(spelled, 3, "region").text, "")
      << "this list repeats places, so a blank is a blank";
}

TEST(Layout, NestsSectionsByRank) {
  const auto sheet = sheet_of(
      "序号,项目名称,建设内容,总投资（万元）\n,东源县,,300\n一、交通,,,\n1,甲,路,100\n二、水利,,,\n2,乙,渠,"
      "200\n,和平县,,50\n3,丙,桥,50\n,全县合计,,350\n");
  const auto layout = analysed(sheet);
  EXPECT_EQ(kinds(layout), "HggpgpgpS");
  EXPECT_EQ(layout.rows[5].group, "东源县 / 二、水利");
  EXPECT_EQ(layout.rows[7].group, "和平县");
  EXPECT_EQ(layout.sums.front(), (SumRow{1, {3, 5}}));
  EXPECT_EQ(layout.sums.back(), (SumRow{8, {3, 5, 7}}));
}

TEST(Layout, TellsSectionNumbersFromRowNumbers) {
  const std::string head = "序号,项目名称,总投资（万元）\n";
  EXPECT_EQ(kinds(analysed(sheet_of(head + "一,交通项目,300\n1,甲,100\n2,乙,200\n"))), "Hgpp");
  EXPECT_EQ(kinds(analysed(sheet_of(head + "一,甲,100\n二,乙,200\n"))), "Hpp");
  EXPECT_EQ(kinds(analysed(sheet_of(head + "1,一、二期工程,100\n"))), "Hp") << "numbered rows are projects";
}

TEST(Layout, TakesNumberedNamesWithoutChildrenForProjects) {
  const auto layout =
      analysed(sheet_of("项目名称,总投资（万元）\n一、灯塔灌区工程,100\n二、万绿湖碧道工程,200\n合计,300\n"));
  EXPECT_EQ(kinds(layout), "HppS");
  EXPECT_EQ(layout.rows[1].group, "");
  EXPECT_EQ(layout.sums.at(0), (SumRow{3, {1, 2}}));
  EXPECT_EQ(
      kinds(analysed(sheet_of(
          "项目名称,总投资（万元）\n一、农业水利工程,300\n甲,100\n乙,200\n二、交通基础设施,-\n丙,5\n"))),
      "Hgppgp");
}

TEST(Layout, ComesBackFromFootnotes) {
  EXPECT_EQ(
      kinds(analysed(sheet_of("项目名称,总投资（万元）\n甲,1\n注：略,\n2.再略,\n乙,2\n续表,\n……,\n丙,3\n"))),
      "Hpffpoop");
}

TEST(Layout, SeesRepeatedHeadersAndPages) {
  const auto sheet = sheet_of(
      "表,,\n序号,项目名称,总投资（万元）\n1,甲,1\n第1页,,\n表,,\n序 号,项目 名称,总投资(万元)\n2,乙,2\n");
  EXPECT_EQ(kinds(analysed(sheet)), "THpfTHp");
  const auto other = analysed(
      sheet_of("序号,项目名称,总投资（万元）\n1,甲,1\n序号,企业名称,贷款金额,期限,联系人\n1,乙,2,1年,丙\n"));
  EXPECT_EQ(kinds(other), "HpHp");
  ASSERT_EQ(other.issues.size(), 1U) << "a different header in the body is never passed over in silence";
  EXPECT_EQ(other.issues[0].severity, Severity::error);
}

TEST(Layout, KeepsSectionTotalsAndGrandTotalsApart) {
  const std::string head = "序号,项目名称,总投资（万元）\n";
  const auto grand =
      analysed(sheet_of(head + "一、在建,,\n1,甲,1\n合计,,1\n二、新建,,\n2,乙,2\n合计,,2\n总计,,3\n"));
  EXPECT_EQ(kinds(grand), "HgpsgpsS");
  const auto without =
      analysed(sheet_of(head + "一、在建,,\n1,甲,1\n合计,,1\n二、新建,,\n2,乙,2\n合计,,2\n"));
  EXPECT_EQ(kinds(without), "Hgpsgps");
  EXPECT_EQ(without.sums.back(), (SumRow{6, {5}}));
  const auto on_top = analysed(sheet_of(head + "合计,,3\n1,甲,1\n2,乙,2\n"));
  EXPECT_EQ(kinds(on_top), "HSpp");
  EXPECT_EQ(on_top.sums.at(0), (SumRow{1, {2, 3}}));
}

TEST(Layout, LeavesOtherSheetsAlone) {
  const auto quota = analysed(sheet_of("名额分配表,,\n序号,县区,推荐名额\n1,东源县,5\n"));
  EXPECT_FALSE(quota.has_header);
  ASSERT_EQ(quota.issues.size(), 1U);
  EXPECT_EQ(quota.issues[0].code, IssueCode::header_not_found);
  EXPECT_EQ(quota.issues[0].severity, Severity::error);
  EXPECT_NE(quota.issues[0].message.find("推荐名额"), std::string::npos) << quota.issues[0].message;
  EXPECT_NE(quota.issues[0].expected.find("项目名称"), std::string::npos);

  Table table;
  table.sheets = {sheet_of("项目名称,总投资（万元）\n甲,1\n"), sheet_of("序号,县区,推荐名额\n1,东源县,5\n"),
                  Sheet{}};
  const auto layouts = analyse_layouts(table, words());
  EXPECT_EQ(layouts[1].issues.at(0).severity, Severity::warning);
  EXPECT_TRUE(layouts[2].issues.empty()) << "an empty sheet is no trouble";
}

TEST(Layout, SaysWhenTheSheetIsAForm) {
  const auto form =
      analysed(sheet_of("登记表,,,\n项目名称,甲,建设单位,乙\n建设地点,东源县,总投资,5000万元\n融资需求,"
                        "3000万元,贷款期限,10年\n联系人,丙,联系电话,13800000000\n"));
  EXPECT_FALSE(form.has_header);
  EXPECT_NE(form.issues.at(0).message.find("登记表"), std::string::npos);
}

TEST(Layout, TakesUnitsFromWhereTheyStand) {
  EXPECT_EQ(analysed(sheet_of("清单,,单位：,亿元\n序号,项目名称,县区,总投资\n1,甲,东源县,1\n")).unit_note,
            "亿元");
  EXPECT_EQ(analysed(sheet_of("清单（万元）,,\n项目名称,县区,总投资\n甲,东源县,1\n")).unit_note, "万元");
  EXPECT_EQ(analysed(sheet_of("项目名称,县区,总投资\n甲,东源县,1\n注：金额单位为万元,,\n")).unit_note,
            "万元");
  EXPECT_EQ(analysed(sheet_of("填报单位：元善镇,,\n项目名称,县区,总投资\n甲,东源县,1\n")).unit_note, "");
}

TEST(Layout, PassesOverExamplesAndColumnNumbers) {
  EXPECT_EQ(kinds(analysed(sheet_of("序号,项目名称,总投资（万元）\n甲,1,2\n例,某某项目,100\n1,乙,5\n"))),
            "HHop");
}

TEST(Layout, ReadsOneColumn) { EXPECT_EQ(kinds(analysed(sheet_of("项目名称\n甲\n乙\n"))), "Hpp"); }

TEST(Layout, ReadsNothing) {
  const auto layout = analysed(Sheet{});
  EXPECT_FALSE(layout.has_header);
  EXPECT_TRUE(layout.issues.empty());
}

// The CSV lists of tests/golden/messy: row counts and names as worked out by hand.
TEST(Layout, MessyListsHaveTheRowsCountedByHand) {
  std::size_t seen = 0;
  for (const auto& folder : std::filesystem::directory_iterator(HUOSHUI_TESTS_DIR "/golden/messy")) {
    std::ifstream stream(folder.path() / "expected.json");
    const std::string expected((std::istreambuf_iterator<char>(stream)), {});
    const auto number_after = [&](std::string_view key) {
      return std::stoul(expected.substr(expected.find(key) + key.size()));
    };
    std::vector<std::string> names;
    constexpr std::string_view kName = "\"name\": \"";
    for (auto at = expected.find(kName); at != std::string::npos; at = expected.find(kName, at + 1)) {
      std::string name;
      for (auto c = at + kName.size(); expected[c] != '"'; ++c) {
        if (expected[c] == '\\') ++c;
        name += expected[c];
      }
      names.push_back(name);
    }
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      if (file.path().extension() != ".csv") continue;
      SCOPED_TRACE(folder.path().string());
      ++seen;
      const auto table = load_csv(file.path()).value();
      const auto& sheet = table.sheets.at(0);
      const auto layout = analysed(sheet);
      EXPECT_EQ(layout.rows.size(), number_after("\"read\":"));
      std::vector<std::string> found;
      for (const auto& row : layout.rows) {
        if (row.kind != RowKind::project) continue;
        const auto cell = layout.cell(sheet, row.row, layout.find("name") != nullptr ? "name" : "owner");
        found.emplace_back(without_row_number(cell.text));
      }
      EXPECT_EQ(found, names);
    }
  }
  EXPECT_EQ(seen, 12U);
}

// Law: every row gets exactly one kind, whatever stands in the sheet and however it is merged.
TEST(Layout, RandomSheetsStayLawful) {
  constexpr unsigned kSeed = 20260105;
  std::mt19937 random(kSeed);
  const std::vector<std::string> pieces = {"",           "",
                                           "",           "",
                                           "序号",       "项目名称",
                                           "总投资",     "融资需求（万元）",
                                           "县区",       "2025年计划投资",
                                           "合计",       "小计",
                                           "一、交通",   "1",
                                           "2",          "100",
                                           "东源县",     "甲项目",
                                           "单位：万元", "注：略",
                                           "在建项目",   "资金来源",
                                           "自筹",       "第1页",
                                           "（亿元）",   "全市合计",
                                           "\xE4\xB8",   "12,000",
                                           "一",         "3.某项目",
                                           "名称",       "企业名称",
                                           "备注",       "*元"};
  for (int round = 0; round < 4000; ++round) {
    Sheet sheet;
    sheet.rows.resize(random() % 14);
    std::uint32_t number = 0;
    for (auto& row : sheet.rows) {
      number += 1 + (random() % 5 == 0 ? 1U : 0U);
      row.number = number;
      row.cells.resize(random() % 7);
      for (auto& cell : row.cells) {
        cell.text = pieces[random() % pieces.size()];
        cell.kind = cell.text.empty() ? CellKind::empty : CellKind::text;
      }
    }
    for (auto n = random() % 4; n > 0; --n) {
      const auto any = [&] { return static_cast<std::uint32_t>(random() % 16); };
      sheet.merged.push_back({any(), any(), any(), any()});
    }
    SCOPED_TRACE("seed " + std::to_string(kSeed) + " round " + std::to_string(round));
    const auto layout = analysed(sheet);
    EXPECT_EQ(layout, analysed(sheet));
    for (std::uint32_t r = 0; r < 16; ++r)
      for (std::uint32_t c = 0; c < 8; ++c) static_cast<void>(layout.cell(sheet, r, c));
    if (HasFailure()) break;
  }
}

TEST(Layout, StaysLinear) {
  // Each body is a shape that could tempt a quadratic walk.
  for (const std::string line :
       {"1,甲项目,东源县,100\n", "合计,,,5\n", "小计,,,5\n", ",东源县,,7\n", "一、交通,,,7\n", ",,,5\n"}) {
    std::string csv = "序号,项目名称,县区,总投资（万元）\n1,甲项目,东源县,100\n";
    for (int i = 0; i < 50'000; ++i) csv += line;
    const auto sheet = sheet_of(csv);
    const auto start = std::chrono::steady_clock::now();
    const auto layout = analyse_layout(sheet, words(), "清单.csv");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << line;
    EXPECT_EQ(layout.rows.size(), sheet.rows.size());
  }
}

}  // namespace
}  // namespace huoshui
