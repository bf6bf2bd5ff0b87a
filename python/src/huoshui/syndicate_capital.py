"""The capital under the loans of a project: its layers, stacked and judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huoshui import _huoshui
from huoshui.fields import (
    Field,
    MaybeMoney,
    MaybeTruth,
    Sum,
    Text,
    Whole,
    many,
    maybe,
    money,
    one,
    record_of,
    text,
    truth,
    whole,
)
from huoshui.findings import Finding, Language
from huoshui.frames import frame_of
from huoshui.money import Money
from huoshui.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CapitalProposal", "CapitalSources", "CapitalStack", "stack_capital", "verify_capital"]


@dataclass(kw_only=True)
class CapitalStack:
    """The layers of a project's money; shareholder loans are never capital.

    Examples
    --------
    >>> CapitalStack(total_investment="1亿元", own_funds="2000万元", loans="8000万元").capital.fen
    2000000000
    """

    total_investment: Sum = Field(money, zh="总投资")
    own_funds: Sum = Field(money, Money(0), zh="自有资金")
    special_bond: Sum = Field(money, Money(0), zh="专项债")
    policy_fund: Sum = Field(money, Money(0), zh="政策性基金")
    grant: Sum = Field(money, Money(0), zh="财政资金")
    loans: Sum = Field(money, Money(0), zh="贷款")
    shareholder_loans: Sum = Field(money, Money(0), zh="股东借款")
    industry: Text = Field(text, "", zh="行业")
    bond_on_positive_list: MaybeTruth = Field(truth, None, zh="在正面清单")

    @property
    def capital(self) -> Money:
        """Own funds, bond, fund and grant."""
        return self.own_funds + self.special_bond + self.policy_fund + self.grant

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each layer that holds money: `layer`, `fen`, `is_capital`."""
        layers = ("own_funds", "grant", "special_bond", "policy_fund", "shareholder_loans", "loans")
        held = [(layer, getattr(self, layer).fen) for layer in layers if getattr(self, layer).fen]
        return frame_of(
            {
                "layer": [layer for layer, _ in held],
                "fen": [fen for _, fen in held],
                "is_capital": [not layer.endswith("loans") for layer, _ in held],
            }
        )


@dataclass(kw_only=True)
class CapitalSources:
    """What could be had for a project, each at most; `loans` None is as much as is needed.

    Examples
    --------
    >>> CapitalSources(total_investment="1亿元", own_funds="1500万元", special_bond="1000万元").loans is None
    True
    """

    total_investment: Sum = Field(money, zh="总投资")
    own_funds: Sum = Field(money, Money(0), zh="自有资金")
    special_bond: Sum = Field(money, Money(0), zh="专项债")
    policy_fund: Sum = Field(money, Money(0), zh="政策性基金")
    grant: Sum = Field(money, Money(0), zh="财政资金")
    loans: MaybeMoney = Field(maybe(money), None, zh="贷款")
    industry: Text = Field(text, "", zh="行业")
    bond_on_positive_list: MaybeTruth = Field(truth, None, zh="在正面清单")


@dataclass(kw_only=True)
class CapitalProposal:
    """A capital stack, what is short, and what the rules say of it; gaps in fen."""

    stack: Field[CapitalStack, CapitalStack] = Field(one(CapitalStack))
    capital_gap: Whole = Field(whole)
    funding_gap: Whole = Field(whole)
    findings: Field[tuple[Finding, ...], Any] = Field(many(Finding))
    text_zh: Text = Field(text)
    text_en: Text = Field(text)

    def explain(self, lang: Language = "zh") -> list[str]:
        """Say the stack or what is short, then each finding that did not pass."""
        said = [self.text_zh if lang == "zh" else self.text_en]
        return said + [each.text(lang) for each in self.findings if each.standing != "passed"]

    def to_pandas(self) -> pd.DataFrame:
        """Return the layers of the stack."""
        return self.stack.to_pandas()


def stack_capital(sources: CapitalSources, policy: Policy) -> CapitalProposal:
    """Stack own funds and grants, then bonds, then the policy fund up to the minimum of the trade; loans for the rest.

    Examples
    --------
    >>> import huoshui as hs
    >>> sources = hs.syndicate.CapitalSources(total_investment="1亿元", own_funds="2000万元")
    >>> hs.syndicate.stack_capital(sources, hs.Policy.bundled().at("2026-03-01")).stack.loans.fen
    8000000000
    """
    return record_of(CapitalProposal, _huoshui.syndicate_stack_capital(sources, policy._core))


def verify_capital(stack: CapitalStack, policy: Policy) -> tuple[Finding, ...]:
    """Judge a capital stack.

    Examples
    --------
    >>> import huoshui as hs
    >>> stack = hs.syndicate.CapitalStack(total_investment="1亿元", own_funds="1000万元", loans="9000万元")
    >>> found = hs.syndicate.verify_capital(stack, hs.Policy.bundled().at("2026-03-01"))
    >>> hs.syndicate.find(found, "stack_sum").standing
    'passed'
    """
    return many(Finding).read(_huoshui.syndicate_verify_capital(stack, policy._core))
