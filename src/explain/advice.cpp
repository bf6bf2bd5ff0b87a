#include <algorithm>
#include <huoshui/explain/advice.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/topk/select.hpp>

namespace huoshui {
namespace {

void add_products(InstrumentAdvice& advice, const PreparedProject& project, const Catalogue& catalogue) {
  BestK permitted(1), undecided(1);
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
    const ProductRow row{n};
    if (catalogue.product(row).instrument != advice.suggestion.instrument) continue;
    const Screened screened = screen(project, catalogue, row);
    if (screened.verdict == Verdict::refused) {
      ++advice.refused;
      continue;
    }
    const bool yes = screened.verdict == Verdict::permitted;
    ++(yes ? advice.permitted : advice.undecided);
    (yes ? permitted : undecided).offer({score(project, catalogue, row).total, n, screened.open});
  }
  if (advice.permitted + advice.undecided == 0) return;
  advice.verdict = advice.permitted > 0 ? Verdict::permitted : Verdict::undecided;
  advice.best = ProductRow{(advice.permitted > 0 ? permitted : undecided).take().front().order};
}

}  // namespace

Advice advise(const PreparedProject& project, const Catalogue& catalogue, std::size_t k) {
  const InstrumentModel& model = InstrumentModel::bundled();
  const FamilyMillionths families = model.read_families(*project.project);
  Advice advice;
  advice.uncertain = *std::max_element(families.begin(), families.end()) < model.uncertain_below();
  for (Suggestion& suggestion : model.suggest(*project.project, k)) {
    InstrumentAdvice& one = advice.instruments.emplace_back();
    one.suggestion = std::move(suggestion);
    if (!project.project->is_collection) add_products(one, project, catalogue);
  }
  return advice;
}

std::vector<Code> measures_of(Instrument instrument) {
  std::vector<Code> measures;
  std::string_view rest = info(instrument).measures;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    measures.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return measures;
}

}  // namespace huoshui
