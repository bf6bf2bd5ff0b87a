// Law: near misses are the pairs with one failing `must` rule, ranked by what score() says of them.
#include <gtest/gtest.h>
#include <generate_wide.hpp>
#include <huoshui/eligibility/screen.hpp>
#include <huoshui/matcher/near.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>

#include "engine/detail/kernels.hpp"

namespace huoshui {
namespace {

using testing::Generator;
using testing::WideGenerator;

std::string shown(std::span<const NearOffer> offers) {
  std::string out;
  for (const auto& o : offers) {
    out += " [" + std::to_string(static_cast<std::uint32_t>(o.product)) + " points " +
           std::to_string(o.points) + " cautions " + std::to_string(o.cautions) + " open " +
           std::to_string(o.open) + " rule " + std::to_string(o.rule) + "]";
  }
  return out;
}

/// Compare for several k on every target, and name the first project that differs.
void expect_exact(std::span<const Project> projects, const Catalogue& catalogue, const std::string& where) {
  const NearAnswer oracle = match_near_exhaustively(projects, catalogue, {.k = 1000});
  const engine::Kernels& best = engine::kernels();
  for (const engine::Kernels* kernels : engine::runnable_kernels()) {
    engine::use(*kernels);
    for (const std::size_t k : {1000UL, 20UL, 3UL, 0UL}) {
      const NearAnswer fast = match_near(projects, catalogue, {.k = k});
      ASSERT_EQ(fast.size(), oracle.size()) << where;
      for (std::size_t i = 0; i < fast.size(); ++i) {
        const auto whole = oracle.offers(i);
        ASSERT_EQ(fast.count(i), oracle.count(i)) << where << " project " << i;
        ASSERT_EQ(shown(fast.offers(i)), shown(whole.first(std::min(k, whole.size()))))
            << where << " project " << i << " k " << k << " target " << static_cast<int>(kernels->target);
      }
    }
  }
  engine::use(best);
}

const Scorecard& card(std::uint32_t seed) {
  static const std::vector<Scorecard> cards{Scorecard::standard(), Scorecard::enterprise(),
                                            Scorecard::bank()};
  return cards[seed % cards.size()];
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint32_t kSmallWorlds = 10, kWideWorlds = 6;  // fifteen times slower there
#else
constexpr std::uint32_t kSmallWorlds = 40, kWideWorlds = 40;
#endif

TEST(NearLaw, IsExactWhereAnEmptyCatalogueGains) {
  Generator generate(77);
  const auto projects = generate.projects(40, 20);
  Catalogue catalogue = testing::compiled({});
  std::size_t beyond_first = 0;
  for (std::size_t n = 0; n < 12; ++n) {
    catalogue = catalogue.with(generate.product("X" + std::to_string(n))).value();
    expect_exact(projects, catalogue, "product " + std::to_string(n));
    if (HasFatalFailure()) return;
    const NearAnswer near = match_near(projects, catalogue, {.k = 20});
    for (std::size_t i = 0; i < near.size(); ++i) {
      for (const auto& offer : near.offers(i)) beyond_first += offer.rule != 0 ? 1 : 0;
    }
  }
  EXPECT_GT(beyond_first, 0U);
}

TEST(NearLaw, IsExactOnSmallWorlds) {
  for (std::uint32_t seed = 1; seed <= kSmallWorlds; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(40), "2024-08-01", card(seed));
    expect_exact(generate.projects(60, seed % 5 == 0 ? 0 : 25), catalogue, "seed " + std::to_string(seed));
  }
}

TEST(NearLaw, IsExactOnWideWorlds) {
  for (std::uint32_t seed = 1; seed <= kWideWorlds; ++seed) {
    WideGenerator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(60 + seed * 9), "2024-08-01", card(seed));
    expect_exact(generate.projects(40, static_cast<int>(seed % 4) * 20), catalogue,
                 "seed " + std::to_string(seed));
  }
}

TEST(NearLaw, IsExactOnTheBundledData) {
  const Dictionaries& dictionaries = Dictionaries::bundled();
  const auto list =
      read_projects(parse_csv(bundled_sample_projects(), "sample.csv").value(), dictionaries).value();
  for (const auto handbook : {bundled_handbook(), bundled_illustrative_handbook()}) {
    const auto products = read_products(parse_csv(handbook, "handbook.csv").value(), dictionaries).value();
    for (const std::string_view day : {"2019-01-01", "2024-08-01"}) {
      for (std::uint32_t seed = 0; seed < 3; ++seed)
        expect_exact(list.value.projects, testing::compiled(products.value, day, card(seed)),
                     std::string(day));
    }
  }
}

TEST(NearLaw, IsExactAfterUpdates) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    WideGenerator generate(seed);
    const auto products = generate.products(150);
    const std::vector<Product> first(products.begin(), products.begin() + 120);
    Catalogue catalogue = testing::compiled(first);
    const auto projects = generate.projects(40, 20);
    (void)match_near(projects, catalogue);  // so that the index of the base is there
    for (std::size_t i = 120; i < products.size(); ++i) {
      auto more = catalogue.with(products[i]);
      if (more) catalogue = std::move(more).value();
      auto fewer = catalogue.without(products[(i - 120) * 3].id);
      if (fewer) catalogue = std::move(fewer).value();
    }
    expect_exact(projects, catalogue, "updated, seed " + std::to_string(seed));
  }
}

TEST(NearLaw, NamesTheOneRuleThatFails) {
  WideGenerator generate(5);
  const Catalogue catalogue = testing::compiled(generate.products(200));
  const auto projects = generate.projects(50, 20);
  const NearAnswer near = match_near(projects, catalogue, {.k = 10});
  for (std::size_t i = 0; i < near.size(); ++i) {
    const PreparedProject prepared = prepare(projects[i], catalogue);
    for (const NearOffer& offer : near.offers(i)) {
      const Rule& rule = failing_rule(catalogue, offer);
      EXPECT_EQ(rule.strength, Strength::must);
      EXPECT_EQ(judge(rule, prepared.facts).outcome, Outcome::fail) << rule.id;
      EXPECT_EQ(screen(prepared, catalogue, offer.product).failed, 1U);
    }
  }
}

TEST(NearLaw, ThreadsNeverShow) {
  WideGenerator generate(11);
  const Catalogue catalogue = testing::compiled(generate.products(90));
  const auto projects = generate.projects(3000, 25);
  const NearAnswer whole = match_near(projects, catalogue, {.k = 4});
  for (const unsigned threads : {2U, 5U})
    EXPECT_EQ(whole, match_near(projects, catalogue, {.k = 4, .threads = threads}));
  EXPECT_THROW((void)match_near(projects, catalogue, {.threads = 0}), ContractError);
}

TEST(NearLaw, AnEmptyCatalogueAndAnEmptyListHaveNone) {
  const Catalogue none = testing::compiled({});
  const std::vector<Project> one{testing::a_project()};
  EXPECT_EQ(match_near(one, none), match_near_exhaustively(one, none));
  EXPECT_EQ(match_near({}, none).size(), 0U);
}

}  // namespace
}  // namespace huoshui
