"""The instrument ranking of a whole list, with what the handbook has of each instrument."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from huoshui import _huoshui
from huoshui.catalogue import Catalogue
from huoshui.errors import ContractError
from huoshui.lists import ProjectList

__all__ = ["Advice", "advise"]


class Advice:
    """Hold the instruments that each project's words speak for (工具推荐), and the handbook's products of each.

    Attributes
    ----------
    projects : ProjectList
    catalogue : Catalogue
    k : int
        Instruments named for each project.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> projects = hs.bundled_projects()
    >>> print(hs.advise(projects, catalogue, k=1).text(projects.ids[:1]).splitlines()[1][2:6])
    工具推荐
    """

    def __init__(self, projects: ProjectList, catalogue: Catalogue, k: int) -> None:
        self.projects = projects
        self.catalogue = catalogue
        self.k = k

    def text(self, projects: Iterable[str] | None = None, lang: Literal["zh", "en"] = "zh") -> str:
        """Return the rankings of some projects, or all, in words."""
        return _huoshui.suggest_text(self.projects._core, self._chosen(projects), self.catalogue._core, self.k, lang)

    def to_json(self, projects: Iterable[str] | None = None) -> str:
        """Return `huoshui.suggest/1` for some projects, or all."""
        return _huoshui.suggest_json(self.projects._core, self._chosen(projects), self.catalogue._core, self.k)

    def _chosen(self, projects: Iterable[str] | None) -> list[int]:
        if projects is None:
            return list(range(len(self.projects)))
        return [self.projects.index_of(name) for name in projects]


def advise(projects: ProjectList, catalogue: Catalogue, *, k: int = 5) -> Advice:
    """Return the k instruments that each project's words speak for most, with the handbook's products of each.

    Parameters
    ----------
    projects
        As read from a list.
    catalogue
        Whose products are judged.
    k
        Instruments for each project.

    Raises
    ------
    ContractError
        `k` is negative.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> hs.advise(hs.bundled_projects(), catalogue).k
    5
    """
    if k < 0:
        raise ContractError("k must not be negative")
    return Advice(projects, catalogue, k)
