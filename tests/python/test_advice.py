"""The instrument ranking of a list: in JSON, in words, on the page's data, and on the command line."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT, Ran

import huoshui as hs

Run = Callable[..., Ran]
DAY = ("--as-of", "2026-03-01")
DEALS = ROOT / "tests/golden/deals"


@pytest.fixture(scope="module")
def suggested(projects: hs.ProjectList, catalogue: hs.Catalogue) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(hs.advise(projects, catalogue).to_json())
    return read


def words_of(advice: dict[str, Any]) -> list[dict[str, Any]]:
    return [word for one in advice["instruments"] for word in one["words"]]


def test_the_ranking_follows_its_schema(suggested: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "docs/schemas/suggest.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(suggested, schema)


def test_every_project_has_five_instruments_as_the_model_ranks_them(
    projects: hs.ProjectList, suggested: dict[str, Any]
) -> None:
    assert [one["id"] for one in suggested["projects"]] == list(projects.ids)
    for project, read in zip(projects, suggested["projects"], strict=True):
        shown = [(one["instrument"], one["probability"]) for one in read["advice"]["instruments"]]
        own = [(one.instrument, round(one.probability * 1_000_000)) for one in hs.suggest(project, 5)]
        assert shown == own
        assert len(shown) == 5


def test_a_word_stands_at_its_byte_of_the_projects_text(projects: hs.ProjectList, suggested: dict[str, Any]) -> None:
    seen = 0
    for project, read in zip(projects, suggested["projects"], strict=True):
        for word in words_of(read["advice"]):
            text = (project.name if word["field"] == "name" else project.text(word["field"])).encode()
            assert text[word["position"] : word["position"] + word["length"]].decode() == word["word"]
            seen += 1
    assert seen > 100


def test_products_are_those_that_explain_judges(
    projects: hs.ProjectList, catalogue: hs.Catalogue, suggested: dict[str, Any]
) -> None:
    singles = [one for one in suggested["projects"] if not one["collection"]]
    for read in singles[::10]:
        for one in read["advice"]["instruments"][:2]:
            of_it = [product for product in catalogue if product.instrument == one["instrument"]]
            verdicts = {p.id: hs.explain(projects[read["id"]], p.id, catalogue).verdict for p in of_it}
            assert one["counts"] == {
                word: sum(verdict == word for verdict in verdicts.values())
                for word in ("permitted", "undecided", "refused")
            }
            assert one["verdict"] == (verdicts[one["best"]] if one["best"] else None)


def test_a_collection_has_a_ranking_but_no_products(suggested: dict[str, Any]) -> None:
    collections = [one for one in suggested["projects"] if one["collection"]]
    assert collections
    for read in collections:
        assert all(one["best"] is None and not any(one["counts"].values()) for one in read["advice"]["instruments"])


def test_match_and_report_carry_the_same_ranking(answer: hs.Answer, suggested: dict[str, Any], tmp_path: Path) -> None:
    wanted = {one["id"]: one["advice"] for one in suggested["projects"]}
    assert {one["id"]: one["advice"] for one in json.loads(answer.to_json())["projects"]} == wanted
    page = answer.to_html(tmp_path / "报告.html").read_text(encoding="utf-8")
    data = page.split("const report = ", 1)[1]
    report = json.JSONDecoder().raw_decode(data)[0]
    for project in report["projects"]:
        texts = project["advice"].pop("texts")
        assert project["advice"] == wanted[project["id"]]
        assert set(texts) == {word["field"] for word in words_of(project["advice"])} - {"name"}
        assert all(one["best"] in report["products"] for one in project["advice"]["instruments"] if one["best"])


def test_the_pages_texts_are_masked(catalogue: hs.Catalogue, tmp_path: Path) -> None:
    rows = [["项目名称", "建设内容"], ["某村水厂", "联系１３８００１３８０００，村民饮水管网；13900139000"]]
    answer = hs.match(hs.load_projects(hs.table_of_rows(rows)), catalogue)
    page = answer.to_html(tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "饮水" in page
    assert "13900139000" not in page
    assert "１３８００１３８０００" not in page


def test_the_words_for_a_terminal(run: Run, sample: Path) -> None:
    ran = run("suggest", sample, *DAY, "--project", "R0005", "--project", "R0002")
    assert ran.code == 0
    assert ran.out.count("■") == ran.out.count("工具推荐") == 2
    assert "旅游景区贷款" in ran.out
    assert "旅游（项目名称" in ran.out
    assert "不符合" in ran.out
    english = run("suggest", sample, *DAY, "--project", "R0005", "--lang", "en")
    assert "scenic area loan" in english.out
    assert "首选" not in english.out
    matched = run("match", sample, *DAY, "--project", "R0005")
    (line,) = (line for line in matched.out.splitlines() if "工具推荐" in line)
    said = re.findall(r"([^：；]+) ([\d.]+%)", line)
    full = run("suggest", sample, *DAY, "--project", "R0005").out
    assert said == [(name, share) for share, name in re.findall(r"\d\. ([\d.]+%) (\S+)", full)][:3]
    assert "旅游" in line


def test_suggest_prints_ten_projects_and_where_the_rest_is(run: Run, sample: Path) -> None:
    ran = run("suggest", sample, *DAY, "--top", "1")
    assert ran.out.count("■") == 10
    assert ran.out.count("手册") + ran.out.count("项目集合") == 10
    assert "另有" in ran.err


def test_suggest_json_is_bare_and_the_same_each_time(run: Run, sample: Path, suggested: dict[str, Any]) -> None:
    ran = run("suggest", sample, *DAY, "--json")
    assert json.loads(ran.out)["projects"] == suggested["projects"]
    assert run("suggest", sample, *DAY, "--json").out == ran.out


def test_suggest_refuses_what_is_not_there(run: Run, sample: Path) -> None:
    assert run("suggest", sample, *DAY, "--project", "R9999").code == 6
    assert run("suggest", sample, *DAY, "--top", "0").code == 2


def test_a_negative_number_is_a_breach(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    with pytest.raises(hs.ContractError):
        hs.advise(projects, catalogue, k=-1)
    assert json.loads(hs.advise(projects, catalogue, k=0).to_json())["projects"][0]["advice"]["instruments"] == []


# ---- the unseen deals ------------------------------------------------------------------------------------------------


def rows_of(name: str) -> list[dict[str, str]]:
    with (DEALS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", ["terse", "reworded"])
def test_unseen_deals_are_well_formed(name: str) -> None:
    rows = rows_of(f"{name}.csv")
    ids = [row["deal_id"] for row in rows]
    assert len(set(ids)) == len(ids)
    assert {row["instrument_family"] for row in rows} == set(hs.families())
    own = {row["deal_id"]: row["instrument_family"] for row in rows}
    for second in rows_of(f"{name}_alt_labels.csv"):
        assert second["alt_family"] in hs.families()
        assert second["alt_family"] != own[second["deal_id"]]
    for row in rows:
        assert row["project_summary"]
        total, amount = row["total_investment_wan"], row["loan_amount_wan"]
        assert not total or not amount or 0 < float(amount) <= float(total)


def test_terse_deals_are_terse() -> None:
    rows = rows_of("terse.csv")
    counts = Counter(row["instrument_family"] for row in rows)
    assert len(rows) >= 200
    assert min(counts.values()) >= 5
    assert max(counts.values()) <= 8
    assert sum(len(row["project_summary"]) < 25 for row in rows) >= len(rows) / 2
