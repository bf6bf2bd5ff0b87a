// Why a product is refused, and the smallest change that lifts it. Python twin: why_not.py, which prints the
// same.
#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/wording.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>
#include <iostream>

constexpr auto kList =
    "项目编号,项目名称,单位性质,所属县区,所属行业,资金用途,融资需求（万元）,贷款期限,担保方式\n"
    "S1,示例·柑橘园周转,家庭农场,紫金县,柑橘,经营周转,45,12个月,信用\n";

int main() {
  using namespace huoshui;
  const Dictionaries& words = Dictionaries::bundled();
  const auto list = read_projects(parse_csv(kList, "清单.csv").value(), words).value();
  const auto handbook =
      read_products(parse_csv(bundled_illustrative_handbook(), "示例手册").value(), words).value();
  const Policy policy = PolicyPack::bundled().at(parse_date("2026-03-01").value()).value();
  const Catalogue catalogue = Catalogue::compile(handbook.value, policy, Scorecard::standard()).value();

  const PreparedProject project = prepare(list.value.projects[0], catalogue);
  const Explanation why = explain(project, catalogue, catalogue.find("D027").value());
  std::cout << "结论：" << word_of(why.screened.verdict, Language::zh) << "\n";
  for (const auto& reading : why.rules) {
    if (reading.judgement.outcome == Outcome::fail)
      std::cout << reading.rule->id << "\n  " << reading.message_zh << "\n";
  }
  for (const auto& plan : why.changes.plans) {
    for (const auto& change : plan.changes) std::cout << "可行调整：" << change.text_zh << "\n";
    std::cout << "  调整后：" << word_of(plan.verdict_after, Language::zh) << "\n";
  }
}
