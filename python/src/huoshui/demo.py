"""`python -m huoshui.demo`: match the bundled list with the bundled handbook and write the report."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path

import click

import huoshui as hs
from huoshui._cli.chain import EXAMPLE as CHAIN
from huoshui.fields import of_json, one
from huoshui.supply_chain import ChainInput

__all__ = ["demo"]


def _most_telling(answer: hs.Answer, count: int) -> list[int]:
    """Return the projects with the best offers: permitted ones before possible ones, then by points."""

    def rank(index: int) -> tuple[bool, int, int]:
        offers = answer[index] or answer.possible(index)
        return bool(answer[index]), offers[0].points if offers else -1, -index

    return sorted(range(len(answer)), key=rank, reverse=True)[:count]


def _illustration(folder: Path, day: str) -> list[Path]:
    """Show the instruments with full numbers: invented list, handbook, institutions and prices, all marked 示例."""
    catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), hs.Policy.bundled().at(day))
    answer = hs.match(hs.bundled_projects(illustrative=True), catalogue)
    chain = one(ChainInput).read(of_json(CHAIN))
    papers = hs.structure(answer, hs.StructureInputs.illustrations().with_chain(chain))
    click.echo(
        "\n公开清单没有写融资需求；下面用全部虚构的示例清单看各类工具的完整测算：\n" + papers.text([0]), nl=False
    )
    page = answer.to_html(folder / "示例报告.html", papers=papers)
    return [page, papers.to_csv(folder / "示例方案.csv")]


def demo(folder: Path, day: str) -> list[Path]:
    """Match, print what came of it, and return the files written.

    Parameters
    ----------
    folder
        Where to write; made when it is not there.
    day
        The day judged by.

    Examples
    --------
    >>> import contextlib, io, tempfile
    >>> with contextlib.redirect_stdout(io.StringIO()):
    ...     written = demo(Path(tempfile.mkdtemp()), "2026-03-01")
    >>> [path.name for path in written]
    ['报告.html', '结果.csv', '结果.json', '方案.csv', '方案.json', '示例报告.html', '示例方案.csv']
    """
    threads = os.cpu_count() or 1
    projects = hs.bundled_projects()
    catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at(day))
    answer = hs.match(projects, catalogue, threads=threads)
    seen = answer.overview(threads=threads)
    rows = projects.rows
    click.echo(
        f"清单 {projects.file}：读入 {rows.read} 行，项目 {rows.projects}，有错 {rows.issues}，其他 {rows.other}"
    )
    click.echo(f"产品手册 {len(catalogue)} 项；政策日期 {day}；评分卡 {catalogue.scorecard.name_zh}")
    click.echo(
        f"组合 {seen.pairs_permitted + seen.pairs_undecided + seen.pairs_refused} 个：可对接 {seen.pairs_permitted}，"
        f"待补充 {seen.pairs_undecided}，不符合 {seen.pairs_refused}"
    )
    click.echo(
        f"项目 {seen.projects} 个：有可对接产品 {seen.projects_with_permitted} 个，"
        f"补充材料后才有 {seen.projects_with_possible_only} 个"
    )
    columns = zip(seen.missing["name_zh"], seen.missing["pairs_alone"], seen.missing["pairs_touched"], strict=True)
    for name, alone, touched in list(columns)[:5]:
        click.echo(f"  补“{name}”：直接定下 {alone} 个组合，涉及 {touched} 个")
    click.echo("\n" + answer.text(_most_telling(answer, 3)), nl=False)
    # No real institution's limits or prices are bundled: the invented ones are marked 示例 wherever they are used.
    papers = hs.structure(answer, hs.StructureInputs.illustrations())
    click.echo("综合金融服务方案（机构和价格为示例）：\n" + papers.text(_most_telling(answer, 2)), nl=False)
    folder.mkdir(parents=True, exist_ok=True)
    packages = folder / "方案.json"
    packages.write_text(papers.to_json(), encoding="utf-8")
    document = folder / "结果.json"
    document.write_text(answer.to_json(), encoding="utf-8")
    page = answer.to_html(folder / "报告.html", overview=seen, papers=papers)
    written = [page, answer.to_csv(folder / "结果.csv"), document, papers.to_csv(folder / "方案.csv"), packages]
    written += _illustration(folder, day)
    for path in written:
        click.echo(f"已写出 {path}")
    return written


@click.command(help="用随库的清单和手册对接一遍，把报告写进文件夹。")
@click.option("--out", "folder", type=click.Path(path_type=Path), default=Path("out"), show_default=True)
@click.option("--as-of", "day", metavar="YYYY-MM-DD", help="按哪一天的政策，缺省为今天")
def run(folder: Path, day: str | None) -> None:
    try:
        demo(folder, day or datetime.date.today().isoformat())
    except hs.Failure as failure:
        click.echo(str(failure), err=True)
        sys.exit(5)
    except OSError as error:
        click.echo(f"写不进文件夹“{folder}”（{error.strerror}）；请检查是否有权限。", err=True)
        sys.exit(2)


if __name__ == "__main__":
    run()
