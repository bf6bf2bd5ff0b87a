// Law: row order, product order and thread count leave the same answer; rankings have min(k, candidates)
// entries.
#include <gtest/gtest.h>
#include <algorithm>
#include <generate.hpp>
#include <huoshui/matcher.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/topk/select.hpp>
#include <map>

namespace huoshui {
namespace {

using testing::Generator;

using Shown = std::vector<std::tuple<std::string, std::int64_t, std::uint16_t, std::uint16_t>>;

Shown shown(std::span<const Offer> offers, const Catalogue& catalogue) {
  Shown out;
  for (const auto& o : offers)
    out.emplace_back(catalogue.product(o.product).id, o.points, o.cautions, o.open);
  return out;
}

TEST(OrderLaw, RowOrderProductOrderAndThreadsNeverShow) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    Generator generate(seed);
    std::vector<Product> products = generate.products(25);
    std::vector<Project> projects = generate.projects(30, 30);
    const Catalogue catalogue = testing::compiled(products);
    const Answer first = match(projects, catalogue, {.k = 4, .possible = 3, .threads = 1});
    std::map<std::string, std::pair<Shown, Shown>> by_id;
    for (std::size_t i = 0; i < projects.size(); ++i) {
      by_id[projects[i].id] = {shown(first.offers(i), catalogue), shown(first.possible(i), catalogue)};
    }
    for (const unsigned threads : {2U, 3U, 7U}) {
      EXPECT_EQ(first, match(projects, catalogue, {.k = 4, .possible = 3, .threads = threads}));
    }
    std::shuffle(products.begin(), products.end(), generate.random());
    std::shuffle(projects.begin(), projects.end(), generate.random());
    const Catalogue shuffled = testing::compiled(products);
    const Answer second = match(projects, shuffled, {.k = 4, .possible = 3, .threads = 2});
    for (std::size_t i = 0; i < projects.size(); ++i) {
      EXPECT_EQ(by_id[projects[i].id].first, shown(second.offers(i), shuffled)) << "seed " << seed;
      EXPECT_EQ(by_id[projects[i].id].second, shown(second.possible(i), shuffled)) << "seed " << seed;
    }
  }
}

TEST(OrderLaw, RankingsEqualTheFullSortAndAreNeverPadded) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    Generator generate(seed);
    const std::vector<Project> projects = generate.projects(20, 30);
    const Catalogue catalogue = testing::compiled(generate.products(25));
    for (const std::size_t k : {0UL, 1UL, 5UL, 100UL}) {
      const Answer answer = match(projects, catalogue, {.k = k, .possible = k});
      for (std::size_t i = 0; i < projects.size(); ++i) {
        const PreparedProject prepared = prepare(projects[i], catalogue);
        std::vector<Candidate> permitted, possible;
        VerdictCounts counts;
        for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
          const Screened screened = screen(prepared, catalogue, ProductRow{n});
          const Candidate candidate{score(prepared, catalogue, ProductRow{n}).total, n, screened.open};
          if (screened.verdict == Verdict::permitted) permitted.push_back(candidate), ++counts.permitted;
          if (screened.verdict == Verdict::undecided) possible.push_back(candidate), ++counts.undecided;
          if (screened.verdict == Verdict::refused) ++counts.refused;
        }
        EXPECT_EQ(answer.counts(i), counts);
        const auto expect_same = [&](std::span<const Offer> offers, const std::vector<Candidate>& all) {
          const auto best = select_by_sorting(all, k);
          ASSERT_EQ(offers.size(), best.size());
          ASSERT_EQ(offers.size(), std::min(k, all.size()));
          for (std::size_t j = 0; j < best.size(); ++j) {
            EXPECT_EQ(static_cast<std::uint32_t>(offers[j].product), best[j].order);
            EXPECT_EQ(offers[j].points, best[j].points);
          }
        };
        expect_same(answer.offers(i), permitted);
        expect_same(answer.possible(i), possible);
      }
    }
  }
}

TEST(OrderLaw, BothDirectionsAgree) {
  Generator generate(7);
  std::vector<Project> projects = generate.projects(40, 25);
  const Catalogue catalogue = testing::compiled(generate.products(20));
  const Answer all = match(projects, catalogue, {.k = 1000, .possible = 1000});
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
    const ReverseAnswer reverse =
        match_product(projects, catalogue, ProductRow{n}, {.k = 1000, .possible = 1000});
    std::size_t found = 0;
    for (std::size_t i = 0; i < projects.size(); ++i) {
      for (const auto& offer : all.offers(i)) {
        if (static_cast<std::uint32_t>(offer.product) != n) continue;
        ++found;
        const auto at = std::find_if(reverse.offers.begin(), reverse.offers.end(),
                                     [&](const ProjectOffer& p) { return p.project == i; });
        ASSERT_NE(at, reverse.offers.end());
        EXPECT_EQ(at->points, offer.points);
      }
    }
    EXPECT_EQ(found, reverse.offers.size());
    EXPECT_EQ(found, reverse.counts.permitted);
    EXPECT_TRUE(std::is_sorted(
        reverse.offers.begin(), reverse.offers.end(), [&](const ProjectOffer& a, const ProjectOffer& b) {
          return a.points != b.points ? a.points > b.points : projects[a.project].id < projects[b.project].id;
        }));
  }
}

TEST(OrderLaw, BestKEqualsSortingOnManyTies) {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    Generator generate(seed);
    std::vector<Candidate> all;
    for (std::uint32_t i = 0; i < 200; ++i) {
      all.push_back(
          {static_cast<std::int64_t>(generate.below(5)), i, static_cast<std::uint16_t>(generate.below(2))});
    }
    std::shuffle(all.begin(), all.end(), generate.random());
    for (const std::size_t k : {1UL, 7UL, 200UL, 500UL}) {
      BestK best(k);
      for (const auto& c : all) best.offer(c);
      EXPECT_EQ(best.take(), select_by_sorting(all, k)) << "seed " << seed << " k " << k;
    }
  }
}

}  // namespace
}  // namespace huoshui
