#include <algorithm>
#include <huoshui/core/assert.hpp>
#include <huoshui/domain/fact.hpp>
#include <utility>

namespace huoshui {

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::stated:
      return "stated";
    case Origin::derived:
      return "derived";
    case Origin::inferred:
      return "inferred";
  }
  return "";
}

void Facts::set(Fact fact) {
  HUOSHUI_ASSERT(fact.range.min <= fact.range.max);
  std::vector<Code> codes;
  for (auto& code : fact.codes) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(std::move(code));
  }
  fact.codes = std::move(codes);
  auto& slot = slots_[static_cast<std::size_t>(fact.key)];
  if (slot != 0) {
    facts_[slot - 1U] = std::move(fact);
    return;
  }
  const auto at = std::lower_bound(facts_.begin(), facts_.end(), fact.key,
                                   [](const Fact& f, FactKey key) { return f.key < key; });
  const auto first_moved = static_cast<std::size_t>(at - facts_.begin());
  facts_.insert(at, std::move(fact));
  for (std::size_t i = first_moved; i < facts_.size(); ++i) {
    slots_[static_cast<std::size_t>(facts_[i].key)] = static_cast<std::uint8_t>(i + 1);
  }
}

void Facts::offer(Fact fact) {
  const Fact* present = find(fact.key);
  if (present == nullptr || present->origin > fact.origin) set(std::move(fact));
}

void Facts::erase(FactKey key) {
  auto& slot = slots_[static_cast<std::size_t>(key)];
  if (slot == 0) return;
  facts_.erase(facts_.begin() + (slot - 1));
  slot = 0;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    slots_[static_cast<std::size_t>(facts_[i].key)] = static_cast<std::uint8_t>(i + 1);
  }
}

}  // namespace huoshui
