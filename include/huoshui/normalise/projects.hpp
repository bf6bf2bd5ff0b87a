/// Room normalise. Turn a table into projects with facts, every fact with its cell and its origin.
/// Law: rows read = projects + issues + other rows; no amount differs from its text; what is unclear becomes
/// an issue with its place and stays absent. Example: `load_projects("清单.csv",
/// Dictionaries::bundled()).value()`.
#pragma once

#include <filesystem>
#include <huoshui/domain/project.hpp>
#include <huoshui/normalise/dictionaries.hpp>
#include <huoshui/normalise/header.hpp>
#include <huoshui/read/table.hpp>
#include <string_view>
#include <vector>

namespace huoshui {

/// What became of the rows of a list.
struct RowCounts {
  std::size_t read = 0;  ///< all rows of the file, blank ones included
  std::size_t projects = 0;
  std::size_t issues = 0;  ///< project rows that could not become a project
  std::size_t other = 0;   ///< titles, units, headers, groups, sums, footers, blanks, other sheets

  bool operator==(const RowCounts&) const = default;
};

struct ProjectList {
  std::string file;
  std::vector<Project> projects;
  RowCounts rows;
};

/// Read a CSV file as a project list. Fails as a whole only when the file cannot be read or shows no header.
[[nodiscard]] Result<Loaded<ProjectList>> load_projects(const std::filesystem::path& path,
                                                        const Dictionaries& dictionaries);

/// Read any table as a project list, with the bundled header words or with words of your own over them.
[[nodiscard]] Result<Loaded<ProjectList>> read_projects(const Table& table, const Dictionaries& dictionaries);
[[nodiscard]] Result<Loaded<ProjectList>> read_projects(const Table& table, const Dictionaries& dictionaries,
                                                        const HeaderWords& header_words);

/// The list that comes with the library: 53 published projects of Heyuan, as CSV text.
[[nodiscard]] std::string_view bundled_sample_projects();
/// Return an invented list (CSV), marked 示例, that states what the published one leaves out: needs, tenors,
/// certificates, claims.
[[nodiscard]] std::string_view bundled_illustrative_projects();

}  // namespace huoshui
