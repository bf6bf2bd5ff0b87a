"""What may be lent on other rights and on herds, and what is pledged twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from huoshui import _huoshui
from huoshui.fields import (
    FenRange,
    Field,
    MaybeFen,
    MaybeRange,
    MaybeTruth,
    MaybeWhole,
    NumberLike,
    Text,
    Truth,
    Whole,
    amounts_of_units,
    fen,
    flag,
    many,
    maybe,
    months,
    multiples,
    one,
    prices,
    ranged,
    ratio,
    record_of,
    text,
    truth,
    whole,
    word,
    years,
)
from huoshui.findings import Finding, Language, Sentence, find, findings_frame, is_lawful, lines_of
from huoshui.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "RIGHTS",
    "Asset",
    "DoublePledge",
    "Finding",
    "Pledge",
    "PricedFor",
    "Proposal",
    "Registry",
    "Right",
    "SharedKey",
    "Terms",
    "double_pledges",
    "find",
    "gates",
    "is_lawful",
    "propose",
    "verify",
]

Right = Literal[
    "public_forest_income",
    "forest_tenure",
    "carbon_allowance",
    "water",
    "discharge",
    "energy_use",
    "livestock",
    "land_operation",
]
PricedFor = Literal["good", "year"]
Registry = Literal["unknown", "registered", "registrable", "none"]
SharedKey = Literal["registry_number", "unique_number", "parcel"]

RIGHTS = {
    "public_forest_income": "公益林补偿收益权",
    "forest_tenure": "林权",
    "carbon_allowance": "碳排放权、碳配额",
    "water": "用水权、取水权",
    "discharge": "排污权",
    "energy_use": "用能权",
    "livestock": "畜禽活体",
    "land_operation": "土地经营权",
}
_PRICED = {"good": "一次性、整体", "year": "按年、每年"}
_REGISTRIES = {"unknown": "不明", "registered": "已登记", "registrable": "可登记", "none": "无登记机构、无"}
_KEYS = {"registry_number": "登记编号", "unique_number": "唯一编号", "parcel": "地块"}


@dataclass(kw_only=True)
class Asset:
    """One right or herd that is to be pledged; what is not given is unknown, never zero.

    A range takes one value or a pair. Bare numbers count base units: quantities in thousandths of the unit that the
    price is per, prices and money in fen, ratios and multiples in millionths; texts say their unit.

    Examples
    --------
    >>> Asset(right="畜禽活体", quantity="400头", fen_per_unit="1.5-1.7万元/头").fen_per_unit
    (1500000, 1700000)
    """

    project: Text = Field(text, "", zh="项目")
    right: Field[Right, str] = Field(word(RIGHTS), "forest_tenure", zh="权利、权利种类、类型")
    region: Text = Field(text, "", zh="地区、区划代码")
    quantity: MaybeRange = Field(maybe(ranged(amounts_of_units)), None, zh="数量、面积")
    fen_per_unit: MaybeRange = Field(maybe(ranged(prices)), None, zh="单价、补偿标准")
    priced_for: Field[PricedFor, str] = Field(word(_PRICED), "good", zh="计价方式")
    years: MaybeRange = Field(maybe(ranged(years)), None, zh="剩余年限")
    discount_rate: MaybeRange = Field(maybe(ranged(ratio)), None, zh="折现率")
    lent_share: MaybeRange = Field(maybe(ranged(ratio)), None, zh="抵质押率、质押率、抵押率")
    multiple: MaybeRange = Field(maybe(ranged(multiples)), None, zh="倍数、补偿倍数")
    clear_title: MaybeTruth = Field(truth, None, zh="权属清晰")
    pledged_already: MaybeTruth = Field(truth, None, zh="已质押、已抵押")
    insured: MaybeTruth = Field(truth, None, zh="已投保")
    on_public_forest: MaybeTruth = Field(truth, None, zh="公益林上")
    filed: MaybeTruth = Field(truth, None, zh="已备案")
    holder_consents: MaybeTruth = Field(truth, None, zh="承包方同意")
    filed_with_authority: MaybeTruth = Field(truth, None, zh="主管部门备案")
    registry: Field[Registry, str] = Field(word(_REGISTRIES), "unknown", zh="登记")
    registry_number: Text = Field(text, "", zh="登记编号")
    unique_number: Text = Field(text, "", zh="唯一编号、耳标号")
    parcel: Text = Field(text, "", zh="地块、宗地号")
    need_fen: MaybeFen = Field(maybe(fen), None, zh="融资需求")
    tenor_months: MaybeWhole = Field(maybe(months), None, zh="期限")


@dataclass(kw_only=True)
class _ProposeOptions:
    multiple_low: Whole = Field(multiples, 2_000_000)
    multiple_usual: Whole = Field(multiples, 5_000_000)
    multiple_high: Whole = Field(multiples, 15_000_000)


@dataclass(kw_only=True)
class Terms:
    """Terms on paper, money in fen; None where something cannot be checked."""

    fen_per_unit: MaybeRange = Field(maybe(ranged(prices)), None)
    multiple: MaybeRange = Field(maybe(ranged(multiples)), None)
    yearly_fen: FenRange = Field(maybe(ranged(fen)), None)
    spread_fen: FenRange = Field(maybe(ranged(fen)), None)
    value_fen: FenRange = Field(maybe(ranged(fen)), None)
    ceiling_fen: FenRange = Field(maybe(ranged(fen)), None)
    amount_fen: MaybeFen = Field(maybe(fen), None)
    tenor_months: MaybeWhole = Field(maybe(months), None)


@dataclass(kw_only=True)
class Proposal:
    """Terms and findings."""

    terms: Field[Terms, Terms] = Field(one(Terms))
    findings: Field[tuple[Finding, ...], Any] = Field(many(Finding))

    @property
    def is_lawful(self) -> bool:
        """No binding rule is broken and none is undecided."""
        return is_lawful(self.findings)

    def explain(self, lang: Language = "zh") -> list[str]:
        """Say the proposal: value, spread, ceiling, amount, then each finding that did not pass."""
        return lines_of((record_of(Sentence, line) for line in _huoshui.rights_explain(self)), lang)

    def to_pandas(self, lang: Language = "zh") -> pd.DataFrame:
        """Return one row for each finding."""
        return findings_frame(self.findings, lang)


@dataclass(kw_only=True)
class Pledge:
    """One asset offered as security, of any room: carbon sinks too.

    Examples
    --------
    >>> Pledge(project="P1", kind="livestock", unique_number="A-17").parcel
    ''
    """

    project: Text = Field(text)
    kind: Text = Field(text)
    registry_number: Text = Field(text, "")
    unique_number: Text = Field(text, "")
    parcel: Text = Field(text, "")


@dataclass(kw_only=True)
class DoublePledge:
    """Two places in a list of pledges that share a key; `overlap_only` is to be looked at, not refused."""

    first: Whole = Field(whole)
    again: Whole = Field(whole)
    key: Field[SharedKey, str] = Field(word(_KEYS))
    overlap_only: Truth = Field(flag)


def propose(
    asset: Asset,
    policy: Policy,
    *,
    multiple_low: NumberLike = 2_000_000,
    multiple_usual: NumberLike = 5_000_000,
    multiple_high: NumberLike = 15_000_000,
) -> Proposal:
    """Turn an asset into terms on paper; other Python threads go on meanwhile.

    Parameters
    ----------
    asset
        What is known.
    policy
        The rules of the signing day.
    multiple_low, multiple_usual, multiple_high
        Multiples of yearly compensation: the lower is used when the lender states none, a stated one above the usual
        draws a caution, one above the upper is cut to it.

    Raises
    ------
    ContractError
        When a number is out of its range.

    Examples
    --------
    >>> import huoshui as hs
    >>> policy = hs.Policy.bundled().at("2026-03-01")
    >>> anji = hs.rights.Asset(
    ...     right="public_forest_income", quantity="4794亩", fen_per_unit="35元/亩", multiple="5倍", clear_title=True,
    ...     registry="registered", need_fen="83万元",
    ... )
    >>> terms = hs.rights.propose(anji, policy).terms
    >>> terms.ceiling_fen, terms.amount_fen
    ((83895000, 83895000), 83000000)
    """
    options = _ProposeOptions(multiple_low=multiple_low, multiple_usual=multiple_usual, multiple_high=multiple_high)
    return record_of(Proposal, _huoshui.rights_propose(asset, policy._core, options))


def gates(asset: Asset, policy: Policy) -> tuple[Finding, ...]:
    """Return the gates and cautions of the policy's day.

    Examples
    --------
    >>> import huoshui as hs
    >>> policy = hs.Policy.bundled().at("2026-03-01")
    >>> found = hs.rights.gates(hs.rights.Asset(right="water", pledged_already=True), policy)
    >>> hs.rights.find(found, "pledged_already").standing
    'violated'
    """
    return many(Finding).read(_huoshui.rights_gates(asset, policy._core))


def verify(terms: Terms, asset: Asset, policy: Policy) -> tuple[Finding, ...]:
    """Hold terms against the asset and the rules of the day, by other code than made them.

    Examples
    --------
    >>> import huoshui as hs
    >>> policy = hs.Policy.bundled().at("2026-03-01")
    >>> herd = hs.rights.Asset(right="livestock", quantity="400头", clear_title=True, registry="registered")
    >>> hs.rights.is_lawful(hs.rights.verify(hs.rights.propose(herd, policy).terms, herd, policy))
    True
    """
    return many(Finding).read(_huoshui.rights_verify(terms, asset, policy._core, _ProposeOptions()))


def double_pledges(pledges: Iterable[Pledge]) -> tuple[DoublePledge, ...]:
    """Return every pair that shares a registry number, a unique number or a parcel.

    Examples
    --------
    >>> pledges = [Pledge(project=p, kind="livestock", unique_number=n) for p, n in (("P1", "a 17"), ("P2", "A-17"))]
    >>> [(pair.first, pair.again, pair.key) for pair in double_pledges(pledges)]
    [(0, 1, 'unique_number')]
    """
    return many(DoublePledge).read(_huoshui.rights_double_pledges(list(pledges)))
