// An immutable sequence in pages that versions share: a version with one more, one less or one other value
// copies one page and the list of pages.
//
//   pages   [64..128 values] [..] [..]     shared between versions, freed with the last one that holds them
//   ends    how many values stand in the pages up to here
#pragma once

#include <algorithm>
#include <cstdint>
#include <huoshui/core/assert.hpp>
#include <memory>
#include <utility>
#include <vector>

namespace huoshui::detail {

template <typename T>
class Sequence {
 public:
  Sequence() = default;
  explicit Sequence(std::vector<T> values) {
    for (std::size_t at = 0; at < values.size(); at += kPage) {
      const auto first = values.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last = values.begin() + static_cast<std::ptrdiff_t>(std::min(at + kPage, values.size()));
      pages_.push_back(
          std::make_shared<const Page>(std::make_move_iterator(first), std::make_move_iterator(last)));
    }
    count();
  }

  [[nodiscard]] std::size_t size() const { return ends_.empty() ? 0 : ends_.back(); }
  [[nodiscard]] const T& operator[](std::size_t at) const {
    const std::size_t page = page_of(at);
    return (*pages_[page])[at - first_of(page)];
  }

  /// Return this sequence with another value in place of the one at `at`. O(pages).
  [[nodiscard]] Sequence replaced(std::size_t at, T value) const {
    HUOSHUI_ASSERT(at < size());
    const std::size_t page = page_of(at);
    Page copy = *pages_[page];
    copy[at - first_of(page)] = std::move(value);
    Sequence out = *this;
    out.pages_[page] = std::make_shared<const Page>(std::move(copy));
    return out;
  }

  /// Return this sequence with a value put in before the one at `at`, or at the end. O(pages).
  [[nodiscard]] Sequence inserted(std::size_t at, T value) const {
    HUOSHUI_ASSERT(at <= size());
    Sequence out = *this;
    if (pages_.empty()) {
      out.pages_.push_back(std::make_shared<const Page>(1, std::move(value)));
    } else {
      const std::size_t page = at == size() ? pages_.size() - 1 : page_of(at);
      Page copy;
      copy.reserve(pages_[page]->size() + 1);
      copy = *pages_[page];
      copy.insert(copy.begin() + static_cast<std::ptrdiff_t>(at - first_of(page)), std::move(value));
      if (copy.size() > kLargestPage) {
        const auto middle = copy.begin() + static_cast<std::ptrdiff_t>(copy.size() / 2);
        out.pages_.insert(out.pages_.begin() + static_cast<std::ptrdiff_t>(page + 1),
                          std::make_shared<const Page>(middle, copy.end()));
        copy.erase(middle, copy.end());
      }
      out.pages_[page] = std::make_shared<const Page>(std::move(copy));
    }
    out.count();
    return out;
  }

  /// Return this sequence without the value at `at`. O(pages).
  [[nodiscard]] Sequence removed(std::size_t at) const {
    HUOSHUI_ASSERT(at < size());
    const std::size_t page = page_of(at);
    Page copy = *pages_[page];
    copy.erase(copy.begin() + static_cast<std::ptrdiff_t>(at - first_of(page)));
    Sequence out = *this;
    if (copy.empty()) {
      out.pages_.erase(out.pages_.begin() + static_cast<std::ptrdiff_t>(page));
    } else {
      out.pages_[page] = std::make_shared<const Page>(std::move(copy));
    }
    out.count();
    return out;
  }

  /// Return the values of `change(value)`; a page in which `same(old, new)` holds throughout stays shared.
  template <typename Change, typename Same>
  [[nodiscard]] Sequence changed(Change&& change, Same&& same) const {
    Sequence out = *this;
    for (auto& page : out.pages_) {
      Page copy;
      copy.reserve(page->size());
      bool kept = true;
      for (const T& value : *page) {
        copy.push_back(change(value));
        kept = kept && same(value, copy.back());
      }
      if (!kept) page = std::make_shared<const Page>(std::move(copy));
    }
    return out;
  }

  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (const auto& page : pages_) {
      for (const T& value : *page) visit(value);
    }
  }

 private:
  static constexpr std::size_t kPage = 64, kLargestPage = 128;
  using Page = std::vector<T>;

  [[nodiscard]] std::size_t page_of(std::size_t at) const {
    return static_cast<std::size_t>(std::upper_bound(ends_.begin(), ends_.end(), at) - ends_.begin());
  }
  [[nodiscard]] std::size_t first_of(std::size_t page) const { return page == 0 ? 0 : ends_[page - 1]; }
  void count() {
    ends_.clear();
    std::size_t end = 0;
    for (const auto& page : pages_) ends_.push_back(end += page->size());
  }

  std::vector<std::shared_ptr<const Page>> pages_;
  std::vector<std::size_t> ends_;
};

}  // namespace huoshui::detail
