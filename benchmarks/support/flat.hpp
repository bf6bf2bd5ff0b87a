// W in flat columns, for peers that know nothing of the library: all facts known, one value for each.
// What does not depend on the product (gates of each instrument, their `should` rules that hold) is worked
// out by the library once for each project; what does not depend on the project is summed once for each
// product. Law: everything that `match` weighs is either in a column or constant; flatten_* throw otherwise.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/matcher.hpp>
#include <span>
#include <vector>

namespace huoshui::bench {

/// A set of up to 128 entries.
struct Set128 {
  std::array<std::uint64_t, 2> words{};

  void add(std::size_t i) { words[i / 64] |= 1ULL << (i % 64); }
  [[nodiscard]] bool has(std::size_t i) const { return (words[i / 64] >> (i % 64) & 1U) != 0; }
};

enum Needs : std::uint8_t { needs_good_credit = 1, needs_tier = 2, wants_insured = 4, likes_credit_file = 8 };
enum Has : std::uint8_t { has_good_credit = 1, fits_tier = 2, has_insured = 4, has_credit_file = 8 };

/// One product but for its places and trades. Amounts in 万元, months, millionths; logarithms in 1/65536.
struct alignas(64) FlatProduct {
  Set128 text;  ///< its character pairs among those that projects can hold
  std::int32_t amount_min = 0, amount_top = 0, amount_log = 0;  ///< top binds unless needs_tier
  std::int32_t tenor_max = 0, tenor_log = 0, years_min = 0, debt_max = 0;
  std::int32_t fixed_points = 0;  ///< points that every project has that is permitted
  std::uint16_t borrowers = 0, named_borrowers = 0, securities = 0, measures = 0, instrument_measures = 0;
  std::uint8_t instrument = 0, needs = 0, shoulds = 0, text_pairs = 0;
};
static_assert(sizeof(FlatProduct) == 64);

struct FlatProducts {
  std::vector<FlatProduct> rows;
  std::vector<Set128> regions, industries;
  std::array<std::int32_t, kCriterionCount> weights{};
};

struct FlatProject {
  Set128 text;
  std::uint64_t gates = 0;              ///< bit i: the must gates of instrument i let it pass
  std::array<std::uint64_t, 2> held{};  ///< bits i: number of should gates of instrument i that hold
  std::int32_t need = 0, need_log = 0, tenor = 0, tenor_log = 0, years = 0, debt = 0;
  std::uint8_t region = 0, industry = 0, measure = 0, borrower = 0, security = 0, has = 0;
};

[[nodiscard]] FlatProducts flatten_products(const Catalogue& catalogue);
[[nodiscard]] std::vector<FlatProject> flatten_projects(std::span<const Project> projects,
                                                        const Catalogue& catalogue);

/// Does the product accept it, places and trades aside?
[[nodiscard]] inline bool accepts(const FlatProduct& q, const FlatProject& p) {
  return (q.borrowers >> p.borrower & 1) != 0 && (q.securities >> p.security & 1) != 0 &&
         q.amount_min <= p.need && ((q.needs & needs_tier) != 0 || p.need <= q.amount_top) &&
         (p.gates >> q.instrument & 1) != 0 && p.debt <= q.debt_max && p.years >= q.years_min &&
         (q.needs & (needs_good_credit | needs_tier) & ~p.has) == 0 && p.tenor <= q.tenor_max;
}

inline constexpr std::int32_t kFourPowersOfTen = 870'834, kSixDoublings = 6 * 65536;  // docs/rooms/score.md

/// 1 when value reaches full, falling with its logarithm to 0 at `span` below.
[[nodiscard]] constexpr std::int64_t log_fit(std::int32_t value, std::int32_t full, std::int32_t log,
                                             std::int32_t log_full, std::int32_t span) {
  if (value >= full) return kOneMillion;
  const std::int64_t gap = log_full - log;
  return gap >= span ? 0 : kOneMillion - gap * kOneMillion / span;
}

/// a × 1,000,000 ÷ b for the few small numbers that occur.
inline constexpr auto kShares = [] {
  std::array<std::array<std::int32_t, 16>, 16> out{};
  for (std::size_t b = 1; b < 16; ++b) {
    for (std::size_t a = 0; a < 16; ++a) out[b][a] = static_cast<std::int32_t>(a * kOneMillion / b);
  }
  return out;
}();

/// The points of a permitted pair by the standard scorecard, in millionths.
[[nodiscard]] inline std::int32_t points_of(const FlatProducts& products, const FlatProduct& q,
                                            const FlatProject& p) {
  const auto weight = [&](Criterion c) { return products.weights[static_cast<std::size_t>(c)]; };
  std::int64_t points = q.fixed_points;
  points += weight(Criterion::amount_fit) *
            log_fit(p.need, q.amount_top, p.need_log, q.amount_log, kFourPowersOfTen);
  points +=
      weight(Criterion::tenor_fit) * log_fit(p.tenor, q.tenor_max, p.tenor_log, q.tenor_log, kSixDoublings);
  const bool named = (q.measures >> p.measure & 1) != 0;
  const bool served = (q.instrument_measures >> p.measure & 1) != 0;
  points += weight(Criterion::policy_affinity) * (named ? kOneMillion : served ? 600'000 : 0);
  points +=
      weight(Criterion::borrower_fit) * ((q.named_borrowers >> p.borrower & 1) != 0 ? kOneMillion : 700'000);
  const auto shared =
      std::popcount(q.text.words[0] & p.text.words[0]) + std::popcount(q.text.words[1] & p.text.words[1]);
  // The other half is for what a project's words say of the instrument, of which W says nothing.
  points += weight(Criterion::text_affinity) * (kShares[q.text_pairs][static_cast<std::size_t>(shared)] / 2);
  const unsigned wishes = q.needs & p.has;
  points += weight(Criterion::preference) * ((wishes & likes_credit_file) != 0 ? kOneMillion : 0);
  const std::uint64_t held = (p.held[0] >> q.instrument & 1) + 2 * (p.held[1] >> q.instrument & 1) +
                             ((wishes & wants_insured) != 0 ? 1 : 0);
  points += weight(Criterion::no_caution) * (q.shoulds == 0 ? kOneMillion : kShares[q.shoulds][held]);
  return static_cast<std::int32_t>(points);
}

inline constexpr std::size_t kBest = 10;

/// Permitted products and the ten best of each project, in columns of fixed width.
struct FlatAnswer {
  std::vector<std::uint32_t> permitted;                ///< one for each project
  std::vector<std::array<std::uint64_t, kBest>> best;  ///< points << 32 | ~row, falling; 0 when there is none

  [[nodiscard]] bool equals(const Answer& answer, std::size_t at, std::size_t in_answer) const;
};

/// Keep the ten largest keys of a stream, in falling order.
class TenBest {
 public:
  explicit TenBest(std::array<std::uint64_t, kBest>& keys) : keys_(keys) { keys_.fill(0); }
  void offer(std::int32_t points, std::uint32_t row) {
    const std::uint64_t key = static_cast<std::uint64_t>(points) << 32 | static_cast<std::uint32_t>(~row);
    if (key <= keys_[kBest - 1]) return;
    std::size_t i = kBest - 1;
    for (; i > 0 && keys_[i - 1] < key; --i) keys_[i] = keys_[i - 1];
    keys_[i] = key;
  }

 private:
  std::array<std::uint64_t, kBest>& keys_;
};

}  // namespace huoshui::bench
