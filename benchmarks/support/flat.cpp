#include "support/flat.hpp"

#include <algorithm>
#include <bit>
#include <huoshui/eligibility/screen.hpp>
#include <huoshui/score/score.hpp>
#include <limits>
#include <stdexcept>
#include <string>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

[[noreturn]] void not_flat(const std::string& what) {
  throw std::logic_error("the flat columns cannot hold " + what);
}

std::size_t place_of(const std::vector<std::string>& list, const std::string& entry) {
  const auto at = std::find(list.begin(), list.end(), entry);
  if (at == list.end()) not_flat("the entry " + entry);
  return static_cast<std::size_t>(at - list.begin());
}

/// log2 in 1/65536ths by repeated squaring, as docs/rooms/score.md defines it.
std::int32_t log2_65536(std::int64_t value) {
  __extension__ using Wide = unsigned __int128;
  const auto number = static_cast<std::uint64_t>(value);
  std::int32_t out = 63 - std::countl_zero(number);
  std::uint64_t mantissa = number << (63 - out) >> 31;
  for (int bit = 0; bit < 16; ++bit) {
    const auto squared = static_cast<std::uint64_t>(static_cast<Wide>(mantissa) * mantissa >> 32);
    const std::uint64_t carry = squared >> 33;
    mantissa = squared >> carry;
    out = out * 2 + static_cast<std::int32_t>(carry);
  }
  return out;
}

std::int32_t in_wan(std::int64_t fen) {
  if (fen % kFenPerWan != 0 || fen / kFenPerWan > std::numeric_limits<std::int32_t>::max()) not_flat("a sum");
  return static_cast<std::int32_t>(fen / kFenPerWan);
}

template <typename Bits>
Bits bits_of(const std::vector<std::string>& list, const std::vector<Code>& codes) {
  Bits out = 0;
  for (const auto& code : codes) {
    const auto at = std::find(list.begin(), list.end(), code.text());
    if (at != list.end()) out = static_cast<Bits>(out | 1U << (at - list.begin()));
  }
  return out;
}

Set128 covered(const std::vector<std::string>& list, const CodeTest& test) {
  if (list.size() > 128) not_flat("so many entries");
  Set128 out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Code code(list[i]);
    if (std::any_of(test.named.begin(), test.named.end(), [&](const Code& c) { return c.covers(code); }))
      out.add(i);
  }
  return out;
}

/// The character pairs that names of W can share: two digits of their running numbers. Fifty to a word, so
/// that no word is negative for tools that know signed numbers only.
const std::vector<std::uint32_t>& shared_pairs() {
  static const auto pairs = [] {
    std::vector<std::uint32_t> out;
    for (char a = '0'; a <= '9'; ++a) {
      for (char b = '0'; b <= '9'; ++b) out.push_back(character_pairs(std::string{a, b}).front());
    }
    return out;
  }();
  return pairs;
}

Set128 text_of(std::span<const std::uint32_t> pairs) {
  Set128 out;
  const auto& shared = shared_pairs();
  for (const std::uint32_t pair : pairs) {
    const auto at = std::find(shared.begin(), shared.end(), pair);
    const auto i = static_cast<std::size_t>(at - shared.begin());
    if (at != shared.end()) out.add(i / 50 * 64 + i % 50);
  }
  return out;
}

/// What one code criterion gives to every project that the product accepts; it must be the same for all.
std::int64_t shared_value(Criterion criterion, FactKey key, const std::vector<std::string>& list,
                          const Set128& accepted, const Catalogue& catalogue, ProductRow row) {
  std::int64_t value = -1;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!accepted.has(i)) continue;
    PreparedProject project;
    Fact fact;
    fact.key = key;
    fact.codes.emplace_back(list[i]);
    project.facts.set(std::move(fact));
    const std::int64_t found = measure(criterion, project, catalogue, row);
    if (value >= 0 && value != found) not_flat("a criterion that differs between accepted entries");
    value = found;
  }
  return std::max<std::int64_t>(value, 0);
}

void read_condition(const ProductCondition& stated, FlatProduct& out) {
  const Condition& c = stated.condition;
  const bool plain = c.kind == Condition::Kind::compare && !c.limit_key;
  const auto is = [&](Strength strength, FactKey key, Comparison comparison) {
    return plain && stated.strength == strength && c.key == key && c.comparison == comparison;
  };
  const auto limit = static_cast<std::int32_t>(c.limit);
  if (is(Strength::must, FactKey::years_in_operation, Comparison::at_least)) {
    out.years_min = std::max(out.years_min, limit);
  } else if (is(Strength::must, FactKey::debt_ratio, Comparison::at_most)) {
    out.debt_max = std::min(out.debt_max, limit);
  } else if (stated.strength == Strength::must && c == Condition::is_true(FactKey::good_credit)) {
    out.needs |= needs_good_credit;
  } else if (stated.strength == Strength::should && c == Condition::is_true(FactKey::insured)) {
    out.needs |= wants_insured;
    ++out.shoulds;
  } else if (stated.strength == Strength::prefer && c == Condition::is_true(FactKey::credit_file)) {
    out.needs |= likes_credit_file;
  } else if (stated.strength == Strength::must && c == security_tiers()) {
    out.needs |= needs_tier;
  } else {
    not_flat("the condition " + stated.text);
  }
}

FlatProduct flatten(const Catalogue& catalogue, ProductRow row, const Set128& regions,
                    const Set128& industries) {
  const Product& product = catalogue.product(row);
  const Vocabulary& words = vocabulary();
  FlatProduct out;
  out.amount_min = in_wan(product.amount.min);
  out.amount_top = in_wan(product.amount.max);
  out.amount_log = log2_65536(product.amount.max);
  out.tenor_max = static_cast<std::int32_t>(product.tenor.max);
  out.tenor_log = log2_65536(product.tenor.max);
  out.debt_max = std::numeric_limits<std::int32_t>::max();
  out.borrowers = bits_of<std::uint16_t>(words.borrowers, product.borrowers.test.inside);
  out.named_borrowers = bits_of<std::uint16_t>(words.borrowers, product.borrowers.test.named);
  out.securities = bits_of<std::uint16_t>(words.securities, product.securities.test.inside);
  out.measures = bits_of<std::uint16_t>(words.measures, product.measures);
  out.instrument = static_cast<std::uint8_t>(product.instrument);
  std::string measures(info(product.instrument).measures);
  for (std::size_t at = 0; at <= measures.size();) {
    const std::size_t end = std::min(measures.find(';', at), measures.size());
    out.instrument_measures = static_cast<std::uint16_t>(
        out.instrument_measures | bits_of<unsigned>(words.measures, {Code(measures.substr(at, end - at))}));
    at = end + 1;
  }
  for (const auto& condition : product.conditions) read_condition(condition, out);
  for (const auto& gate : catalogue.gates(row)) {
    if (gate.not_in_force) continue;
    if (gate.strength == Strength::prefer) not_flat("a gate of strength prefer");
    if (gate.strength == Strength::should) ++out.shoulds;
  }
  if (product.uses.stated() || product.tenor.has_min() || product.loan_to_value_max) not_flat("a term");
  out.text = text_of(catalogue.text_pairs(row));
  out.text_pairs = static_cast<std::uint8_t>(catalogue.text_pairs(row).size());

  // A permitted project meets every must term, so readiness and plausibility are whole; no project of W
  // states collateral, so cover rests on the product alone.
  std::int64_t fixed = 0;
  const auto add = [&](Criterion criterion, std::int64_t value) {
    fixed += catalogue.scorecard().weight(criterion) * value;
  };
  for (const auto criterion : {Criterion::cost, Criterion::security_cover, Criterion::light_security,
                               Criterion::speed, Criterion::completeness, Criterion::source_confidence})
    add(criterion, measure(criterion, PreparedProject{}, catalogue, row));
  add(Criterion::readiness, kOneMillion);
  add(Criterion::plausibility, kOneMillion);
  add(Criterion::locality,
      shared_value(Criterion::locality, FactKey::region, words.counties, regions, catalogue, row));
  add(Criterion::industry_affinity, shared_value(Criterion::industry_affinity, FactKey::industry,
                                                 words.trades, industries, catalogue, row));
  out.fixed_points = static_cast<std::int32_t>(fixed);
  return out;
}

std::size_t code_of(const Facts& facts, FactKey key, const std::vector<std::string>& list) {
  const Fact* fact = facts.find(key);
  if (fact == nullptr || fact->codes.size() != 1 || fact->codes_open) not_flat("an unknown or open code");
  return place_of(list, fact->codes.front().text());
}

std::int64_t number_of(const Facts& facts, FactKey key) {
  const Fact* fact = facts.find(key);
  if (fact == nullptr || !fact->range.is_point()) not_flat("an unknown number");
  return fact->range.min;
}

}  // namespace

FlatProducts flatten_products(const Catalogue& catalogue) {
  FlatProducts out;
  std::copy(catalogue.scorecard().weights().begin(), catalogue.scorecard().weights().end(),
            out.weights.begin());
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
    const ProductRow row{n};
    const Product& product = catalogue.product(row);
    out.regions.push_back(covered(vocabulary().counties, product.regions.test));
    out.industries.push_back(covered(vocabulary().trades, product.industries.test));
    out.rows.push_back(flatten(catalogue, row, out.regions.back(), out.industries.back()));
    if (out.rows.back().text_pairs >= 16 || out.rows.back().shoulds >= 16) not_flat("so many parts");
  }
  return out;
}

std::vector<FlatProject> flatten_projects(std::span<const Project> projects, const Catalogue& catalogue) {
  const Vocabulary& words = vocabulary();
  // One product of each instrument stands for its gates.
  std::array<std::span<const Rule>, kInstrumentCount> gates{};
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
    const auto instrument = static_cast<std::size_t>(catalogue.product(ProductRow{n}).instrument);
    gates[instrument] = catalogue.gates(ProductRow{n});
  }
  const Condition tiers = security_tiers();
  std::vector<FlatProject> out;
  out.reserve(projects.size());
  for (const auto& project : projects) {
    const PreparedProject prepared = prepare(project, catalogue);
    const Facts& facts = prepared.facts;
    FlatProject flat;
    flat.region = static_cast<std::uint8_t>(code_of(facts, FactKey::region, words.counties));
    flat.industry = static_cast<std::uint8_t>(code_of(facts, FactKey::industry, words.trades));
    flat.measure = static_cast<std::uint8_t>(code_of(facts, FactKey::measure, words.measures));
    flat.borrower = static_cast<std::uint8_t>(code_of(facts, FactKey::borrower, words.borrowers));
    flat.security = static_cast<std::uint8_t>(code_of(facts, FactKey::security, words.securities));
    flat.need = in_wan(number_of(facts, FactKey::financing_need));
    flat.need_log = log2_65536(number_of(facts, FactKey::financing_need));
    flat.tenor = static_cast<std::int32_t>(number_of(facts, FactKey::tenor));
    flat.tenor_log = log2_65536(flat.tenor);
    flat.years = static_cast<std::int32_t>(number_of(facts, FactKey::years_in_operation));
    flat.debt = static_cast<std::int32_t>(number_of(facts, FactKey::debt_ratio));
    if (number_of(facts, FactKey::good_credit) == 1) flat.has |= has_good_credit;
    if (number_of(facts, FactKey::insured) == 1) flat.has |= has_insured;
    if (number_of(facts, FactKey::credit_file) == 1) flat.has |= has_credit_file;
    if (evaluate(tiers, facts) == Truth::yes) flat.has |= fits_tier;
    if (facts.has(FactKey::collateral_value)) not_flat("collateral");
    flat.text = text_of(prepared.text_pairs);
    for (std::size_t i = 0; i < kInstrumentCount; ++i) {
      bool passes = true;
      unsigned held = 0;
      for (const auto& gate : gates[i]) {
        const Outcome outcome = judge(gate, facts).outcome;
        const bool holds = outcome == Outcome::pass || (outcome == Outcome::not_tested && !gate.fails_closed);
        if (gate.strength == Strength::must) passes &= holds;
        if (gate.strength == Strength::should && outcome == Outcome::pass) ++held;
      }
      if (held > 3) not_flat("so many should gates");
      flat.gates |= static_cast<std::uint64_t>(passes) << i;
      flat.held[0] |= static_cast<std::uint64_t>(held & 1U) << i;
      flat.held[1] |= static_cast<std::uint64_t>(held >> 1) << i;
    }
    out.push_back(flat);
  }
  return out;
}

bool FlatAnswer::equals(const Answer& answer, std::size_t at, std::size_t in_answer) const {
  const auto offers = answer.offers(in_answer);
  if (permitted[at] != answer.counts(in_answer).permitted) return false;
  for (std::size_t i = 0; i < kBest; ++i) {
    const std::uint64_t key = best[at][i];
    if (i >= offers.size()) {
      if (key != 0) return false;
      continue;
    }
    if (static_cast<std::int64_t>(key >> 32) != offers[i].points ||
        ~static_cast<std::uint32_t>(key) != static_cast<std::uint32_t>(offers[i].product))
      return false;
  }
  return true;
}

}  // namespace huoshui::bench
