"""The Python call on the list and the handbook that MatchList of the C++ binary makes for itself.

Arguments: folder, threads, repetitions. The package is imported from where PYTHONPATH says.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import huoshui as hs


def main() -> None:
    folder, threads, repetitions = Path(sys.argv[1]), *map(int, sys.argv[2:4])
    start = time.perf_counter()
    projects = hs.load_projects(folder / "list.csv")
    loading = time.perf_counter() - start
    products = hs.load_products(folder / "handbook.csv")
    catalogue = hs.Catalogue.compile(products, hs.Policy.bundled().at("2026-03-01"))
    prepared = hs.prepare(projects, catalogue, threads=threads)

    def timed(match: Callable[[int], hs.Answer]) -> float:
        answer = match(threads)
        if answer != match(1):
            raise SystemExit("the answer depends on the number of threads")
        if any(np.asarray(column).flags.writeable for column in (answer.points, answer.product_row)):
            raise SystemExit("a column of the answer can be written to")
        times = []
        for _ in range(repetitions):
            start = time.perf_counter()
            answer = match(threads)
            np.asarray(answer.points), np.asarray(answer.product_row)
            times.append((time.perf_counter() - start) / len(projects) * 1e9)
        return statistics.median(times)

    record = {
        "peer": "huoshui from Python",
        "version": hs.__version__,
        "projects": len(projects),
        "products": len(catalogue),
        "threads": threads,
        "ns_per_project": timed(lambda n: hs.match(projects, catalogue, k=10, possible=3, threads=n)),
        "prepared_ns_per_project": timed(lambda n: hs.match(prepared, k=10, possible=3, threads=n)),
        "load_seconds": loading,
        "repetitions": repetitions,
    }
    print(json.dumps(record))


if __name__ == "__main__":
    main()
