#include <algorithm>
#include <array>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/policy/gates.hpp>
#include <mutex>
#include <utility>

#include "catalogue/detail/pairs.hpp"
#include "catalogue/detail/terms.hpp"

namespace huoshui {

struct Catalogue::Image {
  std::vector<Product> products;  // by id bytes
  std::vector<std::vector<Rule>> terms;
  std::array<std::vector<Rule>, kInstrumentCount> gates;
  std::vector<std::vector<std::uint32_t>> text_pairs;
  Scorecard scorecard;
  Policy policy;
  mutable std::once_flag compiling;
  mutable std::shared_ptr<const void> compiled;

  Image(std::vector<Product> handbook, const Scorecard& card, const Policy& of_the_day)
      : products(std::move(handbook)), scorecard(card), policy(of_the_day) {}
};

Result<Catalogue> Catalogue::compile(std::vector<Product> products, const Policy& policy,
                                     const Scorecard& scorecard) {
  std::stable_sort(products.begin(), products.end(),
                   [](const Product& a, const Product& b) { return a.id < b.id; });
  std::vector<Issue> issues;
  for (std::size_t i = 1; i < products.size(); ++i) {
    if (products[i].id != products[i - 1].id) continue;
    issues.push_back({.code = IssueCode::duplicate_id,
                      .place = products[i].place,
                      .column = "id",
                      .found = products[i].id,
                      .expected = "an id of its own for every product",
                      .message = "产品编号“" + products[i].id + "”重复（另见" +
                                 to_string(products[i - 1].place) + "），请改成不同的编号"});
  }
  for (const auto& product : products) detail::check_terms(product, issues);
  if (!issues.empty()) return issues;

  const auto shared = std::make_shared<Image>(std::move(products), scorecard, policy);
  Image& image = *shared;
  for (const auto& entry : instrument_infos()) {
    image.gates[static_cast<std::size_t>(entry.instrument)] = gates_for(entry.instrument, policy);
  }
  for (const auto& product : image.products) {
    image.terms.push_back(detail::rules_of(product));
    image.text_pairs.push_back(character_pairs(product.name + '\n' + product.industries.text));
  }
  return Catalogue(shared);
}

std::size_t Catalogue::size() const { return image_->products.size(); }
std::span<const Product> Catalogue::products() const { return image_->products; }
const Product& Catalogue::product(ProductRow row) const {
  return image_->products[static_cast<std::size_t>(row)];
}

std::optional<ProductRow> Catalogue::find(std::string_view id) const {
  const auto at =
      std::lower_bound(image_->products.begin(), image_->products.end(), id,
                       [](const Product& product, std::string_view wanted) { return product.id < wanted; });
  if (at == image_->products.end() || at->id != id) return std::nullopt;
  return ProductRow{static_cast<std::uint32_t>(at - image_->products.begin())};
}

std::span<const Rule> Catalogue::terms(ProductRow row) const {
  return image_->terms[static_cast<std::size_t>(row)];
}
std::span<const Rule> Catalogue::gates(ProductRow row) const {
  return image_->gates[static_cast<std::size_t>(product(row).instrument)];
}
const Scorecard& Catalogue::scorecard() const { return image_->scorecard; }
const Policy& Catalogue::policy() const { return image_->policy; }
std::span<const std::uint32_t> Catalogue::text_pairs(ProductRow row) const {
  return image_->text_pairs[static_cast<std::size_t>(row)];
}

const void* Catalogue::compiled_once(Build build) const {
  std::call_once(image_->compiling, [&] { image_->compiled = build(*this); });
  return image_->compiled.get();
}

std::vector<std::uint32_t> character_pairs(std::string_view text) {
  std::vector<std::uint32_t> pairs;
  detail::for_each_character_pair(text, [&](std::uint32_t pair) { pairs.push_back(pair); });
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace huoshui
