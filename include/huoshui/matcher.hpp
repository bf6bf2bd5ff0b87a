/// The façade: screen, score and select in one pass, with the answer of the stage functions.
/// Law: same bytes for any thread count, project order or product order; rankings have min(k, candidates)
/// entries. Example: `const auto answer = match(projects, catalogue, {.k = 5, .threads = 2});`
#pragma once

#include <functional>
#include <huoshui/eligibility/screen.hpp>
#include <memory>
#include <span>
#include <vector>

namespace huoshui {

struct MatchOptions {
  std::size_t k = 5;         ///< permitted offers for each project
  std::size_t possible = 3;  ///< undecided offers for each project
  unsigned threads = 1;      ///< at most; taken from a pool that is kept, none for lists under 1,024
};

/// One offer of a ranking.
struct Offer {
  ProductRow product{};
  std::int32_t points = 0;  ///< millionths of a point, 0..100,000,000
  std::uint16_t cautions = 0;
  std::uint16_t open = 0;  ///< open `must` rules; 0 for permitted offers

  bool operator==(const Offer&) const = default;
};

/// How many products stood where for one project.
struct VerdictCounts {
  std::uint32_t permitted = 0, undecided = 0, refused = 0;

  bool operator==(const VerdictCounts&) const = default;
};

/// The rankings of a whole list as columns; projects in list order.
class Answer {
 public:
  /// An answer without projects, with room for the rankings of so many.
  explicit Answer(std::size_t projects = 0, const MatchOptions& options = {});
  [[nodiscard]] std::size_t size() const { return counts_.size(); }
  [[nodiscard]] std::span<const Offer> offers(std::size_t project) const {
    return std::span(offers_).subspan(offer_ends_[project], offer_ends_[project + 1] - offer_ends_[project]);
  }
  [[nodiscard]] std::span<const Offer> possible(std::size_t project) const {
    return std::span(possible_).subspan(possible_ends_[project],
                                        possible_ends_[project + 1] - possible_ends_[project]);
  }
  [[nodiscard]] const VerdictCounts& counts(std::size_t project) const { return counts_[project]; }

  // The columns themselves, for bindings: offers of project i stand at [offer_ends()[i], offer_ends()[i +
  // 1]).
  [[nodiscard]] std::span<const Offer> all_offers() const { return offers_; }
  [[nodiscard]] std::span<const Offer> all_possible() const { return possible_; }
  [[nodiscard]] std::span<const VerdictCounts> all_counts() const { return counts_; }
  [[nodiscard]] std::span<const std::uint64_t> offer_ends() const { return offer_ends_; }
  [[nodiscard]] std::span<const std::uint64_t> possible_ends() const { return possible_ends_; }

  /// Add the next project's rankings.
  void append(std::span<const Offer> offers, std::span<const Offer> possible, const VerdictCounts& counts);
  void append(const Answer& other);
  /// Forget all projects and keep the room.
  void clear();

  bool operator==(const Answer&) const = default;

 private:
  std::vector<Offer> offers_, possible_;
  std::vector<std::uint64_t> offer_ends_, possible_ends_;
  std::vector<VerdictCounts> counts_;
};

/// A list of projects read against one catalogue, in the form that match() works on; the list itself is
/// needed no more. For matching the same list more than once. Copies share one image; threads may share a
/// copy.
class PreparedList {
 public:
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const Catalogue& catalogue() const;
  /// Memory held, in bytes, without the catalogue.
  [[nodiscard]] std::size_t bytes() const;

  struct Image;
  explicit PreparedList(std::shared_ptr<const Image> image) : image_(std::move(image)) {}
  [[nodiscard]] const Image& image() const { return *image_; }

 private:
  std::shared_ptr<const Image> image_;
};
[[nodiscard]] PreparedList prepare(std::span<const Project> projects, const Catalogue& catalogue,
                                   unsigned threads = 1);

/// Rank the best products for each project.
[[nodiscard]] Answer match(std::span<const Project> projects, const Catalogue& catalogue,
                           const MatchOptions& options = {});

/// The same answer for a prepared list.
[[nodiscard]] Answer match(const PreparedList& projects, const MatchOptions& options = {});

/// Match a list of any length in batches: `next` gives the next projects, none at the end; `take` gets them
/// with their answer before `next` is asked again. Memory held at a time is that of one batch and its answer.
void match_batches(const std::function<std::span<const Project>()>& next, const Catalogue& catalogue,
                   const MatchOptions& options,
                   const std::function<void(std::span<const Project>, const Answer&)>& take);

/// The same answer pair by pair, by screen() and score() alone: the oracle of match().
[[nodiscard]] Answer match_exhaustively(std::span<const Project> projects, const Catalogue& catalogue,
                                        const MatchOptions& options = {});

/// One project of a reverse ranking.
struct ProjectOffer {
  std::uint32_t project = 0;  ///< index in the list
  std::int64_t points = 0;
  std::uint16_t cautions = 0, open = 0;

  bool operator==(const ProjectOffer&) const = default;
};

struct ReverseAnswer {
  std::vector<ProjectOffer> offers, possible;
  VerdictCounts counts;

  bool operator==(const ReverseAnswer&) const = default;
};

/// Rank the best projects for one product; ties by project id, ascending by bytes.
[[nodiscard]] ReverseAnswer match_product(std::span<const Project> projects, const Catalogue& catalogue,
                                          ProductRow product, const MatchOptions& options = {});
[[nodiscard]] ReverseAnswer match_product(const PreparedList& projects, ProductRow product,
                                          const MatchOptions& options = {});

}  // namespace huoshui
