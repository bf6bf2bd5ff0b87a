#include <huoshui/read/csv.hpp>
#include <huoshui/report/report.hpp>

namespace huoshui {
namespace {

const ListOnPaper& papers_of(const ReportInput& input) {
  if (input.papers == nullptr) throw ContractError("nothing was put on paper");
  return *input.papers;
}

class Writer {
 public:
  explicit Writer(const ReportInput& input)
      : in_(input), language_(input.options.language), zh_(language_ == Language::zh) {}

  std::string write(std::span<const std::size_t> projects) {
    for (const std::size_t i : projects) project(i);
    return std::move(out_);
  }

 private:
  [[nodiscard]] const std::string& say(const Phrase& phrase) const { return zh_ ? phrase.zh : phrase.en; }
  [[nodiscard]] std::string say(const char* zh, const char* en) const { return zh_ ? zh : en; }
  [[nodiscard]] std::string money(std::int64_t fen) const {
    return quantity_text(FactKey::financing_need, fen, language_);
  }
  [[nodiscard]] std::string money(const Interval& fen) const {
    return fen.is_point() ? money(fen.min) : money(fen.min) + say("至", " to ") + money(fen.max);
  }
  [[nodiscard]] std::string rate(const Interval& range) const {
    const auto low = quantity_text(FactKey::rate_wanted, range.min, language_);
    return range.is_point() ? low : low + "–" + quantity_text(FactKey::rate_wanted, range.max, language_);
  }
  [[nodiscard]] std::string gap_word(Gap gap) const {
    switch (gap) {
      case Gap::credit:
        return say("融资", "credit");
      case Gap::capital:
        return say("资本金", "capital");
      case Gap::security:
        return say("担保", "security");
      case Gap::risk:
        return say("风险保障", "cover");
      case Gap::cost:
        break;
    }
    return say("成本", "cost");
  }

  void project(std::size_t index) {
    const auto& project = in_.list->projects[index];
    const auto& packages = in_.papers->packages[index];
    out_ += project.id + " " + project.name + "\n";
    if (packages.empty()) out_ += say("  没有可组成方案的产品。\n", "  No product makes a package.\n");
    for (std::size_t i = 0; i < packages.size(); ++i) package(i, packages[i]);
    for (const auto& paper : in_.papers->offers.projects[index]) {
      if (paper.machinery() == Machinery::plain) continue;
      out_ += say("  单项条款 ", "  terms ") + product(paper.product) + "\n";
      lines(paper.words, "    · ");
      lines(paper.missing, "    ? ");
    }
    out_ += "\n";
  }

  void package(std::size_t index, const Package& package) {
    out_ += say("  方案", "  package ") + std::to_string(index + 1) + say("：", ": ") + say(package.title);
    if (package.on_illustration) out_ += say("（含示例假设）", " (with invented example numbers)");
    out_ += "\n";
    for (const auto& member : package.members) {
      out_ += "    · " + gap_word(member.closes) + say("：", ": ") + product(member.product);
      if (member.amount_fen) out_ += " " + money(*member.amount_fen);
      if (member.conditional) out_ += say("（视情况）", " (if it is needed)");
      if (member.verdict == Verdict::undecided) out_ += say("（待补充材料）", " (facts are missing)");
      out_ += say("——", " - ") + say(member.why) + "\n";
    }
    for (const auto& benefit : package.benefits) {
      out_ += "    · " + gap_word(Gap::cost) + say("：", ": ") + say(benefit.text);
      if (!benefit.pending.zh.empty()) out_ += say("；", "; ") + say(benefit.pending);
      out_ += "\n";
    }
    out_ += say("    年成本 ", "    cost a year ") +
            (package.yearly_cost_fen ? money(*package.yearly_cost_fen) + say("（年化 ", " (") +
                                           rate(*package.rate) + say("）", ")")
                                     : say("未披露", "not disclosed"));
    out_ += say("；需自有资金 ", "; own funds needed ") +
            (package.own_funds_fen
                 ? say("至少 ", "at least ") + money(*package.own_funds_fen)
                 : say("未知（总投资或融资金额未定）", "unknown (total investment or credit not settled)"));
    out_ +=
        say("；到位时间 ", "; time ") +
        (package.days ? std::to_string(*package.days) + say("天", " days") : say("未披露", "not disclosed")) +
        "\n";
    if (!package.undisclosed.empty()) {
      out_ += say("    未披露：", "    not disclosed: ");
      for (const auto& phrase : package.undisclosed)
        out_ += (&phrase == &package.undisclosed.front() ? "" : say("；", "; ")) + say(phrase);
      out_ += "\n";
    }
    lines(package.missing, "    ? ");
  }

  void lines(std::span<const Phrase> phrases, const char* mark) {
    for (const auto& phrase : phrases) out_ += mark + say(phrase) + "\n";
  }

  [[nodiscard]] std::string product(ProductRow row) const {
    const auto& product = in_.catalogue->product(row);
    return product.id + " " + product.institution + say("“", " “") + product.name + "”";
  }

  const ReportInput& in_;
  Language language_;
  bool zh_;
  std::string out_;
};

}  // namespace

std::string package_text(const ReportInput& input, std::span<const std::size_t> projects) {
  (void)papers_of(input);
  return Writer(input).write(projects);
}

std::string package_csv(const ReportInput& input) {
  const auto& papers = papers_of(input);
  std::string out =
      "project_id,project_name,package,closes,product_id,product_name,institution,instrument,verdict,"
      "conditional,amount_fen,credit_fen,own_funds_fen,cost_min_fen,cost_max_fen,days,illustrative\n";
  const auto number = [](std::optional<std::int64_t> value) {
    return "," + (value ? std::to_string(*value) : std::string{});
  };
  for (std::size_t i = 0; i < input.list->projects.size(); ++i) {
    const Project& project = input.list->projects[i];
    for (std::size_t p = 0; p < papers.packages[i].size(); ++p) {
      const Package& package = papers.packages[i][p];
      for (const auto& member : package.members) {
        const Product& product = input.catalogue->product(member.product);
        const auto& cost = package.yearly_cost_fen;
        out +=
            csv_field(project.id) + "," + csv_field(project.name) + "," + std::to_string(p + 1) + "," +
            std::string(to_string(member.closes)) + "," + csv_field(product.id) + "," +
            csv_field(product.name) + "," + csv_field(product.institution) + "," +
            std::string(to_string(product.instrument)) + "," + std::string(to_string(member.verdict)) + "," +
            (member.conditional ? "true" : "false") + number(member.amount_fen) + number(package.credit_fen) +
            number(package.own_funds_fen) + number(cost ? std::optional(cost->min) : std::nullopt) +
            number(cost ? std::optional(cost->max) : std::nullopt) + number(package.days) + "," +
            (package.on_illustration || product.confidence == Confidence::illustrative ? "true" : "false") +
            "\n";
      }
    }
  }
  return out;
}

}  // namespace huoshui
