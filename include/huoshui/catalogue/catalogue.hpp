/// Room catalogue. A Catalogue is products, policy and scorecard compiled once into an immutable image.
/// Law: nothing in it changes after compile, so threads share it; product rows stand in order of their id's
/// bytes, so the order of the handbook never shows in an answer; an update is a new catalogue that shares
/// what did not change. Example: `const auto catalogue = Catalogue::compile(products, policy,
/// Scorecard::standard()).value(); const auto next = catalogue.with(product).value();`
#pragma once

#include <cstdint>
#include <huoshui/catalogue/product_view.hpp>
#include <huoshui/catalogue/scorecard.hpp>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/product.hpp>
#include <huoshui/policy/policy.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace huoshui {
namespace engine {
class Segments;
}
class Catalogue;
namespace detail {
class CatalogueChanges;
const CatalogueChanges* changes_of(const Catalogue& catalogue);
}  // namespace detail

/// A product's dense index inside one catalogue. Never printed, never kept beyond it.
enum class ProductRow : std::uint32_t {};

class Catalogue {
 public:
  /// Compile. Errors name every faulty product: duplicate_id, contradictory_terms (a smallest above a largest
  /// value, or rules that no project could satisfy together).
  [[nodiscard]] static Result<Catalogue> compile(std::vector<Product> products, const Policy& policy,
                                                 const Scorecard& scorecard);

  /// Return the catalogue with a product added, or put in the place of the one with its id; this one stays as
  /// it is. Errors with contradictory_terms as compile does. Products that did not change are shared: O(N)
  /// pointers are copied, none of their terms.
  [[nodiscard]] Result<Catalogue> with(Product product) const;
  /// Return the catalogue without a product, likewise. Errors with unknown_word when none has that id.
  [[nodiscard]] Result<Catalogue> without(std::string_view id) const;
  /// Return the same products under another policy or scorecard, likewise.
  [[nodiscard]] Catalogue under(const Policy& policy, const Scorecard& scorecard) const;

  [[nodiscard]] std::size_t size() const;
  /// All products in row order. A product that an update leaves alone keeps its address.
  [[nodiscard]] ProductView products() const;
  [[nodiscard]] const Product& product(ProductRow row) const;
  [[nodiscard]] std::optional<ProductRow> find(std::string_view id) const;
  /// The product's own rules, structured terms first, then free conditions. Put into words on the first call
  /// for a product, kept as long as the product, shared by all catalogues that hold it.
  [[nodiscard]] std::span<const Rule> terms(ProductRow row) const;
  /// The policy gates of its instrument on the policy's day; shared by all products of that instrument.
  [[nodiscard]] std::span<const Rule> gates(ProductRow row) const;
  [[nodiscard]] const Scorecard& scorecard() const;
  [[nodiscard]] const Policy& policy() const;
  /// Hashed character pairs of the product's name and trades, sorted; the product side of text_affinity.
  [[nodiscard]] std::span<const std::uint32_t> text_pairs(ProductRow row) const;

 private:
  friend class engine::Segments;
  friend const detail::CatalogueChanges* detail::changes_of(const Catalogue& catalogue);
  struct Image;
  struct Update;
  /// What a later room compiles from this image: made on first use, kept as long as the image, shared by all
  /// copies.
  using Build = std::shared_ptr<const void> (*)(const Catalogue&);
  [[nodiscard]] const void* compiled_once(Build build) const;
  /// A share in a product, for what outlives this image.
  [[nodiscard]] std::shared_ptr<const Product> shared(ProductRow row) const;

  explicit Catalogue(std::shared_ptr<const Image> image) : image_(std::move(image)) {}
  std::shared_ptr<const Image> image_;
};

/// Call `visit(rule)` for every rule of a product, terms first.
template <typename Visit>
void for_each_rule(const Catalogue& catalogue, ProductRow row, Visit&& visit) {
  for (const auto& rule : catalogue.terms(row)) visit(rule);
  for (const auto& rule : catalogue.gates(row)) visit(rule);
}

/// Hash the character pairs of a UTF-8 text; sorted, without repeats. Punctuation and blanks separate.
[[nodiscard]] std::vector<std::uint32_t> character_pairs(std::string_view text);

}  // namespace huoshui
