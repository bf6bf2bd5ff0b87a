#include "engine/detail/query.hpp"

#include <algorithm>
#include <bit>
#include <huoshui/score/score.hpp>

#include "catalogue/detail/pairs.hpp"
#include "eligibility/detail/evaluate.hpp"
#include "score/detail/closeness.hpp"

namespace huoshui::engine {
namespace {

constexpr std::size_t kGateCache = 512;

template <typename Visit>
void for_each_bit(const std::uint64_t* row, std::size_t words, Visit&& visit) {
  for (std::size_t w = 0; w < words; ++w) {
    for (std::uint64_t left = row[w]; left != 0; left &= left - 1) {
      visit(static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(left))));
    }
  }
}

std::uint32_t bit_of(const std::uint64_t* row, std::uint32_t n) {
  return static_cast<std::uint32_t>(row[n / 64] >> (n % 64) & 1U);
}

std::uint64_t* words_of(std::vector<Block>& blocks) { return blocks.data()->words; }
const std::uint64_t* words_of(const std::vector<Block>& blocks) { return blocks.data()->words; }

}  // namespace

Query::Query(const Index& index)
    : index_(index),
      gate_cache_(kGateCache),
      gate_key_(1 + (index.gate_atoms.size() + 15) / 16),
      permitted_(index.rows.blocks()),
      undecided_(index.rows.blocks()),
      judgements_(index.loose.size()),
      judged_in_(index.loose.size(), 0),
      classes_(index.lists.size()),
      covers_(index.ceilings.size()),
      covered_in_(index.ceilings.size(), 0),
      pairs_(index.pair_count / 64 + 1) {}

void Query::keep(std::size_t k, std::size_t possible) {
  k_ = k;
  possible_k_ = possible;
}

const Ranking& Query::run(const Project& project, const Catalogue& catalogue) {
  ranking_.offers.clear();
  ranking_.possible.clear();
  ranking_.permitted = ranking_.undecided = ranking_.refused = 0;
  const auto all = static_cast<std::uint32_t>(index_.products);
  if (project.is_collection || all == 0) {
    ranking_.refused = all;
    return ranking_;
  }
  catalogue_ = &catalogue;
  policy_detail::derive_values(project.facts, catalogue.policy(), memory_, table_, derived_);
  const detail::FactTable& facts = table_;
  if (++epoch_ == 0) {  // after four thousand million projects
    std::fill(judged_in_.begin(), judged_in_.end(), 0);
    std::fill(covered_in_.begin(), covered_in_.end(), 0);
    ++epoch_;
  }
  gates_ = &read_gates(facts);
  read_tables(facts);
  const Counts counts = intersect(certain_rows_, possible_rows_, index_.rows.blocks(), words_of(permitted_),
                                  words_of(undecided_));
  ranking_.permitted = counts.certain;
  ranking_.undecided = counts.possible;
  if (index_.with_loose_musts != kNobody) judge_loose_musts(facts);
  ranking_.refused = all - ranking_.permitted - ranking_.undecided;
  const bool offers = k_ != 0 && ranking_.permitted != 0;
  const bool possible = possible_k_ != 0 && ranking_.undecided != 0;
  if (!offers && !possible) return ranking_;
  read_points(project, facts);
  if (offers) rank(words_of(permitted_), k_, true, facts, ranking_.offers);
  if (possible) rank(words_of(undecided_), possible_k_, false, facts, ranking_.possible);
  for (const std::uint32_t word : pair_words_) pairs_[word] = 0;
  pair_words_.clear();
  return ranking_;
}

// ---- gates: what they say depends on their atoms alone, so one reading serves all projects alike in these.

const Query::GateEntry& Query::read_gates(const detail::FactTable& facts) {
  std::fill(gate_key_.begin(), gate_key_.end(), 0);
  for (std::size_t i = 0; i < index_.gate_atoms.size(); ++i) {
    const Condition& atom = *index_.gate_atoms[i];
    const Fact* fact = facts.find(atom.key);
    if (fact == nullptr) continue;  // unknown either way: 0
    const auto counted = detail::evaluate_atom(atom, facts, Inferences::count);
    const Fact* limit = atom.limit_key ? facts.find(*atom.limit_key) : nullptr;
    const bool inferred =
        fact->origin == Origin::inferred || (limit != nullptr && limit->origin == Origin::inferred);
    const auto answer = [](Truth truth) { return truth == Truth::yes ? 2U : truth == Truth::no ? 1U : 0U; };
    gate_key_[i / 16] |= std::uint64_t{answer(counted) << 2 | (inferred ? 0U : answer(counted))}
                         << (i % 16 * 4);
  }
  std::uint64_t hash = 0x9E3779B97F4A7C15U;
  for (const std::uint64_t word : gate_key_) hash = (std::rotl(hash, 23) ^ word) * 0x9FB21C651E98DF25U;
  auto& place = gate_cache_[(hash >> 32) % kGateCache];
  if (place != nullptr && place->key == gate_key_) return *place;
  if (place == nullptr) place = std::make_unique<GateEntry>();
  place->key.clear();  // no entry, should filling throw
  fill(*place, facts);
  place->key = gate_key_;
  return *place;
}

void Query::fill(GateEntry& entry, const detail::FactTable& facts) const {
  std::vector<Judgement> judgements(index_.gate_rules.size());
  for (std::size_t i = 0; i < judgements.size(); ++i)
    judgements[i] = detail::judge(*index_.gate_rules[i], facts);
  entry.permitted.assign(index_.rows.blocks(), Block{});
  entry.possible.assign(index_.rows.blocks(), Block{});
  entry.readings.fill({});
  for (std::size_t instrument = 0; instrument < kInstrumentCount; ++instrument) {
    if (index_.of_instrument[instrument] == kNobody) continue;
    GateReading& reading = entry.readings[instrument];
    for (const std::uint32_t id : index_.gates[instrument]) {
      const Rule& rule = *index_.gate_rules[id];
      const auto [outcome, on_inference] = judgements[id];
      switch (rule.strength) {
        case Strength::must:
          if (outcome == Outcome::fail) ++reading.failed;
          if (outcome == Outcome::undecided || (outcome == Outcome::not_tested && rule.fails_closed))
            ++reading.open;
          if (outcome == Outcome::pass && on_inference) ++reading.cautions;
          break;
        case Strength::should:
          if (outcome == Outcome::fail) ++reading.cautions;
          if (rule.not_in_force) break;
          ++reading.shoulds;
          if (outcome == Outcome::pass) ++reading.shoulds_held;
          break;
        case Strength::prefer:
          if (rule.not_in_force) break;
          ++reading.prefers;
          if (outcome == Outcome::pass) ++reading.prefers_held;
          break;
      }
    }
    const std::uint64_t* products = index_.rows[index_.of_instrument[instrument]];
    const auto add = [&](std::vector<Block>& to) {
      for (std::size_t i = 0; i < index_.rows.words(); ++i) words_of(to)[i] |= products[i];
    };
    if (reading.failed == 0) add(entry.possible);
    if (reading.failed == 0 && reading.open == 0) add(entry.permitted);
  }
}

// ---- the product's own terms

std::uint64_t* Query::scratch_row() {
  if (scratch_used_ == scratch_.size()) scratch_.emplace_back(index_.rows.blocks());
  return words_of(scratch_[scratch_used_++]);
}

/// Trees over ranges and several codes: evaluated as they stand.
void Query::patch(const std::vector<Member>& members, const Fact& fact, const std::uint64_t*& certain,
                  const std::uint64_t*& possible) {
  std::uint64_t* yes = scratch_row();
  std::uint64_t* maybe = scratch_row();
  std::copy_n(index_.rows[kEverybody], index_.rows.words(), yes);
  std::copy_n(index_.rows[kEverybody], index_.rows.words(), maybe);
  detail::FactTable alone;
  alone.put(fact);
  for (const auto& [product, condition] : members) {
    const Truth truth = detail::evaluate(*condition, alone, Inferences::count);
    if (truth != Truth::yes) clear_bit(yes, product);
    if (truth == Truth::no) clear_bit(maybe, product);
  }
  certain = yes;
  possible = maybe;
}

void Query::add_state(const Fact* fact, RowId free, const std::uint64_t* certain,
                      const std::uint64_t* possible) {
  const std::uint64_t* everybody = index_.rows[kEverybody];
  const std::uint64_t* unasked = index_.rows[free];
  State state{certain, possible, nullptr, unasked};
  if (fact == nullptr) {
    state.certain = unasked;
    state.possible = everybody;
  } else if (fact->origin == Origin::inferred) {
    state.plausible = possible;  // may permit, never refuse
    state.possible = everybody;
  }
  certain_rows_.push_back(state.certain);
  if (state.possible != everybody) possible_rows_.push_back(state.possible);
  if (state.certain != state.possible || state.plausible != nullptr) soft_.push_back(state);
}

void Query::read_tables(const detail::FactTable& facts) {
  certain_rows_.clear();
  possible_rows_.clear();
  soft_.clear();
  scratch_used_ = 0;
  certain_rows_.push_back(words_of(gates_->permitted));
  possible_rows_.push_back(words_of(gates_->possible));
  for (const auto& table : index_.numbers) {
    const Fact* fact = facts.find(table.key);
    if (fact == nullptr) {
      add_state(nullptr, table.free, nullptr, nullptr);
      continue;
    }
    const std::size_t low = table.slot_of(fact->range.min);
    const std::size_t high = fact->range.is_point() ? low : table.slot_of(fact->range.max);
    const std::uint64_t* at_low = index_.rows[table.passing[low]];
    const std::uint64_t* at_high = index_.rows[table.passing[high]];
    switch (table.shape) {
      case NumberTable::Shape::falling:
        add_state(fact, table.free, at_high, at_low);
        break;
      case NumberTable::Shape::rising:
        add_state(fact, table.free, at_low, at_high);
        break;
      case NumberTable::Shape::any:
        if (low != high) patch(table.members, *fact, at_low, at_high);
        add_state(fact, table.free, at_low, at_high);
        break;
    }
  }
  for (std::size_t list = 0; list < classes_.size(); ++list) {
    classes_[list].clear();
    const auto& [key, nodes] = index_.lists[list];
    const Fact* fact = facts.find(key);
    if (fact == nullptr) continue;
    for (const auto& code : fact->codes) classes_[list].push_back(nodes.class_of(code.text()));
  }
  for (const auto& table : index_.codes) {
    const Fact* fact = facts.find(table.key);
    const auto& classes = classes_[table.list];
    if (fact == nullptr || classes.empty()) {
      add_state(nullptr, table.free, nullptr, nullptr);
      continue;
    }
    const auto& first = table.passing[classes.front()];
    const std::uint64_t* certain = index_.rows[first.yes];
    const std::uint64_t* possible = index_.rows[first.possible];
    if (classes.size() > 1 || fact->codes_open) {
      if (!table.members.empty()) {
        patch(table.members, *fact, certain, possible);
      } else {
        const bool any = info(table.key).several == SeveralCodes::any;
        std::uint64_t* yes = scratch_row();
        std::uint64_t* maybe = scratch_row();
        std::copy_n(certain, index_.rows.words(), yes);
        std::copy_n(possible, index_.rows.words(), maybe);
        for (const std::uint32_t one : std::span(classes).subspan(1)) {
          const std::uint64_t* more = index_.rows[table.passing[one].yes];
          const std::uint64_t* more_possible = index_.rows[table.passing[one].possible];
          for (std::size_t i = 0; i < index_.rows.words(); ++i) {
            yes[i] = any ? yes[i] | more[i] : yes[i] & more[i];
            maybe[i] |= more_possible[i];
          }
        }
        certain = yes;
        possible = maybe;
        if (fact->codes_open) {  // the words that the list does not know could match anything
          possible = index_.rows[kEverybody];
          if (!any) certain = index_.rows[table.free];
        }
      }
    }
    add_state(fact, table.free, certain, possible);
  }
}

const Judgement& Query::judged(std::uint32_t loose, const detail::FactTable& facts) {
  if (judged_in_[loose] != epoch_) {
    judged_in_[loose] = epoch_;
    judgements_[loose] = detail::judge(*index_.loose[loose].rule, facts);
  }
  return judgements_[loose];
}

void Query::judge_loose_musts(const detail::FactTable& facts) {
  const std::uint64_t* loose = index_.rows[index_.with_loose_musts];
  for (std::size_t w = 0; w < index_.rows.words(); ++w) {
    std::uint64_t& permitted = words_of(permitted_)[w];
    std::uint64_t& undecided = words_of(undecided_)[w];
    for (std::uint64_t left = (permitted | undecided) & loose[w]; left != 0; left &= left - 1) {
      const std::uint64_t bit = left & (~left + 1);
      const ProductRecord& record = index_.records[w * 64 + static_cast<std::size_t>(std::countr_zero(left))];
      bool fails = false, open = false;
      for (std::uint32_t i = 0; i < record.musts && !fails; ++i) {
        const std::uint32_t id = index_.own_rules[record.rules + i];
        const Outcome outcome = judged(id, facts).outcome;
        fails = outcome == Outcome::fail;
        open |= outcome == Outcome::undecided ||
                (outcome == Outcome::not_tested && index_.loose[id].rule->fails_closed);
      }
      if (!fails && !open) continue;
      const bool was_permitted = (permitted & bit) != 0;
      if (was_permitted) {
        permitted &= ~bit;
        --ranking_.permitted;
        if (!fails) {
          undecided |= bit;
          ++ranking_.undecided;
        }
      } else if (fails) {
        undecided &= ~bit;
        --ranking_.undecided;
      }
    }
  }
}

// ---- points

void Query::read_points(const Project& project, const detail::FactTable& facts) {
  need_ = detail::scored_value(facts.find(FactKey::financing_need));
  log_need_ = detail::log_or_zero(need_);
  tenor_ = detail::scored_value(facts.find(FactKey::tenor));
  log_tenor_ = detail::log_or_zero(tenor_);
  const Fact* collateral = facts.find(FactKey::collateral_value);
  has_collateral_ =
      collateral != nullptr && collateral->range.has_min() && collateral->range.min > 0 && need_ > 0;
  collateral_ = has_collateral_ ? collateral->range.min : 0;

  measure_fact_ = facts.find(FactKey::measure);
  measures_ = 0;
  if (measure_fact_ != nullptr && !index_.many_measures) {
    for (const auto& code : measure_fact_->codes) {
      const auto at = std::find(index_.measure_codes.begin(), index_.measure_codes.end(), code.text());
      if (at != index_.measure_codes.end())
        measures_ |= std::uint64_t{1} << (at - index_.measure_codes.begin());
    }
  }

  // One row for all codes of the project: they count by the best of them.
  const std::uint64_t* nobody = index_.rows[kNobody];
  const auto united = [&](std::uint8_t list, const auto& row_of) {
    const std::uint64_t* out = nobody;
    std::uint64_t* several = nullptr;
    for (const std::uint32_t one : classes_[list]) {
      const RowId id = row_of(one);
      if (id == kNobody) continue;
      const std::uint64_t* row = index_.rows[id];
      if (out == nobody) {
        out = row;
        continue;
      }
      if (several == nullptr) {
        several = scratch_row();
        std::copy_n(out, index_.rows.words(), several);
        out = several;
      }
      for (std::size_t i = 0; i < index_.rows.words(); ++i) several[i] |= row[i];
    }
    return out;
  };
  places_ = {united(index_.region_list, [&](std::uint32_t c) { return index_.places[c].county; }),
             united(index_.region_list, [&](std::uint32_t c) { return index_.places[c].city; }),
             united(index_.region_list, [&](std::uint32_t c) { return index_.places[c].province; }),
             united(index_.region_list, [&](std::uint32_t c) { return index_.places[c].other; })};
  trades_ = {united(index_.industry_list, [&](std::uint32_t c) { return index_.trades[c].section; }),
             united(index_.industry_list, [&](std::uint32_t c) { return index_.trades[c].division; }),
             united(index_.industry_list, [&](std::uint32_t c) { return index_.trades[c].group; }),
             united(index_.industry_list, [&](std::uint32_t c) { return index_.trades[c].trade; })};
  borrowers_ = {index_.rows[index_.open_to_all],
                united(index_.borrower_list, [&](std::uint32_t c) { return index_.borrowers[c].named; }),
                united(index_.borrower_list, [&](std::uint32_t c) { return index_.borrowers[c].inside; })};

  // Points by the bits of a candidate in these rows, so that no branch hangs on them.
  const bool has_region = facts.find(FactKey::region) != nullptr;
  open_place_points_ = has_region ? weight(Criterion::locality) * 100'000 : 0;
  for (std::size_t bits = 0; bits < place_points_.size(); ++bits) {
    place_points_[bits] = weight(Criterion::locality) * ((bits & 1U) != 0   ? kOneMillion
                                                         : (bits & 2U) != 0 ? 800'000
                                                         : (bits & 4U) != 0 ? 500'000
                                                         : (bits & 8U) != 0 ? 300'000
                                                                            : 0);
  }
  for (std::size_t bits = 0; bits < borrower_points_.size(); ++bits) {
    borrower_points_[bits] = weight(Criterion::borrower_fit) * ((bits & 1U) != 0   ? 300'000
                                                                : (bits & 2U) != 0 ? kOneMillion
                                                                : (bits & 4U) != 0 ? 700'000
                                                                                   : 0);
  }
  const auto most = [&](const std::uint64_t* row, std::int64_t value) {
    return row == nobody ? std::int64_t{0} : value;
  };
  most_further_ =
      weight(Criterion::industry_affinity) *
          std::max({most(trades_[3], kOneMillion), most(trades_[2], 900'000), most(trades_[1], 700'000),
                    most(trades_[0], 400'000)}) +
      weight(Criterion::borrower_fit) *
          std::max({most(borrowers_[1], kOneMillion), most(borrowers_[2], 700'000), std::int64_t{300'000}}) +
      weight(Criterion::locality) * std::max({most(places_[0], kOneMillion), most(places_[1], 800'000),
                                              most(places_[2], 500'000), std::int64_t{300'000}}) +
      (weight(Criterion::preference) + weight(Criterion::no_caution) + weight(Criterion::readiness) +
       weight(Criterion::plausibility)) *
          kOneMillion;
  if (weight(Criterion::text_affinity) == 0) return;
  const auto see = [&](std::uint32_t pair) {
    const auto id = index_.pair_id(pair);
    if (!id) return;
    std::uint64_t& word = pairs_[*id / 64];
    if (word == 0) pair_words_.push_back(*id / 64);
    word |= std::uint64_t{1} << (*id % 64);
  };
  detail::for_each_character_pair(project.name, see);
  for (const auto field : {"content", "industry", "category"})
    detail::for_each_character_pair(project.text(field), see);
  if (!pair_words_.empty()) most_further_ += weight(Criterion::text_affinity) * kOneMillion;
}

Query::Standing Query::standing(std::uint32_t n, const detail::FactTable& facts, bool permitted) {
  const ProductRecord& record = index_.records[n];
  const GateReading& gate = gates_->readings[record.instrument];
  Standing out;
  out.open = gate.open;
  out.cautions = gate.cautions;
  out.shoulds = gate.shoulds;
  out.shoulds_held = gate.shoulds_held;
  out.prefers = gate.prefers;
  out.prefers_held = gate.prefers_held;
  for (const State& state : soft_) {
    const bool passes = has_bit(state.certain, n);
    if (!passes && !permitted) {
      ++out.open;
      ++out.unready;
    }
    if (state.plausible == nullptr) continue;
    if (!has_bit(state.plausible, n)) ++out.implausible;
    if (passes && !has_bit(state.free, n)) ++out.cautions;
  }
  const std::uint32_t* rule = index_.own_rules.data() + record.rules;
  for (std::uint32_t i = 0; i < record.musts; ++i, ++rule) {
    const Judgement& judgement = judged(*rule, facts);
    const bool passes = judgement.outcome == Outcome::pass;
    const bool open = judgement.outcome == Outcome::undecided;
    if (open || (judgement.outcome == Outcome::not_tested && index_.loose[*rule].rule->fails_closed))
      ++out.open;
    if (!passes) ++out.unready;
    if (!passes && !(open && !judgement.on_inference)) ++out.implausible;
    if (passes && judgement.on_inference) ++out.cautions;
  }
  for (std::uint32_t i = 0; i < record.shoulds; ++i, ++rule) {
    const Outcome outcome = judged(*rule, facts).outcome;
    ++out.shoulds;
    if (outcome == Outcome::pass) ++out.shoulds_held;
    if (outcome == Outcome::fail) ++out.cautions;
  }
  for (std::uint32_t i = 0; i < record.prefers; ++i, ++rule) {
    ++out.prefers;
    if (judged(*rule, facts).outcome == Outcome::pass) ++out.prefers_held;
  }
  return out;
}

std::int64_t Query::cover(std::uint16_t ceiling) {
  if (covered_in_[ceiling] != epoch_) {
    covered_in_[ceiling] = epoch_;
    const auto share = static_cast<detail::Wide>(collateral_) *
                       static_cast<std::uint64_t>(index_.ceilings[ceiling]) /
                       static_cast<std::uint64_t>(need_);
    covers_[ceiling] =
        share > static_cast<detail::Wide>(kOneMillion) ? kOneMillion : static_cast<std::int64_t>(share);
  }
  return covers_[ceiling];
}

/// The points of a candidate that need no row: what it brings by itself, amount, tenor, cover, policy.
std::int64_t Query::first_points(std::uint32_t n) {
  const ProductRecord& record = index_.records[n];
  std::int64_t total = record.fixed_points;
  total += weight(Criterion::amount_fit) * detail::log_closeness(need_, record.amount_max, log_need_,
                                                                 record.log_amount, detail::kFourPowersOfTen);
  total += weight(Criterion::tenor_fit) * detail::log_closeness(tenor_, record.tenor_max, log_tenor_,
                                                                record.log_tenor, detail::kSixDoublings);
  if (weight(Criterion::security_cover) != 0) {
    total += weight(Criterion::security_cover) *
             (has_collateral_ ? cover(record.ceiling) : record.guarantee_cover * std::int64_t{100'000});
  }
  if (index_.many_measures) {
    PreparedProject only;
    if (measure_fact_ != nullptr) only.facts.set(*measure_fact_);
    total += weight(Criterion::policy_affinity) *
             measure(Criterion::policy_affinity, only, *catalogue_, ProductRow{n});
  } else {
    total += weight(Criterion::policy_affinity) *
             ((record.measures & measures_) != 0                                 ? kOneMillion
              : (index_.instrument_measures[record.instrument] & measures_) != 0 ? 600'000
                                                                                 : 0);
  }
  return total;
}

/// All points of a candidate with its first ones, or less than `least` when they cannot reach it.
std::int64_t Query::points(std::uint32_t n, std::int64_t total, const Standing& standing,
                           std::int64_t least) {
  const ProductRecord& record = index_.records[n];
  const auto share = [](std::uint32_t held, std::uint32_t of, std::int64_t none) {
    return of == 0 ? none : held == of ? kOneMillion : held * kOneMillion / of;
  };
  // A shared trade is inside a shared group, that inside a division: 0.4, 0.7, 0.9, 1.
  total += weight(Criterion::industry_affinity) * 100'000 *
           static_cast<std::int64_t>(4 * bit_of(trades_[0], n) + 3 * bit_of(trades_[1], n) +
                                     2 * bit_of(trades_[2], n) + bit_of(trades_[3], n));
  total += borrower_points_[bit_of(borrowers_[0], n) | bit_of(borrowers_[1], n) << 1U |
                            bit_of(borrowers_[2], n) << 2U];
  total += std::max(place_points_[bit_of(places_[0], n) | bit_of(places_[1], n) << 1U |
                                  bit_of(places_[2], n) << 2U | bit_of(places_[3], n) << 3U],
                    open_place_points_ * record.open_locality);
  total += weight(Criterion::preference) * share(standing.prefers_held, standing.prefers, 0);
  total += weight(Criterion::no_caution) * share(standing.shoulds_held, standing.shoulds, kOneMillion);
  const std::uint32_t terms = record.must_terms;
  total += weight(Criterion::readiness) * share(terms - standing.unready, terms, kOneMillion);
  total += weight(Criterion::plausibility) * share(terms - standing.implausible, terms, kOneMillion);
  const std::int64_t text = weight(Criterion::text_affinity);
  if (text == 0 || record.pair_count == 0 || pair_words_.empty()) return total;
  if (total + text * kOneMillion < least) return total;
  std::int64_t shared = 0;
  for (std::uint32_t i = 0; i < record.pair_count; ++i) {
    const std::uint32_t id = index_.pair_ids[record.pairs + i];
    shared += static_cast<std::int64_t>(pairs_[id / 64] >> (id % 64) & 1U);
  }
  return total + text * (shared * kOneMillion / record.pair_count);
}

void Query::rank(const std::uint64_t* candidates, std::size_t k, bool permitted,
                 const detail::FactTable& facts, std::vector<Ranked>& out) {
  const auto before = [](const Ranked& a, const Ranked& b) { return ranks_before(a.candidate, b.candidate); };
  // A heap, the worst on top, once it holds k.
  for_each_bit(candidates, index_.rows.words(), [&](std::uint32_t n) {
    const bool full = out.size() == k;
    const std::int64_t least = full ? out.front().candidate.points : 0;
    const std::int64_t first = first_points(n);
    if (first + most_further_ < least) return;
    const Standing stands = standing(n, facts, permitted);
    const Ranked ranked{{points(n, first, stands, least), n, static_cast<std::uint16_t>(stands.open)},
                        static_cast<std::uint16_t>(stands.cautions)};
    if (full) {
      if (!before(ranked, out.front())) return;
      std::pop_heap(out.begin(), out.end(), before);
      out.back() = ranked;
      std::push_heap(out.begin(), out.end(), before);
      return;
    }
    out.push_back(ranked);
    if (out.size() == k) std::make_heap(out.begin(), out.end(), before);
  });
  std::sort(out.begin(), out.end(), before);
}

}  // namespace huoshui::engine
