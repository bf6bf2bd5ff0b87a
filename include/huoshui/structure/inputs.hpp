/// Room structure. StructureInputs is what no project list says and a desk knows: institutions and their
/// limits, prices, ratios and other assumptions, the parties and claims of chains. Law: nothing here has a
/// default; an assumption that is not given is missing, never zero; the most specific row counts. Example:
/// `find(inputs, "P-07", Instrument::carbon_sink_pledge, AssumptionItem::price)`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <huoshui/core/date.hpp>
#include <huoshui/core/interval.hpp>
#include <huoshui/core/issue.hpp>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/confidence.hpp>
#include <huoshui/domain/instrument.hpp>
#include <huoshui/supply_chain/terms.hpp>
#include <huoshui/syndicate/deal.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// What can be assumed. The enumerators are the words of the column `item`.
enum class AssumptionItem : std::uint8_t {
  price,            ///< fen per tonne, mu, cubic metre or head; `yearly` when for one year
  price_drift,      ///< millionths a year
  yield,            ///< millionths of a tonne of CO2e per mu and year
  annual_tonnes,    ///< kg of CO2e a year, surveyed
  crediting_years,  ///< years
  buffer,           ///< millionths held back
  reversal,         ///< millionths of the stock lost a year
  discount_rate,    ///< millionths a year
  pledge_ratio,     ///< millionths of the value that may be lent
  quantity,         ///< thousandths of the unit that the price is per
  years,            ///< years left of a right
  multiple,         ///< millionths, of the yearly compensation
  advance_rate,     ///< millionths of a claim that may be lent
  special_bond,     ///< fen of special bond that the project can have as capital
  policy_fund,      ///< fen of a policy fund's stake that the project can have
};
[[nodiscard]] std::string_view to_string(AssumptionItem item);
/// Return the item's Chinese name, 价格.
[[nodiscard]] std::string_view name_zh(AssumptionItem item);

/// One assumption, for one project or all, for one instrument or all.
struct Assumption {
  std::string project;                   ///< empty: every project
  std::optional<Instrument> instrument;  ///< absent: every instrument
  AssumptionItem item{};
  Interval range;  ///< both ends, none below zero; in the unit of the item
  bool yearly = false;
  std::string source;
  std::optional<Date> date;  ///< of a market price
  Confidence confidence = Confidence::medium;
  Place place;

  bool operator==(const Assumption&) const = default;
};

/// The chain around one project. A party with the project's id stands for the project; without one the whole
/// chain does.
struct ChainInput {
  std::string project;
  std::vector<supply_chain::Party> parties;
  std::vector<supply_chain::Claim> claims;
  std::vector<supply_chain::Bundle> bundles;
  /// The lender's own. Absent: the assumption advance_rate, for every kind of claim.
  std::optional<supply_chain::Terms> terms;
  Confidence confidence = Confidence::medium;
};

struct StructureInputs {
  std::vector<syndicate::Institution> institutions;
  std::vector<Assumption> assumptions;
  std::vector<ChainInput> chains;
  /// Any of them is an invented example (示例): what rests on it says so.
  bool illustrative = false;

  /// Return the invented inputs that come with the library, for demonstration only: all marked 示例.
  [[nodiscard]] static const StructureInputs& illustrations();
};

/// Return the most specific assumption: project and instrument, project, instrument, neither; nullptr when
/// none is given. Of two equally specific ones the later counts.
[[nodiscard]] const Assumption* find(const StructureInputs& inputs, std::string_view project,
                                     Instrument instrument, AssumptionItem item);

/// Return the chain around a project, the first of them; nullptr when none is given.
[[nodiscard]] const ChainInput* chain_of(const StructureInputs& inputs, std::string_view project);

/// Institutions as read.
struct InstitutionList {
  std::vector<syndicate::Institution> institutions;
  bool illustrative = false;
};

/// Read institutions from CSV. Columns (English or Chinese): id 编号, name 机构 or 机构名称, kind 机构类型,
/// net_capital 资本净额, tier1_capital 一级资本净额, client_loans 本户贷款余额, client_exposure 本户风险暴露,
/// group_exposure 集团风险暴露, appetite 意向份额, min_ticket 最低份额, max_ticket 最高份额, max_tenor
/// 最长期限, rate 最低利率, participation_fee 参团费率, arrangement_fee 安排费, agency_fee 代理费, confidence
/// 可信度. Amounts name their unit in the cell or the header. A row without a rate, or with a cell that
/// cannot be read, is left out and named. Errors: file_empty, missing_column, and those of load_csv.
[[nodiscard]] Result<Loaded<InstitutionList>> parse_institutions(std::string_view csv, std::string_view file);
[[nodiscard]] Result<Loaded<InstitutionList>> load_institutions(const std::filesystem::path& path);

/// Read assumptions from CSV. Columns: project 项目, instrument 金融工具, item 参数, value 取值, unit 单位,
/// source 来源, date 日期, confidence 可信度. `unit` must fit the item: 元/吨, 元/亩, 元/立方米, 元/头 (with
/// ·年 for one year), %, 年, 倍, 吨, 亩, 立方米, 头, 吨/亩·年, 万元. A row that cannot be read is left out
/// and named.
[[nodiscard]] Result<Loaded<std::vector<Assumption>>> parse_assumptions(std::string_view csv,
                                                                        std::string_view file);
[[nodiscard]] Result<Loaded<std::vector<Assumption>>> load_assumptions(const std::filesystem::path& path);

}  // namespace huoshui
