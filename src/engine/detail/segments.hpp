// The index of a catalogue in one piece, or, after updates, the index of its base with what is gone masked
// out and small ones of what is fresh. Law: rankings are those of one index over the current products.
//
//   base         all products of the base, those gone masked
//   levels       the products that came since, the oldest first; each level has more living products than all
//                younger ones together, so that they are few, and is shared with the catalogues before
#pragma once

#include "catalogue/detail/changes.hpp"
#include "engine/detail/worker.hpp"

namespace huoshui::engine {

/// Fresh products in an index of their own, for as long as it pays.
struct Level {
  /// Index some fresh rows of a catalogue, those whose products came from `first` to before `end`.
  Level(const Catalogue& catalogue, std::vector<std::shared_ptr<const Product>> owners,
        std::span<const std::uint32_t> rows, std::vector<std::uint32_t> their_arrivals, std::uint32_t end);

  std::vector<std::shared_ptr<const Product>> products;  // the index points into them
  Index index;
  std::vector<std::uint32_t> arrivals;     // by item: the order of rows, which no update changes
  std::vector<std::uint32_t> position_of;  // by item, in the index
  std::uint32_t end = 0;
};

struct Segment {
  std::shared_ptr<const Index> index;
  std::vector<std::uint32_t> order;  // by position: the product's row in the current catalogue
  std::vector<Block> alive;          // empty: all of them
  std::uint32_t gone = 0;
  std::shared_ptr<const Level> level;  // null: the base

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(order.size()) - gone; }
  [[nodiscard]] Living living() const { return {order, alive, count()}; }
};

class Segments {
 public:
  /// The segments of a catalogue, made on first use.
  [[nodiscard]] static const Segments& of(const Catalogue& catalogue);
  explicit Segments(const Catalogue& catalogue);

  [[nodiscard]] std::span<const Segment> all() const { return segments_; }
  struct Place {
    std::size_t segment = 0;
    std::uint32_t position = 0;
  };
  /// Return where a row of the catalogue stands.
  [[nodiscard]] Place find(ProductRow row) const;

 private:
  void add_levels(const Catalogue& catalogue, const detail::CatalogueChanges& changes);

  std::vector<Segment> segments_;
};

/// What one thread works with, for as long as it needs it.
class Crew {
 public:
  Crew(const Segments& segments, std::size_t k, std::size_t possible);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// Read and rank a project.
  const Ranking& run(const Project& project, const Policy& policy);
  /// Rank a project by its readings, one a segment.
  const Ranking& run(std::span<const Reading> readings);
  /// Read a project and rank the k best of those that one rule refuses.
  const NearRanking& run_near(const Project& project, const Policy& policy, std::size_t k);
  /// The facts of the last project read.
  [[nodiscard]] const detail::FactTable& facts() const { return workers_.front()->reader.facts(); }
  /// Judge one product of a project.
  Verdict judge_one(const Project& project, const Policy& policy, const Segments::Place& place, Ranked& out);
  Verdict judge_one(std::span<const Reading> readings, const Segments::Place& place, Ranked& out);

 private:
  const Ranking& joined();

  const Segments& segments_;
  std::size_t k_, possible_k_;
  std::vector<std::unique_ptr<Worker>> workers_;  // by segment
  Ranking ranking_;
  NearRanking near_;
};

}  // namespace huoshui::engine
