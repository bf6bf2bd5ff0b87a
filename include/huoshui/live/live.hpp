/// Room live. A Board holds a catalogue, a list and the rankings of the one for the other, and keeps them
/// true while products and projects change one by one. Law: every snapshot says what match() says of the same
/// products and projects; a snapshot never changes, whatever the writer does. Example: `const auto seen =
/// board.snapshot(); const auto next = board.put(product).value(); difference(seen, next);`
#pragma once

#include <huoshui/matcher.hpp>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace huoshui {

/// One entry of a ranking on a board. The product lives as long as any snapshot that shows the ranking.
struct RankedProduct {
  const Product* product = nullptr;
  std::int64_t points = 0;  ///< millionths of a point
  std::uint16_t cautions = 0;
  std::uint16_t open = 0;  ///< open `must` rules; 0 for permitted offers

  bool operator==(const RankedProduct&) const = default;
};

/// What one project is shown: permitted offers and undecided ones, the best first.
struct ProjectRanking {
  std::vector<RankedProduct> offers, possible;

  bool operator==(const ProjectRanking&) const = default;
};

/// The board at one moment. Cheap to copy, immutable, shared by threads.
class Snapshot {
 public:
  [[nodiscard]] const Catalogue& catalogue() const;
  [[nodiscard]] const MatchOptions& options() const;
  /// How many projects are on the board. They stand in order of their id's bytes.
  [[nodiscard]] std::size_t size() const;
  /// Return the n-th project; it keeps its address until it is replaced. O(log size), like the next two.
  [[nodiscard]] const Project& project(std::size_t n) const;
  [[nodiscard]] const ProjectRanking& ranking(std::size_t n) const;
  [[nodiscard]] const VerdictCounts& counts(std::size_t n) const;
  /// Return where the project with an id stands, if it does.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view project_id) const;
  /// The rankings as match() gives them, with the rows of this catalogue. O(size).
  [[nodiscard]] Answer answer() const;

 private:
  friend class Board;
  struct State;
  explicit Snapshot(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

/// The newest snapshot, and the one way to the next. Any thread may read at any time; writers take turns, and
/// readers never wait for a writer's work.
class Board {
 public:
  /// Match a list and put it on a board. Errors with duplicate_id, naming every project whose id is taken.
  [[nodiscard]] static Result<Board> open(Catalogue catalogue, std::vector<Project> projects,
                                          const MatchOptions& options = {});
  Board(Board&&) noexcept;
  Board& operator=(Board&&) noexcept;
  ~Board();

  [[nodiscard]] Snapshot snapshot() const;

  /// Add a product or replace the one with its id, rank anew whom it concerns, publish and return the next
  /// snapshot. Errors as Catalogue::with; nothing is published then. Likewise below.
  Result<Snapshot> put(Product product);
  /// Errors with unknown_word when there is no such product.
  Result<Snapshot> remove_product(std::string_view id);
  /// Add a project or replace the one with its id. Only this project is matched.
  Result<Snapshot> put(Project project);
  /// Errors with unknown_word when there is no such project.
  Result<Snapshot> remove_project(std::string_view id);
  /// Go over to another day or scorecard; every project is matched again.
  Result<Snapshot> put(const Policy& policy);
  Result<Snapshot> put(const Scorecard& scorecard);

 private:
  struct Held;
  explicit Board(std::unique_ptr<Held> held);
  template <typename Next>
  Result<Snapshot> publish(Next&& next);
  std::unique_ptr<Held> held_;
};

}  // namespace huoshui
