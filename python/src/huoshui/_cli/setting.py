"""What the commands read before they work: list, handbook, tables, policy, scorecard."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

import huoshui as hs
from huoshui._cli.screen import (
    DONE,
    FLAWED,
    NO_HANDBOOK,
    NO_ID,
    NO_LIST,
    NO_POLICY,
    Screen,
    Stop,
    ending_with,
    issue_text,
)

__all__ = ["Setting", "read_dictionaries", "read_list", "read_policy", "set_up"]


def read_list(path: str, dictionaries: hs.Dictionaries, screen: Screen) -> hs.ProjectList:
    with ending_with(NO_LIST, screen), screen.working("读入清单……", "reading the list …"):
        return hs.load_projects(path, dictionaries)


def read_dictionaries(regions: str | None, industries: str | None, screen: Screen) -> hs.Dictionaries:
    with ending_with(NO_HANDBOOK, screen):
        dictionaries = hs.Dictionaries.bundled()
        if regions:
            dictionaries = dictionaries.with_regions(regions)
        if industries:
            dictionaries = dictionaries.with_industries(industries)
        return dictionaries


def read_policy(policy: str | None, as_of: str | None, low_confidence: bool, screen: Screen) -> hs.Policy:
    with ending_with(NO_POLICY, screen):
        day = as_of or datetime.date.today().isoformat()
        return hs.Policy.bundled(policy).at(day, low_confidence=low_confidence)


@dataclass
class Setting:
    """What match, explain, why-not and report share: list, handbook, policy, scorecard, compiled."""

    screen: Screen
    projects: hs.ProjectList
    catalogue: hs.Catalogue
    products: hs.ProductList

    @property
    def exit_code(self) -> int:
        lost = self.projects.rows.issues > 0 or self.products.has_errors
        return FLAWED if lost else DONE

    def index_of(self, project: str) -> int:
        try:
            return self.projects.index_of(project)
        except hs.ContractError as breach:
            raise self._unknown(breach, "project", project) from breach

    def row_of(self, product: str) -> int:
        try:
            return self.catalogue.row_of(product)
        except hs.ContractError as breach:
            raise self._unknown(breach, "product", product) from breach

    def _unknown(self, breach: hs.ContractError, noun: str, name: str) -> Stop:
        return Stop(NO_ID, self.screen.say(str(breach), f"there is no {noun} with the id “{name}”"))

    def narrowed(self, ids: Sequence[str]) -> hs.ProjectList:
        if not ids:
            return self.projects
        for name in ids:
            self.index_of(name)
        return self.projects.only(ids)


def set_up(options: dict[str, Any]) -> Setting:
    screen = Screen(options["lang"])
    dictionaries = read_dictionaries(options["regions"], options["industries"], screen)
    policy = read_policy(options["policy"], options["as_of"], options["low_confidence"], screen)
    with ending_with(NO_HANDBOOK, screen), screen.working("读入产品手册……", "reading the handbook …"):
        if options["products"] and options["illustrative"]:
            raise click.UsageError("--products 与 --illustrative 只能用一个 (use one of them)")
        if options["products"]:
            products = hs.load_products(options["products"], dictionaries)
        else:
            products = hs.bundled_products(illustrative=options["illustrative"], dictionaries=dictionaries)
        errors = [issue for issue in products.issues if issue.severity == "error"]
        if errors and not products.ids:
            raise hs.Failure(errors)
        catalogue = hs.Catalogue.compile(products, policy, hs.Scorecard.find(options["scorecard"]))
    if options["products"]:
        tell_issues(products.issues, "产品手册", "handbook", screen)
    projects = read_list(options["list_path"], dictionaries, screen)
    rows = projects.rows
    screen.note(
        f"清单 {projects.file}：读入 {rows.read} 行，项目 {rows.projects}，有错 {rows.issues}，其他 {rows.other}；"
        f"产品 {len(products)} 项；政策日期 {policy.date}；评分卡 {catalogue.scorecard.name_zh}",
        f"list {projects.file}: {rows.read} rows, {rows.projects} projects, {rows.issues} lost, {rows.other} other; "
        f"{len(products)} products; policy of {policy.date}; scorecard {catalogue.scorecard.id}",
    )
    tell_issues([issue for issue in projects.issues if issue.severity == "error"], "清单", "list", screen)
    return Setting(screen, projects, catalogue, products)


def tell_issues(issues: Sequence[hs.Issue], zh: str, en: str, screen: Screen) -> None:
    if not issues:
        return
    screen.note(f"{zh}有 {len(issues)} 处问题：", f"{len(issues)} issues in the {en}:")
    for issue in issues[:5]:
        click.echo(f"  - {issue_text(issue, screen.lang)}", err=True)
    if len(issues) > 5:
        screen.note(
            f"  …… 另有 {len(issues) - 5} 处，用 huoshui check 查看", f"  … {len(issues) - 5} more: huoshui check"
        )
