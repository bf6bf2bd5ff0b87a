#include <huoshui/core/money.hpp>

#include "syndicate/detail/words.hpp"

namespace huoshui::syndicate::detail {
namespace {

std::string quantity(Measure measure, std::int64_t value, bool zh) {
  switch (measure) {
    case Measure::fen:
      return zh ? format_money(value) : yuan_text(value);
    case Measure::millionths:
      return percent_text(value);
    case Measure::months:
      return std::to_string(value) + (zh ? "个月" : " months");
    default:  // no finding of this room has other numbers than counts
      return std::to_string(value);
  }
}

std::string after_subject(const Finding& finding, std::string_view name, bool zh) {
  std::string out = finding.subject;
  if (!out.empty()) out += zh ? "：" : ": ";
  out += name;
  return out;
}

}  // namespace

std::string percent_text(std::int64_t millionths) {
  const bool negative = millionths < 0;
  const std::int64_t magnitude = negative ? -millionths : millionths;
  std::string fraction = std::to_string(10'000 + magnitude % 10'000).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  std::string out = (negative ? "-" : "") + std::to_string(magnitude / 10'000);
  if (!fraction.empty()) out += "." + fraction;
  return out + "%";
}

std::string yuan_text(std::int64_t fen) {
  const bool negative = fen < 0;
  const std::int64_t magnitude = negative ? -fen : fen;
  std::string whole = std::to_string(magnitude / kFenPerYuan);
  for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, ",");
  std::string out = (negative ? "-" : "") + whole;
  if (magnitude % kFenPerYuan != 0) out += "." + std::to_string(100 + magnitude % kFenPerYuan).substr(1);
  return out + " yuan";
}

void word(Finding& finding, Bound bound, std::string_view name_zh, std::string_view name_en) {
  for (const bool zh : {true, false}) {
    std::string text = after_subject(finding, zh ? name_zh : name_en, zh);
    if (finding.seen) text += (zh ? "为" : " is ") + quantity(finding.measure, *finding.seen, zh);
    if (finding.limit) {
      const bool least = bound == Bound::at_least;
      text += zh ? (least ? "，下限" : "，上限") : (least ? ", at least " : ", at most ");
      text += quantity(finding.measure, *finding.limit, zh);
    }
    switch (finding.standing) {
      case Standing::passed:
        text += zh ? "，符合" : ": passed";
        break;
      case Standing::caution:
        text += finding.strength == Strength::prefer
                    ? (zh ? "，鼓励采取银团贷款" : ": speaks for a syndicate")
                    : (zh ? "，不符合原则性要求，须说明理由"
                          : ": departs from the rule of principle, give the reason");
        break;
      case Standing::violated:
        text += zh ? "，不符合" : ": broken";
        break;
      case Standing::undecided:
        text += zh ? "，待定" : ": undecided";
        break;
      case Standing::not_tested:
        text += zh ? "，未检验" : ": not tested";
        break;
    }
    (zh ? finding.text_zh : finding.text_en) = std::move(text);
  }
}

}  // namespace huoshui::syndicate::detail
