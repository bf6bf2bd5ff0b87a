// Law: the engine ranks an updated catalogue, whose index stands in segments, as one compiled from scratch.
#include <algorithm>
#include <map>
#include "engine_compare.hpp"

#include "catalogue/detail/changes.hpp"
#include "engine/detail/segments.hpp"

namespace huoshui {
namespace {

using testing::Compared;
using testing::expect_exhaustive;
using testing::expect_same;
using testing::kSlower;
using testing::WideGenerator;
using testing::with_each_kernel_set;

struct Shelf {
  std::map<std::string, Product> products;
  Catalogue catalogue;

  static Shelf of(std::vector<Product> products) {
    Shelf out{{}, testing::compiled(products)};
    for (auto& product : products) out.products.emplace(product.id, std::move(product));
    return out;
  }
  void put(const Product& product) {
    const auto next = catalogue.with(product);
    if (!next) return;  // contradicts itself
    catalogue = *next;
    products.insert_or_assign(product.id, product);
  }
  void remove(const std::string& id) {
    if (products.count(id) == 0) return;
    catalogue = catalogue.without(id).value();
    products.erase(id);  // may end the id itself
  }
  [[nodiscard]] Catalogue afresh() const {
    std::vector<Product> all;
    for (const auto& [id, product] : products) all.push_back(product);
    return testing::compiled(std::move(all));
  }
  [[nodiscard]] const std::string& any_id(WideGenerator& generate) const {
    return std::next(products.begin(), static_cast<std::ptrdiff_t>(generate.below(products.size())))->first;
  }
};

void step(WideGenerator& generate, Shelf& shelf) {
  switch (generate.below(4)) {
    case 0:
      if (!shelf.products.empty()) shelf.remove(shelf.any_id(generate));
      break;
    case 1:  // replaced
      if (!shelf.products.empty()) shelf.put(generate.product(shelf.any_id(generate)));
      break;
    case 2: {  // the same product at another place: ties
      if (shelf.products.empty()) break;
      Product twin = shelf.products.at(shelf.any_id(generate));
      twin.id = "X" + std::to_string(generate.below(20'000));
      shelf.put(twin);
      break;
    }
    default:
      shelf.put(generate.product("X" + std::to_string(generate.below(20'000))));
  }
}

void expect_like_afresh(const Shelf& shelf, std::span<const Project> projects, WideGenerator& generate,
                        const std::string& where) {
  const Catalogue fresh = shelf.afresh();
  ASSERT_EQ(shelf.catalogue.size(), fresh.size()) << where;
  const PreparedList prepared = prepare(projects, shelf.catalogue);
  for (const auto& options :
       {testing::kEverything, testing::asked()[generate.below(testing::asked().size())]}) {
    const Answer expected = match(projects, fresh, options);
    expect_same(match(projects, shelf.catalogue, options), expected, where);
    expect_same(match(prepared, options), expected, where + " prepared");
  }
  for (int i = 0; i < 3 && fresh.size() != 0; ++i) {
    const ProductRow row{static_cast<std::uint32_t>(generate.below(fresh.size()))};
    const MatchOptions options{.k = 7, .possible = 1000};
    const ReverseAnswer expected = match_product(projects, fresh, row, options);
    ASSERT_EQ(match_product(projects, shelf.catalogue, row, options), expected) << where;
    ASSERT_EQ(match_product(prepared, row, options), expected) << where << " prepared";
  }
}

TEST(EngineSegmentsLaw, UpdatedCataloguesRankAsCompiledOnes) {
  Compared compared;
  std::size_t two = 0, masked = 0, one_again = 0;
  for (std::uint32_t seed = 1; seed <= 8 / kSlower + 1; ++seed) {
    WideGenerator generate(1'000 + seed);
    const auto projects = generate.projects(25, 25);
    Shelf shelf = Shelf::of(generate.products(seed * 45));
    const int steps = kSlower == 1 ? 120 : 100;
    for (int n = 0; n < steps; ++n) {
      step(generate, shelf);
      const std::string where = "seed " + std::to_string(seed) + " step " + std::to_string(n);
      expect_like_afresh(shelf, projects, generate, where);
      if (n % 25 == 24) expect_exhaustive(projects, shelf.catalogue, where, compared);
      if (HasFatalFailure()) return;
      const auto segments = engine::Segments::of(shelf.catalogue).all();
      two += segments.size() >= 2 ? 1 : 0;
      masked += !segments.front().alive.empty() ? 1 : 0;
      one_again += n > 0 && detail::changes_of(shelf.catalogue) == nullptr ? 1 : 0;
    }
  }
  EXPECT_GT(two, 50U);
  EXPECT_GT(masked, 50U);
  EXPECT_GT(one_again, 0U);
}

/// What keeps the levels few: each has more living products than all younger ones, and none is mostly gone.
void expect_few_levels(const Catalogue& catalogue, const std::string& where) {
  const auto segments = engine::Segments::of(catalogue).all();
  std::size_t younger = 0;
  for (std::size_t s = segments.size(); s-- > 1;) {
    EXPECT_GT(segments[s].count(), younger) << where;
    EXPECT_GE(2 * segments[s].count(), segments[s].order.size()) << where;
    younger += segments[s].count();
  }
  const auto* changes = detail::changes_of(catalogue);
  EXPECT_EQ(younger, changes == nullptr ? 0 : changes->fresh().size()) << where;
}

TEST(EngineSegmentsLaw, LongHistoriesRankAsCompiledOnes) {
  std::size_t most_levels = 0, largest = 0, masked_levels = 0, unasked = 0;
  for (std::uint32_t seed = 1; seed <= (kSlower == 1 ? 3U : 1U); ++seed) {
    WideGenerator generate(1'400 + seed);
    const auto projects = generate.projects(12, 12);
    Shelf shelf = Shelf::of(generate.exactly(2'600));
    struct Kept {
      Shelf shelf;
      int step;
    };
    std::vector<Kept> kept;
    for (int n = 0; n < 260; ++n) {
      step(generate, shelf);
      // Not every catalogue on the way is asked; levels are then made of several steps at once.
      if (generate.chance(20)) {
        ++unasked;
        continue;
      }
      const std::string where = "seed " + std::to_string(seed) + " step " + std::to_string(n);
      const auto segments = engine::Segments::of(shelf.catalogue).all();
      expect_few_levels(shelf.catalogue, where);
      most_levels = std::max(most_levels, segments.size() - 1);
      for (const auto& segment : segments.subspan(1)) {
        largest = std::max(largest, segment.order.size());
        masked_levels += segment.gone != 0 ? 1 : 0;
      }
      if (n % 13 == 0) expect_like_afresh(shelf, projects, generate, where);
      if (n % 64 == 0) kept.push_back({shelf, n});
      if (HasFatalFailure()) return;
    }
    // Those before stay what they were, and lead on to others.
    for (auto& [before, n] : kept) {
      const std::string where = "seed " + std::to_string(seed) + " again from step " + std::to_string(n);
      expect_like_afresh(before, projects, generate, where);
      for (int more = 0; more < 5; ++more) step(generate, before);
      expect_like_afresh(before, projects, generate, where + " on");
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(most_levels, 3U);
  EXPECT_GT(largest, 60U);
  EXPECT_GT(masked_levels, 0U);
  EXPECT_GT(unasked, 0U);
}

TEST(EngineSegmentsLaw, OneProductReplacedOverAndOverLeavesOneLevel) {
  WideGenerator generate(1'500);
  const auto projects = generate.projects(12, 12);
  Shelf shelf = Shelf::of(generate.exactly(40));
  for (int n = 0; n < 200; ++n) {
    shelf.put(generate.product(shelf.products.begin()->first));
    ASSERT_LE(engine::Segments::of(shelf.catalogue).all().size(), 2U);
    if (n % 40 == 39) expect_like_afresh(shelf, projects, generate, "step " + std::to_string(n));
    if (HasFatalFailure()) return;
  }
}

TEST(EngineSegmentsLaw, ACatalogueMayLoseAllItsProductsAndGainOthers) {
  for (std::uint32_t seed = 1; seed <= 6 / kSlower + 1; ++seed) {
    WideGenerator generate(1'100 + seed);
    const auto projects = generate.projects(40, 30);
    Shelf shelf = Shelf::of(generate.exactly(seed == 1 ? 1 : 30 * seed));
    while (!shelf.products.empty()) {
      shelf.remove(shelf.any_id(generate));
      if (shelf.products.size() > 3 && shelf.products.size() % 16 != 0) continue;
      expect_like_afresh(shelf, projects, generate, "losing, seed " + std::to_string(seed));
      if (HasFatalFailure()) return;
    }
    for (int n = 0; n < 5; ++n) {
      shelf.put(generate.product("Y" + std::to_string(n)));
      with_each_kernel_set([&](const std::string& kernels) {
        expect_like_afresh(shelf, projects, generate,
                           "gaining, seed " + std::to_string(seed) + " " + kernels);
      });
      if (HasFatalFailure()) return;
    }
  }
}

TEST(EngineSegmentsLaw, AnEmptyCatalogueGains) {
  WideGenerator generate(1'200);
  const auto projects = generate.projects(40, 30);
  Shelf shelf = Shelf::of({});
  for (int n = 0; n < 100; ++n) {
    step(generate, shelf);
    expect_like_afresh(shelf, projects, generate, "step " + std::to_string(n));
    if (HasFatalFailure()) return;
  }
}

TEST(EngineSegmentsLaw, AlikeProductsTieAcrossSegments) {
  for (std::uint32_t seed = 1; seed <= 4 / kSlower + 1; ++seed) {
    WideGenerator generate(1'300 + seed);
    const auto projects = generate.projects(40, 30);
    const Product kind = generate.exactly(1).front();
    std::vector<Product> products;
    for (std::size_t i = 0; i < 200; ++i) {
      products.push_back(kind);
      products.back().id = "X" + std::to_string(i);
    }
    Shelf shelf = Shelf::of(products);
    for (int n = 0; n < 60; ++n) {
      Product one = kind;
      one.id = "X" + std::to_string(generate.below(400));
      if (generate.chance(30)) {
        shelf.remove(one.id);
      } else {
        if (generate.chance(50)) one.name += "又";
        shelf.put(one);
      }
      expect_like_afresh(shelf, projects, generate, "step " + std::to_string(n));
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace huoshui
