// The field's own phrases, spelled out from patterns: objects x actions x borrowers x amounts, cycled so that
// every object appears and the same table always gives the same projects.
#include <algorithm>
#include <charconv>
#include <huoshui/core/assert.hpp>
#include <huoshui/learn/text_model.hpp>

#include "core/detail/embed.hpp"
#include "normalise/detail/embedded_csv.hpp"

HUOSHUI_EMBED(instrument_phrases_table, "normalise/tables/instrument_phrases.csv");

namespace huoshui {
namespace {

std::vector<std::string> parts_of(const std::string& cell) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= cell.size();) {
    const auto end = std::min(cell.find('|', at), cell.size());
    parts.push_back(cell.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::int64_t wan_of(const std::string& text) {
  std::int64_t wan = 0;
  std::from_chars(text.data(), text.data() + text.size(), wan);
  return wan;
}

void set_need(Project& project, std::int64_t wan) {
  Fact fact;
  fact.key = FactKey::financing_need;
  fact.range = Interval::exactly(wan * 1'000'000);
  project.facts.set(std::move(fact));
}

}  // namespace

const PhraseProjects& bundled_phrases() {
  static const PhraseProjects phrases = [] {
    PhraseProjects made;
    const auto table = detail::CsvTable::parse(
                           instrument_phrases_table(), "instrument_phrases.csv",
                           {"family", "objects", "actions", "owners", "owner_types", "needs_wan", "source"})
                           .value();
    for (const auto& row : table.rows()) {
      const auto names = families();
      const auto family = std::find(names.begin(), names.end(), table.cell(row, "family"));
      HUOSHUI_ASSERT(family != names.end());
      const auto objects = parts_of(table.cell(row, "objects"));
      const auto actions = parts_of(table.cell(row, "actions"));
      const auto owners = parts_of(table.cell(row, "owners"));
      const auto types = parts_of(table.cell(row, "owner_types"));
      const auto needs = parts_of(table.cell(row, "needs_wan"));
      const std::size_t rounds = std::min<std::size_t>(actions.size(), 3);
      std::size_t n = 0;
      for (const auto& object : objects) {
        for (std::size_t round = 0; round < rounds; ++round, ++n) {
          Project project;
          // `*` stands for the object in the middle of an action.
          std::string action = actions[n % actions.size()];
          const auto star = action.find('*');
          project.name = star == std::string::npos ? object + action : action.replace(star, 1, object);
          const auto& owner = owners[n % owners.size()];
          if (!owner.empty()) project.texts.push_back({"owner", owner});
          if (!types[n % types.size()].empty() && n % 4 != 3)
            project.texts.push_back({"owner_type", types[n % types.size()]});
          if (const auto wan = wan_of(needs[n % needs.size()]); wan > 0 && n % 3 != 2) set_need(project, wan);
          made.projects.push_back(std::move(project));
          made.families.push_back(static_cast<std::size_t>(family - names.begin()));
        }
      }
    }
    return made;
  }();
  return phrases;
}

}  // namespace huoshui
