"""What may be lent on the income of 武宁's sink, as published; price, buffer, reversal, discount and ratio are
assumed. C++ twin: carbon.cpp, which prints the same.
"""

import huoshui as hs
from huoshui.carbon import PricePath, SimulationOptions, Sink, propose

sink = Sink(
    clear_title=True,
    title_document=True,
    area="20800亩",
    surveyed_kg="6317吨",
    stated_total_kg="12.74万吨",
    stated_income_fen="2000万元",
    crediting_years=20,
    buffer="10%",
    reversal="0.2%",
    price=PricePath(fen_per_tonne="60-80元/吨"),
    discount_rate="5%",
    pledge_ratio="70%",
    need_fen="300万元",
)
policy = hs.Policy.bundled().at("2026-03-01")

proposal = propose(sink, policy, simulation=SimulationOptions(volatility="12%", seed=42))
for line in proposal.explain():
    print(line)
simulation = proposal.simulation
print(f"模拟均值{hs.Money(simulation.mean_fen)}，闭式{hs.Money(simulation.closed_form_fen)}")
