#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "source_tree.hpp"

namespace huoshui::architecture {
namespace {

constexpr std::size_t kLongestHeader = 199;

/// Say what one list has and the other lacks, once for each time.
std::string differences(const std::multiset<std::string>& ours, const std::multiset<std::string>& headers) {
  std::vector<std::string> missing, surplus;
  std::set_difference(headers.begin(), headers.end(), ours.begin(), ours.end(), std::back_inserter(missing));
  std::set_difference(ours.begin(), ours.end(), headers.begin(), headers.end(), std::back_inserter(surplus));
  for (auto& entry : missing) entry = "missing: " + entry;
  for (const auto& entry : surplus) missing.push_back("surplus: " + entry);
  return joined(missing);
}

TEST(PublicHeaders, IncludeNothingButTheStandardLibraryAndThemselves) {
  std::vector<std::string> breaches;
  for (const auto& file : public_headers()) {
    for (const auto& include : includes_of(file)) {
      const bool standard = include.target.find_first_of("/.") == std::string::npos;
      const bool ours = include.target.starts_with("huoshui/") &&
                        std::filesystem::exists(root() / "include" / include.target);
      if (include.is_quoted || (!standard && !ours)) {
        breaches.push_back(file.path + ":" + std::to_string(include.line) + " includes " + include.target);
      }
    }
  }
  EXPECT_TRUE(breaches.empty()) << joined(breaches);
}

TEST(PublicHeaders, OpenWithARoomCardAndPragmaOnce) {
  const std::map<std::string, std::string> forms = {
      {"matcher", "/// The façade"},
      {"huoshui", "/// The umbrella"},
      {"fwd", "/// Forward declarations"},
      {"version", "/// The version of huoshui"},
  };
  std::vector<std::string> breaches;
  for (const auto& file : public_headers()) {
    const auto room = room_of(file.path);
    const auto form = forms.find(room);
    const auto opening = form != forms.end() ? form->second : "/// Room " + room + ".";
    if (file.lines.empty() || !file.lines.front().starts_with(opening)) {
      breaches.push_back(file.path + " does not open with `" + opening + "`");
      continue;
    }
    const auto after = std::find_if(file.lines.begin(), file.lines.end(),
                                    [](const std::string& line) { return !line.starts_with("///"); });
    if (after == file.lines.end() || *after != "#pragma once") {
      breaches.push_back(file.path + " has no `#pragma once` right after its card");
    }
  }
  EXPECT_TRUE(breaches.empty()) << joined(breaches);
}

TEST(PublicHeaders, StayUnderTwoHundredLines) {
  std::vector<std::string> breaches;
  for (const auto& file : public_headers()) {
    if (file.path == "include/huoshui/fwd.hpp") continue;  // a list of names, as long as the house is large
    if (file.lines.size() > kLongestHeader) {
      breaches.push_back(file.path + " has " + std::to_string(file.lines.size()) + " lines");
    }
  }
  EXPECT_TRUE(breaches.empty()) << "a header that long is two headers:\n" << joined(breaches);
}

TEST(Umbrella, HoldsEveryPublicHeaderAndNothingElse) {
  std::multiset<std::string> headers, included;
  for (const auto& file : public_headers()) {
    if (file.path == "include/huoshui/huoshui.hpp") {
      for (const auto& include : includes_of(file)) included.insert(include.target);
    } else {
      headers.insert(file.path.substr(std::string("include/").size()));
    }
  }
  EXPECT_EQ(differences(included, headers), "") << "in include/huoshui/huoshui.hpp";
}

TEST(ForwardDeclarations, HoldEveryPublicNameOnce) {
  // Definitions stand in the first column, nested types do not.
  static const std::regex definition(
      R"(^(class|struct|enum class)\s+(?:\[\[nodiscard\]\]\s+)?(\w+)\s*(:\s*std::\w+)?[^;]*\{)");
  static const std::regex declaration(R"(^(class|struct|enum class)\s+(\w+)\s*(:\s*std::\w+)?;)");
  std::multiset<std::string> defined, declared;
  for (const auto& file : public_headers()) {
    const bool is_fwd = file.path == "include/huoshui/fwd.hpp";
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch found;
      if (!std::regex_search(file.lines[i], found, is_fwd ? declaration : definition)) continue;
      const bool is_enum = found[1] == "enum class";
      auto entry = found[1].str() + " " + found[2].str() + (is_enum ? found[3].str() : "");
      if (i > 0 && file.lines[i - 1].starts_with("template")) entry = file.lines[i - 1] + " " + entry;
      (is_fwd ? declared : defined).insert(entry);
    }
  }
  EXPECT_EQ(differences(declared, defined), "") << "in include/huoshui/fwd.hpp";
  EXPECT_GT(declared.size(), 100U);
}

}  // namespace
}  // namespace huoshui::architecture
