/// Room domain. The need that follows from a project's other sums, when its list names them but not the need.
/// Law: need = total investment − own capital − fiscal funds − loans at hand; only from exact amounts, only
/// when at least one part is named and something is left; always derived, never over a stated need. Example:
/// `if (auto need = derive_need(facts)) facts.offer(*need);`
#pragma once

#include <huoshui/domain/fact.hpp>
#include <optional>

namespace huoshui {

/// Return the derived financing_need, or nothing when it does not follow or a need is already there.
[[nodiscard]] std::optional<Fact> derive_need(const Facts& facts);

}  // namespace huoshui
