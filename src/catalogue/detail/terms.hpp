// The terms of a product without their words, as rules, and whether they contradict each other.
#pragma once

#include <array>
#include <huoshui/domain/product.hpp>
#include <vector>

namespace huoshui::detail {

/// One term: a comparison with a number, a list, or a free condition. Points into the product. It never fails
/// closed and is always in force.
struct Term {
  RuleTopic topic{};
  Strength strength = Strength::must;
  FactKey key{};                              ///< of a number or a list
  Comparison comparison{};                    ///< of a number
  std::int64_t limit = 0;                     ///< of a number
  const CodeTerm* codes = nullptr;            ///< a list
  const ProductCondition* written = nullptr;  ///< a free condition
  std::uint32_t number = 0;                   ///< counts free conditions of one strength from 1

  [[nodiscard]] bool is_number() const { return codes == nullptr && written == nullptr; }
};

/// Tiered terms beat the flat column: tell whether a must condition is made of alternatives, each with its
/// own cap on the amount.
[[nodiscard]] bool limits_amount_by_tier(const Product& product);

/// Call `visit(term)` for the terms of a product, in the order of its rules. Makes no words and no
/// conditions.
template <typename Visit>
void for_each_term(const Product& product, Visit&& visit) {
  const auto list = [&](RuleTopic topic, FactKey key, const CodeTerm& codes) {
    if (codes.stated()) visit(Term{.topic = topic, .key = key, .codes = &codes});
  };
  const auto number = [&](RuleTopic topic, FactKey key, Comparison comparison, std::int64_t limit) {
    visit(Term{.topic = topic, .key = key, .comparison = comparison, .limit = limit});
  };
  list(RuleTopic::region, FactKey::region, product.regions);
  list(RuleTopic::borrower, FactKey::borrower, product.borrowers);
  list(RuleTopic::industry, FactKey::industry, product.industries);
  list(RuleTopic::use, FactKey::use, product.uses);
  list(RuleTopic::security, FactKey::security, product.securities);
  if (product.amount.has_min())
    number(RuleTopic::amount_min, FactKey::financing_need, Comparison::at_least, product.amount.min);
  if (product.amount.has_max() && !limits_amount_by_tier(product))
    number(RuleTopic::amount_max, FactKey::financing_need, Comparison::at_most, product.amount.max);
  if (product.tenor.has_min())
    number(RuleTopic::tenor_min, FactKey::tenor, Comparison::at_least, product.tenor.min);
  if (product.tenor.has_max())
    number(RuleTopic::tenor_max, FactKey::tenor, Comparison::at_most, product.tenor.max);
  if (product.loan_to_value_max) {
    number(RuleTopic::loan_to_value, FactKey::loan_to_value, Comparison::at_most, *product.loan_to_value_max);
  }
  std::array<std::uint32_t, 3> count{};
  for (const auto& written : product.conditions) {
    visit(Term{.topic = RuleTopic::condition,
               .strength = written.strength,
               .written = &written,
               .number = ++count[static_cast<std::size_t>(written.strength)]});
  }
}

/// Return what a term asks as a condition of its own.
[[nodiscard]] Condition condition_of(const Term& term);

/// Return the terms of a product as rules, with their words.
[[nodiscard]] std::vector<Rule> rules_of(const Product& product);

void check_terms(const Product& product, std::vector<Issue>& issues);

}  // namespace huoshui::detail
