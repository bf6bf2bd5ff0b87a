/// Room normalise. Industries is GB/T 4754-2017 in prefix form: section A, division A01, group A016, class
/// A0164. Law: every ancestor's code is a prefix; a name that stands at several levels reads as the
/// narrowest. Example: `Industries::bundled().find("茶叶种植")` is A0164.
#pragma once

#include <huoshui/core/code.hpp>
#include <huoshui/core/result.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace huoshui {

class Industries {
 public:
  /// Return the edition inside the library.
  [[nodiscard]] static const Industries& bundled();
  /// Read a newer edition: code,name and optionally other_names. Errors with each bad row.
  static Result<Industries> parse(std::string_view csv, std::string_view file);

  /// Return the name of an entry, empty when the code is unknown.
  [[nodiscard]] std::string name(const Code& code) const;
  /// Return the entry whose code (`A0164` or the bare digits `0164`), name or other name is exactly this.
  [[nodiscard]] std::optional<Code> find(std::string_view code_or_name) const;
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::unordered_map<std::string, std::string> names_;  // code -> name
  std::unordered_map<std::string, Code> codes_;         // folded name or code -> code
};

}  // namespace huoshui
