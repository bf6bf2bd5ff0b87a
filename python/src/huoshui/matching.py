"""Rank products for projects, and projects for a product."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

from huoshui import _huoshui
from huoshui._huoshui import Product, Project
from huoshui.answers import Answer, ProjectOffer, ReverseAnswer, VerdictCounts
from huoshui.catalogue import Catalogue
from huoshui.errors import ContractError
from huoshui.lists import ProjectList

__all__ = ["Matcher", "PreparedList", "match", "match_product", "prepare"]


def _listed(projects: Iterable[Project]) -> ProjectList:
    return projects if isinstance(projects, ProjectList) else ProjectList.of(projects)


def _check_counts(k: int, possible: int, threads: int) -> None:
    if k < 0 or possible < 0:
        raise ContractError("k and possible must not be negative")
    if threads < 1:
        raise ContractError("threads must be at least 1")


class PreparedList:
    """Hold a list read against one catalogue, in the form that `match` works on: for matching the same list again.

    Attributes
    ----------
    projects : ProjectList
    catalogue : Catalogue

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> ready = hs.prepare(hs.bundled_projects(), catalogue)
    >>> hs.match(ready, k=1) == hs.match(ready.projects, catalogue, k=1)
    True
    """

    __slots__ = ("_core", "catalogue", "projects")

    def __init__(self, core: _huoshui.PreparedList, projects: ProjectList, catalogue: Catalogue) -> None:
        self._core = core
        self.projects = projects
        self.catalogue = catalogue

    @property
    def bytes(self) -> int:
        """Memory held besides list and catalogue, in bytes."""
        return self._core.bytes

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return f"<PreparedList {len(self)} projects, {len(self.catalogue)} products>"


def prepare(projects: Iterable[Project], catalogue: Catalogue, *, threads: int = 1) -> PreparedList:
    """Read a list against a catalogue, once for many matches.

    Parameters
    ----------
    projects
        As in `match`.
    catalogue
        What the list will be matched with.
    threads
        The list is the same for any number.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> hs.prepare(hs.bundled_projects(), catalogue)
    <PreparedList 53 projects, 253 products>
    """
    _check_counts(0, 0, threads)
    listed = _listed(projects)
    return PreparedList(_huoshui.prepare(listed._core, catalogue._core, threads=threads), listed, catalogue)


def _catalogue_of(projects: PreparedList | Iterable[Project], catalogue: Catalogue | None) -> Catalogue:
    if isinstance(projects, PreparedList):
        if catalogue is not None:
            raise ContractError("a prepared list has its catalogue already; leave it out")
        return projects.catalogue
    if catalogue is None:
        raise ContractError("a catalogue is needed, unless the list is prepared")
    return catalogue


@overload
def match(
    projects: Iterable[Project], catalogue: Catalogue, *, k: int = 5, possible: int = 3, threads: int = 1
) -> Answer: ...
@overload
def match(projects: PreparedList, *, k: int = 5, possible: int = 3, threads: int = 1) -> Answer: ...
def match(
    projects: PreparedList | Iterable[Project],
    catalogue: Catalogue | None = None,
    *,
    k: int = 5,
    possible: int = 3,
    threads: int = 1,
) -> Answer:
    """Rank the best products for each project; other Python threads go on meanwhile.

    Parameters
    ----------
    projects
        A list as read, which is not copied, or some projects of any lists, which are copied once; or a prepared list.
    catalogue
        What to match with; a prepared list has its own.
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
    chosen = _catalogue_of(projects, catalogue)
    if isinstance(projects, PreparedList):
        core = _huoshui.match_prepared(projects._core, k=k, possible=possible, threads=threads)
        return Answer(core, projects.projects, chosen)
    listed = _listed(projects)
    core = _huoshui.match(listed._core, chosen._core, k=k, possible=possible, threads=threads)
    return Answer(core, listed, chosen)


@overload
def match_product(
    projects: Iterable[Project], product: str | Product, catalogue: Catalogue, *, k: int = 5, possible: int = 3
) -> ReverseAnswer: ...
@overload
def match_product(
    projects: PreparedList, product: str | Product, *, k: int = 5, possible: int = 3
) -> ReverseAnswer: ...
def match_product(
    projects: PreparedList | Iterable[Project],
    product: str | Product,
    catalogue: Catalogue | None = None,
    *,
    k: int = 5,
    possible: int = 3,
) -> ReverseAnswer:
    """Rank the best projects for one product; ties by project id.

    Parameters
    ----------
    projects
        As in `match`.
    product
        A product of the catalogue, or its id.
    catalogue
        As in `match`.
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
    chosen = _catalogue_of(projects, catalogue)
    row = chosen.row_of(product)
    if isinstance(projects, PreparedList):
        listed = projects.projects
        found = _huoshui.match_product_prepared(projects._core, row, k=k, possible=possible)
    else:
        listed = _listed(projects)
        found = _huoshui.match_product(listed._core, chosen._core, row, k=k, possible=possible)
    offers, undecided, counts = found

    def ranked(entries: list[_huoshui.Entry]) -> list[ProjectOffer]:
        return [
            ProjectOffer(rank, listed[index], points, cautions, open)
            for rank, (index, points, cautions, open) in enumerate(entries, start=1)
        ]

    return ReverseAnswer(chosen[row], ranked(offers), ranked(undecided), VerdictCounts(*counts))


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
