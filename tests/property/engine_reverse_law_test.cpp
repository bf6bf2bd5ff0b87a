// Laws of the engine pair by pair: the reverse ranking is the sort of all projects by screen() and score(),
// and explanations, read from the rules themselves, say of every pair what the engine shows of it.
#include <algorithm>
#include <huoshui/explain/explain.hpp>
#include <map>
#include <set>
#include "engine_compare.hpp"

namespace huoshui {
namespace {

using testing::card;
using testing::Compared;
using testing::kSlower;
using testing::WideGenerator;
using testing::with_each_kernel_set;

/// The reverse ranking by its definition.
ReverseAnswer reversed(std::span<const PreparedProject> projects, const Catalogue& catalogue, ProductRow row,
                       const MatchOptions& options) {
  ReverseAnswer out;
  for (std::uint32_t i = 0; i < projects.size(); ++i) {
    const Screened screened = screen(projects[i], catalogue, row);
    if (screened.verdict == Verdict::refused) {
      ++out.counts.refused;
      continue;
    }
    const bool permitted = screened.verdict == Verdict::permitted;
    ++(permitted ? out.counts.permitted : out.counts.undecided);
    (permitted ? out.offers : out.possible)
        .push_back({i, score(projects[i], catalogue, row).total, screened.cautions, screened.open});
  }
  const auto sort = [&](std::vector<ProjectOffer>& offers, std::size_t k) {
    std::stable_sort(offers.begin(), offers.end(), [&](const ProjectOffer& a, const ProjectOffer& b) {
      if (a.points != b.points) return a.points > b.points;
      if (a.open != b.open) return a.open < b.open;
      return projects[a.project].project->id < projects[b.project].project->id;
    });
    if (offers.size() > k) offers.resize(k);
  };
  sort(out.offers, options.k);
  sort(out.possible, options.possible);
  return out;
}

TEST(EngineReverseLaw, BothFormsEqualTheSortOfAllPairs) {
  Compared compared;
  for (std::uint32_t seed = 1; seed <= 24 / kSlower; ++seed) {
    WideGenerator generate(1'400 + seed);
    // All sizes of loose rules, products with more rules than tables are for, many open terms.
    const auto products = seed % 3 == 0   ? generate.crowded_products(80, 4, 30 + seed % 12)
                          : seed % 3 == 1 ? generate.exactly(30)
                                          : generate.exactly(300);
    const Catalogue catalogue = testing::compiled(products, "2024-08-01", card(seed));
    auto projects = generate.wordy_projects(150, static_cast<int>(seed % 4) * 25);
    for (std::size_t i = 0; i < 20; ++i) {  // equal ids, and equal projects under ids of uneven length
      projects[i].id = projects[i + 20].id;
      projects[i + 40] = projects[i + 60];
      projects[i + 40].id = std::to_string(i);
    }
    projects[100].id.clear();
    projects[101].is_collection = true;
    if (seed % 4 != 0) std::shuffle(projects.begin(), projects.end(), generate.random());
    std::vector<PreparedProject> prepared;
    for (const auto& project : projects) prepared.push_back(prepare(project, catalogue));
    const PreparedList list = prepare(projects, catalogue);
    const auto stride = static_cast<std::uint32_t>(1 + catalogue.size() / 40);
    for (std::uint32_t n = 0; n < catalogue.size(); n += stride) {
      const auto& options = testing::asked()[n % testing::asked().size()];
      const ReverseAnswer expected = reversed(prepared, catalogue, ProductRow{n}, options);
      with_each_kernel_set([&](const std::string& kernels) {
        const std::string where = kernels + " seed " + std::to_string(seed) + " row " + std::to_string(n);
        ASSERT_EQ(match_product(projects, catalogue, ProductRow{n}, options), expected) << where;
        ASSERT_EQ(match_product(list, ProductRow{n}, options), expected) << where << " prepared";
        compared.judged += 2 * projects.size();
      });
      if (HasFatalFailure()) return;
      compared.pairs += projects.size();
    }
  }
}

TEST(EngineReverseLaw, RowsThatAreNotThereAreRefused) {
  const Catalogue catalogue = testing::compiled({testing::a_product()});
  const std::vector<Project> projects{testing::a_project()}, nobody;
  EXPECT_THROW((void)match_product(projects, catalogue, ProductRow{1}), ContractError);
  EXPECT_THROW((void)match_product(prepare(projects, catalogue), ProductRow{1}), ContractError);
  EXPECT_EQ(match_product(nobody, catalogue, ProductRow{0}), ReverseAnswer{});
  EXPECT_EQ(match_product(prepare(nobody, catalogue), ProductRow{0}), ReverseAnswer{});
}

/// Expect the explanation of a pair to say what screen() and score() and every single rule say.
void expect_explained(const PreparedProject& project, const Catalogue& catalogue, ProductRow row,
                      const Offer* offer, const std::string& where) {
  const Explanation explanation = explain(project, catalogue, row);
  const Screened screened = screen(project, catalogue, row);
  ASSERT_EQ(explanation.screened.verdict, screened.verdict) << where;
  ASSERT_EQ(explanation.screened.failed, screened.failed) << where;
  ASSERT_EQ(explanation.screened.open, screened.open) << where;
  ASSERT_EQ(explanation.screened.cautions, screened.cautions) << where;
  const Points points = score(project, catalogue, row);
  ASSERT_EQ(explanation.points, points) << where;
  std::multiset<std::string> failing, named;
  for_each_rule(catalogue, row, [&](const Rule& rule) {
    const bool fails = judge(rule, project.facts).outcome == Outcome::fail;
    if (rule.strength == Strength::must && fails) failing.insert(rule.id);
  });
  for (const auto& reading : explanation.rules) {
    const bool fails = reading.judgement.outcome == Outcome::fail;
    if (reading.rule->strength == Strength::must && fails) named.insert(reading.rule->id);
  }
  ASSERT_EQ(named, failing) << where;
  ASSERT_EQ(screened.verdict == Verdict::refused, !named.empty()) << where;
  if (offer == nullptr) {
    ASSERT_EQ(screened.verdict, Verdict::refused) << where;
    return;
  }
  ASSERT_EQ(offer->points, points.total) << where;
  ASSERT_EQ(offer->open, screened.open) << where;
  ASSERT_EQ(offer->cautions, screened.cautions) << where;
  ASSERT_EQ(screened.verdict, offer->open == 0 ? Verdict::permitted : Verdict::undecided) << where;
}

TEST(EngineReverseLaw, ExplanationsSayWhatTheEngineShows) {
  Compared compared;
  for (std::uint32_t seed = 1; seed <= 12 / kSlower + 2; ++seed) {
    WideGenerator generate(1'500 + seed);
    const auto products = seed % 3 == 0   ? generate.crowded_products(60, 4, 30 + seed % 12)
                          : seed % 3 == 1 ? generate.exactly(30)
                                          : generate.exactly(300);
    const Catalogue catalogue = testing::compiled(products, "2024-08-01", card(seed));
    const auto projects = generate.wordy_projects(20, static_cast<int>(seed % 4) * 25);
    const Answer answer = match(projects, catalogue, testing::kEverything);
    for (std::size_t i = 0; i < projects.size(); ++i) {
      const PreparedProject project = prepare(projects[i], catalogue);
      if (projects[i].is_collection) continue;  // refused without rules
      std::map<std::uint32_t, const Offer*> shown;
      for (const auto& offer : answer.offers(i)) shown[static_cast<std::uint32_t>(offer.product)] = &offer;
      for (const auto& offer : answer.possible(i)) shown[static_cast<std::uint32_t>(offer.product)] = &offer;
      for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
        const auto at = shown.find(n);
        if (at == shown.end() && !generate.chance(5)) continue;  // most are refused
        expect_explained(
            project, catalogue, ProductRow{n}, at == shown.end() ? nullptr : at->second,
            "seed " + std::to_string(seed) + " project " + std::to_string(i) + " row " + std::to_string(n));
        if (HasFatalFailure()) return;
        ++compared.pairs;
      }
    }
  }
}

}  // namespace
}  // namespace huoshui
