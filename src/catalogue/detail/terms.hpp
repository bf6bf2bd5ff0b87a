// Turns the structured terms of a product into rules, and finds terms that contradict each other.
#pragma once

#include <huoshui/domain/product.hpp>
#include <vector>

namespace huoshui::detail {

[[nodiscard]] std::vector<Rule> rules_of(const Product& product);

void check_terms(const Product& product, std::vector<Issue>& issues);

}  // namespace huoshui::detail
