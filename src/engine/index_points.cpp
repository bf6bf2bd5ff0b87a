#include <algorithm>
#include <bit>
#include <huoshui/score/score.hpp>
#include <unordered_map>

#include "engine/detail/index.hpp"
#include "engine/detail/kernels.hpp"
#include "score/detail/closeness.hpp"

namespace huoshui::engine {
namespace {

/// For each entry of a list, which products name it in one way or another.
class EntryRows {
 public:
  EntryRows(const Nodes& nodes, std::size_t words) : words_(words), bits_(nodes.size() * words) {}
  void set(std::uint32_t node, std::uint32_t position) { set_bit(bits_.data() + node * words_, position); }
  [[nodiscard]] std::uint64_t* at(std::uint32_t node) { return bits_.data() + node * words_; }

 private:
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

/// Keeps the rows of an affinity's levels so that a product counts on its nearest level alone.
class LevelRows {
 public:
  explicit LevelRows(Rows& rows) : rows_(rows), seen_(rows.words()), row_(rows.words()) {}
  template <typename RowOf>
  Affinity::Levels keep(const RowOf& row_of) {
    Affinity::Levels out{};
    std::fill(seen_.begin(), seen_.end(), 0);
    for (std::size_t level = 0; level < Affinity::kLevels; ++level) {
      const std::uint64_t* row = row_of(level);
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
  std::vector<std::uint64_t> seen_, row_;
};

/// Give equal values one number.
template <typename Value>
std::uint32_t number_of(std::vector<Value>& values, std::unordered_map<std::int64_t, std::uint32_t>& known,
                        std::int64_t key, const Value& value) {
  const auto [at, fresh] = known.emplace(key, static_cast<std::uint32_t>(values.size()));
  if (fresh) values.push_back(value);
  return at->second;
}

std::int32_t log_of(bool disclosed, std::int64_t limit) {
  return disclosed && limit > 0 ? static_cast<std::int32_t>(detail::log_or_zero(limit)) : kNoLog;
}

}  // namespace

void Index::index_points(const Catalogue& catalogue) {
  // A project of which only the country is known moves nothing but what the product brings by itself.
  const Project nobody;
  PreparedProject blank;
  blank.project = &nobody;
  Fact somewhere;
  somewhere.key = FactKey::region;
  blank.facts.set(somewhere);

  const std::uint8_t region = list_of(FactKey::region), industry = list_of(FactKey::industry),
                     borrower = list_of(FactKey::borrower), measure_list = list_of(FactKey::measure);
  const Nodes &regions = lists[region].second, &industries = lists[industry].second,
              &borrowers = lists[borrower].second, &measures = lists[measure_list].second;
  EntryRows placed(regions, rows.words()), traded(industries, rows.words()), named(borrowers, rows.words()),
      inside(borrowers, rows.words()), for_measure(measures, rows.words());
  std::vector<std::uint64_t> unnamed(rows.words()), whole_country(rows.words());
  std::unordered_map<std::int64_t, std::uint32_t> amounts, tenors;
  for (std::uint32_t p = 0; p < products; ++p) {
    const ProductRow row{order[p]};
    const Product& product = catalogue.product(row);
    ProductRecord& record = records[p];
    const std::int64_t amount = product.amount.has_max() ? product.amount.max : 0;
    const std::int64_t tenor = product.tenor.has_max() ? product.tenor.max : 0;
    record.amount = number_of(amount_logs, amounts, amount, log_of(amount > 0, amount));
    record.tenor = number_of(tenor_logs, tenors, tenor, log_of(tenor > 0, tenor));
    const Cover cover{product.loan_to_value_max.value_or(kOneMillion),
                      measure(Criterion::security_cover, blank, catalogue, row)};
    const auto at = std::find(covers.begin(), covers.end(), cover);
    record.cover = static_cast<std::uint32_t>(at - covers.begin());
    if (at == covers.end()) covers.push_back(cover);
    if (measure(Criterion::locality, blank, catalogue, row) > 0) set_bit(whole_country.data(), p);
    for (const auto& code : product.measures) for_measure.set(measures.find(code.text()), p);
    for (const auto& code : product.regions.test.named) {
      if (!code.empty()) placed.set(regions.find(code.text()), p);
    }
    for (const auto& code : product.industries.test.named) {
      for (const std::size_t length : {1, 3, 4, 5}) {
        if (length <= code.text().size())
          traded.set(industries.find(std::string_view(code.text()).substr(0, length)), p);
      }
    }
    if (!product.borrowers.stated()) set_bit(unnamed.data(), p);
    for (const auto& code : product.borrowers.test.named) named.set(borrowers.find(code.text()), p);
    for (const auto& code : product.borrowers.test.inside) inside.set(borrowers.find(code.text()), p);
  }

  LevelRows levels(rows);
  Affinity policy{FactKey::measure, measure_list, Criterion::policy_affinity, {10, 6}, {}, {}};
  std::vector<std::vector<std::uint64_t>> listed(measures.size());
  for (const auto& entry : instrument_infos()) {
    const std::uint64_t* of = rows[of_instrument[static_cast<std::size_t>(entry.instrument)]];
    for_each_measure(entry.measures, [&](std::string_view code) {
      auto& row = listed[measures.find(code)];
      row.resize(rows.words());
      for (std::size_t i = 0; i < row.size(); ++i) row[i] |= of[i];
    });
  }
  for (std::uint32_t v = 0; v < measures.size(); ++v) {
    const std::uint64_t* by_instrument = listed[v].empty() ? nullptr : listed[v].data();
    policy.by_class.push_back(levels.keep([&](std::size_t level) -> const std::uint64_t* {
      return level == 0 ? for_measure.at(v) : level == 1 ? by_instrument : nullptr;
    }));
    policy.by_class.emplace_back();
  }

  // A shared trade is inside a shared group, that inside a division, that inside a section.
  Affinity trade{FactKey::industry, industry, Criterion::industry_affinity, {10, 9, 7, 4}, {}, {}};
  for (std::uint32_t v = 0; v < industries.size(); ++v) {
    const std::string_view text = industries.text(v);
    const auto kept = levels.keep([&](std::size_t level) -> const std::uint64_t* {
      constexpr std::array<std::size_t, Affinity::kLevels> kLengths{5, 4, 3, 1, 0};
      const std::size_t length = kLengths[level];
      return length == 0 || length > text.size() ? nullptr
                                                 : traded.at(industries.find(text.substr(0, length)));
    });
    trade.by_class.insert(trade.by_class.end(), 2, kept);
  }

  Affinity who{FactKey::borrower, borrower, Criterion::borrower_fit, {10, 7, 3}, {}, {}};
  const auto anybody = levels.keep([&](std::size_t level) { return level == 2 ? unnamed.data() : nullptr; });
  who.unknown = anybody;
  for (std::uint32_t v = 0; v < borrowers.size(); ++v) {
    who.by_class.push_back(levels.keep([&](std::size_t level) -> const std::uint64_t* {
      return level == 0 ? named.at(v) : level == 1 ? inside.at(v) : level == 2 ? unnamed.data() : nullptr;
    }));
    who.by_class.push_back(anybody);
  }

  // Whoever names a place also serves the places in it.
  Affinity place{FactKey::region, region, Criterion::locality, {10, 8, 5, 3, 3}, {}, {}};
  std::vector<std::uint32_t> above;
  for (std::uint32_t v = 0; v < regions.size(); ++v) {
    while (!above.empty() && regions.subtree_end(above.back()) <= v) above.pop_back();
    above.push_back(v);
    std::array<std::vector<std::uint64_t>, 4> reach;  // county, city, province, other
    for (const std::uint32_t u : above) {
      const std::size_t length = regions.text(u).size();
      auto& level = reach[length >= 6 ? 0 : length >= 4 ? 1 : length == 2 ? 2 : 3];
      level.resize(rows.words());
      for (std::size_t i = 0; i < level.size(); ++i) level[i] |= placed.at(u)[i];
    }
    const auto kept = levels.keep([&](std::size_t level) -> const std::uint64_t* {
      if (level == 4) return whole_country.data();
      return reach[level].empty() ? nullptr : reach[level].data();
    });
    place.by_class.insert(place.by_class.end(), 2, kept);
  }

  for (Affinity* one : {&policy, &trade, &who, &place}) {
    if (weight(one->criterion) == 0) continue;
    settle(*one);
    affinities.push_back(std::move(*one));
  }
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

void Index::index_pairs(const Catalogue& catalogue) {
  if (weight(Criterion::text_affinity) == 0) return;
  constexpr std::uint32_t kNoPair = 0xFFFFFFFF;
  std::unordered_map<std::uint32_t, std::uint32_t> ids;
  fewest_pairs = 0xFFFF;
  for (std::uint32_t p = 0; p < products; ++p) {
    first_pairs.push_back(static_cast<std::uint32_t>(pair_ids.size()));
    ProductRecord& record = records[p];
    for (const std::uint32_t pair : catalogue.text_pairs(ProductRow{order[p]})) {
      const std::uint32_t id = ids.emplace(pair, static_cast<std::uint32_t>(ids.size())).first->second;
      pair_ids.push_back(id);
      record.signature |= signature_bit(id);
    }
    record.pair_count = static_cast<std::uint16_t>(pair_ids.size() - first_pairs.back());
    while ((pair_ids.size() - first_pairs.back()) % kPairGroup != 0) pair_ids.push_back(kNoPair);
    if (record.pair_count != 0) fewest_pairs = std::min(fewest_pairs, record.pair_count);
  }
  pair_count = static_cast<std::uint32_t>(ids.size());
  std::replace(pair_ids.begin(), pair_ids.end(), kNoPair, pair_count);  // no project has a pair of that id
  pair_slots.resize(std::bit_ceil(2 * ids.size() + 2));
  pair_slot_ids.resize(pair_slots.size());
  for (const auto& [pair, id] : ids) {
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

std::size_t Index::bytes() const {
  std::size_t total = rows.bytes() + records.size() * (sizeof(ProductRecord) + 3 * sizeof(std::uint32_t)) +
                      profiles.size() * sizeof(Profile) +
                      (own_rules.size() + pair_ids.size() + 2 * pair_slots.size()) * sizeof(std::uint32_t);
  for (const auto& table : numbers) total += table.cuts.size() * 12 + table.members.size() * sizeof(Member);
  for (const auto& table : codes)
    total += table.passing.size() * sizeof(CodeTable::Passing) + table.members.size() * sizeof(Member);
  for (const auto& affinity : affinities) total += affinity.by_class.size() * sizeof(Affinity::Levels);
  return total;
}

}  // namespace huoshui::engine
