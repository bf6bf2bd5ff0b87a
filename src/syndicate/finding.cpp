#include <algorithm>
#include <huoshui/syndicate/finding.hpp>

namespace huoshui::syndicate {

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::passed:
      return "passed";
    case Standing::caution:
      return "caution";
    case Standing::violated:
      return "violated";
    case Standing::undecided:
      return "undecided";
    case Standing::not_tested:
      return "not_tested";
  }
  return "";
}

std::string_view to_string(Measure measure) {
  switch (measure) {
    case Measure::none:
      return "none";
    case Measure::fen:
      return "fen";
    case Measure::millionths:
      return "millionths";
    case Measure::count:
      return "count";
    case Measure::months:
      return "months";
  }
  return "";
}

bool is_lawful(std::span<const Finding> findings) {
  return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.standing == Standing::violated || finding.standing == Standing::undecided;
  });
}

std::size_t count(std::span<const Finding> findings, Standing standing) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.standing == standing; }));
}

}  // namespace huoshui::syndicate
