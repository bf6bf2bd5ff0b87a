"""W as NumPy columns, the pairs that are worth a look, and the check that every peer must pass.

`huoshui_workload_export` writes the columns; `benchmarks/support/flat.hpp` says what each means.
"""

from __future__ import annotations

import dataclasses
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

BEST = 10
FULL = 1_000_000
AMOUNT_SPAN, TENOR_SPAN = 870_834, 6 * 65536
GOOD_CREDIT, TIER, INSURED, CREDIT_FILE = 1, 2, 4, 8
# The order of Criterion in the library.
CRITERIA = ["amount", "tenor", "cost", "cover", "light", "policy", "industry", "borrower", "locality", "speed"]
CRITERIA += ["completeness", "text", "source", "prefer", "caution", "readiness", "plausibility"]

Columns = dict[str, np.ndarray]


def bits(words: list[np.ndarray], size: int) -> np.ndarray:
    """Return a table of truth, one row for each entry and one column for each product."""
    return np.stack([(words[i // 64] >> np.uint64(i % 64) & np.uint64(1)).astype(bool) for i in range(size)])


@dataclasses.dataclass
class Answer:
    """Ten places for each project, -1 where there is no offer."""

    permitted: np.ndarray
    rows: np.ndarray
    points: np.ndarray

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and all(
            np.array_equal(getattr(self, f.name), getattr(other, f.name)) for f in dataclasses.fields(self)
        )

    @classmethod
    def empty(cls, projects: int) -> Answer:
        wide = np.full((projects, BEST), -1, np.int32)
        return cls(np.zeros(projects, np.int32), wide, wide.copy())


def key_of(points: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """One number that falls as the ranking falls: points, then the lower row first."""
    return points.astype(np.int64) << 32 | (0xFFFFFFFF - rows.astype(np.int64))


def answer_of_keys(projects: int, project: np.ndarray, keys: np.ndarray, permitted: np.ndarray) -> Answer:
    """Lay out keys that come sorted by project, best first, at most ten for each."""
    out = Answer.empty(projects)
    out.permitted[:] = permitted
    starts = np.searchsorted(project, np.arange(projects))
    place = np.arange(len(project)) - starts[project]
    out.points[project, place] = keys >> 32
    out.rows[project, place] = 0xFFFFFFFF - (keys & 0xFFFFFFFF)
    return out


class Workload:
    """The products, and the first projects of a list."""

    def __init__(self, folder: Path, projects: int | None = None) -> None:
        def column(path: Path) -> np.ndarray:
            numbers = np.load(path)
            return numbers.view(np.int64) if numbers.dtype == np.uint64 else numbers.astype(np.int64)

        self.q: Columns = {p.stem[8:]: column(p) for p in folder.glob("product_*.npy")}
        every: Columns = {p.stem[8:]: column(p) for p in folder.glob("project_*.npy")}
        self.p: Columns = {name: numbers[:projects].copy() for name, numbers in every.items()}
        self.weight = dict(zip(CRITERIA, np.load(folder / "weights.npy").tolist(), strict=True))
        self.answer = Answer(
            *(np.load(folder / f"answer_{name}.npy")[:projects] for name in ("permitted", "rows", "points"))
        )
        self.products, self.projects = len(self.q["needs"]), len(self.p["need"])
        # A bit for each entry, so that a set is asked with one AND in every tool.
        for name in ("measure", "borrower", "security"):
            self.p[f"{name}_bit"] = 1 << self.p[name]
        self.q["instrument_bit"] = 1 << self.q["instrument"]
        self.q["amount_most"] = np.where(self.q["needs"] & TIER, np.iinfo(np.int32).max, self.q["amount_top"])
        self.q["must_have"] = self.q["needs"] & (GOOD_CREDIT | TIER)
        self.q["product"] = np.arange(self.products)
        self.p["project"] = np.arange(self.projects)
        self.region = bits([self.q.pop(f"regions{w}").view(np.uint64) for w in (0, 1)], 128)
        self.industry = bits([self.q.pop(f"industries{w}").view(np.uint64) for w in (0, 1)], 128)
        self.borrower = np.stack([self.q["borrowers"] >> b & 1 for b in range(16)]).astype(bool)
        self.security = np.stack([self.q["securities"] >> s & 1 for s in range(16)]).astype(bool)

    def join_keys(self) -> list[str]:
        """Return what to join on: region, industry and borrower, or the first two where three need too many rows."""
        counts = self.region.sum(0) * self.industry.sum(0) * self.borrower.sum(0)
        return ["region", "industry", "borrower"][: 3 if counts.sum() <= 20_000_000 else 2]

    def exploded(self, *keys: str) -> Columns:
        """Return one row for each product and each combination of the entries of `keys` that it accepts."""
        out: Columns = {"product": np.arange(self.products)}
        for key in keys:
            product, entry = np.nonzero(getattr(self, key).T)
            counts = np.bincount(product, minlength=self.products)[out["product"]]
            first = np.searchsorted(product, out["product"])
            at = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
            out = {name: np.repeat(numbers, counts) for name, numbers in out.items()}
            out[key] = entry[at]
        return out


def points(q: Columns, p: Columns, weight: dict[str, int]) -> np.ndarray:
    """The points of permitted pairs; columns of one length, or of one number on either side."""

    def fit(gap: np.ndarray, span: int) -> np.ndarray:
        return FULL - np.clip(gap, 0, span) * FULL // span

    total = q["fixed_points"] + weight["amount"] * fit(q["amount_log"] - p["need_log"], AMOUNT_SPAN)
    total += weight["tenor"] * fit(q["tenor_log"] - p["tenor_log"], TENOR_SPAN)
    named, served = q["measures"] & p["measure_bit"] != 0, q["instrument_measures"] & p["measure_bit"] != 0
    total += weight["policy"] * np.where(named, FULL, np.where(served, 600_000, 0))
    total += weight["borrower"] * np.where(q["named_borrowers"] & p["borrower_bit"], FULL, 700_000)
    shared = np.bitwise_count(q["text0"] & p["text0"]) + np.bitwise_count(q["text1"] & p["text1"])
    total += weight["text"] * (shared.astype(np.int64) * FULL // q["text_pairs"] // 2)
    wishes = q["needs"] & p["has"]
    total += weight["prefer"] * np.where(wishes & CREDIT_FILE, FULL, 0)
    held = (p["held0"] >> q["instrument"] & 1) + 2 * (p["held1"] >> q["instrument"] & 1) + (wishes & INSURED != 0)
    shoulds = q["shoulds"]
    total += weight["caution"] * np.where(shoulds == 0, FULL, held * FULL // np.maximum(shoulds, 1))
    return total


Run = Callable[[], Answer | None]
"""A call that matches the list; the first call of all returns the answer, to be checked."""


def main(name: str, version: str, prepare: Callable[[Workload, int], Run]) -> None:
    """Check a peer, time it, and print one line of JSON. Arguments: folder, projects, threads, repetitions."""
    folder, projects, threads, repetitions = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    workload = Workload(folder, projects)
    run = prepare(workload, threads)
    if run() != workload.answer:
        raise SystemExit(f"{name}: the answer differs from the exhaustive method")
    report(name, version, workload, threads, repetitions, run)


def report(name: str, version: str, w: Workload, threads: int, repetitions: int, run: Callable[[], object]) -> None:
    """Time what was checked: medians of the wall clock, and of the processor time that tells a busy machine."""
    wall, cpu = [], []
    for _ in range(repetitions):
        start, start_cpu = time.perf_counter(), time.process_time()
        run()
        wall.append((time.perf_counter() - start) / w.projects * 1e9)
        cpu.append((time.process_time() - start_cpu) / w.projects * 1e9)
    record = {
        "peer": name,
        "version": version,
        "projects": w.projects,
        "products": w.products,
        "threads": threads,
        "ns_per_project": statistics.median(wall),
        "cpu_ns_per_project": statistics.median(cpu),
        "repetitions": repetitions,
    }
    print(json.dumps(record, ensure_ascii=False))
