"""Rank products for projects, and projects for a product."""

from __future__ import annotations

from collections.abc import Iterable

from huoshui import _huoshui
from huoshui._huoshui import Product, Project
from huoshui.answers import Answer, ProjectOffer, ReverseAnswer, VerdictCounts
from huoshui.catalogue import Catalogue
from huoshui.errors import ContractError
from huoshui.lists import ProjectList

__all__ = ["Matcher", "match", "match_product"]


def _listed(projects: Iterable[Project]) -> ProjectList:
    return projects if isinstance(projects, ProjectList) else ProjectList.of(projects)


def _check_counts(k: int, possible: int, threads: int) -> None:
    if k < 0 or possible < 0:
        raise ContractError("k and possible must not be negative")
    if threads < 1:
        raise ContractError("threads must be at least 1")


def match(
    projects: Iterable[Project], catalogue: Catalogue, *, k: int = 5, possible: int = 3, threads: int = 1
) -> Answer:
    """Rank the best products for each project; other Python threads go on meanwhile.

    Parameters
    ----------
    projects
        A list as read, which is not copied, or some projects of any lists, which are copied once.
    catalogue
        What to match with.
    k
        Permitted offers for each project.
    possible
        Undecided offers for each project.
    threads
        The answer is the same for any number.

    Returns
    -------
    Answer
        A ranking has as many entries as there are, at most `k`; nothing is padded.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> projects = hs.bundled_projects()
    >>> hs.match(projects, catalogue) == hs.match(projects, catalogue, threads=2)
    True
    """
    _check_counts(k, possible, threads)
    listed = _listed(projects)
    core = _huoshui.match(listed._core, catalogue._core, k=k, possible=possible, threads=threads)
    return Answer(core, listed, catalogue)


def match_product(
    projects: Iterable[Project], product: str | Product, catalogue: Catalogue, *, k: int = 5, possible: int = 3
) -> ReverseAnswer:
    """Rank the best projects for one product; ties by project id.

    Parameters
    ----------
    projects
        As in `match`.
    product
        A product of the catalogue, or its id.
    catalogue
        What to match with.
    k, possible
        Permitted and undecided projects to return.

    Raises
    ------
    ContractError
        When the catalogue has no such product.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> hs.match_product(hs.bundled_projects(), "P026", catalogue).product.id
    'P026'
    """
    _check_counts(k, possible, 1)
    row = catalogue.row_of(product)
    listed = _listed(projects)
    offers, undecided, counts = _huoshui.match_product(listed._core, catalogue._core, row, k=k, possible=possible)

    def ranked(entries: list[_huoshui.Entry]) -> list[ProjectOffer]:
        return [
            ProjectOffer(rank, listed[index], points, cautions, open)
            for rank, (index, points, cautions, open) in enumerate(entries, start=1)
        ]

    return ReverseAnswer(catalogue[row], ranked(offers), ranked(undecided), VerdictCounts(*counts))


class Matcher:
    """Match list after list with one catalogue.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> hs.Matcher(catalogue).match(hs.bundled_projects(), k=1)
    <Answer ...>
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def match(self, projects: Iterable[Project], *, k: int = 5, possible: int = 3, threads: int = 1) -> Answer:
        """Rank the best products for each project; see `match`."""
        return match(projects, self.catalogue, k=k, possible=possible, threads=threads)

    def match_product(
        self, projects: Iterable[Project], product: str | Product, *, k: int = 5, possible: int = 3
    ) -> ReverseAnswer:
        """Rank the best projects for one product; see `match_product`."""
        return match_product(projects, product, self.catalogue, k=k, possible=possible)

    def __repr__(self) -> str:
        return f"<Matcher {self.catalogue!r}>"
