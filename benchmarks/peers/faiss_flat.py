"""faiss IndexFlatIP, d = 64, ten nearest, no condition at all: a yardstick for scoring everything densely.

Random vectors of the workload's size, since its products have none; checked against NumPy, not against the oracle.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np
from workload import BEST, Workload, report


def main() -> None:
    folder, projects, threads, repetitions = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    w = Workload(folder, projects)
    faiss.omp_set_num_threads(1)
    random = np.random.default_rng(20241125)
    products = random.standard_normal((w.products, 64)).astype(np.float32)
    queries = random.standard_normal((w.projects, 64)).astype(np.float32)
    index = faiss.IndexFlatIP(64)
    index.add(products)
    # Parts of the list on threads of Python, one BLAS thread each: quicker than threads inside one search.
    parts = np.array_split(queries, threads)
    pool = ThreadPoolExecutor(threads)

    def search() -> np.ndarray:
        return np.concatenate([found for found, _ in pool.map(lambda part: index.search(part, BEST), parts)])

    found = search()
    sample = np.linspace(0, w.projects - 1, 200).astype(int)
    truth = -np.sort(-(queries[sample] @ products.T), axis=1)[:, :BEST]
    if not np.allclose(found[sample], truth, atol=1e-3):
        raise SystemExit("faiss: the nearest differ from NumPy's")
    name = "faiss flat inner product, no conditions"
    report(name, faiss.__version__, w, threads, repetitions, search)


if __name__ == "__main__":
    main()
