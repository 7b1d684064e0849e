"""What became of offers, in memory: the readable definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.domain.categories import Placement
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Segment
from qualcode.domain.suggestions import Dismissal
from qualcode.store.memory_log import MemoryLog
from qualcode.store.offers import CODE, CodeUse, Offer, OfferCell


class MemoryOffers(MemoryLog):
    """Questions about offers."""

    def offer_cells(self, kind: str) -> list[OfferCell]:
        turned_down = {d.key for d in self._all(Dismissal)}
        accepted = self._accepted_rows()
        found = Counter(
            (o.target, o.rank, o.percent, o.later, *self._became(o, turned_down, accepted))
            for o in self._state.offers.values()
            if o.kind == kind
        )
        return [OfferCell(*cell, count) for cell, count in sorted(found.items())]

    def offer_hits(self, kind: str, ranks: int) -> tuple[int, int]:
        passages: dict[tuple[object, ...], bool] = {}
        for o in self._state.offers.values():
            if o.kind != kind or o.later or o.rank > ranks:
                continue
            decided, right, *_ = self._became(o, set(), set())
            if decided:
                key = (o.subject, o.start, o.end, o.who)
                passages[key] = passages.get(key, False) or right
        return len(passages), sum(passages.values())

    def offer_edits(self) -> dict[str, int]:
        return dict(
            Counter(
                str(d.summary["suggested_id"])
                for d in self._state.decisions.values()
                if d.act is Act.ACCEPT_SUGGESTION and not d.undone and "suggested_id" in d.summary
            )
        )

    def code_use(self) -> list[CodeUse]:
        segments = {s.id: s for s in self._all(Segment)}
        found: Counter[tuple[str, bool]] = Counter()
        for coding in self._all(Coding):
            segment = segments[coding.segment_id]
            offered = any(
                o.kind == CODE
                and o.subject == segment.document_id
                and o.who == coding.coder
                and not o.later
                and segment.start < o.end
                and segment.end > o.start
                for o in self._state.offers.values()
            )
            found[coding.code_id, offered] += 1
        return [CodeUse(*key, count) for key, count in sorted(found.items())]

    def _accepted_rows(self) -> set[tuple[str, str]]:
        """(kind, id) of rows that an acceptance in force has made."""
        return {
            (change.kind, change.id)
            for d in self._state.decisions.values()
            if d.act is Act.ACCEPT_SUGGESTION and not d.undone
            for change in d.changes
            if change.before is None
        }

    def _became(
        self, o: Offer, turned_down: set[str], accepted: set[tuple[str, str]]
    ) -> tuple[bool, bool, bool, bool]:
        """decided, right, accepted, rejected"""
        if o.kind == CODE:
            on_it = {
                s.id
                for s in self._all(Segment)
                if s.document_id == o.subject and s.start < o.end and s.end > o.start
            }
            mine = [c for c in self._all(Coding) if c.segment_id in on_it and c.coder == o.who]
            same = [("coding", c.id) for c in mine if c.code_id == o.target]
            decided = bool(mine)
        else:
            place = self.get(Placement, o.subject)
            right = place is not None and place.category_id == o.target
            same = [("placement", o.subject)] if right else []
            decided = place is not None
        return (
            decided,
            bool(same),
            any(row in accepted for row in same),
            not turned_down.isdisjoint(rejections(o)),
        )


def rejections(offer: Offer) -> Sequence[str]:
    """The keys of the dismissals that turn this offer down."""
    whole = f"{offer.kind}:{offer.subject}|{offer.target}"
    if offer.kind != CODE:
        return [whole]
    return [whole, f"code:{offer.subject}:{offer.start}-{offer.end}|{offer.target}"]
