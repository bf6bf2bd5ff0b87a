"""Fields of records: what may be given for each, how it is read, and what is said when it cannot be.

A record is a dataclass whose fields read what they are given, at birth and at every later assignment. Its words are
those of the C++ struct; it holds base units: money as `Money`, or fen where the name says so, ratios and rates in
millionths, ranges as a pair `(low, high)`.
"""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Generic, Protocol, TypeVar, overload

from huoshui import _huoshui
from huoshui.errors import ContractError
from huoshui.money import Money

__all__ = [
    "Bare",
    "Day",
    "Fen",
    "FenRange",
    "Field",
    "FieldError",
    "MaybeDay",
    "MaybeFen",
    "MaybeMoney",
    "MaybeRange",
    "MaybeTruth",
    "MaybeWhole",
    "MoneyLike",
    "NumberLike",
    "Range",
    "RangeLike",
    "Reader",
    "Sum",
    "Text",
    "Texts",
    "Truth",
    "Whole",
    "amounts_of_units",
    "areas",
    "areas_or_heads",
    "day",
    "fen",
    "fields_of",
    "flag",
    "kilograms",
    "listed",
    "many",
    "maybe",
    "money",
    "months",
    "multiples",
    "names_of",
    "of_json",
    "one",
    "one_or_default",
    "plain",
    "prices",
    "ranged",
    "ratio",
    "record_of",
    "sums",
    "text",
    "texts",
    "texts_of",
    "truth",
    "units",
    "whole",
    "word",
    "year",
    "years",
    "yields",
]

MoneyLike = Money | str
NumberLike = int | str
RangeLike = int | str | tuple[int | str, int | str]

HeldT = TypeVar("HeldT")
HeldT_co = TypeVar("HeldT_co", covariant=True)
GivenT_contra = TypeVar("GivenT_contra", contravariant=True)


class FieldError(ContractError):
    """Say which field cannot be read, what was found and what was expected.

    Attributes
    ----------
    field : str
        The field, with the way to it: `tranches[0].amount`.
    found : str
    expected, expected_en : str

    Examples
    --------
    >>> from huoshui.syndicate import Draw
    >>> try:
    ...     Draw(month=3, amount=300)
    ... except ValueError as error:
    ...     error.field, error.found
    ('amount', '300')
    """

    def __init__(self, field: str, found: str, expected: str, expected_en: str) -> None:
        super().__init__(f"{field}：应为{expected}，实为“{found}” (expected {expected_en}, found {found!r})")
        self.field = field
        self.found = found
        self.expected = expected
        self.expected_en = expected_en

    def under(self, outer: str) -> FieldError:
        """Return the same error, seen from a record further out."""
        inner = f".{self.field}" if self.field and not self.field.startswith("[") else self.field
        return FieldError(outer + inner, self.found, self.expected, self.expected_en)


class Bare(int):
    """A number of a JSON document: read only where the field's name says the unit."""


@dataclasses.dataclass(frozen=True)
class Reader(Generic[HeldT_co]):
    """Read one value; what it cannot read it refuses with `ValueError`, and the field says what was expected."""

    read: Callable[[Any], HeldT_co]
    expected: str
    expected_en: str
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    has_unit: bool = False
    """A bare number of a table takes the unit of its header."""


_REQUIRED = object()


class Field(Generic[HeldT, GivenT_contra]):
    """One field of a record."""

    def __init__(self, reader: Reader[HeldT], default: Any = _REQUIRED, *, zh: str = "") -> None:
        self.reader = reader
        self.default = default
        self.zh = zh
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> HeldT: ...
    @overload
    def __get__(self, instance: object, owner: type) -> HeldT: ...
    def __get__(self, instance: object | None, owner: type) -> HeldT:
        if instance is None:  # dataclass asks for the default so; none means that the field is required
            if self.default is _REQUIRED:
                raise AttributeError(self.name)
            default: HeldT = self.default  # read when it is set
            return default
        try:
            held: HeldT = instance.__dict__[self.name]
        except KeyError:
            raise AttributeError(self.name) from None
        return held

    def __set__(self, instance: object, value: GivenT_contra) -> None:
        instance.__dict__[self.name] = self.take(value)

    def take(self, value: Any) -> HeldT:
        """Read a value for this field.

        Raises
        ------
        FieldError
            When it cannot be read.
        """
        try:
            return self.reader.read(value)
        except FieldError as error:
            raise error.under(self.name) from None
        except (ValueError, TypeError, ArithmeticError):
            shown = value if isinstance(value, str) else repr(int(value) if isinstance(value, Bare) else value)
            raise FieldError(self.name, shown[:80], self.reader.expected, self.reader.expected_en) from None


class _RecordLike(Protocol):
    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]


RecordT = TypeVar("RecordT", bound=_RecordLike)


def fields_of(record: type[Any]) -> dict[str, Field[Any, Any]]:
    """Return the fields of a record, by name."""
    return {each.name: vars(record)[each.name] for each in dataclasses.fields(record)}


_NAMES: dict[Any, dict[str, str]] = {}


def names_of(record: type[Any]) -> dict[str, str]:
    """Return every name that a document or table may call a field by, with the field's own.

    `from` and `yield` are keywords of Python, where their fields are called `from_` and `yield_`.
    """
    if record not in _NAMES:
        known = fields_of(record)
        chinese = {zh: name for name, field in known.items() for zh in field.zh.split("、") if zh}
        _NAMES[record] = chinese | {name.rstrip("_"): name for name in known} | {name: name for name in known}
    return _NAMES[record]


def record_of(record: type[RecordT], given: Mapping[str, Any]) -> RecordT:
    """Make a record of named values.

    Raises
    ------
    FieldError
        For a name that the record does not know, that stands twice or is missing, and for a value that cannot be read.
    """
    known, names = fields_of(record), names_of(record)
    values: dict[str, Any] = {}
    for printed, value in given.items():
        name = names.get(printed)
        if name is None:
            near = difflib.get_close_matches(printed, names, 1)
            hint = f"（是否为 {near[0]}）" if near else ""
            expected = f"下列名称之一{hint}：{'、'.join(known)}"
            raise FieldError(printed, printed, expected, f"one of {', '.join(known)}")
        if name in values:
            raise FieldError(printed, name, "只写一次的名称", "a name that stands once")
        values[name] = value
    for name, field in known.items():
        if name not in values and field.default is _REQUIRED:
            raise FieldError(name, "", f"{field.reader.expected}，不可缺", f"{field.reader.expected_en}; it is missing")
    return record(**values)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise FieldError(twice, twice, "只写一次的名称", "a name that stands once")
    return out


def of_json(document: str) -> Any:
    """Read JSON; its numbers count only where a field's name says their unit.

    Raises
    ------
    FieldError
        When the text is no JSON, with the line and column; or when a name stands twice in one object.
    """
    try:
        return json.loads(document, parse_int=Bare, object_pairs_hook=_once)
    except FieldError:
        raise
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise FieldError(place, error.msg, "JSON（第几行:第几列见左）", "JSON (line:column at the left)") from None
    except ValueError as error:  # a number of thousands of digits
        raise FieldError("", str(error), "JSON", "JSON") from None


def plain(value: Any) -> Any:
    """Return a record as JSON writes it: dictionaries, lists, numbers and texts; money in fen, dates as ISO text.

    Examples
    --------
    >>> plain({"day": datetime.date(2026, 3, 1), "amount": Money.from_yuan(1)})
    {'day': '2026-03-01', 'amount': 100}
    """
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, datetime.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {each.name.rstrip("_"): plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


# Readers.


def maybe(reader: Reader[HeldT]) -> Reader[HeldT | None]:
    """Return a reader that takes None, and in a table an empty cell, for unknown."""

    def read(value: Any) -> HeldT | None:
        return None if value is None or value == "" else reader.read(value)

    return dataclasses.replace(reader, read=read)  # type: ignore[arg-type]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


text = Reader(_text, "文字", "a text")


def word(words: Mapping[str, str]) -> Reader[Any]:
    """Return a reader of a closed list: the words of C++, and the Chinese ones given with them, 、 between."""
    chinese = {zh: name for name, all_zh in words.items() for zh in all_zh.split("、") if zh}

    def read(value: Any) -> str:
        found = _text(value).strip()
        if found in words:
            return found
        if found in chinese:
            return chinese[found]
        raise ValueError

    shown = "、".join(f"{name}（{zh}）" if zh else name for name, zh in words.items())
    return Reader(read, f"下列词之一：{shown}", f"one of {', '.join(words)}", words)


_YES = ("是", "有", "yes", "true", "1", "✓", "√")
_NO = ("否", "无", "no", "false", "0")


def _truth(value: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    found = _text(value).strip().lower()
    if found in _YES:
        return True
    if found in _NO:
        return False
    if found in ("", "不明", "未知", "unknown"):
        return None
    raise ValueError


truth = Reader(_truth, "是、否或留空（不明）", "yes, no or nothing (unknown)")


def _flag(value: Any) -> bool:
    found = _truth(value)
    if found is None:
        raise ValueError
    return found


flag = Reader(_flag, "是或否", "yes or no")


def _money(value: Any) -> Money:
    return value if isinstance(value, Money) else Money.parse(_text(value))


money = Reader(
    _money, "金额并写明单位，如 300万元", "an amount with its unit, Money.from_wan(300) or “300万元”", has_unit=True
)


_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _day(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if _ISO_DAY.fullmatch(_text(value)):
        return datetime.date.fromisoformat(value)
    low, high = _huoshui.read_quantity("date", value)["range"]
    if low is None or low != high:
        raise ValueError
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=low)


day = Reader(_day, "一个日期，如 2026-03-01", "a day, 2026-03-01")

_NUMBER = r"-?\d+(?:,\d{3})*(?:\.\d+)?"
_QUANTITY = re.compile(rf"({_NUMBER})\s*(\S*)")
_SPREAD = re.compile(rf"({_NUMBER})\s*(?:-|–|—|~|～|至)\s*({_NUMBER})\s*(\S+)")


def _number(value: int, named: bool) -> int:
    """Return a bare number; one of a document counts only where the field's name says the unit."""
    if isinstance(value, bool) or (isinstance(value, Bare) and not named):
        raise ValueError
    return int(value)


def _exactly(number: str, factor: int) -> int:
    exact = Decimal(number.replace(",", "")) * factor
    if exact != int(exact):
        raise ValueError
    return int(exact)


def units(factors: Mapping[str, int], expected: str, expected_en: str, *, named: bool = False) -> Reader[int]:
    """Return a reader of whole base units: a number of them, or a text with its unit.

    Parameters
    ----------
    factors
        How many base units each unit is.
    expected, expected_en
        What to say when something else was found.
    named
        The field's name says the base unit, so that bare numbers of a document are clear.
    """

    def read(value: Any) -> int:
        if isinstance(value, int):
            return _number(value, named)
        found = _QUANTITY.fullmatch(_text(value).strip())
        if not found:
            raise ValueError
        unit = found[2].lower().replace("每", "/")
        if unit not in factors:  # a text tells its unit: the name of its column may be another
            raise ValueError
        return _exactly(found[1], factors[unit])

    return Reader(read, expected, expected_en, has_unit=True)


def ranged(reader: Reader[int]) -> Reader[tuple[int, int]]:
    """Return a reader of ranges: one value, a pair, or a text such as 60-80元/吨."""

    def read(value: Any) -> tuple[int, int]:
        if isinstance(value, str) and (found := _SPREAD.fullmatch(value.strip())):
            value = (found[1] + found[3], found[2] + found[3])
        if isinstance(value, (tuple, list)):
            low, high = (reader.read(end) for end in value)
            if low > high:
                raise ValueError
            return low, high
        point = reader.read(value)
        return point, point

    expected = f"{reader.expected}，或（低, 高）一对"
    return Reader(read, expected, f"{reader.expected_en}, or a pair (low, high)", has_unit=reader.has_unit)


def _fen(value: Any, named: bool) -> int:
    if isinstance(value, Money):
        return value.fen
    return _number(value, named) if isinstance(value, int) else Money.parse(_text(value)).fen


whole = dataclasses.replace(units({"": 1}, "整数", "a whole number", named=True), has_unit=False)
fen = Reader[int](
    lambda value: _fen(value, named=True), money.expected, f"{money.expected_en}, or a number of fen", has_unit=True
)
sums = dataclasses.replace(fen, read=lambda value: _fen(value, named=False))


def _months(value: Any) -> int:
    if isinstance(value, int):
        return _number(value, named=True)
    low, high = _huoshui.read_quantity("tenor", _text(value))["range"]
    if low is None or low != high:
        raise ValueError
    return int(low)


months = Reader(_months, "期限并写明单位，如 10年、120个月", "a tenor, “10年”, or a number of months", has_unit=True)
ratio = units(
    {"%": 10_000, "％": 10_000, "‰": 1_000, "bp": 100, "基点": 100}, "比率，如 3.6%", "a ratio, “3.6%”, or millionths"
)
areas = units(
    {"亩": 100, "万亩": 1_000_000, "公顷": 1_500, "mu": 100},
    "面积，如 20800亩",
    "an area, “20800亩”, or hundredths of a mu",
)
kilograms = units(
    {"吨": 1_000, "万吨": 10_000_000, "千克": 1, "公斤": 1, "t": 1_000, "kg": 1, "吨/年": 1_000, "万吨/年": 10_000_000},
    "碳汇量并写明单位，如 6317吨",
    "tonnes, “6317吨”, or a number of kg",
    named=True,
)
yields = units(
    {"吨/亩": 1_000_000, "吨/亩/年": 1_000_000, "吨/亩·年": 1_000_000, "t/mu": 1_000_000},
    "每亩每年的吨数，如 0.3吨/亩",
    "tonnes a mu and year, “0.3吨/亩”, or millionths",
)
_PRICED = ("吨", "亩", "头", "只", "羽", "立方米", "吨标准煤", "千瓦时", "t", "mu", "head")
prices = units(
    {"元": 100, "分": 1, "万元": 1_000_000}
    | {f"元/{each}": 100 for each in _PRICED}
    | {f"万元/{each}": 1_000_000 for each in _PRICED},
    "单价并写明单位，如 70.76元/吨",
    "a price, “70.76元/吨”, or a number of fen",
    named=True,
)
amounts_of_units = units(
    {each: 1_000 for each in _PRICED} | {f"万{each}": 10_000_000 for each in _PRICED},
    "数量并写明单位，如 400头、4794亩",
    "a quantity with its unit, “400头”, or thousandths",
)
multiples = units({"倍": 1_000_000, "x": 1_000_000}, "倍数，如 5倍", "a multiple, “5倍”, or millionths")
areas_or_heads = units(
    {"": 1, "亩": 1, "头": 1, "只": 1, "羽": 1, "户": 1}, "整数，如 30亩、40头", "a whole number, “30亩”", named=True
)
years = units({"年": 1, "": 1}, "年数，如 20年", "a number of years", named=True)
year = dataclasses.replace(years, expected="年份，如 2024", expected_en="a year, “2024”")


def texts_of(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part for part in (each.strip() for each in re.split(r"[、,，;；]", value)) if part)
    if not isinstance(value, Iterable):
        raise ValueError
    return tuple(_text(item) for item in value)


texts = Reader(texts_of, "一串文字，以顿号分隔", "texts")


def listed(reader: Reader[HeldT]) -> Reader[tuple[HeldT, ...]]:
    """Return a reader of several values."""

    def read(value: Any) -> tuple[HeldT, ...]:
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise ValueError
        return tuple(reader.read(item) for item in value)

    return Reader(read, f"若干项，每项为{reader.expected}", f"a list, each {reader.expected_en}")


def one(record: type[RecordT]) -> Reader[RecordT]:
    """Return a reader of a record, or of its named values."""

    def read(value: Any) -> RecordT:
        if isinstance(value, record):
            return value
        if not isinstance(value, Mapping):
            raise FieldError("", str(value)[:80], f"{record.__name__} 的各项", f"a {record.__name__}")
        return record_of(record, value)

    return Reader(read, f"{record.__name__} 的各项", f"a {record.__name__}")


def one_or_default(record: type[RecordT]) -> Reader[RecordT]:
    """Return a reader of a record that takes None for the record of defaults."""
    single = one(record)
    return dataclasses.replace(single, read=lambda value: record() if value is None else single.read(value))


def many(record: type[RecordT]) -> Reader[tuple[RecordT, ...]]:
    """Return a reader of several records."""
    single = one(record)

    def read(value: Any) -> tuple[RecordT, ...]:
        if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
            raise FieldError("", str(value)[:80], f"若干项 {record.__name__}", f"a list of {record.__name__}")
        out = []
        for place, item in enumerate(value):
            try:
                out.append(single.read(item))
            except FieldError as error:
                raise error.under(f"[{place}]") from None
        return tuple(out)

    return Reader(read, f"若干项 {record.__name__}", f"a list of {record.__name__}")


# What fields hold, and what they may be given.

Text = Field[str, str]
Texts = Field[tuple[str, ...], Sequence[str] | str]
Whole = Field[int, int | str]
MaybeWhole = Field[int | None, int | str | None]
Truth = Field[bool, bool | str]
MaybeTruth = Field[bool | None, bool | str | None]
Sum = Field[Money, Money | str]
MaybeMoney = Field[Money | None, Money | str | None]
Fen = Field[int, int | Money | str]
MaybeFen = Field[int | None, int | Money | str | None]
Day = Field[datetime.date, datetime.date | str]
MaybeDay = Field[datetime.date | None, datetime.date | str | None]
Range = Field[tuple[int, int], RangeLike]
MaybeRange = Field[tuple[int, int] | None, RangeLike | None]
FenRange = Field[tuple[int, int] | None, RangeLike | Money | tuple[Money, Money] | None]
