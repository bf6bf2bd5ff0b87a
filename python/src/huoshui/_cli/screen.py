"""What every command says and how it ends: language, exit codes, issues in words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import click
from rich.console import Console

import huoshui as hs

__all__ = [
    "BUG",
    "DONE",
    "FLAWED",
    "NO_HANDBOOK",
    "NO_ID",
    "NO_LIST",
    "NO_POLICY",
    "USAGE",
    "Language",
    "Screen",
    "Stop",
    "ending_with",
    "issue_text",
    "place_text",
    "write",
]

Language = Literal["zh", "en"]

DONE, FLAWED, USAGE, NO_LIST, NO_HANDBOOK, NO_POLICY, NO_ID, BUG = 0, 1, 2, 3, 4, 5, 6, 70


class Stop(Exception):
    """End with a message and an exit code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Screen:
    """Where things are printed: answers to stdout, everything else to stderr."""

    lang: Language = "zh"

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def note(self, zh: str, en: str) -> None:
        click.echo(self.say(zh, en), err=True)

    @property
    def out(self) -> Console:
        # A pipe has no width of its own; cells must not be cut there.
        return Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else 160)

    @contextmanager
    def working(self, zh: str, en: str) -> Iterator[None]:
        console = Console(stderr=True)
        if not console.is_terminal:
            yield
            return
        with console.status(self.say(zh, en)):
            yield


_ENGLISH = {
    "file_not_found": "no such file; check the path",
    "file_empty": "the file is empty; check that it was saved",
    "file_unreadable": "no readable .csv or .xlsx: of another kind, broken, or locked by a password; save it anew",
    "encoding_error": "bytes that are no text in this encoding; save as UTF-8",
    "header_not_found": "no header row; name 项目名称 and 总投资, 融资需求 or the like; one project a row",
    "header_ambiguous": "the header can be read in several ways; name each column once",
    "cell_too_long": "the cell is longer than a spreadsheet allows; shorten it",
    "unknown_unit": "a number without a unit; write the unit into the cell, the header or the title",
    "unreadable_value": "not of the kind that its column wants",
    "fuzzy_value": "too vague to be a number; kept as text",
    "unit_slip": "looks wrong by a factor of 10,000; check the unit",
    "sum_mismatch": "the total differs from the sum of its rows",
    "unknown_place": "no such place in the tables",
    "place_conflict": "the county column and the text name different counties",
    "unknown_word": "a word that the closed list does not know",
    "duplicate_id": "this id stands twice",
    "missing_name": "a row without a project name",
    "missing_column": "a column is missing",
    "collection_row": "one row for many projects; list them one by one",
    "contradictory_terms": "terms that no project could meet together",
    "condition_syntax": "the condition cannot be read",
    "condition_field": "the condition names an unknown field",
    "condition_type": "the condition compares with a value of the wrong kind; numbers need their units",
    "policy_overlap": "two rows of one series overlap",
    "policy_gap": "a series has a gap that is not a row itself",
    "policy_row": "a faulty row of the policy pack",
    "date_outside_policy": "the date lies outside the days that the policy pack covers",
    "one_sided_outcomes": "only acceptances or only refusals; add the others",
    "masked_value": "a masked value; fill it in",
}


def place_text(issue: hs.Issue) -> str:
    """Print where an issue stands, in English."""
    column = issue.column or (str(issue.column_number) if issue.column_number else "")
    parts = (
        issue.file,
        f"[{issue.sheet}]" if issue.sheet else "",
        f"row {issue.row}" if issue.row else "",
        f"column {column}" if column else "",
    )
    return " ".join(part for part in parts if part)


def issue_text(issue: hs.Issue, lang: Language) -> str:
    """Say an issue in one line: what, where, what to do.

    Examples
    --------
    >>> issue_text(hs.Issue("file_empty", "空的", file="a.csv"), "en")
    'file_empty: a.csv: the file is empty; check that it was saved'
    """
    if lang == "zh":
        named = not issue.file or issue.file in issue.message
        return issue.message if named else f"{issue.file}：{issue.message}"
    where = place_text(issue)
    found = f" (found “{issue.found}”)" if issue.found else ""
    return f"{issue.code}: {f'{where}: ' if where else ''}{_ENGLISH.get(issue.code, issue.message)}{found}"


@contextmanager
def ending_with(code: int, screen: Screen) -> Iterator[None]:
    """Turn a failure inside into the end of the command with this exit code."""
    try:
        yield
    except hs.Failure as failure:
        lines = [issue_text(issue, screen.lang) for issue in failure.issues[:20]]
        if len(failure.issues) > 20:
            lines.append(screen.say(f"…… 另有 {len(failure.issues) - 20} 处", f"… and {len(failure.issues) - 20} more"))
        raise Stop(code, "\n".join(lines)) from failure
    except hs.ContractError as breach:
        raise Stop(code, str(breach)) from breach


def write(path: str, action: Callable[[], object], screen: Screen) -> None:
    try:
        action()
    except OSError as error:
        raise Stop(
            USAGE,
            screen.say(
                f"写不进文件“{path}”（{error.strerror}）；请检查文件夹是否存在、是否有权限。",
                f"cannot write “{path}” ({error.strerror}); check that the folder exists and may be written to.",
            ),
        ) from error
    screen.note(f"已写出 {path}", f"wrote {path}")
