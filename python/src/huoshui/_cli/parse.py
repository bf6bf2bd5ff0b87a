"""`huoshui parse`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click
from rich.table import Table as RichTable

import huoshui as hs
from huoshui._cli import options
from huoshui._cli.screen import DONE, FLAWED, Language, Screen, issue_text
from huoshui._cli.setting import read_dictionaries
from huoshui._huoshui import format_money
from huoshui.readings import KINDS

__all__ = ["parse"]


@click.command()
@click.option("--kind", required=True, type=click.Choice(KINDS), help="读作什么 read as what")
@click.option("--header", default="", metavar="TEXT", help="表头，给出单位 the header, for its unit: 总投资（万元）")
@click.option("--county", default="", metavar="NAME", help="本行的县区 the row's county, for places: 东源县")
@click.option("--prose", is_flag=True, help="地名夹在标题中 the place stands among other words")
@options.as_json
@options.tables
@options.language
@click.argument("texts", nargs=-1, metavar="TEXT…")
def parse(
    kind: str,
    header: str,
    county: str,
    prose: bool,
    as_json: bool,
    regions: str | None,
    industries: str | None,
    lang: Language,
    texts: tuple[str, ...],
) -> int:
    """读单元格：每段文字一行；不给 TEXT 则逐行读标准输入。 Read cells, one line each; without TEXT from stdin."""
    screen = Screen(lang)
    dictionaries = read_dictionaries(regions, industries, screen)
    given: Iterable[str] = texts or (line.rstrip("\r\n") for line in sys.stdin)
    code = DONE
    table = RichTable()
    for name in (
        screen.say("文字", "text"),
        screen.say("值", "value"),
        screen.say("标记", "flags"),
        screen.say("读法", "reading"),
    ):
        table.add_column(name)
    for text in given:
        try:
            read = hs.parse(text, kind, header=header, county=county, prose=prose, dictionaries=dictionaries)
        except hs.Failure as failure:
            code = FLAWED
            messages = [issue_text(issue, lang) for issue in failure.issues]
            read = {
                "text": text,
                "kind": kind,
                "flags": [issue.code for issue in failure.issues],
                "ambiguous": True,
                "approximate": False,
                "error": "；".join(messages),
                "reading": "；".join(messages),
            }
        if as_json:
            click.echo(json.dumps(read, ensure_ascii=False))
        else:
            table.add_row(text, value_text(read), "、".join(read["flags"]), str(read["reading"]))
    if not as_json:
        screen.out.print(table)
    return code


def value_text(read: dict[str, Any]) -> str:
    """Print what was read, for a person.

    Examples
    --------
    >>> value_text(hs.parse("300-500万元", "money"))
    '300万元–500万元'
    """
    kind = read["kind"]
    if kind == "place" and "codes" in read:
        place = f"{read['town_code'] or '、'.join(read['codes'])} {read['full_name'] or ''}".strip()
        return "；".join(part for part in (place, read["zone"]) if part) or "—"
    if "codes" in read:
        return "；".join(f"{code} {name}" for code, name in zip(read["codes"], read["names"], strict=True)) or "—"
    if "min" not in read:
        return "—"
    if kind == "rate" and read["base"] != "fixed":
        spread = read["spread"]["min"]
        plus = "" if not spread else f"{spread / 10_000:+g}%"
        factor = "" if read["multiplier"] == 1_000_000 else f" × {read['multiplier'] / 1_000_000:g}"
        return f"{read['base']}{factor}{plus}"
    show: Callable[[Any], str] = {
        "money": format_money,
        "tenor": lambda v: f"{v}个月",
        "area": lambda v: f"{v / 2000:g}亩",
        "rate": lambda v: f"{v / 10_000:g}%",
    }.get(kind, str)
    low, high = read["min"], read["max"]
    if low is None and high is None:
        return "—"
    if low == high:
        return show(low)
    return f"≥ {show(low)}" if high is None else f"≤ {show(high)}" if low is None else f"{show(low)}–{show(high)}"
