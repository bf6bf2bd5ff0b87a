/// Room syndicate. A CapitalStack says where the money of a project comes from: capital of several kinds, and
/// loans (投贷联动). Law: borrowed money is no capital; a policy fund fills at most half of the capital;
/// below the minimum of its trade no stack is lawful. Example: `stack_capital({.total_investment =
/// Money::from_wan(10'000), .own_funds = Money::from_wan(2'000)}, policy)`.
#pragma once

#include <cstdint>
#include <huoshui/core/money.hpp>
#include <huoshui/domain/finding.hpp>
#include <huoshui/policy/policy.hpp>
#include <optional>
#include <string>
#include <vector>

namespace huoshui::syndicate {

/// The layers of a project's money.
struct CapitalStack {
  Money total_investment;
  Money own_funds;
  Money special_bond;  ///< special bond used as capital
  Money policy_fund;   ///< stake of a policy tool
  Money grant;         ///< budget money that counts as capital
  Money loans;
  Money shareholder_loans;                    ///< never capital
  std::string industry;                       ///< GB/T 4754 code, empty when unknown: then 20 % provisionally
  std::optional<bool> bond_on_positive_list;  ///< the trade may use special bonds as capital

  [[nodiscard]] std::int64_t capital() const;  ///< fen: own funds, bond, fund, grant

  bool operator==(const CapitalStack&) const = default;
};

/// What could be had for a project.
struct CapitalSources {
  Money total_investment;
  Money own_funds;
  Money special_bond;  ///< at most
  Money policy_fund;   ///< at most
  Money grant;
  std::optional<Money> loans;  ///< at most; absent: as much as is needed
  std::string industry;        ///< see CapitalStack
  std::optional<bool> bond_on_positive_list;
};

struct CapitalProposal {
  CapitalStack stack;
  std::int64_t capital_gap = 0;   ///< fen of capital short of the minimum; 0 when it is met
  std::int64_t funding_gap = 0;   ///< fen of the investment that no source covers
  std::vector<Finding> findings;  ///< what verify_capital says of the stack
  std::string text_zh, text_en;   ///< what the stack is, or what is short
};

/// Return the stack that uses own funds and grants first, then special bonds, then the policy fund, each only
/// up to the minimum of the trade, and loans for the rest. A policy fund is offered only while its row is in
/// force and a bond only when the trade is on the positive list. Amounts must not be negative
/// (ContractError).
[[nodiscard]] CapitalProposal stack_capital(const CapitalSources& sources, const Policy& policy);

/// Judge a stack. Rules: stack_sum, capital_min, policy_fund_share, bond_positive_list, no_debt_money.
[[nodiscard]] std::vector<Finding> verify_capital(const CapitalStack& stack, const Policy& policy);

}  // namespace huoshui::syndicate
