"""`huoshui chain`."""

from __future__ import annotations

from typing import Any

import click

from huoshui import supply_chain as room
from huoshui._cli import options
from huoshui._cli.judged import judging, money_text, policy_of, print_json, print_lines, table
from huoshui._cli.screen import DONE, Screen
from huoshui._cli.sheets import example, read_object, read_record, read_table

__all__ = ["EXAMPLE", "chain"]

EXAMPLE = """{
  "project": "示例7",
  "confidence": "示例",
  "parties": [
    {"id": "A", "name": "示例商超公司（虚构）", "role": "核心企业", "buyer_kind": "大型企业",
     "exposure_limit": "500万元"},
    {"id": "示例7", "name": "示例茶叶合作社（虚构）", "role": "合作社", "asked": "200万元"},
    {"id": "C", "name": "示例·某包装厂（虚构）", "role": "供应商", "asked": "40万元"},
    {"id": "D", "name": "示例·某茶园基地（虚构）", "role": "基地"},
    {"id": "H1", "name": "示例农户一", "role": "农户", "weight": "30亩"},
    {"id": "H2", "name": "示例农户二", "role": "农户", "weight": "20亩"}
  ],
  "claims": [
    {"id": "R1", "kind": "订单", "holder": "示例7", "buyer": "A", "amount": "400万元", "contract_day": "2026-01-10",
     "due_day": "2026-12-31", "registered": true, "locked_account": true, "documents": "示例订单1"},
    {"id": "R2", "kind": "应收账款", "holder": "示例7", "buyer": "A", "amount": "150万元", "contract_day": "2026-01-15",
     "delivery_day": "2026-02-10", "due_day": "2026-12-31", "registered": true, "documents": "示例票据2"},
    {"id": "R3", "kind": "应收账款", "holder": "C", "buyer": "示例7", "amount": "60万元", "contract_day": "2026-01-20",
     "delivery_day": "2026-02-20", "due_day": "2026-12-31", "confirmed": true, "registered": true,
     "documents": "示例票据3"},
    {"id": "R4", "kind": "订单", "holder": "D", "buyer": "示例7", "amount": "80万元", "due_day": "2026-12-31",
     "registered": true, "documents": "示例订单4"}
  ],
  "bundles": [
    {"id": "V", "name": "示例·整村授信", "members": ["H1", "H2"], "backing": "整村授信", "total": "50万元"}
  ],
  "terms": {
    "advance_rate": {"应收账款": "80%", "订单": "60%"},
    "unconfirmed_share": "50%",
    "tier_decay": "90%"
  }
}
"""

_CAPS = {
    "none": "—",
    "asked": "申请金额",
    "borrower_limit": "借款人限额",
    "member_limit": "单户上限",
    "bundle_total": "整体授信总额",
    "claims": "合格债权",
    "upstream_claims": "上游债权",
    "exposure_limit": "核心企业额度",
    "carried_limit": "逐级传递额度",
    "unknown": "无法核定",
}
_STANDINGS = {"eligible": "合格", "undecided": "待定", "refused": "不合格"}
_SUPPLIES = {
    "confirm": "债务人确认",
    "register_claim": "统一登记",
    "lock_account": "锁定回款账户",
    "take_custody": "第三方监管并投保",
    "budget_evidence": "预算依据",
}
_MOST_ROWS = 100


@click.command()
@click.argument("chain_path", metavar="[CHAIN.json]", required=False)
@click.option("--parties", metavar="FILE.csv", help="主体，一行一个 the parties, a row each")
@click.option("--claims", metavar="FILE.csv", help="债权，一行一笔 the claims, a row each")
@click.option("--bundles", metavar="FILE.csv", help="整体授信 the bundles that are given credit as one")
@click.option("--terms", metavar="FILE.json", help="贷方条件：融资比例等 the lender's terms: advance rates, …")
@click.option(
    "--top", type=click.IntRange(0), default=5, show_default=True, help="列几项可解锁事项 how many acts that unlock"
)
@options.policy
@options.as_json
@options.language
@example(EXAMPLE)
def chain(
    chain_path: str | None,
    parties: str | None,
    claims: str | None,
    bundles: str | None,
    terms: str | None,
    top: int,
    as_json: bool,
    **given: Any,
) -> int:
    """供应链：每个主体能融多少、受什么限制、补什么最有用。 Chain: what each party can borrow, and what unlocks more."""
    screen = Screen(given["lang"])
    whole = room.ChainInput()
    if chain_path is not None:
        whole = read_record(chain_path, read_object(chain_path, screen), room.ChainInput, screen)
    elif parties is None or claims is None:
        raise click.UsageError(
            "要么给 CHAIN.json，要么给 --parties 和 --claims (give CHAIN.json, or --parties and --claims)"
        )
    whom = whole.parties if parties is None else read_table(parties, room.Party, screen)
    what = whole.claims if claims is None else read_table(claims, room.Claim, screen)
    together = whole.bundles if bundles is None else read_table(bundles, room.Bundle, screen)
    if terms is not None:
        rates = read_record(terms, read_object(terms, screen), room.Terms, screen)
    else:
        rates = whole.terms or room.Terms()
    policy = policy_of(given, screen)
    with judging(screen), screen.working("计算中……", "planning …"):
        built = room.Chain.build(whom, what, together)
        plan = room.propose(built, policy, rates)
        acts = room.unlocks(built, policy, rates, k=top)
    if as_json:
        print_json(
            "chain",
            policy,
            total=plan.total,
            advances=plan.advances,
            claims=plan.claims,
            bundles=plan.bundles,
            circles=plan.circles,
            double_pledges=plan.double_pledges,
            unlocks=acts,
        )
        return DONE
    _print_plan(plan, acts, screen)
    return DONE


def _print_plan(plan: room.Plan, acts: tuple[room.Unlock, ...], screen: Screen) -> None:
    say = screen.say
    chinese = screen.lang == "zh"
    # The last sentences are the advances, which stand in the table.
    advances = sum(advance.cap != "none" for advance in plan.advances)
    print_lines(plan.explain(lang=screen.lang)[: -advances or None])
    out = table(
        say("可融资金额", "advances"),
        say("主体", "party"),
        say("名称", "name"),
        say("层级", "tier"),
        say("可融资", "amount"),
        say("受限于", "bound by"),
        numbers=("可融资", "amount"),
    )
    for advance in plan.advances[:_MOST_ROWS]:
        cap = _CAPS[advance.cap] if chinese else advance.cap
        out.add_row(
            advance.party,
            advance.name,
            "—" if advance.tier is None else str(advance.tier),
            money_text(advance.amount, say("无法核定", "cannot be checked")),
            cap if advance.at in ("", advance.party) else f"{cap}（{advance.at}）",
        )
    screen.out.print(out)
    out = table(
        say("债权", "claims"),
        say("编号", "claim"),
        say("结论", "standing"),
        say("合格金额", "eligible"),
        say("补齐后", "with all supplied"),
        say("自用", "own"),
        say("下传", "passed on"),
        say("尚缺", "lacking"),
        numbers=("合格金额", "eligible", "补齐后", "with all supplied", "自用", "own", "下传", "passed on"),
    )
    for line in plan.claims[:_MOST_ROWS]:
        lacking = [_SUPPLIES[each] if chinese else each for each in line.lacking]
        out.add_row(
            line.claim,
            _STANDINGS[line.standing] if chinese else line.standing,
            *(money_text(fen) for fen in (line.eligible, line.full, line.own, line.passed)),
            "、".join(lacking) if chinese else ", ".join(lacking),
        )
    screen.out.print(out)
    left = max(len(plan.advances) - _MOST_ROWS, len(plan.claims) - _MOST_ROWS, 0)
    if left:
        screen.note(
            f"每表只列前 {_MOST_ROWS} 行；用 --json 取全部。", f"the first {_MOST_ROWS} rows of each; --json for all."
        )
    if acts:
        click.echo(say("补什么最有用：", "What would unlock most:"))
        print_lines([act.sentence.zh if chinese else act.sentence.en for act in acts])
