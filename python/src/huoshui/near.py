"""Near misses: the products that exactly one rule keeps from a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from huoshui import _huoshui
from huoshui._huoshui import Product, Project
from huoshui.catalogue import Catalogue
from huoshui.explanations import Explanation
from huoshui.matching import _check_counts, _listed
from huoshui.pages import points_text
from huoshui.rankings import Rankings, view

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


class NearAnswer(Rankings[NearOffer, _huoshui.NearAnswer]):
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

    @property
    def rule(self) -> npt.NDArray[np.uint16]:
        """The rule that fails, by its place among the product's rules, terms first; `NearOffer.rule` has its id."""
        return view(self._core.rule)

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

    def _entries(self, at: int) -> list[NearOffer]:
        entries = self._core.offers_of(at)
        return [NearOffer(self.projects[at], self.catalogue, rank, entry) for rank, entry in enumerate(entries, 1)]

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
