"""`huoshui suggest`."""

from __future__ import annotations

from typing import Any

import click

import huoshui as hs
from huoshui._cli import options
from huoshui._cli.setting import set_up

__all__ = ["suggest"]

_MOST_PROJECTS = 10


@click.command()
@options.matching
@options.as_json
@click.option("--top", type=click.IntRange(1), default=5, show_default=True, help="每个项目列几种工具 how many")
@click.option("--project", "ids", multiple=True, metavar="ID", help="只看这些项目，可重复 only these projects")
def suggest(as_json: bool, top: int, ids: tuple[str, ...], **given: Any) -> int:
    """工具推荐：项目的文字指向哪些金融工具，凭哪些词。 Suggest: the instruments a project's words speak for."""
    setting = set_up(given)
    screen = setting.screen
    projects = setting.narrowed(ids)
    advice = hs.advise(projects, setting.catalogue, k=top)
    if as_json:
        click.echo(advice.to_json())
        return setting.exit_code
    shown = projects.ids if ids else projects.ids[:_MOST_PROJECTS]
    click.echo(advice.text(shown, screen.lang), nl=False)
    if len(shown) < len(projects):
        left = len(projects) - len(shown)
        screen.note(
            f"另有 {left} 个项目未列出；用 --project 指定，或用 --json 取全部。",
            f"{left} more projects; name them with --project, or use --json for all.",
        )
    return setting.exit_code
