"""The rows of a study in memory, and the look-ups that every question needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from qualcode.domain.decisions import Decision
from qualcode.domain.documents import Document, Item, Respondent, Segment
from qualcode.domain.reading_places import Speaker
from qualcode.domain.turns import interviewer_spans, lies_inside
from qualcode.store.kinds import KINDS, E, kind_of
from qualcode.store.offers import Offer
from qualcode.store.outcomes import Outcome
from qualcode.store.outlook import Outlook


@dataclass
class State:
    """Everything a study holds. Values are frozen, so a shallow copy is a snapshot."""

    rows: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in KINDS})
    decisions: dict[int, Decision] = field(default_factory=dict)
    operations: dict[tuple[str, int], Outcome] = field(default_factory=dict)
    vectors: dict[tuple[str, str], bytes] = field(default_factory=dict)
    offers: dict[tuple[object, ...], Offer] = field(default_factory=dict)
    search_keys: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    outlooks: dict[str, Outlook] = field(default_factory=dict)

    def copy(self) -> State:
        return State(
            {name: dict(rows) for name, rows in self.rows.items()},
            dict(self.decisions),
            dict(self.operations),
            dict(self.vectors),
            dict(self.offers),
            dict(self.search_keys),
            dict(self.outlooks),
        )


class MemoryRows:
    """What every part of the reading of a study in memory stands on."""

    def __init__(self, state: State) -> None:
        self._state = state

    def _all(self, cls: type[E]) -> list[E]:
        return list(self._state.rows[kind_of(cls).name].values())

    def get(self, cls: type[E], id: str) -> E | None:
        return cast("E | None", self._state.rows[kind_of(cls).name].get(id))

    def _respondent(self, d: Document) -> Respondent | None:
        return self.get(Respondent, d.respondent_id or "")

    def _item(self, d: Document) -> Item | None:
        return self.get(Item, d.item_id or "")

    def _group(self, d: Document) -> str:
        found = self._respondent(d) or self._item(d)
        return found.actor_group if found else ""

    def _counted_segments(self) -> set[str]:
        """Expressions that are material: in no text set aside and no turn of an interviewer."""
        decided = {speaker.id: speaker.interviewer for speaker in self._all(Speaker)}
        analysed = [d for d in self._all(Document) if not d.set_aside]
        asking = {d.id: interviewer_spans(d, decided) for d in analysed}
        return {
            s.id
            for s in self._all(Segment)
            if s.document_id in asking and not lies_inside(asking[s.document_id], s.start, s.end)
        }
