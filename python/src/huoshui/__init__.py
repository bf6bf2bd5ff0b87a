"""huoshui 活水: match project lists to financial products, exactly and with reasons.

Examples
--------
>>> import huoshui as hs
>>> projects = hs.bundled_projects()
>>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
>>> answer = hs.Matcher(catalogue).match(projects, k=5)
>>> len(answer) == len(projects)
True
"""

from __future__ import annotations

from huoshui._huoshui import Fact, Issue, Product, Project, Table, __version__
from huoshui.answers import Answer, Offer, ProjectOffer, ReverseAnswer, VerdictCounts
from huoshui.catalogue import Catalogue, Scorecard
from huoshui.dictionaries import Dictionaries
from huoshui.errors import ContractError, Failure
from huoshui.explanations import Explanation, explain
from huoshui.lists import (
    ProductList,
    ProjectList,
    RowCounts,
    bundled_products,
    bundled_projects,
    load_products,
    load_projects,
)
from huoshui.matching import Matcher, PreparedList, match, match_product, prepare
from huoshui.near import NearAnswer, NearOffer, match_near
from huoshui.overviews import Columns, Overview
from huoshui.papers import ListOnPaper, StructureInputs, load_structure_inputs, packages, structure
from huoshui.policy import Policy, PolicyPack
from huoshui.readings import parse
from huoshui.tables import read_table, table_of_rows

__all__ = [
    "Answer",
    "Catalogue",
    "Columns",
    "ContractError",
    "Dictionaries",
    "Explanation",
    "Fact",
    "Failure",
    "Issue",
    "ListOnPaper",
    "Matcher",
    "NearAnswer",
    "NearOffer",
    "Offer",
    "Overview",
    "Policy",
    "PolicyPack",
    "PreparedList",
    "Product",
    "ProductList",
    "Project",
    "ProjectList",
    "ProjectOffer",
    "ReverseAnswer",
    "RowCounts",
    "Scorecard",
    "StructureInputs",
    "Table",
    "VerdictCounts",
    "__version__",
    "bundled_products",
    "bundled_projects",
    "explain",
    "load_products",
    "load_projects",
    "load_structure_inputs",
    "match",
    "match_near",
    "match_product",
    "packages",
    "parse",
    "prepare",
    "read_table",
    "structure",
    "table_of_rows",
]


def __dir__() -> list[str]:
    return sorted(__all__)
