"""Read cells: of CSV and Excel files, and of rows that are there already."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from huoshui import _huoshui
from huoshui._huoshui import Issue, Table
from huoshui.errors import Failure

__all__ = ["read_table", "table_of_rows", "text_of_file"]

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
