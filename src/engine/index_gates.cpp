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

  std::size_t most = 0, most_gates = 0;
  for (const auto& record : records) most = std::max<std::size_t>(most, record.terms);
  for (const auto& profile : profiles) most = std::max<std::size_t>({most, profile.shoulds, profile.prefers});
  for (const auto& rules : gates) most_gates = std::max(most_gates, rules.size());
  many_rules = most + most_gates >= kSharesOf;
}

}  // namespace huoshui::engine
