// From a reading to rankings: the rows are met, the candidates scored, the best kept. One thread's.
#pragma once

#include <huoshui/eligibility/screen.hpp>
#include <huoshui/topk/select.hpp>

#include "domain/detail/fact_table.hpp"
#include "engine/detail/reading.hpp"

namespace huoshui::engine {

/// One offer of a ranking, as match() shows it.
struct Ranked {
  std::uint32_t row = 0;
  std::int32_t points = 0;
  std::uint16_t cautions = 0, open = 0;

  [[nodiscard]] Candidate candidate() const { return {points, row, open}; }
  friend bool ranks_before(const Ranked& a, const Ranked& b) {
    return huoshui::ranks_before(a.candidate(), b.candidate());
  }
};

/// What one project gets.
struct Ranking {
  std::vector<Ranked> offers, possible;
  std::uint32_t permitted = 0, undecided = 0, refused = 0;
};

/// What refuses one project by a single rule.
struct NearRanking {
  std::vector<Ranked> offers;
  std::uint32_t near = 0;
};

/// The products of an index that count, in a catalogue as it is now.
struct Living {
  std::span<const std::uint32_t> order;  // by position: the product's row
  std::span<const Block> alive;          // empty: all of them
  std::uint32_t count = 0;
};

class Scan {
 public:
  explicit Scan(const Index& index);

  /// Keep this many offers from now on.
  void keep(std::size_t k, std::size_t possible);

  /// Rank the products. `facts` judges the loose rules of a reading that does not hold them.
  const Ranking& run(const Reading& reading, const detail::FactTable* facts, const Living& living);
  [[nodiscard]] const Ranking& ranking() const { return ranking_; }

  /// Rank the k best of the products that exactly one `must` rule refuses, from the rows that run() meets.
  const NearRanking& run_near(const Reading& reading, const detail::FactTable* facts, std::size_t k,
                              const Living& living);
  [[nodiscard]] const NearRanking& near() const { return near_; }

  /// Judge one product, by its position, and unless it is refused say how it ranks, but for its row.
  Verdict judge_one(const Reading& reading, const detail::FactTable* facts, std::uint32_t position,
                    Ranked& out);

 private:
  void begin(const Reading& reading, const detail::FactTable* facts);
  void end();
  /// What the loose `must` rules of a product say, when the reading does not hold them.
  Verdict loose_verdict(std::uint32_t position);
  void sort_loose_musts();
  void count_loose_failures();
  void near_features();
  void read_tables();
  [[nodiscard]] std::int32_t most_further() const;
  void amount_points(std::size_t first, std::size_t n, std::int32_t* out) const;
  void tenor_points(std::size_t first, std::size_t n, std::int32_t* out) const;
  [[nodiscard]] std::int32_t cover_points(const Cover& cover) const;
  [[nodiscard]] Terms terms_open(const Feature* features, std::size_t counting) const;
  /// What a product gets that misses none of its `must` terms, of the shares that can differ or that cannot.
  [[nodiscard]] std::int32_t terms_points(bool that_differ) const;
  void rank(const std::uint64_t* candidates, bool open, std::size_t k, const Feature* features,
            std::size_t counting, std::size_t further, std::vector<Ranked>& out);
  [[nodiscard]] Judgement judged(std::uint32_t loose);
  [[nodiscard]] const Standing& own_standing(std::uint32_t profile);
  [[nodiscard]] std::int32_t points_without_text(std::uint32_t i);
  void score(std::size_t first, std::size_t last);
  [[nodiscard]] Ranked ranked(std::uint32_t i, std::int32_t points);
  void select(std::size_t finalists, std::size_t k, bool small_counts, std::vector<Ranked>& out);
  [[nodiscard]] std::int32_t floor_of_best(const std::vector<std::int32_t>& values, std::size_t n,
                                           std::size_t k);
  [[nodiscard]] Found found() {
    return {positions_.data(), points_.data(), counted_ ? counts_.data() : nullptr, scratch_.data(),
            unready_cost_};
  }
  void add_text(const std::uint32_t* positions, std::size_t n, std::int32_t* points);
  [[nodiscard]] std::uint64_t missing_of(std::uint32_t i) const;
  [[nodiscard]] std::int32_t weight(Criterion criterion) const { return index_.weight(criterion); }

  const Index& index_;
  std::size_t k_ = 0, possible_k_ = 0;
  Ranking ranking_;
  std::vector<Block> permitted_, undecided_;

  NearRanking near_;
  std::vector<Block> none_, one_, by_table_;  // refused by no rule, by one, by one in a table
  std::vector<const std::uint64_t*> refusing_;
  std::vector<Feature> near_features_;
  std::size_t near_counting_ = 0;

  const Reading* reading_ = nullptr;
  std::int32_t base_points_ = 0;
  const detail::FactTable* facts_ = nullptr;
  std::span<const std::uint32_t> order_;
  std::vector<const std::uint64_t*> living_rows_;
  Terms terms_{};         // of those being ranked
  bool counted_ = false;  // some of their features count
  std::int32_t unready_cost_ = 0;
  std::vector<Standing> standings_;  // of profiles, where the reading does not hold them
  std::vector<ProfilePoints> own_points_;
  const Standing* own_ = nullptr;  // by profile, those in use
  std::vector<std::uint32_t> stands_in_;
  std::uint32_t epoch_ = 0;
  std::vector<std::uint8_t> outcomes_;
  std::vector<std::uint32_t> judged_in_;

  std::vector<std::uint32_t> positions_, places_, finalists_, final_positions_;
  std::vector<std::int32_t> points_, scores_, final_points_, sorted_;
  Scoring scoring_;
  std::vector<std::uint64_t> counts_;
  std::vector<std::int32_t> table_;                     // of points by the parts of a PointKey
  bool has_instruments_ = false;                        // some of these are not zero
  std::vector<std::int32_t> readiness_, plausibility_;  // by terms and how many of them are missed
  std::vector<std::int32_t> texts_;                     // by pairs and how many of them are shared
  std::int32_t most_text_ = 0;
  std::vector<std::uint8_t> has_pair_;  // by id
  bool pairs_marked_ = false;
  std::vector<std::uint32_t> scratch_;  // of collect
};

}  // namespace huoshui::engine
