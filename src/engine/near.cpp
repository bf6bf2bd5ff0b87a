// The products that exactly one `must` rule refuses, from the rows that match() meets.
#include <algorithm>
#include <bit>

#include "engine/detail/loose.hpp"
#include "engine/detail/segments.hpp"

namespace huoshui::engine {
namespace {

std::uint64_t* words_of(std::vector<Block>& blocks) { return blocks.data()->words; }
const std::uint64_t* words_of(const std::vector<Block>& blocks) { return blocks.data()->words; }

}  // namespace

const NearRanking& Scan::run_near(const Reading& reading, const detail::FactTable* facts, std::size_t k,
                                  const Living& living) {
  near_.offers.clear();
  near_.near = 0;
  if (reading.gates == nullptr || index_.products == 0) return near_;
  begin(reading, facts);
  order_ = living.order;
  // Shared and possible rows hold whom a table does not refuse. The gates and the loose rules stand for
  // several rules each: a second row, without those that fail more than one, counts such a product twice.
  const RowSet& rows = reading.rows;
  const std::uint64_t* const* possible = rows.rows + rows.shared + rows.certain;
  refusing_.assign(rows.rows, rows.rows + rows.shared);
  refusing_.insert(refusing_.end(), possible, possible + rows.possible);
  refusing_.push_back(words_of(reading.gates->single));
  if (reading.loose != nullptr && !reading.loose->single.empty())
    refusing_.push_back(words_of(reading.loose->single));
  const std::uint64_t* start = living.alive.empty() ? index_.rows[kEverybody] : living.alive.front().words;
  near_.near = kernels().one_away(start, refusing_.data(), refusing_.size(), index_.rows.blocks(),
                                  words_of(none_), words_of(one_));
  const std::uint64_t* gates = words_of(reading.gates->possible);
  const bool with_loose = reading.loose != nullptr && !reading.loose->possible.empty();
  const std::uint64_t* loose = with_loose ? words_of(reading.loose->possible) : gates;
  for (std::size_t w = 0; w < index_.rows.words(); ++w)
    words_of(by_table_)[w] = words_of(one_)[w] & gates[w] & loose[w];
  if (reading.loose == nullptr && index_.with_loose_musts != kNobody) count_loose_failures();
  if (k == 0 || near_.near == 0) return near_;
  read_tables();
  near_features();
  base_points_ = 0;
  rank(words_of(one_), true, k, near_features_.data(), near_counting_, near_features_.size() - near_counting_,
       near_.offers);
  end();
  return near_;
}

/// Where the reading does not hold the loose rules: judge those of the products that are still near.
void Scan::count_loose_failures() {
  const std::uint64_t* loose = index_.rows[index_.with_loose_musts];
  for (std::size_t w = 0; w < index_.rows.words(); ++w) {
    std::uint64_t& none = words_of(none_)[w];
    std::uint64_t& one = words_of(one_)[w];
    for (std::uint64_t left = (none | one) & loose[w]; left != 0; left &= left - 1) {
      const std::uint64_t bit = left & (~left + 1);
      const std::size_t position = w * 64 + static_cast<std::size_t>(std::countr_zero(left));
      const unsigned failed = failed_of(index_, index_.profiles[index_.records[position].profile],
                                        [&](std::uint32_t rule) { return judged(rule); });
      if (failed == 0) continue;
      if ((one & bit) != 0) {
        one &= ~bit;
        --near_.near;
      } else if (failed == 1) {
        one |= bit;
        ++near_.near;
      }
    }
  }
}

/// The features of an undecided product, but for the failing term: it neither waits nor agrees with what is
/// inferred, and where it refuses, no affinity can lean on it.
void Scan::near_features() {
  const Reading& reading = *reading_;
  near_features_.assign(reading.possible_features, reading.possible_features + reading.for_possible);
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  constexpr std::uint64_t kWaits = one_at(kOpenShift) | one_at(kUnreadyShift);
  // A product that fails a term lies outside the certain row too, where it was counted as waiting.
  const bool with_loose = reading.loose != nullptr && !reading.loose->possible.empty();
  const std::uint64_t* const* possible = reading.rows.rows + reading.rows.shared + reading.rows.certain;
  for (std::uint32_t r = with_loose ? 2 : 1; r < reading.rows.possible; ++r)
    near_features_.push_back({possible[r], kAll, 0 - kWaits, 0});
  near_features_.push_back({words_of(by_table_), 0, one_at(kUnreadyShift) | one_at(kImplausibleShift), 0});
  near_counting_ = near_features_.size();
  const Feature* both = reading.possible_features + reading.for_possible;
  near_features_.insert(near_features_.end(), both, both + (reading.for_both - reading.for_settled));
  for (std::size_t which = 0; which < index_.affinities.size(); ++which) {
    if (reading.settled_classes[which] == 0) continue;
    const Affinity& affinity = index_.affinities[which];
    const Affinity::Levels& levels = affinity.by_class[reading.settled_classes[which] - 1];
    for (std::size_t level = 0; level < Affinity::kLevels; ++level) {
      const std::int64_t points =
          std::int64_t{weight(affinity.criterion)} * affinity.tenths[level] * (kOneMillion / 10);
      if (levels[level] != kNobody && points != 0)
        near_features_.push_back({index_.rows[levels[level]], 0, 0, points});
    }
  }
}

const NearRanking& Crew::run_near(const Project& project, const Policy& policy, std::size_t k) {
  facts_ = &workers_.front()->reader.derive(project, policy);
  for (std::size_t s = 0; s < workers_.size(); ++s) {
    Worker& worker = *workers_[s];
    const Segment& segment = segments_.all()[s];
    const Reading reading = worker.read(project, *facts_);
    worker.scan.run_near(reading, facts_, k, segment.living());
  }
  const NearRanking& first = workers_.front()->scan.near();
  if (workers_.size() == 1) return first;
  near_ = first;
  for (std::size_t s = 1; s < workers_.size(); ++s) {
    const NearRanking& more = workers_[s]->scan.near();
    near_.near += more.near;
    near_.offers.insert(near_.offers.end(), more.offers.begin(), more.offers.end());
  }
  std::sort(near_.offers.begin(), near_.offers.end(),
            [](const Ranked& a, const Ranked& b) { return ranks_before(a, b); });
  if (near_.offers.size() > k) near_.offers.resize(k);
  return near_;
}

}  // namespace huoshui::engine
