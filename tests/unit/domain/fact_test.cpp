#include <gtest/gtest.h>

#include <huoshui/domain/fact.hpp>
#include <map>
#include <random>
#include <set>
#include <string>

#include "builders.hpp"

namespace huoshui {
namespace {

using testing::code_fact;
using testing::number_fact;

FactKey key_number(std::size_t i) { return static_cast<FactKey>(i); }

TEST(FactInfo, StandsInKeyOrderForEveryKey) {
  ASSERT_EQ(fact_infos().size(), kFactKeyCount);
  for (std::size_t i = 0; i < kFactKeyCount; ++i) {
    EXPECT_EQ(fact_infos()[i].key, key_number(i));
    EXPECT_EQ(&info(key_number(i)), &fact_infos()[i]);
    EXPECT_EQ(to_string(key_number(i)), fact_infos()[i].id);
  }
}

TEST(FactInfo, HasWordsThatNoOtherKeyHas) {
  std::map<std::string_view, std::string_view> owner;
  for (const auto& entry : fact_infos()) {
    EXPECT_FALSE(entry.id.empty());
    EXPECT_FALSE(entry.name_zh.empty()) << entry.id;
    EXPECT_FALSE(entry.name_en.empty()) << entry.id;
    EXPECT_EQ(entry.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), entry.id.npos) << entry.id;
    for (const auto word : {entry.id, entry.name_zh}) {
      const auto [at, is_new] = owner.emplace(word, entry.id);
      EXPECT_TRUE(is_new) << word << " means both " << at->second << " and " << entry.id;
    }
  }
  std::set<std::string_view> english;
  for (const auto& entry : fact_infos()) EXPECT_TRUE(english.insert(entry.name_en).second) << entry.name_en;
}

TEST(FactInfo, HasACodeListExactlyWhenItHoldsCodes) {
  std::set<CodeList> lists;
  for (const auto& entry : fact_infos()) {
    EXPECT_EQ(entry.kind == FactKind::codes, entry.list != CodeList::none) << entry.id;
    if (entry.list == CodeList::none) continue;
    EXPECT_TRUE(lists.insert(entry.list).second) << "two keys read the list " << to_string(entry.list);
    EXPECT_EQ(to_string(entry.list), entry.id);
  }
  EXPECT_EQ(lists.size(), static_cast<std::size_t>(CodeList::place_type)) << "a list that no key reads";
}

TEST(FactInfo, AsksForDocumentsOnlyWhereTheyAnswerYesOrNo) {
  for (const auto& entry : fact_infos()) {
    EXPECT_TRUE(entry.remedy != Remedy::supply || entry.kind == FactKind::boolean) << entry.id;
    EXPECT_TRUE(entry.remedy != Remedy::add || entry.kind == FactKind::codes) << entry.id;
  }
  // The place, the trade and the kind of borrower are what the project is: nobody moves them.
  for (const auto key : {FactKey::region, FactKey::industry, FactKey::borrower, FactKey::hidden_debt}) {
    EXPECT_EQ(info(key).remedy, Remedy::none) << to_string(key);
  }
}

TEST(FindFactKey, KnowsEveryIdAndChineseName) {
  for (const auto& entry : fact_infos()) {
    EXPECT_EQ(find_fact_key(entry.id), entry.key);
    EXPECT_EQ(find_fact_key(entry.name_zh), entry.key);
  }
}

TEST(FindFactKey, KnowsOtherWordsAndNothingBesides) {
  EXPECT_EQ(find_fact_key("申请金额"), FactKey::financing_need);
  EXPECT_EQ(find_fact_key("贷款期限"), FactKey::tenor);
  EXPECT_EQ(find_fact_key("资本金"), FactKey::own_capital);
  EXPECT_EQ(find_fact_key("category"), FactKey::measure);
  for (const char* word : {"", " tenor", "Tenor", "期 限", "没有这一列", "none"}) {
    EXPECT_EQ(find_fact_key(word), std::nullopt) << word;
  }
}

TEST(FactWords, AreThereForEveryEnumerator) {
  std::set<std::string_view> kinds, lists, origins;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(FactKind::boolean); ++i) {
    EXPECT_TRUE(kinds.insert(to_string(static_cast<FactKind>(i))).second);
  }
  for (std::size_t i = 0; i <= static_cast<std::size_t>(CodeList::place_type); ++i) {
    EXPECT_TRUE(lists.insert(to_string(static_cast<CodeList>(i))).second);
  }
  for (const auto origin : {Origin::stated, Origin::derived, Origin::inferred}) {
    EXPECT_TRUE(origins.insert(to_string(origin)).second);
  }
  EXPECT_FALSE(kinds.contains("") || lists.contains("") || origins.contains(""));
}

TEST(Facts, AreAbsentNotZero) {
  const Facts facts;
  for (std::size_t i = 0; i < kFactKeyCount; ++i) {
    EXPECT_EQ(facts.find(key_number(i)), nullptr);
    EXPECT_FALSE(facts.has(key_number(i)));
  }
  EXPECT_TRUE(facts.all().empty());
}

TEST(Facts, StandInKeyOrderWhateverTheOrderOfArrival) {
  Facts forward, backward;
  for (std::size_t i = 0; i < kFactKeyCount; ++i) {
    forward.set(number_fact(key_number(i), Interval::exactly(static_cast<std::int64_t>(i))));
    backward.set(number_fact(key_number(kFactKeyCount - 1 - i),
                             Interval::exactly(static_cast<std::int64_t>(kFactKeyCount - 1 - i))));
  }
  EXPECT_EQ(forward, backward);
  ASSERT_EQ(forward.all().size(), kFactKeyCount);
  for (std::size_t i = 0; i < kFactKeyCount; ++i) {
    EXPECT_EQ(forward.all()[i].key, key_number(i));
    EXPECT_EQ(forward.find(key_number(i)), &forward.all()[i]);
  }
}

TEST(Facts, SetReplacesWhateverTheOrigin) {
  Facts facts;
  facts.set(number_fact(FactKey::tenor, Interval::exactly(12), Origin::stated));
  facts.set(number_fact(FactKey::tenor, Interval::exactly(24), Origin::inferred));
  ASSERT_EQ(facts.all().size(), 1U);
  EXPECT_EQ(facts.find(FactKey::tenor)->range, Interval::exactly(24));
  EXPECT_EQ(facts.find(FactKey::tenor)->origin, Origin::inferred);
}

TEST(Facts, KeepTheFirstOfRepeatedCodes) {
  Facts facts;
  facts.set(code_fact(FactKey::industry, {"A0164", "A01", "A0164", "C13", "A01"}));
  const std::vector<Code> expected = {Code("A0164"), Code("A01"), Code("C13")};
  EXPECT_EQ(facts.find(FactKey::industry)->codes, expected);
}

TEST(Facts, OfferYieldsToStrongerOrEqualOrigin) {
  const auto origins = {Origin::stated, Origin::derived, Origin::inferred};
  for (const auto present : origins) {
    for (const auto offered : origins) {
      Facts facts;
      facts.offer(number_fact(FactKey::revenue, Interval::exactly(1), present));
      facts.offer(number_fact(FactKey::revenue, Interval::exactly(2), offered));
      EXPECT_EQ(facts.find(FactKey::revenue)->range.min, offered < present ? 2 : 1)
          << to_string(offered) << " offered where " << to_string(present) << " stands";
    }
  }
}

TEST(Facts, EraseLeavesTheOthersFindable) {
  Facts facts;
  facts.set(number_fact(FactKey::total_investment, Interval::exactly(1)));
  facts.set(number_fact(FactKey::tenor, Interval::exactly(2)));
  facts.set(number_fact(FactKey::insured, Interval::exactly(1)));
  facts.erase(FactKey::tenor);
  EXPECT_FALSE(facts.has(FactKey::tenor));
  EXPECT_EQ(facts.find(FactKey::total_investment)->range.min, 1);
  EXPECT_EQ(facts.find(FactKey::insured)->key, FactKey::insured);
  facts.erase(FactKey::tenor);  // absent already
  EXPECT_EQ(facts.all().size(), 2U);
  facts.set(number_fact(FactKey::tenor, Interval::exactly(3)));
  EXPECT_EQ(facts.find(FactKey::tenor)->range.min, 3);
  for (const auto key : {FactKey::total_investment, FactKey::tenor, FactKey::insured}) facts.erase(key);
  EXPECT_EQ(facts, Facts{});
}

TEST(Facts, BehaveAsAMapUnderAnySequence) {
  constexpr unsigned kSeed = 20240204;
  std::mt19937 random(kSeed);
  Facts facts;
  std::map<FactKey, Fact> model;
  for (int step = 0; step < 20'000; ++step) {
    const auto key = key_number(random() % kFactKeyCount);
    const auto fact = number_fact(key, Interval::exactly(step), static_cast<Origin>(random() % 3));
    switch (random() % 3) {
      case 0:
        facts.set(fact);
        model[key] = fact;
        break;
      case 1:
        facts.offer(fact);
        if (const auto at = model.find(key); at == model.end() || fact.origin < at->second.origin)
          model[key] = fact;
        break;
      default:
        facts.erase(key);
        model.erase(key);
    }
    ASSERT_EQ(facts.all().size(), model.size()) << "seed " << kSeed << ", step " << step;
    const auto* found = facts.find(key);
    ASSERT_EQ(found != nullptr, model.contains(key)) << "seed " << kSeed << ", step " << step;
    ASSERT_TRUE(found == nullptr || *found == model.at(key)) << "seed " << kSeed << ", step " << step;
  }
  auto at = model.begin();
  for (const auto& fact : facts.all()) EXPECT_EQ(fact, (at++)->second);
}

}  // namespace
}  // namespace huoshui
