"""Run every peer that is installed on S, M and L, each in a process of its own; a JSON list comes out.

    python run.py EXPORTER FOLDER OUT.json [quick]

EXPORTER is huoshui_workload_export; FOLDER takes its columns. What is missing is skipped with a line that says so.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# Of L, the first 20,000 projects: the peers' time grows in proportion to the list.
SIZES = {"S": (2_000, 500), "M": (100_000, 2_000), "L": (20_000, 10_000)}

# script, what it imports, most projects by size (0: not run), numbers of threads that pay
PEERS: list[tuple[str, list[str], dict[str, int], list[int]]] = [
    ("numpy_mask", ["numpy"], {"S": 2_000, "M": 5_000, "L": 2_000}, [1]),
    ("numpy_pairs", ["numpy"], {"S": 2_000, "M": 100_000, "L": 20_000}, [1, 2]),
    ("pandas_merge", ["pandas"], {"S": 2_000, "M": 0, "L": 0}, [1]),
    ("polars_join", ["polars"], {"S": 2_000, "M": 100_000, "L": 20_000}, [1, 2]),
    ("duckdb_join", ["duckdb", "pandas"], {"S": 2_000, "M": 100_000, "L": 20_000}, [1, 2]),
    ("faiss_flat", ["faiss"], {"S": 2_000, "M": 100_000, "L": 20_000}, [1, 2]),
]
# The other spreads, as in the C++ binary. Where 5 % of the pairs are permitted, joins of longer lists need gigabytes.
SPREAD_SIZE = (20_000, 2_000)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def environment(script: str, threads: int) -> dict[str, str]:
    """The tools' own pools have as many threads as the figure says; BLAS inside them has one."""
    out = os.environ | {"POLARS_MAX_THREADS": str(threads), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    # The OpenBLAS inside faiss does not know newer processors and falls back to kernels of 2007: name the right ones.
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        out.pop(name, None)
    info = Path("/proc/cpuinfo")
    flags = info.read_text().split() if info.exists() else []
    if script == "faiss_flat" and "avx2" in flags:
        out["OPENBLAS_CORETYPE"] = "SkylakeX" if "avx512f" in flags else "Haswell"
    return out


def record(script: str, arguments: list[str], threads: int) -> dict[str, object] | None:
    command = [sys.executable, HERE / f"{script}.py", *arguments]
    done = subprocess.run(command, env=environment(script, threads), capture_output=True, text=True)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no word of why"]
        say(f"  {script}: not counted: {last[0]}")
        return None
    return json.loads(done.stdout.splitlines()[-1])


def exported(exporter: str, folder: Path, size: str, spread: str) -> Path:
    to = folder / f"{size}-{spread}"
    counts = SIZES[size] if spread == "zipf" else SPREAD_SIZE
    subprocess.run([exporter, str(to), *map(str, counts), spread], check=True)
    return to


def main() -> None:
    exporter, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    quick = "quick" in sys.argv[4:]
    repetitions = os.environ.get("REPETITIONS", "3" if quick else "5")
    runs = [("S", "zipf")] if quick else [(size, "zipf") for size in SIZES]
    runs += [] if quick else [("M", "broad"), ("M", "sharp")]
    records: list[dict[str, object]] = []
    missing: set[str] = set()
    for size, spread in runs:
        data = exported(exporter, folder, size, spread)
        for script, needs, most, thread_counts in PEERS:
            absent = [name for name in needs if importlib.util.find_spec(name) is None]
            if absent:
                if script not in missing:
                    say(f"  {script}: skipped, {', '.join(absent)} is not installed")
                missing.add(script)
                continue
            slice_size = most[size] if spread == "zipf" else min(most[size], SPREAD_SIZE[0])
            if slice_size == 0 or (spread != "zipf" and script == "faiss_flat"):
                continue
            for threads in thread_counts:
                say(f"  {script}, {size} {spread}, {threads} thread(s)")
                got = record(script, [str(data), str(slice_size), str(threads), repetitions], threads)
                if got is not None:
                    records.append(got | {"size": size, "spread": spread})
        if spread == "zipf" and size != "L":
            for threads in (1, 2) if size == "M" else (1,):
                say(f"  python_call, {size}, {threads} thread(s)")
                got = record("python_call", [str(data), str(threads), repetitions], threads)
                if got is not None:
                    records.append(got | {"size": size, "spread": "list"})
    out.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
