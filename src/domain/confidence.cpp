#include <huoshui/domain/confidence.hpp>

namespace huoshui {

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::low:
      return "low";
    case Confidence::medium:
      return "medium";
    case Confidence::high:
      return "high";
    case Confidence::illustrative:
      return "illustrative";
  }
  return "";
}

}  // namespace huoshui
