/// Room domain. The declared keys of facts: what a rule may ask for, what the number inside counts, who can
/// move it. Law: a closed list; each key has one id, one Chinese name and one kind, the same in C++, Python,
/// JSON and docs. Example: `info(FactKey::financing_need).name_zh` is 融资需求.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace huoshui {

/// Every fact that a rule may ask for. The enumerators are the words used in conditions, JSON and Python.
enum class FactKey : std::uint8_t {
  // amounts, in fen
  total_investment,
  financing_need,
  own_capital,
  invested_to_date,
  annual_plan_investment,
  fiscal_fund,
  other_loans,
  credit_total,
  collateral_value,
  revenue,
  assets,
  receivable_amount,
  annual_compensation,
  // lengths of time, in months
  tenor,
  grace_period,
  build_period,
  years_in_operation,
  // dates, as day numbers
  start_date,
  end_date,
  // areas, in thirds of a square metre (1 mu = 2000)
  land_area,
  forest_area,
  farmland_area,
  floor_area,
  // counts
  employees,
  households,
  livestock_head,
  profitable_years,
  borrower_age,
  compensation_multiple,
  // ratios and rates, in millionths
  own_capital_ratio,
  capital_required,
  capital_floor,
  loan_to_value,
  debt_ratio,
  rate_wanted,
  // entries of code lists
  region,
  industry,
  measure,
  borrower,
  security,
  use,
  size_class,
  repayment_source,
  stage,
  nature,
  place_type,
  // yes or no, as 1 or 0
  hidden_debt,
  hidden_debt_checked,
  government_borrower,
  government_letter,
  government_purchase,
  contractor_advance,
  budget_evidence,
  cashflow_covers_debt,
  hidden_debt_confirmation,
  special_bond_project,
  borrowed_capital,
  long_cash_cycle,
  high_level_approval,
  insured,
  ear_tags,
  title_clear,
  water_permit,
  discharge_permit,
  environment_clean,
  credit_file,
  good_credit,
  debtor_confirmed,
  registered,
  approvals_complete,
  purchase_contract,
  related_party,
  capital_in_place,
  private_enterprise,
  first_loan,
  rural_area,
  agricultural_loan,
  inclusive_loan,
  green_project,
  policy_bound_borrower,
};
inline constexpr std::size_t kFactKeyCount = static_cast<std::size_t>(FactKey::policy_bound_borrower) + 1;

/// What the number inside a fact counts.
enum class FactKind : std::uint8_t { money, months, date, area, count, ratio, codes, boolean };

/// The code lists. `measure` holds the plan's measures 1..13, supports I..VI and working mechanisms W1..W4.
enum class CodeList : std::uint8_t {
  none,
  region,
  industry,
  measure,
  borrower,
  security,
  use,
  size_class,
  repayment_source,
  stage,
  nature,
  place_type,
};

/// How several codes in one fact are read: the project is all of them at once, or offers any of them.
enum class SeveralCodes : std::uint8_t { all, any };

/// Which way a person can move a fact, if at all. `supply` means: hand in a document or complete a step.
enum class Remedy : std::uint8_t { none, lower, raise, either, add, supply };

[[nodiscard]] std::string_view to_string(Remedy remedy);

/// What the house knows about a key.
struct FactInfo {
  FactKey key;
  std::string_view id;       ///< the word in conditions, JSON and Python
  std::string_view name_zh;  ///< the word in Chinese conditions and texts
  std::string_view name_en;
  FactKind kind;
  CodeList list = CodeList::none;
  SeveralCodes several = SeveralCodes::all;
  Remedy remedy = Remedy::none;
};

[[nodiscard]] const FactInfo& info(FactKey key);
[[nodiscard]] std::span<const FactInfo> fact_infos();
/// Return the key whose id, Chinese name or registered other name is `word`, if any.
[[nodiscard]] std::optional<FactKey> find_fact_key(std::string_view word);
[[nodiscard]] std::string_view to_string(FactKey key);
[[nodiscard]] std::string_view to_string(FactKind kind);
[[nodiscard]] std::string_view to_string(CodeList list);

}  // namespace huoshui
