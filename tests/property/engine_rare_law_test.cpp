// Law: the engine says what the exhaustive method says, also where it leaves its usual way: so many loose
// rules that they are judged only when asked for, so many rules that shares are not read from tables, so many
// open terms that features do not fit one pass, long texts, cards with few criteria, catalogues that just
// fill a word or a block or not quite.
#include "engine_compare.hpp"

namespace huoshui {
namespace {

using testing::card;
using testing::Compared;
using testing::expect_exhaustive;
using testing::kSlower;
using testing::WideGenerator;

std::unique_ptr<engine::Index> index_of(const Catalogue& catalogue) {
  std::vector<std::uint32_t> rows(catalogue.size());
  for (std::uint32_t n = 0; n < rows.size(); ++n) rows[n] = n;
  return std::make_unique<engine::Index>(catalogue, rows);
}

TEST(EngineRareLaw, CataloguesOfEverySizeAroundWordsAndBlocks) {
  Compared compared;
  WideGenerator generate(21);
  const auto products = generate.exactly(1025);
  std::uint32_t seed = 0;
  for (const std::size_t size :
       {1UL, 2UL, 24UL, 25UL, 63UL, 64UL, 65UL, 511UL, 512UL, 513UL, 1023UL, 1024UL, 1025UL}) {
    const std::vector<Product> some(products.begin(), products.begin() + static_cast<std::ptrdiff_t>(size));
    const Catalogue catalogue = testing::compiled(some, "2024-08-01", card(seed++));
    for (const int blank : {0, 30, 95, 100}) {
      expect_exhaustive(generate.wordy_projects(64 / kSlower, blank), catalogue,
                        "size " + std::to_string(size) + " blank " + std::to_string(blank), compared);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(EngineRareLaw, FewAndManyLooseRules) {
  Compared compared;
  std::size_t few = 0, many_rules = 0, many_profiles = 0;
  for (std::uint32_t seed = 1; seed <= 24 / kSlower; ++seed) {
    WideGenerator generate(400 + seed);
    const Catalogue catalogue = testing::compiled(generate.exactly(seed % 3 == 0   ? 30
                                                                   : seed % 3 == 1 ? 150
                                                                                   : 900),
                                                  "2024-08-01", card(seed));
    const auto index = index_of(catalogue);
    few += index->loose.size() <= 64 && index->profiles.size() <= 256 ? 1 : 0;
    many_rules += index->loose.size() > 64 && index->profiles.size() <= 256 ? 1 : 0;
    many_profiles += index->loose.size() > 64 && index->profiles.size() > 256 ? 1 : 0;
    expect_exhaustive(generate.wordy_projects(80, static_cast<int>(seed % 5) * 20), catalogue,
                      "seed " + std::to_string(seed), compared);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(few, 0U);
  EXPECT_GT(many_rules, 0U);
  EXPECT_GT(many_profiles, 0U);
}

TEST(EngineRareLaw, ManyProfilesOfFewRules) {
  Compared compared;
  WideGenerator generate(500);
  // Every set of nine of the shoulds and musts is another profile: 512 of them over nine rules.
  std::vector<Condition> conditions;
  for (std::size_t i = 0; i < 9; ++i) {
    conditions.push_back(
        Condition::any_of({generate.atom(), Condition::compare_with(FactKey::tenor, Comparison::greater,
                                                                    static_cast<std::int64_t>(i) * 40)}));
  }
  std::vector<Product> products;
  for (std::size_t set = 0; set < 512; ++set) {
    Product product = testing::a_product("X" + std::to_string(1000 + set));
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const Strength strength = i < 3 ? Strength::must : i < 6 ? Strength::should : Strength::prefer;
      if ((set >> i & 1U) != 0) product.conditions.push_back({strength, conditions[i], "条件", {}});
    }
    if (WideGenerator::is_consistent(product)) products.push_back(std::move(product));
  }
  const Catalogue catalogue = testing::compiled(products);
  const auto index = index_of(catalogue);
  EXPECT_LE(index->loose.size(), 64U);
  EXPECT_GT(index->profiles.size(), 256U);
  expect_exhaustive(generate.projects(200 / kSlower, 30), catalogue, "profiles", compared);
}

TEST(EngineRareLaw, ProductsWithMoreRulesThanTheTablesAreFor) {
  Compared compared;
  std::size_t many = 0;
  std::uint64_t open = 0;
  for (std::uint32_t seed = 1; seed <= 24 / kSlower; ++seed) {
    WideGenerator generate(600 + seed);
    // Around the limit, and far beyond it; in a small part of the products or in most.
    const std::size_t rules = seed % 4 == 0 ? 140 : 24 + seed % 12;
    const Catalogue catalogue =
        testing::compiled(generate.crowded_products(seed % 2 == 0 ? 60 : 300, seed % 3 == 0 ? 2 : 12, rules),
                          "2024-08-01", seed % 5 == 0 ? generate.lopsided_card() : card(seed));
    many += index_of(catalogue)->packs ? 0 : 1;
    const auto projects = generate.wordy_projects(60, static_cast<int>(seed % 5) * 24);
    expect_exhaustive(projects, catalogue, "seed " + std::to_string(seed), compared);
    if (HasFatalFailure()) return;
    const Answer answer = match(projects, catalogue, testing::kEverything);
    for (const auto& offer : answer.all_possible()) open = std::max<std::uint64_t>(open, offer.open);
  }
  EXPECT_GT(many, 0U);
  EXPECT_GT(open, 32U) << "no possible offer has more open terms than features fit one pass";
}

TEST(EngineRareLaw, CardsWithFewCriteria) {
  Compared compared;
  for (std::uint32_t seed = 1; seed <= 80 / kSlower; ++seed) {
    WideGenerator generate(700 + seed);
    std::array<int, kCriterionCount> alone{};
    alone[seed % kCriterionCount] = kWeightTotal;
    const Scorecard scorecard =
        seed <= 2 * kCriterionCount ? Scorecard::make("one", "一", alone).value() : generate.lopsided_card();
    const Catalogue catalogue =
        testing::compiled(generate.exactly(seed % 2 == 0 ? 40 : 400), "2024-08-01", scorecard);
    expect_exhaustive(generate.wordy_projects(60, static_cast<int>(seed % 4) * 20), catalogue,
                      "seed " + std::to_string(seed), compared);
    if (HasFatalFailure()) return;
  }
}

TEST(EngineRareLaw, AlikeProductsAndProjectsTie) {
  Compared compared;
  for (std::uint32_t seed = 1; seed <= 12 / kSlower + 1; ++seed) {
    WideGenerator generate(800 + seed);
    const auto kinds = generate.exactly(1 + seed % 5);
    std::vector<Product> products;
    for (std::size_t i = 0; i < 700; ++i) {
      products.push_back(kinds[generate.below(kinds.size())]);
      // Ids of uneven length: the order of bytes is not the order of numbers.
      products.back().id = "X" + std::to_string(i * 7919 % 10'000);
    }
    const Catalogue catalogue = testing::compiled(products, "2024-08-01", card(seed));
    expect_exhaustive(generate.projects(100, 30), catalogue, "seed " + std::to_string(seed), compared);
    if (HasFatalFailure()) return;
  }
}

TEST(EngineRareLaw, ALargeCatalogueKeepsManyOfManyCandidates) {
  Compared compared;
  WideGenerator generate(900);
  const Catalogue catalogue = testing::compiled(generate.exactly(kSlower == 1 ? 4'000 : 1'000));
  for (const int blank : {10, 60}) {
    expect_exhaustive(generate.wordy_projects(120 / kSlower, blank), catalogue, "large", compared);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace huoshui
