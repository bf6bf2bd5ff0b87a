#include <huoshui/core/assert.hpp>
#include <huoshui/report/report.hpp>

#include "core/detail/embed.hpp"

HUOSHUI_EMBED(report_page, "report/tables/report.html");

namespace huoshui {

std::string report_html(const ReportInput& input, const Overview& overview) {
  if (const std::size_t projects = input.list->projects.size(); projects > kMostProjectsOnPage) {
    throw ContractError("a page holds at most " + std::to_string(kMostProjectsOnPage) + " projects, not " +
                        std::to_string(projects) + "; choose some, or write CSV or JSON");
  }
  constexpr std::string_view slot = "/*HUOSHUI_REPORT*/null";
  const std::string_view page = report_page();
  const std::size_t at = page.find(slot);
  HUOSHUI_ASSERT(at != std::string_view::npos);
  std::string out(page.substr(0, at));
  for (const char c : report_json(input, overview)) {
    // Inside a script element only `<` could end it early.
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  out += page.substr(at + slot.size());
  return out;
}

}  // namespace huoshui
