"""`huoshui match`."""

from __future__ import annotations

from typing import Any

import click

import huoshui as hs
from huoshui._cli import options
from huoshui._cli.pages import fits_on_page, write_report
from huoshui._cli.screen import write
from huoshui._cli.setting import set_up

__all__ = ["match"]

_MOST_PROJECTS = 10


@click.command()
@options.matching
@options.top
@options.possible
@options.threads
@options.as_json
@click.option("--csv", "csv_path", metavar="FILE", help="把结果写成 CSV write a CSV file")
@click.option("--report", "report_path", metavar="FILE.html", help="写一页可离线打开的报告 write a page")
@options.contacts
@click.option("--project", "ids", multiple=True, metavar="ID", help="只对接这些项目，可重复 only these projects")
def match(
    top: int,
    possible: int,
    threads: int,
    as_json: bool,
    csv_path: str | None,
    report_path: str | None,
    show_contacts: bool,
    ids: tuple[str, ...],
    **given: Any,
) -> int:
    """对接：每个项目最合适的产品和理由。 Match: the best products for each project, and why."""
    setting = set_up(given)
    screen = setting.screen
    projects = setting.narrowed(ids)
    if report_path:
        fits_on_page(projects, screen)
    with screen.working("对接中……", "matching …"):
        answer = hs.match(projects, setting.catalogue, k=top, possible=possible, threads=threads)
    if csv_path:
        write(csv_path, lambda: answer.to_csv(csv_path), screen)
    if report_path:
        write_report(answer, report_path, show_contacts, threads, screen)
    if as_json:
        click.echo(answer.to_json(screen.lang))
        return setting.exit_code
    shown = list(range(len(projects) if ids else min(len(projects), _MOST_PROJECTS)))
    click.echo(answer.text(shown, screen.lang), nl=False)
    if len(shown) < len(projects):
        left = len(projects) - len(shown)
        screen.note(
            f"另有 {left} 个项目未列出；用 --project 指定，或用 --csv、--report、--json 取全部。",
            f"{left} more projects; name them with --project, or use --csv, --report or --json for all.",
        )
    return setting.exit_code
