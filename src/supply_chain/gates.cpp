#include <huoshui/supply_chain/terms.hpp>
#include <utility>

namespace huoshui::supply_chain {
namespace {

/// The limit and the citation of a series on the day; or that no row is in force.
void rest_on(GateRule& rule, const Policy& policy, std::string_view series) {
  if (const Parameter* row = policy.find(series)) {
    rule.from = row->from;
    rule.months = row->months();
    rule.days = row->days();
    rule.citation = row->citation();
    return;
  }
  rule.in_force = false;
  if (const DormantSeries* dormant = policy.find_dormant(series)) {
    rule.from = dormant->nearest.from;
    rule.citation = dormant->nearest.citation();
  } else {
    rule.citation.key = std::string(series);
  }
}

}  // namespace

std::array<GateRule, kGateCount> gates_on(const Policy& policy) {
  std::array<GateRule, kGateCount> rules;
  const auto add = [&](Gate gate, Strength strength, std::string_view series, std::string zh,
                       std::string en) {
    GateRule& rule = rules[index_of(gate)];
    rule.gate = gate;
    rule.strength = strength;
    rule.text_zh = std::move(zh);
    rule.text_en = std::move(en);
    if (series.empty()) {
      rule.citation.source = "放款机构自定条件";
    } else {
      rest_on(rule, policy, series);
    }
  };
  using enum Strength;
  add(Gate::amount, must, "", "金额已载明且尚有未融资部分", "the amount is stated and not all financed");
  add(Gate::advance_rate, must, "", "已设定该类债权的融资比例", "an advance rate is set for the kind");
  add(Gate::buyer, must, "", "付款方已载明", "the buyer is named");
  add(Gate::not_due, must, "", "到期日在放款日之后", "it falls due after the day");
  add(Gate::trade, must, "commercial_bill.true_trade_required", "真实贸易、无争议、非自我交易",
      "true trade, undisputed, not with oneself");
  add(Gate::related_party, must, "", "买卖双方无关联关系", "holder and buyer are not related");
  add(Gate::free_of_pledge, must, "collateral.law.pledgeable_rights", "未向他人出质，同一凭证不得重复融资",
      "not pledged elsewhere and not financed twice on one document");
  add(Gate::circle, must, "", "循环交易按抵销后的净额计算", "a circle of trade counts net of set-off");
  add(Gate::budget_evidence, must, "gov_debt.no_fake_gov_receivable", "政府部门为付款方的须有预算依据",
      "a government buyer needs budget evidence");
  add(Gate::registration, must, "registry.unified_scope", "已办理动产和权利担保统一登记",
      "registered in the unified registry");
  add(Gate::confirmation, must, "collateral.law.receivable_debtor_confirmation", "债务人已确认",
      "confirmed by the debtor");
  add(Gate::locked_account, must, "collateral.law.future_income_special_account",
      "订单回款进入锁定的专用账户", "the buyer pays the order into a locked account");
  add(Gate::custody, must, "", "货物由第三方监管并已投保",
      "the goods are supervised by a third party and insured");
  add(Gate::e_voucher_usual, should, "supply_chain.e_voucher_tenor_general_max_months",
      "电子凭证付款期限原则上不超过6个月", "an e-voucher runs for at most 6 months as a rule");
  add(Gate::e_voucher_tenor, must, "supply_chain.e_voucher_tenor_max_months", "电子凭证付款期限最长不超过1年",
      "an e-voucher runs for at most one year");
  add(Gate::bill_tenor, must, "commercial_bill.tenor_max_months", "商业汇票期限最长不超过6个月",
      "a bill runs for at most 6 months");
  add(Gate::public_term_usual, should, "sme_payment.public_body_default_days",
      "机关、事业单位自交付起30日内付款，另有约定的除外",
      "public bodies pay within 30 days of delivery unless agreed otherwise");
  add(Gate::public_term_max, should, "sme_payment.public_body_max_days", "机关、事业单位约定付款期限最长60日",
      "public bodies may not agree on more than 60 days");
  add(Gate::large_term, should, "sme_payment.large_enterprise_default_days",
      "大型企业自交付起60日内付款，或按行业惯例合理约定",
      "large enterprises pay within 60 days of delivery, or on terms usual in the trade");
  add(Gate::pay_when_paid, should, "sme_payment.pay_when_paid_forbidden", "不得以收到第三方付款为付款条件",
      "payment may not wait for a third party's payment");
  add(Gate::lender_tenor, must, "", "期限不超过放款机构上限", "the tenor is within the lender's limit");
  return rules;
}

}  // namespace huoshui::supply_chain
