/// Room core. A Code is one entry of a code list in its prefix form: every ancestor is a prefix of its
/// children. Law: `44` 广东省 ⊃ `4416` 河源市 ⊃ `441625` 东源县 ⊃ `441625100`; `A` ⊃ `A01` ⊃ `A0164`; flat
/// lists use words. Example: `Code("4416").covers(Code("441625"))` is true.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace huoshui {

/// One entry of a code list. Equality and order are those of its text.
class Code {
 public:
  Code() = default;
  explicit Code(std::string text) : text_(std::move(text)) {}
  explicit Code(std::string_view text) : text_(text) {}
  explicit Code(const char* text) : text_(text) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  /// Tell whether `other` is this entry or stands below it. Meaningful in lists with prefix form only.
  [[nodiscard]] bool covers(const Code& other) const {
    return !text_.empty() && other.text_.compare(0, text_.size(), text_) == 0;
  }

  auto operator<=>(const Code&) const = default;

 private:
  std::string text_;
};

}  // namespace huoshui
