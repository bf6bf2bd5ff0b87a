/// Room catalogue. A Catalogue is products, policy and scorecard compiled once into an immutable image.
/// Law: nothing in it changes after compile, so threads share it; product rows stand in order of their id's
/// bytes, so the order of the handbook never shows in an answer. Example: `const auto catalogue =
/// Catalogue::compile(products, policy, Scorecard::standard()).value();`
#pragma once

#include <cstdint>
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
class Index;
}

/// A product's dense index inside one catalogue. Never printed, never kept beyond it.
enum class ProductRow : std::uint32_t {};

class Catalogue {
 public:
  /// Compile. Errors name every faulty product: duplicate_id, contradictory_terms (a smallest above a largest
  /// value, or rules that no project could satisfy together).
  [[nodiscard]] static Result<Catalogue> compile(std::vector<Product> products, const Policy& policy,
                                                 const Scorecard& scorecard);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::span<const Product> products() const;
  [[nodiscard]] const Product& product(ProductRow row) const;
  [[nodiscard]] std::optional<ProductRow> find(std::string_view id) const;
  /// The product's own rules, structured terms first, then free conditions.
  [[nodiscard]] std::span<const Rule> terms(ProductRow row) const;
  /// The policy gates of its instrument on the policy's day; shared by all products of that instrument.
  [[nodiscard]] std::span<const Rule> gates(ProductRow row) const;
  [[nodiscard]] const Scorecard& scorecard() const;
  [[nodiscard]] const Policy& policy() const;
  /// Hashed character pairs of the product's name and trades, sorted; the product side of text_affinity.
  [[nodiscard]] std::span<const std::uint32_t> text_pairs(ProductRow row) const;

 private:
  friend class engine::Index;
  struct Image;
  /// What a later room compiles from this image: made on first use, kept as long as the image, shared by all
  /// copies.
  using Build = std::shared_ptr<const void> (*)(const Catalogue&);
  [[nodiscard]] const void* compiled_once(Build build) const;

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
