#include "engine/detail/index.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "engine/detail/draft.hpp"
#include "engine/detail/worker.hpp"

namespace huoshui::engine {

Index::Index(const Catalogue& catalogue, std::span<const std::uint32_t> of_rows)
    : products(of_rows.size()), rows(products) {
  if (products == 0) return;
  for (std::size_t i = 0; i < kCriterionCount; ++i)
    weights[i] = catalogue.scorecard().weight(static_cast<Criterion>(i));
  Draft draft = draft_of(*this, catalogue, of_rows);
  order_products(draft, of_rows);
  index_tables(draft);
  index_gates(catalogue);
  index_points(draft);
  index_pairs(draft);
}

Index::~Index() = default;

std::unique_ptr<Worker> Index::lend() const {
  {
    const std::scoped_lock lock(idle_guard_);
    if (!idle_.empty()) {
      auto worker = std::move(idle_.back());
      idle_.pop_back();
      return worker;
    }
  }
  return std::make_unique<Worker>(*this);
}

void Index::give_back(std::unique_ptr<Worker> worker) const {
  worker->reader.forget_if_large();
  const std::scoped_lock lock(idle_guard_);
  idle_.push_back(std::move(worker));
}

std::uint8_t Index::list_of(FactKey key) const {
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].first == key) return static_cast<std::uint8_t>(i);
  }
  return 0;
}

/// Products for the same borrowers, of like size and for the same places, stand together, so that a project
/// finds its candidates in few words and blocks.
void Index::order_products(Draft& draft, std::span<const std::uint32_t> of_rows) {
  struct Likeness {
    std::uint64_t borrowers, regions;  // the first four named
    std::int32_t amount;
    [[nodiscard]] auto order() const { return std::tie(borrowers, amount, regions); }
  };
  const auto first_named = [&](std::uint32_t test) {
    std::uint64_t out = 0;
    if (test == ItemDraft::kNone) return out;
    const CodeSpan& span = draft.codes[test];
    const auto named = draft.between(span.named, span.inside);
    for (std::size_t i = 0; i < 4; ++i) out = out << 16 | (i < named.size() ? 1 + (named[i] & 0x7FFFU) : 0);
    return out;
  };
  std::vector<Likeness> likeness(products);
  for (std::size_t n = 0; n < products; ++n) {
    likeness[n] = {first_named(draft.items[n].borrowers), first_named(draft.items[n].regions),
                   amount_logs[draft.records[n].amount]};
  }
  order.resize(products);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto left = likeness[a].order(), right = likeness[b].order();
    return left != right ? left < right : a < b;
  });
  draft.position_of.resize(products);
  records.resize(products);
  fixed_points.resize(products);
  std::vector<std::uint64_t> loose_musts(rows.words());
  for (std::uint32_t p = 0; p < products; ++p) {
    const std::uint32_t item = order[p];
    draft.position_of[item] = p;
    records[p] = draft.records[item];
    fixed_points[p] = draft.items[item].points;
    if (profiles[records[p].profile].musts != 0) set_bit(loose_musts.data(), p);
    order[p] = of_rows[item];
  }
  with_loose_musts = rows.keep(loose_musts);
}

std::size_t Index::bytes() const {
  std::size_t total = rows.bytes() + records.size() * (sizeof(ProductRecord) + 3 * sizeof(std::uint32_t)) +
                      keys.size() * sizeof(PointKey) + profiles.size() * sizeof(Profile) +
                      (own_rules.size() + pair_ids.size() + 2 * pair_slots.size()) * sizeof(std::uint32_t);
  for (const auto& table : numbers) total += table.cuts.size() * 12 + table.members.size() * sizeof(Member);
  for (const auto& table : codes)
    total += table.passing.size() * sizeof(CodeTable::Passing) + table.members.size() * sizeof(Member);
  for (const auto& affinity : affinities) total += affinity.by_class.size() * sizeof(Affinity::Levels);
  return total;
}

}  // namespace huoshui::engine
