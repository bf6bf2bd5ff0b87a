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

  /// Return what judge() needs of a project, of this product or any other under the same policy. It lasts
  /// until the next call.
  const FactTable& facts_of(const Project& project) {
    return worker_.reader.derive(project, catalogue_.policy());
  }
  /// Return the verdict, and unless it is `refused` how the product ranks.
  Verdict judge(const Project& project, const FactTable& facts, Offer& out) {
    const engine::Reading reading = worker_.read(project, facts);
    engine::Ranked ranked;
    const Verdict verdict = worker_.scan.judge_one(reading, &facts, 0, ranked);
    if (verdict == Verdict::refused) return verdict;
    out = {row_, ranked.points, ranked.cautions, ranked.open};
    return verdict;
  }

 private:
  const Catalogue& catalogue_;
  ProductRow row_;
  engine::Index index_;
  engine::Worker worker_{index_};
};

}  // namespace huoshui::detail
