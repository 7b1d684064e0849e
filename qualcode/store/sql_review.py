"""The review page's questions in SQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, and_, case, func, select

from qualcode.domain.review import Remark, RemarkKind
from qualcode.store import views as v
from qualcode.store.kinds import from_row
from qualcode.store.review_views import RemarkTally, RowChange, ThreadQuery
from qualcode.store.sql_asking import Asking
from qualcode.store.tables import change, decision, remark, remark_read

_begins = remark.c.reply_to.is_(None)
_open = and_(_begins, remark.c.resolved_at == "")


class ReviewViews(Asking):
    """What screens ask about the review; mixed into the views of one open transaction."""

    def threads(self, query: ThreadQuery, offset: int, limit: int) -> v.Page[Remark]:
        conditions: list[ColumnElement[bool]] = [_begins]
        if query.about is not None:
            kind, ids = query.about
            conditions += [remark.c.about_kind == kind, self._one_of(remark.c.about_id, ids)]
        if query.kind is not None:
            conditions.append(remark.c.about_kind == query.kind)
        if query.open is not None:
            conditions.append((remark.c.resolved_at == "") == query.open)
        if query.question is not None:
            asked = remark.c.kind == RemarkKind.QUESTION.value
            conditions.append(asked if query.question else ~asked)
        total = self.connection.execute(
            select(func.count()).select_from(remark).where(*conditions)
        ).scalar_one()
        found = self.connection.execute(
            select(remark)
            .where(*conditions)
            .order_by(remark.c.created_at.desc(), remark.c.id.desc())
            .offset(offset)
            .limit(limit)
        ).mappings()
        return v.Page(tuple(from_row(Remark, dict(row)) for row in found), total, offset, limit)

    def remark_tallies(self, who: str) -> list[RemarkTally]:
        question = and_(_open, remark.c.kind == RemarkKind.QUESTION.value)

        def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
            return func.sum(case((condition, 1), else_=0))

        rows = self.connection.execute(
            select(
                remark.c.about_kind,
                remark.c.about_id,
                func.count(),
                counted(_unread_by(who)),
                counted(_open),
                counted(question),
            )
            .select_from(_with_read(who))
            .group_by(remark.c.about_kind, remark.c.about_id)
            .order_by(remark.c.about_kind, remark.c.about_id)
        )
        return [
            RemarkTally(kind, id, *(int(number) for number in numbers))
            for kind, id, *numbers in rows
        ]

    def unread_remarks(self, who: str, kind: str, ids: Sequence[str]) -> list[str]:
        found = self.connection.execute(
            select(remark.c.id)
            .select_from(_with_read(who))
            .where(
                remark.c.about_kind == kind, self._one_of(remark.c.about_id, ids), _unread_by(who)
            )
            .order_by(remark.c.id)
        )
        return list(found.scalars())

    def row_changes(self, kind: str) -> list[RowChange]:
        rows = self.connection.execute(
            select(
                change.c.decision_id,
                change.c.row_id,
                decision.c.at,
                change.c.before,
                change.c.after,
            )
            .join(decision, change.c.decision_id == decision.c.id)
            .where(change.c.kind == kind, change.c.before.is_not(None), change.c.after.is_not(None))
            .order_by(change.c.decision_id, change.c.n)
        )
        return [RowChange(*row) for row in rows]


def _with_read(who: str) -> FromClause:
    return remark.outerjoin(
        remark_read, and_(remark_read.c.remark_id == remark.c.id, remark_read.c.who == who)
    )


def _unread_by(who: str) -> ColumnElement[bool]:
    return and_(remark.c.created_by != who, remark_read.c.id.is_(None))
