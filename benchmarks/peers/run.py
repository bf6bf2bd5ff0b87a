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
SPREADS = {"broad": ["M"], "sharp": ["M"]}


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def environment(threads: int) -> dict[str, str]:
    count = str(threads)
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")
    return os.environ | dict.fromkeys(names, count)


def record(script: str, arguments: list[str], threads: int) -> dict[str, object] | None:
    done = subprocess.run(
        [sys.executable, HERE / f"{script}.py", *arguments], env=environment(threads), capture_output=True, text=True
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no word of why"]
        say(f"  {script}: not counted: {last[0]}")
        return None
    return json.loads(done.stdout.splitlines()[-1])


def exported(exporter: str, folder: Path, size: str, spread: str) -> Path:
    to = folder / f"{size}-{spread}"
    subprocess.run([exporter, str(to), *map(str, SIZES[size]), spread], check=True)
    return to


def main() -> None:
    exporter, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    quick = "quick" in sys.argv[4:]
    repetitions = os.environ.get("REPETITIONS", "3" if quick else "5")
    runs = [("S", "zipf")] if quick else [(size, "zipf") for size in SIZES]
    runs += [] if quick else [(size, spread) for spread, sizes in SPREADS.items() for size in sizes]
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
            if most[size] == 0 or (spread != "zipf" and script == "faiss_flat"):
                continue
            for threads in thread_counts:
                say(f"  {script}, {size} {spread}, {threads} thread(s)")
                got = record(script, [str(data), str(most[size]), str(threads), repetitions], threads)
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
