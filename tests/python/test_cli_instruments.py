"""The commands of the instruments: their examples run as they are, and a bad cell is named with its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from conftest import Ran

import huoshui as hs
from huoshui._cli.sheets import fields_of

Run = Callable[..., Ran]

COMMANDS = ("syndicate", "chain", "carbon", "rights")
DAY = ("--as-of", "2026-03-01")
SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def examples(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("示例")
    return {command: write(folder / f"{command}.json", run(command, "--example").out) for command in COMMANDS}


def changed(examples: dict[str, Path], command: str, folder: Path, **changes: Any) -> Path:
    document = json.loads(examples[command].read_text(encoding="utf-8"))
    document.update(changes)
    return write(folder / "改.json", json.dumps(document, ensure_ascii=False))


@pytest.mark.parametrize("command", COMMANDS)
def test_an_example_is_marked_and_runs_as_it_is(run: Run, examples: dict[str, Path], command: str) -> None:
    assert "示例" in examples[command].read_text(encoding="utf-8")
    assert "虚构" in examples[command].read_text(encoding="utf-8")
    said = {}
    for lang in ("zh", "en"):
        ran = run(command, examples[command], *DAY, "--lang", lang)
        assert ran.code == 0, ran.err
        assert "2026-03-01" in ran.err
        said[lang] = ran.out
    assert said["zh"] != said["en"] and all(said.values())


@pytest.mark.parametrize("command", COMMANDS)
def test_json_names_its_format_and_day_and_is_the_same_again(run: Run, examples: dict[str, Path], command: str) -> None:
    first, again = (run(command, examples[command], *DAY, "--json") for _ in range(2))
    assert first.code == 0 and first.out == again.out
    read = json.loads(first.out)
    assert (read["format"], read["as_of"]) == (f"huoshui.{command}/1", "2026-03-01")


def closed(schema: Any) -> Any:
    """Return a schema without its room for members to come: what is printed today, it names."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    further = {"additionalProperties": False} if "required" in schema else {}
    return {name: closed(each) for name, each in schema.items()} | further


def held(command: str, document: Any) -> None:
    schema = json.loads((SCHEMAS / f"{command}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(closed(schema)).validate(document)


# What the example of a command leaves out: nothing known, everything known, every answer that it can come to.
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "syndicate": [
        {},
        {"tranches": [{"amount": "8000万元", "tenor_months": "5年", "draws": [{"month": 0, "amount": "8000万元"}]}]},
        {"tranches": [{"amount": "900亿元", "tenor_months": "5年"}]},
        {
            "tranches": [{"amount": "8000万元", "tenor_months": "5年"}],
            "institutions": [
                {
                    "id": each,
                    "net_capital": "30亿元",
                    "tier1_capital": "25亿元",
                    "client_loans": "0元",
                    "client_exposure": "0元",
                    "group_exposure": "0元",
                    "rate": "3%",
                }
                for each in ("甲", "乙")
            ],
        },
        {"public_debt": "承担隐性债务"},
        {"public_debt": "不明", "yearly_income": [], "region": ""},
        {
            "capital": {"total_investment": "3亿元", "own_funds": "1亿元", "loans": "2亿元", "industry": "N7721"},
            "subsidy": {"points": "1%", "months": "1年", "principal_cap": "5000万元", "from": "2025-01-01"},
        },
    ],
    "chain": [
        {},
        {"terms": {}},
        {"parties": [], "claims": [], "bundles": []},
        {
            "parties": [{"id": "A", "role": "核心企业"}, {"id": "S"}, {"id": "T"}],
            "claims": [
                {"id": "R1", "holder": "S", "buyer": "A", "amount": "1万元", "documents": "票1"},
                {"id": "R2", "holder": "T", "buyer": "A", "documents": "票1"},
                {"id": "R3", "holder": "S", "buyer": "T", "amount": "1万元"},
                {"id": "R4", "holder": "T", "buyer": "S", "amount": "1万元", "due_day": "2026-09-01"},
            ],
            "bundles": [{"id": "V", "lead": "A", "members": "T", "backing": "牵头主体额度"}],
        },
    ],
    "carbon": [{}, {"price": None}, {"clear_title": None, "area": None, "surveyed_kg": None}, {"mechanism": "不明"}],
    "rights": [{}],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_json_follows_its_schema(run: Run, examples: dict[str, Path], tmp_path: Path, command: str) -> None:
    decisions = set()
    further = ("--volatility", "12%", "--paths", "10") if command == "carbon" else ()
    for changes in VARIANTS[command]:
        path = changed(examples, command, tmp_path, **changes) if changes else examples[command]
        for more in ((), further):
            ran = run(command, path, *DAY, "--json", *more)
            assert ran.code == 0, ran.err
            document = json.loads(ran.out)
            held(command, document)
            decisions.add(document["proposal"]["decision"] if command == "syndicate" else "")
    if command == "syndicate":
        assert decisions == set(get_args(hs.syndicate.Decision))


def test_json_of_assets_of_every_kind_follows_its_schema(run: Run, tmp_path: Path) -> None:
    bare = [{"right": right} for right in hs.rights.RIGHTS]
    twice = [{"right": "用水权", "parcel": "地1"}, {"right": "林权", "parcel": "地 1"}]
    for assets in ([], bare, twice):
        path = write(tmp_path / "资产.json", json.dumps(assets, ensure_ascii=False))
        held("rights", json.loads(run("rights", path, *DAY, "--json").out))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_schema_refuses_what_its_document_never_has(run: Run, examples: dict[str, Path], command: str) -> None:
    document = json.loads(run(command, examples[command], *DAY, "--json").out)

    def broken(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Give the way to every object and every number of the document, the first of each list."""
        if isinstance(value, dict):
            return [way] + [deep for key, item in value.items() for deep in broken(item, (*way, key))]
        if isinstance(value, list):
            return broken(value[0], (*way, 0)) if value else []
        return [way] if isinstance(value, int) and not isinstance(value, bool) else []

    ways = [way for way in broken(document) if "bundles" not in way]
    assert len(ways) > 10
    for way in ways:
        copied = copy.deepcopy(document)
        inside: Any = copied
        for key in way[:-1]:
            inside = inside[key]
        if not way or isinstance(inside[way[-1]], dict):
            record = inside[way[-1]] if way else inside
            del record[next(reversed(record))]
        else:
            inside[way[-1]] = 1.5  # no floating point anywhere
        with pytest.raises(jsonschema.ValidationError):
            held(command, copied)


def test_the_syndicate_is_told(run: Run, examples: dict[str, Path]) -> None:
    ran = run("syndicate", examples["syndicate"])
    assert "政策日期 2025-03-03" in ran.err  # the day of signing
    assert "没有一家可独立承贷，须组建银团" in ran.out
    read = json.loads(
        run("syndicate", examples["syndicate"], "--json", "--money-step", "100万元", "--runners-up", "0").out
    )
    (best,) = read["proposal"]["structures"]
    assert sum(h["amount"] for m in best["structure"]["members"] for h in m["holdings"]) == 20_000_000_000
    assert best["cost"]["total"] == read["proposal"]["proof"]["bound"]
    assert [year["year"] for year in read["cash_flows"]["cover"]] == [1, 2, 3]


def test_institutions_may_stand_in_a_table(run: Run, examples: dict[str, Path], tmp_path: Path) -> None:
    document = json.loads(examples["syndicate"].read_text(encoding="utf-8"))
    del document["institutions"]
    deal = write(tmp_path / "项目.json", json.dumps(document, ensure_ascii=False))
    banks = write(
        tmp_path / "机构.csv",
        "机构,机构类型,资本净额（亿元）,客户贷款余额（万元）,单笔上限,最低利率（%）,区划代码\n"
        "甲,国有大行,3000,0,1.5亿元,3.4,\n"
        "\n"
        "乙,农商行,9,1000,,3.5,441625、441602\n",
    )
    read = json.loads(run("syndicate", deal, "--institutions", banks, "--json").out)
    assert [room["institution"] for room in read["proposal"]["rooms"]] == ["甲", "乙"]
    assert read["proposal"]["rooms"][1]["room"] == 8_000_000_000  # 10 % of 9亿元 less 1,000万元
    neither = run("syndicate", deal)
    assert neither.code == 3 and "--institutions" in neither.err
    both = run("syndicate", examples["syndicate"], "--institutions", banks)
    assert both.code == 3 and "二者取一" in both.err


def test_every_bad_cell_is_named_with_its_place(run: Run, examples: dict[str, Path], tmp_path: Path) -> None:
    document = json.loads(examples["syndicate"].read_text(encoding="utf-8"))
    del document["institutions"]
    deal = write(tmp_path / "项目.json", json.dumps(document, ensure_ascii=False))
    banks = write(
        tmp_path / "机构.csv",
        "机构,类型,资本净额（亿元）,可牵头\n甲,银行,30,是\n乙,农商行,很多,也许\n,城商行,20,否\n丙,,,\n",
    )
    ran = run("syndicate", deal, "--institutions", banks)
    assert ran.code == 3 and ran.out == ""
    lines = ran.err.splitlines()
    assert len(lines) == 4
    for line, words in zip(
        lines,
        (
            ("第 2 行“类型”", "农商行", "实为“银行”"),
            ("第 3 行“资本净额（亿元）”", "金额并写明单位", "实为“很多”"),
            ("第 3 行“可牵头”", "是或否", "实为“也许”"),
            ("第 4 行“编号”", "不可缺", "实为“空”"),
        ),
        strict=True,
    ):
        assert str(banks) in line
        for word in words:
            assert word in line
    english = run("syndicate", deal, "--institutions", banks, "--lang", "en").err
    assert "row 3, “资本净额（亿元）”: expected an amount with its unit" in english and "found “很多”" in english


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("机构,资本金额", "不认得列名“资本金额”"),
        ("机构,利率,最低利率", "“最低利率”出现两次"),
        ("机构,rate,利率", "出现两次"),
    ],
)
def test_a_column_that_is_not_known_or_stands_twice_is_refused(
    run: Run, examples: dict[str, Path], tmp_path: Path, header: str, said: str
) -> None:
    ran = run("syndicate", examples["syndicate"], "--institutions", write(tmp_path / "a.csv", header + "\n甲,1,1\n"))
    assert ran.code == 3 and "二者取一" in ran.err
    document = json.loads(examples["syndicate"].read_text(encoding="utf-8"))
    del document["institutions"]
    deal = write(tmp_path / "项目.json", json.dumps(document, ensure_ascii=False))
    ran = run("syndicate", deal, "--institutions", tmp_path / "a.csv")
    assert ran.code == 3 and said in ran.err


def test_a_cell_without_a_column_and_a_file_that_is_no_csv_are_named(run: Run, tmp_path: Path) -> None:
    ran = run("rights", write(tmp_path / "a.csv", "项目,,数量\n示例,x,4头,5头\n"))
    assert ran.code == 3 and "第 2 列没有列名，却写有“x”" in ran.err and "第 4 列没有列名，却写有“5头”" in ran.err
    ran = run("rights", write(tmp_path / "b.csv", "项目\n" + "长" * 200_000 + "\n"))
    assert ran.code == 3 and "不是 CSV" in ran.err


def test_the_day_of_signing_may_be_replaced(run: Run, examples: dict[str, Path], tmp_path: Path) -> None:
    document = json.loads(examples["syndicate"].read_text(encoding="utf-8"))
    document["签约日"] = document.pop("signing")
    deal = write(tmp_path / "项目.json", json.dumps(document, ensure_ascii=False))
    assert json.loads(run("syndicate", deal, "--json").out)["deal"]["signing"] == "2025-03-03"
    assert json.loads(run("syndicate", deal, "--json", "--as-of", "2024-10-31").out)["as_of"] == "2024-10-31"


def test_a_workbook_is_asked_for_as_csv(run: Run, tmp_path: Path) -> None:
    ran = run("rights", write(tmp_path / "资产.xlsx", "x"))
    assert ran.code == 3 and "另存为 CSV" in ran.err


def test_a_chain_may_stand_in_tables(run: Run, examples: dict[str, Path], tmp_path: Path) -> None:
    parties = write(tmp_path / "主体.csv", "编号,角色,额度（万元）\nA,核心企业,100\nS,供应商,\n")
    claims = write(
        tmp_path / "债权.csv", "id,holder,buyer,金额（万元）,到期日,已确权,已登记\nR1,S,A,100,2026-06-01,是,否\n"
    )
    bundles = write(tmp_path / "整体.csv", "编号,成员,授信依据,授信总额\n")
    terms = write(tmp_path / "条件.json", '{"advance_rate": {"应收账款": "80%"}}')
    given = ("--parties", parties, "--claims", claims, "--bundles", bundles, "--terms", terms, *DAY)
    read = json.loads(run("chain", *given, "--json").out)
    assert read["total"] == 0
    assert read["claims"][0]["lacking"] == ["register_claim"]
    assert read["unlocks"][0]["gain"] == 80_000_000
    assert "统一登记" in run("chain", *given).out
    no_terms = run("chain", "--parties", parties, "--claims", claims, *DAY)
    assert no_terms.code == 0 and "advance_rate" not in no_terms.err  # no rate is set: no amount, and said in the table
    assert run("chain", "--parties", parties).code == 2


def test_a_chain_that_does_not_fit_together_names_every_fault(run: Run, tmp_path: Path) -> None:
    parties = write(tmp_path / "p.csv", "编号\nA\nA\n")
    claims = write(tmp_path / "c.csv", "编号,持有人,买方\nR1,B,A\n")
    ran = run("chain", "--parties", parties, "--claims", claims, *DAY)
    assert ran.code == 3 and len(ran.err.splitlines()) >= 3  # the day, and both faults


def test_a_chain_document_of_other_parts_is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("chain", write(tmp_path / "c.json", '{"parties": [], "claimz": []}'))
    assert ran.code == 3 and "claims" in ran.err
    for parties in ("5", '"A"', '{"id": "A"}', "[5]"):
        ran = run("chain", write(tmp_path / "c.json", f'{{"parties": {parties}}}'))
        assert ran.code == 3 and "Party" in ran.err
    ran = run("chain", write(tmp_path / "c.json", '{"parties": [{"id": "A", "asked": 5}]}'))
    assert ran.code == 3 and "“parties[0].asked”" in ran.err and "300万元" in ran.err


def test_a_sink_with_its_fan(run: Run, examples: dict[str, Path]) -> None:
    ran = run("carbon", examples["carbon"], *DAY, "--volatility", "12%", "--seed", "7", "--paths", "100")
    assert ran.code == 0 and "可贷上限" in ran.out and "100 条路径，种子 7" in ran.out
    bad = run("carbon", examples["carbon"], *DAY, "--volatility", "much")
    assert bad.code == 2 and "--volatility" in bad.err and "3.6%" in bad.err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"area": 12000}, "“area”：应为面积，如 20800亩"),
        ({"price": {"fen_per_tonne": "贵"}}, "“price.fen_per_tonne”"),
        ({"aera": "1亩"}, "是否为 area"),
        ({"rate_steps": [{"goal": "a"}]}, "“rate_steps[0].change”：应为比率，如 3.6%，不可缺；实为“空”"),
        ({"buffer": "101%"}, ""),
    ],
)
def test_a_field_of_a_document_that_cannot_be_read(
    run: Run, examples: dict[str, Path], tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    ran = run("carbon", changed(examples, "carbon", tmp_path, **changes), *DAY)
    assert ran.code == 3 and said in ran.err and ran.out == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSON"),
        pytest.param('{"area": ' + "9" * 5000 + "}", "JSON", id="huge"),
        ("[]", "JSON 对象"),
        ("", "JSON"),
        ("5", "JSON 对象"),
    ],
)
def test_a_document_that_is_none(run: Run, tmp_path: Path, text: str, said: str) -> None:
    for command in ("syndicate", "carbon"):
        ran = run(command, write(tmp_path / "x.json", text), *DAY)
        assert ran.code == 3 and said in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_not_there_and_a_day_that_is_none(run: Run, examples: dict[str, Path], command: str) -> None:
    ran = run(command, "没有.json")
    assert ran.code == 3 and "没有.json" in ran.err
    for day in ("2026-02-30", "1900-01-01", "soon"):
        assert run(command, examples[command], "--as-of", day).code == 5


def test_rights_of_a_table_and_what_is_pledged_twice(run: Run, tmp_path: Path) -> None:
    assets = write(
        tmp_path / "资产.csv",
        "项目,权利种类,数量,单价,抵质押率（%）,权属清晰,已质押,登记,唯一编号\n"
        "示例甲,畜禽活体,400头,1.5-1.7万元/头,60,是,否,已登记,EAR 17\n"
        "示例乙,畜禽活体,100头,,,是,,已登记,ear-17\n",
    )
    read = json.loads(run("rights", assets, *DAY, "--json").out)
    assert [each["terms"]["ceiling_fen"] for each in read["proposals"]] == [[360_000_000, 408_000_000], None]
    assert read["double_pledges"] == [{"first": 0, "again": 1, "key": "unique_number", "overlap_only": False}]
    bare = run("rights", write(tmp_path / "b.csv", "项目,单价,唯一编号（必填）,期限\n示例,35,17,12\n"), *DAY)
    assert bare.code == 3 and len(bare.err.splitlines()) == 2  # the number of the tag needs no unit
    assert "“单价”：应为单价并写明单位" in bare.err and "实为“12”" in bare.err
    ran = run("rights", assets, *DAY)
    assert "同一资产，不得再押" in ran.out and "可贷上限360万元至408万元" in ran.out


RECORDS: tuple[type[Any], ...] = (
    hs.syndicate.Institution,
    hs.supply_chain.Party,
    hs.supply_chain.Claim,
    hs.supply_chain.Bundle,
    hs.rights.Asset,
)


@pytest.mark.parametrize(
    "record", [*RECORDS, hs.syndicate.Deal, hs.carbon.Sink, hs.carbon.PricePath, hs.supply_chain.Terms]
)
def test_no_chinese_name_means_two_fields(record: type[Any]) -> None:
    names = [zh for field in fields_of(record).values() for zh in field.zh.split("、")]
    assert all(names) and len(set(names)) == len(names)


def test_the_page_of_commands_lists_every_column() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    for record in RECORDS:
        for name, field in fields_of(record).items():
            assert f"`{name}` {field.zh}" in page, f"{record.__name__}.{name}"


def test_the_page_of_commands_lists_every_word() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    for record in (*RECORDS, hs.syndicate.Deal, hs.syndicate.RepaymentTerms, hs.carbon.Sink, hs.carbon.PricePath):
        for field in fields_of(record).values():
            for word, zh in field.reader.words.items():
                assert f"`{word}` {zh}" in page, f"{record.__name__}.{field.name}: {word}"
