// The loops themselves, compiled once for each target. Nothing here may call an inline function of another
// header: the linker would be free to take the copy compiled for the wrong machine.
#include "engine/detail/kernels.hpp"
#if defined(HUOSHUI_KERNEL_AVX512)
#include <immintrin.h>
#endif

namespace huoshui::engine {
namespace {

constexpr std::size_t kWords = 8;  // of a block

#if defined(HUOSHUI_KERNEL_AVX512)

std::uint32_t sum(__m512i counts) { return static_cast<std::uint32_t>(_mm512_reduce_add_epi64(counts)); }

Counts intersect(const RowSet& set, std::size_t blocks, std::uint64_t* certain, std::uint64_t* possible) {
  const std::uint64_t* const* certain_rows = set.rows + set.shared;
  const std::uint64_t* const* possible_rows = certain_rows + set.certain;
  __m512i in_yes = _mm512_setzero_si512(), in_maybe = _mm512_setzero_si512();
  for (std::size_t b = 0; b < blocks; b += 2) {
    const std::size_t at = b * kWords;
    const bool two = b + 1 < blocks;
    const std::size_t next = two ? at + kWords : at;
    __m512i a0 = _mm512_set1_epi64(-1), a1 = a0;
    for (std::uint32_t r = 0; r < set.shared; ++r) {
      a0 = _mm512_and_si512(a0, _mm512_loadu_si512(set.rows[r] + at));
      a1 = _mm512_and_si512(a1, _mm512_loadu_si512(set.rows[r] + next));
    }
    __m512i y0 = a0, y1 = a1;
    for (std::uint32_t r = 0; r < set.certain; ++r) {
      y0 = _mm512_and_si512(y0, _mm512_loadu_si512(certain_rows[r] + at));
      y1 = _mm512_and_si512(y1, _mm512_loadu_si512(certain_rows[r] + next));
    }
    a0 = _mm512_andnot_si512(y0, a0);
    a1 = _mm512_andnot_si512(y1, a1);
    for (std::uint32_t r = 0; r < set.possible; ++r) {
      a0 = _mm512_and_si512(a0, _mm512_loadu_si512(possible_rows[r] + at));
      a1 = _mm512_and_si512(a1, _mm512_loadu_si512(possible_rows[r] + next));
    }
    _mm512_storeu_si512(certain + at, y0);
    _mm512_storeu_si512(possible + at, a0);
    in_yes = _mm512_add_epi64(in_yes, _mm512_popcnt_epi64(y0));
    in_maybe = _mm512_add_epi64(in_maybe, _mm512_popcnt_epi64(a0));
    if (!two) break;
    _mm512_storeu_si512(certain + next, y1);
    _mm512_storeu_si512(possible + next, a1);
    in_yes = _mm512_add_epi64(in_yes, _mm512_popcnt_epi64(y1));
    in_maybe = _mm512_add_epi64(in_maybe, _mm512_popcnt_epi64(a1));
  }
  return {sum(in_yes), sum(in_maybe)};
}

std::uint32_t one_away(const std::uint64_t* living, const std::uint64_t* const* rows, std::size_t n,
                       std::size_t blocks, std::uint64_t* none, std::uint64_t* one) {
  __m512i found = _mm512_setzero_si512();
  for (std::size_t at = 0; at < blocks * kWords; at += kWords) {
    __m512i zero = _mm512_loadu_si512(living + at), single = _mm512_setzero_si512();
    for (std::size_t r = 0; r < n; ++r) {
      const __m512i row = _mm512_loadu_si512(rows[r] + at);
      single = _mm512_ternarylogic_epi64(row, single, zero, 0xCA);  // row ? single : zero
      zero = _mm512_and_si512(zero, row);
    }
    _mm512_storeu_si512(none + at, zero);
    _mm512_storeu_si512(one + at, single);
    found = _mm512_add_epi64(found, _mm512_popcnt_epi64(single));
  }
  return sum(found);
}

/// What a feature adds to the bits of a word, from the features' words at its place.
struct Plane {
  const std::uint64_t* row;
  std::uint64_t flip;
  std::uint32_t counts;  // four of 8 bits
  std::int32_t points;
};

/// List the bits of one word after the other: their places, packed, are the positions, and a feature's bits
/// at these places say whom it concerns. No branch hangs on where the bits are. Of the planes behind the
/// first `counting`, kPointing are held in registers.
template <std::size_t kPointing>
std::size_t collect_words(const std::uint64_t* row, const std::uint32_t* live, std::size_t living,
                          const Plane* plane, std::size_t counting, std::size_t planes, const Found& out) {
  constexpr std::size_t kLanes = 16;
  alignas(64) static constexpr unsigned char kPlaces[64] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i every_place = _mm512_load_si512(kPlaces);
  std::uint32_t* const positions = out.positions;
  std::int32_t* const all_points = out.points;
  std::uint64_t* const all_counts = out.counts;
  const std::uint64_t* pointing[kPointing + 1];
  __m512i points_of[kPointing + 1];
  for (std::size_t f = 0; f < kPointing; ++f) {
    pointing[f] = plane[counting + f].row;
    points_of[f] = _mm512_set1_epi32(plane[counting + f].points);
  }
  const __m512i cost = _mm512_set1_epi32(out.unready_cost);
  std::size_t found = 0;
  for (std::size_t i = 0; i < living; ++i) {
    const std::size_t w = live[i];
    const std::uint64_t bits = row[w];
    const auto in_word = static_cast<std::size_t>(__builtin_popcountll(bits));
    const __m512i base = _mm512_set1_epi32(static_cast<int>(w * 64));
    __m512i places = _mm512_maskz_compress_epi8(bits, every_place);
    std::uint64_t in[kPointing + 1];
#pragma GCC unroll 16
    for (std::size_t f = 0; f < kPointing; ++f) in[f] = _pext_u64(pointing[f][w], bits);
    for (std::size_t taken = 0;;) {
      __m512i points = _mm512_setzero_si512();
#pragma GCC unroll 16
      for (std::size_t f = 0; f < kPointing; ++f)
        points = _mm512_mask_add_epi32(points, static_cast<__mmask16>(in[f]), points, points_of[f]);
      for (std::size_t f = counting + kPointing; f < planes; ++f) {
        const auto has = static_cast<__mmask16>(_pext_u64(plane[f].row[w], bits) >> taken);
        points = _mm512_mask_add_epi32(points, has, points, _mm512_set1_epi32(plane[f].points));
      }
      const std::size_t at = found + taken;
      _mm512_storeu_si512(positions + at,
                          _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(places)), base));
      if (all_counts != nullptr) {
        __m512i counts = _mm512_setzero_si512();
        for (std::size_t f = 0; f < counting; ++f) {
          const auto has = static_cast<__mmask16>(_pext_u64(plane[f].row[w] ^ plane[f].flip, bits) >> taken);
          counts = _mm512_mask_add_epi32(counts, has, counts,
                                         _mm512_set1_epi32(static_cast<int>(plane[f].counts)));
        }
        const __m512i unready = _mm512_and_si512(_mm512_srli_epi32(counts, 8), _mm512_set1_epi32(0xFF));
        points = _mm512_sub_epi32(points, _mm512_mullo_epi32(unready, cost));
        _mm512_storeu_si512(all_counts + at, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(counts)));
        _mm512_storeu_si512(all_counts + at + kWords,
                            _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(counts, 1)));
      }
      _mm512_storeu_si512(all_points + at, points);
      taken += kLanes;
      if (taken >= in_word) break;
      places = _mm512_alignr_epi64(places, places, 2);
#pragma GCC unroll 16
      for (std::size_t f = 0; f < kPointing; ++f) in[f] >>= kLanes;
    }
    found += in_word;
  }
  return found;
}

std::size_t collect(const std::uint64_t* row, std::size_t words, const Feature* feature, std::size_t features,
                    std::size_t counting, const Found& out) {
  const __m256i steps = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
  std::uint32_t* const live = out.scratch;
  std::size_t living = 0;
  for (std::size_t w = 0; w < words; w += kWords) {
    const __m512i here = _mm512_loadu_si512(row + w);
    const __mmask8 some = _mm512_test_epi64_mask(here, here);
    const __m256i places = _mm256_add_epi32(_mm256_set1_epi32(static_cast<int>(w)), steps);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(live + living), _mm256_maskz_compress_epi32(some, places));
    living += static_cast<std::size_t>(__builtin_popcount(some));
  }
  Plane plane[kMostFeatures + 1];
  for (std::size_t f = 0; f < features; ++f) {
    plane[f] = {feature[f].row, feature[f].flip,
                static_cast<std::uint32_t>(_pext_u64(feature[f].counts, 0x00FF00FF00FF00FF)),
                static_cast<std::int32_t>(feature[f].points)};
  }
  using Collect = std::size_t (*)(const std::uint64_t*, const std::uint32_t*, std::size_t, const Plane*,
                                  std::size_t, std::size_t, const Found&);
  constexpr std::size_t kMostHeld = 8;
  static constexpr Collect kCollects[kMostHeld + 1] = {collect_words<0>, collect_words<1>, collect_words<2>,
                                                       collect_words<3>, collect_words<4>, collect_words<5>,
                                                       collect_words<6>, collect_words<7>, collect_words<8>};
  const std::size_t pointing = features - counting;
  const Collect run = kCollects[pointing < kMostHeld ? pointing : kMostHeld];
  return run(row, live, living, plane, counting, features, out);
}

std::int32_t floor_of_best(const std::int32_t* values, std::size_t n, std::size_t k) {
  __m512i best = _mm512_set1_epi32(-1);
  for (std::size_t i = 0; i < n; i += 16) {
    const __mmask16 live = n - i >= 16 ? 0xFFFF : static_cast<__mmask16>((1U << (n - i)) - 1);
    best = _mm512_mask_max_epi32(best, live, best, _mm512_loadu_si512(values + i));
  }
  // How many lanes are above each: the others come by in turn.
  const __m512i one = _mm512_set1_epi32(1);
  __m512i above = _mm512_setzero_si512();
#define HUOSHUI_TURN(n)                                                                                   \
  above = _mm512_mask_add_epi32(above, _mm512_cmpgt_epi32_mask(_mm512_alignr_epi32(best, best, n), best), \
                                above, one);
  HUOSHUI_TURN(1)
  HUOSHUI_TURN(2)
  HUOSHUI_TURN(3)
  HUOSHUI_TURN(4)
  HUOSHUI_TURN(5)
  HUOSHUI_TURN(6)
  HUOSHUI_TURN(7)
  HUOSHUI_TURN(8)
  HUOSHUI_TURN(9)
  HUOSHUI_TURN(10)
  HUOSHUI_TURN(11)
  HUOSHUI_TURN(12)
  HUOSHUI_TURN(13)
  HUOSHUI_TURN(14)
  HUOSHUI_TURN(15)
#undef HUOSHUI_TURN
  const __mmask16 enough = _mm512_cmplt_epi32_mask(above, _mm512_set1_epi32(static_cast<int>(k)));
  return _mm512_mask_reduce_min_epi32(enough, best);
}

std::size_t reaching(const std::int32_t* values, std::size_t n, std::int32_t least, std::int32_t below,
                     std::uint32_t* out) {
  const __m512i floor = _mm512_set1_epi32(least), limit = _mm512_set1_epi32(below);
  __m512i places = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  std::size_t found = 0;
  for (std::size_t i = 0; i < n; i += 16) {
    const __mmask16 live = n - i >= 16 ? 0xFFFF : static_cast<__mmask16>((1U << (n - i)) - 1);
    const __m512i here = _mm512_loadu_si512(values + i);
    const __mmask16 there =
        _mm512_mask_cmplt_epi32_mask(_mm512_mask_cmpge_epi32_mask(live, here, floor), here, limit);
    _mm512_storeu_si512(out + found, _mm512_maskz_compress_epi32(there, places));
    found += static_cast<std::size_t>(__builtin_popcount(there));
    places = _mm512_add_epi32(places, _mm512_set1_epi32(16));
  }
  return found;
}

#else

Counts intersect(const RowSet& set, std::size_t blocks, std::uint64_t* certain, std::uint64_t* possible) {
  const std::uint64_t* const* certain_rows = set.rows + set.shared;
  const std::uint64_t* const* possible_rows = certain_rows + set.certain;
  Counts counts;
  for (std::size_t b = 0; b < blocks; ++b) {
    const std::size_t at = b * kWords;
    std::uint64_t yes[kWords], maybe[kWords];
    for (std::size_t i = 0; i < kWords; ++i) maybe[i] = ~std::uint64_t{0};
    for (std::uint32_t r = 0; r < set.shared; ++r) {
      const std::uint64_t* row = set.rows[r] + at;
      for (std::size_t i = 0; i < kWords; ++i) maybe[i] &= row[i];
    }
    for (std::size_t i = 0; i < kWords; ++i) yes[i] = maybe[i];
    for (std::uint32_t r = 0; r < set.certain; ++r) {
      const std::uint64_t* row = certain_rows[r] + at;
      for (std::size_t i = 0; i < kWords; ++i) yes[i] &= row[i];
    }
    for (std::size_t i = 0; i < kWords; ++i) maybe[i] &= ~yes[i];
    for (std::uint32_t r = 0; r < set.possible; ++r) {
      const std::uint64_t* row = possible_rows[r] + at;
      for (std::size_t i = 0; i < kWords; ++i) maybe[i] &= row[i];
    }
    for (std::size_t i = 0; i < kWords; ++i) {
      certain[at + i] = yes[i];
      possible[at + i] = maybe[i];
      counts.certain += static_cast<std::uint32_t>(__builtin_popcountll(yes[i]));
      counts.possible += static_cast<std::uint32_t>(__builtin_popcountll(maybe[i]));
    }
  }
  return counts;
}

std::uint32_t one_away(const std::uint64_t* living, const std::uint64_t* const* rows, std::size_t n,
                       std::size_t blocks, std::uint64_t* none, std::uint64_t* one) {
  std::uint32_t found = 0;
  for (std::size_t at = 0; at < blocks * kWords; at += kWords) {
    std::uint64_t zero[kWords], single[kWords];
    for (std::size_t i = 0; i < kWords; ++i) {
      zero[i] = living[at + i];
      single[i] = 0;
    }
    for (std::size_t r = 0; r < n; ++r) {
      const std::uint64_t* row = rows[r] + at;
      for (std::size_t i = 0; i < kWords; ++i) {
        single[i] = (single[i] & row[i]) | (zero[i] & ~row[i]);
        zero[i] &= row[i];
      }
    }
    for (std::size_t i = 0; i < kWords; ++i) {
      none[at + i] = zero[i];
      one[at + i] = single[i];
      found += static_cast<std::uint32_t>(__builtin_popcountll(single[i]));
    }
  }
  return found;
}

std::size_t collect(const std::uint64_t* row, std::size_t words, const Feature* feature, std::size_t features,
                    std::size_t, const Found& out) {
  std::size_t found = 0;
  for (std::size_t w = 0; w < words; ++w) {
    for (std::uint64_t left = row[w]; left != 0; left &= left - 1) {
      const auto bit = static_cast<unsigned>(__builtin_ctzll(left));
      std::int64_t points = 0;
      std::uint64_t counts = 0;
      for (std::size_t f = 0; f < features; ++f) {
        const std::uint64_t has = 0U - ((feature[f].row[w] ^ feature[f].flip) >> bit & 1U);
        points += feature[f].points & static_cast<std::int64_t>(has);
        counts += feature[f].counts & has;
      }
      out.positions[found] = static_cast<std::uint32_t>(w * 64 + bit);
      out.points[found] = static_cast<std::int32_t>(points);
      if (out.counts != nullptr) {
        out.counts[found] = counts;
        out.points[found] -= out.unready_cost * static_cast<std::int32_t>(counts >> kUnreadyShift & 0xFFFFU);
      }
      ++found;
    }
  }
  return found;
}

std::int32_t floor_of_best(const std::int32_t* values, std::size_t n, std::size_t k) {
  std::int32_t lane[16];
  for (std::int32_t& best : lane) best = -1;
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    for (std::size_t l = 0; l < 16; ++l) lane[l] = values[i + l] > lane[l] ? values[i + l] : lane[l];
  }
  for (; i < n; ++i) lane[i % 16] = values[i] > lane[i % 16] ? values[i] : lane[i % 16];
  std::int32_t floor = 0x7FFFFFFF;
  for (std::size_t one = 0; one < 16; ++one) {
    std::size_t above = 0;
    for (std::size_t other = 0; other < 16; ++other) above += lane[other] > lane[one] ? 1 : 0;
    floor = above < k && lane[one] < floor ? lane[one] : floor;
  }
  return floor;
}

std::size_t reaching(const std::int32_t* values, std::size_t n, std::int32_t least, std::int32_t below,
                     std::uint32_t* out) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < n; ++i) {
    out[found] = static_cast<std::uint32_t>(i);
    found += values[i] >= least && values[i] < below ? 1 : 0;
  }
  return found;
}

#endif

void add_from(const std::int32_t* table, const std::uint32_t* positions, std::size_t n,
              std::int32_t* points) {
  for (std::size_t i = 0; i < n; ++i) points[i] += table[positions[i]];
}

template <Terms kTerms, bool kCounted>
void score_some(const Scoring& by, const Found& found, const std::uint32_t* places, std::size_t n,
                std::int32_t* out) {
  const std::int32_t* const table = by.table;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t place = places[i];
    std::uint64_t key, own;  // read whole
    __builtin_memcpy(&key, by.keys + found.positions[place], sizeof key);
    const std::size_t instrument = key >> 48 & 0xFFU;
    __builtin_memcpy(&own, by.own + (key >> 16 & 0xFFFFU), sizeof own);
    const std::size_t kept = by.gates_kept[instrument] + (own & 0xFFFFU);
    std::int32_t points = found.points[place] + table[kAmountsAt + (key & 0xFFFFU)] +
                          table[kTenorsAt + (key >> 32 & 0xFFU)] + table[kCoversAt + (key >> 40 & 0xFFU)] +
                          table[kInstrumentsAt + instrument] + table[kKeptAt + kept];
    if constexpr (kTerms != Terms::held) {
      const std::uint64_t counts = kCounted ? found.counts[place] : 0;
      const std::uint64_t missing = own + counts;                  // the same fields in both
      const std::uint64_t terms = (key >> 56) * (kSharesOf + 1U);  // all of them hold
      points += by.readiness[terms - (missing >> kUnreadyShift & 0xFFFFU)];
      if constexpr (kCounted)
        points += found.unready_cost * static_cast<std::int32_t>(counts >> kUnreadyShift & 0xFFFFU);
      if constexpr (kTerms == Terms::any)
        points += by.plausibility[terms - (missing >> kImplausibleShift & 0xFFFFU)];
    }
    out[i] = points;
  }
}

void score(const Scoring& scoring, const Found& found, Terms terms, const std::uint32_t* places,
           std::size_t n, std::int32_t* out) {
  const Scoring by = scoring;
  const Found of = found;
  const bool counted = of.counts != nullptr;
  switch (terms) {
    case Terms::held:
      return score_some<Terms::held, false>(by, of, places, n, out);
    case Terms::open:
      return counted ? score_some<Terms::open, true>(by, of, places, n, out)
                     : score_some<Terms::open, false>(by, of, places, n, out);
    case Terms::any:
      return counted ? score_some<Terms::any, true>(by, of, places, n, out)
                     : score_some<Terms::any, false>(by, of, places, n, out);
  }
}

std::size_t reaching_with_text(const Scoring& scoring, const Found& found, const std::uint32_t* places,
                               const std::int32_t* scores, const std::uint32_t* finalists, std::size_t n,
                               std::int32_t least, std::uint32_t* out) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t finalist = finalists[i];
    const ProductRecord& record = scoring.records[found.positions[places[finalist]]];
    const std::uint32_t pairs = record.pair_count;
    std::uint32_t shared =
        static_cast<std::uint32_t>(__builtin_popcountll(record.signature & scoring.signature)) +
        scoring.hidden;
    shared = shared < pairs ? shared : pairs;
    // Beyond the table any share is allowed for.
    const std::uint32_t at = pairs < kSharesOf ? pairs * kSharesOf + shared : kSharesOf + 1;
    out[kept] = finalist;
    kept += scores[finalist] + scoring.texts[at] >= least ? 1 : 0;
  }
  return kept;
}

void add_text(const Scoring& scoring, const std::uint32_t* positions, std::size_t n, std::int32_t* points) {
  const std::uint8_t* const pairs = scoring.pairs;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t count = scoring.records[positions[i]].pair_count;
    const std::uint32_t* ids = scoring.pair_ids + scoring.first_pairs[positions[i]];
    std::uint64_t shared = 0;
    for (std::uint32_t group = 0; group < count; group += kPairGroup) {
      for (std::size_t j = 0; j < kPairGroup; ++j) shared += pairs[ids[group + j]];
    }
    points[i] += count < kSharesOf
                     ? scoring.texts[count * kSharesOf + shared]
                     : scoring.text_weight * static_cast<std::int32_t>(shared * 1'000'000 / count / 2);
  }
}

void rank_keys(const std::uint64_t* keys, std::size_t n, std::uint32_t* ranks) {
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t key = keys[i];
    std::uint64_t above = 0;
    for (std::size_t j = 0; j < n; ++j) above += keys[j] > key ? 1 : 0;
    ranks[i] = static_cast<std::uint32_t>(above);
  }
}

/// log_closeness in doubles. Exact: the quotient of whole numbers below 2^40 and 2^20 lies at least 2^-20
/// from the next whole number unless it is one, far more than the rounding of the half added before the
/// product.
void closeness(const std::int32_t* __restrict logs, std::size_t n, std::int32_t log_value,
               std::int32_t doublings, std::int32_t weight, std::int32_t* __restrict out) {
  const double scale = 1.0 / doublings;
  for (std::size_t i = 0; i < n; ++i) {
    std::int32_t gap = logs[i] - log_value;
    gap = gap < 0 ? 0 : gap;  // a step at a time, or no loop of whole registers comes of it
    gap = gap > doublings ? doublings : gap;
    const auto lost = static_cast<std::int32_t>((gap * 1e6 + 0.5) * scale);
    out[i] = weight * (1'000'000 - lost);
  }
}

}  // namespace
}  // namespace huoshui::engine
