#include <huoshui/eligibility/screen.hpp>
#include <huoshui/policy/derive.hpp>

namespace huoshui {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::permitted:
      return "permitted";
    case Verdict::undecided:
      return "undecided";
    case Verdict::refused:
      return "refused";
  }
  return "";
}

PreparedProject prepare_facts(const Project& project, Facts facts, const Catalogue& catalogue) {
  PreparedProject out;
  out.project = &project;
  auto derived = derive_facts(facts, catalogue.policy());
  out.facts = std::move(facts);
  for (auto& fact : derived) out.facts.offer(std::move(fact));
  return out;
}

PreparedProject prepare_facts(const Project& project, const Catalogue& catalogue) {
  return prepare_facts(project, project.facts, catalogue);
}

PreparedProject prepare(const Project& project, const Catalogue& catalogue) {
  PreparedProject out = prepare_facts(project, catalogue);
  std::string text = project.name;
  for (const auto field : {"content", "industry", "category"}) {
    text += '\n';
    text += project.text(field);
  }
  out.text_pairs = character_pairs(text);
  return out;
}

Screened screen(const PreparedProject& project, const Catalogue& catalogue, ProductRow row) {
  Screened out;
  if (project.project->is_collection) {
    out.verdict = Verdict::refused;
    return out;
  }
  for_each_rule(catalogue, row, [&](const Rule& rule) {
    const Judgement judgement = judge(rule, project.facts);
    const bool held = judgement.outcome == Outcome::pass;
    if (rule.strength == Strength::must) {
      if (judgement.outcome == Outcome::fail) ++out.failed;
      if (judgement.outcome == Outcome::undecided) ++out.open;
      if (judgement.outcome == Outcome::not_tested && rule.fails_closed) ++out.open;
      if (held && judgement.on_inference) ++out.cautions;
    } else if (rule.strength == Strength::should && judgement.outcome == Outcome::fail) {
      ++out.cautions;
    }
  });
  out.verdict = out.failed != 0 ? Verdict::refused : out.open != 0 ? Verdict::undecided : Verdict::permitted;
  return out;
}

Screening screen(std::span<const PreparedProject> projects, const Catalogue& catalogue) {
  Screening out(projects.size(), catalogue.size());
  for (std::size_t p = 0; p < projects.size(); ++p) {
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
      out.at(p, ProductRow{n}) = screen(projects[p], catalogue, ProductRow{n});
    }
  }
  return out;
}

}  // namespace huoshui
