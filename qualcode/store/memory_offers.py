"""What became of offers, in memory: the readable definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from qualcode.domain.categories import Category, Placement
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Segment
from qualcode.domain.suggestions import Dismissal
from qualcode.store.heirs import MERGING, heirs
from qualcode.store.memory_log import MemoryLog
from qualcode.store.offers import CODE, PARTS, SHOWN, CodeUse, Offer, OfferCell, ScoreCell


class MemoryOffers(MemoryLog):
    """Questions about offers."""

    def offer_cells(self, kind: str) -> list[OfferCell]:
        turned_down = {d.key for d in self._all(Dismissal)}
        accepted = self._accepted_rows()
        now = self._now_called(kind)
        found = Counter(
            (
                now.get(o.target, o.target),
                o.rank,
                o.percent,
                o.later,
                o.seen,
                *self._became(o, now, turned_down, accepted),
                o.engine,
            )
            for o in self._state.offers.values()
            if o.kind == kind
        )
        return [OfferCell(*cell, count) for cell, count in sorted(found.items())]

    def offer_scores(self, kind: str, engine: str) -> list[ScoreCell]:
        now = self._now_called(kind)
        turned_down = {d.key for d in self._all(Dismissal)}
        there = {row.id for row in self._all(Code if kind == CODE else Category)}
        found: dict[tuple[int, int, int], list[int]] = {}
        for o in self._state.offers.values():
            if o.kind != kind or o.later or o.engine not in ("", engine):
                continue
            if now.get(o.target, o.target) not in there:
                continue
            decided, right, _, rejected = self._became(o, now, turned_down, set())
            if decided or rejected:
                part = ord(o.subject[-1]) + ord(o.subject[-2:][0]) + o.start
                cell = found.setdefault((o.rank, o.percent, part % PARTS), [0, 0])
                cell[0] += 1
                cell[1] += right
        return [ScoreCell(*key, *counts) for key, counts in sorted(found.items())]

    def offer_hits(self, kind: str, ranks: int, seen: str = SHOWN) -> tuple[int, int]:
        passages: dict[tuple[object, ...], bool] = {}
        now = self._now_called(kind)
        for o in self._state.offers.values():
            if o.kind != kind or o.later or o.rank > ranks or o.seen != seen:
                continue
            decided, right, *_ = self._became(o, now, set(), set())
            if decided:
                key = (o.subject, o.start, o.end, o.who)
                passages[key] = passages.get(key, False) or right
        return len(passages), sum(passages.values())

    def offer_edits(self) -> dict[str, int]:
        now = self._now_called(CODE)
        replaced = [
            str(d.summary["suggested_id"])
            for d in self._state.decisions.values()
            if d.act is Act.ACCEPT_SUGGESTION and not d.undone and "suggested_id" in d.summary
        ]
        return dict(Counter(now.get(id, id) for id in replaced))

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
                and o.seen == SHOWN
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

    def _now_called(self, kind: str) -> dict[str, str]:
        merges = [d for _, d in sorted(self._state.decisions.items())]
        there = {row.id for row in self._all(Code if kind == CODE else Category)}
        return heirs((d for d in merges if d.act is MERGING[kind] and not d.undone), kind, there)

    def _became(
        self,
        o: Offer,
        now: Mapping[str, str],
        turned_down: set[str],
        accepted: set[tuple[str, str]],
    ) -> tuple[bool, bool, bool, bool]:
        """decided, right, accepted, rejected"""
        target = now.get(o.target, o.target)
        if o.kind == CODE:
            on_it = {
                s.id
                for s in self._all(Segment)
                if s.document_id == o.subject and s.start < o.end and s.end > o.start
            }
            mine = [c for c in self._all(Coding) if c.segment_id in on_it and c.coder == o.who]
            same = [("coding", c.id) for c in mine if c.code_id == target]
            decided = bool(mine)
        else:
            place = self.get(Placement, o.subject)
            right = place is not None and place.category_id == target
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
