"""`huoshui rights`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from huoshui import rights as room
from huoshui._cli import options
from huoshui._cli.judged import judging, policy_of, print_json, print_proposal, table
from huoshui._cli.screen import DONE, Screen
from huoshui._cli.sheets import example, read_document, read_record, read_table

__all__ = ["EXAMPLE", "rights"]

EXAMPLE = """[
  {
    "project": "示例·某镇公益林（虚构）",
    "right": "公益林补偿收益权",
    "region": "44",
    "quantity": "4000亩",
    "fen_per_unit": "40元/亩",
    "multiple": "5倍",
    "clear_title": true,
    "pledged_already": false,
    "registry": "已登记",
    "registry_number": "示例-0001",
    "need_fen": "80万元",
    "tenor_months": "3年",
    "years": "10年"
  },
  {
    "project": "示例·某牧场肉牛（虚构）",
    "right": "畜禽活体",
    "quantity": "400头",
    "fen_per_unit": "1.5-1.7万元/头",
    "lent_share": "60%",
    "clear_title": true,
    "pledged_already": false,
    "insured": true,
    "registry": "已登记",
    "unique_number": "示例耳标 1-400",
    "need_fen": "300万元",
    "tenor_months": "1年"
  }
]
"""


@click.command()
@click.argument("assets_path", metavar="ASSET.json|.csv")
@options.policy
@options.as_json
@options.language
@example(EXAMPLE)
def rights(assets_path: str, as_json: bool, **given: Any) -> int:
    """权益：林权、用水权、畜禽活体等能贷多少；是否重复质押。 Rights and herds: what they may carry; double pledges."""
    screen = Screen(given["lang"])
    assets = _assets(assets_path, screen)
    policy = policy_of(given, screen)
    with judging(screen):
        proposals = [room.propose(asset, policy) for asset in assets]
        doubles = room.double_pledges(
            room.Pledge(
                project=asset.project,
                kind=asset.right,
                registry_number=asset.registry_number,
                unique_number=asset.unique_number,
                parcel=asset.parcel,
            )
            for asset in assets
        )
    if as_json:
        print_json("rights", policy, assets=assets, proposals=proposals, double_pledges=doubles)
        return DONE
    for number, (asset, proposal) in enumerate(zip(assets, proposals, strict=True), 1):
        right = room.RIGHTS[asset.right].split("、")[0] if screen.lang == "zh" else asset.right
        click.echo(f"{number}. {asset.project or '—'} {right}")
        print_proposal(proposal, screen)
    if doubles:
        _print_doubles(assets, doubles, screen)
    return DONE


def _assets(path: str, screen: Screen) -> list[room.Asset]:
    if path.lower().endswith(".json"):
        document = read_document(path, screen)
        each = document if isinstance(document, list) else [document]
        return [
            read_record(path if len(each) == 1 else f"{path}[{place}]", item, room.Asset, screen)
            for place, item in enumerate(each)
        ]
    return read_table(path, room.Asset, screen)


def _print_doubles(assets: Sequence[room.Asset], doubles: Sequence[room.DoublePledge], screen: Screen) -> None:
    say = screen.say
    keys = {"registry_number": "登记编号", "unique_number": "唯一编号", "parcel": "地块"}
    out = table(
        say("重复质押", "pledged twice"),
        say("先", "first"),
        say("后", "again"),
        say("相同", "same"),
        say("处理", "what to do"),
    )
    for pair in doubles:
        out.add_row(
            f"{pair.first + 1}. {assets[pair.first].project}",
            f"{pair.again + 1}. {assets[pair.again].project}",
            keys[pair.key] if screen.lang == "zh" else pair.key,
            say("同一地块两种权利，请核对", "two kinds on one parcel: look at it")
            if pair.overlap_only
            else say("同一资产，不得再押", "one asset: not again"),
        )
    screen.out.print(out)
