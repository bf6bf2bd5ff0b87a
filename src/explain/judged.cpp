#include "explain/detail/judged.hpp"

namespace huoshui::detail {

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

}  // namespace huoshui::detail
