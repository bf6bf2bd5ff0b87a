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
    spec = importlib.util.spec_from_file_location("bench_report", ROOT / "benchmarks" / "report.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def median(name: str, ms: float, **more: object) -> dict[str, object]:
    entry = {"run_name": name, "aggregate_name": "median", "repetitions": 3, "real_time": ms, "time_unit": "ms"}
    return entry | more


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
        median("Match/projects:2000/products:500/unknown:0/threads:1/method:0/spread:0/real_time", 1, label="huoshui"),
        median(
            "Match/projects:2000/products:500/unknown:0/threads:1/method:2/spread:0/real_time", 4, label="plain loop"
        ),
        median("MatchList/projects:2000/products:500/threads:1/real_time", 2),
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
        json.dumps([peer("DuckDB, join", 5000, "zipf"), peer("huoshui from Python", 1100, "list")]), encoding="utf-8"
    )
    monkeypatch.setattr(sys, "argv", ["report.py", str(cpp), str(peers), str(folder)])
    monkeypatch.setattr(report, "plots", lambda figures, folder: [])
    report.main()
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert "| **huoshui** | 500 |" in page
    assert "| plain loop | 2,000 (4.0×) |" in page
    assert "| DuckDB, join | 5,000 (10.0×) |" in page
    assert "| 2,000 × 500 | 1 | 1,000 | 1,100 | 1.100× |" in page
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
