// The repository as text, for tests that judge the sources themselves.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::architecture {

/// One file: its path from the root with `/`, and its lines.
struct SourceFile {
  std::string path;
  std::vector<std::string> lines;
};

/// One `#include` line.
struct Include {
  std::string target;  ///< what stands between the brackets or quotes
  bool is_quoted = false;
  std::size_t line = 0;  ///< from 1
};

[[nodiscard]] std::filesystem::path root();
/// Return the C++ files below a folder of the root, by path.
[[nodiscard]] std::vector<SourceFile> sources_under(std::string_view folder);
/// Return the headers below include/huoshui, by path.
[[nodiscard]] const std::vector<SourceFile>& public_headers();
/// Return the public headers and everything below src.
[[nodiscard]] const std::vector<SourceFile>& library_files();
[[nodiscard]] std::vector<Include> includes_of(const SourceFile& file);
/// Return the file's code with comments and the insides of literals blanked; line ends stay.
[[nodiscard]] std::string code_of(const SourceFile& file);

/// Return the room of a file, or of an include's target (`huoshui/core/code.hpp`, `core/detail/wide.hpp`).
///
/// matcher.hpp and matcher.cpp are the room `matcher`; fwd.hpp, huoshui.hpp and version.hpp are `fwd`,
/// `huoshui` and `version`. Empty for a header that is not ours.
[[nodiscard]] std::string room_of(std::string_view path);

/// Join findings one to a line, so that a failing test names all of them.
[[nodiscard]] std::string joined(const std::vector<std::string>& findings);

}  // namespace huoshui::architecture
