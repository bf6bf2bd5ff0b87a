"""What may be lent on an expected carbon-sink income (碳汇预期收益权)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from huoshui import _huoshui
from huoshui.fields import (
    FenRange,
    Field,
    MaybeDay,
    MaybeFen,
    MaybeRange,
    MaybeTruth,
    MaybeWhole,
    NumberLike,
    Range,
    Text,
    Whole,
    areas,
    day,
    fen,
    kilograms,
    listed,
    many,
    maybe,
    months,
    one,
    prices,
    ranged,
    ratio,
    record_of,
    text,
    truth,
    whole,
    word,
    year,
    years,
    yields,
)
from huoshui.findings import Finding, Language, Sentence, find, findings_frame, is_lawful, lines_of
from huoshui.frames import frame_of
from huoshui.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "QUANTILES",
    "FanYear",
    "Finding",
    "Mechanism",
    "PriceBasis",
    "PricePath",
    "Proposal",
    "RateStep",
    "Simulation",
    "SimulationOptions",
    "Sink",
    "Stage",
    "Stream",
    "Terms",
    "TonnesBasis",
    "find",
    "gates",
    "is_lawful",
    "present_value",
    "propose",
    "simulate",
    "verify",
]

Mechanism = Literal["unknown", "ccer_planting", "ccer_other", "guangdong_inclusive", "local"]
Stage = Literal["unknown", "planned", "published", "validated", "registered", "verified"]
PriceBasis = Literal["stated", "market", "scenario"]
TonnesBasis = Literal["missing", "surveyed", "stated_yield", "stated_total", "assumed_floor"]

_MECHANISMS = {
    "unknown": "不明",
    "ccer_planting": "CCER造林、造林碳汇",
    "ccer_other": "CCER其他、CCER",
    "guangdong_inclusive": "广东碳普惠、碳普惠",
    "local": "地方碳票、碳票",
}
_STAGES = {
    "unknown": "不明",
    "planned": "策划",
    "published": "公示",
    "validated": "审定",
    "registered": "登记",
    "verified": "核证、核查",
}
_BASES = {"stated": "约定、自定", "market": "市场价、市场", "scenario": "情景"}
QUANTILES = (5, 25, 50, 75, 95)
"""The quantiles that a simulation tells, in percent."""


@dataclass(kw_only=True)
class PricePath:
    """A price and its path: each later year it grows by the drift.

    Examples
    --------
    >>> PricePath(fen_per_tonne="60-80元/吨", basis="market", date="2025-06-30").fen_per_tonne
    (6000, 8000)
    """

    fen_per_tonne: Range = Field(ranged(prices), zh="碳价")
    drift: Range = Field(ranged(ratio), 0, zh="年涨幅")
    basis: Field[PriceBasis, str] = Field(word(_BASES), "stated", zh="价格来源")
    date: MaybeDay = Field(maybe(day), None, zh="价格日期")
    source: Text = Field(text, "", zh="价格出处")


@dataclass(kw_only=True)
class RateStep:
    """A step of a rate linked to a goal; `met` is None while it is not known.

    Examples
    --------
    >>> RateStep(goal="零毁林", change="-20bp").change
    -2000
    """

    goal: Text = Field(text, zh="目标")
    change: Whole = Field(ratio, zh="利率变动")
    met: MaybeTruth = Field(truth, None, zh="已达成")


@dataclass(kw_only=True)
class Sink:
    """What a lender knows of a sink; what is not given is unknown, never zero.

    A range takes one value or a pair. Bare numbers count base units: area in hundredths of a mu, tonnes in kg, yields
    in millionths of a tonne a mu and year, prices and money in fen, ratios and rates in millionths; texts say their
    unit.

    Examples
    --------
    >>> sink = Sink(area="20800亩", surveyed_kg="6317吨", price=PricePath(fen_per_tonne="60-80元/吨"))
    >>> sink.area, sink.surveyed_kg, sink.discount_rate
    ((2080000, 2080000), (6317000, 6317000), None)
    """

    project: Text = Field(text, "", zh="项目")
    mechanism: Field[Mechanism, str] = Field(word(_MECHANISMS), "unknown", zh="机制")
    stage: Field[Stage, str] = Field(word(_STAGES), "unknown", zh="阶段")
    clear_title: MaybeTruth = Field(truth, None, zh="权属清晰")
    title_document: MaybeTruth = Field(truth, None, zh="有权属证书")
    economic_forest: MaybeTruth = Field(truth, None, zh="经济林")
    wetland: MaybeTruth = Field(truth, None, zh="湿地")
    pledged_already: MaybeTruth = Field(truth, None, zh="已质押")
    non_forest_years: MaybeWhole = Field(maybe(years), None, zh="此前无林年数")
    plot_square_metres: MaybeWhole = Field(maybe(whole), None, zh="地块平方米")
    start_year: MaybeWhole = Field(maybe(year), None, zh="开始造林年份")
    shrub_removal: MaybeWhole = Field(maybe(ratio), None, zh="清灌比例")
    area: MaybeRange = Field(maybe(ranged(areas)), None, zh="面积")
    surveyed_kg: MaybeRange = Field(maybe(ranged(kilograms)), None, zh="年碳汇量")
    stated_yield: MaybeRange = Field(maybe(ranged(yields)), None, zh="单产")
    stated_total_kg: MaybeRange = Field(maybe(ranged(kilograms)), None, zh="总碳汇量")
    stated_income_fen: FenRange = Field(maybe(ranged(fen)), None, zh="预期收益")
    crediting_years: MaybeRange = Field(maybe(ranged(years)), None, zh="计入期")
    first_issue_year: Range = Field(ranged(whole), 1, zh="首次签发年")
    buffer: MaybeRange = Field(maybe(ranged(ratio)), None, zh="缓冲比例")
    reversal: MaybeRange = Field(maybe(ranged(ratio)), None, zh="年逆转比例")
    price: Field[PricePath | None, PricePath | None] = Field(maybe(one(PricePath)), None, zh="价格")
    discount_rate: MaybeRange = Field(maybe(ranged(ratio)), None, zh="折现率")
    pledge_ratio: MaybeRange = Field(maybe(ranged(ratio)), None, zh="质押率")
    need_fen: MaybeFen = Field(maybe(fen), None, zh="融资需求")
    tenor_months: MaybeWhole = Field(maybe(months), None, zh="期限")
    base_rate: MaybeWhole = Field(maybe(ratio), None, zh="基准利率")
    rate_steps: Field[tuple[RateStep, ...], Any] = Field(many(RateStep), (), zh="利率挂钩")


@dataclass(kw_only=True)
class Stream:
    """One corner of a sink's income: no ranges. Units as in `Sink`.

    Examples
    --------
    >>> Stream(annual_kg="100吨", crediting_years=3, fen_per_tonne="50元/吨").annual_kg
    100000
    """

    annual_kg: Whole = Field(kilograms)
    crediting_years: Whole = Field(years)
    first_issue_year: Whole = Field(whole, 1)
    buffer: Whole = Field(ratio, 0)
    reversal: Whole = Field(ratio, 0)
    discount_rate: Whole = Field(ratio, 0)
    fen_per_tonne: Whole = Field(prices)
    drift: Whole = Field(ratio, 0)


@dataclass(kw_only=True)
class SimulationOptions:
    """How price paths are drawn: the standard deviation of a year's price change, a seed, how many paths.

    Examples
    --------
    >>> SimulationOptions(volatility="12%").volatility
    120000
    """

    volatility: Whole = Field(ratio, 0)
    seed: Whole = Field(whole, 1)
    paths: Whole = Field(whole, 10_000)


@dataclass(kw_only=True)
class _ProposeOptions:
    yield_min: Whole = Field(yields, 100_000)
    yield_max: Whole = Field(yields, 2_000_000)
    implied_min: Whole = Field(prices, 1_000)
    implied_max: Whole = Field(prices, 10_000)
    simulation: Field[SimulationOptions | None, SimulationOptions | None] = Field(maybe(one(SimulationOptions)), None)


@dataclass(kw_only=True)
class FanYear:
    """The prices of one year at `QUANTILES`, in fen per tonne."""

    year: Whole = Field(whole)
    fen_per_tonne: Field[tuple[int, ...], Any] = Field(listed(whole))


@dataclass(kw_only=True)
class Simulation:
    """What the price paths came to; money in fen."""

    mean_fen: Whole = Field(whole)
    standard_error_fen: Whole = Field(whole)
    value_fen: Field[tuple[int, ...], Any] = Field(listed(whole))
    closed_form_fen: MaybeWhole = Field(maybe(whole), None)
    fan: Field[tuple[FanYear, ...], Any] = Field(many(FanYear))
    paths: Whole = Field(whole)
    seed: Whole = Field(whole)

    def to_pandas(self) -> pd.DataFrame:
        """Return the price fan: `year`, then `p5` to `p95` in fen per tonne."""
        columns: dict[str, list[int]] = {"year": [each.year for each in self.fan]}
        for place, quantile in enumerate(QUANTILES):
            columns[f"p{quantile}"] = [each.fen_per_tonne[place] for each in self.fan]
        return frame_of(columns)


@dataclass(kw_only=True)
class Terms:
    """Terms on paper; None where something cannot be checked. `yield_` because `yield` is a word of Python."""

    tonnes_basis: Field[TonnesBasis, str] = Field(
        word(dict.fromkeys(("missing", "surveyed", "stated_yield", "stated_total", "assumed_floor"), "")), "missing"
    )
    annual_kg: MaybeRange = Field(maybe(ranged(kilograms)), None)
    yield_: MaybeRange = Field(maybe(ranged(yields)), None)
    implied_price: MaybeRange = Field(maybe(ranged(prices)), None)
    value_fen: FenRange = Field(maybe(ranged(fen)), None)
    ceiling_fen: FenRange = Field(maybe(ranged(fen)), None)
    amount_fen: MaybeFen = Field(maybe(fen), None)
    tenor_months: MaybeWhole = Field(maybe(months), None)
    rate: MaybeRange = Field(maybe(ranged(ratio)), None)


@dataclass(kw_only=True)
class Proposal:
    """Terms, findings, and the simulation when one was asked for."""

    terms: Field[Terms, Terms] = Field(one(Terms))
    findings: Field[tuple[Finding, ...], Any] = Field(many(Finding))
    simulation: Field[Simulation | None, Simulation | None] = Field(maybe(one(Simulation)), None)

    @property
    def is_lawful(self) -> bool:
        """No binding rule is broken and none is undecided."""
        return is_lawful(self.findings)

    def explain(self, lang: Language = "zh") -> list[str]:
        """Say the proposal: tonnes, price, ceiling, then each finding that did not pass."""
        return lines_of((record_of(Sentence, line) for line in _huoshui.carbon_explain(self)), lang)

    def to_pandas(self, lang: Language = "zh") -> pd.DataFrame:
        """Return one row for each finding."""
        return findings_frame(self.findings, lang)


def propose(
    sink: Sink,
    policy: Policy,
    *,
    simulation: SimulationOptions | None = None,
    yield_min: NumberLike = 100_000,
    yield_max: NumberLike = 2_000_000,
    implied_min: NumberLike = 1_000,
    implied_max: NumberLike = 10_000,
) -> Proposal:
    """Turn a sink into terms on paper; other Python threads go on meanwhile.

    Parameters
    ----------
    sink
        What is known.
    policy
        The rules of the signing day.
    simulation
        Draw price paths at the lower corner too.
    yield_min, yield_max
        A stated yield outside is asked about.
    implied_min, implied_max
        An implied price outside draws a caution.

    Raises
    ------
    ContractError
        When a number is out of its range.

    Examples
    --------
    >>> import huoshui as hs
    >>> policy = hs.Policy.bundled().at("2026-03-01")
    >>> wuning = hs.carbon.Sink(
    ...     area="20800亩", surveyed_kg="6317吨", stated_total_kg="12.74万吨", stated_income_fen="2000万元",
    ...     crediting_years=20,
    ... )
    >>> proposal = hs.carbon.propose(wuning, policy)
    >>> proposal.terms.implied_price
    (15698, 15699)
    >>> hs.carbon.find(proposal.findings, "implied_price").standing
    'caution'
    >>> proposal.terms.ceiling_fen is None
    True
    >>> proposal.explain()[0]
    '年碳汇量6317吨'
    """
    options = _ProposeOptions(
        simulation=simulation,
        yield_min=yield_min,
        yield_max=yield_max,
        implied_min=implied_min,
        implied_max=implied_max,
    )
    return record_of(Proposal, _huoshui.carbon_propose(sink, policy._core, options))


def gates(sink: Sink, policy: Policy) -> tuple[Finding, ...]:
    """Return the gates and cautions of the policy's day.

    Examples
    --------
    >>> import huoshui as hs
    >>> policy = hs.Policy.bundled().at("2026-03-01")
    >>> found = hs.carbon.gates(hs.carbon.Sink(mechanism="ccer_planting", economic_forest=True), policy)
    >>> hs.carbon.find(found, "economic_forest").standing
    'violated'
    """
    return many(Finding).read(_huoshui.carbon_gates(sink, policy._core))


def verify(terms: Terms, sink: Sink, policy: Policy) -> tuple[Finding, ...]:
    """Hold terms against the sink and the rules of the day, by other code than made them.

    Examples
    --------
    >>> import huoshui as hs
    >>> policy = hs.Policy.bundled().at("2026-03-01")
    >>> sink = hs.carbon.Sink(surveyed_kg="100吨", crediting_years=5, clear_title=True, title_document=True)
    >>> hs.carbon.is_lawful(hs.carbon.verify(hs.carbon.propose(sink, policy).terms, sink, policy))
    True
    """
    return many(Finding).read(_huoshui.carbon_verify(terms, sink, policy._core))


def present_value(stream: Stream) -> int:
    """Return the value today in fen of the income at the end of each year, rounded down.

    Examples
    --------
    >>> present_value(Stream(annual_kg="100吨", crediting_years=3, fen_per_tonne="50元/吨"))
    1500000
    """
    return _huoshui.carbon_present_value(stream)


def simulate(stream: Stream, options: SimulationOptions) -> Simulation:
    """Draw price paths; the same seed gives the same numbers on every machine.

    Examples
    --------
    >>> stream = Stream(annual_kg="100吨", crediting_years=3, fen_per_tonne="50元/吨")
    >>> simulate(stream, SimulationOptions(volatility="10%", seed=7)).closed_form_fen
    1500000
    """
    return record_of(Simulation, _huoshui.carbon_simulate(stream, options))
