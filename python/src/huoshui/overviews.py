"""What a whole list comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from huoshui import _huoshui
from huoshui.frames import frame_of
from huoshui.pages import MOST_ROWS, html_table

if TYPE_CHECKING:
    import pandas as pd

    from huoshui.catalogue import Catalogue
    from huoshui.lists import ProjectList

__all__ = ["Columns", "Overview"]


class Columns(Mapping[str, Any]):
    """Hold a small table as named columns: NumPy arrays for numbers, lists for words.

    Examples
    --------
    >>> import numpy as np
    >>> table = Columns("表", {"key": ["甲"], "pairs": np.array([3])})
    >>> table["pairs"].sum(), len(table.rows())
    (np.int64(3), 1)
    """

    def __init__(self, title: str, columns: Mapping[str, Any]) -> None:
        self.title = title
        self._columns = dict(columns)

    def __getitem__(self, name: str) -> Any:
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows."""
        return list(zip(*self._columns.values(), strict=True))

    def to_pandas(self) -> pd.DataFrame:
        """Return a frame."""
        return frame_of(self._columns)

    def __repr__(self) -> str:
        return f"<Columns {self.title}: {len(self.rows())} rows, {', '.join(self._columns)}>"

    def _repr_html_(self) -> str:
        rows = self.rows()
        return html_table(self.title, list(self._columns), rows[:MOST_ROWS], len(rows) - MOST_ROWS)


def _columns(title: str, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Columns:
    import numpy as np  # not at the top, see answers

    columns: dict[str, Any] = {}
    for position, name in enumerate(names):
        values = [row[position] for row in rows]
        numeric = name in _NUMBERS
        columns[name] = np.array(values, dtype=np.int64) if numeric else values
        if numeric:
            columns[name].flags.writeable = False
    return Columns(title, columns)


_NUMBERS = {"pairs_alone", "pairs_touched", "projects", "money_fen", "pairs", "products", "permitted", "possible"}


class Overview:
    """Sum up a list: counts, the county × instrument map, the columns that would settle most, the nearest misses.

    Attributes
    ----------
    missing : Columns
        Columns that the list lacks, the one that settles most first.
    near_misses : Columns
        Single changes, the one that opens most doors first.
    heat : Columns
        Permitted and possible pairs of each county and instrument.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> seen = hs.match(hs.bundled_projects(), catalogue).overview()
    >>> pairs = seen.pairs_permitted + seen.pairs_undecided + seen.pairs_refused
    >>> pairs == (seen.projects - seen.collections) * len(catalogue)  # collections are never matched
    True
    """

    _COUNTS: ClassVar[tuple[str, ...]] = (
        "projects",
        "collections",
        "projects_with_permitted",
        "projects_with_possible_only",
        "pairs_permitted",
        "pairs_undecided",
        "pairs_refused",
        "total_investment",
        "financing_need",
        "need_known",
    )

    def __init__(self, core: _huoshui.Overview, projects: ProjectList, catalogue: Catalogue) -> None:
        self._core = core
        read = core.to_dict(projects._core, catalogue._core)
        self.projects: int = read["projects"]
        self.collections: int = read["collections"]
        self.projects_with_permitted: int = read["projects_with_permitted"]
        self.projects_with_possible_only: int = read["projects_with_possible_only"]
        self.pairs_permitted: int = read["pairs_permitted"]
        self.pairs_undecided: int = read["pairs_undecided"]
        self.pairs_refused: int = read["pairs_refused"]
        self.total_investment: int = read["total_investment"]
        self.financing_need: int = read["financing_need"]
        self.need_known: int = read["need_known"]
        self.heat = _columns(
            "县区 × 金融工具",
            ("county", "county_name", "instrument", "instrument_zh", "permitted", "possible"),
            read["heat"],
        )
        self.missing = _columns(
            "补什么最有用",
            ("key", "name_zh", "name_en", "pairs_alone", "pairs_touched", "projects", "money_fen"),
            read["missing"],
        )
        self.near_misses = _columns(
            "差一步",
            (
                "key",
                "name_zh",
                "remedy",
                "added",
                "added_zh",
                "pairs",
                "projects",
                "products",
                "money_fen",
                "examples",
            ),
            read["near_misses"],
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the counts; money in fen."""
        return {name: getattr(self, name) for name in self._COUNTS}

    def to_pandas(self, table: str = "missing") -> pd.DataFrame:
        """Return one of `missing`, `near_misses` and `heat`."""
        columns: Columns = {"missing": self.missing, "near_misses": self.near_misses, "heat": self.heat}[table]
        return columns.to_pandas()

    def __repr__(self) -> str:
        return (
            f"<Overview {self.projects} projects: {self.projects_with_permitted} with permitted offers, "
            f"{self.projects_with_possible_only} with possible ones only>"
        )

    def _repr_html_(self) -> str:
        money = _huoshui.format_money
        rows = [
            ("项目", self.projects),
            ("其中项目集合", self.collections),
            ("有可对接产品", self.projects_with_permitted),
            ("仅有待补充产品", self.projects_with_possible_only),
            ("总投资合计", money(self.total_investment)),
            ("融资需求合计", f"{money(self.financing_need)}（{self.need_known} 个项目写明）"),
        ]
        return html_table("总览", ["事项", "数"], rows) + self.missing._repr_html_() + self.near_misses._repr_html_()
