#include "matcher/peers.hpp"

#include <limits>
#include <thread>

#include "support/workload.hpp"

namespace huoshui::bench {
namespace {

/// Share a list evenly; `run(first, last)` fills its part of the answer.
template <typename Run>
void in_parts(std::size_t size, unsigned threads, const Run& run) {
  std::vector<std::jthread> workers;
  for (unsigned t = 1; t < threads; ++t)
    workers.emplace_back([&run, size, t, threads] { run(size * t / threads, size * (t + 1) / threads); });
  run(0, size / threads);
}

FlatAnswer empty_answer(std::size_t projects) {
  FlatAnswer out;
  out.permitted.resize(projects);
  out.best.resize(projects);
  return out;
}

std::size_t key_of(std::size_t region, std::size_t industry, std::size_t borrower) {
  const Vocabulary& words = vocabulary();
  return (region * words.trades.size() + industry) * words.borrowers.size() + borrower;
}

/// Call `visit(i)` for each entry of the set.
template <typename Visit>
void for_each(const Set128& set, const Visit& visit) {
  for (std::size_t w = 0; w < 2; ++w) {
    for (std::uint64_t bits = set.words[w]; bits != 0; bits &= bits - 1)
      visit(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
  }
}

}  // namespace

PlainLoop::PlainLoop(const FlatProducts& products, Exits exits) : products_(products), exits_(exits) {
  for (std::size_t n = 0; n < products.rows.size(); ++n) {
    const FlatProduct& q = products.rows[n];
    for (std::size_t w = 0; w < 2; ++w) {
      regions_[w].push_back(products.regions[n].words[w]);
      industries_[w].push_back(products.industries[n].words[w]);
    }
    borrowers_.push_back(q.borrowers);
    securities_.push_back(q.securities);
    amount_min_.push_back(q.amount_min);
    amount_most_.push_back((q.needs & needs_tier) != 0 ? std::numeric_limits<std::int32_t>::max()
                                                       : q.amount_top);
  }
}

FlatAnswer PlainLoop::match(std::span<const FlatProject> projects, unsigned threads) const {
  FlatAnswer out = empty_answer(projects.size());
  in_parts(projects.size(), threads, [&](std::size_t first, std::size_t last) {
    const auto count = static_cast<std::uint32_t>(products_.rows.size());
    for (std::size_t i = first; i < last; ++i) {
      const FlatProject p = projects[i];
      const auto& regions = regions_[p.region / 64];
      const auto& industries = industries_[p.industry / 64];
      TenBest best(out.best[i]);
      std::uint32_t permitted = 0;
      for (std::uint32_t n = 0; n < count; ++n) {
        if (exits_ == Exits::each) {
          if ((industries[n] >> p.industry % 64 & 1) == 0) continue;
          if ((regions[n] >> p.region % 64 & 1) == 0) continue;
          if ((borrowers_[n] >> p.borrower & 1) == 0) continue;
          if ((securities_[n] >> p.security & 1) == 0) continue;
        } else if ((regions[n] >> p.region % 64 & industries[n] >> p.industry % 64 &
                    borrowers_[n] >> p.borrower & securities_[n] >> p.security & 1) == 0) {
          continue;  // each test alone is a toss-up that the branch predictor loses
        }
        if (p.need < amount_min_[n] || p.need > amount_most_[n]) continue;
        const FlatProduct& q = products_.rows[n];
        if (!accepts(q, p)) continue;
        ++permitted;
        best.offer(points_of(products_, q, p), n);
      }
      out.permitted[i] = permitted;
    }
  });
  return out;
}

PostingLists::PostingLists(const FlatProducts& products) : products_(products) {
  const Vocabulary& words = vocabulary();
  const auto each_key = [&](std::size_t n, const auto& visit) {
    for_each(products.regions[n], [&](std::size_t region) {
      for_each(products.industries[n], [&](std::size_t industry) {
        for (unsigned bits = products.rows[n].borrowers; bits != 0; bits &= bits - 1)
          visit(key_of(region, industry, static_cast<std::size_t>(std::countr_zero(bits))));
      });
    });
  };
  ends_.assign(words.counties.size() * words.trades.size() * words.borrowers.size() + 1, 0);
  for (std::size_t n = 0; n < products.rows.size(); ++n)
    each_key(n, [&](std::size_t key) { ++ends_[key + 1]; });
  for (std::size_t key = 1; key < ends_.size(); ++key) ends_[key] += ends_[key - 1];
  rows_.resize(ends_.back());
  std::vector<std::uint32_t> at(ends_.begin(), ends_.end() - 1);
  for (std::size_t n = 0; n < products.rows.size(); ++n)
    each_key(n, [&](std::size_t key) { rows_[at[key]++] = static_cast<std::uint32_t>(n); });
}

FlatAnswer PostingLists::match(std::span<const FlatProject> projects, unsigned threads) const {
  FlatAnswer out = empty_answer(projects.size());
  in_parts(projects.size(), threads, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const FlatProject p = projects[i];
      TenBest best(out.best[i]);
      std::uint32_t permitted = 0;
      const std::size_t key = key_of(p.region, p.industry, p.borrower);
      for (std::uint32_t at = ends_[key]; at < ends_[key + 1]; ++at) {
        const std::uint32_t n = rows_[at];
        const FlatProduct& q = products_.rows[n];
        if (!accepts(q, p)) continue;
        ++permitted;
        best.offer(points_of(products_, q, p), n);
      }
      out.permitted[i] = permitted;
    }
  });
  return out;
}

}  // namespace huoshui::bench
