"""Rankings: of products for each project, and of projects for one product."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from huoshui import _huoshui
from huoshui._huoshui import Product, Project
from huoshui.catalogue import Catalogue
from huoshui.explanations import Explanation, explain
from huoshui.frames import frame_of_csv
from huoshui.overviews import Overview
from huoshui.pages import MOST_ROWS, html_table, points_text
from huoshui.rankings import Rankings, view

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from huoshui.papers import ListOnPaper

__all__ = ["Answer", "Offer", "ProjectOffer", "ReverseAnswer", "VerdictCounts"]

Language = Literal["zh", "en"]
Contacts = Literal["masked", "shown"]


class VerdictCounts(NamedTuple):
    """How many products stood where for one project, or projects for one product.

    Examples
    --------
    >>> VerdictCounts(1, 2, 3).undecided
    2
    """

    permitted: int
    undecided: int
    refused: int


class Offer:
    """Hold one entry of a ranking.

    Attributes
    ----------
    project : Project
    product : Product
    rank : int
        From 1.
    points : int
        Millionths of a point.
    cautions : int
        `should` rules that fail, and `must` rules whose pass rests on an inference.
    open : int
        Open `must` rules; 0 for permitted offers.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> answer = hs.match(hs.bundled_projects(), catalogue)
    >>> first = answer.possible(answer.projects[0].id)[0]
    >>> first.explain().verdict
    'undecided'
    """

    __slots__ = ("_catalogue", "_row", "cautions", "open", "points", "project", "rank")

    def __init__(
        self, project: Project, catalogue: Catalogue, row: int, rank: int, points: int, cautions: int, open: int
    ) -> None:
        self.project = project
        self._catalogue = catalogue
        self._row = row
        self.rank = rank
        self.points = points
        self.cautions = cautions
        self.open = open

    @property
    def product(self) -> Product:
        """The product."""
        return self._catalogue[self._row]

    def explain(self) -> Explanation:
        """Explain the offer."""
        return Explanation(self.project, self._catalogue, self._row)

    def __repr__(self) -> str:
        product = self.product
        return f"<Offer {self.rank}. {product.id} {product.name} {points_text(self.points)}>"


class Answer(Rankings[Offer, _huoshui.Answer]):
    """Hold the rankings of a whole list as columns; `answer["P-0017"]` gives the offers of one project.

    Offers of project `i` stand at `offer_ends[i]:offer_ends[i + 1]` of `product_row`, `points`, `cautions` and `open`
    (of these all zero); undecided ones at `possible_ends[i]:possible_ends[i + 1]` of `possible_product_row` and so on;
    `permitted`, `undecided` and `refused`, the columns of `counts`, have one number for each project. The columns are
    read-only NumPy views of the library's own memory and keep it alive; NumPy is imported when the first column is
    asked for.

    Attributes
    ----------
    projects : ProjectList
    catalogue : Catalogue

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> answer = hs.match(hs.bundled_projects(), catalogue, k=3)
    >>> len(answer) == len(answer.projects) == len(answer.offer_ends) - 1
    True
    >>> answer.points.flags.writeable
    False

    A frame of every undecided offer, each with its project:

    >>> import numpy as np
    >>> import pandas as pd
    >>> project = np.repeat(np.arange(len(answer)), np.diff(answer.possible_ends).astype(int))
    >>> frame = pd.DataFrame({"project": project, "product": answer.possible_product_row, "open": answer.possible_open})
    >>> len(frame) == len(answer.possible_points)
    True
    """

    @property
    def possible_product_row(self) -> npt.NDArray[np.uint32]:
        """Rows of the catalogue, of the undecided offers."""
        return view(self._core.possible_product_row)

    @property
    def possible_points(self) -> npt.NDArray[np.int32]:
        """Millionths of a point that the undecided offers would have."""
        return view(self._core.possible_points)

    @property
    def possible_cautions(self) -> npt.NDArray[np.uint16]:
        """Cautions of the undecided offers."""
        return view(self._core.possible_cautions)

    @property
    def possible_open(self) -> npt.NDArray[np.uint16]:
        """Open rules of the undecided offers."""
        return view(self._core.possible_open)

    @property
    def possible_ends(self) -> npt.NDArray[np.uint64]:
        """Where each project's undecided offers begin, and the end."""
        return view(self._core.possible_ends)

    @property
    def permitted(self) -> npt.NDArray[np.uint32]:
        """How many products are permitted, for each project."""
        return self.counts[:, 0]

    @property
    def undecided(self) -> npt.NDArray[np.uint32]:
        """How many products are undecided, for each project."""
        return self.counts[:, 1]

    @property
    def refused(self) -> npt.NDArray[np.uint32]:
        """How many products are refused, for each project."""
        return self.counts[:, 2]

    def counts_of(self, project: int | str) -> VerdictCounts:
        """Return how many products stood where for one project."""
        return VerdictCounts(*self._core.counts_of(self._position(project)))

    def _entries(self, at: int) -> list[Offer]:
        return self._offers(at, self._core.offers_of(at))

    def possible(self, project: int | str) -> list[Offer]:
        """Return the undecided offers of a project, best first: what to supply is in `offer.explain().missing`."""
        at = self._position(project)
        return self._offers(at, self._core.possible_of(at))

    def _offers(self, at: int, entries: list[_huoshui.Entry]) -> list[Offer]:
        project = self.projects[at]
        return [
            Offer(project, self.catalogue, row, rank, points, cautions, open)
            for rank, (row, points, cautions, open) in enumerate(entries, start=1)
        ]

    def why_not(self, project: int | str, product: str | Product) -> Explanation:
        """Explain a pair, offered or not.

        Raises
        ------
        ContractError
            When an id is unknown.
        """
        return explain(self.projects[self._position(project)], product, self.catalogue)

    def best_refused(self, project: int | str, k: int = 3) -> list[Explanation]:
        """Explain the refused products that would have the most points."""
        chosen = self.projects[self._position(project)]
        rows = _huoshui.refused_by_points(chosen, self.catalogue._core, k)
        return [Explanation(chosen, self.catalogue, row) for row in rows]

    def overview(self, *, threads: int = 1) -> Overview:
        """Judge every pair and sum up."""
        core = _huoshui.overview(self.projects._core, self.catalogue._core, threads=threads)
        return Overview(core, self.projects, self.catalogue)

    def text(self, projects: Iterable[int | str] | None = None, lang: Language = "zh") -> str:
        """Return offers and reasons of some projects, or all, in words."""
        chosen = range(len(self)) if projects is None else [self._position(name) for name in projects]
        return _huoshui.match_text(self._core, list(chosen), lang)

    def to_json(self, lang: Language = "zh") -> str:
        """Return `huoshui.match/1`."""
        return _huoshui.match_json(self._core, lang)

    def to_csv(self, path: str | os.PathLike[str]) -> Path:
        """Write every pair shown, one a line, as UTF-8 with a mark that Excel understands; return the path."""
        file = Path(path)
        file.write_bytes(b"\xef\xbb\xbf" + _huoshui.match_csv(self._core).encode())
        return file

    def to_html(
        self,
        path: str | os.PathLike[str],
        *,
        contacts: Contacts = "masked",
        lang: Language = "zh",
        threads: int = 1,
        overview: Overview | None = None,
        papers: ListOnPaper | None = None,
    ) -> Path:
        """Write one self-contained page that opens with no network; return its path.

        Parameters
        ----------
        path
            Where to write.
        contacts
            Whether names and phone numbers of people are `masked` or `shown`.
        lang
            The language that the page opens in.
        threads
            For the overview.
        overview
            The overview, when it is there already.
        papers
            Offers on paper and packages to show besides; see `structure`.
        """
        seen = overview or self.overview(threads=threads)
        file = Path(path)
        page = _huoshui.report_html(self._core, seen._core, lang, contacts, papers._core if papers else None)
        file.write_bytes(page.encode())
        return file

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each offer: points and their parts in points, verdict `permitted` or `undecided`."""
        return frame_of_csv(_huoshui.match_csv(self._core))

    def __repr__(self) -> str:
        offers, possible = len(self._core.points), len(self._core.possible_points)
        return f"<Answer {len(self)} projects, {offers} offers, {possible} possible>"

    def _repr_html_(self) -> str:
        rows: list[tuple[object, ...]] = []
        for at, project in enumerate(self.projects[:MOST_ROWS]):
            counts = self.counts_of(at)
            offers = self[at] or self.possible(at)
            best = offers[0] if offers else None
            rows.append(
                (
                    project.id,
                    project.name,
                    counts.permitted,
                    counts.undecided,
                    counts.refused,
                    f"{best.product.id} {best.product.name}（{best.product.institution}）" if best else "—",
                    points_text(best.points) if best else "—",
                    "—" if best is None else "待补充" if best.open else "可对接",
                )
            )
        header = ["编号", "项目名称", "可对接", "待补充", "不符合", "最优产品", "得分", "结论"]
        return html_table("匹配结果", header, rows, len(self) - len(rows))


class ProjectOffer(NamedTuple):
    """Hold one entry of a reverse ranking; points in millionths.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> best = hs.match_product(hs.bundled_projects(), "P026", catalogue, possible=1).possible
    >>> len(best) <= 1
    True
    """

    rank: int
    project: Project
    points: int
    cautions: int
    open: int


class ReverseAnswer(NamedTuple):
    """Hold the best projects for one product.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> projects = hs.bundled_projects()
    >>> sum(hs.match_product(projects, "P026", catalogue).counts) == len(projects)
    True
    """

    product: Product
    offers: list[ProjectOffer]
    possible: list[ProjectOffer]
    counts: VerdictCounts

    def _repr_html_(self) -> str:
        rows = [
            (verdict, offer.rank, offer.project.id, offer.project.name, points_text(offer.points))
            for verdict, offers in (("可对接", self.offers), ("待补充", self.possible))
            for offer in offers
        ]
        caption = f"{self.product.id} {self.product.name}（{self.product.institution}）最合适的项目"
        return html_table(caption, ["结论", "名次", "编号", "项目名称", "得分"], rows)
