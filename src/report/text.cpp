#include <algorithm>
#include <huoshui/report/report.hpp>

#include "report/detail/advice.hpp"

namespace huoshui {
namespace {

constexpr std::size_t kAsksShown = 5;
constexpr std::size_t kInstrumentsInLine = 3;

std::string short_points(std::int64_t millionths) {
  const std::int64_t hundredths = millionths / 10'000;
  const std::string fraction = std::to_string(100 + hundredths % 100).substr(1);
  return std::to_string(hundredths / 100) + "." + fraction;
}

void write_rules(std::string& out, const Explanation& explanation, Language language,
                 std::string_view indent) {
  for (const auto& reading : explanation.rules) {
    out += std::string(indent) + "[" + std::string(word_of(reading.judgement.outcome, language)) + "·" +
           std::string(word_of(reading.rule->strength, language)) + "] " +
           (language == Language::zh ? reading.message_zh : reading.message_en) + "\n";
    const std::string citation = to_string(reading.rule->citation);
    if (!citation.empty())
      out +=
          std::string(indent) + "    " + (language == Language::zh ? "依据：" : "source: ") + citation + "\n";
  }
}

}  // namespace

std::string explain_text(const PreparedProject& project, const Catalogue& catalogue, ProductRow row,
                         Language language) {
  const bool zh = language == Language::zh;
  const Explanation explanation = explain(project, catalogue, row);
  const Product& product = catalogue.product(row);
  std::string out = project.project->id + " " + project.project->name + "\n  × " + product.id + " " +
                    product.name + "（" + product.institution + "，" +
                    std::string(zh ? info(product.instrument).name_zh : info(product.instrument).name_en) +
                    "）\n";
  out += (zh ? "结论：" : "verdict: ") + std::string(word_of(explanation.screened.verdict, language));
  out += (zh ? "；得分 " : "; points ") + short_points(explanation.points.total) + "\n";
  write_rules(out, explanation, language, "  ");
  out += zh ? "得分构成：" : "points by criterion: ";
  bool first = true;
  for (const auto& entry : criterion_infos()) {
    const std::int64_t part = explanation.points.parts[static_cast<std::size_t>(entry.criterion)];
    if (part == 0) continue;
    out += (first ? ""
            : zh  ? "，"
                  : ", ") +
           std::string(zh ? entry.name_zh : entry.name_en) + " " + short_points(part);
    first = false;
  }
  out += "\n";
  if (!explanation.missing.empty()) {
    out += zh ? "需补充或确认：" : "to supply or confirm: ";
    for (std::size_t i = 0; i < explanation.missing.size(); ++i) {
      out += (i == 0 ? "" : zh ? "、" : ", ") + std::string(name_of(explanation.missing[i], language));
    }
    out += "\n";
  }
  switch (explanation.changes.status) {
    case ChangeStatus::not_refused:
      break;
    case ChangeStatus::found:
      out += zh ? "可行调整（已逐一复核）：\n" : "nearest changes (each judged again):\n";
      for (const auto& plan : explanation.changes.plans) {
        out += "  - ";
        for (std::size_t i = 0; i < plan.changes.size(); ++i) {
          out += (i == 0 ? "" : zh ? "；" : "; ") + (zh ? plan.changes[i].text_zh : plan.changes[i].text_en);
        }
        out += (zh ? " → " : " -> ") + std::string(word_of(plan.verdict_after, language)) + "\n";
      }
      break;
    case ChangeStatus::impossible:
      out += zh ? "已逐一试过可调整的事项，没有可行调整；不可调整的条件："
                : "proved: no change a person can make lifts it; fixed rules: ";
      for (std::size_t i = 0; i < explanation.changes.blocking.size(); ++i)
        out += (i == 0 ? "" : ", ") + explanation.changes.blocking[i];
      out += "\n";
      break;
    case ChangeStatus::too_large:
      out += zh ? "可调整的组合过多，未作结论\n" : "too many combinations; nothing is claimed\n";
      break;
  }
  if (!explanation.undisclosed_zh.empty()) {
    out += zh ? "手册未披露：" : "not disclosed by the handbook: ";
    for (std::size_t i = 0; i < explanation.undisclosed_zh.size(); ++i)
      out += (i == 0 ? "" : "、") + explanation.undisclosed_zh[i];
    out += "\n";
  }
  return out;
}

std::string match_text(const ReportInput& input, std::span<const std::size_t> projects) {
  const Language language = input.options.language;
  const bool zh = language == Language::zh;
  std::string out;
  for (const std::size_t index : projects) {
    const Project& project = input.list->projects[index];
    const PreparedProject prepared = prepare(project, *input.catalogue);
    const VerdictCounts& counts = input.answer->counts(index);
    out += "■ " + project.id + " " + project.name + "\n";
    out += zh ? "  可对接 " + std::to_string(counts.permitted) + " 项，待补充 " +
                    std::to_string(counts.undecided) + " 项，不符合 " + std::to_string(counts.refused) +
                    " 项\n"
              : "  permitted " + std::to_string(counts.permitted) + ", undecided " +
                    std::to_string(counts.undecided) + ", refused " + std::to_string(counts.refused) + "\n";
    const auto write = [&](std::span<const Offer> offers, std::string_view title) {
      if (offers.empty()) return;
      out += "  " + std::string(title) + "\n";
      std::size_t rank = 0;
      for (const auto& offer : offers) {
        const Product& product = input.catalogue->product(offer.product);
        const Explanation explanation = explain(prepared, *input.catalogue, offer.product);
        out += "  " + std::to_string(++rank) + ". [" + short_points(offer.points) + "] " + product.id + " " +
               product.name + " · " + product.institution + " · " +
               std::string(zh ? info(product.instrument).name_zh : info(product.instrument).name_en) + "\n";
        const auto asks = asks_of(explanation);
        for (std::size_t i = 0; i < asks.size() && i < kAsksShown; ++i)
          out += "       ? " + (zh ? asks[i].text_zh : asks[i].text_en) + "\n";
        if (asks.size() > kAsksShown) {
          const std::string more = std::to_string(asks.size() - kAsksShown);
          out += zh ? "       ? 另有" + more + "项待补充，见报告或 explain\n"
                    : "       ? " + more + " more open points; see the report or explain\n";
        }
        std::size_t held = 0;
        for (const auto& reading : explanation.rules) {
          const bool caution =
              (reading.judgement.outcome == Outcome::fail && reading.rule->strength == Strength::should) ||
              (reading.judgement.outcome == Outcome::pass && reading.judgement.on_inference &&
               reading.rule->strength == Strength::must);
          const bool pass =
              reading.judgement.outcome == Outcome::pass && !caution && reading.rule->citation.key.empty();
          if (!caution && (!pass || ++held > 3)) continue;
          out += std::string("       ") + (caution ? "! " : "✓ ") +
                 (zh ? reading.message_zh : reading.message_en) + "\n";
        }
      }
    };
    write(input.answer->offers(index), zh ? "可对接：" : "permitted:");
    write(input.answer->possible(index), zh ? "补充材料后可能：" : "possible once supplied:");
    const auto named = std::min(kInstrumentsInLine, input.options.instruments);
    out += detail::advice_line(advise(prepared, *input.catalogue, named), project, language);
    out += "\n";
  }
  return out;
}

}  // namespace huoshui
