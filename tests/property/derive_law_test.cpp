// Law: values derived without words are the derived facts, whatever the memory has seen before.
#include <gtest/gtest.h>
#include <array>
#include <generate_wide.hpp>
#include <huoshui/policy/derive.hpp>

#include "policy/detail/code_words.hpp"
#include "policy/detail/derivation.hpp"
#include "policy/detail/trades.hpp"

namespace huoshui {
namespace {

using testing::WideGenerator;

/// Every entry that the tables name, entries above and below them, and codes that no list holds.
std::vector<std::string> trades() {
  std::vector<std::string> out{"",
                               "Z",
                               std::string("A\0B", 3),
                               std::string("A01\0", 4),
                               std::string(24, 'A'),
                               std::string(25, 'C'),
                               std::string(40, 'D')};
  const auto add = [&](std::string_view prefix) {
    for (std::size_t size = 1; size <= prefix.size(); ++size) out.emplace_back(prefix.substr(0, size));
    out.push_back(std::string(prefix) + "0");
    out.push_back(std::string(prefix) + "12345678901234567890");
  };
  for (const auto& trade : policy_detail::capital_trades()) add(trade.prefix);
  for (const auto& trade : policy_detail::size_trades()) add(trade.prefix);
  for (const auto prefix : policy_detail::relief_trades()) add(prefix);
  for (const auto prefix : policy_detail::farm_trades()) add(prefix);
  for (const auto prefix : policy_detail::green_trades()) add(prefix);
  return out;
}

std::vector<std::string> borrowers() {
  std::vector<std::string> out{"", "unheard", "enterprise", "sme", "small_micro_enterprise", "government"};
  for (const auto word : policy_detail::kBoundBorrowers) out.emplace_back(word);
  for (const auto word : policy_detail::kFreeBorrowers) out.emplace_back(word);
  for (const auto word : policy_detail::kSoleTraders) out.emplace_back(word);
  for (const auto word : policy_detail::kOrganisations) out.emplace_back(word);
  return out;
}

class Worlds {
 public:
  explicit Worlds(std::uint32_t seed) : base_(seed) {}

  Facts facts() {
    Facts out;
    const int blank = static_cast<int>(base_.below(4)) * 25;
    for (const auto& entry : fact_infos()) {
      if (base_.chance(blank)) continue;
      Fact fact = base_.fact(entry.key);
      for (auto& code : fact.codes) code = Code(word(entry.key));
      // Mostly stated inputs and absent answers, else little is left to derive.
      if (!inputs_of(entry.key).empty() && base_.chance(75)) continue;
      if (base_.chance(60)) fact.origin = Origin::stated;
      out.set(std::move(fact));
    }
    return out;
  }

 private:
  std::string word(FactKey key) {
    static const auto kTrades = trades(), kBorrowers = borrowers();
    static const std::vector<std::string> kSizes{"micro",       "small", "medium", "large",
                                                 "micro_small", "sme",   "x"};
    switch (key) {
      case FactKey::industry:
        return kTrades[base_.below(kTrades.size())];
      case FactKey::borrower:
        return kBorrowers[base_.below(kBorrowers.size())];
      case FactKey::size_class:
        return kSizes[base_.below(kSizes.size())];
      case FactKey::region: {
        std::string code = base_.chance(90) ? "44" : "11";
        for (std::size_t i = base_.below(11); i > 0; --i)
          code += base_.chance(99) ? static_cast<char>('0' + base_.below(10)) : 'x';
        return code;
      }
      default:
        return base_.code(key);
    }
  }

  WideGenerator base_;
};

void expect_law(const Policy& policy, std::size_t trades, const std::string& where) {
  policy_detail::DerivationMemory memory(trades);
  detail::FactTable table;
  std::vector<Fact> derived;
  std::array<std::size_t, kFactKeyCount> seen{};
  Worlds worlds(7);
  for (int i = 0; i < 4'000; ++i) {
    const Facts given = worlds.facts();
    policy_detail::derive_values(given, policy, memory, table, derived);
    Facts facts = given;
    for (auto& fact : derive_facts(given, policy)) {
      ++seen[static_cast<std::size_t>(fact.key)];
      facts.offer(std::move(fact));
    }
    for (const auto& entry : fact_infos()) {
      const Fact* worded = facts.find(entry.key);
      const Fact* bare = table.find(entry.key);
      ASSERT_EQ(worded == nullptr, bare == nullptr) << entry.id << " project " << i << " " << where;
      if (worded == nullptr) continue;
      ASSERT_EQ(bare->key, entry.key) << "project " << i << " " << where;
      EXPECT_EQ(worded->range, bare->range) << entry.id << " project " << i << " " << where;
      EXPECT_EQ(worded->codes, bare->codes) << entry.id << " project " << i << " " << where;
      EXPECT_EQ(worded->codes_open, bare->codes_open) << entry.id << " project " << i << " " << where;
      EXPECT_EQ(worded->origin, bare->origin) << entry.id << " project " << i << " " << where;
    }
  }
  for (const auto& entry : fact_infos()) {
    if (inputs_of(entry.key).empty()) continue;
    EXPECT_GT(seen[static_cast<std::size_t>(entry.key)], 0U) << entry.id << " never derived " << where;
  }
}

TEST(DeriveLaw, ValuesAreTheDerivedFactsWhateverWasReadBefore) {
  for (const std::string_view day : {"2023-06-01", "2024-08-01"}) {
    for (const auto low : {LowConfidence::off, LowConfidence::on}) {
      const Policy policy =
          PolicyPack::bundled().at(parse_date(day).value(), {.low_confidence = low}).value();
      for (const std::size_t places : {2UL, 1024UL})  // one trade pushes out another, or none does
        expect_law(policy, places, std::string(day) + " places " + std::to_string(places));
    }
  }
}

}  // namespace
}  // namespace huoshui
