"""The two ways a call can end without an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huoshui._huoshui import Issue

__all__ = ["ContractError", "Failure"]


class Failure(Exception):
    """Say that a call could not be done as a whole, and why.

    Attributes
    ----------
    issues : tuple of Issue
        At least one; each names the place, what was found and what was expected.

    Examples
    --------
    >>> import huoshui as hs
    >>> try:
    ...     hs.load_projects("没有这个文件.csv")
    ... except hs.Failure as failure:
    ...     failure.issues[0].code
    'file_not_found'
    """

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__(tuple(issues))
        self.issues: tuple[Issue, ...] = tuple(issues)

    def __str__(self) -> str:
        return self.issues[0].message if self.issues else "failure"


class ContractError(ValueError):
    """Say that the caller broke the contract of the call: an unknown word, an id that is not there.

    Examples
    --------
    >>> import huoshui as hs
    >>> try:
    ...     hs.parse("1万元", "weight")
    ... except hs.ContractError:
    ...     print("no such kind")
    no such kind
    """
