"""Read Excel workbooks as plain data: texts, kinds, number formats and merged ranges, nothing interpreted.

Values are those Excel last stored for each cell; formulas are not computed. All worksheets are read, hidden ones too.
"""

from __future__ import annotations

import datetime
import decimal
import os
import re
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "BrokenWorkbookError",
    "LockedWorkbookError",
    "NotAWorkbookError",
    "SheetCell",
    "SheetContents",
    "WorkbookError",
    "read_xlsx",
]

Kind = Literal["empty", "text", "number", "date"]


class SheetCell(NamedTuple):
    """One cell: its text, how the file typed it, and its number format (empty when general)."""

    text: str
    kind: Kind
    number_format: str


class SheetContents(TypedDict):
    """One worksheet. Rows and columns count from 1; rows without any cell keep their number."""

    name: str
    rows: list[tuple[int, list[SheetCell]]]
    merged: list[tuple[int, int, int, int]]


class WorkbookError(ValueError):
    """A file that cannot be read as a workbook. The message says, in Chinese, what it is and what to do."""


class NotAWorkbookError(WorkbookError):
    """The file is something else: a PDF, an old .xls, a CSV under another name."""


class LockedWorkbookError(WorkbookError):
    """The workbook asks for a password."""


class BrokenWorkbookError(WorkbookError):
    """The file is a workbook by its first bytes but damaged."""


_EMPTY = SheetCell("", "empty", "")
_OUTER_BLANKS = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDF 文件", "请先把其中的表格转成 Excel 或 CSV 再读"),
    (b"{\\rtf", "RTF 文档", "请把其中的表格复制到 Excel 后另存"),
    (b"\x89PNG", "图片", "请先识别成文字表格并人工核对，再存为 xlsx 或 CSV"),
    (b"\xff\xd8\xff", "图片", "请先识别成文字表格并人工核对，再存为 xlsx 或 CSV"),
    (b"Rar!", "压缩包", "请先解压，再读其中的清单文件"),
    (b"7z\xbc\xaf", "压缩包", "请先解压，再读其中的清单文件"),
    (b"\x1f\x8b", "压缩包", "请先解压，再读其中的清单文件"),
)


def read_xlsx(path: str | os.PathLike[str]) -> list[SheetContents]:
    """Read every worksheet of a workbook.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.

    Returns
    -------
    list of SheetContents
        In the order of the workbook.

    Raises
    ------
    FileNotFoundError
        No such file.
    NotAWorkbookError, LockedWorkbookError, BrokenWorkbookError
        All are `WorkbookError`; the message says what the file is and what to do.

    Examples
    --------
    >>> import tempfile, openpyxl
    >>> book = openpyxl.Workbook()
    >>> book.active.append(["总投资（万元）", 0.1 + 0.2, 12000])
    >>> file = Path(tempfile.mkdtemp()) / "a.xlsx"
    >>> book.save(file)
    >>> [cell.text for cell in read_xlsx(file)[0]["rows"][0][1]]
    ['总投资（万元）', '0.3', '12000']
    """
    file = Path(path)
    _refuse_foreign(file)
    # openpyxl takes half a second to import; a CSV user never waits for it.
    import openpyxl

    try:
        with warnings.catch_warnings():
            # Lost drawings, extensions and validations do not touch the cells.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(file, read_only=False, data_only=True, keep_links=False)
    except Exception as error:
        # A damaged file surfaces as whatever its first bad part breaks: zip, XML, key and type errors alike.
        raise BrokenWorkbookError(
            f"文件“{file.name}”已损坏，读不出工作表（{type(error).__name__}）；"
            "请用 Excel 或 WPS 打开修复后另存为 xlsx。"
        ) from error
    try:
        return [_contents(sheet) for sheet in workbook.worksheets]
    finally:
        workbook.close()


def _refuse_foreign(file: Path) -> None:
    name = file.name
    if not file.exists():
        raise FileNotFoundError(f"找不到文件“{file}”；请检查路径和文件名。")
    if file.is_dir():
        raise NotAWorkbookError(f"“{file}”是文件夹；请给出其中工作簿的路径。")
    with file.open("rb") as stream:
        front = stream.read(8)
        if not front:
            raise NotAWorkbookError(f"文件“{name}”是空的；请确认是否保存成功或选错了文件。")
        if front.startswith(_OLE):
            if _ENCRYPTED in front + stream.read():
                raise LockedWorkbookError(f"文件“{name}”加了打开密码；请用密码打开，去掉密码后另存为 xlsx 再读。")
            raise NotAWorkbookError(
                f"文件“{name}”是旧版 Office 文件（xls 或 doc）；请用 Excel 或 WPS 打开后另存为 xlsx 再读。"
            )
    for magic, kind, advice in _FOREIGN:
        if front.startswith(magic):
            raise NotAWorkbookError(f"文件“{name}”其实是{kind}，不是 xlsx；{advice}。")
    if not front.startswith(b"PK"):
        if front.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            raise NotAWorkbookError(
                f"文件“{name}”其实是网页或 XML，不是 xlsx；请用 Excel 或 WPS 打开后另存为 xlsx 再读。"
            )
        raise NotAWorkbookError(f"文件“{name}”不是 xlsx，像是文本（CSV）改了扩展名；请把扩展名改回 csv 再读。")
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenWorkbookError(f"文件“{name}”不完整或已损坏；请重新下载，或用 Excel、WPS 修复后另存。") from error
    if any(part.startswith("xl/") for part in names):
        if any(part == "xl/workbook.bin" for part in names):
            raise NotAWorkbookError(f"文件“{name}”是 xlsb 二进制工作簿；请另存为 xlsx 再读。")
        return
    if any(part.startswith("word/") for part in names):
        raise NotAWorkbookError(f"文件“{name}”其实是 Word 文档；请把其中的表格复制到 Excel 后另存。")
    if "content.xml" in names:
        raise NotAWorkbookError(f"文件“{name}”其实是 ods 表格；请另存为 xlsx 再读。")
    raise NotAWorkbookError(f"文件“{name}”其实是压缩包；请先解压，再读其中的清单文件。")


def _contents(sheet: Worksheet) -> SheetContents:
    # Only the cells that are stored: asking for the full rectangle would make a million empty ones where a stray
    # format stands in the last row of the sheet.
    filled: dict[int, dict[int, SheetCell]] = {}
    for (row, column), cell in sheet._cells.items():
        read = _cell(cell)
        if read.kind != "empty":
            filled.setdefault(row, {})[column] = read
    rows: list[tuple[int, list[SheetCell]]] = []
    for number in range(1, max(filled, default=0) + 1):
        cells = filled.get(number, {})
        rows.append((number, [cells.get(column, _EMPTY) for column in range(1, max(cells, default=0) + 1)]))
    merged = sorted((area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges)
    return {"name": sheet.title, "rows": rows, "merged": merged}


def _cell(cell: Cell | MergedCell) -> SheetCell:
    value: object = cell.value
    if value is None:
        return _EMPTY
    form = str(cell.number_format)
    if form == "General":
        form = ""
    if isinstance(value, bool):
        return SheetCell("TRUE" if value else "FALSE", "text", form)
    if isinstance(value, (int, float, decimal.Decimal)):
        return _number(value, form)
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return SheetCell(value.date().isoformat(), "date", form)
        return SheetCell(value.isoformat(sep=" ", timespec="seconds"), "date", form)
    if isinstance(value, datetime.date):
        return SheetCell(value.isoformat(), "date", form)
    text = str(value).strip(_OUTER_BLANKS)
    return SheetCell(text, "text", form if form != "@" else "") if text else _EMPTY


def _number(value: float | decimal.Decimal, form: str) -> SheetCell:
    """Print a stored number as exact decimal; a percent format moves the point and adds the sign."""
    if isinstance(value, float) and value - value != 0.0:  # infinite or not a number
        return SheetCell(str(value), "text", form)
    # Excel itself shows 15 digits; the 16th and 17th are the float's noise (0.30000000000000004).
    exact = decimal.Decimal(f"{value:.15g}") if isinstance(value, float) else decimal.Decimal(value)
    if _is_percent(form):
        return SheetCell(_plain(exact.scaleb(2)) + "%", "number", form)
    return SheetCell(_plain(exact), "number", form)


def _is_percent(form: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form.split(";")[0])


def _plain(value: decimal.Decimal) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
