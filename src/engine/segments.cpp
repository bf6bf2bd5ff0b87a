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

/// Mask those of a segment's products that have no row any more.
void mask_gone(Segment& segment) {
  const Rows& rows = segment.index->rows;
  for (std::uint32_t p = 0; p < segment.order.size(); ++p) {
    if (segment.order[p] != kGone) continue;
    if (segment.gone++ == 0) {
      segment.alive.resize(rows.blocks());
      std::copy_n(rows[kEverybody], rows.words(), segment.alive.data()->words);
    }
    clear_bit(segment.alive.data()->words, p);
  }
}

/// A level with the rows that its products have now.
Segment placed(std::shared_ptr<const Level> level, const detail::CatalogueChanges& changes,
               std::uint32_t first) {
  Segment out{{level, &level->index}, {}, {}};
  out.order.assign(level->arrivals.size(), kGone);
  const auto fresh = changes.fresh(), arrivals = changes.arrivals();
  std::size_t item = 0;
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    if (arrivals[i] < first || arrivals[i] >= level->end) continue;
    while (level->arrivals[item] != arrivals[i]) ++item;
    out.order[level->position_of[item]] = fresh[i];
  }
  mask_gone(out);
  out.level = std::move(level);
  return out;
}

}  // namespace

Level::Level(const Catalogue& catalogue, std::vector<std::shared_ptr<const Product>> owners,
             std::span<const std::uint32_t> rows, std::vector<std::uint32_t> their_arrivals,
             std::uint32_t end_of_arrivals)
    : products(std::move(owners)),
      index(catalogue, rows),
      arrivals(std::move(their_arrivals)),
      position_of(rows.size()),
      end(end_of_arrivals) {
  for (std::uint32_t p = 0; p < rows.size(); ++p) {
    const auto item = std::lower_bound(rows.begin(), rows.end(), index.order[p]) - rows.begin();
    position_of[static_cast<std::size_t>(item)] = p;
  }
}

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
  for (auto& row : kept.order) row = now[row];
  if (!changes->gone().empty()) mask_gone(kept);
  segments_.push_back(std::move(kept));
  add_levels(catalogue, *changes);
}

/// Take over the levels of the catalogue before, and make one of what came since. A level that is not larger
/// than all that is younger is made anew with these, and so is one that is mostly gone: each product is
/// indexed again about as often as what is fresh doubles.
void Segments::add_levels(const Catalogue& catalogue, const detail::CatalogueChanges& changes) {
  std::uint32_t first = 0;  // arrival that no level has
  if (changes.compiled_before != nullptr) {
    for (const Segment& segment : static_cast<const Segments*>(changes.compiled_before.get())->segments_) {
      if (segment.level == nullptr) continue;
      segments_.push_back(placed(segment.level, changes, first));
      first = segment.level->end;
    }
  }
  const auto fresh = changes.fresh(), arrivals = changes.arrivals();
  auto younger = static_cast<std::size_t>(
      std::count_if(arrivals.begin(), arrivals.end(), [&](std::uint32_t a) { return a >= first; }));
  std::size_t left = segments_.size();
  for (std::size_t s = segments_.size(); s-- > 1;) {
    const std::size_t count = segments_[s].count();
    if (count <= younger || 2 * count < segments_[s].order.size()) left = s;
    younger += count;
  }
  segments_.resize(left);
  first = left == 1 ? 0 : segments_.back().level->end;
  std::vector<std::uint32_t> rows, their_arrivals;
  std::vector<std::shared_ptr<const Product>> owners;
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    if (arrivals[i] < first) continue;
    rows.push_back(fresh[i]);
    their_arrivals.push_back(arrivals[i]);
    owners.push_back(catalogue.shared(ProductRow{fresh[i]}));
  }
  if (rows.empty()) return;
  auto level = std::make_shared<const Level>(catalogue, std::move(owners), rows, std::move(their_arrivals),
                                             changes.next_arrival());
  Segment segment{{level, &level->index}, level->index.order, {}};
  segment.level = std::move(level);
  segments_.push_back(std::move(segment));
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
  facts_ = &workers_.front()->reader.derive(project, policy);
  for (std::size_t s = 0; s < workers_.size(); ++s) {
    Worker& worker = *workers_[s];
    const Reading reading = worker.read(project, *facts_);
    worker.scan.run(reading, facts_, segments_.all()[s].living());
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
              [](const Ranked& a, const Ranked& b) { return ranks_before(a, b); });
    if (ranked.size() > k) ranked.resize(k);
  };
  best(ranking_.offers, k_);
  best(ranking_.possible, possible_k_);
  return ranking_;
}

Verdict Crew::judge_one(const Project& project, const Policy& policy, const Segments::Place& place,
                        Ranked& out) {
  Worker& worker = *workers_[place.segment];
  facts_ = &worker.reader.derive(project, policy);
  const Reading reading = worker.read(project, *facts_);
  return worker.scan.judge_one(reading, facts_, place.position, out);
}

Verdict Crew::judge_one(std::span<const Reading> readings, const Segments::Place& place, Ranked& out) {
  return workers_[place.segment]->scan.judge_one(readings[place.segment], nullptr, place.position, out);
}

}  // namespace huoshui::engine
