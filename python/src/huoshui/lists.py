"""Read project lists and handbooks."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar, overload

from huoshui import _huoshui
from huoshui._huoshui import Issue, Product, Project, Table
from huoshui.dictionaries import Dictionaries, core_of
from huoshui.errors import ContractError
from huoshui.frames import frame_of
from huoshui.pages import MOST_ROWS, html_table
from huoshui.tables import read_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ProductList",
    "ProjectList",
    "RowCounts",
    "bundled_products",
    "bundled_projects",
    "load_products",
    "load_projects",
]


class RowCounts(NamedTuple):
    """What became of the rows of a list; read = projects + issues + other.

    Examples
    --------
    >>> RowCounts(10, 7, 1, 2).read
    10
    """

    read: int
    projects: int
    issues: int
    other: int


ItemT = TypeVar("ItemT", Project, Product)
ItemT_co = TypeVar("ItemT_co", covariant=True)


class _Held(Protocol[ItemT_co]):
    @property
    def ids(self) -> list[str]: ...
    @property
    def issues(self) -> list[Issue]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> ItemT_co: ...


class _Rows(Sequence[ItemT], Generic[ItemT]):
    """Sequence manners over items that C++ holds; ids serve as well as positions.

    The items stay where they were read: an item is a reference that keeps its list alive, and Python objects are made
    only for what is asked for.
    """

    _noun = "条目"

    def __init__(self, held: _Held[ItemT]) -> None:
        self._items: _Held[ItemT] = held

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the order of the list."""
        return tuple(self._items.ids)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Every cell that could not be taken over."""
        return tuple(self._items.issues)

    @cached_property
    def _index(self) -> dict[str, int]:
        # Backwards, so that the first of two equal ids is the one found.
        return {name: position for position, name in reversed(list(enumerate(self.ids)))}

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int | str) -> ItemT: ...
    @overload
    def __getitem__(self, index: slice) -> list[ItemT]: ...
    def __getitem__(self, index: int | str | slice) -> ItemT | list[ItemT]:
        if isinstance(index, slice):
            return [self._items[i] for i in range(*index.indices(len(self)))]
        if isinstance(index, str):
            return self._items[self.index_of(index)]
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError("list index out of range")
        return self._items[position]

    def __iter__(self) -> Iterator[ItemT]:
        return (self._items[i] for i in range(len(self)))

    def __contains__(self, value: object) -> bool:
        if isinstance(value, str):
            return value in self._index
        return super().__contains__(value)

    def index_of(self, name: str) -> int:
        """Return the position of an id.

        Raises
        ------
        ContractError
            When no item has this id.
        """
        try:
            return self._index[name]
        except KeyError:
            raise ContractError(f"没有编号为“{name}”的{self._noun}；{nearest_ids(name, self.ids)}") from None


class ProjectList(_Rows[Project]):
    """Hold the projects of a list, with every cell that could not be taken over.

    Attributes
    ----------
    issues : tuple of Issue
    rows : RowCounts
    ids : tuple of str
    file : str

    Examples
    --------
    >>> import huoshui as hs
    >>> table = hs.table_of_rows([["项目名称", "县区", "总投资（万元）"], ["某茶园项目", "东源县", "300"]])
    >>> projects = hs.load_projects(table)
    >>> projects.rows
    RowCounts(read=2, projects=1, issues=0, other=1)
    >>> projects[0].facts["total_investment"].words()
    '300万元'
    """

    _noun = "项目"

    def __init__(self, core: _huoshui.Projects) -> None:
        super().__init__(core)
        self._core = core
        self.rows = RowCounts(*core.rows)
        self.file: str = core.file

    @classmethod
    def of(cls, projects: Iterable[Project], dictionaries: Dictionaries | None = None) -> ProjectList:
        """Return a list of projects that stand in other lists, copied once.

        Parameters
        ----------
        projects
            In the order wanted.
        dictionaries
            What names places in answers; the bundled ones by default.

        Raises
        ------
        ContractError
            When two projects have one id.

        Examples
        --------
        >>> import huoshui as hs
        >>> projects = hs.bundled_projects()
        >>> hs.ProjectList.of(reversed(projects)).ids == projects.ids[::-1]
        True
        """
        return cls(_huoshui.Projects.of(list(projects), core_of(dictionaries)))

    @property
    def has_errors(self) -> bool:
        """Tell whether some issue lost a value or a row."""
        return any(issue.severity == "error" for issue in self.issues)

    def only(self, ids: Iterable[str]) -> ProjectList:
        """Return the list with these projects alone, in the order of the list; issues and counts stay.

        Raises
        ------
        ContractError
            When an id is unknown.
        """
        wanted = sorted({self.index_of(name) for name in ids})
        return ProjectList(self._core.only(wanted))

    def to_json(self) -> str:
        """Return the list as `huoshui.check/1`."""
        return _huoshui.check_json(self._core)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each project; every fact as `<key>_min` and `<key>_max` with its unit, or its codes.

        Notes
        -----
        Units: money in fen, lengths of time in months, areas in thirds of a square metre, ratios in millionths, dates
        as ISO text. Unknown ends are missing, never zero.
        """
        columns: dict[str, list[Any]] = {"id": [], "name": [], "row": [], "is_collection": []}
        seen: dict[str, Any] = {}
        facts = [project.facts for project in self]
        for record in facts:
            for key, fact in record.items():
                seen.setdefault(key, fact.kind)
        order = [entry[0] for entry in _huoshui.fact_infos() if entry[0] in seen]
        for project, record in zip(self, facts, strict=True):
            columns["id"].append(project.id)
            columns["name"].append(project.name)
            columns["row"].append(project.row)
            columns["is_collection"].append(project.is_collection)
            for key in order:
                found = record.get(key)
                kind = seen[key]
                if kind == "codes":
                    columns.setdefault(key, []).append(";".join(found.codes) if found else None)
                elif kind == "boolean":
                    columns.setdefault(key, []).append(bool(found.min) if found and found.min == found.max else None)
                else:
                    unit = _UNITS[kind]
                    for end in ("min", "max"):
                        value = getattr(found, end) if found else None
                        columns.setdefault(f"{key}_{end}{unit}", []).append(
                            iso_of_day(value) if kind == "date" and value is not None else value
                        )
        frame = frame_of(columns)
        whole = [
            name for name in frame.columns if name.endswith(tuple(u for u in _UNITS.values() if u)) or name == "row"
        ]
        counts = [f"{key}_{end}" for key in order if seen[key] == "count" for end in ("min", "max")]
        return frame.astype(dict.fromkeys(whole + counts, "Int64"))

    def __repr__(self) -> str:
        return f"<ProjectList {self.file}: {len(self)} projects, {len(self.issues)} issues>"

    def _repr_html_(self) -> str:
        rows = [
            (p.id, p.name, words(p, "region"), words(p, "total_investment"), words(p, "financing_need"), p.row)
            for p in self[:MOST_ROWS]
        ]
        counts = f"读入 {self.rows.read} 行：项目 {self.rows.projects}，有错 {self.rows.issues}，其他 {self.rows.other}"
        caption = f"{self.file}（{counts}；问题 {len(self.issues)} 条）"
        header = ["编号", "项目名称", "地区", "总投资", "融资需求", "行"]
        return html_table(caption, header, rows, len(self) - len(rows))


_UNITS: Mapping[str, str] = {
    "money": "_fen",
    "months": "_months",
    "area": "_third_m2",
    "ratio": "_millionths",
    "count": "",
    "date": "",
}


class ProductList(_Rows[Product]):
    """Hold the products of a handbook, with every row or term that could not be taken over.

    Attributes
    ----------
    issues : tuple of Issue
    ids : tuple of str

    Examples
    --------
    >>> import huoshui as hs
    >>> products = hs.bundled_products()
    >>> products["P001"].institution
    '龙川农商银行'
    """

    _noun = "产品"

    def __init__(self, core: _huoshui.Products, file: str) -> None:
        super().__init__(core)
        self._core = core
        self.file = file

    @property
    def has_errors(self) -> bool:
        """Tell whether some product was taken out of the handbook or lost a term."""
        return any(issue.severity == "error" for issue in self.issues)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each product; ends that the handbook does not disclose are missing."""
        columns: dict[str, list[Any]] = {}
        for product in self:
            record: dict[str, Any] = {
                "id": product.id,
                "name": product.name,
                "institution": product.institution,
                "institution_type": product.institution_type,
                "instrument": product.instrument,
                "instrument_zh": product.instrument_zh,
                "measures": ";".join(product.measures),
                "regions": product.regions,
                "amount_min_fen": product.amount[0],
                "amount_max_fen": product.amount[1],
                "tenor_min_months": product.tenor[0],
                "tenor_max_months": product.tenor[1],
                "rate_min_millionths": product.rate[0],
                "rate_max_millionths": product.rate[1],
                "confidence": product.confidence,
                "illustrative": product.illustrative,
            }
            for name, value in record.items():
                columns.setdefault(name, []).append(value)
        frame = frame_of(columns)
        return frame.astype(
            {name: "Int64" for name in frame.columns if name.endswith(("_fen", "_months", "_millionths"))}
        )

    def __repr__(self) -> str:
        return f"<ProductList {self.file}: {len(self)} products, {len(self.issues)} issues>"

    def _repr_html_(self) -> str:
        rows = [(p.id, p.name, p.institution, p.instrument_zh, p.confidence) for p in self[:MOST_ROWS]]
        kinds = Counter(p.instrument_zh for p in self)
        caption = f"{self.file}（产品 {len(self)} 项，金融工具 {len(kinds)} 类；问题 {len(self.issues)} 条）"
        return html_table(caption, ["编号", "产品", "机构", "金融工具", "可信度"], rows, len(self) - len(rows))


def words(project: Project, key: str) -> str:
    """Return a fact of a project in words, `—` when it is absent."""
    fact = project.facts.get(key)
    if fact is None:
        return "—"
    return fact.text or fact.words() if fact.kind == "codes" else fact.words()


def iso_of_day(day: int) -> str:
    """Return a day number as ISO text.

    Examples
    --------
    >>> iso_of_day(0)
    '1970-01-01'
    """
    import datetime

    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()


def nearest_ids(name: str, ids: Sequence[str]) -> str:
    """Say which ids come close to a name that is none."""
    import difflib

    close = difflib.get_close_matches(name, ids[:5000], n=3, cutoff=0.5)
    if close:
        return f"相近的有：{'、'.join(close)}"
    return f"例如：{'、'.join(ids[:3])}" if ids else "清单中没有任何条目"


Source = str | os.PathLike[str] | Table


def _table_of(source: Source) -> Table:
    return source if isinstance(source, Table) else read_table(source)


def load_projects(source: Source, dictionaries: Dictionaries | None = None) -> ProjectList:
    """Read a project list.

    Parameters
    ----------
    source
        The path of a .csv or .xlsx file, or a table.
    dictionaries
        Newer tables of regions or industries; the bundled ones by default.

    Raises
    ------
    Failure
        When the file cannot be read or shows no header. Bad cells do not fail: they stand in `.issues`.

    Examples
    --------
    >>> import huoshui as hs
    >>> table = hs.table_of_rows([["项目名称", "县区", "融资需求"], ["某水厂", "东源县", "8000"]])
    >>> [issue.code for issue in hs.load_projects(table).issues]
    ['unknown_unit']
    """
    return ProjectList(_huoshui.read_projects(_table_of(source), core_of(dictionaries)))


def load_products(source: Source, dictionaries: Dictionaries | None = None) -> ProductList:
    """Read a handbook.

    Parameters
    ----------
    source
        The path of a .csv or .xlsx file, or a table.
    dictionaries
        Newer tables of regions or industries; the bundled ones by default.

    Raises
    ------
    Failure
        When the file cannot be read or shows no header. A product with a term that cannot be understood is left out,
        with an issue.

    Examples
    --------
    >>> import huoshui as hs
    >>> header = ["编号", "产品名称", "机构", "金融工具", "必备条件"]
    >>> table = hs.table_of_rows([header, ["A1", "某贷", "某行", "working_capital_loan", "融资需求 <= 500"]])
    >>> [issue.code for issue in hs.load_products(table).issues]
    ['unknown_unit']
    """
    table = _table_of(source)
    return ProductList(_huoshui.read_products(table, core_of(dictionaries)), table.file)


def bundled_products(*, illustrative: bool = False, dictionaries: Dictionaries | None = None) -> ProductList:
    """Read the handbook inside the library.

    Parameters
    ----------
    illustrative
        The complete, invented products marked 示例 instead of the real, published ones.
    dictionaries
        Newer tables of regions or industries; the bundled ones by default.

    Examples
    --------
    >>> import huoshui as hs
    >>> hs.bundled_products(illustrative=True)[0].illustrative
    True
    """
    return ProductList(
        _huoshui.bundled_products(core_of(dictionaries), illustrative), "示例产品手册" if illustrative else "产品手册"
    )


def bundled_projects(dictionaries: Dictionaries | None = None, *, illustrative: bool = False) -> ProjectList:
    """Read the sample list inside the library: published projects of 河源.

    Parameters
    ----------
    dictionaries
        Newer tables of regions or industries; the bundled ones by default.
    illustrative
        An invented list marked 示例 instead, that states what the published one leaves out: needs, tenors,
        certificates, claims.

    Examples
    --------
    >>> import huoshui as hs
    >>> len(hs.bundled_projects()) > 0
    True
    >>> hs.bundled_projects(illustrative=True)[0].name
    '示例·跨县供水与道路一体化'
    """
    return ProjectList(_huoshui.bundled_projects(core_of(dictionaries), illustrative))
