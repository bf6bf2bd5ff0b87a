#include <algorithm>
#include <huoshui/carbon/propose.hpp>
#include <huoshui/core/money.hpp>
#include <huoshui/core/result.hpp>
#include <utility>

#include "policy/detail/findings.hpp"

namespace huoshui::carbon {
namespace {

__extension__ using Wide = __int128;

using policy_detail::held;
using policy_detail::hold_tenor;
using policy_detail::measure;
using policy_detail::narrowed;
using policy_detail::open;
using policy_detail::require_closed;
using policy_detail::say;

constexpr std::int64_t kOne = 1'000'000;

void check(const Sink& sink) {
  constexpr std::int64_t kMost = 100'000'000'000'000;
  require_closed(sink.area, "area", 100'000'000'000);
  require_closed(sink.surveyed_kg, "surveyed_kg", kMost);
  require_closed(sink.stated_yield, "stated_yield", 100 * kOne);
  require_closed(sink.stated_total_kg, "stated_total_kg", kMost);
  require_closed(sink.stated_income_fen, "stated_income_fen", kMost);
  require_closed(sink.crediting_years, "crediting_years", 100);
  require_closed(sink.first_issue_year, "first_issue_year", 100);
  require_closed(sink.buffer, "buffer", kOne);
  require_closed(sink.reversal, "reversal", kOne);
  require_closed(sink.discount_rate, "discount_rate", kOne);
  require_closed(sink.pledge_ratio, "pledge_ratio", kOne);
  if (sink.price) require_closed(sink.price->fen_per_tonne, "price", 1'000'000'000);
  if ((sink.need_fen && *sink.need_fen < 0) || (sink.tenor_months && *sink.tenor_months < 0)) {
    throw ContractError("need and tenor are not below zero");
  }
}

bool is_open(const Finding& finding) { return finding.standing == Standing::not_tested; }

enum class Side : std::uint8_t { at_least, at_most };

Finding bounded(const char* rule, const char* series, const Policy& policy, Measure unit,
                std::optional<std::int64_t> seen, std::optional<std::int64_t> (Parameter::*read)() const,
                std::int64_t scale, Side side, const char* zh, const char* en) {
  auto out = open(rule, series, policy);
  if (is_open(out)) return out;
  const auto limit = (policy.find(series)->*read)();
  if (!seen || !limit) {
    say(out, Standing::not_tested, std::string(zh) + "：未填，未检验",
        std::string(en) + ": not stated, not tested");
    return out;
  }
  measure(out, unit, seen, *limit / scale);
  const bool meets = side == Side::at_least ? *seen >= *out.limit : *seen <= *out.limit;
  say(out, meets ? Standing::passed : Standing::violated, std::string(zh) + (meets ? "：符合" : "：不符合"),
      std::string(en) + (meets ? ": met" : ": not met"));
  return out;
}

/// Hold the plot against the least area, which follows the year in which the planting began.
Finding plot_finding(const Sink& sink, const Policy& policy) {
  constexpr std::int64_t kLastEarlyYear = 2019;
  const auto held_against = [&](const char* series) {
    return bounded("plot_area", series, policy, Measure::square_metres, sink.plot_square_metres,
                   &Parameter::millionths, kOne, Side::at_least, "连续地块面积不低于下限",
                   "contiguous plot at least the minimum");
  };
  auto early = held_against("ccer_afforestation.plot_min_m2_to_2019");
  auto later = held_against("ccer_afforestation.plot_min_m2");
  if (sink.start_year) return *sink.start_year <= kLastEarlyYear ? early : later;
  if (early.standing != later.standing) {
    say(later, Standing::not_tested, "开始造林的年份未填，地块面积下限不定，未检验",
        "the year in which planting began is not stated and decides the least plot: not tested");
  }
  return later;
}

/// Whole yuan, to the nearest.
std::string yuan(std::int64_t fen) { return std::to_string((fen + 50) / 100); }

/// The tonnes of a year, and how they were found.
void find_tonnes(const Sink& sink, const Policy& policy, Terms& terms) {
  const auto by_yield = [&sink](Interval yield) {
    // hundredths of a mu x millionths of a tonne, in kg
    return Interval{narrowed(Wide{sink.area->min} * yield.min / 100'000),
                    narrowed(Wide{sink.area->max} * yield.max / 100'000)};
  };
  if (sink.surveyed_kg) {
    terms.annual_kg = sink.surveyed_kg;
    terms.tonnes_basis = TonnesBasis::surveyed;
  } else if (sink.stated_yield && sink.area) {
    terms.annual_kg = by_yield(*sink.stated_yield);
    terms.tonnes_basis = TonnesBasis::stated_yield;
  } else if (sink.stated_total_kg && sink.crediting_years && sink.crediting_years->min > 0) {
    terms.annual_kg = Interval{sink.stated_total_kg->min / sink.crediting_years->max,
                               sink.stated_total_kg->max / sink.crediting_years->min};
    terms.tonnes_basis = TonnesBasis::stated_total;
  } else if (sink.area) {
    const auto* row = policy.find("forest_sink.yield.wuning_jx");
    const auto floor = row != nullptr ? row->millionths() : std::nullopt;
    if (floor) {
      terms.annual_kg = by_yield(Interval::exactly(*floor));
      terms.tonnes_basis = TonnesBasis::assumed_floor;
    }
  }
  if (terms.annual_kg && sink.area && sink.area->min > 0) {
    terms.yield = Interval{narrowed(Wide{terms.annual_kg->min} * 100'000 / sink.area->max),
                           narrowed(Wide{terms.annual_kg->max} * 100'000 / sink.area->min)};
  }
}

Finding yield_finding(const Terms& terms, const Policy& policy, const ProposeOptions& options) {
  auto out = open("yield", "forest_sink.yield.wuning_jx", policy, Strength::should);
  if (terms.tonnes_basis == TonnesBasis::missing) {
    say(out, Standing::not_tested, "没有测算量、单产或面积，碳汇量无法核算",
        "no survey, yield or area: the tonnes cannot be found");
  } else if (terms.tonnes_basis == TonnesBasis::assumed_floor) {
    say(out, Standing::caution, "只有面积，按每亩每年0.30吨的下限假定，请补测算",
        "only the area is known: the floor of 0.30 t per mu and year is assumed, ask for a survey");
  } else if (!terms.yield) {
    say(out, Standing::not_tested, "没有面积，单产未检验", "no area: the yield is not tested");
  } else {
    const bool below = terms.yield->min < options.yield_min;
    const bool outside = below || terms.yield->max > options.yield_max;
    measure(out, Measure::millionths, below ? terms.yield->min : terms.yield->max,
            below ? options.yield_min : options.yield_max);
    say(out, outside ? Standing::caution : Standing::passed,
        outside ? "每亩每年碳汇量超出常见范围，请核实" : "每亩每年碳汇量在常见范围内",
        outside ? "tonnes per mu and year outside the usual range: ask" : "tonnes per mu and year are usual");
  }
  return out;
}

Finding implied_finding(const Sink& sink, Terms& terms, const Policy& policy, const ProposeOptions& options) {
  auto out = open("implied_price", "forest_sink.value.wuning_yuan_per_t", policy, Strength::should);
  std::optional<Interval> total = sink.stated_total_kg;
  if (!total && terms.annual_kg && sink.crediting_years) {
    total = Interval{narrowed(Wide{terms.annual_kg->min} * sink.crediting_years->min),
                     narrowed(Wide{terms.annual_kg->max} * sink.crediting_years->max)};
  }
  if (!sink.stated_income_fen || !total || total->min <= 0) {
    say(out, Standing::not_tested, "没有预期收益或总碳汇量，隐含价格未检验",
        "no expected income or no tonnes: the implied price is not tested");
    return out;
  }
  terms.implied_price =
      Interval{narrowed(Wide{sink.stated_income_fen->min} * 1000 / total->max),
               narrowed((Wide{sink.stated_income_fen->max} * 1000 + total->min - 1) / total->min)};
  const bool below = terms.implied_price->min < options.implied_min;
  const bool above = terms.implied_price->max > options.implied_max;
  measure(out, Measure::fen, below ? terms.implied_price->min : terms.implied_price->max,
          below ? options.implied_min : options.implied_max);
  const auto price = yuan(*out.seen);
  const auto band = yuan(options.implied_min) + "–" + yuan(options.implied_max);
  if (below || above) {
    say(out, Standing::caution, "预期收益隐含每吨" + price + "元，在" + band + "元之外，须按市场价重估",
        "the expected income implies " + price + " yuan per tonne, outside " + band + ": re-price at market");
  } else {
    say(out, Standing::passed, "预期收益隐含每吨" + price + "元，在" + band + "元之内",
        "the expected income implies " + price + " yuan per tonne, inside " + band);
  }
  return out;
}

/// What the ceiling lacks, in words; empty when nothing.
std::pair<std::string, std::string> lacking(const Sink& sink, const Terms& terms) {
  std::pair<std::string, std::string> out;
  const auto need = [&out](bool have, const char* zh, const char* en) {
    if (have) return;
    out.first += (out.first.empty() ? "" : "、") + std::string(zh);
    out.second += (out.second.empty() ? "" : ", ") + std::string(en);
  };
  need(sink.price.has_value(), "碳价", "price");
  need(terms.annual_kg.has_value(), "碳汇量", "tonnes");
  need(sink.crediting_years.has_value(), "计入期", "crediting period");
  need(sink.discount_rate.has_value(), "折现率", "discount rate");
  need(sink.pledge_ratio.has_value(), "质押率", "pledge ratio");
  return out;
}

/// The lower or the upper corner: what raises the value at one end, what lowers it at the other.
Stream corner(const Sink& sink, const Terms& terms, std::int64_t Interval::*good,
              std::int64_t Interval::*bad) {
  const auto zero = Interval::exactly(0);
  Stream out;
  out.annual_kg = terms.annual_kg.value().*good;
  out.crediting_years = sink.crediting_years.value().*good;
  out.first_issue_year = sink.first_issue_year.*bad;
  out.buffer = sink.buffer.value_or(zero).*bad;
  out.reversal = sink.reversal.value_or(zero).*bad;
  out.discount_rate = sink.discount_rate.value().*bad;
  out.fen_per_tonne = sink.price.value().fen_per_tonne.*good;
  out.drift = sink.price.value().drift.*good;
  return out;
}

/// Look at where the price comes from: a market price wants a day, and not a stale one.
Finding price_finding(const Sink& sink, const Policy& policy) {
  constexpr std::int64_t kYear = 366;
  Finding out;
  out.rule = "price";
  out.strength = Strength::should;
  if (!sink.price) {
    say(out, Standing::not_tested, "没有碳价，金额无法核定", "no price: the amount cannot be checked");
  } else if (sink.price->basis == PriceBasis::scenario) {
    say(out, Standing::caution, "碳价为情景假定，不是成交价", "the price is a scenario, not a price paid");
  } else if (sink.price->basis == PriceBasis::stated) {
    say(out, Standing::passed, "碳价由使用者给出", "the price is the user's own");
  } else if (!sink.price->date) {
    say(out, Standing::not_tested, "市场价没有日期，未检验", "the market price has no date: not tested");
  } else {
    measure(out, Measure::days, day_number(policy.date()) - day_number(*sink.price->date), kYear);
    const bool fresh = *out.seen >= 0 && *out.seen <= kYear;
    say(out, fresh ? Standing::passed : Standing::caution,
        fresh ? "市场价在一年之内" : "市场价晚于签约日或已过一年，请更新",
        fresh ? "the market price is of the last year"
              : "the market price is later than the day of signing, or older than a year: renew it");
  }
  return out;
}

Finding amount_finding(const Sink& sink, const Policy& policy, const ProposeOptions& options, Proposal& out) {
  auto finding = open("amount", "collateral.law.pledgeable_rights", policy, Strength::should);
  auto& terms = out.terms;
  const auto missing = lacking(sink, terms);
  if (!missing.first.empty()) {
    say(finding, Standing::not_tested, "缺" + missing.first + "，金额无法核定",
        "amount cannot be checked, missing: " + missing.second);
    return finding;
  }
  const auto low = corner(sink, terms, &Interval::min, &Interval::max);
  const auto high = corner(sink, terms, &Interval::max, &Interval::min);
  terms.value_fen = Interval{present_value(low), present_value(high)};
  terms.ceiling_fen = Interval{narrowed(Wide{terms.value_fen->min} * sink.pledge_ratio->min / kOne),
                               narrowed(Wide{terms.value_fen->max} * sink.pledge_ratio->max / kOne)};
  if (options.simulation) out.simulation = simulate(low, *options.simulation);
  measure(finding, Measure::fen, sink.need_fen, terms.ceiling_fen->min);
  if (!sink.need_fen) {
    say(finding, Standing::passed, "可贷上限" + format_money(*terms.ceiling_fen),
        "ceiling " + format_money(*terms.ceiling_fen));
    return finding;
  }
  const bool within = *sink.need_fen <= terms.ceiling_fen->min;
  say(finding, within ? Standing::passed : Standing::caution,
      "申请" + format_money(*sink.need_fen) + (within ? "，不超过上限" : "，超过上限") +
          format_money(terms.ceiling_fen->min),
      "asked " + format_money(*sink.need_fen) + (within ? ", within " : ", cut to the ceiling of ") +
          format_money(terms.ceiling_fen->min));
  return finding;
}

Finding tenor_finding(const Sink& sink, const Policy& policy) {
  auto out = open("tenor", "collateral.law.pledgeable_rights", policy);
  // A rule of form: what is no longer credited cannot repay, whatever the day.
  hold_tenor(out, sink.tenor_months, sink.crediting_years, "计入期", "crediting period");
  return out;
}

Finding held_back(const Sink& sink) {
  Finding out;
  out.rule = "buffer_and_reversal";
  out.strength = Strength::should;
  if (sink.buffer && sink.reversal) {
    say(out, Standing::passed, "已扣缓冲与逆转风险", "buffer and reversal are taken off");
  } else {
    say(out, Standing::not_tested, "未填缓冲比例或逆转风险，没有扣减",
        "buffer or reversal not stated: nothing was taken off for it");
  }
  return out;
}

Interval rate_range(const Sink& sink) {
  Interval out = Interval::exactly(*sink.base_rate);
  for (const auto& step : sink.rate_steps) {
    const auto now = step.met.value_or(false) ? step.change : 0;
    const auto other = step.met ? now : step.change;
    out.min += std::min(now, other);
    out.max += std::max(now, other);
  }
  return out;
}

}  // namespace

std::string_view to_string(Mechanism mechanism) {
  switch (mechanism) {
    case Mechanism::ccer_planting:
      return "ccer_planting";
    case Mechanism::ccer_other:
      return "ccer_other";
    case Mechanism::guangdong_inclusive:
      return "guangdong_inclusive";
    case Mechanism::local:
      return "local";
    case Mechanism::unknown:
      break;
  }
  return "unknown";
}

std::string_view to_string(Stage stage) {
  switch (stage) {
    case Stage::planned:
      return "planned";
    case Stage::published:
      return "published";
    case Stage::validated:
      return "validated";
    case Stage::registered:
      return "registered";
    case Stage::verified:
      return "verified";
    case Stage::unknown:
      break;
  }
  return "unknown";
}

std::string_view to_string(PriceBasis basis) {
  switch (basis) {
    case PriceBasis::stated:
      return "stated";
    case PriceBasis::market:
      return "market";
    case PriceBasis::scenario:
      break;
  }
  return "scenario";
}

std::string_view to_string(TonnesBasis basis) {
  switch (basis) {
    case TonnesBasis::surveyed:
      return "surveyed";
    case TonnesBasis::stated_yield:
      return "stated_yield";
    case TonnesBasis::stated_total:
      return "stated_total";
    case TonnesBasis::assumed_floor:
      return "assumed_floor";
    case TonnesBasis::missing:
      break;
  }
  return "missing";
}

std::vector<Finding> gates(const Sink& sink, const Policy& policy) {
  std::vector<Finding> out;
  auto mechanism = open("mechanism", "forest_sink.guangdong_guide.mechanisms", policy, Strength::should);
  if (!is_open(mechanism)) {
    if (sink.mechanism == Mechanism::unknown) {
      say(mechanism, Standing::not_tested, "减排机制未填，未检验", "the mechanism is not stated: not tested");
    } else if (sink.mechanism == Mechanism::local) {
      say(mechanism, Standing::caution, "不属于CCER或广东碳普惠，在广东团体标准之外",
          "neither CCER nor Guangdong carbon-inclusive: outside the provincial guide");
    } else {
      say(mechanism, Standing::passed, "属于CCER或广东碳普惠", "CCER or Guangdong carbon-inclusive");
    }
  }
  out.push_back(std::move(mechanism));
  // Broken title fails closed: the unknown stops the signing.
  out.push_back(held("clear_title", "forest_sink.guangdong_guide.clear_title", policy, sink.clear_title, true,
                     Standing::violated, Standing::undecided, "权属清晰", "clear title"));
  out.push_back(held("pledged_already", "registry.carbon_sink_income_registrable", policy,
                     sink.pledged_already, false, Standing::violated, Standing::not_tested,
                     "统一登记中未见在先质押", "no earlier pledge in the unified register"));
  if (sink.mechanism == Mechanism::ccer_planting) {
    constexpr auto kUnknown = Standing::not_tested;
    out.push_back(held("economic_forest", "ccer_afforestation.excludes_economic_forest", policy,
                       sink.economic_forest, false, Standing::violated, kUnknown, "不是油茶、果、茶等经济林",
                       "no economic forest such as tea-oil, fruit or tea"));
    out.push_back(bounded("non_forest_years", "ccer_afforestation.land_non_forest_years", policy,
                          Measure::years, sink.non_forest_years, &Parameter::months, 12, Side::at_least,
                          "造林前至少三年为非林地", "no forest for at least three years before the start"));
    out.push_back(plot_finding(sink, policy));
    out.push_back(bounded("shrub_removal", "ccer_afforestation.shrub_removal_max_pct", policy,
                          Measure::millionths, sink.shrub_removal, &Parameter::millionths, 1, Side::at_most,
                          "清除灌木的面积比例", "share of shrubs removed"));
    out.push_back(held("wetland", "ccer_afforestation.wetland_excluded", policy, sink.wetland, false,
                       Standing::violated, kUnknown, "不在湿地", "not on wetland"));
    out.push_back(held("title_document", "ccer_afforestation.title_required", policy, sink.title_document,
                       true, Standing::violated, Standing::undecided, "有权属证明", "a document of title"));
    auto period =
        open("crediting_period", "ccer_afforestation.crediting_years_min", policy, Strength::should);
    if (!is_open(period)) {
      const auto limit = policy.find("ccer_afforestation.crediting_years_min")->months();
      if (!sink.crediting_years || !limit) {
        say(period, kUnknown, "计入期未填，未检验", "the crediting period is not stated: not tested");
      } else {
        measure(period, Measure::years, sink.crediting_years->min, *limit / 12);
        const bool meets = *period.seen >= *period.limit;
        const bool may = !meets && sink.crediting_years->max >= *period.limit;
        say(period, meets ? Standing::passed : Standing::caution,
            meets ? "计入期不短于方法学下限"
            : may ? "计入期可能短于方法学下限，请核实"
                  : "计入期短于方法学下限，请核实",
            meets ? "crediting period at least that of the method"
            : may ? "crediting period perhaps shorter than that of the method: ask"
                  : "crediting period shorter than that of the method: ask");
      }
    }
    out.push_back(std::move(period));
  }
  Finding stage;
  stage.rule = "stage";
  stage.strength = Strength::should;
  if (sink.stage == Stage::unknown) {
    say(stage, Standing::not_tested, "项目阶段未填，未检验", "the stage is not stated: not tested");
  } else if (sink.stage < Stage::registered) {
    say(stage, Standing::caution, "项目尚未登记，收益还不确定",
        "not registered yet: the income is not certain");
  } else {
    say(stage, Standing::passed, "项目已登记", "registered");
  }
  out.push_back(std::move(stage));
  return out;
}

Proposal propose(const Sink& sink, const Policy& policy, const ProposeOptions& options) {
  check(sink);
  Proposal out;
  find_tonnes(sink, policy, out.terms);
  out.findings = gates(sink, policy);
  out.findings.push_back(yield_finding(out.terms, policy, options));
  out.findings.push_back(held_back(sink));
  out.findings.push_back(implied_finding(sink, out.terms, policy, options));
  out.findings.push_back(price_finding(sink, policy));
  out.findings.push_back(amount_finding(sink, policy, options, out));
  out.findings.push_back(tenor_finding(sink, policy));
  if (sink.base_rate) out.terms.rate = rate_range(sink);
  if (is_lawful(out.findings)) {
    if (out.terms.ceiling_fen && sink.need_fen) {
      out.terms.amount_fen = std::min(*sink.need_fen, out.terms.ceiling_fen->min);
    }
    out.terms.tenor_months = sink.tenor_months;
  }
  return out;
}

std::vector<Line> explain(const Proposal& proposal) {
  std::vector<Line> out;
  const auto& terms = proposal.terms;
  const auto range = [](Interval value, std::int64_t unit) {
    const auto low = std::to_string(value.min / unit);
    return value.is_point() ? low : low + "–" + std::to_string(value.max / unit);
  };
  if (terms.annual_kg) {
    const auto tonnes = range(*terms.annual_kg, 1000);
    out.push_back({"年碳汇量" + tonnes + "吨", tonnes + " tonnes a year"});
  }
  if (terms.value_fen) {
    const auto value = format_money(*terms.value_fen);
    out.push_back({"预期收益现值" + value, "present value of the income " + value});
  }
  if (terms.ceiling_fen) {
    const auto ceiling = format_money(*terms.ceiling_fen);
    out.push_back({"可贷上限" + ceiling, "loan ceiling " + ceiling});
  }
  if (terms.amount_fen) {
    const auto amount = format_money(*terms.amount_fen);
    out.push_back({"建议金额" + amount, "amount " + amount});
  }
  for (const auto& finding : proposal.findings) {
    if (finding.standing == Standing::passed) continue;
    const auto source = finding.citation.source.empty() ? "" : "（" + to_string(finding.citation) + "）";
    out.push_back({finding.text_zh + source, finding.text_en + source});
  }
  return out;
}

}  // namespace huoshui::carbon
