"""`huoshui policy`."""

from __future__ import annotations

import json

import click
from rich.table import Table as RichTable

from huoshui._cli import options
from huoshui._cli.screen import DONE, Language, Screen
from huoshui._cli.setting import read_policy

__all__ = ["policy"]


@click.command()
@options.policy
@options.language
@click.option("--series", default="", metavar="PREFIX", help="只列这一前缀的系列 only series that begin so")
@options.as_json
def policy(
    as_of: str | None, policy: str | None, low_confidence: bool, lang: Language, series: str, as_json: bool
) -> int:
    """政策：某一天有效的条款。 Policy: the rows in force on a day."""
    screen = Screen(lang)
    force = read_policy(policy, as_of, low_confidence, screen)
    rows = force.in_force(series)
    if as_json:
        click.echo(
            json.dumps(
                {"format": "huoshui.policy/1", "as_of": force.date.isoformat(), "rows": rows}, ensure_ascii=False
            )
        )
        return DONE
    table = RichTable(
        title=screen.say(f"{force.date} 有效 {len(rows)} 条", f"{len(rows)} rows in force on {force.date}")
    )
    for name in (
        screen.say("系列", "series"),
        screen.say("值", "value"),
        screen.say("作用", "acts as"),
        screen.say("依据", "source"),
        screen.say("起", "from"),
        screen.say("可信度", "confidence"),
    ):
        table.add_column(name, overflow="fold")
    for row in rows:
        source = " ".join(part for part in (row["instrument"], row["document"], row["clause"]) if part)
        table.add_row(
            row["series"],
            f"{row['value']} {row['unit']}",
            row["acts_as"],
            source,
            row["from"] or "—",
            row["confidence"],
        )
    screen.out.print(table)
    return DONE
