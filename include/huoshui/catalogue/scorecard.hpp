/// Room catalogue. A Scorecard is a named, versioned list of criteria with whole-number weights summing to
/// 100. Law: points = Σ weight × criterion, with criteria in millionths, so the parts always sum to the whole
/// (0..100 points, counted in millionths). Example: `Scorecard::standard()` is 对接专班, the matching desk's
/// balanced card.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/core/result.hpp>
#include <span>
#include <string>
#include <string_view>

namespace huoshui {

/// What is measured. Each is monotone in its own measure and lies in [0, 1]; what is unknown earns nothing.
enum class Criterion : std::uint8_t {
  amount_fit,  ///< need against the product's largest ticket: 1 when equal, 0 from four powers of ten below
  tenor_fit,   ///< tenor against the product's longest tenor, likewise over six doublings
  cost,        ///< 1 at 0 % a year, 0 from 10 %: the highest disclosed rate, else the lowest
  security_cover,     ///< for the bank: collateral × ceiling ÷ need; a guarantor 0.6; unsecured 0
  light_security,     ///< for the borrower: unsecured 1, guarantee 0.7, other pledges 0.4
  policy_affinity,    ///< the product names the project's measure 1; only its instrument does 0.6
  industry_affinity,  ///< depth of the shared industry code: class 1, group 0.9, division 0.7, section 0.4
  borrower_fit,       ///< type named 1; covered by a wider type 0.7; open to all 0.3
  locality,           ///< product made for the town or county 1, city 0.8, province 0.5, country 0.3
  speed,              ///< 1 at 0 days to approval, 0 from 60
  completeness,       ///< share of the ten terms of domain/product.hpp that the handbook discloses
  text_affinity,      ///< half by how surely the project's words speak of the product's instrument (its
                  ///< Affinity), half by the share of the character pairs of the product's name and trades
                  ///< among them
  source_confidence,  ///< how far the handbook row is confirmed: high 1, medium and illustrative 0.6, low 0.2
  preference,         ///< share of `prefer` rules that hold
  no_caution,         ///< share of `should` rules that hold; 1 when there are none
  readiness,          ///< share of the product's own `must` terms that already hold; 1 when it states none
  plausibility,       ///< share of those terms that no inference from the row's words speaks against
};
inline constexpr std::size_t kCriterionCount = static_cast<std::size_t>(Criterion::plausibility) + 1;

struct CriterionInfo {
  Criterion criterion;
  std::string_view id, name_zh, name_en;
};
[[nodiscard]] std::span<const CriterionInfo> criterion_infos();
[[nodiscard]] const CriterionInfo& info(Criterion criterion);

inline constexpr std::int64_t kOneMillion = 1'000'000;
inline constexpr int kWeightTotal = 100;

/// Points of one pair: the whole and its parts, in millionths of a point.
struct Points {
  std::int64_t total = 0;
  std::array<std::int64_t, kCriterionCount> parts{};

  bool operator==(const Points&) const = default;
};

/// Weights by criterion.
class Scorecard {
 public:
  /// Build a card. Errors when a weight is negative or they do not sum to 100.
  [[nodiscard]] static Result<Scorecard> make(std::string id, std::string name_zh,
                                              std::array<int, kCriterionCount> weights);
  [[nodiscard]] static Scorecard standard();    ///< 对接专班: balanced
  [[nodiscard]] static Scorecard enterprise();  ///< 企业: cost, speed, light security
  [[nodiscard]] static Scorecard bank();        ///< 银行: cover, fit, certainty
  /// Return the bundled card named `desk`, `enterprise` or `bank` (or 对接专班, 企业, 银行).
  [[nodiscard]] static Result<Scorecard> find(std::string_view name);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& name_zh() const { return name_zh_; }
  [[nodiscard]] int weight(Criterion criterion) const {
    return weights_[static_cast<std::size_t>(criterion)];
  }
  [[nodiscard]] const std::array<int, kCriterionCount>& weights() const { return weights_; }

 private:
  Scorecard() = default;
  std::string id_, name_zh_;
  std::array<int, kCriterionCount> weights_{};
};

}  // namespace huoshui
