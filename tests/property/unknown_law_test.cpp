// Law: filling a blank, narrowing a range or a place never turns a permission or a refusal around.
#include <gtest/gtest.h>
#include <generate.hpp>
#include <huoshui/eligibility/screen.hpp>
#include <huoshui/explain/missing.hpp>

namespace huoshui {
namespace {

using testing::choices;
using testing::Generator;
using testing::kWorld;

/// Every way to know more than `fact` says; the fact itself when nothing is left open.
std::vector<Fact> completions(FactKey key, const Fact* fact) {
  if (fact == nullptr) return choices(key);
  std::vector<Fact> out;
  if (info(key).kind == FactKind::codes) {
    for (const auto& choice : choices(key)) {
      if (fact->codes.front().covers(choice.codes.front())) out.push_back(choice);
    }
  } else {
    for (const auto& choice : choices(key)) {
      if (fact->range.min <= choice.range.min && choice.range.max <= fact->range.max) out.push_back(choice);
    }
  }
  for (auto& completion : out) completion.origin = fact->origin;
  return out;
}

template <typename Visit>
void fill_every_way(Project& project, std::size_t from, const std::vector<FactKey>& open,
                    const Visit& visit) {
  if (from == open.size()) {
    visit(project);
    return;
  }
  const Project before = project;
  for (const auto& fact : completions(open[from], before.facts.find(open[from]))) {
    project.facts.set(fact);
    fill_every_way(project, from + 1, open, visit);
  }
  project = before;
}

TEST(UnknownLaw, FillingBlanksNeverTurnsASettledVerdict) {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(6));
    Project project = generate.project("P1", 35);
    std::vector<FactKey> open;
    for (const FactKey key : kWorld) {
      if (completions(key, project.facts.find(key)).size() > 1 && open.size() < 5) open.push_back(key);
    }
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
      const ProductRow row{n};
      const PreparedProject blank = prepare_facts(project, catalogue);
      const Verdict before = screen(blank, catalogue, row).verdict;
      if (before == Verdict::undecided) continue;
      Project filled = project;
      fill_every_way(filled, 0, open, [&](const Project& whole) {
        const Verdict after = screen(prepare_facts(whole, catalogue), catalogue, row).verdict;
        ASSERT_EQ(before, after) << "seed " << seed << " product " << catalogue.product(row).id;
      });
    }
  }
}

TEST(UnknownLaw, AnInferenceNeverRefuses) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(6));
    Project project = generate.project("P1", 20);
    const std::vector<Fact> facts(project.facts.all().begin(), project.facts.all().end());
    for (auto fact : facts) {
      fact.origin = Origin::inferred;
      project.facts.set(fact);
    }
    const PreparedProject prepared = prepare_facts(project, catalogue);
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
      EXPECT_NE(screen(prepared, catalogue, ProductRow{n}).verdict, Verdict::refused) << "seed " << seed;
    }
  }
}

TEST(UnknownLaw, AnUndecidedPairCanBeSettledByWhatItAsksFor) {
  // Whoever answers all that an undecided pair asks for gets a settled verdict.
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    Generator generate(seed);
    const Catalogue catalogue = testing::compiled(generate.products(6));
    const Project project = generate.project("P1", 30);
    const PreparedProject prepared = prepare_facts(project, catalogue);
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
      for_each_rule(catalogue, ProductRow{n}, [&](const Rule& rule) {
        if (judge(rule, prepared.facts).outcome == Outcome::undecided) {
          EXPECT_TRUE(!missing_for(rule, prepared.facts).empty() ||
                      waits_for_institution(rule, prepared.facts))
              << "seed " << seed << " " << rule.id;
        } else {
          EXPECT_TRUE(missing_for(rule, prepared.facts).empty());
        }
      });
    }
  }
}

}  // namespace
}  // namespace huoshui
