"""Closed answers ready to be counted, whoever asks: the report or the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from qualcode.analysis.closed_answers import ClosedRow, ItemCounts
from qualcode.domain.documents import ClosedState, Item


@dataclass(frozen=True)
class Counts:
    """Closed answers as ``analysis`` counts them."""

    item_id: str
    actor_group: str
    state: str
    value: str
    count: int


Evidence = Callable[[ItemCounts, ClosedState, "str | None"], tuple[str, ...]]
"""What a number of a table was counted from: the answers of one option, or all of a state."""


class Words(Protocol):
    """The language of the tables, and the questions that they are about."""

    _: Callable[[str], str]
    pgettext: Callable[[str, str], str]
    ngettext: Callable[[str, str, int], str]

    @property
    def items(self) -> Mapping[str, Item]: ...

    def groups(self, named: Iterable[str]) -> list[str]: ...


@dataclass(frozen=True)
class Asked:
    """Closed answers ready to be counted.

    ``same``: question -> the one it is counted with, for questions of several files that are one
    and the same of a form. ``rounds``: file -> the name of its round. ``entered``: (file, actor
    group) -> how many forms are said to have come back. ``several``: (question, actor group) ->
    people who answered, where one may choose many. ``some_only``: question -> (answer, question):
    only those who answered so to that question were asked.
    """

    rows: Sequence[ClosedRow]
    several: Mapping[tuple[str, str], int] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, str] = field(default_factory=dict)
    entered: Mapping[tuple[str, str], int] = field(default_factory=dict)
    some_only: Mapping[str, tuple[str, str]] = field(default_factory=dict)
