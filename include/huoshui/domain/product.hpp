/// Room domain. A Product is one row of a handbook: what an institution offers, on the terms it discloses.
/// Law: a term that the handbook does not state is not a condition; it counts against completeness.
/// Example: `product.amount.max` is the largest ticket in fen, or Interval::kNoMax when undisclosed.
#pragma once

#include <huoshui/domain/confidence.hpp>
#include <huoshui/domain/instrument.hpp>
#include <huoshui/domain/project.hpp>
#include <huoshui/domain/rule.hpp>
#include <optional>
#include <string>
#include <vector>

namespace huoshui {

/// Accepted entries as read from a cell, and the cell's own words.
struct CodeTerm {
  CodeTest test;
  std::string text;

  /// Tell whether the handbook names anything here; otherwise the term is undisclosed and no condition.
  [[nodiscard]] bool stated() const { return !test.named.empty() || test.open; }
  bool operator==(const CodeTerm&) const = default;
};

/// A free condition of the handbook.
struct ProductCondition {
  Strength strength = Strength::must;
  Condition condition;
  std::string text;  ///< as written
  Place place;

  bool operator==(const ProductCondition&) const = default;
};

struct Product {
  std::string id;
  std::string name;
  std::string institution;
  std::string institution_type;
  Instrument instrument{};
  std::vector<Code> measures;
  CodeTerm borrowers, industries, uses, regions, securities;
  Interval amount;                                ///< fen
  Interval tenor;                                 ///< months
  Interval rate;                                  ///< millionths per year
  std::optional<std::int64_t> loan_to_value_max;  ///< millionths
  std::optional<std::int64_t> approval_days;
  std::vector<ProductCondition> conditions;
  std::string rate_text, security_text, repayment, notes, documents, published_on;
  Confidence confidence = Confidence::medium;
  Place place;

  bool operator==(const Product&) const = default;
};

/// How many terms a handbook row can disclose: those that undisclosed_terms looks at.
inline constexpr std::int64_t kDisclosableTerms = 10;

/// Return the terms that the row leaves out (未披露), in Chinese.
[[nodiscard]] std::vector<std::string> undisclosed_terms(const Product& product);

}  // namespace huoshui
