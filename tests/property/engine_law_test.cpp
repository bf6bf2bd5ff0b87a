// Law: the engine says of every list what the exhaustive method says, to the last byte.
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/policy/derive.hpp>
#include <huoshui/read/csv.hpp>
#include "engine_compare.hpp"

#include "policy/detail/derivation.hpp"

namespace huoshui {
namespace {

using testing::card;
using testing::Compared;
using testing::expect_exhaustive;
using testing::expect_same;
using testing::Generator;
using testing::kSlower;
using testing::WideGenerator;
using testing::with_each_kernel_set;

TEST(EngineLaw, EqualsTheExhaustiveMethodOnSmallWorlds) {
  Compared compared;
  for (std::uint32_t seed = 1; seed <= 60 / kSlower; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(40), "2024-08-01", card(seed));
    const auto projects = generate.projects(100, seed % 5 == 0 ? 0 : 25);
    expect_exhaustive(projects, catalogue, "seed " + std::to_string(seed), compared);
    if (HasFatalFailure()) return;
  }
}

TEST(EngineLaw, EqualsTheExhaustiveMethodOnWideWorlds) {
  Compared compared;
  for (std::uint32_t seed = 1; seed <= 80 / kSlower; ++seed) {
    WideGenerator generate(seed);
    const Catalogue catalogue =
        testing::compiled(generate.products(60 + seed * 15), "2024-08-01", card(seed));
    const auto projects = generate.projects(60, static_cast<int>(seed % 4) * 20);
    expect_exhaustive(projects, catalogue, "seed " + std::to_string(seed), compared);
    if (HasFatalFailure()) return;
  }
}

TEST(EngineLaw, EqualsTheExhaustiveMethodOnTheBundledData) {
  Compared compared;
  const Dictionaries& dictionaries = Dictionaries::bundled();
  const auto list =
      read_projects(parse_csv(bundled_sample_projects(), "sample.csv").value(), dictionaries).value();
  for (const auto handbook : {bundled_handbook(), bundled_illustrative_handbook()}) {
    const auto products = read_products(parse_csv(handbook, "handbook.csv").value(), dictionaries).value();
    for (const std::string_view day : {"2019-01-01", "2024-08-01"}) {
      for (std::uint32_t seed = 0; seed < 3; ++seed) {
        const Catalogue catalogue = testing::compiled(products.value, day, card(seed));
        expect_exhaustive(list.value.projects, catalogue, std::string(day), compared);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(EngineLaw, ThreadsAndPiecesNeverShow) {
  WideGenerator generate(11);
  const Catalogue catalogue = testing::compiled(generate.products(90));
  const auto few = generate.projects(500, 25);
  constexpr std::size_t kCopies = kSlower == 1 ? 30 : 5;
  std::vector<Project> projects;
  Answer whole;
  const MatchOptions options{.k = 4, .possible = 3};
  const Answer oracle = match_exhaustively(few, catalogue, options);
  for (std::size_t copies = 0; copies < kCopies; ++copies) {
    projects.insert(projects.end(), few.begin(), few.end());
    whole.append(oracle);
  }
  with_each_kernel_set([&](const std::string& kernels) {
    for (const unsigned threads : {1U, 2U, 3U, 5U, 16U}) {
      const MatchOptions threaded{.k = 4, .possible = 3, .threads = threads};
      const std::string where = kernels + " threads " + std::to_string(threads);
      expect_same(match(projects, catalogue, threaded), whole, where);
      const PreparedList prepared = prepare(projects, catalogue, threads);
      for (const unsigned others : {1U, threads, 4U}) {
        expect_same(match(prepared, {.k = 4, .possible = 3, .threads = others}), whole, where + " prepared");
      }
      if (HasFatalFailure()) return;
    }
    for (const std::size_t piece : {1UL, 7UL, 511UL, 4096UL}) {
      Answer pieced, prepared;
      for (std::size_t at = 0; at < (piece == 1 ? few.size() : projects.size()); at += piece) {
        const auto some = std::span(projects).subspan(at, std::min(piece, projects.size() - at));
        pieced.append(match(some, catalogue, options));
        prepared.append(match(prepare(some, catalogue, 2), options));
      }
      const std::string where = kernels + " pieces of " + std::to_string(piece);
      expect_same(pieced, piece == 1 ? oracle : whole, where);
      expect_same(prepared, piece == 1 ? oracle : whole, where + " prepared");
      if (HasFatalFailure()) return;
    }
  });
}

TEST(EngineLaw, APreparedListOutlivesItsProjectsAndItsCatalogue) {
  WideGenerator generate(12);
  auto projects = generate.projects(200, 25);
  std::optional<Catalogue> catalogue = testing::compiled(generate.products(200));
  const MatchOptions options{.k = 9, .possible = 9};
  const Answer expected = match(projects, *catalogue, options);
  const PreparedList prepared = prepare(projects, *catalogue);
  projects.clear();
  projects.shrink_to_fit();
  catalogue.reset();
  expect_same(match(prepared, options), expected, "alone");
  const PreparedList copy = prepared;
  expect_same(match(copy, options), expected, "a copy");
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
  const std::vector<Project> one{testing::a_project()}, nobody;
  with_each_kernel_set([&](const std::string& kernels) {
    expect_same(match(one, none), match_exhaustively(one, none), kernels);
    expect_same(match(prepare(one, none)), match_exhaustively(one, none), kernels + " prepared");
    EXPECT_EQ(match({}, none).size(), 0U);
    EXPECT_EQ(match(prepare(nobody, none, 2), {.threads = 2}).size(), 0U);
    EXPECT_EQ(match(prepare(nobody, testing::compiled({testing::a_product()}))).size(), 0U);
  });
}

}  // namespace
}  // namespace huoshui
