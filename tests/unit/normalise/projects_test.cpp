#include <gtest/gtest.h>
#include <algorithm>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>
#include <map>
#include <random>

namespace huoshui {
namespace {

Loaded<ProjectList> read(const std::string& csv) {
  return read_projects(parse_csv(csv, "清单.csv").value(), Dictionaries::bundled()).value();
}

const Issue* find_issue(const Loaded<ProjectList>& list, IssueCode code) {
  const auto at =
      std::find_if(list.issues.begin(), list.issues.end(), [&](const Issue& i) { return i.code == code; });
  return at == list.issues.end() ? nullptr : &*at;
}

TEST(ReadProjects, TakesTheWholeBundledSample) {
  const auto list = read(std::string(bundled_sample_projects()));
  EXPECT_EQ(list.value.rows, (RowCounts{54, 53, 0, 1}));
  for (const auto& project : list.value.projects) {
    EXPECT_TRUE(project.facts.has(FactKey::region)) << project.name;
    EXPECT_TRUE(project.facts.has(FactKey::measure)) << project.name;
    for (const auto& fact : project.facts.all()) {
      EXPECT_FALSE(fact.basis.empty()) << project.name << " " << to_string(fact.key);
      EXPECT_EQ(fact.place.row, project.place.row) << project.name << " " << to_string(fact.key);
    }
  }
}

TEST(ReadProjects, ReadsARowTheSameWhereverItStands) {
  const Table sample = parse_csv(bundled_sample_projects(), "清单.csv").value();
  const auto facts_by_name = [](const Table& table) {
    std::map<std::string, std::string> out;
    for (const auto& project : read_projects(table, Dictionaries::bundled()).value().value.projects) {
      std::string& facts = out[project.name];
      for (const auto& fact : project.facts.all()) {
        facts +=
            std::string(to_string(fact.key)) + "=" + fact.text + "/" + std::string(to_string(fact.origin));
        for (const auto& code : fact.codes) facts += " " + code.text();
        facts += ";";
      }
    }
    return out;
  };
  const auto expected = facts_by_name(sample);
  std::mt19937 random(20);
  for (int i = 0; i < 20; ++i) {
    Table shuffled = sample;
    auto& rows = shuffled.sheets.front().rows;
    std::shuffle(rows.begin() + 1, rows.end(), random);
    EXPECT_EQ(facts_by_name(shuffled), expected) << "shuffle " << i;
  }
}

TEST(ReadProjects, TakesAnUnmergedBlockAsAnInference) {
  const auto list = read(
      "县区,项目名称,总投资（万元）\n东源县,甲项目,1\n,乙项目,2\n,丙项目,3\n和平县,丁项目,4\n,戊项目,5\n");
  const Fact* stated = list.value.projects.at(0).facts.find(FactKey::region);
  const Fact* filled = list.value.projects.at(1).facts.find(FactKey::region);
  ASSERT_NE(filled, nullptr);
  EXPECT_EQ(stated->origin, Origin::stated);
  EXPECT_EQ(filled->origin, Origin::inferred);
  EXPECT_EQ(filled->codes, stated->codes);
  // A value that comes back in a later block is a sparse column, not a block.
  const auto sparse = read(
      "县区,项目名称,总投资（万元）\n东源县,甲项目,1\n,乙项目,2\n和平县,丁项目,4\n,丙项目,3\n东源县,戊项目,"
      "5\n");
  EXPECT_FALSE(sparse.value.projects.at(1).facts.has(FactKey::region));
}

TEST(ReadProjects, KeepsBoundsAndSaysWhereEachFactStands) {
  const auto list = read(
      "项目名称,所在县区,总投资（万元）,融资需求（万元）,贷款期限\n甲项目,东源县,约461.95,不超过300,3-5年\n");
  const Facts& facts = list.value.projects.at(0).facts;
  const Fact* total = facts.find(FactKey::total_investment);
  EXPECT_EQ(total->range, Interval::exactly(461'950'000));
  EXPECT_TRUE(total->approximate);
  EXPECT_EQ(total->place.column, 3U);
  EXPECT_EQ(facts.find(FactKey::financing_need)->range, Interval::at_most(300 * kFenPerWan));
  EXPECT_EQ(facts.find(FactKey::tenor)->range, Interval::between(36, 60));
  EXPECT_EQ(facts.find(FactKey::region)->codes.front().text(), "441625");
}

TEST(ReadProjects, NeverGuessesAUnit) {
  const auto list = read("项目名称,总投资,建设内容\n甲项目,3000,新建厂房\n");
  EXPECT_FALSE(list.value.projects.at(0).facts.has(FactKey::total_investment));
  const Issue* issue = find_issue(list, IssueCode::unknown_unit);
  ASSERT_NE(issue, nullptr);
  EXPECT_EQ(issue->place.row, 2U);
  EXPECT_EQ(issue->place.column, 2U);
}

TEST(ReadProjects, DerivesTheNeedFromItsPartsOnly) {
  const auto list =
      read("项目名称,总投资（万元）,自筹资金（万元）,财政资金（万元）\n甲项目,1000,200,100\n乙项目,1000,,\n");
  const Fact* need = list.value.projects.at(0).facts.find(FactKey::financing_need);
  ASSERT_NE(need, nullptr);
  EXPECT_EQ(need->range, Interval::exactly(700 * kFenPerWan));
  EXPECT_EQ(need->origin, Origin::derived);
  EXPECT_FALSE(list.value.projects.at(1).facts.has(FactKey::financing_need));
}

TEST(ReadProjects, MarksCollectionsDuplicatesSlipsAndMissingNames) {
  const auto list = read(
      "项目代码,项目名称,总投资（万元）,融资需求（万元）,建设内容\nA1,集中签约项目(6个),600,,内容\nA2,甲项目,"
      "100,200,内容\nA2,乙项目,100,20,内容\nA4,,50,10,没有名称\n");
  EXPECT_EQ(list.value.rows.projects, 3U);
  EXPECT_EQ(list.value.rows.issues, 1U);
  EXPECT_TRUE(list.value.projects[0].is_collection);
  EXPECT_FALSE(list.value.projects[1].is_collection);
  EXPECT_EQ(list.value.projects[2].id, "A2#2");
  for (const auto code :
       {IssueCode::collection_row, IssueCode::duplicate_id, IssueCode::unit_slip, IssueCode::missing_name}) {
    EXPECT_NE(find_issue(list, code), nullptr) << to_string(code);
  }
}

TEST(ReadProjects, TellsManyProjectsFromManyVillages) {
  const auto list = read(
      "项目名称,总投资（万元）\n12个先进材料项目,1\n集中签约项目（6个）,1\n第2个茶园项目,"
      "1\n3个村道路建设项目,1\n5个自然村供水项目,1\n");
  std::vector<bool> many;
  for (const auto& project : list.value.projects) many.push_back(project.is_collection);
  EXPECT_EQ(many, (std::vector<bool>{true, true, false, false, false}));
}

TEST(ReadProjects, ChecksTheSumRowAgainstItsParts) {
  const std::string head = "项目名称,总投资（万元）\n甲项目,100.5\n乙项目,200\n";
  EXPECT_EQ(find_issue(read(head + "合计,300.5\n"), IssueCode::sum_mismatch), nullptr);
  const auto wrong = read(head + "合计,301.5\n");
  const Issue* issue = find_issue(wrong, IssueCode::sum_mismatch);
  ASSERT_NE(issue, nullptr);
  EXPECT_EQ(issue->place.row, 4U);
  EXPECT_NE(issue->message.find("1万元"), std::string::npos) << issue->message;
}

TEST(ReadProjects, SearchesTheListsOwnCountyFirst) {
  const auto list = read("和平县2025年重点项目清单,,\n项目名称,建设地点,总投资（万元）\n甲项目,古寨镇,100\n");
  ASSERT_EQ(list.value.projects.size(), 1U);
  const Fact* region = list.value.projects[0].facts.find(FactKey::region);
  ASSERT_NE(region, nullptr);
  EXPECT_EQ(region->codes.front().text().substr(0, 6), "441624");
}

TEST(ReadProjects, InfersFromWordsButSaysSo) {
  const auto list =
      read("项目名称,项目单位,总投资（万元）\n东源县油茶种植基地建设项目,东源县绿源种植专业合作社,100\n");
  const Facts& facts = list.value.projects.at(0).facts;
  EXPECT_EQ(facts.find(FactKey::region)->origin, Origin::inferred);
  EXPECT_EQ(facts.find(FactKey::industry)->origin, Origin::inferred);
  EXPECT_EQ(facts.find(FactKey::borrower)->origin, Origin::inferred);
  EXPECT_EQ(facts.find(FactKey::borrower)->codes.front().text(), "cooperative");
  EXPECT_EQ(facts.find(FactKey::use)->origin, Origin::inferred);
}

}  // namespace
}  // namespace huoshui
