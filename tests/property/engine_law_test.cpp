// Law: the engine says of every list what the exhaustive method says, to the last byte.
#include <gtest/gtest.h>
#include <generate_wide.hpp>
#include <huoshui/matcher.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/policy/derive.hpp>
#include <huoshui/read/csv.hpp>

#include "policy/detail/derivation.hpp"

namespace huoshui {
namespace {

using testing::Generator;
using testing::WideGenerator;

std::string shown(std::span<const Offer> offers) {
  std::string out;
  for (const auto& o : offers) {
    out += " [" + std::to_string(static_cast<std::uint32_t>(o.product)) + " points " +
           std::to_string(o.points) + " cautions " + std::to_string(o.cautions) + " open " +
           std::to_string(o.open) + "]";
  }
  return out;
}

/// Compare and name the first project that differs.
void expect_same(const Answer& fast, const Answer& slow, const std::string& where) {
  if (fast == slow) return;
  ASSERT_EQ(fast.size(), slow.size()) << where;
  for (std::size_t i = 0; i < fast.size(); ++i) {
    EXPECT_EQ(fast.counts(i), slow.counts(i))
        << where << " project " << i << ": permitted " << fast.counts(i).permitted << " for "
        << slow.counts(i).permitted << ", undecided " << fast.counts(i).undecided << " for "
        << slow.counts(i).undecided;
    ASSERT_EQ(shown(fast.offers(i)), shown(slow.offers(i))) << where << " project " << i;
    ASSERT_EQ(shown(fast.possible(i)), shown(slow.possible(i))) << where << " project " << i;
  }
  FAIL() << where << ": same rankings, other bytes";
}

/// The answer for a smaller k: the heads of the same rankings.
Answer heads(const Answer& whole, const MatchOptions& options) {
  Answer out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const auto offers = whole.offers(i), possible = whole.possible(i);
    out.append(offers.first(std::min(options.k, offers.size())),
               possible.first(std::min(options.possible, possible.size())), whole.counts(i));
  }
  return out;
}

const Scorecard& card(std::uint32_t seed) {
  static const std::vector<Scorecard> cards{Scorecard::standard(), Scorecard::enterprise(),
                                            Scorecard::bank()};
  return cards[seed % cards.size()];
}

TEST(EngineLaw, EqualsTheExhaustiveMethodOnSmallWorlds) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(40), "2024-08-01", card(seed));
    const auto projects = generate.projects(100, seed % 5 == 0 ? 0 : 25);
    const Answer oracle = match_exhaustively(projects, catalogue, {.k = 1000, .possible = 1000});
    for (const auto& [k, possible] : {std::pair{5UL, 3UL}, std::pair{1000UL, 1000UL}, std::pair{0UL, 1UL}}) {
      const MatchOptions options{.k = k, .possible = possible};
      expect_same(match(projects, catalogue, options), heads(oracle, options),
                  "seed " + std::to_string(seed));
    }
  }
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint32_t kWideWorlds = 12;  // fifteen times slower there
#else
constexpr std::uint32_t kWideWorlds = 80;
#endif

TEST(EngineLaw, EqualsTheExhaustiveMethodOnWideWorlds) {
  for (std::uint32_t seed = 1; seed <= kWideWorlds; ++seed) {
    WideGenerator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(60 + seed * 7), "2024-08-01", card(seed));
    const auto projects = generate.projects(60, static_cast<int>(seed % 4) * 20);
    const Answer oracle = match_exhaustively(projects, catalogue, {.k = 1000, .possible = 1000});
    for (const std::size_t k : {1000UL, 20UL, 3UL, 1UL}) {
      const MatchOptions options{.k = k, .possible = k == 1 ? 0 : k - 1};
      expect_same(match(projects, catalogue, options), heads(oracle, options),
                  "seed " + std::to_string(seed) + " k " + std::to_string(k));
    }
  }
}

TEST(EngineLaw, EqualsTheExhaustiveMethodOnTheBundledData) {
  const Dictionaries& dictionaries = Dictionaries::bundled();
  const auto list =
      read_projects(parse_csv(bundled_sample_projects(), "sample.csv").value(), dictionaries).value();
  for (const auto handbook : {bundled_handbook(), bundled_illustrative_handbook()}) {
    const auto products = read_products(parse_csv(handbook, "handbook.csv").value(), dictionaries).value();
    for (const std::string_view day : {"2019-01-01", "2024-08-01"}) {
      for (std::uint32_t seed = 0; seed < 3; ++seed) {
        const Catalogue catalogue = testing::compiled(products.value, day, card(seed));
        for (const std::size_t k : {5UL, 1000UL}) {
          const MatchOptions options{.k = k, .possible = k};
          expect_same(match(list.value.projects, catalogue, options),
                      match_exhaustively(list.value.projects, catalogue, options), std::string(day));
        }
      }
    }
  }
}

TEST(EngineLaw, ThreadsAndPiecesNeverShow) {
  WideGenerator generate(11);
  const Catalogue catalogue = testing::compiled(generate.products(90));
  const auto few = generate.projects(500, 25);
  std::vector<Project> projects;
  for (int copies = 0; copies < 30; ++copies) projects.insert(projects.end(), few.begin(), few.end());
  const MatchOptions options{.k = 4, .possible = 3};
  const Answer whole = match(projects, catalogue, options);
  for (const unsigned threads : {2U, 3U, 5U}) {
    EXPECT_EQ(whole, match(projects, catalogue, {.k = 4, .possible = 3, .threads = threads}));
  }
  for (const std::size_t piece : {1UL, 7UL, 4096UL}) {
    Answer pieced;
    for (std::size_t at = 0; at < (piece == 1 ? few.size() : projects.size()); at += piece) {
      pieced.append(
          match(std::span(projects).subspan(at, std::min(piece, projects.size() - at)), catalogue, options));
    }
    EXPECT_EQ(pieced, piece == 1 ? match(few, catalogue, options) : whole) << "pieces of " << piece;
  }
}

TEST(EngineLaw, ValuesDerivedWithoutWordsAreTheDerivedFacts) {
  for (const std::string_view day : {"2019-01-01", "2023-06-01", "2024-08-01", "2026-01-01"}) {
    const Policy policy = testing::policy_on(day);
    policy_detail::DerivationMemory memory;
    detail::FactTable table;
    std::vector<Fact> derived;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
      WideGenerator generate(seed);
      for (const auto& project : generate.projects(200, static_cast<int>(seed % 4) * 20)) {
        policy_detail::derive_values(project.facts, policy, memory, table, derived);
        Facts facts = project.facts;
        for (auto& fact : derive_facts(facts, policy)) facts.offer(std::move(fact));
        for (const auto& entry : fact_infos()) {
          const Fact* worded = facts.find(entry.key);
          const Fact* bare = table.find(entry.key);
          ASSERT_EQ(worded == nullptr, bare == nullptr) << entry.id << " seed " << seed << " on " << day;
          if (worded == nullptr) continue;
          EXPECT_EQ(worded->range, bare->range) << entry.id << " seed " << seed;
          EXPECT_EQ(worded->codes, bare->codes) << entry.id << " seed " << seed;
          EXPECT_EQ(worded->codes_open, bare->codes_open) << entry.id << " seed " << seed;
          EXPECT_EQ(worded->origin, bare->origin) << entry.id << " seed " << seed;
        }
      }
    }
  }
}

TEST(EngineLaw, AnEmptyCatalogueAndAnEmptyListHaveEmptyAnswers) {
  const Catalogue none = testing::compiled({});
  const std::vector<Project> one{testing::a_project()};
  EXPECT_EQ(match(one, none), match_exhaustively(one, none));
  EXPECT_EQ(match({}, none).size(), 0U);
}

}  // namespace
}  // namespace huoshui
