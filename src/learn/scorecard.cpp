#include <algorithm>
#include <huoshui/eligibility/screen.hpp>
#include <huoshui/learn/scorecard.hpp>
#include <huoshui/score/score.hpp>
#include <map>
#include <set>

namespace huoshui {
namespace {

constexpr std::size_t kCountyDigits = 6;

Issue faulty(IssueCode code, const PairOutcome& outcome, std::string expected, const std::string& why) {
  return Issue{.code = code,
               .place = {},
               .column = "outcomes",
               .found = outcome.project_id + " × " + outcome.product_id,
               .expected = std::move(expected),
               .message = "对接结果“" + outcome.project_id + " × " + outcome.product_id + "”：" + why};
}

/// Return the counties that a project lies in; one empty code when none is known.
std::set<std::string> counties_of(const Project& project) {
  std::set<std::string> out;
  if (const Fact* region = project.facts.find(FactKey::region)) {
    for (const auto& code : region->codes) {
      if (code.text().size() >= kCountyDigits) out.insert(code.text().substr(0, kCountyDigits));
    }
  }
  if (out.empty()) out.insert("");
  return out;
}

struct Pair {
  const Project* project = nullptr;
  ProductRow row{};
  Response response = Response::refused;
};

/// Find the pairs of the outcomes, each once, in the order of their ids.
Result<std::map<std::pair<std::string, std::string>, Pair>> pairs_of(std::span<const Project> projects,
                                                                     const Catalogue& catalogue,
                                                                     std::span<const PairOutcome> outcomes) {
  std::map<std::string_view, const Project*> by_id;
  for (const auto& project : projects) by_id.emplace(project.id, &project);
  std::map<std::pair<std::string, std::string>, Pair> pairs;
  std::vector<Issue> issues;
  for (const auto& outcome : outcomes) {
    const auto project = by_id.find(outcome.project_id);
    const auto row = catalogue.find(outcome.product_id);
    if (project == by_id.end()) {
      issues.push_back(
          faulty(IssueCode::unknown_word, outcome, "the id of a project of the list", "清单中没有这个项目"));
    } else if (!row) {
      issues.push_back(faulty(IssueCode::unknown_word, outcome, "the id of a product of the catalogue",
                              "产品手册中没有这项产品"));
    } else if (project->second->is_collection) {
      issues.push_back(
          faulty(IssueCode::collection_row, outcome, "one project", "这一行是多个项目的集合，从不对接"));
    } else {
      const auto [entry, is_new] = pairs.try_emplace({outcome.project_id, outcome.product_id},
                                                     Pair{project->second, *row, outcome.response});
      if (!is_new && entry->second.response != outcome.response)
        issues.push_back(faulty(IssueCode::contradictory_terms, outcome, "one response for a pair",
                                "同一对既有成交又有未成交，请只留一个"));
    }
  }
  if (!issues.empty()) return issues;
  return pairs;
}

}  // namespace

Result<LearnedScorecard> learn_scorecard(std::span<const Project> projects, const Catalogue& catalogue,
                                         std::span<const PairOutcome> outcomes, const LearnOptions& options) {
  const auto pairs = pairs_of(projects, catalogue, outcomes);
  if (!pairs) return pairs.errors();

  std::map<std::pair<std::string, std::string>, OutcomeSlice> slices;
  const auto slice = [&](const char* kind, const std::string& key) -> OutcomeSlice& {
    return slices.try_emplace({kind, key}, OutcomeSlice{.kind = kind, .key = key}).first->second;
  };
  for (const auto& product : catalogue.products())
    slice("instrument", std::string(to_string(product.instrument)));
  for (const auto& project : projects) {
    if (project.is_collection) continue;
    for (const auto& county : counties_of(project)) slice("county", county);
  }

  std::vector<MeasuredPair> measured;
  std::size_t refused_by_rules = 0;
  const Project* last = nullptr;
  std::uint32_t group = 0;
  PreparedProject prepared;
  for (const auto& [ids, pair] : *pairs) {
    const auto count = [&](OutcomeSlice& into) {
      ++(pair.response == Response::accepted ? into.accepted : into.refused);
    };
    count(slice("instrument", std::string(to_string(catalogue.product(pair.row).instrument))));
    for (const auto& county : counties_of(*pair.project)) count(slice("county", county));
    if (pair.project != last) {
      prepared = prepare(*pair.project, catalogue);
      last = pair.project;
      ++group;
    }
    if (screen(prepared, catalogue, pair.row).verdict == Verdict::refused) {
      ++refused_by_rules;
      continue;
    }
    MeasuredPair& row = measured.emplace_back(MeasuredPair{.group = group, .response = pair.response});
    for (const auto& entry : criterion_infos())
      row.shares[static_cast<std::size_t>(entry.criterion)] =
          measure(entry.criterion, prepared, catalogue, pair.row);
  }

  const auto weights = learn_weights(measured, options);
  if (!weights) return weights.errors();
  std::array<int, kCriterionCount> whole{};
  for (std::size_t c = 0; c < kCriterionCount; ++c) whole[c] = weights->criteria[c].weight;
  auto card = Scorecard::make(options.id, options.name_zh, whole);
  if (!card) return card.errors();
  LearnedScorecard out{.card = std::move(card).value(), .weights = *weights};
  out.refused_by_rules = refused_by_rules;
  for (auto& [key, entry] : slices) out.slices.push_back(std::move(entry));
  return out;
}

}  // namespace huoshui
