"""The package is typed, and the hand-written stub tells the truth."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "python" / "src"


def run_module(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=SOURCE,
        env={**os.environ, "MYPYPATH": str(SOURCE), "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_passes_mypy_strict() -> None:
    pytest.importorskip("mypy")
    done = run_module("mypy", "--strict", "-p", "huoshui")
    assert done.returncode == 0, done.stdout


def test_the_stub_matches_the_module() -> None:
    pytest.importorskip("mypy")
    allowlist = Path(__file__).with_name("stubtest_allowlist.txt")
    done = run_module("mypy.stubtest", "huoshui._huoshui", "--allowlist", str(allowlist), "--ignore-unused-allowlist")
    assert done.returncode == 0, done.stdout
