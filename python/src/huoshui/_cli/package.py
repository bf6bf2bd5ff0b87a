"""`huoshui package`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import huoshui as hs
from huoshui._cli import options
from huoshui._cli.judged import judging
from huoshui._cli.screen import FLAWED, USAGE, Stop
from huoshui._cli.setting import Setting, set_up, tell_issues
from huoshui._cli.sheets import read_object, read_record
from huoshui.supply_chain import ChainInput

__all__ = ["package"]

_MOST_PROJECTS = 10


@click.command()
@options.matching
@options.top
@options.possible
@options.threads
@options.as_json
@click.option("--project", "ids", multiple=True, metavar="ID", help="只列这些项目，可重复 only these projects")
@click.option("--institutions", metavar="FILE.csv", help="候选机构 institutions and their limits")
@click.option("--assumptions", metavar="FILE.csv", help="价格、比例等假设 prices, ratios and the like")
@click.option(
    "--chain",
    "chain_paths",
    multiple=True,
    metavar="CHAIN.json",
    help="项目所在的供应链，可重复；与 huoshui chain 同一格式 the chain around a project, as huoshui chain reads it",
)
@click.option("--examples", is_flag=True, help="用随库的示例机构和假设（仅演示）invented inputs, for show only")
@click.option("--packages", "count", type=click.IntRange(0), default=3, show_default=True, help="每个项目几套方案")
def package(
    top: int,
    possible: int,
    threads: int,
    as_json: bool,
    ids: tuple[str, ...],
    institutions: str | None,
    assumptions: str | None,
    chain_paths: tuple[str, ...],
    examples: bool,
    count: int,
    **given: Any,
) -> int:
    """方案：每个项目的综合金融服务方案和落到纸面的条款。 Packages and terms on paper for each project."""
    if examples and (institutions or assumptions):
        raise click.UsageError("--examples 不能与 --institutions、--assumptions 同用 (use one of them)")
    setting = set_up(given)
    screen = setting.screen
    for name in ids:
        setting.index_of(name)
    issues: list[hs.Issue] = []
    inputs = hs.StructureInputs.illustrations() if examples else hs.StructureInputs()
    try:
        if not examples:
            inputs, issues = hs.load_structure_inputs(institutions, assumptions)
    except (OSError, UnicodeDecodeError, hs.Failure) as error:
        names = "、".join(Path(path).name for path in (institutions, assumptions) if path)
        raise Stop(USAGE, screen.say(f"读不了 {names}：{error}", f"cannot read {names}: {error}")) from error
    tell_issues(issues, "机构或假设", "institutions or assumptions", screen)
    for path in chain_paths:
        chain = _chain(path, ids, setting)
        with judging(screen):
            inputs = inputs.with_chain(chain)
    with screen.working("对接中……", "matching …"):
        # The whole list is matched, for the register of pledges is the list's.
        answer = hs.match(setting.projects, setting.catalogue, k=top, possible=possible, threads=threads)
        papers = hs.structure(answer, inputs, k=count)
    code = FLAWED if issues else setting.exit_code
    if as_json:
        click.echo(papers.to_json())
        return code
    shown: list[int | str] = list(ids) if ids else list(range(min(len(setting.projects), _MOST_PROJECTS)))
    click.echo(papers.text(shown, screen.lang), nl=False)
    if not ids and len(shown) < len(setting.projects):
        left = len(setting.projects) - len(shown)
        screen.note(
            f"另有 {left} 个项目未列出；用 --project 指定，或用 --json 取全部。",
            f"{left} more projects; name them with --project, or use --json for all.",
        )
    return code


def _chain(path: str, ids: tuple[str, ...], setting: Setting) -> ChainInput:
    """Read the chain around one project: the one that it names, else the only one of `--project`."""
    screen = setting.screen
    chain = read_record(path, read_object(path, screen), ChainInput, screen)
    if not chain.project:
        if len(ids) != 1:
            raise click.UsageError(
                f"“{path}”没有写明是哪个项目的链：请加一项 project，或只给一个 --project "
                "(the file names no project: add a member project, or give one --project)"
            )
        (chain.project,) = ids
    setting.index_of(chain.project)
    return chain
