#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include "source_tree.hpp"

namespace huoshui::architecture {
namespace {

namespace fs = std::filesystem;

/// Folders that .gitignore names are made by tools and are no part of the tree.
bool is_ignored(const std::string& name) {
  static const auto patterns = [] {
    std::vector<std::string> out;
    std::ifstream stream(root() / ".gitignore");
    for (std::string line; std::getline(stream, line);) {
      if (!line.ends_with('/')) continue;
      line.pop_back();
      out.push_back(line.starts_with('/') ? line.substr(1) : line);
    }
    return out;
  }();
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return pattern.starts_with('*') ? name.ends_with(pattern.substr(1)) : name == pattern;
  });
}

TEST(Folders, AtTheTopAreTheKnownOnes) {
  const std::set<std::string> known = {"include", "src", "python", "benchmarks", "tests", "docs"};
  for (const auto& entry : fs::directory_iterator(root())) {
    const auto name = entry.path().filename().string();
    if (!entry.is_directory() || name.starts_with('.') || is_ignored(name)) continue;
    EXPECT_TRUE(known.contains(name)) << name << " is not a top-level folder of this house";
  }
}

TEST(Folders, AndFilesSayWhatTheyHold) {
  static const std::regex empty_word(R"((^|[_.-])(utils?|commons?|misc|helpers?)([_.-]|$))",
                                     std::regex::icase);
  std::vector<std::string> breaches;
  std::size_t seen = 0;
  for (const char* top : {"include", "src", "python", "benchmarks", "tests", "docs"}) {
    if (!fs::exists(root() / top)) continue;
    for (auto it = fs::recursive_directory_iterator(root() / top); it != fs::recursive_directory_iterator();
         ++it) {
      const auto name = it->path().filename().string();
      if (it->is_directory() && (name.starts_with('.') || is_ignored(name))) {
        it.disable_recursion_pending();
        continue;
      }
      ++seen;
      if (std::regex_search(name, empty_word))
        breaches.push_back(it->path().lexically_relative(root()).string());
    }
  }
  EXPECT_TRUE(breaches.empty()) << "name these by what they hold:\n" << joined(breaches);
  EXPECT_GT(seen, 100U);
}

}  // namespace
}  // namespace huoshui::architecture
