"""The page of the benchmarks, from figures made up here."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report() -> ModuleType:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    spec = importlib.util.spec_from_file_location("bench_report", ROOT / "benchmarks" / "report.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def median(name: str, ms: float, **more: object) -> dict[str, object]:
    entry = {"run_name": name, "aggregate_name": "median", "repetitions": 3, "real_time": ms, "time_unit": "ms"}
    return entry | more


MATCH = "Match/projects:{}/products:{}/unknown:0/threads:1/method:{}/spread:0/real_time"
CPP = {
    "context": {
        "date": "2026-01-01T00:00:00+00:00",
        "host_name": "secret-host",
        "executable": "/secret/place/huoshui_benchmarks",
        "num_cpus": 2,
        "caches": [{"type": "Data", "level": 1, "size": 49152, "num_sharing": 1}],
        "load_avg": [0.1, 0.2, 0.3],
        "compiler": "gcc 12.2.0",
        "commit": "0123abc",
    },
    "benchmarks": [
        median(MATCH.format(2000, 500, 5), 0.4, label="huoshui (prepared list)"),
        median(MATCH.format(2000, 500, 0), 1, label="huoshui (from projects)"),
        median(MATCH.format(2000, 500, 2), 4, label="plain loop"),
        median("MatchList/projects:2000/products:500/threads:1/prepared:0/real_time", 2),
        median("MatchList/projects:2000/products:500/threads:1/prepared:1/real_time", 1),
        median("Compile/products:10000", 31),
        median("Update/products:10000/change:0/nth:1/manual_time", 0.04, p50_us=40.0, p99_us=50.0),
        median("Update/products:10000/change:0/nth:50/manual_time", 0.2, p50_us=200.0, p99_us=250.0),
    ],
}


def peer(name: str, ns: float, spread: str) -> dict[str, object]:
    return {
        "peer": name,
        "version": "1",
        "projects": 2000,
        "products": 500,
        "threads": 1,
        "spread": spread,
        "ns_per_project": ns,
        "repetitions": 3,
    }


def test_page_sets_peers_beside_the_library(
    report: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpp, peers, folder = tmp_path / "cpp.json", tmp_path / "peers.json", tmp_path / "results"
    cpp.write_text(json.dumps(CPP), encoding="utf-8")
    peers.write_text(
        json.dumps(
            [
                peer("DuckDB, join", 5000, "zipf"),
                peer("huoshui from Python", 1100, "list") | {"prepared_ns_per_project": 600},
            ]
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(sys, "argv", ["report.py", str(cpp), str(peers), str(folder)])
    monkeypatch.setattr(report, "plots", lambda figures, folder: [])
    report.main()
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert "| **huoshui (prepared list)** | 200 |" in page
    assert "| **huoshui (from projects)** | 500 (2.5×) |" in page
    assert "| plain loop | 2,000 (10.0×) |" in page
    assert "| DuckDB, join | 5,000 (25.0×) |" in page
    assert "| 2,000 × 500 | from projects | 1 | 1,000 | 1,100 | 1.100× |" in page
    assert "| 2,000 × 500 | prepared list | 1 | 500 | 600 | 1.200× |" in page
    assert "secret" not in page + (folder / "figures.json").read_text(encoding="utf-8")


def test_a_benchmark_that_differs_from_the_oracle_is_named(
    report: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpp = tmp_path / "cpp.json"
    broken = {"run_name": "Explain", "error_occurred": True, "error_message": "…"}
    cpp.write_text(json.dumps(CPP | {"benchmarks": [*CPP["benchmarks"], broken]}), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["report.py", str(cpp), str(tmp_path / "none.json"), str(tmp_path)])
    monkeypatch.setattr(report, "plots", lambda figures, folder: [])
    with pytest.raises(SystemExit, match="Explain"):
        report.main()
    assert "Explain" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_page_says_of_each_line_whether_it_is_met(report: ModuleType) -> None:
    page = report.page(report.Figures(CPP, []), CPP, [])
    assert "| 2 | S, 1 thread, the whole list | < 0.5 ms | 0.4 ms | yes | from projects 1 ms |" in page
    assert "| 4 | compile 10,000 products | < 30 ms | 31 ms | **no** |  |" in page
    assert "| add one of 10,000 products, indexed: median of the 1st since the base | < 100 µs | 40 µs | yes |" in page
    assert "| the slowest of these three, the 50th since the base | < 100 µs | 200 µs | **no** |" in page
    assert "| 1 | L whole, 2 threads, 0 % unknown, a project | ≤ 400 ns | not measured | – |  |" in page
