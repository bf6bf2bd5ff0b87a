"""The command line as a person meets it: exit codes, messages, and every bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

import huoshui as hs

Run = Callable[..., Ran]

DAY = ("--as-of", "2026-03-01")
TYPO = "A1,甲贷,甲行,working_capital_loan,,500万元,12个月,林地面积 >> 100亩\n"
HANDBOOK = "编号,产品名称,机构,金融工具,最低金额,最高金额,最长期限,必备条件\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# Bad input, acceptance 10: an exit code and one clear message each.


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        ("nothere.csv", 3, ("找不到文件", "nothere.csv", "请检查路径")),
        ("nothere.xlsx", 3, ("找不到文件", "nothere.xlsx")),
        ("empty.csv", 3, ("是空的", "请检查是否保存成功")),
        ("blank.csv", 3, ("blank.csv",)),
        ("really_a_pdf.xlsx", 3, ("其实是", "PDF", "转成 Excel 或 CSV")),
        ("really_a_csv.xlsx", 3, ("改了扩展名", "改回 csv")),
        ("broken.xlsx", 3, ("损坏", "修复后另存")),
        ("locked.xlsx", 3, ("密码", "去掉密码后另存")),
        ("no_header.csv", 3, ("没有认出表头", "2025年工作要点", "请加上一行表头")),
        ("form.csv", 3, ("登记表", "一行一个")),
    ],
)
def test_a_list_that_cannot_be_read(run: Run, bad_input: Path, file: str, code: int, said: tuple[str, ...]) -> None:
    for command in (("check",), ("match", *DAY)):
        ran = run(command[0], bad_input / file, *command[1:])
        assert ran.code == code
        assert ran.out == ""
        for words in said:
            assert words in ran.err


@pytest.mark.parametrize("suffix", [".xls", ".pdf", ".docx", ".zip", ".et"])
def test_a_kind_of_file_that_is_not_read(run: Run, tmp_path: Path, suffix: str) -> None:
    ran = run("check", write(tmp_path / f"清单{suffix}", "x"))
    assert ran.code == 3
    assert "不能直接读" in ran.err and "请" in ran.err


def test_a_folder_is_no_list(run: Run, tmp_path: Path) -> None:
    ran = run("check", tmp_path)
    assert ran.code == 3
    assert "文件夹" in ran.err


def test_an_unknown_unit_is_an_error_with_its_cell(run: Run, bad_input: Path) -> None:
    ran = run("check", bad_input / "unknown_unit.csv", "--json")
    assert ran.code == 1
    issues = [issue for issue in json.loads(ran.out)["issues"] if issue["code"] == "unknown_unit"]
    assert {(issue["row"], issue["found"]) for issue in issues} == {(2, "12000"), (2, "8000")}
    assert all("单位" in issue["message"] for issue in issues)
    assert json.loads(ran.out)["projects"][0]["total_investment"] is None


def test_a_repeated_id_is_reported_and_renamed(run: Run, bad_input: Path) -> None:
    ran = run("check", bad_input / "duplicate_ids.csv", "--json")
    assert ran.code == 1  # both rows are kept, but the second lost the id it was given
    read = json.loads(ran.out)
    (issue,) = [issue for issue in read["issues"] if issue["code"] == "duplicate_id"]
    assert issue["row"] == 4 and "P-001" in issue["message"]
    ids = [project["id"] for project in read["projects"]]
    assert len(set(ids)) == len(ids) == 3


def test_bad_bytes_are_reported(run: Run, bad_input: Path) -> None:
    ran = run("check", bad_input / "bad_bytes.csv")
    assert ran.code == 0
    assert "encoding_error" in ran.out


def test_contradictory_terms_make_a_handbook_unusable(run: Run, tmp_path: Path, sample: Path) -> None:
    handbook = write(tmp_path / "h.csv", HANDBOOK + "A1,甲贷,甲行,working_capital_loan,800万元,500万元,12个月,\n")
    ran = run("match", sample, "--products", handbook, *DAY)
    assert ran.code == 4
    assert "A1" in ran.err or "第2行" in ran.err
    assert "800万元" in ran.err and "500万元" in ran.err


def test_a_condition_with_a_typo_takes_its_product_out(run: Run, tmp_path: Path, sample: Path) -> None:
    handbook = write(tmp_path / "h.csv", HANDBOOK + TYPO + "A2,乙贷,乙行,working_capital_loan,,500万元,12个月,\n")
    ran = run("match", sample, "--products", handbook, "--json", *DAY)
    assert ran.code == 1
    assert "林地面积 >> 100亩" in ran.err and "第2行" in ran.err
    assert {offer["product"] for project in json.loads(ran.out)["projects"] for offer in project["possible"]} <= {"A2"}


def test_a_handbook_of_nothing_but_typos_is_unusable(run: Run, tmp_path: Path, sample: Path) -> None:
    handbook = write(tmp_path / "h.csv", HANDBOOK + TYPO)
    ran = run("match", sample, "--products", handbook, *DAY)
    assert ran.code == 4
    assert "林地面积 >> 100亩" in ran.err


def test_a_handbook_that_is_not_there(run: Run, sample: Path) -> None:
    ran = run("match", sample, "--products", "没有.csv", *DAY)
    assert ran.code == 4
    assert "找不到文件" in ran.err


@pytest.mark.parametrize("day", ["1990-01-01", "2090-01-01"])
def test_a_date_outside_the_pack(run: Run, sample: Path, day: str) -> None:
    ran = run("match", sample, "--as-of", day)
    assert ran.code == 5
    assert day in ran.err and "覆盖" in ran.err


def test_a_date_that_is_none(run: Run, sample: Path) -> None:
    ran = run("match", sample, "--as-of", "2024-13-01")
    assert ran.code == 5
    assert "2024-13-01" in ran.err


def test_a_policy_overlay_that_is_no_pack(run: Run, sample: Path, tmp_path: Path) -> None:
    ran = run("match", sample, "--policy", write(tmp_path / "p.csv", "甲,乙\n1,2\n"), *DAY)
    assert ran.code == 5
    assert "p.csv" in ran.err


def test_a_cell_of_a_megabyte(run: Run, tmp_path: Path) -> None:
    long = "茶" * (1_000_000 // 3)
    path = write(tmp_path / "long.csv", f"项目名称,县区,总投资（万元）,建设内容\n某项目,东源县,300,{long}\n")
    ran = run("check", path, "--json")
    assert ran.code in (0, 1)
    read = json.loads(ran.out)
    assert read["rows"]["projects"] == 1
    assert [issue["code"] for issue in read["issues"]] == ["cell_too_long"]
    assert len(read["issues"][0]["found"]) <= 100


def test_two_hundred_thousand_rows(run: Run, tmp_path: Path) -> None:
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["项目编号", "项目名称", "县区", "总投资（万元）", "融资需求（万元）", "期限", "行业"])
    for n in range(200_000):
        writer.writerow([f"N{n:06}", f"第{n}个茶园项目", "东源县", 300 + n % 700, 100 + n % 200, "3年", "茶叶"])
    ran = run("check", write(tmp_path / "many.csv", rows.getvalue()))
    assert ran.code == 0
    assert "200000" in ran.out


# Usage.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("match",), "缺少 LIST"),
        (("check", "--jso", "x"), "没有选项 --jso"),
        (("parse", "--kind", "weight", "x"), "money"),
        (("explain", "x.csv"), "--pairs"),
        (("nonsense",), "nonsense"),
        (("match", "x.csv", "--top", "many"), "--top"),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert said in ran.err and ran.out == ""


def test_help_tells_the_exit_codes(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for code in "0123456":
        assert f"  {code}  " in ran.out
    for command in ("check", "match", "explain", "why-not", "report", "parse", "policy"):
        assert command in ran.out
        assert run(command, "--help").code == 0


def test_an_english_reader_gets_english(run: Run, bad_input: Path) -> None:
    ran = run("check", bad_input / "empty.csv", "--lang", "en")
    assert ran.code == 3
    assert "the file is empty" in ran.err


def test_a_closed_pipe_is_nobodys_error(sample: Path) -> None:
    source = Path(hs.__file__).parents[1]
    command = f"'{sys.executable}' -m huoshui match '{sample}' --as-of 2026-03-01 --json 2>/dev/null"
    done = subprocess.run(
        ["bash", "-c", f"{command} | true; exit ${{PIPESTATUS[0]}}"],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


# The commands.


def test_check_prints_counts_and_issues(run: Run, sample: Path) -> None:
    ran = run("check", sample)
    assert "读入行" in ran.out and "位置" in ran.out


def test_match_prints_offers_and_where_the_rest_is(run: Run, sample: Path) -> None:
    ran = run("match", sample, *DAY)
    assert ran.code == 0
    assert "待补充" in ran.out and "--report" in ran.err and "2026-03-01" in ran.err


def test_match_json_is_bare(run: Run, sample: Path) -> None:
    ran = run("match", sample, *DAY, "--json", "--project", "R0002")
    read = json.loads(ran.out)
    assert read["format"] == "huoshui.match/1"
    assert [project["id"] for project in read["projects"]] == ["R0002"]


def test_match_is_the_same_for_any_threads(run: Run, sample: Path) -> None:
    one, four = (run("match", sample, *DAY, "--json", "--threads", n) for n in ("1", "4"))
    assert one.out == four.out


def test_match_uses_today_and_says_so(run: Run, sample: Path) -> None:
    import datetime

    before = datetime.date.today()
    ran = run("match", sample, "--project", "R0002")
    assert any(day.isoformat() in ran.err for day in (before, datetime.date.today()))


def test_match_writes_a_table_and_a_page(run: Run, sample: Path, tmp_path: Path) -> None:
    table, page = tmp_path / "结果.csv", tmp_path / "报告.html"
    ran = run("match", sample, *DAY, "--csv", table, "--report", page)
    assert ran.code == 0
    assert table.read_text(encoding="utf-8-sig").startswith("project_id,")
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert run("match", sample, *DAY, "--csv", tmp_path / "no" / "x.csv").code == 2


def test_report_masks_people_unless_asked(run: Run, tmp_path: Path) -> None:
    path = write(
        tmp_path / "l.csv", "项目名称,县区,总投资（万元）,联系人,联系电话\n某茶园项目,东源县,300,欧阳测试,13800138000\n"
    )
    page = tmp_path / "r.html"
    assert run("report", path, "-o", page, *DAY).code == 0
    assert "13800138000" not in page.read_text(encoding="utf-8")
    assert run("report", path, "-o", page, "--show-contacts", *DAY).code == 0
    assert "13800138000" in page.read_text(encoding="utf-8")


def test_explain_one_pair(run: Run, sample: Path) -> None:
    ran = run("explain", sample, *DAY, "--project", "R0002", "--product", "P106", "--json")
    assert json.loads(ran.out)["product"] == "P106"
    assert "结论" in run("explain", sample, *DAY, "--project", "R0002", "--product", "P106").out


def test_explain_many_pairs_one_line_each(run: Run, sample: Path, tmp_path: Path) -> None:
    pairs = write(tmp_path / "pairs.csv", "project_id,product_id\nR0002,P106\nR0003,P001\n")
    lines = run("explain", sample, *DAY, "--pairs", pairs).out.splitlines()
    assert [(json.loads(line)["project"], json.loads(line)["product"]) for line in lines] == [
        ("R0002", "P106"),
        ("R0003", "P001"),
    ]


def test_unknown_ids_end_with_6(run: Run, sample: Path, tmp_path: Path) -> None:
    ran = run("explain", sample, *DAY, "--project", "R9999", "--product", "P106")
    assert ran.code == 6 and "R9999" in ran.err
    ran = run("explain", sample, *DAY, "--project", "R0002", "--product", "P999")
    assert ran.code == 6 and "P999" in ran.err
    assert run("match", sample, *DAY, "--project", "R9999").code == 6
    pairs = write(tmp_path / "pairs.csv", "project_id,product_id\nR0002,P106\nR0003,P999\n")
    ran = run("explain", sample, *DAY, "--pairs", pairs)
    assert ran.code == 6 and "第 3 行" in ran.err and ran.out == ""


def test_why_not_lists_the_nearest_refused(run: Run, sample: Path) -> None:
    lines = run("why-not", sample, *DAY, "--project", "R0002", "--json").out.splitlines()
    assert len(lines) == 3
    assert {json.loads(line)["verdict"] for line in lines} == {"refused"}


def test_policy_filters_by_series(run: Run) -> None:
    ran = run("policy", "--as-of", "2024-02-04", "--series", "lpr.", "--json")
    rows = json.loads(ran.out)["rows"]
    assert rows and all(row["series"].startswith("lpr.") for row in rows)


def test_parse_prints_a_line_for_each_text(run: Run) -> None:
    ran = run(
        "parse",
        "--kind",
        "money",
        "--json",
        "--header",
        "总投资（万元）",
        "约3.5亿元",
        "300-500万元",
        "12000",
        "几十万",
    )
    assert ran.code == 0
    read = [json.loads(line) for line in ran.out.splitlines()]
    assert [(r["min"], r["max"]) for r in read] == [
        (35_000_000_000, 35_000_000_000),
        (300_000_000, 500_000_000),
        (12_000_000_000, 12_000_000_000),
        (None, None),
    ]
    assert read[0]["approximate"] and "fuzzy" in read[3]["flags"]


def test_parse_reads_stdin(run: Run) -> None:
    ran = run("parse", "--kind", "area", "--json", stdin="100亩\n1平方米\n")
    assert [json.loads(line)["mu"] for line in ran.out.splitlines()] == ["100", "0.0015"]


def test_parse_follows_its_schema(run: Run) -> None:
    path = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "parse.schema.json"
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(path.read_text(encoding="utf-8"))
    texts = {
        "money": ["约3.5亿元", "几十万", "500万元以上"],
        "tenor": ["3年", "36个月", "长期"],
        "area": ["100亩", "100-200亩", "5万平方米", "200亩以上", "无"],
        "rate": ["4.35%", "LPR+50BP"],
        "count": ["3.5万羽", "12"],
        "date": ["2025年6月", "2025年"],
        "place": ["东源县顺天镇", "城区", "某地"],
        "category": ["茶叶"],
        "industry": ["茶叶、冷链"],
    }
    for kind, given in texts.items():
        for line in run("parse", "--kind", kind, "--json", *given).out.splitlines():
            jsonschema.validate(json.loads(line), schema)


def test_parse_tells_a_typo_in_a_condition(run: Run) -> None:
    ran = run("parse", "--kind", "condition", "--json", "林地面积 >= 100亩", "林地面积 >= 100")
    good, bad = (json.loads(line) for line in ran.out.splitlines())
    assert ran.code == 1
    assert good["fields"] == ["forest_area"] and "error" not in good
    assert "100亩" in bad["error"]


def test_a_newer_table_of_regions_is_used(run: Run, tmp_path: Path) -> None:
    table = write(tmp_path / "regions.csv", "code,name\n44,广东省\n4416,河源市\n441699,新设县\n")
    ran = run("parse", "--kind", "place", "--json", "--regions", table, "新设县")
    assert json.loads(ran.out)["county_code"] == "441699"
    assert run("parse", "--kind", "place", "--regions", write(tmp_path / "bad.csv", "a\n1\n"), "x").code == 4


def test_a_list_too_long_for_one_page_is_told_before_the_work(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(
        "项目名称,总投资（万元）\n" + "".join(f"第{n}号项目,{n + 1}\n" for n in range(10_001)), encoding="utf-8"
    )
    ran = run("report", path, "-o", tmp_path / "报告.html")
    assert ran.code == 2
    assert "10,001" in ran.err and "--csv" in ran.err
    assert not (tmp_path / "报告.html").exists()
