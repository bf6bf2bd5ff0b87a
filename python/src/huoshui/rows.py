"""The shapes of rows that cross from C++ as dictionaries."""

from __future__ import annotations

from typing import Literal, TypedDict

__all__ = ["PolicyRow", "RuleText"]

PolicyRow = TypedDict(
    "PolicyRow",
    {
        "series": str,
        "key": str,
        "value": str,
        "unit": str,
        "applies_to": str,
        "from": str | None,
        "to": str | None,
        "instrument": str,
        "issuer": str,
        "document": str,
        "clause": str,
        "confidence": str,
        "acts_as": str,
        "note": str,
        "file": str,
        "row": int,
    },
)


class RuleText(TypedDict):
    """One rule of a product in words."""

    id: str
    topic: str
    strength: Literal["must", "should", "prefer"]
    text_zh: str
    text_en: str
    citation: str
    fails_closed: bool
    not_in_force: bool
