"""From a project's words to the instruments they speak for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from huoshui import _huoshui
from huoshui._huoshui import Project, families
from huoshui.errors import ContractError
from huoshui.rankings import view

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["FoundWord", "InstrumentModel", "MetRule", "Suggestion", "families", "suggest"]


class FoundWord(NamedTuple):
    """Hold a word of the lexicon that stands in a project's text; the position is in characters.

    Examples
    --------
    >>> import huoshui as hs
    >>> table = hs.table_of_rows([["项目名称"], ["某县取水许可证质押"]])
    >>> hs.suggest(hs.load_projects(table)[0])[0].words[0]
    FoundWord(word='取水', field='name', position=2, cue='water_right')
    """

    word: str
    field: str
    position: int
    cue: str


class MetRule(NamedTuple):
    """Hold a rule that the project meets; support in tenths of a natural logarithm, negative against.

    Examples
    --------
    >>> MetRule("cold_agro", "市场与冷链", 8).why
    '市场与冷链'
    """

    rule: str
    why: str
    support: int


class Suggestion(NamedTuple):
    """Hold one instrument that a project's words speak for.

    Attributes
    ----------
    instrument : str
    instrument_zh : str
    probability : float
        From 0 to 1; those of all 46 instruments sum to 1.
    words : tuple of FoundWord
    measures : tuple of str
        Measures of the plan that the instrument serves.
    rules : tuple of MetRule

    Examples
    --------
    >>> import huoshui as hs
    >>> table = hs.table_of_rows([["项目名称"], ["东源县高标准农田建设项目"]])
    >>> hs.suggest(hs.load_projects(table)[0])[0].instrument
    'farmland_project_loan'
    """

    instrument: str
    instrument_zh: str
    probability: float
    words: tuple[FoundWord, ...]
    measures: tuple[str, ...]
    rules: tuple[MetRule, ...]


class InstrumentModel:
    """Read projects' words: lexicon, rules and, unless asked otherwise, trained weights.

    Examples
    --------
    >>> import huoshui as hs
    >>> model = hs.InstrumentModel.bundled()
    >>> model.probabilities(hs.bundled_projects()).shape[1] == len(hs.families())
    True
    """

    def __init__(self, core: _huoshui.InstrumentModel) -> None:
        self._core = core

    @classmethod
    def bundled(cls) -> InstrumentModel:
        """Return the model that comes with the library."""
        return cls(_huoshui.InstrumentModel.bundled())

    @classmethod
    def rules_only(cls) -> InstrumentModel:
        """Return lexicon and rules alone, without any training."""
        return cls(_huoshui.InstrumentModel.rules_only())

    @classmethod
    def train(
        cls, projects: Iterable[Project], families: Sequence[str], *, seed: int = 1, with_phrases: bool = True
    ) -> InstrumentModel:
        """Train on projects whose family is known.

        Parameters
        ----------
        projects
            As read from a list.
        families
            One name of `huoshui.families()` for each project.
        seed
            Of the order in which rows are visited.
        with_phrases
            Learn from the library's own phrases of the field as well.

        Raises
        ------
        ContractError
            A family is unknown.
        """
        known = {name: index for index, name in enumerate(_huoshui.families())}
        unknown = sorted(set(families) - known.keys())
        if unknown:
            raise ContractError(f"不认识的工具类别：{'、'.join(unknown)}；可用的见 huoshui.families()")
        labels = [known[name] for name in families]
        return cls(_huoshui.InstrumentModel.train(list(projects), labels, seed, with_phrases))

    def probabilities(self, projects: Iterable[Project], *, threads: int = 1) -> npt.NDArray[np.float64]:
        """Return a row for each project and a column for each family; rows sum to 1."""
        flat = view(self._core.probabilities(list(projects), threads))
        return flat.reshape(-1, len(_huoshui.families()))

    def suggest(self, project: Project, k: int = 5) -> list[Suggestion]:
        """Return the k instruments that the project's words speak for most, best first."""
        return [_suggestion(s, project) for s in self._core.suggest(project, k)]

    def seen(self, project: Project) -> bool:
        """Return whether a project with the same words was part of the training."""
        return self._core.seen(project)

    @property
    def uncertain_below(self) -> float:
        """The probability below which the best family should be called uncertain (不确定)."""
        return self._core.uncertain_below

    def serialise(self) -> bytes:
        """Return the weights as the bytes that the library ships."""
        return self._core.serialise()


def _suggestion(core: _huoshui.Suggestion, project: Project) -> Suggestion:
    words = []
    for word, field, position, cue in core.words(project):
        text = project.name if field == "name" else project.text(field)
        words.append(FoundWord(word, field, len(text.encode()[:position].decode()), cue))
    measures = tuple(part for part in core.measures.split(";") if part)
    rules = tuple(MetRule(*rule) for rule in core.rules)
    return Suggestion(core.instrument, core.instrument_zh, core.probability, tuple(words), measures, rules)


def suggest(project: Project, k: int = 5) -> list[Suggestion]:
    """Return the k instruments that a project's words speak for most, by the bundled model.

    Examples
    --------
    >>> import huoshui as hs
    >>> len(hs.suggest(hs.bundled_projects()[0], k=3))
    3
    """
    return InstrumentModel.bundled().suggest(project, k)
