"""The options that commands share, as decorators; they stand in the help in the order given here."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = [
    "as_json",
    "contacts",
    "language",
    "list_path",
    "matching",
    "policy",
    "possible",
    "tables",
    "threads",
    "together",
    "top",
]

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

_SCORECARDS = ("desk", "enterprise", "bank", "对接专班", "企业", "银行")


def together(*options: Callable[[FunctionT], FunctionT]) -> Callable[[FunctionT], FunctionT]:
    """Return one decorator for several options."""

    def add(function: FunctionT) -> FunctionT:
        for option in reversed(options):
            function = option(function)
        return function

    return add


list_path = click.argument("list_path", metavar="LIST")
language = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 language"
)
as_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON 到标准输出 print JSON")
tables = together(
    click.option("--regions", metavar="FILE", help="较新的地区表 a newer table of regions (code,name)"),
    click.option("--industries", metavar="FILE", help="较新的行业表 a newer table of industries (code,name)"),
)
policy = together(
    click.option("--as-of", metavar="YYYY-MM-DD", help="按哪一天的政策，缺省为今天 the day judged by [today]"),
    click.option("--policy", metavar="FILE", help="自备政策包，覆盖同名系列 a policy pack laid over ours"),
    click.option("--low-confidence", is_flag=True, help="启用低可信度条款 count rows of low confidence"),
)
_handbook = together(
    click.option("--products", metavar="FILE.csv", help="自备产品手册 your own handbook"),
    click.option("--illustrative", is_flag=True, help="用示例产品手册 the invented handbook 示例"),
    click.option(
        "--scorecard", type=click.Choice(_SCORECARDS), default="desk", show_default=True, help="评分卡 scorecard"
    ),
)
matching = together(list_path, _handbook, policy, tables, language)
threads = click.option(
    "--threads",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    metavar="N",
    help="线程数 threads [all cores]",
)
top = click.option(
    "--top", type=click.IntRange(0), default=5, show_default=True, help="每个项目列几项 offers a project"
)
possible = click.option(
    "--possible", type=click.IntRange(0), default=3, show_default=True, help="待补充的列几项 undecided offers a project"
)
contacts = click.option("--show-contacts", is_flag=True, help="报告中显示联系人和电话 show people's names and phones")
