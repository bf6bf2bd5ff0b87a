#include <huoshui/policy/gates.hpp>
#include <initializer_list>
#include <string>
#include <utility>

#include "policy/detail/code_words.hpp"

namespace huoshui {
namespace {

using C = Condition;

/// The row that a rule rests on: the first series of several that is in force, else the nearest row of the
/// first.
struct Basis {
  const Parameter* row = nullptr;  // to cite; null when the pack does not know the series
  bool in_force = false;
  bool may_fail_closed = true;  // a rule that did not exist yet is known not to bind
  Citation citation;
};

Basis basis(const Policy& policy, std::initializer_list<std::string_view> series) {
  Basis out;
  for (const auto s : series) {
    if (const Parameter* row = policy.find(s)) {
      out.row = row;
      out.in_force = true;
      out.citation = row->citation();
      return out;
    }
  }
  const auto first = *series.begin();
  if (const DormantSeries* dormant = policy.find_dormant(first)) {
    out.row = &dormant->nearest;
    out.may_fail_closed = dormant->reason != Dormancy::not_yet;
    out.citation = dormant->nearest.citation();
  } else {
    out.citation.key = std::string(first);
  }
  return out;
}

enum class Closing : bool { open, closed };

Rule make(const Basis& b, std::string_view id, RuleTopic topic, Strength strength, Closing closing,
          C condition, std::string text_zh, std::string text_en) {
  Rule rule;
  rule.id = "policy." + std::string(id);
  rule.topic = topic;
  rule.strength = strength;
  rule.condition = std::move(condition);
  rule.text_zh = std::move(text_zh);
  rule.text_en = std::move(text_en);
  rule.citation = b.citation;
  rule.not_in_force = !b.in_force;
  rule.fails_closed = closing == Closing::closed && (b.in_force || b.may_fail_closed);
  return rule;
}

/// The condition, unless the borrower is known not to stand under the public-debt rules.
C if_bound(C condition) {
  return C::any_of({C::is_false(FactKey::policy_bound_borrower), std::move(condition)});
}

C one_of(FactKey key, std::span<const std::string_view> words, std::string names) {
  CodeTest test;
  test.names = std::move(names);
  for (const auto word : words) test.named.emplace_back(word);
  test.inside = test.named;
  return C::member_of(key, std::move(test));
}

bool is_credit(InstrumentKind kind) {
  switch (kind) {
    case InstrumentKind::loan:
    case InstrumentKind::supply_chain:
    case InstrumentKind::pledge:
    case InstrumentKind::guarantee:
    case InstrumentKind::lease:
      return true;
    case InstrumentKind::insurance:
    case InstrumentKind::bond:
    case InstrumentKind::equity:
      return false;
  }
  return false;
}

/// What the money of an instrument is in the eyes of the hidden-debt rules.
enum class Purpose : std::uint8_t { project, working_capital, either };

Purpose purpose_of(const InstrumentInfo& instrument) {
  switch (instrument.loan_class) {
    case LoanClass::fixed_asset:
      return Purpose::project;
    case LoanClass::working_capital:
    case LoanClass::personal_business:
      return Purpose::working_capital;
    case LoanClass::none:
      break;
  }
  return instrument.kind == InstrumentKind::lease ? Purpose::project : Purpose::either;
}

/// Note 5, in its order. The first check that a project fails is the one to name first.
void public_debt(const InstrumentInfo& instrument, const Policy& policy, std::vector<Rule>& rules) {
  const auto add = [&](const Basis& b, std::string_view id, C condition, std::string zh, std::string en) {
    rules.push_back(make(b, "public_debt." + std::string(id), RuleTopic::government_debt, Strength::must,
                         Closing::closed, if_bound(std::move(condition)), std::move(zh), std::move(en)));
  };
  add(basis(policy, {"gov_debt.no_financing_to_government", "gov_debt.only_channel"}), "1_borrower",
      C::is_false(FactKey::government_borrower), "政府及其部门不得作为借款人或变相借款人",
      "a government may not be the borrower, openly or in disguise");
  add(basis(policy, {"gov_debt.no_guarantee_or_buyback", "gov_debt.no_guarantee_letters_50"}), "2_guarantee",
      C::is_false(FactKey::government_letter), "不得要求或接受政府担保、承诺函、回购或保底收益",
      "no government guarantee, letter, buy-back or protected return");
  add(basis(policy, {"gov_debt.gov_service_negative.construction"}), "3_service_purchase",
      C::is_false(FactKey::government_purchase),
      "不得以政府购买服务（工程、土地储备前期、农田水利建设）作为还款来源",
      "no repayment through government purchase of services for works");
  // The status is known once it is stated; a look-up that was not made leaves it unknown, which is not a
  // refusal.
  add(basis(policy, {"gov_debt.screen.query_mof_platform"}), "4_status",
      C::any_of({C::is_true(FactKey::hidden_debt_checked), C::is_true(FactKey::hidden_debt),
                 C::is_false(FactKey::hidden_debt)}),
      "平台公司和地方国企须先查询隐性债务状态",
      "the hidden-debt status of platforms and local state firms must be known");
  const Purpose purpose = purpose_of(instrument);
  if (purpose != Purpose::project) {
    std::vector<C> ways{C::is_false(FactKey::hidden_debt)};
    if (purpose == Purpose::either)
      ways.push_back(one_of(FactKey::use, policy_detail::kProjectUses, "项目建设、技术改造、设备购置"));
    add(basis(policy, {"gov_debt.screen.hidden_debt_client_no_wc_loan"}), "4_working_capital",
        C::any_of(std::move(ways)), "不得向承担隐性债务的客户新增流动资金贷款或流动资金性质的融资",
        "no new working-capital loan to a client that carries hidden debt");
  }
  if (purpose != Purpose::working_capital) {
    // The row of the confirmation itself is low. The gate stays without it, on the look-up rule of the same
    // document: switching it off would let hidden-debt clients pass.
    add(basis(policy,
              {"gov_debt.screen.hidden_debt_client_new_project_needs", "gov_debt.screen.query_mof_platform"}),
        "4_new_project",
        C::any_of({C::is_false(FactKey::hidden_debt), C::is_true(FactKey::hidden_debt_confirmation)}),
        "承担隐性债务的客户新建项目融资须有同级政府书面确认",
        "new project finance for a hidden-debt client needs written confirmation by the same-level "
        "government");
  }
  add(basis(policy, {"special_bond.no_bank_matching_loan_for_hidden_debt_client"}), "4_special_bond",
      C::any_of({C::is_false(FactKey::hidden_debt), C::is_false(FactKey::special_bond_project)}),
      "不得为承担隐性债务的客户参与的专项债券项目提供配套融资",
      "no matching loan for a special-bond project of a hidden-debt client");
  add(basis(policy, {"gov_debt.own_cashflow_covers_debt"}), "5_cash_flow",
      C::is_true(FactKey::cashflow_covers_debt), "借款人自有经营性现金流须覆盖应还本息",
      "own operating cash flow must cover principal and interest");
  add(basis(policy, {"gov_debt.fiscal_money_needs_procedure_check"}), "5_subsidy",
      C::any_of(
          {C::negation_of(one_of(FactKey::repayment_source, policy_detail::kFiscalRepayment, "财政资金")),
           C::is_true(FactKey::budget_evidence)}),
      "以财政资金、补贴还款的须有预算和程序证明",
      "repayment from fiscal money counts only with budget evidence");
  add(basis(policy, {"gov_project.no_contractor_advance"}), "6_contractor_advance",
      C::is_false(FactKey::contractor_advance), "政府投资项目不得由施工单位垫资建设",
      "the builder may not pre-finance a government investment project");
}

/// Note 4. What a sector asks is worked out for each project by derive_facts.
void project_capital(const Policy& policy, std::vector<Rule>& rules) {
  const auto minimum = basis(policy, {"project_capital_min.other_default"});
  rules.push_back(
      make(minimum, "project_capital.floor", RuleTopic::project_capital, Strength::must, Closing::open,
           C::compare_facts(FactKey::own_capital_ratio, Comparison::at_least, FactKey::capital_floor),
           "项目资本金比例不低于行业最低比例（补短板基础设施按可下浮后的比例）",
           "own capital at or above the sector minimum, after relief where relief may be granted"));
  rules.push_back(
      make(minimum, "project_capital.required", RuleTopic::project_capital, Strength::should, Closing::open,
           C::compare_facts(FactKey::own_capital_ratio, Comparison::at_least, FactKey::capital_required),
           "项目资本金比例不低于行业最低比例，低于的仅在银行给予下浮后通过",
           "own capital at or above the sector minimum; below it passes only with relief by the bank"));
  rules.push_back(make(basis(policy, {"project_capital.no_debt_money"}), "project_capital.no_debt_money",
                       RuleTopic::project_capital, Strength::must, Closing::closed,
                       if_bound(C::is_false(FactKey::borrowed_capital)),
                       "资本金不得来自借款、股东借款或名股实债", "capital may not come from debt"));
}

std::string years_zh(std::int64_t months) {
  return months % 12 == 0 ? std::to_string(months / 12) + "年" : std::to_string(months) + "个月";
}
std::string years_en(std::int64_t months) {
  return months % 12 == 0 ? std::to_string(months / 12) + " years" : std::to_string(months) + " months";
}

/// A basis together with a number of its row. A row that does not hold such a number is not in force for a
/// gate.
struct Limit {
  Basis basis;
  std::int64_t value = 0;
};
Limit month_limit(const Policy& policy, std::string_view series) {
  Limit out{basis(policy, {series}), 0};
  const auto months = out.basis.row != nullptr ? out.basis.row->months() : std::nullopt;
  if (months) out.value = *months;
  out.basis.in_force &= months.has_value();
  return out;
}
Limit fen_limit(const Policy& policy, std::string_view series) {
  Limit out{basis(policy, {series}), 0};
  const auto fen = out.basis.row != nullptr ? out.basis.row->fen() : std::nullopt;
  if (fen) out.value = *fen;
  out.basis.in_force &= fen.has_value();
  return out;
}

Rule tenor_rule(const Limit& limit, std::string_view id, Strength strength, C condition, std::string zh,
                std::string en) {
  return make(limit.basis, "tenor." + std::string(id), RuleTopic::tenor_rule, strength, Closing::open,
              std::move(condition), std::move(zh), std::move(en));
}

/// Note 3: the three loan measures.
void tenor(LoanClass loan_class, const Policy& policy, std::vector<Rule>& rules) {
  const auto within = [](const Limit& limit) { return C::at_most(FactKey::tenor, limit.value); };
  switch (loan_class) {
    case LoanClass::none:
      return;
    case LoanClass::fixed_asset: {
      const auto general = month_limit(policy, "fixed_asset_loan.tenor_general_max_years");
      const auto approval = basis(policy, {"fixed_asset_loan.tenor_over_10y_approval"});
      rules.push_back(tenor_rule(general, "fixed_asset.general", Strength::should, within(general),
                                 "固定资产贷款期限一般不超过" + years_zh(general.value),
                                 "fixed-asset loans generally up to " + years_en(general.value)));
      rules.push_back(
          tenor_rule({{approval.row, approval.in_force && general.basis.in_force, approval.may_fail_closed,
                       approval.citation},
                      0},
                     "fixed_asset.approval", Strength::must,
                     C::any_of({within(general), C::is_true(FactKey::high_level_approval)}),
                     "固定资产贷款期限超过" + years_zh(general.value) + "的须由总行或其授权机构审批",
                     "longer than " + years_en(general.value) + " needs head-office or delegated approval"));
      return;
    }
    case LoanClass::working_capital: {
      const auto general = month_limit(policy, "working_capital_loan.tenor_general_max_years");
      const auto hard = month_limit(policy, "working_capital_loan.tenor_extended_max_years");
      rules.push_back(tenor_rule(hard, "working_capital.cap", Strength::must, within(hard),
                                 "流动资金贷款期限最长不超过" + years_zh(hard.value),
                                 "working-capital loans never beyond " + years_en(hard.value)));
      rules.push_back(tenor_rule(
          general, "working_capital.general", Strength::must,
          C::any_of({within(general), C::is_true(FactKey::long_cash_cycle)}),
          "流动资金贷款期限原则上不超过" + years_zh(general.value) + "，经营周期长的才可延长",
          "working-capital loans up to " + years_en(general.value) + ", longer only with a long cash cycle"));
      return;
    }
    case LoanClass::personal_business: {
      const auto general = month_limit(policy, "personal_loan.business_tenor_general_max_years");
      const auto hard = month_limit(policy, "personal_loan.business_tenor_extended_max_years");
      rules.push_back(tenor_rule(general, "personal_business.general", Strength::should, within(general),
                                 "个人经营贷款期限一般不超过" + years_zh(general.value),
                                 "personal business loans generally up to " + years_en(general.value)));
      rules.push_back(tenor_rule(hard, "personal_business.cap", Strength::must, within(hard),
                                 "个人经营贷款期限最长不超过" + years_zh(hard.value),
                                 "personal business loans never beyond " + years_en(hard.value)));
      rules.push_back(tenor_rule(general, "personal_business.cash_cycle", Strength::must,
                                 C::any_of({within(general), C::is_true(FactKey::long_cash_cycle)}),
                                 "个人经营贷款超过" + years_zh(general.value) + "的须有较长经营周期",
                                 "longer than " + years_en(general.value) + " only with a long cash cycle"));
      return;
    }
  }
}

/// Note 8.
void microcredit(const Policy& policy, std::vector<Rule>& rules) {
  const auto add = [&](const Limit& limit, std::string_view id, Strength strength, FactKey key,
                       std::string zh, std::string en) {
    rules.push_back(make(limit.basis, "microcredit." + std::string(id), RuleTopic::microcredit, strength,
                         Closing::open, C::at_most(key, limit.value), std::move(zh), std::move(en)));
  };
  const auto most = fen_limit(policy, "microcredit.amount_max_yuan");
  const auto base = fen_limit(policy, "microcredit.poverty_exit.amount_max_yuan");
  const auto length = month_limit(policy, "microcredit.poverty_exit.tenor_max_years");
  add(most, "amount", Strength::must, FactKey::financing_need,
      "每户贷款金额不超过" + format_money(most.value),
      "up to " + std::to_string(most.value / kFenPerYuan) + " yuan a household");
  add(base, "amount_base", Strength::should, FactKey::financing_need,
      "脱贫人口小额信贷原则上不超过" + format_money(base.value) + "，超出部分不贴息、不纳入风险补偿",
      "in principle up to " + std::to_string(base.value / kFenPerYuan) + " yuan; the rest has no subsidy");
  add(length, "tenor", Strength::must, FactKey::tenor, "脱贫人口小额信贷期限不超过" + years_zh(length.value),
      "up to " + years_en(length.value));
}

void others(Instrument instrument, const Policy& policy, std::vector<Rule>& rules) {
  const auto title = [&] {
    rules.push_back(make(basis(policy, {"collateral.law.not_mortgageable"}), "title.clear", RuleTopic::policy,
                         Strength::must, Closing::closed, C::is_true(FactKey::title_clear),
                         "权属不明或有争议的财产不得抵押",
                         "property with unclear or disputed title cannot be mortgaged"));
  };
  switch (instrument) {
    case Instrument::poverty_relief_microcredit:
      microcredit(policy, rules);
      return;
    case Instrument::startup_skill_loan: {
      // Guangdong raised its amounts, to figures not found, so the national cap only cautions.
      const auto most = fen_limit(policy, "startup_loan.national.small_firm_max_yuan");
      rules.push_back(
          make(most.basis, "startup.amount", RuleTopic::policy, Strength::should, Closing::open,
               C::at_most(FactKey::financing_need, most.value),
               "小微企业创业担保贷款一般不超过" + format_money(most.value) + "（全国标准，广东可更高）",
               "start-up guarantee loans of small firms up to " + std::to_string(most.value / kFenPerYuan) +
                   " yuan by the national rule"));
      return;
    }
    case Instrument::livestock_mortgage:
      title();
      rules.push_back(make(basis(policy, {"livestock_mortgage.allowed"}), "livestock.title",
                           RuleTopic::policy, Strength::must, Closing::closed,
                           C::is_true(FactKey::title_clear), "用于抵押的畜禽活体须权属清晰",
                           "animals to be mortgaged must have a clear title"));
      return;
    case Instrument::forest_right_mortgage:
    case Instrument::land_operation_right_mortgage:
      title();
      return;
    case Instrument::syndicated_loan:
    case Instrument::joint_credit:
    case Instrument::equity_debt_linkage:
    case Instrument::infrastructure_loan:
    case Instrument::urban_renewal_loan:
    case Instrument::industrial_park_loan:
    case Instrument::working_capital_loan:
    case Instrument::fixed_asset_loan:
    case Instrument::agro_industrial_loan:
    case Instrument::supply_chain_receivable:
    case Instrument::supply_chain_order:
    case Instrument::supply_chain_inventory:
    case Instrument::cold_chain_loan:
    case Instrument::rural_living_environment_loan:
    case Instrument::farmhouse_style_loan:
    case Instrument::grain_loan:
    case Instrument::seed_industry_loan:
    case Instrument::crop_cycle_loan:
    case Instrument::farmland_project_loan:
    case Instrument::farmland_operation_right_pledge:
    case Instrument::village_credit:
    case Instrument::homestay_loan:
    case Instrument::tourism_loan:
    case Instrument::carbon_sink_pledge:
    case Instrument::carbon_allowance_pledge:
    case Instrument::energy_right_pledge:
    case Instrument::water_right_pledge:
    case Instrument::discharge_right_pledge:
    case Instrument::public_forest_income_pledge:
    case Instrument::forestry_project_loan:
    case Instrument::clean_energy_transition_loan:
    case Instrument::ip_pledge:
    case Instrument::guaranteed_loan:
    case Instrument::agricultural_insurance:
    case Instrument::insurance_plus_futures:
    case Instrument::livelihood_insurance:
    case Instrument::special_bond:
    case Instrument::policy_fund_equity:
    case Instrument::corporate_bond:
    case Instrument::equity_listing:
    case Instrument::finance_lease:
      return;
  }
}

}  // namespace

std::vector<Rule> gates_for(Instrument instrument, const Policy& policy) {
  const auto& about = info(instrument);
  std::vector<Rule> rules;
  if (is_credit(about.kind)) public_debt(about, policy, rules);
  if (about.loan_class == LoanClass::fixed_asset) project_capital(policy, rules);
  tenor(about.loan_class, policy, rules);
  others(instrument, policy, rules);
  return rules;
}

}  // namespace huoshui
