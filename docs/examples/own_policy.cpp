// Lay a pack of one's own over the bundled policy. Python twin: own_policy.py, which prints the same.
#include <huoshui/policy/gates.hpp>
#include <huoshui/policy/policy.hpp>
#include <iostream>

// A house rule, invented for this example: working-capital loans up to two years.
constexpr auto kPack =
    "series,key,value,unit,applies_to,effective_from,effective_to,instrument_name,issuer,document,clause,"
    "confidence,acts_as,note\n"
    "working_capital_loan.tenor_general_max_years,house.working_capital,2,years,流动资金贷款,2026-01-01,,"
    "示例内部规定,示例银行,示例〔2026〕1号,第三条,high,advice,\n";

int main() {
  using namespace huoshui;
  const PolicyPack own = PolicyPack::parse(kPack, "own.csv").value();
  const PolicyPack pack = PolicyPack::bundled().overlaid_with(own).value();
  const Date day = parse_date("2026-03-01").value();
  for (const PolicyPack* source : {&PolicyPack::bundled(), &pack}) {
    const Policy policy = source->at(day).value();
    for (const Rule& rule : gates_for(Instrument::working_capital_loan, policy)) {
      if (rule.id == "policy.tenor.working_capital.general")
        std::cout << rule.text_zh << "\n  依据：" << to_string(rule.citation) << "\n";
    }
  }
}
