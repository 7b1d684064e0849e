"""Searching in memory: the readable definition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qualcode.domain.categories import Category, Placement
from qualcode.domain.coding import ReducedExpression, ReductionLink
from qualcode.domain.documents import Document, Segment
from qualcode.domain.memos import Memo
from qualcode.store import search_query as q
from qualcode.store import views as v
from qualcode.store.memory_answers import MemoryAnswers


class MemorySearch(MemoryAnswers):
    """Mixed into the reading of a study in memory."""

    def search(self, query: q.Search, offset: int, limit: int) -> v.Page[q.SearchRow]:
        rows = [row for row in self._searched(query) if self._is_found(row, query)]
        return v.Page(tuple(rows[offset : offset + limit]), len(rows), offset, limit)

    def search_texts(self, query: q.Search, offset: int, limit: int) -> list[tuple[str, str]]:
        return [(row.id, row.text) for row in self.search(query, offset, limit).rows]

    def search_ids(self, query: q.Search) -> list[str]:
        return [row.id for row in self._searched(query) if self._is_found(row, query)]

    def search_keys(self, kind: str, ids: Sequence[str], method: str) -> dict[str, str]:
        keys = self._state.search_keys
        return {
            id: stems
            for id in ids
            if (kind, id) in keys
            for made_by, stems in [keys[kind, id]]
            if made_by == method
        }

    def without_search_key(self, kind: str, method: str, limit: int) -> v.Page[tuple[str, str]]:
        keys = self._state.search_keys
        lacking = sorted(
            (row.id, text)
            for row, text in self._texts(kind)
            if keys.get((kind, row.id), ("", ""))[0] != method
        )
        return v.Page(tuple(lacking[:limit]), len(lacking), 0, limit)

    def touched_since(self, revision: int, kind: str) -> list[str]:
        return sorted(
            {
                change.id
                for decision in self._state.decisions.values()
                if decision.id > revision
                for change in decision.changes
                if change.kind == kind
            }
        )

    def _texts(self, kind: str) -> list[tuple[Any, str]]:
        if kind == q.DOCUMENT:
            return [(d, d.text) for d in self._all(Document)]
        if kind == q.REDUCTION:
            return [(r, r.wording) for r in self._all(ReducedExpression)]
        return [(m, m.text) for m in self._all(Memo)]

    def _is_found(self, row: q.SearchRow, query: q.Search) -> bool:
        _, stems = self._state.search_keys.get((query.kind, row.id), ("", ""))
        return (
            all(any(piece in stems for piece in group) for group in query.all_of)
            and not any(piece in stems for piece in query.none_of)
            and all(piece in row.text.casefold() for piece in query.literally)
            and (query.ids is None or row.id in query.ids)
        )

    def _searched(self, query: q.Search) -> list[q.SearchRow]:
        """The rows of the kind that meet the conditions for texts, in their order."""
        matching = self._matching(query.texts)
        if query.kind == q.DOCUMENT:
            return [self._found_text(d) for d in matching]
        every = query.texts == q.ANY_TEXT
        texts = {d.id for d in matching}
        parts = {s.id for s in self._all(Segment) if s.document_id in texts}
        if query.kind == q.REDUCTION:
            linked = {x.reduction_id for x in self._all(ReductionLink) if x.segment_id in parts}
            reductions = [r for r in self._all(ReducedExpression) if every or r.id in linked]
            reductions.sort(key=lambda r: (r.wording.casefold().encode(), r.id))
            return [self._found_reduction(r) for r in reductions]
        spoken_of = {("document", id) for id in texts} | {("segment", id) for id in parts}
        memos = [m for m in self._all(Memo) if every or (m.about_kind, m.about_id) in spoken_of]
        memos.sort(key=lambda m: (m.created_at, m.id), reverse=True)
        return [_found_memo(m) for m in memos]

    def _found_text(self, d: Document) -> q.SearchRow:
        item, person = self._item(d), self._respondent(d)
        return q.SearchRow(
            q.DOCUMENT,
            d.id,
            d.text,
            respondent_label=person.label if person else "",
            actor_group=self._group(d),
            item_id=d.item_id,
            item_number=item.number if item else "",
            item_text=item.text if item else "",
        )

    def _found_reduction(self, r: ReducedExpression) -> q.SearchRow:
        place = self.get(Placement, r.id)
        category = self.get(Category, place.category_id) if place else None
        return q.SearchRow(
            q.REDUCTION,
            r.id,
            r.wording,
            category_id=category.id if category else None,
            category_name=category.name if category else "",
        )


def _found_memo(m: Memo) -> q.SearchRow:
    return q.SearchRow(
        q.MEMO,
        m.id,
        m.text,
        about_kind=m.about_kind,
        about_id=m.about_id,
        about_label=m.about_label,
    )
