#include <algorithm>
#include <array>
#include <atomic>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/policy/gates.hpp>
#include <mutex>
#include <numeric>
#include <utility>

#include "catalogue/detail/changes.hpp"
#include "catalogue/detail/pairs.hpp"
#include "catalogue/detail/terms.hpp"
#include "core/detail/sequence.hpp"

namespace huoshui {
namespace {

/// A product with what compile adds to it. Every catalogue that holds the product shares it.
struct Entry : Product {
  std::vector<std::uint32_t> text_pairs;

  explicit Entry(Product product)
      : Product(std::move(product)), text_pairs(character_pairs(name + '\n' + industries.text)) {}
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;
  ~Entry() { delete rules_.load(std::memory_order_acquire); }

  /// Most products are ranked without a word about them, so words are made when first asked for.
  [[nodiscard]] std::span<const Rule> rules() const {
    const auto* made = rules_.load(std::memory_order_acquire);
    if (made != nullptr) return *made;
    auto mine = std::make_unique<const std::vector<Rule>>(detail::rules_of(*this));
    if (rules_.compare_exchange_strong(made, mine.get(), std::memory_order_acq_rel)) return *mine.release();
    return *made;  // another thread was first
  }

 private:
  mutable std::atomic<const std::vector<Rule>*> rules_ = nullptr;
};

using Entries = detail::Sequence<std::shared_ptr<const Entry>>;

/// What all products share.
struct Setting {
  Policy policy;
  Scorecard scorecard;
  std::array<std::vector<Rule>, kInstrumentCount> gates;

  Setting(const Policy& of_the_day, const Scorecard& card) : policy(of_the_day), scorecard(card) {
    for (const auto& entry : instrument_infos())
      gates[static_cast<std::size_t>(entry.instrument)] = gates_for(entry.instrument, policy);
  }
};

/// The rows of products in order of their id's bytes; of equal ids the first comes first.
std::vector<std::uint32_t> order_by_id(const std::vector<Product>& products) {
  std::vector<std::uint32_t> order(products.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return products[a].id < products[b].id; };
  if (!std::is_sorted(order.begin(), order.end(), before)) {
    std::stable_sort(order.begin(), order.end(), before);
  }
  return order;
}

}  // namespace

struct Catalogue::Image {
  Entries entries;                   // own the products
  std::vector<const Product*> rows;  // where they stand
  std::shared_ptr<const Setting> setting;
  std::optional<detail::CatalogueChanges> changes;
  mutable std::once_flag compiling;
  mutable std::shared_ptr<const void> compiled;
  mutable std::atomic<bool> is_compiled = false;

  [[nodiscard]] const Entry& entry(ProductRow row) const {
    return static_cast<const Entry&>(*rows[static_cast<std::size_t>(row)]);
  }
  /// The row of the first product whose id does not stand before `id`.
  [[nodiscard]] std::size_t first_from(std::string_view id) const {
    const auto at =
        std::lower_bound(rows.begin(), rows.end(), id,
                         [](const Product* p, std::string_view wanted) { return p->id < wanted; });
    return static_cast<std::size_t>(at - rows.begin());
  }
  [[nodiscard]] bool holds(std::size_t row, std::string_view id) const {
    return row < rows.size() && rows[row]->id == id;
  }
};

/// One step from an image to the next.
struct Catalogue::Update {
  std::shared_ptr<Image> image = std::make_shared<Image>();

  explicit Update(const Catalogue& from) {
    image->setting = from.image_->setting;
    image->changes = from.image_->changes;
    if (!image->changes) {
      image->changes.emplace(from);
    } else if (from.image_->is_compiled.load(std::memory_order_acquire)) {
      image->changes->compiled_before = from.image_->compiled;
    }
  }
  [[nodiscard]] Catalogue done() && {
    // A base keeps the products of its day alive; beyond so many changes it is let go.
    if (image->changes->are_many()) image->changes.reset();
    return Catalogue(std::move(image));
  }
};

Result<Catalogue> Catalogue::compile(std::vector<Product> products, const Policy& policy,
                                     const Scorecard& scorecard) {
  const std::vector<std::uint32_t> order = order_by_id(products);
  std::vector<Issue> issues;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Product &product = products[order[i]], &previous = products[order[i - 1]];
    if (product.id != previous.id) continue;
    issues.push_back({.code = IssueCode::duplicate_id,
                      .place = product.place,
                      .column = "id",
                      .found = product.id,
                      .expected = "an id of its own for every product",
                      .message = "产品编号“" + product.id + "”重复（另见" + to_string(previous.place) +
                                 "），请改成不同的编号"});
  }
  for (const std::uint32_t n : order) detail::check_terms(products[n], issues);
  if (!issues.empty()) return issues;

  const auto image = std::make_shared<Image>();
  std::vector<std::shared_ptr<const Entry>> entries;
  entries.reserve(order.size());
  image->rows.reserve(order.size());
  for (const std::uint32_t n : order) {
    entries.push_back(std::make_shared<const Entry>(std::move(products[n])));
    image->rows.push_back(entries.back().get());
  }
  image->entries = Entries(std::move(entries));
  image->setting = std::make_shared<const Setting>(policy, scorecard);
  return Catalogue(image);
}

Result<Catalogue> Catalogue::with(Product product) const {
  std::vector<Issue> issues;
  detail::check_terms(product, issues);
  if (!issues.empty()) return issues;

  Update update(*this);
  Image& next = *update.image;
  const std::size_t row = image_->first_from(product.id);
  const bool replaces = image_->holds(row, product.id);
  auto entry = std::make_shared<const Entry>(std::move(product));
  const auto at = image_->rows.begin() + static_cast<std::ptrdiff_t>(row);
  next.rows.reserve(image_->rows.size() + 1);
  next.rows.assign(image_->rows.begin(), at);
  next.rows.push_back(entry.get());
  next.rows.insert(next.rows.end(), replaces ? at + 1 : at, image_->rows.end());
  const auto n = static_cast<std::uint32_t>(row);
  if (replaces) {
    next.entries = image_->entries.replaced(row, std::move(entry));
    next.changes->replace(n);
  } else {
    next.entries = image_->entries.inserted(row, std::move(entry));
    next.changes->insert(n);
  }
  return std::move(update).done();
}

Result<Catalogue> Catalogue::without(std::string_view id) const {
  const std::size_t row = image_->first_from(id);
  if (!image_->holds(row, id)) {
    return Issue{.code = IssueCode::unknown_word,
                 .place = {},
                 .column = "id",
                 .found = std::string(id),
                 .expected = "the id of a product of the catalogue",
                 .message = "目录中没有编号为“" + std::string(id) + "”的产品，请核对编号"};
  }
  Update update(*this);
  Image& next = *update.image;
  const auto at = image_->rows.begin() + static_cast<std::ptrdiff_t>(row);
  next.rows.reserve(image_->rows.size() - 1);
  next.rows.assign(image_->rows.begin(), at);
  next.rows.insert(next.rows.end(), at + 1, image_->rows.end());
  next.entries = image_->entries.removed(row);
  next.changes->remove(static_cast<std::uint32_t>(row));
  return std::move(update).done();
}

Catalogue Catalogue::under(const Policy& policy, const Scorecard& scorecard) const {
  const auto image = std::make_shared<Image>();
  image->entries = image_->entries;
  image->rows = image_->rows;
  image->setting = std::make_shared<const Setting>(policy, scorecard);
  return Catalogue(image);
}

std::size_t Catalogue::size() const { return image_->rows.size(); }
ProductView Catalogue::products() const { return ProductView(image_->rows); }
const Product& Catalogue::product(ProductRow row) const {
  return *image_->rows[static_cast<std::size_t>(row)];
}

std::optional<ProductRow> Catalogue::find(std::string_view id) const {
  const std::size_t row = image_->first_from(id);
  if (!image_->holds(row, id)) return std::nullopt;
  return ProductRow{static_cast<std::uint32_t>(row)};
}

std::span<const Rule> Catalogue::terms(ProductRow row) const { return image_->entry(row).rules(); }
std::span<const Rule> Catalogue::gates(ProductRow row) const {
  return image_->setting->gates[static_cast<std::size_t>(product(row).instrument)];
}
const Scorecard& Catalogue::scorecard() const { return image_->setting->scorecard; }
const Policy& Catalogue::policy() const { return image_->setting->policy; }
std::span<const std::uint32_t> Catalogue::text_pairs(ProductRow row) const {
  return image_->entry(row).text_pairs;
}

std::shared_ptr<const Product> Catalogue::shared(ProductRow row) const {
  return image_->entries[static_cast<std::size_t>(row)];
}

const void* Catalogue::compiled_once(Build build) const {
  std::call_once(image_->compiling, [&] {
    image_->compiled = build(*this);
    image_->is_compiled.store(true, std::memory_order_release);
  });
  return image_->compiled.get();
}

const detail::CatalogueChanges* detail::changes_of(const Catalogue& catalogue) {
  return catalogue.image_->changes ? &*catalogue.image_->changes : nullptr;
}

std::vector<std::uint32_t> character_pairs(std::string_view text) {
  std::vector<std::uint32_t> pairs;
  detail::for_each_character_pair(text, [&](std::uint32_t pair) { pairs.push_back(pair); });
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace huoshui
