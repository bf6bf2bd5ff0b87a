"""Why, why not, what is missing and what would change it, for one pair."""

from __future__ import annotations

import json
from html import escape
from typing import Any, Literal, cast

from huoshui import _huoshui
from huoshui._huoshui import Product, Project
from huoshui.catalogue import Catalogue
from huoshui.pages import html_table, points_text

__all__ = ["Explanation", "explain"]

Language = Literal["zh", "en"]
Verdict = Literal["permitted", "undecided", "refused"]

_VERDICTS = {"permitted": "可对接", "undecided": "待补充", "refused": "不符合"}
_OUTCOMES = {"pass": "符合", "fail": "不符合", "undecided": "待定", "not_tested": "未检验"}
_STRENGTHS = {"must": "必备", "should": "原则", "prefer": "优先"}


class Explanation:
    """Explain one pair: every rule with its outcome, the points by criterion, what to supply, what to change.

    Examples
    --------
    >>> import huoshui as hs
    >>> projects = hs.bundled_projects()
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> why = hs.explain(projects[0], catalogue[0].id, catalogue)
    >>> why.verdict in ("permitted", "undecided", "refused")
    True
    >>> sum(why.points["parts"].values()) == why.points["total"]
    True
    """

    __slots__ = ("_catalogue", "_read", "_row", "project")

    def __init__(self, project: Project, catalogue: Catalogue, row: int) -> None:
        self.project = project
        self._catalogue = catalogue
        self._row = row
        self._read: dict[str, Any] | None = None

    @property
    def product(self) -> Product:
        """The product."""
        return self._catalogue[self._row]

    def to_json(self, lang: Language = "zh") -> str:
        """Return `huoshui.explain/1`, one line."""
        return _huoshui.explain_json(self.project, self._catalogue._core, self._row, lang)

    def to_dict(self, lang: Language = "zh") -> dict[str, Any]:
        """Return the same, read."""
        return cast("dict[str, Any]", json.loads(self.to_json(lang)))

    def text(self, lang: Language = "zh") -> str:
        """Return the explanation in words."""
        return _huoshui.explain_text(self.project, self._catalogue._core, self._row, lang)

    @property
    def _dict(self) -> dict[str, Any]:
        if self._read is None:
            self._read = self.to_dict()
        return self._read

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return cast("Verdict", self._dict["verdict"])

    @property
    def rules(self) -> list[dict[str, Any]]:
        """Every rule: failing first, then open, cautions, passes."""
        return cast("list[dict[str, Any]]", self._dict["rules"])

    @property
    def points(self) -> dict[str, Any]:
        """`total` and `parts` by criterion, in millionths of a point."""
        return cast("dict[str, Any]", self._dict["points"])

    @property
    def missing(self) -> list[str]:
        """The facts to supply or confirm."""
        return cast("list[str]", self._dict["missing"])

    def missing_names(self, lang: Language = "zh") -> list[str]:
        """Return the names of the facts to supply or confirm."""
        names = {key: (zh, en) for key, zh, en, *_ in _huoshui.fact_infos()}
        return [names[key][lang == "en"] for key in self.missing]

    @property
    def changes(self) -> dict[str, Any]:
        """For a refused pair: `status`, `plans` (smallest first) and the rules that block (`blocking`)."""
        return cast("dict[str, Any]", self._dict["changes"])

    @property
    def undisclosed(self) -> list[str]:
        """The terms that the handbook leaves out, 未披露."""
        return cast("list[str]", self._dict["undisclosed"])

    def __repr__(self) -> str:
        return f"<Explanation {self.project.id} × {self.product.id}: {self.verdict}>"

    def _repr_html_(self) -> str:
        product = self.product
        title = (
            f"{self.project.id} {self.project.name} × {product.id} {product.name}："
            f"{_VERDICTS[self.verdict]}，{points_text(self.points['total'])} 分"
        )
        rows = [
            (
                _OUTCOMES.get(rule["outcome"], rule["outcome"]),
                _STRENGTHS.get(rule["strength"], rule["strength"]),
                rule["message"],
                rule["citation"]["source"],
            )
            for rule in self.rules
        ]
        out = html_table(title, ["结论", "强度", "说明", "依据"], rows)
        plans = ["；".join(change["text"] for change in plan["changes"]) for plan in self.changes["plans"]]
        if plans:
            out += "<p>可行调整：</p><ul>" + "".join(f"<li>{escape(plan)}</li>" for plan in plans) + "</ul>"
        return out


def explain(project: Project, product: str | Product, catalogue: Catalogue) -> Explanation:
    """Explain one pair.

    Parameters
    ----------
    project
        A project of a list.
    product
        A product of the catalogue, or its id.
    catalogue
        What to judge by.

    Raises
    ------
    ContractError
        When the catalogue has no such product.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> hs.explain(hs.bundled_projects()[0], "P001", catalogue).product.id
    'P001'
    """
    return Explanation(project, catalogue, catalogue.row_of(product))
