#include "engine/detail/reader.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "catalogue/detail/pairs.hpp"
#include "eligibility/detail/evaluate.hpp"
#include "score/detail/closeness.hpp"

namespace huoshui::engine {
namespace {

constexpr std::size_t kFewRules = 64, kFewProfiles = 256;
constexpr std::size_t kMostRemembered = 512, kMostGateKeys = 16'384;

std::uint64_t* words_of(std::vector<Block>& blocks) { return blocks.data()->words; }
const std::uint64_t* words_of(const std::vector<Block>& blocks) { return blocks.data()->words; }

template <typename T>
T* copied(Arena& arena, std::initializer_list<const std::vector<T>*> parts) {
  std::size_t size = 0;
  for (const auto* part : parts) size += part->size();
  T* out = arena.take<T>(size);
  T* at = out;
  for (const auto* part : parts) at = std::copy(part->begin(), part->end(), at);
  return out;
}

}  // namespace

Reader::Reader(const Index& index)
    : index_(index),
      few_loose_(index.loose.size() <= kFewRules && index.profiles.size() <= kFewProfiles),
      outcomes_(index.loose.size()),
      classes_(index.lists.size()) {}

void fetch_facts(const Project& project) {
#if defined(__GNUC__)
  for (const Fact& fact : project.facts.all()) {
    __builtin_prefetch(&fact);
    __builtin_prefetch(&fact.codes_open);
  }
  __builtin_prefetch(project.texts.data());
#else
  (void)project;
#endif
}

const detail::FactTable& Reader::derive(const Project& project, const Policy& policy) {
  // What the facts point to lies apart: asked for at once, it is waited for once. Here and in no function of
  // its own, as a compiler may leave out the call of one that only asks.
#if defined(__GNUC__)
  for (const Fact& fact : project.facts.all()) {
    if (!fact.codes.empty()) __builtin_prefetch(fact.codes.data());
  }
  __builtin_prefetch(project.name.data());
  for (const auto& field : project.texts) __builtin_prefetch(field.text.data());
#endif
  policy_detail::derive_values(project.facts, policy, derivations_, own_facts_, derived_);
  return own_facts_;
}

Reading Reader::read(const Project& project, const detail::FactTable& facts, Arena& arena) {
  Reading out;
  if (project.is_collection || index_.products == 0) return out;  // an empty index has no rows at all
  facts_ = &facts;
  for (std::size_t list = 0; list < classes_.size(); ++list) {
    classes_[list].clear();
    const auto& [key, nodes] = index_.lists[list];
    const Fact* fact = facts_->find(key);
    if (fact == nullptr) continue;
    for (const auto& code : fact->codes) classes_[list].push_back(nodes.class_of(code.text()));
  }
  shared_.clear();
  certain_.clear();
  possible_.clear();
  for_permitted_.clear();
  for_both_.clear();
  for_settled_.clear();
  for_possible_.clear();
  base_points_ = 0;

  out.gates = &read_gates();
  certain_.push_back(words_of(out.gates->permitted));
  possible_.push_back(words_of(out.gates->possible));
  if (few_loose_) {
    out.loose = read_loose();
    if (!out.loose->permitted.empty()) {
      certain_.push_back(words_of(out.loose->permitted));
      possible_.push_back(words_of(out.loose->possible));
    }
  }
  read_tables(arena);
  read_affinities(out);
  out.rows.rows = copied(arena, {&shared_, &certain_, &possible_});
  out.rows.shared = static_cast<std::uint32_t>(shared_.size());
  out.rows.certain = static_cast<std::uint32_t>(certain_.size());
  out.rows.possible = static_cast<std::uint32_t>(possible_.size());
  out.possible_features = copied(arena, {&for_possible_, &for_both_, &for_settled_});
  out.permitted_features = for_permitted_.empty()
                               ? out.possible_features + for_possible_.size()
                               : copied(arena, {&for_permitted_, &for_both_, &for_settled_});
  out.for_permitted = static_cast<std::uint16_t>(for_permitted_.size());
  out.for_both = static_cast<std::uint16_t>(for_both_.size() + for_settled_.size());
  out.for_settled = static_cast<std::uint16_t>(for_settled_.size());
  out.for_possible = static_cast<std::uint16_t>(for_possible_.size());
  out.base_points = base_points_;
  read_points(project, arena, out);
  return out;
}

Reading Reader::read_whole(const Project& project, const detail::FactTable& facts, Arena& arena) {
  Reading out = read(project, facts, arena);
  if (out.gates == nullptr || out.loose != nullptr || outcomes_.empty()) return out;
  for (std::size_t i = 0; i < outcomes_.size(); ++i)
    outcomes_[i] = packed(detail::judge(*index_.loose[i], false, *facts_));
  out.outcomes = copied(arena, {&outcomes_});
  return out;
}

void Reader::forget_if_large() {
  if (gate_contents_.size() > kMostRemembered || gates_.size() > kMostGateKeys) {
    gates_.clear();
    gate_contents_.clear();
  }
  if (loose_.size() > kMostRemembered) loose_.clear();
  if (united_.size() > kMostRemembered) united_.clear();
  if (levels_.size() > kMostRemembered) levels_.clear();
}

std::size_t Reader::bytes() const {
  const std::size_t row = index_.rows.blocks() * sizeof(Block);
  return gates_.size() * (index_.gate_atoms.size() / 2 + 64) +
         gate_contents_.size() * (sizeof(GateReading) + 3 * row) +
         loose_.size() * (index_.profiles.size() * sizeof(Standing) + 3 * row) + united_.size() * 2 * row +
         levels_.size() * Affinity::kLevels * row;
}

const Reader::Key& Reader::key_of(std::size_t which, std::uint64_t more,
                                  const std::vector<std::uint32_t>& classes) {
  key_.assign({which, more});
  key_.insert(key_.end(), classes.begin(), classes.end());
  return key_;
}

// ---- the tables

void Reader::add(const State& state, const Fact* fact, RowId free, Arena& arena) {
  const std::uint64_t* everybody = index_.rows[kEverybody];
  const std::uint64_t* unasked = index_.rows[free];
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  constexpr std::uint64_t kWaits = one_at(kOpenShift) | one_at(kUnreadyShift);
  if (fact == nullptr) {
    if (unasked == everybody) return;
    certain_.push_back(unasked);
    for_possible_.push_back({unasked, kAll, kWaits, 0});
    return;
  }
  if (fact->origin != Origin::inferred) {
    if (state.certain == state.possible) {
      if (state.certain != everybody) shared_.push_back(state.certain);
      return;
    }
    certain_.push_back(state.certain);
    if (state.possible != everybody) possible_.push_back(state.possible);
    for_possible_.push_back({state.certain, kAll, kWaits, 0});
    return;
  }
  // May permit, never refuse; a pass on an inference is a caution.
  if (state.certain != everybody) {
    certain_.push_back(state.certain);
    for_possible_.push_back({state.certain, kAll, kWaits, 0});
  }
  if (state.possible != everybody)
    for_possible_.push_back({state.possible, kAll, one_at(kImplausibleShift), 0});
  std::uint64_t* asked = arena.take<std::uint64_t>(index_.rows.words());
  for (std::size_t i = 0; i < index_.rows.words(); ++i) asked[i] = state.certain[i] & ~unasked[i];
  const Feature caution{asked, 0, one_at(kCautionShift), 0};
  for_permitted_.push_back(caution);
  for_possible_.push_back(caution);
}

/// Terms over ranges and several codes are evaluated as they stand.
Reader::State Reader::patched(const std::vector<Member>& members, const Fact& fact) {
  const auto [at, fresh] = united_.try_emplace(key_);
  RowPair& pair = at->second;
  if (fresh) {
    const std::uint64_t* everybody = index_.rows[kEverybody];
    pair.certain.resize(index_.rows.blocks());
    pair.possible.resize(index_.rows.blocks());
    std::copy_n(everybody, index_.rows.words(), words_of(pair.certain));
    std::copy_n(everybody, index_.rows.words(), words_of(pair.possible));
    detail::FactTable alone;
    alone.put(fact);
    for (const auto& [position, condition] : members) {
      const Truth truth = detail::evaluate(*condition, alone, Inferences::count);
      if (truth != Truth::yes) clear_bit(words_of(pair.certain), position);
      if (truth == Truth::no) clear_bit(words_of(pair.possible), position);
    }
  }
  return {words_of(pair.certain), words_of(pair.possible)};
}

Reader::State Reader::state_of(const NumberTable& table, std::size_t which, const Fact& fact) {
  const std::size_t low = table.slot_of(fact.range.min);
  const std::size_t high = fact.range.is_point() ? low : table.slot_of(fact.range.max);
  const std::uint64_t* at_low = index_.rows[table.passing[low]];
  const std::uint64_t* at_high = index_.rows[table.passing[high]];
  switch (table.shape) {
    case NumberTable::Shape::falling:
      return {at_high, at_low};
    case NumberTable::Shape::rising:
      return {at_low, at_high};
    case NumberTable::Shape::any:
      break;
  }
  if (low == high) return {at_low, at_low};
  // The cuts part every limit of the members from its neighbours, so the two slots say all.
  key_.assign({which, low, high});
  return patched(table.members, fact);
}

Reader::State Reader::state_of(const CodeTable& table, std::size_t which, const Fact& fact) {
  const auto& classes = classes_[table.list];
  const auto& first = table.passing[classes.front()];
  if (classes.size() == 1 && !fact.codes_open) return {index_.rows[first.yes], index_.rows[first.possible]};
  const bool any = info(table.key).several == SeveralCodes::any;
  key_of(index_.numbers.size() + which, fact.codes_open ? 1 : 0, classes);
  if (!table.members.empty()) {  // strangers of one class may still differ
    for (const auto& code : fact.codes) {
      key_.push_back(code.text().size());
      for (const char c : code.text()) key_.push_back(static_cast<unsigned char>(c));
    }
    return patched(table.members, fact);
  }
  const auto [at, fresh] = united_.try_emplace(key_);
  RowPair& pair = at->second;
  if (fresh) {
    pair.certain.resize(index_.rows.blocks());
    pair.possible.resize(index_.rows.blocks());
    std::uint64_t* yes = words_of(pair.certain);
    std::uint64_t* maybe = words_of(pair.possible);
    std::copy_n(index_.rows[first.yes], index_.rows.words(), yes);
    std::copy_n(index_.rows[first.possible], index_.rows.words(), maybe);
    for (const std::uint32_t other : std::span(classes).subspan(1)) {
      const std::uint64_t* more = index_.rows[table.passing[other].yes];
      const std::uint64_t* more_possible = index_.rows[table.passing[other].possible];
      for (std::size_t i = 0; i < index_.rows.words(); ++i) {
        yes[i] = any ? yes[i] | more[i] : yes[i] & more[i];
        maybe[i] |= more_possible[i];
      }
    }
    if (fact.codes_open) {  // the words that the list does not know could match anything
      std::copy_n(index_.rows[kEverybody], index_.rows.words(), maybe);
      if (!any) std::copy_n(index_.rows[table.free], index_.rows.words(), yes);
    }
  }
  return {words_of(pair.certain), words_of(pair.possible)};
}

void Reader::read_tables(Arena& arena) {
  for (std::size_t i = 0; i < index_.numbers.size(); ++i) {
    const NumberTable& table = index_.numbers[i];
    const Fact* fact = facts_->find(table.key);
    add(fact == nullptr ? State{} : state_of(table, i, *fact), fact, table.free, arena);
  }
  for (std::size_t i = 0; i < index_.codes.size(); ++i) {
    const CodeTable& table = index_.codes[i];
    const Fact* fact = classes_[table.list].empty() ? nullptr : facts_->find(table.key);
    add(fact == nullptr ? State{} : state_of(table, i, *fact), fact, table.free, arena);
  }
}

// ---- points

void Reader::read_affinities(Reading& out) {
  const std::uint64_t* nobody = index_.rows[kNobody];
  for (std::size_t which = 0; which < index_.affinities.size(); ++which) {
    const Affinity& affinity = index_.affinities[which];
    const auto add_level = [&](std::size_t level, const std::uint64_t* row, std::vector<Feature>& to) {
      const std::int64_t points =
          std::int64_t{index_.weight(affinity.criterion)} * affinity.tenths[level] * (kOneMillion / 10);
      if (row != nobody && points != 0) to.push_back({row, 0, 0, points});
    };
    const auto& classes = classes_[affinity.list];
    if (classes.size() < 2) {
      const Fact* fact = facts_->find(affinity.key);
      const bool settled = classes.size() == 1 && fact->origin != Origin::inferred && !fact->codes_open &&
                           !affinity.settled.empty();
      if (settled) {
        const Affinity::Settled& at = affinity.settled[classes.front()];
        base_points_ +=
            index_.weight(affinity.criterion) * at.tenths * static_cast<std::int32_t>(kOneMillion / 10);
        out.settled_classes[which] = classes.front() + 1;
        for (std::size_t level = 0; level < Affinity::kLevels; ++level)
          add_level(level, index_.rows[at.levels[level]], for_settled_);
        continue;
      }
      const Affinity::Levels& levels = classes.size() == 1 ? affinity.by_class[classes.front()]
                                       : fact != nullptr   ? affinity.by_class[1]
                                                           : affinity.unknown;
      for (std::size_t level = 0; level < Affinity::kLevels; ++level)
        add_level(level, index_.rows[levels[level]], for_both_);
      continue;
    }
    // Several codes count by the best of them.
    const auto [at, fresh] = levels_.try_emplace(key_of(which, 0, classes));
    if (fresh) {
      std::vector<std::uint64_t> seen(index_.rows.words());
      for (std::size_t level = 0; level < Affinity::kLevels; ++level) {
        at->second[level].resize(index_.rows.blocks());
        std::uint64_t* row = words_of(at->second[level]);
        for (const std::uint32_t one_class : classes) {
          const std::uint64_t* more = index_.rows[affinity.by_class[one_class][level]];
          for (std::size_t i = 0; i < seen.size(); ++i) row[i] |= more[i];
        }
        for (std::size_t i = 0; i < seen.size(); ++i) {
          row[i] &= ~seen[i];
          seen[i] |= row[i];
        }
      }
    }
    for (std::size_t level = 0; level < Affinity::kLevels; ++level)
      add_level(level, words_of(at->second[level]), for_both_);
  }
}

/// The log of an amount or a tenor; lists repeat theirs, so some are remembered.
std::int32_t Reader::log_of(std::int64_t value) {
  if (value <= 0) return -kNoLog;
  KnownLog& known = logs_[static_cast<std::uint64_t>(value) * 0x9E3779B97F4A7C15U >> 57];
  if (known.value != value) known = {value, static_cast<std::int32_t>(detail::log_or_zero(value))};
  return known.log;
}

/// The half of text_affinity that hangs on the instrument alone.
const std::int32_t* Reader::instrument_points(const Project& project, Arena& arena) const {
  static constexpr std::array<std::int32_t, kInstrumentCount> kNone{};
  const std::int32_t weight = index_.weight(Criterion::text_affinity);
  if (!project.affinity || weight == 0) return kNone.data();
  auto* out = arena.take<std::int32_t>(kInstrumentCount);
  for (std::size_t i = 0; i < kInstrumentCount; ++i)
    out[i] = weight * static_cast<std::int32_t>(project.affinity->millionths[i] / 2);
  return out;
}

void Reader::read_points(const Project& project, Arena& arena, Reading& out) {
  out.need = detail::scored_value(facts_->find(FactKey::financing_need));
  out.log_need = log_of(out.need);
  const std::int64_t tenor = detail::scored_value(facts_->find(FactKey::tenor));
  out.log_tenor = log_of(tenor);
  const Fact* collateral = facts_->find(FactKey::collateral_value);
  if (collateral != nullptr && collateral->range.has_min() && collateral->range.min > 0 && out.need > 0)
    out.collateral = collateral->range.min;
  out.instruments = instrument_points(project, arena);
  if (project.affinity)
    out.most_instrument = *std::max_element(out.instruments, out.instruments + kInstrumentCount);
  if (index_.pair_count == 0) return;
  pairs_.clear();
  const auto see = [&](std::uint32_t pair) {
    if (const auto id = index_.pair_id(pair)) pairs_.push_back(*id);
  };
  detail::for_each_character_pair(project.name, see);
  for (const auto field : {"content", "industry", "category"})
    detail::for_each_character_pair(project.text(field), see);
  std::sort(pairs_.begin(), pairs_.end());
  pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
  out.pair_count = static_cast<std::uint32_t>(pairs_.size());
  out.pairs = copied(arena, {&pairs_});
  for (const std::uint32_t id : pairs_) {
    if ((out.signature & signature_bit(id)) != 0) ++out.hidden_pairs;
    out.signature |= signature_bit(id);
  }
}

}  // namespace huoshui::engine
