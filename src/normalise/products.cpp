#include <algorithm>
#include <array>
#include <charconv>
#include <huoshui/normalise/condition.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/quantity.hpp>
#include <huoshui/read/csv.hpp>

#include "core/detail/embed.hpp"
#include "normalise/detail/code_terms.hpp"

HUOSHUI_EMBED(handbook_csv, "catalogue/tables/handbook.csv");
HUOSHUI_EMBED(illustrative_handbook_csv, "catalogue/tables/illustrative_handbook.csv");

namespace huoshui {
namespace {

struct ColumnName {
  std::string_view id;
  std::array<std::string_view, 3> zh;
};

constexpr std::array kColumns{
    ColumnName{"id", {"编号", "产品编号", "序号"}},
    ColumnName{"name", {"产品名称", "名称", "产品"}},
    ColumnName{"institution", {"机构", "机构名称", "金融机构"}},
    ColumnName{"institution_type", {"机构类型", "机构类别", ""}},
    ColumnName{"instrument", {"金融工具", "工具", "产品类型"}},
    ColumnName{"measures", {"政策措施", "对应措施", ""}},
    ColumnName{"borrowers", {"借款人", "适用对象", "借款人类型"}},
    ColumnName{"industries", {"行业", "适用行业", "支持行业"}},
    ColumnName{"uses", {"资金用途", "用途", "贷款用途"}},
    ColumnName{"regions", {"地区", "适用地区", "区域"}},
    ColumnName{"amount_min", {"最低金额", "最低额度", ""}},
    ColumnName{"amount_max", {"最高金额", "最高额度", "额度上限"}},
    ColumnName{"tenor_min", {"最短期限", "", ""}},
    ColumnName{"tenor_max", {"最长期限", "期限上限", ""}},
    ColumnName{"rate_min", {"最低利率", "", ""}},
    ColumnName{"rate_max", {"最高利率", "", ""}},
    ColumnName{"rate_text", {"利率说明", "利率", ""}},
    ColumnName{"security", {"担保方式", "担保", ""}},
    ColumnName{"security_text", {"担保说明", "", ""}},
    ColumnName{"loan_to_value_max", {"最高抵质押率", "抵质押率", "抵押率上限"}},
    ColumnName{"approval_days", {"审批天数", "审批时限", ""}},
    ColumnName{"repayment", {"还款方式", "", ""}},
    ColumnName{"must", {"必备条件", "准入条件", ""}},
    ColumnName{"should", {"原则条件", "", ""}},
    ColumnName{"prefer", {"优先条件", "", ""}},
    ColumnName{"notes", {"备注", "说明", ""}},
    ColumnName{"documents", {"材料", "申请材料", "所需材料"}},
    ColumnName{"published_on", {"发布日期", "", ""}},
    ColumnName{"confidence", {"可信度", "", ""}},
};
constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

std::size_t column_named(std::string_view printed) {
  // 最高金额（万元） is 最高金额; its unit is read with each cell.
  const std::string header = clean_text(printed.substr(0, std::min(printed.find("（"), printed.find('('))));
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto& zh = kColumns[i].zh;
    if (kColumns[i].id == header || (!header.empty() && std::find(zh.begin(), zh.end(), header) != zh.end()))
      return i;
  }
  return kAbsent;
}

constexpr std::size_t index_of(std::string_view id) {
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    if (kColumns[i].id == id) return i;
  }
  return kAbsent;
}

/// One handbook row while it is read; remembers whether anything in it could not be understood.
class ProductRowReader {
 public:
  ProductRowReader(const TableRow& header, const TableRow& row,
                   const std::array<std::size_t, kColumns.size()>& columns, const std::string& file,
                   const std::string& sheet, const Dictionaries& dictionaries, std::vector<Issue>& issues)
      : header_(header),
        row_(row),
        columns_(columns),
        dictionaries_(dictionaries),
        issues_(issues),
        place_{file, sheet, row.number, 0} {}

  [[nodiscard]] std::string_view cell(std::string_view id) const {
    const std::size_t at = columns_[index_of(id)];
    return at < row_.cells.size() ? std::string_view(row_.cells[at].text) : std::string_view{};
  }

  [[nodiscard]] std::string text(std::string_view id) const { return clean(cell(id)); }

  Interval range(std::string_view low, std::string_view high, QuantityKind kind, std::string_view example) {
    Interval out;
    if (const auto value = number(low, kind, example)) out.min = value->min;
    if (const auto value = number(high, kind, example)) out.max = value->max;
    return out;
  }

  std::optional<Interval> number(std::string_view id, QuantityKind kind, std::string_view example) {
    const std::string_view written = cell(id);
    if (is_empty_token(written)) return std::nullopt;
    Quantity quantity = parse_quantity(kind, written, {.header = header(id)});
    if (quantity.has_value && !quantity.ambiguous && quantity.range.is_point()) return quantity.range;
    const bool no_unit = quantity.has_flag(quantity_flag::unit_unknown);
    fault(no_unit ? IssueCode::unknown_unit : IssueCode::unreadable_value, id, written,
          std::string("一个数，例如 ") + std::string(example));
    return std::nullopt;
  }

  CodeTerm codes(std::string_view id, CodeList list) {
    auto read = detail::read_codes(list, cell(id), dictionaries_);
    for (const auto& word : read.unknown) {
      note(IssueCode::unknown_word, id, word, "词表中的词；该项按“等”处理，未列明者待定");
    }
    return std::move(read.term);
  }

  void conditions(std::string_view id, Strength strength, std::vector<ProductCondition>& out) {
    std::string_view rest = cell(id);
    while (!rest.empty()) {
      std::size_t end = std::min(rest.find(';'), rest.find("；"));
      end = std::min(end, rest.find('\n'));
      const std::string one = clean(rest.substr(0, end));
      const std::size_t width = end == std::string_view::npos           ? 0
                                : rest[end] == ';' || rest[end] == '\n' ? 1
                                                                        : 3;
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + width);
      if (one.empty()) continue;
      auto condition = parse_condition(one, dictionaries_, at(id), header(id));
      if (condition) {
        out.push_back({strength, *condition, one, at(id)});
      } else {
        issues_.insert(issues_.end(), condition.errors().begin(), condition.errors().end());
        faulty_ = true;
      }
    }
  }

  void fault(IssueCode code, std::string_view id, std::string_view found, std::string expected) {
    report(code, Severity::error, id, found, std::move(expected));
    faulty_ = true;
  }
  void note(IssueCode code, std::string_view id, std::string_view found, std::string expected) {
    report(code, Severity::warning, id, found, std::move(expected));
  }
  [[nodiscard]] bool faulty() const { return faulty_; }
  [[nodiscard]] const Place& place() const { return place_; }

 private:
  static std::string clean(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
  }

  /// The header as printed, which may carry the unit; the canonical name when the column is absent.
  [[nodiscard]] std::string_view header(std::string_view id) const {
    const std::size_t at = columns_[index_of(id)];
    return at < header_.cells.size() ? std::string_view(header_.cells[at].text) : id;
  }

  [[nodiscard]] Place at(std::string_view id) const {
    Place place = place_;
    place.column = static_cast<std::uint32_t>(columns_[index_of(id)] + 1);
    return place;
  }

  void report(IssueCode code, Severity severity, std::string_view id, std::string_view found,
              std::string expected) {
    issues_.push_back({.code = code,
                       .severity = severity,
                       .place = at(id),
                       .column = std::string(header(id)),
                       .found = std::string(found.substr(0, 80)),
                       .expected = expected,
                       .message = to_string(at(id)) + " “" + std::string(header(id)) + "”为“" +
                                  std::string(found.substr(0, 80)) + "”，应为" + expected});
  }

  const TableRow& header_;
  const TableRow& row_;
  const std::array<std::size_t, kColumns.size()>& columns_;
  const Dictionaries& dictionaries_;
  std::vector<Issue>& issues_;
  Place place_;
  bool faulty_ = false;
};

std::optional<Confidence> confidence_named(std::string_view word) {
  for (const auto c : {Confidence::low, Confidence::medium, Confidence::high, Confidence::illustrative}) {
    if (to_string(c) == word) return c;
  }
  if (word == "示例") return Confidence::illustrative;
  if (word == "高") return Confidence::high;
  if (word == "中") return Confidence::medium;
  if (word == "低") return Confidence::low;
  return std::nullopt;
}

std::optional<Product> read_product(ProductRowReader& row, const Dictionaries& dictionaries) {
  Product product;
  product.place = row.place();
  product.id = row.text("id");
  product.name = row.text("name");
  product.institution = row.text("institution");
  product.institution_type = row.text("institution_type");
  if (product.id.empty()) row.fault(IssueCode::missing_column, "id", "", "产品编号");
  if (product.name.empty()) row.fault(IssueCode::missing_name, "name", "", "产品名称");
  if (const auto instrument = find_instrument(row.text("instrument"))) {
    product.instrument = *instrument;
  } else {
    row.fault(IssueCode::unknown_word, "instrument", row.text("instrument"),
              "46种金融工具之一，例如 syndicated_loan 或 银团贷款");
  }
  product.measures =
      detail::read_codes(CodeList::measure, row.cell("measures"), dictionaries).term.test.named;
  product.borrowers = row.codes("borrowers", CodeList::borrower);
  product.industries = row.codes("industries", CodeList::industry);
  product.uses = row.codes("uses", CodeList::use);
  product.regions = row.codes("regions", CodeList::region);
  product.securities = row.codes("security", CodeList::security);
  product.amount = row.range("amount_min", "amount_max", QuantityKind::money, "500万元");
  product.tenor = row.range("tenor_min", "tenor_max", QuantityKind::tenor, "36个月");
  product.rate = row.range("rate_min", "rate_max", QuantityKind::rate, "3.85%");
  if (const auto ltv = row.number("loan_to_value_max", QuantityKind::rate, "70%"))
    product.loan_to_value_max = ltv->max;
  if (const auto days = row.number("approval_days", QuantityKind::count, "15"))
    product.approval_days = days->max;
  row.conditions("must", Strength::must, product.conditions);
  row.conditions("should", Strength::should, product.conditions);
  row.conditions("prefer", Strength::prefer, product.conditions);
  product.rate_text = row.text("rate_text");
  product.security_text = row.text("security_text");
  product.repayment = row.text("repayment");
  product.notes = row.text("notes");
  product.documents = row.text("documents");
  product.published_on = row.text("published_on");
  const std::string confidence = row.text("confidence");
  if (const auto known = confidence_named(confidence)) {
    product.confidence = *known;
  } else if (!confidence.empty()) {
    row.note(IssueCode::unknown_word, "confidence", confidence, "low、medium、high 或 illustrative");
  }
  if (row.faulty()) return std::nullopt;
  return product;
}

}  // namespace

std::string_view bundled_handbook() { return handbook_csv(); }
std::string_view bundled_illustrative_handbook() { return illustrative_handbook_csv(); }

Result<Loaded<ProductList>> load_products(const std::filesystem::path& path,
                                          const Dictionaries& dictionaries) {
  auto table = load_csv(path);
  if (!table) return table.errors();
  return read_products(*table, dictionaries);
}

Result<Loaded<ProductList>> read_products(const Table& table, const Dictionaries& dictionaries) {
  Loaded<ProductList> out;
  out.issues = table.issues;
  bool any_header = false;
  for (const auto& sheet : table.sheets) {
    std::array<std::size_t, kColumns.size()> columns{};
    const TableRow* header = nullptr;
    for (const auto& row : sheet.rows) {
      const bool blank =
          std::all_of(row.cells.begin(), row.cells.end(), [](const Cell& c) { return c.text.empty(); });
      if (blank) continue;
      if (header == nullptr) {
        columns.fill(kAbsent);
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
          const std::size_t column = column_named(row.cells[i].text);
          if (column != kAbsent && columns[column] == kAbsent) columns[column] = i;
        }
        if (columns[index_of("name")] != kAbsent && columns[index_of("instrument")] != kAbsent &&
            columns[index_of("id")] != kAbsent) {
          header = &row;
          any_header = true;
          for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.cells[i].text.empty() || column_named(row.cells[i].text) != kAbsent) continue;
            out.issues.push_back(
                {.code = IssueCode::missing_column,
                 .severity = Severity::warning,
                 .place = {table.file, sheet.name, row.number, static_cast<std::uint32_t>(i + 1)},
                 .column = row.cells[i].text,
                 .found = row.cells[i].text,
                 .expected = "产品手册的列名",
                 .message = "产品手册中的列“" + row.cells[i].text + "”不认识，未采用；可用列名见说明文档"});
          }
        }
        continue;
      }
      ProductRowReader reader(*header, row, columns, table.file, sheet.name, dictionaries, out.issues);
      if (auto product = read_product(reader, dictionaries)) out.value.push_back(std::move(*product));
    }
  }
  if (!any_header) {
    return Issue{
        .code = IssueCode::header_not_found,
        .place = {table.file, {}, 0, 0},
        .column = {},
        .found = {},
        .expected = "a header row with 编号/id, 产品名称/name and 金融工具/instrument",
        .message =
            table.file +
            " 中找不到产品手册的表头：至少要有“编号”“产品名称”“金融工具”三列（或 id、name、instrument）"};
  }
  return out;
}

}  // namespace huoshui
