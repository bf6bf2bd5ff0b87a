#include "explain/detail/judged.hpp"

namespace huoshui::detail {

std::vector<JudgedRule> judge_all(const PreparedProject& project, const Catalogue& catalogue,
                                  ProductRow row) {
  std::vector<JudgedRule> judged;
  judged.reserve(catalogue.terms(row).size() + catalogue.gates(row).size());
  for_each_rule(catalogue, row, [&](const Rule& rule) {
    judged.push_back({&rule, judge(rule, project.facts)});
  });
  return judged;
}

Screened screened_of(const PreparedProject& project, std::span<const JudgedRule> judged) {
  Screened out;
  if (project.project->is_collection) {
    out.verdict = Verdict::refused;
    return out;
  }
  for (const auto& [rule, judgement] : judged) {
    if (rule->strength == Strength::must) {
      if (judgement.outcome == Outcome::fail) ++out.failed;
      if (keeps_open(*rule, judgement.outcome)) ++out.open;
      if (judgement.outcome == Outcome::pass && judgement.on_inference) ++out.cautions;
    } else if (rule->strength == Strength::should && judgement.outcome == Outcome::fail) {
      ++out.cautions;
    }
  }
  out.verdict = out.failed != 0 ? Verdict::refused : out.open != 0 ? Verdict::undecided : Verdict::permitted;
  return out;
}

namespace {

/// Share of the counted rules that fit; `none` when nothing is counted.
template <typename Counts, typename Fits>
std::int64_t share(std::span<const JudgedRule> judged, std::int64_t none, const Counts& counts,
                   const Fits& fits) {
  std::int64_t rules = 0, fitting = 0;
  for (const auto& [rule, judgement] : judged) {
    if (!counts(*rule)) continue;
    ++rules;
    if (fits(judgement)) ++fitting;
  }
  return rules == 0 ? none : fitting * kOneMillion / rules;
}

}  // namespace

Points points_of(const PreparedProject& project, const Catalogue& catalogue, ProductRow row,
                 std::span<const JudgedRule> judged) {
  const auto terms = judged.first(catalogue.terms(row).size());
  const auto in_force = [](Strength strength) {
    return [strength](const Rule& rule) { return rule.strength == strength && !rule.not_in_force; };
  };
  const auto must = [](const Rule& rule) { return rule.strength == Strength::must; };
  const auto holds = [](const Judgement& j) { return j.outcome == Outcome::pass; };
  const auto may_hold = [](const Judgement& j) {
    return j.outcome == Outcome::pass || (j.outcome == Outcome::undecided && !j.on_inference);
  };
  Points points;
  for (const auto& entry : criterion_infos()) {
    const int weight = catalogue.scorecard().weight(entry.criterion);
    if (weight == 0) continue;
    std::int64_t value = 0;
    switch (entry.criterion) {
      case Criterion::preference:
        value = share(judged, 0, in_force(Strength::prefer), holds);
        break;
      case Criterion::no_caution:
        value = share(judged, kOneMillion, in_force(Strength::should), holds);
        break;
      case Criterion::readiness:
        value = share(terms, kOneMillion, must, holds);
        break;
      case Criterion::plausibility:
        value = share(terms, kOneMillion, must, may_hold);
        break;
      default:  // the criteria that read no judgement
        value = measure(entry.criterion, project, catalogue, row);
    }
    points.parts[static_cast<std::size_t>(entry.criterion)] = weight * value;
    points.total += weight * value;
  }
  return points;
}

}  // namespace huoshui::detail
