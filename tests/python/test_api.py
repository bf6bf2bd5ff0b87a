"""The public names, their manners, and the laws they keep."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import huoshui as hs
from huoshui.readings import KINDS


def test_the_public_names_are_what_dir_shows() -> None:
    assert dir(hs) == sorted(hs.__all__)
    for name in hs.__all__:
        assert getattr(hs, name) is not None


def test_every_public_class_and_function_has_an_example() -> None:
    for name in hs.__all__:
        value = getattr(hs, name)
        if getattr(value, "__module__", "").startswith("huoshui.") and "_huoshui" not in value.__module__:
            assert ">>>" in (value.__doc__ or ""), name


def test_pandas_is_imported_only_when_asked() -> None:
    source = Path(hs.__file__).parents[1]
    code = (
        "import sys, huoshui as hs; p = hs.bundled_projects(); "
        "hs.match(p, hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at('2026-03-01')))._repr_html_(); "
        "sys.exit('pandas' in sys.modules or 'openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(source)}).returncode == 0


# Lists.


def test_rows_add_up(projects: hs.ProjectList) -> None:
    rows = projects.rows
    assert rows.read == rows.projects + rows.issues + rows.other
    assert rows.projects == len(projects)


def test_a_list_has_sequence_manners(projects: hs.ProjectList) -> None:
    first = projects[0]
    assert projects[first.id].name == first.name
    assert projects[-1].id == projects.ids[-1]
    assert [p.id for p in projects[:3]] == list(projects.ids[:3])
    assert first.id in projects and "nobody" not in projects
    assert [p.id for p in reversed(projects)] == list(projects.ids)[::-1]
    with pytest.raises(IndexError):
        projects[len(projects)]
    with pytest.raises(hs.ContractError, match="nobody"):
        projects["nobody"]


def test_only_keeps_order_and_issues(projects: hs.ProjectList) -> None:
    some = projects.only([projects.ids[5], projects.ids[2]])
    assert some.ids == (projects.ids[2], projects.ids[5])
    assert some.issues == projects.issues


def test_a_fact_knows_its_cell(projects: hs.ProjectList) -> None:
    fact = projects[0].facts["total_investment"]
    assert fact.row == projects[0].row and fact.column_number > 0
    assert fact.kind == "money" and fact.origin == "stated" and fact.min == fact.max
    assert fact.words("en")


def test_xlsx_and_csv_read_alike(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = [["项目名称", "县区", "总投资（万元）"], ["某茶园项目", "东源县", "300"]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    first, second = hs.load_projects(tmp_path / "a.xlsx"), hs.load_projects(str(tmp_path / "a.csv"))
    assert [p.name for p in first] == [p.name for p in second]
    assert first[0].facts["total_investment"].min == second[0].facts["total_investment"].min == 300_000_000


def test_a_failure_carries_its_issues(tmp_path: Path) -> None:
    with pytest.raises(hs.Failure) as caught:
        hs.load_projects(tmp_path / "none.csv")
    (issue,) = caught.value.issues
    assert issue.code == "file_not_found" and "none.csv" in str(caught.value)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(hs.Failure) as caught:
        hs.load_projects(tmp_path / "a.pdf")
    assert caught.value.issues[0].code == "file_unreadable"


def test_the_bundled_handbooks_are_whole() -> None:
    real, invented = hs.bundled_products(), hs.bundled_products(illustrative=True)
    assert not any(p.illustrative for p in real)
    assert all(p.illustrative for p in invented)
    assert not real.has_errors and not invented.has_errors


# Policy and catalogue.


def test_policy_takes_a_date_or_its_text() -> None:
    pack = hs.Policy.bundled()
    assert pack.at(datetime.date(2024, 2, 4)).in_force() == pack.at("2024-02-04").in_force()
    assert len(pack.at("2024-02-04", low_confidence=True).in_force()) >= len(pack.at("2024-02-04").in_force())


def test_policy_outside_its_days_fails() -> None:
    pack = hs.Policy.bundled()
    with pytest.raises(hs.Failure) as caught:
        pack.at(pack.last_day + datetime.timedelta(days=1))
    assert caught.value.issues[0].code == "date_outside_policy"


def test_a_scorecard_sums_to_100() -> None:
    for name in ("desk", "enterprise", "bank"):
        assert sum(hs.Scorecard.find(name).weights.values()) == 100
    card = hs.Scorecard.make("mine", "我的", {"cost": 60, "speed": 40})
    assert card.weights["cost"] == 60
    with pytest.raises(hs.Failure):
        hs.Scorecard.make("mine", "我的", {"cost": 60})
    with pytest.raises(hs.Failure):
        hs.Scorecard.find("nobody")
    with pytest.raises(hs.ContractError):
        hs.Scorecard.make("mine", "我的", {"beauty": 100})


def test_a_catalogue_is_ordered_by_id_and_of_any_products() -> None:
    policy = hs.Policy.bundled().at("2026-03-01")
    products = hs.bundled_products()
    backwards = hs.Catalogue.compile(reversed(products), policy)
    assert [p.id for p in backwards] == sorted(products.ids)
    assert "P001" in backwards and backwards["P001"].institution == products["P001"].institution
    assert backwards.rules("P001")[0]["citation"]


def test_a_repeated_product_id_fails() -> None:
    product = hs.bundled_products()[0]
    with pytest.raises(hs.Failure) as caught:
        hs.Catalogue.compile([product, product], hs.Policy.bundled().at("2026-03-01"))
    assert caught.value.issues[0].code == "duplicate_id"


# Answers.


def test_rankings_are_ordered_and_never_padded(answer: hs.Answer, tea: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    for found in (answer, hs.match(tea, catalogue, k=2)):
        for at in range(len(found)):
            counts = found.counts_of(at)
            assert sum(counts) == len(catalogue)
            for offers, most, there in (
                (found[at], found._core.k, counts.permitted),
                (found.possible(at), 3, counts.undecided),
            ):
                assert len(offers) == min(most, there)
                keys = [(-o.points, o.open, o.product.id.encode()) for o in offers]
                assert keys == sorted(keys)
                assert [o.rank for o in offers] == list(range(1, len(offers) + 1))


def test_an_offer_explains_itself(tea: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    answer = hs.Matcher(catalogue).match(tea)
    permitted = [offer for offers in answer for offer in offers]
    assert permitted
    for offer in permitted:
        why = offer.explain()
        assert why.verdict == "permitted"
        assert why.points["total"] == offer.points == sum(why.points["parts"].values())
        assert why.text("en") and why.text("zh") != why.text("en")


def test_why_not_names_the_failing_rules(answer: hs.Answer) -> None:
    (why, *_) = answer.best_refused(0)
    assert why.verdict == "refused"
    assert any(rule["outcome"] == "fail" and rule["strength"] == "must" for rule in why.rules)
    assert answer.why_not(0, why.product.id).to_dict() == why.to_dict()
    with pytest.raises(hs.ContractError):
        answer.why_not(0, "nobody")


def test_any_thread_count_gives_the_same_answer(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    one = hs.match(projects, catalogue)
    for threads in (2, 3, 64):
        assert hs.match(projects, catalogue, threads=threads) == one
    for bad in ({"threads": 0}, {"k": -1}, {"possible": -1}):
        with pytest.raises(hs.ContractError):
            hs.match(projects, catalogue, **bad)


def test_python_threads_share_a_catalogue(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    answers: list[hs.Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(hs.match(projects, catalogue))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4 and all(answer == answers[0] for answer in answers)


def test_both_directions_agree(tea: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    forward = hs.match(tea, catalogue, k=len(catalogue), possible=len(catalogue))
    for at, project in enumerate(tea):
        for offer in forward[at][:3]:
            back = hs.match_product(tea, offer.product, catalogue)
            assert (project.id, offer.points) in [(o.project.id, o.points) for o in back.offers]


def test_a_prepared_list_gives_the_same_answers(tea: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    ready = hs.prepare(tea, catalogue, threads=2)
    assert len(ready) == len(tea) and ready.bytes > 0 and ready.projects is tea and ready.catalogue is catalogue
    for options in ({}, {"k": 1, "possible": 0}, {"k": 0, "possible": 1, "threads": 2}):
        answer = hs.match(ready, **options)
        assert answer == hs.match(tea, catalogue, **options)
        assert answer.projects is tea and answer.catalogue is catalogue
    assert len(hs.prepare([tea[1]], catalogue)) == 1
    for product in catalogue.products[:5]:
        assert hs.match_product(ready, product) == hs.match_product(tea, product, catalogue)


def test_a_prepared_list_has_its_catalogue(tea: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    ready = hs.prepare(tea, catalogue)
    with pytest.raises(hs.ContractError, match="already"):
        hs.match(ready, catalogue)  # type: ignore[call-overload]
    with pytest.raises(hs.ContractError, match="needed"):
        hs.match(tea)  # type: ignore[call-overload]
    with pytest.raises(hs.ContractError, match="threads"):
        hs.prepare(tea, catalogue, threads=0)


def test_frames_say_what_answers_say(answer: hs.Answer, projects: hs.ProjectList) -> None:
    pytest.importorskip("pandas")
    frame = answer.to_pandas()
    assert len(frame) == len(answer.points) + len(answer.possible_points)
    first = frame.iloc[0]
    assert first["product_id"] == answer.possible(0)[0].product.id
    assert round(first["points"] * 1_000_000) == answer.possible(0)[0].points
    table = projects.to_pandas()
    assert len(table) == len(projects)
    assert table["total_investment_min_fen"].iloc[0] == projects[0].facts["total_investment"].min
    assert len(hs.bundled_products().to_pandas()) == len(hs.bundled_products())
    assert len(hs.Policy.bundled().at("2024-02-04").to_pandas()) > 0


def test_an_overview_sums_up(answer: hs.Answer, catalogue: hs.Catalogue) -> None:
    seen = answer.overview(threads=2)
    assert seen.projects == len(answer)
    assert seen.pairs_permitted == int(answer.counts[:, 0].sum())
    assert seen.pairs_undecided == int(answer.counts[:, 1].sum())
    assert int(seen.heat["possible"].sum()) <= seen.pairs_undecided * 10
    assert seen.to_pandas("heat").shape[0] == len(seen.heat["county"])
    assert answer.overview(threads=1).to_dict() == seen.to_dict()


def test_pages_are_written(answer: hs.Answer, tmp_path: Path) -> None:
    page = answer.to_html(tmp_path / "r.html")
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    table = answer.to_csv(tmp_path / "r.csv")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(hs.ContractError):
        answer.to_html(tmp_path / "r.html", contacts="all")  # type: ignore[arg-type]


def test_notebooks_see_tables(answer: hs.Answer, projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    shown = [projects, hs.bundled_products(), answer, answer.overview(), answer.why_not(0, catalogue[0])]
    shown += [catalogue.policy, catalogue.scorecard, hs.match_product(projects, "P026", catalogue)]
    for value in shown:
        assert value._repr_html_().startswith("<table>")  # type: ignore[attr-defined]
        assert repr(value)


def test_html_escapes_what_lists_say(catalogue: hs.Catalogue) -> None:
    table = hs.table_of_rows([["项目名称", "总投资（万元）"], ["<script>alert(1)</script>", "300"]])
    answer = hs.match(hs.load_projects(table), catalogue)
    assert "<script>" not in answer._repr_html_() + answer.projects._repr_html_()


# Cells.


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("3年", "tenor", 36, 36),
        ("4.35%", "rate", 43_500, 43_500),
        ("2025年6月", "date", "2025-06-01", "2025-06-30"),
        ("3.5万羽", "count", 35_000, 35_000),
        ("1.5亩", "area", 3_000, 3_000),
        ("1200.5万元", "money", 1_200_500_000, 1_200_500_000),
    ],
)
def test_a_quantity_is_exact(text: str, kind: str, low: object, high: object) -> None:
    read = hs.parse(text, kind)
    assert (read["min"], read["max"]) == (low, high)


def test_a_rate_over_lpr_keeps_its_base() -> None:
    read = hs.parse("LPR+50BP", "rate")
    assert read["min"] is None and read["base"].startswith("lpr") and read["spread"] == {"min": 5000, "max": 5000}


def test_a_county_helps_a_bare_name() -> None:
    assert hs.parse("顺天镇", "place", county="东源县")["town_code"] == "441625104"
    assert hs.parse("顺天镇", "place", county="441625")["town_code"] == "441625104"


def test_words_are_read_as_codes() -> None:
    assert "A0164" in hs.parse("茶叶、冷链", "industry")["codes"]
    assert hs.parse("茶叶", "category")["words"] == ["茶叶"]
    assert hs.parse("农民专业合作社", "borrower")["codes"] == ["cooperative"]
    assert "forest_right" in hs.parse("林权抵押", "security")["codes"]
    assert hs.parse("林地面积 >= 100亩", "condition")["fields"] == ["forest_area"]


def test_an_unknown_kind_breaks_the_contract() -> None:
    with pytest.raises(hs.ContractError, match="weight"):
        hs.parse("x", "weight")


@settings(derandomize=True, max_examples=200, deadline=None)
@given(text=st.text(max_size=40), kind=st.sampled_from([k for k in KINDS if k != "condition"]))
def test_no_text_breaks_a_reader(text: str, kind: str) -> None:
    read = hs.parse(text, kind)
    assert read["text"] == text and isinstance(read["reading"], str)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(text=st.text(alphabet="林地面积>=0123456789亩 andornot()[],，农户借款人类型in", max_size=30))
def test_a_condition_is_understood_or_refused(text: str) -> None:
    try:
        assert hs.parse(text, "condition")["fields"] is not None
    except hs.Failure as failure:
        assert failure.issues[0].message


def test_a_refusal_shows_the_change_that_lifts_it() -> None:
    policy = hs.Policy.bundled().at("2026-03-01")
    catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), policy)
    header = [
        "项目编号",
        "项目名称",
        "单位性质",
        "所属县区",
        "所属行业",
        "资金用途",
        "融资需求（万元）",
        "贷款期限",
        "担保方式",
    ]
    row = ["S1", "示例·柑橘园周转", "家庭农场", "紫金县", "柑橘", "经营周转", "45", "12个月", "信用"]
    (project,) = hs.load_projects(hs.table_of_rows([header, row]))
    why = hs.explain(project, "D027", catalogue)
    assert why.verdict == "refused" and why.changes["status"] == "found"
    first = why.changes["plans"][0]["changes"][0]
    assert first["field"] == "financing_need" and first["text"] in why._repr_html_()
