#include <huoshui/domain/rule.hpp>

namespace huoshui {

std::string_view to_string(Strength strength) {
  switch (strength) {
    case Strength::must:
      return "must";
    case Strength::should:
      return "should";
    case Strength::prefer:
      return "prefer";
  }
  return "";
}

std::string_view to_string(RuleTopic topic) {
  switch (topic) {
    case RuleTopic::region:
      return "region";
    case RuleTopic::borrower:
      return "borrower";
    case RuleTopic::industry:
      return "industry";
    case RuleTopic::use:
      return "use";
    case RuleTopic::amount_min:
      return "amount_min";
    case RuleTopic::amount_max:
      return "amount_max";
    case RuleTopic::tenor_min:
      return "tenor_min";
    case RuleTopic::tenor_max:
      return "tenor_max";
    case RuleTopic::security:
      return "security";
    case RuleTopic::loan_to_value:
      return "loan_to_value";
    case RuleTopic::condition:
      return "condition";
    case RuleTopic::government_debt:
      return "government_debt";
    case RuleTopic::project_capital:
      return "project_capital";
    case RuleTopic::tenor_rule:
      return "tenor_rule";
    case RuleTopic::microcredit:
      return "microcredit";
    case RuleTopic::policy:
      return "policy";
  }
  return "";
}

std::string to_string(const Citation& citation) {
  std::string out = citation.source;
  if (!citation.document.empty()) out += (out.empty() ? "" : "，") + citation.document;
  if (!citation.clause.empty()) out += (out.empty() ? "" : "，") + citation.clause;
  return out;
}

}  // namespace huoshui
