#include <benchmark/benchmark.h>

#include <algorithm>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/policy/derive.hpp>
#include <huoshui/policy/gates.hpp>
#include <huoshui/read/csv.hpp>

#include "eligibility/detail/evaluate.hpp"
#include "policy/detail/derivation.hpp"
#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

enum List : std::int64_t { workload, sample };  // of W(2000, 0), or the bundled list

std::vector<Project> list_of(List list, int unknown) {
  if (list == workload) return make_workload({.projects = 2'000, .products = 0, .unknown = unknown}).projects;
  const Table table = parse_csv(bundled_sample_projects(), "sample.csv").value();
  return read_projects(table, Dictionaries::bundled()).value().value.projects;
}

Policy policy() { return PolicyPack::bundled().at(parse_date("2024-08-01").value()).value(); }

bool same(const Fact* worded, const Fact* bare) {
  if (worded == nullptr || bare == nullptr) return worded == bare;
  return worded->range == bare->range && worded->codes == bare->codes && worded->origin == bare->origin;
}

void DeriveValues(benchmark::State& state) {
  const auto projects = list_of(List{state.range(0)}, static_cast<int>(state.range(1)));
  const Policy rules = policy();
  policy_detail::DerivationMemory memory;
  detail::FactTable table;
  std::vector<Fact> derived;
  for (const auto& project : projects) {
    policy_detail::derive_values(project.facts, rules, memory, table, derived);
    Facts facts = project.facts;
    for (auto& fact : derive_facts(facts, rules)) facts.offer(std::move(fact));
    for (const auto& entry : fact_infos()) {
      if (same(facts.find(entry.key), table.find(entry.key))) continue;
      state.SkipWithError("the values differ from the derived facts");
      return;
    }
  }
  for (auto _ : state) {
    for (const auto& project : projects) {
      policy_detail::derive_values(project.facts, rules, memory, table, derived);
      benchmark::DoNotOptimize(table.find(FactKey::inclusive_loan));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(projects.size()));
}
BENCHMARK(DeriveValues)
    ->ArgNames({"list", "unknown"})
    ->Args({workload, 0})
    ->Args({workload, 20})
    ->Args({sample, 0});

/// What the gates ask of a project, each once.
struct Asked {
  std::vector<Rule> rules;
  std::vector<const Condition*> atoms;  // into the rules

  void collect(const Condition& c) {
    if (c.kind == Condition::Kind::compare || c.kind == Condition::Kind::member) {
      const bool seen = std::any_of(atoms.begin(), atoms.end(), [&](auto* atom) { return *atom == c; });
      if (!seen) atoms.push_back(&c);
    }
    for (const auto& part : c.parts) collect(part);
  }
  explicit Asked(const Policy& policy) {
    for (std::size_t i = 0; i < kInstrumentCount; ++i) {
      for (auto& rule : gates_for(static_cast<Instrument>(i), policy)) {
        const bool seen =
            std::any_of(rules.begin(), rules.end(), [&](const Rule& known) { return known.id == rule.id; });
        if (!seen && !rule.not_in_force) rules.push_back(std::move(rule));
      }
    }
    for (const auto& rule : rules) collect(rule.condition);
  }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;
};

/// Derived facts and tables of the first projects, few enough to stay in the cache as in a query.
struct Tables {
  std::vector<Project> projects;
  std::vector<std::vector<Fact>> derived;
  std::vector<detail::FactTable> tables;

  explicit Tables(const Policy& rules) : projects(list_of(workload, 20)) {
    projects.resize(64);
    derived.resize(projects.size());
    tables.resize(projects.size());
    policy_detail::DerivationMemory memory;
    for (std::size_t i = 0; i < projects.size(); ++i)
      policy_detail::derive_values(projects[i].facts, rules, memory, tables[i], derived[i]);
  }
};

void EvaluateAtoms(benchmark::State& state) {
  const Policy rules = policy();
  const Asked asked(rules);
  const Tables made(rules);
  for (auto _ : state) {
    for (const auto& table : made.tables) {
      for (const Condition* atom : asked.atoms)
        benchmark::DoNotOptimize(detail::evaluate_atom(*atom, table, Inferences::count));
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(made.tables.size() * asked.atoms.size()));
  state.counters["atoms"] = static_cast<double>(asked.atoms.size());
}
BENCHMARK(EvaluateAtoms);

/// Terms of products as the engine meets them: lists of codes, in prefix form and not.
void EvaluateMembers(benchmark::State& state) {
  const Policy rules = policy();
  const Tables made(rules);
  const auto products = make_workload({.projects = 0, .products = 200}).products;
  std::vector<Condition> atoms;
  const auto add = [&](FactKey key, const CodeTerm& term) {
    if (!term.stated()) return;
    Condition atom;
    atom.kind = Condition::Kind::member;
    atom.key = key;
    atom.codes = term.test;
    atoms.push_back(std::move(atom));
  };
  for (const auto& product : products) {
    add(FactKey::region, product.regions);
    add(FactKey::industry, product.industries);
    add(FactKey::borrower, product.borrowers);
    add(FactKey::security, product.securities);
  }
  for (auto _ : state) {
    for (const auto& table : made.tables) {
      for (const auto& atom : atoms)
        benchmark::DoNotOptimize(detail::evaluate_atom(atom, table, Inferences::count));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(made.tables.size() * atoms.size()));
}
BENCHMARK(EvaluateMembers);

void JudgeRules(benchmark::State& state) {
  const Policy rules = policy();
  const Asked asked(rules);
  const Tables made(rules);
  for (auto _ : state) {
    for (const auto& table : made.tables) {
      for (const auto& rule : asked.rules) benchmark::DoNotOptimize(detail::judge(rule, table));
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(made.tables.size() * asked.rules.size()));
  state.counters["rules"] = static_cast<double>(asked.rules.size());
}
BENCHMARK(JudgeRules);

}  // namespace
}  // namespace huoshui::bench
