#include <algorithm>
#include <huoshui/matcher/near.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/topk/select.hpp>

#include "core/detail/pool.hpp"
#include "eligibility/detail/evaluate.hpp"
#include "engine/detail/segments.hpp"

namespace huoshui {
namespace {

/// The place of the first `must` rule that fails among the product's rules.
template <typename FactSource>
std::uint16_t failing_place(const Catalogue& catalogue, ProductRow row, const FactSource& facts) {
  std::uint16_t place = 0, found = 0;
  bool fails = false;
  for_each_rule(catalogue, row, [&](const Rule& rule) {
    if (!fails && rule.strength == Strength::must && detail::judge(rule, facts).outcome == Outcome::fail) {
      fails = true;
      found = place;
    }
    ++place;
  });
  return found;
}

NearAnswer run(std::span<const Project> projects, const Catalogue& catalogue, std::size_t k) {
  NearAnswer answer;
  engine::Crew crew(engine::Segments::of(catalogue), 0, 0);
  std::vector<NearOffer> offers;
  for (const Project& project : projects) {
    const engine::NearRanking& ranking = crew.run_near(project, catalogue.policy(), k);
    offers.clear();
    for (const auto& one : ranking.offers) {
      const ProductRow row{one.row};
      offers.push_back(
          {row, one.points, one.cautions, one.open, failing_place(catalogue, row, crew.facts())});
    }
    answer.append(offers, ranking.near);
  }
  return answer;
}

}  // namespace

void NearAnswer::append(std::span<const NearOffer> offers, std::uint32_t count) {
  offers_.insert(offers_.end(), offers.begin(), offers.end());
  offer_ends_.push_back(offers_.size());
  counts_.push_back(count);
}

void NearAnswer::append(const NearAnswer& other) {
  const std::uint64_t before = offers_.size();
  offers_.insert(offers_.end(), other.offers_.begin(), other.offers_.end());
  for (std::size_t i = 1; i <= other.size(); ++i) offer_ends_.push_back(before + other.offer_ends_[i]);
  counts_.insert(counts_.end(), other.counts_.begin(), other.counts_.end());
}

NearAnswer match_near(std::span<const Project> projects, const Catalogue& catalogue,
                      const NearOptions& options) {
  if (options.threads == 0) throw ContractError("NearOptions::threads must be at least 1");
  constexpr std::size_t kFewest = 512, kAThread = 8;  // too small a piece does not pay for a thread
  const std::size_t pieces = std::clamp<std::size_t>(projects.size() / kFewest, 1,
                                                     options.threads == 1 ? 1 : options.threads * kAThread);
  if (pieces == 1) return run(projects, catalogue, options.k);
  std::vector<NearAnswer> parts(pieces);
  detail::run_tasks(pieces, options.threads, [&](std::size_t piece) {
    const std::size_t first = projects.size() * piece / pieces;
    const std::size_t last = projects.size() * (piece + 1) / pieces;
    parts[piece] = run(projects.subspan(first, last - first), catalogue, options.k);
  });
  NearAnswer answer = std::move(parts.front());
  for (const NearAnswer& part : std::span(parts).subspan(1)) answer.append(part);
  return answer;
}

NearAnswer match_near_exhaustively(std::span<const Project> projects, const Catalogue& catalogue,
                                   const NearOptions& options) {
  if (options.threads == 0) throw ContractError("NearOptions::threads must be at least 1");
  NearAnswer answer;
  std::vector<NearOffer> offers;
  for (const Project& project : projects) {
    const PreparedProject prepared = prepare(project, catalogue);
    BestK best(options.k);
    std::uint32_t count = 0;
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
      const Screened screened = screen(prepared, catalogue, ProductRow{n});
      if (screened.failed != 1) continue;
      ++count;
      best.offer({score(prepared, catalogue, ProductRow{n}).total, n, screened.open});
    }
    offers.clear();
    for (const auto& candidate : best.take()) {
      const ProductRow row{candidate.order};
      offers.push_back({row, static_cast<std::int32_t>(candidate.points),
                        screen(prepared, catalogue, row).cautions, candidate.open,
                        failing_place(catalogue, row, prepared.facts)});
    }
    answer.append(offers, count);
  }
  return answer;
}

const Rule& failing_rule(const Catalogue& catalogue, const NearOffer& offer) {
  const Rule* found = nullptr;
  std::uint16_t place = 0;
  for_each_rule(catalogue, offer.product, [&](const Rule& rule) {
    if (place++ == offer.rule) found = &rule;
  });
  if (found == nullptr) throw ContractError("the product has no such rule: an offer of another catalogue?");
  return *found;
}

}  // namespace huoshui
