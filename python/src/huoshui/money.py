"""Exact amounts: whole fen, made from yuan, 万元 or words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext

from huoshui import _huoshui
from huoshui.errors import ContractError

__all__ = ["Money"]


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """Hold an amount of renminbi in whole fen.

    Examples
    --------
    >>> Money.from_wan(1_500) == Money.parse("1,500万元") == Money(1_500_000_000)
    True
    >>> print(Money.from_wan("2043.5"))
    2,043.5万元
    >>> sum([Money.from_yuan(3), Money.from_yuan(4)], Money(0)).fen
    700
    """

    fen: int

    @classmethod
    def from_fen(cls, fen: int) -> Money:
        """Return so many fen."""
        return cls(fen)

    @classmethod
    def from_yuan(cls, yuan: int | float | str | Decimal) -> Money:
        """Return so many yuan; a decimal counts as it is printed, and must be whole fen."""
        return cls(_whole(yuan, 100))

    @classmethod
    def from_wan(cls, wan: int | float | str | Decimal) -> Money:
        """Return so many 万元; a decimal counts as it is printed, and must be whole fen."""
        return cls(_whole(wan, 1_000_000))

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read one exact amount with its unit: `2亿元`, `300万元`, `12.50元`.

        Raises
        ------
        ContractError
            When the text is vague, a range, in another currency, or has no unit.
        """
        read = _huoshui.read_quantity("money", text)
        low, high = read["range"]
        vague = read["approximate"] or read["ambiguous"] or not read["has_value"] or low != high
        if vague or read["currency"] != "CNY":
            raise ContractError(f"“{text}”不是一个确切的人民币金额；应写明单位，如 300万元")
        return cls(low)

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __str__(self) -> str:
        return _huoshui.format_money(self.fen)


def _whole(number: int | float | str | Decimal, fen: int) -> int:
    with localcontext(prec=40):
        try:
            exact = Decimal(str(number)) * fen
        except InvalidOperation:
            raise ContractError(f"“{number}”不是数") from None
        if not exact.is_finite() or exact != int(exact):
            raise ContractError(f"“{number}”不是整分的金额")
        return int(exact)
