// The loops that each processor runs in its own way; all ways give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace huoshui::engine {

/// The machine a loop is compiled for.
enum class Target : std::uint8_t { portable, avx2, avx512 };

struct Counts {
  std::uint32_t certain = 0, possible = 0;
};

/// Pointers to rows: first those that certain and possible share, then those of each alone.
struct RowSet {
  const std::uint64_t* const* rows = nullptr;
  std::uint32_t shared = 0, certain = 0, possible = 0;
};

/// What a row adds to the products in it, or outside it.
struct Feature {
  const std::uint64_t* row = nullptr;
  std::uint64_t flip = 0;    // all ones: for the products outside the row; of those that count alone
  std::uint64_t counts = 0;  // four counts of 16 bits
  std::int64_t points = 0;
};

/// What the products being ranked may miss of their `must` terms: nothing; some are open, and all that is
/// inferred agrees; or anything.
enum class Terms : std::uint8_t { held, open, any };

/// The products found in a row, in no particular order, with the sums of their features.
struct Found {
  std::uint32_t* positions = nullptr;
  std::int32_t* points = nullptr;
  std::uint64_t* counts = nullptr;   // null: not wanted, no feature has any
  std::uint32_t* scratch = nullptr;  // one a word, and a block more
  std::int32_t unready_cost = 0;     // points that each unready term among the counts takes away
};
/// What a product's points hang on, but for rows and texts, in eight bytes; see Index::packs.
struct alignas(8) PointKey {
  std::uint16_t amount = 0, profile = 0;
  std::uint8_t tenor = 0, cover = 0, instrument = 0, terms = 0;
};

/// What a candidate needs besides, half a cache line.
struct ProductRecord {
  std::uint64_t signature = 0;  // one bit for each of its character pairs
  std::uint32_t profile = 0;
  std::uint32_t amount = 0, tenor = 0, cover = 0;  // which of the catalogue's values
  std::uint16_t pair_count = 0;
  std::uint16_t terms = 0;  // its `must` terms, in tables or not
  std::uint8_t instrument = 0;
};

/// How rules that refuse nothing here stand: of the gates of one instrument, or of the loose rules of one
/// profile. Counts of 16 bits, so that standings add up as they are.
struct Standing {
  std::uint64_t missing = 0;  // open, unready, implausible, cautions
  std::uint64_t kept = 0;     // prefer rules that hold, prefer rules, should rules that hold, should rules
};
inline constexpr int kOpenShift = 0, kUnreadyShift = 16, kImplausibleShift = 32, kCautionShift = 48;
inline constexpr int kPrefersHeldShift = 0, kPrefersShift = 16, kShouldsHeldShift = 32, kShouldsShift = 48;
constexpr std::uint64_t one_at(int shift) { return std::uint64_t{1} << shift; }
constexpr std::uint32_t count_at(std::uint64_t counts, int shift) {
  return static_cast<std::uint32_t>(counts >> shift & 0xFFFFU);
}

/// Tables of points by kSharesOf * rules + those that hold.
inline constexpr std::uint32_t kSharesOf = 32;

/// The four counts of Standing::kept in three bits each. Of an instrument and of a profile they add up as
/// they are, and there is a table of points by the sum.
using KeptRules = std::uint16_t;
inline constexpr std::uint32_t kKeptOf = 8, kKeptSums = kKeptOf * kKeptOf * kKeptOf * kKeptOf;
constexpr KeptRules kept_rules(std::uint64_t kept) {
  return static_cast<KeptRules>(
      count_at(kept, kPrefersHeldShift) + kKeptOf * count_at(kept, kPrefersShift) +
      kKeptOf * kKeptOf * (count_at(kept, kShouldsHeldShift) + kKeptOf * count_at(kept, kShouldsShift)));
}

/// How the loose rules of one profile stand, as scoring needs it; of `missing`, its unready and implausible.
struct ProfilePoints {
  KeptRules kept = 0;
  std::uint16_t unready = 0, implausible = 0, unused = 0;
};
constexpr ProfilePoints profile_points(const Standing& standing) {
  return {kept_rules(standing.kept), static_cast<std::uint16_t>(count_at(standing.missing, kUnreadyShift)),
          static_cast<std::uint16_t>(count_at(standing.missing, kImplausibleShift))};
}

/// Where the points for each part of a PointKey stand in one table, the amounts' last.
inline constexpr std::size_t kKeptAt = 0, kInstrumentsAt = kKeptAt + kKeptSums,
                             kCoversAt = kInstrumentsAt + 0x100, kTenorsAt = kCoversAt + 0x100,
                             kAmountsAt = kTenorsAt + 0x100;

/// The project's and the catalogue's side of all points but those of rows and texts.
struct Scoring {
  const ProductRecord* records = nullptr;
  const PointKey* keys = nullptr;
  const KeptRules* gates_kept = nullptr;  // by instrument
  const ProfilePoints* own = nullptr;     // by profile
  const std::int32_t* table = nullptr;
  const std::int32_t *readiness = nullptr, *plausibility = nullptr;  // shares of `must` terms
  const std::int32_t* texts = nullptr;                               // shares of pairs
  const std::uint8_t* pairs = nullptr;                               // by id: 1 if the project has it
  const std::uint32_t *first_pairs = nullptr, *pair_ids = nullptr;
  std::int32_t text_weight = 0;
  std::uint64_t signature = 0;  // of the project's pairs
  std::uint32_t hidden = 0;     // how many of them share a bit with another
};

inline constexpr std::size_t kPairGroup = 8;
inline constexpr std::size_t kFoundRoom = 64;     // that many more entries than products are written over
inline constexpr std::size_t kMostFeatures = 32;  // of one call to collect, but for the portable one

struct Kernels {
  Target target = Target::portable;

  /// AND the certain rows into `certain`, and the possible rows into `possible` without those that are
  /// certain; `blocks` of 8 words each.
  Counts (*intersect)(const RowSet& set, std::size_t blocks, std::uint64_t* certain, std::uint64_t* possible);

  /// Mark in `one` the products of `living` that exactly one of `n` rows leaves out, in `none` those that no
  /// row does. Returns how many `one` holds.
  std::uint32_t (*one_away)(const std::uint64_t* living, const std::uint64_t* const* rows, std::size_t n,
                            std::size_t blocks, std::uint64_t* none, std::uint64_t* one);

  /// List the bits of `row`, `words` of them, and sum up the features of each, the first `counting` of which
  /// have counts and no points, the others points alone. Returns how many.
  std::size_t (*collect)(const std::uint64_t* row, std::size_t words, const Feature* feature,
                         std::size_t features, std::size_t counting, const Found& out);

  /// points[i] += table[positions[i]].
  void (*add_from)(const std::int32_t* table, const std::uint32_t* positions, std::size_t n,
                   std::int32_t* points);

  /// out[i] = weight × closeness of a value to logs[i], see log_closeness; 0 where nothing is known.
  void (*closeness)(const std::int32_t* logs, std::size_t n, std::int32_t log_value, std::int32_t doublings,
                    std::int32_t weight, std::int32_t* out);

  /// out[i] = the points of found[places[i]] without shared pairs, from keys, and without what they cost
  /// while being found. Of the terms those shares are added that can differ: none, readiness, plausibility
  /// too.
  void (*score)(const Scoring& scoring, const Found& found, Terms terms, const std::uint32_t* places,
                std::size_t n, std::int32_t* out);

  /// List those of places[0..n) that reach `least` if the text criterion gives all that the signatures let it
  /// give: the bits they share, and `hidden` pairs of the project that share a bit with another.
  std::size_t (*reaching_with_text)(const Scoring& scoring, const Found& found, const std::uint32_t* places,
                                    const std::int32_t* scores, const std::uint32_t* finalists, std::size_t n,
                                    std::int32_t least, std::uint32_t* out);

  /// A value that at least k of n numbers reach, k <= 16, as high as 16 lanes can tell; -1 where that would
  /// be lower. `values` has room for 16 more.
  std::int32_t (*floor_of_best)(const std::int32_t* values, std::size_t n, std::size_t k);

  /// points[i] += the points of the text criterion
  void (*add_text)(const Scoring& scoring, const std::uint32_t* positions, std::size_t n,
                   std::int32_t* points);

  /// ranks[i] = how many of the keys are larger than the i-th.
  void (*rank_keys)(const std::uint64_t* keys, std::size_t n, std::uint32_t* ranks);

  /// List the places of the numbers that reach `least` and stay below `below`.
  std::size_t (*reaching)(const std::int32_t* values, std::size_t n, std::int32_t least, std::int32_t below,
                          std::uint32_t* out);
};

/// More points than there are.
inline constexpr std::int32_t kNoLimit = 0x7FFFFFFF;
/// Tables of logs are whole groups, so that no loop over them ends early.
inline constexpr std::size_t kLogGroup = 16;
/// A log that no value comes near.
inline constexpr std::int32_t kNoLog = 1 << 29;

/// The kernels in use: the best that this machine runs.
[[nodiscard]] const Kernels& kernels();
/// Those that run everywhere and take any number of features.
[[nodiscard]] const Kernels& portable_kernels();
/// Every kernel set that this machine runs, the portable one first.
[[nodiscard]] std::span<const Kernels* const> runnable_kernels();
/// For tests and benchmarks: run with these from now on, in all threads.
void use(const Kernels& kernels);

}  // namespace huoshui::engine
