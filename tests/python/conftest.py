"""What the Python tests share: the sample list, the catalogues, and the command line as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import huoshui as hs

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Ran:
    """One run of the command line."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def run() -> Callable[..., Ran]:
    """Run `huoshui` in a process of its own; no traceback may ever show."""

    def call(*arguments: str | os.PathLike[str], stdin: str | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "huoshui", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            env={**os.environ, "PYTHONPATH": str(ROOT / "python" / "src")},
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def bad_input() -> Path:
    return ROOT / "tests" / "golden" / "bad_input"


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "docs" / "examples" / "heyuan_projects.csv"


@pytest.fixture(scope="session")
def projects() -> hs.ProjectList:
    return hs.bundled_projects()


@pytest.fixture(scope="session")
def catalogue() -> hs.Catalogue:
    """The real handbook on a fixed day."""
    return hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))


@pytest.fixture(scope="session")
def tea() -> hs.ProjectList:
    """A small list told so fully that some offer is permitted."""
    return hs.load_projects(
        hs.table_of_rows(
            [
                [
                    "项目编号",
                    "项目名称",
                    "县区",
                    "主体类型",
                    "行业",
                    "资金用途",
                    "总投资（万元）",
                    "融资需求（万元）",
                    "期限",
                    "担保方式",
                ],
                ["T-1", "某茶园采购茶青", "东源县", "小微企业", "茶叶", "经营周转", "300", "100", "1年", "信用"],
                ["T-2", "某油茶种植", "龙川县", "农户", "油茶种植", "经营周转", "50", "20", "1年", "信用"],
            ],
            file="茶.csv",
        )
    )


@pytest.fixture(scope="session")
def answer(projects: hs.ProjectList, catalogue: hs.Catalogue) -> hs.Answer:
    return hs.match(projects, catalogue, k=5, possible=3)
