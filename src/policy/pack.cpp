#include <algorithm>
#include <array>
#include <huoshui/core/assert.hpp>
#include <set>
#include <string>
#include <utility>

#include "core/detail/embed.hpp"
#include "policy/detail/csv.hpp"
#include "policy/detail/policy_state.hpp"
#include "policy/detail/units.hpp"

HUOSHUI_EMBED(policy_parameters_csv, "policy/tables/parameters.csv");

namespace huoshui {
namespace {

using policy_detail::CsvRow;

enum Column : std::size_t {
  kSeries,
  kKey,
  kValue,
  kUnit,
  kAppliesTo,
  kFrom,
  kTo,
  kInstrumentName,
  kIssuer,
  kDocument,
  kClause,
  kConfidence,
  kActsAs,
  kNote,
};
constexpr std::array<std::string_view, 14> kColumns{
    "series",          "key",    "value",    "unit",   "applies_to", "effective_from", "effective_to",
    "instrument_name", "issuer", "document", "clause", "confidence", "acts_as",        "note"};

std::string shortened(std::string_view text) {
  constexpr std::size_t kLength = 80;
  std::size_t end = std::min(text.size(), kLength);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end));
}

Issue row_issue(std::string_view file, std::uint32_t row, std::size_t column, std::string_view found,
                std::string expected, std::string_view what) {
  const std::string name(column < kColumns.size() ? kColumns[column] : "");
  Issue issue{.code = IssueCode::policy_row,
              .place = {std::string(file), "", row, 0},
              .column = name,
              .found = shortened(found),
              .expected = std::move(expected),
              .message = ""};
  issue.message = "政策参数第" + std::to_string(row) + "行" + (name.empty() ? "" : "的 " + name) +
                  std::string(what) + "（现为“" + issue.found + "”），应为：" + issue.expected;
  return issue;
}

template <typename Word, std::size_t N>
std::optional<Word> word_of(std::string_view text, const std::array<Word, N>& words) {
  for (const Word word : words) {
    if (to_string(word) == text) return word;
  }
  return std::nullopt;
}

constexpr std::array kConfidences{Confidence::low, Confidence::medium, Confidence::high};
constexpr std::array kActs{
    ActsAs::gate,           ActsAs::cap,     ActsAs::advice,  ActsAs::preference, ActsAs::formula,
    ActsAs::classification, ActsAs::process, ActsAs::haircut, ActsAs::monitor,    ActsAs::target,
    ActsAs::reference,      ActsAs::info,    ActsAs::gap};

/// Reads one record; what is wrong goes to `issues`.
class RowReader {
 public:
  RowReader(std::string_view file, const CsvRow& row,
            const std::array<std::size_t, kColumns.size()>& position, std::vector<Issue>& issues)
      : file_(file), row_(row), position_(position), issues_(issues) {}

  Parameter read() {
    Parameter p;
    p.series = needed(kSeries);
    p.key = needed(kKey);
    p.value = needed(kValue);
    p.unit = needed(kUnit);
    p.applies_to = cell(kAppliesTo);
    p.from = date(kFrom);
    p.to = date(kTo);
    p.instrument_name = cell(kInstrumentName);
    p.issuer = cell(kIssuer);
    p.document = cell(kDocument);
    p.clause = cell(kClause);
    p.note = cell(kNote);
    p.file = file_;
    p.row = row_.number;
    if (const auto word = word_of(cell(kConfidence), kConfidences)) {
      p.confidence = *word;
    } else {
      complain(kConfidence, "high / medium / low", "不认识");
    }
    if (const auto word = word_of(cell(kActsAs), kActs)) {
      p.acts_as = *word;
    } else {
      complain(kActsAs,
               "gate, cap, advice, preference, formula, class, process, haircut, monitor, target, reference, "
               "info, gap",
               "不认识");
    }
    if (p.from && p.to && *p.to < *p.from) complain(kTo, "不早于 effective_from 的日期", "早于开始日期");
    check_value(p);
    return p;
  }

 private:
  const std::string& cell(std::size_t column) const { return row_.cells[position_[column]]; }

  void complain(std::size_t column, std::string expected, std::string_view what) {
    issues_.push_back(row_issue(file_, row_.number, column, cell(column), std::move(expected), what));
  }

  const std::string& needed(std::size_t column) {
    if (cell(column).empty()) complain(column, "不能为空", "为空");
    return cell(column);
  }

  std::optional<Date> date(std::size_t column) {
    if (cell(column).empty()) return std::nullopt;
    const auto day = parse_date(cell(column));
    if (day) return *day;
    complain(column, "YYYY-MM-DD", "不是日期");
    return std::nullopt;
  }

  void check_value(const Parameter& p) {
    const auto unit = policy_detail::unit_of(p.unit);
    if (!unit) {
      if (!p.unit.empty())
        complain(kUnit,
                 "以 yuan, wan_yuan, years, months, days, percent, count, boolean, date, rule, "
                 "list, text 等开头的单位",
                 "不认识");
      return;
    }
    if (p.value.empty()) return;
    switch (unit->kind) {
      case ParameterKind::money:
      case ParameterKind::months:
      case ParameterKind::days:
      case ParameterKind::ratio:
      case ParameterKind::number:
        if (!policy_detail::exact(p.value, unit->base)) {
          complain(kValue, "十进制数，换算成基本单位后为整数", "不是这一单位的数");
        }
        return;
      case ParameterKind::boolean:
        if (p.value != "true" && p.value != "false") complain(kValue, "true / false", "不是是非值");
        return;
      case ParameterKind::date:
        if (!parse_date(p.value)) complain(kValue, "YYYY-MM-DD", "不是日期");
        return;
      case ParameterKind::range:
        if (!policy_detail::exact_range(p.value, unit->base))
          complain(kValue, "小数-大数，如 18-65", "不是区间");
        return;
      case ParameterKind::text:
        return;
    }
  }

  std::string_view file_;
  const CsvRow& row_;
  const std::array<std::size_t, kColumns.size()>& position_;
  std::vector<Issue>& issues_;
};

/// Find where each column stands. All of them must be there, once, and no other.
std::array<std::size_t, kColumns.size()> read_header(std::string_view file, const CsvRow& header,
                                                     std::vector<Issue>& issues) {
  constexpr std::size_t kMissing = static_cast<std::size_t>(-1);
  std::array<std::size_t, kColumns.size()> position;
  position.fill(kMissing);
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const auto known = std::find(kColumns.begin(), kColumns.end(), header.cells[i]);
    const bool repeated =
        known != kColumns.end() && position[static_cast<std::size_t>(known - kColumns.begin())] != kMissing;
    if (known == kColumns.end() || repeated) {
      Issue issue =
          row_issue(file, header.number, kColumns.size(), header.cells[i],
                    "series, key, value, unit, applies_to, effective_from, effective_to, instrument_name, "
                    "issuer, document, clause, confidence, acts_as, note",
                    repeated ? "的列重复" : "的列不认识");
      issue.place.column = static_cast<std::uint32_t>(i + 1);
      issue.column = shortened(header.cells[i]);
      issues.push_back(std::move(issue));
      continue;
    }
    position[static_cast<std::size_t>(known - kColumns.begin())] = i;
  }
  for (std::size_t column = 0; column < kColumns.size(); ++column) {
    if (position[column] != kMissing) continue;
    Issue issue = row_issue(file, header.number, column, "", std::string(kColumns[column]), "列缺失");
    issue.code = IssueCode::missing_column;
    issues.push_back(std::move(issue));
  }
  return position;
}

std::string named(const Parameter& p) {
  return "第" + std::to_string(p.row) + "行 " + p.key + "（" + (p.from ? to_string(*p.from) : "起始不明") +
         " 至 " + (p.to ? to_string(*p.to) : "今") + "）";
}

Issue pair_issue(IssueCode code, const Parameter& earlier, const Parameter& later, std::string expected) {
  return {.code = code,
          .place = {later.file, "", later.row, 0},
          .column = "effective_from",
          .found = later.from ? to_string(*later.from) : "",
          .expected = std::move(expected),
          .message = "政策序列 " + later.series + " 的" + named(earlier) + "与" + named(later) +
                     (code == IssueCode::policy_overlap ? "相互重叠" : "之间有空档") + "，请改正起止日期" +
                     (code == IssueCode::policy_gap ? "，或用 acts_as 为 gap 的一行写明空档" : "")};
}

bool stands_before(const Parameter& a, const Parameter& b) {
  if (a.series != b.series) return a.series < b.series;
  if (a.from != b.from) return a.from < b.from;  // an unknown start stands first
  return a.row < b.row;
}

Date next_day(Date day) { return date_of_day(day_number(day) + 1); }

/// Within a series each row must begin on the day after the one before it ends.
void check_series(std::span<const Parameter> rows, std::vector<Issue>& issues) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& earlier = rows[i - 1];
    const auto& later = rows[i];
    if (earlier.series != later.series) continue;
    if (!earlier.to || !later.from || *later.from <= *earlier.to) {
      issues.push_back(
          pair_issue(IssueCode::policy_overlap, earlier, later,
                     earlier.to ? "自 " + to_string(next_day(*earlier.to)) + " 起" : "前一行有结束日期"));
    } else if (*later.from != next_day(*earlier.to)) {
      issues.push_back(pair_issue(IssueCode::policy_gap, earlier, later,
                                  "自 " + to_string(next_day(*earlier.to)) + " 起"));
    }
  }
}

const Parameter* only_row(std::span<const Parameter> rows, std::string_view series) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Parameter& p) { return p.series == series; });
  return found == rows.end() ? nullptr : &*found;
}

Date first_day_of(std::span<const Parameter> rows) {
  if (const auto* row = only_row(rows, "pack.first_day")) {
    if (const auto day = row->date()) return *day;
  }
  std::optional<Date> gate, any;
  for (const auto& p : rows) {
    if (!p.from) continue;
    if (p.acts_as == ActsAs::gate && (!gate || *p.from < *gate)) gate = p.from;
    if (!any || *p.from < *any) any = p.from;
  }
  return gate ? *gate : any.value_or(date_of_day(0));
}

Date last_day_of(std::span<const Parameter> rows, Date first) {
  if (const auto* row = only_row(rows, "pack.last_day")) {
    if (const auto day = row->date()) return *day;
  }
  Date last = first;
  for (const auto& p : rows) {
    if (p.from) last = std::max(last, *p.from);
    if (p.to) last = std::max(last, *p.to);
  }
  Date later = last + std::chrono::years{1};
  if (!later.ok()) later = later.year() / later.month() / std::chrono::last;  // 29 February
  return later;
}

}  // namespace

PolicyPack::PolicyPack(std::vector<Parameter> rows)
    : rows_(std::move(rows)), first_day_(first_day_of(rows_)), last_day_(last_day_of(rows_, first_day_)) {
  HUOSHUI_ASSERT(std::is_sorted(rows_.begin(), rows_.end(), stands_before));
}

const PolicyPack& PolicyPack::bundled() {
  static const PolicyPack pack = parse(policy_parameters_csv(), "policy/tables/parameters.csv").value();
  return pack;
}

Result<PolicyPack> PolicyPack::parse(std::string_view csv, std::string_view file) {
  const auto table = policy_detail::read_csv(csv);
  std::vector<Issue> issues;
  if (table.rows.empty()) {
    return Issue{.code = IssueCode::file_empty,
                 .place = {std::string(file), "", 0, 0},
                 .column = "",
                 .found = "",
                 .expected = "一行列名和若干行政策参数",
                 .message = "政策参数文件 " + std::string(file) + " 是空的"};
  }
  if (table.open_quote_row != 0) {
    issues.push_back(
        row_issue(file, table.open_quote_row, kColumns.size(), "\"", "成对的引号", "的引号没有闭合"));
  }
  const auto position = read_header(file, table.rows.front(), issues);
  if (!issues.empty()) return issues;

  std::vector<Parameter> rows;
  rows.reserve(table.rows.size() - 1);
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    if (row.cells.size() != kColumns.size()) {
      issues.push_back(row_issue(file, row.number, kColumns.size(), std::to_string(row.cells.size()) + "格",
                                 std::to_string(kColumns.size()) + "格", "的格数不对"));
      continue;
    }
    rows.push_back(RowReader(file, row, position, issues).read());
  }
  if (!issues.empty()) return issues;
  std::sort(rows.begin(), rows.end(), stands_before);
  check_series(rows, issues);
  if (!issues.empty()) return issues;
  return PolicyPack(std::move(rows));
}

Result<PolicyPack> PolicyPack::overlaid_with(const PolicyPack& user) const {
  std::set<std::string_view> replaced;
  for (const auto& p : user.rows_) replaced.insert(p.series);
  std::vector<Parameter> rows(user.rows_);
  for (const auto& p : rows_) {
    if (!replaced.contains(p.series)) rows.push_back(p);
  }
  std::sort(rows.begin(), rows.end(), stands_before);
  return PolicyPack(std::move(rows));
}

std::size_t PolicyPack::series_count() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) count += i == 0 || rows_[i].series != rows_[i - 1].series;
  return count;
}

Result<Policy> PolicyPack::at(Date day, PolicyOptions options) const {
  if (!day.ok() || day < first_day_ || last_day_ < day) {
    const std::string range = to_string(first_day_) + " 至 " + to_string(last_day_);
    const std::string found = day.ok() ? to_string(day) : "无效日期";
    return Issue{.code = IssueCode::date_outside_policy,
                 .place = {},
                 .column = "date",
                 .found = found,
                 .expected = range,
                 .message = "日期 " + found + " 不在政策参数覆盖的 " + range +
                            " 之内，请换一个日期或加载自己的政策参数"};
  }
  auto state = std::make_shared<Policy::State>();
  state->date = day;
  state->first_day = first_day_;
  state->last_day = last_day_;
  state->options = options;
  for (std::size_t begin = 0, end = 0; begin < rows_.size(); begin = end) {
    const Parameter* chosen = nullptr;
    const Parameter* before = nullptr;  // the last row that has ended
    const Parameter* after = nullptr;   // the first row that has not begun
    for (end = begin; end < rows_.size() && rows_[end].series == rows_[begin].series; ++end) {
      const auto& p = rows_[end];
      if (p.covers(day)) chosen = &p;
      if (p.to && *p.to < day && p.acts_as != ActsAs::gap) before = &p;
      if (p.from && day < *p.from && after == nullptr && p.acts_as != ActsAs::gap) after = &p;
    }
    const Parameter& nearest = before != nullptr ? *before : after != nullptr ? *after : rows_[begin];
    if (chosen == nullptr) {
      state->dormant.push_back({nearest, before != nullptr ? Dormancy::ended : Dormancy::not_yet});
    } else if (chosen->acts_as == ActsAs::gap) {
      state->dormant.push_back({nearest, Dormancy::unknown});
    } else if (chosen->confidence == Confidence::low && options.low_confidence == LowConfidence::off) {
      state->dormant.push_back({*chosen, Dormancy::low_confidence});
    } else {
      state->in_force.push_back(*chosen);
    }
  }
  return Policy(std::move(state));
}

}  // namespace huoshui
