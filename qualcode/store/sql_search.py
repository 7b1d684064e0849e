"""Searching in SQL.

The search keys are looked through from one end to the other. That takes a few milliseconds for
ten thousand answers on both databases, needs nothing that only one of them has, and finds pieces
that an index of whole words does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, not_, or_, select

from qualcode.store import search_query as q
from qualcode.store import views as v
from qualcode.store.sql_answers import AnswerViews
from qualcode.store.sql_asking import Condition, group_of_text, texts_in_place
from qualcode.store.sql_memos import newest_first
from qualcode.store.tables import (
    category,
    change,
    document,
    item,
    memo,
    placement,
    reduction,
    reduction_link,
    respondent,
    search_key,
    segment,
)

TEXTS = {
    q.DOCUMENT: (document, document.c.text),
    q.REDUCTION: (reduction, reduction.c.wording),
    q.MEMO: (memo, memo.c.text),
}


FEW = 2000
"""Rows found that are named one by one to the questions that follow."""


class SearchViews(AnswerViews):
    """What searching asks; mixed into the views of one open transaction."""

    def search(self, query: q.Search, offset: int, limit: int) -> v.Page[q.SearchRow]:
        found_by = self._found(query)
        if found_by is None:
            return v.Page((), 0, offset, limit)
        asked, order = found_by
        # Counted beside the page: the keys are looked through once.
        question = asked.add_columns(func.count().over()).order_by(*order)
        found = self.connection.execute(question.offset(offset).limit(limit)).all()
        if found:
            total = int(found[0][1])
        else:
            counted = select(func.count()).select_from(asked.subquery())
            total = self.connection.execute(counted).scalar_one() if offset or not limit else 0
        ids = [row[0] for row in found]
        rows = self._found_rows(query.kind, ids)
        return v.Page(tuple(rows[id] for id in ids), total, offset, limit)

    def search_texts(self, query: q.Search, offset: int, limit: int) -> list[tuple[str, str]]:
        table, text = TEXTS[query.kind]
        found_by = self._found(query)
        if found_by is None:
            return []
        asked, order = found_by
        question = asked.order_by(*order).offset(offset).limit(limit)
        ids = list(self.connection.execute(question).scalars())
        found = self.connection.execute(
            select(table.c.id, text).where(self._one_of(table.c.id, ids))
        )
        texts = {row[0]: row[1] for row in found}
        return [(id, texts[id]) for id in ids]

    def search_ids(self, query: q.Search) -> list[str]:
        found_by = self._found(query)
        if found_by is None:
            return []
        asked, order = found_by
        return list(self.connection.execute(asked.order_by(*order)).scalars())

    def search_keys(self, kind: str, ids: Sequence[str], method: str) -> dict[str, str]:
        found = self.connection.execute(
            select(search_key.c.row_id, search_key.c.stems).where(
                search_key.c.kind == kind,
                search_key.c.method == method,
                self._one_of(search_key.c.row_id, list(ids)),
            )
        )
        return {row.row_id: row.stems for row in found}

    def without_search_key(self, kind: str, method: str, limit: int) -> v.Page[tuple[str, str]]:
        table, text = TEXTS[kind]
        keyed = select(search_key.c.row_id).where(
            search_key.c.kind == kind, search_key.c.method == method
        )
        lacking = table.c.id.not_in(keyed)
        total = self.connection.execute(
            select(func.count()).select_from(table).where(lacking)
        ).scalar_one()
        found = self.connection.execute(
            select(table.c.id, text).where(lacking).order_by(table.c.id).limit(limit)
        )
        return v.Page(tuple((row[0], row[1]) for row in found), total, 0, limit)

    def touched_since(self, revision: int, kind: str) -> list[str]:
        question = (
            select(change.c.row_id)
            .where(change.c.decision_id > revision, change.c.kind == kind)
            .distinct()
            .order_by(change.c.row_id)
        )
        return list(self.connection.execute(question).scalars())

    # --- which rows ---

    def _search_conditions(self, query: q.Search) -> list[Condition] | None:
        """None when no search key holds what is asked: then there is nothing more to ask."""
        table, _ = TEXTS[query.kind]
        conditions: list[Condition] = []
        keys = [or_(*(self._in_key(piece) for piece in group)) for group in query.all_of]
        keys += [not_(self._in_key(piece)) for piece in query.none_of]
        if keys:
            found = select(search_key.c.row_id).where(search_key.c.kind == query.kind, *keys)
            # A few rows are gone to by their ids; in many, each row is looked up among the found.
            ids = list(self.connection.execute(found.limit(FEW + 1)).scalars())
            if not ids:
                return None
            few = len(ids) <= FEW
            conditions.append(self._one_of(table.c.id, ids) if few else table.c.id.in_(found))
        conditions += [self._holds(table.c.folded, piece) for piece in query.literally]
        if query.ids is not None:
            conditions.append(self._one_of(table.c.id, query.ids))
        return conditions

    def _in_key(self, piece: str) -> Condition:
        """Whether a search key holds the piece: words, spaces and what begins a base form."""
        if self._on_server or any(sign in piece for sign in "*?["):
            return self._holds(search_key.c.stems, piece)
        # Half as long as INSTR; the piece holds none of the signs that mean something here.
        return search_key.c.stems.bool_op("GLOB")(f"*{piece}*")

    def _found(self, query: q.Search) -> tuple[Select[Any], list[Any]] | None:
        """The question for the ids of the rows found, and what they are ordered by; None: none."""
        conditions = self._search_conditions(query)
        if conditions is None:
            return None
        if query.kind == q.DOCUMENT:
            return self._ordered(self._asked(query.texts).where(*conditions), query.texts.order)
        if query.texts != q.ANY_TEXT:
            conditions.append(self._of_texts(query))
        if query.kind == q.REDUCTION:
            return select(reduction.c.id).where(*conditions), [reduction.c.folded, reduction.c.id]
        return select(memo.c.id).where(*conditions), list(newest_first)

    def _of_texts(self, query: q.Search) -> ColumnElement[bool]:
        """Whether a reduction or a memo has to do with a text that meets the conditions."""
        texts = self._asked(query.texts)
        parts = select(segment.c.id).where(segment.c.document_id.in_(texts))
        if query.kind == q.REDUCTION:
            return reduction.c.id.in_(
                select(reduction_link.c.reduction_id).where(reduction_link.c.segment_id.in_(parts))
            )
        return or_(
            and_(memo.c.about_kind == "document", memo.c.about_id.in_(texts)),
            and_(memo.c.about_kind == "segment", memo.c.about_id.in_(parts)),
        )

    # --- rows ---

    def _found_rows(self, kind: str, ids: Sequence[str]) -> dict[str, q.SearchRow]:
        questions = {
            q.DOCUMENT: select(
                document.c.id,
                document.c.text,
                func.coalesce(respondent.c.label, "").label("respondent_label"),
                group_of_text.label("actor_group"),
                document.c.item_id,
                func.coalesce(item.c.number, "").label("item_number"),
                func.coalesce(item.c.text, "").label("item_text"),
            ).select_from(texts_in_place),
            q.REDUCTION: select(
                reduction.c.id,
                reduction.c.wording.label("text"),
                category.c.id.label("category_id"),
                func.coalesce(category.c.name, "").label("category_name"),
            ).select_from(
                reduction.outerjoin(placement, placement.c.id == reduction.c.id).outerjoin(
                    category, placement.c.category_id == category.c.id
                )
            ),
            q.MEMO: select(
                memo.c.id, memo.c.text, memo.c.about_kind, memo.c.about_id, memo.c.about_label
            ),
        }
        table, _ = TEXTS[kind]
        found = self.connection.execute(questions[kind].where(self._one_of(table.c.id, ids)))
        return {row.id: _row(kind, row) for row in found}


def _row(kind: str, row: Row[Any]) -> q.SearchRow:
    return q.SearchRow(kind=kind, **row._mapping)
