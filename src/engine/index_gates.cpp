#include <algorithm>

#include "engine/detail/draft.hpp"

namespace huoshui::engine {

void Index::index_gates(const Catalogue& catalogue) {
  std::array<std::vector<std::uint64_t>, kInstrumentCount> with;
  Numbers rule_numbers, atom_numbers;
  const auto add_atom = [&](const Condition& atom) {
    const std::uint32_t number =
        atom_numbers.number(hash_of(atom), [&](std::uint32_t n) { return *gate_atoms[n] == atom; });
    if (number == gate_atoms.size()) gate_atoms.push_back(&atom);
  };
  const auto number_of = [&](const Rule& rule) {
    const std::uint32_t number = rule_numbers.number(hash_of(rule.condition), [&](std::uint32_t n) {
      const Rule& other = *gate_rules[n];
      return other.strength == rule.strength && other.fails_closed == rule.fails_closed &&
             other.not_in_force == rule.not_in_force && other.condition == rule.condition;
    });
    if (number == gate_rules.size()) {
      gate_rules.push_back(&rule);
      if (!rule.not_in_force) for_each_atom(rule.condition, add_atom);
    }
    return number;
  };
  for (std::uint32_t p = 0; p < products; ++p) {
    const std::size_t instrument = records[p].instrument;
    if (with[instrument].empty()) {
      with[instrument].resize(rows.words());
      for (const auto& rule : catalogue.gates(ProductRow{order[p]}))
        gates[instrument].push_back(number_of(rule));
    }
    set_bit(with[instrument].data(), p);
  }
  for (std::size_t i = 0; i < kInstrumentCount; ++i) {
    if (!with[i].empty()) of_instrument[i] = rows.keep(with[i]);
  }

  pack_keys();
}

/// Each part of a key has so many bits, and counts of rules so many entries in the tables of points.
void Index::pack_keys() {
  constexpr std::size_t kTwoBytes = 0x10000, kOneByte = 0x100;
  std::size_t terms = 0, own = 0, of_gates = 0, most_gates = 0;
  for (const auto& record : records) terms = std::max<std::size_t>(terms, record.terms);
  for (const auto& profile : profiles) own = std::max<std::size_t>({own, profile.shoulds, profile.prefers});
  for (const auto& rules : gates) {
    const auto kept = [&](Strength strength) {
      return static_cast<std::size_t>(std::count_if(
          rules.begin(), rules.end(), [&](auto id) { return gate_rules[id]->strength == strength; }));
    };
    of_gates = std::max({of_gates, kept(Strength::should), kept(Strength::prefer)});
    most_gates = std::max(most_gates, rules.size());
  }
  most_terms = static_cast<std::uint16_t>(terms);
  packs = terms + most_gates < kSharesOf && own + of_gates < kKeptOf &&
          std::max(amount_logs.size(), profiles.size()) <= kTwoBytes &&
          std::max(tenor_logs.size(), covers.size()) <= kOneByte;
  if (!packs) return;
  keys.reserve(products);
  for (const ProductRecord& record : records) {
    keys.push_back({static_cast<std::uint16_t>(record.amount), static_cast<std::uint16_t>(record.profile),
                    static_cast<std::uint8_t>(record.tenor), static_cast<std::uint8_t>(record.cover),
                    record.instrument, static_cast<std::uint8_t>(record.terms)});
  }
}

}  // namespace huoshui::engine
