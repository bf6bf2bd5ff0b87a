#include <algorithm>
#include <array>
#include <huoshui/normalise/quantity.hpp>
#include <huoshui/read/csv.hpp>
#include <huoshui/structure/inputs.hpp>
#include <map>
#include <utility>

#include "core/detail/embed.hpp"

HUOSHUI_EMBED(illustrative_institutions_csv, "structure/tables/illustrative_institutions.csv");
HUOSHUI_EMBED(illustrative_assumptions_csv, "structure/tables/illustrative_assumptions.csv");

namespace huoshui {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

/// What the number of an item counts.
enum class Count : std::uint8_t { price, ratio, years, times, tonnes, yield, pieces, money };

struct ItemInfo {
  AssumptionItem item;
  std::string_view id, zh;
  Count count;
};

constexpr std::array kItems{
    ItemInfo{AssumptionItem::price, "price", "价格", Count::price},
    ItemInfo{AssumptionItem::price_drift, "price_drift", "价格年涨幅", Count::ratio},
    ItemInfo{AssumptionItem::yield, "yield", "单产碳汇量", Count::yield},
    ItemInfo{AssumptionItem::annual_tonnes, "annual_tonnes", "年碳汇量", Count::tonnes},
    ItemInfo{AssumptionItem::crediting_years, "crediting_years", "计入期", Count::years},
    ItemInfo{AssumptionItem::buffer, "buffer", "缓冲比例", Count::ratio},
    ItemInfo{AssumptionItem::reversal, "reversal", "逆转风险", Count::ratio},
    ItemInfo{AssumptionItem::discount_rate, "discount_rate", "折现率", Count::ratio},
    ItemInfo{AssumptionItem::pledge_ratio, "pledge_ratio", "抵质押率", Count::ratio},
    ItemInfo{AssumptionItem::quantity, "quantity", "合法数量", Count::pieces},
    ItemInfo{AssumptionItem::years, "years", "剩余年限", Count::years},
    ItemInfo{AssumptionItem::multiple, "multiple", "倍数", Count::times},
    ItemInfo{AssumptionItem::advance_rate, "advance_rate", "融资比例", Count::ratio},
    ItemInfo{AssumptionItem::special_bond, "special_bond", "专项债券资本金", Count::money},
    ItemInfo{AssumptionItem::policy_fund, "policy_fund", "政策性基金", Count::money},
};

const ItemInfo& info_of(AssumptionItem item) { return kItems[static_cast<std::size_t>(item)]; }

/// The columns of a table, by English id and Chinese names.
struct Column {
  std::string_view id;
  std::array<std::string_view, 3> zh;
};

/// A table whose first row names its columns, with an eye on what could not be read.
class Reader {
 public:
  Reader(const Table& table, std::span<const Column> columns) : table_(table), columns_(columns) {
    if (sheet().rows.empty()) return;
    for (std::size_t at = 0; at < header().cells.size(); ++at) {
      const std::string& printed = header().cells[at].text;
      // 资本净额（万元） is 资本净额; its unit is read with each cell.
      const auto word =
          clean_text(std::string_view(printed).substr(0, std::min(printed.find("（"), printed.find('('))));
      for (const auto& column : columns_) {
        const bool named =
            column.id == word ||
            (!word.empty() && std::find(column.zh.begin(), column.zh.end(), word) != column.zh.end());
        if (named) at_.try_emplace(column.id, at);
      }
    }
  }

  [[nodiscard]] bool has(std::string_view id) const { return at_.contains(id); }
  [[nodiscard]] std::span<const TableRow> rows() const {
    return sheet().rows.empty() ? std::span<const TableRow>{} : std::span(sheet().rows).subspan(1);
  }

  /// Take the next row; false for one that says nothing.
  [[nodiscard]] bool begin(const TableRow& row) {
    row_ = &row;
    faulty_ = false;
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [](const Cell& cell) { return !is_empty_token(cell.text); });
  }
  [[nodiscard]] bool faulty() const { return faulty_; }

  [[nodiscard]] std::string text(std::string_view id) const {
    const auto found = at_.find(id);
    if (found == at_.end() || found->second >= row_->cells.size()) return {};
    const std::string& cell = row_->cells[found->second].text;
    return is_empty_token(cell) ? std::string{} : clean_text(cell);
  }

  [[nodiscard]] std::string title(std::string_view id) const {
    const auto found = at_.find(id);
    return found == at_.end() ? std::string(id) : header().cells[found->second].text;
  }

  [[nodiscard]] Place place(std::string_view id = {}) const {
    const auto found = at_.find(id);
    return {table_.file, sheet().name, row_ == nullptr ? 1U : row_->number,
            found == at_.end() ? 0U : static_cast<std::uint32_t>(found->second + 1)};
  }

  std::optional<Interval> number(std::string_view id, QuantityKind kind, std::string_view example) {
    const auto written = text(id);
    if (written.empty()) return std::nullopt;
    const auto header = title(id);
    const auto read = parse_quantity(kind, written, {.header = header});
    if (read.has_value && !read.ambiguous && read.range.has_min() && read.range.has_max() &&
        read.range.min >= 0 && read.currency == Currency::cny)
      return read.range;
    fault(read.has_flag(quantity_flag::unit_unknown) ? IssueCode::unknown_unit : IssueCode::unreadable_value,
          id, "例如 " + std::string(example));
    return std::nullopt;
  }

  std::optional<std::int64_t> point(std::string_view id, QuantityKind kind, std::string_view example) {
    const auto range = number(id, kind, example);
    if (range && !range->is_point()) {
      fault(IssueCode::unreadable_value, id, "一个数，例如 " + std::string(example));
      return std::nullopt;
    }
    return range ? std::optional(range->min) : std::nullopt;
  }

  std::optional<Money> money(std::string_view id) {
    const auto fen = point(id, QuantityKind::money, "12亿元");
    return fen ? std::optional(Money::from_fen(*fen)) : std::nullopt;
  }

  void fault(IssueCode code, std::string_view id, std::string expected) {
    faulty_ = true;
    const auto at = place(id);
    issues.push_back({code, Severity::error, at, title(id), text(id), expected,
                      to_string(at) + "“" + title(id) + "”为“" + text(id) + "”，应为" + expected +
                          "；该行未采用，请改正后重读。"});
  }

  std::vector<Issue> issues;

 private:
  [[nodiscard]] const Sheet& sheet() const { return table_.sheets.front(); }
  [[nodiscard]] const TableRow& header() const { return sheet().rows.front(); }

  const Table& table_;
  std::span<const Column> columns_;
  std::map<std::string_view, std::size_t> at_;
  const TableRow* row_ = nullptr;
  bool faulty_ = false;
};

std::optional<Issue> lacks(const Reader& reader, std::span<const std::string_view> wanted,
                           std::string_view file) {
  for (const auto id : wanted) {
    if (reader.has(id)) continue;
    Issue issue{IssueCode::missing_column,
                Severity::error,
                {std::string(file), "", 1, 0},
                std::string(id),
                "",
                "列 " + std::string(id),
                ""};
    issue.message = std::string(file) + " 缺少列“" + std::string(id) + "”；请补上这一列。";
    return issue;
  }
  return std::nullopt;
}

constexpr std::array kInstitutionColumns{
    Column{"id", {"编号", "机构编号", ""}},
    Column{"name", {"机构", "机构名称", "名称"}},
    Column{"kind", {"机构类型", "机构类别", "类型"}},
    Column{"net_capital", {"资本净额", "", ""}},
    Column{"tier1_capital", {"一级资本净额", "一级资本", ""}},
    Column{"client_loans", {"本户贷款余额", "", ""}},
    Column{"client_exposure", {"本户风险暴露", "", ""}},
    Column{"group_exposure", {"集团风险暴露", "", ""}},
    Column{"appetite", {"意向份额", "意向金额", ""}},
    Column{"min_ticket", {"最低份额", "", ""}},
    Column{"max_ticket", {"最高份额", "", ""}},
    Column{"max_tenor", {"最长期限", "", ""}},
    Column{"rate", {"最低利率", "利率", ""}},
    Column{"participation_fee", {"参团费率", "", ""}},
    Column{"arrangement_fee", {"安排费", "", ""}},
    Column{"agency_fee", {"代理费", "", ""}},
    Column{"confidence", {"可信度", "", ""}},
};

constexpr std::array<std::pair<std::string_view, syndicate::LenderKind>, 13> kLenderKinds{{
    {"政策性银行", syndicate::LenderKind::policy_bank},
    {"国有大型银行", syndicate::LenderKind::state_bank},
    {"国有银行", syndicate::LenderKind::state_bank},
    {"股份制银行", syndicate::LenderKind::joint_stock_bank},
    {"城市商业银行", syndicate::LenderKind::city_bank},
    {"城商行", syndicate::LenderKind::city_bank},
    {"农村商业银行", syndicate::LenderKind::rural_commercial_bank},
    {"农商行", syndicate::LenderKind::rural_commercial_bank},
    {"村镇银行", syndicate::LenderKind::village_bank},
    {"policy_bank", syndicate::LenderKind::policy_bank},
    {"其他", syndicate::LenderKind::other},
    {"other", syndicate::LenderKind::other},
    {"", syndicate::LenderKind::other},
}};

std::optional<syndicate::LenderKind> lender_kind(std::string_view word) {
  using enum syndicate::LenderKind;
  for (const auto kind :
       {policy_bank, state_bank, joint_stock_bank, city_bank, rural_commercial_bank, village_bank, other}) {
    if (to_string(kind) == word) return kind;
  }
  for (const auto& [zh, kind] : kLenderKinds) {
    if (zh == word) return kind;
  }
  return std::nullopt;
}

constexpr std::array kAssumptionColumns{
    Column{"project", {"项目", "项目编号", ""}},
    Column{"instrument", {"金融工具", "工具", ""}},
    Column{"item", {"参数", "假设", ""}},
    Column{"value", {"取值", "数值", ""}},
    Column{"unit", {"单位", "", ""}},
    Column{"source", {"来源", "依据", ""}},
    Column{"date", {"日期", "", ""}},
    Column{"confidence", {"可信度", "", ""}},
};

/// A decimal times a scale, when that is a whole number that fits.
std::optional<std::int64_t> decimal(std::string_view text, std::int64_t scale) {
  if (text.empty() || text.size() > 15 || text.front() == '.' || text.back() == '.') return std::nullopt;
  __extension__ using Wide = __int128;
  Wide digits = 0, below = 1;
  bool after_point = false;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
    } else if (c >= '0' && c <= '9') {
      digits = digits * 10 + (c - '0');
      if (after_point) below *= 10;
    } else {
      return std::nullopt;
    }
  }
  const Wide value = digits * scale;
  if (value % below != 0 || value / below > Interval::kNoMax) return std::nullopt;
  return static_cast<std::int64_t>(value / below);
}

/// `30` or `25-40`, the lower first.
std::optional<Interval> scaled(std::string_view text, std::int64_t scale) {
  const auto dash = text.find('-');
  const auto low = decimal(text.substr(0, dash), scale);
  const auto high = dash == std::string_view::npos ? low : decimal(text.substr(dash + 1), scale);
  if (!low || !high || *low > *high) return std::nullopt;
  return Interval{*low, *high};
}

std::optional<Interval> value_of(Count count, const std::string& value, const std::string& unit,
                                 bool& yearly) {
  const auto one_of = [&unit](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), unit) != words.end();
  };
  switch (count) {
    case Count::price: {
      std::string per = unit;
      for (const std::string_view ending : {"·年", "/年"}) {
        if (per.size() > ending.size() && per.ends_with(ending)) {
          per.resize(per.size() - ending.size());
          yearly = true;
        }
      }
      for (const std::string_view known : {"元/吨", "元/亩", "元/立方米", "元/头"}) {
        if (per == known) return scaled(value, kFenPerYuan);
      }
      return std::nullopt;
    }
    case Count::ratio:
      return one_of({"%"}) ? scaled(value, kMillion / 100) : std::nullopt;
    case Count::years:
      return one_of({"年"}) ? scaled(value, 1) : std::nullopt;
    case Count::times:
      return one_of({"倍"}) ? scaled(value, kMillion) : std::nullopt;
    case Count::tonnes:
      return one_of({"吨", "吨/年"}) ? scaled(value, 1000) : std::nullopt;
    case Count::yield:
      return one_of({"吨/亩·年", "吨/亩/年"}) ? scaled(value, kMillion) : std::nullopt;
    case Count::pieces:
      return one_of({"吨", "亩", "立方米", "头"}) ? scaled(value, 1000) : std::nullopt;
    case Count::money:
      break;
  }
  return one_of({"万元"}) ? scaled(value, kFenPerWan) : std::nullopt;
}

std::string_view units_of(Count count) {
  switch (count) {
    case Count::price:
      return "元/吨、元/亩、元/立方米、元/头，按年计的加“·年”";
    case Count::ratio:
      return "%";
    case Count::years:
      return "年";
    case Count::times:
      return "倍";
    case Count::tonnes:
      return "吨/年";
    case Count::yield:
      return "吨/亩·年";
    case Count::pieces:
      return "吨、亩、立方米、头";
    case Count::money:
      break;
  }
  return "万元";
}

std::optional<Confidence> confidence_of(std::string_view word) {
  if (word.empty()) return Confidence::medium;
  for (const auto confidence :
       {Confidence::low, Confidence::medium, Confidence::high, Confidence::illustrative}) {
    if (to_string(confidence) == word) return confidence;
  }
  if (word == "示例") return Confidence::illustrative;
  return std::nullopt;
}

/// The largest value of an item that its room takes.
std::int64_t most_of(Count count) {
  switch (count) {
    case Count::ratio:
      return kMillion;
    case Count::years:
      return 100;
    case Count::times:
      return 1000 * kMillion;
    case Count::price:
      return 1'000'000'000;
    case Count::yield:
      return 100 * kMillion;
    case Count::tonnes:
    case Count::pieces:
    case Count::money:
      break;
  }
  return 100'000'000'000'000;
}

Result<Loaded<InstitutionList>> read_institutions(const Table& table) {
  Reader reader(table, kInstitutionColumns);
  constexpr std::array<std::string_view, 2> kWanted{"name", "rate"};
  if (auto issue = lacks(reader, kWanted, table.file)) return *issue;
  Loaded<InstitutionList> out;
  for (const auto& row : reader.rows()) {
    if (!reader.begin(row)) continue;
    syndicate::Institution one;
    one.name = reader.text("name");
    one.id = reader.text("id");
    if (one.id.empty()) one.id = one.name;
    if (one.id.empty()) reader.fault(IssueCode::missing_name, "name", "机构名称");
    const auto& seen = out.value.institutions;
    if (std::any_of(seen.begin(), seen.end(), [&one](const auto& other) { return other.id == one.id; }))
      reader.fault(IssueCode::duplicate_id, reader.has("id") ? "id" : "name", "与前面各行不同的编号");
    if (const auto kind = lender_kind(reader.text("kind"))) {
      one.kind = *kind;
    } else {
      reader.fault(IssueCode::unknown_word, "kind",
                   "政策性银行、国有大型银行、股份制银行、城市商业银行、农村商业银行、村镇银行或其他");
    }
    one.net_capital = reader.money("net_capital");
    one.tier1_capital = reader.money("tier1_capital");
    one.client_loans = reader.money("client_loans");
    one.client_exposure = reader.money("client_exposure");
    one.group_exposure = reader.money("group_exposure");
    one.appetite = reader.money("appetite");
    one.min_ticket = reader.money("min_ticket");
    one.max_ticket = reader.money("max_ticket");
    if (const auto months = reader.point("max_tenor", QuantityKind::tenor, "10年"))
      one.max_tenor_months = static_cast<std::int32_t>(*months);
    if (const auto rate = reader.point("rate", QuantityKind::rate, "3.6%")) {
      one.rate = *rate;
    } else if (!reader.faulty()) {
      reader.fault(IssueCode::unreadable_value, "rate", "例如 3.6%");
    }
    one.participation_fee = reader.point("participation_fee", QuantityKind::rate, "0.2%").value_or(0);
    one.arrangement_fee = reader.money("arrangement_fee").value_or(Money{});
    one.agency_fee = reader.money("agency_fee").value_or(Money{});
    const auto confidence = confidence_of(reader.text("confidence"));
    if (!confidence) reader.fault(IssueCode::unknown_word, "confidence", "low、medium、high 或 illustrative");
    if (reader.faulty()) continue;
    out.value.illustrative = out.value.illustrative || *confidence == Confidence::illustrative;
    out.value.institutions.push_back(std::move(one));
  }
  out.issues = table.issues;
  out.issues.insert(out.issues.end(), reader.issues.begin(), reader.issues.end());
  return out;
}

Result<Loaded<std::vector<Assumption>>> read_assumptions(const Table& table) {
  Reader reader(table, kAssumptionColumns);
  constexpr std::array<std::string_view, 3> kWanted{"item", "value", "unit"};
  if (auto issue = lacks(reader, kWanted, table.file)) return *issue;
  Loaded<std::vector<Assumption>> out;
  for (const auto& row : reader.rows()) {
    if (!reader.begin(row)) continue;
    Assumption one;
    one.project = reader.text("project");
    one.source = reader.text("source");
    one.place = reader.place("value");
    if (const auto word = reader.text("instrument"); !word.empty()) {
      one.instrument = find_instrument(word);
      if (!one.instrument) reader.fault(IssueCode::unknown_word, "instrument", "46种金融工具之一，或留空");
    }
    if (const auto day = reader.text("date"); !day.empty()) {
      if (const auto date = parse_date(day)) {
        one.date = *date;
      } else {
        reader.fault(IssueCode::unreadable_value, "date", "日期，例如 2025-12-19");
      }
    }
    const auto word = reader.text("item");
    const auto item = std::find_if(kItems.begin(), kItems.end(), [&word](const ItemInfo& known) {
      return known.id == word || known.zh == word;
    });
    if (item == kItems.end()) {
      reader.fault(IssueCode::unknown_word, "item", "price、discount_rate、pledge_ratio 等参数名");
      continue;
    }
    one.item = item->item;
    const auto value = value_of(item->count, reader.text("value"), reader.text("unit"), one.yearly);
    if (!value || value->max > most_of(item->count)) {
      reader.fault(IssueCode::unreadable_value, "value",
                   "不为负的数或区间（如 30 或 25-40），单位为" + std::string(units_of(item->count)));
    }
    const auto confidence = confidence_of(reader.text("confidence"));
    if (!confidence) reader.fault(IssueCode::unknown_word, "confidence", "low、medium、high 或 illustrative");
    if (reader.faulty()) continue;
    one.range = *value;
    one.confidence = *confidence;
    out.value.push_back(std::move(one));
  }
  out.issues = table.issues;
  out.issues.insert(out.issues.end(), reader.issues.begin(), reader.issues.end());
  return out;
}

}  // namespace

std::string_view to_string(AssumptionItem item) { return info_of(item).id; }
std::string_view name_zh(AssumptionItem item) { return info_of(item).zh; }

const Assumption* find(const StructureInputs& inputs, std::string_view project, Instrument instrument,
                       AssumptionItem item) {
  const Assumption* best = nullptr;
  int best_rank = -1;
  for (const auto& one : inputs.assumptions) {
    if (one.item != item || (!one.project.empty() && one.project != project) ||
        (one.instrument && *one.instrument != instrument))
      continue;
    const int rank = (one.project.empty() ? 0 : 2) + (one.instrument ? 1 : 0);
    if (rank >= best_rank) {
      best = &one;
      best_rank = rank;
    }
  }
  return best;
}

const ChainInput* chain_of(const StructureInputs& inputs, std::string_view project) {
  const auto found = std::find_if(inputs.chains.begin(), inputs.chains.end(),
                                  [project](const ChainInput& chain) { return chain.project == project; });
  return found == inputs.chains.end() ? nullptr : &*found;
}

const StructureInputs& StructureInputs::illustrations() {
  static const StructureInputs inputs = [] {
    StructureInputs out;
    out.institutions = parse_institutions(illustrative_institutions_csv(), "illustrative_institutions.csv")
                           .value()
                           .value.institutions;
    out.assumptions =
        parse_assumptions(illustrative_assumptions_csv(), "illustrative_assumptions.csv").value().value;
    out.illustrative = true;
    return out;
  }();
  return inputs;
}

Result<Loaded<InstitutionList>> parse_institutions(std::string_view csv, std::string_view file) {
  const auto table = parse_csv(csv, file);
  if (!table) return table.errors();
  return read_institutions(*table);
}

Result<Loaded<InstitutionList>> load_institutions(const std::filesystem::path& path) {
  const auto table = load_csv(path);
  if (!table) return table.errors();
  return read_institutions(*table);
}

Result<Loaded<std::vector<Assumption>>> parse_assumptions(std::string_view csv, std::string_view file) {
  const auto table = parse_csv(csv, file);
  if (!table) return table.errors();
  return read_assumptions(*table);
}

Result<Loaded<std::vector<Assumption>>> load_assumptions(const std::filesystem::path& path) {
  const auto table = load_csv(path);
  if (!table) return table.errors();
  return read_assumptions(*table);
}

}  // namespace huoshui
