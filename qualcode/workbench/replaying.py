"""The decision log carried out again from nothing: it must give the study that is there.

The log is the study's memory: every undo, every audit trail and every method chapter stands on
it. Carried out in order, the undos and redos among them as what they changed, the decisions give
every row as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qualcode.domain.decisions import Act, Change, Decision
from qualcode.store.kinds import KINDS, Row, from_row, to_row
from qualcode.store.repository import Reading

AT_A_TIME = 500

States = dict[str, dict[str, Mapping[str, object]]]
"""Kind -> id -> row."""


@dataclass(frozen=True)
class Break:
    """A change that did not find its row as the log told it until then."""

    decision: int
    act: Act
    kind: str
    id: str


@dataclass
class Replayed:
    """``rows`` as the log alone gives them, and where it contradicts itself.

    ``wrongly_marked`` are acts that say to be in force though they were undone last, or the
    other way round.
    """

    rows: States = field(default_factory=lambda: {name: {} for name in KINDS})
    breaks: list[Break] = field(default_factory=list)
    wrongly_marked: list[int] = field(default_factory=list)
    decisions: int = 0

    def row(self, kind: str, id: str) -> Row | None:
        """The row in today's shape: a field added by a later version takes its default."""
        return _today(kind, self.rows[kind].get(id))


def replay(rows: Reading) -> Replayed:
    """Every decision of the log carried out in order, from an empty study."""
    told = Replayed()
    undone: dict[int, bool] = {}
    marked: dict[int, bool] = {}
    for decision in all_decisions(rows):
        told.decisions += 1
        # An act without rows was erased for good: it counts as undone, and nobody undid it.
        if decision.changes:
            marked[decision.id] = decision.undone
        if decision.of is not None:
            undone[decision.of] = decision.act is Act.UNDO
        for change in decision.changes:
            _carry_out(told, decision, change)
    told.wrongly_marked = [id for id, mark in marked.items() if mark != undone.get(id, False)]
    return told


def all_decisions(rows: Reading) -> Iterator[Decision]:
    """The whole log, oldest first, with every row before and after."""
    last = 0
    while page := rows.told(last, AT_A_TIME):
        yield from page
        last = page[-1].id


def _carry_out(told: Replayed, decision: Decision, change: Change) -> None:
    there = told.rows[change.kind]
    before = there.get(change.id)
    if before != change.before and _today(change.kind, before) != _today(
        change.kind, change.before
    ):
        told.breaks.append(Break(decision.id, decision.act, change.kind, change.id))
    if change.after is None:
        there.pop(change.id, None)
    else:
        there[change.id] = change.after


def _today(kind: str, row: Mapping[str, object] | None) -> Row | None:
    return None if row is None else to_row(from_row(KINDS[kind].cls, row))
