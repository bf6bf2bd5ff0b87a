"""`huoshui evaluate`."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.table import Table as RichTable

from huoshui._cli import options
from huoshui._cli.screen import DONE, NO_LIST, Language, Screen, Stop, ending_with
from huoshui.evaluation import METRICS, load_deals
from huoshui.evaluation import evaluate as judge

__all__ = ["evaluate"]

_PEERS = {
    "majority": ("最常见工具", "majority"),
    "nearest_neighbour": ("字对最近邻", "nearest neighbour"),
    "tfidf_logistic_regression": ("TF-IDF 逻辑回归", "TF-IDF logistic regression"),
    "lightgbm": ("LightGBM", "LightGBM"),
}


@click.command()
@click.argument("deals_path", metavar="DEALS.csv")
@click.option("--alt-labels", metavar="CSV", help="同样算对的第二标签 second labels that are right: deal_id,alt_family")
@options.as_json
@click.option(
    "--cross-validate/--no-cross-validate",
    default=None,
    help="五折交叉验证 five folds [行数足够时 when there are rows enough]",
)
@click.option("--peers/--no-peers", default=True, help="同折比较简单方法 simple peers in the same folds [yes]")
@options.language
def evaluate(
    deals_path: str, alt_labels: str | None, as_json: bool, cross_validate: bool | None, peers: bool, lang: Language
) -> int:
    """评测：在已知所用工具的成交表上检验工具推荐。 Judge the instrument model on deals whose instrument is known.

    DEALS.csv 的标签在 instrument_family 列；只读地点、借款人、简介、行业、用途、总投资、金额各列。 The label stands in
    instrument_family; only place, borrower, summary, trade, purpose, investment and amount are read.
    """
    screen = Screen(lang)
    with ending_with(NO_LIST, screen):
        deals = load_deals(deals_path, alt_labels=alt_labels)
        if not deals.deals:
            raise Stop(
                NO_LIST,
                screen.say(
                    f"{deals.file}：{deals.rows} 行中没有一行的标签属于 {len(deals.families)} 类，无可评测。",
                    f"{deals.file}: no label of {deals.rows} rows is one of the {len(deals.families)} families.",
                ),
            )
        with screen.working("评测中……", "judging …"):
            found = judge(deals, cross_validate=cross_validate, peers=peers)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        show(found, screen)
    return DONE


def number(value: float | None) -> str:
    """Print a share, or that there is none.

    Examples
    --------
    >>> number(0.5), number(None)
    ('0.500', '—')
    """
    return "—" if value is None else f"{value:.3f}"


def show(found: dict[str, Any], screen: Screen) -> None:
    """Print an evaluation for people."""
    say, out = screen.say, screen.out
    left = found["not_counted"]
    folded = found["cross_validation"]
    unknown, without = len(left["unknown_labels"]), len(left["without_label"])
    out.print(
        say(
            f"{found['file']}：{found['rows']} 行，评测 {found['n']} 行；"
            f"标签不在表内 {unknown} 行，无标签 {without} 行；模型训练时见过 {found['seen_in_training']} 行。",
            f"{found['file']}: {found['rows']} rows, {found['n']} judged; "
            f"{unknown} with unknown labels, {without} without; {found['seen_in_training']} seen in training.",
        ),
        soft_wrap=True,
    )
    for entry in left["unknown_labels"][:20]:
        out.print(
            say(
                f"  第{entry['row']}行：没有“{entry['label']}”这一类",
                f"  row {entry['row']}: no family “{entry['label']}”",
            )
        )
    if left["missing_columns"]:
        out.print(say("缺少的列：", "missing columns: ") + "、".join(left["missing_columns"]), soft_wrap=True)
    if left["unmatched_alt_labels"]:
        out.print(
            say("对不上的第二标签：", "second labels that match nothing: ")
            + "、".join(f"{entry['deal_id']} {entry['label']}" for entry in left["unmatched_alt_labels"]),
            soft_wrap=True,
        )

    table = RichTable(title=say("总体", "overall"), title_justify="left")
    table.add_column(say("方法", "system"))
    for key in METRICS:
        table.add_column(key, justify="right")
    systems: list[tuple[str, dict[str, Any]]] = [
        (say("随库模型", "shipped model"), found),
        (say("随库模型，未见过的行", "shipped model, unseen rows"), found["unseen"]),
        (say("仅规则和词表", "rules and lexicon alone"), found["rules_only"]),
    ]
    if folded:
        systems.append((say(f"本方法，{folded['folds']}折交叉验证", f"our recipe, {folded['folds']}-fold"), folded))
    for name, peer in found["peers"].items():
        words = say(*_PEERS[name])
        if peer["status"] == "run":
            setting = "，".join(f"{key}={value}" for key, value in peer["setting"].items())
            systems.append((words + (f"（{setting}）" if setting else ""), peer))
        else:
            systems.append((words + say("：未运行", ": not run"), dict.fromkeys(METRICS)))
    for words, values in systems:
        table.add_row(words, *(number(values[key]) for key in METRICS))
    out.print(table)
    for name, peer in found["peers"].items():
        if peer["status"] != "run":
            out.print(f"  {say(*_PEERS[name])}：{peer['reason']}", soft_wrap=True)
    if found["margin"]:
        for key in ("hit@1", "hit@3"):
            margin = found["margin"][key]
            rival = say(*_PEERS[margin["against"]])
            interval = f"{margin['difference']:+.3f} [{margin['low']:+.3f}, {margin['high']:+.3f}]"
            out.print(
                say(
                    f"{key} 领先最好的同行（{rival}）{interval}，95% 配对自助区间",
                    f"{key} ahead of the best peer ({rival}) by {interval}, paired bootstrap, 95 %",
                )
            )

    sides = [(say("随库模型", "shipped"), found)] + ([(say("交叉验证", "cross-validated"), folded)] if folded else [])
    table = RichTable(title=say("概率", "probabilities"), title_justify="left")
    table.add_column("")
    for words in (
        "ECE",
        "Brier",
        say("“不确定”门槛", "uncertain below"),
        say("“不确定”占比", "uncertain rate"),
        say("作答时 hit@1", "hit@1 when answered"),
    ):
        table.add_column(words, justify="right")
    for words, side in sides:
        unsure = side["uncertain"]
        given = unsure["threshold"]
        table.add_row(
            words,
            number(side["ece"]),
            number(side["brier"]),
            "、".join(f"{t:.3f}" for t in given) if isinstance(given, list) else number(given),
            number(unsure["rate"]),
            number(unsure["hit@1_when_answered"]),
        )
    out.print(table)

    table = RichTable(title=say("各类工具", "by family"), title_justify="left")
    table.add_column(say("工具", "family"))
    table.add_column("n", justify="right")
    for words, _ in sides:
        table.add_column(f"{words} hit@1", justify="right")
        table.add_column("hit@3", justify="right")
    for family, entry in found["by_family"].items():
        cells = [number(side["by_family"][family][key]) for _, side in sides for key in ("hit@1", "hit@3")]
        table.add_row(family, str(entry["n"]), *cells)
    out.print(table)
