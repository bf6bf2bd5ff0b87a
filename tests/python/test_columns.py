"""Columns are looks into C++ memory: read-only, kept alive, never copied."""

from __future__ import annotations

import gc
import threading
import time
import weakref

import numpy as np
import pytest

import huoshui as hs

COLUMNS = {
    "product_row": np.uint32,
    "points": np.int64,
    "cautions": np.uint16,
    "open": np.uint16,
    "offsets": np.uint64,
    "possible_product_row": np.uint32,
    "possible_points": np.int64,
    "possible_cautions": np.uint16,
    "possible_open": np.uint16,
    "possible_offsets": np.uint64,
    "counts": np.uint32,
}


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


def test_two_looks_share_one_memory(answer: hs.Answer) -> None:
    for name in COLUMNS:
        first, second = getattr(answer, name), getattr(answer, name)
        assert first.__array_interface__["data"][0] == second.__array_interface__["data"][0]


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


def test_columns_say_what_items_say(answer: hs.Answer) -> None:
    for at in range(len(answer)):
        first, last = answer.possible_offsets[at : at + 2]
        offers = answer.possible(at)
        assert [offer.points for offer in offers] == answer.possible_points[first:last].tolist()
        assert [answer.catalogue.row_of(o.product) for o in offers] == answer.possible_product_row[first:last].tolist()


def test_an_empty_answer_has_empty_columns(catalogue: hs.Catalogue, projects: hs.ProjectList) -> None:
    answer = hs.match(projects.only([]), catalogue)
    assert len(answer) == 0
    assert answer.points.shape == (0,)
    assert answer.counts.shape == (0, 3)
    assert answer.offsets.tolist() == [0]


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
