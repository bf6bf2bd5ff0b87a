#include <array>
#include <huoshui/domain/fact_key.hpp>
#include <utility>

namespace huoshui {
namespace {

// clang-format off
constexpr std::array<FactInfo, kFactKeyCount> kInfos{{
    {FactKey::total_investment, "total_investment", "总投资", "total investment", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::financing_need, "financing_need", "融资需求", "financing need", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::lower},
    {FactKey::own_capital, "own_capital", "自有资金", "own capital", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::raise},
    {FactKey::invested_to_date, "invested_to_date", "已完成投资", "invested to date", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::annual_plan_investment, "annual_plan_investment", "年度计划投资", "investment planned this year", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::fiscal_fund, "fiscal_fund", "财政资金", "fiscal funds", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::other_loans, "other_loans", "其他融资", "other financing", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::credit_total, "credit_total", "授信总额", "total credit of the borrower", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::collateral_value, "collateral_value", "押品价值", "appraised collateral value", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::raise},
    {FactKey::revenue, "revenue", "营业收入", "revenue", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::assets, "assets", "资产总额", "total assets", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::receivable_amount, "receivable_amount", "应收账款金额", "receivables", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::annual_compensation, "annual_compensation", "年补偿收入", "yearly public-forest compensation", FactKind::money, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::tenor, "tenor", "期限", "tenor", FactKind::months, CodeList::none, SeveralCodes::all, Remedy::either},
    {FactKey::grace_period, "grace_period", "宽限期", "grace period", FactKind::months, CodeList::none, SeveralCodes::all, Remedy::lower},
    {FactKey::build_period, "build_period", "建设期", "build period", FactKind::months, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::years_in_operation, "years_in_operation", "经营年限", "years in operation", FactKind::months, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::start_date, "start_date", "开工日期", "start date", FactKind::date, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::end_date, "end_date", "完工日期", "end date", FactKind::date, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::land_area, "land_area", "土地面积", "land area", FactKind::area, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::forest_area, "forest_area", "林地面积", "forest area", FactKind::area, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::farmland_area, "farmland_area", "农田面积", "farmland area", FactKind::area, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::floor_area, "floor_area", "建筑面积", "floor area", FactKind::area, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::employees, "employees", "从业人数", "employees", FactKind::count, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::households, "households", "带动农户数", "households served", FactKind::count, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::livestock_head, "livestock_head", "存栏数", "head of livestock", FactKind::count, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::profitable_years, "profitable_years", "连续盈利年数", "years of profit in a row", FactKind::count, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::borrower_age, "borrower_age", "借款人年龄", "age of the borrower", FactKind::count, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::compensation_multiple, "compensation_multiple", "补偿倍数", "multiple of yearly compensation", FactKind::count, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::own_capital_ratio, "own_capital_ratio", "资本金比例", "own capital ratio", FactKind::ratio, CodeList::none, SeveralCodes::all, Remedy::raise},
    {FactKey::capital_required, "capital_required", "最低资本金比例", "required own capital ratio", FactKind::ratio, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::capital_floor, "capital_floor", "下浮后最低资本金比例", "own capital ratio after relief", FactKind::ratio, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::loan_to_value, "loan_to_value", "抵质押率", "loan to value", FactKind::ratio, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::debt_ratio, "debt_ratio", "资产负债率", "debt ratio", FactKind::ratio, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::rate_wanted, "rate_wanted", "意向利率", "rate wanted", FactKind::ratio, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::region, "region", "地区", "region", FactKind::codes, CodeList::region, SeveralCodes::all, Remedy::none},
    {FactKey::industry, "industry", "行业", "industry", FactKind::codes, CodeList::industry, SeveralCodes::any, Remedy::none},
    {FactKey::measure, "measure", "类别", "measure of the plan", FactKind::codes, CodeList::measure, SeveralCodes::any, Remedy::none},
    {FactKey::borrower, "borrower", "借款人类型", "type of borrower", FactKind::codes, CodeList::borrower, SeveralCodes::all, Remedy::none},
    {FactKey::security, "security", "担保方式", "security", FactKind::codes, CodeList::security, SeveralCodes::any, Remedy::add},
    {FactKey::use, "use", "资金用途", "use of funds", FactKind::codes, CodeList::use, SeveralCodes::any, Remedy::none},
    {FactKey::size_class, "size_class", "企业规模", "size class", FactKind::codes, CodeList::size_class, SeveralCodes::all, Remedy::none},
    {FactKey::repayment_source, "repayment_source", "还款来源", "source of repayment", FactKind::codes, CodeList::repayment_source, SeveralCodes::any, Remedy::none},
    {FactKey::stage, "stage", "项目阶段", "stage", FactKind::codes, CodeList::stage, SeveralCodes::all, Remedy::none},
    {FactKey::nature, "nature", "建设性质", "nature of works", FactKind::codes, CodeList::nature, SeveralCodes::all, Remedy::none},
    {FactKey::place_type, "place_type", "区域类型", "type of place", FactKind::codes, CodeList::place_type, SeveralCodes::any, Remedy::none},
    {FactKey::hidden_debt, "hidden_debt", "承担隐性债务", "carries hidden public debt", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::hidden_debt_checked, "hidden_debt_checked", "已查询隐性债务", "hidden-debt status was looked up", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::government_borrower, "government_borrower", "政府作为借款人", "a government is the borrower", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::government_letter, "government_letter", "政府承诺或担保", "government guarantee or promise", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::government_purchase, "government_purchase", "以政府购买服务还款", "repaid by government purchase of services", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::contractor_advance, "contractor_advance", "施工方垫资", "contractor pre-finances", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::budget_evidence, "budget_evidence", "已列入预算", "budget evidence", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::cashflow_covers_debt, "cashflow_covers_debt", "自有现金流覆盖本息", "own cash flow covers debt service", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::hidden_debt_confirmation, "hidden_debt_confirmation", "同级政府书面确认", "written confirmation by the government", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::special_bond_project, "special_bond_project", "专项债配套项目", "special-bond matching project", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::borrowed_capital, "borrowed_capital", "资本金来自借款", "capital comes from debt", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::long_cash_cycle, "long_cash_cycle", "长经营周期", "long cash cycle", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::high_level_approval, "high_level_approval", "总行或授权机构审批", "head-office or delegated approval", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::insured, "insured", "已投保", "insured", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::ear_tags, "ear_tags", "已佩戴耳标", "ear tags", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::title_clear, "title_clear", "权属清晰", "clear title", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::water_permit, "water_permit", "有取水许可", "water abstraction permit", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::discharge_permit, "discharge_permit", "有排污许可", "discharge permit", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::environment_clean, "environment_clean", "环保无违法", "no environmental offence", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::credit_file, "credit_file", "已建档评级", "credit file", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::good_credit, "good_credit", "信用良好", "good credit record", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::debtor_confirmed, "debtor_confirmed", "债务人确权", "confirmed by the debtor", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::registered, "registered", "登记完成", "registered", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::approvals_complete, "approvals_complete", "手续齐备", "approvals complete", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::purchase_contract, "purchase_contract", "有购置合同", "purchase contract", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::related_party, "related_party", "关联交易", "related-party trade", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::capital_in_place, "capital_in_place", "有资本金", "capital in place", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::supply},
    {FactKey::private_enterprise, "private_enterprise", "民营企业", "private enterprise", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::first_loan, "first_loan", "首次贷款", "first loan", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::rural_area, "rural_area", "位于农村区域", "in a rural area", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::agricultural_loan, "agricultural_loan", "涉农贷款", "agriculture-related loan", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::inclusive_loan, "inclusive_loan", "普惠小微贷款", "inclusive small-business loan", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::green_project, "green_project", "绿色项目", "green project", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
    {FactKey::policy_bound_borrower, "policy_bound_borrower", "受政府债务约束的借款人", "borrower bound by public-debt rules", FactKind::boolean, CodeList::none, SeveralCodes::all, Remedy::none},
}};
// clang-format on

constexpr bool in_key_order() {
  for (std::size_t i = 0; i < kInfos.size(); ++i) {
    if (static_cast<std::size_t>(kInfos[i].key) != i) return false;
  }
  return true;
}
static_assert(in_key_order(), "one line for every FactKey, in its order");

// Other words that people write in conditions.
constexpr std::pair<std::string_view, FactKey> kOtherWords[] = {
    {"申请金额", FactKey::financing_need},
    {"贷款金额", FactKey::financing_need},
    {"金额", FactKey::financing_need},
    {"资本金", FactKey::own_capital},
    {"贷款期限", FactKey::tenor},
    {"借款人", FactKey::borrower},
    {"担保", FactKey::security},
    {"用途", FactKey::use},
    {"区域", FactKey::region},
    {"项目资本金比例", FactKey::own_capital_ratio},
    {"category", FactKey::measure},
    {"存栏", FactKey::livestock_head},
};

}  // namespace

const FactInfo& info(FactKey key) { return kInfos[static_cast<std::size_t>(key)]; }

std::span<const FactInfo> fact_infos() { return kInfos; }

std::optional<FactKey> find_fact_key(std::string_view word) {
  for (const auto& entry : kInfos) {
    if (entry.id == word || entry.name_zh == word) return entry.key;
  }
  for (const auto& [other, key] : kOtherWords) {
    if (other == word) return key;
  }
  return std::nullopt;
}

std::string_view to_string(FactKey key) { return info(key).id; }

std::string_view to_string(FactKind kind) {
  switch (kind) {
    case FactKind::money:
      return "money";
    case FactKind::months:
      return "months";
    case FactKind::date:
      return "date";
    case FactKind::area:
      return "area";
    case FactKind::count:
      return "count";
    case FactKind::ratio:
      return "ratio";
    case FactKind::codes:
      return "codes";
    case FactKind::boolean:
      return "boolean";
  }
  return "";
}

std::string_view to_string(CodeList list) {
  switch (list) {
    case CodeList::none:
      return "none";
    case CodeList::region:
      return "region";
    case CodeList::industry:
      return "industry";
    case CodeList::measure:
      return "measure";
    case CodeList::borrower:
      return "borrower";
    case CodeList::security:
      return "security";
    case CodeList::use:
      return "use";
    case CodeList::size_class:
      return "size_class";
    case CodeList::repayment_source:
      return "repayment_source";
    case CodeList::stage:
      return "stage";
    case CodeList::nature:
      return "nature";
    case CodeList::place_type:
      return "place_type";
  }
  return "";
}

std::string_view to_string(Remedy remedy) {
  switch (remedy) {
    case Remedy::none:
      return "none";
    case Remedy::lower:
      return "lower";
    case Remedy::raise:
      return "raise";
    case Remedy::either:
      return "either";
    case Remedy::add:
      return "add";
    case Remedy::supply:
      return "supply";
  }
  return "";
}

}  // namespace huoshui
