// Breaks real lists in seeded random ways and takes each through reading, matching and printing.
// Usage: huoshui_list_fuzz SEED ITERATIONS. Ends with 1 when a law breaks; sanitizers watch the rest.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <huoshui/normalise/products.hpp>
#include <huoshui/read/csv.hpp>
#include <huoshui/report/report.hpp>
#include <iostream>
#include <iterator>
#include <random>

namespace {

using namespace huoshui;

std::vector<std::string> seed_lists() {
  std::vector<std::string> out{std::string(bundled_sample_projects()),
                               std::string(bundled_illustrative_handbook().substr(0, 6000))};
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(HUOSHUI_TESTS_DIR) + "/golden/messy")) {
    if (entry.path().extension() == ".csv") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    out.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return out;
}

void break_somewhere(std::string& text, std::mt19937& random) {
  static const char* const kWords[] = {"合计", "小计",   "单位：亿元", "\n", "\"", ",",    "万元",    "约",
                                       "以上", "不超过", "2025年",     "-",  "—",  "同上", "项目名称"};
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  if (text.empty()) return;
  const std::size_t at = below(text.size());
  switch (below(5)) {
    case 0:
      text[at] = static_cast<char>(random());
      break;
    case 1:
      text.erase(at, below(20));
      break;
    case 2:
      text.insert(at, text.substr(below(text.size()), below(60)));
      break;
    case 3:
      text.insert(at, kWords[below(std::size(kWords))]);
      break;
    default:
      text.resize(at + 1);
  }
}

bool goes_through(const std::string& text, const Catalogue& catalogue) {
  const Dictionaries& dictionaries = Dictionaries::bundled();
  const auto table = parse_csv(text, "fuzz.csv");
  if (!table) return !table.error().message.empty();
  (void)read_products(*table, dictionaries).has_value();
  const auto list = read_projects(*table, dictionaries);
  if (!list) return !list.error().message.empty();
  const RowCounts& rows = list->value.rows;
  if (rows.read != rows.projects + rows.issues + rows.other) return false;
  const MatchOptions options;
  const Answer answer = match(list->value.projects, catalogue, options);
  const ReportInput input{&list->value, &list->issues, &catalogue, &dictionaries, &answer, &options, {}};
  return !check_json(list->value, list->issues).empty() &&
         !report_html(input, overview(list->value.projects, catalogue)).empty();
}

}  // namespace

int main(int count, char** words) {
  std::mt19937 random(count > 1 ? static_cast<std::uint32_t>(std::atoi(words[1])) : 1U);
  const int iterations = count > 2 ? std::atoi(words[2]) : 200;
  const auto seeds = seed_lists();
  const auto handbook = read_products(parse_csv(bundled_illustrative_handbook(), "handbook.csv").value(),
                                      Dictionaries::bundled())
                            .value();
  const auto policy = PolicyPack::bundled().at(parse_date("2025-01-01").value()).value();
  const Catalogue catalogue = Catalogue::compile(handbook.value, policy, Scorecard::standard()).value();
  for (int i = 0; i < iterations; ++i) {
    std::string text = seeds[static_cast<std::size_t>(random()) % seeds.size()];
    for (auto breaks = random() % 6; breaks > 0; --breaks) break_somewhere(text, random);
    if (!goes_through(text, catalogue)) {
      std::cerr << "a law broke at iteration " << i << " on:\n" << text << "\n";
      return 1;
    }
  }
  return 0;
}
