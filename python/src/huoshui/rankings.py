"""What the rankings of a whole list have in common: columns with the manners of a sequence."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

from huoshui import _huoshui
from huoshui.catalogue import Catalogue
from huoshui.lists import ProjectList

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Rankings", "view"]


class Core(Protocol):
    """What holds the columns."""

    def __len__(self) -> int: ...
    @property
    def offer_ends(self) -> _huoshui.Column: ...
    @property
    def product_row(self) -> _huoshui.Column: ...
    @property
    def points(self) -> _huoshui.Column: ...
    @property
    def cautions(self) -> _huoshui.Column: ...
    @property
    def open(self) -> _huoshui.Column: ...
    @property
    def counts(self) -> _huoshui.Column: ...


CoreT = TypeVar("CoreT", bound=Core)
EntryT = TypeVar("EntryT")


def view(column: _huoshui.Column) -> npt.NDArray[Any]:
    """Return a column as NumPy sees it, without a copy."""
    # Not at the top: NumPy takes longer to import than the rest of the package, and few runs ask for a column.
    import numpy as np

    return np.asarray(column)


class Rankings(Sequence[list[EntryT]], Generic[EntryT, CoreT]):
    """Hold rankings as columns; those of project `i` stand at `offer_ends[i]:offer_ends[i + 1]`, best first."""

    def __init__(self, core: CoreT, projects: ProjectList, catalogue: Catalogue) -> None:
        self._core = core
        self.projects = projects
        self.catalogue = catalogue

    @property
    def product_row(self) -> npt.NDArray[np.uint32]:
        """Rows of the catalogue."""
        return view(self._core.product_row)

    @property
    def points(self) -> npt.NDArray[np.int32]:
        """Millionths of a point."""
        return view(self._core.points)

    @property
    def cautions(self) -> npt.NDArray[np.uint16]:
        """How many cautions each pair has."""
        return view(self._core.cautions)

    @property
    def open(self) -> npt.NDArray[np.uint16]:
        """How many open rules each pair has."""
        return view(self._core.open)

    @property
    def offer_ends(self) -> npt.NDArray[np.uint64]:
        """Where the entries of each project begin, and the end."""
        return view(self._core.offer_ends)

    @property
    def counts(self) -> npt.NDArray[np.uint32]:
        """How many products stand where, for each project."""
        return view(self._core.counts)

    @abstractmethod
    def _entries(self, at: int) -> list[EntryT]:
        """Return the ranking of one project by its place."""

    def _position(self, project: int | str) -> int:
        if isinstance(project, str):
            return self.projects.index_of(project)
        position = project + len(self) if project < 0 else project
        if not 0 <= position < len(self):
            raise IndexError("list index out of range")
        return position

    def __len__(self) -> int:
        return len(self._core)

    @overload
    def __getitem__(self, project: int | str) -> list[EntryT]: ...
    @overload
    def __getitem__(self, project: slice) -> list[list[EntryT]]: ...
    def __getitem__(self, project: int | str | slice) -> list[EntryT] | list[list[EntryT]]:
        if isinstance(project, slice):
            return [self._entries(i) for i in range(*project.indices(len(self)))]
        return self._entries(self._position(project))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self._core == other._core

    __hash__ = None  # type: ignore[assignment]
