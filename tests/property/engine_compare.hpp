// How the engine's laws compare: every form of match() with every kernel set against the exhaustive method.
#pragma once

#include <gtest/gtest.h>
#include <generate_wide.hpp>
#include <huoshui/matcher.hpp>

#include "engine/detail/index.hpp"

namespace huoshui::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::uint32_t kSlower = 8;  // fifteen times slower there
#else
inline constexpr std::uint32_t kSlower = 1;
#endif

/// Call `visit(name)` with each kernel set in use; the one from before is in use again afterwards.
template <typename Visit>
void with_each_kernel_set(const Visit& visit) {
  const engine::Kernels& before = engine::kernels();
  for (const engine::Kernels* one : engine::runnable_kernels()) {
    engine::use(*one);
    visit("kernels " + std::to_string(static_cast<int>(one->target)));
  }
  engine::use(before);
}

inline std::string shown(std::span<const Offer> offers) {
  std::string out;
  for (const auto& o : offers) {
    out += " [" + std::to_string(static_cast<std::uint32_t>(o.product)) + " points " +
           std::to_string(o.points) + " cautions " + std::to_string(o.cautions) + " open " +
           std::to_string(o.open) + "]";
  }
  return out;
}

/// Compare and name the first project that differs.
inline void expect_same(const Answer& fast, const Answer& slow, const std::string& where) {
  if (fast == slow) return;
  ASSERT_EQ(fast.size(), slow.size()) << where;
  for (std::size_t i = 0; i < fast.size(); ++i) {
    ASSERT_EQ(fast.counts(i), slow.counts(i))
        << where << " project " << i << ": permitted " << fast.counts(i).permitted << " for "
        << slow.counts(i).permitted << ", undecided " << fast.counts(i).undecided << " for "
        << slow.counts(i).undecided;
    ASSERT_EQ(shown(fast.offers(i)), shown(slow.offers(i))) << where << " project " << i;
    ASSERT_EQ(shown(fast.possible(i)), shown(slow.possible(i))) << where << " project " << i;
  }
  FAIL() << where << ": same rankings, other bytes";
}

/// The answer for a smaller k: the heads of the same rankings.
inline Answer heads(const Answer& whole, const MatchOptions& options) {
  Answer out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const auto offers = whole.offers(i), possible = whole.possible(i);
    out.append(offers.first(std::min(options.k, offers.size())),
               possible.first(std::min(options.possible, possible.size())), whole.counts(i));
  }
  return out;
}

inline const Scorecard& card(std::uint32_t seed) {
  static const std::vector<Scorecard> cards{Scorecard::standard(), Scorecard::enterprise(),
                                            Scorecard::bank()};
  return cards[seed % cards.size()];
}

inline constexpr MatchOptions kEverything{.k = 10'000, .possible = 10'000};

/// What is asked of every world: k and possible, around the places where the engine changes its way.
inline const std::vector<MatchOptions>& asked() {
  static const std::vector<MatchOptions> all{{.k = 0, .possible = 1},   {.k = 1, .possible = 0},
                                             {.k = 3, .possible = 10},  {.k = 10, .possible = 3},
                                             {.k = 16, .possible = 17}, {.k = 17, .possible = 16},
                                             {.k = 40, .possible = 40}, {.k = 1000, .possible = 1000}};
  return all;
}

/// How many pairs a test judged in both ways, and how often the engine did.
struct Compared {
  std::uint64_t pairs = 0, judged = 0;
  ~Compared() {
    ::testing::Test::RecordProperty("pairs", std::to_string(pairs));
    ::testing::Test::RecordProperty("judged", std::to_string(judged));
  }
};

/// Expect the exhaustive answer from match() on the list and on the prepared list, with each kernel set, for
/// all that is asked.
inline void expect_exhaustive(std::span<const Project> projects, const Catalogue& catalogue,
                              const std::string& where, Compared& compared,
                              std::span<const MatchOptions> options = asked()) {
  const Answer oracle = match_exhaustively(projects, catalogue, kEverything);
  const PreparedList prepared = prepare(projects, catalogue);
  ASSERT_EQ(prepared.size(), projects.size());
  std::vector<Answer> expected;
  for (const auto& one : options) expected.push_back(heads(oracle, one));
  with_each_kernel_set([&](const std::string& kernels) {
    for (std::size_t i = 0; i < options.size(); ++i) {
      const std::string what = where + " " + kernels + " k " + std::to_string(options[i].k);
      expect_same(match(prepared, options[i]), expected[i], what + " prepared");
      // Reading a list takes longer than ranking it; every world has its share.
      if (i % 3 == compared.pairs % 3) expect_same(match(projects, catalogue, options[i]), expected[i], what);
      if (::testing::Test::HasFatalFailure()) return;
      compared.judged += projects.size() * catalogue.size();
    }
  });
  compared.pairs += projects.size() * catalogue.size();
}

}  // namespace huoshui::testing
