"""How the commands of the instruments print rules, money and shares."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

import click
from rich.table import Table as RichTable

import huoshui as hs
from huoshui._cli.screen import NO_LIST, Screen, ending_with
from huoshui._cli.setting import read_policy
from huoshui._huoshui import format_money
from huoshui.fields import plain
from huoshui.findings import STANDINGS, Finding, Language

__all__ = [
    "judging",
    "money_text",
    "percent",
    "policy_of",
    "print_findings",
    "print_json",
    "print_lines",
    "print_proposal",
    "table",
]


class _Proposal(Protocol):
    @property
    def findings(self) -> Sequence[Finding]: ...
    def explain(self, lang: Language = "zh") -> list[str]: ...


def money_text(fen: int | tuple[int, int] | None, unknown: str = "—") -> str:
    """Print fen, or a range of them.

    Examples
    --------
    >>> money_text((100_000_000, 150_000_000)), money_text(None)
    ('100万元–150万元', '—')
    """
    if fen is None:
        return unknown
    if isinstance(fen, int):
        return format_money(fen)
    low, high = fen
    return format_money(low) if low == high else f"{format_money(low)}–{format_money(high)}"


def percent(millionths: int) -> str:
    """Print millionths as a percentage.

    Examples
    --------
    >>> percent(35_000)
    '3.5%'
    """
    return f"{millionths / 10_000:.4f}".rstrip("0").rstrip(".") + "%"


def policy_of(options: dict[str, Any], screen: Screen, day: str | None = None) -> hs.Policy:
    """Return the policy of the day asked for, of a document's own day, or of today; the day is told on stderr."""
    policy = read_policy(options["policy"], options["as_of"] or day, options["low_confidence"], screen)
    screen.note(f"政策日期 {policy.date}", f"policy of {policy.date}")
    return policy


def judging(screen: Screen) -> Any:
    """Turn what the library refuses into the end of the command: the input cannot be used."""
    return ending_with(NO_LIST, screen)


def table(title: str, *columns: str, numbers: Sequence[str] = ()) -> RichTable:
    """Return an empty table; the columns of `numbers` stand right."""
    out = RichTable(title=title, title_justify="left")
    for column in columns:
        out.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return out


def print_lines(lines: Sequence[str]) -> None:
    """Print one line each."""
    for line in lines:
        click.echo(line)


def print_findings(findings: Sequence[Finding], screen: Screen) -> None:
    """Print every rule that did not simply pass, and how many did."""
    left = [each for each in findings if each.standing != "passed"]
    passed = len(findings) - len(left)
    say = screen.say
    out = table(
        say(
            f"规则 {len(findings)} 条，符合 {passed} 条；其余：", f"{len(findings)} rules, {passed} passed; the others:"
        ),
        say("结论", "standing"),
        say("规则", "rule"),
        say("说明", "text"),
        say("依据", "source"),
    )
    for each in left:
        standing = STANDINGS[each.standing] if screen.lang == "zh" else each.standing
        out.add_row(standing, each.rule, each.text(screen.lang), str(each.citation) or "—")
    screen.out.print(out)


def print_proposal(proposal: _Proposal, screen: Screen) -> None:
    """Print terms in words, then the rules in a table; the last words are those of the rules and are left out."""
    left = sum(finding.standing != "passed" for finding in proposal.findings)
    print_lines(proposal.explain(screen.lang)[: -left or None])
    print_findings(proposal.findings, screen)


def print_json(name: str, policy: hs.Policy, **parts: Any) -> None:
    """Print one document."""
    document = {"format": f"huoshui.{name}/1", "as_of": policy.date.isoformat(), **plain(parts)}
    click.echo(json.dumps(document, ensure_ascii=False))
