// Points of a pair whose rules are judged already.
#pragma once

#include <huoshui/score/score.hpp>
#include <span>

#include "eligibility/detail/judged.hpp"

namespace huoshui::detail {

/// Return what score() answers, from all judgements of the pair.
[[nodiscard]] Points points_of(const PreparedProject& project, const Catalogue& catalogue, ProductRow row,
                               std::span<const JudgedRule> judged);

}  // namespace huoshui::detail
