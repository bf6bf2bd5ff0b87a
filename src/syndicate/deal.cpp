#include <huoshui/syndicate/deal.hpp>

namespace huoshui::syndicate {

std::string_view to_string(LenderKind kind) {
  switch (kind) {
    case LenderKind::policy_bank:
      return "policy_bank";
    case LenderKind::state_bank:
      return "state_bank";
    case LenderKind::joint_stock_bank:
      return "joint_stock_bank";
    case LenderKind::city_bank:
      return "city_bank";
    case LenderKind::rural_commercial_bank:
      return "rural_commercial_bank";
    case LenderKind::village_bank:
      return "village_bank";
    case LenderKind::other:
      return "other";
  }
  return "";
}

std::string_view to_string(PublicDebt status) {
  switch (status) {
    case PublicDebt::unknown:
      return "unknown";
    case PublicDebt::not_bound:
      return "not_bound";
    case PublicDebt::clear:
      return "clear";
    case PublicDebt::confirmed:
      return "confirmed";
    case PublicDebt::carried:
      return "carried";
  }
  return "";
}

std::int64_t Deal::amount() const {
  std::int64_t sum = 0;
  for (const auto& tranche : tranches) sum += tranche.amount.fen;
  return sum;
}

}  // namespace huoshui::syndicate
