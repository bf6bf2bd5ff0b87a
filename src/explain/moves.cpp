#include "explain/detail/moves.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/detail/wide.hpp"

namespace huoshui::detail {
namespace {

std::optional<std::int64_t> point_of(const Facts& facts, FactKey key) {
  const Fact* fact = facts.find(key);
  if (fact == nullptr || fact->range.min != fact->range.max) return std::nullopt;
  return fact->range.min;
}

/// floor(a × b / c) for non-negative numbers, if it fits.
std::optional<std::int64_t> scaled(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t round_up) {
  if (a < 0 || b < 0 || c <= 0) return std::nullopt;
  const auto wide = (static_cast<Wide>(a) * static_cast<std::uint64_t>(b) +
                     static_cast<std::uint64_t>(round_up != 0 ? c - 1 : 0)) /
                    static_cast<std::uint64_t>(c);
  if (wide > static_cast<Wide>(Interval::kNoMax - 1)) return std::nullopt;
  return static_cast<std::int64_t>(wide);
}

}  // namespace

void MoveFinder::around(const Condition& atom) {
  if (atom.kind == Condition::Kind::member) {
    if (info(atom.key).remedy == Remedy::add) {
      const auto& codes = atom.codes;
      for (std::size_t i = 0; i < codes.named.size(); ++i) {
        add_code(atom.key, codes.named[i],
                 i < codes.named_words.size() ? codes.named_words[i] : codes.named[i].text());
      }
    }
    return;
  }
  if (!atom.limit_key) {
    for (const std::int64_t value : {atom.limit - 1, atom.limit, atom.limit + 1}) at(atom.key, value);
    return;
  }
  // Two facts against each other: each may move to where the other is, or may itself be moved to.
  meet(atom.key, *atom.limit_key);
  meet(*atom.limit_key, atom.key);
}

void MoveFinder::meet(FactKey key, FactKey other) {
  std::vector<std::int64_t> values;
  if (const auto now = point_of(facts_, other)) values.push_back(*now);
  const auto moved = std::find_if(groups_.begin(), groups_.end(),
                                  [&](const MoveGroup& group) { return group.key == other; });
  if (moved != groups_.end()) {
    for (const Move& move : moved->moves) values.push_back(move.value);
  }
  for (const std::int64_t value : values) {
    for (const std::int64_t near : {value - 1, value, value + 1}) at(key, near);
  }
}

void MoveFinder::at(FactKey key, std::int64_t value) {
  switch (key) {
    case FactKey::own_capital_ratio:
      if (const auto total = point_of(facts_, FactKey::total_investment)) {
        add_number(FactKey::own_capital, scaled(*total, value, 1'000'000, 1));
      }
      return;
    case FactKey::loan_to_value:
      if (const auto collateral = point_of(facts_, FactKey::collateral_value)) {
        add_number(FactKey::financing_need, scaled(*collateral, value, 1'000'000, 0));
      }
      if (const auto need = point_of(facts_, FactKey::financing_need); need && value > 0) {
        add_number(FactKey::collateral_value, scaled(*need, 1'000'000, value, 1));
      }
      return;
    case FactKey::compensation_multiple:
      if (const auto yearly = point_of(facts_, FactKey::annual_compensation)) {
        add_number(FactKey::financing_need, scaled(*yearly, value, 1, 0));
      }
      return;
    default:
      add_number(key, value);
  }
}

void MoveFinder::add_number(FactKey key, std::optional<std::int64_t> value) {
  if (!value) return;
  const Remedy remedy = info(key).remedy;
  const Fact* fact = facts_.find(key);
  if (remedy == Remedy::none || remedy == Remedy::add) return;
  Move move{key, *value, nullptr, nullptr, 0};
  if (remedy == Remedy::supply) {
    if (*value != 1 || (fact != nullptr && fact->range == Interval::exactly(1))) return;
    move.size = 1;
  } else {
    if (fact == nullptr || *value <= 0) return;
    const std::int64_t now = fact->range.has_max() ? fact->range.max : fact->range.min;
    if (*value == now || (remedy == Remedy::lower && *value > now) ||
        (remedy == Remedy::raise && *value < now))
      return;
    move.size = std::abs(static_cast<double>(*value) - static_cast<double>(now)) /
                std::max(1.0, std::abs(static_cast<double>(now)));
  }
  put(move);
}

void MoveFinder::add_code(FactKey key, const Code& code, const std::string& word) {
  const Fact* fact = facts_.find(key);
  if (fact != nullptr && std::find(fact->codes.begin(), fact->codes.end(), code) != fact->codes.end()) return;
  put({key, 0, &code, &word, 1});
}

void MoveFinder::put(const Move& move) {
  auto group = std::lower_bound(groups_.begin(), groups_.end(), move.key,
                                [](const MoveGroup& g, FactKey key) { return g.key < key; });
  if (group == groups_.end() || group->key != move.key) group = groups_.insert(group, {move.key, {}});
  const bool offered = std::any_of(group->moves.begin(), group->moves.end(), [&](const Move& m) {
    if (m.added == nullptr || move.added == nullptr) return m.value == move.value && m.added == move.added;
    return *m.added == *move.added && *m.word == *move.word;
  });
  if (!offered) group->moves.push_back(move);
}

Keys moved_with(FactKey key, NeedFollows need_follows) {
  Keys keys = only(key);
  if (key == FactKey::own_capital) keys |= only(FactKey::own_capital_ratio);
  if (key == FactKey::collateral_value) keys |= only(FactKey::loan_to_value);
  if (key == FactKey::financing_need || need_follows == NeedFollows::yes) {
    keys |= only(FactKey::financing_need) | only(FactKey::loan_to_value) |
            only(FactKey::compensation_multiple) | only(FactKey::inclusive_loan);
  }
  return keys;
}

}  // namespace huoshui::detail
