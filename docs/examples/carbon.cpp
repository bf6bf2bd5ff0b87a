// What may be lent on the income of 武宁's sink, as published; price, buffer, reversal, discount and ratio
// are assumed. Python twin: carbon.py, which prints the same.
#include <huoshui/huoshui.hpp>
#include <iostream>

int main() {
  using namespace huoshui;

  carbon::Sink sink;
  sink.clear_title = sink.title_document = true;
  sink.area = Interval::exactly(2'080'000);         // hundredths of a mu
  sink.surveyed_kg = Interval::exactly(6'317'000);  // a year
  sink.stated_total_kg = Interval::exactly(127'400'000);
  sink.stated_income_fen = Interval::exactly(2'000'000'000);
  sink.crediting_years = Interval::exactly(20);
  sink.buffer = Interval::exactly(100'000);
  sink.reversal = Interval::exactly(2'000);
  sink.price.emplace().fen_per_tonne = Interval::between(6'000, 8'000);
  sink.discount_rate = Interval::exactly(50'000);
  sink.pledge_ratio = Interval::exactly(700'000);
  sink.need_fen = 300'000'000;
  const auto policy = PolicyPack::bundled().at(parse_date("2026-03-01").value()).value();

  carbon::ProposeOptions options;
  options.simulation = {.volatility = 120'000, .seed = 42, .paths = 10'000};

  const auto proposal = carbon::propose(sink, policy, options);
  for (const auto& line : carbon::explain(proposal)) std::cout << line.zh << '\n';
  std::cout << "模拟均值" << format_money(proposal.simulation->mean_fen) << "，闭式"
            << format_money(*proposal.simulation->closed_form_fen) << '\n';
}
