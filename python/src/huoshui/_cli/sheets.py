"""What the commands of the instruments read: records, from tables with a header and from JSON documents."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from huoshui._cli.options import FunctionT
from huoshui._cli.screen import NO_LIST, Screen, Stop, ending_with
from huoshui.fields import Field, FieldError, Reader, fields_of, names_of, of_json, record_of
from huoshui.tables import text_of_file

__all__ = ["example", "quantity", "read_document", "read_object", "read_record", "read_table", "reading"]

HeldT = TypeVar("HeldT")
RecordT = TypeVar("RecordT", bound=Any)

_UNIT = re.compile(r"^(.*?)\s*[（(]([^（）()]*)[）)]$")
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")
_MOST_FAULTS = 20
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")


def _as_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FieldError("", str(value)[:80], "一个 JSON 对象", "a JSON object")
    return value


def example(text: str) -> Callable[[FunctionT], FunctionT]:
    """Return the option that prints an invented input and ends."""

    def show(context: click.Context, _parameter: click.Parameter, given: bool) -> None:
        if given and not context.resilient_parsing:
            click.echo(text, nl=False)
            context.exit()

    return click.option(
        "--example",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="打印一份可直接运行的示例输入（虚构） print an invented input that runs as is",
    )


@contextmanager
def reading(place: str, screen: Screen) -> Iterator[None]:
    """Turn a field that cannot be read into the end of the command, with its place."""
    try:
        yield
    except FieldError as error:
        raise Stop(NO_LIST, _fault(screen, place, error.field, error)) from error


def _fault(screen: Screen, place: str, field: str, error: FieldError) -> str:
    found = error.found or screen.say("空", "nothing")
    place += f"“{field}”" if field else ""
    return screen.say(
        f"{place}：应为{error.expected}；实为“{found}”。",
        f"{place}: expected {error.expected_en}; found “{found}”.",
    )


def read_document(path: str, screen: Screen) -> Any:
    """Read a JSON file."""
    with ending_with(NO_LIST, screen), reading(screen.say(f"文件“{path}”", f"“{path}” "), screen):
        return of_json(text_of_file(path))


def quantity(reader: Reader[HeldT]) -> Callable[[click.Context, click.Parameter, str | None], HeldT | None]:
    """Return the callback of an option that is read as a field is."""

    def read(_context: click.Context, _parameter: click.Parameter, value: str | None) -> HeldT | None:
        try:
            return None if value is None else reader.read(value)
        except ValueError:
            raise click.BadParameter(f"应为{reader.expected} (expected {reader.expected_en}, not “{value}”)") from None

    return read


def read_object(path: str, screen: Screen) -> dict[str, Any]:
    """Read a JSON file that holds one object."""
    document = read_document(path, screen)
    with reading(screen.say(f"文件“{path}”", f"“{path}” "), screen):
        return _as_object(document)


def read_record(path: str, document: Any, record: type[RecordT], screen: Screen) -> RecordT:
    """Make a record of a JSON object."""
    with reading(screen.say(f"文件“{path}”", f"“{path}” "), screen):
        return record_of(record, _as_object(document))


def read_table(path: str, record: type[RecordT], screen: Screen) -> list[RecordT]:
    """Read a table, one record a row; every cell that cannot be read is named before the command ends.

    A column is called by its field or by a Chinese word for it; a unit in brackets goes for bare numbers below it.
    Empty cells are unknown.
    """
    known = fields_of(record)
    names = names_of(record)
    rows = _rows(path, screen)
    number, header = next(rows, (1, []))
    columns: list[tuple[str, str, Field[Any, Any]] | None] = []
    faults: list[str] = []
    for printed in header:
        title, unit = _title(printed)
        name = names.get(title)
        if name is None and printed.strip():
            faults.append(
                screen.say(
                    f"{_place(path, number, screen)}不认得列名“{printed}”；可用的列：{'、'.join(_titles(known))}。",
                    f"{_place(path, number, screen)}no such column “{printed}”; columns: {', '.join(known)}.",
                )
            )
        elif name is not None and any(column is not None and column[0] == name for column in columns):
            faults.append(
                screen.say(
                    f"{_place(path, number, screen)}列“{printed}”出现两次（{name}）。",
                    f"{_place(path, number, screen)}the column “{printed}” stands twice ({name}).",
                )
            )
        columns.append(None if name is None else (name, unit, known[name]))
    if faults:
        raise Stop(NO_LIST, "\n".join(faults))
    out = []
    for number, cells in rows:
        given: dict[str, Any] = {}
        clean = len(faults)
        for place, cell in enumerate(cells):
            found = cell.strip()
            if not found:
                continue
            column = columns[place] if place < len(columns) else None
            if column is None:
                faults.append(
                    screen.say(
                        f"{_place(path, number, screen)}第 {place + 1} 列没有列名，却写有“{found}”。",
                        f"{_place(path, number, screen)}column {place + 1} has no name but holds “{found}”.",
                    )
                )
                continue
            name, unit, field = column
            try:
                given[name] = field.take(found + unit if field.reader.has_unit and _NUMBER.fullmatch(found) else found)
            except FieldError as error:
                error.found = found
                faults.append(_fault(screen, _place(path, number, screen), header[place], error))
        if not given or len(faults) > clean:
            continue
        try:
            out.append(record_of(record, given))
        except FieldError as error:
            faults.append(
                _fault(screen, _place(path, number, screen), _titles({error.field: known[error.field]})[0], error)
            )
    if faults:
        left = len(faults) - _MOST_FAULTS
        if left > 0:
            faults[_MOST_FAULTS:] = [screen.say(f"…… 另有 {left} 处", f"… and {left} more")]
        raise Stop(NO_LIST, "\n".join(faults))
    return out


def _titles(fields: Mapping[str, Field[Any, Any]]) -> list[str]:
    return [field.zh.split("、")[0] or name for name, field in fields.items()]


def _title(printed: str) -> tuple[str, str]:
    title = "".join(printed.split())
    found = _UNIT.fullmatch(title)
    return (found[1], found[2]) if found else (title, "")


def _place(path: str, number: int, screen: Screen) -> str:
    return screen.say(f"文件“{path}”第 {number} 行", f"“{path}” row {number}, ")


def _rows(path: str, screen: Screen) -> Iterator[tuple[int, list[str]]]:
    """Give every row that is not blank, with its number in the file."""
    if Path(path).suffix.lower() in _WORKBOOKS:
        raise Stop(
            NO_LIST,
            screen.say(
                f"文件“{path}”：这里只读 CSV；请另存为 CSV。", f"“{path}”: tables are read from CSV here; save as CSV."
            ),
        )
    with ending_with(NO_LIST, screen):
        text = text_of_file(path)
    reader = csv.reader(text.splitlines(keepends=True))
    number = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield number, row
            number = reader.line_num + 1
    except csv.Error as error:
        raise Stop(
            NO_LIST,
            screen.say(
                f"{_place(path, number, screen)}不是 CSV（{error}）；请重新另存。",
                f"{_place(path, number, screen)}no CSV ({error}); save it anew.",
            ),
        ) from error
