/// Bindings. Columns: looks at one field of C++ records, handed to NumPy through the buffer protocol.
/// Law: a column keeps its owner alive, copies nothing and cannot be written through.
/// Example: `column_of(held, held->answer.all_offers(), &Offer::points)`.
#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace huoshui::bindings {

struct Column {
  std::shared_ptr<const void> owner;
  const void* first = nullptr;
  pybind11::ssize_t item = 0;  ///< bytes of one number
  std::string format;
  std::vector<pybind11::ssize_t> shape, strides;
};

// The pybind11 array class of our oldest supported release cannot read the arrays of NumPy 2, and the buffer
// protocol serves both.
[[nodiscard]] inline pybind11::buffer_info buffer_of(const Column& look) {
  return {const_cast<void*>(look.first),
          look.item,
          look.format,
          static_cast<pybind11::ssize_t>(look.shape.size()),
          look.shape,
          look.strides,
          /*readonly=*/true};
}

namespace detail {

inline constexpr std::int64_t kNothing = 0;  // a buffer has an address even when it is empty

template <typename Item>
[[nodiscard]] Column column_at(std::shared_ptr<const void> owner, const Item* first, std::size_t rows,
                               std::size_t stride) {
  const void* address = first;
  return {std::move(owner),
          rows == 0 ? &kNothing : address,
          static_cast<pybind11::ssize_t>(sizeof(Item)),
          pybind11::format_descriptor<Item>::format(),
          {static_cast<pybind11::ssize_t>(rows)},
          {static_cast<pybind11::ssize_t>(stride)}};
}

}  // namespace detail

/// Return a look at plain numbers.
template <typename Item>
[[nodiscard]] Column column_of(std::shared_ptr<const void> owner, std::span<const Item> items) {
  return detail::column_at(std::move(owner), items.data(), items.size(), sizeof(Item));
}

/// Return a look at one field of records; a row type shows its number.
template <typename Record, typename Field>
[[nodiscard]] Column column_of(std::shared_ptr<const void> owner, std::span<const Record> records,
                               Field Record::*field) {
  const Field* first = records.empty() ? nullptr : &(records.front().*field);
  if constexpr (std::is_enum_v<Field>) {
    using Number = std::underlying_type_t<Field>;
    return detail::column_at(std::move(owner), reinterpret_cast<const Number*>(first), records.size(),
                             sizeof(Record));
  } else {
    return detail::column_at(std::move(owner), first, records.size(), sizeof(Record));
  }
}

}  // namespace huoshui::bindings
