/// Room catalogue. A ProductView is the products of a catalogue in row order, without a copy.
/// Law: row r of the catalogue is entry r of the view; valid as long as a catalogue that holds the products.
/// Example: `for (const auto& product : catalogue.products()) …`.
#pragma once

#include <cstddef>
#include <huoshui/domain/product.hpp>
#include <iterator>
#include <span>

namespace huoshui {

/// A random-access range of products that stand wherever they stand.
class ProductView {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = Product;
    using difference_type = std::ptrdiff_t;
    using pointer = const Product*;
    using reference = const Product&;

    Iterator() = default;
    explicit Iterator(const Product* const* at) : at_(at) {}
    reference operator*() const { return **at_; }
    pointer operator->() const { return *at_; }
    reference operator[](difference_type n) const { return *at_[n]; }
    Iterator& operator++() { return ++at_, *this; }
    Iterator& operator--() { return --at_, *this; }
    Iterator operator++(int) { return Iterator(at_++); }
    Iterator operator--(int) { return Iterator(at_--); }
    Iterator& operator+=(difference_type n) { return at_ += n, *this; }
    Iterator& operator-=(difference_type n) { return at_ -= n, *this; }
    friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
    friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
    friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(Iterator a, Iterator b) { return a.at_ - b.at_; }
    auto operator<=>(const Iterator&) const = default;

   private:
    const Product* const* at_ = nullptr;
  };

  explicit ProductView(std::span<const Product* const> rows) : rows_(rows) {}

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] const Product& operator[](std::size_t row) const { return *rows_[row]; }
  [[nodiscard]] const Product& front() const { return *rows_.front(); }
  [[nodiscard]] const Product& back() const { return *rows_.back(); }
  [[nodiscard]] Iterator begin() const { return Iterator(rows_.data()); }
  [[nodiscard]] Iterator end() const { return Iterator(rows_.data() + rows_.size()); }

 private:
  std::span<const Product* const> rows_;
};

}  // namespace huoshui
