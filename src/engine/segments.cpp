#include "engine/detail/segments.hpp"

#include <algorithm>
#include <numeric>

namespace huoshui::engine {
namespace {

std::vector<std::uint32_t> all_rows(const Catalogue& catalogue) {
  std::vector<std::uint32_t> rows(catalogue.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

constexpr std::uint32_t kGone = 0xFFFFFFFF;

/// Where each base row stands now.
std::vector<std::uint32_t> rows_now(std::size_t base_rows, const detail::CatalogueChanges& changes) {
  std::vector<std::uint32_t> out(base_rows);
  const auto gone = changes.gone(), fresh = changes.fresh();
  std::size_t g = 0, f = 0;
  std::uint32_t now = 0;
  for (std::uint32_t row = 0; row < base_rows; ++row) {
    if (g < gone.size() && gone[g] == row) {
      out[row] = kGone;
      ++g;
      continue;
    }
    while (f < fresh.size() && fresh[f] == now) {
      ++f;
      ++now;
    }
    out[row] = now++;
  }
  return out;
}

}  // namespace

const Segments& Segments::of(const Catalogue& catalogue) {
  const auto build = [](const Catalogue& of) -> std::shared_ptr<const void> {
    return std::make_shared<const Segments>(of);
  };
  return *static_cast<const Segments*>(catalogue.compiled_once(build));
}

Segments::Segments(const Catalogue& catalogue) {
  const detail::CatalogueChanges* changes = detail::changes_of(catalogue);
  if (changes == nullptr) {
    auto index = std::make_shared<const Index>(catalogue, all_rows(catalogue));
    segments_.push_back({index, index->order, {}});
    return;
  }
  const Segment& base = of(changes->base()).segments_.front();
  Segment kept{base.index, base.order, {}};
  const auto now = rows_now(base.order.size(), *changes);
  if (!changes->gone().empty()) {
    const std::uint64_t* everybody = base.index->rows[kEverybody];
    kept.alive.resize(base.index->rows.blocks());
    std::copy_n(everybody, base.index->rows.words(), kept.alive.data()->words);
  }
  for (std::uint32_t p = 0; p < kept.order.size(); ++p) {
    kept.order[p] = now[kept.order[p]];
    if (kept.order[p] != kGone) continue;
    clear_bit(kept.alive.data()->words, p);
    ++kept.gone;
  }
  segments_.push_back(std::move(kept));
  if (changes->fresh().empty()) return;
  auto fresh = std::make_shared<const Index>(catalogue, changes->fresh());
  segments_.push_back({fresh, fresh->order, {}});
}

Segments::Place Segments::find(ProductRow row) const {
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    const auto& order = segments_[s].order;
    const auto at = std::find(order.begin(), order.end(), static_cast<std::uint32_t>(row));
    if (at != order.end()) return {s, static_cast<std::uint32_t>(at - order.begin())};
  }
  throw ContractError("the catalogue has no such row");
}

Crew::Crew(const Segments& segments, std::size_t k, std::size_t possible)
    : segments_(segments), k_(k), possible_k_(possible) {
  for (const Segment& segment : segments.all()) {
    workers_.push_back(segment.index->lend());
    workers_.back()->scan.keep(k, possible);
  }
}

Crew::~Crew() {
  for (std::size_t s = 0; s < workers_.size(); ++s)
    segments_.all()[s].index->give_back(std::move(workers_[s]));
}

const Ranking& Crew::run(const Project& project, const Policy& policy) {
  for (std::size_t s = 0; s < workers_.size(); ++s) {
    Worker& worker = *workers_[s];
    const Reading reading = worker.read(project, policy);
    worker.scan.run(reading, &worker.reader.facts(), segments_.all()[s].living());
  }
  return joined();
}

const Ranking& Crew::run(std::span<const Reading> readings) {
  for (std::size_t s = 0; s < workers_.size(); ++s)
    workers_[s]->scan.run(readings[s], nullptr, segments_.all()[s].living());
  return joined();
}

const Ranking& Crew::joined() {
  const Ranking& first = workers_.front()->scan.ranking();
  if (workers_.size() == 1) return first;
  ranking_ = first;
  for (std::size_t s = 1; s < workers_.size(); ++s) {
    const Ranking& more = workers_[s]->scan.ranking();
    ranking_.permitted += more.permitted;
    ranking_.undecided += more.undecided;
    ranking_.refused += more.refused;
    ranking_.offers.insert(ranking_.offers.end(), more.offers.begin(), more.offers.end());
    ranking_.possible.insert(ranking_.possible.end(), more.possible.begin(), more.possible.end());
  }
  const auto best = [](std::vector<Ranked>& ranked, std::size_t k) {
    std::sort(ranked.begin(), ranked.end(),
              [](const Ranked& a, const Ranked& b) { return ranks_before(a.candidate, b.candidate); });
    if (ranked.size() > k) ranked.resize(k);
  };
  best(ranking_.offers, k_);
  best(ranking_.possible, possible_k_);
  return ranking_;
}

Verdict Crew::judge_one(const Project& project, const Policy& policy, const Segments::Place& place,
                        Ranked& out) {
  Worker& worker = *workers_[place.segment];
  const Reading reading = worker.read(project, policy);
  return worker.scan.judge_one(reading, &worker.reader.facts(), place.position, out);
}

Verdict Crew::judge_one(std::span<const Reading> readings, const Segments::Place& place, Ranked& out) {
  return workers_[place.segment]->scan.judge_one(readings[place.segment], nullptr, place.position, out);
}

}  // namespace huoshui::engine
