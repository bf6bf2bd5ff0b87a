"""A chain of parties and claims (供应链): what each can borrow, on which claims, and what would unlock more."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, cast

from huoshui import _huoshui
from huoshui.errors import ContractError
from huoshui.fields import (
    Fen,
    Field,
    MaybeDay,
    MaybeFen,
    MaybeTruth,
    MaybeWhole,
    NumberLike,
    Reader,
    Text,
    Texts,
    Truth,
    Whole,
    areas_or_heads,
    day,
    flag,
    listed,
    many,
    maybe,
    months,
    one,
    ratio,
    sums,
    text,
    texts,
    truth,
    whole,
    word,
)
from huoshui.findings import Citation, Language, Sentence, lines_of
from huoshui.frames import frame_of
from huoshui.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Advance",
    "Backing",
    "Breach",
    "Bundle",
    "BuyerKind",
    "Cap",
    "Chain",
    "ChainInput",
    "Claim",
    "ClaimKind",
    "ClaimLine",
    "ClaimStanding",
    "GateRule",
    "Party",
    "Plan",
    "Role",
    "Supply",
    "Terms",
    "Unlock",
    "gates_on",
    "propose",
    "unlocks",
    "verify",
]

Role = Literal["anchor", "supplier", "base", "cooperative", "household"]
BuyerKind = Literal["unknown", "government", "public_institution", "large_enterprise", "other"]
ClaimKind = Literal["receivable", "e_voucher", "bill", "order", "stock"]
Backing = Literal["claims", "lead", "credit"]
ClaimStanding = Literal["eligible", "undecided", "refused"]
Confidence = Literal["low", "medium", "high", "illustrative"]
Supply = Literal["confirm", "register_claim", "lock_account", "take_custody", "budget_evidence"]
Cap = Literal[
    "none",
    "asked",
    "borrower_limit",
    "member_limit",
    "bundle_total",
    "claims",
    "upstream_claims",
    "exposure_limit",
    "carried_limit",
    "unknown",
]

_ROLES = {
    "anchor": "核心企业、链主",
    "supplier": "供应商",
    "base": "基地",
    "cooperative": "合作社",
    "household": "农户",
}
_BUYERS = {
    "unknown": "不明",
    "government": "机关、政府",
    "public_institution": "事业单位",
    "large_enterprise": "大型企业",
    "other": "其他",
}
_KINDS = {
    "receivable": "应收账款",
    "e_voucher": "电子凭证、应收账款电子凭证",
    "bill": "商业汇票、票据",
    "order": "订单",
    "stock": "存货、仓单",
}
_SUPPLIES = {
    "confirm": "债务人确认",
    "register_claim": "统一登记",
    "lock_account": "锁定回款账户",
    "take_custody": "第三方监管并投保",
    "budget_evidence": "预算依据",
}
_CONFIDENCES = {"low": "低", "medium": "中", "high": "高", "illustrative": "示例"}
_BACKINGS = {"claims": "成员债权", "lead": "牵头主体额度", "credit": "整体授信、整村授信、整链授信"}


def _rates(value: Any) -> dict[ClaimKind, int]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError
    kinds = word(_KINDS)
    return {cast(ClaimKind, kinds.read(kind)): ratio.read(rate) for kind, rate in value.items()}


_advance_rates = Reader(
    _rates, '每种债权的融资比例，如 {"应收账款": "80%"}', 'the advance rate of each kind, {"receivable": "80%"}'
)


@dataclass(kw_only=True)
class Party:
    """Somebody who owes, holds a claim, or borrows. Amounts are held in fen.

    Examples
    --------
    >>> Party(id="A", role="核心企业", exposure_limit="100万元").exposure_limit
    100000000
    """

    id: Text = Field(text, zh="编号、主体、主体编号")
    name: Text = Field(text, "", zh="名称、主体名称")
    role: Field[Role, str] = Field(word(_ROLES), "supplier", zh="角色")
    buyer_kind: Field[BuyerKind, str] = Field(word(_BUYERS), "unknown", zh="买方类型")
    group: Text = Field(text, "", zh="集团、关联集团")
    exposure_limit: MaybeFen = Field(maybe(sums), None, zh="核心企业额度、额度")
    exposure_used: Fen = Field(sums, 0, zh="已用额度")
    borrower_limit: MaybeFen = Field(maybe(sums), None, zh="借款人限额")
    borrowed: Fen = Field(sums, 0, zh="已借金额、贷款余额")
    asked: MaybeFen = Field(maybe(sums), None, zh="申请金额、融资需求")
    weight: Whole = Field(areas_or_heads, 0, zh="权重、面积、存栏")


@dataclass(kw_only=True)
class Claim:
    """What a holder has against a buyer, or in a warehouse; what is not given is neither zero nor no. Amounts in fen.

    Examples
    --------
    >>> claim = Claim(id="R1", holder="S", buyer="A", amount="200万元", due_day="2026-06-01", confirmed=True)
    >>> claim.kind, claim.registered
    ('receivable', None)
    """

    id: Text = Field(text, zh="编号、债权编号")
    kind: Field[ClaimKind, str] = Field(word(_KINDS), "receivable", zh="种类、债权种类")
    holder: Text = Field(text, zh="持有人、债权人")
    buyer: Text = Field(text, "", zh="买方、债务人")
    amount: MaybeFen = Field(maybe(sums), None, zh="金额")
    financed: Fen = Field(sums, 0, zh="已融资金额")
    contract_day: MaybeDay = Field(maybe(day), None, zh="合同日")
    issue_day: MaybeDay = Field(maybe(day), None, zh="签发日")
    delivery_day: MaybeDay = Field(maybe(day), None, zh="交付日、验收日")
    due_day: MaybeDay = Field(maybe(day), None, zh="到期日")
    confirmed: MaybeTruth = Field(truth, None, zh="已确权、债务人确认")
    registered: MaybeTruth = Field(truth, None, zh="已登记、统一登记")
    related: MaybeTruth = Field(truth, None, zh="关联交易")
    disputed: MaybeTruth = Field(truth, None, zh="有争议")
    pledged_elsewhere: MaybeTruth = Field(truth, None, zh="已另行质押")
    locked_account: MaybeTruth = Field(truth, None, zh="锁定回款账户")
    budget_evidence: MaybeTruth = Field(truth, None, zh="有预算依据")
    pay_when_paid: MaybeTruth = Field(truth, None, zh="背靠背条款")
    custody: MaybeTruth = Field(truth, None, zh="第三方监管并投保")
    documents: Texts = Field(texts, (), zh="单据号、合同发票号")


@dataclass(kw_only=True)
class Bundle:
    """Parties that are given credit as one and share it by weight. Amounts in fen.

    Examples
    --------
    >>> Bundle(id="V", members="H1、H2", backing="整村授信", total="100万元").members
    ('H1', 'H2')
    """

    id: Text = Field(text, zh="编号")
    name: Text = Field(text, "", zh="名称")
    lead: Text = Field(text, "", zh="牵头主体")
    members: Texts = Field(texts, zh="成员")
    backing: Field[Backing, str] = Field(word(_BACKINGS), "claims", zh="授信依据")
    total: MaybeFen = Field(maybe(sums), None, zh="授信总额")
    per_member: MaybeFen = Field(maybe(sums), None, zh="单户上限")


@dataclass(kw_only=True)
class Terms:
    """The lender's own terms; no rate has a default, and a kind without a rate carries no amount.

    Examples
    --------
    >>> Terms(advance_rate={"应收账款": "80%"}, tier_decay="90%").advance_rate
    {'receivable': 800000}
    """

    advance_rate: Field[dict[ClaimKind, int], Mapping[str, NumberLike] | None] = Field(
        _advance_rates, None, zh="融资比例"
    )
    unconfirmed_share: Whole = Field(ratio, 0, zh="未确权保留比例")
    unlocked_share: Whole = Field(ratio, 0, zh="未锁定账户保留比例")
    tier_decay: Whole = Field(ratio, 1_000_000, zh="逐级保留比例")
    grace_days: Whole = Field(whole, 0, zh="宽限天数")
    tenor_max_months: MaybeWhole = Field(maybe(months), None, zh="最长期限")

    @property
    def advance_rates(self) -> list[int | None]:
        """The rates in the order of the kinds."""
        return [self.advance_rate.get(cast(ClaimKind, kind)) for kind in _KINDS]


@dataclass(kw_only=True)
class ChainInput:
    """The chain around one project, and what a document of `huoshui chain` holds; without a project it is nobody's.

    A party with the project's id stands for the project; without one the whole chain does. Without `terms` a package
    takes the assumption `advance_rate` for every kind of claim.

    Examples
    --------
    >>> chain = ChainInput(project="P1", parties=[{"id": "S"}], terms={"advance_rate": {"应收账款": "80%"}})
    >>> chain.parties[0].id, chain.terms.advance_rate
    ('S', {'receivable': 800000})
    """

    project: Text = Field(text, "", zh="项目、项目编号")
    parties: Field[tuple[Party, ...], Any] = Field(many(Party), (), zh="主体")
    claims: Field[tuple[Claim, ...], Any] = Field(many(Claim), (), zh="债权")
    bundles: Field[tuple[Bundle, ...], Any] = Field(many(Bundle), (), zh="整体授信")
    terms: Field[Terms | None, Any] = Field(maybe(one(Terms)), None, zh="贷方条件")
    confidence: Field[Confidence, str] = Field(word(_CONFIDENCES), "medium", zh="可信度")


@dataclass(kw_only=True)
class GateRule:
    """A gate on one day; `from_` is the first day of its row."""

    gate: Text = Field(text)
    strength: Field[Literal["must", "should", "prefer"], str] = Field(word({"must": "", "should": "", "prefer": ""}))
    in_force: Truth = Field(flag)
    from_: MaybeDay = Field(maybe(day), None)
    months: MaybeWhole = Field(maybe(whole), None)
    days: MaybeWhole = Field(maybe(whole), None)
    text_zh: Text = Field(text)
    text_en: Text = Field(text)
    citation: Field[Citation, Citation] = Field(one(Citation))


@dataclass(frozen=True, kw_only=True)
class Advance:
    """What one party can borrow, in fen.

    Attributes
    ----------
    party, name, role : str
    tier : int or None
        0 for an anchor; None without an anchor above.
    amount : int or None
        None when it cannot be checked.
    cap : str
        The cap that binds, a word of `Cap`.
    at : str
        The party whose cap it is.
    limit : int
        Of that cap.
    hanging : int
        New money that hangs on it as an anchor.
    """

    party: str
    name: str
    role: Role
    tier: int | None
    amount: int | None
    cap: Cap
    at: str
    limit: int
    hanging: int


@dataclass(frozen=True, kw_only=True)
class ClaimLine:
    """One claim in a plan, in fen: own + passed <= eligible <= full.

    Attributes
    ----------
    lacking : list of str
        What a person can supply so that all of `full` counts, words of `Supply`.
    own, passed : int
        What its holder borrows on it, and what it carries for the holder's own suppliers.
    """

    claim: str
    kind: ClaimKind
    holder: str
    buyer: str
    amount: int | None
    standing: ClaimStanding
    full: int
    eligible: int
    lacking: list[Supply]
    last_day: datetime.date | None
    own: int
    passed: int


@dataclass(kw_only=True)
class Unlock:
    """One act of one party, and by how much more the whole chain could borrow; in fen."""

    supplies: Field[tuple[Supply, ...], Any] = Field(listed(word(_SUPPLIES)))
    party: Text = Field(text)
    claims: Texts = Field(texts)
    raised: Whole = Field(whole)
    gain: Whole = Field(whole)
    sentence: Field[Sentence, Sentence] = Field(one(Sentence))


@dataclass(kw_only=True)
class Breach:
    """One thing that a plan does against the rules."""

    kind: Text = Field(text)
    found: Whole = Field(whole)
    allowed: Whole = Field(whole)
    sentence: Field[Sentence, Sentence] = Field(one(Sentence))


class Chain:
    """Hold parties, claims and bundles that fit together, in order of their ids.

    Examples
    --------
    >>> chain = Chain.build([Party(id="S"), Party(id="A", role="anchor")], [Claim(id="R1", holder="S", buyer="A")])
    >>> [party.id for party in chain.parties]
    ['A', 'S']
    """

    def __init__(self, core: _huoshui.SupplyChain) -> None:
        self._core = core

    @classmethod
    def build(cls, parties: Iterable[Party], claims: Iterable[Claim], bundles: Iterable[Bundle] = ()) -> Chain:
        """Sort and check.

        Raises
        ------
        Failure
            With an issue for every fault: an id that stands twice, a party that is not there, a buyer of stock, …
        """
        return cls(_huoshui.SupplyChain.build(list(parties), list(claims), list(bundles)))

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """The parties by id."""
        return many(Party).read(self._core.parties())

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims by id."""
        return many(Claim).read(self._core.claims())

    @cached_property
    def bundles(self) -> tuple[Bundle, ...]:
        """The bundles by id."""
        return many(Bundle).read(self._core.bundles())

    def __repr__(self) -> str:
        parties, claims, bundles = self._core.counts
        return f"<Chain: {parties} parties, {claims} claims, {bundles} bundles>"


class Plan:
    """Hold one plan for a chain: what each party can borrow, on which claims, what binds it.

    Attributes
    ----------
    chain : Chain
    """

    def __init__(self, core: _huoshui.SupplyPlan, chain: Chain) -> None:
        self._core = core
        self.chain = chain

    @property
    def total(self) -> int:
        """Fen over all advances."""
        return self._core.total

    @property
    def day(self) -> datetime.date:
        """The day of signing."""
        return self._core.day

    @cached_property
    def gates(self) -> tuple[GateRule, ...]:
        """What claims were tested by."""
        return many(GateRule).read(self._core.gates)

    @cached_property
    def _advances(self) -> dict[str, list[Any]]:
        return self._core.advances(self.chain._core)

    @cached_property
    def _claims(self) -> dict[str, list[Any]]:
        return self._core.claims(self.chain._core)

    @property
    def advances(self) -> tuple[Advance, ...]:
        """What each party can borrow, by id."""
        return tuple(Advance(**_row(self._advances, place)) for place in range(len(self._advances["party"])))

    @property
    def claims(self) -> tuple[ClaimLine, ...]:
        """What stands on each claim, by id."""
        return tuple(ClaimLine(**_row(self._claims, place)) for place in range(len(self._claims["claim"])))

    @cached_property
    def bundles(self) -> dict[str, int]:
        """Fen over all members, by bundle."""
        return dict(zip((bundle.id for bundle in self.chain.bundles), self._core.bundles(), strict=True))

    @cached_property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """Parties that buy from each other in a circle."""
        return tuple(tuple(ids) for ids in self._core.circles(self.chain._core))

    @cached_property
    def double_pledges(self) -> tuple[tuple[str, ...], ...]:
        """Claims that are one asset."""
        return tuple(tuple(ids) for ids in self._core.double_pledges(self.chain._core))

    def advance(self, party: str) -> Advance:
        """Return what one party can borrow.

        Raises
        ------
        ContractError
            When the chain has no such party.
        """
        return Advance(**_row(self._advances, self._party(party)))

    def claim(self, claim: str) -> ClaimLine:
        """Return what stands on one claim.

        Raises
        ------
        ContractError
            When the chain has no such claim.
        """
        return ClaimLine(**_row(self._claims, self._claim(claim)))

    def outcomes(self, claim: str) -> dict[str, str]:
        """Return the outcome of every gate that was asked of a claim."""
        return self._core.outcomes(self._claim(claim))

    def explain(self, of: str | None = None, lang: Language = "zh") -> list[str]:
        """Say the whole plan, or one party or claim by its id.

        Raises
        ------
        ContractError
            When the chain has no such party or claim.
        """
        chain = self.chain._core
        if of is None:
            said = self._core.sentences(chain)
        elif (row := chain.party_row(of)) is not None:
            said = [self._core.advance_sentence(chain, row)]
        else:
            said = self._core.claim_sentences(chain, self._claim(of))
        return lines_of(many(Sentence).read(said), lang)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each party; amounts in fen."""
        return _frame(self._advances, ("tier", "amount"))

    def claims_to_pandas(self) -> pd.DataFrame:
        """Return one row for each claim; amounts in fen."""
        return _frame(self._claims, ("amount",))

    def _party(self, party: str) -> int:
        row = self.chain._core.party_row(party)
        if row is None:
            raise ContractError(f"链上没有编号为“{party}”的主体")
        return row

    def _claim(self, claim: str) -> int:
        row = self.chain._core.claim_row(claim)
        if row is None:
            raise ContractError(f"链上没有编号为“{claim}”的主体或债权")
        return row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self._core == other._core

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Plan of {self.day}: {_huoshui.format_money(self.total)}, {len(self._advances['party'])} parties>"


def _row(columns: Mapping[str, Sequence[Any]], place: int) -> dict[str, Any]:
    return {name: column[place] for name, column in columns.items()}


def _frame(columns: Mapping[str, Sequence[Any]], whole_or_missing: Sequence[str]) -> pd.DataFrame:
    # A column with holes stays a column of whole numbers.
    return frame_of(columns).astype(dict.fromkeys(whole_or_missing, "Int64"))


def propose(chain: Chain, policy: Policy, terms: Terms) -> Plan:
    """Make the plan; other Python threads go on meanwhile.

    Parameters
    ----------
    chain
        Who owes whom.
    policy
        The rules of the signing day.
    terms
        The lender's own.

    Raises
    ------
    ContractError
        When a rate lies outside 0 to 100 % or a day count is negative.

    Examples
    --------
    >>> import huoshui as hs
    >>> from huoshui.supply_chain import Chain, Claim, Party, Terms
    >>> chain = Chain.build(
    ...     [Party(id="A", role="anchor", exposure_limit="100万元"), Party(id="S", name="某合作社")],
    ...     [Claim(id="R1", holder="S", buyer="A", amount="100万元", due_day="2026-06-01", confirmed=True,
    ...            registered=True)],
    ... )
    >>> terms = Terms(advance_rate={"应收账款": "80%"})
    >>> plan = hs.supply_chain.propose(chain, hs.Policy.bundled().at("2026-03-01"), terms)
    >>> plan.advance("S").amount, plan.advance("S").cap
    (80000000, 'claims')
    >>> plan.explain("S")
    ['供应商某合作社：可融资80万元，受其债权合格金额80万元限制']
    """
    return Plan(_huoshui.supply_chain_propose(chain._core, policy._core, terms), chain)


def verify(chain: Chain, policy: Policy, terms: Terms, plan: Plan) -> tuple[Breach, ...]:
    """Check a plan against the chain by other code than made it; empty when it keeps every rule.

    Examples
    --------
    >>> import huoshui as hs
    >>> from huoshui.supply_chain import Chain, Terms
    >>> chain, policy = Chain.build([], []), hs.Policy.bundled().at("2026-03-01")
    >>> hs.supply_chain.verify(chain, policy, Terms(), hs.supply_chain.propose(chain, policy, Terms()))
    ()
    """
    return many(Breach).read(_huoshui.supply_chain_verify(chain._core, policy._core, terms, plan._core))


def unlocks(chain: Chain, policy: Policy, terms: Terms, *, k: int = 5) -> tuple[Unlock, ...]:
    """Return the k acts by which the chain could borrow most more, greatest gain first.

    Examples
    --------
    >>> import huoshui as hs
    >>> from huoshui.supply_chain import Chain, Claim, Party, Terms
    >>> chain = Chain.build(
    ...     [Party(id="A", role="anchor", exposure_limit="100万元"), Party(id="S")],
    ...     [Claim(id="R1", holder="S", buyer="A", amount="100万元", due_day="2026-06-01", registered=True)],
    ... )
    >>> terms = Terms(advance_rate={"receivable": "80%"})
    >>> (act,) = hs.supply_chain.unlocks(chain, hs.Policy.bundled().at("2026-03-01"), terms)
    >>> act.party, act.supplies, act.gain
    ('A', ('confirm',), 80000000)
    """
    return many(Unlock).read(_huoshui.supply_chain_unlocks(chain._core, policy._core, terms, k))


def gates_on(policy: Policy) -> tuple[GateRule, ...]:
    """Return all gates as of the policy's day.

    Examples
    --------
    >>> import huoshui as hs
    >>> gates = {rule.gate: rule for rule in hs.supply_chain.gates_on(hs.Policy.bundled().at("2026-03-01"))}
    >>> gates["e_voucher_tenor"].months
    12
    """
    return many(GateRule).read(_huoshui.supply_chain_gates_on(policy._core))
