// Laws of reading conditions: one pass says what two say, and a place or trade is judged by its prefixes.
#include <gtest/gtest.h>
#include <generate_wide.hpp>

#include "eligibility/detail/evaluate.hpp"

namespace huoshui {
namespace {

using testing::WideGenerator;

TEST(JudgeLaw, OnePassReadsWithoutInferencesAndWithThem) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    WideGenerator generate(seed);
    const auto projects = generate.projects(50, static_cast<int>(seed % 4) * 20);
    for (int i = 0; i < 60; ++i) {
      const Condition condition = generate.condition(3);
      for (const auto& project : projects) {
        const auto reading = detail::read(condition, project.facts);
        ASSERT_EQ(reading.certain, evaluate(condition, project.facts, Inferences::ignore)) << "seed " << seed;
        ASSERT_EQ(reading.counted, evaluate(condition, project.facts, Inferences::count)) << "seed " << seed;
      }
    }
  }
}

TEST(JudgeLaw, PrefixListsAcceptWhatTheirEntriesCover) {
  WideGenerator generate(3);
  for (int i = 0; i < 20'000; ++i) {
    const FactKey key = i % 2 == 0 ? FactKey::region : FactKey::industry;
    Fact fact;
    fact.key = key;
    fact.codes.emplace_back(i % 50 == 0 ? std::string() : generate.code(key));
    CodeTest test = generate.test(key, true);
    if (i % 60 == 0) test.named.emplace_back();
    const Code& code = fact.codes.front();
    bool inside = false, wider = false;
    for (const auto& accepted : test.named) {
      inside |= accepted.covers(code);
      wider |= code.covers(accepted);
    }
    const Truth expected = inside ? Truth::yes : wider || test.open ? Truth::unknown : Truth::no;
    ASSERT_EQ(detail::member(fact, test), expected) << code.text() << " case " << i;
  }
}

}  // namespace
}  // namespace huoshui
