"""The command line: check, match, explain, why-not, report, parse, policy.

Exit codes: 0 done; 1 done, but the input has error issues or lost rows; 2 usage; 3 the list cannot be read; 4 the
handbook cannot be used; 5 policy or date; 6 unknown project or product id.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, TypeVar, cast

import click
from rich.console import Console
from rich.table import Table as RichTable

import huoshui as hs
from huoshui._huoshui import format_money
from huoshui.tables import text_of_file
from huoshui.readings import KINDS

__all__ = ["main"]

Language = Literal["zh", "en"]

DONE, FLAWED, USAGE, NO_LIST, NO_HANDBOOK, NO_POLICY, NO_ID, BUG = 0, 1, 2, 3, 4, 5, 6, 70
MOST_ISSUES = 100
MOST_PROJECTS = 10
MOST_ON_PAGE = 10_000
SCORECARDS = ("desk", "enterprise", "bank", "对接专班", "企业", "银行")

EPILOG = """\b
退出码 exit codes:
  0  完成 done
  1  完成，但输入有错误（check），或有行、有产品未能读入 done, but the input has errors or lost rows
  2  用法有误 usage
  3  清单读不了 the list cannot be read
  4  产品手册（或地区、行业表）用不了 the handbook or a table given with it cannot be used
  5  政策包或日期有误 policy pack or date
  6  没有这个项目或产品编号 unknown project or product id
"""


class Stop(Exception):
    """End with a message and an exit code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Screen:
    """Where things are printed: answers to stdout, everything else to stderr."""

    lang: Language = "zh"

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def note(self, zh: str, en: str) -> None:
        click.echo(self.say(zh, en), err=True)

    @property
    def out(self) -> Console:
        # A pipe has no width of its own; cells must not be cut there.
        return Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else 160)

    @contextmanager
    def working(self, zh: str, en: str) -> Iterator[None]:
        console = Console(stderr=True)
        if not console.is_terminal:
            yield
            return
        with console.status(self.say(zh, en)):
            yield


_ENGLISH = {
    "file_not_found": "no such file; check the path",
    "file_empty": "the file is empty; check that it was saved",
    "file_unreadable": "no readable .csv or .xlsx: of another kind, broken, or locked by a password; save it anew",
    "encoding_error": "bytes that are no text in this encoding; save as UTF-8",
    "header_not_found": "no header row; name 项目名称 and 总投资, 融资需求 or the like; one project a row",
    "header_ambiguous": "the header can be read in several ways; name each column once",
    "cell_too_long": "the cell is longer than a spreadsheet allows; shorten it",
    "unknown_unit": "a number without a unit; write the unit into the cell, the header or the title",
    "unreadable_value": "not of the kind that its column wants",
    "fuzzy_value": "too vague to be a number; kept as text",
    "unit_slip": "looks wrong by a factor of 10,000; check the unit",
    "sum_mismatch": "the total differs from the sum of its rows",
    "unknown_place": "no such place in the tables",
    "place_conflict": "the county column and the text name different counties",
    "unknown_word": "a word that the closed list does not know",
    "duplicate_id": "this id stands twice",
    "missing_name": "a row without a project name",
    "missing_column": "a column is missing",
    "collection_row": "one row for many projects; list them one by one",
    "contradictory_terms": "terms that no project could meet together",
    "condition_syntax": "the condition cannot be read",
    "condition_field": "the condition names an unknown field",
    "condition_type": "the condition compares with a value of the wrong kind; numbers need their units",
    "policy_overlap": "two rows of one series overlap",
    "policy_gap": "a series has a gap that is not a row itself",
    "policy_row": "a faulty row of the policy pack",
    "date_outside_policy": "the date lies outside the days that the policy pack covers",
    "masked_value": "a masked value; fill it in",
}


def place_text(issue: hs.Issue) -> str:
    """Print where an issue stands, in English."""
    column = issue.column or (str(issue.column_number) if issue.column_number else "")
    parts = (
        issue.file,
        f"[{issue.sheet}]" if issue.sheet else "",
        f"row {issue.row}" if issue.row else "",
        f"column {column}" if column else "",
    )
    return " ".join(part for part in parts if part)


def issue_text(issue: hs.Issue, lang: Language) -> str:
    """Say an issue in one line: what, where, what to do.

    Examples
    --------
    >>> issue_text(hs.Issue("file_empty", "空的", file="a.csv"), "en")
    'file_empty: a.csv: the file is empty; check that it was saved'
    """
    if lang == "zh":
        named = not issue.file or issue.file in issue.message
        return issue.message if named else f"{issue.file}：{issue.message}"
    where = place_text(issue)
    found = f" (found “{issue.found}”)" if issue.found else ""
    return f"{issue.code}: {f'{where}: ' if where else ''}{_ENGLISH.get(issue.code, issue.message)}{found}"


@contextmanager
def ending_with(code: int, screen: Screen) -> Iterator[None]:
    """Turn a failure inside into the end of the command with this exit code."""
    try:
        yield
    except hs.Failure as failure:
        lines = [issue_text(issue, screen.lang) for issue in failure.issues[:20]]
        if len(failure.issues) > 20:
            lines.append(screen.say(f"…… 另有 {len(failure.issues) - 20} 处", f"… and {len(failure.issues) - 20} more"))
        raise Stop(code, "\n".join(lines)) from failure
    except hs.ContractError as breach:
        raise Stop(code, str(breach)) from breach


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


FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

_lang = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 language")
_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON 到标准输出 print JSON")
_tables = [
    click.option("--regions", metavar="FILE", help="较新的地区表 a newer table of regions (code,name)"),
    click.option("--industries", metavar="FILE", help="较新的行业表 a newer table of industries (code,name)"),
]
_policy = [
    click.option("--as-of", metavar="YYYY-MM-DD", help="按哪一天的政策，缺省为今天 the day judged by [today]"),
    click.option("--policy", metavar="FILE", help="自备政策包，覆盖同名系列 a policy pack laid over ours"),
    click.option("--low-confidence", is_flag=True, help="启用低可信度条款 count rows of low confidence"),
]
_handbook = [
    click.option("--products", metavar="FILE.csv", help="自备产品手册 your own handbook"),
    click.option("--illustrative", is_flag=True, help="用示例产品手册 the invented handbook 示例"),
    click.option(
        "--scorecard", type=click.Choice(SCORECARDS), default="desk", show_default=True, help="评分卡 scorecard"
    ),
]
_list = click.argument("list_path", metavar="LIST")


def _with(options: Iterable[Callable[[FunctionT], FunctionT]]) -> Callable[[FunctionT], FunctionT]:
    def add(function: FunctionT) -> FunctionT:
        for option in reversed(list(options)):
            function = option(function)
        return function

    return add


_matching = _with([_list, *_handbook, *_policy, *_tables, _lang])
_threads = click.option(
    "--threads",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    metavar="N",
    help="线程数 threads [all cores]",
)
_top = click.option(
    "--top", type=click.IntRange(0), default=5, show_default=True, help="每个项目列几项 offers a project"
)
_possible = click.option(
    "--possible", type=click.IntRange(0), default=3, show_default=True, help="待补充的列几项 undecided offers a project"
)
_contacts = click.option("--show-contacts", is_flag=True, help="报告中显示联系人和电话 show people's names and phones")


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(hs.__version__, "-V", "--version", message="huoshui %(version)s")
def app() -> None:
    """活水：把项目清单与金融产品对接，给出理由。 Match project lists to financial products, with reasons.

    LIST 是 .csv 或 .xlsx 项目清单。 LIST is a project list, .csv or .xlsx.
    """


@app.command()
@_list
@_json
@_with([*_tables, _lang])
def check(list_path: str, as_json: bool, regions: str | None, industries: str | None, lang: Language) -> int:
    """检查清单：读入多少行、每个问题在哪里。 Check a list: rows read, and where each issue stands."""
    screen = Screen(lang)
    projects = read_list(list_path, read_dictionaries(regions, industries, screen), screen)
    code = FLAWED if projects.has_errors else DONE
    if as_json:
        click.echo(projects.to_json())
        return code
    say = screen.say
    rows = projects.rows
    table = RichTable(title=projects.file, title_justify="left")
    for name in (say("读入行", "rows read"), say("项目", "projects"), say("有错行", "lost"), say("其他行", "other")):
        table.add_column(name, justify="right")
    table.add_row(*(str(n) for n in rows))
    screen.out.print(table)
    if not projects.issues:
        screen.out.print(say("没有发现问题。", "No issues."))
        return code
    errors = sum(issue.severity == "error" for issue in projects.issues)
    table = RichTable(
        title=say(
            f"问题 {len(projects.issues)} 条（错误 {errors}）", f"{len(projects.issues)} issues, {errors} errors"
        ),
        title_justify="left",
    )
    table.add_column(say("程度", "severity"), no_wrap=True)
    table.add_column(say("位置", "place"))
    table.add_column(say("问题", "code"))
    table.add_column(say("说明", "message"), ratio=1)
    for issue in projects.issues[:MOST_ISSUES]:
        severity = say("错误" if issue.severity == "error" else "提醒", issue.severity)
        message = issue.message if lang == "zh" else issue_text(issue, lang)
        table.add_row(severity, issue.place if lang == "zh" else place_text(issue), issue.code, message)
    screen.out.print(table)
    if len(projects.issues) > MOST_ISSUES:
        left = len(projects.issues) - MOST_ISSUES
        screen.note(f"另有 {left} 条未列出；用 --json 取全部。", f"{left} more; use --json for all.")
    return code


@app.command()
@_matching
@_top
@_possible
@_threads
@_json
@click.option("--csv", "csv_path", metavar="FILE", help="把结果写成 CSV write a CSV file")
@click.option("--report", "report_path", metavar="FILE.html", help="写一页可离线打开的报告 write a page")
@_contacts
@click.option("--project", "ids", multiple=True, metavar="ID", help="只对接这些项目，可重复 only these projects")
def match(
    top: int,
    possible: int,
    threads: int,
    as_json: bool,
    csv_path: str | None,
    report_path: str | None,
    show_contacts: bool,
    ids: tuple[str, ...],
    **options: Any,
) -> int:
    """对接：每个项目最合适的产品和理由。 Match: the best products for each project, and why."""
    setting = set_up(options)
    screen = setting.screen
    projects = setting.narrowed(ids)
    if report_path:
        fits_on_page(projects, screen)
    with screen.working("对接中……", "matching …"):
        answer = hs.match(projects, setting.catalogue, k=top, possible=possible, threads=threads)
    if csv_path:
        write(csv_path, lambda: answer.to_csv(csv_path), screen)
    if report_path:
        write_report(answer, report_path, show_contacts, threads, screen)
    if as_json:
        click.echo(answer.to_json(screen.lang))
        return setting.exit_code
    shown = list(range(len(projects) if ids else min(len(projects), MOST_PROJECTS)))
    click.echo(answer.text(shown, screen.lang), nl=False)
    if len(shown) < len(projects):
        left = len(projects) - len(shown)
        screen.note(
            f"另有 {left} 个项目未列出；用 --project 指定，或用 --csv、--report、--json 取全部。",
            f"{left} more projects; name them with --project, or use --csv, --report or --json for all.",
        )
    return setting.exit_code


def write(path: str, action: Callable[[], object], screen: Screen) -> None:
    try:
        action()
    except OSError as error:
        raise Stop(
            USAGE,
            screen.say(
                f"写不进文件“{path}”（{error.strerror}）；请检查文件夹是否存在、是否有权限。",
                f"cannot write “{path}” ({error.strerror}); check that the folder exists and may be written to.",
            ),
        ) from error
    screen.note(f"已写出 {path}", f"wrote {path}")


def fits_on_page(projects: hs.ProjectList, screen: Screen) -> None:
    """Say so before the long work that a list is too long for one page."""
    if len(projects) > MOST_ON_PAGE:
        raise Stop(
            USAGE,
            screen.say(
                f"清单有 {len(projects):,} 个项目，一页报告最多 {MOST_ON_PAGE:,} 个；请用 match --project 选取，或用 --csv、--json 取全部。",
                f"the list has {len(projects):,} projects, a page holds {MOST_ON_PAGE:,}; "
                "choose some by match --project, or use --csv or --json for all.",
            ),
        )


def write_report(answer: hs.Answer, path: str, show_contacts: bool, threads: int, screen: Screen) -> None:
    def action() -> None:
        with screen.working("写报告……", "writing the report …"):
            answer.to_html(path, contacts="shown" if show_contacts else "masked", lang=screen.lang, threads=threads)

    write(path, action, screen)


@app.command()
@_matching
@_top
@_possible
@_threads
@_contacts
@click.option("-o", "--output", required=True, metavar="FILE.html", help="写到哪里 where to write")
def report(top: int, possible: int, threads: int, show_contacts: bool, output: str, **options: Any) -> int:
    """报告：一页可离线打开的网页。 Report: one self-contained page."""
    setting = set_up(options)
    fits_on_page(setting.projects, setting.screen)
    with setting.screen.working("对接中……", "matching …"):
        answer = hs.match(setting.projects, setting.catalogue, k=top, possible=possible, threads=threads)
    write_report(answer, output, show_contacts, threads, setting.screen)
    return setting.exit_code


@app.command()
@_matching
@_json
@click.option("--project", metavar="ID", help="项目编号 project id")
@click.option("--product", metavar="ID", help="产品编号 product id")
@click.option(
    "--pairs", metavar="FILE.csv", help="许多对：project_id,product_id，每对一行 JSON many pairs, a JSON line each"
)
def explain(as_json: bool, project: str | None, product: str | None, pairs: str | None, **options: Any) -> int:
    """解释一对：每条规则、得分、缺什么、改什么。 Explain a pair: rules, points, what is missing."""
    if pairs is None and (project is None or product is None):
        raise click.UsageError(
            "要么给 --project 和 --product，要么给 --pairs (give --project and --product, or --pairs)"
        )
    if pairs is not None and (project is not None or product is not None):
        raise click.UsageError("--pairs 不与 --project、--product 同用 (--pairs stands alone)")
    setting = set_up(options)
    lang = setting.screen.lang
    if pairs is None:
        index, row = setting.index_of(cast(str, project)), setting.row_of(cast(str, product))
        why = hs.Explanation(setting.projects[index], setting.catalogue, row)
        click.echo(why.to_json(lang) if as_json else why.text(lang), nl=as_json)
        return setting.exit_code
    for index, row in read_pairs(pairs, setting):
        click.echo(hs.Explanation(setting.projects[index], setting.catalogue, row).to_json(lang))
    return setting.exit_code


def read_pairs(path: str, setting: Setting) -> list[tuple[int, int]]:
    """Read project_id,product_id; every id is looked up before the first line is printed."""
    screen = setting.screen
    with ending_with(USAGE, screen):
        lines = text_of_file(path).splitlines()
    reader = csv.DictReader(lines)
    names = reader.fieldnames or []
    if "project_id" not in names or "product_id" not in names:
        raise Stop(
            USAGE,
            screen.say(
                f"文件“{path}”第 1 行应有 project_id 和 product_id 两列，实为“{','.join(names)}”。",
                f"“{path}” line 1 must name project_id and product_id, not “{','.join(names)}”.",
            ),
        )
    found: list[tuple[int, int]] = []
    rows = {product.id: row for row, product in enumerate(setting.catalogue)}
    for record in reader:
        project, product = (record["project_id"] or "").strip(), (record["product_id"] or "").strip()
        try:
            found.append((setting.index_of(project), rows[product] if product in rows else setting.row_of(product)))
        except Stop as stop:
            place = screen.say(f"文件“{path}”第 {reader.line_num} 行：", f"“{path}” line {reader.line_num}: ")
            raise Stop(NO_ID, f"{place}{stop}") from stop
    return found


@app.command("why-not")
@_matching
@_json
@click.option("--project", required=True, metavar="ID", help="项目编号 project id")
@click.option("--product", metavar="ID", help="产品编号；不给则列最接近的几项 product id; else the nearest ones")
@click.option("--top", type=click.IntRange(1), default=3, show_default=True, help="列几项 how many")
def why_not(as_json: bool, project: str, product: str | None, top: int, **options: Any) -> int:
    """为何不行：一个产品，或得分最高的被拒产品。 Why not: one product, or the best refused ones."""
    setting = set_up(options)
    screen = setting.screen
    chosen = setting.narrowed([project])
    answer = hs.match(chosen, setting.catalogue, k=0, possible=0)
    if product is not None:
        whys = [hs.Explanation(chosen[0], setting.catalogue, setting.row_of(product))]
    else:
        whys = answer.best_refused(0, top)
    if not whys:
        screen.note(
            "没有可解释的被拒产品：该项目是集合项目，或没有产品被拒。",
            "no refused products: a collection, or none is refused.",
        )
    for why in whys:
        click.echo(why.to_json(screen.lang) if as_json else why.text(screen.lang) + "\n", nl=as_json)
    return setting.exit_code


@app.command()
@click.option("--kind", required=True, type=click.Choice(KINDS), help="读作什么 read as what")
@click.option("--header", default="", metavar="TEXT", help="表头，给出单位 the header, for its unit: 总投资（万元）")
@click.option("--county", default="", metavar="NAME", help="本行的县区 the row's county, for places: 东源县")
@click.option("--prose", is_flag=True, help="地名夹在标题中 the place stands among other words")
@_json
@_with([*_tables, _lang])
@click.argument("texts", nargs=-1, metavar="TEXT…")
def parse(
    kind: str,
    header: str,
    county: str,
    prose: bool,
    as_json: bool,
    regions: str | None,
    industries: str | None,
    lang: Language,
    texts: tuple[str, ...],
) -> int:
    """读单元格：每段文字一行；不给 TEXT 则逐行读标准输入。 Read cells, one line each; without TEXT from stdin."""
    screen = Screen(lang)
    dictionaries = read_dictionaries(regions, industries, screen)
    given: Iterable[str] = texts or (line.rstrip("\r\n") for line in sys.stdin)
    code = DONE
    table = RichTable()
    for name in (
        screen.say("文字", "text"),
        screen.say("值", "value"),
        screen.say("标记", "flags"),
        screen.say("读法", "reading"),
    ):
        table.add_column(name)
    for text in given:
        try:
            read = hs.parse(text, kind, header=header, county=county, prose=prose, dictionaries=dictionaries)
        except hs.Failure as failure:
            code = FLAWED
            messages = [issue_text(issue, lang) for issue in failure.issues]
            read = {
                "text": text,
                "kind": kind,
                "flags": [issue.code for issue in failure.issues],
                "ambiguous": True,
                "approximate": False,
                "error": "；".join(messages),
                "reading": "；".join(messages),
            }
        if as_json:
            click.echo(json.dumps(read, ensure_ascii=False))
        else:
            table.add_row(text, value_text(read), "、".join(read["flags"]), str(read["reading"]))
    if not as_json:
        screen.out.print(table)
    return code


def value_text(read: dict[str, Any]) -> str:
    """Print what was read, for a person.

    Examples
    --------
    >>> value_text(hs.parse("300-500万元", "money"))
    '300万元–500万元'
    """
    kind = read["kind"]
    if kind == "place" and "codes" in read:
        place = f"{read['town_code'] or '、'.join(read['codes'])} {read['full_name'] or ''}".strip()
        return "；".join(part for part in (place, read["zone"]) if part) or "—"
    if "codes" in read:
        return "；".join(f"{code} {name}" for code, name in zip(read["codes"], read["names"], strict=True)) or "—"
    if "min" not in read:
        return "—"
    if kind == "rate" and read["base"] != "fixed":
        spread = read["spread"]["min"]
        plus = "" if not spread else f"{spread / 10_000:+g}%"
        factor = "" if read["multiplier"] == 1_000_000 else f" × {read['multiplier'] / 1_000_000:g}"
        return f"{read['base']}{factor}{plus}"
    show: Callable[[Any], str] = {
        "money": format_money,
        "tenor": lambda v: f"{v}个月",
        "area": lambda v: f"{v / 2000:g}亩",
        "rate": lambda v: f"{v / 10_000:g}%",
    }.get(kind, str)
    low, high = read["min"], read["max"]
    if low is None and high is None:
        return "—"
    if low == high:
        return show(low)
    return f"≥ {show(low)}" if high is None else f"≤ {show(high)}" if low is None else f"{show(low)}–{show(high)}"


@app.command()
@_with([*_policy, _lang])
@click.option("--series", default="", metavar="PREFIX", help="只列这一前缀的系列 only series that begin so")
@_json
def policy(
    as_of: str | None, policy: str | None, low_confidence: bool, lang: Language, series: str, as_json: bool
) -> int:
    """政策：某一天有效的条款。 Policy: the rows in force on a day."""
    screen = Screen(lang)
    force = read_policy(policy, as_of, low_confidence, screen)
    rows = force.in_force(series)
    if as_json:
        click.echo(
            json.dumps(
                {"format": "huoshui.policy/1", "as_of": force.date.isoformat(), "rows": rows}, ensure_ascii=False
            )
        )
        return DONE
    table = RichTable(
        title=screen.say(f"{force.date} 有效 {len(rows)} 条", f"{len(rows)} rows in force on {force.date}")
    )
    for name in (
        screen.say("系列", "series"),
        screen.say("值", "value"),
        screen.say("作用", "acts as"),
        screen.say("依据", "source"),
        screen.say("起", "from"),
        screen.say("可信度", "confidence"),
    ):
        table.add_column(name, overflow="fold")
    for row in rows:
        source = " ".join(part for part in (row["instrument"], row["document"], row["clause"]) if part)
        table.add_row(
            row["series"],
            f"{row['value']} {row['unit']}",
            row["acts_as"],
            source,
            row["from"] or "—",
            row["confidence"],
        )
    screen.out.print(table)
    return DONE


def usage_text(error: click.UsageError) -> str:
    """Say a usage error in Chinese and English."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        what = error.param.metavar if isinstance(error.param, click.Argument) else "/".join(error.param.opts)
        zh = f"缺少 {what}"
    elif isinstance(error, click.NoSuchOption):
        zh = f"没有选项 {error.option_name}"
        if error.possibilities:
            zh += f"，是否想写 {'、'.join(sorted(error.possibilities))}"
    elif isinstance(error, click.BadParameter) and error.param is not None:
        what = error.param.metavar if isinstance(error.param, click.Argument) else "/".join(error.param.opts)
        choices = (
            f"；可用的有 {'、'.join(map(str, error.param.type.choices))}"
            if isinstance(error.param.type, click.Choice)
            else ""
        )
        zh = f"{what} 的值不对{choices}"
    else:
        zh = error.format_message()
        command = f"；用法见 {error.ctx.command_path} --help" if error.ctx else ""
        return f"用法有误 usage: {zh}{command}"
    command = f"；用法见 {error.ctx.command_path} --help" if error.ctx else ""
    return f"用法有误：{zh}{command}\nusage: {error.format_message()}"


def end(code: int) -> NoReturn:
    """Leave; a closed pipe is nobody's error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line.

    Parameters
    ----------
    arguments
        Those of the process by default.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    code: Any = DONE
    try:
        code = app.main(args=None if arguments is None else list(arguments), prog_name="huoshui", standalone_mode=False)
    except Stop as stop:
        click.echo(str(stop), err=True)
        code = stop.code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = USAGE
    except click.UsageError as error:
        click.echo(usage_text(error), err=True)
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except (BrokenPipeError, SystemExit):  # click leaves so when the reader of a pipe has gone
        code = DONE
    except (hs.Failure, hs.ContractError) as error:
        click.echo(str(error), err=True)
        code = USAGE
    except Exception as error:  # a bug of ours: a person still gets one sentence, never a traceback
        click.echo(
            f"程序内部错误 internal error: {type(error).__name__}: {error}；请把命令和这句话告诉维护者。", err=True
        )
        code = BUG
    end(code if isinstance(code, int) else DONE)
