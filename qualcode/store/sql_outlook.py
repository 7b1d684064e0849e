"""What was kept of a look through all answers, asked in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from qualcode.store import tables as t
from qualcode.store.outlook import OutlookMade, UnsureAnswer
from qualcode.store.sql_log import IN_FORCE, UNDOABLE
from qualcode.store.sql_offers import OfferViews
from qualcode.store.views import Page

o, d = t.outlook.c, t.document.c


class OutlookViews(OfferViews):
    """Questions about how the machine sees the answers."""

    def outlook_made(self) -> OutlookMade | None:
        revision, at, answers, known = self.connection.execute(
            select(func.max(o.revision), func.max(o.at), func.count(), func.count(o.chance))
        ).one()
        return OutlookMade(revision, at, answers, known) if answers else None

    def unsure_answers(self, below: int, offset: int, limit: int) -> Page[UnsureAnswer]:
        found = self._unsure(below)
        total = self.connection.execute(
            select(func.count()).select_from(found.subquery())
        ).scalar_one()
        rows = self.connection.execute(
            found.order_by(o.chance, o.unsure).offset(offset).limit(limit)
        )
        return Page(tuple(UnsureAnswer(*row) for row in rows), int(total), offset, limit)

    def orders_used(self) -> dict[str, int]:
        told = self._value(t.decision.c.summary, "reading_order")
        each = select(told.label("told")).where(IN_FORCE, UNDOABLE).subquery()
        counted = (
            select(each.c.told, func.count())
            .where(each.c.told.is_not(None))
            .group_by(each.c.told)
            .order_by(each.c.told)
        )
        return {str(row[0]): int(row[1]) for row in self.connection.execute(counted)}

    def _unsure(self, below: int) -> Select[Any]:
        coded = (
            select(t.segment.c.document_id)
            .join(t.coding, t.coding.c.segment_id == t.segment.c.id)
            .where(t.segment.c.document_id == d.id)
        )
        return (
            select(o.document_id, d.text, o.code_id, o.chance)
            .select_from(t.outlook.join(t.document, d.id == o.document_id))
            .where(o.chance < below, d.set_aside.is_(False), ~coded.exists())
        )
