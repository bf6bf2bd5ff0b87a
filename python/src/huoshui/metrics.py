"""Judge rankings and probabilities against known outcomes; every metric carries its convention in its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from huoshui import _huoshui

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix: TypeAlias = Sequence[Sequence[float]] | npt.NDArray[Any]
    Vector: TypeAlias = Sequence[float] | npt.NDArray[Any]

__all__ = [
    "Brier",
    "Coverage",
    "MetricMean",
    "PairedDifference",
    "ReliabilityBin",
    "brier",
    "coverage",
    "expected_calibration_error",
    "log_loss",
    "mean_of",
    "paired_bootstrap",
    "reliability",
    "values_of",
]

Binning = Literal["equal_count", "equal_width"]


class MetricMean(NamedTuple):
    """Hold the mean of a metric; queries without a relevant candidate are left out and counted."""

    name: str
    mean: float | None
    counted: int
    left_out: int


@dataclass(frozen=True)
class ReliabilityBin:
    """Hold one bin: how many forecasts, its edges, the mean forecast and the mean of what came true."""

    count: int
    lower: float
    upper: float
    forecast: float
    observed: float


class Brier(NamedTuple):
    """Hold the Brier score, 0 to 2, and its parts: score = reliability - resolution + uncertainty + within_bins."""

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within_bins: float


class Coverage(NamedTuple):
    """Hold what becomes of the answers when those under a threshold are withheld."""

    asked: int
    answered: int
    uncertain_rate: float | None
    right_when_answered: float | None


class PairedDifference(NamedTuple):
    """Hold the mean difference of two systems and its bootstrap interval."""

    mean: float
    low: float
    high: float
    queries: int
    clusters: int


def _rows(matrix: Matrix) -> list[list[float]]:
    return [_row(row) for row in matrix]


def _row(vector: Vector) -> list[float]:
    return [float(value) for value in vector]


def values_of(name: str, scores: Matrix, relevance: Matrix) -> list[float | None]:
    """Return a metric of each query, None where no candidate is relevant.

    Parameters
    ----------
    name
        `hit@3[tie-mean]`, `mrr[tie-mean]`, `ndcg@10[linear,tie-mean]`; ties also `id-asc` and `id-desc`, gains also
        `exponential` and `binary`.
    scores
        One row for each query, one number for each candidate in the order of their ids; higher is better.
    relevance
        What each candidate is worth, 0 to 1000; several right answers are several numbers above 0.

    Raises
    ------
    Failure
        When there is no such metric.
    ContractError
        When rows differ in length or a number is out of its range.

    Examples
    --------
    >>> values_of("mrr[tie-mean]", [[0.2, 0.7, 0.1], [0.2, 0.7, 0.1]], [[1, 0, 0], [0, 0, 0]])
    [0.5, None]
    """
    return _huoshui.metric_values(name, _rows(scores), _rows(relevance))


def mean_of(name: str, scores: Matrix, relevance: Matrix) -> MetricMean:
    """Return the mean of a metric over the queries; see `values_of`.

    Examples
    --------
    >>> mean_of("hit@1[tie-mean]", [[0.2, 0.7], [0.9, 0.1], [0.5, 0.5]], [[1, 0], [1, 0], [0, 0]])
    MetricMean(name='hit@1[tie-mean]', mean=0.5, counted=2, left_out=1)
    """
    return MetricMean(name, *_huoshui.metric_mean(name, _rows(scores), _rows(relevance)))


def reliability(
    forecast: Vector, observed: Vector, *, bins: int = 10, binning: Binning = "equal_count"
) -> list[ReliabilityBin]:
    """Return forecasts against what came true, bin by bin; bins without a forecast are not shown.

    Examples
    --------
    >>> [(b.count, b.observed) for b in reliability([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 0], bins=2)]
    [(2, 0.0), (2, 0.5)]
    """
    return [ReliabilityBin(*bin) for bin in _huoshui.reliability(_row(forecast), _row(observed), bins, binning)]


def expected_calibration_error(
    forecast: Vector, observed: Vector, *, bins: int = 10, binning: Binning = "equal_count"
) -> float | None:
    """Return the mean distance of forecast and observation over the bins, None without forecasts.

    Examples
    --------
    >>> expected_calibration_error([0.75, 0.75], [1, 0], bins=1)
    0.25
    """
    return _huoshui.expected_calibration_error(_row(forecast), _row(observed), bins, binning)


def brier(
    probabilities: Matrix, truth: Sequence[int], *, bins: int = 10, binning: Binning = "equal_count"
) -> Brier | None:
    """Return the Brier score of several classes and its parts, None without rows.

    Examples
    --------
    >>> brier([[0.5, 0.5], [1.0, 0.0]], [0, 0]).score
    0.25
    """
    found = _huoshui.brier(_rows(probabilities), list(truth), bins, binning)
    return None if found is None else Brier(*found)


def log_loss(probabilities: Matrix, truth: Sequence[int]) -> float | None:
    """Return the mean log loss, None without rows.

    Examples
    --------
    >>> round(log_loss([[0.5, 0.5]], [0]), 6)
    0.693147
    """
    return _huoshui.log_loss(_rows(probabilities), list(truth))


def coverage(confidence: Vector, right: Vector, threshold: float) -> Coverage:
    """Return the rate of withheld answers (不确定) and the share right among the others.

    Examples
    --------
    >>> coverage([0.2, 0.9], [0, 1], 0.5)
    Coverage(asked=2, answered=1, uncertain_rate=0.5, right_when_answered=1.0)
    """
    return Coverage(*_huoshui.coverage(_row(confidence), _row(right), threshold))


def paired_bootstrap(
    ours: Vector,
    theirs: Vector,
    *,
    cluster: Sequence[int] = (),
    draws: int = 10_000,
    seed: int = 1,
    percent: int = 95,
) -> PairedDifference:
    """Return the mean of ours - theirs over the same queries and its percentile interval.

    Parameters
    ----------
    ours, theirs
        Values of one metric on each query.
    cluster
        Equal numbers for queries to be drawn together, such as those of one county.
    draws, seed, percent
        The same seed gives the same bytes.

    Examples
    --------
    >>> paired_bootstrap([1, 1, 1, 1], [0, 0, 0, 0]).low
    1.0
    """
    return PairedDifference(*_huoshui.paired_bootstrap(_row(ours), _row(theirs), list(cluster), draws, seed, percent))
