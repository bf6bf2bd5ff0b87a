#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "source_tree.hpp"

namespace huoshui::architecture {
namespace {

/// Names whose use would let the environment, the hour, the place or luck into an answer, or would print.
const std::set<std::string, std::less<>>& forbidden_names() {
  static const std::set<std::string, std::less<>> names = {
      "getenv",       "secure_getenv", "setenv",
      "system_clock", "steady_clock",  "high_resolution_clock",
      "utc_clock",    "tai_clock",     "gps_clock",
      "file_clock",   "clock_gettime", "gettimeofday",
      "timespec_get", "localtime",     "gmtime",
      "mktime",       "locale",        "clocale",
      "setlocale",    "localeconv",    "random_device",
      "rand",         "srand",         "cout",
      "cerr",         "clog",          "wcout",
      "wcerr",        "printf",        "fprintf",
      "vprintf",      "puts",          "fputs",
      "putchar",      "perror",        "abort",
      "_Exit",        "quick_exit",
  };
  return names;
}

/// Words that are common as our own names, and forbidden only as functions of the C library.
const std::regex& forbidden_calls() {
  static const std::regex calls(R"((std\s*::\s*|::\s*)(clock|time|exit|system)\s*\()");
  return calls;
}

std::vector<std::string> breaches_of(const SourceFile& file) {
  static const std::regex identifier(R"([A-Za-z_]\w*)");
  const auto code = code_of(file);
  const auto place = [&](std::ptrdiff_t offset) {
    return file.path + ":" + std::to_string(1 + std::count(code.begin(), code.begin() + offset, '\n'));
  };
  std::vector<std::string> breaches;
  for (std::sregex_iterator it(code.begin(), code.end(), identifier), end; it != end; ++it) {
    if (forbidden_names().contains(it->str()))
      breaches.push_back(place(it->position()) + " uses " + it->str());
  }
  for (std::sregex_iterator it(code.begin(), code.end(), forbidden_calls()), end; it != end; ++it) {
    breaches.push_back(place(it->position()) + " calls " + it->str());
  }
  return breaches;
}

TEST(Sources, ReadNoEnvironmentClockLocaleOrLuckAndPrintNothing) {
  std::vector<std::string> breaches;
  for (const auto& file : library_files()) {
    for (auto& breach : breaches_of(file)) breaches.push_back(std::move(breach));
  }
  EXPECT_TRUE(breaches.empty()) << joined(breaches);
}

TEST(Sources, AreJudgedByCodeNotByWords) {
  const SourceFile innocent{
      "a.cpp",
      {"// std::cout, a clock", "/* printf(", " abort */ auto a = \"std::cerr // \\\" locale\";",
       "auto b = 1'000 + snprintf(c, 'x');", "auto d = R\"x(getenv(\"HOME\"))x\";",
       "clock_time(); time(x);"}};
  EXPECT_EQ(joined(breaches_of(innocent)), "");
  const SourceFile guilty{"b.cpp",
                          {"std::cout << 1;", "printf(\"\");", "auto t = std::time(nullptr);",
                           "auto a = 1'000; std::getenv(\"A\"); auto b = 2'000;",
                           "std::chrono::system_clock::now();", "#include <locale>"}};
  EXPECT_EQ(joined(breaches_of(guilty)),
            "  b.cpp:1 uses cout\n  b.cpp:2 uses printf\n  b.cpp:4 uses getenv\n  b.cpp:5 uses system_clock\n"
            "  b.cpp:6 uses locale\n  b.cpp:3 calls std::time(\n");
}

}  // namespace
}  // namespace huoshui::architecture
