// The reader's way through gates and loose rules.
#include <bit>

#include "eligibility/detail/evaluate.hpp"
#include "engine/detail/loose.hpp"
#include "engine/detail/reader.hpp"

namespace huoshui::engine {
namespace {

std::uint64_t* words_of(std::vector<Block>& blocks) { return blocks.data()->words; }

}  // namespace

std::size_t Reader::HashKey::operator()(const Key& key) const {
  std::uint64_t hash = key.size() * 0x9E3779B97F4A7C15U;
  for (const std::uint64_t word : key) hash = (std::rotl(hash, 23) ^ word) * 0x9FB21C651E98DF25U;
  return hash ^ hash >> 32;
}

/// The answers to the gates' atoms are the key.
const GateReading& Reader::read_gates() {
  key_.assign(1 + index_.gate_atoms.size() / 16, 0);
  std::size_t at = 0;
  for (const Condition* atom : index_.gate_atoms) {
    const std::size_t place = at++;
    const detail::Reading reading = detail::read_atom(*atom, *facts_);
    const auto answer = [](Truth truth) { return truth == Truth::yes ? 2U : truth == Truth::no ? 1U : 0U; };
    key_[place / 16] |= std::uint64_t{answer(reading.counted) << 2 | answer(reading.certain)}
                        << (place % 16 * 4);
  }
  const auto known = gates_.find(key_);
  if (known != gates_.end()) return *known->second;
  const Key key = key_;
  const GateReading* reading = fresh_gates();
  gates_.emplace(key, reading);
  return *reading;
}

/// Many keys lead to the same reading; it is kept once.
const GateReading* Reader::fresh_gates() {
  std::vector<Judgement> judgements(index_.gate_rules.size());
  for (std::size_t i = 0; i < judgements.size(); ++i)
    judgements[i] = detail::judge(*index_.gate_rules[i], *facts_);
  auto fresh = std::make_unique<GateReading>();
  Key content;
  std::array<std::uint8_t, kInstrumentCount> failed{};  // two stand for more
  for (std::size_t instrument = 0; instrument < kInstrumentCount; ++instrument) {
    if (index_.of_instrument[instrument] == kNobody) continue;
    Standing& standing = fresh->standings[instrument];
    for (const std::uint32_t id : index_.gates[instrument]) {
      const Rule& rule = *index_.gate_rules[id];
      const auto [outcome, on_inference] = judgements[id];
      switch (rule.strength) {
        case Strength::must:
          if (outcome == Outcome::fail && failed[instrument] < 2) ++failed[instrument];
          if (outcome == Outcome::undecided || (outcome == Outcome::not_tested && rule.fails_closed))
            standing.missing += one_at(kOpenShift);
          if (outcome == Outcome::pass && on_inference) standing.missing += one_at(kCautionShift);
          break;
        case Strength::should:
          if (outcome == Outcome::fail) standing.missing += one_at(kCautionShift);
          if (rule.not_in_force) break;
          standing.kept += one_at(kShouldsShift);
          if (outcome == Outcome::pass) standing.kept += one_at(kShouldsHeldShift);
          break;
        case Strength::prefer:
          if (rule.not_in_force) break;
          standing.kept += one_at(kPrefersShift);
          if (outcome == Outcome::pass) standing.kept += one_at(kPrefersHeldShift);
          break;
      }
    }
    content.insert(content.end(), {failed[instrument], standing.missing, standing.kept});
  }
  for (std::size_t i = 0; i < kInstrumentCount; ++i) fresh->kept[i] = kept_rules(fresh->standings[i].kept);
  const auto [at, is_new] = gate_contents_.try_emplace(content);
  if (!is_new) return at->second.get();
  fresh->permitted.assign(index_.rows.blocks(), Block{});
  fresh->possible.assign(index_.rows.blocks(), Block{});
  fresh->single.assign(index_.rows.blocks(), Block{});
  for (std::size_t instrument = 0; instrument < kInstrumentCount; ++instrument) {
    const std::uint64_t* products = index_.rows[index_.of_instrument[instrument]];
    const auto add = [&](std::vector<Block>& to) {
      for (std::size_t i = 0; i < index_.rows.words(); ++i) words_of(to)[i] |= products[i];
    };
    if (failed[instrument] < 2) add(fresh->single);
    if (failed[instrument] == 0) add(fresh->possible);
    if (failed[instrument] == 0 && count_at(fresh->standings[instrument].missing, kOpenShift) == 0)
      add(fresh->permitted);
  }
  at->second = std::move(fresh);
  return at->second.get();
}

/// The outcomes are the key.
const LooseReading* Reader::read_loose() {
  key_.assign(1 + outcomes_.size() / 8, 0);
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    outcomes_[i] = packed(detail::judge(*index_.loose[i], false, *facts_));
    key_[i / 8] |= std::uint64_t{outcomes_[i]} << (i % 8 * 8);
  }
  auto& place = loose_[key_];
  if (place != nullptr) return place.get();
  auto fresh = std::make_unique<LooseReading>();
  fresh->outcomes = outcomes_;
  const auto judged = [&](std::uint32_t rule) { return unpacked(outcomes_[rule]); };
  for (const Profile& profile : index_.profiles) {
    const Standing standing = standing_of(index_, profile, judged);
    fresh->standings.push_back(standing);
    fresh->points.push_back(profile_points(standing));
    fresh->implausible |= count_at(standing.missing, kImplausibleShift) != 0;
  }
  if (index_.with_loose_musts != kNobody) {
    fresh->permitted.resize(index_.rows.blocks());
    fresh->possible.resize(index_.rows.blocks());
    fresh->single.resize(index_.rows.blocks());
    for (std::uint32_t p = 0; p < index_.products; ++p) {
      const Profile& profile = index_.profiles[index_.records[p].profile];
      const Verdict verdict = verdict_of(index_, profile, judged);
      if (verdict != Verdict::refused || failed_of(index_, profile, judged) < 2)
        set_bit(words_of(fresh->single), p);
      if (verdict != Verdict::refused) set_bit(words_of(fresh->possible), p);
      if (verdict == Verdict::permitted) set_bit(words_of(fresh->permitted), p);
    }
  }
  place = std::move(fresh);
  return place.get();
}

}  // namespace huoshui::engine
