// Every kernel set's scores and texts against the plain way, product by product.
#include <gtest/gtest.h>
#include <algorithm>
#include <random>

#include "engine/detail/kernels.hpp"

namespace huoshui::engine {
namespace {

using Random = std::mt19937_64;
constexpr std::size_t kRoom = 16;  // that may be read or written over

std::uint32_t below(Random& random, std::size_t n) { return static_cast<std::uint32_t>(random() % n); }

template <typename Visit>
void with_each_kernel_set(const Visit& visit) {
  for (const Kernels* one : runnable_kernels()) {
    SCOPED_TRACE("kernels " + std::to_string(static_cast<int>(one->target)));
    visit(*one);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

/// A catalogue's and a project's side of the points, at random but within what the kernels are for.
struct World {
  static constexpr std::size_t kProducts = 200, kProfiles = 20, kInstruments = 9, kValues = 30, kPairs = 300;
  std::vector<ProductRecord> records;
  std::vector<PointKey> keys;
  std::vector<KeptRules> gates;
  std::vector<ProfilePoints> own;
  std::vector<std::int32_t> table, readiness, plausibility, texts;
  std::vector<std::uint8_t> pairs;
  std::vector<std::uint32_t> first_pairs, pair_ids;
  std::vector<std::vector<std::uint32_t>> pairs_of;
  Scoring scoring;

  /// Rules of one kind are shared out between gates and profile.
  static KeptRules kept(Random& random) {
    const auto rules = [&](int held, int all) {
      const std::uint32_t n = below(random, kKeptOf / 2);
      return one_at(all) * n + one_at(held) * below(random, n + 1);
    };
    return kept_rules(rules(kPrefersHeldShift, kPrefersShift) + rules(kShouldsHeldShift, kShouldsShift));
  }

  explicit World(Random& random) {
    const auto numbers = [&](std::vector<std::int32_t>& out, std::size_t size, std::size_t most) {
      for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<std::int32_t>(below(random, most)));
    };
    numbers(table, kAmountsAt + kValues, 1'000'000);
    for (auto* shares : {&readiness, &plausibility, &texts})
      numbers(*shares, kSharesOf * kSharesOf, 1'000'000);
    for (std::size_t i = 0; i < kInstruments; ++i) gates.push_back(kept(random));
    for (std::size_t i = 0; i < kProfiles; ++i)
      own.push_back({kept(random), static_cast<std::uint16_t>(below(random, 5)),
                     static_cast<std::uint16_t>(below(random, 5))});
    pairs.resize(kPairs + 1);
    for (std::uint32_t id = 0; id < kPairs; ++id) {
      if (random() % 3 != 0) continue;
      pairs[id] = 1;
      const std::uint64_t bit = std::uint64_t{1} << (id * 7 % 64);
      if ((scoring.signature & bit) != 0) ++scoring.hidden;
      scoring.signature |= bit;
    }
    for (std::size_t p = 0; p < kProducts; ++p) {
      ProductRecord record;
      keys.push_back({static_cast<std::uint16_t>(below(random, kValues)),
                      static_cast<std::uint16_t>(below(random, kProfiles)),
                      static_cast<std::uint8_t>(below(random, kValues)),
                      static_cast<std::uint8_t>(below(random, kValues)),
                      static_cast<std::uint8_t>(below(random, kInstruments)),
                      static_cast<std::uint8_t>(16 + below(random, kSharesOf - 16))});
      first_pairs.push_back(static_cast<std::uint32_t>(pair_ids.size()));
      pairs_of.emplace_back();
      for (std::uint32_t i = below(random, random() % 4 == 0 ? 70 : 12); i > 0; --i) {
        const std::uint32_t id = below(random, kPairs);
        if (std::find(pairs_of.back().begin(), pairs_of.back().end(), id) != pairs_of.back().end()) continue;
        pairs_of.back().push_back(id);
        pair_ids.push_back(id);
        record.signature |= std::uint64_t{1} << (id * 7 % 64);
      }
      record.pair_count = static_cast<std::uint16_t>(pairs_of.back().size());
      while ((pair_ids.size() - first_pairs.back()) % kPairGroup != 0) pair_ids.push_back(kPairs);
      records.push_back(record);
    }
    for (std::uint32_t of = 0; of < kSharesOf; ++of) {
      for (std::uint32_t held = 0; held <= of; ++held)
        texts[of * kSharesOf + held] = of == 0 ? 0 : 9 * static_cast<std::int32_t>(held * 1'000'000 / of / 2);
    }
    scoring.records = records.data();
    scoring.keys = keys.data();
    scoring.gates_kept = gates.data();
    scoring.own = own.data();
    scoring.table = table.data();
    scoring.readiness = readiness.data();
    scoring.plausibility = plausibility.data();
    scoring.texts = texts.data();
    scoring.pairs = pairs.data();
    scoring.first_pairs = first_pairs.data();
    scoring.pair_ids = pair_ids.data();
    scoring.text_weight = 9;
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] std::int32_t text_of(std::uint32_t position) const {
    const auto& ids = pairs_of[position];
    const auto shared = std::count_if(ids.begin(), ids.end(), [&](auto id) { return pairs[id] != 0; });
    return ids.empty() ? 0
                       : 9 * static_cast<std::int32_t>(shared * 1'000'000 /
                                                       static_cast<std::int64_t>(ids.size()) / 2);
  }
};

/// What was found of a world: positions in any order, with points and counts.
struct Finds {
  std::vector<std::uint32_t> positions, places;
  std::vector<std::int32_t> points;
  std::vector<std::uint64_t> counts;

  Finds(Random& random, std::size_t n) {
    for (std::size_t i = 0; i < World::kProducts; ++i) {
      positions.push_back(below(random, World::kProducts));
      points.push_back(static_cast<std::int32_t>(below(random, 30'000'000)));
      counts.push_back(one_at(kOpenShift) * below(random, 9) + one_at(kUnreadyShift) * below(random, 9) +
                       one_at(kImplausibleShift) * below(random, 9) +
                       one_at(kCautionShift) * below(random, 9));
    }
    for (std::size_t i = 0; i < n; ++i) places.push_back(below(random, positions.size()));
  }
  [[nodiscard]] Found found(bool counted = true, std::int32_t unready_cost = 0) {
    return {positions.data(), points.data(), counted ? counts.data() : nullptr, nullptr, unready_cost};
  }
};

TEST(KernelsScores, ScoreSumsTheParts) {
  Random random(5);
  for (int round = 0; round < 20; ++round) {
    const World world(random);
    for (std::size_t n = 0; n <= 100; n += 1 + n / 40 * 3) {
      Finds finds(random, n);
      for (const Terms terms : {Terms::held, Terms::open, Terms::any}) {
        for (const bool counted : {false, true}) {
          const std::int32_t cost = counted ? static_cast<std::int32_t>(below(random, 600'000)) : 0;
          std::vector<std::int32_t> expected;
          for (const std::uint32_t place : finds.places) {
            const PointKey& key = world.keys[finds.positions[place]];
            const ProfilePoints& own = world.own[key.profile];
            const auto counts = [&](int shift) { return counted ? count_at(finds.counts[place], shift) : 0; };
            const std::uint32_t whole = key.terms * kSharesOf + key.terms;
            std::int32_t sum =
                finds.points[place] + world.table[kAmountsAt + key.amount] +
                world.table[kTenorsAt + key.tenor] + world.table[kCoversAt + key.cover] +
                world.table[kInstrumentsAt + key.instrument] +
                world.table[kKeptAt + static_cast<std::size_t>(world.gates[key.instrument] + own.kept)];
            if (terms != Terms::held) {
              sum += world.readiness[whole - own.unready - counts(kUnreadyShift)] +
                     cost * static_cast<std::int32_t>(counts(kUnreadyShift));
            }
            if (terms == Terms::any)
              sum += world.plausibility[whole - own.implausible - counts(kImplausibleShift)];
            expected.push_back(sum);
          }
          expected.push_back(-7);
          with_each_kernel_set([&](const Kernels& run) {
            std::vector<std::int32_t> out(n + 1, -7);
            run.score(world.scoring, finds.found(counted, cost), terms, finds.places.data(), n, out.data());
            ASSERT_EQ(out, expected) << "n " << n;
          });
        }
      }
      if (HasFatalFailure()) return;
    }
  }
}

TEST(KernelsScores, AddTextAndAddFromAddToEach) {
  Random random(6);
  for (int round = 0; round < 20; ++round) {
    const World world(random);
    for (std::size_t n = 0; n <= 100; ++n) {
      Finds finds(random, n);
      std::vector<std::int32_t> texts, tabled;
      for (std::size_t i = 0; i < n; ++i) {
        texts.push_back(finds.points[i] + world.text_of(finds.places[i]));
        tabled.push_back(finds.points[i] + finds.points[finds.places[i]]);
      }
      texts.push_back(-7);
      tabled.push_back(-7);
      with_each_kernel_set([&](const Kernels& run) {
        std::vector<std::int32_t> out(finds.points.begin(),
                                      finds.points.begin() + static_cast<std::ptrdiff_t>(n));
        out.push_back(-7);
        std::vector<std::int32_t> other = out;
        run.add_text(world.scoring, finds.places.data(), n, out.data());
        ASSERT_EQ(out, texts) << "n " << n;
        run.add_from(finds.points.data(), finds.places.data(), n, other.data());
        ASSERT_EQ(other, tabled) << "n " << n;
      });
      if (HasFatalFailure()) return;
    }
  }
}

TEST(KernelsScores, ReachingWithTextLosesNobodyAndIsAlikeEverywhere) {
  Random random(7);
  for (int round = 0; round < 20; ++round) {
    const World world(random);
    for (std::size_t n = 0; n <= 100; ++n) {
      Finds finds(random, World::kProducts);
      std::vector<std::int32_t> scores;
      for (std::size_t i = 0; i < World::kProducts; ++i)
        scores.push_back(static_cast<std::int32_t>(below(random, 20'000'000)));
      std::vector<std::uint32_t> finalists;
      for (std::size_t i = 0; i < n; ++i) finalists.push_back(below(random, World::kProducts));
      const auto least = static_cast<std::int32_t>(below(random, 25'000'000));
      std::vector<std::uint32_t> must, first;
      for (const std::uint32_t i : finalists) {
        if (scores[i] + world.text_of(finds.positions[finds.places[i]]) >= least) must.push_back(i);
      }
      with_each_kernel_set([&](const Kernels& run) {
        std::vector<std::uint32_t> out = finalists;  // in its own place, as the scan does
        out.resize(n + kRoom);
        out.resize(run.reaching_with_text(world.scoring, finds.found(), finds.places.data(), scores.data(),
                                          out.data(), n, least, out.data()));
        if (&run == &portable_kernels()) first = out;
        ASSERT_EQ(out, first);
        // A part of the finalists, in their order, that holds all who do reach.
        auto at = finalists.begin();
        for (const std::uint32_t one : out) {
          at = std::find(at, finalists.end(), one);
          ASSERT_NE(at++, finalists.end());
        }
        auto kept = out.begin();
        for (const std::uint32_t one : must) {
          kept = std::find(kept, out.end(), one);
          ASSERT_NE(kept++, out.end()) << "lost one that reaches, n " << n;
        }
      });
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace huoshui::engine
