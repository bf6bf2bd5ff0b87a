// The smallest user of huoshui: match the bundled list with the bundled handbook and print how many offers
// there are.
#include <cstdio>
#include <huoshui/huoshui.hpp>

int main() {
  using namespace huoshui;
  const auto& dictionaries = Dictionaries::bundled();
  const auto list =
      read_projects(parse_csv(bundled_sample_projects(), "heyuan_projects.csv").value(), dictionaries)
          .value();
  const auto handbook =
      read_products(parse_csv(bundled_handbook(), "handbook.csv").value(), dictionaries).value();
  const auto policy = PolicyPack::bundled().at(parse_date("2024-08-01").value()).value();
  const auto catalogue = Catalogue::compile(handbook.value, policy, Scorecard::standard()).value();
  const auto answer = match(list.value.projects, catalogue, {.k = 3, .threads = 2});
  std::printf("huoshui %d.%d.%d: %zu projects, %zu products, %zu offers, %zu possible\n",
              HUOSHUI_VERSION_MAJOR, HUOSHUI_VERSION_MINOR, HUOSHUI_VERSION_PATCH, answer.size(),
              catalogue.size(), answer.all_offers().size(), answer.all_possible().size());
  const bool is_whole = answer.size() == list.value.projects.size() && !list.value.projects.empty();
  return is_whole && !answer.all_possible().empty() ? 0 : 1;
}
