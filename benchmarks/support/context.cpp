// What the figures were made with, for the context of the JSON.
#include <benchmark/benchmark.h>

namespace huoshui::bench {
namespace {

#if defined(__clang__)
constexpr const char* kCompiler = "clang " __clang_version__;
#else
constexpr const char* kCompiler = "gcc " __VERSION__;
#endif

const bool added = [] {
  benchmark::AddCustomContext("compiler", kCompiler);
  return true;
}();

}  // namespace
}  // namespace huoshui::bench
