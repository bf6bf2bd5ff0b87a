// The tables of an index: for each value or code that the terms tell apart, the products that it passes.
#include <algorithm>
#include <numeric>

#include "engine/detail/draft.hpp"

namespace huoshui::engine {
namespace {

using Bits = std::vector<std::uint64_t>;

/// A term with a condition, where its product stands.
std::vector<Member> members_of(const TableDraft& table, const Draft& draft) {
  std::vector<Member> out;
  for (std::size_t i = 0; i < table.conditions.size(); ++i)
    out.push_back({draft.position_of[table.items[i]], table.conditions[i]});
  return out;
}

Bits free_bits(const TableDraft& table, const Draft& draft, const Rows& rows) {
  Bits bits(rows[kEverybody], rows[kEverybody] + rows.words());
  for (const std::uint32_t item : table.items) clear_bit(bits.data(), draft.position_of[item]);
  return bits;
}

void add_atom_cuts(const Condition& c, std::vector<std::int64_t>& cuts) {
  for_each_atom(c, [&](const Condition& atom) {
    cuts.push_back(atom.limit);
    cuts.push_back(atom.limit + 1);
  });
}

/// Conditions that are no plain comparison are evaluated in each slot.
void fill_any(NumberTable& table, const Bits& free, Rows& rows) {
  for (const auto& member : table.members) add_atom_cuts(*member.condition, table.cuts);
  std::sort(table.cuts.begin(), table.cuts.end());
  table.cuts.erase(std::unique(table.cuts.begin(), table.cuts.end()), table.cuts.end());
  for (std::size_t slot = 0; slot <= table.cuts.size(); ++slot) {
    Fact fact;
    fact.key = table.key;
    fact.range = Interval::exactly(slot == 0 ? table.cuts.front() - 1 : table.cuts[slot - 1]);
    Facts facts;
    facts.set(fact);
    Bits passing = free;
    for (const auto& member : table.members) {
      if (evaluate(*member.condition, facts) == Truth::yes) set_bit(passing.data(), member.position);
    }
    table.passing.push_back(rows.keep(passing));
  }
}

/// The positions of a table's terms, those of one cut together, the cuts rising.
struct ByCut {
  std::vector<std::int64_t> cuts;
  std::vector<std::uint32_t> ends;  // by cut, into positions
  std::vector<std::uint32_t> positions;

  ByCut(const TableDraft& table, const Draft& draft) : positions(table.items.size()) {
    NumberedValues numbers;
    std::vector<std::uint32_t> number_of;
    number_of.reserve(table.cuts.size());
    for (const std::int64_t cut : table.cuts) number_of.push_back(numbers.number(cut));
    std::vector<std::uint32_t> in_order(numbers.values().size()), rank_of(in_order.size());
    std::iota(in_order.begin(), in_order.end(), 0U);
    std::sort(in_order.begin(), in_order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return numbers.values()[a] < numbers.values()[b]; });
    for (std::uint32_t rank = 0; rank < in_order.size(); ++rank) {
      cuts.push_back(numbers.values()[in_order[rank]]);
      rank_of[in_order[rank]] = rank;
    }
    std::vector<std::uint32_t> counts(in_order.size() + 1);
    for (auto& number : number_of) ++counts[(number = rank_of[number]) + 1];
    std::partial_sum(counts.begin(), counts.end(), counts.begin());
    ends.assign(counts.begin(), counts.end() - 1);  // the starts, until the positions are in
    for (std::size_t i = 0; i < number_of.size(); ++i)
      positions[ends[number_of[i]]++] = draft.position_of[table.items[i]];
  }
};

/// Values only ever leave or only ever enter, cut by cut.
void fill_one_way(NumberTable& table, const ByCut& terms, Bits bits, Rows& rows) {
  const bool falling = table.shape == NumberTable::Shape::falling;
  if (falling) bits.assign(rows[kEverybody], rows[kEverybody] + rows.words());
  table.passing.push_back(rows.keep(bits));
  std::size_t i = 0;
  for (std::size_t cut = 0; cut < terms.cuts.size(); ++cut) {
    for (; i < terms.ends[cut]; ++i) {
      falling ? clear_bit(bits.data(), terms.positions[i]) : set_bit(bits.data(), terms.positions[i]);
    }
    table.passing.push_back(rows.keep(bits));
  }
  table.cuts = terms.cuts;
}

NumberTable number_table(const TableDraft& terms, const Draft& draft, Rows& rows) {
  NumberTable table;
  table.key = terms.key;
  const Bits free = free_bits(terms, draft, rows);
  table.free = rows.keep(free);
  if (terms.form == Form::any_number) {
    table.members = members_of(terms, draft);
    fill_any(table, free, rows);
  } else {
    table.shape = terms.form == Form::falling ? NumberTable::Shape::falling : NumberTable::Shape::rising;
    fill_one_way(table, ByCut(terms, draft), free, rows);
  }
  return table;
}

/// Plain lists: whoever names an entry in prefix form accepts all below it, and a part of each above it.
void fill_members(CodeTable& table, const TableDraft& terms, const Draft& draft, const Nodes& nodes,
                  const Bits& free, Rows& rows) {
  NodeRows named(nodes, rows.words()), inside(nodes, rows.words()), above(nodes, rows.words());
  Bits open(rows.words());
  for (std::size_t i = 0; i < terms.codes.size(); ++i) {
    const CodeSpan& codes = draft.codes[terms.codes[i]];
    const std::uint32_t position = draft.position_of[terms.items[i]];
    if (codes.open) set_bit(open.data(), position);
    if (codes.prefix_form) {
      for (const std::uint32_t node : draft.between(codes.named, codes.inside)) named.set(node, position);
      continue;
    }
    for (const std::uint32_t node : draft.between(codes.inside, codes.above)) inside.set(node, position);
    for (const std::uint32_t node : draft.between(codes.above, codes.end)) above.set(node, position);
  }
  NodeRows here_or_below = named;
  here_or_below.spread_up();
  named.spread_down();
  Bits yes(rows.words()), possible(rows.words());
  const auto keep_possible = [&] {
    for (std::size_t i = 0; i < yes.size(); ++i) possible[i] |= yes[i] | open[i];
    return rows.keep(possible);
  };
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    yes = free;
    named.unite_into(yes, v);
    std::fill(possible.begin(), possible.end(), 0);
    const CodeTable::Passing below{rows.keep(yes), keep_possible()};
    CodeTable::Passing here = below;
    if (!inside.empty()) {
      inside.unite_into(yes, v);
      here.yes = rows.keep(yes);
    }
    if (!inside.empty() || !here_or_below.empty() || !above.empty()) {
      here_or_below.unite_into(possible, v);
      above.unite_into(possible, v);
      here.possible = keep_possible();
    }
    table.passing.insert(table.passing.end(), {here, below});
  }
}

/// Conditions that are no plain list are evaluated for each class.
void fill_trees(CodeTable& table, const Nodes& nodes, const Bits& free, Rows& rows) {
  for (std::uint32_t one_class = 0; one_class < nodes.classes(); ++one_class) {
    Fact fact;
    fact.key = table.key;
    // The mark stands for anything that is no entry.
    fact.codes.emplace_back(nodes.text(one_class / 2) + (one_class % 2 == 0 ? "" : "\x01"));
    Facts facts;
    facts.set(fact);
    Bits yes = free, possible = free;
    for (const auto& member : table.members) {
      const Truth truth = evaluate(*member.condition, facts);
      if (truth != Truth::no) set_bit(possible.data(), member.position);
      if (truth == Truth::yes) set_bit(yes.data(), member.position);
    }
    table.passing.push_back({rows.keep(yes), rows.keep(possible)});
  }
}

CodeTable code_table(const TableDraft& terms, const Draft& draft, const Nodes& nodes, Rows& rows) {
  CodeTable table;
  table.key = terms.key;
  table.list = terms.list;
  const Bits free = free_bits(terms, draft, rows);
  table.free = rows.keep(free);
  table.members = members_of(terms, draft);
  if (terms.form == Form::member) {
    fill_members(table, terms, draft, nodes, free, rows);
  } else {
    fill_trees(table, nodes, free, rows);
  }
  return table;
}

}  // namespace

std::size_t NumberTable::slot_of(std::int64_t value) const {
  return static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
}

void Index::index_tables(const Draft& draft) {
  for (const auto& terms : draft.tables) {
    if (terms.form == Form::member || terms.form == Form::code_tree) {
      codes.push_back(code_table(terms, draft, lists[terms.list].second, rows));
    } else {
      numbers.push_back(number_table(terms, draft, rows));
    }
  }
}

}  // namespace huoshui::engine
