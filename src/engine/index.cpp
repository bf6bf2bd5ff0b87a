#include "engine/detail/index.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <huoshui/score/score.hpp>
#include <map>

#include "engine/detail/query.hpp"
#include "score/detail/closeness.hpp"

namespace huoshui::engine {
namespace {

enum class Form : std::uint8_t { falling, rising, any_number, member, code_tree, loose };

bool suits(const Condition& atom) {
  const bool codes = info(atom.key).kind == FactKind::codes;
  if (atom.kind == Condition::Kind::member) return codes;
  // Limits at the very ends are also the marks of an unbounded range.
  constexpr std::int64_t kRoom = 4;
  return !codes && !atom.limit_key && atom.limit > Interval::kNoMin + kRoom &&
         atom.limit < Interval::kNoMax - kRoom;
}

/// Which table a `must` term of a product belongs to. Tables hold terms on one key that say nothing while the
/// fact is absent.
Form form_of(const Rule& rule) {
  const Condition& c = rule.condition;
  if (rule.not_in_force || rule.fails_closed) return Form::loose;
  std::optional<FactKey> key;
  bool tabled = true;
  for_each_atom(c, [&](const Condition& atom) {
    tabled &= suits(atom) && (!key || *key == atom.key);
    key = atom.key;
  });
  if (!tabled || !key) return Form::loose;
  if (c.kind == Condition::Kind::member) return Form::member;
  if (c.kind == Condition::Kind::compare) {
    switch (c.comparison) {
      case Comparison::at_most:
      case Comparison::less:
        return Form::falling;
      case Comparison::at_least:
      case Comparison::greater:
        return Form::rising;
      case Comparison::equal:
        return Form::any_number;
    }
  }
  if (evaluate(c, Facts{}) != Truth::unknown) return Form::loose;
  return info(*key).kind == FactKind::codes ? Form::code_tree : Form::any_number;
}

FactKey first_key(const Condition& c) {
  FactKey key{};
  bool found = false;
  for_each_atom(c, [&](const Condition& atom) {
    if (!found) key = atom.key;
    found = true;
  });
  return key;
}

std::size_t hash_of(const Condition& c) {
  std::size_t hash = static_cast<std::size_t>(c.kind) * 31 + static_cast<std::size_t>(c.key);
  const auto mix = [&](std::size_t value) { hash = hash * 0x9E3779B97F4A7C15U + value; };
  mix(static_cast<std::size_t>(c.comparison));
  mix(static_cast<std::size_t>(c.limit));
  mix(c.limit_key ? static_cast<std::size_t>(*c.limit_key) + 1 : 0);
  for (const auto& code : c.codes.named) mix(std::hash<std::string>{}(code.text()));
  for (const auto& part : c.parts) mix(hash_of(part));
  return hash;
}

/// Give equal rules one number. Their wording does not count.
class RuleNumbers {
 public:
  template <typename Add>
  std::uint32_t number(const Rule& rule, const Add& add) {
    const std::size_t hash = hash_of(rule.condition);
    const auto [first, last] = by_hash_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
      const Rule& other = *it->second.first;
      if (other.strength == rule.strength && other.fails_closed == rule.fails_closed &&
          other.not_in_force == rule.not_in_force && other.condition == rule.condition) {
        return it->second.second;
      }
    }
    const std::uint32_t id = add(rule);
    by_hash_.emplace(hash, std::pair{&rule, id});
    return id;
  }

 private:
  std::unordered_multimap<std::size_t, std::pair<const Rule*, std::uint32_t>> by_hash_;
};

/// The terms of one table while it is built.
struct Draft {
  Form form{};
  FactKey key{};
  std::vector<Member> members;
};

struct Cut {
  std::int64_t at = 0;
  std::uint32_t product = 0;
};

void add_atom_cuts(const Condition& c, std::vector<std::int64_t>& cuts) {
  for_each_atom(c, [&](const Condition& atom) {
    cuts.push_back(atom.limit);
    cuts.push_back(atom.limit + 1);
  });
}

std::vector<std::uint64_t> free_bits(const Draft& draft, const Rows& rows) {
  std::vector<std::uint64_t> bits(rows[kEverybody], rows[kEverybody] + rows.words());
  for (const auto& member : draft.members) clear_bit(bits.data(), member.product);
  return bits;
}

NumberTable number_table(Draft draft, Rows& rows) {
  NumberTable table;
  table.key = draft.key;
  std::vector<std::uint64_t> bits = free_bits(draft, rows);
  table.free = rows.keep(bits);
  if (draft.form == Form::any_number) {
    for (const auto& member : draft.members) add_atom_cuts(*member.condition, table.cuts);
    std::sort(table.cuts.begin(), table.cuts.end());
    table.cuts.erase(std::unique(table.cuts.begin(), table.cuts.end()), table.cuts.end());
    for (std::size_t slot = 0; slot <= table.cuts.size(); ++slot) {
      Fact fact;
      fact.key = table.key;
      fact.range = Interval::exactly(slot == 0 ? table.cuts.front() - 1 : table.cuts[slot - 1]);
      Facts facts;
      facts.set(fact);
      std::vector<std::uint64_t> passing = bits;
      for (const auto& member : draft.members) {
        if (evaluate(*member.condition, facts) == Truth::yes) set_bit(passing.data(), member.product);
      }
      table.passing.push_back(rows.keep(passing));
    }
    table.members = std::move(draft.members);
    return table;
  }
  const bool falling = draft.form == Form::falling;
  table.shape = falling ? NumberTable::Shape::falling : NumberTable::Shape::rising;
  std::vector<Cut> cuts;  // the first value on the other side
  for (const auto& [product, condition] : draft.members) {
    const bool beyond =
        condition->comparison == Comparison::at_most || condition->comparison == Comparison::greater;
    cuts.push_back({condition->limit + (beyond ? 1 : 0), product});
  }
  std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.at < b.at; });
  if (falling) bits.assign(rows[kEverybody], rows[kEverybody] + rows.words());
  table.passing.push_back(rows.keep(bits));
  for (std::size_t i = 0; i < cuts.size();) {
    const std::int64_t at = cuts[i].at;
    for (; i < cuts.size() && cuts[i].at == at; ++i) {
      falling ? clear_bit(bits.data(), cuts[i].product) : set_bit(bits.data(), cuts[i].product);
    }
    table.cuts.push_back(at);
    table.passing.push_back(rows.keep(bits));
  }
  return table;
}

void mark(const CodeTest& test, const Nodes& nodes, std::uint32_t product, std::size_t words,
          std::vector<std::uint64_t>& yes, std::vector<std::uint64_t>& possible) {
  const auto accept = [&](std::size_t one_class) {
    set_bit(yes.data() + one_class * words, product);
    set_bit(possible.data() + one_class * words, product);
  };
  const auto allow = [&](std::size_t one_class) { set_bit(possible.data() + one_class * words, product); };
  if (test.open) {
    for (std::size_t one_class = 0; one_class < nodes.classes(); ++one_class) allow(one_class);
  }
  if (test.prefix_form) {
    for (const auto& code : test.named) {
      if (code.empty()) continue;
      const std::uint32_t node = nodes.find(code.text());
      for (std::uint32_t v = node; v < nodes.subtree_end(node); ++v) {
        accept(2 * v);
        accept(2 * v + 1);
      }
      for (std::size_t length = 1; length < code.text().size(); ++length) {
        allow(2 * nodes.find(std::string_view(code.text()).substr(0, length)));
      }
    }
    return;
  }
  for (const auto& code : test.inside) accept(2 * nodes.find(code.text()));
  for (const auto& code : test.above) allow(2 * nodes.find(code.text()));
}

CodeTable code_table(Draft draft, const Nodes& nodes, std::uint8_t list, Rows& rows) {
  CodeTable table;
  table.key = draft.key;
  table.list = list;
  const std::vector<std::uint64_t> bits = free_bits(draft, rows);
  table.free = rows.keep(bits);
  const std::size_t words = rows.words();
  std::vector<std::uint64_t> yes(nodes.classes() * words), possible;
  for (std::size_t i = 0; i < nodes.classes(); ++i)
    std::copy(bits.begin(), bits.end(), yes.begin() + static_cast<std::ptrdiff_t>(i * words));
  possible = yes;
  if (draft.form == Form::member) {
    for (const auto& [product, condition] : draft.members) {
      mark(condition->codes, nodes, product, words, yes, possible);
    }
  } else {
    for (std::uint32_t one_class = 0; one_class < nodes.classes(); ++one_class) {
      Fact fact;
      fact.key = table.key;
      // The mark stands for anything that is no entry.
      fact.codes.emplace_back(nodes.text(one_class / 2) + (one_class % 2 == 0 ? "" : "\x01"));
      Facts facts;
      facts.set(fact);
      for (const auto& [product, condition] : draft.members) {
        const Truth truth = evaluate(*condition, facts);
        if (truth != Truth::no) set_bit(possible.data() + one_class * words, product);
        if (truth == Truth::yes) set_bit(yes.data() + one_class * words, product);
      }
    }
    table.members = std::move(draft.members);
  }
  for (std::size_t i = 0; i < nodes.classes(); ++i) {
    table.passing.push_back(
        {rows.keep({yes.data() + i * words, words}), rows.keep({possible.data() + i * words, words})});
  }
  return table;
}

void add_entries(const CodeTest& test, Nodes& nodes) {
  for (const auto& code : test.named) {
    if (test.prefix_form) nodes.add_prefixes(code.text());
  }
  for (const auto* words : {&test.inside, &test.above}) {
    for (const auto& code : *words) {
      if (!test.prefix_form) nodes.add_word(code.text());
    }
  }
}

/// Bits of a row, by what they stand for, kept at the end.
template <typename Key>
class RowDrafts {
 public:
  explicit RowDrafts(std::size_t words) : words_(words) {}
  void set(Key key, std::uint32_t product) {
    auto& bits = drafts_[key];
    if (bits.empty()) bits.resize(words_);
    set_bit(bits.data(), product);
  }
  [[nodiscard]] const std::vector<std::uint64_t>* find(Key key) const {
    const auto at = drafts_.find(key);
    return at == drafts_.end() ? nullptr : &at->second;
  }
  [[nodiscard]] RowId keep(Key key, Rows& rows) const {
    const auto* bits = find(key);
    return bits == nullptr ? kNobody : rows.keep(*bits);
  }

 private:
  std::size_t words_;
  std::map<Key, std::vector<std::uint64_t>> drafts_;
};

}  // namespace

std::size_t NumberTable::slot_of(std::int64_t value) const {
  return static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
}

const Index& Index::of(const Catalogue& catalogue) {
  const auto build = [](const Catalogue& of) -> std::shared_ptr<const void> {
    return std::make_shared<const Index>(of);
  };
  return *static_cast<const Index*>(catalogue.compiled_once(build));
}

Index::Index(const Catalogue& catalogue) : products(catalogue.size()), rows(catalogue.size()) {
  records.resize(products);
  if (products == 0) return;
  index_terms(catalogue);
  index_gates(catalogue);
  index_points(catalogue);
}

Index::~Index() = default;

std::unique_ptr<Query> Index::lend() const {
  const std::scoped_lock lock(idle_guard_);
  if (idle_.empty()) return std::make_unique<Query>(*this);
  auto query = std::move(idle_.back());
  idle_.pop_back();
  return query;
}

void Index::give_back(std::unique_ptr<Query> query) const {
  const std::scoped_lock lock(idle_guard_);
  idle_.push_back(std::move(query));
}

std::uint8_t Index::list_of(FactKey key) const {
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].first == key) return static_cast<std::uint8_t>(i);
  }
  return 0;
}

void Index::index_terms(const Catalogue& catalogue) {
  std::vector<Draft> drafts;
  std::map<std::tuple<FactKey, Form, std::size_t>, std::size_t> draft_of;
  RuleNumbers numbers_of;
  std::vector<std::uint64_t> loose_musts(rows.words());
  const auto add_loose = [&](const Rule& rule) {
    const auto add = [&](const Rule& one) {
      loose.push_back({&one});
      return static_cast<std::uint32_t>(loose.size() - 1);
    };
    own_rules.push_back(numbers_of.number(rule, add));
  };
  std::vector<std::pair<std::pair<FactKey, Form>, std::size_t>> layers;
  for (std::uint32_t n = 0; n < products; ++n) {
    ProductRecord& record = records[n];
    record.rules = static_cast<std::uint32_t>(own_rules.size());
    layers.clear();
    for (const auto& rule : catalogue.terms(ProductRow{n})) {
      if (rule.strength != Strength::must) continue;
      ++record.must_terms;
      const Form form = form_of(rule);
      if (form == Form::loose) {
        add_loose(rule);
        ++record.musts;
        set_bit(loose_musts.data(), n);
        continue;
      }
      const FactKey key = first_key(rule.condition);
      auto layer = std::find_if(layers.begin(), layers.end(), [&](const auto& l) {
        return l.first == std::pair{key, form};
      });
      if (layer == layers.end()) layer = layers.insert(layers.end(), {{key, form}, 0});
      const auto [at, fresh] = draft_of.emplace(std::tuple{key, form, layer->second++}, drafts.size());
      if (fresh) drafts.push_back({form, key, {}});
      drafts[at->second].members.push_back({n, &rule.condition});
    }
    for (const Strength strength : {Strength::should, Strength::prefer}) {
      for (const auto& rule : catalogue.terms(ProductRow{n})) {
        if (rule.strength != strength || rule.not_in_force) continue;
        add_loose(rule);
        ++(strength == Strength::should ? record.shoulds : record.prefers);
      }
    }
  }
  with_loose_musts = rows.keep(loose_musts);

  // The entries of every code list, before the tables over them.
  std::map<FactKey, Nodes> entries;
  entries[FactKey::region];
  entries[FactKey::industry];
  entries[FactKey::borrower];
  for (const auto& draft : drafts) {
    if (draft.form != Form::member && draft.form != Form::code_tree) continue;
    for (const auto& member : draft.members) {
      for_each_atom(*member.condition,
                    [&](const Condition& atom) { add_entries(atom.codes, entries[draft.key]); });
    }
  }
  for (const auto& product : catalogue.products()) {
    for (const auto& code : product.regions.test.named) entries[FactKey::region].add_prefixes(code.text());
    for (const auto& code : product.industries.test.named)
      entries[FactKey::industry].add_prefixes(code.text());
    const auto& borrower = product.borrowers.test;
    for (const auto& code : borrower.named) entries[FactKey::borrower].add_word(code.text());
    for (const auto& code : borrower.inside) entries[FactKey::borrower].add_word(code.text());
  }
  for (auto& [key, nodes] : entries) {
    nodes.freeze();
    lists.emplace_back(key, std::move(nodes));
  }
  region_list = list_of(FactKey::region);
  industry_list = list_of(FactKey::industry);
  borrower_list = list_of(FactKey::borrower);

  for (auto& draft : drafts) {
    if (draft.form == Form::member || draft.form == Form::code_tree) {
      const std::uint8_t list = list_of(draft.key);
      codes.push_back(code_table(std::move(draft), lists[list].second, list, rows));
    } else {
      numbers.push_back(number_table(std::move(draft), rows));
    }
  }
}

void Index::index_gates(const Catalogue& catalogue) {
  RowDrafts<std::uint8_t> with(rows.words());
  RuleNumbers numbers_of;
  for (std::uint32_t n = 0; n < products; ++n) {
    const auto instrument = static_cast<std::uint8_t>(catalogue.product(ProductRow{n}).instrument);
    records[n].instrument = instrument;
    if (with.find(instrument) == nullptr) {
      for (const auto& rule : catalogue.gates(ProductRow{n})) {
        const auto add = [&](const Rule& one) {
          gate_rules.push_back(&one);
          if (!one.not_in_force) {
            for_each_atom(one.condition, [&](const Condition& atom) {
              const bool there = std::any_of(gate_atoms.begin(), gate_atoms.end(),
                                             [&](const Condition* other) { return *other == atom; });
              if (!there) gate_atoms.push_back(&atom);
            });
          }
          return static_cast<std::uint32_t>(gate_rules.size() - 1);
        };
        gates[instrument].push_back(numbers_of.number(rule, add));
      }
    }
    with.set(instrument, n);
  }
  for (std::size_t i = 0; i < kInstrumentCount; ++i) {
    of_instrument[i] = with.keep(static_cast<std::uint8_t>(i), rows);
  }
}

void Index::index_points(const Catalogue& catalogue) {
  for (std::size_t i = 0; i < kCriterionCount; ++i)
    weights[i] = catalogue.scorecard().weight(static_cast<Criterion>(i));
  const auto weight = [&](Criterion criterion) { return weights[static_cast<std::size_t>(criterion)]; };

  // A project of which only the country is known moves nothing but what the product brings by itself.
  const Project nobody;
  PreparedProject blank;
  blank.project = &nobody;
  Fact somewhere;
  somewhere.key = FactKey::region;
  blank.facts.set(somewhere);

  std::map<std::string, std::uint32_t> measure_ids;
  const auto measure_bit = [&](const std::string& code) {
    const auto [at, fresh] = measure_ids.emplace(code, static_cast<std::uint32_t>(measure_ids.size()));
    many_measures |= at->second >= 64;
    return std::uint64_t{1} << (at->second % 64);
  };
  for (const auto& entry : instrument_infos()) {
    std::string_view rest = entry.measures;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(';'), rest.size());
      instrument_measures[static_cast<std::size_t>(entry.instrument)] |=
          measure_bit(std::string(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  const Nodes& region_nodes = lists[region_list].second;
  const Nodes& industry_nodes = lists[industry_list].second;
  const Nodes& borrower_nodes = lists[borrower_list].second;
  RowDrafts<std::uint32_t> placed(rows.words()), traded(rows.words()), named(rows.words()),
      inside(rows.words());
  std::vector<std::uint64_t> unnamed(rows.words());
  std::unordered_map<std::uint32_t, std::uint32_t> ids_of_pairs;
  for (std::uint32_t n = 0; n < products; ++n) {
    const ProductRow row{n};
    const Product& product = catalogue.product(row);
    ProductRecord& record = records[n];
    for (const Criterion criterion : {Criterion::cost, Criterion::light_security, Criterion::speed,
                                      Criterion::completeness, Criterion::source_confidence}) {
      if (weight(criterion) != 0)
        record.fixed_points += weight(criterion) * measure(criterion, blank, catalogue, row);
    }
    record.amount_max = product.amount.has_max() ? product.amount.max : 0;
    record.tenor_max = product.tenor.has_max() ? product.tenor.max : 0;
    record.log_amount = static_cast<std::int32_t>(detail::log_or_zero(record.amount_max));
    record.log_tenor = static_cast<std::int32_t>(detail::log_or_zero(record.tenor_max));
    const std::int64_t ceiling = product.loan_to_value_max.value_or(kOneMillion);
    const auto at = std::find(ceilings.begin(), ceilings.end(), ceiling);
    record.ceiling = static_cast<std::uint16_t>(at - ceilings.begin());
    if (at == ceilings.end()) ceilings.push_back(ceiling);
    record.guarantee_cover =
        static_cast<std::uint8_t>(measure(Criterion::security_cover, blank, catalogue, row) / 100'000);
    record.open_locality =
        static_cast<std::uint8_t>(measure(Criterion::locality, blank, catalogue, row) / 100'000);
    for (const auto& code : product.measures) record.measures |= measure_bit(code.text());
    for (const auto& code : product.regions.test.named) {
      if (!code.empty()) placed.set(region_nodes.find(code.text()), n);
    }
    for (const auto& code : product.industries.test.named) {
      for (const std::size_t length : {1, 3, 4, 5}) {
        if (length <= code.text().size())
          traded.set(industry_nodes.find(std::string_view(code.text()).substr(0, length)), n);
      }
    }
    if (!product.borrowers.stated()) set_bit(unnamed.data(), n);
    for (const auto& code : product.borrowers.test.named) named.set(borrower_nodes.find(code.text()), n);
    for (const auto& code : product.borrowers.test.inside) inside.set(borrower_nodes.find(code.text()), n);
    record.pairs = static_cast<std::uint32_t>(pair_ids.size());
    for (const std::uint32_t pair : catalogue.text_pairs(row)) {
      pair_ids.push_back(
          ids_of_pairs.emplace(pair, static_cast<std::uint32_t>(ids_of_pairs.size())).first->second);
    }
    record.pair_count = static_cast<std::uint16_t>(pair_ids.size() - record.pairs);
  }
  open_to_all = rows.keep(unnamed);
  measure_codes.resize(measure_ids.size());
  for (const auto& [code, id] : measure_ids) measure_codes[id] = code;

  // Whoever names a place also serves the places in it.
  places.resize(region_nodes.classes());
  std::vector<std::uint32_t> above;
  for (std::uint32_t v = 0; v < region_nodes.size(); ++v) {
    while (!above.empty() && region_nodes.subtree_end(above.back()) <= v) above.pop_back();
    PlaceRows here = above.empty() ? PlaceRows{} : places[2 * above.back()];
    if (const auto* bits = placed.find(v)) {
      const std::size_t length = region_nodes.text(v).size();
      RowId& level = length >= 6   ? here.county
                     : length >= 4 ? here.city
                     : length == 2 ? here.province
                                   : here.other;
      std::vector<std::uint64_t> both(rows[level], rows[level] + rows.words());
      for (std::size_t i = 0; i < both.size(); ++i) both[i] |= (*bits)[i];
      level = rows.keep(both);
    }
    places[2 * v] = places[2 * v + 1] = here;
    above.push_back(v);
  }
  trades.resize(industry_nodes.classes());
  for (std::uint32_t v = 0; v < industry_nodes.size(); ++v) {
    const auto at = [&](std::size_t length) {
      const std::string_view text = industry_nodes.text(v);
      return length > text.size() ? kNobody : traded.keep(industry_nodes.find(text.substr(0, length)), rows);
    };
    trades[2 * v] = trades[2 * v + 1] = {at(1), at(3), at(4), at(5)};
  }
  borrowers.resize(borrower_nodes.classes());
  for (std::uint32_t v = 0; v < borrower_nodes.size(); ++v) {
    borrowers[2 * v] = {named.keep(v, rows), inside.keep(v, rows)};
  }

  pair_count = static_cast<std::uint32_t>(ids_of_pairs.size());
  pair_slots.resize(std::bit_ceil(2 * ids_of_pairs.size() + 2));
  pair_slot_ids.resize(pair_slots.size());
  for (const auto& [pair, id] : ids_of_pairs) {
    std::size_t at = pair * 0x9E3779B1U & (pair_slots.size() - 1);
    while (pair_slot_ids[at] != 0) at = (at + 1) & (pair_slots.size() - 1);
    pair_slots[at] = pair;
    pair_slot_ids[at] = id + 1;
  }
}

std::optional<std::uint32_t> Index::pair_id(std::uint32_t pair) const {
  for (std::size_t at = pair * 0x9E3779B1U & (pair_slots.size() - 1); pair_slot_ids[at] != 0;
       at = (at + 1) & (pair_slots.size() - 1)) {
    if (pair_slots[at] == pair) return pair_slot_ids[at] - 1;
  }
  return std::nullopt;
}

std::size_t Index::bytes() const {
  std::size_t total = rows.bytes() + records.size() * sizeof(ProductRecord) +
                      (own_rules.size() + pair_ids.size() + 2 * pair_slots.size()) * 4 +
                      places.size() * sizeof(PlaceRows) + trades.size() * sizeof(TradeRows);
  for (const auto& table : numbers) total += table.cuts.size() * 12 + table.members.size() * sizeof(Member);
  for (const auto& table : codes)
    total += table.passing.size() * sizeof(CodeTable::Passing) + table.members.size() * sizeof(Member);
  return total;
}

}  // namespace huoshui::engine
