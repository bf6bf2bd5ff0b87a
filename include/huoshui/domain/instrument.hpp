/// Room domain. Instrument is the closed list of the 46 financial instruments of the plan.
/// Law: every product maps to exactly one; a switch over it has no default, so the compiler names what is
/// missing. Example: `info(Instrument::syndicated_loan).name_zh` is 银团贷款.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace huoshui {

enum class Instrument : std::uint8_t {
  syndicated_loan,
  joint_credit,
  equity_debt_linkage,
  infrastructure_loan,
  urban_renewal_loan,
  industrial_park_loan,
  working_capital_loan,
  fixed_asset_loan,
  agro_industrial_loan,
  supply_chain_receivable,
  supply_chain_order,
  supply_chain_inventory,
  cold_chain_loan,
  rural_living_environment_loan,
  farmhouse_style_loan,
  grain_loan,
  seed_industry_loan,
  crop_cycle_loan,
  livestock_mortgage,
  farmland_project_loan,
  farmland_operation_right_pledge,
  land_operation_right_mortgage,
  village_credit,
  poverty_relief_microcredit,
  startup_skill_loan,
  homestay_loan,
  tourism_loan,
  carbon_sink_pledge,
  carbon_allowance_pledge,
  energy_right_pledge,
  water_right_pledge,
  discharge_right_pledge,
  forest_right_mortgage,
  public_forest_income_pledge,
  forestry_project_loan,
  clean_energy_transition_loan,
  ip_pledge,
  guaranteed_loan,
  agricultural_insurance,
  insurance_plus_futures,
  livelihood_insurance,
  special_bond,
  policy_fund_equity,
  corporate_bond,
  equity_listing,
  finance_lease,
};
inline constexpr std::size_t kInstrumentCount = static_cast<std::size_t>(Instrument::finance_lease) + 1;

/// How an instrument brings money or cover.
enum class InstrumentKind : std::uint8_t {
  loan,
  supply_chain,
  pledge,
  guarantee,
  insurance,
  bond,
  equity,
  lease
};
[[nodiscard]] std::string_view to_string(InstrumentKind kind);

/// Which tenor rules of the three loan measures (2024) apply to an instrument.
enum class LoanClass : std::uint8_t { none, fixed_asset, working_capital, personal_business };

struct InstrumentInfo {
  Instrument instrument;
  std::string_view id;
  std::string_view name_zh;
  std::string_view name_en;
  InstrumentKind kind;
  LoanClass loan_class;
  std::string_view measures;  ///< `;`-separated measure codes that the instrument serves
};

[[nodiscard]] const InstrumentInfo& info(Instrument instrument);
[[nodiscard]] std::span<const InstrumentInfo> instrument_infos();
/// Return the instrument whose id, Chinese name or registered other name is `word`, if any.
[[nodiscard]] std::optional<Instrument> find_instrument(std::string_view word);
[[nodiscard]] std::string_view to_string(Instrument instrument);

}  // namespace huoshui
