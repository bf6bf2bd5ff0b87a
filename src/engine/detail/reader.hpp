// Reads projects against an index. One thread's; what it has worked out is kept for the next project.
#pragma once

#include <huoshui/domain/project.hpp>
#include <string_view>
#include <unordered_map>

#include "domain/detail/fact_table.hpp"
#include "engine/detail/reading.hpp"
#include "policy/detail/derivation.hpp"

namespace huoshui::engine {

class Reader {
 public:
  explicit Reader(const Index& index);

  /// Read a project. The reading borrows from `arena`, from the index and from this reader until forget().
  Reading read(const Project& project, const Policy& policy, Arena& arena);
  /// The same with the loose rules judged, so that the project is needed no more.
  Reading read_whole(const Project& project, const Policy& policy, Arena& arena);

  /// The facts of the last project read.
  [[nodiscard]] const detail::FactTable& facts() const { return facts_; }
  /// Drop what is remembered once it has grown large. No reading may be in use.
  void forget_if_large();
  [[nodiscard]] std::size_t bytes() const;

 private:
  using Key = std::vector<std::uint64_t>;
  struct HashKey {
    std::size_t operator()(const Key& key) const;
  };
  struct RowPair {
    std::vector<Block> certain, possible;
  };
  using LevelBlocks = std::array<std::vector<Block>, Affinity::kLevels>;
  /// A number or code table's rows for the project's fact.
  struct State {
    const std::uint64_t* certain = nullptr;   // passes
    const std::uint64_t* possible = nullptr;  // does not fail
  };

  const GateReading& read_gates();
  const GateReading* fresh_gates();
  const LooseReading* read_loose();
  void read_tables(Arena& arena);
  [[nodiscard]] State state_of(const NumberTable& table, std::size_t which, const Fact& fact);
  [[nodiscard]] State state_of(const CodeTable& table, std::size_t which, const Fact& fact);
  [[nodiscard]] State patched(const std::vector<Member>& members, const Fact& fact);
  void add(const State& state, const Fact* fact, RowId free, Arena& arena);
  void read_affinities(Reading& out);
  [[nodiscard]] std::int32_t log_of(std::int64_t value);
  [[nodiscard]] const std::int32_t* instrument_points(const Project& project, Arena& arena) const;
  void read_points(const Project& project, Arena& arena, Reading& out);
  const std::vector<std::uint64_t>& key_of(std::size_t which, std::uint64_t more,
                                           const std::vector<std::uint32_t>& classes);

  const Index& index_;
  const bool few_loose_;  // few enough to judge all for every project and keep what they say together
  policy_detail::DerivationMemory derivations_;
  std::vector<Fact> derived_;
  detail::FactTable facts_;

  std::unordered_map<Key, const GateReading*, HashKey> gates_;  // by the answers to the atoms
  std::unordered_map<Key, std::unique_ptr<GateReading>, HashKey> gate_contents_;
  std::unordered_map<Key, std::unique_ptr<LooseReading>, HashKey> loose_;
  std::unordered_map<Key, RowPair, HashKey> united_;      // rows for several codes, ranges across slots
  std::unordered_map<Key, LevelBlocks, HashKey> levels_;  // affinities to several codes
  Key key_;
  std::vector<std::uint8_t> outcomes_;

  std::vector<std::vector<std::uint32_t>> classes_;  // by list: those of the project's codes
  std::vector<const std::uint64_t*> shared_, certain_, possible_;
  std::vector<Feature> for_permitted_, for_both_, for_settled_, for_possible_;
  struct KnownLog {
    std::int64_t value = 0;
    std::int32_t log = 0;
  };
  std::array<KnownLog, 128> logs_{};
  std::int32_t base_points_ = 0;
  std::vector<std::uint32_t> pairs_;
};

}  // namespace huoshui::engine
