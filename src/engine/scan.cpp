#include "engine/detail/scan.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <numeric>

#include "core/detail/wide.hpp"
#include "eligibility/detail/evaluate.hpp"
#include "engine/detail/loose.hpp"
#include "score/detail/closeness.hpp"

namespace huoshui::engine {
namespace {

std::uint64_t* words_of(std::vector<Block>& blocks) { return blocks.data()->words; }

std::int32_t share(std::uint32_t held, std::uint32_t of, std::int32_t none) {
  if (of == 0) return none;
  return static_cast<std::int32_t>(held * std::int64_t{kOneMillion} / of);
}

/// weight × share of `of` that are `held`, over `parts`, for all of both under `below`.
std::vector<std::int32_t> share_points(std::int32_t weight, std::int32_t none,
                                       std::uint32_t below = kSharesOf, std::int32_t parts = 1) {
  std::vector<std::int32_t> out(below * below);
  for (std::uint32_t of = 0; of < below; ++of) {
    for (std::uint32_t held = 0; held <= of; ++held)
      out[of * below + held] = weight * (share(held, of, none) / parts);
  }
  return out;
}

/// The pairs make one half of text_affinity, the instrument the other.
constexpr std::int32_t kTextHalves = 2;

/// Keep the k best in rank order.
void keep_best(std::vector<Ranked>& best, std::size_t k, const Ranked& one) {
  if (best.size() == k) {
    if (!ranks_before(one, best.back())) return;
    best.pop_back();
  }
  auto at = best.end();
  constexpr std::size_t kSteps = 32;  // a short way is walked
  if (best.size() <= kSteps) {
    while (at != best.begin() && ranks_before(one, at[-1])) --at;
  } else {
    at = std::upper_bound(best.begin(), best.end(), one,
                          [](const Ranked& a, const Ranked& b) { return ranks_before(a, b); });
  }
  best.insert(at, one);
}

}  // namespace

Scan::Scan(const Index& index)
    : index_(index),
      permitted_(index.rows.blocks()),
      undecided_(index.rows.blocks()),
      none_(index.rows.blocks()),
      one_(index.rows.blocks()),
      by_table_(index.rows.blocks()),
      standings_(index.profiles.size()),
      own_points_(index.profiles.size()),
      stands_in_(index.profiles.size()),
      outcomes_(index.loose.size()),
      judged_in_(index.loose.size()),
      positions_(index.rows.words() * 64 + kFoundRoom),
      places_(positions_.size()),
      finalists_(positions_.size()),
      final_positions_(positions_.size()),
      points_(positions_.size()),
      scores_(positions_.size()),
      final_points_(positions_.size()),
      counts_(positions_.size()),
      table_(index.packs ? kAmountsAt + index.amount_logs.size() : 0),
      readiness_(share_points(index.weight(Criterion::readiness), kOneMillion)),
      plausibility_(share_points(index.weight(Criterion::plausibility), kOneMillion)),
      texts_(share_points(index.weight(Criterion::text_affinity), 0, kSharesOf, kTextHalves)),
      has_pair_(index.pair_count + 1),
      scratch_(index.rows.words() + kBlockWords) {
  scoring_.texts = texts_.data();
  scoring_.pairs = has_pair_.data();
  scoring_.first_pairs = index.first_pairs.data();
  scoring_.pair_ids = index.pair_ids.data();
  scoring_.text_weight = index.weight(Criterion::text_affinity);
  scoring_.records = index.records.data();
  scoring_.keys = index.keys.data();
  scoring_.table = table_.data();
  scoring_.readiness = readiness_.data();
  scoring_.plausibility = plausibility_.data();
  if (table_.empty()) return;
  const auto preference = share_points(index.weight(Criterion::preference), 0, kKeptOf);
  const auto no_caution = share_points(index.weight(Criterion::no_caution), kOneMillion, kKeptOf);
  for (std::size_t n = 0; n < kKeptSums; ++n)
    table_[kKeptAt + n] = preference[n % preference.size()] + no_caution[n / preference.size()];
}

void Scan::keep(std::size_t k, std::size_t possible) {
  k_ = k;
  possible_k_ = possible;
}

const Ranking& Scan::run(const Reading& reading, const detail::FactTable* facts, const Living& living) {
  ranking_.offers.clear();
  ranking_.possible.clear();
  ranking_.permitted = ranking_.undecided = 0;
  const std::uint32_t all = living.count;
  ranking_.refused = all;
  if (reading.gates == nullptr || all == 0) return ranking_;
  begin(reading, facts);
  order_ = living.order;
  RowSet rows = reading.rows;
  if (!living.alive.empty()) {
    living_rows_.assign(1, living.alive.front().words);
    living_rows_.insert(living_rows_.end(), rows.rows,
                        rows.rows + rows.shared + rows.certain + rows.possible);
    rows.rows = living_rows_.data();
    ++rows.shared;
  }
  const Counts counts =
      kernels().intersect(rows, index_.rows.blocks(), words_of(permitted_), words_of(undecided_));
  ranking_.permitted = counts.certain;
  ranking_.undecided = counts.possible;
  if (reading.loose == nullptr && index_.with_loose_musts != kNobody) sort_loose_musts();
  ranking_.refused = all - ranking_.permitted - ranking_.undecided;
  const bool offers = k_ != 0 && ranking_.permitted != 0;
  const bool possible = possible_k_ != 0 && ranking_.undecided != 0;
  if (!offers && !possible) return ranking_;
  read_tables();
  if (offers) {
    rank(words_of(permitted_), false, k_, reading.permitted_features, reading.for_permitted, reading.for_both,
         ranking_.offers);
  }
  if (possible) {
    rank(words_of(undecided_), true, possible_k_, reading.possible_features, reading.for_possible,
         reading.for_both, ranking_.possible);
  }
  end();
  return ranking_;
}

Verdict Scan::judge_one(const Reading& reading, const detail::FactTable* facts, std::uint32_t position,
                        Ranked& out) {
  if (reading.gates == nullptr) return Verdict::refused;
  const std::uint64_t* const* row = reading.rows.rows;
  const auto all = [&](std::uint32_t count) {
    std::uint64_t in = ~std::uint64_t{0};
    for (std::uint32_t i = 0; i < count; ++i) in &= row[i][position / 64];
    row += count;
    return (in >> (position % 64) & 1U) != 0;
  };
  if (!all(reading.rows.shared)) return Verdict::refused;
  const bool certain = all(reading.rows.certain), possible = all(reading.rows.possible);
  if (!certain && !possible) return Verdict::refused;
  begin(reading, facts);
  order_ = index_.order;
  Verdict verdict = certain ? Verdict::permitted : Verdict::undecided;
  if (reading.loose == nullptr) verdict = std::max(verdict, loose_verdict(position));
  if (verdict == Verdict::refused) return verdict;
  const bool permitted = verdict == Verdict::permitted;
  const Feature* feature = permitted ? reading.permitted_features : reading.possible_features;
  const std::size_t features = reading.for_both + (permitted ? reading.for_permitted : reading.for_possible);
  std::int64_t points = index_.fixed_points[position];
  std::uint64_t counts = 0;
  for (std::size_t f = 0; f < features; ++f) {
    const std::uint64_t has =
        0U - ((feature[f].row[position / 64] ^ feature[f].flip) >> (position % 64) & 1U);
    points += feature[f].points & static_cast<std::int64_t>(has);
    counts += feature[f].counts & has;
  }
  positions_[0] = position;
  points_[0] = static_cast<std::int32_t>(points);
  counts_[0] = counts;
  terms_ = permitted ? Terms::held : Terms::any;
  counted_ = true;
  unready_cost_ = 0;
  const ProductRecord& record = index_.records[position];
  if (index_.packs) {
    amount_points(record.amount, 1, &table_[kAmountsAt + record.amount]);
    tenor_points(record.tenor, 1, &table_[kTenorsAt + record.tenor]);
    table_[kCoversAt + record.cover] = cover_points(index_.covers[record.cover]);
  }
  std::int32_t sum = points_without_text(0);
  most_text_ = reading.pair_count == 0 ? 0 : weight(Criterion::text_affinity);  // some, that is
  add_text(positions_.data(), 1, &sum);
  out = ranked(0, sum);
  end();
  return verdict;
}

void Scan::begin(const Reading& reading, const detail::FactTable* facts) {
  reading_ = &reading;
  base_points_ = reading.base_points;
  facts_ = facts;
  if (index_.packs && (has_instruments_ || reading.most_instrument != 0)) {
    has_instruments_ = reading.most_instrument != 0;
    std::copy_n(reading.instruments, kInstrumentCount, table_.begin() + kInstrumentsAt);
  }
  scoring_.signature = reading.signature;
  scoring_.hidden = reading.hidden_pairs;
  scoring_.gates_kept = reading.gates->kept.data();
  scoring_.own = reading.loose != nullptr ? reading.loose->points.data() : own_points_.data();
  own_ = reading.loose != nullptr ? reading.loose->standings.data() : standings_.data();
  if (reading.loose != nullptr || ++epoch_ != 0) return;
  std::fill(stands_in_.begin(), stands_in_.end(), 0);  // after four thousand million projects
  std::fill(judged_in_.begin(), judged_in_.end(), 0);
  epoch_ = 1;
}

void Scan::end() {
  if (!pairs_marked_) return;
  for (std::uint32_t i = 0; i < reading_->pair_count; ++i) has_pair_[reading_->pairs[i]] = 0;
  pairs_marked_ = false;
}

Verdict Scan::loose_verdict(std::uint32_t position) {
  return verdict_of(index_, index_.profiles[index_.records[position].profile],
                    [&](std::uint32_t rule) { return judged(rule); });
}

void Scan::sort_loose_musts() {
  const std::uint64_t* loose = index_.rows[index_.with_loose_musts];
  for (std::size_t w = 0; w < index_.rows.words(); ++w) {
    std::uint64_t& permitted = words_of(permitted_)[w];
    std::uint64_t& undecided = words_of(undecided_)[w];
    for (std::uint64_t left = (permitted | undecided) & loose[w]; left != 0; left &= left - 1) {
      const std::uint64_t bit = left & (~left + 1);
      const Verdict verdict = loose_verdict(
          static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      if (verdict == Verdict::permitted) continue;
      const bool fails = verdict == Verdict::refused;
      if ((permitted & bit) != 0) {
        permitted &= ~bit;
        --ranking_.permitted;
        if (!fails) {
          undecided |= bit;
          ++ranking_.undecided;
        }
      } else if (fails) {
        undecided &= ~bit;
        --ranking_.undecided;
      }
    }
  }
}

Judgement Scan::judged(std::uint32_t loose) {
  if (reading_->outcomes != nullptr) return unpacked(reading_->outcomes[loose]);
  if (judged_in_[loose] != epoch_) {
    judged_in_[loose] = epoch_;
    outcomes_[loose] = packed(detail::judge(*index_.loose[loose], false, *facts_));
  }
  return unpacked(outcomes_[loose]);
}

const Standing& Scan::own_standing(std::uint32_t profile) {
  if (reading_->loose != nullptr) return reading_->loose->standings[profile];
  if (stands_in_[profile] != epoch_) {
    stands_in_[profile] = epoch_;
    standings_[profile] =
        standing_of(index_, index_.profiles[profile], [&](std::uint32_t rule) { return judged(rule); });
    own_points_[profile] = profile_points(standings_[profile]);
  }
  return standings_[profile];
}

void Scan::amount_points(std::size_t first, std::size_t n, std::int32_t* out) const {
  kernels().closeness(index_.amount_logs.data() + first, n, reading_->log_need,
                      static_cast<std::int32_t>(detail::kFourPowersOfTen), weight(Criterion::amount_fit),
                      out);
}

void Scan::tenor_points(std::size_t first, std::size_t n, std::int32_t* out) const {
  kernels().closeness(index_.tenor_logs.data() + first, n, reading_->log_tenor,
                      static_cast<std::int32_t>(detail::kSixDoublings), weight(Criterion::tenor_fit), out);
}

std::int32_t Scan::cover_points(const Cover& cover) const {
  std::int64_t share = cover.uncovered;
  if (reading_->collateral >= 0) {
    const auto wide = static_cast<detail::Wide>(reading_->collateral) *
                      static_cast<std::uint64_t>(cover.ceiling) / static_cast<std::uint64_t>(reading_->need);
    share = wide > static_cast<detail::Wide>(kOneMillion) ? kOneMillion : static_cast<std::int64_t>(wide);
  }
  return weight(Criterion::security_cover) * static_cast<std::int32_t>(share);
}

/// The points of each of the catalogue's tickets, tenors and covers for this project.
void Scan::read_tables() {
  const Reading& reading = *reading_;
  if (index_.packs) {
    amount_points(0, index_.amount_logs.size(), &table_[kAmountsAt]);
    tenor_points(0, index_.tenor_logs.size(), &table_[kTenorsAt]);
    for (std::size_t i = 0; i < index_.covers.size(); ++i)
      table_[kCoversAt + i] = cover_points(index_.covers[i]);
  }
  most_text_ = reading.pair_count == 0
                   ? 0
                   : weight(Criterion::text_affinity) *
                         (share(std::min<std::uint32_t>(reading.pair_count, index_.fewest_pairs),
                                index_.fewest_pairs, 0) /
                          kTextHalves);
}

/// The most that score() and text can add to what is found.
std::int32_t Scan::most_further() const {
  const auto most = [&](Criterion criterion, std::size_t at, std::size_t n) {
    std::int32_t out = index_.packs ? 0 : weight(criterion) * static_cast<std::int32_t>(kOneMillion);
    for (std::size_t i = 0; index_.packs && i < n; ++i) out = std::max(out, table_[at + i]);
    return out;
  };
  return most(Criterion::amount_fit, kAmountsAt, index_.amount_logs.size()) +
         most(Criterion::tenor_fit, kTenorsAt, index_.tenor_logs.size()) +
         most(Criterion::security_cover, kCoversAt, index_.covers.size()) + reading_->most_instrument +
         (weight(Criterion::preference) + weight(Criterion::no_caution)) *
             static_cast<std::int32_t>(kOneMillion) +
         terms_points(true) + most_text_;
}

void Scan::add_text(const std::uint32_t* positions, std::size_t n, std::int32_t* points) {
  if (most_text_ == 0) return;
  if (!pairs_marked_) {
    pairs_marked_ = true;
    for (std::uint32_t i = 0; i < reading_->pair_count; ++i) has_pair_[reading_->pairs[i]] = 1;
  }
  kernels().add_text(scoring_, positions, n, points);
}

/// The points of the i-th found without text.
std::int32_t Scan::points_without_text(std::uint32_t i) {
  const ProductRecord& record = index_.records[positions_[i]];
  const Standing& own = own_standing(record.profile);
  if (index_.packs) {
    std::int32_t out = 0;
    kernels().score(scoring_, found(), terms_, &i, 1, &out);
    return out;
  }
  const std::uint64_t missing = own.missing + (counted_ ? counts_[i] : 0);
  const std::uint64_t kept = reading_->gates->standings[record.instrument].kept + own.kept;
  const std::uint32_t terms = record.terms;
  constexpr auto kWhole = static_cast<std::int32_t>(kOneMillion);
  std::int32_t shares = 0;
  if (terms_ != Terms::held) {
    shares += weight(Criterion::readiness) * share(terms - count_at(missing, kUnreadyShift), terms, kWhole);
  }
  if (terms_ == Terms::any) {
    shares +=
        weight(Criterion::plausibility) * share(terms - count_at(missing, kImplausibleShift), terms, kWhole);
  }
  std::int32_t amount = 0, tenor = 0;
  amount_points(record.amount, 1, &amount);
  tenor_points(record.tenor, 1, &tenor);
  return points_[i] + amount + tenor + cover_points(index_.covers[record.cover]) +
         reading_->instruments[record.instrument] + shares +
         weight(Criterion::preference) *
             share(count_at(kept, kPrefersHeldShift), count_at(kept, kPrefersShift), 0) +
         weight(Criterion::no_caution) *
             share(count_at(kept, kShouldsHeldShift), count_at(kept, kShouldsShift), kWhole);
}

/// What the i-th found misses, once it is scored.
inline std::uint64_t Scan::missing_of(std::uint32_t i) const {
  const ProductRecord& record = index_.records[positions_[i]];
  return reading_->gates->standings[record.instrument].missing + own_[record.profile].missing +
         (counted_ ? counts_[i] : 0);
}

/// The i-th found with its points.
inline Ranked Scan::ranked(std::uint32_t i, std::int32_t points) {
  const std::uint32_t position = positions_[i];
  const std::uint64_t missing = missing_of(i);
  return {order_[position], points + base_points_ + terms_points(false),
          static_cast<std::uint16_t>(count_at(missing, kCautionShift)),
          static_cast<std::uint16_t>(count_at(missing, kOpenShift))};
}

/// Put the k best of the finalists in rank order.
void Scan::select(std::size_t finalists, std::size_t k, bool small_counts, std::vector<Ranked>& out) {
  for (std::size_t i = 0; i < finalists; ++i) {
    const std::uint32_t finalist = finalists_[i];
    final_positions_[i] = positions_[places_[finalist]];
    final_points_[i] = scores_[finalist];
  }
  add_text(final_positions_.data(), finalists, final_points_.data());
  constexpr std::size_t kCounted = 64;
  if (finalists > kCounted || !small_counts) {
    for (std::size_t i = 0; i < finalists; ++i)
      keep_best(out, k, ranked(places_[finalists_[i]], final_points_[i]));
    return;
  }
  // Few: each finds its rank by comparing with all, without a branch. Keys order as ranks_before does.
  std::array<std::uint64_t, kCounted> keys;
  std::array<std::uint32_t, kCounted> ranks, by_rank;
  for (std::size_t i = 0; i < finalists; ++i) {
    const std::uint64_t open =
        terms_ == Terms::held ? 0 : missing_of(places_[finalists_[i]]) >> kOpenShift & 0x7FU;
    keys[i] = static_cast<std::uint64_t>(final_points_[i]) << 37 | (0x7FU - open) << 30 |
              (0x3FFFFFFFU - order_[final_positions_[i]]);
  }
  kernels().rank_keys(keys.data(), finalists, ranks.data());
  for (std::size_t i = 0; i < finalists; ++i) by_rank[ranks[i]] = static_cast<std::uint32_t>(i);
  out.resize(std::min(k, finalists));
  for (std::size_t r = 0; r < out.size(); ++r)
    out[r] = ranked(places_[finalists_[by_rank[r]]], final_points_[by_rank[r]]);
}

/// Score the found at places_[first..last), without text.
void Scan::score(std::size_t first, std::size_t last) {
  const bool keeps_own = reading_->loose != nullptr;
  if (!keeps_own) {
    for (std::size_t i = first; i < last; ++i)
      (void)own_standing(index_.records[positions_[places_[i]]].profile);
  }
  if (index_.packs) {
    kernels().score(scoring_, found(), terms_, places_.data() + first, last - first, scores_.data() + first);
    return;
  }
  for (std::size_t i = first; i < last; ++i) scores_[i] = points_without_text(places_[i]);
}

/// A value that at least k of the first n numbers reach, and as few more as can be told cheaply.
std::int32_t Scan::floor_of_best(const std::vector<std::int32_t>& values, std::size_t n, std::size_t k) {
  constexpr std::size_t kLanes = 16;
  if (k <= kLanes) return kernels().floor_of_best(values.data(), n, k);
  sorted_.assign(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n));
  const auto kth = sorted_.begin() + static_cast<std::ptrdiff_t>(k - 1);
  std::nth_element(sorted_.begin(), kth, sorted_.end(), std::greater<>());
  return *kth;
}

Terms Scan::terms_open(const Feature* features, std::size_t counting) const {
  const bool implausible = reading_->loose == nullptr || reading_->loose->implausible ||
                           std::any_of(features, features + counting, [](const Feature& feature) {
                             return count_at(feature.counts, kImplausibleShift) != 0;
                           });
  return implausible ? Terms::any : Terms::open;
}

std::int32_t Scan::terms_points(bool that_differ) const {
  const std::int32_t ready = terms_ == Terms::held ? 0 : weight(Criterion::readiness);
  const std::int32_t differ = ready + (terms_ == Terms::any ? weight(Criterion::plausibility) : 0);
  const std::int32_t all = weight(Criterion::readiness) + weight(Criterion::plausibility);
  return (that_differ ? differ : all - differ) * static_cast<std::int32_t>(kOneMillion);
}

void Scan::rank(const std::uint64_t* candidates, bool open, std::size_t k, const Feature* features,
                std::size_t counting, std::size_t further, std::vector<Ranked>& out) {
  const Kernels& run = kernels();
  terms_ = open ? terms_open(features, counting) : Terms::held;
  counted_ = counting != 0;
  // At least so much of readiness goes with each unready term; what is found is bounded the better for it.
  unready_cost_ =
      open && index_.packs && index_.most_terms != 0
          ? weight(Criterion::readiness) * static_cast<std::int32_t>(kOneMillion) / index_.most_terms
          : 0;
  const std::size_t feature_count = counting + further;
  const auto collect = feature_count <= kMostFeatures ? run.collect : portable_kernels().collect;
  const std::size_t size =
      collect(candidates, index_.rows.words(), features, feature_count, counting, found());
  run.add_from(index_.fixed_points.data(), positions_.data(), size, points_.data());
  // Score the likeliest first: what cannot reach the k-th of them needs no points.
  constexpr std::size_t kFew = 24, kLikely = 12;
  std::int32_t least = -kNoLimit, likely = kNoLimit;
  std::size_t n = 0;
  if (size > kFew && size > k) {
    likely = floor_of_best(points_, size, std::max(k, kLikely));
    n = run.reaching(points_.data(), size, likely, kNoLimit, places_.data());
    score(0, n);
    least = floor_of_best(scores_, n, k) - most_further();
  }
  const std::size_t likeliest = n;
  n += run.reaching(points_.data(), size, least, likely, places_.data() + n);
  score(likeliest, n);
  std::size_t finalists = n;
  if (n > k) {
    const std::int32_t best = n > kFew ? floor_of_best(scores_, n, k) : 0;
    finalists = run.reaching(scores_.data(), n, std::max(0, best - most_text_), kNoLimit, finalists_.data());
    if (most_text_ != 0 && n > kFew) {
      finalists = run.reaching_with_text(scoring_, found(), places_.data(), scores_.data(), finalists_.data(),
                                         finalists, best, finalists_.data());
    }
  } else {
    std::iota(finalists_.begin(), finalists_.begin() + static_cast<std::ptrdiff_t>(n), 0U);
  }
  select(finalists, k, feature_count <= kMostFeatures && index_.packs, out);
}

}  // namespace huoshui::engine
