#include <algorithm>
#include <huoshui/core/money.hpp>
#include <huoshui/core/result.hpp>
#include <huoshui/rights/propose.hpp>
#include <utility>

#include "policy/detail/findings.hpp"

namespace huoshui::rights {
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

void check(const Asset& asset) {
  require_closed(asset.quantity, "quantity", 1'000'000'000'000'000);
  require_closed(asset.fen_per_unit, "fen_per_unit", 1'000'000'000'000);
  require_closed(asset.years, "years", 100);
  require_closed(asset.discount_rate, "discount_rate", kOne);
  require_closed(asset.lent_share, "lent_share", kOne);
  require_closed(asset.multiple, "multiple", 1000 * kOne);
  if ((asset.need_fen && *asset.need_fen < 0) || (asset.tenor_months && *asset.tenor_months < 0)) {
    throw ContractError("need and tenor are not below zero");
  }
}

bool is_quota(Right right) {
  return right == Right::water || right == Right::discharge || right == Right::energy_use;
}

Interval times(Interval a, Interval b, std::int64_t scale) {
  return {narrowed(Wide{a.min} * b.min / scale), narrowed(Wide{a.max} * b.max / scale)};
}

/// Worth today of one fen at the end of each year, 10^-12.
Wide annuity(std::int64_t years, std::int64_t rate) {
  Wide weight = 1'000'000'000'000;
  Wide sum = 0;
  for (std::int64_t year = 0; year < years; ++year) {
    weight = weight * kOne / (kOne + rate);
    sum += weight;
  }
  return sum;
}

std::int64_t over_years(std::int64_t fen, std::int64_t years, std::int64_t rate) {
  return narrowed(Wide{fen} * annuity(years, rate) / 1'000'000'000'000);
}

/// The price used: the stated one, or Guangdong's mean compensation, which is old and said to be so.
std::optional<Finding> find_price(const Asset& asset, const Policy& policy, Terms& terms) {
  terms.fen_per_unit = asset.fen_per_unit;
  if (terms.fen_per_unit || asset.right != Right::public_forest_income || !Code("44").covers(asset.region)) {
    return std::nullopt;
  }
  constexpr auto kSeries = "public_forest_comp.guangdong.average";
  auto out = open("compensation_rate", kSeries, policy, Strength::should);
  const auto* row = policy.find(kSeries);
  const auto* dormant = policy.find_dormant(kSeries);
  const bool stale = row == nullptr && dormant != nullptr && dormant->reason == Dormancy::ended;
  const auto fen = row != nullptr ? row->fen() : stale ? dormant->nearest.fen() : std::nullopt;
  if (!fen) return out;
  terms.fen_per_unit = Interval::exactly(*fen);
  say(out, Standing::caution,
      stale ? "补偿标准未填，按最近一年的全省平均假定，数据已旧" : "补偿标准未填，按当年全省平均假定",
      stale ? "rate not stated: the last known provincial mean is assumed, it is old"
            : "rate not stated: the provincial mean of the year is assumed");
  return out;
}

Finding multiple_finding(const Asset& asset, const Policy& policy, const ProposeOptions& options,
                         Terms& terms) {
  auto out =
      open("multiple", "public_forest_comp.pledge.multiple_max.zhejiang_lishui", policy, Strength::should);
  terms.multiple = asset.multiple.value_or(Interval::exactly(options.multiple_low));
  measure(out, Measure::millionths, terms.multiple->max, options.multiple_usual);
  if (!asset.multiple) {
    say(out, Standing::caution, "倍数未填，按各地做法2–15倍中的低值",
        "no multiple stated: the lower of 2 to 15 is used");
  } else if (terms.multiple->max > options.multiple_high) {
    out.limit = options.multiple_high;
    terms.multiple->min = std::min(terms.multiple->min, options.multiple_high);
    terms.multiple->max = options.multiple_high;
    say(out, Standing::caution, "倍数超过各地上限，按上限计",
        "the multiple is above the highest known: cut to it");
  } else if (terms.multiple->max > options.multiple_usual) {
    say(out, Standing::caution, "倍数高于银行通常的5倍", "the multiple is above a bank's usual five");
  } else {
    say(out, Standing::passed, "倍数在常见范围内", "the multiple is usual");
  }
  return out;
}

/// Fill value and ceiling; return what is missing in words.
std::pair<std::string, std::string> find_value(const Asset& asset, Terms& terms,
                                               const ProposeOptions& options) {
  std::pair<std::string, std::string> missing;
  const auto need = [&missing](bool have, const char* zh, const char* en) {
    if (have) return;
    missing.first += (missing.first.empty() ? "" : "、") + std::string(zh);
    missing.second += (missing.second.empty() ? "" : ", ") + std::string(en);
  };
  const bool income = asset.right == Right::public_forest_income;
  const bool yearly = !income && asset.priced_for == PricedFor::year;
  need(terms.fen_per_unit.has_value(), "价格", "price");
  need(asset.quantity.has_value(), "合法数量", "lawful quantity");
  if (!income) need(asset.lent_share.has_value(), "抵质押率", "lent share");
  if (yearly) need(asset.years.has_value(), "剩余年限", "years left");
  if (yearly) need(asset.discount_rate.has_value(), "折现率", "discount rate");
  if (!asset.quantity || !terms.fen_per_unit) return missing;

  const auto gross = times(*asset.quantity, *terms.fen_per_unit, 1000);
  if (income) {
    terms.yearly_fen = gross;
    terms.spread_fen = times(gross, {options.multiple_low, options.multiple_high}, kOne);
    terms.value_fen = terms.ceiling_fen = times(gross, *terms.multiple, kOne);
    return missing;
  }
  if (yearly) {
    terms.yearly_fen = gross;
    if (!asset.years || !asset.discount_rate) return missing;
    terms.value_fen = Interval{over_years(gross.min, asset.years->min, asset.discount_rate->max),
                               over_years(gross.max, asset.years->max, asset.discount_rate->min)};
  } else {
    terms.value_fen = gross;
  }
  if (asset.lent_share) terms.ceiling_fen = times(*terms.value_fen, *asset.lent_share, kOne);
  return missing;
}

Finding registry_finding(const Asset& asset, const Policy& policy) {
  auto out = open("registry", "collateral.law.pledgeable_rights", policy, Strength::should);
  if (asset.registry == Registry::none) {
    say(out, Standing::caution, "没有法定登记机关，担保价值计为零，仅作支持",
        "no lawful register: worth nothing as security, support only");
  } else if (asset.registry == Registry::unknown) {
    say(out, Standing::not_tested, "登记情况未填，未检验", "registration not stated: not tested");
  } else if (asset.registry == Registry::registrable) {
    say(out, Standing::caution, "可登记但尚未登记", "can be registered, not registered yet");
  } else {
    say(out, Standing::passed, "已登记", "registered");
  }
  return out;
}

Finding tenor_finding(const Asset& asset) {
  Finding out;
  out.rule = "tenor";
  hold_tenor(out, asset.tenor_months, asset.years, "剩余年限", "years left");
  return out;
}

}  // namespace

std::string_view to_string(Right right) {
  switch (right) {
    case Right::public_forest_income:
      return "public_forest_income";
    case Right::forest_tenure:
      return "forest_tenure";
    case Right::carbon_allowance:
      return "carbon_allowance";
    case Right::water:
      return "water";
    case Right::discharge:
      return "discharge";
    case Right::energy_use:
      return "energy_use";
    case Right::livestock:
      return "livestock";
    case Right::land_operation:
      break;
  }
  return "land_operation";
}

std::string_view to_string(Registry registry) {
  switch (registry) {
    case Registry::registered:
      return "registered";
    case Registry::registrable:
      return "registrable";
    case Registry::none:
      return "none";
    case Registry::unknown:
      break;
  }
  return "unknown";
}

std::vector<Finding> gates(const Asset& asset, const Policy& policy) {
  std::vector<Finding> out;
  constexpr auto kViolated = Standing::violated;
  constexpr auto kNotTested = Standing::not_tested;
  const bool herd = asset.right == Right::livestock;
  // Broken title fails closed: the unknown stops the signing.
  out.push_back(held("clear_title", herd ? "livestock_mortgage.allowed" : "collateral.law.pledgeable_rights",
                     policy, asset.clear_title, true, kViolated, Standing::undecided, "权属清晰",
                     "clear title"));
  Finding earlier;
  earlier.rule = "pledged_already";
  if (!asset.pledged_already) {
    say(earlier, kNotTested, "未查在先抵质押，未检验", "earlier pledges not looked up: not tested");
  } else if (*asset.pledged_already) {
    say(earlier, kViolated, "已有在先抵质押", "pledged already");
  } else {
    say(earlier, Standing::passed, "未见在先抵质押", "no earlier pledge");
  }
  out.push_back(std::move(earlier));
  if (herd) {
    std::optional<bool> numbered;
    if (!asset.unique_number.empty()) numbered = true;
    out.push_back(held("insured", "livestock_mortgage.requirements", policy, asset.insured, true,
                       Standing::caution, kNotTested, "已投保", "insured"));
    out.push_back(held("unique_number", "livestock_mortgage.requirements", policy, numbered, true,
                       Standing::caution, kNotTested, "有耳标或唯一编号", "ear tags or a unique number"));
  }
  if (asset.right == Right::forest_tenure) {
    out.push_back(held("on_public_forest", "public_forest.logging_limited", policy, asset.on_public_forest,
                       false, kViolated, kNotTested, "不是公益林的林木", "no timber of public forest"));
    auto share = open("lent_share", "forest_right.ltv_max_pct", policy, Strength::should);
    if (const auto* row = policy.find("forest_right.ltv_max_pct"); row != nullptr) {
      const auto limit = row->millionths();
      if (!asset.lent_share || !limit) {
        say(share, kNotTested, "抵押率未填，未检验", "the lent share is not stated: not tested");
      } else {
        measure(share, Measure::millionths, asset.lent_share->max, limit);
        const bool within = *share.seen <= *share.limit;
        const bool may = !within && asset.lent_share->min <= *share.limit;
        say(share, within ? Standing::passed : Standing::caution,
            within ? "抵押率不超过60%"
            : may  ? "抵押率可能超过60%"
                   : "抵押率超过60%",
            within ? "at most 60 % is lent"
            : may  ? "perhaps more than 60 % is lent"
                   : "more than 60 % is lent");
      }
    }
    out.push_back(std::move(share));
  }
  if (asset.right == Right::land_operation) {
    constexpr auto kLand = "collateral.law.land_operation_right_pledge";
    out.push_back(held("filed", kLand, policy, asset.filed, true, kViolated, kNotTested, "已向发包方备案",
                       "filed with the collective"));
    out.push_back(held("holder_consents", kLand, policy, asset.holder_consents, true, kViolated, kNotTested,
                       "流转取得的经营权经承包方同意", "consent of the contractor"));
  }
  if (asset.right == Right::water) {
    out.push_back(held("filed_with_authority", "water_right.double_record", policy,
                       asset.filed_with_authority, true, Standing::caution, kNotTested, "已向主管部门备案",
                       "filed with the authority"));
  } else if (is_quota(asset.right)) {
    Finding filed;
    filed.rule = "filed_with_authority";
    filed.strength = Strength::should;
    const bool yes = asset.filed_with_authority.value_or(false);
    say(filed,
        !asset.filed_with_authority ? kNotTested
        : yes                       ? Standing::passed
                                    : Standing::caution,
        !asset.filed_with_authority ? "主管部门备案未填，未检验"
        : yes                       ? "已向主管部门备案"
                                    : "未向主管部门备案",
        !asset.filed_with_authority ? "filing with the authority not stated: not tested"
        : yes                       ? "filed with the authority"
                                    : "not filed with the authority");
    out.push_back(std::move(filed));
  }
  out.push_back(registry_finding(asset, policy));
  return out;
}

Proposal propose(const Asset& asset, const Policy& policy, const ProposeOptions& options) {
  check(asset);
  Proposal out;
  auto& terms = out.terms;
  out.findings = gates(asset, policy);
  if (auto price = find_price(asset, policy, terms)) out.findings.push_back(std::move(*price));
  if (asset.right == Right::public_forest_income) {
    out.findings.push_back(multiple_finding(asset, policy, options, terms));
  }
  const auto missing = find_value(asset, terms, options);
  Finding amount;
  amount.rule = "amount";
  amount.strength = Strength::should;
  if (!missing.first.empty()) {
    say(amount, Standing::not_tested, "缺" + missing.first + "，金额无法核定",
        "amount cannot be checked, missing: " + missing.second);
  } else {
    // A pledge without rank is worth nothing as security: this zero is an answer, not a missing number.
    if (asset.registry == Registry::none) terms.ceiling_fen = Interval::exactly(0);
    measure(amount, Measure::fen, asset.need_fen, terms.ceiling_fen->min);
    const bool within = !asset.need_fen || *asset.need_fen <= terms.ceiling_fen->min;
    say(amount, within ? Standing::passed : Standing::caution,
        std::string(within ? "在上限" : "申请超过上限") + format_money(terms.ceiling_fen->min) +
            (within ? "之内" : ""),
        std::string(within ? "within " : "asked more than ") + "the ceiling of " +
            format_money(terms.ceiling_fen->min));
  }
  out.findings.push_back(std::move(amount));
  out.findings.push_back(tenor_finding(asset));
  if (is_lawful(out.findings)) {
    if (terms.ceiling_fen && asset.need_fen) {
      terms.amount_fen = std::min(*asset.need_fen, terms.ceiling_fen->min);
    }
    terms.tenor_months = asset.tenor_months;
  }
  return out;
}

std::vector<Line> explain(const Proposal& proposal) {
  std::vector<Line> out;
  const auto& terms = proposal.terms;
  const auto line = [&out](const std::optional<Interval>& fen, const char* zh, const char* en) {
    if (fen) out.push_back({zh + format_money(*fen), std::string(en) + " " + format_money(*fen)});
  };
  line(terms.yearly_fen, "年补偿或年收益", "a year");
  line(terms.spread_fen, "各地做法2–15倍，合", "at two to fifteen times");
  line(terms.value_fen, "价值", "value");
  line(terms.ceiling_fen, "可贷上限", "loan ceiling");
  if (terms.amount_fen) line(Interval::exactly(*terms.amount_fen), "建议金额", "amount");
  for (const auto& finding : proposal.findings) {
    if (finding.standing == Standing::passed) continue;
    const auto source = finding.citation.source.empty() ? "" : "（" + to_string(finding.citation) + "）";
    out.push_back({finding.text_zh + source, finding.text_en + source});
  }
  return out;
}

}  // namespace huoshui::rights
