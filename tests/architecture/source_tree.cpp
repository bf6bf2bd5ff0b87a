#include "source_tree.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <regex>

namespace huoshui::architecture {
namespace {

SourceFile read(const std::filesystem::path& path) {
  SourceFile file{path.lexically_relative(root()).generic_string(), {}};
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
  return file;
}

}  // namespace

std::filesystem::path root() { return std::filesystem::path(HUOSHUI_TESTS_DIR).parent_path(); }

std::vector<SourceFile> sources_under(std::string_view folder) {
  std::vector<SourceFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root() / folder)) {
    const auto ending = entry.path().extension();
    if (entry.is_regular_file() && (ending == ".hpp" || ending == ".cpp"))
      files.push_back(read(entry.path()));
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

const std::vector<SourceFile>& public_headers() {
  static const auto files = sources_under("include");
  return files;
}

const std::vector<SourceFile>& library_files() {
  static const auto files = [] {
    auto all = public_headers();
    for (auto& file : sources_under("src")) all.push_back(std::move(file));
    return all;
  }();
  return files;
}

std::vector<Include> includes_of(const SourceFile& file) {
  static const std::regex form(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    if (std::smatch found; std::regex_search(file.lines[i], found, form)) {
      includes.push_back({found[2], found[1] == "\"", i + 1});
    }
  }
  return includes;
}

std::string code_of(const SourceFile& file) {
  std::string text;
  for (const auto& line : file.lines) text += line + '\n';
  std::string code = text;
  const auto blank = [&](std::size_t from, std::size_t end) {
    for (std::size_t i = from; i < std::min(end, code.size()); ++i) code[i] = code[i] == '\n' ? '\n' : ' ';
    return end;
  };
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  const auto after = [&](std::string_view mark, std::size_t from) {
    const auto found = text.find(mark, from);
    return found == text.npos ? text.size() : found + mark.size();
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto rest = std::string_view(text).substr(i);
    if (rest.starts_with("//")) {
      i = blank(i, after("\n", i) - 1);
    } else if (rest.starts_with("/*")) {
      i = blank(i, after("*/", i + 2));
    } else if (rest.starts_with("R\"")) {
      const auto open = text.find('(', i);
      i = blank(i, after(")" + text.substr(i + 2, open - i - 2) + "\"", open));
    } else if (text[i] == '"' ||
               (text[i] == '\'' && (i == 0 || !is_word(text[i - 1])))) {  // 1'000 is no quote
      std::size_t end = i + 1;
      while (end < text.size() && text[end] != text[i] && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      i = blank(i, end + 1);
    } else {
      ++i;
    }
  }
  return code;
}

std::string room_of(std::string_view path) {
  const bool in_sources = path.starts_with("src/");
  for (const std::string_view front : {"include/huoshui/", "huoshui/", "src/"}) {
    if (!path.starts_with(front)) continue;
    path.remove_prefix(front.size());
    if (const auto slash = path.find('/'); slash != path.npos) return std::string(path.substr(0, slash));
    return std::string(path.substr(0, path.rfind('.')));
  }
  if (in_sources) return "";
  // `core/detail/wide.hpp`, seen from src.
  const auto slash = path.find('/');
  if (slash == path.npos) return "";
  const auto folder = path.substr(0, slash);
  return std::filesystem::is_directory(root() / "src" / folder) ? std::string(folder) : "";
}

std::string joined(const std::vector<std::string>& findings) {
  std::string out;
  for (const auto& finding : findings) out += "  " + finding + "\n";
  return out;
}

}  // namespace huoshui::architecture
