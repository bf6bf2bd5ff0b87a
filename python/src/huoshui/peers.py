"""The peers that the instrument model is measured against, in the folds of the same cross-validation.

Each peer runs through every setting of its grid, and its best one is reported: chosen on the very rows that judge it,
which favours the peers.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from huoshui import metrics
from huoshui.evaluation import splits_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from huoshui.evaluation import Deal

    Scores = npt.NDArray[np.float64]
    Setting = dict[str, Any]
    # Texts and amounts of training, indices of their families, texts and amounts to answer, number of families.
    Run = Callable[["Rows", Sequence[int], "Rows", int, Setting], Scores]

__all__ = ["Peer", "Rows", "run_peers"]


@dataclass(frozen=True)
class Rows:
    """Hold what a peer may see of some deals: the same fields that our model may."""

    texts: list[str]
    amounts: list[list[float]]

    def pick(self, indices: Sequence[int]) -> Rows:
        """Return some of the rows."""
        return Rows([self.texts[i] for i in indices], [self.amounts[i] for i in indices])


@dataclass(frozen=True)
class Peer:
    """Hold what became of one peer."""

    scores: Scores | None
    relevance: Scores
    setting: Setting | None
    settings_tried: int
    reason: str = ""

    def report(self, ranking: Callable[[Scores, Scores], dict[str, float | None]]) -> dict[str, Any]:
        """Return what JSON says."""
        if self.scores is None:
            return {"status": "not_run", "reason": self.reason}
        return {
            "status": "run",
            **ranking(self.scores, self.relevance),
            "setting": self.setting,
            "settings_tried": self.settings_tried,
        }


def _log_wan(text: str) -> float:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return math.nan
    return math.log10(value) if value > 0 else math.nan


def rows_of(deals: Sequence[Deal]) -> Rows:
    """Return the deals as peers see them; the size of an amount is a letter of the text as well."""
    texts, amounts = [], []
    for deal in deals:
        sizes = [_log_wan(deal.inputs.get(key, "")) for key in ("total_investment_wan", "loan_amount_wan")]
        # Ⓐ, Ⓑ … for the digits of the investment, ⓐ, ⓑ … for those of the need.
        letters = [
            "" if math.isnan(size) else chr(ord(first) + min(int(max(size, 0)), 20))
            for first, size in zip("Ⓐⓐ", sizes, strict=True)
        ]
        words = [value for key, value in deal.inputs.items() if not key.endswith("_wan")]
        texts.append(" ".join([*words, *letters]))
        amounts.append(sizes)
    return Rows(texts, amounts)


def _majority(train: Rows, labels: Sequence[int], test: Rows, families: int, setting: Setting) -> Scores:
    import numpy as np

    counts = np.bincount(labels, minlength=families).astype(float)
    return np.tile(counts, (len(test.texts), 1))


def _nearest(train: Rows, labels: Sequence[int], test: Rows, families: int, setting: Setting) -> Scores:
    """Score a family by its row that is most alike: cosine of character pairs."""
    import numpy as np

    pairs = [Counter(text[i : i + 2] for i in range(len(text) - 1)) for text in train.texts + test.texts]
    kept = pairs[: len(train.texts)]
    known = {pair: number for number, pair in enumerate(sorted(set().union(*kept)))}
    rare = np.ones(len(known))
    if setting["weight"] == "idf":
        seen = Counter(pair for row in kept for pair in row)
        rare = np.array([math.log(len(kept) / seen[pair]) + 1 for pair in known])
    matrix = np.zeros((len(pairs), len(known)))
    for row, counts in enumerate(pairs):
        for pair, count in counts.items():
            if pair in known:
                matrix[row, known[pair]] = 1 if setting["weight"] == "binary" else count
    matrix *= rare
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    alike = matrix[len(train.texts) :] @ matrix[: len(train.texts)].T
    out = np.zeros((len(test.texts), families))
    for column, label in enumerate(labels):
        out[:, label] = np.maximum(out[:, label], alike[:, column])
    # Rounded, so that no tie hangs on the last bit of a sum.
    return out.round(12)


def _tf_idf(train: Rows, test: Rows, longest: int, least: int) -> tuple[Any, Any]:
    text = import_module("sklearn.feature_extraction.text")
    words = text.TfidfVectorizer(analyzer="char", ngram_range=(1, longest), min_df=least, sublinear_tf=True)
    return words.fit_transform(train.texts), words.transform(test.texts)


def _spread(found: Any, classes: Sequence[int], families: int) -> Scores:
    import numpy as np

    out = np.zeros((len(found), families))
    out[:, list(classes)] = found
    return out.round(12)


def _regression(train: Rows, labels: Sequence[int], test: Rows, families: int, setting: Setting) -> Scores:
    linear = import_module("sklearn.linear_model")
    known, asked = _tf_idf(train, test, setting["longest"], 1)
    model = linear.LogisticRegression(C=setting["C"], max_iter=500)
    model.fit(known, labels)
    return _spread(model.predict_proba(asked), [int(label) for label in model.classes_], families)


def _boosting(train: Rows, labels: Sequence[int], test: Rows, families: int, setting: Setting) -> Scores:
    import numpy as np

    lightgbm = import_module("lightgbm")
    known, asked = _tf_idf(train, test, 2, 3)
    classes = sorted(set(labels))
    model = lightgbm.train(
        {
            "objective": "multiclass",
            "num_class": len(classes),
            "num_leaves": setting["leaves"],
            "learning_rate": 0.1,
            "min_data_in_leaf": 2,
            "min_data_in_bin": 1,
            "feature_fraction": 0.5,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": 1,
            "seed": 1,
            "verbosity": -1,
        },
        lightgbm.Dataset(
            np.hstack([known.toarray(), np.array(train.amounts)]), label=[classes.index(label) for label in labels]
        ),
        num_boost_round=setting["rounds"],
    )
    return _spread(model.predict(np.hstack([asked.toarray(), np.array(test.amounts)])), classes, families)


PEERS: dict[str, tuple[Run, list[Setting], tuple[str, ...]]] = {
    "majority": (_majority, [{}], ()),
    "nearest_neighbour": (_nearest, [{"weight": weight} for weight in ("binary", "count", "idf")], ()),
    "tfidf_logistic_regression": (
        _regression,
        [{"longest": longest, "C": c} for longest in (1, 2) for c in (10.0, 100.0, 1000.0)],
        ("sklearn",),
    ),
    "lightgbm": (
        _boosting,
        [{"leaves": leaves, "rounds": rounds} for leaves in (3, 4) for rounds in (50, 100)],
        ("sklearn", "lightgbm"),
    ),
}
"""Each peer with its grid and the packages that it needs (the extra `evaluate`)."""


@contextmanager
def _alone() -> Iterator[None]:
    """Let no thread and no warning of a package show in the answer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            limits = import_module("threadpoolctl").threadpool_limits(1)
        except ImportError:
            yield
            return
        with limits:
            yield


def run_peers(
    deals: Sequence[Deal],
    families: Sequence[str],
    relevance: Scores,
    folds: Sequence[int],
    names: Sequence[str] = tuple(PEERS),
) -> dict[str, Peer]:
    """Run the peers through the folds; a peer whose package is missing says so.

    Parameters
    ----------
    deals, families
        What is answered, and the answers there are.
    relevance
        1 for each right answer.
    folds
        The fold of each deal.
    names
        Which peers.
    """
    rows = rows_of(deals)
    labels = [families.index(deal.right[0]) for deal in deals]
    out: dict[str, Peer] = {}
    for name in names:
        run, grid, packages = PEERS[name]
        missing = [package for package in packages if not _is_there(package)]
        if missing:
            out[name] = Peer(None, relevance, None, 0, f"no package {missing[0]}: pip install huoshui[evaluate]")
            continue
        best: tuple[tuple[float, ...], Scores, Setting] | None = None
        reason = ""
        with _alone():
            for setting in grid:
                try:
                    scores = _through_folds(run, rows, labels, relevance.shape, folds, setting)
                except Exception as error:  # a package that cannot take these rows must not end the judging of ours
                    reason = f"{type(error).__name__}: {error}"
                    continue
                worth = tuple(
                    metrics.mean_of(metric, scores, relevance).mean or 0.0
                    for metric in ("hit@1[tie-mean]", "hit@3[tie-mean]", "mrr[tie-mean]")
                )
                if best is None or worth > best[0]:
                    best = worth, scores, setting
        if best is None:
            out[name] = Peer(None, relevance, None, len(grid), reason)
        else:
            out[name] = Peer(best[1], relevance, best[2], len(grid))
    return out


def _through_folds(
    run: Run, rows: Rows, labels: Sequence[int], shape: tuple[int, ...], folds: Sequence[int], setting: Setting
) -> Scores:
    import numpy as np

    scores = np.zeros(shape)
    for train, test in splits_of(folds):
        scores[test] = run(rows.pick(train), [labels[i] for i in train], rows.pick(test), shape[1], setting)
    return scores


def _is_there(package: str) -> bool:
    try:
        import_module(package)
    except ImportError:
        return False
    return True
