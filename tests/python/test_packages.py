"""Offers on paper and packages: from Python, on the command line, in the report's data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran

import huoshui as hs

DAY = "2026-03-01"
ILLUSTRATIVE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "illustrative_projects.csv"
INSURANCE = {"agricultural_insurance", "insurance_plus_futures", "livelihood_insurance"}


@pytest.fixture(scope="module")
def papers(answer: hs.Answer) -> hs.ListOnPaper:
    return hs.structure(answer, hs.StructureInputs.illustrations())


def test_every_member_closes_a_gap_that_is_not_closed(papers: hs.ListOnPaper) -> None:
    seen = 0
    for project in json.loads(papers.to_json())["projects"]:
        for package in project["packages"]:
            gaps = {gap["gap"]: gap["open"] for gap in package["gaps"]}
            for member in package["members"]:
                assert gaps[member["closes"]] != "no"
                assert member["conditional"] == (gaps[member["closes"]] == "unknown")
                seen += 1
    assert seen


def test_the_same_answer_gives_the_same_bytes(answer: hs.Answer, papers: hs.ListOnPaper) -> None:
    assert hs.structure(answer, hs.StructureInputs.illustrations()).to_json() == papers.to_json()


def test_csv_has_a_line_for_each_member(papers: hs.ListOnPaper, tmp_path: Path) -> None:
    members = sum(
        len(package["members"])
        for project in json.loads(papers.to_json())["projects"]
        for package in project["packages"]
    )
    lines = papers.to_csv(tmp_path / "方案.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == members + 1


@pytest.fixture(scope="module")
def illustrated() -> hs.ListOnPaper:
    catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), hs.Policy.bundled().at(DAY))
    answer = hs.match(hs.bundled_projects(illustrative=True), catalogue)
    return hs.structure(answer, hs.StructureInputs.illustrations())


def test_the_invented_list_shows_every_machinery_with_an_amount(illustrated: hs.ListOnPaper) -> None:
    offers = [offer for project in json.loads(illustrated.to_json())["projects"] for offer in project["on_paper"]]
    settled = {offer["machinery"] for offer in offers if offer["amount_fen"]}
    assert settled == {"plain", "syndicate", "carbon", "rights"}
    (order,) = (offer for offer in offers if offer["machinery"] == "supply_chain")
    assert order["amount_fen"] is None  # nothing is lent on an order until its account is locked
    assert "锁定回款账户，全链可多融资200万元" in illustrated.text()
    assert "没有一家可独立承贷，须组建银团" in illustrated.text()
    assert "已由项目示例4“示例·林下经济抚育”在先抵质押，不得重复" in illustrated.text()


def test_a_fact_that_is_known_but_too_wide_is_to_be_confirmed() -> None:
    table = hs.table_of_rows(
        [
            ["项目名称", "单位性质", "所属县区", "行业", "资金用途", "融资需求（万元）", "期限", "担保方式"],
            ["示例·柑橘园", "企业", "紫金县", "茶叶", "原料收购", "80", "1年", "订单"],
        ],
        file="清单.csv",
    )
    catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), hs.Policy.bundled().at(DAY))
    text = hs.structure(hs.match(hs.load_projects(table), catalogue)).text()
    assert "需确认借款人类型" in text
    assert "借款人类型未提供" not in text


def test_an_asset_pledged_twice_is_refused_the_second_time() -> None:
    table = hs.table_of_rows(
        [
            ["项目名称", "所属县区", "融资需求（万元）", "期限", "林权证号", "林地面积（亩）", "权属清晰"],
            ["甲林场", "东源县", "100", "2年", "示例林证001", "3000", "是"],
            ["乙林场", "东源县", "100", "2年", "示例林证 001", "3000", "是"],
        ],
        file="清单.csv",
    )
    catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at(DAY))
    answer = hs.match(hs.load_projects(table), catalogue, k=100, possible=300)
    papers = hs.structure(answer, hs.StructureInputs.illustrations(), k=0)
    (clash,) = (one for one in papers.clashes if one["again_kind"] == "forest_tenure" and not one["caution_only"])
    assert clash["number"] == "示例林证 001"
    first, again = (
        [offer for offer in papers.offers(at) if offer["terms"].get("right") == "forest_tenure"] for at in (0, 1)
    )
    assert first
    assert not any(offer["refused_asset"] for offer in first)
    assert all(offer["refused_asset"] and offer["amount_fen"] is None for offer in again)


def test_inputs_are_read_from_files_and_name_their_cells(tmp_path: Path) -> None:
    institutions = tmp_path / "机构.csv"
    institutions.write_text("机构,资本净额,最低利率\n示例甲,420亿元,3.4%\n示例乙,420,3%\n", encoding="utf-8")
    assumptions = tmp_path / "假设.csv"
    assumptions.write_text("参数,取值,单位\nprice,30-60,元/吨\n", encoding="utf-8")
    inputs, issues = hs.load_structure_inputs(institutions, assumptions)
    assert inputs.institutions == ["示例甲"]
    assert inputs.assumptions == 1
    assert not inputs.illustrative
    assert [(issue.code, issue.row) for issue in issues] == [("unknown_unit", 3)]


def chain_document(run: Callable[..., Ran]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("chain", "--example").out)
    return document


def written(path: Path, document: dict[str, Any]) -> Path:
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_chain_from_a_file_gives_the_project_its_amounts(run: Callable[..., Ran], tmp_path: Path) -> None:
    given = (ILLUSTRATIVE, "--illustrative", "--examples", "--as-of", DAY)
    document = chain_document(run)
    path = written(tmp_path / "链.json", document)
    plan = json.loads(run("chain", path, "--as-of", DAY, "--json").out)
    (own,) = (offer["amount"] for offer in plan["advances"] if offer["party"] == document["project"])
    ran = run("package", *given, "--chain", path, "--json")
    assert ran.code == 0, ran.err
    (project,) = (each for each in json.loads(ran.out)["projects"] if each["id"] == document["project"])
    (paper,) = (offer for offer in project["on_paper"] if offer["machinery"] == "supply_chain")
    assert own and paper["amount_fen"] == own
    assert paper["on_illustration"]  # the chain calls itself 示例
    assert paper["terms"]["total_fen"] == plan["total"]
    chained = [package for package in project["packages"] if package["members"][0]["product"] == paper["product"]]
    assert chained and chained[0]["credit_fen"] == own
    # Without the file there is no party and no amount of the chain.
    (bare,) = (each for each in json.loads(run("package", *given, "--json").out)["projects"] if each["id"] == "示例7")
    assert [offer["amount_fen"] for offer in bare["on_paper"] if offer["machinery"] == "supply_chain"] == [None]


def test_a_chain_names_its_project_or_is_given_one(run: Callable[..., Ran], tmp_path: Path) -> None:
    given = (ILLUSTRATIVE, "--illustrative", "--examples", "--as-of", DAY)
    document = chain_document(run)
    document["project"] = ""
    path = written(tmp_path / "链.json", document)
    nobody = run("package", *given, "--chain", path)
    assert nobody.code == 2 and "project" in nobody.err
    assert "全链可融资合计" in run("package", *given, "--chain", path, "--project", "示例7").out
    two = run("package", *given, "--chain", path, "--project", "示例7", "--project", "示例8")
    assert two.code == 2
    document["project"] = "P-404"
    assert run("package", *given, "--chain", written(path, document)).code == 6
    document["project"] = "示例7"
    twice = run("package", *given, "--chain", written(path, document), "--chain", path)
    assert twice.code == 3 and "已有一条链" in twice.err
    document["claims"][0]["holder"] = "无此方"
    assert run("package", *given, "--chain", written(path, document)).code == 3
    document["claims"] = 5
    bad = run("package", *given, "--chain", written(path, document))
    assert bad.code == 3 and "“claims”" in bad.err
    assert run("package", *given, "--chain", tmp_path / "没有.json").code == 3


def test_chains_are_read_from_files_in_python_too(run: Callable[..., Ran], tmp_path: Path) -> None:
    document = chain_document(run)
    path = written(tmp_path / "链.json", document)
    inputs, issues = hs.load_structure_inputs(chains=[path])
    assert (inputs.chains, issues, inputs.illustrative) == (["示例7"], [], True)
    assert hs.StructureInputs().chains == []
    document["可信度"] = document.pop("confidence").replace("示例", "高")
    assert not hs.load_structure_inputs(chains=[written(path, document)])[0].illustrative
    document["project"] = ""
    with pytest.raises(hs.ContractError, match=r"链\.json”没有写明"):
        hs.load_structure_inputs(chains=[written(path, document)])
    document["parties"] = [{"id": "A", "asked": 5}]
    with pytest.raises(hs.ContractError, match=r"链\.json\.parties\[0\]\.asked"):
        hs.load_structure_inputs(chains=[written(path, document)])


def test_the_text_says_that_fees_are_unknown_and_not_counted(papers: hs.ListOnPaper) -> None:
    text = papers.text()
    assert "建筑和设备的财产保险：金融工具中没有这一类，费率未知，未计入年成本" in text
    assert "insurance of buildings and equipment" in papers.text(lang="en")
    read = json.loads(papers.to_json())
    seen = set()
    for package in (package for project in read["projects"] for package in project["packages"]):
        said = "".join(phrase["zh"] for phrase in package["undisclosed"])
        kinds = {read["products"][member["product"]]["instrument"] for member in package["members"]}
        assert ("担保费率未知" in said) == ("guaranteed_loan" in kinds)
        assert ("保险费率未知" in said or "手册保费为" in said) == bool(kinds & INSURANCE)
        seen |= kinds
    assert "guaranteed_loan" in seen and seen & INSURANCE


def test_the_command_prints_packages(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "清单.csv"
    path.write_text("项目名称,所属县区,融资需求（万元）,期限\n示例茶园,东源县,80,1年\n", encoding="utf-8")
    done = run("package", path, "--as-of", DAY, "--examples", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["format"] == "huoshui.package/1"
    assert "方案1" in run("package", path, "--as-of", DAY).out
    assert run("package", path, "--as-of", DAY, "--institutions", tmp_path / "没有.csv").code == 2
