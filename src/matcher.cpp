#include <algorithm>
#include <huoshui/matcher.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/topk/select.hpp>
#include <numeric>
#include <thread>

#include "engine/detail/query.hpp"

namespace huoshui {
namespace {

struct Ranked {
  BestK offers, possible;
  VerdictCounts counts;

  explicit Ranked(const MatchOptions& options) : offers(options.k), possible(options.possible) {}

  void see(const PreparedProject& project, const Catalogue& catalogue, ProductRow row, std::uint32_t order) {
    const Screened screened = screen(project, catalogue, row);
    switch (screened.verdict) {
      case Verdict::permitted:
        ++counts.permitted;
        break;
      case Verdict::undecided:
        ++counts.undecided;
        break;
      case Verdict::refused:
        ++counts.refused;
        return;
    }
    const Candidate candidate{score(project, catalogue, row).total, order, screened.open};
    (screened.verdict == Verdict::permitted ? offers : possible).offer(candidate);
  }
};

Answer exhaustive_run(std::span<const Project> projects, const Catalogue& catalogue,
                      const MatchOptions& options) {
  Answer answer;
  std::vector<Offer> offers, possible;
  for (const auto& project : projects) {
    const PreparedProject prepared = prepare(project, catalogue);
    Ranked ranked(options);
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) ranked.see(prepared, catalogue, ProductRow{n}, n);
    const auto fill = [&](std::vector<Offer>& out, BestK& best) {
      out.clear();
      for (const auto& c : best.take()) {
        const ProductRow row{c.order};
        out.push_back({row, c.points, screen(prepared, catalogue, row).cautions, c.open});
      }
    };
    fill(offers, ranked.offers);
    fill(possible, ranked.possible);
    answer.append(offers, possible, ranked.counts);
  }
  return answer;
}

Answer engine_run(std::span<const Project> projects, const Catalogue& catalogue,
                  const MatchOptions& options) {
  Answer answer;
  const engine::Index& index = engine::Index::of(catalogue);
  auto query = index.lend();
  query->keep(options.k, options.possible);
  std::vector<Offer> offers, possible;
  const auto fill = [](std::vector<Offer>& out, const std::vector<engine::Ranked>& ranked) {
    out.clear();
    for (const auto& [candidate, cautions] : ranked)
      out.push_back({ProductRow{candidate.order}, candidate.points, cautions, candidate.open});
  };
  for (const auto& project : projects) {
    const engine::Ranking& ranking = query->run(project, catalogue);
    fill(offers, ranking.offers);
    fill(possible, ranking.possible);
    answer.append(offers, possible, {ranking.permitted, ranking.undecided, ranking.refused});
  }
  index.give_back(std::move(query));
  return answer;
}

using Run = Answer (*)(std::span<const Project>, const Catalogue&, const MatchOptions&);

/// Cut a list into as many pieces as pay for a thread each; the pieces' answers follow in list order.
Answer in_threads(std::span<const Project> projects, const Catalogue& catalogue, const MatchOptions& options,
                  std::size_t fewest, Run run) {
  if (options.threads == 0) throw ContractError("MatchOptions::threads must be at least 1");
  const std::size_t threads =
      std::clamp<std::size_t>(projects.size() / fewest, 1, static_cast<std::size_t>(options.threads));
  std::vector<Answer> parts(threads);
  const auto run_part = [&](std::size_t t) {
    const std::size_t first = projects.size() * t / threads, last = projects.size() * (t + 1) / threads;
    parts[t] = run(projects.subspan(first, last - first), catalogue, options);
  };
  {
    std::vector<std::jthread> workers;
    for (std::size_t t = 1; t < threads; ++t) workers.emplace_back(run_part, t);
    run_part(0);
  }
  Answer answer = std::move(parts.front());
  for (std::size_t t = 1; t < threads; ++t) answer.append(parts[t]);
  return answer;
}

}  // namespace

void Answer::append(std::span<const Offer> offers, std::span<const Offer> possible,
                    const VerdictCounts& counts) {
  offers_.insert(offers_.end(), offers.begin(), offers.end());
  possible_.insert(possible_.end(), possible.begin(), possible.end());
  offer_ends_.push_back(offers_.size());
  possible_ends_.push_back(possible_.size());
  counts_.push_back(counts);
}

void Answer::append(const Answer& other) {
  const std::uint64_t offers = offers_.size(), possible = possible_.size();
  offers_.insert(offers_.end(), other.offers_.begin(), other.offers_.end());
  possible_.insert(possible_.end(), other.possible_.begin(), other.possible_.end());
  for (std::size_t i = 1; i <= other.size(); ++i) {
    offer_ends_.push_back(offers + other.offer_ends_[i]);
    possible_ends_.push_back(possible + other.possible_ends_[i]);
  }
  counts_.insert(counts_.end(), other.counts_.begin(), other.counts_.end());
}

Answer match(std::span<const Project> projects, const Catalogue& catalogue, const MatchOptions& options) {
  constexpr std::size_t kWorthAThread = 4096;  // below that a thread takes longer to start than to work
  return in_threads(projects, catalogue, options, kWorthAThread, engine_run);
}

Answer match_exhaustively(std::span<const Project> projects, const Catalogue& catalogue,
                          const MatchOptions& options) {
  return in_threads(projects, catalogue, options, 1, exhaustive_run);
}

ReverseAnswer match_product(std::span<const Project> projects, const Catalogue& catalogue, ProductRow product,
                            const MatchOptions& options) {
  std::vector<std::uint32_t> by_id(projects.size());
  std::iota(by_id.begin(), by_id.end(), 0U);
  std::stable_sort(by_id.begin(), by_id.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return projects[a].id < projects[b].id; });
  Ranked ranked(options);
  for (std::uint32_t order = 0; order < by_id.size(); ++order) {
    ranked.see(prepare(projects[by_id[order]], catalogue), catalogue, product, order);
  }
  ReverseAnswer answer;
  answer.counts = ranked.counts;
  const auto fill = [&](std::vector<ProjectOffer>& out, BestK& best) {
    for (const auto& c : best.take()) {
      const auto prepared = prepare_facts(projects[by_id[c.order]], catalogue);
      out.push_back({by_id[c.order], c.points, screen(prepared, catalogue, product).cautions, c.open});
    }
  };
  fill(answer.offers, ranked.offers);
  fill(answer.possible, ranked.possible);
  return answer;
}

}  // namespace huoshui
