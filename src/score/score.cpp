#include <algorithm>
#include <huoshui/core/assert.hpp>
#include <huoshui/score/score.hpp>

#include "core/detail/wide.hpp"
#include "score/detail/closeness.hpp"
#include "score/detail/points.hpp"

namespace huoshui {
namespace {

using detail::JudgedRule;
using detail::kFourPowersOfTen;
using detail::kSixDoublings;
using detail::log_closeness;
using detail::scored_value;

std::int64_t amount_fit(const PreparedProject& project, const Product& product) {
  if (!product.amount.has_max()) return 0;
  return log_closeness(scored_value(project.facts.find(FactKey::financing_need)), product.amount.max,
                       kFourPowersOfTen);
}

std::int64_t tenor_fit(const PreparedProject& project, const Product& product) {
  if (!product.tenor.has_max()) return 0;
  return log_closeness(scored_value(project.facts.find(FactKey::tenor)), product.tenor.max, kSixDoublings);
}

std::int64_t cost(const Product& product) {
  constexpr std::int64_t kWorstRate = 100'000;  // 10 % a year
  const std::int64_t rate = product.rate.has_max()   ? product.rate.max
                            : product.rate.has_min() ? product.rate.min
                                                     : -1;
  if (rate < 0) return 0;
  return rate >= kWorstRate ? 0 : (kWorstRate - rate) * kOneMillion / kWorstRate;
}

bool names(const Product& product, std::string_view security) {
  const auto& named = product.securities.test.named;
  return std::any_of(named.begin(), named.end(), [&](const Code& code) { return code.text() == security; });
}

bool rests_on_guarantee(const Product& product) {
  return names(product, "guarantee") || names(product, "government_guarantee");
}

std::int64_t security_cover(const PreparedProject& project, const Product& product) {
  const std::int64_t need = scored_value(project.facts.find(FactKey::financing_need));
  const Fact* collateral = project.facts.find(FactKey::collateral_value);
  if (collateral != nullptr && collateral->range.has_min() && collateral->range.min > 0 && need > 0) {
    const std::int64_t ceiling = product.loan_to_value_max.value_or(kOneMillion);
    const auto cover = static_cast<detail::Wide>(collateral->range.min) *
                       static_cast<std::uint64_t>(ceiling) / static_cast<std::uint64_t>(need);
    return cover > static_cast<detail::Wide>(kOneMillion) ? kOneMillion : static_cast<std::int64_t>(cover);
  }
  return rests_on_guarantee(product) ? 600'000 : 0;
}

std::int64_t light_security(const Product& product) {
  if (!product.securities.stated()) return 0;
  if (names(product, "credit")) return kOneMillion;
  return rests_on_guarantee(product) ? 700'000 : 400'000;
}

bool lists(std::string_view measures, std::string_view code) {
  while (!measures.empty()) {
    const auto end = std::min(measures.find(';'), measures.size());
    if (measures.substr(0, end) == code) return true;
    measures.remove_prefix(std::min(end + 1, measures.size()));
  }
  return false;
}

std::int64_t policy_affinity(const PreparedProject& project, const Product& product) {
  const Fact* measure = project.facts.find(FactKey::measure);
  if (measure == nullptr) return 0;
  std::int64_t best = 0;
  for (const auto& code : measure->codes) {
    const bool named =
        std::find(product.measures.begin(), product.measures.end(), code) != product.measures.end();
    if (named) return kOneMillion;
    if (lists(info(product.instrument).measures, code.text())) best = 600'000;
  }
  return best;
}

std::int64_t industry_affinity(const PreparedProject& project, const Product& product) {
  const Fact* industry = project.facts.find(FactKey::industry);
  if (industry == nullptr) return 0;
  std::int64_t best = 0;
  for (const auto& code : industry->codes) {
    for (const auto& accepted : product.industries.test.named) {
      const auto shared = std::mismatch(code.text().begin(), code.text().end(), accepted.text().begin(),
                                        accepted.text().end())
                              .first -
                          code.text().begin();
      const std::int64_t depth[] = {0, 400'000, 400'000, 700'000, 900'000, kOneMillion};
      best = std::max(best, depth[std::min<std::ptrdiff_t>(shared, 5)]);
    }
  }
  return best;
}

std::int64_t borrower_fit(const PreparedProject& project, const Product& product) {
  if (!product.borrowers.stated()) return 300'000;
  const Fact* borrower = project.facts.find(FactKey::borrower);
  if (borrower == nullptr) return 0;
  const auto& test = product.borrowers.test;
  std::int64_t best = 0;
  for (const auto& code : borrower->codes) {
    if (std::find(test.named.begin(), test.named.end(), code) != test.named.end()) return kOneMillion;
    if (std::find(test.inside.begin(), test.inside.end(), code) != test.inside.end()) best = 700'000;
  }
  return best;
}

std::int64_t locality(const PreparedProject& project, const Product& product) {
  const Fact* region = project.facts.find(FactKey::region);
  if (region == nullptr) return 0;
  std::int64_t best = product.regions.text.find("全国") != std::string::npos ? 300'000 : 0;
  for (const auto& accepted : product.regions.test.named) {
    for (const auto& code : region->codes) {
      if (!accepted.covers(code)) continue;
      const auto length = accepted.text().size();
      best = std::max<std::int64_t>(best, length >= 6   ? kOneMillion
                                          : length >= 4 ? 800'000
                                          : length == 2 ? 500'000
                                                        : 300'000);
    }
  }
  return best;
}

std::int64_t speed(const Product& product) {
  constexpr std::int64_t kSlowest = 60;
  if (!product.approval_days) return 0;
  const std::int64_t days = std::clamp<std::int64_t>(*product.approval_days, 0, kSlowest);
  return (kSlowest - days) * kOneMillion / kSlowest;
}

std::int64_t completeness(const Product& product) {
  const auto left_out = static_cast<std::int64_t>(undisclosed_terms(product).size());
  return (kDisclosableTerms - left_out) * kOneMillion / kDisclosableTerms;
}

std::int64_t shared_pairs(const PreparedProject& project, std::span<const std::uint32_t> product_pairs) {
  if (product_pairs.empty()) return 0;
  std::int64_t shared = 0;
  auto at = project.text_pairs.begin();
  for (const std::uint32_t pair : product_pairs) {
    at = std::lower_bound(at, project.text_pairs.end(), pair);
    if (at == project.text_pairs.end()) break;
    if (*at == pair) ++shared;
  }
  return shared * kOneMillion / static_cast<std::int64_t>(product_pairs.size());
}

/// Two halves, each rounded down by itself: one hangs on the instrument alone, the other on the words alone.
std::int64_t text_affinity(const PreparedProject& project, Instrument instrument,
                           std::span<const std::uint32_t> product_pairs) {
  const auto& affinity = project.project->affinity;
  const std::int64_t speaks = affinity ? affinity->probability(instrument) : 0;
  return speaks / 2 + shared_pairs(project, product_pairs) / 2;
}

std::int64_t source_confidence(const Product& product) {
  switch (product.confidence) {
    case Confidence::low:
      return 200'000;
    case Confidence::medium:
      return 600'000;
    case Confidence::high:
      return kOneMillion;
    case Confidence::illustrative:
      return 600'000;
  }
  return 0;
}

/// Whether a criterion is read from the rules of the pair.
bool reads_rules(Criterion criterion) {
  return criterion == Criterion::preference || criterion == Criterion::no_caution ||
         criterion == Criterion::readiness || criterion == Criterion::plausibility;
}

/// Share of the counted rules that fit; `none` when nothing is counted.
template <typename Counts, typename Fits>
std::int64_t share(std::span<const JudgedRule> judged, std::int64_t none, const Counts& counts,
                   const Fits& fits) {
  std::int64_t rules = 0, fitting = 0;
  for (const auto& [rule, judgement] : judged) {
    if (!counts(*rule)) continue;
    ++rules;
    if (fits(judgement)) ++fitting;
  }
  return rules == 0 ? none : fitting * kOneMillion / rules;
}

/// One criterion that is read from the rules, the first `terms` of which are the product's own.
std::int64_t share_of(Criterion criterion, std::size_t terms, std::span<const JudgedRule> judged) {
  const auto in_force = [](Strength strength) {
    return [strength](const Rule& rule) { return rule.strength == strength && !rule.not_in_force; };
  };
  const auto must = [](const Rule& rule) { return rule.strength == Strength::must; };
  const auto holds = [](const Judgement& j) { return j.outcome == Outcome::pass; };
  const auto may_hold = [](const Judgement& j) {
    return j.outcome == Outcome::pass || (j.outcome == Outcome::undecided && !j.on_inference);
  };
  switch (criterion) {
    case Criterion::preference:
      return share(judged, 0, in_force(Strength::prefer), holds);
    case Criterion::no_caution:
      return share(judged, kOneMillion, in_force(Strength::should), holds);
    case Criterion::readiness:
      return share(judged.first(terms), kOneMillion, must, holds);
    default:
      return share(judged.first(terms), kOneMillion, must, may_hold);
  }
}

}  // namespace

std::int64_t measure(Criterion criterion, const PreparedProject& project, const Catalogue& catalogue,
                     ProductRow row) {
  const Product& product = catalogue.product(row);
  switch (criterion) {
    case Criterion::amount_fit:
      return amount_fit(project, product);
    case Criterion::tenor_fit:
      return tenor_fit(project, product);
    case Criterion::cost:
      return cost(product);
    case Criterion::security_cover:
      return security_cover(project, product);
    case Criterion::light_security:
      return light_security(product);
    case Criterion::policy_affinity:
      return policy_affinity(project, product);
    case Criterion::industry_affinity:
      return industry_affinity(project, product);
    case Criterion::borrower_fit:
      return borrower_fit(project, product);
    case Criterion::locality:
      return locality(project, product);
    case Criterion::speed:
      return speed(product);
    case Criterion::completeness:
      return completeness(product);
    case Criterion::text_affinity:
      return text_affinity(project, product.instrument, catalogue.text_pairs(row));
    case Criterion::source_confidence:
      return source_confidence(product);
    case Criterion::preference:
    case Criterion::no_caution:
    case Criterion::readiness:
    case Criterion::plausibility:
      return share_of(criterion, catalogue.terms(row).size(), detail::judge_all(project, catalogue, row));
  }
  return 0;
}

Points score(const PreparedProject& project, const Catalogue& catalogue, ProductRow row) {
  return detail::points_of(project, catalogue, row, detail::judge_all(project, catalogue, row));
}

Points detail::points_of(const PreparedProject& project, const Catalogue& catalogue, ProductRow row,
                         std::span<const JudgedRule> judged) {
  Points points;
  for (const auto& entry : criterion_infos()) {
    const int weight = catalogue.scorecard().weight(entry.criterion);
    if (weight == 0) continue;
    const std::int64_t value = reads_rules(entry.criterion)
                                   ? share_of(entry.criterion, catalogue.terms(row).size(), judged)
                                   : measure(entry.criterion, project, catalogue, row);
    HUOSHUI_ASSERT(value >= 0 && value <= kOneMillion);
    points.parts[static_cast<std::size_t>(entry.criterion)] = weight * value;
    points.total += weight * value;
  }
  return points;
}

}  // namespace huoshui
