#include <gtest/gtest.h>

#include <huoshui/domain/product.hpp>
#include <set>

#include "builders.hpp"

namespace huoshui {
namespace {

TEST(CodeTerm, IsStatedWhenItNamesAnythingAtAll) {
  EXPECT_FALSE(CodeTerm{}.stated());
  EXPECT_TRUE((CodeTerm{testing::words({"farmer"}), "农户"}.stated()));
  EXPECT_TRUE((CodeTerm{testing::words({}, true), "其他经营主体"}.stated()))
      << "words the list does not know";
}

TEST(Product, StatesNoTermsByItself) {
  const Product product;
  for (const auto& range : {product.amount, product.tenor, product.rate}) {
    EXPECT_FALSE(range.has_min());
    EXPECT_FALSE(range.has_max());
  }
  for (const auto* term :
       {&product.borrowers, &product.industries, &product.uses, &product.regions, &product.securities}) {
    EXPECT_FALSE(term->stated());
  }
  EXPECT_FALSE(product.loan_to_value_max);
  EXPECT_FALSE(product.approval_days);
  EXPECT_TRUE(product.conditions.empty());
}

TEST(Confidence, RisesAndHasAWordOfItsOwn) {
  EXPECT_LT(Confidence::low, Confidence::medium);
  EXPECT_LT(Confidence::medium, Confidence::high);
  std::set<std::string_view> words;
  for (const auto c : {Confidence::low, Confidence::medium, Confidence::high, Confidence::illustrative}) {
    EXPECT_TRUE(words.insert(to_string(c)).second);
  }
  EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace huoshui
