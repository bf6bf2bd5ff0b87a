"""Columns are looks into C++ memory: read-only, kept alive, never copied."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path

import numpy as np
import pytest

import huoshui as hs

SOURCE = Path(__file__).resolve().parents[2] / "python" / "src"
COLUMNS = {
    "product_row": np.uint32,
    "points": np.int32,
    "cautions": np.uint16,
    "open": np.uint16,
    "offer_ends": np.uint64,
    "possible_product_row": np.uint32,
    "possible_points": np.int32,
    "possible_cautions": np.uint16,
    "possible_open": np.uint16,
    "possible_ends": np.uint64,
    "counts": np.uint32,
    "permitted": np.uint32,
    "undecided": np.uint32,
    "refused": np.uint32,
}


@pytest.fixture(scope="module")
def offered(tea: hs.ProjectList, catalogue: hs.Catalogue) -> hs.Answer:
    """An answer with both permitted and undecided offers."""
    found = hs.match(tea, catalogue)
    assert len(found.points) and len(found.possible_points)
    return found


@pytest.mark.parametrize(("name", "dtype"), COLUMNS.items())
def test_a_column_is_read_only_and_typed(answer: hs.Answer, name: str, dtype: type) -> None:
    column = getattr(answer, name)
    assert column.dtype == dtype
    assert not column.flags.writeable
    assert not column.flags.owndata
    with pytest.raises(ValueError, match=r"read-only|WRITEABLE"):
        column[...] = 0
    with pytest.raises(ValueError, match="WRITEABLE"):
        column.flags.writeable = True


@pytest.mark.parametrize("name", COLUMNS)
def test_two_looks_share_one_memory(offered: hs.Answer, name: str) -> None:
    first, second = getattr(offered, name), getattr(offered, name)
    assert first is not second
    assert np.shares_memory(first, second)


def test_fields_of_one_offer_lie_in_one_record(answer: hs.Answer) -> None:
    assert answer.possible_points.strides == answer.possible_product_row.strides
    distance = (
        answer.possible_points.__array_interface__["data"][0]
        - answer.possible_product_row.__array_interface__["data"][0]
    )
    assert 0 < distance < answer.possible_points.strides[0]


def test_a_column_outlives_its_answer(catalogue: hs.Catalogue) -> None:
    answer = hs.match(hs.bundled_projects(), catalogue)
    points, kept = answer.possible_points, answer.possible_points.copy()
    gone = weakref.ref(answer)
    del answer
    gc.collect()
    assert gone() is None
    _ = [np.zeros(len(kept), dtype=np.int64) for _ in range(100)]
    assert np.array_equal(points, kept)


def test_items_outlive_their_lists() -> None:
    project, product = hs.bundled_projects()[0], hs.bundled_products()[0]
    fact = project.facts["region"]
    name = project.name
    del project
    gc.collect()
    assert fact.codes and name and product.institution


def test_columns_say_what_items_say(answer: hs.Answer, offered: hs.Answer) -> None:
    for found in (answer, offered):
        for prefix, ends, of in (
            ("", found.offer_ends, found.__getitem__),
            ("possible_", found.possible_ends, found.possible),
        ):
            columns = {name: getattr(found, prefix + name) for name in ("product_row", "points", "cautions", "open")}
            assert ends[0] == 0 and ends[-1] == len(columns["points"])
            for at in range(len(found)):
                offers = of(at)
                first, last = ends[at : at + 2]
                said = {name: column[first:last].tolist() for name, column in columns.items()}
                assert said == {
                    "product_row": [found.catalogue.row_of(offer.product) for offer in offers],
                    "points": [offer.points for offer in offers],
                    "cautions": [offer.cautions for offer in offers],
                    "open": [offer.open for offer in offers],
                }
        assert [found.counts_of(at) for at in range(len(found))] == list(
            zip(found.permitted, found.undecided, found.refused, strict=True)
        )
        assert np.array_equal(found.counts, np.column_stack([found.permitted, found.undecided, found.refused]))


def test_items_and_counts_beyond_the_end_are_refused(answer: hs.Answer) -> None:
    for call in (answer.__getitem__, answer.possible, answer.counts_of):
        with pytest.raises(IndexError):
            call(len(answer))
    for call in (answer._core.offers_of, answer._core.possible_of, answer._core.counts_of):
        with pytest.raises(IndexError):
            call(len(answer))


def test_a_list_is_matched_where_it_stands(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    answer = hs.match(projects, catalogue)
    assert answer.projects is projects
    assert answer._core.projects is projects._core
    first = projects[0]
    assert answer.projects[0] is first and projects[:1][0] is first and next(iter(projects)) is first
    assert catalogue[0] is catalogue.products[0]


def test_projects_of_any_lists_are_matched(
    projects: hs.ProjectList, tea: hs.ProjectList, catalogue: hs.Catalogue
) -> None:
    given = [tea[1], *projects[:3]]
    answer = hs.match(given, catalogue)
    assert [p.id for p in answer.projects] == [p.id for p in given]
    assert answer.possible(1) and answer.projects[1] is not projects[0]  # copied
    whole = hs.match(projects, catalogue)
    for at in range(3):
        assert answer.counts_of(at + 1) == whole.counts_of(at)
        assert [o.product.id for o in answer.possible(at + 1)] == [o.product.id for o in whole.possible(at)]
    assert hs.match(iter(projects), catalogue) == whole
    back = hs.match_product(given, "P026", catalogue)
    assert sum(back.counts) == len(given)
    assert answer.projects.rows == (4, 4, 0, 0) and not answer.projects.issues
    assert answer.overview().projects == 4 and answer.to_json()


def test_a_list_of_projects_is_checked(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    with pytest.raises(hs.ContractError, match=projects.ids[0]):
        hs.match([projects[0], projects[0]], catalogue)
    with pytest.raises(hs.ContractError, match="None"):
        hs.match([None], catalogue)  # type: ignore[list-item]
    with pytest.raises(TypeError):
        hs.match(["R0012"], catalogue)  # type: ignore[list-item]
    with pytest.raises(hs.ContractError, match="None"):
        hs.Catalogue.compile([None], catalogue.policy)  # type: ignore[list-item]


def test_numpy_waits_until_a_column_is_asked_for() -> None:
    script = (
        "import sys, huoshui as hs\n"
        "catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at('2026-03-01'))\n"
        "answer = hs.match(hs.bundled_projects(), catalogue)\n"
        "answer.possible(0), answer.counts_of(0), repr(answer)\n"
        "assert 'numpy' not in sys.modules and 'pandas' not in sys.modules\n"
        "answer.points\n"
        "assert 'numpy' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(SOURCE)}, check=True)


def test_an_empty_answer_has_empty_columns(catalogue: hs.Catalogue, projects: hs.ProjectList) -> None:
    answer = hs.match(projects.only([]), catalogue)
    assert len(answer) == 0
    assert answer.points.shape == (0,)
    assert answer.counts.shape == (0, 3)
    assert answer.permitted.shape == (0,)
    assert answer.offer_ends.tolist() == [0]


def test_python_goes_on_while_the_library_matches(catalogue: hs.Catalogue) -> None:
    rows = [["项目名称", "县区", "总投资（万元）"]] + [[f"茶园{n}", "东源县", "300"] for n in range(50_000)]
    projects = hs.load_projects(hs.table_of_rows(rows))
    thread = threading.Thread(target=lambda: hs.match(projects, catalogue))
    begin, turns = time.monotonic(), 0
    thread.start()
    while thread.is_alive():
        time.sleep(0.001)
        turns += 1
    # Were the GIL held, this loop would turn once or twice however long the matching takes.
    assert turns > 5 or time.monotonic() - begin < 0.02
