// Entries of the code lists that the regulations name. The lists themselves belong to room normalise; a test
// there would find a word that they do not hold.
#pragma once

#include <array>
#include <string_view>

namespace huoshui::policy_detail {

// Borrowers that the public-debt rules bind by their kind.
inline constexpr std::array<std::string_view, 6> kBoundBorrowers{
    "government", "public_institution", "soe", "platform_company", "soe_farm", "supply_coop_enterprise"};

// Borrowers that they never bind by their kind. Enterprise words that do not tell the owner are in neither
// list.
inline constexpr std::array<std::string_view, 15> kFreeBorrowers{
    "natural_person",       "farm_household",      "large_grower",          "poverty_exit_household",
    "forest_farmer",        "entrepreneur",        "returnee_entrepreneur", "village_leader",
    "small_business_owner", "individual_business", "homestay_operator",     "family_farm",
    "cooperative",          "rural_collective",    "private_enterprise"};

// 农户
inline constexpr std::array<std::string_view, 4> kFarmHouseholds{"farm_household", "large_grower",
                                                                 "poverty_exit_household", "forest_farmer"};
// 个体工商户和小微企业主
inline constexpr std::array<std::string_view, 3> kSoleTraders{"individual_business", "homestay_operator",
                                                              "small_business_owner"};
// Organisations: registered somewhere, neither household nor person.
inline constexpr std::array<std::string_view, 23> kOrganisations{"family_farm",
                                                                 "cooperative",
                                                                 "rural_collective",
                                                                 "village_company",
                                                                 "agri_service_org",
                                                                 "enterprise",
                                                                 "private_enterprise",
                                                                 "sme",
                                                                 "small_micro_enterprise",
                                                                 "soe",
                                                                 "platform_company",
                                                                 "soe_farm",
                                                                 "supply_coop_enterprise",
                                                                 "project_company",
                                                                 "agri_enterprise",
                                                                 "leading_agri_enterprise",
                                                                 "seed_enterprise",
                                                                 "forestry_enterprise",
                                                                 "park_implementer",
                                                                 "contractor",
                                                                 "supplier",
                                                                 "distributor",
                                                                 "new_agri_operator"};
// Borrowers that the size classes of enterprises are not made for.
inline constexpr std::array<std::string_view, 16> kNoSizeClass{"natural_person",
                                                               "farm_household",
                                                               "large_grower",
                                                               "poverty_exit_household",
                                                               "forest_farmer",
                                                               "entrepreneur",
                                                               "returnee_entrepreneur",
                                                               "village_leader",
                                                               "small_business_owner",
                                                               "individual_business",
                                                               "homestay_operator",
                                                               "family_farm",
                                                               "cooperative",
                                                               "rural_collective",
                                                               "government",
                                                               "public_institution"};

// Uses that are no working capital.
inline constexpr std::array<std::string_view, 3> kProjectUses{"project_construction", "technical_upgrade",
                                                              "equipment_purchase"};

// Sources of repayment that are fiscal money.
inline constexpr std::array<std::string_view, 4> kFiscalRepayment{"fiscal_subsidy", "government_payment",
                                                                  "viability_gap", "land_income"};

}  // namespace huoshui::policy_detail
