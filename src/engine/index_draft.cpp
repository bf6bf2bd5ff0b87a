// The one pass over the products that an index is made from, in the order of their rows: each is read once,
// while it is at hand, and every code of it becomes a number.
#include <huoshui/score/score.hpp>

#include "catalogue/detail/terms.hpp"
#include "engine/detail/draft.hpp"
#include "score/detail/closeness.hpp"

namespace huoshui::engine {
namespace {

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

/// Which table a written condition belongs to. Tables hold terms on one key that say nothing while the fact
/// is absent.
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

std::int64_t cut_of(Comparison comparison, std::int64_t limit) {
  const bool beyond = comparison == Comparison::at_most || comparison == Comparison::greater;
  return limit + (beyond ? 1 : 0);
}

std::int32_t log_of(std::int64_t limit) {
  return limit > 0 ? static_cast<std::int32_t>(detail::log_or_zero(limit)) : kNoLog;
}

/// Ask for memory that will be read soon. Always inline, like all that only ask: GCC takes such functions for
/// ones without effect and drops their calls.
[[gnu::always_inline]] inline void fetch(const void* from, std::size_t bytes) {
#if defined(__GNUC__)
  constexpr std::size_t kLine = 64;
  for (std::size_t at = 0; at < bytes; at += kLine) __builtin_prefetch(static_cast<const char*>(from) + at);
#endif
}

template <typename T>
[[gnu::always_inline]] inline void fetch(const std::vector<T>& list) {
  fetch(list.data(), list.size() * sizeof(T));
}

[[gnu::always_inline]] inline void fetch_lists(const Product& product) {
  fetch(product.regions.test.named);
  fetch(product.industries.test.named);
  for (const auto* term : {&product.borrowers, &product.securities, &product.uses}) {
    fetch(term->test.named);
    fetch(term->test.inside);
    fetch(term->test.above);
  }
  fetch(product.measures);
  fetch(product.conditions);
}

/// A word list with points for those who name an entry.
bool has_points(FactKey key) { return key == FactKey::borrower; }

class Drafting {
 public:
  Drafting(Index& index, const Catalogue& catalogue) : index_(index), catalogue_(catalogue) {
    // A project of which only the country is known moves nothing but what the product brings by itself.
    blank_.project = &nobody_;
    Fact somewhere;
    somewhere.key = FactKey::region;
    blank_.facts.set(somewhere);
    first_table_.fill(TableDraft::kNone);
    for (const FactKey key : {FactKey::region, FactKey::industry, FactKey::borrower, FactKey::measure})
      index_.lists.emplace_back(key, Nodes());
    for (const auto& entry : instrument_infos()) {
      for_each_measure(entry.measures, [&](std::string_view code) { measures().add_word(code); });
    }
  }

  Draft read(std::span<const std::uint32_t> rows) {
    draft_.items.resize(rows.size());
    draft_.records.resize(rows.size());
    for (item_ = 0; item_ < rows.size(); ++item_) {
      row_ = ProductRow{rows[item_]};
      fetch_ahead(rows.subspan(item_));
      const Product& product = catalogue_.product(row_);
      read_values(product);
      read_measures(product);
      read_terms(product);
      read_profile();
      if (index_.weight(Criterion::text_affinity) != 0) read_pairs();
    }
    freeze();
    for (const std::int64_t amount : amounts_.values()) index_.amount_logs.push_back(log_of(amount));
    for (const std::int64_t tenor : tenors_.values()) index_.tenor_logs.push_back(log_of(tenor));
    for (auto* logs : {&index_.amount_logs, &index_.tenor_logs})
      logs->resize((logs->size() + kLogGroup - 1) / kLogGroup * kLogGroup, kNoLog);
    return std::move(draft_);
  }

 private:
  static constexpr std::size_t kForms = static_cast<std::size_t>(Form::loose);

  /// Products and their lists lie apart, and to read them is to wait for memory; the next ones are known.
  [[gnu::always_inline]] void fetch_ahead(std::span<const std::uint32_t> rows) const {
    constexpr std::size_t kProduct = 4, kLists = 2;  // so many products ahead
    if (rows.size() > kProduct) {
      const Product& product = catalogue_.product(ProductRow{rows[kProduct]});
      fetch(&product, sizeof product);
    }
    if (rows.size() > kLists) fetch_lists(catalogue_.product(ProductRow{rows[kLists]}));
  }

  ItemDraft& item() { return draft_.items[item_]; }
  ProductRecord& record() { return draft_.records[item_]; }
  Nodes& measures() { return index_.lists[index_.list_of(FactKey::measure)].second; }

  /// What is the same for every project is summed by the scorer itself.
  void read_values(const Product& product) {
    for (const Criterion criterion : {Criterion::cost, Criterion::light_security, Criterion::speed,
                                      Criterion::completeness, Criterion::source_confidence}) {
      if (index_.weight(criterion) == 0) continue;
      item().points += index_.weight(criterion) *
                       static_cast<std::int32_t>(measure(criterion, nobody_prepared_, catalogue_, row_));
    }
    record().instrument = static_cast<std::uint8_t>(product.instrument);
    record().amount = amounts_.number(product.amount.has_max() ? product.amount.max : 0);
    record().tenor = tenors_.number(product.tenor.has_max() ? product.tenor.max : 0);
    const Cover cover{product.loan_to_value_max.value_or(kOneMillion),
                      measure(Criterion::security_cover, blank_, catalogue_, row_)};
    record().cover = covers_.number(
        mixed(static_cast<std::uint64_t>(cover.ceiling), mixed(static_cast<std::uint64_t>(cover.uncovered))),
        [&](std::uint32_t n) { return index_.covers[n] == cover; });
    if (record().cover == index_.covers.size()) index_.covers.push_back(cover);
    item().whole_country = measure(Criterion::locality, blank_, catalogue_, row_) > 0;
  }

  void read_measures(const Product& product) {
    item().measures = next_number();
    measures().add_words(product.measures, draft_.numbers);
    item().measures_end = next_number();
  }

  void read_terms(const Product& product) {
    detail::for_each_term(product, [&](const detail::Term& term) {
      const bool must = term.strength == Strength::must;
      record().terms = static_cast<std::uint16_t>(record().terms + (must ? 1 : 0));
      if (term.codes != nullptr) {
        read_list(term.key, term.codes->test);
      } else if (term.written != nullptr) {
        read_written(term.written->condition, term.strength);
      } else if (suits(term.limit)) {
        TableDraft& table = table_for(term.key, form_of(term.comparison));
        table.cuts.push_back(cut_of(term.comparison, term.limit));
      } else {
        index_.made.push_back(detail::condition_of(term));
        loose_of_[static_cast<std::size_t>(term.strength)].push_back(&index_.made.back());
      }
    });
  }

  /// One of the product's own lists, of which it has one a key.
  void read_list(FactKey key, const CodeTest& test) {
    const std::uint32_t codes = add_codes(key, test);
    if (key == FactKey::region) item().regions = codes;
    if (key == FactKey::industry) item().industries = codes;
    if (key == FactKey::borrower) item().borrowers = codes;
  }

  void read_written(const Condition& condition, Strength strength) {
    const Form form = strength == Strength::must ? form_of(condition) : Form::loose;
    switch (form) {
      case Form::loose:
        loose_of_[static_cast<std::size_t>(strength)].push_back(&condition);
        break;
      case Form::member:
        add_codes(condition.key, condition.codes);
        break;
      case Form::falling:
      case Form::rising:
        table_for(condition.key, form).cuts.push_back(cut_of(condition.comparison, condition.limit));
        break;
      case Form::any_number:
        table_for(first_key(condition), form).conditions.push_back(&condition);
        break;
      case Form::code_tree:
        table_for(first_key(condition), form).conditions.push_back(&condition);
        for_each_atom(condition, [&](const Condition& atom) { add_entries(atom.key, atom.codes); });
        break;
    }
  }

  std::uint32_t add_codes(FactKey key, const CodeTest& test) {
    const auto codes = static_cast<std::uint32_t>(draft_.codes.size());
    draft_.codes.push_back(add_entries(key, test));
    table_for(key, Form::member).codes.push_back(codes);
    return codes;
  }

  CodeSpan add_entries(FactKey key, const CodeTest& test) {
    Nodes& nodes = index_.lists[list_for(key)].second;
    CodeSpan span{.named = next_number(), .prefix_form = test.prefix_form, .open = test.open};
    const bool prefixes = test.prefix_form || key == FactKey::region || key == FactKey::industry;
    if (prefixes) {
      nodes.add_prefixes(test.named, draft_.numbers);
    } else if (has_points(key)) {
      nodes.add_words(test.named, draft_.numbers);
    }
    span.inside = next_number();
    if (!test.prefix_form || has_points(key)) nodes.add_words(test.inside, draft_.numbers);
    span.above = next_number();
    if (!test.prefix_form) nodes.add_words(test.above, draft_.numbers);
    span.end = next_number();
    return span;
  }

  std::uint8_t list_for(FactKey key) {
    for (std::size_t i = 0; i < index_.lists.size(); ++i) {
      if (index_.lists[i].first == key) return static_cast<std::uint8_t>(i);
    }
    index_.lists.emplace_back(key, Nodes());
    return static_cast<std::uint8_t>(index_.lists.size() - 1);
  }

  /// The first table of a key and form in which the product has no term yet; it has one now.
  TableDraft& table_for(FactKey key, Form form) {
    std::uint32_t* link =
        &first_table_[static_cast<std::size_t>(key) * kForms + static_cast<std::size_t>(form)];
    while (*link != TableDraft::kNone && draft_.tables[*link].last_item == item_)
      link = &draft_.tables[*link].next;
    if (*link == TableDraft::kNone) {
      *link = static_cast<std::uint32_t>(draft_.tables.size());  // before the tables move
      TableDraft& fresh = draft_.tables.emplace_back();
      fresh.form = form;
      fresh.key = key;
      fresh.next = TableDraft::kNone;
      if (form == Form::member || form == Form::code_tree) fresh.list = list_for(key);
      return with_item(fresh);
    }
    return with_item(draft_.tables[*link]);
  }
  TableDraft& with_item(TableDraft& table) {
    table.last_item = item_;
    table.items.push_back(item_);
    return table;
  }

  /// Products with the same loose rules share a profile.
  void read_profile() {
    Profile profile{
        static_cast<std::uint32_t>(index_.own_rules.size()), static_cast<std::uint16_t>(loose_of_[0].size()),
        static_cast<std::uint16_t>(loose_of_[1].size()), static_cast<std::uint16_t>(loose_of_[2].size())};
    std::uint64_t hash = mixed(profile.musts, mixed(profile.shoulds, profile.prefers));
    own_.clear();
    for (auto& conditions : loose_of_) {
      for (const Condition* condition : conditions) {
        own_.push_back(number_of(*condition));
        hash = mixed(own_.back(), hash);
      }
      conditions.clear();
    }
    record().profile = profiles_.number(hash, [&](std::uint32_t n) {
      const Profile& other = index_.profiles[n];
      return other.musts == profile.musts && other.shoulds == profile.shoulds &&
             other.prefers == profile.prefers &&
             std::equal(own_.begin(), own_.end(), index_.own_rules.begin() + other.rules);
    });
    if (record().profile != index_.profiles.size()) return;
    index_.profiles.push_back(profile);
    index_.own_rules.insert(index_.own_rules.end(), own_.begin(), own_.end());
  }

  std::uint32_t number_of(const Condition& condition) {
    const std::uint32_t number =
        loose_.number(hash_of(condition), [&](std::uint32_t n) { return *index_.loose[n] == condition; });
    if (number == index_.loose.size()) index_.loose.push_back(&condition);
    return number;
  }

  void read_pairs() {
    item().pairs = static_cast<std::uint32_t>(draft_.pairs.size());
    for (const std::uint32_t pair : catalogue_.text_pairs(row_)) {
      const std::uint32_t id =
          pair_ids_.number(mixed(pair), [&](std::uint32_t n) { return draft_.pair_values[n] == pair; });
      if (id == draft_.pair_values.size()) draft_.pair_values.push_back(pair);
      draft_.pairs.push_back(id);
      record().signature |= signature_bit(id);
    }
    item().pairs_end = static_cast<std::uint32_t>(draft_.pairs.size());
    record().pair_count = static_cast<std::uint16_t>(item().pairs_end - item().pairs);
  }

  /// Put the lists in order, and nodes in the place of numbers.
  void freeze() {
    std::vector<std::vector<std::uint32_t>> node_of;
    for (auto& list : index_.lists) node_of.push_back(list.second.freeze());
    for (const TableDraft& table : draft_.tables) {
      for (const std::uint32_t codes : table.codes)
        renumber(draft_.codes[codes].named, draft_.codes[codes].end, node_of[table.list]);
    }
    const auto& measure_of = node_of[index_.list_of(FactKey::measure)];
    for (const ItemDraft& item : draft_.items) renumber(item.measures, item.measures_end, measure_of);
  }
  void renumber(std::uint32_t from, std::uint32_t to, const std::vector<std::uint32_t>& node_of) {
    for (std::uint32_t i = from; i < to; ++i) draft_.numbers[i] = node_of[draft_.numbers[i]];
  }

  [[nodiscard]] std::uint32_t next_number() const {
    return static_cast<std::uint32_t>(draft_.numbers.size());
  }

  Index& index_;
  const Catalogue& catalogue_;
  Draft draft_;
  std::uint32_t item_ = 0;
  ProductRow row_{};
  const Project nobody_;
  PreparedProject nobody_prepared_, blank_;
  NumberedValues amounts_, tenors_;
  Numbers covers_, loose_, profiles_, pair_ids_;
  std::array<std::uint32_t, kFactKeyCount * kForms> first_table_;
  std::array<std::vector<const Condition*>, 3> loose_of_;  // of the product at hand, by strength
  std::vector<std::uint32_t> own_;
};

}  // namespace

std::uint64_t hash_of(const Condition& c) {
  std::uint64_t hash =
      mixed(static_cast<std::uint64_t>(c.kind) << 16 | static_cast<std::uint64_t>(c.key) << 8 |
            static_cast<std::uint64_t>(c.comparison));
  hash = mixed(static_cast<std::uint64_t>(c.limit), hash);
  hash = mixed(c.limit_key ? static_cast<std::uint64_t>(*c.limit_key) + 1 : 0, hash);
  for (const auto& code : c.codes.named) hash = mixed(TextKey(code.text()).hash(), hash);
  for (const auto& part : c.parts) hash = mixed(hash_of(part), hash);
  return hash;
}

Draft draft_of(Index& index, const Catalogue& catalogue, std::span<const std::uint32_t> rows) {
  return Drafting(index, catalogue).read(rows);
}

}  // namespace huoshui::engine
