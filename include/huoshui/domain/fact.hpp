/// Room domain. A Fact is a declared key, a typed value and where it came from.
/// Law: absent is not zero and not false; an inferred fact may permit, never refuse; every fact knows its cell.
/// Example: `facts.find(FactKey::financing_need)->range.max` is the largest amount asked, in fen.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/core/code.hpp>
#include <huoshui/core/interval.hpp>
#include <huoshui/core/issue.hpp>
#include <huoshui/core/money.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// Every fact that a rule may ask for. The enumerators are the words used in conditions, JSON and Python.
enum class FactKey : std::uint8_t {
  // amounts, in fen
  total_investment, financing_need, own_capital, invested_to_date, annual_plan_investment, fiscal_fund,
  other_loans, credit_total, collateral_value, revenue, assets, receivable_amount, annual_compensation,
  // lengths of time, in months
  tenor, grace_period, build_period, years_in_operation,
  // dates, as day numbers
  start_date, end_date,
  // areas, in thirds of a square metre (1 mu = 2000)
  land_area, forest_area, farmland_area, floor_area,
  // counts
  employees, households, livestock_head, profitable_years, borrower_age, compensation_multiple,
  // ratios and rates, in millionths
  own_capital_ratio, capital_required, capital_floor, loan_to_value, debt_ratio, rate_wanted,
  // entries of code lists
  region, industry, measure, borrower, security, use, size_class, repayment_source, stage, nature, place_type,
  // yes or no, as 1 or 0
  hidden_debt, hidden_debt_checked, government_borrower, government_letter, government_purchase,
  contractor_advance, budget_evidence, cashflow_covers_debt, hidden_debt_confirmation, special_bond_project,
  borrowed_capital, long_cash_cycle, high_level_approval, insured, ear_tags, title_clear, water_permit,
  discharge_permit, environment_clean, credit_file, good_credit, debtor_confirmed, registered,
  approvals_complete, purchase_contract, related_party, capital_in_place, private_enterprise, first_loan,
  rural_area, agricultural_loan, inclusive_loan, green_project, policy_bound_borrower,
};
inline constexpr std::size_t kFactKeyCount = static_cast<std::size_t>(FactKey::policy_bound_borrower) + 1;

/// What the number inside a fact counts.
enum class FactKind : std::uint8_t { money, months, date, area, count, ratio, codes, boolean };

/// The code lists. `measure` holds the plan's measures 1..13, supports I..VI and working mechanisms W1..W4.
enum class CodeList : std::uint8_t {
  none, region, industry, measure, borrower, security, use, size_class, repayment_source, stage, nature, place_type,
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

/// Where a fact came from: a cell says so, computed from stated facts, or read out of words.
enum class Origin : std::uint8_t { stated, derived, inferred };
[[nodiscard]] std::string_view to_string(Origin origin);

/// One thing known about a project.
struct Fact {
  FactKey key{};
  Origin origin = Origin::stated;
  Interval range;            ///< for all kinds but codes
  std::vector<Code> codes;   ///< for codes: the best reading first, without repeats
  bool approximate = false;  ///< 约, 左右
  bool codes_open = false;   ///< the text also held words that the list does not know, or ends in 等
  std::string text;          ///< the cell's own words
  std::string basis;         ///< what decided it: the word found, the rule, the header
  Place place;

  bool operator==(const Fact&) const = default;
};

/// The facts of one project, at most one for each key.
class Facts {
 public:
  /// Return the fact for a key, or nullptr when it is absent.
  [[nodiscard]] const Fact* find(FactKey key) const {
    const auto slot = slots_[static_cast<std::size_t>(key)];
    return slot == 0 ? nullptr : &facts_[slot - 1U];
  }
  [[nodiscard]] bool has(FactKey key) const { return find(key) != nullptr; }
  /// Put a fact in, replacing the one with the same key.
  void set(Fact fact);
  /// Put a fact in unless a fact of stronger or equal origin is there (stated > derived > inferred).
  void offer(Fact fact);
  void erase(FactKey key);
  [[nodiscard]] std::span<const Fact> all() const { return facts_; }

  bool operator==(const Facts&) const = default;

 private:
  std::vector<Fact> facts_;  // in key order
  std::array<std::uint8_t, kFactKeyCount> slots_{};
};

}  // namespace huoshui
