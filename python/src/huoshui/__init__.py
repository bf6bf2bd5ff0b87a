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

from huoshui import carbon, rights, supply_chain, syndicate
from huoshui._huoshui import Fact, Issue, Product, Project, Table, __version__
from huoshui.advice import Advice, advise
from huoshui.answers import Answer, Offer, ProjectOffer, ReverseAnswer, VerdictCounts
from huoshui.catalogue import Catalogue, Scorecard
from huoshui.dictionaries import Dictionaries
from huoshui.errors import ContractError, Failure
from huoshui.explanations import Explanation, explain
from huoshui.fields import FieldError
from huoshui.learning import LearnedScorecard, learn_scorecard
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
from huoshui.money import Money
from huoshui.near import NearAnswer, NearOffer, match_near
from huoshui.overviews import Columns, Overview
from huoshui.papers import ListOnPaper, StructureInputs, load_structure_inputs, packages, structure
from huoshui.policy import Policy, PolicyPack
from huoshui.readings import parse
from huoshui.suggestions import FoundWord, InstrumentModel, MetRule, Suggestion, families, suggest
from huoshui.tables import read_table, table_of_rows

__all__ = [
    "Advice",
    "Answer",
    "Catalogue",
    "Columns",
    "ContractError",
    "Dictionaries",
    "Explanation",
    "Fact",
    "Failure",
    "FieldError",
    "FoundWord",
    "InstrumentModel",
    "Issue",
    "LearnedScorecard",
    "ListOnPaper",
    "Matcher",
    "MetRule",
    "Money",
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
    "Suggestion",
    "Table",
    "VerdictCounts",
    "__version__",
    "advise",
    "bundled_products",
    "bundled_projects",
    "carbon",
    "explain",
    "families",
    "learn_scorecard",
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
    "rights",
    "structure",
    "suggest",
    "supply_chain",
    "syndicate",
    "table_of_rows",
]


def __dir__() -> list[str]:
    return sorted(__all__)
