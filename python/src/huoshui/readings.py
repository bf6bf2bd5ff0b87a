"""Read the words of one cell, alone: what the library makes of them and why."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any, Literal, get_args

from huoshui import _huoshui
from huoshui.dictionaries import Dictionaries
from huoshui.errors import ContractError
from huoshui.lists import iso_of_day

__all__ = ["KINDS", "Kind", "parse"]

Kind = Literal[
    "money",
    "tenor",
    "area",
    "rate",
    "date",
    "count",
    "place",
    "category",
    "industry",
    "borrower",
    "security",
    "condition",
]
KINDS: tuple[str, ...] = get_args(Kind)
_QUANTITIES = ("money", "tenor", "area", "rate", "date", "count")
_THIRDS_PER_MU = 2000


def parse(
    text: str,
    kind: str,
    *,
    header: str = "",
    county: str = "",
    prose: bool = False,
    dictionaries: Dictionaries | None = None,
) -> dict[str, Any]:
    """Read one cell.

    Parameters
    ----------
    text
        The words of the cell.
    kind
        money, tenor, area, rate, date, count, place, category, industry, borrower, security or condition.
    header
        The column's header, for its unit: 总投资（万元）.
    county
        For a place: the row's own county, a name or a code.
    prose
        For a place: the text is a title that may hold a place among other words.
    dictionaries
        Newer tables of regions or industries; the bundled ones by default.

    Returns
    -------
    dict
        `text`, `kind`, `flags`, `ambiguous`, `approximate`, `reading`, and by kind: `min` and `max` (money in fen,
        tenor in months, area in thirds of a square metre and `mu` as decimal text, rate in millionths a year with
        `base` and `spread`, dates as ISO text) with their `unit` and the `written_unit` that decided; or `codes`,
        `names`, `words`, `basis`. The contract is docs/json.md, `huoshui.parse/1`.

    Raises
    ------
    ContractError
        When the kind is unknown.
    Failure
        When a condition is not understood.

    Examples
    --------
    >>> import huoshui as hs
    >>> hs.parse("300-500万元", "money")["max"]
    500000000
    >>> hs.parse("100亩", "area")["mu"]
    '100'
    >>> hs.parse("东源县顺天镇", "place")["county_code"]
    '441625'
    """
    if kind not in KINDS:
        raise ContractError(f"没有“{kind}”这一类；可用的有：{'、'.join(KINDS)}")
    if kind in _QUANTITIES:
        return _quantity(text, kind, header)
    core = (dictionaries or Dictionaries.bundled())._core
    if kind == "place":
        return _place(text, county, prose, core)
    if kind == "condition":
        read = _huoshui.read_condition(text, core)
        return {"text": text, "kind": kind, "ambiguous": False, "approximate": False, "flags": [], **read}
    out = dict(_huoshui.read_codes(kind, text, core))
    named = "、".join(out["names"])
    reading = f"由“{out['basis']}”读作 {named}" if out["codes"] else "没有认得的词"
    return {
        "text": text,
        "kind": kind,
        "ambiguous": False,
        "approximate": False,
        "flags": [],
        "reading": reading,
        **out,
    }


_UNITS = {
    "money": "fen",
    "tenor": "months",
    "area": "m2/3",
    "rate": "millionths/year",
    "count": "1",
    "date": "date",
}
"""What `min` and `max` count, by kind."""


def _quantity(text: str, kind: str, header: str) -> dict[str, Any]:
    read = _huoshui.read_quantity(kind, text, header=header)
    low, high = read["range"] if read["has_value"] else (None, None)
    out: dict[str, Any] = {
        "text": text,
        "kind": kind,
        "min": _end(low, kind),
        "max": _end(high, kind),
        "unit": _UNITS[kind],
        "approximate": read["approximate"],
        "ambiguous": read["ambiguous"],
        "flags": list(dict.fromkeys(read["flags"])),
        "reading": read["reading"],
        "has_value": read["has_value"],
        "written_unit": read["unit"] or None,
        "unit_from": read["unit_from"],
        "bare": read["bare"],
        "parts": [
            {"label": label, "min": _end(ends[0], kind), "max": _end(ends[1], kind)} for label, ends in read["parts"]
        ],
    }
    if kind == "money":
        out["currency"] = read["currency"]
    elif kind == "tenor":
        out["days"] = read["days"]
        out["grace_months"] = read["grace_months"]
    elif kind == "area":
        out["mu"] = _mu(low, high)
    elif kind == "rate":
        out["base"] = read["base"]
        out["spread"] = {"min": read["spread"][0], "max": read["spread"][1]}
        out["multiplier"] = read["multiplier"]
    return out


def _end(value: int | None, kind: str) -> int | str | None:
    return iso_of_day(value) if kind == "date" and value is not None else value


def _mu(low: int | None, high: int | None) -> str | None:
    """Return mu as exact decimal text: `100`, `100/200`, `100/`, `/200`."""
    if low is None and high is None:
        return None
    return _decimal_mu(low) if low == high else f"{_decimal_mu(low)}/{_decimal_mu(high)}"


def _decimal_mu(thirds: int | None) -> str:
    if thirds is None:
        return ""
    # 2000 = 2^4 * 5^3, so the decimal ends; the precision holds every int64.
    with localcontext(prec=40):
        text = format(Decimal(thirds) / Decimal(_THIRDS_PER_MU), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _place(text: str, county: str, prose: bool, core: _huoshui.Dictionaries) -> dict[str, Any]:
    read = _huoshui.read_place(text, county, prose, core)
    codes: list[str] = read["codes"]
    counties = sorted({code[:6] for code in codes if len(code) >= 6})
    named = "、".join(read["names"])
    zone = read["zone"]
    if read["ambiguous"]:
        options = "、".join(f"{core.region_name(code)}（{code}）" for code in read["candidates"])
        reading = f"“{read['basis'] or text}”有几处同名：{options}；请写明上级地名"
    elif not codes and not zone:
        reading = "没有认得的地名"
    else:
        reading = f"由“{read['basis']}”读作 {read['town_name'] or named or zone}"
        if read["conflict"]:
            reading += "；文字所写与所在县区不一致，请核对"
    return {
        "text": text,
        "kind": "place",
        "codes": codes,
        "county_code": counties[0] if len(counties) == 1 else None,
        "town_code": read["town_code"] or None,
        "name": read["town_own_name"] or "、".join(read["own_names"]) or None,
        "full_name": read["town_name"] or named or None,
        "zone": zone or None,
        "zone_hosts": read["zone_hosts"],
        "partner": read["partner"] or None,
        "towns": read["towns"],
        "candidates": read["candidates"],
        "ambiguous": read["ambiguous"],
        "approximate": False,
        "conflict": read["conflict"],
        "inherited": read["inherited"],
        "whole_country": read["whole_country"],
        "flags": [name for name in ("ambiguous", "conflict", "inherited", "whole_country") if read[name]],
        "basis": read["basis"],
        "reading": reading,
    }
