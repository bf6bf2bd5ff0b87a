"""Scorecards learned from outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from huoshui import _huoshui
from huoshui._huoshui import Project
from huoshui.catalogue import Catalogue, Scorecard
from huoshui.matching import _listed

__all__ = ["LearnedScorecard", "LearnedWeight", "OutcomeSlice", "learn_scorecard"]


class LearnedWeight(NamedTuple):
    """Hold what was learned about one criterion.

    `low` and `high` bracket the weight before rounding, in points of 100. At the boundary the coefficient is 0 because
    it may not be negative: the interval is one-sided then.
    """

    weight: int
    coefficient: float
    low: float
    high: float
    at_boundary: bool


class OutcomeSlice(NamedTuple):
    """Count the outcomes of one instrument or county; an unknown county has an empty key."""

    kind: Literal["instrument", "county"]
    key: str
    accepted: int
    refused: int


@dataclass(frozen=True)
class LearnedScorecard:
    """Hold a learned card and what stands behind it.

    Attributes
    ----------
    card
        To compile a catalogue with.
    criteria
        By criterion.
    intercept, log_loss
        Log odds of acceptance at shares of 0; mean log loss over the pairs.
    accepted, refused
        Pairs learned from.
    refused_by_rules
        Pairs that a rule refuses today; nothing is learned from them.
    draws
        Draws of the bootstrap that could be learned from.
    slices
        Every instrument of the catalogue and every county of the list.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> answer = hs.match(hs.bundled_projects(), catalogue, k=0, possible=4)
    >>> outcomes = [(p.id, o.product.id, o.rank == 1) for p in answer.projects for o in answer.possible(p.id)]
    >>> learned = hs.learn_scorecard(answer.projects, catalogue, outcomes, draws=20)
    >>> sum(learned.card.weights.values()), min(learned.card.weights.values()) >= 0
    (100, True)
    """

    card: Scorecard
    criteria: dict[str, LearnedWeight]
    intercept: float
    log_loss: float
    accepted: int
    refused: int
    refused_by_rules: int
    draws: int
    slices: tuple[OutcomeSlice, ...]

    @property
    def without_outcomes(self) -> tuple[OutcomeSlice, ...]:
        """The slices that borrow what was learned elsewhere."""
        return tuple(entry for entry in self.slices if entry.accepted + entry.refused == 0)


def learn_scorecard(
    projects: Iterable[Project],
    catalogue: Catalogue,
    outcomes: Iterable[tuple[str, str, bool]],
    *,
    id: str = "learned",
    name_zh: str = "学习所得",
    ridge: float = 1.0,
    draws: int = 200,
    seed: int = 1,
    percent: int = 95,
) -> LearnedScorecard:
    """Learn weights from what came of pairs: a logistic regression without negative weights.

    Parameters
    ----------
    projects, catalogue
        What the outcomes name.
    outcomes
        Project id, product id, and whether the deal came about. Equal rows count once.
    id, name_zh
        Of the card.
    ridge
        Strength of the penalty on large coefficients.
    draws, seed, percent
        Of the bootstrap over projects that gives the intervals.

    Raises
    ------
    Failure
        one_sided_outcomes when there is no acceptance or no refusal; contradictory_terms when no criterion is higher
        where deals came about, or a pair has both outcomes; unknown_word for an id that is not there; collection_row.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), hs.Policy.bundled().at("2026-03-01"))
    >>> projects = hs.bundled_projects()
    >>> only = [(projects[0].id, catalogue[0].id, True)]
    >>> try:
    ...     learn_scorecard(projects, catalogue, only)
    ... except hs.Failure as failure:
    ...     failure.issues[0].code
    'one_sided_outcomes'
    """
    card, found = _huoshui.learn_scorecard(
        _listed(projects)._core,
        catalogue._core,
        list(outcomes),
        id=id,
        name_zh=name_zh,
        ridge=ridge,
        draws=draws,
        seed=seed,
        percent=percent,
    )
    return LearnedScorecard(
        card=Scorecard(card),
        criteria={name: LearnedWeight(*entry) for name, entry in found["criteria"].items()},
        intercept=found["intercept"],
        log_loss=found["log_loss"],
        accepted=found["accepted"],
        refused=found["refused"],
        refused_by_rules=found["refused_by_rules"],
        draws=found["draws"],
        slices=tuple(OutcomeSlice(*entry) for entry in found["slices"]),
    )
