#include <gtest/gtest.h>
#include <algorithm>
#include <builders.hpp>
#include <iterator>

namespace huoshui {
namespace {

using testing::a_product;
using testing::compiled;

static_assert(std::random_access_iterator<ProductView::Iterator>);

TEST(ProductView, IsTheRowsOfTheCatalogueWithoutACopy) {
  const Catalogue catalogue = compiled({a_product("X2"), a_product("X1"), a_product("X3")});
  const ProductView view = catalogue.products();
  ASSERT_EQ(view.size(), 3U);
  for (std::uint32_t n = 0; n < 3; ++n) EXPECT_EQ(&view[n], &catalogue.product(ProductRow{n}));
  EXPECT_EQ(view.front().id, "X1");
  EXPECT_EQ(view.back().id, "X3");
  EXPECT_EQ(view.end() - view.begin(), 3);
  EXPECT_EQ(view.begin()[1].id, "X2");
  const auto at = std::lower_bound(view.begin(), view.end(), "X2",
                                   [](const Product& p, std::string_view id) { return p.id < id; });
  EXPECT_EQ(at->id, "X2");
  EXPECT_TRUE(compiled({}).products().empty());
}

}  // namespace
}  // namespace huoshui
