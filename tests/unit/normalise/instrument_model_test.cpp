#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/normalise/instrument_model.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>
#include <numeric>

#include "normalise/detail/lexicon.hpp"
#include "normalise/detail/text_features.hpp"

namespace huoshui {
namespace {

using detail::Lexicon;

constexpr std::string_view kWords =
    "cue,where,words,support,source\n"
    "water,,取水|取水许可证,water_right_pledge:40;infrastructure_loan:-5,plan 13\n"
    "listing,,上市,equity_listing:45,plan 1\n"
    "hide,mask,夏粮上市,,goods that come to the market\n"
    "coop,owner,合作社,working_capital_loan:8,law\n";
constexpr std::string_view kRules =
    "rule,when,support,why\n"
    "small,water need<=50,village_credit:7,五十万元以内\n"
    "large,water need>=51 !coop,infrastructure_loan:9,五十一万元以上\n";

Lexicon small_lexicon() { return Lexicon::parse(kWords, kRules).value(); }

Project named(std::string name) {
  Project project;
  project.id = "P";
  project.name = std::move(name);
  return project;
}

void set_need(Project& project, std::int64_t wan) {
  Fact fact;
  fact.key = FactKey::financing_need;
  fact.range = Interval::exactly(wan * 1'000'000);
  project.facts.set(std::move(fact));
}

detail::LexiconReading reading_of(const Project& project, const Lexicon& lexicon) {
  return lexicon.read(project, detail::readable_texts(project));
}

int score_of(const detail::LexiconReading& reading, Instrument instrument) {
  return reading.score[static_cast<std::size_t>(instrument)];
}

TEST(Lexicon, EveryCueAndRuleSaysWhereItComesFrom) {
  for (const auto& cue : Lexicon::bundled().cues()) EXPECT_FALSE(cue.source.empty()) << cue.id.text();
  for (const auto& rule : Lexicon::bundled().rules()) EXPECT_FALSE(rule.why.empty()) << rule.id.text();
  EXPECT_GT(Lexicon::bundled().cues().size(), 100U);
}

TEST(Lexicon, RefusesRowsWithoutSourceUnknownInstrumentsAndUnknownCues) {
  const std::string words(kWords), rules(kRules);
  EXPECT_FALSE(Lexicon::parse(words + "bare,,词,water_right_pledge:1,\n", rules));
  EXPECT_FALSE(Lexicon::parse(words + "odd,,词,gold_loan:1,plan 1\n", rules));
  EXPECT_FALSE(Lexicon::parse(words + "water,,词,water_right_pledge:1,plan 1\n", rules));
  EXPECT_FALSE(Lexicon::parse(words + "where,nowhere,词,water_right_pledge:1,plan 1\n", rules));
  EXPECT_FALSE(Lexicon::parse(words, rules + "stray,fire,water_right_pledge:1,理由\n"));
  EXPECT_FALSE(Lexicon::parse(words, rules + "mute,water,water_right_pledge:1,\n"));
}

TEST(Lexicon, FindsEveryWordAndCountsACueOnce) {
  const Lexicon lexicon = small_lexicon();
  const Project project = named("甲厂取水许可证");
  const auto reading = reading_of(project, lexicon);
  ASSERT_EQ(reading.hits.size(), 2U);  // 取水 inside 取水许可证: both show, the cue weighs once
  EXPECT_EQ(word_in(reading.hits[0], project), "取水");
  EXPECT_EQ(word_in(reading.hits[1], project), "取水许可证");
  EXPECT_EQ(reading.hits[0].position, std::string_view("甲厂").size());
  EXPECT_EQ(score_of(reading, Instrument::water_right_pledge), 40);
  EXPECT_EQ(score_of(reading, Instrument::infrastructure_loan), -5);
}

TEST(Lexicon, AMaskHidesTheWordsInsideItAndNoOthers) {
  const Lexicon lexicon = small_lexicon();
  EXPECT_TRUE(reading_of(named("夏粮上市前备款"), lexicon).hits.empty());
  EXPECT_EQ(reading_of(named("夏粮上市后公司上市"), lexicon).hits.size(), 1U);
}

TEST(Lexicon, OwnerWordsCountInTheOwnersNameAlone) {
  const Lexicon lexicon = small_lexicon();
  EXPECT_EQ(score_of(reading_of(named("合作社冷库"), lexicon), Instrument::working_capital_loan), 0);
  Project project = named("冷库");
  project.texts.push_back({"owner", "某合作社"});
  EXPECT_EQ(score_of(reading_of(project, lexicon), Instrument::working_capital_loan), 8);
}

TEST(Lexicon, AWordOfTheOwnersNameCountsHalf) {
  const Lexicon lexicon = small_lexicon();
  Project project = named("扩建");
  project.texts.push_back({"owner", "某取水公司"});
  EXPECT_EQ(score_of(reading_of(project, lexicon), Instrument::water_right_pledge), 20);
}

TEST(Lexicon, RulesHoldEitherSideOfTheirAmountAndNotWithoutOne) {
  const Lexicon lexicon = small_lexicon();
  Project project = named("取水");
  EXPECT_TRUE(reading_of(project, lexicon).rules.empty());
  set_need(project, 50);
  EXPECT_EQ(score_of(reading_of(project, lexicon), Instrument::village_credit), 7);
  EXPECT_EQ(score_of(reading_of(project, lexicon), Instrument::infrastructure_loan), -5);
  set_need(project, 51);
  EXPECT_EQ(score_of(reading_of(project, lexicon), Instrument::village_credit), 0);
  EXPECT_EQ(score_of(reading_of(project, lexicon), Instrument::infrastructure_loan), 4);
  project.texts.push_back({"owner_type", "合作社"});
  EXPECT_EQ(score_of(reading_of(project, lexicon), Instrument::infrastructure_loan), -5);
}

TEST(Lexicon, ReadsNoColumnThatNamesAnInstrumentABankOrASecurity) {
  Project project = named("扩建");
  for (const char* column : {"security", "bank", "finance_type", "remark"})
    project.texts.push_back({column, "取水许可证"});
  EXPECT_TRUE(reading_of(project, small_lexicon()).hits.empty());
  project.texts.push_back({"content", "取水许可证"});
  EXPECT_EQ(reading_of(project, small_lexicon()).hits.size(), 2U);
}

TEST(Families, AreThirtyTwoAndSevenInstrumentsHaveNone) {
  ASSERT_EQ(families().size(), kFamilyCount);
  EXPECT_EQ(families().front(), "银团贷款");
  std::size_t without = 0;
  for (const auto& entry : instrument_infos()) without += !family_of(entry.instrument).has_value();
  EXPECT_EQ(without, 7U);
  EXPECT_EQ(family_of(Instrument::supply_chain_order), family_of(Instrument::supply_chain_receivable));
}

TEST(ShareMillion, SumsToAMillionAndKeepsTheOrder) {
  const std::array<int, 4> logits{-100'000, 256, 0, 256};
  std::array<std::uint32_t, 4> out{};
  detail::share_million(logits, out);
  EXPECT_EQ(std::accumulate(out.begin(), out.end(), 0U), 1'000'000U);
  EXPECT_EQ(out[0], 0U);
  EXPECT_GE(out[1], out[3]);
  EXPECT_LE(out[1] - out[3], 4U);
  EXPECT_NEAR(out[2], 1e6 / (1 + 2 * 2.718281828), 2);
}

TEST(InstrumentModel, TheShippedWeightsBelongToTheLexicon) {
  const std::string bytes = InstrumentModel::bundled().serialise();
  EXPECT_NE(bytes, InstrumentModel::rules_only().serialise()) << "the lexicon has changed: ./run train";
  EXPECT_NE(bytes.find("\nrows "), std::string::npos);
}

TEST(InstrumentModel, WritesTheBytesItReads) {
  const std::string bytes = InstrumentModel::bundled().serialise();
  const auto again = InstrumentModel::parse(bytes, "w.bin");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->serialise(), bytes);
  const Project project = named("某县国家储备林建设项目");
  EXPECT_EQ(again->read(project), InstrumentModel::bundled().read(project));
}

TEST(InstrumentModel, RefusesBytesThatAreCutShortOrOfAnotherLexicon) {
  const std::string bytes = InstrumentModel::bundled().serialise();
  for (const std::size_t cut : {std::size_t{0}, std::size_t{20}, bytes.find('\n', 40) + 5, bytes.size() - 1})
    EXPECT_FALSE(InstrumentModel::parse(std::string_view(bytes).substr(0, cut), "w.bin")) << cut;
  EXPECT_FALSE(InstrumentModel::parse(bytes + "x", "w.bin"));
  std::string other = bytes;
  other[bytes.find('\n', bytes.find('\n') + 1) + 5] ^= 1;  // the fingerprint of the lexicon
  EXPECT_FALSE(InstrumentModel::parse(other, "w.bin"));
}

struct TerseRow {
  const char* name;
  Instrument best;
};

TEST(InstrumentModel, ReadsTerseRows) {
  const TerseRow rows[] = {
      {"某县高标准农田建设项目", Instrument::farmland_project_loan},
      {"某水电站取水权质押", Instrument::water_right_pledge},
      {"某村生态公益林补偿收益权", Instrument::public_forest_income_pledge},
      {"印染厂排污权抵押", Instrument::discharge_right_pledge},
      {"某镇厕所革命和村庄环境整治", Instrument::rural_living_environment_loan},
      {"农产品冷链物流中心", Instrument::cold_chain_loan},
      {"国家储备林一期", Instrument::forestry_project_loan},
      {"县城老旧小区改造", Instrument::urban_renewal_loan},
      {"某企业融资租赁购置设备", Instrument::finance_lease},
      {"农村老年人意外伤害险统保", Instrument::livelihood_insurance},
  };
  for (const auto& row : rows)
    EXPECT_EQ(InstrumentModel::bundled().suggest(named(row.name), 1).front().instrument, row.best)
        << row.name;
}

TEST(InstrumentModel, SuggestsWithWordsThatStandInTheTextAndRulesThatWeigh) {
  const Project project = named("农户养牛，存栏活体可登记");
  const auto suggestions = InstrumentModel::bundled().suggest(project, 46);
  ASSERT_EQ(suggestions.size(), kInstrumentCount);
  std::uint32_t sum = 0;
  bool some_words = false;
  for (std::size_t i = 0; i < suggestions.size(); ++i) {
    sum += suggestions[i].millionths;
    if (i > 0) {
      EXPECT_GE(suggestions[i - 1].millionths, suggestions[i].millionths);
    }
    for (const auto& word : suggestions[i].words) {
      some_words = true;
      EXPECT_NE(project.name.find(word_in(word, project)), std::string::npos);
      EXPECT_EQ(field_of(word, project), "name");
      EXPECT_FALSE(cue_name(word.cue).empty());
    }
    for (const auto& rule : suggestions[i].rules) EXPECT_NE(rule.support, 0);
  }
  EXPECT_EQ(sum, 1'000'000U);
  EXPECT_TRUE(some_words);
}

TEST(InstrumentModel, ReadsEmptyAndStrangeTexts) {
  for (const std::string& text :
       {std::string(), std::string("\xff\xfe"), std::string(3000, '1'), std::string("？！")}) {
    const auto affinity = InstrumentModel::bundled().read(named(text));
    EXPECT_EQ(std::accumulate(affinity.millionths.begin(), affinity.millionths.end(), 0U), 1'000'000U);
  }
  EXPECT_THROW(cue_name(60'000), ContractError);
  EXPECT_THROW(word_in({0, 9, 0, 0}, named("短")), ContractError);
}

ProjectList read(std::string csv) {
  auto table = parse_csv(csv, "list.csv");
  return read_projects(table.value(), Dictionaries::bundled()).value().value;
}

TEST(ReadProjects, FillsTheAffinityAsTheModelReadsIt) {
  const auto list = read("项目名称,建设内容\n甲,新建冷库\n乙,改造老旧小区\n");
  ASSERT_EQ(list.projects.size(), 2U);
  for (const auto& project : list.projects)
    EXPECT_EQ(project.affinity, InstrumentModel::bundled().read(project));
}

TEST(ReadProjects, InfersWhatTheWordsStatePlainly) {
  const auto list = read(
      "项目名称,建设内容\n甲,造林2.08万亩，带动425户，总投资4.4亿元，需3亿元\n乙,牧场现存栏奶牛698头\n丙,"
      "流转农田3280亩\n");
  const auto value = [&](std::size_t row, FactKey key) {
    const Fact* fact = list.projects.at(row).facts.find(key);
    EXPECT_NE(fact, nullptr);
    if (fact == nullptr) return std::int64_t{-1};
    EXPECT_EQ(fact->origin, Origin::inferred);
    EXPECT_FALSE(fact->basis.empty());
    EXPECT_TRUE(fact->range.is_point());
    return fact->range.min;
  };
  EXPECT_EQ(value(0, FactKey::forest_area), 20'800 * 2000);
  EXPECT_EQ(value(0, FactKey::households), 425);
  EXPECT_EQ(value(0, FactKey::total_investment), 44'000'000'000);
  EXPECT_EQ(value(0, FactKey::financing_need), 30'000'000'000);
  EXPECT_EQ(value(1, FactKey::livestock_head), 698);
  EXPECT_EQ(value(2, FactKey::farmland_area), 3280 * 2000);
}

TEST(ReadProjects, WordsNeverStandOverACellAndNeverGuess) {
  const auto list = read(
      "项目名称,建设内容,总投资（万元）\n甲,总投资4.4亿元,100\n乙,总投资5亿元,若干\n丙,带动800余户,\n"
      "丁,覆盖3个村25户和40户,\n戊,总投资约1亿元；总投资2亿元,\n己,厂房面积30亩，户型120户型,\n");
  const auto& rows = list.projects;
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0].facts.find(FactKey::total_investment)->range, Interval::exactly(100'000'000));
  EXPECT_FALSE(rows[1].facts.has(FactKey::total_investment));  // the cell says something we cannot read
  EXPECT_FALSE(rows[2].facts.has(FactKey::households));
  EXPECT_FALSE(rows[3].facts.has(FactKey::households));
  EXPECT_FALSE(rows[4].facts.has(FactKey::total_investment));
  EXPECT_FALSE(rows[5].facts.has(FactKey::households));
  EXPECT_FALSE(rows[5].facts.has(FactKey::forest_area));
}

}  // namespace
}  // namespace huoshui
