#include <algorithm>
#include <huoshui/domain/finding.hpp>

namespace huoshui {

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
      break;
  }
  return "not_tested";
}

std::string_view to_string(Measure measure) {
  switch (measure) {
    case Measure::none:
      break;
    case Measure::fen:
      return "fen";
    case Measure::millionths:
      return "millionths";
    case Measure::count:
      return "count";
    case Measure::months:
      return "months";
    case Measure::years:
      return "years";
    case Measure::days:
      return "days";
    case Measure::square_metres:
      return "square_metres";
  }
  return "none";
}

bool is_lawful(std::span<const Finding> findings) {
  return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.standing == Standing::violated || finding.standing == Standing::undecided;
  });
}

std::size_t count(std::span<const Finding> findings, Standing standing) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [standing](const Finding& finding) { return finding.standing == standing; }));
}

const Finding* find(std::span<const Finding> findings, std::string_view rule) {
  const auto at = std::find_if(findings.begin(), findings.end(),
                               [rule](const Finding& finding) { return finding.rule == rule; });
  return at == findings.end() ? nullptr : &*at;
}

}  // namespace huoshui
