"""Findings: rules held against one subject each, with what was seen, the limit and the citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from huoshui.fields import Field, MaybeWhole, Text, maybe, one, text, whole, word
from huoshui.frames import frame_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "STANDINGS",
    "Citation",
    "Finding",
    "Language",
    "Measure",
    "Sentence",
    "Standing",
    "Strength",
    "find",
    "findings_frame",
    "is_lawful",
    "lines_of",
]

Language = Literal["zh", "en"]
Standing = Literal["passed", "caution", "violated", "undecided", "not_tested"]
Strength = Literal["must", "should", "prefer"]
Measure = Literal["none", "fen", "millionths", "count", "months", "years", "days", "square_metres"]
STANDINGS = {"passed": "符合", "caution": "提醒", "violated": "不符合", "undecided": "待定", "not_tested": "未检验"}
_STRENGTHS = {"must": "必备", "should": "原则", "prefer": "优先"}
_MEASURES = dict.fromkeys(("none", "fen", "millionths", "count", "months", "years", "days", "square_metres"), "")


@dataclass(kw_only=True)
class Citation:
    """Where a rule stands.

    Examples
    --------
    >>> Citation(source="银团贷款业务管理办法", document="金规〔2024〕14号").key
    ''
    """

    source: Text = Field(text, "")
    document: Text = Field(text, "")
    clause: Text = Field(text, "")
    key: Text = Field(text, "")
    effective_from: Text = Field(text, "")

    def __str__(self) -> str:
        return " ".join(part for part in (self.source, self.document, self.clause) if part)


@dataclass(kw_only=True)
class Finding:
    """Hold one rule against one subject; `text_zh` and `text_en` say it.

    `subject` is an institution or `tranche 2`, empty for the whole; `measure` says what `seen` and `limit` count.

    Examples
    --------
    >>> Finding(rule="tenor", standing="passed", citation=Citation(), text_zh="期限在内", text_en="within").seen is None
    True
    """

    rule: Text = Field(text)
    subject: Text = Field(text, "")
    standing: Field[Standing, str] = Field(word(STANDINGS))
    strength: Field[Strength, str] = Field(word(_STRENGTHS), "must")
    measure: Field[Measure, str] = Field(word(_MEASURES), "none")
    seen: MaybeWhole = Field(maybe(whole), None)
    limit: MaybeWhole = Field(maybe(whole), None)
    citation: Field[Citation, Citation] = Field(one(Citation))
    text_zh: Text = Field(text)
    text_en: Text = Field(text)

    def text(self, lang: Language = "zh") -> str:
        """Say the finding."""
        return self.text_zh if lang == "zh" else self.text_en


@dataclass(kw_only=True)
class Sentence:
    """Say one thing in both languages.

    Examples
    --------
    >>> str(Sentence(zh="年碳汇量6317吨", en="6317 t a year"))
    '年碳汇量6317吨'
    """

    zh: Text = Field(text)
    en: Text = Field(text)

    def __str__(self) -> str:
        return self.zh


def is_lawful(findings: Iterable[Finding]) -> bool:
    """Tell whether no binding rule is broken and none is undecided.

    Cautions and untested rules do not stand against it.

    Examples
    --------
    >>> is_lawful([])
    True
    """
    return all(finding.standing not in ("violated", "undecided") for finding in findings)


def find(findings: Iterable[Finding], rule: str) -> Finding | None:
    """Return the first finding of a rule, or None.

    Examples
    --------
    >>> find([], "tenor") is None
    True
    """
    return next((finding for finding in findings if finding.rule == rule), None)


def lines_of(sentences: Iterable[Sentence], lang: Language) -> list[str]:
    """Return sentences in one language."""
    return [sentence.zh if lang == "zh" else sentence.en for sentence in sentences]


def findings_frame(findings: Sequence[Finding], lang: Language = "zh") -> pd.DataFrame:
    """Return one row for each finding.

    Examples
    --------
    >>> list(findings_frame([]).columns)
    ['rule', 'subject', 'standing', 'strength', 'measure', 'seen', 'limit', 'text', 'citation']
    """
    return frame_of(
        {
            "rule": [finding.rule for finding in findings],
            "subject": [finding.subject for finding in findings],
            "standing": [finding.standing for finding in findings],
            "strength": [finding.strength for finding in findings],
            "measure": [finding.measure for finding in findings],
            "seen": [finding.seen for finding in findings],
            "limit": [finding.limit for finding in findings],
            "text": [finding.text(lang) for finding in findings],
            "citation": [str(finding.citation) for finding in findings],
        }
    )
