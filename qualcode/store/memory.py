"""The store in memory: the readable definition that the databases must agree with."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar, cast

from qualcode.domain.categories import Category, Placement
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink, same_wording
from qualcode.domain.decisions import Decision
from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Document,
    Item,
    Respondent,
    Segment,
)
from qualcode.domain.errors import AlreadyThere, StillInUse
from qualcode.store import views as v
from qualcode.store.kinds import KINDS, E, Entity, kind_of, referrers_of
from qualcode.store.memory_closed import MemoryClosed
from qualcode.store.memory_cross import MemoryCross
from qualcode.store.memory_outlook import MemoryOutlook
from qualcode.store.memory_progress import MemoryProgress
from qualcode.store.memory_quotes import MemoryQuotes
from qualcode.store.memory_review import MemoryReview
from qualcode.store.memory_rows import State
from qualcode.store.memory_search import MemorySearch
from qualcode.store.offers import Offer
from qualcode.store.outcomes import REASON_FORGOTTEN, Outcome
from qualcode.store.outlook import Outlook

T = TypeVar("T")


class MemoryReading(
    MemorySearch,
    MemoryOutlook,
    MemoryClosed,
    MemoryProgress,
    MemoryQuotes,
    MemoryReview,
    MemoryCross,
):
    def find(self, cls: type[E], **equals: Any) -> list[E]:
        def matches(row: E) -> bool:
            return all(
                getattr(row, name) in value
                if isinstance(value, tuple | list | set | frozenset)
                else getattr(row, name) == value
                for name, value in equals.items()
            )

        return [row for row in self._all(cls) if matches(row)]

    def count(self, cls: type[Any], **equals: Any) -> int:
        return len(self.find(cls, **equals))

    def referrers(self, cls: type[Any], ids: Sequence[str]) -> list[tuple[str, str]]:
        named = set(ids)
        return [
            (kind.name, row.id)
            for kind, field_name in referrers_of(kind_of(cls).name)
            for row in self._state.rows[kind.name].values()
            if getattr(row, field_name) in named
        ]

    def last_position(self, cls: type[Any]) -> int:
        return max((int(row.position) for row in self._all(cls)), default=-1)

    # --- reductions and the expressions behind them ---

    def reductions(
        self, query: v.ReductionQuery, offset: int, limit: int
    ) -> v.Page[v.ReductionRow]:
        def matches(r: ReducedExpression) -> bool:
            place = self.get(Placement, r.id)
            return (
                v.sought(query.text) in r.wording.casefold()
                and query.placed in (None, place is not None)
                and (
                    query.category_id is None
                    or (place is not None and place.category_id == query.category_id)
                )
                and (query.reduction_ids is None or r.id in query.reduction_ids)
            )

        def order(r: ReducedExpression) -> tuple[Any, ...]:
            place = self.get(Placement, r.id)
            if query.category_id is not None and place is not None:
                return (place.position, r.id)
            return (r.wording.casefold().encode(), r.id)

        matching = sorted((r for r in self._all(ReducedExpression) if matches(r)), key=order)
        behind: dict[str, list[v.EvidenceRow]] = defaultdict(list)
        for row in self.evidence():
            behind[row.reduction_id].append(row)
        rows = tuple(
            self._reduction_row(r, behind[r.id]) for r in matching[offset : offset + limit]
        )
        return v.Page(rows, len(matching), offset, limit)

    def _reduction_row(self, r: ReducedExpression, mine: Sequence[v.EvidenceRow]) -> v.ReductionRow:
        place = self.get(Placement, r.id)
        category = self.get(Category, place.category_id) if place else None
        first = self.get(Segment, mine[0].segment_id) if mine else None
        text = self.get(Document, first.document_id) if first else None
        return v.ReductionRow(
            id=r.id,
            wording=r.wording,
            expressions=len({row.segment_id for row in mine}),
            respondents=len({row.respondent_id for row in mine if row.respondent_id}),
            category_id=category.id if category else None,
            category_name=category.name if category else "",
            example=first.of(text.text) if first and text else "",
            note=r.note,
        )

    def worded(self, wording: str) -> ReducedExpression | None:
        same = [r for r in self._all(ReducedExpression) if same_wording(r.wording, wording)]
        return min(same, key=lambda r: (r.created_at, r.id), default=None)

    def expressions(
        self, query: v.ExpressionQuery, offset: int, limit: int
    ) -> v.Page[v.ExpressionRow]:
        links = self._all(ReductionLink)
        codings = self._all(Coding)

        def matches(s: Segment, d: Document) -> bool:
            return (
                (
                    query.reduction_ids is None
                    or any(
                        x.segment_id == s.id and x.reduction_id in query.reduction_ids
                        for x in links
                    )
                )
                and (
                    query.code_id is None
                    or any(c.segment_id == s.id and c.code_id == query.code_id for c in codings)
                )
                and (query.segment_ids is None or s.id in query.segment_ids)
                and (query.document_ids is None or d.id in query.document_ids)
                and query.actor_group in (None, self._group(d))
                and (quotable is None or quotable(s, d))
            )

        quotable = None if query.quotes is None else self._quotable(query.quotes)
        pairs = [(s, cast(Document, self.get(Document, s.document_id))) for s in self._all(Segment)]
        matching = sorted(
            ((s, d) for s, d in pairs if matches(s, d)),
            key=lambda pair: (pair[1].position, pair[1].id, pair[0].start, pair[0].end),
        )
        rows = tuple(self._expression_row(s, d) for s, d in matching[offset : offset + limit])
        return v.Page(rows, len(matching), offset, limit)

    def _expression_row(self, s: Segment, d: Document) -> v.ExpressionRow:
        item, person = self._item(d), self._respondent(d)
        return v.ExpressionRow(
            segment_id=s.id,
            document_id=d.id,
            start=s.start,
            end=s.end,
            text=s.of(d.text),
            respondent_id=d.respondent_id,
            respondent_label=person.label if person else "",
            actor_group=self._group(d),
            item_id=d.item_id,
            item_number=item.number if item else "",
            item_text=item.text if item else "",
            theme=item.theme if item else "",
            provenance=d.provenance,
        )

    # --- counts ---

    def code_counts(self, code_ids: Sequence[str] | None = None) -> dict[str, v.Count]:
        mentions: dict[str, set[str]] = defaultdict(set)
        people: dict[str, set[str]] = defaultdict(set)
        counted = self._counted_segments()
        for c in self._all(Coding):
            d = self._document_of(c.segment_id)
            if code_ids is not None and c.code_id not in code_ids:
                continue
            if c.segment_id not in counted:
                continue
            mentions[c.code_id].add(c.segment_id)
            if d.respondent_id:
                people[c.code_id].add(d.respondent_id)
        return {id: v.Count(len(found), len(people[id])) for id, found in mentions.items()}

    def _document_of(self, segment_id: str) -> Document:
        s = cast(Segment, self.get(Segment, segment_id))
        return cast(Document, self.get(Document, s.document_id))

    def evidence(self) -> list[v.EvidenceRow]:
        rows = []
        counted = self._counted_segments()
        for link in self._all(ReductionLink):
            s = cast(Segment, self.get(Segment, link.segment_id))
            d = self._document_of(s.id)
            if s.id not in counted:
                continue
            item = self._item(d)
            place = self.get(Placement, link.reduction_id)
            row = v.EvidenceRow(
                link.reduction_id,
                place.category_id if place else None,
                link.id,
                s.id,
                d.id,
                d.respondent_id,
                self._group(d),
                item.theme if item else "",
                d.item_id,
            )
            rows.append(((d.position, d.id, s.start, s.end, link.id), row))
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]

    def closed_counts(self) -> list[v.ClosedCount]:
        counts: dict[tuple[Any, ...], int] = defaultdict(int)
        for answer in self._all(ClosedAnswer):
            item = cast(Item, self.get(Item, answer.item_id))
            person = self.get(Respondent, answer.respondent_id or "")
            group = answer.actor_group or (person.actor_group if person else "")
            counts[(item.position, item.id, group, answer.state.value, answer.value)] += (
                answer.count
            )
        return [
            v.ClosedCount(item_id, group, ClosedState(state), value, count)
            for (_, item_id, group, state, value), count in sorted(counts.items())
        ]

    # --- caches and conversations ---

    def outcome(self, client: str, seq: int) -> Outcome | None:
        return self._state.operations.get((client, seq))

    def vectors(self, engine: str, keys: Sequence[str]) -> dict[str, bytes]:
        return {
            key: self._state.vectors[engine, key]
            for key in keys
            if (engine, key) in self._state.vectors
        }

    def room_of_vectors(self) -> dict[str, int]:
        taken: dict[str, int] = defaultdict(int)
        for (engine, _key), data in self._state.vectors.items():
            taken[engine] += len(data)
        return dict(taken)


class MemoryWriting(MemoryReading):
    def put(self, entity: Entity) -> None:
        self._state.rows[kind_of(type(entity)).name][entity.id] = entity

    def insert(self, entities: Iterable[Entity]) -> None:
        for entity in entities:
            kind = kind_of(type(entity)).name
            if entity.id in self._state.rows[kind]:
                raise AlreadyThere(kind=kind)
            self.put(entity)

    def put_all(self, entities: Iterable[Entity]) -> None:
        for entity in entities:
            self.put(entity)

    def remove(self, cls: type[Any], ids: Sequence[str]) -> None:
        for id in ids:
            self._state.rows[kind_of(cls).name].pop(id, None)

    def append(self, decision: Decision) -> Decision:
        numbered = replace(decision, id=self.revision() + 1)
        self._state.decisions[numbered.id] = numbered
        return numbered

    def mark_undone(self, id: int, undone: bool) -> None:
        self._state.decisions[id] = replace(self._state.decisions[id], undone=undone)

    def erase(self, rows: Mapping[str, Sequence[str]]) -> None:
        gone = {(kind, id) for kind, ids in rows.items() for id in ids}
        for kind, id in gone:
            self._state.rows[kind].pop(id, None)
        for number, decision in self._state.decisions.items():
            left = tuple(c for c in decision.changes if (c.kind, c.id) not in gone)
            if left != decision.changes:
                if not left:
                    decision = replace(decision, undone=True, of=None)
                self._state.decisions[number] = replace(decision, changes=left)

    def take_operation(self, client: str, seq: int) -> bool:
        new = (client, seq) not in self._state.operations
        self._state.operations.setdefault((client, seq), Outcome(client, seq))
        return new

    def keep_outcome(self, outcome: Outcome) -> None:
        if (outcome.client, outcome.seq) in self._state.operations:
            self._state.operations[outcome.client, outcome.seq] = outcome

    def forget_refusals(self, before: str) -> None:
        for key, outcome in self._state.operations.items():
            if outcome.refusal is not None and outcome.at < before:
                self._state.operations[key] = replace(outcome, refusal=REASON_FORGOTTEN)

    def keep_vectors(self, engine: str, vectors: dict[str, bytes]) -> None:
        self._state.vectors.update({(engine, key): data for key, data in vectors.items()})

    def forget_vectors(self, engine: str) -> None:
        for kept in [one for one in self._state.vectors if one[0] == engine]:
            del self._state.vectors[kept]

    def keep_offers(self, offers: Sequence[Offer]) -> None:
        first = {(o.kind, o.subject, o.start, o.end, o.who) for o in offers if not o.later}
        for key in [key for key in self._state.offers if key[:5] in first]:
            del self._state.offers[key]
        for o in offers:
            key = (o.kind, o.subject, o.start, o.end, o.who, o.target)
            self._state.offers.setdefault(key, o)

    def keep_outlook(self, outlooks: Sequence[Outlook]) -> None:
        self._state.outlooks = {one.document_id: one for one in outlooks}

    def keep_search_keys(self, kind: str, method: str, keys: Mapping[str, str]) -> None:
        self._state.search_keys.update({(kind, id): (method, key) for id, key in keys.items()})

    def drop_search_keys(self, kind: str, ids: Sequence[str]) -> None:
        for id in ids:
            self._state.search_keys.pop((kind, id), None)

    def check(self) -> None:
        """Every row named by another exists, and none stands twice: as the databases check."""
        for kind in KINDS.values():
            seen = set()
            for row in self._state.rows[kind.name].values():
                key = tuple(getattr(row, name) for name in kind.unique)
                if kind.unique and key in seen:
                    raise AlreadyThere(kind=kind.name)
                seen.add(key)
            for row in self._state.rows[kind.name].values():
                for field_name, target in kind.references.items():
                    named = getattr(row, field_name)
                    if named is not None and named not in self._state.rows[target]:
                        raise StillInUse(kind=target, name=named, count=1)


class MemoryStore:
    """A study that lives as long as the program."""

    def __init__(self) -> None:
        self.address = ":memory:"
        self._state = State()
        self._lock = threading.RLock()

    @contextmanager
    def reading(self) -> Iterator[MemoryReading]:
        yield MemoryReading(self._state)

    @contextmanager
    def writing(self) -> Iterator[MemoryWriting]:
        with self._lock:
            draft = self._state.copy()
            writing = MemoryWriting(draft)
            yield writing
            writing.check()
            self._state = draft

    def compact(self) -> None:
        """What was removed is nowhere already."""

    def close(self) -> None:
        """Nothing is held open."""
