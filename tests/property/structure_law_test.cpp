// Laws: every member of a package closes a gap that is not known to be closed; the whole stays within its
// gates; packages differ; terms on paper stay within need and ticket; order and threads never show.
#include <gtest/gtest.h>

#include <algorithm>
#include <generate.hpp>
#include <huoshui/structure/package.hpp>
#include <huoshui/syndicate/capital.hpp>
#include <set>

namespace huoshui {
namespace {

using testing::a_product;
using testing::Generator;

struct World {
  std::vector<Project> projects;
  Catalogue catalogue;
};

World world(std::uint32_t seed) {
  Generator generator(seed);
  std::vector<Project> projects;
  for (std::size_t i = 0; i < 12; ++i)
    projects.push_back(generator.project("P" + std::to_string(i), static_cast<int>(generator.below(60))));
  auto products = generator.products(14);
  const auto more = [&](const char* id, Instrument instrument) {
    auto product = generator.product(id);
    product.instrument = instrument;
    product.conditions.clear();
    products.push_back(std::move(product));
  };
  more("Y1", Instrument::fixed_asset_loan);
  more("Y2", Instrument::guaranteed_loan);
  more("Y3", Instrument::policy_fund_equity);
  more("Y4", Instrument::special_bond);
  more("Y5", Instrument::forest_right_mortgage);
  more("Y6", Instrument::syndicated_loan);
  return {std::move(projects), testing::compiled(std::move(products), "2025-10-15")};
}

TEST(PackageLaw, EveryMemberClosesAnOpenGapAndTheWholeStaysWithinItsGates) {
  std::size_t seen = 0, filled = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const auto w = world(seed);
    for (const auto& project : w.projects) {
      const auto prepared = prepare(project, w.catalogue);
      const Fact* need = prepared.facts.find(FactKey::financing_need);
      std::set<std::vector<std::uint32_t>> ways;
      for (const auto& package : packages(prepared, w.catalogue)) {
        const std::string where = "seed " + std::to_string(seed) + " " + project.id + " " + package.title.zh;
        ++seen;
        ASSERT_EQ(package.members.front().closes, Gap::credit) << where;
        std::vector<std::uint32_t> way{static_cast<std::uint32_t>(package.members.front().product)};
        std::int64_t credit = 0, capital = 0;
        for (const auto& member : package.members) {
          const auto* gap = package.find(member.closes);
          ASSERT_NE(gap, nullptr) << where;
          EXPECT_NE(gap->open, Truth::no) << where;
          EXPECT_EQ(member.conditional, gap->open != Truth::yes) << where;
          EXPECT_NE(member.closes, Gap::cost) << where;
          if (member.closes == Gap::capital || member.closes == Gap::security)
            way.push_back(static_cast<std::uint32_t>(member.product));
          if (member.closes == Gap::credit) credit += member.amount_fen.value_or(0);
          if (member.closes == Gap::capital) capital += member.amount_fen.value_or(0);
        }
        EXPECT_TRUE(ways.insert(way).second) << where;
        if (need != nullptr) {
          EXPECT_LE(credit, need->range.max) << where;
        }
        const Fact* total = prepared.facts.find(FactKey::total_investment);
        const Fact* own = prepared.facts.find(FactKey::own_capital);
        if (total != nullptr && own != nullptr && total->range.is_point() && own->range.is_point()) {
          EXPECT_LE(credit + capital, std::max<std::int64_t>(total->range.max - own->range.min, 0)) << where;
          if (capital > 0) {
            ++filled;
            const auto& filler = *std::find_if(package.members.begin(), package.members.end(),
                                               [](const Member& m) { return m.closes == Gap::capital; });
            if (w.catalogue.product(filler.product).instrument == Instrument::policy_fund_equity) {
              EXPECT_LE(capital, own->range.min) << where << ": a fund is at most half of the capital";
            }
          }
        }
        // The main credit is not refused, or its one refusal is the capital that the filler brings.
        const auto screened = screen(prepared, w.catalogue, package.members.front().product);
        if (screened.verdict == Verdict::refused) {
          EXPECT_EQ(screened.failed, 1U) << where;
          EXPECT_GT(capital, 0) << where;
        }
      }
    }
  }
  EXPECT_GT(seen, 200U);
  EXPECT_GT(filled, 5U);
}

TEST(StructureLaw, AmountsStayWithinNeedAndTicketAndPairsDoNotDependOnTheList) {
  std::size_t seen = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const auto w = world(seed);
    const auto list = structure(match(w.projects, w.catalogue), w.projects, w.catalogue);
    for (std::size_t i = 0; i < w.projects.size(); ++i) {
      const auto prepared = prepare_facts(w.projects[i], w.catalogue);
      for (const auto& paper : list.projects[i]) {
        ++seen;
        const Fact* need = prepared.facts.find(FactKey::financing_need);
        if (paper.amount_fen) {
          ASSERT_TRUE(need != nullptr) << "seed " << seed;
          EXPECT_LE(*paper.amount_fen, need->range.max) << "seed " << seed;
          EXPECT_LE(*paper.amount_fen, w.catalogue.product(paper.product).amount.max) << "seed " << seed;
          EXPECT_GT(*paper.amount_fen, 0) << "seed " << seed;
        } else {
          EXPECT_FALSE(paper.missing.empty()) << "seed " << seed << ": an absent amount names no reason";
        }
        const auto alone = put_on_paper(prepared, w.catalogue, paper.product);
        EXPECT_EQ(alone.amount_fen, paper.amount_fen) << "seed " << seed;
        EXPECT_EQ(alone.words, paper.words) << "seed " << seed;
      }
    }
  }
  EXPECT_GT(seen, 200U);
}

}  // namespace
}  // namespace huoshui
