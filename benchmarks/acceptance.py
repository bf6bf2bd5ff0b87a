"""The lines that a run is held against: what was wanted, what was measured, and whether it is enough."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from figures import PREPARED, PROJECTS, SIZES, SPREADS, WHOLE_L, Figure, Figures, milliseconds

S, M, L = SIZES["S"], SIZES["M"], SIZES["L"]
TARGETS = ("portable", "AVX2", "AVX-512")
CHANGES = ("add", "replace", "remove")
FACTS_IN_LIST, FACTS_PREPARED, FACTS_AT_HAND = range(3)  # of OneProject


@dataclasses.dataclass(frozen=True)
class Check:
    """One demand. `figure` is None where it was not measured; `beside` is another figure to read with it."""

    line: int
    what: str
    limit: float
    figure: float | None
    unit: str
    at_least: bool = False
    strict: bool = False
    beside: str = ""

    @property
    def met(self) -> bool | None:
        if self.figure is None:
            return None
        if self.at_least:
            return self.figure >= self.limit
        return self.figure < self.limit if self.strict else self.figure <= self.limit

    def row(self) -> list[str]:
        sign = "≥" if self.at_least else "<" if self.strict else "≤"
        return [
            str(self.line),
            self.what,
            f"{sign} {number(self.limit)} {self.unit}".rstrip(),
            "not measured" if self.figure is None else f"{number(self.figure)} {self.unit}".rstrip(),
            {None: "–", True: "yes", False: "**no**"}[self.met],
            self.beside,
        ]


def number(value: float) -> str:
    """Three digits are enough, and no zeros after them."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 10 else f"{value:.2f}".rstrip("0").rstrip(".")


def over(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None or b == 0 else a / b


def times(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale


def said(value: float | None, unit: str, before: str = "from projects") -> str:
    return "" if value is None else f"{before} {number(value)} {unit}".strip()


def best_peer(figures: Figures, start: str, products: int) -> float | None:
    """Return the best time a project of the peers whose name begins so, on any number of threads."""
    found = [f.ns for f in figures.find(products=products, unknown=0, spread="zipf") if f.who.startswith(start)]
    return min(found, default=None)


def peer(figures: Figures, who: str, size: tuple[int, int]) -> float | None:
    return figures.ns(who, size, 2)


def ratios(figures: Figures, line: int, size: tuple[int, int], wanted: dict[str, float]) -> Iterator[Check]:
    name = next(s for s in SIZES if SIZES[s] == size)
    prepared, projects = figures.ns(PREPARED, size, 2), figures.ns(PROJECTS, size, 2)
    for who, limit in wanted.items():
        whole = who.startswith(("DuckDB", "faiss"))
        theirs = best_peer(figures, who, size[1]) if whole else peer(figures, who, size)
        what = f"{name} ({size[0]:,} projects), 2 threads: times quicker than {who}"
        beside = said(over(theirs, projects), "×")
        yield Check(line, what, limit, over(theirs, prepared), "×", at_least=True, beside=beside)


def doublings(points: dict[int, float]) -> list[float]:
    """How many times the time, wherever the size doubles."""
    return [points[2 * size] / points[size] for size in sorted(points) if 2 * size in points]


def scaling(figures: Figures, who: str) -> tuple[list[float], list[float]]:
    """Return the factors for twice the projects, and for twice the products."""

    def points(of: list[Figure], key: str) -> dict[int, float]:
        return {getattr(f, key): f.ns * f.projects for f in of}

    mine = [f for f in figures.scale if f.who == who]
    by_projects = points([f for f in mine if f.products == M[1] and f.projects != L[0]], "projects")
    by_products = points([f for f in mine if f.projects == L[0]], "products")
    return doublings(by_projects), doublings(by_products)


def target_ns(figures: Figures, size: tuple[int, int], target: str, unknown: int = 0) -> float | None:
    ms = figures.ms("Target", projects=size[0], products=size[1], unknown=unknown, target=TARGETS.index(target))
    return times(ms, 1e6 / size[0])


def checks(figures: Figures) -> Iterator[Check]:
    """All lines that figures can answer, in order."""
    for unknown, limit in ((0, 400), (20, 800)):
        what = f"L whole, 2 threads, {unknown} % unknown, a project"
        beside = said(figures.ns(PROJECTS, WHOLE_L, 2, unknown), "ns")
        yield Check(1, what, limit, figures.ns(PREPARED, WHOLE_L, 2, unknown), "ns", beside=beside)
    wanted = {"DuckDB": 130, "faiss": 19, "plain loop": 55, "plain loop, merged tests": 55, "posting lists": 20}
    yield from ratios(figures, 1, L, wanted)

    beside = said(figures.ns(PROJECTS, M, 2), "ns")
    yield Check(2, "M, 2 threads, a project", 190, figures.ns(PREPARED, M, 2), "ns", beside=beside)
    yield from ratios(figures, 2, M, {"DuckDB": 80})
    beside = said(times(figures.ns(PROJECTS, S, 1), S[0] * 1e-6), "ms")
    figure = times(figures.ns(PREPARED, S, 1), S[0] * 1e-6)
    yield Check(2, "S, 1 thread, the whole list", 0.5, figure, "ms", strict=True, beside=beside)

    for name, size in (("M", M), ("L whole", WHOLE_L)):
        speedup = {who: over(figures.ns(who, size, 1), figures.ns(who, size, 2)) for who in (PREPARED, PROJECTS)}
        what = f"{name}: one thread's time over two threads'"
        beside = said(speedup[PROJECTS], "×")
        yield Check(3, what, 1.85, speedup[PREPARED], "×", at_least=True, beside=beside)
    prepared, projects = scaling(figures, PREPARED), scaling(figures, PROJECTS)
    # What doubles exactly is measured as a little more or less.
    for i, (what, limit) in enumerate((("twice the projects", 2.1), ("twice the products", 2))):
        beside = said(max(projects[i], default=None), "×")
        what = f"{what}: worst factor of {len(prepared[i])} doublings"
        yield Check(3, what, limit, max(prepared[i], default=None), "×", strict=i == 1, beside=beside)
    for name, size in (("M", M), ("L", L)):
        for target, limit in (("AVX2", 3.5), ("portable", 6)):
            known, unknown = (
                over(target_ns(figures, size, target, u), target_ns(figures, size, "AVX-512", u)) for u in (0, 20)
            )
            what = f"{name}, prepared: {target} over AVX-512"
            yield Check(3, what, limit, known, "×", beside=said(unknown, "×", "20 % unknown"))

    for counter, limit in (("p50_ns", 1.5), ("p99_ns", 4)):
        far, near = (
            times(figures.counter("OneProject", counter, products=10_000, unknown=0, facts=f), 1e-3)
            for f in (FACTS_IN_LIST, FACTS_AT_HAND)
        )
        what = f"one project, 10,000 products, its facts at hand: {counter[:3]}"
        beside = said(far, "µs", "facts last looked at 5,000 projects ago:")
        yield Check(4, what, limit, near, "µs", strict=True, beside=beside)
    indexed = figures.ms("CompileAndIndex", products=10_000)
    beside = said(indexed, "ms", "with the first index")
    yield Check(
        4, "compile 10,000 products", 30, figures.ms("Compile", products=10_000), "ms", strict=True, beside=beside
    )
    medians = {
        (change, nth): figures.counter("Update", "p50_us", products=10_000, change=i, nth=nth)
        for i, change in enumerate(CHANGES)
        for nth in (1, 10, 50, 500)
    }
    for change in CHANGES:
        what = f"{change} one of 10,000 products, indexed: median of the 1st since the base"
        yield Check(4, what, 100, medians[change, 1], "µs", strict=True)
    # An update takes longer the further the catalogue is from its base.
    for nth in (10, 50, 500):
        worst = max((us for (_, n), us in medians.items() if n == nth and us is not None), default=None)
        yield Check(4, f"the slowest of these three, the {nth}th since the base", 100, worst, "µs", strict=True)

    row = {
        p: figures.counter("Updates", counter, products=10_000) for p, counter in (("90", "p90_us"), ("99", "p99_us"))
    }
    beside = said(row["99"], "µs", "99 in 100:")
    yield Check(4, "a thousand updates in a row: nine in ten", 100, row["90"], "µs", strict=True, beside=beside)

    size = figures.counter("CompileAndIndex", "index_bytes_per_product", products=10_000)
    yield Check(5, "index, 10,000 products, a product", 2_048, size, "bytes")
    held = {n: figures.counter("Batches", "bytes_in_flight", projects=n) for n in (10_000, 40_000, 160_000)}
    beside = ", ".join(f"{n:,} projects: {b / 1024:,.0f} KiB" for n, b in held.items() if b)
    growth = over(held[160_000], held[10_000])
    yield Check(
        5, "held when a batch of 4,096 is handed over: 160,000 projects over 10,000", 1.1, growth, "×", beside=beside
    )

    for threads in (1, 2):
        ratio = [figures.python_over_cpp(M[0], threads, p) for p in (0, 1)]
        what = f"Python over C++, M, {threads} thread(s)"
        yield Check(6, what, 1.15, ratio[0], "×", beside=said(ratio[1], "×", "prepared"))
    load = times(figures.ms("LoadProjects", rows=100_000), 1e-3)
    loads = [p["load_seconds"] for p in figures.python_calls if p["projects"] == M[0]]
    beside = said(min(loads, default=None), "s", "from Python, with the file read")
    yield Check(6, "load a list of 100,000 rows", 1.5, load, "s", strict=True, beside=beside)

    worst = max((milliseconds(b) * 1e3 for b in figures.of("Explain/")), default=None)
    yield Check(8, "explain one pair: slowest kind of pair", 20, worst, "µs", strict=True)


def spread_ratios(figures: Figures) -> Iterator[list[str]]:
    """Line 7: the ratios again on other spreads, two threads."""
    for spread in SPREADS[1:]:
        for products in (M[1], L[1]):
            size = (L[0], products)
            mine = figures.ns(PREPARED, size, 2, 0, spread)
            if mine is None:
                continue
            for f in sorted(
                figures.find(spread=spread, projects=size[0], products=products, unknown=0, threads=2),
                key=lambda f: f.ns,
            ):
                if f.who != PREPARED:
                    yield [spread, f"{size[0]:,} × {products:,}", f.who, f"{f.ns / mine:,.1f}×"]
