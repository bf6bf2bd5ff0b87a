/// Room report. Print what exists: text, CSV, JSON and one self-contained page. Computes nothing of its own.
/// Law: every number printed stands in an Answer, Overview, Explanation, Advice or ListOnPaper; the same
/// input gives the same bytes; contacts and phone numbers are masked unless asked for. JSON is a versioned
/// contract: docs/json.md. Example: `write_html(stream, {.list = &list, .catalogue = &catalogue, …})`.
#pragma once

#include <huoshui/explain/advice.hpp>
#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/overview.hpp>
#include <huoshui/explain/wording.hpp>
#include <huoshui/matcher.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/structure/package.hpp>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace huoshui {

enum class Contacts : std::uint8_t { masked, shown };

struct ReportOptions {
  Language language = Language::zh;
  Contacts contacts = Contacts::masked;
  std::size_t why_not = 3;  ///< refused products explained for each project: the best by points
  std::size_t instruments = kInstrumentsAdvised;  ///< instruments advised for each project
};

/// Everything a report prints. The pointers are borrowed and must not be null, but for `papers`.
struct ReportInput {
  const ProjectList* list = nullptr;
  const std::vector<Issue>* issues = nullptr;
  const Catalogue* catalogue = nullptr;
  const Dictionaries* dictionaries = nullptr;
  const Answer* answer = nullptr;
  const MatchOptions* match_options = nullptr;
  ReportOptions options;
  const ListOnPaper* papers = nullptr;  ///< null: no offers on paper and no packages are printed
};

/// huoshui.check/1
[[nodiscard]] std::string check_json(const ProjectList& list, std::span<const Issue> issues);
/// huoshui.match/1
[[nodiscard]] std::string match_json(const ReportInput& input);
/// huoshui.explain/1, one line
[[nodiscard]] std::string explain_json(const PreparedProject& project, const Catalogue& catalogue,
                                       ProductRow row, Language language = Language::zh);
/// huoshui.report/1; needs the overview besides
[[nodiscard]] std::string report_json(const ReportInput& input, const Overview& overview);
/// How many projects one page can hold and still open well in a browser.
inline constexpr std::size_t kMostProjectsOnPage = 10'000;

/// One self-contained page that opens with no network, from the same JSON.
/// @throws ContractError above kMostProjectsOnPage projects: choose some, or use CSV or JSON.
[[nodiscard]] std::string report_html(const ReportInput& input, const Overview& overview);
/// Every pair shown, one a line: project, product, verdict, rank, points and parts, cautions, missing.
[[nodiscard]] std::string match_csv(const ReportInput& input);
/// Offers and reasons of some projects, for a terminal.
[[nodiscard]] std::string match_text(const ReportInput& input, std::span<const std::size_t> projects);
/// huoshui.suggest/1: the instruments that some projects' words speak for, most likely first, at most `k`.
[[nodiscard]] std::string suggest_json(const ProjectList& list, std::span<const std::size_t> projects,
                                       const Catalogue& catalogue, const Dictionaries& dictionaries,
                                       std::size_t k = kInstrumentsAdvised);
/// The same for a terminal.
[[nodiscard]] std::string suggest_text(const ProjectList& list, std::span<const std::size_t> projects,
                                       const Catalogue& catalogue, const Dictionaries& dictionaries,
                                       std::size_t k = kInstrumentsAdvised, Language language = Language::zh);
/// One pair in words.
[[nodiscard]] std::string explain_text(const PreparedProject& project, const Catalogue& catalogue,
                                       ProductRow row, Language language = Language::zh);

/// huoshui.package/1: offers on paper, packages, the register. @throws ContractError without papers.
[[nodiscard]] std::string package_json(const ReportInput& input);
/// Packages and offers on paper of some projects, for a terminal. @throws ContractError without papers.
[[nodiscard]] std::string package_text(const ReportInput& input, std::span<const std::size_t> projects);
/// Every member of every package, one a line. @throws ContractError without papers.
[[nodiscard]] std::string package_csv(const ReportInput& input);

/// Hide the middle of phone numbers and all but the first character of names of people.
[[nodiscard]] std::string mask_phones(std::string_view text);
[[nodiscard]] std::string mask_person(std::string_view name);

}  // namespace huoshui
