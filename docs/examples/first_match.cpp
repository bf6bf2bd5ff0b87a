// A list and a handbook in, rankings out. Python twin: first_match.py, which prints the same.
#include <huoshui/matcher.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>
#include <iostream>

constexpr auto kList =
    "项目编号,项目名称,单位性质,所属县区,所属行业,资金用途,融资需求（万元）,贷款期限,担保方式\n"
    "S1,示例·柑橘园周转,家庭农场,紫金县,柑橘,经营周转,30,12个月,信用\n"
    "S2,示例·茶叶加工厂扩建,民营企业,东源县,茶叶加工,技术改造,500,3年,厂房抵押\n";

int main() {
  using namespace huoshui;
  const Dictionaries& words = Dictionaries::bundled();
  const auto list = read_projects(parse_csv(kList, "清单.csv").value(), words).value();
  const auto handbook =
      read_products(parse_csv(bundled_illustrative_handbook(), "示例手册").value(), words).value();
  const Policy policy = PolicyPack::bundled().at(parse_date("2026-03-01").value()).value();
  const Catalogue catalogue = Catalogue::compile(handbook.value, policy, Scorecard::standard()).value();

  const Answer answer = match(list.value.projects, catalogue, {.k = 3, .possible = 2});
  for (std::size_t i = 0; i < answer.size(); ++i) {
    const VerdictCounts& counts = answer.counts(i);
    std::cout << list.value.projects[i].name << "：可对接 " << counts.permitted << "，待补充 "
              << counts.undecided << "，不符合 " << counts.refused << "\n";
    for (const auto& offer : answer.offers(i)) {
      std::cout << "  可对接 " << catalogue.product(offer.product).name << " " << offer.points / 1'000'000
                << " 分\n";
    }
    for (const auto& offer : answer.possible(i)) {
      std::cout << "  待补充 " << catalogue.product(offer.product).name << " " << offer.points / 1'000'000
                << " 分\n";
    }
  }
}
