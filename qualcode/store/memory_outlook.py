"""What was kept of a look through all answers, in memory: the readable definition."""

from __future__ import annotations

from collections import Counter

from qualcode.domain.coding import Coding
from qualcode.domain.decisions import NOT_UNDOABLE
from qualcode.domain.documents import Document, Segment
from qualcode.store.memory_offers import MemoryOffers
from qualcode.store.outlook import OutlookMade, UnsureAnswer
from qualcode.store.views import Page


class MemoryOutlook(MemoryOffers):
    """Questions about how the machine sees the answers."""

    def outlook_made(self) -> OutlookMade | None:
        kept = list(self._state.outlooks.values())
        if not kept:
            return None
        known = sum(one.chance is not None for one in kept)
        return OutlookMade(
            max(one.revision for one in kept), max(one.at for one in kept), len(kept), known
        )

    def unsure_answers(self, below: int, offset: int, limit: int) -> Page[UnsureAnswer]:
        segments = {s.id: s.document_id for s in self._all(Segment)}
        coded = {segments[c.segment_id] for c in self._all(Coding)}
        found = []
        for one in self._state.outlooks.values():
            document = self.get(Document, one.document_id)
            if document is None or document.set_aside or document.id in coded:
                continue
            if one.chance is not None and one.chance < below:
                told = UnsureAnswer(document.id, document.text, one.code_id, one.chance)
                found.append((one.chance, one.unsure, told))
        found.sort(key=lambda row: row[:2])
        rows = tuple(told for _, _, told in found[offset : offset + limit])
        return Page(rows, len(found), offset, limit)

    def orders_used(self) -> dict[str, int]:
        told = [
            str(d.summary["reading_order"])
            for d in self._state.decisions.values()
            if not d.undone and d.act not in NOT_UNDOABLE and "reading_order" in d.summary
        ]
        return dict(sorted(Counter(told).items()))
