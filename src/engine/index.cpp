#include "engine/detail/index.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <huoshui/score/score.hpp>
#include <map>
#include <numeric>

#include "catalogue/detail/terms.hpp"
#include "engine/detail/worker.hpp"

namespace huoshui::engine {
namespace {

enum class Form : std::uint8_t { falling, rising, any_number, member, code_tree, loose };

/// Limits at the very ends are also the marks of an unbounded range.
bool suits(std::int64_t limit) {
  constexpr std::int64_t kRoom = 4;
  return limit > Interval::kNoMin + kRoom && limit < Interval::kNoMax - kRoom;
}

bool suits(const Condition& atom) {
  const bool codes = info(atom.key).kind == FactKind::codes;
  if (atom.kind == Condition::Kind::member) return codes;
  return !codes && !atom.limit_key && suits(atom.limit);
}

Form form_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::at_most:
    case Comparison::less:
      return Form::falling;
    case Comparison::at_least:
    case Comparison::greater:
      return Form::rising;
    case Comparison::equal:
      break;
  }
  return Form::any_number;
}

/// Which table a written condition belongs to. Tables hold terms on one key that say nothing while the fact is
/// absent.
Form form_of(const Condition& c) {
  std::optional<FactKey> key;
  bool tabled = true;
  for_each_atom(c, [&](const Condition& atom) {
    tabled &= suits(atom) && (!key || *key == atom.key);
    key = atom.key;
  });
  if (!tabled || !key) return Form::loose;
  if (c.kind == Condition::Kind::member) return Form::member;
  if (c.kind == Condition::Kind::compare) return form_of(c.comparison);
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
template <typename Entry>
class Numbers {
 public:
  /// `same(entry)` tells whether an entry is the wanted one, `add()` makes it.
  template <typename Same, typename Add>
  std::uint32_t number(const Condition& condition, const Same& same, const Add& add) {
    const std::size_t hash = hash_of(condition);
    const auto [first, last] = by_hash_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
      if (same(it->second.first)) return it->second.second;
    }
    const auto [entry, id] = add();
    by_hash_.emplace(hash, std::pair{entry, id});
    return id;
  }

 private:
  std::unordered_multimap<std::size_t, std::pair<Entry, std::uint32_t>> by_hash_;
};

/// The terms of one table while it is built.
struct Draft {
  struct Term {
    std::uint32_t position = 0;
    std::int64_t cut = 0;                  // falling, rising: the first value on the other side
    const CodeTest* codes = nullptr;       // member
    const Condition* condition = nullptr;  // any_number, code_tree
  };
  Form form{};
  FactKey key{};
  std::vector<Term> terms;

  [[nodiscard]] std::vector<Member> members() const {
    std::vector<Member> out;
    for (const auto& term : terms) out.push_back({term.position, term.condition});
    return out;
  }
};

std::int64_t cut_of(Comparison comparison, std::int64_t limit) {
  const bool beyond = comparison == Comparison::at_most || comparison == Comparison::greater;
  return limit + (beyond ? 1 : 0);
}

void add_atom_cuts(const Condition& c, std::vector<std::int64_t>& cuts) {
  for_each_atom(c, [&](const Condition& atom) {
    cuts.push_back(atom.limit);
    cuts.push_back(atom.limit + 1);
  });
}

std::vector<std::uint64_t> free_bits(const Draft& draft, const Rows& rows) {
  std::vector<std::uint64_t> bits(rows[kEverybody], rows[kEverybody] + rows.words());
  for (const auto& term : draft.terms) clear_bit(bits.data(), term.position);
  return bits;
}

NumberTable number_table(Draft draft, Rows& rows) {
  NumberTable table;
  table.key = draft.key;
  std::vector<std::uint64_t> bits = free_bits(draft, rows);
  table.free = rows.keep(bits);
  if (draft.form == Form::any_number) {
    for (const auto& term : draft.terms) add_atom_cuts(*term.condition, table.cuts);
    std::sort(table.cuts.begin(), table.cuts.end());
    table.cuts.erase(std::unique(table.cuts.begin(), table.cuts.end()), table.cuts.end());
    for (std::size_t slot = 0; slot <= table.cuts.size(); ++slot) {
      Fact fact;
      fact.key = table.key;
      fact.range = Interval::exactly(slot == 0 ? table.cuts.front() - 1 : table.cuts[slot - 1]);
      Facts facts;
      facts.set(fact);
      std::vector<std::uint64_t> passing = bits;
      for (const auto& term : draft.terms) {
        if (evaluate(*term.condition, facts) == Truth::yes) set_bit(passing.data(), term.position);
      }
      table.passing.push_back(rows.keep(passing));
    }
    table.members = draft.members();
    return table;
  }
  const bool falling = draft.form == Form::falling;
  table.shape = falling ? NumberTable::Shape::falling : NumberTable::Shape::rising;
  auto& cuts = draft.terms;
  std::sort(cuts.begin(), cuts.end(), [](const Draft::Term& a, const Draft::Term& b) { return a.cut < b.cut; });
  if (falling) bits.assign(rows[kEverybody], rows[kEverybody] + rows.words());
  table.passing.push_back(rows.keep(bits));
  for (std::size_t i = 0; i < cuts.size();) {
    const std::int64_t at = cuts[i].cut;
    for (; i < cuts.size() && cuts[i].cut == at; ++i) {
      falling ? clear_bit(bits.data(), cuts[i].position) : set_bit(bits.data(), cuts[i].position);
    }
    table.cuts.push_back(at);
    table.passing.push_back(rows.keep(bits));
  }
  return table;
}

/// The classes of a code list while a table is built: a row of products for each class.
class ClassRows {
 public:
  ClassRows(const Nodes& nodes, const std::vector<std::uint64_t>& free)
      : nodes_(nodes),
        words_(free.size()),
        free_(free),
        yes_(nodes.classes() * words_),
        possible_(yes_.size()),
        named_(nodes.size() * words_),
        below_(named_.size()),
        open_(words_) {}

  void accept(std::uint32_t one_class, std::uint32_t position) { set_bit(at(yes_, one_class), position); }
  void allow(std::uint32_t one_class, std::uint32_t position) { set_bit(at(possible_, one_class), position); }

  void add(const CodeTest& test, std::uint32_t position) {
    if (test.open) set_bit(open_.data(), position);
    if (test.prefix_form) {
      for (const auto& code : test.named) {
        if (!code.empty()) set_bit(at(named_, nodes_.find(code.text())), position);
      }
      return;
    }
    for (const auto& code : test.inside) accept(2 * nodes_.find(code.text()), position);
    for (const auto& code : test.above) allow(2 * nodes_.find(code.text()), position);
  }

  std::vector<CodeTable::Passing> keep(Rows& rows) {
    spread_named();
    std::vector<CodeTable::Passing> out;
    for (std::uint32_t c = 0; c < nodes_.classes(); ++c) {
      std::uint64_t* yes = at(yes_, c);
      std::uint64_t* possible = at(possible_, c);
      for (std::size_t i = 0; i < words_; ++i) {
        yes[i] |= free_[i];
        possible[i] |= yes[i] | open_[i];
      }
      out.push_back({rows.keep({yes, words_}), rows.keep({possible, words_})});
    }
    return out;
  }

 private:
  std::uint64_t* at(std::vector<std::uint64_t>& bits, std::uint32_t row) const {
    return bits.data() + row * words_;
  }
  void unite(std::uint64_t* into, const std::uint64_t* from) const {
    for (std::size_t i = 0; i < words_; ++i) into[i] |= from[i];
  }
  /// Whoever names an entry accepts all below it, and a part of each above it.
  void spread_named() {
    std::vector<std::uint32_t> parent(nodes_.size(), 0);
    for (std::uint32_t v = 0; v < nodes_.size(); ++v) {
      for (std::uint32_t w = v + 1; w < nodes_.subtree_end(v); ++w) parent[w] = v;  // the nearest is last
    }
    for (std::uint32_t v = static_cast<std::uint32_t>(nodes_.size()); v-- > 1;) {
      if (parent[v] != 0) {
        unite(at(below_, parent[v]), at(named_, v));
        unite(at(below_, parent[v]), at(below_, v));
      }
    }
    for (std::uint32_t v = 1; v < nodes_.size(); ++v) {
      if (parent[v] != 0) unite(at(named_, v), at(named_, parent[v]));
      unite(at(yes_, 2 * v), at(named_, v));
      unite(at(yes_, 2 * v + 1), at(named_, v));
      unite(at(possible_, 2 * v), at(below_, v));
    }
  }

  const Nodes& nodes_;
  std::size_t words_;
  const std::vector<std::uint64_t>& free_;
  std::vector<std::uint64_t> yes_, possible_;        // by class
  std::vector<std::uint64_t> named_, below_, open_;  // by entry: named itself; named somewhere below it
};

CodeTable code_table(Draft draft, const Nodes& nodes, std::uint8_t list, Rows& rows) {
  CodeTable table;
  table.key = draft.key;
  table.list = list;
  const std::vector<std::uint64_t> bits = free_bits(draft, rows);
  table.free = rows.keep(bits);
  ClassRows classes(nodes, bits);
  if (draft.form == Form::member) {
    for (const auto& term : draft.terms) classes.add(*term.codes, term.position);
  } else {
    for (std::uint32_t one_class = 0; one_class < nodes.classes(); ++one_class) {
      Fact fact;
      fact.key = table.key;
      // The mark stands for anything that is no entry.
      fact.codes.emplace_back(nodes.text(one_class / 2) + (one_class % 2 == 0 ? "" : "\x01"));
      Facts facts;
      facts.set(fact);
      for (const auto& term : draft.terms) {
        const Truth truth = evaluate(*term.condition, facts);
        if (truth != Truth::no) classes.allow(one_class, term.position);
        if (truth == Truth::yes) classes.accept(one_class, term.position);
      }
    }
    table.members = draft.members();
  }
  table.passing = classes.keep(rows);
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

}  // namespace

std::size_t NumberTable::slot_of(std::int64_t value) const {
  return static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
}

Index::Index(const Catalogue& catalogue, std::span<const std::uint32_t> of_rows)
    : products(of_rows.size()), rows(products) {
  if (products == 0) return;
  records.resize(products);
  order_products(catalogue, of_rows);
  index_terms(catalogue);
  index_gates(catalogue);
  index_points(catalogue);
  index_pairs(catalogue);
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

/// Those that bring the most by themselves stand first, so that a ranking can stop early.
void Index::order_products(const Catalogue& catalogue, std::span<const std::uint32_t> of_rows) {
  for (std::size_t i = 0; i < kCriterionCount; ++i)
    weights[i] = catalogue.scorecard().weight(static_cast<Criterion>(i));
  const PreparedProject nobody;
  std::vector<std::int32_t> points(products);
  for (std::size_t n = 0; n < products; ++n) {
    for (const Criterion criterion : {Criterion::cost, Criterion::light_security, Criterion::speed,
                                      Criterion::completeness, Criterion::source_confidence}) {
      if (weight(criterion) != 0) {
        points[n] += weight(criterion) *
                     static_cast<std::int32_t>(measure(criterion, nobody, catalogue, ProductRow{of_rows[n]}));
      }
    }
  }
  order.resize(products);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return points[a] > points[b]; });
  for (auto& n : order) {
    fixed_points.push_back(points[n]);
    n = of_rows[n];
  }
}

void Index::index_terms(const Catalogue& catalogue) {
  constexpr std::size_t kForms = static_cast<std::size_t>(Form::loose);
  std::vector<Draft> drafts;
  std::vector<std::vector<std::size_t>> layers_of(kFactKeyCount * kForms);  // drafts of a key and form
  std::vector<std::size_t> used(layers_of.size());                          // layers the product stands in
  std::vector<std::size_t> touched;
  Numbers<const Condition*> numbers_of;
  std::map<std::vector<std::uint32_t>, std::uint32_t> profile_of;
  std::vector<std::uint64_t> loose_musts(rows.words());
  std::vector<std::uint32_t> own;
  std::array<std::vector<const Condition*>, 3> loose_of;  // by strength
  const auto number_of = [&](const Condition& condition) {
    return numbers_of.number(
        condition, [&](const Condition* other) { return *other == condition; },
        [&] {
          loose.push_back(&condition);
          return std::pair{&condition, static_cast<std::uint32_t>(loose.size() - 1)};
        });
  };
  const auto add_term = [&](FactKey key, Form form, const Draft::Term& term) {
    const std::size_t table = static_cast<std::size_t>(key) * kForms + static_cast<std::size_t>(form);
    const std::size_t layer = used[table]++;
    if (layer == 0) touched.push_back(table);
    if (layer == layers_of[table].size()) {
      layers_of[table].push_back(drafts.size());
      drafts.push_back({form, key, {}});
    }
    drafts[layers_of[table][layer]].terms.push_back(term);
  };
  for (std::uint32_t p = 0; p < products; ++p) {
    const ProductRow row{order[p]};
    const Product& product = catalogue.product(row);
    std::size_t terms = 0;
    detail::for_each_term(product, [&](const detail::Term& term) {
      const bool must = term.strength == Strength::must;
      terms += must ? 1 : 0;
      if (term.codes != nullptr) {
        add_term(term.key, Form::member, {.position = p, .codes = &term.codes->test});
      } else if (term.written != nullptr) {
        const Condition& condition = term.written->condition;
        const Form form = must ? form_of(condition) : Form::loose;
        if (form == Form::loose) {
          loose_of[static_cast<std::size_t>(term.strength)].push_back(&condition);
        } else if (form == Form::member) {
          add_term(condition.key, form, {.position = p, .codes = &condition.codes});
        } else if (form == Form::falling || form == Form::rising) {
          add_term(condition.key, form,
                   {.position = p, .cut = cut_of(condition.comparison, condition.limit)});
        } else {
          add_term(first_key(condition), form, {.position = p, .condition = &condition});
        }
      } else if (suits(term.limit)) {
        add_term(term.key, form_of(term.comparison),
                 {.position = p, .cut = cut_of(term.comparison, term.limit)});
      } else {
        made.push_back(detail::condition_of(term));
        loose_of[static_cast<std::size_t>(term.strength)].push_back(&made.back());
      }
    });
    for (const std::size_t table : touched) used[table] = 0;
    touched.clear();
    Profile profile{static_cast<std::uint32_t>(own_rules.size()),
                    static_cast<std::uint16_t>(loose_of[0].size()),
                    static_cast<std::uint16_t>(loose_of[1].size()),
                    static_cast<std::uint16_t>(loose_of[2].size())};
    if (profile.musts != 0) set_bit(loose_musts.data(), p);
    own.assign({profile.musts, profile.shoulds, profile.prefers});
    for (auto& conditions : loose_of) {
      for (const Condition* condition : conditions) own.push_back(number_of(*condition));
      conditions.clear();
    }
    ProductRecord& record = records[p];
    record.terms = static_cast<std::uint16_t>(terms);
    record.instrument = static_cast<std::uint8_t>(product.instrument);
    const auto [at, fresh] = profile_of.emplace(own, static_cast<std::uint32_t>(profiles.size()));
    record.profile = at->second;
    if (!fresh) continue;
    profiles.push_back(profile);
    own_rules.insert(own_rules.end(), own.begin() + 3, own.end());
  }
  with_loose_musts = rows.keep(loose_musts);

  // The entries of every code list, before the tables over them.
  std::map<FactKey, Nodes> entries;
  for (const FactKey key : {FactKey::region, FactKey::industry, FactKey::borrower, FactKey::measure})
    entries[key];
  for (const auto& draft : drafts) {
    if (draft.form != Form::member && draft.form != Form::code_tree) continue;
    Nodes& nodes = entries[draft.key];
    for (const auto& term : draft.terms) {
      if (term.codes != nullptr) {
        add_entries(*term.codes, nodes);
      } else {
        for_each_atom(*term.condition, [&](const Condition& atom) { add_entries(atom.codes, nodes); });
      }
    }
  }
  Nodes &regions = entries[FactKey::region], &industries = entries[FactKey::industry],
        &borrowers = entries[FactKey::borrower], &measures = entries[FactKey::measure];
  for (const std::uint32_t row : order) {
    const Product& product = catalogue.product(ProductRow{row});
    for (const auto& code : product.regions.test.named) regions.add_prefixes(code.text());
    for (const auto& code : product.industries.test.named) industries.add_prefixes(code.text());
    for (const auto& code : product.borrowers.test.named) borrowers.add_word(code.text());
    for (const auto& code : product.borrowers.test.inside) borrowers.add_word(code.text());
    for (const auto& code : product.measures) measures.add_word(code.text());
  }
  for (const auto& entry : instrument_infos()) {
    for_each_measure(entry.measures,
                     [&](std::string_view code) { measures.add_word(code); });
  }
  for (auto& [key, nodes] : entries) {
    nodes.freeze();
    lists.emplace_back(key, std::move(nodes));
  }
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
  std::array<std::vector<std::uint64_t>, kInstrumentCount> with;
  Numbers<const Rule*> numbers_of;
  for (std::uint32_t p = 0; p < products; ++p) {
    const ProductRow row{order[p]};
    const auto instrument = static_cast<std::size_t>(catalogue.product(row).instrument);
    if (with[instrument].empty()) {
      with[instrument].resize(rows.words());
      for (const auto& rule : catalogue.gates(row)) {
        const auto same = [&](const Rule* other) {
          return other->strength == rule.strength && other->fails_closed == rule.fails_closed &&
                 other->not_in_force == rule.not_in_force && other->condition == rule.condition;
        };
        const auto add = [&] {
          gate_rules.push_back(&rule);
          if (!rule.not_in_force) {
            for_each_atom(rule.condition, [&](const Condition& atom) {
              const bool there = std::any_of(gate_atoms.begin(), gate_atoms.end(),
                                             [&](const Condition* other) { return *other == atom; });
              if (!there) gate_atoms.push_back(&atom);
            });
          }
          return std::pair{&rule, static_cast<std::uint32_t>(gate_rules.size() - 1)};
        };
        gates[instrument].push_back(numbers_of.number(rule.condition, same, add));
      }
    }
    set_bit(with[instrument].data(), p);
  }
  for (std::size_t i = 0; i < kInstrumentCount; ++i) {
    if (!with[i].empty()) of_instrument[i] = rows.keep(with[i]);
  }

  std::size_t most = 0, most_gates = 0;
  for (const auto& record : records) most = std::max<std::size_t>(most, record.terms);
  for (const auto& profile : profiles) most = std::max<std::size_t>({most, profile.shoulds, profile.prefers});
  for (const auto& rules : gates) most_gates = std::max(most_gates, rules.size());
  many_rules = most + most_gates >= kSharesOf;
}

}  // namespace huoshui::engine
