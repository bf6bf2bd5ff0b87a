#include <huoshui/domain/need.hpp>

namespace huoshui {

std::optional<Fact> derive_need(const Facts& facts) {
  const Fact* total = facts.find(FactKey::total_investment);
  if (facts.has(FactKey::financing_need) || total == nullptr || !total->range.is_point()) return std::nullopt;
  std::int64_t rest = total->range.min;
  std::string basis = "总投资";
  bool any = false;
  for (const FactKey key : {FactKey::own_capital, FactKey::fiscal_fund, FactKey::other_loans}) {
    const Fact* part = facts.find(key);
    if (part == nullptr) continue;
    if (!part->range.is_point() || __builtin_sub_overflow(rest, part->range.min, &rest)) return std::nullopt;
    basis += " − " + std::string(info(key).name_zh);
    any = true;
  }
  if (!any || rest <= 0) return std::nullopt;
  Fact fact;
  fact.key = FactKey::financing_need;
  fact.origin = Origin::derived;
  fact.range = Interval::exactly(rest);
  fact.text = format_money(rest);
  fact.basis = basis;
  fact.place = total->place;
  return fact;
}

}  // namespace huoshui
