"""Messy lists as they come: rows in = projects + issues + other rows, and every value equals its text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import huoshui as hs

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = sorted(p for p in (GOLDEN / "messy").iterdir() if p.is_dir())


def list_file(case: Path) -> Path:
    return next(p for p in sorted(case.iterdir()) if p.suffix in {".csv", ".xlsx"})


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_every_row_ends_somewhere_and_values_equal_their_text(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    found = json.loads(hs.load_projects(list_file(case)).to_json())
    rows = found["rows"]
    assert rows["read"] == rows["projects"] + rows["issues"] + rows["other"]
    for count, value in expected["rows"].items():
        assert rows[count] == value, count
    assert [p["name"] for p in found["projects"]] == [p["name"] for p in expected["projects"]]
    for project, want in zip(found["projects"], expected["projects"], strict=True):
        for key in ("total_investment", "financing_need"):
            amount: dict[str, Any] | None = project[key]
            fen = want[f"{key}_fen"]
            if fen is None:  # absent, masked or a range: never one exact number
                exact = amount is not None and amount["min_fen"] == amount["max_fen"] and amount["min_fen"] is not None
                derived = any(f["key"] == key and f["origin"] == "derived" for f in project["facts"])
                assert not exact or derived, (project["name"], key, amount)
            else:
                assert amount == {"min_fen": fen, "max_fen": fen}, (project["name"], key)
        assert project["county_code"] == want.get("county_code"), project["name"]
    codes = {issue["code"] for issue in found["issues"]}
    assert set(expected["issues"]) <= codes
    for issue in found["issues"]:
        assert issue["message"] and issue["file"]


def test_there_are_enough_kinds_of_mess() -> None:
    assert len(CASES) >= 12
    assert {list_file(case).suffix for case in CASES} == {".csv", ".xlsx"}
    planted = [
        c for c in CASES if "sum_mismatch" in json.loads((c / "expected.json").read_text(encoding="utf-8"))["issues"]
    ]
    assert planted
