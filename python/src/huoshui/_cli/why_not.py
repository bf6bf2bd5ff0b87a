"""`huoshui why-not`."""

from __future__ import annotations

from typing import Any

import click

import huoshui as hs
from huoshui._cli import options
from huoshui._cli.setting import set_up

__all__ = ["why_not"]


@click.command("why-not")
@options.matching
@options.as_json
@click.option("--project", required=True, metavar="ID", help="项目编号 project id")
@click.option("--product", metavar="ID", help="产品编号；不给则列最接近的几项 product id; else the nearest ones")
@click.option("--top", type=click.IntRange(1), default=3, show_default=True, help="列几项 how many")
def why_not(as_json: bool, project: str, product: str | None, top: int, **given: Any) -> int:
    """为何不行：一个产品，或得分最高的被拒产品。 Why not: one product, or the best refused ones."""
    setting = set_up(given)
    screen = setting.screen
    chosen = setting.narrowed([project])
    answer = hs.match(chosen, setting.catalogue, k=0, possible=0)
    if product is not None:
        whys = [hs.Explanation(chosen[0], setting.catalogue, setting.row_of(product))]
    else:
        whys = answer.best_refused(0, top)
    if not whys:
        screen.note(
            "没有可解释的被拒产品：该项目是集合项目，或没有产品被拒。",
            "no refused products: a collection, or none is refused.",
        )
    for why in whys:
        click.echo(why.to_json(screen.lang) if as_json else why.text(screen.lang) + "\n", nl=as_json)
    return setting.exit_code
