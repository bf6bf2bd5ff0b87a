"""Near misses: the products that exactly one rule keeps from a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, overload

from huoshui import _huoshui
from huoshui._huoshui import Product, Project
from huoshui.answers import _view
from huoshui.catalogue import Catalogue
from huoshui.explanations import Explanation
from huoshui.lists import ProjectList
from huoshui.matching import _check_counts, _listed
from huoshui.pages import points_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["NearAnswer", "NearOffer", "match_near"]


class NearOffer:
    """Hold a product that one `must` rule keeps from a project.

    Attributes
    ----------
    project : Project
    product : Product
    rank : int
        From 1.
    points : int
        Millionths of a point that the pair would have, as it stands.
    cautions : int
        `should` rules that fail, and `must` rules whose pass rests on an inference.
    open : int
        Open `must` rules, beside the one that fails.
    rule : str
        Id of the rule that fails.
    topic : str
        What that rule is about, a word of `RuleTopic`.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> near = hs.match_near(hs.bundled_projects(), catalogue)
    >>> first = next(offers for offers in near if offers)[0]
    >>> first.explain().verdict
    'refused'
    """

    __slots__ = ("_catalogue", "_row", "cautions", "open", "points", "project", "rank", "rule", "topic")

    def __init__(self, project: Project, catalogue: Catalogue, rank: int, entry: _huoshui.NearEntry) -> None:
        self.project = project
        self.rank = rank
        self._catalogue = catalogue
        self._row, self.points, self.cautions, self.open, self.rule, self.topic = entry

    @property
    def product(self) -> Product:
        """The product."""
        return self._catalogue[self._row]

    def explain(self) -> Explanation:
        """Explain the refusal, and what would lift it."""
        return Explanation(self.project, self._catalogue, self._row)

    def __repr__(self) -> str:
        product = self.product
        return f"<NearOffer {self.rank}. {product.id} {product.name} {points_text(self.points)} but {self.rule}>"


class NearAnswer(Sequence[list[NearOffer]]):
    """Hold the near misses of a whole list as columns; `near["P-0017"]` gives those of one project, best first.

    Those of project `i` stand at `offer_ends[i]:offer_ends[i + 1]` of `product_row`, `points`, `cautions`, `open` and
    `rule`; `counts` has one number for each project. The columns are read-only NumPy views that keep the library's own
    memory alive.

    Attributes
    ----------
    projects : ProjectList
    catalogue : Catalogue

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> near = hs.match_near(hs.bundled_projects(), catalogue, k=3)
    >>> len(near) == len(near.projects) == len(near.counts)
    True
    >>> near.points.flags.writeable
    False
    """

    def __init__(self, core: _huoshui.NearAnswer, projects: ProjectList, catalogue: Catalogue) -> None:
        self._core = core
        self.projects = projects
        self.catalogue = catalogue

    @property
    def product_row(self) -> npt.NDArray[np.uint32]:
        """Rows of the catalogue."""
        return _view(self._core.product_row)

    @property
    def points(self) -> npt.NDArray[np.int32]:
        """Millionths of a point that the pairs would have."""
        return _view(self._core.points)

    @property
    def cautions(self) -> npt.NDArray[np.uint16]:
        """Cautions of the pairs."""
        return _view(self._core.cautions)

    @property
    def open(self) -> npt.NDArray[np.uint16]:
        """Open rules of the pairs, beside the one that fails."""
        return _view(self._core.open)

    @property
    def rule(self) -> npt.NDArray[np.uint16]:
        """The rule that fails, by its place among the product's rules, terms first; `NearOffer.rule` has its id."""
        return _view(self._core.rule)

    @property
    def offer_ends(self) -> npt.NDArray[np.uint64]:
        """Where the near misses of each project begin, and the end."""
        return _view(self._core.offer_ends)

    @property
    def counts(self) -> npt.NDArray[np.uint32]:
        """How many products one rule keeps from each project, shown or not."""
        return _view(self._core.counts)

    def by_topic(self) -> dict[str, int]:
        """Return how many of the near misses shown fail by a rule of each topic, most first.

        Examples
        --------
        >>> import huoshui as hs
        >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
        >>> near = hs.match_near(hs.bundled_projects(), catalogue, k=len(catalogue))
        >>> sum(near.by_topic().values()) == int(near.counts.sum())
        True
        """
        topics = Counter(entry[5] for i in range(len(self)) for entry in self._core.offers_of(i))
        return dict(sorted(topics.items(), key=lambda item: (-item[1], item[0])))

    def __len__(self) -> int:
        return len(self._core)

    @overload
    def __getitem__(self, project: int | str) -> list[NearOffer]: ...
    @overload
    def __getitem__(self, project: slice) -> list[list[NearOffer]]: ...
    def __getitem__(self, project: int | str | slice) -> list[NearOffer] | list[list[NearOffer]]:
        if isinstance(project, slice):
            return [self[i] for i in range(*project.indices(len(self)))]
        if isinstance(project, str):
            project = self.projects.index_of(project)
        position = project + len(self) if project < 0 else project
        if not 0 <= position < len(self):
            raise IndexError("list index out of range")
        entries = self._core.offers_of(position)
        return [
            NearOffer(self.projects[position], self.catalogue, rank, entry) for rank, entry in enumerate(entries, 1)
        ]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NearAnswer) and self._core == other._core

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<NearAnswer: {len(self)} projects, {len(self.product_row)} near misses>"


def match_near(projects: Iterable[Project], catalogue: Catalogue, *, k: int = 5, threads: int = 1) -> NearAnswer:
    """Rank the products that exactly one `must` rule keeps from each project; other Python threads go on meanwhile.

    Parameters
    ----------
    projects
        A list as read, which is not copied, or some projects of any lists, which are copied once.
    catalogue
        What to match with.
    k
        Near misses for each project, ranked as offers are; nothing is padded.
    threads
        The answer is the same for any number.

    Returns
    -------
    NearAnswer

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> projects = hs.bundled_projects()
    >>> hs.match_near(projects, catalogue) == hs.match_near(projects, catalogue, threads=2)
    True
    """
    _check_counts(k, 0, threads)
    listed = _listed(projects)
    core = _huoshui.match_near(listed._core, catalogue._core, k=k, threads=threads)
    return NearAnswer(core, listed, catalogue)
