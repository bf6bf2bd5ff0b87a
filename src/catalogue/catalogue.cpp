#include <algorithm>
#include <array>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/policy/gates.hpp>

#include "catalogue/detail/terms.hpp"

namespace huoshui {

struct Catalogue::Image {
  std::vector<Product> products;  // by id bytes
  std::vector<std::vector<Rule>> terms;
  std::array<std::vector<Rule>, kInstrumentCount> gates;
  std::vector<std::vector<std::uint32_t>> text_pairs;
  Scorecard scorecard;
  Policy policy;
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

  Image image{std::move(products), {}, {}, {}, scorecard, policy};
  for (const auto& entry : instrument_infos()) {
    image.gates[static_cast<std::size_t>(entry.instrument)] = gates_for(entry.instrument, policy);
  }
  for (const auto& product : image.products) {
    image.terms.push_back(detail::rules_of(product));
    image.text_pairs.push_back(character_pairs(product.name + '\n' + product.industries.text));
  }
  return Catalogue(std::make_shared<const Image>(std::move(image)));
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

std::vector<std::uint32_t> character_pairs(std::string_view text) {
  std::vector<std::uint32_t> pairs;
  std::uint32_t previous = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t character = lead;
    for (std::size_t j = 1; j < length && i + j < text.size(); ++j) {
      character = character << 6 ^ (static_cast<unsigned char>(text[i + j]) & 0x3FU);
    }
    i += length;
    // ASCII marks and the CJK punctuation blocks (U+3000.., U+FF00..) separate words.
    const bool separates =
        lead < 0x80
            ? !(lead >= '0' && lead <= '9') && !(lead >= 'A' && lead <= 'Z') && !(lead >= 'a' && lead <= 'z')
            : length == 3 && ((lead == 0xE3 && (character & 0xFC0U) == 0) || lead == 0xEF);
    if (separates) {
      previous = 0;
      continue;
    }
    if (previous != 0) pairs.push_back(previous * 0x9E3779B1U ^ character * 0x85EBCA77U);
    previous = character;
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace huoshui
