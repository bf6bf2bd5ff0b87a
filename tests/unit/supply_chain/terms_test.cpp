#include <gtest/gtest.h>

#include <huoshui/supply_chain/terms.hpp>

#include "chains.hpp"

namespace huoshui::supply_chain_test {
namespace {

TEST(SupplyGates, CiteTheirRowsAndKeepTheirLimits) {
  const auto gates = gates_on(on("2026-02-01"));
  for (std::size_t g = 0; g < kGateCount; ++g) {
    EXPECT_EQ(index_of(gates[g].gate), g);
    EXPECT_TRUE(gates[g].in_force) << to_string(gates[g].gate);
    EXPECT_FALSE(gates[g].text_zh.empty() || gates[g].text_en.empty()) << to_string(gates[g].gate);
    EXPECT_FALSE(gates[g].citation.source.empty()) << to_string(gates[g].gate);
  }
  const auto& voucher = gates[index_of(Gate::e_voucher_tenor)];
  EXPECT_EQ(voucher.months, 12);
  EXPECT_EQ(voucher.citation.document, "银发〔2025〕77号");
  EXPECT_EQ(gates[index_of(Gate::e_voucher_usual)].months, 6);
  EXPECT_EQ(gates[index_of(Gate::e_voucher_usual)].strength, Strength::should);
  EXPECT_EQ(gates[index_of(Gate::bill_tenor)].months, 6);
  EXPECT_EQ(gates[index_of(Gate::public_term_usual)].days, 30);
  EXPECT_EQ(gates[index_of(Gate::public_term_max)].days, 60);
  EXPECT_EQ(gates[index_of(Gate::large_term)].days, 60);
}

TEST(SupplyGates, AreNotInForceBeforeTheirFirstDay) {
  EXPECT_FALSE(gates_on(on("2025-06-14"))[index_of(Gate::e_voucher_tenor)].in_force);
  EXPECT_TRUE(gates_on(on("2025-06-15"))[index_of(Gate::e_voucher_tenor)].in_force);
  EXPECT_FALSE(gates_on(on("2025-05-31"))[index_of(Gate::large_term)].in_force);
  EXPECT_TRUE(gates_on(on("2025-06-01"))[index_of(Gate::large_term)].in_force);
  // Still cited, so that a reader sees which rule came later.
  EXPECT_EQ(gates_on(on("2025-06-14"))[index_of(Gate::e_voucher_tenor)].citation.document,
            "银发〔2025〕77号");
}

}  // namespace
}  // namespace huoshui::supply_chain_test
