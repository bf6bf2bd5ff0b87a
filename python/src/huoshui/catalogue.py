"""Products, policy and scorecard compiled into one immutable image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from huoshui import _huoshui
from huoshui._huoshui import Product
from huoshui.errors import ContractError
from huoshui.lists import ProductList, nearest_ids
from huoshui.pages import html_table
from huoshui.policy import Policy

if TYPE_CHECKING:
    from huoshui.rows import RuleText

__all__ = ["Catalogue", "Scorecard"]


class Scorecard:
    """Hold whole-number weights by criterion, summing to 100.

    Examples
    --------
    >>> card = Scorecard.standard()
    >>> sum(card.weights.values())
    100
    >>> Scorecard.find("企业").id
    'enterprise'
    """

    __slots__ = ("_core",)

    def __init__(self, core: _huoshui.Scorecard) -> None:
        self._core = core

    @classmethod
    def standard(cls) -> Scorecard:
        """Return 对接专班: balanced."""
        return cls(_huoshui.Scorecard.standard())

    @classmethod
    def enterprise(cls) -> Scorecard:
        """Return 企业: cost, speed, light security."""
        return cls(_huoshui.Scorecard.enterprise())

    @classmethod
    def bank(cls) -> Scorecard:
        """Return 银行: cover, fit, certainty."""
        return cls(_huoshui.Scorecard.bank())

    @classmethod
    def find(cls, name: str) -> Scorecard:
        """Return the bundled card of a name: desk, enterprise, bank, 对接专班, 企业, 银行.

        Raises
        ------
        Failure
            When there is no such card.
        """
        return cls(_huoshui.Scorecard.find(name))

    @classmethod
    def make(cls, id: str, name_zh: str, weights: Mapping[str, int]) -> Scorecard:
        """Build a card; criteria left out weigh nothing.

        Raises
        ------
        Failure
            When a weight is negative or they do not sum to 100.
        ContractError
            When a criterion is unknown.
        """
        return cls(_huoshui.Scorecard.make(id, name_zh, dict(weights)))

    @property
    def id(self) -> str:
        """The word in JSON."""
        return self._core.id

    @property
    def name_zh(self) -> str:
        """The Chinese name."""
        return self._core.name_zh

    @property
    def weights(self) -> dict[str, int]:
        """Weights by criterion."""
        return self._core.weights

    def __repr__(self) -> str:
        return f"<Scorecard {self.id} {self.name_zh}>"

    def _repr_html_(self) -> str:
        names = {entry[0]: entry[1] for entry in _huoshui.criterion_infos()}
        rows = [(names[key], key, weight) for key, weight in self.weights.items() if weight]
        return html_table(f"评分卡 {self.name_zh}", ["项目", "代码", "权重"], rows)


class Catalogue:
    """Hold products, policy and scorecard, compiled once and shared freely between threads.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), hs.Policy.bundled().at("2026-03-01"))
    >>> catalogue[0].id < catalogue[1].id
    True
    """

    __slots__ = ("_core",)

    def __init__(self, core: _huoshui.Catalogue) -> None:
        self._core = core

    @classmethod
    def compile(
        cls, products: ProductList | Iterable[Product], policy: Policy, scorecard: Scorecard | None = None
    ) -> Catalogue:
        """Compile.

        Parameters
        ----------
        products
            A handbook, or some of its products.
        policy
            What is in force on the day of the matching.
        scorecard
            `Scorecard.standard()` by default.

        Raises
        ------
        Failure
            duplicate_id or contradictory_terms, one issue for each faulty product.
        """
        card = (scorecard or Scorecard.standard())._core
        if isinstance(products, ProductList):
            return cls(_huoshui.Catalogue.compile(products._core, policy._core, card))
        return cls(_huoshui.Catalogue.compile_products(list(products), policy._core, card))

    @property
    def policy(self) -> Policy:
        """The policy compiled in."""
        return Policy(self._core.policy)

    @property
    def scorecard(self) -> Scorecard:
        """The scorecard compiled in."""
        return Scorecard(self._core.scorecard)

    @property
    def products(self) -> list[Product]:
        """All products, by id."""
        return list(self)

    def row_of(self, product: str | Product) -> int:
        """Return the row of a product, for the column `product_row`.

        Raises
        ------
        ContractError
            When the catalogue has no such product.
        """
        name = product if isinstance(product, str) else product.id
        row = self._core.find(name)
        if row is None:
            raise ContractError(f"没有编号为“{name}”的产品；{nearest_ids(name, [p.id for p in self])}")
        return row

    def rules(self, product: str | Product) -> list[RuleText]:
        """Return the rules of a product in words, its own terms first, then the policy gates of its instrument."""
        return self._core.rules(self.row_of(product))

    def __len__(self) -> int:
        return len(self._core)

    def __getitem__(self, key: int | str) -> Product:
        if isinstance(key, str):
            return self._core.product(self.row_of(key))
        row = key + len(self) if key < 0 else key
        if not 0 <= row < len(self):
            raise IndexError("product row out of range")
        return self._core.product(row)

    def __iter__(self) -> Iterator[Product]:
        return (self._core.product(row) for row in range(len(self)))

    def __contains__(self, product: object) -> bool:
        name = product.id if isinstance(product, Product) else product
        return isinstance(name, str) and self._core.find(name) is not None

    def __repr__(self) -> str:
        return f"<Catalogue {len(self)} products, {self.policy.date}, {self.scorecard.id}>"
