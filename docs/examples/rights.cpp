// What may be lent on 安吉's public-forest compensation, and which pledges were made twice. Python twin:
// rights.py, which prints the same.
#include <huoshui/huoshui.hpp>
#include <iostream>

int main() {
  using namespace huoshui;

  rights::Asset asset;
  asset.right = rights::Right::public_forest_income;
  asset.quantity = Interval::exactly(4'794'000);  // thousandths of a mu
  asset.fen_per_unit = Interval::exactly(3'500);
  asset.clear_title = true;
  asset.pledged_already = false;
  asset.registry = rights::Registry::registered;
  asset.need_fen = 83'000'000;
  const auto policy = PolicyPack::bundled().at(parse_date("2026-03-01").value()).value();

  for (const auto& line : rights::explain(rights::propose(asset, policy))) std::cout << line.zh << '\n';

  std::vector<rights::Pledge> pledges(2);
  for (auto& pledge : pledges) pledge.kind = "livestock";
  pledges[0].project = "示例一";
  pledges[0].unique_number = "EAR 17";
  pledges[1].project = "示例二";
  pledges[1].unique_number = "ear-17";
  for (const auto& pair : rights::double_pledges(pledges)) {
    std::cout << pledges[pair.first].project << "、" << pledges[pair.again].project << ' '
              << to_string(pair.key) << '\n';
  }
}
