"""Read project lists and handbooks."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar, overload

from huoshui import _huoshui
from huoshui._huoshui import Dictionaries as CoreDictionaries
from huoshui._huoshui import Issue, Product, Project, Table
from huoshui.errors import ContractError, Failure
from huoshui.frames import frame_of
from huoshui.pages import MOST_ROWS, html_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Dictionaries",
    "ProductList",
    "ProjectList",
    "RowCounts",
    "bundled_products",
    "bundled_projects",
    "load_products",
    "load_projects",
    "read_table",
    "table_of_rows",
]

_WORKBOOKS = (".xlsx", ".xlsm")
_ADVICE = {
    ".xls": "旧版 Excel（xls）不能直接读；请用 Excel 或 WPS 打开后另存为 xlsx 或 CSV",
    ".et": "WPS 表格（et）不能直接读；请另存为 xlsx 或 CSV",
    ".ods": "ods 表格不能直接读；请另存为 xlsx 或 CSV",
    ".xlsb": "xlsb 工作簿不能直接读；请另存为 xlsx",
    ".pdf": "PDF 不能直接读；请先把其中的表格转成 Excel 或 CSV",
    ".doc": "Word 文档不能直接读；请把其中的表格复制到 Excel 后另存",
    ".docx": "Word 文档不能直接读；请把其中的表格复制到 Excel 后另存",
    ".wps": "WPS 文字文档不能直接读；请把其中的表格复制到 Excel 后另存",
    ".png": "图片不能直接读；请先识别成文字表格并人工核对",
    ".jpg": "图片不能直接读；请先识别成文字表格并人工核对",
    ".jpeg": "图片不能直接读；请先识别成文字表格并人工核对",
    ".zip": "压缩包不能直接读；请先解压",
    ".rar": "压缩包不能直接读；请先解压",
}


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


class Dictionaries:
    """Hold everything that a reader of lists looks words up in; immutable.

    Examples
    --------
    >>> Dictionaries.bundled().region_name("441625")
    '广东省河源市东源县'
    """

    __slots__ = ("_core",)

    def __init__(self, core: CoreDictionaries) -> None:
        self._core = core

    @classmethod
    def bundled(cls) -> Dictionaries:
        """Return the edition inside the library."""
        return cls(CoreDictionaries.bundled())

    def with_regions(self, path: str | os.PathLike[str]) -> Dictionaries:
        """Return a copy with a newer table of regions.

        Raises
        ------
        Failure
            With an issue for each bad row.
        """
        return Dictionaries(self._core.with_regions(text_of_file(path), Path(path).name))

    def with_industries(self, path: str | os.PathLike[str]) -> Dictionaries:
        """Return a copy with a newer table of industries.

        Raises
        ------
        Failure
            With an issue for each bad row.
        """
        return Dictionaries(self._core.with_industries(text_of_file(path), Path(path).name))

    def region_name(self, code: str) -> str:
        """Return the full name of a region, empty when the code is unknown."""
        return self._core.region_name(code)

    def industry_name(self, code: str) -> str:
        """Return the name of an industry, empty when the code is unknown."""
        return self._core.industry_name(code)


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
    """Sequence manners over items that C++ holds; ids serve as well as positions."""

    _noun = "条目"

    def __init__(self, held: _Held[ItemT]) -> None:
        self._items: _Held[ItemT] = held
        self.ids: tuple[str, ...] = tuple(held.ids)
        self.issues: tuple[Issue, ...] = tuple(held.issues)
        self._index = {name: position for position, name in reversed(list(enumerate(self.ids)))}

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


def text_of_file(path: str | os.PathLike[str]) -> str:
    """Return a UTF-8 or GB 18030 file as text.

    Raises
    ------
    Failure
        With file_not_found, file_unreadable or encoding_error.
    """
    file = Path(path)
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise Failure([Issue("file_not_found", f"找不到文件“{file}”；请检查路径和文件名。", file=file.name)]) from None
    except OSError as error:
        raise Failure(
            [
                Issue(
                    "file_unreadable",
                    f"文件“{file}”打不开（{error.strerror}）；请检查是否有权限、是否为文件夹。",
                    file=file.name,
                )
            ]
        ) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Failure(
        [
            Issue(
                "encoding_error",
                f"文件“{file.name}”不是 UTF-8 也不是 GB 18030；请另存为 UTF-8 的 CSV。",
                file=file.name,
            )
        ]
    )


def table_of_rows(rows: Iterable[Sequence[str]], *, file: str = "表") -> Table:
    """Make a table of texts, header first.

    Parameters
    ----------
    rows
        Rows of cell texts.
    file
        The name that places and issues print.

    Examples
    --------
    >>> len(table_of_rows([["项目名称"], ["某项目"]]))
    2
    """
    numbered = [
        (number, [(cell, "text" if cell else "empty", "") for cell in row]) for number, row in enumerate(rows, start=1)
    ]
    return _huoshui.table_of(file, "utf-8", [{"name": "", "rows": numbered, "merged": []}])


def read_table(path: str | os.PathLike[str]) -> Table:
    r"""Read the cells of a CSV or Excel file.

    Parameters
    ----------
    path
        A .csv, .txt, .tsv, .xlsx or .xlsm file.

    Raises
    ------
    Failure
        file_not_found, file_empty or file_unreadable, with what the file is and what to do.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "清单.csv"
    >>> _ = file.write_text("项目名称,总投资（万元）\n某项目,300\n", encoding="utf-8")
    >>> read_table(file)
    <Table 清单.csv: 2 rows>
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if not file.exists():
        raise Failure([Issue("file_not_found", f"找不到文件“{file}”；请检查路径和文件名。", file=file.name)])
    if file.is_dir():
        raise Failure([Issue("file_unreadable", f"“{file}”是文件夹；请给出其中清单文件的路径。", file=file.name)])
    if file.stat().st_size == 0:
        raise Failure(
            [
                Issue(
                    "file_empty", f"文件“{file.name}”是空的（0 字节）；请检查是否保存成功或选错了文件。", file=file.name
                )
            ]
        )
    if suffix in _WORKBOOKS:
        from huoshui.xlsx import WorkbookError, read_xlsx

        try:
            return _huoshui.table_of(file.name, "xlsx", read_xlsx(file))
        except WorkbookError as error:
            raise Failure([Issue("file_unreadable", str(error), file=file.name)]) from error
    if suffix in _ADVICE:
        raise Failure([Issue("file_unreadable", f"文件“{file.name}”：{_ADVICE[suffix]}。", file=file.name)])
    return _huoshui.load_csv(str(file))


def _core_of(dictionaries: Dictionaries | None) -> CoreDictionaries:
    return (dictionaries or Dictionaries.bundled())._core


def load_projects(source: str | os.PathLike[str] | Table, dictionaries: Dictionaries | None = None) -> ProjectList:
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
    table = source if isinstance(source, Table) else read_table(source)
    return ProjectList(_huoshui.read_projects(table, _core_of(dictionaries)))


def load_products(source: str | os.PathLike[str] | Table, dictionaries: Dictionaries | None = None) -> ProductList:
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
    table = source if isinstance(source, Table) else read_table(source)
    return ProductList(_huoshui.read_products(table, _core_of(dictionaries)), table.file)


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
        _huoshui.bundled_products(_core_of(dictionaries), illustrative), "示例产品手册" if illustrative else "产品手册"
    )


def bundled_projects(dictionaries: Dictionaries | None = None) -> ProjectList:
    """Read the sample list inside the library: published projects of 河源.

    Examples
    --------
    >>> import huoshui as hs
    >>> len(hs.bundled_projects()) > 0
    True
    """
    return ProjectList(_huoshui.bundled_projects(_core_of(dictionaries)))
