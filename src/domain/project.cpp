#include <huoshui/domain/project.hpp>

namespace huoshui {

std::string_view Project::text(std::string_view field) const {
  for (const auto& entry : texts) {
    if (entry.field == field) return entry.text;
  }
  return {};
}

}  // namespace huoshui
