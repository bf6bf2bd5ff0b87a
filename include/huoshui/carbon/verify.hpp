/// Room carbon. verify holds terms against the sink and the rules of the day, with code of its own.
/// Law: it shares neither rule nor value code with propose; terms that no rule breaks give no violated
/// finding. Example: `is_lawful(verify(terms, sink, policy))`.
#pragma once

#include <huoshui/carbon/propose.hpp>

namespace huoshui::carbon {

/// Return the findings on tonnes, value, ceiling, amount, tenor, rate and gates.
[[nodiscard]] std::vector<Finding> verify(const Terms& terms, const Sink& sink, const Policy& policy);

}  // namespace huoshui::carbon
