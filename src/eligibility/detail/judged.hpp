// The rules of one pair judged once, so that who needs several answers from them reads the same judgements.
#pragma once

#include <huoshui/eligibility/screen.hpp>
#include <vector>

namespace huoshui::detail {

struct JudgedRule {
  const Rule* rule = nullptr;  // owned by the catalogue
  Judgement judgement;
};

/// Judge every rule of a pair, in the order of for_each_rule: terms, then gates.
[[nodiscard]] inline std::vector<JudgedRule> judge_all(const PreparedProject& project,
                                                       const Catalogue& catalogue, ProductRow row) {
  std::vector<JudgedRule> judged;
  judged.reserve(catalogue.terms(row).size() + catalogue.gates(row).size());
  for_each_rule(catalogue, row, [&](const Rule& rule) {
    judged.push_back({&rule, judge(rule, project.facts)});
  });
  return judged;
}

}  // namespace huoshui::detail
