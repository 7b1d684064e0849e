"""The workbench a person works at, and the unit of work every act is made in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from qualcode.domain.approaches import Study
from qualcode.domain.decisions import REVIEWERS_ACTS, Act, Change, Decision
from qualcode.domain.errors import QualcodeError, UnknownRow
from qualcode.store.kinds import E, Entity, Row, kind_of, to_row
from qualcode.store.outcomes import Outcome
from qualcode.store.repository import Reading, Store, Writing

STUDY_ID = "study"
"""A store holds one study; this is its row."""


def now() -> str:
    """The time to the second, in UTC, as it stands in the decision log."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def new_id() -> str:
    return uuid.uuid4().hex


class OnlyReviewing(QualcodeError):
    template = (
        "You are reviewing, so the analysis is not changed: {act}. Write a comment or make a "
        "proposal, or turn reviewing off at the top of the page if you mean to change it yourself."
    )


class OperationSeenBefore(Exception):
    """A browser sent an operation again because the first reply was lost. It is done already."""


_watched: ContextVar[list[Decision] | None] = ContextVar("watched", default=None)


@contextmanager
def watching() -> Iterator[list[Decision]]:
    """The acts that are made inside, as they come: what a line with an undo beside it tells of.

    Empty when they changed nothing. Asking for the newest act instead could name another window's.
    """
    made: list[Decision] = []
    before = _watched.set(made)
    try:
        yield made
    finally:
        _watched.reset(before)


@dataclass(frozen=True)
class Workbench:
    """A store, the person who works, and the language they read.

    ``reviewing`` keeps the person from changing the analysis by mistake: they may speak of it
    (``REVIEWERS_ACTS``) and everything else is refused.

    ``operation`` is set while an operation of a browser window is carried out: the act then also
    notes the operation's number, in the same transaction, so that it can't happen twice.
    ``reading_order`` is the order in which the answers are read that the acts are about; the log
    keeps it with each act. Empty where nothing is read in an order.
    """

    store: Store
    coder: str
    language: str = "fi"
    clock: Callable[[], str] = now
    new_id: Callable[[], str] = new_id
    operation: tuple[str, int] | None = None
    reviewing: bool = False
    reading_order: str = ""

    def study(self) -> Study:
        """The study's own row: name, approach, level names."""
        with self.store.reading() as rows:
            study = rows.get(Study, STUDY_ID)
        if study is None:
            raise UnknownRow(kind="study", id=self.store.address)
        return study

    @contextmanager
    def act(self, act: Act) -> Iterator[Work]:
        """One act of the method: everything put or removed inside becomes one decision.

        An act that changes nothing leaves no row in the log.
        """
        self.check_allowed(act)
        with self.store.writing() as writing:
            if self.operation and not writing.take_operation(*self.operation):
                raise OperationSeenBefore()
            work = Work(writing, self)
            yield work
            decision = work.conclude(act)
            self.settle(writing, decision)
        watched = _watched.get()
        if decision is not None and watched is not None:
            watched.append(decision)

    def check_allowed(self, act: Act) -> None:
        """Refuses what would change the analysis when the person only reviews it."""
        if self.reviewing and act not in REVIEWERS_ACTS:
            raise OnlyReviewing(act=act.value)

    def settle(self, writing: Writing, decision: Decision | None) -> None:
        """Keeps with the window's operation, if there is one, what came of it."""
        if self.operation:
            number = None if decision is None else decision.id
            writing.keep_outcome(Outcome(*self.operation, self.clock(), number))

    def as_operation(self, client: str, seq: int) -> Workbench:
        return replace(self, operation=(client, seq))


class Work:
    """What one act reads and changes. ``rows`` answers questions inside the transaction."""

    def __init__(self, writing: Writing, bench: Workbench) -> None:
        self._writing = writing
        self._changes: dict[tuple[str, str], Change] = {}
        self._summary: dict[str, object] = {}
        self.bench = bench

    @property
    def rows(self) -> Reading:
        return self._writing

    def require(self, cls: type[E], id: str) -> E:
        """The row, or a clear error: it may have been removed in another window."""
        row = self._writing.get(cls, id)
        if row is None:
            raise UnknownRow(kind=kind_of(cls).name, id=id)
        return row

    def put(self, entity: Entity) -> None:
        """A new row, or a changed one."""
        before = self._writing.get(type(entity), entity.id)
        if before == entity:
            return
        old = None if before is None else to_row(before)
        self._note(type(entity), entity.id, old, to_row(entity))
        self._writing.put(entity)

    def add(self, entities: Sequence[Entity]) -> None:
        """Many rows known to be new."""
        for entity in entities:
            self._note(type(entity), entity.id, None, to_row(entity))
        self._writing.insert(entities)

    def remove(self, cls: type[Any], ids: Iterable[str]) -> None:
        """The rows go; ids that are gone already are passed over."""
        there = [(id, row) for id in ids if (row := self._writing.get(cls, id)) is not None]
        for id, row in there:
            self._note(cls, id, to_row(row), None)
        self._writing.remove(cls, [id for id, _ in there])

    def say(self, **summary: object) -> None:
        """Words for the log: a quote, a label, a count."""
        self._summary.update(summary)

    def conclude(self, act: Act) -> Decision | None:
        changes = tuple(c for c in self._changes.values() if c.before != c.after)
        if not changes:
            return None
        summary = dict(self._summary)
        if self.bench.reading_order:
            summary["reading_order"] = self.bench.reading_order
        return self._writing.append(
            Decision(0, self.bench.clock(), self.bench.coder, act, summary, changes)
        )

    def _note(self, cls: type[Any], id: str, before: Row | None, after: Row | None) -> None:
        name = kind_of(cls).name
        earlier = self._changes.get((name, id))
        first = earlier.before if earlier else before
        self._changes[name, id] = Change(name, id, first, after)
