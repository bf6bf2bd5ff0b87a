"""Near misses: what the columns say is what explanations say."""

from __future__ import annotations

import pytest

import huoshui as hs


def test_each_near_miss_fails_by_one_rule(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    near = hs.match_near(projects, catalogue, k=len(catalogue))
    assert near.counts.tolist() == [len(offers) for offers in near]
    seen = 0
    for offers in near:
        assert [offer.rank for offer in offers] == list(range(1, len(offers) + 1))
        assert [offer.points for offer in offers] == sorted((offer.points for offer in offers), reverse=True)
        for offer in offers[:3]:
            explanation = offer.explain()
            assert explanation.verdict == "refused"
            failing = [r for r in explanation.rules if r["outcome"] == "fail" and r["strength"] == "must"]
            assert [r["id"] for r in failing] == [offer.rule]
            seen += 1
    assert seen > 0
    assert sum(near.by_topic().values()) == near.counts.sum()


def test_columns_are_read_only(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    near = hs.match_near(projects, catalogue, k=2)
    for name in ("product_row", "points", "cautions", "open", "rule", "offer_ends", "counts"):
        assert not getattr(near, name).flags.writeable
    assert len(near.points) == near.offer_ends[-1]


def test_misuse_is_refused(projects: hs.ProjectList, catalogue: hs.Catalogue) -> None:
    with pytest.raises(hs.ContractError):
        hs.match_near(projects, catalogue, k=-1)
    with pytest.raises(hs.ContractError):
        hs.match_near(projects, catalogue, threads=0)
    with pytest.raises(IndexError):
        hs.match_near(projects, catalogue)[len(projects)]
