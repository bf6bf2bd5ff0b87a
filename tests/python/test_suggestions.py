"""From words to instruments: families, the model, suggestions, training."""

from __future__ import annotations

from pathlib import Path

import huoshui as hs
import numpy as np
import pytest
from huoshui import training

TABLES = Path(__file__).resolve().parents[2] / "src" / "normalise" / "tables"


def projects_of(*rows: tuple[str, str, str]) -> hs.ProjectList:
    return hs.load_projects(hs.table_of_rows([["项目名称", "项目单位", "建设内容"], *map(list, rows)]))


@pytest.fixture(scope="module")
def projects() -> hs.ProjectList:
    return projects_of(
        ("甲", "某县水务公司", "县城第二水厂及管网"),
        ("乙", "农户", "养羊缺10万元周转"),
        ("丙", "某印染厂", "有偿取得排污权，技改"),
    )


def test_families_stand_in_the_order_of_the_instruments() -> None:
    assert len(hs.families()) == len(set(hs.families())) == 32
    assert hs.families()[:2] == ["银团贷款", "投贷联动/联合授信"]


@pytest.mark.parametrize("model", [hs.InstrumentModel.bundled(), hs.InstrumentModel.rules_only()])
def test_rows_sum_to_one_and_threads_never_show(model: hs.InstrumentModel, projects: hs.ProjectList) -> None:
    many = list(projects) * 200
    one = model.probabilities(many, threads=1)
    assert one.shape == (600, 32)
    assert one.dtype == np.float64
    assert np.allclose(one.sum(axis=1), 1)
    assert (one == model.probabilities(many, threads=4)).all()
    assert 0 < model.uncertain_below < 1


def test_the_best_family_is_what_the_words_say(projects: hs.ProjectList) -> None:
    best = hs.InstrumentModel.bundled().probabilities(projects).argmax(axis=1)
    assert [hs.families()[i] for i in best] == [
        "基础设施中长期项目贷款",
        "整村授信/农户信用贷",
        "排污权/用能权抵质押",
    ]


def test_no_projects_give_no_rows() -> None:
    assert hs.InstrumentModel.bundled().probabilities([]).shape == (0, 32)


def test_a_suggestion_shows_its_words_measures_and_rules(projects: hs.ProjectList) -> None:
    project = projects[2]
    best = hs.suggest(project, k=2)[0]
    assert best.instrument == "discharge_right_pledge"
    assert best.instrument_zh == "排污权质押"
    assert best.measures == ("13",)
    for found in best.words:
        text = project.name if found.field == "name" else project.text(found.field)
        assert text[found.position : found.position + len(found.word)] == found.word
    assert "排污权" in {found.word for found in best.words}
    assert {rule.rule for rule in best.rules} >= {"polluter_quota"}


def test_the_affinity_of_a_project_is_that_of_the_bundled_model(projects: hs.ProjectList) -> None:
    for project in projects:
        affinity = project.affinity
        assert affinity is not None
        assert sum(affinity.probabilities.values()) == pytest.approx(1)
        assert len(affinity.probabilities) == 46
        for suggestion in hs.suggest(project, k=46):
            assert affinity.probabilities[suggestion.instrument] == suggestion.probability
        assert all(word in project.text(field) + project.name for word, field, _, _ in affinity.words(project))


def test_training_needs_known_families(projects: hs.ProjectList) -> None:
    with pytest.raises(hs.ContractError, match="不认识的工具类别"):
        hs.InstrumentModel.train(projects, ["黄金贷"] * 3)


def test_training_gives_the_same_bytes_and_remembers_its_rows(projects: hs.ProjectList) -> None:
    labels = ["基础设施中长期项目贷款", "整村授信/农户信用贷", "排污权/用能权抵质押"]
    model = hs.InstrumentModel.train(projects, labels, with_phrases=False)
    assert model.serialise() == hs.InstrumentModel.train(projects, labels, with_phrases=False).serialise()
    assert all(model.seen(project) for project in projects)
    assert not hs.InstrumentModel.rules_only().seen(projects[0])


def test_run_train_writes_weights_of_the_deals_and_the_phrases(tmp_path: Path) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text(
        "deal_id,borrower_name_or_kind,project_summary,instrument_family\nD1,某公司,新建水厂,基础设施中长期项目贷款\n",
        encoding="utf-8",
    )
    training.main([str(deals), "--out", str(tmp_path / "weights.bin")])
    weights = (tmp_path / "weights.bin").read_bytes()
    assert weights.startswith(b"huoshui-instrument-model 1\nrows 1, ")
    shipped = (TABLES / "instrument_model.bin").read_bytes()
    assert shipped.startswith(b"huoshui-instrument-model 1\nrows ")
    assert shipped == hs.InstrumentModel.bundled().serialise()
