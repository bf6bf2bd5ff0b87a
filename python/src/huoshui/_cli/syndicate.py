"""`huoshui syndicate`."""

from __future__ import annotations

import datetime
from typing import Any

import click

from huoshui import syndicate as room
from huoshui._cli import options
from huoshui._cli.judged import (
    judging,
    money_text,
    percent,
    policy_of,
    print_findings,
    print_json,
    print_lines,
    table,
)
from huoshui._cli.screen import DONE, NO_LIST, Screen, Stop
from huoshui._cli.sheets import example, quantity, read_object, read_record, read_table, reading
from huoshui.fields import many, money, names_of, ratio
from huoshui.money import Money

__all__ = ["EXAMPLE", "syndicate"]

EXAMPLE = """{
  "id": "示例-1",
  "name": "示例·某县污水处理厂（虚构）",
  "signing": "2025-03-03",
  "region": "441625",
  "public_debt": "无隐性债务",
  "tranches": [
    {"amount": "2亿元", "tenor_months": "10年", "repayment": {"repayment": "等额本金", "grace_months": "2年"}}
  ],
  "yearly_income": ["1500万元", "1800万元", "4000万元"],
  "institutions": [
    {"id": "甲", "name": "示例甲银行（虚构）", "kind": "国有大行", "net_capital": "3000亿元",
     "tier1_capital": "2500亿元", "client_loans": "0元", "client_exposure": "0元", "group_exposure": "0元",
     "max_ticket": "1.5亿元", "rate": "3.4%"},
    {"id": "乙", "name": "示例乙农商行（虚构）", "kind": "农商行", "net_capital": "9亿元", "client_loans": "1000万元",
     "places": ["441625"], "rate": "3.5%"},
    {"id": "丙", "name": "示例丙城商行（虚构）", "kind": "城商行", "max_ticket": "1亿元", "rate": "3.6%"}
  ]
}
"""


@click.command()
@click.argument("deal_path", metavar="DEAL.json")
@click.option(
    "--institutions", "table_path", metavar="FILE.csv", help="可承贷机构，一行一家 who could lend, a row each"
)
@click.option(
    "--share-step",
    callback=quantity(ratio),
    default="1%",
    show_default=True,
    metavar="SHARE",
    help="份额网格 the grid of shares",
)
@click.option(
    "--money-step", callback=quantity(money), metavar="MONEY", help="或金额网格，如 200万元 or a grid of money"
)
@click.option(
    "--runners-up", type=click.IntRange(0), default=3, show_default=True, help="另列几个方案 further structures"
)
@options.policy
@options.as_json
@options.language
@example(EXAMPLE)
def syndicate(
    deal_path: str,
    table_path: str | None,
    share_step: int,
    money_step: Money | None,
    runners_up: int,
    as_json: bool,
    **given: Any,
) -> int:
    """银团：一家够不够、谁牵头谁参加、份额、成本与依据。 Syndicate: who lends how much, and why."""
    screen = Screen(given["lang"])
    stated = read_object(deal_path, screen)
    banks = stated.pop("institutions", None)
    signing = [name for name in stated if names_of(room.Deal).get(name) == "signing"]
    if given["as_of"] or not signing:
        for name in signing:
            del stated[name]
        stated["signing"] = given["as_of"] or datetime.date.today().isoformat()
    if (banks is None) == (table_path is None):
        raise Stop(
            NO_LIST,
            screen.say(
                f"机构应由 --institutions 或文件“{deal_path}”的 institutions 给出，二者取一。",
                f"give institutions once: with --institutions, or as institutions in “{deal_path}”.",
            ),
        )
    asked = policy_of(given, screen) if given["as_of"] else None
    deal = read_record(deal_path, stated, room.Deal, screen)
    if table_path is not None:
        lenders = tuple(read_table(table_path, room.Institution, screen))
    else:
        with reading(screen.say(f"文件“{deal_path}”institutions", f"“{deal_path}” institutions"), screen):
            lenders = many(room.Institution).read(banks)
    policy = asked or policy_of(given, screen, deal.signing.isoformat())
    with judging(screen), screen.working("求解中……", "solving …"):
        proposal = room.propose(
            deal, lenders, policy, share_step=share_step, money_step=money_step, runners_up=runners_up
        )
        best = proposal.structures[0].structure if proposal.structures else None
        findings = room.verify(best, deal, lenders, policy) if best is not None else ()
        flows = room.cash_flows(best, deal) if best is not None else None
    if as_json:
        print_json("syndicate", policy, deal=deal, proposal=proposal, findings=findings, cash_flows=flows)
        return DONE
    print_lines(proposal.explain(screen.lang))
    if best is None:
        return DONE
    _print_structures(proposal, deal, screen)
    print_findings(findings, screen)
    return DONE


def _print_structures(proposal: room.Proposal, deal: room.Deal, screen: Screen) -> None:
    say = screen.say
    out = table(
        say("方案（首个最优）", "structures, best first"),
        say("名次", "rank"),
        say("机构", "institution"),
        say("角色", "role"),
        say("分组", "tranche"),
        say("金额", "amount"),
        say("份额", "share"),
        say("综合成本", "all-in cost"),
        say("年化", "a year"),
        numbers=("金额", "amount", "份额", "share", "综合成本", "all-in cost", "年化", "a year"),
    )
    roles = {"lead": say("牵头", "lead"), "participant": say("参加", "participant")}
    for rank, ranked in enumerate(proposal.structures, 1):
        first = True
        for member in ranked.structure.members:
            role = roles[member.role]
            if member.institution in ranked.structure.agents:
                role += say("、代理行", ", agent")
            for holding in member.holdings:
                out.add_row(
                    str(rank) if first else "",
                    member.institution,
                    role,
                    str(holding.tranche + 1),
                    str(holding.amount),
                    percent(holding.amount.fen * 1_000_000 // deal.amount.fen),
                    money_text(ranked.cost.total) if first else "",
                    percent(ranked.cost.rate) if first else "",
                )
                first = False
    screen.out.print(out)
