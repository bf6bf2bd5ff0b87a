#include <gtest/gtest.h>

#include <huoshui/domain/instrument.hpp>
#include <set>
#include <string>

namespace huoshui {
namespace {

TEST(Instrument, IsAClosedListOfFortySix) {
  EXPECT_EQ(kInstrumentCount, 46U);
  ASSERT_EQ(instrument_infos().size(), kInstrumentCount);
  for (std::size_t i = 0; i < kInstrumentCount; ++i) {
    const auto instrument = static_cast<Instrument>(i);
    EXPECT_EQ(info(instrument).instrument, instrument);
    EXPECT_EQ(to_string(instrument), instrument_infos()[i].id);
  }
}

TEST(Instrument, IsFoundByIdAndByChineseName) {
  std::set<std::string_view> words;
  for (const auto& entry : instrument_infos()) {
    EXPECT_EQ(find_instrument(entry.id), entry.instrument);
    EXPECT_EQ(find_instrument(entry.name_zh), entry.instrument);
    EXPECT_TRUE(words.insert(entry.id).second) << entry.id;
    EXPECT_TRUE(words.insert(entry.name_zh).second) << entry.name_zh;
    EXPECT_FALSE(entry.name_en.empty()) << entry.id;
  }
  EXPECT_EQ(info(Instrument::syndicated_loan).name_zh, "银团贷款");
  for (const char* word : {"", "银团", "syndicated loan", "Syndicated_loan", "贷款"}) {
    EXPECT_EQ(find_instrument(word), std::nullopt) << word;
  }
}

TEST(Instrument, ServesMeasuresOfThePlan) {
  const std::set<std::string> plan = {"1",  "2", "3",  "4",   "5",  "6", "7",  "8",  "9",  "10", "11", "12",
                                      "13", "I", "II", "III", "IV", "V", "VI", "W1", "W2", "W3", "W4"};
  for (const auto& entry : instrument_infos()) {
    std::set<std::string> seen;
    for (std::string_view rest = entry.measures; !rest.empty();) {
      const auto end = rest.find(';');
      const std::string measure(rest.substr(0, end));
      EXPECT_TRUE(plan.contains(measure)) << entry.id << " serves " << measure;
      EXPECT_TRUE(seen.insert(measure).second) << entry.id << " serves " << measure << " twice";
      rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
    }
    EXPECT_FALSE(seen.empty()) << entry.id;
  }
}

TEST(Instrument, HasALoanClassOnlyWhereItLends) {
  for (const auto& entry : instrument_infos()) {
    if (entry.loan_class == LoanClass::none) continue;
    EXPECT_TRUE(entry.kind == InstrumentKind::loan || entry.kind == InstrumentKind::supply_chain) << entry.id;
  }
}

TEST(InstrumentKind, HasAWordOfItsOwnAndSomeInstrument) {
  std::set<std::string_view> words;
  std::set<InstrumentKind> used;
  for (const auto& entry : instrument_infos()) used.insert(entry.kind);
  for (std::size_t i = 0; i <= static_cast<std::size_t>(InstrumentKind::lease); ++i) {
    const auto kind = static_cast<InstrumentKind>(i);
    EXPECT_TRUE(words.insert(to_string(kind)).second);
    EXPECT_TRUE(used.contains(kind)) << to_string(kind);
  }
  EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace huoshui
