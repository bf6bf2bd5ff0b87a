// Laws of the board: after any steps it says what match() says of the same products and projects; snapshots
// never change; a difference is empty exactly when the rankings are equal, and turns the earlier into the
// later.
#include <gtest/gtest.h>
#include <atomic>
#include <generate.hpp>
#include <huoshui/live/difference.hpp>
#include <map>
#include <thread>

namespace huoshui {
namespace {

using testing::Generator;

/// Products and projects beside a board, kept in the plainest way.
struct Ledger {
  std::map<std::string, Product> products;
  std::map<std::string, Project> projects;
  std::string day = "2024-08-01";
  Scorecard card = Scorecard::standard();

  [[nodiscard]] std::vector<Project> list() const {
    std::vector<Project> out;
    for (const auto& [id, project] : projects) out.push_back(project);
    return out;
  }
  [[nodiscard]] Catalogue catalogue() const {
    std::vector<Product> out;
    for (const auto& [id, product] : products) out.push_back(product);
    return testing::compiled(std::move(out), day, card);
  }
};

Ledger a_ledger(Generator& generate, std::size_t products, std::size_t projects) {
  Ledger out;
  for (auto& product : generate.products(products)) out.products.emplace(product.id, std::move(product));
  for (auto& project : generate.projects(projects, 20)) out.projects.emplace(project.id, std::move(project));
  return out;
}

/// Take one random step on both; return whether something was published.
bool step(Generator& generate, Board& board, Ledger& ledger) {
  const std::string product_id = "X" + std::to_string(95 + generate.below(40));
  const std::string project_id = "P" + std::to_string(995 + generate.below(40));
  switch (generate.below(20)) {
    case 0: {
      ledger.day = generate.chance(50) ? "2019-01-01" : "2024-08-01";
      return board.put(testing::policy_on(ledger.day)).has_value();
    }
    case 1: {
      ledger.card = generate.chance(50) ? Scorecard::bank() : Scorecard::standard();
      return board.put(ledger.card).has_value();
    }
    case 2:
    case 3:
    case 4:
    case 5: {
      const bool removed = board.remove_product(product_id).has_value();
      EXPECT_EQ(removed, ledger.products.erase(product_id) == 1);
      return removed;
    }
    case 6:
    case 7:
    case 8: {
      const bool removed = board.remove_project(project_id).has_value();
      EXPECT_EQ(removed, ledger.projects.erase(project_id) == 1);
      return removed;
    }
    case 9:
    case 10:
    case 11:
    case 12: {
      Project project = generate.project(project_id, 20);
      ledger.projects.insert_or_assign(project_id, project);
      return board.put(std::move(project)).has_value();
    }
    default: {
      Product product = generate.product(product_id);
      if (!board.put(product)) return false;
      ledger.products.insert_or_assign(product_id, std::move(product));
      return true;
    }
  }
}

/// Rankings in words, by project: every match with its verdict, rank, points, cautions and open rules.
using Rankings = std::map<std::string, std::map<std::string, std::string>>;

std::string shown(const PairStanding& s) {
  return std::string(to_string(s.verdict)) + " " + std::to_string(s.rank) + " " + std::to_string(s.points) +
         " " + std::to_string(s.cautions) + " " + std::to_string(s.open);
}

Rankings rankings_of(const Snapshot& snapshot) {
  Rankings out;
  for (std::size_t n = 0; n < snapshot.size(); ++n) {
    auto& of_project = out[snapshot.project(n).id];
    const auto add = [&](const std::vector<RankedProduct>& entries, Verdict verdict) {
      std::uint32_t rank = 0;
      for (const auto& e : entries)
        of_project[e.product->id] = shown({verdict, ++rank, e.points, e.cautions, e.open});
    };
    add(snapshot.ranking(n).offers, Verdict::permitted);
    add(snapshot.ranking(n).possible, Verdict::undecided);
  }
  return out;
}

Rankings applied(Rankings rankings, const Difference& difference) {
  for (const auto& project : difference.projects) {
    auto& of_project = rankings[project.id];
    for (const auto& match : project.matches) {
      if (match.after && match.after->rank != 0) {
        of_project[match.product_id] = shown(*match.after);
      } else {
        of_project.erase(match.product_id);
      }
    }
    if (project.presence == Presence::removed) {
      EXPECT_TRUE(of_project.empty()) << project.id;
      rankings.erase(project.id);
    }
  }
  return rankings;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kSteps = 60;
#else
constexpr int kSteps = 200;
#endif

TEST(LiveLaw, AnyStepsEqualMatchingFromScratch) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    Generator generate(seed);
    Ledger ledger = a_ledger(generate, 25, 25);
    Board board = Board::open(ledger.catalogue(), ledger.list(), {.k = 4, .possible = 2}).value();
    for (int n = 0; n < kSteps; ++n) {
      if (!step(generate, board, ledger)) continue;
      const Snapshot snapshot = board.snapshot();
      ASSERT_EQ(snapshot.answer(), match(ledger.list(), ledger.catalogue(), {.k = 4, .possible = 2}))
          << "seed " << seed << " step " << n;
    }
  }
}

/// Products come, change and go beside others that equal them in all but the id, for rankings of every
/// length.
TEST(LiveLaw, ProductStepsEqualMatchingFromScratch) {
  std::size_t empty = 0;
  for (const MatchOptions& options :
       {MatchOptions{.k = 1, .possible = 1}, MatchOptions{.k = 3, .possible = 0},
        MatchOptions{.k = 0, .possible = 2}, MatchOptions{.k = 6, .possible = 4},
        MatchOptions{.k = 200, .possible = 200}}) {
    Generator generate(static_cast<std::uint32_t>(40 + options.k));
    Ledger ledger = a_ledger(generate, 60, 25);
    Board board = Board::open(ledger.catalogue(), ledger.list(), options).value();
    std::size_t shown = 0;
    for (int n = 0; n < kSteps; ++n) {
      const std::string id = "X" + std::to_string(90 + generate.below(90));
      if (generate.chance(30)) {
        if (!board.remove_product(id)) continue;
        ledger.products.erase(id);
      } else {
        Product product = generate.chance(40) && !ledger.products.empty()
                              ? std::next(ledger.products.begin(),
                                          static_cast<std::ptrdiff_t>(generate.below(ledger.products.size())))
                                    ->second
                              : generate.product(id);
        product.id = id;
        if (!board.put(product)) continue;
        ledger.products.insert_or_assign(id, std::move(product));
      }
      const Snapshot snapshot = board.snapshot();
      ASSERT_EQ(snapshot.answer(), match(ledger.list(), ledger.catalogue(), options))
          << "k " << options.k << " step " << n;
      for (std::size_t p = 0; p < snapshot.size(); ++p) {
        shown += snapshot.ranking(p).offers.size();
        empty += snapshot.counts(p).permitted == 0 ? 1 : 0;
      }
    }
    EXPECT_GT(shown + (options.k == 0 ? 1 : 0), 0U);
  }
  EXPECT_GT(empty, 0U);
}

TEST(LiveLaw, OldSnapshotsNeverChange) {
  Generator generate(4);
  Ledger ledger = a_ledger(generate, 25, 25);
  Board board = Board::open(ledger.catalogue(), ledger.list()).value();
  std::vector<std::pair<Snapshot, Rankings>> kept;
  std::vector<Answer> answers;
  for (int n = 0; n < kSteps; ++n) {
    if (n % 20 == 0) {
      kept.emplace_back(board.snapshot(), rankings_of(board.snapshot()));
      answers.push_back(board.snapshot().answer());
    }
    (void)step(generate, board, ledger);
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(rankings_of(kept[i].first), kept[i].second);
    EXPECT_EQ(kept[i].first.answer(), answers[i]);
  }
}

TEST(LiveLaw, ADifferenceIsEmptyIffNothingShownDiffersAndTurnsBeforeIntoAfter) {
  for (std::uint32_t seed = 5; seed <= 7; ++seed) {
    Generator generate(seed);
    Ledger ledger = a_ledger(generate, 25, 25);
    Board board = Board::open(ledger.catalogue(), ledger.list(), {.k = 4, .possible = 2}).value();
    Snapshot before = board.snapshot();
    for (int n = 0; n < kSteps; ++n) {
      (void)step(generate, board, ledger);
      if (n % 3 == 1) continue;  // differences over two steps, too
      const Snapshot after = board.snapshot();
      const std::string where = "seed " + std::to_string(seed) + " step " + std::to_string(n);
      const Difference out = difference(before, after);
      ASSERT_EQ(out.empty(), rankings_of(before) == rankings_of(after)) << where;
      ASSERT_EQ(applied(rankings_of(before), out), rankings_of(after)) << where;
      for (const auto& project : out.projects) {
        for (const auto& match : project.matches) {
          EXPECT_FALSE(match.causes.empty()) << where << " " << project.id << " " << match.product_id;
          EXPECT_NE(match.before, match.after) << where;
        }
      }
      EXPECT_TRUE(difference(after, after).empty());
      before = after;
    }
  }
}

TEST(LiveLaw, ReadersReadWhileOneWriterWrites) {
  Generator generate(8);
  Ledger ledger = a_ledger(generate, 20, 12);
  Board board = Board::open(ledger.catalogue(), ledger.list()).value();
  std::atomic<bool> done = false;
  {
    std::vector<std::jthread> readers;
    for (int reader = 0; reader < 3; ++reader) {
      readers.emplace_back([&] {
        Snapshot last = board.snapshot();
        while (!done.load()) {
          const Snapshot now = board.snapshot();
          EXPECT_EQ(applied(rankings_of(last), difference(last, now)), rankings_of(now));
          EXPECT_EQ(now.answer().size(), now.size());
          last = now;
        }
      });
    }
    for (int n = 0; n < 60; ++n) (void)step(generate, board, ledger);
    done.store(true);
  }
  EXPECT_EQ(board.snapshot().answer(), match(ledger.list(), ledger.catalogue()));
}

}  // namespace
}  // namespace huoshui
