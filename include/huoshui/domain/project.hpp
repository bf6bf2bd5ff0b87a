/// Room domain. A Project is one row of a list as the house understands it.
/// Law: a project keeps its place in the file; what the row does not say is absent.
/// Example: `project.facts.find(FactKey::region)`.
#pragma once

#include <huoshui/domain/affinity.hpp>
#include <huoshui/domain/fact.hpp>
#include <optional>
#include <string>
#include <vector>

namespace huoshui {

/// Words of a row that people read and rules do not: owner, content, stage text, remark …
struct TextField {
  std::string field;  ///< canonical column, e.g. `content`
  std::string text;

  bool operator==(const TextField&) const = default;
};

struct Project {
  std::string id;  ///< from the list, else made from the place: `R0007`
  std::string name;
  std::vector<TextField> texts;
  Facts facts;
  Place place;
  /// One row for many projects (12个项目): kept and shown, never matched to a product.
  bool is_collection = false;
  /// What the row's own words say of the instruments; absent until a reader of lists fills it.
  std::optional<Affinity> affinity;

  /// Return the text of a canonical column, empty when absent.
  [[nodiscard]] std::string_view text(std::string_view field) const;

  bool operator==(const Project&) const = default;
};

}  // namespace huoshui
