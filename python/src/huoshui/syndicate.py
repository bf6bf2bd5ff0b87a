"""One lender or several (银团贷款, 联合授信): who leads, who joins, in what shares; and the capital under the loans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from huoshui import _huoshui
from huoshui.fields import (
    Day,
    Field,
    MaybeDay,
    MaybeMoney,
    MaybeWhole,
    MoneyLike,
    NumberLike,
    Sum,
    Text,
    Texts,
    Truth,
    Whole,
    day,
    flag,
    listed,
    many,
    maybe,
    money,
    months,
    one,
    one_or_default,
    ratio,
    record_of,
    text,
    texts,
    whole,
    word,
)
from huoshui.findings import Citation, Finding, Language, Measure, find, is_lawful
from huoshui.frames import frame_of
from huoshui.money import Money
from huoshui.policy import Policy
from huoshui.syndicate_capital import CapitalProposal, CapitalSources, CapitalStack, stack_capital, verify_capital
from huoshui.syndicate_schedule import Draw, Instalment, LoanTerms, Repayment, RepaymentTerms, Schedule, schedule, split

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CapitalProposal",
    "CapitalSources",
    "CapitalStack",
    "CashFlows",
    "Citation",
    "Cost",
    "Deal",
    "Decision",
    "Draw",
    "Finding",
    "Holding",
    "Instalment",
    "Institution",
    "LenderKind",
    "LoanTerms",
    "Measure",
    "Member",
    "Part",
    "Proof",
    "Proposal",
    "PublicDebt",
    "Ranked",
    "Repayment",
    "RepaymentTerms",
    "Role",
    "Room",
    "Schedule",
    "Shortage",
    "SoleLender",
    "Structure",
    "Subsidy",
    "Tranche",
    "TrancheAsk",
    "YearCover",
    "cash_flows",
    "cost_of",
    "find",
    "is_lawful",
    "propose",
    "schedule",
    "split",
    "stack_capital",
    "verify",
    "verify_capital",
]

LenderKind = Literal[
    "policy_bank", "state_bank", "joint_stock_bank", "city_bank", "rural_commercial_bank", "village_bank", "other"
]
PublicDebt = Literal["unknown", "not_bound", "clear", "confirmed", "carried"]
Role = Literal["lead", "participant"]
Decision = Literal["one_lender_enough", "syndicate_encouraged", "syndicate_needed", "refused", "impossible"]

_KINDS = {
    "policy_bank": "政策性银行",
    "state_bank": "国有大行、国有银行",
    "joint_stock_bank": "股份制银行、股份行",
    "city_bank": "城商行、城市商业银行",
    "rural_commercial_bank": "农商行、农村商业银行",
    "village_bank": "村镇银行",
    "other": "其他",
}
_DEBTS = {
    "unknown": "未查询、不明",
    "not_bound": "不适用",
    "clear": "无隐性债务",
    "confirmed": "已书面确认",
    "carried": "承担隐性债务",
}
_ROLES = {"lead": "牵头", "participant": "参加"}
_DECISIONS = {
    "one_lender_enough": "一家可独立承贷",
    "syndicate_encouraged": "鼓励组建银团",
    "syndicate_needed": "须组建银团",
    "refused": "不得新增融资",
    "impossible": "无可行方案",
}


# What is asked.


@dataclass(kw_only=True)
class Subsidy:
    """Interest that a public purse pays back; `from_` and `to` are days of signing, both included.

    Examples
    --------
    >>> Subsidy(points="1%", months="1年", principal_cap="500万元").points
    10000
    """

    points: Whole = Field(ratio, 0, zh="贴息")
    months: Whole = Field(months, 0, zh="贴息期")
    principal_cap: MaybeMoney = Field(maybe(money), None, zh="贴息本金上限")
    from_: MaybeDay = Field(maybe(day), None, zh="起")
    to: MaybeDay = Field(maybe(day), None, zh="止")


@dataclass(kw_only=True)
class Institution:
    """Who could lend, and its own terms; what is not given is unknown, never zero.

    Examples
    --------
    >>> bank = Institution(id="甲", kind="城商行", net_capital="30亿元", rate="3.6%")
    >>> bank.kind, bank.net_capital.fen, bank.tier1_capital
    ('city_bank', 300000000000, None)
    """

    id: Text = Field(text, zh="编号、机构、机构编号")
    name: Text = Field(text, "", zh="名称、机构名称")
    kind: Field[LenderKind, str] = Field(word(_KINDS), "other", zh="类型、机构类型")
    net_capital: MaybeMoney = Field(maybe(money), None, zh="资本净额")
    tier1_capital: MaybeMoney = Field(maybe(money), None, zh="一级资本净额、一级资本")
    client_loans: MaybeMoney = Field(maybe(money), None, zh="客户贷款余额")
    client_exposure: MaybeMoney = Field(maybe(money), None, zh="客户风险暴露")
    group_exposure: MaybeMoney = Field(maybe(money), None, zh="集团风险暴露")
    appetite: MaybeMoney = Field(maybe(money), None, zh="意向额度")
    min_ticket: MaybeMoney = Field(maybe(money), None, zh="单笔下限")
    max_ticket: MaybeMoney = Field(maybe(money), None, zh="单笔上限")
    max_tenor_months: MaybeWhole = Field(maybe(months), None, zh="最长期限")
    rate: Whole = Field(ratio, 0, zh="最低利率、利率")
    score: Whole = Field(whole, 0, zh="偏好分")
    participation_fee: Whole = Field(ratio, 0, zh="参加费率")
    arrangement_fee: Sum = Field(money, Money(0), zh="安排费")
    agency_fee: Sum = Field(money, Money(0), zh="代理费")
    may_lead: Truth = Field(flag, True, zh="可牵头")
    may_be_agent: Truth = Field(flag, True, zh="可任代理行")
    places: Texts = Field(texts, (), zh="网点区划、区划代码")
    security: Texts = Field(texts, (), zh="担保要求")


@dataclass(kw_only=True)
class TrancheAsk:
    """One group as the borrower asks for it.

    Examples
    --------
    >>> TrancheAsk(amount="2亿元", tenor_months="10年", repayment=RepaymentTerms(grace_months=24)).tenor_months
    120
    """

    amount: Sum = Field(money, zh="金额")
    tenor_months: Whole = Field(months, zh="期限")
    repayment: Field[RepaymentTerms, RepaymentTerms | None] = Field(one_or_default(RepaymentTerms), None, zh="还款")
    draws: Field[tuple[Draw, ...], Sequence[Draw]] = Field(many(Draw), (), zh="提款")


@dataclass(kw_only=True)
class Deal:
    """What is to be financed; the policy must be of the day of `signing`.

    Examples
    --------
    >>> deal = Deal(id="P1", signing="2025-03-03", tranches=[TrancheAsk(amount="2亿元", tenor_months="10年")])
    >>> print(deal.amount, deal.public_debt)
    2亿元 unknown
    """

    id: Text = Field(text, zh="编号")
    name: Text = Field(text, "", zh="名称")
    signing: Day = Field(day, zh="签约日")
    tranches: Field[tuple[TrancheAsk, ...], Sequence[TrancheAsk]] = Field(many(TrancheAsk), zh="分组")
    capital: Field[CapitalStack | None, CapitalStack | None] = Field(maybe(one(CapitalStack)), None, zh="资金来源")
    region: Text = Field(text, "", zh="区划代码")
    security: Texts = Field(texts, (), zh="担保")
    public_debt: Field[PublicDebt, str] = Field(word(_DEBTS), "unknown", zh="隐性债务")
    subsidy: Field[Subsidy | None, Subsidy | None] = Field(maybe(one(Subsidy)), None, zh="贴息")
    yearly_income: Field[tuple[Money, ...], Sequence[MoneyLike]] = Field(listed(money), (), zh="各年净收入")

    @property
    def amount(self) -> Money:
        """All tranches together."""
        return sum((each.amount for each in self.tranches), Money(0))


# What stands on paper.


@dataclass(kw_only=True)
class YearCover:
    """Cover of one year of debt service; `ratio` is the DSCR in millionths, None without debt service."""

    year: Whole = Field(whole)
    debt_service: Whole = Field(whole)
    income: Whole = Field(whole)
    ratio: MaybeWhole = Field(maybe(whole), None)


@dataclass(kw_only=True)
class Tranche:
    """A group with terms of its own.

    Examples
    --------
    >>> Tranche(amount="2亿元", tenor_months=120, rate="3.5%").rate
    35000
    """

    amount: Sum = Field(money)
    tenor_months: Whole = Field(months)
    rate: Whole = Field(ratio, 0)


@dataclass(kw_only=True)
class Holding:
    """What a member lends in one tranche, counted from 0.

    Examples
    --------
    >>> Holding(amount="5000万元").tranche
    0
    """

    tranche: Whole = Field(whole, 0)
    amount: Sum = Field(money)


@dataclass(kw_only=True)
class Member:
    """One lender of a syndicate; several leads are joint leads.

    Examples
    --------
    >>> print(Member(institution="甲", role="牵头", holdings=[Holding(amount="5000万元")]).amount)
    5,000万元
    """

    institution: Text = Field(text)
    role: Field[Role, str] = Field(word(_ROLES), "participant")
    holdings: Field[tuple[Holding, ...], Sequence[Holding]] = Field(many(Holding))

    @property
    def amount(self) -> Money:
        """All it holds."""
        return sum((each.amount for each in self.holdings), Money(0))


@dataclass(kw_only=True)
class Structure:
    """A syndicate on paper: tranches, members with their roles and shares, agent.

    Examples
    --------
    >>> paper = Structure.of_shares(
    ...     Deal(id="P1", signing="2025-03-03", tranches=[TrancheAsk(amount="2亿元", tenor_months=120)]),
    ...     {"甲": "1.4亿元", "乙": "6000万元"}, rate="3.5%",
    ... )
    >>> [(member.institution, member.role) for member in paper.members], paper.agents
    ([('甲', 'lead'), ('乙', 'participant')], ('甲',))
    """

    tranches: Field[tuple[Tranche, ...], Sequence[Tranche]] = Field(many(Tranche))
    members: Field[tuple[Member, ...], Sequence[Member]] = Field(many(Member))
    agents: Texts = Field(texts)

    @classmethod
    def of_shares(cls, deal: Deal, amounts: dict[str, MoneyLike], *, rate: NumberLike = 0, leads: int = 1) -> Structure:
        """Return a structure of one tranche: the first members lead, the first is the agent.

        Parameters
        ----------
        deal
            A deal of one tranche.
        amounts
            What each institution holds.
        rate
            Of the tranche.
        leads
            How many lead.
        """
        (asked,) = deal.tranches
        members = [
            Member(
                institution=name,
                role="lead" if place < leads else "participant",
                holdings=[Holding(amount=amount)],
            )
            for place, (name, amount) in enumerate(amounts.items())
        ]
        tranche = Tranche(amount=asked.amount, tenor_months=asked.tenor_months, rate=rate)
        return cls(tranches=[tranche], members=members, agents=list(amounts)[:1])

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each holding: `institution`, `role`, `agent`, `tranche`, `fen`, `share`.

        `share` is of the whole, in millionths, rounded half up.
        """
        return frame_of(self._columns())

    def _columns(self) -> dict[str, list[Any]]:
        held = [(member, holding) for member in self.members for holding in member.holdings]
        whole_fen = sum(each.amount.fen for each in self.tranches)
        return {
            "institution": [member.institution for member, _ in held],
            "role": [member.role for member, _ in held],
            "agent": [member.institution in self.agents for member, _ in held],
            "tranche": [holding.tranche for _, holding in held],
            "fen": [holding.amount.fen for _, holding in held],
            "share": [
                (holding.amount.fen * 2_000_000 + whole_fen) // (2 * whole_fen) if whole_fen else 0
                for _, holding in held
            ],
        }


@dataclass(kw_only=True)
class Cost:
    """What the borrower pays over the whole life, in fen; `rate` is the all-in cost a year in millionths."""

    interest: Whole = Field(whole)
    participation_fees: Whole = Field(whole)
    arrangement_fees: Whole = Field(whole)
    agency_fees: Whole = Field(whole)
    subsidy: Whole = Field(whole)
    total: Whole = Field(whole)
    rate: Whole = Field(whole)


@dataclass(kw_only=True)
class Part:
    """What the agent passes on to one lender of one tranche."""

    institution: Text = Field(text)
    tranche: Whole = Field(whole)
    schedule: Field[Schedule, Schedule] = Field(one(Schedule))


@dataclass(kw_only=True)
class CashFlows:
    """The money of one structure, borrower to agent to lenders; `cover` is empty when no income is known."""

    tranches: Field[tuple[Schedule, ...], Any] = Field(many(Schedule))
    parts: Field[tuple[Part, ...], Any] = Field(many(Part))
    cover: Field[tuple[YearCover, ...], Any] = Field(many(YearCover))

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each lender, tranche and date; amounts in fen."""
        rows = [(part, each) for part in self.parts for each in part.schedule.instalments]
        names = ("month", "due", "drawn", "principal", "interest", "balance")
        columns: dict[str, list[Any]] = {
            "institution": [part.institution for part, _ in rows],
            "tranche": [part.tranche for part, _ in rows],
        }
        columns |= {name: [getattr(each, name) for _, each in rows] for name in names}
        return frame_of(columns)


@dataclass(kw_only=True)
class Room:
    """What bounds an institution's part, tightest rule first named."""

    institution: Text = Field(text)
    room: Sum = Field(money)
    least: Sum = Field(money)
    joins: Truth = Field(flag)
    rule: Text = Field(text)
    citation: Field[Citation, Citation] = Field(one(Citation))
    text_zh: Text = Field(text)
    text_en: Text = Field(text)
    not_tested: Texts = Field(texts)


@dataclass(kw_only=True)
class SoleLender:
    """One lender for all."""

    institution: Text = Field(text)
    cost: Field[Cost, Cost] = Field(one(Cost))


@dataclass(kw_only=True)
class Ranked:
    """A structure with its cost and score."""

    structure: Field[Structure, Structure] = Field(one(Structure))
    cost: Field[Cost, Cost] = Field(one(Cost))
    score: Whole = Field(whole)


@dataclass(kw_only=True)
class Proof:
    """Why the first structure is the best: no structure on the grid costs less than `bound`, and it costs just that."""

    entries: Whole = Field(whole)
    expanded: Whole = Field(whole)
    bound: Sum = Field(money)
    text_zh: Text = Field(text)
    text_en: Text = Field(text)


@dataclass(kw_only=True)
class Shortage:
    """The least amount that stays unplaced when every institution goes to its limit."""

    unplaced: Sum = Field(money)
    rooms: Field[tuple[Room, ...], Any] = Field(many(Room))
    text_zh: Text = Field(text)
    text_en: Text = Field(text)


@dataclass(kw_only=True)
class Proposal:
    """Whether one lender is enough, and the best syndicates with proof, or the shortage."""

    decision: Field[Decision, str] = Field(word(_DECISIONS))
    keeps_advice: Truth = Field(flag)
    rooms: Field[tuple[Room, ...], Any] = Field(many(Room))
    sole_lenders: Field[tuple[SoleLender, ...], Any] = Field(many(SoleLender))
    triggers: Field[tuple[Finding, ...], Any] = Field(many(Finding))
    gates: Field[tuple[Finding, ...], Any] = Field(many(Finding))
    structures: Field[tuple[Ranked, ...], Any] = Field(many(Ranked))
    proof: Field[Proof, Proof] = Field(one(Proof))
    shortage: Field[Shortage | None, Shortage | None] = Field(maybe(one(Shortage)), None)
    text_zh: Text = Field(text)
    text_en: Text = Field(text)

    def explain(self, lang: Language = "zh") -> list[str]:
        """Say the decision, the proof or the shortage, then each room, gate and trigger that did not simply pass."""
        said: list[Any] = [self]
        if self.structures:
            said.append(self.proof)
        if self.shortage is not None:
            said.append(self.shortage)
        said += [each for each in (*self.gates, *self.triggers) if each.standing != "passed"]
        said += self.rooms
        lines = [each.text_zh if lang == "zh" else each.text_en for each in said]
        return list(dict.fromkeys(line for line in lines if line))

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each holding of each structure: `rank`, its shares, `cost` in fen and `cost_rate`."""
        names = ("rank", "institution", "role", "agent", "tranche", "fen", "share", "cost", "cost_rate")
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for rank, ranked in enumerate(self.structures, 1):
            held = ranked.structure._columns()
            rows = len(held["fen"])
            held |= {"rank": [rank] * rows, "cost": [ranked.cost.total] * rows, "cost_rate": [ranked.cost.rate] * rows}
            for name in names:
                columns[name] += held[name]
        return frame_of(columns)


@dataclass(kw_only=True)
class _ProposeOptions:
    share_step: Whole = Field(ratio, 10_000)
    money_step: MaybeMoney = Field(maybe(money), None)
    runners_up: Whole = Field(whole, 3)
    max_members: Whole = Field(whole, 0)
    max_entries: Whole = Field(whole, 32_000_000)


def propose(
    deal: Deal,
    institutions: Iterable[Institution],
    policy: Policy,
    *,
    share_step: NumberLike = 10_000,
    money_step: MoneyLike | None = None,
    runners_up: int = 3,
    max_members: int = 0,
    max_entries: int = 32_000_000,
) -> Proposal:
    """Say whether one lender is enough and which syndicate is best, exactly; other Python threads go on meanwhile.

    Parameters
    ----------
    deal
        What is to be financed.
    institutions
        Who could lend.
    policy
        The rules of the day of signing.
    share_step, money_step
        The grid: a share of the whole that divides one million, or instead a step in money.
    runners_up
        Further sets of members.
    max_members
        0 for no limit.
    max_entries
        Of one search's tables; more is refused, never cut off.

    Raises
    ------
    Failure
        For a deal or grid that cannot be, and for an id that stands twice.
    ContractError
        When the policy is not of the day of signing.

    Examples
    --------
    >>> import huoshui as hs
    >>> from huoshui.syndicate import Deal, Institution, TrancheAsk
    >>> deal = Deal(
    ...     id="P1", signing="2025-03-03", tranches=[TrancheAsk(amount="2亿元", tenor_months="10年")],
    ...     public_debt="clear",
    ... )
    >>> banks = [Institution(id=name, rate="3.5%", max_ticket="1.2亿元") for name in ("A", "B")]
    >>> proposal = hs.syndicate.propose(deal, banks, hs.Policy.bundled().at(deal.signing))
    >>> proposal.decision
    'syndicate_needed'
    >>> [(m.institution, str(m.amount)) for m in proposal.structures[0].structure.members]
    [('A', '1.2亿元'), ('B', '8,000万元')]
    """
    options = _ProposeOptions(
        share_step=share_step,
        money_step=money_step,
        runners_up=runners_up,
        max_members=max_members,
        max_entries=max_entries,
    )
    return record_of(Proposal, _huoshui.syndicate_propose(deal, list(institutions), policy._core, options))


def verify(
    structure: Structure, deal: Deal, institutions: Iterable[Institution], policy: Policy
) -> tuple[Finding, ...]:
    """Hold a structure against every rule of its day, by other code than made it; passed rules are told too.

    Raises
    ------
    ContractError
        When the policy is not of the day of signing.

    Examples
    --------
    >>> import huoshui as hs
    >>> from huoshui.syndicate import Deal, Institution, Structure, TrancheAsk
    >>> deal = Deal(
    ...     id="P1", signing="2025-03-03", tranches=[TrancheAsk(amount="1亿元", tenor_months="10年")],
    ...     public_debt="clear",
    ... )
    >>> banks = [Institution(id=name) for name in ("甲", "乙")]
    >>> paper = Structure.of_shares(deal, {"甲": "7500万元", "乙": "2500万元"})
    >>> found = hs.syndicate.verify(paper, deal, banks, hs.Policy.bundled().at(deal.signing))
    >>> hs.syndicate.is_lawful(found), hs.syndicate.find(found, "distribution_min").standing
    (True, 'caution')
    """
    return many(Finding).read(_huoshui.syndicate_verify(structure, deal, list(institutions), policy._core))


def cash_flows(structure: Structure, deal: Deal) -> CashFlows:
    """Return the schedules of a structure, through its agent.

    Raises
    ------
    Failure
        When the structure does not fit the deal.

    Examples
    --------
    >>> deal = Deal(id="P1", signing="2025-03-03", tranches=[TrancheAsk(amount="1亿元", tenor_months="10年")])
    >>> paper = Structure.of_shares(deal, {"甲": "6000万元", "乙": "4000万元"}, rate="3.5%")
    >>> flows = cash_flows(paper, deal)
    >>> sum(part.schedule.interest for part in flows.parts) == flows.tranches[0].interest
    True
    """
    return record_of(CashFlows, _huoshui.syndicate_cash_flows(structure, deal))


def cost_of(structure: Structure, deal: Deal, institutions: Iterable[Institution]) -> Cost:
    """Return the all-in cost of a structure, in fen.

    Raises
    ------
    Failure
        As `cash_flows`, and for a member or agent that is no institution.

    Examples
    --------
    >>> deal = Deal(id="P1", signing="2025-03-03", tranches=[TrancheAsk(amount="1亿元", tenor_months="10年")])
    >>> paper = Structure.of_shares(deal, {"甲": "1亿元"}, rate="3.5%")
    >>> cost_of(paper, deal, [Institution(id="甲")]).rate
    35000
    """
    return record_of(Cost, _huoshui.syndicate_cost_of(structure, deal, list(institutions)))
