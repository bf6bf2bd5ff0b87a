"""Metrics equal the fixtures and scikit-learn, with its convention named."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import huoshui as hs
from huoshui import metrics

EXACT = 1e-9


def one(name: str, scores: Any, relevance: Any) -> float:
    value = metrics.values_of(name, [scores], [relevance])[0]
    assert value is not None
    return value


def tied_queries(seed: int, rows: int = 60, columns: int = 9) -> tuple[Any, Any]:
    """Scores with many ties; some queries have nothing relevant."""
    random = np.random.default_rng(seed)
    relevance = random.integers(0, 4, (rows, columns)) * (random.random((rows, columns)) < 0.4)
    return random.integers(0, 5, (rows, columns)) / 5, relevance.astype(float)


def forecasts(seed: int, rows: int = 80, classes: int = 5) -> tuple[Any, Any]:
    random = np.random.default_rng(seed)
    probabilities = np.round(random.dirichlet(np.ones(classes), rows), 2)
    probabilities[:, 0] += 1 - probabilities.sum(axis=1)
    probabilities = np.clip(probabilities, 0, 1)
    return probabilities / probabilities.sum(axis=1, keepdims=True), random.integers(0, classes, rows)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ndcg[linear,tie-mean]", 0.973044),
        ("ndcg[exponential,tie-mean]", 0.968253),
        ("ndcg[linear,id-desc]", 0.985280),
        ("ndcg[linear,id-asc]", 0.960808),
        ("ndcg@3[linear,tie-mean]", 0.988891),
        ("ndcg@3[linear,id-desc]", 1.0),
        ("ndcg[binary,tie-mean]", 0.982175),
    ],
)
def test_conventions_differ_as_they_are_known_to(name: str, expected: float) -> None:
    assert one(name, [5, 4, 4, 2, 2, 1], [3, 2, 3, 0, 1, 2]) == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize("k", [1, 3, 9, 0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ndcg_is_that_of_scikit_learn(seed: int, k: int) -> None:
    learn = pytest.importorskip("sklearn.metrics")
    scores, relevance = tied_queries(seed)
    cut = f"@{k}" if k else ""
    for gain, worth in (("linear", relevance), ("exponential", 2**relevance - 1), ("binary", relevance > 0)):
        values = metrics.values_of(f"ndcg{cut}[{gain},tie-mean]", scores, relevance)
        assert None in values
        for i, value in enumerate(values):
            theirs = learn.ndcg_score([worth[i]], [scores[i]], k=k or None)
            if value is None:
                assert theirs == 0  # scikit-learn counts a query without a right answer as 0, we leave it out
            else:
                assert value == pytest.approx(theirs, abs=EXACT)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_hits_are_those_of_scikit_learn(k: int) -> None:
    learn = pytest.importorskip("sklearn.metrics")
    scores, truth = forecasts(4)
    relevance = np.eye(scores.shape[1])[truth]
    mean = metrics.mean_of(f"hit@{k}[id-desc]", scores, relevance)
    theirs = learn.top_k_accuracy_score(truth, scores, k=k, labels=range(scores.shape[1]))
    assert mean.mean == pytest.approx(theirs, abs=EXACT)
    assert (mean.counted, mean.left_out) == (len(truth), 0)


def test_reciprocal_rank_is_that_of_scikit_learn() -> None:
    learn = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(5)
    scores = random.random((40, 7))  # no ties: scikit-learn ranks tied labels last
    relevance = np.eye(7)[random.integers(0, 7, 40)]
    mean = metrics.mean_of("mrr[tie-mean]", scores, relevance).mean
    assert mean == pytest.approx(learn.label_ranking_average_precision_score(relevance, scores), abs=EXACT)


@pytest.mark.parametrize(("binning", "strategy"), [("equal_count", "quantile"), ("equal_width", "uniform")])
@pytest.mark.parametrize("bins", [1, 3, 5, 10])
def test_reliability_is_that_of_scikit_learn(binning: metrics.Binning, strategy: str, bins: int) -> None:
    calibration = pytest.importorskip("sklearn.calibration")
    random = np.random.default_rng(bins)
    forecast = np.round(random.random(97), 1)  # many ties, many forecasts on an edge
    observed = (random.random(97) < forecast).astype(int)
    true, predicted = calibration.calibration_curve(observed, forecast, n_bins=bins, strategy=strategy)
    found = metrics.reliability(forecast, observed, bins=bins, binning=binning)
    assert [b.observed for b in found] == pytest.approx(true.tolist(), abs=EXACT)
    assert [b.forecast for b in found] == pytest.approx(predicted.tolist(), abs=EXACT)
    assert sum(b.count for b in found) == 97
    error = metrics.expected_calibration_error(forecast, observed, bins=bins, binning=binning)
    assert error == pytest.approx(sum(b.count * abs(b.forecast - b.observed) for b in found) / 97, abs=EXACT)


def test_brier_and_log_loss_are_those_of_scikit_learn() -> None:
    learn = pytest.importorskip("sklearn.metrics")
    probabilities, truth = forecasts(6)
    found = metrics.brier(probabilities, truth.tolist())
    assert found is not None
    theirs = np.mean(np.sum((probabilities - np.eye(5)[truth]) ** 2, axis=1))
    assert found.score == pytest.approx(theirs, abs=EXACT)
    binary, events = probabilities[:, 1], (truth == 1).astype(int)
    two = metrics.brier(np.column_stack([1 - binary, binary]), events.tolist())
    assert two is not None
    assert two.score / 2 == pytest.approx(learn.brier_score_loss(events, binary), abs=EXACT)
    loss = metrics.log_loss(probabilities, truth.tolist())
    assert loss == pytest.approx(learn.log_loss(truth, probabilities, labels=range(5)), abs=EXACT)


def test_a_name_without_its_convention_is_refused() -> None:
    with pytest.raises(hs.Failure) as caught:
        metrics.values_of("ndcg@10", [[1.0]], [[1.0]])
    assert caught.value.issues[0].code == "unknown_word"


def test_numbers_out_of_range_are_refused() -> None:
    for call in (
        lambda: metrics.values_of("mrr[tie-mean]", [[float("nan")]], [[1.0]]),
        lambda: metrics.values_of("mrr[tie-mean]", [[1.0]], [[1.0], [1.0]]),
        lambda: metrics.reliability([1.5], [1]),
        lambda: metrics.brier([[0.5, 0.5], [1.0]], [0, 0]),
        lambda: metrics.log_loss([[0.5, 0.5]], [2]),
        lambda: metrics.paired_bootstrap([], []),
        lambda: metrics.expected_calibration_error([0.5], [1], binning="equal"),  # type: ignore[arg-type]
    ):
        with pytest.raises(hs.ContractError):
            call()


def test_nothing_judged_is_none_and_not_zero() -> None:
    assert metrics.brier([], []) is None
    assert metrics.log_loss([], []) is None
    assert metrics.expected_calibration_error([], []) is None
    assert metrics.coverage([], [], 0.5).uncertain_rate is None
    assert metrics.mean_of("hit@1[tie-mean]", [[1.0]], [[0.0]]).mean is None


def test_the_bootstrap_is_the_same_on_every_run() -> None:
    ours, theirs = [1, 0, 1, 1, 1, 0, 1, 1], [0, 0, 1, 0, 1, 1, 0, 1]
    found = metrics.paired_bootstrap(ours, theirs, draws=1000, seed=7)
    assert found == (0.25, -0.125, 0.625, 8, 8)
    together = metrics.paired_bootstrap(ours, theirs, cluster=[9] * 4 + [4] * 4)
    assert (together.low, together.high, together.clusters) == (0.0, 0.5, 2)


def test_a_card_is_learned_and_matches_with_it(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    answer = hs.match(projects, catalogue, k=0, possible=8)
    outcomes = [
        (project.id, offer.product.id, offer.product.approval_days is not None)
        for project, offers in ((p, answer.possible(p.id)) for p in projects if not p.is_collection)
        for offer in offers
    ]
    learned = hs.learn_scorecard(projects, catalogue, outcomes, draws=20)
    assert sum(learned.card.weights.values()) == 100
    assert learned.card.weights == {name: entry.weight for name, entry in learned.criteria.items()}
    assert learned.criteria["speed"].weight == max(entry.weight for entry in learned.criteria.values())
    assert all(entry.coefficient >= 0 and 0 <= entry.low <= entry.high <= 100 for entry in learned.criteria.values())
    assert learned.accepted + learned.refused == len(outcomes)
    assert learned.without_outcomes
    assert hs.learn_scorecard(projects, catalogue, reversed(outcomes), draws=20).criteria == learned.criteria
    own = hs.Catalogue.compile(catalogue.products, catalogue.policy, learned.card)
    assert len(hs.match(projects, own, k=3)) == len(projects)
