// A catalogue turned on its side: for every key and every value that its rules tell apart, the products that
// the value passes. Law: read together with the gates and the residual rules it says what screen() and
// score() say of every pair.
#pragma once

#include <array>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/eligibility/evaluate.hpp>
#include <memory>
#include <mutex>
#include <optional>

#include "engine/detail/nodes.hpp"
#include "engine/detail/rows.hpp"

namespace huoshui::engine {

/// A `must` term that the tables cannot answer for a range or several codes: it is evaluated as it stands.
struct Member {
  std::uint32_t product = 0;
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

/// What a candidate needs for its points, one cache line.
struct ProductRecord {
  std::int64_t fixed_points = 0;               // criteria that no project moves, weighted
  std::int64_t amount_max = 0, tenor_max = 0;  // 0: undisclosed
  std::uint64_t measures = 0;                  // bits of the measures it names
  std::int32_t log_amount = 0, log_tenor = 0;
  std::uint32_t rules = 0;  // first of its own rules outside the tables
  std::uint32_t pairs = 0;  // first of its character pairs
  std::uint16_t pair_count = 0;
  std::uint16_t must_terms = 0;  // all of them, in tables or not
  std::uint16_t ceiling = 0;     // which loan-to-value ceiling
  std::uint8_t instrument = 0;
  std::uint8_t musts = 0, shoulds = 0, prefers = 0;  // its rules outside the tables, in this order
  std::uint8_t guarantee_cover = 0;                  // in tenths, where there is no collateral
  std::uint8_t open_locality = 0;                    // in tenths, where no place is named
};

/// A rule that is judged as it stands, shared by all products that write it.
struct LooseRule {
  const Rule* rule = nullptr;
};

/// Where a code stands in the lists that only points read.
struct PlaceRows {
  RowId county = kNobody, city = kNobody, province = kNobody, other = kNobody;
};
struct TradeRows {
  RowId section = kNobody, division = kNobody, group = kNobody, trade = kNobody;
};
struct BorrowerRows {
  RowId named = kNobody, inside = kNobody;
};

class Query;

class Index {
 public:
  /// The index of a catalogue, compiled on first use.
  [[nodiscard]] static const Index& of(const Catalogue& catalogue);
  explicit Index(const Catalogue& catalogue);
  ~Index();

  /// Lend a query with all that it remembers; a new one when none is idle. Give it back when done.
  [[nodiscard]] std::unique_ptr<Query> lend() const;
  void give_back(std::unique_ptr<Query> query) const;

  std::size_t products = 0;
  Rows rows;
  std::vector<NumberTable> numbers;
  std::vector<CodeTable> codes;
  std::vector<std::pair<FactKey, Nodes>> lists;
  RowId with_loose_musts = kNobody;

  std::vector<ProductRecord> records;
  std::vector<std::uint32_t> own_rules;  // ids of loose rules, a product's together: musts, shoulds, prefers
  std::vector<LooseRule> loose;

  // Gates, once for each instrument.
  std::vector<const Condition*> gate_atoms;
  std::vector<const Rule*> gate_rules;  // distinct
  std::array<std::vector<std::uint32_t>, kInstrumentCount> gates;
  std::array<RowId, kInstrumentCount> of_instrument{};

  // Points.
  std::array<std::int64_t, kCriterionCount> weights{};
  std::vector<std::int64_t> ceilings;
  std::uint8_t region_list = 0, industry_list = 0, borrower_list = 0;
  std::vector<PlaceRows> places;        // by class
  std::vector<TradeRows> trades;        // by class
  std::vector<BorrowerRows> borrowers;  // by class
  RowId open_to_all = kNobody;          // products that name no borrowers
  std::vector<std::string> measure_codes;
  std::array<std::uint64_t, kInstrumentCount> instrument_measures{};
  bool many_measures = false;                // more than a word holds: points by the scorer of one pair
  std::vector<std::uint32_t> pair_ids;       // by product, see ProductRecord::pairs
  std::vector<std::uint32_t> pair_slots;     // open addressing: hash of a pair …
  std::vector<std::uint32_t> pair_slot_ids;  // … and its id + 1
  std::uint32_t pair_count = 0;

  /// Return the id of a character pair that some product has.
  [[nodiscard]] std::optional<std::uint32_t> pair_id(std::uint32_t pair) const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  std::uint8_t list_of(FactKey key) const;
  void index_terms(const Catalogue& catalogue);
  void index_gates(const Catalogue& catalogue);
  void index_points(const Catalogue& catalogue);

  mutable std::mutex idle_guard_;
  mutable std::vector<std::unique_ptr<Query>> idle_;  // as many as ever ran at once
};

}  // namespace huoshui::engine
