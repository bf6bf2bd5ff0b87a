"""`huoshui explain`."""

from __future__ import annotations

import csv
from typing import Any, cast

import click

import huoshui as hs
from huoshui._cli import options
from huoshui._cli.screen import NO_ID, USAGE, Stop, ending_with
from huoshui._cli.setting import Setting, set_up
from huoshui.tables import text_of_file

__all__ = ["explain"]


@click.command()
@options.matching
@options.as_json
@click.option("--project", metavar="ID", help="项目编号 project id")
@click.option("--product", metavar="ID", help="产品编号 product id")
@click.option(
    "--pairs", metavar="FILE.csv", help="许多对：project_id,product_id，每对一行 JSON many pairs, a JSON line each"
)
def explain(as_json: bool, project: str | None, product: str | None, pairs: str | None, **given: Any) -> int:
    """解释一对：每条规则、得分、缺什么、改什么。 Explain a pair: rules, points, what is missing."""
    if pairs is None and (project is None or product is None):
        raise click.UsageError(
            "要么给 --project 和 --product，要么给 --pairs (give --project and --product, or --pairs)"
        )
    if pairs is not None and (project is not None or product is not None):
        raise click.UsageError("--pairs 不与 --project、--product 同用 (--pairs stands alone)")
    setting = set_up(given)
    lang = setting.screen.lang
    if pairs is None:
        index, row = setting.index_of(cast(str, project)), setting.row_of(cast(str, product))
        why = hs.Explanation(setting.projects[index], setting.catalogue, row)
        click.echo(why.to_json(lang) if as_json else why.text(lang), nl=as_json)
        return setting.exit_code
    for index, row in read_pairs(pairs, setting):
        click.echo(hs.Explanation(setting.projects[index], setting.catalogue, row).to_json(lang))
    return setting.exit_code


def read_pairs(path: str, setting: Setting) -> list[tuple[int, int]]:
    """Read project_id,product_id; every id is looked up before the first line is printed."""
    screen = setting.screen
    with ending_with(USAGE, screen):
        lines = text_of_file(path).splitlines()
    reader = csv.DictReader(lines)
    names = reader.fieldnames or []
    if "project_id" not in names or "product_id" not in names:
        raise Stop(
            USAGE,
            screen.say(
                f"文件“{path}”第 1 行应有 project_id 和 product_id 两列，实为“{','.join(names)}”。",
                f"“{path}” line 1 must name project_id and product_id, not “{','.join(names)}”.",
            ),
        )
    found: list[tuple[int, int]] = []
    rows = {product.id: row for row, product in enumerate(setting.catalogue)}
    for record in reader:
        project, product = (record["project_id"] or "").strip(), (record["product_id"] or "").strip()
        try:
            found.append((setting.index_of(project), rows[product] if product in rows else setting.row_of(product)))
        except Stop as stop:
            place = screen.say(f"文件“{path}”第 {reader.line_num} 行：", f"“{path}” line {reader.line_num}: ")
            raise Stop(NO_ID, f"{place}{stop}") from stop
    return found
