"""`huoshui carbon`."""

from __future__ import annotations

from typing import Any

import click

from huoshui import carbon as room
from huoshui._cli import options
from huoshui._cli.judged import judging, policy_of, print_json, print_proposal, table
from huoshui._cli.screen import DONE, Screen
from huoshui._cli.sheets import example, quantity, read_object, read_record
from huoshui.fields import ratio

__all__ = ["EXAMPLE", "carbon"]

EXAMPLE = """{
  "project": "示例·某林场造林碳汇（虚构）",
  "mechanism": "ccer_planting",
  "stage": "登记",
  "clear_title": true,
  "title_document": true,
  "economic_forest": false,
  "wetland": false,
  "pledged_already": false,
  "non_forest_years": 3,
  "plot_square_metres": 400,
  "start_year": 2024,
  "shrub_removal": "20%",
  "area": "12000亩",
  "surveyed_kg": "3600-4000吨",
  "crediting_years": 20,
  "buffer": "10%",
  "reversal": "0.2%",
  "price": {"fen_per_tonne": "60-80元/吨", "basis": "情景", "source": "示例（虚构）"},
  "discount_rate": "5%",
  "pledge_ratio": "60%",
  "need_fen": "100万元",
  "tenor_months": "5年",
  "base_rate": "4%",
  "rate_steps": [{"goal": "零毁林", "change": "-20bp"}]
}
"""


@click.command()
@click.argument("sink_path", metavar="SINK.json")
@click.option(
    "--volatility", callback=quantity(ratio), metavar="SHARE", help="另作价格模拟，如 12% draw price paths too"
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="模拟的种子 the seed of the paths")
@click.option("--paths", type=click.IntRange(2), default=10_000, show_default=True, help="路径数 how many paths")
@options.policy
@options.as_json
@options.language
@example(EXAMPLE)
def carbon(sink_path: str, volatility: int | None, seed: int, paths: int, as_json: bool, **given: Any) -> int:
    """碳汇：预期收益权值多少、能贷多少、哪些条件未过。 Carbon: what a sink's income is worth and may carry."""
    screen = Screen(given["lang"])
    sink = read_record(sink_path, read_object(sink_path, screen), room.Sink, screen)
    policy = policy_of(given, screen)
    with judging(screen):
        simulation = None
        if volatility is not None:
            simulation = room.SimulationOptions(volatility=volatility, seed=seed, paths=paths)
        proposal = room.propose(sink, policy, simulation=simulation)
    if as_json:
        print_json("carbon", policy, proposal=proposal)
        return DONE
    print_proposal(proposal, screen)
    if proposal.simulation is not None:
        fan = proposal.simulation
        say = screen.say
        out = table(
            say(
                f"碳价分布，元/吨（{fan.paths} 条路径，种子 {fan.seed}）",
                f"prices, yuan a tonne ({fan.paths} paths, seed {fan.seed})",
            ),
            say("年", "year"),
            *(f"{quantile}%" for quantile in room.QUANTILES),
            numbers=[f"{quantile}%" for quantile in room.QUANTILES],
        )
        for year in fan.fan:
            out.add_row(str(year.year), *(f"{fen / 100:.2f}" for fen in year.fen_per_tonne))
        screen.out.print(out)
    return DONE
