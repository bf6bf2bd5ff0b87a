"""How a loan is drawn and comes back: schedules, and what each lender has of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from huoshui import _huoshui
from huoshui.fields import (
    Day,
    Field,
    MoneyLike,
    Sum,
    Whole,
    day,
    listed,
    many,
    money,
    months,
    one_or_default,
    ratio,
    record_of,
    whole,
    word,
)
from huoshui.frames import frame_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Draw", "Instalment", "LoanTerms", "Repayment", "RepaymentTerms", "Schedule", "schedule", "split"]

Repayment = Literal["bullet", "equal_principal", "annuity", "seasonal"]
_REPAYMENTS = {
    "bullet": "到期一次还本、一次还本",
    "equal_principal": "等额本金",
    "annuity": "等额本息",
    "seasonal": "按季节还本",
}


@dataclass(kw_only=True)
class RepaymentTerms:
    """How the principal comes back.

    Examples
    --------
    >>> RepaymentTerms(repayment="等额本息", grace_months="2年").grace_months
    24
    """

    repayment: Field[Repayment, str] = Field(word(_REPAYMENTS), "equal_principal", zh="还款方式")
    interval_months: Whole = Field(months, 3, zh="付息间隔")
    grace_months: Whole = Field(months, 0, zh="宽限期")
    season: Field[tuple[int, ...], Sequence[int]] = Field(listed(whole), (), zh="还本月份")


@dataclass(kw_only=True)
class Draw:
    """Money paid out some months after the start.

    Examples
    --------
    >>> print(Draw(month=6, amount="3000万元").amount)
    3,000万元
    """

    month: Whole = Field(months, zh="第几月")
    amount: Sum = Field(money, zh="金额")


@dataclass(kw_only=True)
class LoanTerms:
    """One tranche as its schedule sees it.

    Examples
    --------
    >>> LoanTerms(amount="1200万元", rate="3.6%", tenor_months="1年").rate
    36000
    """

    amount: Sum = Field(money)
    rate: Whole = Field(ratio, 0)
    tenor_months: Whole = Field(months)
    repayment: Field[RepaymentTerms, RepaymentTerms | None] = Field(one_or_default(RepaymentTerms), None)
    draws: Field[tuple[Draw, ...], Sequence[Draw]] = Field(many(Draw), ())


@dataclass(kw_only=True)
class Instalment:
    """What the borrower draws and pays on one date; amounts in fen."""

    month: Whole = Field(whole)
    due: Day = Field(day)
    drawn: Whole = Field(whole)
    principal: Whole = Field(whole)
    interest: Whole = Field(whole)
    balance: Whole = Field(whole)


@dataclass(kw_only=True)
class Schedule:
    """What is paid, date by date."""

    instalments: Field[tuple[Instalment, ...], Any] = Field(many(Instalment))

    @property
    def interest(self) -> int:
        """Fen of interest over the whole life."""
        return sum(each.interest for each in self.instalments)

    @property
    def principal(self) -> int:
        """Fen of principal over the whole life."""
        return sum(each.principal for each in self.instalments)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each date; amounts in fen."""
        names = ("month", "due", "drawn", "principal", "interest", "balance")
        return frame_of({name: [getattr(each, name) for each in self.instalments] for name in names})


def schedule(terms: LoanTerms, start: str | datetime.date) -> Schedule:
    """Return what the borrower pays, date by date: interest 30/360, fractions of a fen carried on.

    Raises
    ------
    Failure
        For terms that cannot be.

    Examples
    --------
    >>> plan = schedule(LoanTerms(amount="1200万元", rate="3.6%", tenor_months=12), "2026-01-01")
    >>> [each.principal for each in plan.instalments if each.principal]
    [300000000, 300000000, 300000000, 300000000]
    """
    return record_of(Schedule, _huoshui.syndicate_schedule(terms, day.read(start)))


def split(whole: Schedule, shares: Iterable[MoneyLike]) -> tuple[Schedule, ...]:
    """Share a schedule among lenders in proportion to what they lend; the parts add up on every date.

    Raises
    ------
    ContractError
        When the shares are negative or do not add up to the principal.

    Examples
    --------
    >>> plan = schedule(LoanTerms(amount="1000万元", rate="3%", tenor_months=12), "2026-01-01")
    >>> sum(part.interest for part in split(plan, ["700万元", "300万元"])) == plan.interest
    True
    """
    return many(Schedule).read(_huoshui.syndicate_split(whole, [money.read(share) for share in shares]))
