"""Judge the shipped instrument model on a file of deals whose instrument is known, beside simple peers.

Only what a list states before a deal is made goes in: place, borrower, summary, trade, purpose, total investment and
need. Lender, text of the loan, rate, security and the like would give the label away.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast

import huoshui as hs
from huoshui import _huoshui, metrics
from huoshui._huoshui import Issue, Project
from huoshui.errors import ContractError, Failure
from huoshui.lists import load_projects
from huoshui.tables import table_of_rows, text_of_file

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Scores = npt.NDArray[np.float64]

__all__ = ["INPUTS", "METRICS", "Deal", "Deals", "Model", "Models", "evaluate", "folds_of", "load_deals", "project_of"]

INPUTS = {
    "province": "所属省",
    "city": "所属市",
    "county": "所属县区",
    "town": "所属镇街",
    "borrower_name_or_kind": "项目单位",
    "borrower_type": "主体类型",
    "project_summary": "建设内容",
    "industry_text": "行业",
    "purpose": "资金用途",
    "total_investment_wan": "总投资（万元）",
    "loan_amount_wan": "融资需求（万元）",
}
"""The columns that may be read, each with the header that it would have in a project list."""

METRICS = {
    "hit@1": "hit@1[tie-mean]",
    "hit@3": "hit@3[tie-mean]",
    "mrr": "mrr[tie-mean]",
    "ndcg@5": "ndcg@5[linear,tie-mean]",
}
"""The keys of the answer, each with the convention that it follows."""

FOLDS = 5
SEED = 1
BINS = 10
DRAWS = 10_000

_LABEL = "instrument_family"


class Model(Protocol):
    """What is judged: probabilities over the families."""

    @property
    def uncertain_below(self) -> float:
        """The best probability under which the answer is 不确定."""

    def probabilities(self, projects: list[Project], *, threads: int = 1) -> Scores:
        """Return a row for each project; rows sum to 1."""

    def seen(self, project: Project) -> bool:
        """Return whether the project was part of the training."""


class Models(Protocol):
    """Where models come from: `huoshui.InstrumentModel`."""

    def bundled(self) -> Model:
        """Return the shipped model."""

    def rules_only(self) -> Model:
        """Return lexicon and rules, without training data."""

    def train(self, projects: list[Project], families: Sequence[str], *, seed: int = 1) -> Model:
        """Train the shipped recipe on other projects."""


@dataclass(frozen=True)
class Deal:
    """Hold one row: what may be read, and what was right.

    Examples
    --------
    >>> Deal(2, "D1", {"project_summary": "新建水厂"}, ("基础设施中长期项目贷款",)).inputs["project_summary"]
    '新建水厂'
    """

    row: int
    id: str
    inputs: dict[str, str]
    right: tuple[str, ...]  # the label first, then second labels


@dataclass
class Deals:
    """Hold the rows of a file; rows = deals + unknown labels + rows without a label."""

    file: str
    families: tuple[str, ...]
    rows: int = 0
    deals: list[Deal] = field(default_factory=list)
    unknown_labels: list[tuple[int, str]] = field(default_factory=list)
    without_label: list[int] = field(default_factory=list)
    missing_columns: list[str] = field(default_factory=list)
    unmatched_alt_labels: list[tuple[str, str]] = field(default_factory=list)

    def projects(self) -> list[Project]:
        """Return every deal as the library reads it, one project each."""
        return [project_of(deal) for deal in self.deals]

    def relevance(self) -> Scores:
        """Return 1 for each right answer of each deal."""
        import numpy as np

        out = np.zeros((len(self.deals), len(self.families)))
        for row, deal in enumerate(self.deals):
            out[row, [self.families.index(label) for label in deal.right]] = 1
        return out


def _shipped(name: str) -> Any:
    """Return what the package itself ships: `families` or `InstrumentModel`."""
    found = getattr(hs, name, None)
    if found is None:
        raise ContractError("这一版没有工具推荐模型，不能评测；请升级。")
    return found


def _table(path: str | os.PathLike[str], needed: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Return the header and the rows that are not blank, each with its number in the file."""
    reader = csv.reader(io.StringIO(text_of_file(path), newline=""))
    name = os.path.basename(path)
    header: list[str] = []
    rows = []
    try:
        header = [_clean(cell) for cell in next(reader, [])]
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                rows.append((number, {key: cell.strip() for key, cell in zip(header, cells, strict=False)}))
    except csv.Error as error:
        raise Failure([Issue("file_unreadable", f"文件“{name}”不是可读的 CSV：{error}。", file=name)]) from error
    if needed not in header:
        raise Failure(
            [
                Issue(
                    "missing_column",
                    f"文件“{name}”没有“{needed}”列，不能评测；第一行应为列名。",
                    file=name,
                    row=1,
                    found="、".join(header)[:80],
                    expected=needed,
                )
            ]
        )
    return header, rows


def _clean(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def load_deals(
    path: str | os.PathLike[str],
    *,
    alt_labels: str | os.PathLike[str] | None = None,
    families: Sequence[str] | None = None,
) -> Deals:
    r"""Read a file of deals.

    Parameters
    ----------
    path
        A CSV with the label in `instrument_family` and any of the columns of `INPUTS`; other columns are not read.
    alt_labels
        A CSV with `deal_id` and `alt_family`: second labels that are right as well.
    families
        The labels there are; `huoshui.families()` by default.

    Raises
    ------
    Failure
        When a file cannot be read or has no column of labels. Unknown labels are listed and not counted.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "deals.csv"
    >>> _ = file.write_text("deal_id,project_summary,instrument_family\nD1,新建水厂,甲\nD2,,丙\n", encoding="utf-8")
    >>> deals = load_deals(file, families=["甲", "乙"])
    >>> [deal.id for deal in deals.deals], deals.unknown_labels
    (['D1'], [(3, '丙')])
    """
    out = Deals(os.path.basename(path), tuple(families if families is not None else _shipped("families")()))
    known = {_clean(family): family for family in out.families}
    header, rows = _table(path, _LABEL)
    second: dict[str, list[str]] = {}
    if alt_labels is not None:
        _, alt_rows = _table(alt_labels, "alt_family")
        ids = {row.get("deal_id", "") for _, row in rows}
        for _, row in alt_rows:
            name = row.get("deal_id", "")
            for label in filter(None, re.split(r"\s*[;；|]\s*", row.get("alt_family", ""))):
                family = known.get(_clean(label))
                if family is None or name not in ids:
                    out.unmatched_alt_labels.append((name, label))
                else:
                    second.setdefault(name, []).append(family)
    out.missing_columns = [name for name in INPUTS if name not in header]
    out.rows = len(rows)
    for number, row in rows:
        label = row.get(_LABEL, "")
        if not label:
            out.without_label.append(number)
        elif _clean(label) not in known:
            out.unknown_labels.append((number, label))
        else:
            name = row.get("deal_id", "")
            right = dict.fromkeys([known[_clean(label)], *second.get(name, ())])
            inputs = {key: row[key] for key in INPUTS if row.get(key)}
            out.deals.append(Deal(number, name or f"R{number:04}", inputs, tuple(right)))
    return out


def project_of(deal: Deal) -> Project:
    """Read a deal as a list of one row, the way any list is read; it does not depend on the deals beside it.

    A row that the reader takes for no project becomes a project of nothing but its texts.

    Examples
    --------
    >>> project_of(Deal(2, "D1", {"project_summary": "新建水厂", "county": "东源县"}, ())).text("content")
    '新建水厂'
    """
    # Without a project name the borrower names the row; without either, what is built or bought does.
    columns = {header: deal.inputs.get(key, "") for key, header in INPUTS.items()}
    if "borrower_name_or_kind" not in deal.inputs:
        texts = (deal.inputs.get(key, "") for key in ("project_summary", "purpose", "industry_text"))
        columns["项目名称"] = next(filter(None, texts), "项目")
    try:
        read = load_projects(table_of_rows([list(columns), list(columns.values())]))
    except Failure:
        read = None
    if read is not None and len(read) == 1:
        return read[0]
    fields = {
        "borrower_name_or_kind": "owner",
        "project_summary": "content",
        "industry_text": "industry",
        "purpose": "use",
    }
    known = {column: deal.inputs[key] for key, column in fields.items() if key in deal.inputs}
    return _huoshui.bare_project(deal.id, next(iter(known.values()), "项目"), known)


def folds_of(deals: Sequence[Deal], folds: int = FOLDS, seed: int = SEED) -> list[int]:
    """Return the fold of each deal, stratified by label; it does not depend on the order of the rows.

    Examples
    --------
    >>> deals = [Deal(row, f"D{row}", {}, ("甲",)) for row in range(10)]
    >>> sorted(folds_of(deals))
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    """

    def key(index: int) -> tuple[str, str, int]:
        deal = deals[index]
        words = "\x1f".join([str(seed), deal.id, *(deal.inputs.get(name, "") for name in INPUTS)])
        return deal.right[0], hashlib.sha256(words.encode()).hexdigest(), index

    out = [0] * len(deals)
    # Dealt out family by family without a break, so that families and folds are both level.
    for place, index in enumerate(sorted(range(len(deals)), key=key)):
        out[index] = place % folds
    return out


def splits_of(folds: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield, for each fold, the deals to train on and those to answer.

    Examples
    --------
    >>> list(splits_of([0, 1, 0]))
    [([1], [0, 2]), ([0, 2], [1])]
    """
    for fold in sorted(set(folds)):
        yield (
            [i for i, other in enumerate(folds) if other != fold],
            [i for i, other in enumerate(folds) if other == fold],
        )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _ranking(scores: Scores, relevance: Scores) -> dict[str, float | None]:
    return {key: _rounded(metrics.mean_of(name, scores, relevance).mean) for key, name in METRICS.items()}


def _by_family(deals: Deals, scores: Scores, relevance: Scores) -> dict[str, dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for family in deals.families:
        rows = [i for i, deal in enumerate(deals.deals) if deal.right[0] == family]
        if rows:
            found = _ranking(scores[rows], relevance[rows])
            out[family] = {"n": len(rows), "hit@1": found["hit@1"], "hit@3": found["hit@3"]}
    return out


def _calibration(probabilities: Scores, relevance: Scores, thresholds: Scores) -> dict[str, Any]:
    """Judge the probabilities; of several right answers the most probable one is the truth."""
    best = probabilities.max(axis=1)
    right = _values(METRICS["hit@1"], probabilities, relevance)
    truth = (probabilities * relevance - (relevance == 0)).argmax(axis=1).tolist()
    bins = metrics.reliability(best, right, bins=BINS)
    brier = metrics.brier(probabilities, truth, bins=BINS)
    # A threshold of its own for each row (folds have their own models): answered from 1/2 on.
    answered = (best >= thresholds).astype(float)
    covered = metrics.coverage(answered, right, 0.5)
    shown = sorted({round(float(value), 6) for value in thresholds})
    return {
        "ece": _rounded(metrics.expected_calibration_error(best, right, bins=BINS)),
        "brier": None if brier is None else _rounded(brier.score),
        "brier_parts": None
        if brier is None
        else {
            "reliability": _rounded(brier.reliability),
            "resolution": _rounded(brier.resolution),
            "uncertainty": _rounded(brier.uncertainty),
            "within_bins": _rounded(brier.within_bins),
        },
        "log_loss": _rounded(metrics.log_loss(probabilities, truth)),
        "reliability": [
            {
                "n": b.count,
                "from": _rounded(b.lower),
                "to": _rounded(b.upper),
                "forecast": _rounded(b.forecast),
                "observed": _rounded(b.observed),
            }
            for b in bins
        ],
        "uncertain": {
            "threshold": shown[0] if len(shown) == 1 else shown,
            "rate": _rounded(covered.uncertain_rate),
            "answered": covered.answered,
            "hit@1_when_answered": _rounded(covered.right_when_answered),
        },
    }


def _judged(deals: Deals, probabilities: Scores, relevance: Scores, thresholds: Scores) -> dict[str, Any]:
    return {
        **_ranking(probabilities, relevance),
        "by_family": _by_family(deals, probabilities, relevance),
        **_calibration(probabilities, relevance, thresholds),
    }


def _probabilities(model: Model, projects: list[Project], families: int) -> Scores:
    import numpy as np

    out = np.asarray(model.probabilities(projects), dtype=np.float64).reshape(len(projects), families)
    if len(projects) and not np.allclose(out.sum(axis=1), 1, atol=1e-5):
        raise ContractError("a row of probabilities does not sum to 1")
    return cast("Scores", out / np.maximum(out.sum(axis=1, keepdims=True), 1e-12))


def enough_for_folds(deals: Sequence[Deal]) -> bool:
    """Return whether cross-validation says anything: two rows a family on the average, and ten in all.

    Examples
    --------
    >>> enough_for_folds([Deal(row, "", {}, ("甲",)) for row in range(9)])
    False
    """
    return len(deals) >= max(10, 2 * len({deal.right[0] for deal in deals}))


def evaluate(
    deals: Deals, *, models: Models | None = None, cross_validate: bool | None = None, peers: bool = True
) -> dict[str, Any]:
    """Judge the shipped model, the rules alone, our recipe in cross-validation, and the peers in the same folds.

    Parameters
    ----------
    deals
        What `load_deals` read.
    models
        `huoshui.InstrumentModel` by default.
    cross_validate
        By default when there are two rows a family on the average.
    peers
        Whether to run the peers; they need cross-validation.

    Returns
    -------
    dict
        As `huoshui evaluate --json` prints it; the same bytes on every run.

    Raises
    ------
    ContractError
        When there are fewer deals than folds and cross-validation is asked for.
    """
    import numpy as np

    chosen: Models = models if models is not None else _shipped("InstrumentModel")
    if cross_validate and len(deals.deals) < FOLDS:
        raise ContractError(f"只有 {len(deals.deals)} 行可评测，不够做 {FOLDS} 折交叉验证")
    folded = enough_for_folds(deals.deals) if cross_validate is None else cross_validate
    projects = deals.projects()
    relevance = deals.relevance()
    families = len(deals.families)

    shipped = chosen.bundled()
    ours = _probabilities(shipped, projects, families)
    seen = [shipped.seen(project) for project in projects]
    new = [i for i, known in enumerate(seen) if not known]
    rules = _ranking(_probabilities(chosen.rules_only(), projects, families), relevance)
    out: dict[str, Any] = {
        "format": "huoshui.evaluation/1",
        "file": deals.file,
        "rows": deals.rows,
        "n": len(deals.deals),
        **_judged(deals, ours, relevance, np.full(len(projects), shipped.uncertain_below)),
        "rules_only": rules,
        "seen_in_training": sum(seen),
        "unseen": {"n": len(new), **_ranking(ours[new], relevance[new])},
        "not_counted": {
            "unknown_labels": [{"row": row, "label": label} for row, label in deals.unknown_labels],
            "without_label": deals.without_label,
            "missing_columns": deals.missing_columns,
            "unmatched_alt_labels": [{"deal_id": name, "label": label} for name, label in deals.unmatched_alt_labels],
        },
        "conventions": {
            **METRICS,
            "ece": f"{BINS} bins of equal count, best probability against hit@1",
            "brier": "sum over families, 0 to 2",
            "several_right_answers": "any counts; probabilities are judged by the most probable one",
        },
        "cross_validation": None,
        "peers": {},
        "margin": None,
    }
    if not folded:
        return out

    folds = folds_of(deals.deals)
    scores = np.zeros_like(ours)
    thresholds = np.zeros(len(projects))
    for train, test in splits_of(folds):
        model = chosen.train([projects[i] for i in train], [deals.deals[i].right[0] for i in train], seed=SEED)
        scores[test] = _probabilities(model, [projects[i] for i in test], families)
        thresholds[test] = model.uncertain_below
    out["cross_validation"] = {
        "folds": FOLDS,
        "seed": SEED,
        "n": len(projects),
        **_judged(deals, scores, relevance, thresholds),
    }
    if peers:
        from huoshui.peers import run_peers

        found = run_peers(deals.deals, deals.families, relevance, folds)
        out["peers"] = {name: peer.report(_ranking) for name, peer in found.items()}
        out["margin"] = _margins(scores, {name: peer.scores for name, peer in found.items()}, relevance)
    return out


def _margins(ours: Scores, peers: dict[str, Scores | None], relevance: Scores) -> dict[str, Any]:
    """Return ours less the best peer's, with its interval, for each metric."""
    out: dict[str, Any] = {}
    for key, name in METRICS.items():
        values = {peer: _values(name, scores, relevance) for peer, scores in peers.items() if scores is not None}
        best = max(values, key=lambda peer: sum(values[peer]))
        found = metrics.paired_bootstrap(_values(name, ours, relevance), values[best], draws=DRAWS, seed=SEED)
        out[key] = {
            "against": best,
            "difference": _rounded(found.mean),
            "low": _rounded(found.low),
            "high": _rounded(found.high),
            "percent": 95,
            "draws": DRAWS,
        }
    return out


def _values(name: str, scores: Scores, relevance: Scores) -> list[float]:
    return [value or 0.0 for value in metrics.values_of(name, scores, relevance)]
