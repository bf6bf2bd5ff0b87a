// One thread's way through an index: a project in, its rankings out. Scratch is kept between projects.
#pragma once

#include <huoshui/domain/project.hpp>
#include <huoshui/topk/select.hpp>
#include <string_view>
#include <vector>

#include "domain/detail/fact_table.hpp"
#include "engine/detail/index.hpp"
#include "policy/detail/derivation.hpp"

namespace huoshui::engine {

/// One offer of a ranking, as match() shows it.
struct Ranked {
  Candidate candidate;
  std::uint16_t cautions = 0;
};

/// What one project gets.
struct Ranking {
  std::vector<Ranked> offers, possible;
  std::uint32_t permitted = 0, undecided = 0, refused = 0;
};

class Query {
 public:
  explicit Query(const Index& index);

  /// Keep this many offers from now on.
  void keep(std::size_t k, std::size_t possible);

  /// Rank the products for a project.
  const Ranking& run(const Project& project, const Catalogue& catalogue);

 private:
  /// What the gates of one instrument say of the project.
  struct GateReading {
    std::uint16_t failed = 0, open = 0, cautions = 0;
    std::uint16_t shoulds = 0, shoulds_held = 0, prefers = 0, prefers_held = 0;
  };
  struct GateEntry {
    std::vector<std::uint64_t> key;
    std::array<GateReading, kInstrumentCount> readings;
    std::vector<Block> permitted, possible;
  };
  /// What the project's fact says in one table.
  struct State {
    const std::uint64_t* certain = nullptr;    // passes
    const std::uint64_t* possible = nullptr;   // does not fail
    const std::uint64_t* plausible = nullptr;  // no inference speaks against it; null when there is none
    const std::uint64_t* free = nullptr;       // has no such term
  };
  /// What stands behind one candidate.
  struct Standing {
    std::uint32_t open = 0, unready = 0, implausible = 0, cautions = 0;
    std::uint32_t shoulds = 0, shoulds_held = 0, prefers = 0, prefers_held = 0;
  };

  const GateEntry& read_gates(const detail::FactTable& facts);
  void fill(GateEntry& entry, const detail::FactTable& facts) const;
  void read_tables(const detail::FactTable& facts);
  void add_state(const Fact* fact, RowId free, const std::uint64_t* certain, const std::uint64_t* possible);
  std::uint64_t* scratch_row();
  void patch(const std::vector<Member>& members, const Fact& fact, const std::uint64_t*& certain,
             const std::uint64_t*& possible);
  const Judgement& judged(std::uint32_t loose, const detail::FactTable& facts);
  void judge_loose_musts(const detail::FactTable& facts);
  void read_points(const Project& project, const detail::FactTable& facts);
  Standing standing(std::uint32_t n, const detail::FactTable& facts, bool permitted);
  [[nodiscard]] std::int64_t weight(Criterion criterion) const {
    return index_.weights[static_cast<std::size_t>(criterion)];
  }
  std::int64_t first_points(std::uint32_t n);
  std::int64_t points(std::uint32_t n, std::int64_t total, const Standing& standing, std::int64_t least);
  std::int64_t cover(std::uint16_t ceiling);
  void rank(const std::uint64_t* candidates, std::size_t k, bool permitted, const detail::FactTable& facts,
            std::vector<Ranked>& out);

  const Index& index_;
  const Catalogue* catalogue_ = nullptr;  // while run() lasts
  std::size_t k_ = 0, possible_k_ = 0;
  policy_detail::DerivationMemory memory_;
  detail::FactTable table_;
  std::vector<Fact> derived_;
  Ranking ranking_;

  std::vector<std::unique_ptr<GateEntry>> gate_cache_;
  std::vector<std::uint64_t> gate_key_;
  const GateEntry* gates_ = nullptr;

  std::vector<State> states_;
  std::vector<const std::uint64_t*> certain_rows_, possible_rows_;
  std::vector<State> soft_;  // tables that do not settle every product, or rest on an inference
  std::vector<std::vector<Block>> scratch_;
  std::size_t scratch_used_ = 0;
  std::vector<Block> permitted_, undecided_;

  std::vector<Judgement> judgements_;
  std::vector<std::uint32_t> judged_in_;
  std::uint32_t epoch_ = 0;
  std::vector<std::vector<std::uint32_t>> classes_;  // by list: those of the project's codes

  // The project's side of the points.
  std::int64_t need_ = 0, log_need_ = 0, tenor_ = 0, log_tenor_ = 0, collateral_ = 0;
  bool has_collateral_ = false;
  std::uint64_t measures_ = 0;
  std::int64_t most_further_ = 0;  // beyond first_points, for any candidate of this project
  const Fact* measure_fact_ = nullptr;
  std::vector<std::int64_t> covers_;
  std::vector<std::uint32_t> covered_in_;
  std::array<const std::uint64_t*, 4> places_{},
      trades_{};                                     // rows, the nearest place and the widest trade first
  std::array<const std::uint64_t*, 3> borrowers_{};  // open to all, named, inside
  std::array<std::int64_t, 16> place_points_{};
  std::array<std::int64_t, 8> borrower_points_{};
  std::int64_t open_place_points_ = 0;
  std::vector<std::uint64_t> pairs_;  // bits of the project's character pairs
  std::vector<std::uint32_t> pair_words_;
};

}  // namespace huoshui::engine
