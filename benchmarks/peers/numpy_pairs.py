"""NumPy by pairs: posting lists of (region, industry, borrower) give the pairs of many projects at once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from workload import BEST, Answer, Columns, Run, Workload, answer_of_keys, main, points

PAIRS = 200_000  # at a time: their columns stay in the second cache level


def chosen(columns: Columns, at: np.ndarray) -> Columns:
    return {name: numbers[at] for name, numbers in columns.items()}


def prepare(w: Workload, threads: int) -> Run:
    lists = w.exploded("region", "industry", "borrower")

    def key(columns: Columns) -> np.ndarray:
        return (columns["region"] << 7 | columns["industry"]) << 4 | columns["borrower"]

    keys = key(lists)
    order = np.argsort(keys, kind="stable")
    rows = lists["product"][order]
    ends = np.searchsorted(keys[order], np.arange(1 << 18), side="right")
    wanted = key(w.p)
    first = np.where(wanted > 0, ends[wanted - 1], 0)
    counts = ends[wanted] - first

    def part(a: int, b: int) -> Answer:
        count = counts[a:b]
        project = np.repeat(np.arange(b - a), count)
        product = rows[np.repeat(first[a:b] - np.cumsum(count) + count, count) + np.arange(len(project))]
        p = {name: numbers[a:b] for name, numbers in w.p.items()}

        def keep(mask: np.ndarray) -> None:
            nonlocal project, product
            project, product = project[mask], product[mask]

        # Cheapest and most selective first; each test sees only what the ones before left.
        keep(w.q["securities"][product] & p["security_bit"][project] != 0)
        need = p["need"][project]
        keep((w.q["amount_min"][product] <= need) & (need <= w.q["amount_most"][product]))
        keep(w.q["instrument_bit"][product] & p["gates"][project] != 0)
        keep(w.q["debt_max"][product] >= p["debt"][project])
        keep(w.q["years_min"][product] <= p["years"][project])
        keep(w.q["must_have"][product] & ~p["has"][project] == 0)
        keep(w.q["tenor_max"][product] >= p["tenor"][project])

        total = points(chosen(w.q, product), chosen(p, project), w.weight)
        # One sort of whole numbers: project, points falling, row. 22 + 27 + 14 bits.
        packed = np.sort(project << 41 | ((1 << 27) - 1 - total) << 14 | product)
        project = packed >> 41
        starts = np.searchsorted(project, np.arange(b - a + 1))
        best = np.arange(len(packed)) - starts[project] < BEST
        packed, project = packed[best], project[best]
        found = (((1 << 27) - 1 - (packed >> 14 & (1 << 27) - 1)) << 32) | (0xFFFFFFFF - (packed & (1 << 14) - 1))
        return answer_of_keys(b - a, project, found, np.diff(starts))

    cuts = [0]
    total = np.cumsum(counts)
    while cuts[-1] < w.projects:
        before = total[cuts[-1] - 1] if cuts[-1] else 0
        cuts.append(max(cuts[-1] + 1, int(np.searchsorted(total, before + PAIRS, side="right"))))

    def joined(parts: list[Answer]) -> Answer:
        return Answer(*(np.concatenate([getattr(a, n) for a in parts]) for n in ("permitted", "rows", "points")))

    def run() -> Answer:
        if threads == 1:
            return joined([part(a, b) for a, b in pairwise(cuts)])
        with ThreadPoolExecutor(threads) as pool:
            return joined(list(pool.map(part, cuts, cuts[1:])))

    return run


if __name__ == "__main__":
    main("NumPy, pairs in batches", np.__version__, prepare)
