"""Everything that a reader of lists looks words up in."""

from __future__ import annotations

import os
from pathlib import Path

from huoshui import _huoshui
from huoshui.tables import text_of_file

__all__ = ["Dictionaries", "core_of"]


class Dictionaries:
    """Hold everything that a reader of lists looks words up in; immutable.

    Examples
    --------
    >>> Dictionaries.bundled().region_name("441625")
    '广东省河源市东源县'
    """

    __slots__ = ("_core",)

    def __init__(self, core: _huoshui.Dictionaries) -> None:
        self._core = core

    @classmethod
    def bundled(cls) -> Dictionaries:
        """Return the edition inside the library."""
        return cls(_huoshui.Dictionaries.bundled())

    def with_regions(self, path: str | os.PathLike[str]) -> Dictionaries:
        """Return a copy with a newer table of regions.

        Raises
        ------
        Failure
            With an issue for each bad row.
        """
        return Dictionaries(self._core.with_regions(text_of_file(path), Path(path).name))

    def with_industries(self, path: str | os.PathLike[str]) -> Dictionaries:
        """Return a copy with a newer table of industries.

        Raises
        ------
        Failure
            With an issue for each bad row.
        """
        return Dictionaries(self._core.with_industries(text_of_file(path), Path(path).name))

    def region_name(self, code: str) -> str:
        """Return the full name of a region, empty when the code is unknown."""
        return self._core.region_name(code)

    def industry_name(self, code: str) -> str:
        """Return the name of an industry, empty when the code is unknown."""
        return self._core.industry_name(code)


def core_of(dictionaries: Dictionaries | None) -> _huoshui.Dictionaries:
    """Return what the library holds of these dictionaries, the bundled ones by default."""
    return (dictionaries or Dictionaries.bundled())._core
