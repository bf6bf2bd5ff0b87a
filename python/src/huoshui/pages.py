"""Small HTML tables for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["MOST_ROWS", "html_table", "points_text"]

MOST_ROWS = 20
"""How many rows a notebook shows before it says how many are left out."""


def html_table(caption: str, header: Sequence[str], rows: Iterable[Sequence[object]], left_out: int = 0) -> str:
    """Return an HTML table with everything escaped.

    Parameters
    ----------
    caption, header, rows
        What to print.
    left_out
        How many further rows exist.

    Examples
    --------
    >>> html_table("表", ["甲"], [["<1>"]])
    '<table><caption>表</caption><thead><tr><th>甲</th></tr></thead><tbody><tr><td>&lt;1&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    if left_out > 0:
        body += f'<tr><td colspan="{len(header)}">…… 另有 {left_out} 行</td></tr>'
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def points_text(millionths: int) -> str:
    """Print points with two decimals, cut, never rounded up.

    Examples
    --------
    >>> points_text(63_259_999)
    '63.25'
    """
    hundredths = millionths // 10_000
    return f"{hundredths // 100}.{hundredths % 100:02d}"
