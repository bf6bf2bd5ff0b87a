"""`huoshui check`."""

from __future__ import annotations

import click
from rich.table import Table as RichTable

from huoshui._cli import options
from huoshui._cli.screen import DONE, FLAWED, Language, Screen, issue_text, place_text
from huoshui._cli.setting import read_dictionaries, read_list

__all__ = ["check"]

_MOST_ISSUES = 100


@click.command()
@options.list_path
@options.as_json
@options.tables
@options.language
def check(list_path: str, as_json: bool, regions: str | None, industries: str | None, lang: Language) -> int:
    """检查清单：读入多少行、每个问题在哪里。 Check a list: rows read, and where each issue stands."""
    screen = Screen(lang)
    projects = read_list(list_path, read_dictionaries(regions, industries, screen), screen)
    code = FLAWED if projects.has_errors else DONE
    if as_json:
        click.echo(projects.to_json())
        return code
    say = screen.say
    rows = projects.rows
    table = RichTable(title=projects.file, title_justify="left")
    for name in (say("读入行", "rows read"), say("项目", "projects"), say("有错行", "lost"), say("其他行", "other")):
        table.add_column(name, justify="right")
    table.add_row(*(str(n) for n in rows))
    screen.out.print(table)
    if not projects.issues:
        screen.out.print(say("没有发现问题。", "No issues."))
        return code
    errors = sum(issue.severity == "error" for issue in projects.issues)
    table = RichTable(
        title=say(
            f"问题 {len(projects.issues)} 条（错误 {errors}）", f"{len(projects.issues)} issues, {errors} errors"
        ),
        title_justify="left",
    )
    table.add_column(say("程度", "severity"), no_wrap=True)
    table.add_column(say("位置", "place"))
    table.add_column(say("问题", "code"))
    table.add_column(say("说明", "message"), ratio=1)
    for issue in projects.issues[:_MOST_ISSUES]:
        severity = say("错误" if issue.severity == "error" else "提醒", issue.severity)
        message = issue.message if lang == "zh" else issue_text(issue, lang)
        table.add_row(severity, issue.place if lang == "zh" else place_text(issue), issue.code, message)
    screen.out.print(table)
    if len(projects.issues) > _MOST_ISSUES:
        left = len(projects.issues) - _MOST_ISSUES
        screen.note(f"另有 {left} 条未列出；用 --json 取全部。", f"{left} more; use --json for all.")
    return code
