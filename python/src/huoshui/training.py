"""Train the shipped instrument model: `python -m huoshui.training DEALS.csv --out WEIGHTS`; see `./run train`.

Of a file of deals only the place, the borrower, the words and the amounts are read, as any list is read; the label
stands in `instrument_family`.
"""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path

from huoshui._huoshui import Project
from huoshui.lists import load_projects
from huoshui.suggestions import InstrumentModel, families
from huoshui.tables import table_of_rows

__all__ = ["main", "read_deals"]

_HEADERS = {
    "city": "所属市",
    "county": "所属县",
    "town": "所属镇",
    "borrower_name_or_kind": "项目单位",
    "borrower_type": "主体类型",
    "project_summary": "建设内容",
    "industry_text": "行业",
    "purpose": "资金用途",
    "total_investment_wan": "总投资（万元）",
    "loan_amount_wan": "融资需求（万元）",
}


def read_deals(text: str) -> tuple[list[Project], list[str]]:
    """Return the projects of a file of deals, and the family of each; rows without a known family are left out.

    Examples
    --------
    >>> projects, labels = read_deals("borrower_name_or_kind,project_summary,instrument_family\\n某公司,新建水厂,银团贷款\\n")
    >>> projects[0].text("content"), labels
    ('新建水厂', ['银团贷款'])
    """
    known = set(families())
    projects = []
    labels = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        label = (row.get("instrument_family") or "").strip()
        if label not in known:
            continue
        read = load_projects(table_of_rows([list(_HEADERS.values()), [(row.get(k) or "").strip() for k in _HEADERS]]))
        if len(read) == 1:
            projects.append(read[0])
            labels.append(label)
    return projects, labels


def main(arguments: list[str] | None = None) -> None:
    """Write the weights that the deals and the library's own phrases give."""
    parser = argparse.ArgumentParser(prog="python -m huoshui.training", description=__doc__.splitlines()[0])
    parser.add_argument("deals", type=Path, nargs="?", help="a CSV of deals; without it, phrases alone")
    parser.add_argument("--out", type=Path, required=True, help="the file of weights to write")
    options = parser.parse_args(arguments)
    projects, labels = read_deals(options.deals.read_text(encoding="utf-8-sig")) if options.deals else ([], [])
    weights = InstrumentModel.train(projects, labels).serialise()
    options.out.write_bytes(weights)
    print(f"{len(projects)} 条成交记录，{len(weights)} 字节，写入 {options.out}")


if __name__ == "__main__":
    main()
