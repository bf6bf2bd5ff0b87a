#include <gtest/gtest.h>

#include <huoshui/learn/text_model.hpp>
#include <numeric>

namespace huoshui {
namespace {

struct Rows {
  std::vector<Project> projects;
  std::vector<std::size_t> families;
};

// Words that the lexicon does not know, so that only training can tell them apart.
Rows unknown_words() {
  Rows rows;
  const char* objects[] = {"珂珞", "瑅琭", "琎玗", "璗璆"};
  for (int i = 0; i < 40; ++i) {
    Project project;
    project.id = "P" + std::to_string(i);
    project.name = std::string(objects[i % 4]) + "第" + std::to_string(i) + "项";
    project.texts.push_back({"content", std::string(objects[i % 4]) + "事项"});
    rows.projects.push_back(std::move(project));
    rows.families.push_back(static_cast<std::size_t>(5 + i % 4));
  }
  return rows;
}

TEST(TrainInstrumentModel, LearnsWordsThatTheLexiconDoesNotKnow) {
  const Rows rows = unknown_words();
  const auto model = train_instrument_model(rows.projects, rows.families, {.with_phrases = false}).value();
  for (std::size_t i = 0; i < rows.projects.size(); ++i) {
    const auto shares = model.read_families(rows.projects[i]);
    EXPECT_EQ(std::max_element(shares.begin(), shares.end()) - shares.begin(),
              static_cast<std::ptrdiff_t>(rows.families[i]));
    EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), 0U), 1'000'000U);
  }
}

TEST(TrainInstrumentModel, GivesTheSameBytesForTheSameRows) {
  const Rows rows = unknown_words();
  const TextRecipe recipe{.rounds = 3, .with_phrases = false};
  const auto first = train_instrument_model(rows.projects, rows.families, recipe).value();
  const auto second = train_instrument_model(rows.projects, rows.families, recipe).value();
  EXPECT_EQ(first.serialise(), second.serialise());
  const auto other =
      train_instrument_model(rows.projects, rows.families, {.seed = 2, .rounds = 3, .with_phrases = false})
          .value();
  EXPECT_NE(first.serialise(), other.serialise());
}

TEST(TrainInstrumentModel, RemembersWhatItHasSeenByItsWords) {
  Rows rows = unknown_words();
  const auto model =
      train_instrument_model(rows.projects, rows.families, {.rounds = 1, .with_phrases = false}).value();
  EXPECT_TRUE(model.seen(rows.projects[7]));
  rows.projects[7].id = "another";
  EXPECT_TRUE(model.seen(rows.projects[7]));
  rows.projects[7].name += "改";
  EXPECT_FALSE(model.seen(rows.projects[7]));
  EXPECT_FALSE(InstrumentModel::rules_only().seen(rows.projects[8]));
}

TEST(TrainInstrumentModel, RefusesWhatItCannotLearnFrom) {
  const Rows rows = unknown_words();
  EXPECT_FALSE(train_instrument_model({}, {}, {.with_phrases = false}));
  EXPECT_FALSE(train_instrument_model(rows.projects, std::span(rows.families).first(3)));
  const std::vector<std::size_t> outside(rows.projects.size(), kFamilyCount);
  EXPECT_FALSE(train_instrument_model(rows.projects, outside));
}

TEST(BundledPhrases, CoverEveryFamilyWithTerseRows) {
  const auto& phrases = bundled_phrases();
  ASSERT_EQ(phrases.projects.size(), phrases.families.size());
  std::vector<int> count(kFamilyCount, 0);
  for (std::size_t i = 0; i < phrases.projects.size(); ++i) {
    EXPECT_FALSE(phrases.projects[i].name.empty());
    ++count.at(phrases.families[i]);
  }
  for (std::size_t f = 0; f < kFamilyCount; ++f) EXPECT_GE(count[f], 20) << families()[f];
}

}  // namespace
}  // namespace huoshui
