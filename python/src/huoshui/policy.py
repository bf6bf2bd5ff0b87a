"""Regulation as data: what was in force on a day."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

from huoshui import _huoshui
from huoshui.frames import frame_of
from huoshui.pages import MOST_ROWS, html_table
from huoshui.tables import text_of_file

if TYPE_CHECKING:
    import pandas as pd

    from huoshui.rows import PolicyRow

__all__ = ["Policy", "PolicyPack"]


class PolicyPack:
    """Hold dated, cited rows of regulation, checked: no overlaps, no silent gaps.

    Examples
    --------
    >>> pack = PolicyPack.bundled()
    >>> pack.at("2024-02-04").date
    datetime.date(2024, 2, 4)
    """

    __slots__ = ("_core",)

    def __init__(self, core: _huoshui.PolicyPack) -> None:
        self._core = core

    @classmethod
    def bundled(cls, overlay: str | os.PathLike[str] | PolicyPack | None = None) -> PolicyPack:
        """Return the pack inside the library.

        Parameters
        ----------
        overlay
            A pack of your own, or its CSV file: a series that it holds replaces the bundled one whole.

        Raises
        ------
        Failure
            When the overlay cannot be read.
        """
        pack = cls(_huoshui.PolicyPack.bundled())
        if overlay is None:
            return pack
        user = overlay if isinstance(overlay, PolicyPack) else cls.load(overlay)
        return cls(pack._core.overlaid_with(user._core))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> PolicyPack:
        """Read a pack from a CSV file.

        Raises
        ------
        Failure
            With an issue for each faulty row.
        """
        return cls(_huoshui.PolicyPack.parse(text_of_file(path), Path(path).name))

    @property
    def first_day(self) -> datetime.date:
        """The first day that the pack covers."""
        return datetime.date.fromisoformat(self._core.first_day)

    @property
    def last_day(self) -> datetime.date:
        """The last day that the pack covers."""
        return datetime.date.fromisoformat(self._core.last_day)

    def at(self, day: str | datetime.date, *, low_confidence: bool = False) -> Policy:
        """Return what was in force on a day.

        Parameters
        ----------
        day
            A date or ISO text, `2024-02-04`.
        low_confidence
            Count the rows of low confidence too.

        Raises
        ------
        Failure
            unreadable_value for a text that is no date; date_outside_policy, naming the days covered.
        """
        if isinstance(day, datetime.datetime):
            day = day.date()
        text = day.isoformat() if isinstance(day, datetime.date) else day
        return Policy(self._core.at(text, low_confidence))

    def rows(self) -> list[PolicyRow]:
        """Return all rows, by series and start."""
        return self._core.rows()

    def to_pandas(self) -> pd.DataFrame:
        """Return all rows."""
        rows = self.rows()
        return _frame_of_rows(rows)

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return f"<PolicyPack {len(self)} rows, {self.first_day} to {self.last_day}>"


class Policy:
    """Hold what was in force on one day.

    Examples
    --------
    >>> import huoshui as hs
    >>> policy = hs.Policy.bundled().at("2024-02-04")
    >>> policy.find("lpr.5y")["value"]
    '4.20'
    """

    __slots__ = ("_core",)

    def __init__(self, core: _huoshui.Policy) -> None:
        self._core = core

    @staticmethod
    def bundled(overlay: str | os.PathLike[str] | PolicyPack | None = None) -> PolicyPack:
        """Return the pack inside the library; see `PolicyPack.bundled`."""
        return PolicyPack.bundled(overlay)

    @property
    def date(self) -> datetime.date:
        """The day asked for."""
        return datetime.date.fromisoformat(self._core.date)

    def find(self, series: str) -> PolicyRow | None:
        """Return the row of a series in force on the day, or None."""
        return self._core.find(series)

    def why_dormant(self, series: str) -> tuple[str, PolicyRow] | None:
        """Return why a series that the pack knows has no row in force, and its nearest row; else None."""
        return self._core.find_dormant(series)

    def in_force(self, prefix: str = "") -> list[PolicyRow]:
        """Return the rows in force whose series begins so, by series."""
        return [row for row in self._core.in_force() if row["series"].startswith(prefix)]

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows in force."""
        rows = self.in_force()
        return _frame_of_rows(rows)

    def __repr__(self) -> str:
        return f"<Policy {self.date}: {len(self._core.in_force())} rows in force>"

    def _repr_html_(self) -> str:
        rows = self.in_force()
        shown = [
            (r["series"], r["value"], r["unit"], r["acts_as"], r["document"], r["from"] or "") for r in rows[:MOST_ROWS]
        ]
        header = ["系列", "值", "单位", "作用", "文号", "起"]
        return html_table(f"{self.date} 有效条款 {len(rows)} 条", header, shown, len(rows) - len(shown))


def _frame_of_rows(rows: list[PolicyRow]) -> pd.DataFrame:
    plain = [dict(row) for row in rows]
    return frame_of({name: [row[name] for row in plain] for name in (plain[0] if plain else {})})
