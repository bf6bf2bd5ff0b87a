/// The façade for near misses: the products that exactly one `must` rule refuses, and which rule that is.
/// Law: the pairs with screen().failed == 1, ranked as offers are, from the very rows that match() meets;
/// same bytes for any thread count. Example: `const auto near = match_near(projects, catalogue, {.k = 5});`
#pragma once

#include <cstdint>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/domain/project.hpp>
#include <span>
#include <vector>

namespace huoshui {

struct NearOptions {
  std::size_t k = 5;  ///< near misses shown for each project
  unsigned threads = 1;
};

/// A product that one rule keeps from a project.
struct NearOffer {
  ProductRow product{};
  std::int32_t points = 0;  ///< what score() says of the pair, millionths of a point, 0..100,000,000
  std::uint16_t cautions = 0;
  std::uint16_t open = 0;  ///< open `must` rules, beside the one that fails
  std::uint16_t rule = 0;  ///< the rule that fails, by its place among the product's, see failing_rule()

  bool operator==(const NearOffer&) const = default;
};

/// The near misses of a whole list as columns; projects in list order.
class NearAnswer {
 public:
  [[nodiscard]] std::size_t size() const { return counts_.size(); }
  [[nodiscard]] std::span<const NearOffer> offers(std::size_t project) const {
    return std::span(offers_).subspan(offer_ends_[project], offer_ends_[project + 1] - offer_ends_[project]);
  }
  /// How many products one rule keeps from a project, shown or not.
  [[nodiscard]] std::uint32_t count(std::size_t project) const { return counts_[project]; }

  // The columns themselves, for bindings: those of project i stand at [offer_ends()[i], offer_ends()[i + 1]).
  [[nodiscard]] std::span<const NearOffer> all_offers() const { return offers_; }
  [[nodiscard]] std::span<const std::uint64_t> offer_ends() const { return offer_ends_; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const { return counts_; }

  /// Add the next project's near misses.
  void append(std::span<const NearOffer> offers, std::uint32_t count);
  void append(const NearAnswer& other);

  bool operator==(const NearAnswer&) const = default;

 private:
  std::vector<NearOffer> offers_;
  std::vector<std::uint64_t> offer_ends_{0};
  std::vector<std::uint32_t> counts_;
};

/// Rank the best near misses of each project. Throws ContractError when there are no threads.
[[nodiscard]] NearAnswer match_near(std::span<const Project> projects, const Catalogue& catalogue,
                                    const NearOptions& options = {});

/// The same answer pair by pair, by screen() and score() alone: the oracle of match_near(). One thread.
[[nodiscard]] NearAnswer match_near_exhaustively(std::span<const Project> projects,
                                                 const Catalogue& catalogue, const NearOptions& options = {});

/// Return the rule that fails; it lives as long as the catalogue. Throws ContractError for an offer of
/// another catalogue whose product has no such rule.
[[nodiscard]] const Rule& failing_rule(const Catalogue& catalogue, const NearOffer& offer);

}  // namespace huoshui
