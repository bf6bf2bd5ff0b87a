// Written apart from propose.cpp on purpose: floating point and closed sums, each rule asked again.
#include <algorithm>
#include <cmath>
#include <huoshui/rights/propose.hpp>
#include <utility>

namespace huoshui::rights {
namespace {

using Real = long double;

Real ratio(std::int64_t millionths) { return static_cast<Real>(millionths) / 1e6L; }

bool near(Real seen, Real expected, Real slack) {
  return std::abs(seen - expected) <= slack + std::abs(expected) * 1e-9L;
}

Real annuity(std::int64_t years, Real rate) {
  const auto n = static_cast<Real>(years);
  return rate == 0 ? n : (1 - std::pow(1 + rate, -n)) / rate;
}

}  // namespace

std::vector<Finding> verify(const Terms& terms, const Asset& asset, const Policy& policy,
                            const ProposeOptions& options) {
  std::vector<Finding> out;
  const auto hold = [&out](const char* rule, bool holds, const char* zh, const char* en) {
    Finding finding;
    finding.rule = rule;
    finding.standing = holds ? Standing::passed : Standing::violated;
    finding.text_zh = std::string(zh) + (holds ? "：相符" : "：不符");
    finding.text_en = std::string(en) + (holds ? ": agrees" : ": does not agree");
    out.push_back(std::move(finding));
  };
  const bool income = asset.right == Right::public_forest_income;
  const bool yearly = !income && asset.priced_for == PricedFor::year;
  auto price = asset.fen_per_unit;
  if (!price && income && asset.region.text().starts_with("44")) {
    // The mean of the year, or the last one known.
    constexpr auto kSeries = "public_forest_comp.guangdong.average";
    const auto* row = policy.find(kSeries);
    const auto* dormant = policy.find_dormant(kSeries);
    if (row == nullptr && dormant != nullptr && dormant->reason == Dormancy::ended) row = &dormant->nearest;
    if (row != nullptr && row->fen()) price = Interval::exactly(*row->fen());
  }
  hold("price", terms.fen_per_unit == price, "价格", "price");

  const bool known = price && asset.quantity && (income || asset.lent_share) &&
                     (!yearly || (asset.years && asset.discount_rate));
  if (!known) {
    hold("ceiling", !terms.ceiling_fen && !terms.amount_fen, "缺数时不给金额",
         "no amount without its numbers");
  } else {
    Real low = static_cast<Real>(asset.quantity->min) * static_cast<Real>(price->min) / 1000;
    Real high = static_cast<Real>(asset.quantity->max) * static_cast<Real>(price->max) / 1000;
    Interval share = income ? Interval::exactly(1'000'000) : *asset.lent_share;
    const auto agrees = [](const std::optional<Interval>& seen, Real least, Real most) {
      return seen && near(static_cast<Real>(seen->min), least, 2) &&
             near(static_cast<Real>(seen->max), most, 2);
    };
    if (income || yearly)
      hold("yearly", agrees(terms.yearly_fen, low, high), "年补偿或年收益", "money of a year");
    if (income) {
      hold("spread",
           agrees(terms.spread_fen, low * ratio(options.multiple_low), high * ratio(options.multiple_high)),
           "倍数幅度", "spread of the multiples");
    }
    if (income) {
      const auto stated = asset.multiple.value_or(Interval::exactly(options.multiple_low));
      const Interval used{std::min(stated.min, options.multiple_high),
                          std::min(stated.max, options.multiple_high)};
      hold("multiple", terms.multiple == used, "倍数", "multiple");
      low *= ratio(std::min(stated.min, options.multiple_high));
      high *= ratio(std::min(stated.max, options.multiple_high));
    } else if (yearly) {
      low *= annuity(asset.years->min, ratio(asset.discount_rate->max));
      high *= annuity(asset.years->max, ratio(asset.discount_rate->min));
    }
    const Real slack = 120;  // each product is rounded down to a fen; a year's fen counts at most 100 times
    hold("value",
         terms.value_fen && near(static_cast<Real>(terms.value_fen->min), low, slack) &&
             near(static_cast<Real>(terms.value_fen->max), high, slack),
         "价值", "value");
    if (asset.registry == Registry::none) {
      hold("ceiling", terms.ceiling_fen == Interval::exactly(0), "无登记不计担保价值",
           "no register, no value as security");
    } else {
      hold("ceiling",
           terms.ceiling_fen &&
               near(static_cast<Real>(terms.ceiling_fen->min), low * ratio(share.min), slack) &&
               near(static_cast<Real>(terms.ceiling_fen->max), high * ratio(share.max), slack),
           "可贷上限", "loan ceiling");
    }
    if (terms.amount_fen) {
      hold("amount",
           asset.need_fen && terms.ceiling_fen && *terms.amount_fen >= 0 &&
               *terms.amount_fen <= *asset.need_fen && *terms.amount_fen <= terms.ceiling_fen->min,
           "金额不超过申请和上限", "amount within the need and the ceiling");
    }
  }
  if (terms.tenor_months) {
    hold("tenor",
         asset.tenor_months == terms.tenor_months &&
             (!asset.years || *terms.tenor_months <= 12 * asset.years->min),
         "期限在剩余年限之内", "tenor within the years left");
  }
  if (terms.amount_fen || terms.tenor_months) {
    const char* title =
        asset.right == Right::livestock ? "livestock_mortgage.allowed" : "collateral.law.pledgeable_rights";
    if (policy.find(title) != nullptr) {
      hold("clear_title", asset.clear_title.value_or(false), "权属清晰", "clear title");
    }
    hold("pledged_already", !asset.pledged_already.value_or(false), "无在先抵质押", "no earlier pledge");
    if (asset.right == Right::forest_tenure && policy.find("public_forest.logging_limited") != nullptr) {
      hold("on_public_forest", !asset.on_public_forest.value_or(false), "不是公益林的林木",
           "no timber of public forest");
    }
    if (asset.right == Right::land_operation &&
        policy.find("collateral.law.land_operation_right_pledge") != nullptr) {
      hold("filed", asset.filed.value_or(true) && asset.holder_consents.value_or(true), "已备案并经同意",
           "filed and consented to");
    }
  }
  return out;
}

}  // namespace huoshui::rights
