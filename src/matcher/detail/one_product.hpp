// One product of a catalogue for one project after another. Law: says of each pair what match() says.
#pragma once

#include <array>
#include <huoshui/matcher.hpp>

#include "engine/detail/worker.hpp"

namespace huoshui::detail {

/// Indexed by itself, so that no project is read against all products. One thread's; the catalogue must
/// outlive it.
class OneProduct {
 public:
  OneProduct(const Catalogue& catalogue, ProductRow row)
      : catalogue_(catalogue), row_(row), index_(catalogue, std::array{static_cast<std::uint32_t>(row)}) {}

  /// Return the verdict, and unless it is `refused` how the product ranks.
  Verdict judge(const Project& project, Offer& out) {
    const engine::Reading reading = worker_.read(project, catalogue_.policy());
    engine::Ranked ranked;
    const Verdict verdict = worker_.scan.judge_one(reading, &worker_.reader.facts(), 0, ranked);
    if (verdict == Verdict::refused) return verdict;
    const auto& [candidate, cautions] = ranked;
    out = {row_, static_cast<std::int32_t>(candidate.points), cautions, candidate.open};
    return verdict;
  }

 private:
  const Catalogue& catalogue_;
  ProductRow row_;
  engine::Index index_;
  engine::Worker worker_{index_};
};

}  // namespace huoshui::detail
