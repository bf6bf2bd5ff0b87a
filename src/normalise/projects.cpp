#include <algorithm>
#include <array>
#include <charconv>
#include <huoshui/core/assert.hpp>
#include <huoshui/domain/need.hpp>
#include <huoshui/normalise/instrument_model.hpp>
#include <huoshui/normalise/layout.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/normalise/quantity.hpp>
#include <huoshui/read/csv.hpp>
#include <map>
#include <optional>
#include <set>

#include "core/detail/embed.hpp"
#include "core/detail/pool.hpp"
#include "normalise/detail/word_facts.hpp"

HUOSHUI_EMBED(sample_projects_csv, "../docs/examples/heyuan_projects.csv");
HUOSHUI_EMBED(illustrative_projects_csv, "../docs/examples/illustrative_projects.csv");

namespace huoshui {
namespace {

/// How a canonical column becomes a fact.
struct QuantityColumn {
  std::string_view column;
  FactKey key;
  QuantityKind kind;
  QuantityContext::Role role = QuantityContext::Role::any;
};

constexpr std::array kQuantityColumns{
    QuantityColumn{"total_investment", FactKey::total_investment, QuantityKind::money},
    QuantityColumn{"financing_need", FactKey::financing_need, QuantityKind::money,
                   QuantityContext::Role::need},
    QuantityColumn{"own_capital", FactKey::own_capital, QuantityKind::money},
    QuantityColumn{"invested_to_date", FactKey::invested_to_date, QuantityKind::money},
    QuantityColumn{"annual_plan_investment", FactKey::annual_plan_investment, QuantityKind::money},
    QuantityColumn{"fiscal_fund", FactKey::fiscal_fund, QuantityKind::money},
    QuantityColumn{"financed", FactKey::other_loans, QuantityKind::money},
    QuantityColumn{"loan_balance", FactKey::credit_total, QuantityKind::money},
    QuantityColumn{"collateral_value", FactKey::collateral_value, QuantityKind::money},
    QuantityColumn{"revenue", FactKey::revenue, QuantityKind::money},
    QuantityColumn{"assets", FactKey::assets, QuantityKind::money},
    QuantityColumn{"receivable_amount", FactKey::receivable_amount, QuantityKind::money},
    QuantityColumn{"annual_compensation", FactKey::annual_compensation, QuantityKind::money},
    QuantityColumn{"tenor", FactKey::tenor, QuantityKind::tenor},
    QuantityColumn{"grace_period", FactKey::grace_period, QuantityKind::tenor},
    QuantityColumn{"build_period", FactKey::build_period, QuantityKind::tenor},
    QuantityColumn{"years_in_operation", FactKey::years_in_operation, QuantityKind::tenor},
    QuantityColumn{"start_date", FactKey::start_date, QuantityKind::date, QuantityContext::Role::start},
    QuantityColumn{"end_date", FactKey::end_date, QuantityKind::date, QuantityContext::Role::end},
    QuantityColumn{"land_area", FactKey::land_area, QuantityKind::area},
    QuantityColumn{"forest_area", FactKey::forest_area, QuantityKind::area},
    QuantityColumn{"farmland_area", FactKey::farmland_area, QuantityKind::area},
    QuantityColumn{"floor_area", FactKey::floor_area, QuantityKind::area},
    QuantityColumn{"employees", FactKey::employees, QuantityKind::count},
    QuantityColumn{"households", FactKey::households, QuantityKind::count},
    QuantityColumn{"livestock_head", FactKey::livestock_head, QuantityKind::count},
    QuantityColumn{"profitable_years", FactKey::profitable_years, QuantityKind::count},
    QuantityColumn{"borrower_age", FactKey::borrower_age, QuantityKind::count},
    QuantityColumn{"own_capital_ratio", FactKey::own_capital_ratio, QuantityKind::rate},
    QuantityColumn{"debt_ratio", FactKey::debt_ratio, QuantityKind::rate},
    QuantityColumn{"rate", FactKey::rate_wanted, QuantityKind::rate},
};

/// Columns whose words are looked up in a closed list.
struct CodeColumn {
  std::string_view column;
  FactKey key;
};
constexpr std::array kCodeColumns{
    CodeColumn{"security", FactKey::security},     CodeColumn{"use", FactKey::use},
    CodeColumn{"size_class", FactKey::size_class}, CodeColumn{"repayment_source", FactKey::repayment_source},
    CodeColumn{"stage", FactKey::stage},           CodeColumn{"nature", FactKey::nature},
};

std::string_view expected_of(QuantityKind kind) {
  switch (kind) {
    case QuantityKind::money:
      return "带单位的金额，例如 1200万元（单位也可写在表头）";
    case QuantityKind::tenor:
      return "带单位的期限，例如 36个月、3年";
    case QuantityKind::area:
      return "带单位的面积，例如 500亩";
    case QuantityKind::rate:
      return "带百分号的比率，例如 4.35%";
    case QuantityKind::date:
      return "日期，例如 2025-06-01 或 2025年6月";
    case QuantityKind::count:
      return "数量，例如 120";
  }
  return "";
}

constexpr std::string_view kCountedPlaces[] = {"村",   "镇",   "乡",   "县", "行政", "自然", "社区",
                                               "街道", "小区", "片区", "点", "泵",   "班"};

/// Does a name stand for many projects at once: 12个项目, 集中签约项目(6个), 项目集合?
bool names_many(std::string_view name, std::string_view category) {
  if (category.find("集合") != std::string_view::npos) return true;
  if (name.find("项目集合") != std::string_view::npos) return true;
  constexpr std::string_view piece = "个";
  for (std::size_t at = name.find(piece); at != std::string_view::npos; at = name.find(piece, at + 1)) {
    std::size_t first = at;
    while (first > 0 && name[first - 1] >= '0' && name[first - 1] <= '9') --first;
    int count = 0;
    std::from_chars(name.data() + first, name.data() + at, count);
    constexpr std::string_view ordinal = "第";
    const bool counts_on =
        first >= ordinal.size() && name.substr(first - ordinal.size(), ordinal.size()) == ordinal;
    if (count < 2 || counts_on) continue;
    const std::string_view after = name.substr(at + piece.size());
    if (after.empty() || after.front() == ')' || after.substr(0, 3) == "）") return true;
    // 12个先进材料项目 counts projects; 3个村道路项目 counts villages.
    const std::size_t projects = after.find("项目");
    const bool places =
        std::any_of(std::begin(kCountedPlaces), std::end(kCountedPlaces),
                    [&](std::string_view place) { return after.substr(0, place.size()) == place; });
    if (projects <= 12 && !places) return true;
  }
  return false;
}

bool has_other_words(std::string_view text, const std::vector<WordHit>& hits) {
  std::string rest(text);
  for (const auto& hit : hits) rest.replace(hit.position, hit.word.size(), std::string(hit.word.size(), ' '));
  return std::any_of(rest.begin(), rest.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
  });
}

class SheetReader {
 public:
  SheetReader(const Table& table, const Sheet& sheet, const SheetLayout& layout, std::string id_prefix,
              const Dictionaries& dictionaries, std::vector<Issue>& issues)
      : table_(table),
        sheet_(sheet),
        layout_(layout),
        id_prefix_(std::move(id_prefix)),
        dictionaries_(dictionaries),
        issues_(issues) {
    for (const auto& column : layout.columns) {
      sub_headers_.push_back(column.unit_note.empty() ? "" : "单位：" + column.unit_note);
    }
    sheet_note_ = layout.unit_note.empty() ? "" : "单位：" + layout.unit_note;
    find_own_place();
  }

  std::optional<Project> read(std::uint32_t row) {
    row_ = row;
    Project project;
    project.place = {table_.file, sheet_.name, sheet_.rows[row].number, 0};
    const CellText name = layout_.cell(sheet_, row, std::string_view("name"));
    project.name = std::string(without_row_number(trim(name.text)));
    // A blank under a name belongs to the same block, unless the row counts as one of its own.
    if (name.is_filled && !is_merged(row, name) && (own_text("project_id") || own_text("row_no")))
      project.name.clear();
    if (project.name.empty()) {
      if (const auto owner = trim(text("owner")); !owner.empty() && has("financing_need")) {
        project.name = std::string(owner);  // 融资需求表: the row is the company itself
      } else {
        report(IssueCode::missing_name, Severity::error, layout_.find("name"), "", "项目名称",
               "该行没有项目名称，未作为项目读入");
        return std::nullopt;
      }
    }
    project.id = std::string(trim(text("project_id")));
    if (project.id.empty()) {
      const std::string number = std::to_string(sheet_.rows[row].number);
      project.id = id_prefix_ + "R" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
    }
    read_texts(project);
    read_quantities(project.facts);
    read_places(project);
    read_words(project);
    offer_need(project.facts);
    infer_quantities(project);
    if (names_many(project.name, project.text("category"))) {
      project.is_collection = true;
      report(IssueCode::collection_row, Severity::warning, layout_.find("name"), project.name, "一行一个项目",
             "该行是多个项目的合集，保留展示但不参与匹配；请拆成单个项目");
    }
    return project;
  }

  void check_sums(const std::map<std::uint32_t, const Project*>& by_row);

 private:
  static std::string_view trim(std::string_view t) {
    for (bool more = true; more;) {
      more = false;
      while (!t.empty() && (t.front() == ' ' || t.front() == '\t' || t.front() == '\n' || t.front() == '\r'))
        t.remove_prefix(1);
      while (!t.empty() && (t.back() == ' ' || t.back() == '\t' || t.back() == '\n' || t.back() == '\r'))
        t.remove_suffix(1);
      if (t.substr(0, 3) == "\u3000") t.remove_prefix(3), more = true;
      if (t.size() >= 3 && t.substr(t.size() - 3) == "\u3000") t.remove_suffix(3), more = true;
    }
    return t;
  }

  [[nodiscard]] std::string_view text(std::string_view column) const {
    const auto t = trim(layout_.cell(sheet_, row_, column).text);
    return is_empty_token(t) ? std::string_view{} : t;
  }
  /// Does a merged block of the sheet itself give this row the filled cell?
  [[nodiscard]] bool is_merged(std::uint32_t row, const CellText& cell) const {
    const std::uint32_t number = sheet_.rows[row].number, column = cell.column + 1;
    return std::any_of(sheet_.merged.begin(), sheet_.merged.end(), [&](const MergedRange& m) {
      return m.first_row <= number && number <= m.last_row && m.first_column <= column &&
             column <= m.last_column;
    });
  }

  /// Was the cell filled from above only because the column looks like blocks? Such a value is inferred.
  [[nodiscard]] bool is_guessed_fill(std::string_view column) const {
    const CellText cell = layout_.cell(sheet_, row_, column);
    if (!cell.is_filled) return false;
    const ColumnLayout* layout = layout_.find(column);
    return layout == nullptr || !is_merged(row_, {{}, cell.row, layout->index, true});
  }

  [[nodiscard]] bool own_text(std::string_view column) const {
    const CellText cell = layout_.cell(sheet_, row_, column);
    return !cell.is_filled && !trim(cell.text).empty();
  }
  [[nodiscard]] bool has(std::string_view column) const { return layout_.find(column) != nullptr; }

  [[nodiscard]] Place place_of(const CellText& cell) const {
    return {table_.file, sheet_.name, sheet_.rows[cell.row].number, cell.column + 1};
  }

  void report(IssueCode code, Severity severity, const ColumnLayout* column, std::string_view found,
              std::string expected, const std::string& message) {
    Place place{table_.file, sheet_.name, sheet_.rows[row_].number,
                column == nullptr ? 0 : column->index + 1};
    const std::string header = column == nullptr ? "" : column->header;
    const std::string shown(found.substr(0, 80));
    issues_.push_back({code, severity, place, header, shown, expected,
                       to_string(place) + (header.empty() ? "" : " “" + header + "”") +
                           (shown.empty() ? "" : "为“" + shown + "”") + "：" + message});
  }

  void find_own_place() {
    const PlaceReading own = dictionaries_.regions.find_place(
        layout_.title + " " + sheet_.name + " " + table_.file, {.kind = PlaceText::prose});
    if (own.ambiguous || own.codes.size() != 1) return;
    const std::string& code = own.codes.front().text();
    if (code.size() >= 2) own_.province = Code(code.substr(0, 2));
    if (code.size() >= 4) own_.city = Code(code.substr(0, 4));
    if (code.size() >= 6) own_.county = Code(code.substr(0, 6));
  }

  void read_texts(Project& project) const {
    for (const auto& column : layout_.columns) {
      const auto cell = layout_.cell(sheet_, row_, column.index);
      const auto t = trim(cell.text);
      if (t.empty()) continue;
      project.texts.push_back({column.column.empty() ? column.header : column.column, std::string(t)});
    }
    const auto& rows = layout_.rows;
    const auto at = std::lower_bound(rows.begin(), rows.end(), row_,
                                     [](const RowLayout& r, std::uint32_t row) { return r.row < row; });
    if (at != rows.end() && at->row == row_ && !at->group.empty())
      project.texts.push_back({"group", at->group});
  }

  void read_quantities(Facts& facts) {
    for (const auto& entry : kQuantityColumns) {
      const ColumnLayout* column = layout_.find(entry.column);
      if (column != nullptr) read_quantity(facts, entry, *column);
    }
  }

  void read_quantity(Facts& facts, const QuantityColumn& entry, const ColumnLayout& column) {
    const CellText cell = layout_.cell(sheet_, row_, column.index);
    if (cell.is_filled || trim(cell.text).empty()) return;
    const auto at = static_cast<std::size_t>(&column - layout_.columns.data());
    const Cell& raw = sheet_.rows[row_].cells[column.index];
    Quantity quantity = parse_quantity(entry.kind, cell.text,
                                       {.header = column.header,
                                        .sub_header = sub_headers_[at],
                                        .sheet_note = sheet_note_,
                                        .role = entry.role,
                                        .number_format = raw.number_format});
    if (quantity.has_flag(quantity_flag::empty) || quantity.has_flag(quantity_flag::stage_word)) return;
    FactKey key = entry.key;
    if (key == FactKey::tenor && quantity.has_flag(quantity_flag::build_period)) key = FactKey::build_period;
    if (!quantity.has_value || quantity.ambiguous || quantity.currency != Currency::cny ||
        quantity.base != RateBase::fixed) {
      if (key == FactKey::tenor && quantity.has_flag(quantity_flag::revolving)) return;
      if (entry.kind == QuantityKind::rate && quantity.base != RateBase::fixed)
        return;  // LPR+…: kept as text
      const IssueCode code = quantity.has_flag(quantity_flag::unit_unknown) ? IssueCode::unknown_unit
                             : quantity.has_flag(quantity_flag::masked)     ? IssueCode::masked_value
                             : quantity.has_flag(quantity_flag::fuzzy) || quantity.ambiguous
                                 ? IssueCode::fuzzy_value
                                 : IssueCode::unreadable_value;
      const std::string_view why = code == IssueCode::unknown_unit
                                       ? "没有单位，未读作数值；请在单元格、表头或表题中写明单位"
                                   : code == IssueCode::masked_value ? "数值被遮盖，按未提供处理"
                                   : code == IssueCode::fuzzy_value ? "说法不确定，保留原文，未读作数值"
                                                                    : "不能读作该列所需的值，保留原文";
      report(code, Severity::error, &column, trim(cell.text), std::string(expected_of(entry.kind)),
             std::string(why));
      return;
    }
    Fact fact;
    fact.key = key;
    fact.range = quantity.range;
    fact.approximate = quantity.approximate;
    fact.text = std::string(trim(cell.text));
    fact.basis = column.header;
    fact.place = place_of(cell);
    facts.offer(std::move(fact));
  }

  void read_places(Project& project) {
    PlaceHint hint = own_;
    hint.city_text = std::string(text("city"));
    hint.county_text = std::string(text("region"));
    hint.town_text = std::string(text("town"));
    if (hint.county_text.empty() && hint.city_text.empty()) hint.county_text = county_of_group(project);
    std::string words(text("address"));
    if (words.empty()) words = std::string(text("village"));
    std::string_view used = "region";
    for (const std::string_view column : {"region", "town", "address", "village", "city"}) {
      if (!text(column).empty()) {
        used = column;
        break;
      }
    }
    const bool has_column_text =
        !words.empty() || !hint.county_text.empty() || !hint.town_text.empty() || !hint.city_text.empty();
    PlaceReading place = dictionaries_.regions.find_place(words, hint);
    bool from_name = false;
    const auto narrow = [](const PlaceReading& p) {
      return !p.zone.empty() || !p.town_code.empty() ||
             (!p.codes.empty() && !p.inherited && p.codes.front().text().size() >= 6);
    };
    if (!narrow(place)) {
      hint.kind = PlaceText::prose;
      PlaceReading by_name = dictionaries_.regions.find_place(project.name, hint);
      if (narrow(by_name) && !by_name.ambiguous && !by_name.conflict) {
        place = std::move(by_name);
        from_name = true;
      }
    }
    const ColumnLayout* column = layout_.find(used);
    const std::string seen = joined_places(hint, words);
    if (place.ambiguous) {
      report(IssueCode::unknown_place, Severity::warning, column, seen, "写明所在市、县的地名",
             "地名“" + place.basis + "”对应多个地方，未作猜测；请补写市、县");
    }
    if (place.conflict) {
      report(IssueCode::place_conflict, Severity::warning, column, seen, "与县区列一致的地点",
             "地点与县区列所指不同，按县区列读取");
    }
    if (!place.zone.empty()) project.texts.push_back({"zone", place.zone});
    if (!place.partner.empty()) project.texts.push_back({"partner", place.partner});
    Fact fact;
    fact.key = FactKey::region;
    if (place.ambiguous) {
      fact.codes = place.candidates;
    } else if (!place.town_code.empty()) {
      fact.codes = {Code(place.town_code)};
    } else if (!place.zone.empty() && !place.zone_hosts.empty() &&
               (place.codes.empty() || place.codes.front().text().size() < 6)) {
      fact.codes = place.zone_hosts;
    } else {
      fact.codes = place.codes;
    }
    if (fact.codes.empty()) {
      if (has_column_text && !place.whole_country) {
        report(IssueCode::unknown_place, Severity::warning, column, seen, "行政区划或功能区名称",
               "不认识这个地点，地区按未提供处理");
      }
      return;
    }
    fact.origin = place.inherited                      ? Origin::derived
                  : from_name || is_guessed_fill(used) ? Origin::inferred
                                                       : Origin::stated;
    fact.text = from_name ? place.basis : seen.empty() ? place.basis : seen;
    fact.basis = place.inherited ? "表题" : place.basis;
    const CellText cell = layout_.cell(sheet_, row_, from_name ? std::string_view("name") : used);
    fact.place = place_of(cell);
    project.facts.set(std::move(fact));
  }

  /// The county named by the section a row stands under, for lists without a county column.
  [[nodiscard]] std::string county_of_group(const Project& project) const {
    const std::string_view group = project.text("group");
    if (group.empty()) return {};
    const PlaceReading place = dictionaries_.regions.find_place(group, own_);
    const bool county = !place.ambiguous && !place.inherited && place.codes.size() == 1 &&
                        place.codes.front().text().size() >= 6;
    return county ? place.basis : std::string{};
  }

  static std::string joined_places(const PlaceHint& hint, const std::string& words) {
    std::string out;
    for (const auto& part : {hint.city_text, hint.county_text, hint.town_text, words}) {
      if (!part.empty() && out.find(part) == std::string::npos) out += part;
    }
    return out;
  }

  void set_codes(Facts& facts, FactKey key, std::vector<Code> codes, Origin origin, bool open,
                 std::string words, std::string basis, std::string_view column) {
    if (codes.empty()) return;
    Fact fact;
    fact.key = key;
    fact.origin = origin == Origin::stated && is_guessed_fill(column) ? Origin::inferred : origin;
    fact.codes = std::move(codes);
    fact.codes_open = open;
    fact.text = std::move(words);
    fact.basis = std::move(basis);
    fact.place = place_of(layout_.cell(sheet_, row_, column));
    facts.offer(std::move(fact));
  }

  void read_words(Project& project) {
    Facts& facts = project.facts;
    const std::string category(text("category")), industry(text("industry")), content(text("content"));
    const MeasureReading measures = read_measures(category, industry, project.name, content, dictionaries_);
    if (!measures.votes.empty()) {
      std::vector<Code> codes;
      for (const auto& vote : measures.votes) {
        if (vote.points * 2 >= measures.votes.front().points) codes.push_back(vote.measure);
      }
      const auto& best = measures.votes.front();
      const bool stated = best.from == "category" || best.from == "industry";
      set_codes(facts, FactKey::measure, std::move(codes), stated ? Origin::stated : Origin::inferred, false,
                best.word, best.word, best.from);
    }
    if (const IndustryReading read = read_industry(industry, dictionaries_); !read.codes.empty()) {
      set_codes(facts, FactKey::industry, read.codes, Origin::stated, read.open, industry, read.basis,
                "industry");
    } else {
      infer_industry(facts, "category", category);
      infer_industry(facts, "name", project.name);
      infer_industry(facts, "content", content);
    }
    const std::string owner(text("owner")), owner_type(text("owner_type"));
    if (const BorrowerReading read = infer_borrower(owner, owner_type, dictionaries_); !read.codes.empty()) {
      set_codes(facts, FactKey::borrower, read.codes, read.origin, read.open,
                owner_type.empty() ? owner : owner_type, read.basis,
                owner_type.empty() ? "owner" : "owner_type");
    }
    for (const auto& entry : kCodeColumns) read_code_column(facts, entry);
    for (const auto& entry : fact_infos()) {
      if (entry.kind == FactKind::boolean) read_yes_no(facts, entry.id, entry.key);
    }
    if (!facts.has(FactKey::use)) infer_use(facts, project.name, content);
  }

  void infer_industry(Facts& facts, std::string_view column, const std::string& words) {
    if (facts.has(FactKey::industry) || words.empty()) return;
    std::vector<Code> codes;
    std::string basis;
    for (const auto& hit : dictionaries_.industry_words.find_all(words)) {
      codes.insert(codes.end(), hit.codes.begin(), hit.codes.end());
      basis += (basis.empty() ? "" : "、") + hit.word;
    }
    // What the words of a name or a text do not say may still be part of the project: the list stays open.
    set_codes(facts, FactKey::industry, std::move(codes), Origin::inferred, true, basis, basis, column);
  }

  void infer_use(Facts& facts, const std::string& name, const std::string& content) {
    for (const std::string_view word : {"建设", "工程", "改造", "新建", "扩建", "生产线", "基地"}) {
      const bool in_name = name.find(word) != std::string::npos;
      if (!in_name && content.find(word) == std::string::npos) continue;
      if (const auto code = dictionaries_.uses.find("项目建设")) {
        set_codes(facts, FactKey::use, {*code}, Origin::inferred, true, std::string(word), std::string(word),
                  in_name ? "name" : "content");
      }
      return;
    }
  }

  void read_code_column(Facts& facts, const CodeColumn& entry) {
    const std::string words(text(entry.column));
    if (words.empty()) return;
    const CodeWords& list = dictionaries_.list(info(entry.key).list);
    std::vector<Code> codes;
    bool open = false;
    std::string basis = words;
    if (const auto code = list.find(words)) {
      codes = {*code};
    } else {
      const auto hits = list.find_all(words);
      basis.clear();
      for (const auto& hit : hits) {
        codes.insert(codes.end(), hit.codes.begin(), hit.codes.end());
        basis += (basis.empty() ? "" : "、") + hit.word;
      }
      open = has_other_words(words, hits);
    }
    if (codes.empty() && entry.key != FactKey::stage) {
      report(IssueCode::unknown_word, Severity::warning, layout_.find(entry.column), words,
             std::string(info(entry.key).name_zh) + "词表中的词",
             "词表中没有这个说法，保留原文，按未提供处理");
    }
    set_codes(facts, entry.key, std::move(codes), Origin::stated, open, words, basis, entry.column);
  }

  void read_yes_no(Facts& facts, std::string_view column, FactKey key) {
    const std::string_view word = text(column);
    const bool yes =
        word == "是" || word == "有" || word == "√" || word == "☑" || word == "Y" || word == "yes";
    const bool no = word == "否" || word == "×" || word == "☐" || word == "N" || word == "no";
    if (!yes && !no) return;
    Fact fact;
    fact.key = key;
    fact.range = Interval::exactly(yes ? 1 : 0);
    fact.text = std::string(word);
    fact.basis = std::string(word);
    fact.place = place_of(layout_.cell(sheet_, row_, column));
    facts.offer(std::move(fact));
  }

  /// Offer what the row's words state, unless the fact's own cell holds something.
  void infer_quantities(Project& project) {
    for (auto& [fact, column] : detail::facts_in_words(project)) {
      if (!text(to_string(fact.key)).empty()) continue;
      fact.place = place_of(layout_.cell(sheet_, row_, column));
      project.facts.offer(std::move(fact));
    }
  }

  /// Offer the need that follows from the other sums, unless the need's own cell could not be read.
  void offer_need(Facts& facts) {
    const Fact* total = facts.find(FactKey::total_investment);
    const Fact* need = facts.find(FactKey::financing_need);
    if (need != nullptr && total != nullptr && need->range.has_min() && total->range.has_max() &&
        need->range.min > total->range.max) {
      report(IssueCode::unit_slip, Severity::warning, layout_.find("financing_need"), need->text,
             "不超过总投资的融资需求",
             "融资需求大于总投资（" + format_money(total->range) + "），可能单位写错，请核对；未作更改");
    }
    if (has_unread("financing_need")) return;
    if (auto derived = derive_need(facts)) facts.offer(std::move(*derived));
  }

  [[nodiscard]] bool has_unread(std::string_view column) const { return !text(column).empty(); }

  const Table& table_;
  const Sheet& sheet_;
  const SheetLayout& layout_;
  std::string id_prefix_;
  const Dictionaries& dictionaries_;
  std::vector<Issue>& issues_;
  std::vector<std::string> sub_headers_;
  std::string sheet_note_;
  PlaceHint own_;
  std::uint32_t row_ = 0;
};

/// Compare each 小计 or 合计 with the sum of its rows, column by column.
void SheetReader::check_sums(const std::map<std::uint32_t, const Project*>& by_row) {
  for (const auto& sum : layout_.sums) {
    row_ = sum.row;
    for (const auto& entry : kQuantityColumns) {
      const ColumnLayout* column = layout_.find(entry.column);
      if (column == nullptr || entry.kind != QuantityKind::money) continue;
      const std::string_view written = trim(layout_.cell(sheet_, sum.row, column->index).text);
      if (is_empty_token(written)) continue;
      const auto at = static_cast<std::size_t>(column - layout_.columns.data());
      const Quantity total = parse_money(
          written, {.header = column->header, .sub_header = sub_headers_[at], .sheet_note = sheet_note_});
      if (!total.has_value || !total.range.is_point()) continue;
      std::int64_t parts = 0;
      bool exact = true;
      for (const std::uint32_t row : sum.parts) {
        const auto project = by_row.find(row);
        const std::string_view cell = trim(layout_.cell(sheet_, row, column->index).text);
        if (is_empty_token(cell)) continue;
        const Fact* fact = project == by_row.end() ? nullptr : project->second->facts.find(entry.key);
        if (fact == nullptr || !fact->range.is_point() || fact->origin != Origin::stated ||
            __builtin_add_overflow(parts, fact->range.min, &parts)) {
          exact = false;
          break;
        }
      }
      if (!exact || parts == total.range.min) continue;
      report(IssueCode::sum_mismatch, Severity::warning, column, written, format_money(parts),
             "合计与各行之和（" + format_money(parts) + "）不符，相差" +
                 format_money(total.range.min - parts) + "，请核对");
    }
  }
}

/// Give later rows with a used id a number of their own; both rows are kept.
void part_ids(std::vector<Project>& projects, std::vector<Issue>& issues) {
  std::set<std::string> used;
  std::map<std::string, Place> first;
  for (auto& project : projects) {
    if (used.insert(project.id).second) {
      first.emplace(project.id, project.place);
      continue;
    }
    const std::string id = project.id;
    for (int n = 2; !used.insert(project.id).second; ++n) project.id = id + "#" + std::to_string(n);
    issues.push_back({.code = IssueCode::duplicate_id,
                      .severity = Severity::error,
                      .place = project.place,
                      .column = "project_id",
                      .found = id,
                      .expected = "每行一个不同的项目编号",
                      .message = to_string(project.place) + "：项目编号“" + id + "”与" +
                                 to_string(first.at(id)) + "重复，本行改记为“" + project.id + "”"});
  }
}

}  // namespace

std::string_view bundled_sample_projects() { return sample_projects_csv(); }

std::string_view bundled_illustrative_projects() { return illustrative_projects_csv(); }

Result<Loaded<ProjectList>> load_projects(const std::filesystem::path& path,
                                          const Dictionaries& dictionaries) {
  auto table = load_csv(path);
  if (!table) return table.errors();
  return read_projects(*table, dictionaries);
}

Result<Loaded<ProjectList>> read_projects(const Table& table, const Dictionaries& dictionaries) {
  static const HeaderWords header_words = bundled_header_words();
  return read_projects(table, dictionaries, header_words);
}

Result<Loaded<ProjectList>> read_projects(const Table& table, const Dictionaries& dictionaries,
                                          const HeaderWords& header_words) {
  const std::vector<SheetLayout> layouts = analyse_layouts(table, header_words);
  Loaded<ProjectList> out;
  out.issues = table.issues;
  out.value.file = table.file;
  const auto with_header =
      std::count_if(layouts.begin(), layouts.end(), [](const SheetLayout& l) { return l.has_header; });
  if (with_header == 0) {
    std::vector<Issue> issues;
    for (const auto& layout : layouts)
      issues.insert(issues.end(), layout.issues.begin(), layout.issues.end());
    if (issues.empty()) {
      issues.push_back({.code = IssueCode::file_empty,
                        .place = {table.file, {}, 0, 0},
                        .column = {},
                        .found = {},
                        .expected = "rows with a header",
                        .message = table.file + " 中没有内容"});
    }
    return issues;
  }
  for (std::size_t s = 0; s < table.sheets.size(); ++s) {
    const Sheet& sheet = table.sheets[s];
    const SheetLayout& layout = layouts[s];
    out.issues.insert(out.issues.end(), layout.issues.begin(), layout.issues.end());
    out.value.rows.read += layout.rows.size();
    if (!layout.has_header) {
      out.value.rows.other += layout.rows.size();
      continue;
    }
    SheetReader reader(table, sheet, layout, with_header > 1 ? "S" + std::to_string(s + 1) : "", dictionaries,
                       out.issues);
    const std::size_t first = out.value.projects.size();
    std::vector<std::uint32_t> rows;
    for (const auto& row : layout.rows) {
      if (row.kind != RowKind::project) {
        ++out.value.rows.other;
      } else if (auto project = reader.read(row.row)) {
        out.value.projects.push_back(std::move(*project));
        rows.push_back(row.row);
        ++out.value.rows.projects;
      } else {
        ++out.value.rows.issues;
      }
    }
    std::map<std::uint32_t, const Project*> by_row;
    for (std::size_t i = 0; i < rows.size(); ++i) by_row.emplace(rows[i], &out.value.projects[first + i]);
    reader.check_sums(by_row);
  }
  part_ids(out.value.projects, out.issues);
  const InstrumentModel& model = InstrumentModel::bundled();
  // A row's words are read by themselves, so threads never show.
  constexpr std::size_t batch = 256;
  constexpr unsigned threads = 4;
  auto& projects = out.value.projects;
  detail::run_tasks((projects.size() + batch - 1) / batch, threads, [&](std::size_t task) {
    const std::size_t end = std::min((task + 1) * batch, projects.size());
    for (std::size_t i = task * batch; i < end; ++i) projects[i].affinity = model.read(projects[i]);
  });
  HUOSHUI_ASSERT(out.value.rows.read ==
                 out.value.rows.projects + out.value.rows.issues + out.value.rows.other);
  return out;
}

}  // namespace huoshui
