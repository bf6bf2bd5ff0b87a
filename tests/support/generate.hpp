// Seeded random projects and products over a small world, small enough to fill every blank in every way.
#pragma once

#include <builders.hpp>
#include <optional>
#include <random>

namespace huoshui::testing {

/// What a fact may be in the small world; every entry is fully known.
inline std::vector<Fact> choices(FactKey key) {
  std::vector<Fact> out;
  switch (key) {
    case FactKey::financing_need:
      for (const std::int64_t wan : {50, 100, 101, 300})
        out.push_back(number_fact(key, Interval::exactly(wan * kFenPerWan)));
      break;
    case FactKey::total_investment:
      for (const std::int64_t wan : {400, 1000})
        out.push_back(number_fact(key, Interval::exactly(wan * kFenPerWan)));
      break;
    case FactKey::own_capital:
      for (const std::int64_t wan : {79, 80, 200})
        out.push_back(number_fact(key, Interval::exactly(wan * kFenPerWan)));
      break;
    case FactKey::tenor:
      for (const std::int64_t months : {12, 36, 37, 61})
        out.push_back(number_fact(key, Interval::exactly(months)));
      break;
    case FactKey::region:
      for (const auto code : {"441602", "441621", "441625", "440103"}) out.push_back(code_fact(key, {code}));
      break;
    case FactKey::industry:
      for (const auto code : {"A0164", "A0311", "D4610"}) out.push_back(code_fact(key, {code}));
      break;
    case FactKey::borrower:
      for (const auto code : {"farm_household", "cooperative", "enterprise", "platform_company"})
        out.push_back(code_fact(key, {code}));
      break;
    case FactKey::security:
      for (const auto code : {"credit", "real_estate", "guarantee"}) out.push_back(code_fact(key, {code}));
      break;
    default:
      for (const int truth : {0, 1}) out.push_back(number_fact(key, Interval::exactly(truth)));
  }
  return out;
}

// The facts of the small world. Left out: the marks of public debt (hidden_debt, government_letter …). A
// private borrower is taken to carry none unless the list says so (docs/laws.md), so filling one in as true
// is a new finding.
inline constexpr FactKey kWorld[] = {FactKey::financing_need,
                                     FactKey::tenor,
                                     FactKey::region,
                                     FactKey::industry,
                                     FactKey::borrower,
                                     FactKey::security,
                                     FactKey::insured,
                                     FactKey::total_investment,
                                     FactKey::own_capital,
                                     FactKey::long_cash_cycle,
                                     FactKey::high_level_approval,
                                     FactKey::cashflow_covers_debt};

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <typename T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }

  /// What a project's words speak for: spread over all instruments, or sure of one of them, or nothing.
  std::optional<Affinity> affinity() {
    if (chance(30)) return std::nullopt;
    Affinity out;
    std::uint32_t left = 1'000'000;
    while (left > 0) {
      const auto some = static_cast<std::uint32_t>(1 + below(left));
      out.millionths[below(kInstrumentCount)] += some;
      left -= some;
    }
    return out;
  }

  /// A project with about `blank` percent of its facts missing, some known as a range or a wider place only.
  Project project(std::string id, int blank) {
    Project out = a_project(std::move(id));
    out.affinity = affinity();
    for (const FactKey key : kWorld) {
      if (chance(blank)) continue;
      Fact fact = pick(choices(key));
      if (key == FactKey::financing_need && chance(25))
        fact.range = Interval::between(50 * kFenPerWan, 101 * kFenPerWan);
      if (key == FactKey::region && chance(25)) fact.codes = {Code("4416")};
      if (chance(15)) fact.origin = Origin::inferred;
      out.facts.set(fact);
    }
    return out;
  }

  Condition condition(int depth) {
    if (depth > 0 && chance(50)) {
      std::vector<Condition> parts{condition(depth - 1), condition(depth - 1)};
      const auto kind = below(3);
      if (kind == 0) return Condition::all_of(std::move(parts));
      if (kind == 1) return Condition::any_of(std::move(parts));
      return Condition::negation_of(std::move(parts.front()));
    }
    switch (below(6)) {
      case 0:
        return Condition::at_most(FactKey::financing_need,
                                  static_cast<std::int64_t>(100 + below(2)) * kFenPerWan);
      case 1:
        return Condition::compare_with(FactKey::tenor, Comparison::less, 37);
      case 2:
        return Condition::is_true(FactKey::insured);
      case 3:
        return Condition::member_of(FactKey::security, words({"credit", "guarantee"}, chance(20)));
      case 4:
        return Condition::member_of(FactKey::region, prefixes({chance(50) ? "441625" : "4416"}));
      default:
        return Condition::compare_facts(FactKey::financing_need, Comparison::at_most, FactKey::own_capital);
    }
  }

  Product product(std::string id) {
    ProductBuilder out(std::move(id));
    const std::vector<Instrument> instruments{Instrument::agricultural_insurance,
                                              Instrument::working_capital_loan,
                                              Instrument::infrastructure_loan, Instrument::village_credit};
    out.as(pick(instruments));
    if (chance(50)) out.for_region({chance(50) ? "441625" : "4416"}, chance(15));
    if (chance(40)) out.for_trades({chance(50) ? "A01" : "D"}, chance(15));
    if (chance(40)) out.for_borrowers({chance(50) ? "farm_household" : "enterprise"}, chance(15));
    if (chance(40)) out.resting_on({chance(50) ? "credit" : "real_estate"});
    if (chance(50)) out.up_to(chance(50) ? 100 : 300);
    if (chance(50)) out.at_most_months(chance(50) ? 36 : 60);
    if (chance(50)) out.rate(static_cast<std::int64_t>(20'000 + below(50'000)));
    const std::vector<Strength> strengths{Strength::must, Strength::should, Strength::prefer};
    for (std::size_t i = below(3); i > 0; --i) out.asking(pick(strengths), condition(2));
    return out;
  }

  std::vector<Product> products(std::size_t count) {
    std::vector<Product> out;
    for (std::size_t i = 0; i < count; ++i) {
      Product next = product("X" + std::to_string(100 + i));
      // A random set of conditions may contradict itself; such a product never enters a catalogue.
      if (Catalogue::compile({next}, policy_on("2024-08-01"), Scorecard::standard()))
        out.push_back(std::move(next));
    }
    return out;
  }

  std::vector<Project> projects(std::size_t count, int blank) {
    std::vector<Project> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(project("P" + std::to_string(1000 + i), blank));
    return out;
  }

  std::mt19937& random() { return random_; }

 private:
  std::mt19937 random_;
};

}  // namespace huoshui::testing
