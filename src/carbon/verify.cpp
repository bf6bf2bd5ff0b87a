// Written apart from propose.cpp and price.cpp on purpose: closed sums in floating point instead of steps in
// whole numbers, and each rule asked again from the sink.
#include <algorithm>
#include <cmath>
#include <huoshui/carbon/verify.hpp>
#include <utility>

namespace huoshui::carbon {
namespace {

using Real = long double;

class Findings {
 public:
  explicit Findings(const Policy& policy) : policy_(policy) {}

  void hold(const char* rule, bool holds, const char* zh, const char* en, const char* series = nullptr) {
    Finding finding;
    finding.rule = rule;
    finding.standing = holds ? Standing::passed : Standing::violated;
    finding.text_zh = std::string(zh) + (holds ? "：相符" : "：不符");
    finding.text_en = std::string(en) + (holds ? ": agrees" : ": does not agree");
    const auto* row = series != nullptr ? policy_.find(series) : nullptr;
    if (row != nullptr) finding.citation = row->citation();
    out.push_back(std::move(finding));
  }
  /// A gate binds only while its row is in force.
  void forbid(const char* rule, const char* series, bool broken, const char* zh, const char* en) {
    if (policy_.find(series) != nullptr) hold(rule, !broken, zh, en, series);
  }

  std::vector<Finding> out;

 private:
  const Policy& policy_;
};

bool near(Real seen, Real expected, Real slack) {
  return std::abs(seen - expected) <= slack + std::abs(expected) * 1e-7L;
}

Real ratio(std::int64_t millionths) { return static_cast<Real>(millionths) / 1e6L; }

/// Sum p (1+g)^k (1-r)^k / (1+d)^k over the years of issue.
Real worth(Real kg, std::int64_t years, std::int64_t first, Real price, Real growth, Real buffer,
           Real reversal, Real discount) {
  const Real step = (1 + growth) * (1 - reversal) / (1 + discount);
  Real sum = 0;
  for (std::int64_t k = first; k <= years; ++k) sum += std::pow(step, static_cast<Real>(k));
  return kg / 1000 * (1 - buffer) * price * sum;
}

}  // namespace

std::vector<Finding> verify(const Terms& terms, const Sink& sink, const Policy& policy) {
  Findings found(policy);
  const Interval zero = Interval::exactly(0);

  // Tonnes, from the best source that the sink has.
  std::optional<std::pair<Real, Real>> kg;
  Real slack = 1;
  const auto times = [&sink](Real low, Real high) {
    return std::pair<Real, Real>{static_cast<Real>(sink.area->min) * low * 10,
                                 static_cast<Real>(sink.area->max) * high * 10};
  };
  if (sink.surveyed_kg) {
    kg = {static_cast<Real>(sink.surveyed_kg->min), static_cast<Real>(sink.surveyed_kg->max)};
    slack = 0;
  } else if (sink.stated_yield && sink.area) {
    kg = times(ratio(sink.stated_yield->min), ratio(sink.stated_yield->max));
  } else if (sink.stated_total_kg && sink.crediting_years && sink.crediting_years->min > 0) {
    kg = {static_cast<Real>(sink.stated_total_kg->min) / static_cast<Real>(sink.crediting_years->max),
          static_cast<Real>(sink.stated_total_kg->max) / static_cast<Real>(sink.crediting_years->min)};
  } else if (sink.area && policy.find("forest_sink.yield.wuning_jx") != nullptr) {
    const Real floor = ratio(policy.find("forest_sink.yield.wuning_jx")->millionths().value_or(0));
    kg = times(floor, floor);
  }
  const bool same_tonnes = kg.has_value() == terms.annual_kg.has_value() &&
                           (!kg || (near(static_cast<Real>(terms.annual_kg->min), kg->first, slack) &&
                                    near(static_cast<Real>(terms.annual_kg->max), kg->second, slack)));
  found.hold("tonnes", same_tonnes, "年碳汇量", "tonnes a year");

  const bool has_yield = kg && sink.area && sink.area->min > 0;
  found.hold(
      "yield",
      has_yield == terms.yield.has_value() &&
          (!has_yield ||
           (near(static_cast<Real>(terms.yield->min), kg->first * 1e5L / static_cast<Real>(sink.area->max),
                 1 + 1e5L * slack / static_cast<Real>(sink.area->max)) &&
            near(static_cast<Real>(terms.yield->max), kg->second * 1e5L / static_cast<Real>(sink.area->min),
                 1 + 1e5L * slack / static_cast<Real>(sink.area->min)))),
      "每亩碳汇量", "tonnes a mu");
  if (terms.implied_price) {
    // Held from the other side: price times tonnes gives the income back.
    std::optional<std::pair<Real, Real>> total;
    if (sink.stated_total_kg) {
      total = {static_cast<Real>(sink.stated_total_kg->min), static_cast<Real>(sink.stated_total_kg->max)};
    } else if (kg && sink.crediting_years) {
      total = {kg->first * static_cast<Real>(sink.crediting_years->min),
               kg->second * static_cast<Real>(sink.crediting_years->max)};
    }
    const auto& income = sink.stated_income_fen;
    const auto gives = [](std::int64_t price, Real tonnes_kg, std::int64_t fen) {
      return near(static_cast<Real>(price) * tonnes_kg / 1000, static_cast<Real>(fen),
                  tonnes_kg / 1000 + static_cast<Real>(price) * 200 / 1000);
    };
    found.hold("implied_price",
               total && income && gives(terms.implied_price->min, total->second, income->min) &&
                   gives(terms.implied_price->max, total->first, income->max),
               "隐含价格", "implied price");
  }

  const bool known = sink.price && kg && sink.crediting_years && sink.discount_rate && sink.pledge_ratio;
  if (!known) {
    // A missing number is never made up.
    found.hold("ceiling", !terms.value_fen && !terms.ceiling_fen && !terms.amount_fen, "缺数时不给金额",
               "no amount without its numbers");
  } else {
    const auto buffer = sink.buffer.value_or(zero), reversal = sink.reversal.value_or(zero);
    const auto& price = sink.price->fen_per_tonne;
    const auto& drift = sink.price->drift;
    const Real low =
        worth(kg->first, sink.crediting_years->min, sink.first_issue_year.max, static_cast<Real>(price.min),
              ratio(drift.min), ratio(buffer.max), ratio(reversal.max), ratio(sink.discount_rate->max));
    const Real high =
        worth(kg->second, sink.crediting_years->max, sink.first_issue_year.min, static_cast<Real>(price.max),
              ratio(drift.max), ratio(buffer.min), ratio(reversal.min), ratio(sink.discount_rate->min));
    // Rounding down: a fen each year, and a kg of each year's tonnes.
    const auto slack_of = [](std::int64_t years, std::int64_t fen_per_tonne, std::int64_t growth) {
      const Real factor = std::pow(1 + std::max<Real>(ratio(growth), 0), static_cast<Real>(years));
      return static_cast<Real>(years) * (2 + 2 * static_cast<Real>(fen_per_tonne) * factor / 1000);
    };
    const Real low_slack = slack_of(sink.crediting_years->min, price.min, drift.min);
    const Real high_slack = slack_of(sink.crediting_years->max, price.max, drift.max);
    found.hold("value",
               terms.value_fen && near(static_cast<Real>(terms.value_fen->min), low, low_slack) &&
                   near(static_cast<Real>(terms.value_fen->max), high, high_slack),
               "预期收益现值", "present value of the income");
    found.hold("ceiling",
               terms.value_fen && terms.ceiling_fen &&
                   near(static_cast<Real>(terms.ceiling_fen->min),
                        static_cast<Real>(terms.value_fen->min) * ratio(sink.pledge_ratio->min), 1) &&
                   near(static_cast<Real>(terms.ceiling_fen->max),
                        static_cast<Real>(terms.value_fen->max) * ratio(sink.pledge_ratio->max), 1),
               "可贷上限", "loan ceiling");
    if (terms.amount_fen) {
      found.hold("amount",
                 sink.need_fen && terms.ceiling_fen && *terms.amount_fen >= 0 &&
                     *terms.amount_fen <= *sink.need_fen && *terms.amount_fen <= terms.ceiling_fen->min,
                 "金额不超过申请和上限", "amount within the need and the ceiling");
    }
  }
  if (terms.tenor_months) {
    found.hold("tenor",
               *terms.tenor_months >= 0 && sink.tenor_months == terms.tenor_months &&
                   (!sink.crediting_years || *terms.tenor_months <= 12 * sink.crediting_years->min),
               "期限在计入期之内", "tenor within the crediting period", "collateral.law.pledgeable_rights");
  }
  if (terms.rate) {
    std::int64_t least = sink.base_rate.value_or(0), most = least;
    for (const auto& step : sink.rate_steps) {
      if (!step.met || (*step.met && step.change < 0)) least += std::min<std::int64_t>(step.change, 0);
      if (step.met && *step.met && step.change < 0) most += step.change;
      if (!step.met || (*step.met && step.change > 0)) most += std::max<std::int64_t>(step.change, 0);
      if (step.met && *step.met && step.change > 0) least += step.change;
    }
    found.hold("rate", sink.base_rate && terms.rate->min == least && terms.rate->max == most,
               "利率与挂钩台阶", "rate and its steps");
  }

  if (terms.amount_fen || terms.tenor_months) {
    found.forbid("clear_title", "forest_sink.guangdong_guide.clear_title", !sink.clear_title.value_or(false),
                 "权属清晰", "clear title");
    found.forbid("pledged_already", "registry.carbon_sink_income_registrable",
                 sink.pledged_already.value_or(false), "无在先质押", "no earlier pledge");
    if (sink.mechanism == Mechanism::ccer_planting) {
      found.forbid("economic_forest", "ccer_afforestation.excludes_economic_forest",
                   sink.economic_forest.value_or(false), "不是经济林", "no economic forest");
      found.forbid("non_forest_years", "ccer_afforestation.land_non_forest_years",
                   sink.non_forest_years.value_or(3) < 3, "至少三年非林地", "no forest for three years");
      const bool early = sink.start_year.value_or(2020) < 2020;
      found.forbid("plot_area",
                   early ? "ccer_afforestation.plot_min_m2_to_2019" : "ccer_afforestation.plot_min_m2",
                   sink.plot_square_metres.value_or(667) < (early ? 667 : 400),
                   early ? "地块不小于667平方米" : "地块不小于400平方米",
                   early ? "plot of at least 667 square metres" : "plot of at least 400 square metres");
      found.forbid("shrub_removal", "ccer_afforestation.shrub_removal_max_pct",
                   sink.shrub_removal.value_or(0) > 200'000, "清除灌木不超过20%",
                   "at most 20 % of shrubs removed");
      found.forbid("wetland", "ccer_afforestation.wetland_excluded", sink.wetland.value_or(false), "不在湿地",
                   "not on wetland");
      found.forbid("title_document", "ccer_afforestation.title_required",
                   !sink.title_document.value_or(false), "有权属证明", "a document of title");
    }
  }
  return std::move(found.out);
}

}  // namespace huoshui::carbon
