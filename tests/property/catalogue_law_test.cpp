// Law: a catalogue that was updated step by step is the catalogue that compile makes of the same products.
#include <gtest/gtest.h>
#include <generate.hpp>
#include <huoshui/matcher.hpp>
#include <map>
#include <thread>

#include "catalogue/detail/changes.hpp"

namespace huoshui {
namespace {

using testing::Generator;

void expect_same_products(const Catalogue& updated, const Catalogue& compiled, const std::string& where) {
  ASSERT_EQ(updated.size(), compiled.size()) << where;
  for (std::uint32_t n = 0; n < updated.size(); ++n) {
    const ProductRow row{n};
    ASSERT_EQ(updated.product(row), compiled.product(row)) << where << " row " << n;
    ASSERT_EQ(updated.products()[n], compiled.product(row)) << where << " row " << n;
    const auto a = updated.terms(row), b = compiled.terms(row);
    ASSERT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end())) << where << " terms of row " << n;
    const auto c = updated.gates(row), d = compiled.gates(row);
    ASSERT_TRUE(std::equal(c.begin(), c.end(), d.begin(), d.end())) << where << " gates of row " << n;
    const auto e = updated.text_pairs(row), f = compiled.text_pairs(row);
    ASSERT_TRUE(std::equal(e.begin(), e.end(), f.begin(), f.end())) << where << " pairs of row " << n;
    ASSERT_EQ(updated.find(compiled.product(row).id), row) << where;
  }
}

/// What stands on both sides, compared by address: shared products keep theirs.
void expect_true_changes(const Catalogue& catalogue, const std::string& where) {
  const auto* changes = detail::changes_of(catalogue);
  if (changes == nullptr) return;
  const Catalogue& base = changes->base();
  ASSERT_EQ(detail::changes_of(base), nullptr) << where;
  std::map<const Product*, std::uint32_t> in_base, now;
  for (std::uint32_t n = 0; n < base.size(); ++n) in_base[&base.product(ProductRow{n})] = n;
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) now[&catalogue.product(ProductRow{n})] = n;
  std::vector<std::uint32_t> gone, fresh;
  for (std::uint32_t n = 0; n < base.size(); ++n) {
    const auto at = now.find(&base.product(ProductRow{n}));
    if (at == now.end()) gone.push_back(n);
    ASSERT_EQ(changes->row_now(ProductRow{n}),
              at == now.end() ? std::nullopt : std::optional(ProductRow{at->second}))
        << where << " base row " << n;
  }
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
    const auto at = in_base.find(&catalogue.product(ProductRow{n}));
    if (at == in_base.end()) fresh.push_back(n);
    ASSERT_EQ(changes->row_before(ProductRow{n}),
              at == in_base.end() ? std::nullopt : std::optional(ProductRow{at->second}))
        << where << " row " << n;
  }
  ASSERT_TRUE(std::equal(gone.begin(), gone.end(), changes->gone().begin(), changes->gone().end())) << where;
  ASSERT_TRUE(std::equal(fresh.begin(), fresh.end(), changes->fresh().begin(), changes->fresh().end()))
      << where;
}

/// Take one random step on the catalogue and on the plain map beside it.
Catalogue stepped(Generator& generate, const Catalogue& catalogue, std::map<std::string, Product>& products) {
  // Ids of uneven length: the order of bytes is not the order of numbers.
  const std::string id = "X" + std::to_string(generate.below(300));
  if (generate.chance(40)) {
    const auto next = catalogue.without(id);
    EXPECT_EQ(next.has_value(), products.erase(id) == 1);
    return next ? *next : catalogue;
  }
  Product product = generate.product(id);
  const auto next = catalogue.with(product);
  if (!next) {
    EXPECT_EQ(next.error().code, IssueCode::contradictory_terms);
    return catalogue;
  }
  products.insert_or_assign(id, std::move(product));
  return *next;
}

std::vector<Product> listed(const std::map<std::string, Product>& products) {
  std::vector<Product> out;
  for (const auto& [id, product] : products) out.push_back(product);
  return out;
}

TEST(CatalogueLaw, UpdatesEqualCompilingFromScratch) {
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    Generator generate(seed);
    std::map<std::string, Product> products;
    for (auto& product : generate.products(seed == 1 ? 0 : 40 * seed))
      products.emplace(product.id, std::move(product));
    Catalogue catalogue = testing::compiled(listed(products));
    bool was_updated = false, was_base_again = false;
    for (int step = 1; step <= 400; ++step) {
      catalogue = stepped(generate, catalogue, products);
      const std::string where = "seed " + std::to_string(seed) + " step " + std::to_string(step);
      was_base_again |= was_updated && detail::changes_of(catalogue) == nullptr;
      was_updated |= detail::changes_of(catalogue) != nullptr;
      if (step % 40 == 0) expect_same_products(catalogue, testing::compiled(listed(products)), where);
      if (step % 10 == 0) expect_true_changes(catalogue, where);
      if (HasFatalFailure()) return;
    }
    EXPECT_TRUE(was_updated);
    EXPECT_TRUE(was_base_again) << "seed " << seed << ": so many changes call for a new base";
    const auto projects = generate.projects(60, 20);
    const Catalogue fresh = testing::compiled(listed(products));
    EXPECT_EQ(match(projects, catalogue), match(projects, fresh)) << "seed " << seed;
    EXPECT_EQ(match_exhaustively(projects, catalogue), match(projects, catalogue)) << "seed " << seed;
  }
}

TEST(CatalogueLaw, OldSnapshotsAnswerAsBefore) {
  Generator generate(7);
  std::map<std::string, Product> products;
  for (auto& product : generate.products(80)) products.emplace(product.id, std::move(product));
  const auto projects = generate.projects(40, 20);
  struct Kept {
    Catalogue catalogue;
    std::vector<Product> products;
    Answer answer;
  };
  std::vector<Kept> kept;
  Catalogue catalogue = testing::compiled(listed(products));
  for (int step = 0; step < 300; ++step) {
    if (step % 50 == 0) kept.push_back({catalogue, listed(products), match(projects, catalogue)});
    catalogue = stepped(generate, catalogue, products);
  }
  for (const auto& [old, of_the_day, answer] : kept) {
    const Catalogue fresh = testing::compiled(of_the_day);
    expect_same_products(old, fresh, "an old snapshot");
    EXPECT_EQ(match(projects, old), answer);
  }
}

TEST(CatalogueLaw, AnotherDayOrCardIsAsCompiled) {
  Generator generate(8);
  const auto products = generate.products(60);
  const auto projects = generate.projects(60, 20);
  const Catalogue before = testing::compiled(products, "2019-01-01");
  const Catalogue after = before.under(testing::policy_on("2024-08-01"), Scorecard::bank());
  expect_same_products(after, testing::compiled(products), "another day");
  EXPECT_EQ(match(projects, after),
            match(projects, testing::compiled(products, "2024-08-01", Scorecard::bank())));
  EXPECT_EQ(match(projects, before), match(projects, testing::compiled(products, "2019-01-01")));
}

TEST(CatalogueLaw, ReadersKeepTheirSnapshotsWhileOneWriterUpdates) {
  Generator generate(9);
  std::map<std::string, Product> products;
  for (auto& product : generate.products(60)) products.emplace(product.id, std::move(product));
  const auto projects = generate.projects(20, 20);
  const Catalogue first = testing::compiled(listed(products));
  const Answer expected = match_exhaustively(projects, first);
  {
    // Words are made on first use: all threads ask for them at once.
    std::vector<std::jthread> readers;
    for (int reader = 0; reader < 3; ++reader) {
      readers.emplace_back([&] {
        for (int round = 0; round < 10; ++round) EXPECT_EQ(match_exhaustively(projects, first), expected);
      });
    }
    Catalogue catalogue = first;
    for (int step = 0; step < 200; ++step) catalogue = stepped(generate, catalogue, products);
  }
}

}  // namespace
}  // namespace huoshui
