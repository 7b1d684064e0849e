"""The screens' questions about memos in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from qualcode.domain.memos import Memo
from qualcode.store import views as v
from qualcode.store.kinds import from_row
from qualcode.store.sql_asking import Asking
from qualcode.store.tables import memo, segment

newest_first = (memo.c.created_at.desc(), memo.c.id.desc())


class MemoViews(Asking):
    """What screens ask about memos; mixed into the views of one open transaction."""

    def memos(self, query: v.MemoQuery, offset: int, limit: int) -> v.Page[Memo]:
        conditions: list[ColumnElement[bool]] = []
        if query.text:
            conditions.append(self._holds(memo.c.folded, v.sought(query.text)))
        if query.kind is not None:
            conditions.append(memo.c.about_kind == query.kind)
        if query.who is not None:
            conditions.append(memo.c.created_by == query.who)
        if query.since:
            conditions.append(memo.c.created_at >= query.since)
        if query.about is not None:
            kind, ids = query.about
            conditions += [memo.c.about_kind == kind, self._one_of(memo.c.about_id, ids)]
        if query.memo_ids is not None:
            conditions.append(self._one_of(memo.c.id, query.memo_ids))
        total = self.connection.execute(
            select(func.count()).select_from(memo).where(*conditions)
        ).scalar_one()
        found = self.connection.execute(
            select(memo).where(*conditions).order_by(*newest_first).offset(offset).limit(limit)
        ).mappings()
        return v.Page(tuple(from_row(Memo, dict(row)) for row in found), total, offset, limit)

    def memo_counts(self, kind: str, ids: Sequence[str]) -> dict[str, int]:
        found = self.connection.execute(
            select(memo.c.about_id, func.count().label("n"))
            .where(memo.c.about_kind == kind, self._one_of(memo.c.about_id, ids))
            .group_by(memo.c.about_id)
        )
        return {row.about_id: row.n for row in found}

    def memo_writers(self) -> list[str]:
        names = select(memo.c.created_by).distinct().order_by(memo.c.created_by)
        return list(self.connection.execute(names).scalars())

    def _memo_marks(self, document_ids: Sequence[str]) -> dict[str, list[v.MemoMark]]:
        """Per text: the memos about it (first) and about its expressions, oldest first."""
        found: dict[str, list[v.MemoMark]] = defaultdict(list)
        whole = select(memo).where(
            memo.c.about_kind == "document", self._one_of(memo.c.about_id, document_ids)
        )
        for row in self.connection.execute(whole.order_by(memo.c.created_at, memo.c.id)):
            found[row.about_id].append(v.MemoMark(_memo(row)))
        of_expressions = (
            select(memo, segment.c.document_id, segment.c.start, segment.c.end)
            .join(segment, (memo.c.about_kind == "segment") & (memo.c.about_id == segment.c.id))
            .where(self._one_of(segment.c.document_id, document_ids))
            .order_by(segment.c.start, segment.c.end, memo.c.created_at, memo.c.id)
        )
        for row in self.connection.execute(of_expressions):
            found[row.document_id].append(v.MemoMark(_memo(row), (row.start, row.end)))
        return found


def _memo(row: Row[Any]) -> Memo:
    return from_row(Memo, dict(row._mapping))
