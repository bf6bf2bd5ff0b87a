/// Room rights. An Asset is one right or herd that is to be pledged, as far as a lender knows it.
/// Law: absent is not zero; a range is a closed Interval with both ends, none below zero. Quantities are in
/// thousandths of the unit that the price is per (mu, tonne, cubic metre, head), money in fen, ratios and
/// multiples in millionths. Example: `Asset{.right = Right::livestock, .quantity =
/// Interval::exactly(400'000)}`.
#pragma once

#include <cstdint>
#include <huoshui/core/code.hpp>
#include <huoshui/core/interval.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace huoshui::rights {

enum class Right : std::uint8_t {
  public_forest_income,  ///< 公益林补偿收益权: mu x yuan a mu and year x multiple
  forest_tenure,         ///< 林权
  carbon_allowance,      ///< 碳排放权 (配额)
  water,                 ///< 用水权, 取水权
  discharge,             ///< 排污权
  energy_use,            ///< 用能权
  livestock,             ///< 畜禽活体
  land_operation,        ///< 土地经营权
};
[[nodiscard]] std::string_view to_string(Right right);

/// Whether the price is for good or for one year of the right.
enum class PricedFor : std::uint8_t { good, year };

/// Whether a lawful register gives the pledge its rank.
enum class Registry : std::uint8_t { unknown, registered, registrable, none };
[[nodiscard]] std::string_view to_string(Registry registry);

struct Asset {
  std::string project;
  Right right = Right::forest_tenure;
  Code region;                           ///< prefix code, `44` is Guangdong
  std::optional<Interval> quantity;      ///< the lawful quantity: permitted, certified, counted
  std::optional<Interval> fen_per_unit;  ///< price, or compensation a mu and year
  PricedFor priced_for = PricedFor::good;
  std::optional<Interval> years;          ///< left of the right
  std::optional<Interval> discount_rate;  ///< for prices of a year
  std::optional<Interval> lent_share;     ///< one less the haircut
  std::optional<Interval> multiple;       ///< of the yearly compensation, as the lender states it

  std::optional<bool> clear_title, pledged_already, insured, on_public_forest;
  std::optional<bool> filed, holder_consents;  ///< land: filed with the collective, consent of the contractor
  std::optional<bool> filed_with_authority;    ///< water, discharge, energy use
  Registry registry = Registry::unknown;
  std::string registry_number, unique_number, parcel;

  std::optional<std::int64_t> need_fen, tenor_months;
};

}  // namespace huoshui::rights
