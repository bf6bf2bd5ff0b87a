// What one pass over the products leaves for the tables and points of an index: whole numbers only, so that
// nothing else follows pointers into the products. Thrown away once the index is made.
//
//   item      the n-th of the products indexed, in the order of their rows
//   number    an entry of a code list, until its Nodes are frozen
#pragma once

#include <huoshui/catalogue/catalogue.hpp>
#include <span>
#include <vector>

#include "engine/detail/index.hpp"

namespace huoshui::engine {

/// How the terms of a table look at their key.
enum class Form : std::uint8_t { falling, rising, any_number, member, code_tree, loose };

/// The entries of a code test, as places in Draft::numbers: named from `named` to `inside`, inside up to
/// `above`, above up to `end`. Those that no table and no point needs are left out.
struct CodeSpan {
  std::uint32_t named = 0, inside = 0, above = 0, end = 0;
  bool prefix_form = false, open = false;
};

/// The terms of one table, at most one a product; of the last three, those that its form needs.
struct TableDraft {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  Form form{};
  FactKey key{};
  std::uint8_t list = 0;                     // member, code_tree
  std::uint32_t next = kNone;                // the table for a product's further terms of this form and key
  std::uint32_t last_item = 0;               // the last item with a term here
  std::vector<std::uint32_t> items;          // by term, rising
  std::vector<std::int64_t> cuts;            // falling, rising: by term, the first value on the other side
  std::vector<std::uint32_t> codes;          // member: by term, a place in Draft::codes
  std::vector<const Condition*> conditions;  // any_number, code_tree: by term
};

struct ItemDraft {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::int32_t points = 0;                                               // that no project moves
  std::uint32_t regions = kNone, industries = kNone, borrowers = kNone;  // places in Draft::codes
  std::uint32_t measures = 0, measures_end = 0;                          // places in Draft::numbers
  std::uint32_t pairs = 0, pairs_end = 0;                                // places in Draft::pairs
  bool whole_country = false;
};

struct Draft {
  std::vector<ItemDraft> items;
  std::vector<ProductRecord> records;  // by item
  std::vector<TableDraft> tables;
  std::vector<CodeSpan> codes;
  std::vector<std::uint32_t> numbers;      // of entries
  std::vector<std::uint32_t> pairs;        // ids of character pairs
  std::vector<std::uint32_t> pair_values;  // by id
  std::vector<std::uint32_t> position_of;  // by item

  [[nodiscard]] std::span<const std::uint32_t> between(std::uint32_t from, std::uint32_t to) const {
    return std::span(numbers).subspan(from, to - from);
  }
};

/// Read the products of an index; fills what of it has no positions: lists, loose rules, profiles, covers,
/// logs.
[[nodiscard]] Draft draft_of(Index& index, const Catalogue& catalogue, std::span<const std::uint32_t> rows);

/// The wording of a condition does not count.
[[nodiscard]] std::uint64_t hash_of(const Condition& condition);

/// A bitmap of products for each node of a list; nothing is held until a bit is set.
class NodeRows {
 public:
  NodeRows(const Nodes& nodes, std::size_t words) : nodes_(nodes), words_(words) {}
  void set(std::uint32_t node, std::uint32_t position) {
    if (bits_.empty()) bits_.resize(nodes_.size() * words_);
    set_bit(bits_.data() + node * words_, position);
  }
  [[nodiscard]] bool empty() const { return bits_.empty(); }
  /// The row of a node, or nullptr while all are empty.
  [[nodiscard]] const std::uint64_t* operator[](std::uint32_t node) const {
    return bits_.empty() ? nullptr : bits_.data() + node * words_;
  }
  void unite_into(std::vector<std::uint64_t>& row, std::uint32_t node) const {
    if (bits_.empty()) return;
    const std::uint64_t* from = bits_.data() + node * words_;
    for (std::size_t i = 0; i < words_; ++i) row[i] |= from[i];
  }
  void unite(std::uint32_t node, const std::uint64_t* from) {
    if (bits_.empty()) bits_.resize(nodes_.size() * words_);
    std::uint64_t* row = bits_.data() + node * words_;
    for (std::size_t i = 0; i < words_; ++i) row[i] |= from[i];
  }
  /// Give every node what the nodes below it have; the empty one stays as it is.
  void spread_up() {
    for (auto v = static_cast<std::uint32_t>(nodes_.size()); !empty() && v-- > 1;) {
      if (nodes_.parent(v) != 0) unite(nodes_.parent(v), (*this)[v]);
    }
  }
  /// Give every node what the nodes above it have, but for the empty one.
  void spread_down() {
    for (std::uint32_t v = 1; !empty() && v < nodes_.size(); ++v) {
      if (nodes_.parent(v) != 0) unite(v, (*this)[nodes_.parent(v)]);
    }
  }

 private:
  const Nodes& nodes_;
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

}  // namespace huoshui::engine
