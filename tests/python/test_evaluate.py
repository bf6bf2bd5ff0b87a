"""`huoshui evaluate`: what is read of a file of deals, how it is judged, and against whom."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import huoshui as hs
from huoshui import _huoshui, evaluation, peers
from huoshui._cli.evaluate import evaluate as command
from huoshui.evaluation import Deal, Deals, evaluate, folds_of, load_deals, project_of

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = ("活体抵押", "民宿/农家乐贷", "林权抵押")
WORDS = {"活体抵押": "养牛", "民宿/农家乐贷": "民宿", "林权抵押": "林地"}
HEADER = ["deal_id", *evaluation.INPUTS, "instrument_family", "lender", "collateral_or_enhancement"]


class WordModel:
    """A stand-in: sure of the family whose word it finds, at a loss without one."""

    uncertain_below = 0.5

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words

    def probabilities(self, projects: list[hs.Project], *, threads: int = 1) -> Any:
        out = np.full((len(projects), len(FAMILIES)), 0.1)
        for row, project in enumerate(projects):
            for column, family in enumerate(FAMILIES):
                if family in self.words and self.words[family] in project.text("content"):
                    out[row, column] = 1.9
        return out / out.sum(axis=1, keepdims=True)

    def seen(self, project: hs.Project) -> bool:
        return "见过" in project.text("content")


class Stand:
    """Where the stand-ins come from; what was trained on is kept."""

    def __init__(self) -> None:
        self.trained: list[tuple[list[str], list[str]]] = []

    def bundled(self) -> WordModel:
        return WordModel(WORDS)

    def rules_only(self) -> WordModel:
        return WordModel({"活体抵押": "养牛"})

    def train(self, projects: list[hs.Project], families: Sequence[str], *, seed: int = 1) -> WordModel:
        self.trained.append(([project.text("content") for project in projects], list(families)))
        return WordModel({family: WORDS[family] for family in set(families)})


def row(number: int, family: str, summary: str | None = None, **more: str) -> dict[str, str]:
    text = f"第{number}号{WORDS.get(family, '')}项目" if summary is None else summary
    return {"deal_id": f"D{number:03}", "project_summary": text, "instrument_family": family, **more}


def write(path: Path, rows: Sequence[dict[str, str]], header: Sequence[str] = HEADER, bom: bool = False) -> Path:
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def thirty() -> list[dict[str, str]]:
    return [row(number, FAMILIES[number % 3], loan_amount_wan=str(number)) for number in range(30)]


def read(tmp_path: Path, rows: Sequence[dict[str, str]], **given: Any) -> Deals:
    return load_deals(write(tmp_path / "成交.csv", rows), families=FAMILIES, **given)


def test_nothing_else_is_read(tmp_path: Path) -> None:
    plain = read(tmp_path, thirty())
    told = read(tmp_path, [{**entry, "lender": "某行", "collateral_or_enhancement": "活牛"} for entry in thirty()])
    assert plain.deals == told.deals
    assert all(set(deal.inputs) <= set(evaluation.INPUTS) for deal in told.deals)


def test_rows_add_up_and_unknown_labels_are_listed(tmp_path: Path) -> None:
    deals = read(tmp_path, [*thirty(), row(31, "彩票"), row(32, ""), row(33, " 民宿／农家乐贷 ")])
    assert deals.rows == 33
    assert [deal.id for deal in deals.deals[-1:]] == ["D033"]  # full-width signs and blanks are no other label
    assert deals.unknown_labels == [(32, "彩票")]
    assert deals.without_label == [33]
    assert deals.rows == len(deals.deals) + len(deals.unknown_labels) + len(deals.without_label)


@pytest.mark.parametrize("bom", [False, True])
def test_a_bare_file_is_enough(tmp_path: Path, bom: bool) -> None:
    file = write(tmp_path / "d.csv", [row(1, "林权抵押", "林地")], ["project_summary", "instrument_family"], bom)
    deals = load_deals(file, families=FAMILIES)
    assert [(deal.id, deal.row) for deal in deals.deals] == [("R0002", 2)]
    assert "county" in deals.missing_columns and "project_summary" not in deals.missing_columns
    assert evaluate(deals, models=Stand())["hit@1"] == 1.0


def test_gb18030_and_short_lines_are_read(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_bytes(
        "instrument_family,project_summary,purpose\n林权抵押,林地\n\n林权抵押,林地,造林,多\n".encode("gb18030")
    )
    assert [deal.row for deal in load_deals(file, families=FAMILIES).deals] == [2, 4]


def test_a_file_without_labels_cannot_be_judged(tmp_path: Path) -> None:
    with pytest.raises(hs.Failure) as caught:
        load_deals(write(tmp_path / "d.csv", [row(1, "林权抵押")], ["project_summary"]), families=FAMILIES)
    assert caught.value.issues[0].code == "missing_column"
    with pytest.raises(hs.Failure):
        load_deals(tmp_path / "没有.csv", families=FAMILIES)


ODD = [
    {},
    {"project_summary": "合计"},
    {"project_summary": "备注：无"},
    {"project_summary": "项目名称", "industry_text": "行业", "purpose": "资金用途"},
    {"project_summary": "12个项目"},
    {"project_summary": "一、农业"},
    {"project_summary": "养\n牛"},
    {"project_summary": "12345"},
    {"project_summary": "牛"},
    {"project_summary": "牛" * 40_000},
    {"borrower_name_or_kind": "小计", "project_summary": "小计"},
    {"borrower_name_or_kind": "某合作社", "loan_amount_wan": "abc", "total_investment_wan": "-"},
    {"county": "东源县"},
    {"loan_amount_wan": "4.4亿元"},
]


@pytest.mark.parametrize("inputs", ODD, ids=lambda inputs: str(inputs)[:40])
def test_every_row_becomes_one_project_that_keeps_its_words(inputs: dict[str, str]) -> None:
    project = project_of(Deal(2, "D1", inputs, ("林权抵押",)))
    fields = {
        "project_summary": "content",
        "borrower_name_or_kind": "owner",
        "industry_text": "industry",
        "purpose": "use",
    }
    for column, text in fields.items():
        assert project.text(text)[:30_000] == inputs.get(column, "")[:30_000]


def test_a_row_is_read_as_any_list_is() -> None:
    inputs = {
        "city": "河源",
        "county": "东源县",
        "borrower_name_or_kind": "某某村集体",
        "borrower_type": "村集体",
        "project_summary": "新建水厂一座",
        "total_investment_wan": "44000",
        "loan_amount_wan": "20500",
    }
    facts = project_of(Deal(2, "D1", inputs, ("林权抵押",))).facts
    assert facts["region"].codes == ["441625"]
    assert facts["borrower"].origin == "stated"
    assert (facts["total_investment"].min, facts["financing_need"].min) == (44_000_000_000, 20_500_000_000)


def test_a_bare_project_can_be_matched(catalogue: hs.Catalogue) -> None:
    bare = _huoshui.bare_project("D1", "合计", {"content": "合计"})
    assert (bare.id, bare.name, bare.text("content"), bare.facts) == ("D1", "合计", "合计", {})
    assert len(hs.match([bare], catalogue)) == 1


def test_folds_are_level_and_independent_of_the_order(tmp_path: Path) -> None:
    deals = read(tmp_path, [*thirty(), row(30, FAMILIES[0]), row(31, FAMILIES[0])]).deals
    folds = folds_of(deals)
    assert sorted(np.bincount(folds).tolist()) == [6, 6, 6, 7, 7]
    for family in FAMILIES:
        counts = np.bincount([f for f, deal in zip(folds, deals, strict=True) if deal.right[0] == family], minlength=5)
        assert counts.max() - counts.min() <= 1
    assert folds_of(deals[::-1]) == folds[::-1]
    assert folds_of(deals, seed=2) != folds


def test_the_answer_is_what_counting_by_hand_gives(tmp_path: Path) -> None:
    rows = [
        row(1, "活体抵押", "养牛，见过"),
        row(2, "活体抵押", "养羊"),  # no word: all families tie, uncertain
        row(3, "民宿/农家乐贷", "民宿"),
        row(4, "林权抵押", "民宿"),  # wrong, unless the second label counts
    ]
    alt = write(
        tmp_path / "alt.csv",
        [
            {"deal_id": "D004", "alt_family": "民宿/农家乐贷"},
            {"deal_id": "D009", "alt_family": "林权抵押"},
            {"deal_id": "D001", "alt_family": "彩票"},
        ],
        ["deal_id", "alt_family"],
    )
    found = evaluate(read(tmp_path, rows), models=Stand())
    assert found["n"] == 4
    assert found["hit@1"] == round((1 + 1 / 3 + 1 + 0) / 4, 6)
    assert found["hit@3"] == 1.0
    assert found["by_family"]["活体抵押"] == {"n": 2, "hit@1": round((1 + 1 / 3) / 2, 6), "hit@3": 1.0}
    assert list(found["by_family"]) == list(FAMILIES)
    assert found["uncertain"] == {
        "threshold": 0.5,
        "rate": 0.25,
        "answered": 3,
        "hit@1_when_answered": round(2 / 3, 6),
    }
    assert found["rules_only"]["hit@1"] == round((1 + 1 / 3 + 1 / 3 + 1 / 3) / 4, 6)
    assert found["seen_in_training"] == 1
    assert found["unseen"]["n"] == 3
    assert found["cross_validation"] is None and found["peers"] == {} and found["margin"] is None

    second = load_deals(tmp_path / "成交.csv", alt_labels=alt, families=FAMILIES)
    assert second.unmatched_alt_labels == [("D009", "林权抵押"), ("D001", "彩票")]
    better = evaluate(second, models=Stand())
    assert better["hit@1"] == round((1 + 1 / 3 + 1 + 1) / 4, 6)
    assert better["by_family"]["林权抵押"] == {"n": 1, "hit@1": 1.0, "hit@3": 1.0}
    assert better["brier"] < found["brier"]


def test_cross_validation_never_trains_on_what_it_answers(tmp_path: Path) -> None:
    deals = read(tmp_path, thirty())
    stand = Stand()
    found = evaluate(deals, models=stand, peers=False)
    assert len(stand.trained) == evaluation.FOLDS
    everything = {project.text("content") for project in deals.projects()}
    held_out = [everything - set(texts) for texts, _ in stand.trained]
    assert sorted(text for part in held_out for text in part) == sorted(everything)
    assert all(len(texts) + len(part) == 30 for (texts, _), part in zip(stand.trained, held_out, strict=True))
    assert found["cross_validation"]["hit@1"] == 1.0
    assert found["cross_validation"]["n"] == 30
    assert found["margin"] is None


def test_too_few_rows_are_not_folded_unless_asked(tmp_path: Path) -> None:
    nine = read(tmp_path, thirty()[:9])
    assert evaluate(nine, models=Stand(), peers=False)["cross_validation"] is None
    assert evaluate(nine, models=Stand(), peers=False, cross_validate=True)["cross_validation"]["n"] == 9
    ten = read(tmp_path, thirty()[:10])
    assert evaluate(ten, models=Stand(), peers=False)["cross_validation"]["n"] == 10
    assert evaluate(ten, models=Stand(), cross_validate=False)["cross_validation"] is None
    with pytest.raises(hs.ContractError):
        evaluate(read(tmp_path, thirty()[:4]), models=Stand(), cross_validate=True)


def test_a_family_of_one_row_is_counted_in_the_folds(tmp_path: Path) -> None:
    found = evaluate(read(tmp_path, [*thirty(), row(40, "林权抵押", "孤例")][::-1]), models=Stand(), peers=False)
    assert found["cross_validation"]["n"] == 31


def test_peers_run_in_the_same_folds_and_say_the_same_twice(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("lightgbm")
    deals = read(tmp_path, thirty())
    found = evaluate(deals, models=Stand())
    assert list(found["peers"]) == list(peers.PEERS)
    assert {peer["status"] for peer in found["peers"].values()} == {"run"}
    assert found["peers"]["majority"]["hit@1"] < 0.5
    assert found["peers"]["nearest_neighbour"]["hit@1"] == 1.0  # the word is all that tells the rows apart
    assert found["margin"]["hit@1"]["difference"] == 0.0
    assert json.dumps(found) == json.dumps(evaluate(deals, models=Stand()))


def test_the_margin_is_against_the_best_peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "_is_there", lambda package: False)
    rows = [
        row(number, FAMILIES[number % 3], f"{'牛甲乙' if number % 2 else WORDS[FAMILIES[number % 3]]}")
        for number in range(30)
    ]
    found = evaluate(read(tmp_path, rows), models=Stand())
    assert found["peers"]["lightgbm"]["status"] == "not_run"
    assert "sklearn" in found["peers"]["tfidf_logistic_regression"]["reason"]
    best = max(("majority", "nearest_neighbour"), key=lambda name: found["peers"][name]["hit@1"])
    margin = found["margin"]["hit@1"]
    assert margin["against"] == best
    assert margin["difference"] == pytest.approx(
        found["cross_validation"]["hit@1"] - found["peers"][best]["hit@1"], abs=2e-6
    )
    assert margin["low"] <= margin["difference"] <= margin["high"]


def test_a_peer_that_cannot_take_the_rows_ends_nothing(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    # One family, one letter each: no classes to tell apart, no pairs, no words left.
    found = evaluate(read(tmp_path, [row(number, "林权抵押", "林") for number in range(12)]), models=Stand())
    assert found["peers"]["majority"]["hit@1"] == 1.0
    assert found["peers"]["tfidf_logistic_regression"]["status"] == "not_run"
    assert "class" in found["peers"]["tfidf_logistic_regression"]["reason"]
    assert found["margin"]["hit@1"]["against"] == "majority"


def test_a_file_that_was_trained_on_has_no_unseen_rows(tmp_path: Path) -> None:
    found = evaluate(read(tmp_path, [row(1, "林权抵押", "林地，见过")]), models=Stand())
    assert found["seen_in_training"] == 1
    assert found["unseen"] == {"n": 0, "hit@1": None, "hit@3": None, "mrr": None, "ndcg@5": None}


def test_second_labels_need_their_column(tmp_path: Path) -> None:
    with pytest.raises(hs.Failure):
        read(tmp_path, thirty(), alt_labels=write(tmp_path / "alt.csv", [{"deal_id": "D001"}], ["deal_id"]))
    both = write(
        tmp_path / "alt.csv", [{"deal_id": "D000", "alt_family": "林权抵押； 民宿/农家乐贷"}], ["deal_id", "alt_family"]
    )
    assert read(tmp_path, thirty(), alt_labels=both).deals[0].right == ("活体抵押", "林权抵押", "民宿/农家乐贷")


def test_rows_that_sum_to_no_whole_are_refused(tmp_path: Path) -> None:
    class Broken(WordModel):
        def probabilities(self, projects: list[hs.Project], *, threads: int = 1) -> Any:
            return np.full((len(projects), len(FAMILIES)), 0.5)

    class Shop(Stand):
        def bundled(self) -> WordModel:
            return Broken(WORDS)

    with pytest.raises(hs.ContractError):
        evaluate(read(tmp_path, thirty()), models=Shop())


@pytest.fixture
def standing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hs, "families", lambda: list(FAMILIES))
    monkeypatch.setattr(hs, "InstrumentModel", Stand())


@pytest.fixture
def said(standing: None, tmp_path: Path) -> Callable[..., str]:
    file = write(tmp_path / "成交.csv", [*thirty(), row(99, "彩票")])

    def call(*arguments: str) -> str:
        done = CliRunner().invoke(command, [str(file), *arguments], catch_exceptions=False, standalone_mode=False)
        assert done.return_value == 0
        return done.stdout

    return call


def test_the_command_prints_json(said: Callable[..., str]) -> None:
    found = json.loads(said("--json", "--no-peers"))
    for key in ("hit@1", "hit@3", "mrr", "ndcg@5", "n", "by_family", "ece", "brier", "uncertain", "rules_only"):
        assert found[key] is not None
    assert found["format"] == "huoshui.evaluation/1"
    assert found["cross_validation"]["folds"] == 5
    assert found["not_counted"]["unknown_labels"] == [{"row": 32, "label": "彩票"}]
    assert found["conventions"]["ndcg@5"] == "ndcg@5[linear,tie-mean]"
    assert said("--json", "--no-peers") == said("--json", "--no-peers")


def test_the_json_follows_its_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "docs" / "schemas" / "evaluation.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    monkeypatch.setattr(peers, "_is_there", lambda package: False)
    rows = [*thirty(), row(99, "彩票"), row(98, "")]
    for given in ({}, {"cross_validate": False}, {"peers": False}):
        jsonschema.validate(evaluate(read(tmp_path, rows), models=Stand(), **given), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**evaluate(read(tmp_path, rows), models=Stand(), peers=False), "hit@1": 2}, schema)


def test_the_command_speaks_to_people(said: Callable[..., str]) -> None:
    chinese = said("--no-peers")
    for words in ("评测 30 行", "彩票", "随库模型", "交叉验证", "不确定", *FAMILIES):
        assert words in chinese
    assert "shipped model" in said("--no-peers", "--lang", "en")
    assert "交叉验证" not in said("--no-cross-validate")


def test_the_command_ends_in_words(run: Callable[..., Any], tmp_path: Path) -> None:
    ran = run("evaluate", tmp_path / "没有.csv")
    assert ran.code == 3
    assert "没有.csv" in ran.err


def test_a_file_without_a_known_label_is_told(standing: None, tmp_path: Path) -> None:
    from huoshui._cli.screen import NO_LIST, Stop

    file = write(tmp_path / "d.csv", [row(1, "彩票")])
    with pytest.raises(Stop) as caught:
        CliRunner().invoke(command, [str(file)], catch_exceptions=False, standalone_mode=False)
    assert caught.value.code == NO_LIST


@pytest.mark.parametrize(
    ("name", "first", "among_three", "rules_among_three"), [("terse", 0.80, 0.94, 0.90), ("terse2", 0.88, 0.97, 0.95)]
)
def test_the_shipped_model_holds_on_rows_that_it_was_not_trained_on(
    name: str, first: float, among_three: float, rules_among_three: float
) -> None:
    folder = ROOT / "tests/golden/deals"
    deals = load_deals(folder / f"{name}.csv", alt_labels=folder / f"{name}_alt_labels.csv")
    judged = evaluate(deals, cross_validate=False, peers=False)
    assert judged["seen_in_training"] == 0
    assert judged["hit@1"] >= first
    assert judged["hit@3"] >= among_three
    assert judged["rules_only"]["hit@3"] >= rules_among_three
