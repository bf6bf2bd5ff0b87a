"""JSON outputs keep their contract: the schemas in docs/schemas, and the laws they cannot say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import huoshui as hs

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"

OUTPUTS: dict[str, Callable[[hs.ProjectList, hs.Answer], str]] = {
    "check": lambda projects, answer: projects.to_json(),
    "match": lambda projects, answer: answer.to_json(),
    "package": lambda projects, answer: hs.structure(answer, hs.StructureInputs.illustrations()).to_json(),
    "explain": lambda projects, answer: answer.why_not(0, answer.catalogue[0]).to_json(),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_names_its_format(name: str, projects: hs.ProjectList, answer: hs.Answer) -> None:
    assert json.loads(OUTPUTS[name](projects, answer))["format"] == f"huoshui.{name}/1"


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_follows_its_schema(name: str, projects: hs.ProjectList, answer: hs.Answer) -> None:
    schema = SCHEMAS / f"{name}.schema.json"
    jsonschema = pytest.importorskip("jsonschema")
    read = json.loads(OUTPUTS[name](projects, answer))
    jsonschema.validate(read, json.loads(schema.read_text(encoding="utf-8")))


def test_an_explanation_is_one_line(answer: hs.Answer) -> None:
    assert "\n" not in answer.why_not(0, answer.catalogue[0]).to_json()


def test_rows_add_up(projects: hs.ProjectList) -> None:
    rows = json.loads(projects.to_json())["rows"]
    assert rows["read"] == rows["projects"] + rows["issues"] + rows["other"]


def test_points_are_the_sum_of_their_parts(answer: hs.Answer) -> None:
    def offers() -> list[dict[str, Any]]:
        read = json.loads(answer.to_json())
        return [offer for project in read["projects"] for offer in project["offers"] + project["possible"]]

    assert offers()
    for offer in offers():
        assert sum(offer["points"]["parts"].values()) == offer["points"]["total"]


def test_the_same_input_gives_the_same_bytes(
    projects: hs.ProjectList, catalogue: hs.Catalogue, answer: hs.Answer
) -> None:
    assert (
        hs.match(projects, catalogue, k=5, possible=3, threads=2).to_json()
        == hs.match(projects, catalogue, k=5, possible=3).to_json()
    )
