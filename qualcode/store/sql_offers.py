"""What became of offers, counted by the database: never the whole study."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, String, and_, case, cast, exists, func, literal, or_, select

from qualcode.domain.decisions import Act
from qualcode.store import tables as t
from qualcode.store.offers import CODE, CodeUse, OfferCell
from qualcode.store.sql_log import LogViews

o, s, c, p = t.offer.c, t.segment.c, t.coding.c, t.placement.c
_mine = and_(s.document_id == o.subject, c.coder == o.who, s.start < o.end, s.end > o.start)


class OfferViews(LogViews):
    """Questions about offers."""

    def offer_cells(self, kind: str) -> list[OfferCell]:
        judged = _judged(kind)
        names = [
            column for column in judged.c if column.name not in ("subject", "start", "end", "who")
        ]
        counted = select(*names, func.count().label("alike")).group_by(*names).order_by(*names)
        return [
            OfferCell(
                row.target,
                row.rank,
                row.percent,
                bool(row.later),
                bool(row.decided),
                bool(row.right),
                bool(row.accepted),
                bool(row.rejected),
                row.alike,
            )
            for row in self.connection.execute(counted)
        ]

    def offer_hits(self, kind: str, ranks: int) -> tuple[int, int]:
        judged = _judged(kind)
        passages = (
            select(func.max(judged.c.right).label("right"))
            .where(judged.c.decided == 1, judged.c.later.is_(False), judged.c.rank <= ranks)
            .group_by(judged.c.subject, judged.c.start, judged.c.end, judged.c.who)
            .subquery()
        )
        found = select(func.count(), func.coalesce(func.sum(passages.c.right), 0))
        decided, hits = self.connection.execute(found.select_from(passages)).one()
        return int(decided), int(hits)

    def offer_edits(self) -> dict[str, int]:
        replaced = self._value(t.decision.c.summary, "suggested_id")
        each = (
            select(replaced.label("target"))
            .where(t.decision.c.act == Act.ACCEPT_SUGGESTION.value, t.decision.c.undone.is_(False))
            .subquery()
        )
        counted = (
            select(each.c.target, func.count())
            .where(each.c.target.is_not(None))
            .group_by(each.c.target)
        )
        return {str(row[0]): int(row[1]) for row in self.connection.execute(counted)}

    def code_use(self) -> list[CodeUse]:
        offered = exists().where(
            o.kind == CODE,
            o.subject == s.document_id,
            o.who == c.coder,
            o.later.is_(False),
            s.start < o.end,
            s.end > o.start,
        )
        each = (
            select(c.code_id, _number(offered.correlate(t.segment, t.coding)).label("offered"))
            .join_from(t.coding, t.segment, c.segment_id == s.id)
            .subquery()
        )
        counted = (
            select(each.c.code_id, each.c.offered, func.count())
            .group_by(each.c.code_id, each.c.offered)
            .order_by(each.c.code_id, each.c.offered)
        )
        return [CodeUse(id, bool(was), n) for id, was, n in self.connection.execute(counted)]


def _judged(kind: str) -> Any:
    """The offers with what became of each, as 0 and 1."""
    decided, right, accepted = _codings() if kind == CODE else _placements()
    whole = literal(f"{kind}:") + o.subject + "|" + o.target
    keys = [t.dismissal.c.key == whole]
    if kind == CODE:
        borders = cast(o.start, String) + "-" + cast(o.end, String)
        keys.append(t.dismissal.c.key == "code:" + o.subject + ":" + borders + "|" + o.target)
    rejected = exists().where(or_(*keys))
    return (
        select(
            o.subject,
            o.start,
            o.end,
            o.who,
            o.target,
            o.rank,
            o.percent,
            o.later,
            _number(decided).label("decided"),
            _number(right).label("right"),
            _number(accepted).label("accepted"),
            _number(rejected).label("rejected"),
        )
        .where(o.kind == kind)
        .subquery()
    )


def _codings() -> tuple[Any, Any, Any]:
    decided = exists().where(_mine, c.segment_id == s.id)
    right = exists().where(_mine, c.segment_id == s.id, c.code_id == o.target)
    taken = exists().where(
        _mine, c.segment_id == s.id, c.code_id == o.target, *_by_acceptance("coding", c.id)
    )
    return decided, right, taken


def _placements() -> tuple[Any, Any, Any]:
    decided = exists().where(p.id == o.subject)
    right = exists().where(p.id == o.subject, p.category_id == o.target)
    taken = exists().where(
        p.id == o.subject, p.category_id == o.target, *_by_acceptance("placement", p.id)
    )
    return decided, right, taken


def _by_acceptance(kind: str, row_id: Any) -> list[Any]:
    """That an acceptance in force has made the row."""
    made = (
        select(t.change.c.row_id)
        .join(t.decision, t.decision.c.id == t.change.c.decision_id)
        .where(
            t.change.c.kind == kind,
            t.change.c.before.is_(None),
            t.decision.c.act == Act.ACCEPT_SUGGESTION.value,
            t.decision.c.undone.is_(False),
        )
    )
    # Looked up once for all offers, and not by the row's index: SQLite would else go through
    # every change of the log for each offer.
    return [row_id.concat("").in_(made)]


def _number(condition: Any) -> Any:
    return cast(case((condition, 1), else_=0), Integer)
