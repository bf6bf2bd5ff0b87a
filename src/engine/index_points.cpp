// The points that rows bring: how near a product's codes come to the project's.
#include <algorithm>
#include <bit>

#include "engine/detail/draft.hpp"

namespace huoshui::engine {
namespace {

using Bits = std::vector<std::uint64_t>;

/// Keeps the rows of an affinity's levels so that a product counts on its nearest level alone.
class LevelRows {
 public:
  using Levels = std::array<const std::uint64_t*, Affinity::kLevels>;  // nullptr for nobody
  explicit LevelRows(Rows& rows) : rows_(rows), seen_(rows.words()), row_(rows.words()) {}

  Affinity::Levels keep(const Levels& levels) {
    Affinity::Levels out{};
    std::fill(seen_.begin(), seen_.end(), 0);
    for (std::size_t level = 0; level < Affinity::kLevels; ++level) {
      const std::uint64_t* row = levels[level];
      if (row == nullptr) continue;
      for (std::size_t i = 0; i < row_.size(); ++i) {
        row_[i] = row[i] & ~seen_[i];
        seen_[i] |= row[i];
      }
      out[level] = rows_.keep(row_);
    }
    return out;
  }

 private:
  Rows& rows_;
  Bits seen_, row_;
};

/// The products that name each entry of a list, and those that do not name any.
struct Namers {
  NodeRows named, inside;
  Bits unnamed;

  Namers(const Nodes& nodes, const Draft& draft, std::size_t words, std::uint32_t ItemDraft::*list)
      : named(nodes, words), inside(nodes, words), unnamed(words) {
    for (std::size_t n = 0; n < draft.items.size(); ++n) {
      const std::uint32_t position = draft.position_of[n], at = draft.items[n].*list;
      if (at == ItemDraft::kNone) {
        set_bit(unnamed.data(), position);
        continue;
      }
      const CodeSpan& codes = draft.codes[at];
      for (const std::uint32_t node : draft.between(codes.named, codes.inside)) named.set(node, position);
      for (const std::uint32_t node : draft.between(codes.inside, codes.above)) inside.set(node, position);
    }
  }
};

/// A measure that the product names counts more than one that its instrument serves.
void add_measures(Affinity& policy, const Index& index, const Draft& draft, LevelRows& levels) {
  const Nodes& nodes = index.lists[policy.list].second;
  NodeRows named(nodes, index.rows.words()), listed(nodes, index.rows.words());
  for (std::size_t n = 0; n < draft.items.size(); ++n) {
    const ItemDraft& item = draft.items[n];
    for (const std::uint32_t node : draft.between(item.measures, item.measures_end))
      named.set(node, draft.position_of[n]);
  }
  for (const auto& entry : instrument_infos()) {
    const RowId of = index.of_instrument[static_cast<std::size_t>(entry.instrument)];
    if (of == kNobody) continue;
    for_each_measure(entry.measures,
                     [&](std::string_view code) { listed.unite(nodes.find(code), index.rows[of]); });
  }
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    policy.by_class.push_back(levels.keep({named[v], listed[v]}));
    policy.by_class.emplace_back();
  }
}

/// A shared trade is inside a shared group, that inside a division, that inside a section.
void add_trades(Affinity& trade, const Index& index, const Draft& draft, LevelRows& levels) {
  const Nodes& nodes = index.lists[trade.list].second;
  NodeRows named = Namers(nodes, draft, index.rows.words(), &ItemDraft::industries).named;
  named.spread_up();
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    LevelRows::Levels of{};
    for (std::uint32_t u = v; u != 0; u = nodes.parent(u)) {
      const std::size_t length = nodes.text(u).size();
      if (length >= 3 && length <= 5) of[5 - length] = named[u];
      if (length == 1) of[3] = named[u];
    }
    trade.by_class.insert(trade.by_class.end(), 2, levels.keep(of));
  }
}

void add_borrowers(Affinity& who, const Index& index, const Draft& draft, LevelRows& levels) {
  const Nodes& nodes = index.lists[who.list].second;
  const Namers namers(nodes, draft, index.rows.words(), &ItemDraft::borrowers);
  who.unknown = levels.keep({nullptr, nullptr, namers.unnamed.data()});
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    who.by_class.push_back(levels.keep({namers.named[v], namers.inside[v], namers.unnamed.data()}));
    who.by_class.push_back(who.unknown);
  }
}

/// Whoever names a place also serves the places in it. Levels: county, city, province, other, whole country.
void add_places(Affinity& place, const Index& index, const Draft& draft, LevelRows& levels) {
  const Nodes& nodes = index.lists[place.list].second;
  const Namers namers(nodes, draft, index.rows.words(), &ItemDraft::regions);
  Bits whole_country(index.rows.words());
  for (std::size_t n = 0; n < draft.items.size(); ++n) {
    if (draft.items[n].whole_country) set_bit(whole_country.data(), draft.position_of[n]);
  }
  std::array<Bits, 4> reach;
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    for (auto& level : reach) level.assign(index.rows.words(), 0);
    for (std::uint32_t u = v; u != 0; u = nodes.parent(u)) {
      const std::size_t length = nodes.text(u).size();
      namers.named.unite_into(reach[length >= 6 ? 0 : length >= 4 ? 1 : length == 2 ? 2 : 3], u);
    }
    const auto kept = levels.keep(
        {reach[0].data(), reach[1].data(), reach[2].data(), reach[3].data(), whole_country.data()});
    place.by_class.insert(place.by_class.end(), 2, kept);
  }
}

}  // namespace

void Index::index_points(const Draft& draft) {
  LevelRows levels(rows);
  const auto add = [&](Affinity affinity, const auto& fill) {
    if (weight(affinity.criterion) == 0) return;
    affinity.list = list_of(affinity.key);
    fill(affinity, *this, draft, levels);
    settle(affinity);
    affinities.push_back(std::move(affinity));
  };
  add({.key = FactKey::measure, .criterion = Criterion::policy_affinity, .tenths = {10, 6}}, add_measures);
  add({.key = FactKey::industry, .criterion = Criterion::industry_affinity, .tenths = {10, 9, 7, 4}},
      add_trades);
  add({.key = FactKey::borrower, .criterion = Criterion::borrower_fit, .tenths = {10, 7, 3}}, add_borrowers);
  add({.key = FactKey::region, .criterion = Criterion::locality, .tenths = {10, 8, 5, 3, 3}}, add_places);
}

/// Where the table on the key itself leaves nobody, or everybody, on a level, no candidate need be asked.
void Index::settle(Affinity& affinity) const {
  const auto table = std::find_if(codes.begin(), codes.end(), [&](const CodeTable& one) {
    return one.key == affinity.key && one.list == affinity.list;
  });
  if (table == codes.end()) return;
  affinity.settled.resize(affinity.by_class.size());
  for (std::size_t c = 0; c < affinity.by_class.size(); ++c) {
    const std::uint64_t* left = rows[table->passing[c].possible];
    for (std::size_t level = 0; level < Affinity::kLevels; ++level) {
      const RowId id = affinity.by_class[c][level];
      if (id == kNobody) continue;
      std::uint64_t in = 0, out = 0;
      for (std::size_t w = 0; w < rows.words(); ++w) {
        in |= left[w] & rows[id][w];
        out |= left[w] & ~rows[id][w];
      }
      if (in != 0 && out == 0) affinity.settled[c].tenths = affinity.tenths[level];
      affinity.settled[c].levels[level] = in != 0 && out != 0 ? id : kNobody;
    }
  }
}

/// Each product's pairs fill whole groups, the rest with an id that no project has.
void Index::index_pairs(const Draft& draft) {
  if (weight(Criterion::text_affinity) == 0) return;
  pair_count = static_cast<std::uint32_t>(draft.pair_values.size());
  fewest_pairs = 0xFFFF;
  first_pairs.reserve(products);
  pair_ids.reserve(draft.pairs.size() + products * (kPairGroup - 1));
  std::vector<std::uint32_t> item_at(products);
  for (std::uint32_t n = 0; n < products; ++n) item_at[draft.position_of[n]] = n;
  for (std::uint32_t p = 0; p < products; ++p) {
    const ItemDraft& item = draft.items[item_at[p]];
    first_pairs.push_back(static_cast<std::uint32_t>(pair_ids.size()));
    pair_ids.insert(pair_ids.end(), draft.pairs.begin() + item.pairs, draft.pairs.begin() + item.pairs_end);
    while ((pair_ids.size() - first_pairs.back()) % kPairGroup != 0) pair_ids.push_back(pair_count);
    if (records[p].pair_count != 0) fewest_pairs = std::min(fewest_pairs, records[p].pair_count);
  }
  pair_slots.resize(std::bit_ceil(2 * draft.pair_values.size() + 2));
  pair_slot_ids.resize(pair_slots.size());
  for (std::uint32_t id = 0; id < pair_count; ++id) {
    const std::uint32_t pair = draft.pair_values[id];
    std::size_t at = pair * 0x9E3779B1U & (pair_slots.size() - 1);
    while (pair_slot_ids[at] != 0) at = (at + 1) & (pair_slots.size() - 1);
    pair_slots[at] = pair;
    pair_slot_ids[at] = id + 1;
  }
}

std::optional<std::uint32_t> Index::pair_id(std::uint32_t pair) const {
  if (pair_count == 0) return std::nullopt;
  for (std::size_t at = pair * 0x9E3779B1U & (pair_slots.size() - 1); pair_slot_ids[at] != 0;
       at = (at + 1) & (pair_slots.size() - 1)) {
    if (pair_slots[at] == pair) return pair_slot_ids[at] - 1;
  }
  return std::nullopt;
}

}  // namespace huoshui::engine
