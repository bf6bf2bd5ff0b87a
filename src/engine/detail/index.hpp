// A catalogue turned on its side: for every key and every value that its rules tell apart, the products that
// the value passes. Law: read together with the gates and the loose rules it says what screen() and score()
// say of every pair.
//
// Products stand at positions of their own, those alike beside each other.
#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/eligibility/evaluate.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>

#include "engine/detail/kernels.hpp"
#include "engine/detail/nodes.hpp"
#include "engine/detail/rows.hpp"

namespace huoshui::engine {

/// A `must` term that the tables cannot answer for a range or several codes: it is evaluated as it stands.
struct Member {
  std::uint32_t position = 0;
  const Condition* condition = nullptr;
};

/// The terms on one number, at most one a product.
struct NumberTable {
  /// Whether larger values can only leave (at_most, less), only enter (at_least, greater), or either.
  enum class Shape : std::uint8_t { falling, rising, any };
  FactKey key{};
  Shape shape = Shape::any;
  RowId free = kEverybody;         // products without such a term
  std::vector<std::int64_t> cuts;  // slot s holds the values from cuts[s - 1] to below cuts[s]
  std::vector<RowId> passing;      // by slot, for a value known exactly
  std::vector<Member> members;     // shape any: for ranges across slots

  [[nodiscard]] std::size_t slot_of(std::int64_t value) const;
};

/// The terms on one code list, at most one a product.
struct CodeTable {
  FactKey key{};
  std::uint8_t list = 0;  // which Nodes
  RowId free = kEverybody;
  struct Passing {
    RowId yes = kEverybody, possible = kEverybody;
  };
  std::vector<Passing> passing;  // by class of one code, in a closed list
  std::vector<Member> members;   // trees only: for several codes and open lists
};

/// A criterion that looks how near a product's codes come to the project's: measure, trade, borrower, place.
struct Affinity {
  static constexpr std::size_t kLevels = 5;
  using Levels = std::array<RowId, kLevels>;
  FactKey key{};
  std::uint8_t list = 0;
  Criterion criterion{};
  std::array<std::int32_t, kLevels> tenths{};  // of the criterion, by level, the nearest first
  std::vector<Levels> by_class;                // the products of each level; one product, one level
  Levels unknown{};                            // when the project says nothing
  /// By class, where a table on the same key refuses all who are on no level or on another one: what is left
  /// to tell apart, and the tenths that all others have.
  struct Settled {
    Levels levels{};
    std::int32_t tenths = 0;
  };
  std::vector<Settled> settled;
};

/// A product's own rules outside the tables; products with the same ones share a profile.
struct Profile {
  std::uint32_t rules = 0;  // first of its rules
  std::uint16_t musts = 0, shoulds = 0, prefers = 0;
};

/// How a product's security counts for cover.
struct Cover {
  std::int64_t ceiling = 0;    // loan to value, in millionths
  std::int64_t uncovered = 0;  // the criterion where there is no collateral
  bool operator==(const Cover&) const = default;
};

inline constexpr std::size_t kAffinities = 4;  // at most

struct Draft;
struct Worker;

class Index {
 public:
  /// Index some rows of a catalogue, which must outlive the index.
  Index(const Catalogue& catalogue, std::span<const std::uint32_t> of_rows);
  ~Index();

  /// Lend what a thread works with, and all that it remembers; a new one when none is idle. Give it back.
  [[nodiscard]] std::unique_ptr<Worker> lend() const;
  void give_back(std::unique_ptr<Worker> worker) const;

  std::size_t products = 0;
  Rows rows;
  std::vector<NumberTable> numbers;
  std::vector<CodeTable> codes;
  std::vector<std::pair<FactKey, Nodes>> lists;
  RowId with_loose_musts = kNobody;

  std::vector<std::int32_t> fixed_points;  // by position: criteria that no project moves
  std::vector<std::uint32_t> order;        // by position: the product's row
  std::vector<ProductRecord> records;
  std::vector<PointKey> keys;  // by position
  std::vector<Profile> profiles;
  std::vector<std::uint32_t> own_rules;  // of the profiles: musts, shoulds, prefers; places in `loose`
  // Conditions judged as they stand, shared by all products that write them; always in force, never fail
  // closed.
  std::vector<const Condition*> loose;
  std::deque<Condition> made;  // those that no handbook row holds

  // Gates, once for each instrument.
  std::vector<const Condition*> gate_atoms;
  std::vector<const Rule*> gate_rules;  // distinct
  std::array<std::vector<std::uint32_t>, kInstrumentCount> gates;
  std::array<RowId, kInstrumentCount> of_instrument{};

  // Points.
  std::array<std::int32_t, kCriterionCount> weights{};
  std::vector<Affinity> affinities;
  std::vector<std::int32_t> amount_logs, tenor_logs;  // of the largest ticket and the longest tenor
  std::vector<Cover> covers;
  std::vector<std::uint32_t> first_pairs;  // by position, into pair_ids
  std::vector<std::uint32_t> pair_ids;
  std::vector<std::uint32_t> pair_slots;     // open addressing: hash of a pair …
  std::vector<std::uint32_t> pair_slot_ids;  // … and its id + 1
  std::uint32_t pair_count = 0;
  bool packs = true;               // the values and rules of every product fit a PointKey and KeptRules
  std::uint16_t most_terms = 0;    // `must` terms of a product
  std::uint16_t fewest_pairs = 0;  // of a product that has any

  [[nodiscard]] std::int32_t weight(Criterion criterion) const {
    return weights[static_cast<std::size_t>(criterion)];
  }
  /// Return the id of a character pair that some product has.
  [[nodiscard]] std::optional<std::uint32_t> pair_id(std::uint32_t pair) const;
  [[nodiscard]] std::uint8_t list_of(FactKey key) const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  void order_products(Draft& draft, std::span<const std::uint32_t> of_rows);
  void index_tables(const Draft& draft);
  void index_gates(const Catalogue& catalogue);
  void pack_keys();
  void index_points(const Draft& draft);
  void settle(Affinity& affinity) const;
  void index_pairs(const Draft& draft);

  mutable std::mutex idle_guard_;
  mutable std::vector<std::unique_ptr<Worker>> idle_;  // as many as ever ran at once
};

/// Call `visit(code)` for each measure in a list like `3;7;W2`.
template <typename Visit>
void for_each_measure(std::string_view measures, Visit&& visit) {
  while (!measures.empty()) {
    const auto end = std::min(measures.find(';'), measures.size());
    visit(measures.substr(0, end));
    measures.remove_prefix(std::min(end + 1, measures.size()));
  }
}

/// One bit of 64 for a character pair.
inline std::uint64_t signature_bit(std::uint32_t pair_id) {
  return std::uint64_t{1} << (pair_id * 0x9E3779B1U >> 26);
}

}  // namespace huoshui::engine
