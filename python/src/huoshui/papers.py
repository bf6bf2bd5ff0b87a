"""Offers on paper and packages: what a match comes to, and what else a project needs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from huoshui import _huoshui
from huoshui._huoshui import Issue, StructureInputs
from huoshui.errors import ContractError
from huoshui.fields import FieldError, of_json, one
from huoshui.frames import frame_of_csv
from huoshui.supply_chain import ChainInput
from huoshui.tables import text_of_file

if TYPE_CHECKING:
    import pandas as pd

    from huoshui.answers import Answer

__all__ = ["ListOnPaper", "StructureInputs", "load_structure_inputs", "packages", "structure"]


def load_structure_inputs(
    institutions: str | os.PathLike[str] | None = None,
    assumptions: str | os.PathLike[str] | None = None,
    chains: Iterable[str | os.PathLike[str]] = (),
) -> tuple[StructureInputs, list[Issue]]:
    """Read what no list says from files; return it with the rows that could not be read.

    Parameters
    ----------
    institutions
        Institutions and their limits: columns 机构, 机构类型, 资本净额, 意向份额, 最低利率 …
    assumptions
        Prices, ratios and the like: columns 项目, 金融工具, 参数, 取值, 单位, 来源 …
    chains
        The chains around projects, a JSON document each, as `huoshui chain` reads it, with the member `project`.

    Raises
    ------
    ContractError
        For a chain that cannot be read, that names no project, or the project of another chain.
    Failure
        For a chain that does not fit together.

    Examples
    --------
    >>> inputs, issues = load_structure_inputs()
    >>> inputs.institutions, issues
    ([], [])
    """
    inputs = StructureInputs()
    issues: list[Issue] = []
    for path, read in ((institutions, "with_institutions"), (assumptions, "with_assumptions")):
        if path is not None:
            file = Path(path)
            inputs, more = getattr(inputs, read)(file.read_bytes().decode("utf-8-sig"), file.name)
            issues += more
    for path in chains:
        file = Path(path)
        try:
            chain = one(ChainInput).read(of_json(text_of_file(file)))
        except FieldError as error:
            raise error.under(file.name) from None
        if not chain.project:
            raise ContractError(f"“{file.name}”没有写明是哪个项目的链（project）")
        inputs = inputs.with_chain(chain)
    return inputs, issues


class ListOnPaper:
    """Hold the offers of an answer on paper, the packages of each project, and the register of pledges.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> papers = structure(hs.match(hs.bundled_projects(), catalogue, k=1, possible=1))
    >>> papers.packages(0)[0]["members"][0]["closes"]
    'credit'
    """

    def __init__(self, core: _huoshui.ListOnPaper, answer: Answer) -> None:
        self._core = core
        self._read: dict[str, Any] | None = None
        self.answer = answer

    def _document(self) -> dict[str, Any]:
        if self._read is None:
            self._read = json.loads(self.to_json())
        return self._read

    def _entry(self, project: int | str) -> dict[str, Any]:
        at = self.answer.projects.index_of(project) if isinstance(project, str) else project
        entry: dict[str, Any] = self._document()["projects"][at]
        return entry

    def packages(self, project: int | str) -> list[dict[str, Any]]:
        """Return a project's packages as `huoshui.package/1` has them."""
        found: list[dict[str, Any]] = self._entry(project)["packages"]
        return found

    def offers(self, project: int | str) -> list[dict[str, Any]]:
        """Return a project's offers on paper, permitted ones first."""
        found: list[dict[str, Any]] = self._entry(project)["on_paper"]
        return found

    @property
    def clashes(self) -> list[dict[str, Any]]:
        """Assets that the list would pledge twice."""
        found: list[dict[str, Any]] = self._document()["clashes"]
        return found

    def text(self, projects: Iterable[int | str] | None = None, lang: Literal["zh", "en"] = "zh") -> str:
        """Return packages and terms of some projects, or all, in words."""
        names = range(len(self.answer)) if projects is None else projects
        chosen = [self.answer.projects.index_of(name) if isinstance(name, str) else name for name in names]
        return _huoshui.package_text(self.answer._core, self._core, chosen, lang)

    def to_json(self) -> str:
        """Return `huoshui.package/1`."""
        return _huoshui.package_json(self.answer._core, self._core)

    def to_csv(self, path: str | os.PathLike[str]) -> Path:
        """Write every member of every package, one a line, as UTF-8 with a mark that Excel understands."""
        file = Path(path)
        file.write_bytes(b"\xef\xbb\xbf" + _huoshui.package_csv(self.answer._core, self._core).encode())
        return file

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each member of each package."""
        return frame_of_csv(_huoshui.package_csv(self.answer._core, self._core))

    def __repr__(self) -> str:
        return f"<ListOnPaper {len(self.answer)} projects>"


def structure(answer: Answer, inputs: StructureInputs | None = None, *, k: int = 3) -> ListOnPaper:
    """Put an answer's offers on paper and make up to `k` packages for each project.

    Parameters
    ----------
    answer
        What `match` returned.
    inputs
        Institutions and assumptions; what is not given is named as missing, never guessed.
    k
        Packages for each project.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> structure(hs.match(hs.bundled_projects(), catalogue, k=1, possible=0), k=1)
    <ListOnPaper 53 projects>
    """
    core = _huoshui.put_list_on_paper(answer._core, inputs or StructureInputs(), k)
    return ListOnPaper(core, answer)


def packages(
    answer: Answer, project: int | str, inputs: StructureInputs | None = None, *, k: int = 3
) -> list[dict[str, Any]]:
    """Return the packages of one project of an answer.

    Parameters
    ----------
    answer
        What `match` returned; the register of pledges is that of its whole list.
    project
        Its id, or its place in the list.
    inputs, k
        As for `structure`.

    Examples
    --------
    >>> import huoshui as hs
    >>> catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-03-01"))
    >>> len(packages(hs.match(hs.bundled_projects(), catalogue, k=1, possible=0), 0, k=1))
    1
    """
    return structure(answer, inputs, k=k).packages(project)
